//! The record: what was planned against what took place, who spoke for how long, and who pressed what (`F4`, `P9`).

use serde::{Deserialize, Serialize};

use crate::entry::{Event, SessionEvent};
use crate::ids::{SlotId, TurnId};
use crate::role::Role;
use crate::session::Session;
use crate::time::{Instant, Span};

/// So many of the last presses are kept in sight.
const PRESSES: usize = 12;

/// When the session was in a slot. A slot that was entered twice has two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ran {
    pub slot: SlotId,
    pub from: Instant,
    /// Until when; nothing while it goes on.
    pub until: Option<Instant>,
}

/// One speech that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    pub slot: SlotId,
    /// A turn from the hall; nothing for a slot's own speakers.
    pub turn: Option<TurnId>,
    /// The group that it counts for.
    pub group: Option<u8>,
    /// How long, without pauses.
    pub time: Span,
}

/// One press, as the whole team sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Did {
    /// Whose press; nothing for the server's.
    pub by: Option<Role>,
    pub at: Instant,
    /// What it did.
    pub what: What,
}

/// What a press did, by its first consequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Opened the session.
    Opened,
    /// Went on to a slot.
    WentOn,
    /// Gave the floor.
    GaveFloor,
    /// Thanked whoever spoke.
    Thanked,
    /// Started a clock.
    Started,
    /// Stopped it for a moment.
    Paused,
    /// Let it run on.
    Resumed,
    /// Gave more time.
    Extended,
    /// Changed the screen.
    Screen,
    /// Changed those who wait for the floor.
    Queue,
    /// Changed the plan.
    Plan,
    /// Worked a poll.
    Poll,
    /// Worked a question.
    Question,
    /// Took a step back.
    Undid,
    /// Closed the session.
    Closed,
}

impl Session {
    /// Notes what a press did: the first event after its step says it.
    pub(super) fn note_press(&mut self, event: &Event, by: Option<Role>, at: Instant) {
        let opens = matches!(event, Event::Session(SessionEvent::Stepped { .. }));
        if let Some(what) =
            event.did().filter(|_| self.press_is_fresh || *event == Event::Session(SessionEvent::StepUndone))
        {
            self.did.push(Did { by, at, what });
            if self.did.len() > PRESSES {
                self.did.remove(0);
            }
            self.press_is_fresh = false;
        }
        self.press_is_fresh |= opens;
    }

    /// The slot that was on ends, if one was; another begins.
    pub(super) fn note_slot(&mut self, slot: Option<SlotId>, at: Instant) {
        if let Some(ran) = self.stage.ran.last_mut()
            && ran.until.is_none()
        {
            ran.until = Some(at);
        }
        self.stage.ran.extend(slot.map(|slot| Ran { slot, from: at, until: None }));
    }

    /// The speech that ends now is written down, with the time that was used.
    pub(super) fn note_speech(&mut self, at: Instant) {
        let (Some(slot), Some(clock)) = (self.stage.floor, self.stage.clock) else { return };
        let time = clock.spent(at);
        if time > Span::ZERO {
            let turn = self.stage.turn;
            self.stage.spoken.push(Spoken { slot, turn, group: self.group_speaking(), time });
        }
    }

    /// The group that has the floor.
    #[must_use]
    pub fn group_speaking(&self) -> Option<u8> {
        match self.stage.turn {
            Some(turn) => self.turn(turn).and_then(|turn| turn.group),
            None => self.stage.floor.and_then(|slot| self.slot(slot)).and_then(|slot| slot.care.group),
        }
    }

    /// How long a slot has taken so far: all its runs, the one that goes on until `now`.
    #[must_use]
    pub fn took(&self, slot: SlotId, now: Instant) -> Option<Span> {
        let mut runs = self.stage.ran.iter().filter(|ran| ran.slot == slot).peekable();
        runs.peek()?;
        Some(runs.fold(Span::ZERO, |sum, ran| sum + (ran.until.unwrap_or(now) - ran.from)))
    }

    /// How long each group has spoken in the speeches that have ended; the last place is everybody else.
    #[must_use]
    pub fn spoken_by_group(&self) -> Vec<Span> {
        let mut totals = vec![Span::ZERO; self.groups.len() + 1];
        for spoken in &self.stage.spoken {
            let place = spoken.group.map_or(self.groups.len(), usize::from).min(self.groups.len());
            totals[place] = totals[place] + spoken.time;
        }
        totals
    }
}
