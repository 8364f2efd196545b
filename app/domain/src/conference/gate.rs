//! The gate: a public session opens only when whoever may need help will find it (`S19`).

use serde::{Deserialize, Serialize};

use crate::conference::Conference;
use crate::conference::settings::Helpline;
use crate::role::Role;
use crate::time::{Instant, Span};

/// How long confirmed helplines count.
pub const CONFIRMED_FOR: Span = Span::minutes(14 * 24 * 60);

/// What a public session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// There is no helpline at all.
    Helplines,
    /// Nobody has confirmed them within the last fourteen days.
    Confirmation,
    /// No device is signed in with the card of the safeguarding lead.
    Lead,
    /// No device is signed in with the card of the deputy.
    Deputy,
    /// The safe place is not described in every language of the conference.
    SafePlace,
    /// No adult is at this session's desk.
    Desk,
}

impl Missing {
    /// Every one, in the order of a checklist.
    pub const ALL: [Self; 6] =
        [Self::Helplines, Self::Confirmation, Self::Lead, Self::Deputy, Self::SafePlace, Self::Desk];
}

impl Conference {
    /// What a public session with so many adults at its desk waits for; it opens when nothing is missing.
    #[must_use]
    pub fn missing(&self, at_desk: usize, now: Instant) -> Vec<Missing> {
        let is_missing = |what: &Missing| match what {
            Missing::Helplines => self.helplines.is_empty(),
            Missing::Confirmation => !self.helplines_are_confirmed(now),
            Missing::Lead => !self.is_held(Role::SafeguardingLead, now),
            Missing::Deputy => !self.is_held(Role::SafeguardingDeputy, now),
            Missing::SafePlace => !self.spoken().all(|lang| self.safe_place.0.contains_key(&lang)),
            Missing::Desk => at_desk == 0,
        };
        Missing::ALL.into_iter().filter(is_missing).collect()
    }

    /// What people are told is to be done: what is missing, and numbers that a child can see, too. A demo opens over its
    /// examples, and nobody is told that they are numbers (`N3`).
    #[must_use]
    pub fn to_be_done(&self, now: Instant) -> Vec<Missing> {
        let is_example = |what: Missing| match what {
            Missing::Helplines => self.helplines.iter().all(Helpline::is_example),
            Missing::Confirmation => self.confirmed_helplines().is_empty(),
            Missing::Lead | Missing::Deputy | Missing::SafePlace | Missing::Desk => false,
        };
        let missing = self.missing(1, now);
        Missing::ALL.into_iter().filter(|what| missing.contains(what) || is_example(*what)).collect()
    }

    /// Whether somebody confirmed the helplines within fourteen days, and none was changed since.
    #[must_use]
    pub fn helplines_are_confirmed(&self, now: Instant) -> bool {
        self.confirmed.is_some_and(|(at, _)| now < at + CONFIRMED_FOR)
    }

    /// Whether a device came in with a card of this role that works: a card on paper alone is nobody (`N2`).
    #[must_use]
    pub fn is_held(&self, role: Role, now: Instant) -> bool {
        let cards = self.devices.values().filter_map(|device| self.passes.get(&device.new.pass));
        cards.into_iter().any(|pass| pass.issued.role == role && pass.works(now))
    }
}
