//! The offset of the server's clock from a device's, as well as a network lets it be known.
//!
//! A probe asks the server for the time. The instants of request and response bound the offset from both sides; many
//! probes together bound it closer than the best of them alone, since the lowest latency in each direction need not be
//! in one probe.

/// An error that nobody sees, in milliseconds.
const UNSEEN: f64 = 20.0;
/// How far two clocks may drift apart, at worst: milliseconds in a millisecond.
const DRIFT: f64 = 1e-4;
/// Both sides count whole milliseconds, or little finer.
const GRAIN: f64 = 1.0;
/// Probes of one synchronisation.
const PROBES: u32 = 5;
/// Most probes, where round trips differ so much that better ones may come.
const MORE_PROBES: u32 = 20;

/// Server time minus the device's monotonic time. The truth is within `millis ± error`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offset {
    /// The middle, in milliseconds.
    pub millis: f64,
    /// The bound of its error, in milliseconds; infinite for a guess.
    pub error: f64,
    /// When it was measured, on the monotonic clock.
    pub at: f64,
}

impl Offset {
    /// Of one probe: sent and answered on the monotonic clock; `server` is what the server's clock said in between.
    #[must_use]
    pub const fn probed(sent: f64, server: f64, answered: f64) -> Self {
        Self {
            millis: server + GRAIN / 2.0 - f64::midpoint(sent, answered),
            error: (answered - sent) / 2.0 + GRAIN,
            at: answered,
        }
    }

    /// The bound of its error by now: an old measurement is worth less.
    #[must_use]
    pub fn error_at(&self, now: f64) -> f64 {
        self.error + (now - self.at) * DRIFT
    }

    /// What both say together. Where they contradict each other a clock was set or the device has slept, and the newer
    /// counts alone.
    #[must_use]
    pub fn narrowed(self, newer: Self) -> Self {
        let error = self.error_at(newer.at);
        let low = (self.millis - error).max(newer.millis - newer.error);
        let high = (self.millis + error).min(newer.millis + newer.error);
        if low > high {
            return newer;
        }
        Self { millis: f64::midpoint(low, high), error: (high - low) / 2.0, at: newer.at }
    }
}

/// One synchronisation: probes one after another, until no more would help.
#[derive(Clone, Copy, Debug)]
pub struct Synchronising {
    known: Offset,
    count: u32,
    /// Halves of the shortest and the longest round trip.
    shortest: f64,
    longest: f64,
}

impl Synchronising {
    /// Begins with what is known already.
    #[must_use]
    pub const fn from(known: Offset) -> Self {
        Self { known, count: 0, shortest: f64::INFINITY, longest: 0.0 }
    }

    /// Takes a probe; `None` if it got no answer.
    pub fn take(&mut self, probe: Option<Offset>) {
        self.count += 1;
        if let Some(probe) = probe {
            self.shortest = self.shortest.min(probe.error);
            self.longest = self.longest.max(probe.error);
            self.known = self.known.narrowed(probe);
        }
    }

    /// Whether another probe helps: on a way whose round trips differ much, and while nothing better is known.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        let differ = self.longest > self.shortest * 1.5;
        self.count < PROBES || (self.count < MORE_PROBES && differ && self.known.error > UNSEEN)
    }

    /// What is known now.
    #[must_use]
    pub const fn known(&self) -> Offset {
        self.known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUESS: Offset = Offset { millis: 0.0, error: f64::INFINITY, at: 0.0 };
    /// What is to be found out.
    const TRUTH: f64 = 7_200_123.0;

    /// Delays of up to so many milliseconds, the same in every run.
    fn delays(most: f64) -> impl FnMut() -> f64 {
        let mut seed = 42_u64;
        move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            most * f64::from(u32::try_from(seed >> 33).expect("31 bits")) / f64::from(1_u32 << 31)
        }
    }

    fn synchronised(known: Offset, from: f64, delay: &mut impl FnMut() -> f64) -> Offset {
        let (mut all, mut now) = (Synchronising::from(known), from);
        while all.goes_on() {
            let (there, back) = (delay(), delay());
            all.take(Some(Offset::probed(now, (now + there + TRUTH).floor(), now + there + back)));
            now += there + back;
        }
        all.known()
    }

    #[test]
    fn with_400_ms_of_jitter_each_way_99_of_100_devices_are_right_within_100_ms() {
        let mut delay = delays(400.0);
        let mut off: Vec<f64> =
            (0..10_000).map(|_| (synchronised(GUESS, 0.0, &mut delay).millis - TRUTH).abs()).collect();
        off.sort_by(f64::total_cmp);
        assert!(off[9_900] <= 100.0, "{}", off[9_900]);
        assert!(off[5_000] <= 20.0, "{}", off[5_000]);
    }

    #[test]
    fn the_truth_is_within_the_bound_and_each_synchronisation_comes_closer() {
        let mut delay = delays(400.0);
        let (mut first_off, mut third_off) = (0.0, 0.0);
        for _ in 0..1_000 {
            let first = synchronised(GUESS, 0.0, &mut delay);
            let third = synchronised(synchronised(first, 60_000.0, &mut delay), 120_000.0, &mut delay);
            for known in [first, third] {
                assert!((known.millis - TRUTH).abs() <= known.error, "{known:?}");
            }
            first_off += (first.millis - TRUTH).abs();
            third_off += (third.millis - TRUTH).abs();
        }
        assert!(third_off < first_off, "{third_off} {first_off}");
    }

    #[test]
    fn a_clock_that_was_set_is_believed_at_once() {
        let before = Offset::probed(0.0, 1_000_000.0, 2.0);
        let set = Offset::probed(1_000.0, 5_000_000.0, 1_100.0);
        assert_eq!(before.narrowed(set), set);
    }

    #[test]
    fn nobody_asks_for_ever_and_silence_changes_nothing() {
        let mut all = Synchronising::from(GUESS);
        let mut asked = 0;
        while all.goes_on() {
            all.take(None);
            asked += 1;
        }
        assert_eq!((asked, all.known().millis), (5, 0.0));
    }
}
