//! How long a paper is: its words, and the time to say them aloud at a calm pace (`F14`).

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::paper::field::{Field, Sheet};
use crate::time::Span;

/// Words a minute at a calm pace in a language that nobody has set: Arabic words are long, since clitics join.
#[must_use]
pub fn calm_pace(lang: Lang) -> u16 {
    match lang {
        Lang::AR => 90,
        Lang::FR => 115,
        _ => 105,
    }
}

/// Words of a text: what stands between spaces and has a letter or a digit.
#[must_use]
pub fn words(text: &str) -> u32 {
    let count = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Words of everything that is read aloud.
#[must_use]
pub fn words_of(sheet: &Sheet) -> u32 {
    sheet.form.parts().iter().map(|field| words(sheet.text(*field))).fold(0, u32::saturating_add)
}

/// Words of everything that was written, whatever the form.
#[must_use]
pub fn all_words<'a>(texts: impl Iterator<Item = (&'a Field, &'a String)>) -> u32 {
    texts.map(|(_, text)| words(text)).fold(0, u32::saturating_add)
}

/// The time to say so many words at a calm pace, of the call's own setting or the usual one.
#[must_use]
pub fn speaking_time(words: u32, lang: Lang, pace: &BTreeMap<Lang, u16>) -> Span {
    let pace = pace.get(&lang).copied().unwrap_or_else(|| calm_pace(lang)).max(1);
    Span(i64::from(words) * 60_000 / i64::from(pace))
}
