//! What supporting adults see behind the scenes: silent calls, words that were sent and read, and how it goes.
//!
//! They see no question and no text of a child, and there is nothing here that moves the session (`P3`).

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Phrase};
use crate::role::Role;
use crate::session::Session;
use crate::view::running::{self, CallView, Course, DidView, NoteView};
use crate::view::{ClockView, Hall, PhaseView, clock, speaking, title};

/// What supporting adults see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackstageView {
    /// What the session is called.
    pub title: Phrase,
    /// Where it is in its life.
    pub phase: PhaseView,
    /// Who has the floor.
    pub names: Vec<Phrase>,
    /// The clock.
    pub clock: Option<ClockView>,
    /// The session's time.
    pub course: Course,
    /// Calls for help, the oldest first.
    pub calls: Vec<CallView>,
    /// Who leads now.
    pub lead: Option<Role>,
    /// Who rests.
    pub resting: Vec<Role>,
    /// Words that were sent, the newest first, with who has read them.
    pub notes: Vec<NoteView>,
    /// The last presses, the newest first.
    pub did: Vec<DidView>,
    /// Whether an adult has paused the session for safety.
    pub paused: bool,
}

/// What supporting adults see.
#[must_use]
pub fn backstage(session: &Session, hall: Hall, lang: Lang) -> BackstageView {
    BackstageView {
        title: title(session, lang),
        phase: session.phase.into(),
        names: speaking(session, hall, lang).map(|s| s.0).unwrap_or_default(),
        clock: clock(session),
        course: running::running(session, hall, lang).course,
        calls: running::calls(session),
        lead: Some(session.team.lead()),
        resting: session.team.resting.iter().copied().collect(),
        notes: session.team.notes.iter().rev().map(|note| running::note(note, lang)).collect(),
        did: session.did.iter().rev().map(|did| DidView { by: did.by, at: did.at, what: did.what }).collect(),
        paused: session.paused_since.is_some(),
    }
}
