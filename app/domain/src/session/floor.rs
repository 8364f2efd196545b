//! The floor and its clock.
//!
//! The floor is given to the speakers of one slot, and yielded. Their clock is ready, then running, paused, and over
//! time; it is kept as instants, so it is true across midnight, a restart, and a device that slept.

use crate::entry::Event;
use crate::ids::SlotId;
use crate::refusal::{Decision, Refusal};
use crate::session::Session;
use crate::session::plan::SlotKind;
use crate::session::screen::Screen;
use crate::time::{Instant, Span};

/// Most time that one press may add.
const LONGEST_EXTENSION: Span = Span::minutes(10);

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
    Running {
        /// Since when.
        since: Instant,
    },
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

/// The events of moving to a slot: the floor is yielded first, and the screen follows.
pub(super) fn enter(session: &Session, slot: SlotId) -> Vec<crate::entry::Happened> {
    let mut events = Vec::new();
    if session.stage.floor.is_some() {
        events.push(Event::FloorYielded.into());
    }
    events.push(Event::SlotEntered { slot }.into());
    let kind = session.slot(slot).map(|s| s.kind);
    if kind.is_some_and(SlotKind::has_floor) {
        events.push(Event::FloorGiven { slot }.into());
    }
    let screen = match kind {
        Some(SlotKind::Paper | SlotKind::Speech) => Screen::Speaker,
        Some(SlotKind::Break) => Screen::Break,
        Some(SlotKind::Questions) => Screen::Join,
        Some(SlotKind::Closing) => Screen::Thanks,
        Some(SlotKind::Opening | SlotKind::Poll) | None => Screen::Welcome,
    };
    events.push(Event::ScreenSet { screen }.into());
    events
}

/// Ends the speech.
pub(super) fn yield_floor(session: &Session) -> Decision {
    match session.stage.floor {
        Some(_) => Ok(vec![Event::FloorYielded.into()]),
        None => Err(Refusal::FloorFree),
    }
}

/// Starts the clock that is ready.
pub(super) fn start(session: &Session) -> Decision {
    match clock(session)?.run {
        Run::Ready => Ok(vec![Event::TimerStarted.into()]),
        Run::Running { .. } => Ok(vec![]),
        Run::Paused => Err(Refusal::ClockNotSo),
    }
}

/// Stops the clock for a moment.
pub(super) fn pause(session: &Session) -> Decision {
    match clock(session)?.run {
        Run::Running { .. } => Ok(vec![Event::TimerPaused.into()]),
        Run::Paused => Ok(vec![]),
        Run::Ready => Err(Refusal::ClockNotSo),
    }
}

/// Lets the clock run on.
pub(super) fn resume(session: &Session) -> Decision {
    match clock(session)?.run {
        Run::Paused => Ok(vec![Event::TimerResumed.into()]),
        Run::Running { .. } => Ok(vec![]),
        Run::Ready => Err(Refusal::ClockNotSo),
    }
}

/// Gives more time.
pub(super) fn extend(session: &Session, by: Span) -> Decision {
    clock(session)?;
    if by < Span::seconds(1) || by > LONGEST_EXTENSION {
        return Err(Refusal::ClockNotSo);
    }
    Ok(vec![Event::TimerExtended { by }.into()])
}

fn clock(session: &Session) -> Result<&Clock, Refusal> {
    session.stage.clock.as_ref().ok_or(Refusal::FloorFree)
}

impl Session {
    pub(super) fn enter_slot(&mut self, slot: SlotId, at: Instant) {
        self.stage.slot = Some(slot);
        let rest = self.slot(slot).filter(|slot| slot.kind == SlotKind::Break);
        self.stage.clock =
            rest.map(|slot| Clock { limit: slot.planned, spent: Span::ZERO, run: Run::Running { since: at } });
    }

    pub(super) fn floor_given(&mut self, slot: SlotId) {
        self.stage.floor = Some(slot);
        let limit = self.slot(slot).and_then(|slot| slot.limit).unwrap_or_default();
        self.stage.clock = Some(Clock::ready(limit));
    }

    pub(super) fn floor_yielded(&mut self) {
        self.stage.floor = None;
        self.stage.clock = None;
    }

    pub(super) fn clock_runs(&mut self, at: Instant) {
        if let Some(clock) = &mut self.stage.clock {
            clock.run = Run::Running { since: at };
        }
    }

    pub(super) fn clock_stops(&mut self, at: Instant) {
        if let Some(clock) = &mut self.stage.clock
            && matches!(clock.run, Run::Running { .. })
        {
            clock.spent = clock.spent(at);
            clock.run = Run::Paused;
        }
    }

    pub(super) fn clock_extended(&mut self, by: Span) {
        if let Some(clock) = &mut self.stage.clock {
            clock.limit = clock.limit + by;
        }
    }
}
