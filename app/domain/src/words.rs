//! Words: what a person wrote with an event, apart from its fact, so that it can be blanked in place.
//! [`Happened`] holds both until they have a place in a stream.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::entry::Event;
use crate::lang::{Lang, Said};

/// What a person wrote with an event, by field and language: `text`, `title.ar`, `option.0.en`. Can be blanked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// No words.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// One text without a language of its own.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(BTreeMap::from([("text".to_owned(), text.to_owned())]))
    }

    /// The same, with one more field.
    #[must_use]
    pub fn with(mut self, field: &str, said: &Said) -> Self {
        for (lang, text) in &said.0 {
            self.0.insert(format!("{field}.{}", lang.tag()), text.clone());
        }
        self
    }

    /// The same, with one more field that has no language: a number as dialled, a zone's name.
    #[must_use]
    pub fn with_plain(mut self, field: &str, text: &str) -> Self {
        self.0.insert(field.to_owned(), text.to_owned());
        self
    }

    /// A field without a language; empty if it was blanked.
    #[must_use]
    pub fn plain(&self, field: &str) -> String {
        self.0.get(field).cloned().unwrap_or_default()
    }

    /// A field in all its languages; empty if it was blanked.
    #[must_use]
    pub fn said(&self, field: &str) -> Said {
        let texts = Lang::all().filter_map(|lang| {
            let text = self.0.get(&format!("{field}.{}", lang.tag()))?;
            Some((lang, text.clone()))
        });
        Said::new(texts)
    }
}

/// A decided event with its words, before it has a place in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened<E = Event> {
    /// The fact.
    pub event: E,
    /// What was written with it.
    pub words: Words,
}

impl<E> From<E> for Happened<E> {
    fn from(event: E) -> Self {
        Self { event, words: Words::none() }
    }
}
