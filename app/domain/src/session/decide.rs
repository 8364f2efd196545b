//! Deciding: what a command means now, or why not.

use crate::command::Command;
use crate::entry::{Event, Happened};
use crate::refusal::{Decision, Refusal};
use crate::role::{Who, permits};
use crate::session::{Phase, Session, desk, floor, next, paper, plan, poll, question, screen, undo};
use crate::time::Instant;

impl Session {
    /// What happens if `who` sends `command` at `now`. Changes nothing.
    ///
    /// # Errors
    /// The [`Refusal`] that a person is told. A role's command without the role is [`Refusal::NotYours`] (`P3`).
    pub fn decide(&self, who: Who, command: &Command, now: Instant) -> Decision {
        if !permits(who, command) {
            return Err(Refusal::NotYours);
        }
        if self.about.is_none() && !matches!(command, Command::Plan(_)) {
            return Err(Refusal::Unknown);
        }
        if moves_the_session(command) {
            return self.decide_step(command, now);
        }
        match command {
            Command::Plan(planned) => plan::plan(self, planned),
            Command::Ask { id, text } => question::ask(self, who, *id, text, now),
            Command::SayWord { poll, id, text } => poll::words::say(self, who, *poll, *id, text, now),
            Command::TakeSeat { seat } => match who {
                Who::Phone(phone) => poll::seats::take(self, phone, *seat),
                _ => Err(Refusal::NotYours),
            },
            Command::IssueSeats { seed, count } => poll::seats::issue(self, *seed, *count),
            Command::Withdraw { id } => question::withdraw(self, who, *id),
            Command::AtDesk => desk::here(self, who.pass().ok_or(Refusal::NotYours)?, now),
            Command::LapseIntake { since } => desk::lapse(self, *since, now),
            Command::Pass { id } => question::pass(self, *id),
            Command::Hold { id, reason } => question::hold(self, *id, *reason),
            Command::Safeguard { id } => question::safeguard(self, *id),
            Command::TakeBack { id } => question::take_back(self, *id, now),
            Command::SafetyPause => Ok(self.once(self.paused_since.is_none(), Event::SafetyPaused)),
            Command::SafetyResume => Ok(self.once(self.paused_since.is_some(), Event::SafetyResumed)),
            Command::Choose { id } => self.unpaused().and_then(|()| question::choose(self, *id)),
            Command::PutBack { id } => self.unpaused().and_then(|()| question::put_back(self, *id)),
            Command::NotUsed { id, reason } => self.unpaused().and_then(|()| question::not_used(self, *id, *reason)),
            Command::PlacePaper(new) => paper::place(self, new),
            Command::TakePaperOut { paper } => paper::take_out(self, *paper),
            _ => Err(Refusal::NotYours),
        }
    }

    fn once(&self, fits: bool, event: Event) -> Vec<Happened> {
        if fits { vec![event.into()] } else { vec![] }
    }

    fn unpaused(&self) -> Result<(), Refusal> {
        if self.paused_since.is_some() { Err(Refusal::Paused) } else { Ok(()) }
    }

    /// Presses that move the session count as steps; those that change nothing do not.
    fn decide_step(&self, command: &Command, now: Instant) -> Decision {
        self.unpaused()?;
        if self.phase != Phase::Open && !matches!(command, Command::Next { .. } | Command::Open) {
            return Err(if self.phase == Phase::Over { Refusal::Over } else { Refusal::NotOpen });
        }
        let events = self.decide_move(command, now)?;
        let undoes = matches!(command, Command::Undo { .. });
        if events.is_empty() || undoes {
            return Ok(events);
        }
        let undoable = events.iter().all(|happened| can_be_taken_back(&happened.event));
        let mut stepped = vec![Event::Stepped { undoable }.into()];
        stepped.extend(events);
        Ok(stepped)
    }

    fn decide_move(&self, command: &Command, now: Instant) -> Decision {
        match command {
            Command::Next { step } => next::press(self, *step, now),
            Command::Open if self.phase == Phase::Planned => next::press(self, self.step, now),
            Command::Open if self.phase == Phase::Over => Err(Refusal::Over),
            Command::Open => Ok(vec![]),
            Command::GiveFloor { slot } => floor::give(self, *slot),
            Command::YieldFloor => floor::yield_floor(self),
            Command::StartTimer => floor::start(self),
            Command::PauseTimer => floor::pause(self),
            Command::ResumeTimer => floor::resume(self),
            Command::Extend { by } => floor::extend(self, *by),
            Command::ShowQuestion { id } => question::show(self, *id),
            Command::Answered { id } => question::answered(self, *id),
            Command::OpenPoll { id } => poll::open(self, *id),
            Command::ClosePoll { id } => poll::close(self, *id, now),
            Command::ShowPoll { id } => poll::show(self, *id),
            Command::PutPollAway => poll::put_away(self),
            Command::MakePoll { poll, open } => poll::make::make(self, poll, *open),
            Command::LastCall { id } => poll::last_call(self, *id),
            Command::SecondRound { of, new } => poll::make::second_round(self, *of, *new),
            Command::AnnulPoll { id, reason, again } => poll::annul(self, *id, *reason, *again),
            Command::CountHands { id, hands } => poll::count_hands(self, *id, hands),
            Command::Show(choice) => screen::show(self, *choice),
            Command::ShowPaper { page } => paper::show(self, *page),
            Command::Undo { step } => undo::undo(self, *step, now),
            _ => Err(Refusal::NotYours),
        }
    }
}

fn moves_the_session(command: &Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::Next { .. }
            | C::Open
            | C::GiveFloor { .. }
            | C::YieldFloor
            | C::StartTimer
            | C::PauseTimer
            | C::ResumeTimer
            | C::Extend { .. }
            | C::ShowQuestion { .. }
            | C::Answered { .. }
            | C::OpenPoll { .. }
            | C::ClosePoll { .. }
            | C::ShowPoll { .. }
            | C::PutPollAway
            | C::MakePoll { .. }
            | C::LastCall { .. }
            | C::SecondRound { .. }
            | C::AnnulPoll { .. }
            | C::CountHands { .. }
            | C::Show(_)
            | C::ShowPaper { .. }
            | C::Undo { .. }
    )
}

/// Stage and screen can be put back as they were; an opened or closed poll, an answered question cannot.
fn can_be_taken_back(event: &Event) -> bool {
    matches!(
        event,
        Event::SlotEntered { .. }
            | Event::FloorGiven { .. }
            | Event::FloorYielded
            | Event::TimerStarted
            | Event::TimerPaused
            | Event::TimerResumed
            | Event::TimerExtended { .. }
            | Event::ScreenSet { .. }
            | Event::QuestionChosen { .. }
    )
}
