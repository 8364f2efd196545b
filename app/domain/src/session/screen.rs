//! The screen: what the projector shows. Exactly one thing at a time.

use serde::{Deserialize, Serialize};

use crate::command::ScreenChoice;
use crate::entry::Event;
use crate::ids::{PollId, QuestionId, SlotId};
use crate::refusal::Decision;
use crate::session::Session;
use crate::session::plan::SlotKind;

/// What the projector shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shows", rename_all = "snake_case")]
pub enum Screen {
    /// The session's name and its team.
    #[default]
    Welcome,
    /// The join card.
    Join,
    /// The run of show.
    Plan,
    /// Whoever has the floor, with the clock.
    Speaker,
    /// A question from the hall.
    Question {
        /// Which.
        id: QuestionId,
    },
    /// A poll: what is asked; after showing, its results.
    Poll {
        /// Which.
        id: PollId,
    },
    /// A break with its clock.
    Break,
    /// Thanks at the end.
    Thanks,
    /// A working paper: its title and key messages, or one of its pages.
    Paper {
        /// Whose slot.
        slot: SlotId,
        /// Which of its pages, from 0; nothing for title and messages.
        page: Option<u16>,
    },
}

impl Screen {
    /// What the screen falls back to when what it shows is put away.
    #[must_use]
    pub fn resting(session: &Session) -> Self {
        match session.current_slot().map(|slot| slot.kind) {
            Some(SlotKind::Paper | SlotKind::Speech) if session.stage.floor.is_some() => Self::Speaker,
            Some(SlotKind::Break) => Self::Break,
            Some(SlotKind::Questions) => Self::Join,
            Some(SlotKind::Closing) => Self::Thanks,
            _ => Self::Welcome,
        }
    }
}

/// A moderator puts something on the screen by hand.
pub(super) fn show(session: &Session, choice: ScreenChoice) -> Decision {
    let screen = match choice {
        ScreenChoice::Welcome => Screen::Welcome,
        ScreenChoice::Join => Screen::Join,
        ScreenChoice::Plan => Screen::Plan,
        ScreenChoice::Speaker => Screen::Speaker,
        ScreenChoice::Break => Screen::Break,
        ScreenChoice::Thanks => Screen::Thanks,
    };
    if session.stage.screen == screen {
        return Ok(vec![]);
    }
    Ok(vec![Event::ScreenSet { screen }.into()])
}
