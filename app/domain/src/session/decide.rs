//! Deciding: what a command means now, or why not.

use crate::command::{Command, PlanCommand};
use crate::entry::{Event, SessionEvent};
use crate::refusal::{Decision, Refusal};
use crate::role::Who;
use crate::session::{Phase, Session, undo};
use crate::time::Instant;

impl Session {
    /// What happens if `who` sends `command` at `now`. Changes nothing.
    ///
    /// # Errors
    /// The [`Refusal`] that a person is told. A role's command without the role is [`Refusal::NotYours`] (`P3`).
    pub fn decide(&self, who: Who, command: &Command, now: Instant) -> Decision {
        if !command.permits(who) {
            return Err(Refusal::NotYours);
        }
        if self.about.is_none() && !matches!(command, Command::Plan(PlanCommand::Plan(_))) {
            return Err(Refusal::Unknown);
        }
        if command.is_step(self) { self.decide_step(who, command, now) } else { self.of_noun(who, command, now) }
    }

    fn of_noun(&self, who: Who, command: &Command, now: Instant) -> Decision {
        match command {
            Command::Session(command) => command.decide(self, now),
            Command::Floor(command) => command.decide(self, who, now),
            Command::Question(command) => command.decide(self, who, now),
            Command::Poll(command) => command.decide(self, who, now),
            Command::Screen(command) => command.decide(self),
            Command::Desk(command) => command.decide(self, who, now),
            Command::Queue(command) => command.decide(self, who),
            Command::Plan(command) => command.decide(self, who),
            Command::Team(command) => command.decide(self, who, now),
        }
    }

    pub(super) fn unpaused(&self) -> Result<(), Refusal> {
        if self.paused_since.is_some() { Err(Refusal::Paused) } else { Ok(()) }
    }

    /// Presses that move the session count as steps; those that change nothing do not.
    fn decide_step(&self, who: Who, command: &Command, now: Instant) -> Decision {
        self.unpaused()?;
        match (self.phase, command) {
            // The course itself says where it has no place.
            (Phase::Open, _) | (_, Command::Session(_)) => {}
            (Phase::Planned, _) => return Err(Refusal::NotOpen),
            (Phase::Over, _) => return Err(Refusal::Over),
        }
        let events = self.of_noun(who, command, now)?;
        // A session that is opened again by an undo has made a step like any other press.
        let undone = Event::Session(SessionEvent::StepUndone);
        if events.is_empty() || events.iter().any(|happened| happened.event == undone) {
            return Ok(events);
        }
        let undoable = undo::is_undoable(&events);
        let mut stepped = vec![SessionEvent::Stepped { undoable }.into()];
        stepped.extend(events);
        Ok(stepped)
    }
}
