//! Asking: from a phone, from a slip of paper, and saying it anew while it waits.

use crate::entry::Words;
use crate::ids::{PhoneId, QuestionId, SlotId};
use crate::refusal::{Decision, Refusal};
use crate::role::Who;
use crate::session::question::{AskedAs, QuestionEvent, Status, is_on_screen};
use crate::session::{Phase, Session};
use crate::text::QuestionText;
use crate::time::{Instant, Span};

/// One question a phone in this span (`S23`).
const APART: Span = Span::seconds(30);
/// The same in slow mode.
const APART_SLOW: Span = Span::minutes(3);
/// Most unread questions of one phone (`S23`).
const MOST_WAITING: usize = 5;
/// The same in slow mode.
const MOST_WAITING_SLOW: usize = 1;
/// Most unread questions of a session, as long as they are not first ones: trained adults read each (`G3`).
const MOST_UNREAD: usize = 2_000;
/// A phone of which nothing waits may ask until there are so many.
const MOST_WITH_FIRST: usize = 4_000;
/// Most unread questions of new devices beyond what is usual, but for first ones: those are folded, and not dropped
/// (`G3`).
const MOST_OF_MANY: usize = 500;
/// A new device of which nothing waits may ask until there are so many.
const MOST_OF_MANY_WITH_FIRST: usize = 2_000;
/// Most times that one question is said anew.
const MOST_CHANGES: usize = 5;

/// A phone asks. The same id again is the same question.
pub(super) fn ask(
    session: &Session,
    by: Who,
    id: QuestionId,
    text: &QuestionText,
    said: AskedAs,
    now: Instant,
) -> Decision {
    let Who::Phone(asker) = by else { return Err(Refusal::NotYours) };
    if let Some(earlier) = session.question(id) {
        return if earlier.asker == asker { Ok(vec![]) } else { Err(Refusal::Unknown) };
    }
    is_open(session)?;
    if !session.takes_in(now) {
        return Err(Refusal::IntakeClosed);
    }
    not_too_often(session, asker, now)?;
    there_is_room(session, asker, said.one_of_many)?;
    Ok(vec![asked(session, id, asker, text, said, false)])
}

/// The desk types in a question from paper; it is read like any other (`F9`). The same id again is the same slip.
pub(super) fn slip(session: &Session, id: QuestionId, text: &QuestionText, said: AskedAs) -> Decision {
    if session.question(id).is_some() {
        return Ok(vec![]);
    }
    is_open(session)?;
    // A phone that nobody has: what its asker would see, nobody sees.
    Ok(vec![asked(session, id, PhoneId(id.0), text, said, true)])
}

fn asked(
    session: &Session,
    id: QuestionId,
    asker: PhoneId,
    text: &QuestionText,
    said: AskedAs,
    slip: bool,
) -> crate::Happened {
    let known = |slot: &SlotId| session.slot(*slot).is_some();
    let said = AskedAs { about: said.about.filter(known), ..said };
    crate::Happened {
        event: QuestionEvent::QuestionAsked { id, asker, said, slip }.into(),
        words: Words::text(text.as_str()),
    }
}

fn is_open(session: &Session) -> Result<(), Refusal> {
    match session.phase {
        Phase::Planned => Err(Refusal::NotOpen),
        Phase::Over => Err(Refusal::Over),
        Phase::Open => Ok(()),
    }
}

fn not_too_often(session: &Session, asker: PhoneId, now: Instant) -> Result<(), Refusal> {
    let (apart, most) = match session.desk.slow {
        true => (APART_SLOW, MOST_WAITING_SLOW),
        false => (APART, MOST_WAITING),
    };
    let mine = || session.questions.iter().filter(move |q| q.asker == asker && q.poll.is_none());
    // What is with the safeguarding team is waiting as well, as far as its sender can tell (`S3`).
    let waits = |status| matches!(status, Status::Received | Status::Safeguarding);
    if mine().filter(|q| waits(q.status) && !q.withdrawn).count() >= most {
        return Err(Refusal::TooManyWaiting);
    }
    match mine().map(|q| q.asked_at + apart).max() {
        Some(at) if now < at => Err(Refusal::TooSoon { at }),
        _ => Ok(()),
    }
}

/// What waits has an end: a flood of new devices reaches it early, and whoever asks for the first time last.
fn there_is_room(session: &Session, asker: PhoneId, one_of_many: bool) -> Result<(), Refusal> {
    let unread = || session.questions.iter().filter(|q| q.status == Status::Received && q.poll.is_none());
    let most = match (one_of_many, unread().any(|q| q.asker == asker)) {
        (true, true) => MOST_OF_MANY,
        (true, false) => MOST_OF_MANY_WITH_FIRST,
        (false, true) => MOST_UNREAD,
        (false, false) => MOST_WITH_FIRST,
    };
    // Whatever new devices write, nobody else's place is filled by it.
    let there = unread().filter(|q| q.said.one_of_many == one_of_many).count();
    if there >= most { Err(Refusal::DeskFull) } else { Ok(()) }
}

/// The asker says it anew while it waits, or after it was held. Not while somebody reads it.
pub(super) fn change(session: &Session, by: Who, id: QuestionId, text: &QuestionText, now: Instant) -> Decision {
    let question =
        session.question(id).filter(|q| Who::Phone(q.asker) == by && !q.withdrawn).ok_or(Refusal::Unknown)?;
    is_open(session)?;
    if question.text.as_deref() == Some(text.as_str()) {
        return Ok(vec![]);
    }
    let read = question.claim.is_some_and(|claim| session.is_at_desk(claim.by, now));
    match question.status {
        _ if read || question.erased || question.earlier.len() >= MOST_CHANGES => Err(Refusal::BeingRead),
        // Safeguarding looks to its sender like any question that waits (`S3`); the first words stay (`S9`).
        Status::Received | Status::Held(_) | Status::Safeguarding => Ok(vec![crate::Happened {
            event: QuestionEvent::QuestionChanged { id }.into(),
            words: Words::text(text.as_str()),
        }]),
        Status::Passed
        | Status::Chosen
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}

/// The asker takes it back while it waits.
pub(super) fn withdraw(session: &Session, by: Who, id: QuestionId) -> Decision {
    let question = session.question(id).filter(|q| Who::Phone(q.asker) == by).ok_or(Refusal::Unknown)?;
    match question.status {
        _ if question.withdrawn => Ok(vec![]),
        // Safeguarding looks to its sender like any question that is being read (S3); the record stays (S9).
        Status::Received | Status::Held(_) | Status::Passed | Status::Chosen | Status::Safeguarding
            if !is_on_screen(session, id) =>
        {
            Ok(vec![QuestionEvent::QuestionWithdrawn { id }.into()])
        }
        Status::Received
        | Status::Held(_)
        | Status::Safeguarding
        | Status::Passed
        | Status::Chosen
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}
