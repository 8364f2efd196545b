//! A silent call and what became of it (`F5`, `N1`): the truth for whoever called, and for how many adults it is shown.
//!
//! A call that nobody has answered for half a minute shows larger, and to more people. «I have seen it» holds that up
//! for two minutes, so that a press alone never silences a child; «I am coming» ends it.

use serde::{Deserialize, Serialize};

use crate::role::Role;
use crate::session::team::Help;
use crate::time::{Instant, Span};

/// Not answered for so long, a call shows larger and to more people.
pub const UNHEARD_AFTER: Span = Span::seconds(30);
/// So long it is enough that somebody has seen it.
pub const SEEN_HOLDS: Span = Span::minutes(2);
/// An answered call that is pressed again later than this is a new one: the adult did not come, or went again.
const AGAIN_AFTER: Span = Span::seconds(10);

/// A call that was not taken away yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    pub by: Role,
    /// For what.
    pub help: Help,
    pub at: Instant,
    /// When an adult said: I have seen it.
    pub seen: Option<Instant>,
    /// When an adult said: I am coming.
    pub coming: Option<Instant>,
    /// Whether nobody answered it in time.
    pub unheard: bool,
}

/// What is true of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Nobody answered it in time.
    Unheard,
    /// It stands before the adults, and none has said anything yet.
    #[default]
    OnItsWay,
    /// An adult has seen it.
    Seen,
    /// An adult is coming.
    Coming,
}

impl Call {
    pub(crate) const fn new(by: Role, help: Help, at: Instant) -> Self {
        Self { by, help, at, seen: None, coming: None, unheard: false }
    }

    /// What is true of it now.
    #[must_use]
    pub const fn step(&self) -> Step {
        match (self.coming, self.unheard, self.seen) {
            (Some(_), ..) => Step::Coming,
            (None, true, _) => Step::Unheard,
            (None, false, Some(_)) => Step::Seen,
            (None, false, None) => Step::OnItsWay,
        }
    }

    /// Whether an adult may still say «I have seen it».
    pub(crate) const fn is_unseen(&self) -> bool {
        matches!(self.step(), Step::OnItsWay | Step::Unheard)
    }

    /// When it shows to more people, if nobody answers until then.
    #[must_use]
    pub fn unheard_at(&self) -> Option<Instant> {
        let waits = self.coming.is_none() && !self.unheard;
        waits.then(|| self.seen.map_or(self.at + UNHEARD_AFTER, |seen| seen + SEEN_HOLDS))
    }

    pub(super) fn may_be_called_again(&self, now: Instant) -> bool {
        self.coming.is_some_and(|coming| coming + AGAIN_AFTER <= now)
    }

    pub(crate) const fn is_seen(&mut self, at: Instant) {
        self.seen = Some(at);
        self.unheard = false;
    }

    pub(crate) const fn is_answered(&mut self, at: Instant) {
        self.coming = Some(at);
        self.unheard = false;
    }
}
