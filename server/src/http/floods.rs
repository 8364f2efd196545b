//! Who is heard by name of its own when very many write at once (`G3`).
//!
//! Whoever looks at a page is a known phone, so one device can be two thousand. What tells a hall from it is time: the
//! phones of a hall were there before the first of them wrote, and did not all come in the same moment. In each window of
//! ten minutes so many texts of newcomers stand by themselves, more of phones that were there before the window's first
//! text, and most of those that were there long before it; and whatever others write, a few of each cohort: the phones of
//! one address that came in the same moment. What is more than that is folded into one row, and dropped never. Of the
//! calls that stand, each cohort's first come before the second of any. Counted for each address and over all of them,
//! in memory alone.

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

/// Phones of one address whose first pages came within so long of each other are a cohort.
const COHORT: i64 = 20_000;

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

    /// What one cohort has, however much others write.
    const fn of_cohort(self) -> u32 {
        match self {
            Self::Calls => 3,
            Self::Texts => 10,
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
    /// Windows of cohorts: since when, and how many texts.
    cohorts: HashMap<(u64, i64), (Instant, u32)>,
}

/// How what a phone writes stands among what others write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether it stands by itself.
    pub alone: bool,
    /// How many of its cohort came before it in this window.
    pub after: u32,
}

impl Windows {
    /// Counts a text of a cohort.
    fn of_cohort(&mut self, address: u64, since: Instant, now: Instant) -> u32 {
        let key = (address, since.0.div_euclid(COHORT));
        if self.cohorts.len() >= MOST_ADDRESSES && !self.cohorts.contains_key(&key) {
            return u32::MAX;
        }
        let (began, count) = self.cohorts.entry(key).or_insert((now, 0));
        if now - *began >= WINDOW || now < *began {
            (*began, *count) = (now, 0);
        }
        *count += 1;
        *count - 1
    }
}

impl Floods {
    /// Counts a text of a known phone.
    pub fn stands(&self, flood: Flood, address: u64, since: Instant, now: Instant) -> Standing {
        let windows = match flood {
            Flood::Calls => &self.calls,
            Flood::Texts => &self.texts,
        };
        let mut windows = windows.lock().unwrap_or_else(PoisonError::into_inner);
        let after = windows.of_cohort(address, since, now);
        let Windows { all, each, swept, cohorts } = &mut *windows;
        // Looking through all of them has its price: a flood of addresses pays it once in a while.
        let full = each.len().max(cohorts.len()) >= MOST_ADDRESSES;
        if full && (now - *swept >= SWEPT_EVERY || now < *swept) {
            *swept = now;
            each.retain(|_, window| now - window.began < WINDOW);
            cohorts.retain(|_, (began, _)| now - *began < WINDOW);
        }
        let room = each.len() < MOST_ADDRESSES || each.contains_key(&address);
        let mut nowhere = Window::default();
        let own = if room { each.entry(address).or_default() } else { &mut nowhere };
        // Whoever makes phones while they write has a new cohort each moment.
        let was_there = since < own.began && after < flood.of_cohort();
        let places = own.place(since, now, flood.of_one()).zip(all.place(since, now, flood.of_all()));
        if let Some((in_own, in_all)) = places {
            own.counted[in_own] += 1;
            all.counted[in_all] += 1;
        }
        Standing { alone: places.is_some() || was_there, after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn whoever_was_there_before_a_flood_stands_above_it_and_a_hall_is_none() {
        let (floods, start) = (Floods::default(), Instant(100 * MINUTE));
        let calls = |address, since, at| floods.stands(Flood::Calls, address, Instant(since), Instant(at)).alone;
        let flood = (0..2_000).filter(|n| calls(1, start.0 + n, start.0 + n)).count();
        assert_eq!(flood, 3, "the rest of what one device sends is folded");
        assert!(calls(1, start.0 - 1_000, start.0 + 3_000), "a child who was there before it is heard");
        let minted_before = (0..500).filter(|n| calls(1, start.0 - 5 * MINUTE, start.0 + 4_000 + n)).count();
        assert_eq!(minted_before, 11, "whoever has minted many before is bounded too");
        assert!(calls(1, start.0 - 20 * MINUTE, start.0 + 5_000), "whoever was there long before is heard still");
        let from_everywhere = (0..2_000_u64).filter(|n| calls(100 + n, start.0 + 10_000, start.0 + 10_000)).count();
        assert!(from_everywhere <= 3, "{from_everywhere}");
        assert!(calls(1, start.0 + 11 * MINUTE, start.0 + 11 * MINUTE), "and the next window is calm");
        let hall = (0..300)
            .filter(|n| floods.stands(Flood::Texts, 7, Instant(start.0 - n), Instant(start.0 + MINUTE + n)).alone);
        assert_eq!(hall.count(), 300, "the phones of a hall that write at once");
    }

    /// Whoever looks at six hundred pages first, and calls from all of them, has come in one moment.
    #[test]
    fn a_child_of_another_moment_stands_among_the_first_whatever_was_prepared() {
        let (floods, start) = (Floods::default(), Instant(100 * MINUTE));
        let call = |since, at| floods.stands(Flood::Calls, 1, Instant(since), Instant(at));
        let forged: Vec<_> =
            (0..600).map(|n| call(start.0 - 15 * MINUTE + 60 * n, start.0 + n)).filter(|call| call.alone).collect();
        let child = call(start.0 - 3 * MINUTE, start.0 + 1_000);
        assert_eq!(child, Standing { alone: true, after: 0 });
        let before = forged.iter().filter(|call| call.after == 0).count();
        assert!(before < 5, "{before} of {} that stand come before it", forged.len());
    }

    #[test]
    fn two_hundred_thousand_addresses_fill_no_more_than_their_places() {
        let floods = Floods::default();
        for address in 0..200_000 {
            floods.stands(Flood::Calls, address, Instant(0), Instant(1));
        }
        let calls = floods.calls.lock().unwrap();
        assert!(calls.each.len() <= MOST_ADDRESSES && calls.cohorts.len() <= MOST_ADDRESSES);
    }
}
