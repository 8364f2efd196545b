//! The screen: what the projector shows. Exactly one thing at a time.

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::command::ScreenChoice;
use crate::ids::{PollId, QuestionId, SlotId};
use crate::refusal::Decision;
use crate::role::{Role, Who};
use crate::session::plan::SlotKind;
use crate::session::record::What;
use crate::session::{Session, paper};

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

/// What people ask of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScreenCommand {
    /// Puts something else on the screen.
    Show(ScreenChoice),
    /// Shows the current paper: its title and key messages, or one of its pages.
    ShowPaper {
        /// Which page, from 0; nothing for title and messages.
        page: Option<u16>,
    },
    /// Holds the screen as it is while the session moves on, or lets it follow again.
    Pin {
        /// Whether it is held.
        on: bool,
    },
}

impl ScreenCommand {
    /// Who may send it at all; whoever presents turns the pages of a paper.
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::Show(_) | Self::Pin { .. } => who.plays(Role::moderates),
            Self::ShowPaper { .. } => who.plays(|role| role.moderates() || role == Role::Presenter),
        }
    }

    /// Whether it moves the session, and is a step that can be taken back.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        match self {
            Self::Show(_) | Self::ShowPaper { .. } | Self::Pin { .. } => true,
        }
    }

    pub(super) fn decide(&self, session: &Session) -> Decision {
        match self {
            Self::Show(choice) => show(session, *choice),
            Self::ShowPaper { page } => paper::show(session, *page),
            Self::Pin { on } => pin(session, *on),
        }
    }
}

/// What happened with the screen. Stored for ever: never rename or remove, only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ScreenEvent {
    /// The screen shows something else.
    ScreenSet { screen: Screen },
    /// The screen is held as it is, or follows again.
    ScreenPinned {
        /// Whether it is held.
        on: bool,
    },
}

impl ScreenEvent {
    /// Whether an undo can take it back.
    pub(crate) const fn is_undoable(&self) -> bool {
        match self {
            Self::ScreenSet { .. } | Self::ScreenPinned { .. } => true,
        }
    }

    /// What a press did that begins with it.
    pub(crate) const fn did(&self) -> Option<What> {
        match self {
            Self::ScreenSet { .. } | Self::ScreenPinned { .. } => Some(What::Screen),
        }
    }
}

impl Session {
    pub(super) fn apply_screen(&mut self, event: &ScreenEvent) {
        match event {
            ScreenEvent::ScreenPinned { on } => self.stage.pinned = *on,
            ScreenEvent::ScreenSet { screen } => {
                self.stage.screen = *screen;
                if let Screen::Question { id } = *screen {
                    self.mark_shown(id);
                }
            }
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
    Ok(vec![ScreenEvent::ScreenSet { screen }.into()])
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
    let mut events = vec![ScreenEvent::ScreenPinned { on }.into()];
    let resting = Screen::resting(session);
    let by_hand = matches!(session.stage.screen, Screen::Question { .. } | Screen::Poll { .. });
    if !on && !by_hand && session.stage.screen != resting {
        events.push(ScreenEvent::ScreenSet { screen: resting }.into());
    }
    Ok(events)
}

/// The screen goes along with the session, unless it is held.
pub(super) fn follow(session: &Session, screen: Screen) -> Option<crate::entry::Happened> {
    (!session.stage.pinned).then(|| ScreenEvent::ScreenSet { screen }.into())
}
