//! The floor and its clock.
//!
//! The floor is given to the speakers of one slot, or to somebody of the hall, and yielded. Their clock is ready, then
//! running, paused, and over time; it is kept as instants, so it is true across midnight, a restart, and a device that
//! slept. Nothing starts or ends by itself: a speaker who never stops is over time until a child thanks them.

mod command;

use serde::{Deserialize, Serialize};

use crate::entry::{Happened, SessionEvent};
use crate::ids::SlotId;
use crate::refusal::{Decision, Refusal};
use crate::session::plan::SlotKind;
use crate::session::screen::{Screen, follow};
use crate::session::{Session, Stagecraft};
use crate::time::{Instant, Span};
pub use command::{FloorCommand, FloorEvent};

/// Most time that one press may add.
const LONGEST_EXTENSION: Span = Span::minutes(10);

/// What a clock counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockOf {
    /// A speech of the slot's own speakers.
    #[default]
    Speech,
    /// A turn from the hall.
    Turn,
    /// A break, or something to move to.
    Break,
    /// A question that is asked aloud.
    Question,
    /// An answer.
    Answer,
}

/// A short clock of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Short {
    /// For a question that is asked aloud.
    Question,
    /// For an answer.
    Answer,
}

/// A speaking clock, or a break's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Time given so far.
    pub limit: Span,
    /// Time used in earlier runs.
    pub spent: Span,
    /// Whether it runs.
    pub run: Run,
}

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// Not started.
    Ready,
    /// Since this instant.
    Running { since: Instant },
    /// Stopped for a moment.
    Paused,
}

impl Clock {
    /// A clock that waits for its start.
    #[must_use]
    pub const fn ready(limit: Span) -> Self {
        Self { limit, spent: Span::ZERO, run: Run::Ready }
    }

    /// Time used at `now`.
    #[must_use]
    pub fn spent(&self, now: Instant) -> Span {
        match self.run {
            Run::Running { since } => self.spent + (now - since),
            Run::Ready | Run::Paused => self.spent,
        }
    }

    /// Time left at `now`. Negative when over time.
    #[must_use]
    pub fn remaining(&self, now: Instant) -> Span {
        self.limit - self.spent(now)
    }

    /// When the limit is reached, if it goes on running.
    #[must_use]
    pub fn ends_at(&self) -> Option<Instant> {
        match self.run {
            Run::Running { since } => Some(since + (self.limit - self.spent)),
            Run::Ready | Run::Paused => None,
        }
    }
}

/// Gives the floor to a slot's speakers, if it is free.
pub(super) fn give(session: &Session, slot: SlotId) -> Decision {
    let planned = session.slot(slot).ok_or(Refusal::Unknown)?;
    if !planned.kind.has_floor() {
        return Err(Refusal::Unknown);
    }
    match session.stage.floor {
        Some(holder) if holder == slot => Ok(vec![]),
        Some(_) => Err(Refusal::FloorHeld),
        None => Ok(enter(session, slot)),
    }
}

/// The events of moving to a slot: the floor is yielded first, and the screen follows unless it is held.
pub(super) fn enter(session: &Session, slot: SlotId) -> Vec<Happened> {
    let mut events = yielded(session);
    events.push(SessionEvent::SlotEntered { slot }.into());
    let kind = session.slot(slot).map(|s| s.kind);
    let mut screen = Screen::of_slot(kind);
    if kind.is_some_and(SlotKind::has_floor) {
        events.push(FloorEvent::FloorGiven { slot }.into());
        screen = Screen::Speaker;
    }
    events.extend(follow(session, screen));
    events
}

/// The floor is yielded by whoever has it: by a remark first, then by the speech that waited for it.
pub(super) fn yielded(session: &Session) -> Vec<Happened> {
    let times = usize::from(session.stage.floor.is_some()) + usize::from(session.stage.aside.is_some());
    std::iter::repeat_n(FloorEvent::FloorYielded.into(), times).collect()
}

/// Ends the speech; or the remark, and then the speech that waited goes on.
pub(super) fn yield_floor(session: &Session) -> Decision {
    if session.stage.floor.is_none() {
        return Err(Refusal::FloorFree);
    }
    let mut events = vec![FloorEvent::FloorYielded.into()];
    // After a turn of the hall the screen shows again what the slot is.
    if session.stage.turn.is_some() && session.stage.aside.is_none() && session.stage.screen == Screen::Speaker {
        events.extend(follow(session, Screen::of_slot(session.current_slot().map(|slot| slot.kind))));
    }
    Ok(events)
}

/// Starts the clock that is ready.
pub(super) fn start(session: &Session) -> Decision {
    match clock(session)?.run {
        Run::Ready => Ok(vec![FloorEvent::TimerStarted.into()]),
        Run::Running { .. } => Ok(vec![]),
        Run::Paused => Err(Refusal::ClockNotSo),
    }
}

/// Stops the clock for a moment.
pub(super) fn pause(session: &Session) -> Decision {
    match clock(session)?.run {
        Run::Running { .. } => Ok(vec![FloorEvent::TimerPaused.into()]),
        Run::Paused => Ok(vec![]),
        Run::Ready => Err(Refusal::ClockNotSo),
    }
}

