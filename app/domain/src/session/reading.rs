//! What the desk does with a question: it passes it, holds it, or hands it to safeguarding. There is no fourth outcome.
//!
//! Several desks share one queue. Whoever opens a question claims it; a claim ends with a decision, with the next
//! question that the desk opens, and with the desk's silence. The same text from several phones is one item: what is
//! decided about it is decided about all of them (`S23`).

use crate::entry::Happened;
use crate::ids::QuestionId;
use crate::refusal::{Decision, Refusal};
use crate::role::Who;
use crate::session::Session;
use crate::session::question::{HoldReason, Question, QuestionEvent, Status, find, leave_screen};
use crate::session::undo::UNDO_FOR;
use crate::time::Instant;

impl Session {
    /// How many texts no adult has read: nought before a desk's work is done, also after the end (`N10`).
    #[must_use]
    pub fn unread(&self) -> usize {
        self.questions.iter().filter(|question| question.status == Status::Received && !question.erased).count()
    }
}

/// A desk opens a question: nobody else reads it meanwhile.
pub(super) fn claim(session: &Session, by: Who, id: QuestionId, now: Instant) -> Decision {
    let question = find(session, id)?;
    let own = question.claim.is_some_and(|claim| Some(claim.by) == by.pass());
    match question.status {
        _ if question.erased => Err(Refusal::QuestionPast),
        Status::Received if own && !question.changed => Ok(vec![]),
        Status::Received => {
            is_free(session, question, by, now)?;
            Ok(vec![QuestionEvent::QuestionClaimed { id }.into()])
        }
        Status::Held(_)
        | Status::Safeguarding
        | Status::Passed
        | Status::Chosen
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}

/// Whether no other desk reads it; a desk that fell silent reads nothing.
fn is_free(session: &Session, question: &Question, by: Who, now: Instant) -> Result<(), Refusal> {
    let other = question.claim.filter(|claim| Some(claim.by) != by.pass());
    match other {
        Some(claim) if session.is_at_desk(claim.by, now) => Err(Refusal::BeingRead),
        _ => Ok(()),
    }
}

/// Whether this desk may decide: nobody else reads it, and the words are those that it has opened.
fn may_decide(session: &Session, question: &Question, by: Who, now: Instant) -> Result<(), Refusal> {
    is_free(session, question, by, now)?;
    if question.erased {
        return Err(Refusal::QuestionPast);
    }
    if question.changed { Err(Refusal::WordsChanged) } else { Ok(()) }
}

/// The desk passes a question to the children; the same text from others is joined to it.
pub(super) fn pass(session: &Session, by: Who, id: QuestionId, now: Instant) -> Decision {
    let question = find(session, id)?;
    match question.status {
        Status::Received if question.said.adults_only => Err(Refusal::ForAdults),
        Status::Received => {
            may_decide(session, question, by, now)?;
            let mut events = vec![QuestionEvent::QuestionPassed { id }.into()];
            for copy in copies(session, question) {
                events.push(QuestionEvent::QuestionPassed { id: copy.id }.into());
                events.push(QuestionEvent::QuestionJoined { id: copy.id, to: id }.into());
            }
            Ok(events)
        }
        Status::Passed | Status::Chosen => Ok(vec![]),
        Status::Held(_)
        | Status::Safeguarding
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}

/// The desk holds a question back, and the same text from others with it.
pub(super) fn hold(session: &Session, by: Who, id: QuestionId, reason: HoldReason, now: Instant) -> Decision {
    let question = find(session, id)?;
    match question.status {
        // That it was read is all there is to say of what its sender left to adults, and of nothing else.
        _ if question.said.adults_only != (reason == HoldReason::ForAdults) => Err(Refusal::Unknown),
        Status::Received => {
            may_decide(session, question, by, now)?;
            let held = |id| Happened::from(QuestionEvent::QuestionHeld { id, reason });
            Ok(std::iter::once(id).chain(copies(session, question).map(|copy| copy.id)).map(held).collect())
        }
        Status::Held(before) if before == reason => Ok(vec![]),
        Status::Held(_)
        | Status::Safeguarding
        | Status::Passed
        | Status::Chosen
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}

/// The desk hands a question to the safeguarding lead; if it was passed or shown, it leaves every list at once (`S2`).
/// Safety waits for nobody: whoever claims it.
pub(super) fn safeguard(session: &Session, id: QuestionId) -> Decision {
    let question = find(session, id)?;
    match question.status {
        Status::Safeguarding => Ok(vec![]),
        Status::Withdrawn => Err(Refusal::QuestionPast),
        _ if question.erased => Err(Refusal::QuestionPast),
        Status::Received
        | Status::Held(_)
        | Status::Passed
        | Status::Chosen
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_) => {
            let copies: Vec<_> = if question.status == Status::Received {
                copies(session, question).map(|copy| copy.id).collect()
            } else {
                vec![]
            };
            let handed = |id| Happened::from(QuestionEvent::QuestionSafeguarded { id });
            let mut events: Vec<Happened> = std::iter::once(id).chain(copies).map(handed).collect();
            events.extend(leave_screen(session, id));
            Ok(events)
        }
    }
}

/// The desk takes back its own decision, shortly after, if the children have not built on it (`A7`).
///
/// Handing over to safeguarding is confirmed beforehand and not taken back here.
pub(super) fn take_back(session: &Session, id: QuestionId, now: Instant) -> Decision {
    let question = find(session, id)?;
    let recent = question.desk_decision.is_some_and(|(at, _)| now < at + UNDO_FOR);
    match question.status {
        Status::Passed | Status::Held(_) if recent => {
            let with_it = |other: &&Question| {
                other.key == question.key
                    && other.desk_decision == question.desk_decision
                    && other.status == question.status
            };
            let same = session.questions.iter().filter(|other| other.id == id || !other.key.is_empty()).filter(with_it);
            Ok(same.map(|question| QuestionEvent::QuestionTakenBack { id: question.id }.into()).collect())
        }
        Status::Received => Ok(vec![]),
        Status::Held(_)
        | Status::Safeguarding
        | Status::Passed
        | Status::Chosen
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::CannotUndo),
    }
}

/// Other waiting questions with the same words, however they are spelled, for the same readers.
pub(crate) fn copies<'a>(session: &'a Session, of: &'a Question) -> impl Iterator<Item = &'a Question> {
    let alike = |q: &'a Question| (q.status, q.key.as_str(), q.poll, q.said.adults_only);
    let same = move |q: &&'a Question| {
        q.id != of.id && alike(q) == (Status::Received, of.key.as_str(), of.poll, of.said.adults_only)
    };
    session.questions.iter().filter(same).filter(|_| !of.key.is_empty())
}
