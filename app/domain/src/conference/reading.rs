//! How a conference speaks to whoever has chosen nothing.
//!
//! Language, digits and register are the conference's to propose and the reader's to change (`L1`, `L5`, `P11`);
//! names of months and a second calendar are the conference's alone (`L16`). Never taken from a locale's default.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// What a reader gets who has chosen nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    pub lang: Lang,
    /// Whether the language's own digits are written (٠١٢ in Arabic); else the Latin ones.
    pub own_digits: bool,
    /// Whether the easier wording is said, for about eight to eleven years.
    pub younger: bool,
    /// Whether a day is also told by the Hijri calendar (Umm al-Qura).
    pub hijri: bool,
    /// How the months are called in Arabic.
    #[serde(skip_serializing_if = "usual")]
    pub months: Months,
}

/// How the months of the Gregorian calendar are called, where a language has several ways (`L16`): Arabic has four.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Months {
    /// يناير, مايو: the Gulf, Egypt, Sudan.
    #[default]
    Gulf,
    /// كانون الثاني, أيار: Iraq, Jordan, Lebanon, Palestine, Syria.
    Levant,
    /// جانفي, ماي: Algeria, Tunisia.
    Maghreb,
    /// يناير, ماي, غشت: Morocco.
    Morocco,
    /// أيار/مايو: both of the first two, where people come from everywhere.
    Both,
}

impl Months {
    /// Every way, the usual one first.
    pub const ALL: [Self; 5] = [Self::Gulf, Self::Levant, Self::Maghreb, Self::Morocco, Self::Both];

    /// The value of a form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gulf => "gulf",
            Self::Levant => "levant",
            Self::Maghreb => "maghreb",
            Self::Morocco => "morocco",
            Self::Both => "both",
        }
    }

    /// Reads [`Self::as_str`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|months| months.as_str() == name)
    }
}

/// An old history, in which nobody chose, is stored as it was.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn usual(months: &Months) -> bool {
    *months == Months::default()
}
