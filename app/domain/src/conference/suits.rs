//! What suits a child and what an adult: the one table of roles, functions, and ways to show a name (`C1`).
//!
//! A child never gets what is an adult's. An adult may do what is a child's, but whoever writes that down is asked first:
//! the conference is the children's to run (`P1`).

use crate::conference::people::{Group, Shows};
use crate::conference::profile::Function;
use crate::role::Role;

/// Whom something suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suits {
    /// Children; adults if somebody says so twice.
    Children,
    /// Adults alone.
    Adults,
    /// Both.
    Everybody,
}

/// What becomes of it if somebody of a group is to have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Nothing is asked.
    Fits,
    /// Only if an organizer says so a second time.
    AskedAbout,
    /// Whatever anybody says.
    Refused,
}

impl Suits {
    /// Whether it is for children, for adults, or for both.
    #[must_use]
    pub const fn fit(self, group: Group) -> Fit {
        match (self, group) {
            (Self::Children, Group::Adult) => Fit::AskedAbout,
            (Self::Adults, Group::Child) => Fit::Refused,
            (Self::Children, Group::Child) | (Self::Adults, Group::Adult) | (Self::Everybody, _) => Fit::Fits,
        }
    }
}

impl Role {
    /// Whom a pass's role suits.
    #[must_use]
    pub const fn suits(self) -> Suits {
        match self {
            Self::Moderator | Self::CoModerator | Self::Timekeeper | Self::Author => Suits::Children,
            Self::Presenter | Self::Member => Suits::Everybody,
            Self::Interpreter
            | Self::Steward
            | Self::SafeguardingLead
            | Self::SafeguardingDeputy
            | Self::Organizer
            | Self::Mentor
            | Self::Respondent => Suits::Adults,
        }
    }
}

impl Function {
    /// Whom a function suits: children have the roles above.
    #[must_use]
    pub const fn suits(self) -> Suits {
        match self {
            Self::Chair
            | Self::Speaker
            | Self::Trainer
            | Self::Official
            | Self::Committee
            | Self::Translator
            | Self::Photographer
            | Self::Technician
            | Self::Volunteer => Suits::Adults,
        }
    }
}

impl Shows {
    /// Whose name may be shown so (`S12`).
    #[must_use]
    pub const fn suits(self) -> Suits {
        match self {
            Self::Role | Self::Nickname | Self::FirstName => Suits::Everybody,
            Self::FullName => Suits::Adults,
        }
    }
}
