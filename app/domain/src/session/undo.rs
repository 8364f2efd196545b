//! Steps of the moderators, and taking the last one back (`A7`).
//!
//! Every press that moves the session is one step and carries the number of the step that the presser saw: of two
//! presses at once, one counts. The last step can be taken back for ten seconds, unless something was built on it; the
//! end of a session for a minute. Opening a poll is taken back with its ballots, a question that was answered by mistake
//! waits again; closing a poll leaves no ballots to go back to: among the polls it is asked once. A session that was
//! ended by mistake is opened again by its moderators at any later
//! time, too (`N6`): it goes on where it was, with its clock as it stood. Only a closed meeting is gone after that minute,
//! since it leaves nothing behind (`S18`).

use crate::entry::{Event, Happened, SessionEvent, Words};
use crate::ids::{PollId, QuestionId};
use crate::refusal::{Decision, Refusal};
use crate::role::Who;
use crate::session::plan::Slot;
use crate::session::poll::{self, PollEvent};
use crate::session::question::{Question, QuestionEvent, Status};
use crate::session::queue::{Turn, Wait};
use crate::session::screen::Screen;
use crate::session::{Phase, Session, Stagecraft};
use crate::time::{Instant, Span};

/// How long a step can be taken back.
pub const UNDO_FOR: Span = Span::seconds(10);

/// How long the end of a session can be taken back.
pub const UNDO_END_FOR: Span = Span::minutes(1);

/// What the end of a session put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The stage, with its clock stopped.
    pub stage: Stagecraft,
    /// The poll that the phones showed.
    pub poll_on_phones: Option<PollId>,
}

/// The last step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastStep {
    /// Who pressed.
    pub by: Who,
    pub at: Instant,
    /// What was before it; nothing if it cannot be taken back.
    pub before: Option<Box<Before>>,
}

/// What a step can change, as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    pub stage: Stagecraft,
    /// The run of show.
    pub slots: Vec<Slot>,
    /// The turns of the hall.
    pub turns: Vec<Turn>,
    /// Whether the list of those who wait was closed.
    pub closed: bool,
    /// The poll that the phones showed.
    pub poll_on_phones: Option<PollId>,
    /// The questions that the step made answered, each with where it stood.
    pub answered: Vec<(QuestionId, Status)>,
}

/// Takes the last step back.
pub(super) fn undo(session: &Session, step: u32, now: Instant) -> Decision {
    match session.phase {
        Phase::Planned => return Err(Refusal::NotOpen),
        Phase::Over => return undo_end(session, step, now),
        Phase::Open => {}
    }
    let last = session.last.as_ref().ok_or(Refusal::CannotUndo)?;
    let before = last.before.as_ref().filter(|_| session.step == step && now < last.at + UNDO_FOR);
    let before = before.ok_or(Refusal::CannotUndo)?;
    let mut events = poll::take_back(session, last.at);
    events.extend(before.answered.iter().filter_map(|(id, stood)| unanswered(session.question(*id)?, *stood)));
    events.push(SessionEvent::StepUndone.into());
    Ok(events)
}

/// The question goes back to where it stood. Its asker is told by the same event as at the first time.
fn unanswered(question: &Question, stood: Status) -> Option<Happened> {
    let id = question.id;
    match stood {
        _ if question.status != Status::Answered || question.erased => None,
        Status::Chosen => Some(QuestionEvent::QuestionChosen { id }.into()),
        Status::Passed => Some(QuestionEvent::QuestionPutBack { id }.into()),
        Status::FollowUp => {
            let words = question.owed_by.as_deref().map(Words::text).unwrap_or_default();
            Some(Happened { event: QuestionEvent::QuestionOwed { id }.into(), words })
        }
        Status::Received
        | Status::Held(_)
        | Status::Safeguarding
        | Status::Answered
        | Status::NotUsed(_)
        | Status::Withdrawn => None,
    }
}

/// Whether a step can be taken back. A poll that was made and opened by one press stays as a draft.
pub(super) fn is_undoable(events: &[Happened]) -> bool {
    let opens = events.iter().any(|happened| matches!(happened.event, Event::Poll(PollEvent::PollOpened { .. })));
    let made = |event: &Event| opens && matches!(event, Event::Poll(PollEvent::PollPlanned { .. }));
    events.iter().all(|happened| happened.event.is_undoable() || made(&happened.event))
}

