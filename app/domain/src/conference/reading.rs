//! How a conference speaks to whoever has chosen nothing.
//!
//! Language, digits and register are the conference's to propose and the reader's to change (`L1`, `L5`, `P11`);
//! a second calendar beside the first is the conference's alone (`L16`). Never taken from a locale's default.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// What a reader gets who has chosen nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The language.
    pub lang: Lang,
    /// Whether the language's own digits are written (٠١٢ in Arabic); else the Latin ones.
    pub own_digits: bool,
    /// Whether the easier wording is said, for about eight to eleven years.
    pub younger: bool,
    /// Whether a day is also told by the Hijri calendar (Umm al-Qura).
    pub hijri: bool,
}
