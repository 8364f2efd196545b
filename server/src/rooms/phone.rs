//! A phone of the hall, as the server knows it while it answers: made anew from the phone's token at every request.
//!
//! A token holds 244 random bits, the *secret*. Two names follow from it by hashing, and neither leads to the other:
//!
//! - the [`PhoneId`] stands beside what a phone writes, so that its answers find it again;
//! - the [`VoterKey`] makes the key of its ballot in each poll.
//!
//! A third makes the receipts of its questions ([`crate::receipts`]), which nothing that is stored leads to either.
//!
//! The secret itself is in the phone's cookie and nowhere else: not in the database, not in a log, not in a backup.
//! Whoever holds all of those and this source, and the server's own key too, would have to guess 244 bits to get from a
//! question's `PhoneId` to a ballot's voter (`G8`). Were a ballot's key made of the `PhoneId`, a loop over the phones of
//! the log would join them: that was so once.
//!
//! What a ballot tells besides is whether its phone had come before the poll opened ([`Came`]). Nothing that is stored
//! says when a phone that wrote something was minted, so this joins with nothing. A seat is written down with its
//! `PhoneId`, but no ballot with its seat. A ballot of the ballot box has the key of a form that was shown once.

use nadwa_domain::Instant;
use nadwa_domain::ids::{PhoneId, PollId, QuestionId};
use nadwa_domain::session::poll::ballot::Came;
use nadwa_domain::session::poll::{Poll, Voter};
use uuid::Uuid;

use crate::edge;
use crate::permits::{BoxForm, Permit};
use crate::rooms::session::SessionRoom;

/// What the keys of a phone's ballots are made of; never stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VoterKey(Uuid);

impl std::fmt::Debug for VoterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VoterKey")
    }
}

/// A phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phone {
    /// Its name beside what it writes.
    pub id: PhoneId,
    key: VoterKey,
    /// Since when it has looked at a page; nothing for a new device that never did, or one too many of its address.
    pub since: Option<Instant>,
}

impl Phone {
    /// The phone of a secret.
    #[must_use]
    pub fn of_secret(secret: &str, since: Option<Instant>) -> Self {
        let id = PhoneId(edge::derived_id("phone", &[secret.as_bytes()]));
        let key = VoterKey(edge::derived_id("voter of a phone", &[secret.as_bytes()]));
        Self { id, key, since }
    }

    /// Under what it is remembered that its device was handed on: no text and no ballot is found by it.
    #[must_use]
    pub fn left_key(&self) -> Uuid {
        edge::derived_id("left", &[self.key.0.as_bytes()])
    }

    /// What the receipt of one of its questions is made of: the phone can show it again as long as it is this phone, and
    /// nobody else can make it.
    #[must_use]
    pub fn receipt_seed(&self, question: QuestionId) -> Uuid {
        edge::derived_id("receipt", &[self.key.0.as_bytes(), question.0.as_bytes()])
    }

    /// A phone that nobody holds, for halls that are played; it was there before everything.
    #[must_use]
    pub fn played() -> Self {
        Self::of_secret(&edge::fresh_secret(), Some(Instant(0)))
    }
}

/// Who votes, and by which token the store knows the ballot.
#[derive(Clone, Copy, Debug)]
pub enum Voting {
    /// A phone: it has one ballot in each poll.
    Phone(Phone),
    /// Whoever holds the ballot box: a ballot for each form that it has shown.
    Box(Uuid),
}

impl SessionRoom {
    /// Whether a ballot came from this form of the ballot box. If the store cannot say so, nobody is shown anything of it
    /// either way.
    pub async fn lies_in_the_box(&self, form: Uuid, permit: Permit<BoxForm>) -> bool {
        permit.judge(self.ballot_by(Voting::Box(form)).await.ok().flatten()).is_some()
    }
}

impl Voting {
    /// As the rules see it.
    #[must_use]
    pub const fn voter(self) -> Voter {
        match self {
            Self::Phone(phone) => Voter::Phone(phone.id),
            Self::Box(_) => Voter::Box,
        }
    }

    /// How long the voter has been here when a poll is asked.
    #[must_use]
    pub fn came(self, poll: &Poll) -> Came {
        match self {
            Self::Phone(phone) => poll.came(phone.since),
            Self::Box(_) => Came::Before,
        }
    }

    /// The voting token in one poll: it cannot be matched with what a phone wrote, nor with its ballot in another poll.
    #[must_use]
    pub fn token(self, poll: PollId) -> Uuid {
        match self {
            Self::Phone(phone) => edge::derived_id("voter", &[poll.0.as_bytes(), phone.key.0.as_bytes()]),
            Self::Box(form) => edge::derived_id("ballot box", &[poll.0.as_bytes(), form.as_bytes()]),
        }
    }
}
