//! Token buckets of permits (GCRA), one for each key: so many at once, and then one after another.
//!
//! A bucket is two instants: when it will be full again, and when its mistakes will be forgotten. The second comes much
//! later, and says who steps back where many want the same: see [`Mistakes`]. A bucket can be given back to, which a
//! plain rate limiter cannot, and its clock is an argument. Whatever that clock does, nobody waits longer than a bucket
//! takes to fill from empty.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use nadwa_domain::Instant;

/// Locks of one set of buckets; a power of two.
const SHARDS: usize = 16;
/// Most buckets behind one lock: memory is bounded, whoever asks.
const MOST: usize = 2_048;
/// Microseconds after which one mistake is forgotten.
const FORGET: i64 = 600_000_000;
/// So many mistakes make somebody step back before half of a shared bucket is used.
const HALF: f64 = 100.0;
/// So many mistakes are made up for by one right secret, and so many at most by all of them: a hall that types its
/// cards mistypes some, and does not step back behind those who only guess.
const RIGHT_MAKES_UP_FOR: u16 = 3;
const MADE_UP_FOR_AT_MOST: u16 = 300;
/// What somebody leaves for others at most, as a share of a bucket.
const LEFT_AT_MOST: f64 = 0.9;

/// How fast a bucket fills, and how much it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Microseconds until one more permit.
    every: i64,
    /// Permits of a full bucket.
    pub burst: u32,
}

/// How long to wait for a permit, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait(i64);

impl Wait {
    /// Until a queue has become shorter.
    pub const A_MOMENT: Self = Self(500_000);

    /// For `Retry-After`: whole seconds, at least one.
    #[must_use]
    pub fn seconds(self) -> u64 {
        u64::try_from(self.0.div_euclid(1_000_000)).unwrap_or(0) + 1
    }
}

/// How much somebody has tried that was wrong, as far as it is remembered: whoever has tried more steps back.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Mistakes(f64);

impl Mistakes {
    /// As if there were so many more.
    #[must_use]
    pub fn and(self, more: f64) -> Self {
        Self(self.0 + more)
    }
}

impl Rate {
    /// `burst` at once, then so many in a second.
    #[must_use]
    pub const fn per_second(permits: u32, burst: u32) -> Self {
        Self { every: 1_000_000 / permits as i64, burst }
    }

    /// `burst` at once, then one in so many seconds.
    #[must_use]
    pub const fn one_in(seconds: u32, burst: u32) -> Self {
        Self { every: 1_000_000 * seconds as i64, burst }
    }

    /// Permits in a day, all of them taken as soon as they are there, and a full bucket at its beginning.
    #[must_use]
    pub fn in_a_day(self) -> f64 {
        24.0 * 3600.0 * 1_000_000.0 / self.every as f64 + f64::from(self.burst)
    }

    /// From empty to full.
    const fn whole(self) -> i64 {
        self.every * self.burst as i64
    }

    /// What must stay in the bucket when somebody takes a permit who has made so many mistakes. Whoever has made fewer
    /// finds something that nobody leaves over who has made more, however many those are and however fast they ask.
    fn reserve(self, mistakes: Mistakes) -> i64 {
        (self.whole() as f64 * LEFT_AT_MOST * mistakes.0 / (mistakes.0 + HALF)) as i64
    }
}

/// One bucket.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    full_at: i64,
    calm_at: i64,
    /// When it was looked at last: a clock that goes back takes everything here along.
    seen_at: i64,
    made_up_for: u16,
}

impl Bucket {
    const FULL: Self = Self { full_at: i64::MIN, calm_at: i64::MIN, seen_at: i64::MIN, made_up_for: 0 };

