//! Passes: a card that gives one person one role in one scope; revocable. And the devices on which one was shown.
//!
//! A device keeps a secret of its own: whoever only copied the card finds out when it is used again, since a child's
//! card works on one device at a time, and the older one leaves.

use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, PaperId, PassId, PersonId, SessionId};
use crate::role::{Role, Who};
use crate::time::Instant;

/// A pass as it is issued. Of its secret only a digest is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPass {
    pub id: PassId,
    /// What it lets somebody do.
    pub role: Role,
    /// In which session; nothing for the whole conference.
    pub session: Option<SessionId>,
    /// Whose it is, if it is a named person's.
    pub person: Option<PersonId>,
    /// What is kept of the secret: a digest from which it cannot be found by trying. Empty for a card that was never
    /// printed, which nobody can show.
    pub digest: String,
    /// Until when it works; nothing for as long as the conference.
    pub until: Option<Instant>,
    /// Whether it works on one device at a time: shown on another, the first one leaves.
    #[serde(default, skip_serializing_if = "is_false")]
    pub one_device: bool,
    /// For which working paper, and until when it may still be sent in; for authors alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperScope>,
    /// A digest of the long secret in the card's square, where it is not the one above: a child's card has a number to
    /// type besides. Empty on cards of early versions, whose square holds the number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
}

/// The working paper that a pass opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperScope {
    pub paper: PaperId,
    /// An extension: until then it may be sent in although the call has closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_until: Option<Instant>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(truth: &bool) -> bool {
    !truth
}

impl NewPass {
    /// A child's card belongs to one session or to one paper (`S17`); adults may work in all of them.
    #[must_use]
    pub fn scope_fits(&self) -> bool {
        if self.paper.is_some() != (self.role == Role::Author) {
            return false;
        }
        match self.role {
            Role::Organizer
            | Role::SafeguardingLead
            | Role::SafeguardingDeputy
            | Role::Author
            | Role::Mentor
            | Role::Respondent => self.session.is_none(),
            Role::Steward | Role::Interpreter => true,
            Role::Moderator | Role::CoModerator | Role::Timekeeper | Role::Presenter | Role::Member => {
                self.session.is_some()
            }
        }
    }
}

/// A pass with another secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recoded {
    pub pass: PassId,
    /// What is kept of the secret, as in [`NewPass`].
    pub digest: String,
    /// The same of the one in the card's square; empty to leave it as it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
}

/// A pass and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// As issued.
    pub issued: NewPass,
    /// Whether it was taken back.
    pub revoked: bool,
    /// Whether any device has ever shown it.
    pub used: bool,
    /// Whether a device has come in by its present link: an adult's opens one device (`G5`).
    pub opened: bool,
    /// Whether somebody has handed a device on that it had opened: its link stands in that device's history (`G5`).
    pub left: bool,
    /// Whether it waits for the agreement of the safeguarding lead (`G9`).
    pub asked: bool,
    /// The pass of whoever saw its secret when it was issued or printed.
    pub known_to: Option<PassId>,
}

impl Pass {
    /// One that was issued just now.
    #[must_use]
    pub const fn new(issued: NewPass) -> Self {
        Self { issued, revoked: false, used: false, opened: false, left: false, asked: false, known_to: None }
    }

    /// Whether it was printed, or its link shown: before that nobody can hold it.
    #[must_use]
    pub fn was_shown(&self) -> bool {
        !self.issued.digest.is_empty()
    }

    /// Whether it is an invitation to organize, whose link works once and for a day: until name and phrase are chosen.
    #[must_use]
    pub fn is_invitation(&self) -> bool {
        self.issued.role == Role::Organizer && self.issued.until.is_some()
    }

    /// Whether it works at `now`.
    #[must_use]
    pub fn works(&self, now: Instant) -> bool {
        !self.revoked && !self.asked && self.issued.until.is_none_or(|until| now < until)
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

/// A device on which a pass was shown. Nothing of the device itself is kept (`S13`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDevice {
    pub id: DeviceId,
    /// What was shown.
    pub pass: PassId,
    /// SHA-256 of the device's own secret, in hex.
    pub digest: String,
}

/// A device that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// As it came in.
    pub new: NewDevice,
    pub since: Instant,
}

/// How an organizer signs in: a name, and what is kept of the secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The name that is typed.
    pub name: String,
    /// The secret's hash, slow to compute on purpose.
    pub hash: String,
}
