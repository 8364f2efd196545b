//! What the desk does with a question: it passes it, holds it, or hands it to safeguarding. There is no fourth outcome.
//!
//! Several desks share one queue. Whoever opens a question claims it; a claim ends with a decision, with the next
//! question that the desk opens, and with the desk's silence. The same text from several phones is one item: what is
//! decided about it is decided about all of them (`S23`). The same is what an adult has read letter by letter (`S1`):
//! what is only spelled alike is read by itself, and joined for the children once it was passed.

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
            let before = passed_alike(session, question).map(|head| head.id);
            events.extend(before.map(|to| QuestionEvent::QuestionJoined { id, to }.into()));
            for copy in copies(session, question) {
                events.push(QuestionEvent::QuestionPassed { id: copy.id }.into());
                events.push(QuestionEvent::QuestionJoined { id: copy.id, to: before.unwrap_or(id) }.into());
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

/// The desk hands a question to the safeguarding lead, and the same text from others with it, wherever it stands by now:
/// if it was passed or shown, it leaves every list at once (`S2`). Safety waits for nobody: whoever claims it.
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
            let stays = |other: &Question| matches!(other.status, Status::Safeguarding | Status::Withdrawn);
            let copies = session.questions.iter().filter(|other| is_copy(other, question) && !stays(other));
            let handed = |id| Happened::from(QuestionEvent::QuestionSafeguarded { id });
            let all: Vec<QuestionId> = std::iter::once(id).chain(copies.map(|copy| copy.id)).collect();
            let left = all.iter().find_map(|id| leave_screen(session, *id));
            Ok(all.into_iter().map(handed).chain(left).collect())
        }
    }
}

/// The desk takes back its own decision, shortly after, if the children have not built on it (`A7`). Of a word of a cloud
/// that is the decision about the word, also for whoever has said it since.
///
/// Handing over to safeguarding is confirmed beforehand and not taken back here.
pub(super) fn take_back(session: &Session, id: QuestionId, now: Instant) -> Decision {
    let question = find(session, id)?;
    let recent = question.desk_decision.is_some_and(|(at, _)| now < at + UNDO_FOR);
    match question.status {
        Status::Passed | Status::Held(_) if recent => {
            let with_it = |other: &&Question| {
                let decided = other.poll.is_some() || other.desk_decision == question.desk_decision;
                other.id == id || is_copy(other, question) && other.status == question.status && decided
            };
            let same = session.questions.iter().filter(with_it);
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

/// Other waiting questions of the very same text, for the same readers.
fn copies<'a>(session: &'a Session, of: &'a Question) -> impl Iterator<Item = &'a Question> {
    let waits = |other: &&Question| other.status == Status::Received && other.said.adults_only == of.said.adults_only;
    session.questions.iter().filter(waits).filter(|other| is_copy(other, of))
}

/// Whether another question has the very same text, in the same place.
fn is_copy(other: &Question, of: &Question) -> bool {
    other.id != of.id && other.poll == of.poll && other.text.is_some() && other.text == of.text
}

/// What the children have already that reads alike, however it is spelled: for them it is one question (`S23`).
fn passed_alike<'a>(session: &'a Session, of: &'a Question) -> Option<&'a Question> {
    let alike = |other: &&Question| {
        other.id != of.id && other.poll.is_none() && other.status == Status::Passed && other.joined.is_none()
    };
    let reads_alike = |other: &&Question| !of.key.is_empty() && other.key == of.key;
    session.questions.iter().filter(|_| of.poll.is_none()).filter(alike).find(reads_alike)
}
