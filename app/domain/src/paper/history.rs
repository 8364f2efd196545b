//! What a paper was before: every sitting a version, and of each text what two tablets may have begun from.

use std::collections::BTreeMap;

use crate::entry::Entry;
use crate::ids::PassId;
use crate::paper::Paper;
use crate::paper::event::PaperEvent;
use crate::paper::field::{Field, Sheet};
use crate::time::{Instant, Span};

/// Saves by one hand within this time of the sitting's first are one version.
const SITTING: Span = Span::minutes(10);
/// So many former texts of a field are kept for merging; a tablet that began earlier still loses nothing.
const KEPT_FOR_MERGING: usize = 24;

/// A text, and what it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// What stands there now; may be empty.
    pub text: String,
    /// The version that wrote it.
    pub version: u32,
    /// What stood there before, with the version that wrote it; oldest first.
    before: Vec<(u32, String)>,
}

impl Written {
    /// What stood there at a version; nothing if that is too long ago to be known.
    #[must_use]
    pub fn at(&self, version: u32) -> Option<&str> {
        if self.version <= version {
            return Some(&self.text);
        }
        self.before.iter().rev().find(|(own, _)| *own <= version).map(|(_, text)| text.as_str())
    }

    /// A text of which nothing is known before this version.
    pub(super) fn only(version: u32, text: String) -> Self {
        Self { text, version, before: vec![] }
    }

    fn write(&mut self, version: u32, text: String) {
        let old = std::mem::replace(&mut self.text, text);
        self.before.push((self.version, old));
        if self.before.len() > KEPT_FOR_MERGING {
            self.before.remove(0);
        }
        self.version = version;
    }
}

/// A paper as it was at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number; numbers between were joined into the next.
    pub number: u32,
    /// When its sitting began.
    pub began: Instant,
    /// When it was saved last.
    pub at: Instant,
    /// Whose pass saved it.
    pub by: Option<PassId>,
    /// Whether it was sent in.
    pub sent: bool,
    /// What stood in it.
    pub sheet: Sheet,
}

impl Paper {
    pub(super) fn save(&mut self, version: u32, entry: &Entry<PaperEvent>) {
        self.version = version;
        for (key, text) in &entry.words.0 {
            if let Some(field) = Field::parse(key) {
                self.texts.entry(field).or_default().write(version, text.clone());
            }
        }
        let by = entry.by.pass();
        let new = Version { number: version, began: entry.at, at: entry.at, by, sent: false, sheet: self.sheet() };
        match self.versions.last_mut() {
            Some(last) if !last.sent && last.by == by && entry.at - last.began < SITTING => {
                *last = Version { began: last.began, ..new };
            }
            _ => self.versions.push(new),
        }
    }

    pub(super) fn mark_sent(&mut self, number: u32) {
        if let Some(version) = self.versions.iter_mut().find(|version| version.number == number) {
            version.sent = true;
        }
    }

    /// A version by its number.
    #[must_use]
    pub fn version_of(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }
}

/// What is different between two versions: each text that differs, as it was and as it is.
#[must_use]
pub fn compare(before: &Sheet, after: &Sheet) -> BTreeMap<Field, (String, String)> {
    let differs = |field: Field| {
        let (before, after) = (before.text(field), after.text(field));
        (before != after).then(|| (field, (before.to_owned(), after.to_owned())))
    };
    Field::all().filter_map(differs).collect()
}