/// Lets the clock run on.
pub(super) fn resume(session: &Session) -> Decision {
    match clock(session)?.run {
        Run::Paused => Ok(vec![FloorEvent::TimerResumed.into()]),
        Run::Running { .. } => Ok(vec![]),
        Run::Ready => Err(Refusal::ClockNotSo),
    }
}

/// The clock waits until interpretation has caught up.
pub(super) fn await_interpretation(session: &Session) -> Decision {
    match clock(session)?.run {
        Run::Running { .. } => Ok(vec![FloorEvent::InterpretationAwaited.into()]),
        Run::Paused => Ok(vec![]),
        Run::Ready => Err(Refusal::ClockNotSo),
    }
}

/// Starts the short clock of a question or an answer; a speech's clock is not taken away by it.
pub(super) fn start_short(session: &Session, of: Short) -> Decision {
    if session.stage.floor.is_some() || session.current_slot().is_some_and(|slot| slot.kind.rests()) {
        return Err(Refusal::FloorHeld);
    }
    Ok(vec![FloorEvent::ShortStarted { of }.into()])
}

/// A simulated speaker uses up the clock but for five seconds.
pub(super) fn run_over(session: &Session, now: Instant) -> Decision {
    let by = Span::seconds(5) - clock(session)?.remaining(now);
    Ok(if by < Span::ZERO { vec![FloorEvent::TimerExtended { by }.into()] } else { vec![] })
}

/// Gives more time. Of two tablets that give at the same step, one does.
pub(super) fn extend(session: &Session, by: Span, step: Option<u32>) -> Decision {
    clock(session)?;
    if step.is_some_and(|step| step != session.step) {
        return Err(session.already_moved());
    }
    if by < Span::seconds(1) || by > LONGEST_EXTENSION {
        return Err(Refusal::ClockNotSo);
    }
    Ok(vec![FloorEvent::TimerExtended { by }.into()])
}

fn clock(session: &Session) -> Result<&Clock, Refusal> {
    session.stage.clock.as_ref().ok_or(Refusal::FloorFree)
}

impl Session {
    pub(super) fn enter_slot(&mut self, slot: SlotId, at: Instant) {
        self.note_slot(Some(slot), at);
        self.stage.slot = Some(slot);
        self.stage.clock_of = ClockOf::Break;
        self.stage.interpreting = false;
        let rest = self.slot(slot).filter(|slot| slot.kind.rests());
        self.stage.clock =
            rest.map(|slot| Clock { limit: slot.planned, spent: Span::ZERO, run: Run::Running { since: at } });
    }

    pub(super) fn floor_given(&mut self, slot: SlotId) {
        self.stage.floor = Some(slot);
        self.stage.turn = None;
        self.stage.clock_of = ClockOf::Speech;
        self.stage.interpreting = false;
        self.signals.clear();
        let limit = self.slot(slot).and_then(|slot| slot.limit).unwrap_or_default();
        self.stage.clock = Some(Clock::ready(self.pace.stretched(limit)));
    }

    /// The speech ends; after a remark, the speech that waited goes on at once.
    pub(super) fn floor_yielded(&mut self, at: Instant) {
        self.note_speech(at);
        self.stage.interpreting = false;
        match self.stage.aside.take() {
            Some(aside) => {
                self.stage.floor = Some(aside.slot);
                self.stage.turn = aside.turn;
                self.stage.clock_of = if aside.turn.is_some() { ClockOf::Turn } else { ClockOf::Speech };
                let begun = aside.clock.run != Run::Ready;
                let run = if begun { Run::Running { since: at } } else { Run::Ready };
                self.stage.clock = Some(Clock { run, ..aside.clock });
            }
            None => {
                self.stage.floor = None;
                self.stage.turn = None;
                self.stage.clock = None;
            }
        }
    }

    pub(super) fn short_started(&mut self, of: Short, at: Instant) {
        let (clock_of, limit) = match of {
            Short::Question => (ClockOf::Question, self.pace.question),
            Short::Answer => (ClockOf::Answer, self.pace.answer),
        };
        self.stage.clock_of = clock_of;
        self.stage.interpreting = false;
        let limit = self.pace.stretched(limit);
        self.stage.clock = Some(Clock { limit, spent: Span::ZERO, run: Run::Running { since: at } });
    }

    pub(super) fn clock_runs(&mut self, at: Instant) {
        self.stage.interpreting = false;
        if let Some(clock) = &mut self.stage.clock {
            clock.run = Run::Running { since: at };
        }
    }

    pub(super) fn clock_stops(&mut self, at: Instant) {
        self.stage.stop_clock(at);
    }

    pub(super) fn clock_extended(&mut self, by: Span) {
        if let Some(clock) = &mut self.stage.clock {
            clock.limit = clock.limit + by;
        }
    }
}

impl Stagecraft {
    /// A clock that runs stands as it was at that instant.
    pub(super) fn stop_clock(&mut self, at: Instant) {
        if let Some(clock) = &mut self.clock
            && matches!(clock.run, Run::Running { .. })
        {
            clock.spent = clock.spent(at);
            clock.run = Run::Paused;
        }
    }
}
