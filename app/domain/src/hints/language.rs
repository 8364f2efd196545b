//! In which language a text seems to be written, for labels and a fair mix. A guess, never a reason.

use crate::fold;
use crate::lang::{Dir, Lang, direction_of};

/// Small words of English.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "the", "is", "are", "what", "why", "how", "who", "when", "do", "does", "can", "we", "you", "to", "of",
    "and", "for", "in", "a", "my", "i", "it", "this", "that", "wil", "should", "with", "at", "be", "have", "if",
    "not", "on", "they", "kids", "children", "help", "there", "about", "us",
];
/// Small words of French, folded.
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "le", "la", "les", "des", "du", "de", "est", "sont", "que", "qui", "pourquoi", "coment", "quand", "est-ce",
    "ce", "nous", "vous", "je", "tu", "il", "ele", "et", "pour", "dans", "un", "une", "mon", "ma", "mes", "pas",
    "ne", "sur", "avec", "aux", "au", "si", "on", "enfants", "ou", "quel",
];
/// Small words of Arabic in Latin letters.
#[rustfmt::skip]
const ARABIZI: &[&str] = &[
    "shu", "sho", "lesh", "leh", "kif", "kef", "keif", "wen", "wein", "ana", "enta", "inta", "enti", "e7na",
    "i7na", "fi", "ma", "mish", "mo", "3an", "3ala", "el", "al", "w", "ya", "lazem", "lazim", "ta", "hal",
    "yali", "elatfal", "atfal", "wala", "bas",
];

/// The language that a text seems to be in; Arabic in Latin letters is Arabic. Nothing if there is no sign of any.
#[must_use]
pub fn noticed(text: &str) -> Option<Lang> {
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    if direction_of(text, Dir::Ltr) == Dir::Rtl {
        return Some(Lang::AR);
    }
    let words = fold::words(text);
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(&word.as_str())).count();
    let digits_for_letters = words.iter().filter(|word| is_arabizi(word)).count();
    let counts =
        [(count(ARABIZI) + 2 * digits_for_letters, Lang::AR), (count(ENGLISH), Lang::EN), (count(FRENCH), Lang::FR)];
    let best = counts.into_iter().max_by_key(|(n, _)| *n)?;
    (best.0 > 0).then_some(best.1)
}

/// `na3mel`, `7ata`: a digit within letters stands for one of Arabic.
fn is_arabizi(word: &str) -> bool {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    letters >= 2 && word.chars().any(|c| matches!(c, '2' | '3' | '5' | '7'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_is_noticed_in_both_alphabets_and_french_without_accents() {
        assert_eq!(noticed("ما رأي UNICEF في تطبيق «ساعدني»؟"), Some(Lang::AR));
        assert_eq!(noticed("shu lazem na3mel ta nsa3ed el atfal el laji2in?"), Some(Lang::AR));
        assert_eq!(noticed("Is the word \"أمان\" the same as safety?"), Some(Lang::EN));
        assert_eq!(noticed("Que faire si un ami est triste ?"), Some(Lang::FR));
        assert_eq!(noticed("👍 12"), None);
    }
}
