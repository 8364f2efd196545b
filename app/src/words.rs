//! The sentences of the interface, in every language, checked when the project is built.
//!
//! A sentence of `app/locales/ar.toml` is a function: `send` of `[audience]` is `words::audience::send(r)`. With
//! placeholders it takes them by name and answers a `String`; with plural forms it takes `n` first. A text that is
//! put into a sentence is isolated where the two run in different directions. Numbers, times and codes are written
//! by [`numbers`], in the reader's digits.

use nadwa_domain::conference::reading::Months;
use nadwa_domain::lang::Lang;
use serde::{Deserialize, Serialize};

pub mod numbers;
pub mod plurals;
pub mod refusals;
mod say;
#[cfg(test)]
mod tests;
mod vowels;

#[cfg(test)]
#[path = "../build/check.rs"]
mod check;
#[cfg(test)]
#[path = "../build/notes.rs"]
mod notes;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Who reads: everything that decides how a sentence is written. On the wire it is one short tag: `"ar"`,
/// `"ar-arab"`, `"fr-younger"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Reader {
    pub lang: Lang,
    /// The family of digits.
    pub digits: Digits,
    /// Whether a sentence that has an easier wording, for about eight to eleven years, is said so (`P11`).
    pub younger: bool,
    /// Whether Arabic is written with its vowel marks, where somebody has provided them (`A13`).
    pub vowels: bool,
    /// How the conference calls the months. Not on the wire, so that no phone has to know of it: the one island that
    /// writes a date, the screen's, is told beside its reader.
    pub months: Months,
}

impl Reader {
    /// A reader of the usual words.
    #[must_use]
    pub const fn new(lang: Lang, digits: Digits) -> Self {
        Self { lang, digits, younger: false, vowels: false, months: Months::Gulf }
    }
}

impl From<Reader> for String {
    fn from(r: Reader) -> Self {
        let mut tag = Self::from(r.lang.tag());
        if r.digits == Digits::ArabicIndic {
            tag.push_str("-arab");
        }
        if r.younger {
            tag.push_str("-younger");
        }
        if r.vowels {
            tag.push_str("-vowels");
        }
        tag
    }
}

impl From<String> for Reader {
    /// What is unknown is read as the default: a page never fails over its reader.
    fn from(tag: String) -> Self {
        let has = |part| tag.split('-').any(|p| p == part);
        let digits = if has("arab") { Digits::ArabicIndic } else { Digits::Latin };
        Self {
            younger: has("younger"),
            vowels: has("vowels"),
            ..Self::new(Lang::from_tag(&tag).unwrap_or_default(), digits)
        }
    }
}

/// Which digits a reader wants. Never taken from a locale's default (`L5`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    /// 0123456789, for everyone who chose nothing.
    #[default]
    Latin,
    /// The language's own: ٠١٢٣٤٥٦٧٨٩ in Arabic. A language that has no others keeps the Latin ones.
    ArabicIndic,
}

impl Digits {
    /// The family that a setting names: `latn` or `arab`.
    #[must_use]
    pub fn parse(setting: &str) -> Option<Self> {
        match setting {
            "latn" => Some(Self::Latin),
            "arab" => Some(Self::ArabicIndic),
            _ => None,
        }
    }

    /// The setting's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Latin => "latn",
            Self::ArabicIndic => "arab",
        }
    }
}
