//! Arabic with its vowel marks (tashkeel), for a reader who wishes it (`A13`).
//!
//! The sentences that children meet most, one a line, each found by its letters: `app/locales/ar.vowels.txt`. Whoever
//! changes a sentence there changes it here, too, or takes the line out: a sentence without a line stays as it is.

const VOWELLED: &str = include_str!("../../locales/ar.vowels.txt");

/// The sentence with its vowels; itself where nobody has written them.
pub(super) fn of(sentence: &'static str) -> &'static str {
    VOWELLED.lines().find(|line| letters(line).eq(letters(sentence))).unwrap_or(sentence)
}

/// A text without its vowel marks.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !matches!(c, '\u{64B}'..='\u{652}' | '\u{670}'))
}
