//! What supporting adults see behind the scenes: silent calls, words that were sent and read, and how it goes.
//!
//! They see no question and no text of a child, and there is nothing here that moves the session (`P3`).

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Phrase};
use crate::role::Role;
use crate::session::Session;
use crate::time::{Instant, Span};
use crate::view::running::{self, CallView, Course, DidView, NoteView};
use crate::view::{ClockView, Hall, PhaseView, SlotView, clock, slot, speaking, title};

/// So many who come are told beforehand.
const AHEAD: usize = 3;

/// What supporting adults see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackstageView {
    /// What the session is called.
    pub title: Phrase,
    /// Where it is in its life.
    pub phase: PhaseView,
    /// Who has the floor.
    pub names: Vec<Phrase>,
    pub clock: Option<ClockView>,
    /// The session's time.
    pub course: Course,
    /// When it should begin.
    pub starts_at: Instant,
    /// Who speaks after this, the next first.
    pub coming: Vec<ComingView>,
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

/// Speakers who wait for their part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComingView {
    /// Their part.
    pub slot: SlotView,
    /// How long after the end of the part that is on theirs begins; before the session, after its beginning.
    pub after: Span,
}

impl BackstageView {
    /// When somebody who waits should be here, if the parts before theirs take as long as planned.
    #[must_use]
    pub fn come_at(&self, coming: &ComingView, now: Instant) -> Instant {
        self.course.slot_ends.unwrap_or(self.starts_at).max(now) + coming.after
    }
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
        starts_at: session.about.as_ref().map(|about| about.starts_at).unwrap_or_default(),
        coming: coming(session, hall, lang),
        calls: running::calls(session),
        lead: Some(session.team.lead()),
        resting: session.team.resting.iter().copied().collect(),
        notes: session.team.notes.iter().rev().map(|note| running::note(note, lang)).collect(),
        did: session.did.iter().rev().map(|did| DidView { by: did.by, at: did.at, what: did.what }).collect(),
        paused: session.paused_since.is_some(),
    }
}

fn coming(session: &Session, hall: Hall, lang: Lang) -> Vec<ComingView> {
    let mut after = Span::ZERO;
    let parts = session.slots_to_come().map(|part| {
        let coming = ComingView { slot: slot(part, hall, lang), after };
        after = after + part.planned;
        coming
    });
    parts.filter(|coming| !coming.slot.names.is_empty()).take(AHEAD).collect()
}
