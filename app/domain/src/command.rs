//! Commands: what people ask a session to do. One command is one press.
//!
//! Each noun has its own, in its own file: who may send them, whether they are steps, and how they are decided.

use serde::{Deserialize, Serialize};

use crate::ids::PollId;
use crate::lang::Said;
use crate::role::Who;
use crate::session::Session;
pub use crate::session::course::SessionCommand;
pub use crate::session::desk::DeskCommand;
pub use crate::session::floor::FloorCommand;
pub use crate::session::plan::PlanCommand;
pub use crate::session::poll::PollCommand;
use crate::session::poll::Rule;
pub use crate::session::question::QuestionCommand;
pub use crate::session::queue::QueueCommand;
pub use crate::session::screen::ScreenCommand;
pub use crate::session::team::TeamCommand;

/// One press, sent by [`Who`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The session itself: its course, its end, the safety pause.
    Session(SessionCommand),
    /// The floor and its clock.
    Floor(FloorCommand),
    /// Questions, by those who ask them and by the children who choose among them.
    Question(QuestionCommand),
    /// Polls.
    Poll(PollCommand),
    /// The screen.
    Screen(ScreenCommand),
    /// The desk, where every text is read first.
    Desk(DeskCommand),
    /// The turns of the hall.
    Queue(QueueCommand),
    /// The plan and the run of show.
    Plan(PlanCommand),
    /// Help, rest, and words from behind the scenes.
    Team(TeamCommand),
}

impl Command {
    /// Whether `who` may send it at all (`P3`, `S17`). What the session allows at this moment is for `decide`.
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::Session(command) => command.permits(who),
            Self::Floor(command) => command.permits(who),
            Self::Question(command) => command.permits(who),
            Self::Poll(command) => command.permits(who),
            Self::Screen(command) => command.permits(who),
            Self::Desk(command) => command.permits(who),
            Self::Queue(command) => command.permits(who),
            Self::Plan(command) => command.permits(who),
            Self::Team(command) => command.permits(who),
        }
    }

    /// Whether it moves the session, and so is a step of it.
    #[must_use]
    pub fn is_step(&self, session: &Session) -> bool {
        match self {
            Self::Session(command) => command.is_step(),
            Self::Floor(command) => command.is_step(),
            Self::Question(command) => command.is_step(),
            Self::Poll(command) => command.is_step(),
            Self::Screen(command) => command.is_step(),
            Self::Desk(command) => command.is_step(),
            Self::Queue(command) => command.is_step(),
            Self::Plan(command) => command.is_step(session),
            Self::Team(command) => command.is_step(),
        }
    }
}

macro_rules! from_nouns {
    ($($noun:ident($command:ident))*) => {$(
        impl From<$command> for Command {
            fn from(command: $command) -> Self {
                Self::$noun(command)
            }
        }
    )*};
}

from_nouns!(
    Session(SessionCommand) Floor(FloorCommand) Question(QuestionCommand) Poll(PollCommand) Screen(ScreenCommand)
    Desk(DeskCommand) Queue(QueueCommand) Plan(PlanCommand) Team(TeamCommand)
);

/// What a moderator can put on the screen by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreenChoice {
    /// The session's name and its team.
    Welcome,
    /// The join card: QR and code.
    Join,
    /// What is planned.
    Plan,
    /// Whoever has the floor, and the clock.
    Speaker,
    /// A break with its clock.
    Break,
    /// Thanks at the end.
    Thanks,
    /// Who waits for the floor, and by which rule.
    Queue,
    /// The ground rules.
    Rules,
    /// What the session itself is in: the way back from a break that was called by hand.
    Session,
}

/// A poll as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPoll {
    pub id: PollId,
    /// What is asked.
    pub question: Said,
    /// Options, where the kind lists them: two to six. «I'd rather not say» is always there besides (`F6`).
    pub options: Vec<Said>,
    /// How it is answered.
    #[serde(default)]
    pub rule: Rule,
}
