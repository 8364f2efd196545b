//! What the model looks at: n-grams of letters, words, pairs of words, skeletons, concepts and their pairs; each as a
//! number by hashing, so that no list of n-grams has to be shipped. Punctuation is none: topics end in «؟», worries
//! rarely do, and that would be learnt instead of what is said.

use std::collections::BTreeSet;

use nadwa_domain::fold;

use crate::concepts;
use crate::skeleton::skeleton;

/// Lengths of character n-grams, the spaces around a word included.
const GRAMS: std::ops::RangeInclusive<usize> = 2..=5;
/// Lengths of a skeleton's n-grams.
const BONES: std::ops::RangeInclusive<usize> = 3..=4;
/// A concept counts as two n-grams do.
const CONCEPT: f64 = 2.0;

/// One feature of a text and its weight, as a sparse vector has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Its whole hash: a table takes as many of its bits as its size needs (feature hashing).
    pub hash: u32,
    /// Always positive.
    pub weight: f64,
}

/// A text as the model sees it.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// The words as they were written.
    pub words: Vec<String>,
    all: Vec<Feature>,
    by_word: Vec<Vec<Feature>>,
}

impl Features {
    /// Of a text, gone past these folded words.
    #[must_use]
    pub fn of(raw: &str, harmless: &[String]) -> Self {
        let written: Vec<(String, String)> = raw
            .split_whitespace()
            .flat_map(|token| fold::words(token).into_iter().map(move |word| (token.to_owned(), word)))
            .filter(|(_, word)| !harmless.contains(word))
            .collect();
        let bones: Vec<String> = written.iter().map(|(_, word)| skeleton(word)).collect();
        let said: Vec<BTreeSet<&str>> = written.iter().map(|(_, word)| concepts::of_word(word)).collect();
        let by_word: Vec<Vec<Feature>> = written
            .iter()
            .zip(&bones)
            .zip(&said)
            .map(|(((_, word), bones), said)| {
                let mut one = in_word(word, bones);
                one.extend(said.iter().map(|concept| feature('K', &[concept], CONCEPT)));
                one
            })
            .collect();
        let mut all: Vec<Feature> = by_word.iter().flatten().copied().collect();
        let pair = |kind, one: &str, other: &str| feature(kind, &[one, " ", other], 1.0);
        all.extend(written.windows(2).map(|two| pair('b', &two[0].1, &two[1].1)));
        all.extend(bones.windows(2).map(|two| pair('t', &two[0], &two[1])));
        let concepts: Vec<&str> = said.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect();
        for (place, one) in concepts.iter().enumerate() {
            all.extend(concepts[place + 1..].iter().map(|other| pair('P', one, other)));
        }
        Self { words: written.into_iter().map(|(token, _)| token).collect(), all: once_each(all), by_word }
    }

    /// All of them, each once.
    #[must_use]
    pub fn all(&self) -> &[Feature] {
        &self.all
    }

    /// Those of one word.
    #[must_use]
    pub fn of_word(&self, place: usize) -> &[Feature] {
        self.by_word.get(place).map_or(&[], Vec::as_slice)
    }

    /// The Euclidean norm of the text's vector: a long text is not graver than a short one. Never zero.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.all.iter().map(|feature| feature.weight * feature.weight).sum::<f64>().sqrt().max(1.0)
    }
}

fn once_each(mut all: Vec<Feature>) -> Vec<Feature> {
    all.sort_by_key(|feature| feature.hash);
    all.dedup_by_key(|feature| feature.hash);
    all
}

fn in_word(word: &str, bones: &str) -> Vec<Feature> {
    let mut found = vec![feature('w', &[word], 1.0)];
    found.extend(grams(&format!(" {word} "), GRAMS).map(|gram| feature('c', &[gram], 1.0)));
    found.extend(grams(&format!("<{bones}>"), BONES).map(|gram| feature('s', &[gram], 1.0)));
    once_each(found).into_iter().collect()
}

/// All runs of so many letters.
fn grams_of(text: &str, letters: usize) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    (0..ends.len().saturating_sub(letters)).map(move |start| &text[ends[start]..ends[start + letters]])
}

fn grams(text: &str, letters: std::ops::RangeInclusive<usize>) -> impl Iterator<Item = &str> {
    letters.flat_map(move |letters| grams_of(text, letters))
}

/// FNV-1a of the kind and the parts, with a final mix: neighbouring letters shall not collide.
fn feature(kind: char, parts: &[&str], weight: f64) -> Feature {
    let mut hash = 0x811C_9DC5_u32 ^ u32::from(kind);
    for byte in parts.iter().flat_map(|part| part.bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85EB_CA6B);
    Feature { hash: hash ^ (hash >> 13), weight }
}