    /// Takes a permit, and counts it as a mistake until it is given back; how many mistakes there were before.
    fn take(&mut self, rate: Rate, shared_by: Mistakes, now: i64) -> Result<Mistakes, Wait> {
        if now < self.seen_at {
            let back = self.seen_at.saturating_sub(now);
            self.full_at = self.full_at.saturating_sub(back);
            self.calm_at = self.calm_at.saturating_sub(back);
        }
        self.seen_at = now;
        let from = self.full_at.clamp(now, now.saturating_add(rate.whole()));
        let over = from - now + rate.every + rate.reserve(shared_by) - rate.whole();
        if over > 0 {
            return Err(Wait(over));
        }
        self.full_at = from.saturating_add(rate.every);
        let calm = self.calm_at.max(now);
        self.calm_at = calm.saturating_add(FORGET);
        let mistakes = calm.saturating_sub(now) as f64 / FORGET as f64 - f64::from(self.made_up_for);
        Ok(Mistakes(mistakes.max(0.0)))
    }

    fn give_back(&mut self, rate: Rate) {
        self.full_at = self.full_at.saturating_sub(rate.every);
        self.calm_at = self.calm_at.saturating_sub(FORGET);
    }

    fn was_right(&mut self, rate: Rate) {
        self.give_back(rate);
        self.made_up_for = (self.made_up_for + RIGHT_MAKES_UP_FOR).min(MADE_UP_FOR_AT_MOST);
    }
}

/// One bucket that everybody shares.
#[derive(Debug)]
pub struct Shared {
    rate: Rate,
    bucket: Mutex<Bucket>,
}

impl Shared {
    /// A full one.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self { rate, bucket: Mutex::new(Bucket::FULL) }
    }

    /// Takes a permit out of it, for somebody who has made so many mistakes.
    ///
    /// # Errors
    /// [`Wait`] if there is none but for others.
    pub fn take(&self, mistakes: Mistakes, now: Instant) -> Result<(), Wait> {
        self.lock().take(self.rate, mistakes, micros(now)).map(drop)
    }

    /// Puts a permit back.
    pub fn give_back(&self) {
        self.lock().give_back(self.rate);
    }

    fn lock(&self) -> MutexGuard<'_, Bucket> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A bucket for each key. Keys are hashes already, with a salt.
#[derive(Debug)]
pub struct Buckets {
    rate: Rate,
    shards: Vec<Mutex<HashMap<u64, Bucket>>>,
}

impl Buckets {
    /// All full.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self { rate, shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }

    /// Takes a permit out of a key's bucket, for somebody among those who share it who has made so many mistakes; how
    /// many all of them had made before.
    ///
    /// # Errors
    /// [`Wait`] if there is none but for others.
    pub fn take(&self, key: u64, mistakes: Mistakes, now: Instant) -> Result<Mistakes, Wait> {
        let mut shard = self.shard(key);
        if shard.len() >= MOST && !shard.contains_key(&key) {
            make_room(&mut shard);
        }
        shard.entry(key).or_insert(Bucket::FULL).take(self.rate, mistakes, micros(now))
    }

    /// Puts a permit back into a key's bucket.
    pub fn give_back(&self, key: u64) {
        if let Some(bucket) = self.shard(key).get_mut(&key) {
            bucket.give_back(self.rate);
        }
    }

    /// Puts a permit back with which a secret was right.
    pub fn was_right(&self, key: u64) {
        if let Some(bucket) = self.shard(key).get_mut(&key) {
            bucket.was_right(self.rate);
        }
    }

    fn shard(&self, key: u64) -> MutexGuard<'_, HashMap<u64, Bucket>> {
        // The upper bits of the hash choose the shard: the map behind its lock uses the others.
        let place = usize::try_from(key >> 32).unwrap_or(0) % SHARDS;
        self.shards[place].lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    fn kept(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().map(|shard| shard.len()).unwrap_or(0)).sum()
    }
}

/// Evicts the half that has tried least, or longest ago: of a flood from addresses without number each counts little,
/// and all of them together are counted elsewhere.
fn make_room(shard: &mut HashMap<u64, Bucket>) {
    let mut all: Vec<(i64, i64)> = shard.values().map(|bucket| (bucket.full_at, bucket.calm_at)).collect();
    let half = all.len() / 2;
    let (_, middle, _) = all.select_nth_unstable(half);
    let middle = *middle;
    shard.retain(|_, bucket| (bucket.full_at, bucket.calm_at) > middle);
}

