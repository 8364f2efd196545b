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
    Question { id: QuestionId },
    /// A poll: what is asked; after showing, its results.
    Poll { id: PollId },
    /// A break with its clock.
    Break,
    /// Thanks at the end.
    Thanks,
    /// Who waits for the floor, and by which rule.
    Queue,
    /// The ground rules.
    Rules,
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
            _ if session.stage.floor.is_some() => Self::Speaker,
            kind => Self::of_slot(kind),
        }
    }

    /// What the screen shows when a slot begins; whoever gets the floor takes its place.
    #[must_use]
    pub const fn of_slot(kind: Option<SlotKind>) -> Self {
        match kind {
            Some(SlotKind::Break | SlotKind::Energiser) => Self::Break,
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
        ScreenChoice::Queue => Screen::Queue,
        ScreenChoice::Rules => Screen::Rules,
        ScreenChoice::Session => of_session(session),
    };
    if session.stage.screen == screen {
        return Ok(vec![]);
    }
    Ok(vec![Event::ScreenSet { screen }.into()])
}

/// What the session itself is in: while nobody has the floor, the poll that phones show comes first.
fn of_session(session: &Session) -> Screen {
    let poll = session.poll_on_phones.filter(|_| session.stage.floor.is_none());
    poll.map_or_else(|| Screen::resting(session), |id| Screen::Poll { id })
}

/// Holds the screen while the session moves on, or lets it follow again; then it shows at once what the session shows.
pub(super) fn pin(session: &Session, on: bool) -> Decision {
    if session.stage.pinned == on {
        return Ok(vec![]);
    }
    let mut events = vec![Event::ScreenPinned { on }.into()];
    let resting = Screen::resting(session);
    let by_hand = matches!(session.stage.screen, Screen::Question { .. } | Screen::Poll { .. });
    if !on && !by_hand && session.stage.screen != resting {
        events.push(Event::ScreenSet { screen: resting }.into());
    }
    Ok(events)
}

/// The screen goes along with the session, unless it is held.
pub(super) fn follow(session: &Session, screen: Screen) -> Option<crate::entry::Happened> {
    (!session.stage.pinned).then(|| Event::ScreenSet { screen }.into())
}
