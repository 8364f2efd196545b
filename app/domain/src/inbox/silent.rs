//! A silent call of an author, who is in no session (`N1`). The lead and the deputy alone open what was called for; that
//! an author calls is before every adult who supports children, with the same steps as a call in a session.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::entry::Happened;
use crate::ids::ItemId;
use crate::inbox::{Inbox, InboxEvent, Item};
use crate::refusal::Refusal;
use crate::role::{Role, Who};
use crate::session::team::Help;
use crate::session::team::call::{Call, Step};
use crate::time::{Instant, Span};

/// So long an answered call still stands before the other adults: they see that somebody comes.
const ANSWERED_SHOWS: Span = Span::minutes(10);

/// What becomes of a silent call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Heard {
    /// An adult says: I have seen it.
    See,
    /// An adult says: I am coming.
    Answer,
    /// Nobody answered it in time (said by the server).
    Unheard,
}

impl Inbox {
    /// Authors' calls that adults see at `now`; of several of one phone the one that needs somebody most.
    #[must_use]
    pub fn silent(&self, now: Instant) -> Vec<(ItemId, Call)> {
        let mut calls: Vec<_> = self.calls().filter(|(.., call)| shows(call, now)).collect();
        calls.sort_by_key(|(_, item, call)| (item.phone, call.step(), call.at));
        calls.dedup_by_key(|(_, item, _)| item.phone);
        calls.into_iter().map(|(id, _, call)| (id, call)).collect()
    }

    /// Calls that nobody has answered in time, and that were not said to be so yet.
    #[must_use]
    pub fn unheard(&self, now: Instant) -> Vec<ItemId> {
        let due = |call: &Call| call.unheard_at().is_some_and(|at| at <= now);
        self.calls().filter(|(.., call)| due(call)).map(|(id, ..)| id).collect()
    }

    fn calls(&self) -> impl Iterator<Item = (ItemId, &Item, Call)> {
        let there = |item: &&Item| item.erased.is_none() && item.handed_over.is_none();
        self.items.iter().filter_map(move |(id, item)| Some((*id, item, Some(item).filter(there)?.silent?)))
    }

    /// What is done about one call is done about all of its phone; a late answer is no failure.
    pub(super) fn hear(&self, item: ItemId, how: Heard, now: Instant) -> Result<Vec<Happened<InboxEvent>>, Refusal> {
        let phone = self.items.get(&item).filter(|item| item.silent.is_some()).ok_or(Refusal::Unknown)?.phone;
        let says_something = |call: &Call| match how {
            Heard::See => call.is_unseen(),
            Heard::Answer => call.coming.is_none(),
            Heard::Unheard => call.unheard_at().is_some_and(|at| at <= now),
        };
        let own = self.calls().filter(|(_, other, call)| other.phone == phone && says_something(call));
        Ok(own.map(|(item, ..)| InboxEvent::Heard { item, how }.into()).collect())
    }
}

impl Item {
    /// Records that an author called.
    pub(super) fn called_in_silence(&mut self, at: Instant) {
        self.silent = Some(Call::new(Role::Author, Help::SafeAdult, at));
    }

    /// Records what became of it.
    pub(super) fn heard(&mut self, how: Heard, at: Instant) {
        let Some(call) = &mut self.silent else { return };
        match how {
            Heard::See if call.coming.is_none() => call.is_seen(at),
            Heard::See => {}
            Heard::Answer => call.is_answered(at),
            Heard::Unheard => call.unheard = true,
        }
    }
}

/// Adults who support children answer; that nobody did is said by the server alone.
pub(super) fn permits(who: Who, how: Heard) -> bool {
    match how {
        Heard::See | Heard::Answer => who.role().is_some_and(Role::supports),
        Heard::Unheard => who == Who::Server,
    }
}

fn shows(call: &Call, now: Instant) -> bool {
    match call.step() {
        Step::Coming => call.coming.is_some_and(|coming| now < coming + ANSWERED_SHOWS),
        Step::Unheard | Step::OnItsWay | Step::Seen => true,
    }
}
