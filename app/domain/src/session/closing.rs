//! Closing out: whoever asked is told what became of it (`R1`).
//!
//! The children say it of many questions at once, during the session and after it, and may correct what they said. Within
//! a day of the session's end each question has its fate; what has none by then is late, and is shown so.

use std::collections::BTreeSet;

use crate::entry::{Happened, Words};
use crate::ids::QuestionId;
use crate::refusal::{Decision, Refusal};
use crate::session::question::{NotUsedReason, Question, QuestionEvent, Status, leave_screen};
use crate::session::{Phase, Session};
use crate::text::Line;
use crate::time::{Instant, Span};

/// So long after its session's end a question has its fate.
pub const WITHIN: Span = Span::minutes(24 * 60);
/// Most questions that are closed out by one press.
pub const MOST_AT_ONCE: usize = 400;

/// What became of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloseAs {
    /// They were answered in the session.
    Answered,
    /// They are not used, for a kind reason.
    NotUsed(NotUsedReason),
    /// An organisation owes the answer.
    Owed(Line),
}

impl CloseAs {
    fn event(&self, id: QuestionId) -> Happened {
        match self {
            Self::Answered => QuestionEvent::QuestionAnswered { id }.into(),
            Self::NotUsed(reason) => QuestionEvent::QuestionNotUsed { id, reason: *reason }.into(),
            Self::Owed(by) => {
                Happened { event: QuestionEvent::QuestionOwed { id }.into(), words: Words::text(by.as_str()) }
            }
        }
    }

    fn is_so(&self, question: &Question) -> bool {
        match self {
            Self::Answered => question.status == Status::Answered,
            Self::NotUsed(reason) => question.status == Status::NotUsed(*reason),
            Self::Owed(by) => question.status == Status::FollowUp && question.owed_by.as_deref() == Some(by.as_str()),
        }
    }
}

/// Closes out what was picked, and what was joined to it. What was withdrawn or taken away meanwhile is left out.
pub(super) fn close_out(session: &Session, ids: &[QuestionId], how: &CloseAs) -> Decision {
    if session.phase == Phase::Planned {
        return Err(Refusal::NotOpen);
    }
    if ids.len() > MOST_AT_ONCE {
        return Err(Refusal::TooMany { limit: u32::try_from(MOST_AT_ONCE).unwrap_or(u32::MAX) });
    }
    let picked = || ids.iter().filter_map(|id| session.question(*id)).filter(|question| is_with_children(question));
    if picked().next().is_none() {
        return Err(Refusal::Unknown);
    }
    let joined = picked().flat_map(|question| session.joined_to(question.id)).filter(|question| is_open(question));
    let all: BTreeSet<QuestionId> =
        picked().chain(joined).filter(|question| !how.is_so(question)).map(|question| question.id).collect();
    let mut happened: Vec<Happened> = all.iter().map(|id| how.event(*id)).collect();
    happened.extend(all.iter().find_map(|id| leave_screen(session, *id)));
    Ok(happened)
}

fn is_with_children(question: &Question) -> bool {
    question.is_with_children() && question.poll.is_none()
}

fn is_open(question: &Question) -> bool {
    is_with_children(question) && matches!(question.status, Status::Passed | Status::Chosen)
}

impl Session {
    /// Questions that the children have, and that have no fate yet; the first asked first.
    pub fn without_fate(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| is_open(question))
    }

    /// Questions of which the children have said what became of them; the first asked first.
    pub fn with_fate(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| is_with_children(question) && !is_open(question))
    }

    /// From when on what has no fate is late; nothing before the session was planned.
    #[must_use]
    pub fn fates_due(&self) -> Option<Instant> {
        let planned = self.about.as_ref().map(|about| about.ends_at);
        Some(self.closed_at.filter(|_| self.phase == Phase::Over).or(planned)? + WITHIN)
    }
}
