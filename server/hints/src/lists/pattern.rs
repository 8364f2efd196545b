//! Texts as hints read them, and patterns of words.
//!
//! A pattern is folded words in order. A word that ends in `*` stands for all that begin so; `..` stands for up to
//! three words of any kind.

use nadwa_domain::fold;

/// So many words `..` goes over at most.
const GAP: usize = 3;
/// The shortest word that is looked for where characters stand between its letters.
const SPELLED_OUT: usize = 3;

/// A text in folded words, each with all that it may be read as.
pub(crate) struct Text {
    /// The words in order.
    pub words: Vec<Word>,
}

/// One word and what else it may be read as.
pub(crate) struct Word {
    /// As folded.
    pub plain: String,
    /// With look-alike digits and signs as letters (`imb3cile`); empty if it is the same.
    pub read: String,
}

impl Text {
    /// Reads a text; words that are harmless here are gone over.
    pub fn new(raw: &str, harmless: &[String]) -> Self {
        let signs: String = raw.chars().map(|c| sign(c).unwrap_or(c)).collect();
        let mut plain = fold::words(raw);
        // Spelled with dots between the letters it would be no word at all.
        let tight = fold::tight_words(&signs).into_iter().filter(|word| !plain.contains(word));
        let tight: Vec<String> = tight.filter(|word| word.chars().count() >= SPELLED_OUT).collect();
        plain.extend(tight);
        let words = plain.into_iter().filter(|word| !harmless.contains(word));
        Self { words: words.map(|plain| Word { read: read(&plain), plain }).collect() }
    }

    /// Whether a pattern's words stand in the text in this order.
    pub fn says(&self, pattern: &str) -> bool {
        let parts: Vec<&str> = pattern.split(' ').collect();
        (0..self.words.len()).any(|start| self.says_at(start, &parts))
    }

    /// Whether one of several patterns is said.
    pub fn says_any(&self, patterns: &[&str]) -> bool {
        patterns.iter().any(|pattern| self.says(pattern))
    }

    fn says_at(&self, place: usize, parts: &[&str]) -> bool {
        match parts {
            [] => true,
            ["..", rest @ ..] => (0..=GAP).any(|gap| self.says_at(place + gap, rest)),
            [part, rest @ ..] => {
                self.words.get(place).is_some_and(|word| word.is(part)) && self.says_at(place + 1, rest)
            }
        }
    }
}

impl Word {
    /// Whether the word is a pattern's part.
    pub fn is(&self, part: &str) -> bool {
        let fits = |word: &str| match part.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == part,
        };
        fits(&self.plain) || (!self.read.is_empty() && fits(&self.read))
    }
}

/// A digit or symbol that is written for a letter.
const fn sign(c: char) -> Option<char> {
    match c {
        '@' => Some('a'),
        '$' => Some('s'),
        '!' => Some('i'),
        '€' => Some('e'),
        _ => None,
    }
}

/// A word of Latin letters whose digits are read as letters; empty if it has none, or is a number.
fn read(word: &str) -> String {
    let has = |fits: fn(char) -> bool| word.chars().any(fits);
    if !has(|c| c.is_ascii_alphabetic()) || !has(|c| c.is_ascii_digit()) {
        return String::new();
    }
    let letters = word.chars().map(|c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        '8' => 'b',
        other => other,
    });
    letters.collect()
}

/// A list whose words are not folded would match nothing.
#[cfg(test)]
pub(crate) fn folded(list: &[&str]) {
    for entry in list {
        for word in entry.split(' ').filter(|word| *word != "..") {
            let word = word.trim_end_matches('*');
            assert_eq!(fold::key(word), word, "«{entry}»");
        }
    }
}
