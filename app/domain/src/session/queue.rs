//! The queue: those of the hall who wait for the floor.
//!
//! The rule is one sentence: whoever speaks for the first time comes first, and one from each group in turn. It places
//! whoever comes; after that only a moderator moves anybody, so nothing moves under a finger. Nobody who waits, leaves
//! or is moved touches the clock that runs.

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Happened, Words};
use crate::ids::{PassId, PersonId, TurnId};
use crate::refusal::{Decision, Refusal};
use crate::role::{Role, Who};
use crate::session::floor::{Clock, ClockOf, Run};
use crate::session::record::What;
use crate::session::screen::{Screen, follow};
use crate::session::{Aside, Phase, Session};
use crate::text::Line;
use crate::time::{Instant, Span};

/// Most who wait at once.
const MOST_WAITING: usize = 40;

/// Where a turn is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Waits for the floor.
    Waiting,
    /// Had the floor, or has it.
    Given,
    /// Taken back by whoever asked.
    Withdrawn,
    /// Taken off the list by a moderator.
    Removed,
}

/// One turn to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub id: TurnId,
    /// The pass of whoever asked; nothing for one whom a moderator wrote down.
    pub pass: Option<PassId>,
    /// Whose pass it is, if it is a named person's.
    pub person: Option<PersonId>,
    /// What a moderator wrote: a first name, a task, a delegation. Nothing once it was blanked, or for a pass.
    pub name: Option<String>,
    /// The group that it counts for.
    pub group: Option<u8>,
    /// Whether it is the first time that this person speaks here.
    pub first: bool,
    /// Whether somebody reads it for them.
    pub read_for_me: bool,
    /// Where it is.
    pub state: Wait,
}

/// What is done with the turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueCommand {
    /// Asks for the floor: with a pass for oneself, or a moderator for somebody, by name.
    Raise {
        /// Made when the form was rendered.
        id: TurnId,
        /// As a moderator writes it; a pass writes none.
        name: Option<Line>,
        /// Whose pass it is, as the edge knows it.
        person: Option<PersonId>,
        group: Option<u8>,
        /// For the first time.
        first: bool,
        /// Somebody reads it.
        read_for_me: bool,
    },
    /// Takes one's own wish back.
    Withdraw { id: TurnId },
    /// A moderator moves somebody one place up or down.
    Move {
        id: TurnId,
        /// Towards the floor.
        up: bool,
    },
    /// A moderator takes somebody off the list.
    Remove { id: TurnId },
    /// Gives the floor: ends the speech and starts this clock, in one act.
    Give { id: TurnId },
    /// A short remark between: the speech waits and goes on after it.
    Remark { id: TurnId },
    /// Closes the list for those who come, or opens it again.
    Close {
        /// Whether it is closed.
        on: bool,
    },
}

impl QueueCommand {
    /// Who may send it at all.
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::Raise { name: None, .. } | Self::Withdraw { .. } => {
                who.plays(|role| role.moderates() || role == Role::Presenter)
            }
            Self::Raise { name: Some(_), .. }
            | Self::Move { .. }
            | Self::Remove { .. }
            | Self::Give { .. }
            | Self::Remark { .. }
            | Self::Close { .. } => who.plays(Role::moderates),
        }
    }

    /// Whether it moves the session, and is a step that can be taken back.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        match self {
            Self::Move { .. } | Self::Remove { .. } | Self::Give { .. } | Self::Remark { .. } | Self::Close { .. } => {
                true
            }
            Self::Raise { .. } | Self::Withdraw { .. } => false,
        }
    }
}

/// What happened with the turns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "queue", rename_all = "snake_case")]
pub enum QueueEvent {
    /// Somebody asks for the floor. Words: `name`.
    Raised {
        turn: TurnId,
        /// The pass, if one was shown.
        pass: Option<PassId>,
        /// Whose it is.
        person: Option<PersonId>,
        group: Option<u8>,
        /// For the first time.
        first: bool,
        /// Somebody reads it.
        read_for_me: bool,
        /// Its place among those who wait, from 0.
        place: u32,
    },
    /// It was taken back.
    Withdrawn { turn: TurnId },
    /// It was moved.
    Moved {
        turn: TurnId,
        /// Its new place among those who wait, from 0.
        place: u32,
    },
    /// It was taken off the list.
    Removed { turn: TurnId },
    /// It has the floor, and its clock runs.
    Given {
        turn: TurnId,
        /// Its time.
        limit: Span,
        /// Whether the speech before it waits and goes on.
        aside: bool,
    },
    /// The list is closed, or open again.
    Closed {
        /// Whether it is closed.
        on: bool,
    },
}

