//! Hints for the desk: what a text may hold. A hint sorts and labels, and never decides (`S15`, `S16`).
//!
//! At a conference of child helplines the words of abuse are the topic, and a child in danger may use no bad word at
//! all. So a hint refuses nothing, hides nothing, and is shown to trained adults alone. Words are matched by token on
//! the folded key ([`crate::fold`]); organizers may add words and take words out.

pub mod language;
mod pattern;
mod private;
mod rude;
mod topic;
mod worry;

use serde::{Deserialize, Serialize};

use crate::fold;
use pattern::Text;

/// What a text may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// Somebody may be in danger.
    pub worry: bool,
    /// A name, a number, an address, a handle, a school.
    pub private: bool,
    /// A word that may hurt.
    pub rude: bool,
    /// A grave subject; mostly a good question.
    pub topic: bool,
}

impl Hints {
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        !(self.worry || self.private || self.rude || self.topic)
    }

    /// Which is read first: whoever may be in danger, before everything.
    #[must_use]
    pub const fn urgency(self) -> u8 {
        if self.worry { 1 } else { 0 }
    }
}

/// Words that organizers changed, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordList {
    /// More words that may hurt.
    pub rude: Vec<String>,
    /// More words that worry.
    pub worry: Vec<String>,
    /// Words that are harmless here, whatever the lists say.
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

impl Notice for WordList {
    fn hints_in(&self, text: &str) -> Hints {
        hints(text, self)
    }
}

/// What a text may hold, by the lists of this crate and what organizers changed.
#[must_use]
pub fn hints(raw: &str, own: &WordList) -> Hints {
    let text = Text::new(raw, &own.harmless);
    let adds = |words: &[String]| words.iter().any(|word| text.says(word));
    Hints {
        worry: worry::worries(&text) || adds(&own.worry),
        private: private::is_private(raw, &text),
        rude: rude::is_rude(&text) || adds(&own.rude),
        topic: topic::is_grave(&text),
    }
}
