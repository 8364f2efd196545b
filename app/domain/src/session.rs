//! A session: one panel, workshop, opening or closed meeting, run by children.
//!
//! Its state is the sum of its entries. [`Session::decide`] refuses or says what happens; [`Session::apply`] cannot
//! fail. A session is planned, then open, then over; nothing goes back.

pub mod asking;
pub mod change;
pub mod choosing;
pub mod closing;
pub mod course;
pub mod decide;
pub mod desk;
pub mod erasing;
pub mod floor;
pub mod mix;
pub mod next;
pub mod pace;
pub mod paper;
pub mod plan;
pub mod poll;
pub mod question;
pub mod queue;
pub mod reading;
pub mod record;
pub mod screen;
pub mod signal;
pub mod team;
pub mod undo;

use std::collections::BTreeMap;

use crate::entry::{Entry, Event};
use crate::ids::{PollId, QuestionId, SlotId, TurnId};
use crate::lang::Said;
use crate::role::Role;
use crate::time::Instant;
use desk::Desk;
use floor::{Clock, ClockOf};
use pace::Pace;
use plan::{About, Slot};
use poll::Poll;
use poll::seats::Seats;
use question::Question;
use queue::Queue;
use record::{Did, Ran, Spoken};
use screen::Screen;
use signal::Signals;
use team::Team;
use undo::{Ended, LastStep};

/// Where a session is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Not begun.
    #[default]
    Planned,
    /// Going on.
    Open,
    /// Over.
    Over,
}

/// What is happening on the stage; what a step changes, and what undoing it restores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stagecraft {
    /// The slot that the session is in.
    pub slot: Option<SlotId>,
    /// In which slot somebody has the floor.
    pub floor: Option<SlotId>,
    /// Who of the hall has it; nothing if the slot's own speakers do.
    pub turn: Option<TurnId>,
    /// The speech that waits while somebody makes a remark.
    pub aside: Option<Aside>,
    /// The clock of the speech, of the break, or of a question and its answer.
    pub clock: Option<Clock>,
    /// What that clock counts.
    pub clock_of: ClockOf,
    /// Whether it waits for interpretation.
    pub interpreting: bool,
    /// What the projector shows.
    pub screen: Screen,
    /// Whether the screen is held while the session moves on.
    pub pinned: bool,
    /// When the session was in which slot.
    pub ran: Vec<Ran>,
    /// The speeches that have ended.
    pub spoken: Vec<Spoken>,
}

/// A speech that waits while somebody makes a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aside {
    pub slot: SlotId,
    /// Who of the hall has it; nothing if the slot's own speakers do.
    pub turn: Option<TurnId>,
    /// Its clock, stopped.
    pub clock: Clock,
}

