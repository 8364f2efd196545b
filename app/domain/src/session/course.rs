//! The course of a session: it opens, moves on step by step, is paused for safety, and ends.
//!
//! A session is planned, then open, then over. A moderator's press is a step, and the last can be taken back (`A7`); an
//! adult's one power over a live session is the safety pause (`P3`).

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::entry::Entry;
use crate::ids::SlotId;
use crate::refusal::{Decision, Refusal};
use crate::role::{Role, Who};
use crate::session::record::What;
use crate::session::screen::Screen;
use crate::session::undo::Ended;
use crate::session::{Phase, Session, Stagecraft, next, plan, undo};
use crate::time::Instant;

/// What people ask of the session itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionCommand {
    /// Opens the session: people may come in.
    Open,
    /// The one big button: does [`crate::session::next::Next`], if `step` is still the step that was seen.
    Next {
        /// The step that the presser saw.
        step: u32,
    },
    /// Undoes the last step, whichever moderator made it, within ten seconds (`A7`, `F4`).
    Undo {
        /// The step that was seen.
        step: u32,
    },
    /// Opens a session again that was ended by mistake.
    Reopen,
    /// The members of a closed meeting choose whether its minutes stay when it ends (`S18`).
    KeepMinutes {
        /// Whether they stay.
        keep: bool,
    },
    /// An adult pauses the session for safety: calm screen, stopped clock, logged and visible (`P3`).
    SafetyPause,
    /// The pause ends.
    SafetyResume,
}

impl SessionCommand {
    /// Who may send it at all.
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::Open => who.plays(|role| role.moderates() || role == Role::Organizer),
            Self::Next { .. } | Self::Undo { .. } | Self::Reopen | Self::KeepMinutes { .. } => {
                who.plays(Role::moderates)
            }
            Self::SafetyPause | Self::SafetyResume => who.plays(|role| role == Role::Steward || role.safeguards()),
        }
    }

    /// Whether it moves the session, and is a step. Each says by itself where it has no place: these alone can be pressed
    /// before a session and after it.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        match self {
            Self::Open | Self::Next { .. } | Self::Undo { .. } | Self::Reopen => true,
            Self::KeepMinutes { .. } | Self::SafetyPause | Self::SafetyResume => false,
        }
    }

    pub(super) fn decide(&self, session: &Session, now: Instant) -> Decision {
        match self {
            Self::Open => open(session, now),
            Self::Next { step } => next::press(session, *step, now),
            Self::Undo { step } => undo::undo(session, *step, now),
            Self::Reopen => undo::reopen(session, now),
            Self::KeepMinutes { keep } => plan::keep_minutes(session, *keep),
            Self::SafetyPause => Ok(once(session.paused_since.is_none(), SessionEvent::SafetyPaused)),
            Self::SafetyResume => Ok(once(session.paused_since.is_some(), SessionEvent::SafetyResumed)),
        }
    }
}

fn open(session: &Session, now: Instant) -> Decision {
    match session.phase {
        Phase::Planned => next::press(session, session.step, now),
        Phase::Open => Ok(vec![]),
        Phase::Over => Err(Refusal::Over),
    }
}

fn once(fits: bool, event: SessionEvent) -> Vec<crate::Happened> {
    if fits { vec![event.into()] } else { vec![] }
}

/// What happened to the session itself. Stored for ever: never rename or remove, only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SessionEvent {
    /// People may come in.
    Opened,
    /// The session is over.
    Closed,
    /// It was ended by mistake, and goes on where it was.
    Reopened,
    /// A moderator pressed: what follows in the same instant is one step.
    Stepped {
        /// Whether it can be taken back.
        undoable: bool,
    },
    /// The last step was taken back.
    StepUndone,
    /// The session moved to a slot.
    SlotEntered { slot: SlotId },
    /// The members of a closed meeting chose whether its minutes stay.
    MinutesKept {
        /// Whether they stay.
        keep: bool,
    },
    /// An adult paused the session for safety.
    SafetyPaused,
    /// The pause ended.
    SafetyResumed,
}

impl SessionEvent {
    /// Whether an undo can take it back. An opened session is not closed by one.
    pub(crate) const fn is_undoable(&self) -> bool {
        match self {
            Self::SlotEntered { .. } => true,
            Self::Opened
            | Self::Closed
            | Self::Reopened
            | Self::Stepped { .. }
            | Self::StepUndone
            | Self::MinutesKept { .. }
            | Self::SafetyPaused
            | Self::SafetyResumed => false,
        }
    }

    /// What a press did that begins with it.
    pub(crate) const fn did(&self) -> Option<What> {
        match self {
            Self::Opened | Self::Reopened => Some(What::Opened),
            Self::SlotEntered { .. } => Some(What::WentOn),
            Self::StepUndone => Some(What::Undid),
            Self::Closed => Some(What::Closed),
            Self::Stepped { .. } | Self::MinutesKept { .. } | Self::SafetyPaused | Self::SafetyResumed => None,
        }
    }
}

impl Session {
    pub(super) fn apply_course(&mut self, event: &SessionEvent, entry: &Entry) {
        let at = entry.at;
        match event {
            SessionEvent::Opened => {
                self.phase = Phase::Open;
                self.opened_at = Some(at);
            }
            SessionEvent::Closed => self.close(at),
            SessionEvent::Reopened => self.reopen(),
            SessionEvent::Stepped { undoable } => self.begin_step(entry.by, at, *undoable),
            SessionEvent::StepUndone => self.undo_step(entry.by, at),
            SessionEvent::SlotEntered { slot } => self.enter_slot(*slot, at),
            SessionEvent::MinutesKept { keep } => self.minutes = *keep,
            SessionEvent::SafetyPaused => self.safety_paused(at),
            SessionEvent::SafetyResumed => self.paused_since = None,
        }
    }

    fn close(&mut self, at: Instant) {
        self.closed_at = Some(at);
        let mut stage = self.stage.clone();
        stage.stop_clock(at);
        self.ended = Some(Box::new(Ended { stage, poll_on_phones: self.poll_on_phones }));
        self.note_speech(at);
        self.note_slot(None, at);
        self.phase = Phase::Over;
        let (ran, spoken) = (std::mem::take(&mut self.stage.ran), std::mem::take(&mut self.stage.spoken));
        self.stage = Stagecraft { screen: Screen::Thanks, ran, spoken, ..Stagecraft::default() };
        self.signals.clear();
        self.poll_on_phones = None;
    }

    fn safety_paused(&mut self, at: Instant) {
        self.clock_stops(at);
        self.paused_since = Some(at);
        // Undoing across a safety pause could put back what the pause took away.
        self.last = None;
    }
}
