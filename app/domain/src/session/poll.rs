//! Polls: planned, open, closed, shown.
//!
//! While a poll is open its ballots are rows of their own in the store, one for each phone; closing makes totals of
//! them and the ballots are gone (`S14`). Nobody sees a count before the children show the results (`F7`), and then
//! only if at least five answered.

use serde::{Deserialize, Serialize};

use crate::entry::{Event, Words};
use crate::ids::PollId;
use crate::lang::Said;
use crate::refusal::{Decision, Refusal};
use crate::session::screen::Screen;
use crate::session::{Phase, Session};
use crate::time::{Instant, Span};

/// Fewest options.
pub const MIN_OPTIONS: usize = 2;
/// Most options (`F6`).
pub const MAX_OPTIONS: usize = 6;
/// With fewer answers than this, results are not shown: they could tell who voted what (`F7`).
pub const FEWEST_SHOWN: u32 = 5;
/// The shortest time that a poll stays open, unless it was planned otherwise (`A10`).
pub const MIN_OPEN: Span = Span::seconds(45);

/// Where a poll is in its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Not opened yet.
    Draft,
    /// Takes ballots.
    Open {
        /// Since when.
        since: Instant,
    },
    /// Has totals that nobody sees yet.
    Closed(Totals),
    /// Its totals may be seen.
    Shown(Totals),
}

/// Ballots counted. Who voted what is not known any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// For each option.
    pub options: Vec<u32>,
    /// Of those who would rather not say.
    pub rather_not: u32,
}

impl Totals {
    /// Everybody who answered, with or without an option.
    #[must_use]
    pub fn everybody(&self) -> u32 {
        self.options.iter().fold(self.rather_not, |sum, n| sum.saturating_add(*n))
    }

    /// Whether so few answered that showing it could tell who voted what (`F7`).
    #[must_use]
    pub fn too_few(&self) -> bool {
        self.everybody() < FEWEST_SHOWN
    }
}

/// What one phone votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The option in this place, from 0.
    Option(u8),
    /// «I'd rather not say» (`F6`).
    RatherNot,
}

impl Choice {
    /// As stored and as a form sends it: `0` to `5`, or `rather_not`.
    #[must_use]
    pub fn as_key(self) -> String {
        match self {
            Self::Option(place) => place.to_string(),
            Self::RatherNot => "rather_not".to_owned(),
        }
    }

    /// Reads [`Choice::as_key`].
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "rather_not" => Some(Self::RatherNot),
            digit => digit.parse().ok().map(Self::Option),
        }
    }
}

/// One poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// Its id.
    pub id: PollId,
    /// What is asked.
    pub question: Said,
    /// What may be answered.
    pub options: Vec<Said>,
    /// The shortest time that it stays open.
    pub min_open: Span,
    /// Where it is in its life.
    pub state: State,
}

impl Poll {
    pub(super) fn planned(id: PollId, options: u8, min_open: Span, words: &Words) -> Self {
        Self {
            id,
            question: words.said("question"),
            options: (0..options).map(|place| words.said(&format!("option.{place}"))).collect(),
            min_open,
            state: State::Draft,
        }
    }
}

/// Opens a poll on every phone and on the screen.
pub(super) fn open(session: &Session, id: PollId) -> Decision {
    if session.phase != Phase::Open {
        return Err(Refusal::NotOpen);
    }
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    match poll.state {
        State::Open { .. } => return Ok(vec![]),
        State::Draft => {}
        State::Closed(_) | State::Shown(_) => return Err(Refusal::PollNotOpen),
    }
    if session.polls.iter().any(|poll| matches!(poll.state, State::Open { .. })) {
        return Err(Refusal::PollOpen);
    }
    Ok(vec![Event::PollOpened { poll: id }.into(), Event::ScreenSet { screen: Screen::Poll { id } }.into()])
}

/// Closes it, once it was open long enough. The store fills in the totals.
pub(super) fn close(session: &Session, id: PollId, now: Instant) -> Decision {
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    match poll.state {
        State::Open { since } if now < since + poll.min_open => {
            Err(Refusal::PollTooYoung { at: since + poll.min_open })
        }
        State::Open { .. } => Ok(vec![closed(poll).into()]),
        State::Closed(_) | State::Shown(_) => Ok(vec![]),
        State::Draft => Err(Refusal::PollNotOpen),
    }
}

/// The event of closing, still without totals.
pub(super) fn closed(poll: &Poll) -> Event {
    Event::PollClosed { poll: poll.id, totals: vec![0; poll.options.len()], rather_not: 0 }
}

/// Shows the results to everybody.
pub(super) fn show(session: &Session, id: PollId) -> Decision {
    let screen = Event::ScreenSet { screen: Screen::Poll { id } };
    let on_screen = session.stage.screen == Screen::Poll { id };
    match session.poll(id).ok_or(Refusal::Unknown)?.state {
        State::Closed(_) => Ok(vec![Event::PollShown { poll: id }.into(), screen.into()]),
        State::Shown(_) if on_screen => Ok(vec![]),
        State::Shown(_) => Ok(vec![screen.into()]),
        State::Draft | State::Open { .. } => Err(Refusal::PollNotClosed),
    }
}

/// Takes the poll off the phones and the screen.
pub(super) fn put_away(session: &Session) -> Decision {
    match session.poll_on_phones.and_then(|id| session.poll(id)) {
        Some(poll) if matches!(poll.state, State::Open { .. }) => Err(Refusal::PollNotClosed),
        Some(poll) => {
            let mut events = vec![Event::PollPutAway.into()];
            // A question that has taken its place on the screen stays there (`A10`).
            if session.stage.screen == (Screen::Poll { id: poll.id }) {
                events.push(Event::ScreenSet { screen: Screen::resting(session) }.into());
            }
            Ok(events)
        }
        None => Ok(vec![]),
    }
}

/// Whether a phone may vote this now. A ballot is no entry: the store keeps it until the poll closes.
///
/// # Errors
/// [`Refusal::Unknown`], [`Refusal::PollNotOpen`], [`Refusal::NoSuchOption`], [`Refusal::Paused`].
pub fn may_vote(session: &Session, id: PollId, choice: Choice) -> Result<(), Refusal> {
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    if session.paused_since.is_some() {
        return Err(Refusal::Paused);
    }
    if !matches!(poll.state, State::Open { .. }) {
        return Err(Refusal::PollNotOpen);
    }
    match choice {
        Choice::Option(place) if usize::from(place) >= poll.options.len() => Err(Refusal::NoSuchOption),
        Choice::Option(_) | Choice::RatherNot => Ok(()),
    }
}

impl Session {
    pub(super) fn apply_poll(&mut self, event: &Event, at: Instant) {
        match event {
            Event::PollOpened { poll } => {
                self.poll_on_phones = Some(*poll);
                self.set_poll(*poll, |_| State::Open { since: at });
            }
            Event::PollClosed { poll, totals, rather_not } => {
                let totals = Totals { options: totals.clone(), rather_not: *rather_not };
                self.set_poll(*poll, |_| State::Closed(totals));
            }
            Event::PollShown { poll } => self.set_poll(*poll, |state| match state {
                State::Closed(totals) | State::Shown(totals) => State::Shown(totals),
                other => other,
            }),
            Event::PollPutAway => self.poll_on_phones = None,
            _ => {}
        }
    }

    fn set_poll(&mut self, id: PollId, change: impl FnOnce(State) -> State) {
        if let Some(poll) = self.polls.iter_mut().find(|poll| poll.id == id) {
            poll.state = change(std::mem::replace(&mut poll.state, State::Draft));
        }
    }
}