fn undo_end(session: &Session, step: u32, now: Instant) -> Decision {
    if !just_ended(session, now) {
        return Err(Refusal::Over);
    }
    if session.step == step { Ok(vec![SessionEvent::Reopened.into()]) } else { Err(Refusal::CannotUndo) }
}

fn just_ended(session: &Session, now: Instant) -> bool {
    session.end_can_be_undone_until().is_some_and(|until| now < until)
}

/// Opens a session again that was ended by mistake.
pub(super) fn reopen(session: &Session, now: Instant) -> Decision {
    match session.phase {
        Phase::Planned => Err(Refusal::NotOpen),
        Phase::Open => Ok(vec![]),
        Phase::Over if just_ended(session, now) || session.can_be_reopened() => Ok(vec![SessionEvent::Reopened.into()]),
        Phase::Over => Err(Refusal::Over),
    }
}

impl Session {
    /// Until when the end can be taken back like any step.
    #[must_use]
    pub fn end_can_be_undone_until(&self) -> Option<Instant> {
        self.closed_at.map(|at| at + UNDO_END_FOR)
    }

    /// Whether moderators can open it again however long it is over: what leaves nothing behind cannot be.
    #[must_use]
    pub fn can_be_reopened(&self) -> bool {
        self.phase == Phase::Over && !self.leaves_nothing()
    }

    pub(super) fn reopen(&mut self) {
        let Some(ended) = self.ended.take() else { return };
        (self.phase, self.closed_at) = (Phase::Open, None);
        (self.stage, self.poll_on_phones) = (ended.stage, ended.poll_on_phones);
        self.clear_screen_of_what_left();
    }

    pub(super) fn begin_step(&mut self, by: Who, at: Instant, undoable: bool) {
        self.step += 1;
        let before = undoable.then(|| {
            Box::new(Before {
                stage: self.stage.clone(),
                slots: self.slots.clone(),
                turns: self.queue.turns.clone(),
                closed: self.queue.closed,
                poll_on_phones: self.poll_on_phones,
                answered: Vec::new(),
            })
        });
        self.last = Some(LastStep { by, at, before });
    }

    pub(super) fn undo_step(&mut self, by: Who, at: Instant) {
        self.step += 1;
        // Who undid it is known like any press (`F4`); it cannot be undone itself.
        let last = self.last.replace(LastStep { by, at, before: None });
        if let Some(before) = last.and_then(|last| last.before) {
            self.stage = before.stage;
            self.slots = before.slots;
            self.queue.closed = before.closed;
            self.poll_on_phones = before.poll_on_phones;
            self.restore_turns(before.turns);
            self.clear_screen_of_what_left();
        }
    }

    /// Keeps where a question stood that this step makes answered; what is closed out later is no part of it.
    pub(super) fn keep_answered(&mut self, id: QuestionId, at: Instant) {
        let stood = self.question(id).map(|question| question.status);
        let last = self.last.as_mut().filter(|last| last.at == at);
        if let (Some(stood), Some(before)) = (stood, last.and_then(|last| last.before.as_mut())) {
            before.answered.push((id, stood));
        }
    }

    /// The turns as they were; but whoever came since stays, and whoever left since is gone.
    fn restore_turns(&mut self, before: Vec<Turn>) {
        let now = std::mem::replace(&mut self.queue.turns, before);
        for turn in now {
            match self.queue.turns.iter_mut().find(|of| of.id == turn.id) {
                Some(of) if turn.state == Wait::Withdrawn => of.state = Wait::Withdrawn,
                Some(_) => {}
                None => self.queue.turns.push(turn),
            }
        }
    }

    /// Something that is no step has changed the run of show: an undo does not take that back.
    pub(super) fn keep_slots(&mut self) {
        if let Some(before) = self.last.as_mut().and_then(|last| last.before.as_mut()) {
            before.slots.clone_from(&self.slots);
        }
    }

    /// Why a press that saw another step does nothing: somebody else was first.
    pub(super) fn already_moved(&self) -> Refusal {
        Refusal::AlreadyMoved { by: self.last.as_ref().and_then(|last| last.by.role()) }
    }

    /// A question that was put back, set aside or taken away since does not return to the screen by an undo.
    fn clear_screen_of_what_left(&mut self) {
        if let Screen::Question { id } = self.stage.screen {
            let stays =
                |question: &Question| !question.erased && matches!(question.status, Status::Chosen | Status::Answered);
            if !self.question(id).is_some_and(stays) {
                self.stage.screen = Screen::resting(self);
            }
        }
    }
}