/// A session's state: the sum of its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The place of the last entry.
    pub seq: u64,
    /// Title, times, team; nothing before it was planned.
    pub about: Option<About>,
    /// Where it is in its life.
    pub phase: Phase,
    /// The run of show, in order.
    pub slots: Vec<Slot>,
    /// The steps that an edit by organizers replaces, until each of them is there again.
    before: Vec<Slot>,
    /// What is happening on the stage.
    pub stage: Stagecraft,
    /// Counts the moderators' steps, so that two presses at once are one step (`F4`).
    pub step: u32,
    /// The last step, for undo and for "who did it".
    pub last: Option<LastStep>,
    /// Every question, in the order of asking.
    pub questions: Vec<Question>,
    /// The children's cards in their own order: that of passing, until they change it.
    pub card_order: Vec<QuestionId>,
    /// Every poll, as planned.
    pub polls: Vec<Poll>,
    /// The poll that the phones show.
    pub poll_on_phones: Option<PollId>,
    /// How often the plan was written: of two organizers who edit it at once, the second is told.
    pub plan_version: u32,
    /// Whether the members of a closed meeting keep its minutes (`S18`).
    pub minutes: bool,
    /// The place of the last entry that changed what phones see of a poll.
    pub poll_changed: u64,
    /// The seq of the last entry that changed the children's cards: until it changes, one deck is good for all views.
    pub cards_changed: u64,
    /// Seat codes, for polls of one person one vote.
    pub seats: Seats,
    /// Who reads the questions.
    pub desk: Desk,
    /// Since when an adult has paused the session for safety.
    pub paused_since: Option<Instant>,
    /// Those of the hall who wait for the floor.
    pub queue: Queue,
    /// How much time things get.
    pub pace: Pace,
    /// Groups whose speaking time is shared.
    pub groups: Vec<Said>,
    /// The ground rules of the children; nothing if the usual ones are good.
    pub rules: Vec<Said>,
    /// The audience's gentle signs.
    pub signals: Signals,
    /// Help, rest, and words from behind the scenes.
    pub team: Team,
    /// The last presses, the oldest first.
    pub did: Vec<Did>,
    /// When it was opened.
    pub opened_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// What its end put away, so that it can be opened again.
    ended: Option<Box<Ended>>,
    /// Whether the press that was noted last still has no consequence.
    press_is_fresh: bool,
    /// Where each question is in `questions`.
    places: BTreeMap<QuestionId, usize>,
}

impl Session {
    /// Replays a history.
    #[must_use]
    pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut session = Self::default();
        for entry in entries {
            session.apply(entry);
        }
        session
    }

    /// A question by its id.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.places.get(&id).map(|place| &self.questions[*place])
    }

    /// A poll by its id.
    #[must_use]
    pub fn poll(&self, id: PollId) -> Option<&Poll> {
        self.polls.iter().find(|poll| poll.id == id)
    }

    /// A slot by its id.
    #[must_use]
    pub fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == id)
    }

    /// The slot that the session is in.
    #[must_use]
    pub fn current_slot(&self) -> Option<&Slot> {
        self.stage.slot.and_then(|id| self.slot(id))
    }

    /// The slots after the current one; all of them before any was entered, none once the session is over.
    pub fn slots_to_come(&self) -> impl Iterator<Item = &Slot> {
        let all = self.slots.len();
        let begun = |id: SlotId| self.slots.iter().position(|slot| slot.id == id).map_or(all, |here| here + 1);
        let done = if self.phase == Phase::Over { all } else { self.stage.slot.map_or(0, begun) };
        self.slots.iter().skip(done)
    }

    /// The first of them.
    #[must_use]
    pub fn following_slot(&self) -> Option<&Slot> {
        self.slots_to_come().next()
    }

    /// The question on the screen, if one is, and if children may (still) see it (`S2`).
    #[must_use]
    pub fn question_on_screen(&self) -> Option<&Question> {
        let Screen::Question { id } = self.stage.screen else { return None };
        self.question(id).filter(|question| question.is_with_children())
    }

    /// Records what has happened. The decision was made before the entry was stored; this cannot fail.
    pub fn apply(&mut self, entry: &Entry) {
        self.seq = entry.seq;
        let at = entry.at;
        self.note_press(&entry.event, entry.by.role(), at);
        if let (Some(Role::Steward), Some(pass), true) = (entry.by.role(), entry.by.pass(), entry.event.is_an_act()) {
            self.desk.acts(pass, at);
        }
        match &entry.event {
            Event::Session(event) => self.apply_course(event, entry),
            Event::Floor(event) => self.apply_floor(event, entry),
            Event::Question(event) => self.apply_question(event, entry),
            Event::Poll(event) => self.apply_poll(event, entry),
            Event::Screen(event) => self.apply_screen(event),
            Event::Desk(event) => self.apply_desk(event, entry),
            Event::Queue(event) => self.apply_queue(event, entry),
            Event::Plan(event) => self.apply_plan(event, entry),
            Event::Team(event) => self.apply_team(event, entry),
        }
    }
}
