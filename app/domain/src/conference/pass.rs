//! Passes: a card that gives one person one role in one scope; revocable.

use serde::{Deserialize, Serialize};

use crate::ids::{PaperId, PassId, PersonId, SessionId};
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
    /// For which working paper, and until when it may still be sent in; for authors alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperScope>,
}

/// The working paper that a pass opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperScope {
    /// Which.
    pub paper: PaperId,
    /// An extension: until then it may be sent in although the call has closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_until: Option<Instant>,
}

impl NewPass {
    /// A child's card belongs to one session or to one paper (`S17`); adults may work in all of them.
    #[must_use]
    pub fn scope_fits(&self) -> bool {
        if self.paper.is_some() != (self.role == Role::Author) {
            return false;
        }
        match self.role {
            Role::Organizer | Role::SafeguardingLead | Role::SafeguardingDeputy | Role::Author | Role::Mentor => {
                self.session.is_none()
            }
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

    /// Whether its holder writes `paper`.
    #[must_use]
    pub fn writes(&self, paper: PaperId) -> bool {
        self.issued.role == Role::Author && self.issued.paper.is_some_and(|scope| scope.paper == paper)
    }

    /// Whoever shows it.
    #[must_use]
    pub const fn who(&self) -> Who {
        Who::Pass { id: self.issued.id, role: self.issued.role }
    }
}
