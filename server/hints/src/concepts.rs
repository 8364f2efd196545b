//! A small grammar of concepts: which words speak of harm, of the family, of night, of a picture (`concepts.txt`).
//!
//! A single concept says little; the pairs that the model weighs do (harm and us, family and night, picture and threat).

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use nadwa_domain::fold;

use crate::skeleton::{is_arabic, skeleton};

/// Written before a word, by whatever dialect: and, so, the, with; person and aspect of a verb.
const BEFORE: &[&str] = &[
    "ال", "لل", "و", "ف", "ب", "ك", "ل", "ه", "هال", "ي", "ت", "ن", "ا", "بي", "بت", "بن", "كي", "كت", "كن", "سي",
    "ست", "سن", "دي", "م", "مت", "ح", "حي", "را", "ما",
];
/// The same in skeletons of Latin letters.
const BEFORE_SKELETON: &[&str] =
    &["bl", "l", "b", "k", "f", "t", "n", "kn", "kt", "m", "h", "q", "bt", "bn", "mt", "s", "d"];
/// A beginning of fewer letters would be that of many words: it stands for the whole word alone.
const SHORTEST: usize = 3;
/// No beginning is longer; longer parts of words need not be looked up.
const LONGEST: usize = 12;

#[derive(Default)]
struct Lexicon {
    whole: HashMap<String, Vec<&'static str>>,
    begins: HashMap<String, Vec<&'static str>>,
    skeletons: HashMap<String, Vec<&'static str>>,
}

impl Lexicon {
    fn add(&mut self, concept: &'static str, entry: &str) {
        let word = fold::key(entry.trim_start_matches('='));
        if word.is_empty() {
            return;
        }
        let bones = skeleton(&word);
        if is_arabic(&word) && bones.chars().count() >= SHORTEST {
            self.skeletons.entry(bones).or_default().push(concept);
        }
        let whole = entry.starts_with('=') || word.chars().count() < SHORTEST;
        let list = if whole { &mut self.whole } else { &mut self.begins };
        list.entry(word).or_default().push(concept);
    }

    fn of(&self, word: &str, found: &mut BTreeSet<&'static str>) {
        found.extend(self.whole.get(word).into_iter().flatten());
        starts(word).for_each(|start| found.extend(self.begins.get(start).into_iter().flatten()));
    }
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut lexicon = Lexicon::default();
        let lines = include_str!("../corpus/concepts.txt").lines().filter(|line| !line.starts_with('#'));
        for (concept, entries) in lines.filter_map(|line| line.split_once(" = ")) {
            entries.split_whitespace().for_each(|entry| lexicon.add(concept.trim(), entry));
        }
        lexicon
    })
}

/// The beginnings of a word, from the shortest that may stand in the list to the longest.
fn starts(word: &str) -> impl Iterator<Item = &str> {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.skip(SHORTEST - 1).take(LONGEST).map(|end| &word[..end])
}

fn without<'a>(word: &'a str, before: &'static [&'static str], least: usize) -> impl Iterator<Item = &'a str> {
    before.iter().filter_map(move |start| word.strip_prefix(start)).filter(move |rest| rest.chars().count() >= least)
}

/// The concepts that a folded word speaks of.
pub(crate) fn of_word(word: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let lexicon = lexicon();
    lexicon.of(word, &mut found);
    if is_arabic(word) {
        for once in without(word, BEFORE, 2) {
            lexicon.of(once, &mut found);
            without(once, BEFORE, 2).for_each(|twice| lexicon.of(twice, &mut found));
        }
    } else if word.chars().any(|c| c.is_ascii_alphabetic()) {
        let bones = skeleton(word);
        let all = std::iter::once(bones.as_str()).chain(without(&bones, BEFORE_SKELETON, SHORTEST));
        all.flat_map(starts).for_each(|start| found.extend(lexicon.skeletons.get(start).into_iter().flatten()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_words_of_several_dialects_speak_of_one_concept() {
        for word in ["بيضربنا", "كيضرب", "ضربتني", "byedrabni", "hits", "frappe"] {
            assert!(of_word(&fold::key(word)).contains("harm"), "{word}");
        }
        assert!(of_word("والليل").contains("night") && !of_word("طاوله").contains("harm"));
    }
}
