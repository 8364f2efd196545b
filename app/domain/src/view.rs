//! Views: what each role may see, one file a role.
//!
//! A view (read model) is all, in one language, that its role may know, and carries instants, never counted-down
//! numbers. No view of the audience, screen, stage or console can hold a text that the desk has not passed.

pub mod audience;
pub mod backstage;
pub mod called;
pub mod console;
pub mod counted;
pub mod desk;
pub mod fate;
pub mod interpreter;
pub mod mine;
pub mod part;
pub mod poll;
pub mod report;
pub mod running;
pub mod safeguarding;
pub mod screen;
pub mod stage;

pub use poll::{PollState, PollView, Results};

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::hints::Notice;
use crate::ids::{PersonId, SlotId};
use crate::lang::{Lang, Phrase, Said};
use crate::session::floor::{Clock, Run};
use crate::session::plan::{Slot, SlotKind};
use crate::session::{Phase, Session};
use crate::time::{Instant, Span};

/// How people are called, from the store's `people`. Whoever was forgotten is not in it.
pub type Names = BTreeMap<PersonId, Said>;

/// What views need besides the session's own history.
#[derive(Clone, Copy, Debug)]
pub struct Hall<'a> {
    /// How people are called.
    pub names: &'a Names,
    /// Whom no photograph and no recording may show (`S21`).
    pub unrecorded: &'a BTreeSet<PersonId>,
    /// Ballots so far in the open poll.
    pub voted: u32,
    /// Phones that follow the session here.
    pub phones: u32,
    /// What organizers changed in the lists of hints.
    pub words: &'a dyn Notice,
}

/// Where the session is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseView {
    /// Not begun.
    #[default]
    Planned,
    /// Going on.
    Open,
    /// Over.
    Over,
}

impl From<Phase> for PhaseView {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Planned => Self::Planned,
            Phase::Open => Self::Open,
            Phase::Over => Self::Over,
        }
    }
}

/// The moment that a session is in: each has one hue and one form in the design.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// Welcome, or between things.
    #[default]
    Plain,
    /// Somebody speaks.
    Speech,
    /// The hall asks.
    Question,
    /// The hall votes.
    Poll,
    /// A break.
    Break,
    /// Thanks at the end.
    Thanks,
}

/// A clock as devices need it: they count alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockView {
    /// Time given so far.
    pub limit: Span,
    /// Whether it runs.
    pub state: ClockState,
}

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Not started.
    Ready,
    /// Until this instant, and over time after it.
    Running {
        /// When the limit is reached.
        ends_at: Instant,
    },
    /// Stopped for a moment.
    Paused {
        /// Time left; negative when over time.
        remaining: Span,
    },
}

impl ClockView {
    /// Time left at `now`. Negative when over time.
    #[must_use]
    pub fn remaining(&self, now: Instant) -> Span {
        match self.state {
            ClockState::Ready => self.limit,
            ClockState::Running { ends_at } => ends_at - now,
            ClockState::Paused { remaining } => remaining,
        }
    }
}

impl From<&Clock> for ClockView {
    fn from(clock: &Clock) -> Self {
        let state = match (clock.run, clock.ends_at()) {
            (Run::Running { .. }, Some(ends_at)) => ClockState::Running { ends_at },
            (Run::Paused, _) => ClockState::Paused { remaining: clock.limit - clock.spent },
            _ => ClockState::Ready,
        };
        Self { limit: clock.limit, state }
    }
}

/// A slot in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotView {
    pub id: SlotId,
    /// What kind it is.
    pub kind: SlotKind,
    /// What it is called; may be empty.
    pub title: Phrase,
    pub names: Vec<Phrase>,
    /// Its length in the plan.
    pub planned: Span,
}

fn slot(slot: &Slot, hall: Hall, lang: Lang) -> SlotView {
    SlotView {
        id: slot.id,
        kind: slot.kind,
        title: slot.title.for_reader(lang),
        names: names(&slot.speakers, hall, lang),
        planned: slot.planned,
    }
}

/// How people are called, leaving out whoever was forgotten.
fn names(people: &[PersonId], hall: Hall, lang: Lang) -> Vec<Phrase> {
    people.iter().filter_map(|person| hall.names.get(person)).map(|name| name.for_reader(lang)).collect()
}

/// Who has the floor, and about what. Somebody of the hall speaks about what the slot is.
fn speaking(session: &Session, hall: Hall, lang: Lang) -> Option<(Vec<Phrase>, Phrase)> {
    if let Some(turn) = session.stage.turn.and_then(|id| session.turn(id)) {
        let about = turn.group.and_then(|group| session.groups.get(usize::from(group)));
        let about = about.map(|name| name.for_reader(lang)).unwrap_or_default();
        return Some((vec![called::name_of(session, turn, hall, lang)], about));
    }
    let slot = session.stage.floor.and_then(|id| session.slot(id))?;
    Some((names(&slot.speakers, hall, lang), slot.title.for_reader(lang)))
}

fn clock(session: &Session) -> Option<ClockView> {
    session.stage.clock.as_ref().map(ClockView::from)
}

fn title(session: &Session, lang: Lang) -> Phrase {
    session.about.as_ref().map(|about| about.title.for_reader(lang)).unwrap_or_default()
}
