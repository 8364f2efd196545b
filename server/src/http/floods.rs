//! Who is heard by name of its own when very many write at once (`G3`).
//!
//! Whoever looks at a page is a known phone, so one device can be two thousand. What tells a hall from it is time: the
//! phones of a hall were there before the first of them wrote. In each window of ten minutes so many texts of newcomers
//! stand by themselves, more of phones that were there before the window's first text, and most of those that were there
//! long before it. What is more than that is folded into one row, and dropped never. Counted for each address and over
//! all of them, in memory alone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use nadwa_domain::{Instant, Span};

/// How long texts are counted together.
const WINDOW: Span = Span::minutes(10);
/// Most addresses that are counted one by one; of further ones only all together are.
const MOST_ADDRESSES: usize = 20_000;
/// Windows that are over are looked for once in so long, and only when there are too many.
const SWEPT_EVERY: Span = Span::seconds(1);
/// How far ahead of the first text of a window a phone was there that is nobody's newcomer.
const LONG_BEFORE: Span = Span::minutes(10);

/// What is counted, each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flood {
    /// Calls for help.
    Calls,
    /// Questions, and words of a cloud.
    Texts,
}

/// So many of newcomers, of those who were there before, of those who were there long before.
type Most = [u32; 3];

impl Flood {
    /// For one address: a hall may stand behind it.
    const fn of_one(self) -> Most {
        match self {
            Self::Calls => [3, 12, 200],
            Self::Texts => [40, 500, 3_000],
        }
    }

    /// Over all addresses.
    const fn of_all(self) -> Most {
        match self {
            Self::Calls => [6, 24, 600],
            Self::Texts => [120, 1_500, 9_000],
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Window {
    began: Instant,
    counted: Most,
}

impl Window {
    /// The place that a phone's text has in this window, if there is one for it.
    fn place(&mut self, since: Instant, now: Instant, most: Most) -> Option<usize> {
        if self.counted == Most::default() || now - self.began >= WINDOW || now < self.began {
            *self = Self { began: now, counted: Most::default() };
        }
        let was_there = [true, since < self.began, since + LONG_BEFORE <= self.began];
        (0..most.len()).rev().find(|tier| was_there[*tier] && self.counted[*tier] < most[*tier])
    }
}

/// The windows of now.
#[derive(Default)]
pub struct Floods {
    calls: Mutex<Windows>,
    texts: Mutex<Windows>,
}

#[derive(Default)]
struct Windows {
    all: Window,
    /// When those that are over were last looked for.
    swept: Instant,
    /// By the salted hash of an address.
    each: HashMap<u64, Window>,
}

impl Floods {
    /// Counts a text of a known phone; whether it stands by itself.
    pub fn stands(&self, flood: Flood, address: u64, since: Instant, now: Instant) -> bool {
        let windows = match flood {
            Flood::Calls => &self.calls,
            Flood::Texts => &self.texts,
        };
        let mut windows = windows.lock().unwrap_or_else(PoisonError::into_inner);
        let Windows { all, each, swept } = &mut *windows;
        // Looking through all of them has its price: a flood of addresses pays it once in a while.
        if each.len() >= MOST_ADDRESSES && (now - *swept >= SWEPT_EVERY || now < *swept) {
            *swept = now;
            each.retain(|_, window| now - window.began < WINDOW);
        }
        let room = each.len() < MOST_ADDRESSES || each.contains_key(&address);
        let mut alone = Window::default();
        let own = if room { each.entry(address).or_default() } else { &mut alone };
        let places = own.place(since, now, flood.of_one()).zip(all.place(since, now, flood.of_all()));
        if let Some((in_own, in_all)) = places {
            own.counted[in_own] += 1;
            all.counted[in_all] += 1;
        }
        places.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn whoever_was_there_before_a_flood_stands_above_it_and_a_hall_is_none() {
        let (floods, start) = (Floods::default(), Instant(100 * MINUTE));
        let calls = |address, since, at| floods.stands(Flood::Calls, address, Instant(since), Instant(at));
        let flood = (0..2_000).filter(|n| calls(1, start.0 + n, start.0 + n)).count();
        assert_eq!(flood, 3, "the rest of what one device sends is folded");
        assert!(calls(1, start.0 - 1_000, start.0 + 3_000), "a child who was there before it is heard");
        let minted_before = (0..500).filter(|n| calls(1, start.0 - 5 * MINUTE, start.0 + 4_000 + n)).count();
        assert_eq!(minted_before, 11, "whoever has minted many before is bounded too");
        assert!(calls(1, start.0 - 20 * MINUTE, start.0 + 5_000), "whoever was there long before is heard still");
        let from_everywhere = (0..2_000_u64).filter(|n| calls(100 + n, start.0 + 10_000, start.0 + 10_000)).count();
        assert!(from_everywhere <= 3, "{from_everywhere}");
        assert!(calls(1, start.0 + 11 * MINUTE, start.0 + 11 * MINUTE), "and the next window is calm");
        let hall =
            (0..300).filter(|n| floods.stands(Flood::Texts, 7, Instant(start.0 - n), Instant(start.0 + MINUTE + n)));
        assert_eq!(hall.count(), 300, "the phones of a hall that write at once");
    }

    #[test]
    fn two_hundred_thousand_addresses_fill_no_more_than_their_places() {
        let floods = Floods::default();
        for address in 0..200_000 {
            floods.stands(Flood::Calls, address, Instant(0), Instant(1));
        }
        assert!(floods.calls.lock().unwrap().each.len() <= MOST_ADDRESSES);
    }
}
