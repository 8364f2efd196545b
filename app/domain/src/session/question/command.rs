//! What people ask about questions: an asker, the children who choose among them, the server that erases their words.
//! What the desk does with them is in `desk.rs`.

use crate::ids::QuestionId;
use crate::refusal::Decision;
use crate::role::{Role, Who};
use crate::session::choosing::CardAct;
use crate::session::closing::CloseAs;
use crate::session::question::{AskedAs, NotUsedReason};
use crate::session::{Session, asking, choosing, closing, erasing};
use crate::text::QuestionText;
use crate::time::Instant;

/// What people ask about questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionCommand {
    /// A phone asks.
    Ask {
        /// Made when the form was rendered: a repeated submit is the same question.
        id: QuestionId,
        /// The words, cleaned.
        text: QuestionText,
        /// What the sender chose to say with it.
        said: AskedAs,
    },
    /// The asker says it anew while it waits, or after it was held.
    Change {
        id: QuestionId,
        /// The words, cleaned.
        text: QuestionText,
    },
    /// The asker takes it back while it waits.
    Withdraw { id: QuestionId },
    /// A moderator chooses a passed question for this session.
    Choose { id: QuestionId },
    /// A moderator puts a chosen question back: later.
    PutBack { id: QuestionId },
    /// Shows a question on the screen.
    ShowQuestion { id: QuestionId },
    /// It was answered.
    Answered { id: QuestionId },
    /// It will not be used, with a kind reason.
    NotUsed { id: QuestionId, reason: NotUsedReason },
    /// Moderators say what became of many at once (`R1`).
    CloseOut {
        /// Those that were picked.
        ids: Vec<QuestionId>,
        /// What became of them.
        how: CloseAs,
    },
    /// How moderators arrange their cards.
    Cards(CardAct),
    /// Erases a question's words for good (sent by the server when their time has come, or an organizer says so).
    EraseQuestion { id: QuestionId },
}

impl QuestionCommand {
    /// Who may send it at all: phones ask, child moderators choose, order and show (`P3`).
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::Ask { .. } | Self::Change { .. } | Self::Withdraw { .. } => who.is_phone(),
            Self::Choose { .. }
            | Self::PutBack { .. }
            | Self::ShowQuestion { .. }
            | Self::Answered { .. }
            | Self::NotUsed { .. }
            | Self::CloseOut { .. }
            | Self::Cards(_) => who.plays(Role::moderates),
            Self::EraseQuestion { .. } => who == Who::Server,
        }
    }

    /// Whether it moves the session, and is a step.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        match self {
            Self::ShowQuestion { .. } | Self::Answered { .. } => true,
            Self::Ask { .. }
            | Self::Change { .. }
            | Self::Withdraw { .. }
            | Self::Choose { .. }
            | Self::PutBack { .. }
            | Self::NotUsed { .. }
            | Self::CloseOut { .. }
            | Self::Cards(_)
            | Self::EraseQuestion { .. } => false,
        }
    }

    pub(in crate::session) fn decide(&self, session: &Session, who: Who, now: Instant) -> Decision {
        match self {
            Self::Ask { id, text, said } => asking::ask(session, who, *id, text, *said, now),
            Self::Change { id, text } => asking::change(session, who, *id, text, now),
            Self::Withdraw { id } => asking::withdraw(session, who, *id),
            Self::Choose { id } => session.unpaused().and_then(|()| choosing::choose(session, *id)),
            Self::PutBack { id } => session.unpaused().and_then(|()| choosing::put_back(session, *id)),
            Self::ShowQuestion { id } => choosing::show(session, *id),
            Self::Answered { id } => choosing::answered(session, *id),
            Self::NotUsed { id, reason } => session.unpaused().and_then(|()| choosing::not_used(session, *id, *reason)),
            Self::CloseOut { ids, how } => session.unpaused().and_then(|()| closing::close_out(session, ids, how)),
            Self::Cards(act) => session.unpaused().and_then(|()| choosing::act(session, act)),
            Self::EraseQuestion { id } => erasing::erase(session, *id),
        }
    }
}
