//! In which order the inbox lists what it holds, and what it folds (`G3`).
//!
//! Calls for somebody come first, of those each cohort's first before the second of any, then what the desks handed over, then what one device may have made many times: calls
//! of new devices are one row, and so are unopened calls that say the same but for their numbers. Nothing is dropped:
//! the row counts what stands behind it, and opening the first brings the next. What was handed over comes last.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold;
use crate::ids::ItemId;
use crate::inbox::{Item, Picture};
use crate::time::Instant;

/// So many unopened calls that say the same are one row. Children who call from one room at once are fewer.
const ALIKE: usize = 12;

/// An item, as far as its place goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: ItemId,
    /// When it came into the inbox.
    pub arrived_at: Instant,
    /// What an unopened call says, but for numbers; nothing for anything else.
    says: Option<Says>,
    /// Its place among the others; within it, each cohort's first before the second of any, then the oldest.
    rank: Rank,
    after: u32,
}

/// A picture, and a place without its numbers.
type Says = (Option<Picture>, String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Call,
    Question,
    OneOfMany,
    HandedOver,
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The item that stands there.
    pub id: ItemId,
    /// How many unopened ones it stands for, itself included.
    pub stands_for: usize,
    /// Whether they come from new devices.
    pub one_of_many: bool,
}

impl Listed {
    /// An item that something was done about, or a question that nothing was done about yet.
    #[must_use]
    pub fn new(id: ItemId, arrived_at: Instant, item: Option<&Item>) -> Self {
        let called = item.and_then(|item| item.called.as_ref());
        let (opened, over) = item.map_or((false, false), |item| (item.opened.is_some(), item.handed_over.is_some()));
        let rank = match called {
            _ if over => Rank::HandedOver,
            Some(called) if called.one_of_many && !opened => Rank::OneOfMany,
            Some(_) => Rank::Call,
            None => Rank::Question,
        };
        let says = |called: &super::Called| {
            let place = fold::key(called.place.as_deref().unwrap_or_default());
            (called.picture, place.chars().filter(|c| !c.is_numeric()).collect())
        };
        // What was opened stays where it came to stand.
        let after = called.filter(|_| !opened).map_or(0, |called| called.after);
        Self { id, arrived_at, says: called.filter(|_| !opened).map(says), rank, after }
    }

    /// What it is folded by: new devices' calls all together, others by what they say.
    fn folds_with(&self) -> Option<Option<Says>> {
        self.says.as_ref().map(|says| Some(says.clone()).filter(|_| self.rank != Rank::OneOfMany))
    }
}

/// The rows of the list.
#[must_use]
pub fn rows(mut listed: Vec<Listed>) -> Vec<Row> {
    listed.sort_by_key(|item| (item.rank, item.after, item.arrived_at, item.id));
    let mut alike: BTreeMap<_, usize> = BTreeMap::new();
    for says in listed.iter().filter_map(Listed::folds_with) {
        *alike.entry(says).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    let row = |item: &Listed| {
        let one_of_many = item.rank == Rank::OneOfMany;
        let row = |stands_for| Some(Row { id: item.id, stands_for, one_of_many });
        match item.folds_with() {
            Some(says) if one_of_many || alike[&says] >= ALIKE => {
                let stands_for = alike[&says];
                if seen.insert(says) { row(stands_for) } else { None }
            }
            _ => row(1),
        }
    };
    listed.iter().filter_map(row).collect()
}