impl QueueEvent {
    /// Whether an undo can take it back.
    pub(crate) const fn is_undoable(&self) -> bool {
        true
    }

    /// What a press did that begins with it.
    pub(crate) const fn did(&self) -> Option<What> {
        Some(match self {
            Self::Given { .. } => What::GaveFloor,
            Self::Raised { .. }
            | Self::Withdrawn { .. }
            | Self::Moved { .. }
            | Self::Removed { .. }
            | Self::Closed { .. } => What::Queue,
        })
    }
}

/// Those who wait, in order, and those who have waited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Whether nobody is taken in.
    pub closed: bool,
    /// All of them; those who wait stand in the order in which they come.
    pub turns: Vec<Turn>,
}

impl Queue {
    /// Those who wait, in order.
    pub fn waiting(&self) -> impl Iterator<Item = &Turn> {
        self.turns.iter().filter(|turn| turn.state == Wait::Waiting)
    }
}

impl QueueCommand {
    pub(super) fn decide(&self, session: &Session, who: Who) -> Decision {
        session.unpaused()?;
        match session.phase {
            Phase::Planned => return Err(Refusal::NotOpen),
            Phase::Over => return Err(Refusal::Over),
            Phase::Open => {}
        }
        match self {
            Self::Raise { .. } => raise(session, who, self),
            Self::Withdraw { id } => {
                let turn = session.turn(*id).filter(|turn| turn.pass == who.pass()).ok_or(Refusal::Unknown)?;
                happens(turn.state == Wait::Waiting, QueueEvent::Withdrawn { turn: *id })
            }
            Self::Move { id, up } => shift(session, *id, *up),
            Self::Remove { id } => waits(session, *id).and(happens(true, QueueEvent::Removed { turn: *id })),
            Self::Give { id } => waits(session, *id).map(|()| give(session, *id)),
            Self::Remark { id } => waits(session, *id).and_then(|()| remark(session, *id)),
            Self::Close { on } => happens(session.queue.closed != *on, QueueEvent::Closed { on: *on }),
        }
    }
}

fn happens(fits: bool, event: QueueEvent) -> Decision {
    Ok(if fits { vec![event.into()] } else { vec![] })
}

fn waits(session: &Session, id: TurnId) -> Result<(), Refusal> {
    let waits = session.turn(id).is_some_and(|turn| turn.state == Wait::Waiting);
    if waits { Ok(()) } else { Err(Refusal::Unknown) }
}

fn raise(session: &Session, who: Who, act: &QueueCommand) -> Decision {
    let QueueCommand::Raise { id, name, person, group, first, read_for_me } = act else { return Ok(vec![]) };
    let (id, read_for_me) = (*id, *read_for_me);
    if session.turn(id).is_some() {
        return Ok(vec![]);
    }
    let pass = if name.is_some() { None } else { who.pass() };
    if session.queue.waiting().any(|turn| pass.is_some() && turn.pass == pass) {
        return Err(Refusal::AlreadyWaiting);
    }
    if session.queue.closed {
        return Err(Refusal::QueueClosed);
    }
    if session.queue.waiting().count() >= MOST_WAITING {
        return Err(Refusal::QueueFull);
    }
    let person = person.filter(|_| pass.is_some());
    let group = group.filter(|group| usize::from(*group) < session.groups.len());
    let spoke = |turn: &Turn| turn.state == Wait::Given && pass.is_some() && turn.pass == pass;
    let first = *first && !session.queue.turns.iter().any(spoke);
    let place = place_for(session, group, first);
    let event = QueueEvent::Raised { turn: id, pass, person, group, first, read_for_me, place }.into();
    let mut words = Words::none();
    if let Some(name) = name {
        words.0.insert("name".to_owned(), name.as_str().to_owned());
    }
    Ok(vec![Happened { event, words }])
}

/// The rule: behind everybody who comes before by it, and before the first who comes after.
fn place_for(session: &Session, group: Option<u8>, first: bool) -> u32 {
    let rule = session.pace;
    let had = |group: Option<u8>, until: usize| {
        let given = session.queue.turns.iter().filter(|turn| turn.state == Wait::Given);
        let waits = session.queue.waiting().take(until);
        given.chain(waits).filter(|turn| turn.group == group && group.is_some()).count()
    };
    let key = |group: Option<u8>, first: bool, until: usize| {
        let late = rule.first_timers_first && !first;
        (late, if rule.groups_in_turn { had(group, until) } else { 0 })
    };
    let own = key(group, first, usize::MAX);
    let mut waiting = session.queue.waiting().enumerate();
    let place = waiting.find(|(at, turn)| key(turn.group, turn.first, *at) > own).map(|(at, _)| at);
    u32::try_from(place.unwrap_or_else(|| session.queue.waiting().count())).unwrap_or(u32::MAX)
}

