//! Entries: what has happened, in two parts.
//!
//! The *fact* holds ids, instants and states and is kept for ever. The *words* are what a person wrote; they can be
//! blanked in place, and replaying a blanked entry works. Names are in neither (invariant 11).

mod stored;

use serde::Serialize;

use crate::role::Who;
pub use crate::session::course::SessionEvent;
pub use crate::session::desk::DeskEvent;
pub use crate::session::floor::FloorEvent;
pub use crate::session::plan::PlanEvent;
pub use crate::session::poll::PollEvent;
pub use crate::session::question::QuestionEvent;
pub use crate::session::queue::QueueEvent;
use crate::session::record::What;
pub use crate::session::screen::ScreenEvent;
pub use crate::session::team::TeamEvent;
use crate::time::Instant;
pub use crate::words::{Happened, Words};

/// One line of a stream's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<E = Event> {
    /// Its place: 1 for the first.
    pub seq: u64,
    /// When it was decided.
    pub at: Instant,
    /// Who asked for it.
    pub by: Who,
    /// What happened.
    pub event: E,
    /// What was written; empty once blanked.
    pub words: Words,
}

/// What has happened in a session, by noun. Each noun has its own events, in its own file: what an undo takes back, and
/// how they are applied. All are stored flat, by the name that they have in their noun: `{"event": "floor_given", …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The turns of the hall.
    Queue(QueueEvent),
    /// Help, rest, and words from behind the scenes.
    Team(TeamEvent),
    /// The session itself: its course, its end, the safety pause.
    #[serde(untagged)]
    Session(SessionEvent),
    /// The floor and its clock.
    #[serde(untagged)]
    Floor(FloorEvent),
    /// Questions, from asking to answering.
    #[serde(untagged)]
    Question(QuestionEvent),
    /// Polls.
    #[serde(untagged)]
    Poll(PollEvent),
    /// The screen.
    #[serde(untagged)]
    Screen(ScreenEvent),
    /// The desk, where every text is read first.
    #[serde(untagged)]
    Desk(DeskEvent),
    /// The plan and the run of show.
    #[serde(untagged)]
    Plan(PlanEvent),
}

impl Event {
    /// Stage and screen can be put back as they were; an opened or closed poll, an answered question cannot.
    pub(crate) const fn is_undoable(&self) -> bool {
        match self {
            Self::Session(event) => event.is_undoable(),
            Self::Floor(event) => event.is_undoable(),
            Self::Question(event) => event.is_undoable(),
            Self::Poll(event) => event.is_undoable(),
            Self::Screen(event) => event.is_undoable(),
            Self::Queue(event) => event.is_undoable(),
            Self::Plan(event) => event.is_undoable(),
            Self::Desk(_) | Self::Team(_) => false,
        }
    }

    /// What a press did that begins with it; nothing if it is no press of the children.
    pub(crate) const fn did(&self) -> Option<What> {
        match self {
            Self::Session(event) => event.did(),
            Self::Floor(event) => event.did(),
            Self::Question(event) => event.did(),
            Self::Poll(event) => event.did(),
            Self::Screen(event) => event.did(),
            Self::Queue(event) => event.did(),
            Self::Plan(event) => event.did(),
            Self::Desk(_) | Self::Team(_) => None,
        }
    }

    /// Whether what a steward did shows that a person is there. A page opens the next text by itself.
    pub(crate) const fn is_an_act(&self) -> bool {
        !matches!(self, Self::Desk(DeskEvent::DeskSeen { .. }) | Self::Question(QuestionEvent::QuestionClaimed { .. }))
    }
}

macro_rules! from_nouns {
    ($($noun:ident($event:ident))*) => {$(
        impl From<$event> for Event {
            fn from(event: $event) -> Self {
                Self::$noun(event)
            }
        }

        impl From<$event> for Happened {
            fn from(event: $event) -> Self {
                Event::from(event).into()
            }
        }
    )*};
}

from_nouns!(
    Session(SessionEvent) Floor(FloorEvent) Question(QuestionEvent) Poll(PollEvent) Screen(ScreenEvent) Desk(DeskEvent)
    Queue(QueueEvent) Plan(PlanEvent) Team(TeamEvent)
);
