//! The call for papers: what is asked of children, in which themes and languages, and from when until when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::entry::{Happened, Words};
use crate::lang::{Lang, Said};
use crate::refusal::Refusal;
use crate::time::{Instant, Span};

/// Most themes of a call.
pub const MOST_THEMES: usize = 12;

/// A call for papers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// From when papers may be sent.
    pub opens_at: Instant,
    /// Until when; a pass can carry an extension.
    pub closes_at: Instant,
    /// The languages in which papers may be written; at least one.
    pub languages: Vec<Lang>,
    /// Most words of a paper that is sent.
    pub max_words: u32,
    /// Most files of a paper.
    pub max_files: u8,
    /// Most bytes of one file.
    pub max_bytes: u64,
    /// The speaking time that a paper gets in a session.
    pub speaking: Span,
    /// Words a minute at a calm pace, where it is not the usual one.
    pub pace: BTreeMap<Lang, u16>,
    /// What is asked, in words that a child understands.
    pub asks: Said,
    /// A paper as an example.
    pub example: Said,
    /// What papers may be about.
    pub themes: Vec<Said>,
}

/// The part of a call that holds no words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallTerms {
    /// As in [`Call`].
    pub opens_at: Instant,
    /// As in [`Call`].
    pub closes_at: Instant,
    /// As in [`Call`].
    pub languages: Vec<Lang>,
    /// As in [`Call`].
    pub max_words: u32,
    /// As in [`Call`].
    pub max_files: u8,
    /// As in [`Call`].
    pub max_bytes: u64,
    /// As in [`Call`].
    pub speaking: Span,
    /// As in [`Call`].
    pub pace: BTreeMap<Lang, u16>,
    /// How many themes there are; their names are words.
    pub themes: u8,
}

impl Call {
    /// What is wrong with it, if anything.
    ///
    /// # Errors
    /// [`Refusal::BadPlan`] where no child could send a paper by it.
    pub fn check(&self) -> Result<(), Refusal> {
        let possible = self.opens_at < self.closes_at
            && !self.languages.is_empty()
            && (1..=10_000).contains(&self.max_words)
            && self.max_files <= 20
            && (1024..=100 * 1024 * 1024).contains(&self.max_bytes)
            && self.speaking >= Span::minutes(1)
            && self.speaking <= Span::minutes(60)
            && self.themes.len() <= MOST_THEMES
            && self.pace.values().all(|pace| (30..=250).contains(pace))
            && !self.asks.0.is_empty();
        if possible { Ok(()) } else { Err(Refusal::BadPlan) }
    }

    /// As it is stored: terms in the fact, words beside it.
    #[must_use]
    pub fn stored(&self) -> Happened<CallTerms> {
        let mut words = Words::none().with("asks", &self.asks).with("example", &self.example);
        for (place, theme) in self.themes.iter().enumerate() {
            words = words.with(&format!("theme.{place}"), theme);
        }
        let event = CallTerms {
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            languages: self.languages.clone(),
            max_words: self.max_words,
            max_files: self.max_files,
            max_bytes: self.max_bytes,
            speaking: self.speaking,
            pace: self.pace.clone(),
            themes: u8::try_from(self.themes.len()).unwrap_or(u8::MAX),
        };
        Happened { event, words }
    }

    /// Read back from what is stored.
    #[must_use]
    pub fn from_stored(terms: &CallTerms, words: &Words) -> Self {
        Self {
            opens_at: terms.opens_at,
            closes_at: terms.closes_at,
            languages: terms.languages.clone(),
            max_words: terms.max_words,
            max_files: terms.max_files,
            max_bytes: terms.max_bytes,
            speaking: terms.speaking,
            pace: terms.pace.clone(),
            asks: words.said("asks"),
            example: words.said("example"),
            themes: (0..terms.themes).map(|place| words.said(&format!("theme.{place}"))).collect(),
        }
    }
}