fn shift(session: &Session, id: TurnId, up: bool) -> Decision {
    let place = session.queue.waiting().position(|turn| turn.id == id).ok_or(Refusal::Unknown)?;
    let last = session.queue.waiting().count() - 1;
    let place = if up { place.checked_sub(1) } else { Some(place + 1).filter(|place| *place <= last) };
    let Some(place) = place else { return Ok(vec![]) };
    happens(true, QueueEvent::Moved { turn: id, place: u32::try_from(place).unwrap_or(u32::MAX) })
}

/// Gives the floor to somebody of the hall: whoever spoke is thanked, the clock starts, the screen follows.
pub(super) fn give(session: &Session, turn: TurnId) -> Vec<Happened> {
    let mut events: Vec<Happened> = crate::session::floor::yielded(session);
    let limit = session.pace.stretched(session.pace.turn);
    events.push(QueueEvent::Given { turn, limit, aside: false }.into());
    events.extend(follow(session, Screen::Speaker));
    events
}

/// A remark between: the speech waits. There is one at a time, and only while a speech goes on.
fn remark(session: &Session, turn: TurnId) -> Decision {
    if session.stage.floor.is_none() {
        return Err(Refusal::FloorFree);
    }
    if session.stage.aside.is_some() {
        return Err(Refusal::FloorHeld);
    }
    let limit = session.pace.stretched(session.pace.question);
    let mut events = vec![QueueEvent::Given { turn, limit, aside: true }.into()];
    events.extend(follow(session, Screen::Speaker));
    Ok(events)
}

impl Session {
    /// A turn by its id.
    #[must_use]
    pub fn turn(&self, id: TurnId) -> Option<&Turn> {
        self.queue.turns.iter().find(|turn| turn.id == id)
    }

    pub(super) fn apply_queue(&mut self, event: &QueueEvent, entry: &Entry) {
        match event {
            QueueEvent::Raised { turn, pass, person, group, first, read_for_me, place } => {
                let name = entry.words.0.get("name").cloned();
                let (pass, person, group) = (*pass, *person, *group);
                let (first, read_for_me, state) = (*first, *read_for_me, Wait::Waiting);
                self.put_turn(Turn { id: *turn, pass, person, name, group, first, read_for_me, state }, *place);
            }
            QueueEvent::Withdrawn { turn } => self.set_wait(*turn, Wait::Withdrawn),
            QueueEvent::Removed { turn } => self.set_wait(*turn, Wait::Removed),
            QueueEvent::Moved { turn, place } => {
                if let Some(at) = self.queue.turns.iter().position(|of| of.id == *turn) {
                    let turn = self.queue.turns.remove(at);
                    self.put_turn(turn, *place);
                }
            }
            QueueEvent::Given { turn, limit, aside } => self.turn_given(*turn, *limit, *aside, entry.at),
            QueueEvent::Closed { on } => self.queue.closed = *on,
        }
    }

    fn put_turn(&mut self, turn: Turn, place: u32) {
        let mut waiting = self.queue.turns.iter().enumerate().filter(|(_, turn)| turn.state == Wait::Waiting);
        let at = waiting.nth(place as usize).map_or(self.queue.turns.len(), |(at, _)| at);
        self.queue.turns.insert(at, turn);
    }

    fn set_wait(&mut self, id: TurnId, state: Wait) {
        if let Some(turn) = self.queue.turns.iter_mut().find(|turn| turn.id == id) {
            turn.state = state;
        }
    }

    fn turn_given(&mut self, turn: TurnId, limit: Span, aside: bool, at: Instant) {
        if aside {
            self.clock_stops(at);
            self.stage.aside = match (self.stage.floor, self.stage.clock) {
                (Some(slot), Some(clock)) => Some(Aside { slot, turn: self.stage.turn, clock }),
                _ => None,
            };
        }
        self.set_wait(turn, Wait::Given);
        self.signals.clear();
        self.stage.floor = self.stage.slot;
        self.stage.turn = Some(turn);
        self.stage.clock_of = ClockOf::Turn;
        self.stage.interpreting = false;
        self.stage.clock = Some(Clock { limit, spent: Span::ZERO, run: Run::Running { since: at } });
    }
}