fn micros(at: Instant) -> i64 {
    at.0.saturating_mul(1_000)
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, RandomState};

    use nadwa_domain::Span;

    use super::*;

    const NOW: Instant = Instant(1_700_000_000_000);
    const RATE: Rate = Rate::one_in(2, 3);
    const NONE: Mistakes = Mistakes(0.0);

    fn takes(buckets: &Buckets, now: Instant) -> Result<(), u64> {
        buckets.take(7, NONE, now).map(drop).map_err(Wait::seconds)
    }

    #[test]
    fn a_bucket_empties_says_how_long_to_wait_and_fills_again() {
        let buckets = Buckets::new(RATE);
        let taken: Vec<_> = (0..3).map(|_| buckets.take(7, NONE, NOW).unwrap().0).collect();
        assert_eq!(taken, [0.0, 1.0, 2.0], "each says how many were wrong before");
        assert_eq!(takes(&buckets, NOW), Err(3));
        assert!(buckets.take(8, NONE, NOW).is_ok(), "a bucket for each");
        assert_eq!(takes(&buckets, NOW + Span(2_000)), Ok(()));
        let later = NOW + Span(3_600_000);
        assert_eq!((0..9).filter(|_| takes(&buckets, later).is_ok()).count(), 3);
    }

    #[test]
    fn what_is_given_back_can_be_taken_again_at_once_and_was_no_mistake() {
        let buckets = Buckets::new(RATE);
        for _ in 0..300 {
            assert_eq!(buckets.take(7, NONE, NOW), Ok(NONE), "three hundred right ones never wait");
            buckets.was_right(7);
        }
        assert!((0..3).all(|_| buckets.take(7, NONE, NOW) == Ok(NONE)), "and make up for some mistakes");
    }

    #[test]
    fn whoever_has_made_fewer_mistakes_finds_a_permit_that_others_have_left() {
        let shared = Shared::new(Rate::one_in(60, 100));
        let taken = |mistakes: f64| (0..1_000).filter(|_| shared.take(Mistakes(mistakes), NOW).is_ok()).count();
        let by_mistakes = [10_000.0, 1_000.0, 100.0, 10.0, 0.0].map(taken);
        assert!(by_mistakes.iter().all(|taken| *taken > 0), "{by_mistakes:?}");
        assert_eq!(by_mistakes.iter().sum::<usize>(), 100);
    }

    #[test]
    fn a_clock_that_jumps_locks_nobody_out_for_longer_than_a_bucket_takes_to_fill() {
        let buckets = Buckets::new(RATE);
        while takes(&buckets, NOW).is_ok() {}
        let back = NOW + Span(-3_600_000);
        assert_eq!(takes(&buckets, back), Err(3), "an hour back: the same wait as before");
        assert_eq!(takes(&buckets, back + Span(2_000)), Ok(()));
        let on = NOW + Span(3_600_000);
        assert_eq!((0..10).filter(|_| takes(&buckets, on).is_ok()).count(), 3, "an hour on: full, and not more");
        for end in [i64::MAX, i64::MIN] {
            assert_eq!(takes(&Buckets::new(RATE), Instant(end)), Ok(()));
        }
    }

    #[test]
    fn two_hundred_thousand_addresses_need_no_more_memory_than_a_few_thousand_and_a_newcomer_has_a_bucket() {
        let (buckets, salt) = (Buckets::new(RATE), RandomState::new());
        for address in 0..200_000_u32 {
            assert!(buckets.take(salt.hash_one(address), NONE, NOW).is_ok());
        }
        assert!(buckets.kept() <= SHARDS * MOST, "{}", buckets.kept());
        let newcomer = salt.hash_one("somebody");
        assert_eq!((0..9).filter(|_| buckets.take(newcomer, NONE, NOW).is_ok()).count(), 3);
    }
}
