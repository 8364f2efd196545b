//! Who acts, and what each role may do (`P3`, `S17`).
//!
//! Only child moderators choose, order and show questions, start polls and give the floor. Adults pass, hold and
//! protect; their one power over a live session is the safety pause. Each noun says who may send its commands:
//! [`crate::Command::permits`] asks it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::conference::suits::Suits;
use crate::ids::{PassId, PhoneId};

/// A part that a person plays, by pass. The audience has none: it is anyone with a phone.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// A child who runs the session.
    Moderator,
    /// A child with the same controls as the moderator (`F4`).
    CoModerator,
    /// A child who keeps the clock, and nothing else.
    Timekeeper,
    /// A child or adult who speaks; sees the stage.
    Presenter,
    /// Somebody who belongs to a closed meeting (`S18`); in it they ask and vote as a phone does.
    Member,
    /// An adult who interprets: follows, and may ask for a slower pace (`F12`).
    Interpreter,
    /// A trained adult at the desk who passes every text before children see it (`S1`).
    Steward,
    /// The adult who alone, with the deputy, opens the safeguarding inbox.
    SafeguardingLead,
    /// The adult who steps in for the lead.
    SafeguardingDeputy,
    /// The adult who prepares the conference.
    Organizer,
    /// A child who writes a working paper, alone or in a group (`P4`).
    Author,
    /// An adult who helps with working papers in plain words, and changes none (`P4`).
    Mentor,
    /// An adult who answers, for their organisation, what children recommended to it (`P5`).
    Respondent,
}

impl Role {
    /// Whether the role runs the session with full controls.
    #[must_use]
    pub const fn moderates(self) -> bool {
        matches!(self, Self::Moderator | Self::CoModerator)
    }

    /// Whether the role is an adult's: other routes, a stronger secret (`S17`).
    #[must_use]
    pub const fn is_adult(self) -> bool {
        matches!(self.suits(), Suits::Adults)
    }

    /// Whether the role is a child's: to run a session, to keep its time, to write a paper (`P1`).
    #[must_use]
    pub const fn is_childs(self) -> bool {
        matches!(self.suits(), Suits::Children)
    }

    /// Whether the role supports the children behind the scenes: hears their silent calls (`F5`).
    #[must_use]
    pub const fn supports(self) -> bool {
        matches!(self, Self::Steward | Self::SafeguardingLead | Self::SafeguardingDeputy | Self::Organizer)
    }

    /// Whether the role may open the safeguarding inbox (`S2`).
    #[must_use]
    pub const fn safeguards(self) -> bool {
        matches!(self, Self::SafeguardingLead | Self::SafeguardingDeputy)
    }

    /// Whether a device never has both roles at once: a child's and an adult's (`S17`, `G5`), an organizer's and that of
    /// whoever reads the inbox (`G9`).
    #[must_use]
    pub const fn is_kept_apart_from(self, other: Self) -> bool {
        let organizes = matches!(self, Self::Organizer) && other.safeguards();
        let reads = self.safeguards() && matches!(other, Self::Organizer);
        self.is_adult() != other.is_adult() || organizes || reads
    }
}

/// Who sent a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A phone in the hall, without a name.
    Phone(PhoneId),
    /// Somebody with a pass.
    Pass { id: PassId, role: Role },
    /// The server itself: a desk fell silent, a demo is prepared.
    Server,
}

impl Who {
    /// The role, if a pass was shown.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Pass { role, .. } => Some(role),
            Self::Phone(_) | Self::Server => None,
        }
    }

    /// The card, if a pass was shown.
    #[must_use]
    pub const fn pass(self) -> Option<PassId> {
        match self {
            Self::Pass { id, .. } => Some(id),
            Self::Phone(_) | Self::Server => None,
        }
    }

    /// The phone, if it is one without a name.
    #[must_use]
    pub const fn phone(self) -> Option<PhoneId> {
        match self {
            Self::Phone(phone) => Some(phone),
            Self::Pass { .. } | Self::Server => None,
        }
    }

    /// Whether it is a phone in the hall.
    #[must_use]
    pub const fn is_phone(self) -> bool {
        self.phone().is_some()
    }

    /// Whether a pass was shown whose role fits.
    pub fn plays(self, fits: impl FnOnce(Role) -> bool) -> bool {
        self.role().is_some_and(fits)
    }
}
