//! What people ask about the floor and its clock, and what happened with them.

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::entry::Entry;
use crate::ids::{PhoneId, SlotId};
use crate::refusal::Decision;
use crate::role::{Role, Who};
use crate::session::Session;
use crate::session::floor::{self, Short};
use crate::session::record::What;
use crate::session::signal::{self, Signal};
use crate::time::{Instant, Span};

/// What people ask about the floor and its clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FloorCommand {
    /// Gives the floor to a slot's speakers out of order.
    GiveFloor {
        /// Whose turn.
        slot: SlotId,
    },
    /// Ends the speech.
    YieldFloor,
    /// Starts the speaking timer.
    StartTimer,
    /// Stops it for a moment.
    PauseTimer,
    /// Lets it run on.
    ResumeTimer,
    /// Gives more time.
    Extend {
        /// How much; between one second and ten minutes.
        by: Span,
        /// The step that was seen: two tablets at once give once. Nothing gives in any case.
        step: Option<u32>,
    },
    /// The clock waits until interpretation has caught up.
    AwaitInterpretation,
    /// Starts the short clock of a question or of an answer.
    StartShort(Short),
    /// A simulated speaker uses up the clock but for a few seconds (rehearsals only).
    RunOver,
    /// The audience's gentle sign (`F10`).
    Signal(Signal),
}

impl FloorCommand {
    /// Who may send it at all: a timekeeper has the clock, and nothing else.
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::GiveFloor { .. } | Self::YieldFloor => who.plays(Role::moderates),
            Self::StartTimer
            | Self::PauseTimer
            | Self::ResumeTimer
            | Self::Extend { .. }
            | Self::AwaitInterpretation
            | Self::StartShort(_) => who.plays(|role| role.moderates() || role == Role::Timekeeper),
            Self::RunOver => who == Who::Server,
            Self::Signal(_) => who.is_phone(),
        }
    }

    /// Whether it moves the session, and is a step that can be taken back.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        match self {
            Self::GiveFloor { .. }
            | Self::YieldFloor
            | Self::StartTimer
            | Self::PauseTimer
            | Self::ResumeTimer
            | Self::Extend { .. }
            | Self::AwaitInterpretation
            | Self::StartShort(_)
            | Self::RunOver => true,
            Self::Signal(_) => false,
        }
    }

    pub(in crate::session) fn decide(&self, session: &Session, who: Who, now: Instant) -> Decision {
        match self {
            Self::GiveFloor { slot } => floor::give(session, *slot),
            Self::YieldFloor => floor::yield_floor(session),
            Self::StartTimer => floor::start(session),
            Self::PauseTimer => floor::pause(session),
            Self::ResumeTimer => floor::resume(session),
            Self::Extend { by, step } => floor::extend(session, *by, *step),
            Self::AwaitInterpretation => floor::await_interpretation(session),
            Self::StartShort(of) => floor::start_short(session, *of),
            Self::RunOver => floor::run_over(session, now),
            Self::Signal(signal) => signal::give(session, who, *signal),
        }
    }
}

/// What happened with the floor and its clock. Stored for ever: never rename or remove, only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FloorEvent {
    /// Somebody has the floor; their clock is ready.
    FloorGiven {
        /// Which slot's speakers.
        slot: SlotId,
    },
    /// The speech ended.
    FloorYielded,
    /// The clock started.
    TimerStarted,
    /// The clock stopped for a moment.
    TimerPaused,
    /// The clock runs on.
    TimerResumed,
    /// More time was given.
    TimerExtended {
        /// How much.
        by: Span,
    },
    /// The clock waits for interpretation.
    InterpretationAwaited,
    /// The short clock of a question or of an answer began.
    ShortStarted { of: Short },
    /// A phone gave a gentle sign.
    Signalled {
        signal: Signal,
        /// From which phone, so that each counts once.
        phone: PhoneId,
    },
}

impl FloorEvent {
    /// Whether an undo can take it back.
    pub(crate) const fn is_undoable(&self) -> bool {
        match self {
            Self::FloorGiven { .. }
            | Self::FloorYielded
            | Self::TimerStarted
            | Self::TimerPaused
            | Self::TimerResumed
            | Self::TimerExtended { .. }
            | Self::InterpretationAwaited
            | Self::ShortStarted { .. } => true,
            Self::Signalled { .. } => false,
        }
    }

    /// What a press did that begins with it.
    pub(crate) const fn did(&self) -> Option<What> {
        Some(match self {
            Self::FloorGiven { .. } => What::GaveFloor,
            Self::FloorYielded => What::Thanked,
            Self::TimerStarted | Self::ShortStarted { .. } => What::Started,
            Self::TimerPaused | Self::InterpretationAwaited => What::Paused,
            Self::TimerResumed => What::Resumed,
            Self::TimerExtended { .. } => What::Extended,
            Self::Signalled { .. } => return None,
        })
    }
}

impl Session {
    pub(in crate::session) fn apply_floor(&mut self, event: &FloorEvent, entry: &Entry) {
        let at = entry.at;
        match event {
            FloorEvent::FloorGiven { slot } => self.floor_given(*slot),
            FloorEvent::FloorYielded => self.floor_yielded(at),
            FloorEvent::TimerStarted | FloorEvent::TimerResumed => self.clock_runs(at),
            FloorEvent::TimerPaused => self.clock_stops(at),
            FloorEvent::InterpretationAwaited => {
                self.clock_stops(at);
                self.stage.interpreting = true;
            }
            FloorEvent::ShortStarted { of } => self.short_started(*of, at),
            FloorEvent::TimerExtended { by } => self.clock_extended(*by),
            FloorEvent::Signalled { signal, phone } => self.signalled(*signal, *phone),
        }
    }
}
