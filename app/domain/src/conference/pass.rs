//! Passes: a card that gives one person one role in one scope; revocable.

use serde::{Deserialize, Serialize};

use crate::ids::{PassId, PersonId, SessionId};
use crate::role::{Role, Who};
use crate::time::Instant;

/// A pass as it is issued. Of its secret only a digest is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPass {
    /// Its id.
    pub id: PassId,
    /// What it lets somebody do.
    pub role: Role,
    /// In which session; nothing for the whole conference.
    pub session: Option<SessionId>,
    /// Whose it is, if it is a named person's.
    pub person: Option<PersonId>,
    /// SHA-256 of the secret, in hex.
    pub digest: String,
    /// Until when it works; nothing for as long as the conference.
    pub until: Option<Instant>,
}

impl NewPass {
    /// A child's card belongs to one session (`S17`); adults may work in all of them.
    #[must_use]
    pub fn scope_fits(&self) -> bool {
        match self.role {
            Role::Organizer | Role::SafeguardingLead | Role::SafeguardingDeputy => self.session.is_none(),
            Role::Steward | Role::Interpreter => true,
            Role::Moderator | Role::CoModerator | Role::Timekeeper | Role::Presenter => self.session.is_some(),
        }
    }
}

/// A pass and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// As issued.
    pub issued: NewPass,
    /// Whether it was taken back.
    pub revoked: bool,
}

impl Pass {
    /// Whether it works at `now`.
    #[must_use]
    pub fn works(&self, now: Instant) -> bool {
        !self.revoked && self.issued.until.is_none_or(|until| now < until)
    }

    /// Whether it works in `session`.
    #[must_use]
    pub fn covers(&self, session: SessionId) -> bool {
        self.issued.session.is_none_or(|own| own == session)
    }

    /// Whoever shows it.
    #[must_use]
    pub const fn who(&self) -> Who {
        Who::Pass { id: self.issued.id, role: self.issued.role }
    }
}
