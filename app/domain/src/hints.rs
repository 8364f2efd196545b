//! Hints for the desk: what a text may hold. A hint sorts and labels, and never decides (`S15`, `S16`).
//!
//! At a conference of child helplines the words of abuse are the topic, and a child in danger may use no bad word at
//! all. So a hint refuses nothing, hides nothing, and is shown to trained adults alone. What is looked for, and how,
//! is the server's (`nadwa-hints`), behind [`Notice`]; here is what a hint is and what organizers change of it.

pub mod language;
mod order;

pub use order::in_order;

use serde::{Deserialize, Serialize};

use crate::fold;

/// How much a text sounds as if somebody might be in danger. It orders a queue that a person reads, whole; no grade
/// means that there is nothing (`S16`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Nothing was noticed.
    #[default]
    None,
    /// Faint or oblique.
    Faint,
    /// Likely.
    Likely,
    /// Clear, or urgent.
    Clear,
}

/// What a text may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// Somebody may be in danger.
    pub worry: Grade,
    /// How many of a hundred ordinary texts are calmer: finer than the grade, for the order of reading alone.
    #[serde(skip)]
    pub graver_than: u8,
    /// A name, a number, an address, a handle, a school.
    pub private: bool,
    /// A word that may hurt.
    pub rude: bool,
    /// A grave subject; mostly a good question.
    pub topic: bool,
    /// The words of the text that counted most for the grade, as they were written; at most three.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

impl Hints {
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self.worry, Grade::None) && !(self.private || self.rude || self.topic)
    }
}

/// Words that organizers changed, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordList {
    /// More words that may hurt.
    pub rude: Vec<String>,
    /// More words that worry.
    pub worry: Vec<String>,
    /// Words that are harmless here, whatever else is known of them.
    pub harmless: Vec<String>,
}

impl WordList {
    /// Reads what organizers typed: words or phrases, parted by commas or lines.
    #[must_use]
    pub fn parse(text: &str) -> Vec<String> {
        let parts = text.split([',', '،', ';', '؛', '\n', '\r']);
        let mut words: Vec<String> = parts.map(fold::key).filter(|word| !word.is_empty()).collect();
        words.sort();
        words.dedup();
        words
    }
}

/// Whoever tells what a text may hold.
pub trait Notice: std::fmt::Debug + Send + Sync {
    /// What it may hold.
    fn hints_in(&self, text: &str) -> Hints;
}

/// The organizers' own words, and nothing else.
impl Notice for WordList {
    fn hints_in(&self, text: &str) -> Hints {
        let text = format!(" {} ", fold::key(text));
        let says = |words: &[String]| words.iter().any(|word| text.contains(&format!(" {word} ")));
        let (worry, graver_than) = if says(&self.worry) { (Grade::Likely, 99) } else { (Grade::None, 0) };
        Hints { worry, graver_than, rude: says(&self.rude), ..Hints::default() }
    }
}
