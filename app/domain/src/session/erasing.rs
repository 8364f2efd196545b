//! Erasing: what was written does not stay for ever (`S14`).
//!
//! Held texts go a day after the session, all questions some days after the conference. What is with the safeguarding
//! team stays until it was handed over (`S10`), and what nobody has read until an adult has decided (`N10`). The fact
//! that a question was asked remains, without a word of it.

use crate::entry::Happened;
use crate::ids::{FileId, QuestionId};
use crate::refusal::Decision;
use crate::session::plan::Kind;
use crate::session::poll::PollEvent;
use crate::session::question::{Question, QuestionEvent, Status, find, leave_screen};
use crate::session::{Phase, Session};
use crate::time::{Instant, Span};

/// How long words are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// Held texts, after the end of their session.
    pub held: Span,
    /// When everything else goes; nothing while the conference has no last day.
    pub all_at: Option<Instant>,
    /// When an adult said that what nobody has read goes too; nothing while nobody has (`N10`).
    pub unread_at: Option<Instant>,
}

/// What is due for erasure at `now`: its words are blanked by the store, and then it is said in the history.
#[must_use]
pub fn due(session: &Session, keeping: Keeping, now: Instant) -> Vec<QuestionId> {
    let ended = session.closed_at.or_else(|| session.about.as_ref().map(|about| about.ends_at));
    let held_gone = ended.is_some_and(|ended| ended + keeping.held <= now);
    let all_gone = |question: &Question| keeping.all_at.is_some_and(|at| at <= now && question.asked_at <= at);
    let leaves_nothing = gone_at_once(session, now);
    let goes = |question: &&Question| match question.status {
        // It is the safeguarding team's until they have handed it over (`S10`).
        Status::Safeguarding => false,
        _ if leaves_nothing => true,
        // What nobody has read is not erased in silence: an adult says so (`N10`).
        Status::Received => keeping.unread_at.is_some_and(|at| question.asked_at <= at),
        Status::Held(_) | Status::Withdrawn => held_gone || all_gone(question),
        Status::Passed | Status::Chosen | Status::Answered | Status::FollowUp | Status::NotUsed(_) => {
            all_gone(question)
        }
    };
    session.questions.iter().filter(|q| !q.erased).filter(goes).map(|question| question.id).collect()
}

impl Session {
    /// A closed meeting leaves nothing behind, unless its members chose to keep minutes (`S18`).
    pub(super) fn leaves_nothing(&self) -> bool {
        self.about.as_ref().is_some_and(|about| about.kind == Kind::ClosedMeeting) && !self.minutes
    }
}

/// What leaves nothing goes at its end, as soon as that cannot be taken back any more.
fn gone_at_once(session: &Session, now: Instant) -> bool {
    let ended = session.end_can_be_undone_until().is_some_and(|until| until <= now);
    session.phase == Phase::Over && ended && session.leaves_nothing()
}

/// Pictures that organizers brought for the session's polls.
#[must_use]
pub fn pictures(session: &Session) -> Vec<FileId> {
    session.polls.iter().flat_map(|poll| poll.rule.brought()).collect()
}

/// Those that are due for erasure at `now`: they go with the questions, or with a closed meeting.
#[must_use]
pub fn pictures_due(session: &Session, keeping: Keeping, now: Instant) -> Vec<FileId> {
    let all_gone = keeping.all_at.is_some_and(|at| at <= now) && session.phase == Phase::Over;
    if all_gone || gone_at_once(session, now) { pictures(session) } else { vec![] }
}

/// The server has removed the polls' own pictures for good.
pub(super) fn erase_pictures(session: &Session) -> Vec<Happened> {
    if pictures(session).is_empty() { vec![] } else { vec![PollEvent::PicturesErased.into()] }
}

/// The server has blanked a question's words, or is about to.
pub(super) fn erase(session: &Session, id: QuestionId) -> Decision {
    let question = find(session, id)?;
    if question.erased {
        return Ok(vec![]);
    }
    Ok(std::iter::once(QuestionEvent::QuestionErased { id }.into()).chain(leave_screen(session, id)).collect())
}

/// Whether a session holds anything that is still to be erased.
#[must_use]
pub fn holds_words(session: &Session) -> bool {
    session.phase != Phase::Planned && session.questions.iter().any(|question| !question.erased)
}
