//! What comes next: the one big button that becomes what there is to do.

use serde::{Deserialize, Serialize};

use crate::entry::{Happened, SessionEvent};
use crate::ids::{PollId, SlotId, TurnId};
use crate::refusal::{Decision, Refusal};
use crate::session::floor::Run;
use crate::session::plan::SlotKind;
use crate::session::poll::{PollEvent, State};
use crate::session::question::Status;
use crate::session::{Phase, Session, floor, poll, queue};
use crate::time::Instant;

/// What the big button does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Opens the session and enters its first slot.
    Open,
    /// Starts the clock of whoever has the floor.
    StartClock,
    /// Thanks whoever has the floor, and moves to a slot.
    ThankAndEnter(SlotId),
    /// Moves to a slot.
    Enter(SlotId),
    /// Thanks for a remark; the speech that waited goes on.
    EndRemark,
    /// Thanks whoever of the hall has the floor; the slot goes on.
    ThankTurn,
    /// Thanks them, and gives the floor to the next who waits.
    ThankAndGive(TurnId),
    /// Gives the floor to the first who waits.
    GiveTurn(TurnId),
    /// Opens this slot's poll.
    OpenPoll(PollId),
    /// Closes it.
    ClosePoll(PollId),
    /// Shows its results.
    ShowPoll(PollId),
    /// Thanks everybody; the session is over.
    Close,
    /// The session is over.
    Nothing,
}

/// What the big button does now.
#[must_use]
pub fn next(session: &Session) -> Next {
    match session.phase {
        Phase::Planned => return Next::Open,
        Phase::Over => return Next::Nothing,
        Phase::Open => {}
    }
    if session.stage.floor.is_some() && session.stage.clock.is_some_and(|clock| clock.run == Run::Ready) {
        return Next::StartClock;
    }
    if let Some(step) = poll_step(session) {
        return step;
    }
    if let Some(step) = turn_step(session) {
        return step;
    }
    match session.following_slot() {
        Some(slot) if session.stage.floor.is_some() => Next::ThankAndEnter(slot.id),
        Some(slot) => Next::Enter(slot.id),
        None => Next::Close,
    }
}

/// Where the cue card leads whoever reads it (`F2`, `N6`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lead {
    /// To the big button, by the button's own sentence.
    #[default]
    Button,
    /// To the list: a question is put on the screen.
    Ask,
    /// To the list: the question on the screen is answered.
    Answer,
    /// Nowhere: the session is over, or an adult has paused it.
    Nowhere,
}

/// Where the cue card leads. What must be done by the big button first comes first; then what the hall has asked.
#[must_use]
pub fn lead(session: &Session) -> Lead {
    if session.phase == Phase::Over || session.paused_since.is_some() {
        return Lead::Nowhere;
    }
    match next(session) {
        Next::Enter(_) | Next::ThankAndEnter(_) | Next::Close => {}
        Next::Open
        | Next::StartClock
        | Next::EndRemark
        | Next::ThankTurn
        | Next::ThankAndGive(_)
        | Next::GiveTurn(_)
        | Next::OpenPoll(_)
        | Next::ClosePoll(_)
        | Next::ShowPoll(_)
        | Next::Nothing => return Lead::Button,
    }
    let for_the_hall = session.current_slot().is_some_and(|slot| slot.kind == SlotKind::Questions);
    let waits = || session.cards().any(|card| card.text.is_some());
    if session.question_on_screen().is_some_and(|question| question.status == Status::Chosen) {
        Lead::Answer
    } else if for_the_hall && session.stage.floor.is_none() && waits() {
        Lead::Ask
    } else {
        Lead::Button
    }
}

/// In a slot for the hall, the turns come first; a turn in any other slot gives the floor back to it.
fn turn_step(session: &Session) -> Option<Next> {
    if session.stage.aside.is_some() {
        return Some(Next::EndRemark);
    }
    let for_the_hall = session.current_slot().is_some_and(|slot| slot.kind == SlotKind::Questions);
    let first = session.queue.waiting().next().filter(|_| for_the_hall).map(|turn| turn.id);
    match (session.stage.turn, first) {
        (Some(_), Some(next)) => Some(Next::ThankAndGive(next)),
        (Some(_), None) => Some(Next::ThankTurn),
        // A question on the screen is answered first.
        (None, Some(next)) if session.question_on_screen().is_none() => Some(Next::GiveTurn(next)),
        (None, _) => None,
    }
}

fn poll_step(session: &Session) -> Option<Next> {
    let slot = session.current_slot().filter(|slot| slot.kind == SlotKind::Poll)?;
    let poll = session.standing_poll(slot.poll?)?;
    match poll.state {
        State::Draft => Some(Next::OpenPoll(poll.id)),
        State::Open { .. } => Some(Next::ClosePoll(poll.id)),
        State::Closed(_) => Some(Next::ShowPoll(poll.id)),
        State::Shown(_) | State::Annulled(_) => None,
    }
}

/// Presses the big button.
pub(super) fn press(session: &Session, step: u32, now: Instant) -> Decision {
    if session.step != step {
        return Err(session.already_moved());
    }
    match next(session) {
        Next::Open => Ok(open(session)),
        Next::StartClock => floor::start(session),
        Next::Enter(slot) | Next::ThankAndEnter(slot) => Ok(leave_poll_and_enter(session, slot)),
        Next::EndRemark | Next::ThankTurn => floor::yield_floor(session),
        Next::ThankAndGive(turn) | Next::GiveTurn(turn) => Ok(queue::give(session, turn)),
        Next::OpenPoll(id) => poll::open(session, id),
        Next::ClosePoll(id) => poll::close(session, id, now),
        Next::ShowPoll(id) => poll::show(session, id),
        Next::Close => Ok(close(session)),
        Next::Nothing => Err(Refusal::Over),
    }
}

fn leave_poll_and_enter(session: &Session, slot: SlotId) -> Vec<Happened> {
    let mut events: Vec<Happened> = Vec::new();
    if session
        .poll_on_phones
        .and_then(|id| session.poll(id))
        .is_some_and(|poll| matches!(poll.state, State::Shown(_) | State::Annulled(_)))
    {
        events.push(PollEvent::PollPutAway.into());
    }
    events.extend(floor::enter(session, slot));
    events
}

fn open(session: &Session) -> Vec<Happened> {
    let mut events = vec![SessionEvent::Opened.into()];
    if let Some(first) = session.slots.first() {
        events.extend(floor::enter(session, first.id));
    }
    events
}

/// Ends the session. A poll still open is closed first, so that no ballot outlives its session (`S14`).
fn close(session: &Session) -> Vec<Happened> {
    let still_open = session.polls.iter().find(|poll| matches!(poll.state, State::Open { .. }));
    let mut events: Vec<Happened> = still_open.map(|poll| poll::closed(poll).into()).into_iter().collect();
    events.push(SessionEvent::Closed.into());
    events
}
