//! What people do in a story, as short as it can be said.

use nadwa_domain::command::{FloorCommand, PollCommand, QuestionCommand, SessionCommand};
use nadwa_domain::entry::{QuestionEvent, SessionEvent};
use nadwa_domain::ids::{PhoneId, PollId, QuestionId, SlotId};
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::question::{AskedAs, HoldReason, NotUsedReason};
use nadwa_domain::session::queue::QueueCommand;
use nadwa_domain::session::team::{Place, Ready, TeamCommand};
use nadwa_domain::text::Line;
use nadwa_domain::{Command, Event, Session, Span, Who};

use super::cast::{MODERATOR, SERVER, STEWARD, note, phone, text_of, turn};

/// One thing that happens in a story.
pub enum Press {
    /// Somebody presses, and it must be accepted.
    By(Who, What),
    /// Time passes.
    Wait(Span),
    /// The hall votes: for each option, and those who would rather not say. The store counts it when the poll closes.
    Ballots(Vec<u32>, u32),
}

/// What is pressed. `NEXT` and `UNDO` carry the step of the moment, as a tablet that is up to date does.
pub enum What {
    Send(Command),
    Next,
    Undo,
}

pub const NEXT: What = What::Next;
pub const UNDO: What = What::Undo;

impl From<Command> for What {
    fn from(command: Command) -> Self {
        Self::Send(command)
    }
}

impl What {
    pub fn command(self, session: &Session) -> Command {
        match self {
            Self::Send(command) => command,
            Self::Next => Command::Session(SessionCommand::Next { step: session.step }),
            Self::Undo => Command::Session(SessionCommand::Undo { step: session.step }),
        }
    }
}

pub fn by(who: Who, what: impl Into<What>) -> Press {
    Press::By(who, what.into())
}

pub fn wait(seconds: i64) -> Press {
    Press::Wait(Span::seconds(seconds))
}

pub fn ballots(options: &[u32], rather_not: u32) -> Press {
    Press::Ballots(options.to_vec(), rather_not)
}

pub fn next() -> Press {
    by(MODERATOR, NEXT)
}

pub fn open() -> Press {
    by(MODERATOR, Command::Session(SessionCommand::Open))
}

pub fn floor(slot: SlotId) -> Press {
    by(MODERATOR, Command::Floor(FloorCommand::GiveFloor { slot }))
}

pub fn start_timer() -> Press {
    by(MODERATOR, Command::Floor(FloorCommand::StartTimer))
}

pub fn pause_timer() -> Press {
    by(MODERATOR, Command::Floor(FloorCommand::PauseTimer))
}

pub fn desk() -> Press {
    by(STEWARD, Command::Desk(DeskCommand::AtDesk))
}

pub fn ask(id: QuestionId) -> Command {
    Command::Question(QuestionCommand::Ask { id, text: text_of(id), said: AskedAs::default() })
}

/// The event of a question from a phone, with nothing said besides.
pub fn asked_event(id: QuestionId, asker: PhoneId) -> Event {
    Event::Question(QuestionEvent::QuestionAsked { id, asker, said: AskedAs::default(), slip: false })
}

pub fn claims(who: Who, id: QuestionId) -> Press {
    by(who, Command::Desk(DeskCommand::Claim { id }))
}

pub fn asks(from: PhoneId, id: QuestionId) -> Press {
    by(phone(from), ask(id))
}

pub fn withdraws(from: PhoneId, id: QuestionId) -> Press {
    by(phone(from), Command::Question(QuestionCommand::Withdraw { id }))
}

pub fn passed(id: QuestionId) -> Press {
    by(STEWARD, Command::Desk(DeskCommand::Pass { id }))
}

pub fn held(id: QuestionId) -> Press {
    by(STEWARD, Command::Desk(DeskCommand::Hold { id, reason: HoldReason::Language }))
}

pub fn safeguarded(id: QuestionId) -> Press {
    by(STEWARD, Command::Desk(DeskCommand::Safeguard { id }))
}

pub fn taken_back(id: QuestionId) -> Press {
    by(STEWARD, Command::Desk(DeskCommand::TakeBack { id }))
}

pub fn chosen(id: QuestionId) -> Press {
    by(MODERATOR, Command::Question(QuestionCommand::Choose { id }))
}

pub fn put_back(id: QuestionId) -> Press {
    by(MODERATOR, Command::Question(QuestionCommand::PutBack { id }))
}

pub fn shown(id: QuestionId) -> Press {
    by(MODERATOR, Command::Question(QuestionCommand::ShowQuestion { id }))
}

pub fn answered(id: QuestionId) -> Press {
    by(MODERATOR, Command::Question(QuestionCommand::Answered { id }))
}

pub fn set_aside(id: QuestionId) -> Press {
    by(MODERATOR, Command::Question(QuestionCommand::NotUsed { id, reason: NotUsedReason::NoTime }))
}

fn line(text: &str) -> Line {
    Line::parse(text, |text| text.chars().count()).expect("the stories' lines are good lines")
}

/// Asks for the floor: by name for somebody, else for oneself.
pub fn raise(id: u128, name: Option<&str>, group: Option<u8>, first: bool) -> Command {
    let name = name.map(line);
    Command::Queue(QueueCommand::Raise { id: turn(id), name, person: None, group, first, read_for_me: false })
}

pub fn queue(act: QueueCommand) -> Press {
    by(MODERATOR, Command::Queue(act))
}

/// A word from behind the scenes: written, or one that is ready.
pub fn word(id: u128, to: Place, text: Option<&str>) -> Command {
    let ready = text.is_none().then_some(Ready::Slower);
    Command::Team(TeamCommand::Send { id: note(id), to, ready, text: text.map(line) })
}

pub fn poll_opened(id: PollId) -> Press {
    by(MODERATOR, Command::Poll(PollCommand::OpenPoll { id }))
}

pub fn poll_closed(id: PollId) -> Press {
    by(MODERATOR, Command::Poll(PollCommand::ClosePoll { id }))
}

pub fn poll_shown(id: PollId) -> Press {
    by(MODERATOR, Command::Poll(PollCommand::ShowPoll { id }))
}

pub fn safety_pause() -> Press {
    by(STEWARD, Command::Session(SessionCommand::SafetyPause))
}

pub fn safety_resume() -> Press {
    by(STEWARD, Command::Session(SessionCommand::SafetyResume))
}

/// The server finds that no desk was heard since the last time.
pub fn lapse(session: &Session) -> (Who, Command) {
    let since = session.desk.heard.values().max().copied().unwrap_or_default();
    (SERVER, Command::Desk(DeskCommand::LapseIntake { since }))
}

/// A step that can be taken back.
pub fn step<const N: usize>(events: [Event; N]) -> Vec<Event> {
    [vec![Event::Session(SessionEvent::Stepped { undoable: true })], events.to_vec()].concat()
}

/// A step that cannot be taken back.
pub fn step_for_good<const N: usize>(events: [Event; N]) -> Vec<Event> {
    [vec![Event::Session(SessionEvent::Stepped { undoable: false })], events.to_vec()].concat()
}
