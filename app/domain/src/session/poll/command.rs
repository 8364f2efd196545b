//! What people ask about polls: child moderators make, open and show them, phones say words and take seats.

use uuid::Uuid;

use crate::command::PlannedPoll;
use crate::ids::{PollId, QuestionId};
use crate::refusal::{Decision, Refusal};
use crate::role::{Role, Who};
use crate::session::poll::{self, AnnulReason, make, seats, words};
use crate::session::{Session, erasing};
use crate::text::WordText;
use crate::time::Instant;

/// What people ask about polls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollCommand {
    /// Writes a poll into the plan, or anew, before the session opens.
    PlanPoll(Box<PlannedPoll>),
    /// Makes a poll on the spot. The same id again is the same poll.
    MakePoll {
        poll: Box<PlannedPoll>,
        /// Whether it opens at once.
        open: bool,
    },
    /// Opens a planned poll.
    OpenPoll { id: PollId },
    /// Tells everybody that the open poll closes soon.
    LastCall { id: PollId },
    /// Closes the open poll; its ballots become totals.
    ClosePoll { id: PollId },
    /// Shows a closed poll's results.
    ShowPoll { id: PollId },
    /// Takes the poll off the phones.
    PutPollAway,
    /// Makes a second round of an answered poll.
    SecondRound {
        /// Which was answered.
        of: PollId,
        /// The id of the new one.
        new: PollId,
    },
    /// A poll was misunderstood: it does not count, and may be asked again.
    AnnulPoll {
        id: PollId,
        /// Why; said to everybody.
        reason: AnnulReason,
        /// The id of the one that takes its place.
        again: PollId,
    },
    /// Hands counted in the room, as a source of its own (`F8`).
    CountHands {
        id: PollId,
        /// For each option.
        hands: Vec<u32>,
    },
    /// Makes seat codes: one person, one vote.
    IssueSeats {
        /// What the codes are made of. The same seed again makes the same codes.
        seed: Uuid,
        /// How many.
        count: u16,
    },
    /// A phone takes a seat, whose code the server has read.
    TakeSeat {
        /// Which, from 0.
        seat: u16,
    },
    /// A phone says a word in a poll's cloud.
    SayWord {
        poll: PollId,
        /// Made when the form was rendered: a repeated submit is the same word.
        id: QuestionId,
        /// The word, cleaned.
        text: WordText,
        /// Said by the server: it is one of many from new devices (`G3`).
        one_of_many: bool,
        /// Said by the server: how many texts of phones that came with this one were before.
        after: u32,
    },
    /// Takes the polls' own pictures out of the session (sent by the server, which has removed them for good).
    ErasePictures,
}

impl PollCommand {
    /// Who may send it at all: child moderators start polls, and nobody else (`P3`).
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::PlanPoll(_) => who.plays(|role| role == Role::Organizer),
            Self::MakePoll { .. }
            | Self::OpenPoll { .. }
            | Self::LastCall { .. }
            | Self::ClosePoll { .. }
            | Self::ShowPoll { .. }
            | Self::PutPollAway
            | Self::SecondRound { .. }
            | Self::AnnulPoll { .. }
            | Self::CountHands { .. } => who.plays(Role::moderates),
            Self::IssueSeats { .. } => who.plays(|role| role.moderates() || role == Role::Organizer),
            Self::TakeSeat { .. } | Self::SayWord { .. } => who.is_phone(),
            Self::ErasePictures => who == Who::Server,
        }
    }

    /// Whether it moves the session, and is a step.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        match self {
            Self::MakePoll { .. }
            | Self::OpenPoll { .. }
            | Self::LastCall { .. }
            | Self::ClosePoll { .. }
            | Self::ShowPoll { .. }
            | Self::PutPollAway
            | Self::SecondRound { .. }
            | Self::AnnulPoll { .. }
            | Self::CountHands { .. } => true,
            Self::PlanPoll(_)
            | Self::IssueSeats { .. }
            | Self::TakeSeat { .. }
            | Self::SayWord { .. }
            | Self::ErasePictures => false,
        }
    }

    pub(in crate::session) fn decide(&self, session: &Session, who: Who, now: Instant) -> Decision {
        match self {
            Self::PlanPoll(planned) => make::plan(session, planned),
            Self::MakePoll { poll, open } => make::make(session, poll, *open),
            Self::OpenPoll { id } => poll::open(session, *id),
            Self::LastCall { id } => poll::last_call(session, *id),
            Self::ClosePoll { id } => poll::close(session, *id, now),
            Self::ShowPoll { id } => poll::show(session, *id),
            Self::PutPollAway => poll::put_away(session),
            Self::SecondRound { of, new } => make::second_round(session, *of, *new),
            Self::AnnulPoll { id, reason, again } => poll::annul(session, *id, *reason, *again),
            Self::CountHands { id, hands } => poll::count_hands(session, *id, hands),
            Self::IssueSeats { seed, count } => seats::issue(session, *seed, *count),
            Self::TakeSeat { seat } => seats::take(session, who.phone().ok_or(Refusal::NotYours)?, *seat),
            Self::SayWord { poll, id, text, one_of_many, after } => {
                words::say(session, who, *poll, *id, (text, *one_of_many, *after), now)
            }
            Self::ErasePictures => Ok(erasing::erase_pictures(session)),
        }
    }
}
