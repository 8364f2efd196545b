//! Read aloud (`A14`, `A15`): what pages say to a child, as recordings that organizers bring. One a part, language and
//! register; a machine's voice reads nothing.
//!
//! The conference knows what was brought, so that every server of it does; the sound itself is a file beside it.

use serde::{Deserialize, Serialize};

use crate::conference::{Conference, ConferenceEvent, Decided, one};
use crate::entry::Entry;
use crate::ids::FileId;
use crate::lang::Lang;
use crate::paper::file::FileKind;
use crate::refusal::Refusal;
use crate::time::Instant;

/// A part of a page that can be read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AloudPart {
    /// Where the code is, and how one comes in.
    Join,
    /// What every child is told first (`P1`).
    Promises,
    /// What is said before a question is written (`S6`).
    Notice,
    /// The first words of the help page (`S4`).
    Help,
}

impl AloudPart {
    /// Every one, as a child meets them.
    pub const ALL: [Self; 4] = [Self::Join, Self::Promises, Self::Notice, Self::Help];

    /// Its name in addresses and in the names of files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Promises => "promises",
            Self::Notice => "notice",
            Self::Help => "help",
        }
    }
}

/// A part as one reader is told it: the place of one recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Passage {
    /// Of which page.
    pub part: AloudPart,
    pub lang: Lang,
    /// Whether in the easier words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub younger: bool,
}

impl Passage {
    /// `promises.ar`, `notice.fr-younger`: in addresses, and in the names of files.
    #[must_use]
    pub fn key(self) -> String {
        let register = if self.younger { "-younger" } else { "" };
        [self.part.as_str(), ".", self.lang.tag(), register].concat()
    }

    /// Reads [`Self::key`].
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let all = AloudPart::ALL.into_iter().flat_map(|part| Lang::all().map(move |lang| (part, lang)));
        let mut both = all.flat_map(|(part, lang)| [false, true].map(|younger| Self { part, lang, younger }));
        both.find(|passage| passage.key() == key)
    }
}

/// A recording that was brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// What it reads.
    pub passage: Passage,
    pub file: FileId,
    /// What kind of sound, by its content.
    pub kind: FileKind,
    /// How long it is, in whole seconds, begun ones counted; nothing where it does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u16>,
}

/// A new one takes the place of the one before.
pub(super) fn set(conference: &Conference, recording: Recording) -> Decided {
    match conference.recordings.get(&recording.passage) {
        _ if !recording.kind.is_sound() => Err(Refusal::FileOfOtherKind),
        Some(there) if *there == recording => Ok(vec![]),
        _ => one(ConferenceEvent::RecordingSet(recording)),
    }
}

/// Pressed twice, it is gone once.
pub(super) fn remove(conference: &Conference, passage: Passage) -> Decided {
    if conference.recordings.contains_key(&passage) {
        one(ConferenceEvent::RecordingRemoved(passage))
    } else {
        Ok(vec![])
    }
}

impl Conference {
    /// Voices whose time has come: they go with everything else (`S14`), unless organizers brought one since.
    #[must_use]
    pub fn recordings_due(&self, all_at: Option<Instant>, now: Instant) -> Vec<Recording> {
        let due = all_at.is_some_and(|at| at <= now && self.recorded_at.is_some_and(|brought| brought < at));
        if due { self.recordings.values().copied().collect() } else { vec![] }
    }

    /// Of two recordings of one passage the newer stays.
    pub(super) fn apply_recordings(&mut self, entry: &Entry<ConferenceEvent>) {
        match &entry.event {
            ConferenceEvent::RecordingSet(recording) => {
                self.recordings.insert(recording.passage, *recording);
                self.recorded_at = Some(entry.at);
            }
            ConferenceEvent::RecordingRemoved(passage) => {
                self.recordings.remove(passage);
            }
            // `Conference::apply` names every event, and hands on these alone.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_named_by_part_language_and_register() {
        let passage = Passage { part: AloudPart::Notice, lang: Lang::FR, younger: true };
        assert_eq!(passage.key(), "notice.fr-younger");
        for key in ["join.ar", "promises.ar-younger", "help.en", "notice.fr-younger"] {
            assert_eq!(Passage::parse(key).map(Passage::key).as_deref(), Some(key));
        }
        for unknown in ["", "promises", "promises.xx", "promises.ar-older", "../promises.ar", "promises.ar.mp3"] {
            assert_eq!(Passage::parse(unknown), None, "{unknown}");
        }
    }
}
