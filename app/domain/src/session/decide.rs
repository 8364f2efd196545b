//! Deciding: what a command means now, or why not.

use crate::command::Command;
use crate::entry::{Event, Happened};
use crate::refusal::{Decision, Refusal};
use crate::role::{Who, permits};
use crate::session::desk::Sign;
use crate::session::{
    Phase, Session, asking, change, choosing, desk, erasing, floor, next, pace, paper, plan, poll, queue, reading,
    screen, signal, team, undo,
};
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
        if moves_the_session(command) && !self.prepares(command) {
            return self.decide_step(who, command, now);
        }
        match command {
            Command::Plan(planned) => plan::plan(self, planned),
            Command::SayWord { poll, id, text, one_of_many } => {
                poll::words::say(self, who, *poll, *id, (text, *one_of_many), now)
            }
            Command::TakeSeat { seat } => match who {
                Who::Phone(phone) => poll::seats::take(self, phone, *seat),
                _ => Err(Refusal::NotYours),
            },
            Command::IssueSeats { seed, count } => poll::seats::issue(self, *seed, *count),
            Command::Replan { seen, plan } => plan::replan(self, *seen, plan),
            Command::PlanPoll(planned) => poll::make::plan(self, planned),
            Command::KeepMinutes { keep } => plan::keep_minutes(self, *keep),
            Command::Ask { id, text, said } => asking::ask(self, who, *id, text, *said, now),
            Command::Change { id, text } => asking::change(self, who, *id, text, now),
            Command::Withdraw { id } => asking::withdraw(self, who, *id),
            Command::AtDesk => desk::here(self, who.pass().ok_or(Refusal::NotYours)?, Sign::Beat, now),
            Command::LapseIntake { since } => desk::lapse(self, *since, now),
            Command::Pass { id } => reading::pass(self, who, *id, now),
            Command::Hold { id, reason } => reading::hold(self, who, *id, *reason, now),
            Command::Safeguard { id } => reading::safeguard(self, *id),
            Command::TakeBack { id } => reading::take_back(self, *id, now),
            Command::Desk(act) => reading::act(self, who, act, now),
            Command::Cards(act) => self.unpaused().and_then(|()| choosing::act(self, act)),
            Command::EraseQuestion { id } => erasing::erase(self, *id),
            Command::ErasePictures => Ok(self.once(!erasing::pictures(self).is_empty(), Event::PicturesErased)),
            Command::SafetyPause => Ok(self.once(self.paused_since.is_none(), Event::SafetyPaused)),
            Command::SafetyResume => Ok(self.once(self.paused_since.is_some(), Event::SafetyResumed)),
            Command::Choose { id } => self.unpaused().and_then(|()| choosing::choose(self, *id)),
            Command::PutBack { id } => self.unpaused().and_then(|()| choosing::put_back(self, *id)),
            Command::ChangePlan(wish) => change::change(self, who, wish),
            Command::SetPace(pace) => pace::set(self, pace),
            Command::NameGroup { group, name } => pace::name_group(self, *group, name),
            Command::WriteRules { rules } => pace::write_rules(self, rules),
            Command::Queue(act) => self.unpaused().and_then(|()| queue::act(self, who, act)),
            Command::Team(act) => team::act(self, who, act, now),
            Command::Signal(signal) => signal::give(self, who, *signal),
            Command::NotUsed { id, reason } => self.unpaused().and_then(|()| choosing::not_used(self, *id, *reason)),
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

    /// Before a session is open, its plan is prepared: that is no step of it.
    fn prepares(&self, command: &Command) -> bool {
        self.phase == Phase::Planned && matches!(command, Command::ChangePlan(_))
    }

    /// Presses that move the session count as steps; those that change nothing do not.
    fn decide_step(&self, who: Who, command: &Command, now: Instant) -> Decision {
        self.unpaused()?;
        if self.phase != Phase::Open && !works_outside(command) {
            return Err(if self.phase == Phase::Over { Refusal::Over } else { Refusal::NotOpen });
        }
        let events = self.decide_move(who, command, now)?;
        // A session that is opened again by an undo has made a step like any other press.
        let undoes = events.iter().any(|happened| happened.event == Event::StepUndone);
        if events.is_empty() || undoes {
            return Ok(events);
        }
        let undoable = events.iter().all(|happened| can_be_taken_back(&happened.event));
        let mut stepped = vec![Event::Stepped { undoable }.into()];
        stepped.extend(events);
        Ok(stepped)
    }

    fn decide_move(&self, who: Who, command: &Command, now: Instant) -> Decision {
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
            Command::Extend { by, step } => floor::extend(self, *by, *step),
            Command::AwaitInterpretation => floor::await_interpretation(self),
            Command::StartShort(of) => floor::start_short(self, *of),
            Command::RunOver => floor::run_over(self, now),
            Command::Queue(act) => queue::act(self, who, act),
            Command::ChangePlan(wish) => change::change(self, who, wish),
            Command::Pin { on } => screen::pin(self, *on),
            Command::ShowQuestion { id } => choosing::show(self, *id),
            Command::Answered { id } => choosing::answered(self, *id),
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
            Command::Reopen => undo::reopen(self, now),
            _ => Err(Refusal::NotYours),
        }
    }
}

/// What can be pressed before a session and after it; each says by itself where it has no place.
const fn works_outside(command: &Command) -> bool {
    matches!(command, Command::Next { .. } | Command::Open | Command::Undo { .. } | Command::Reopen)
}

fn moves_the_session(command: &Command) -> bool {
    use Command as C;
    if let C::Queue(act) = command {
        return act.is_step();
    }
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
            | C::AwaitInterpretation
            | C::StartShort(_)
            | C::RunOver
            | C::ChangePlan(_)
            | C::Pin { .. }
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
            | C::Reopen
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
            | Event::InterpretationAwaited
            | Event::ShortStarted { .. }
            | Event::Queue(_)
            | Event::PlanChanged(_)
            | Event::ScreenPinned { .. }
            | Event::ScreenSet { .. }
            | Event::QuestionChosen { .. }
    )
}
