//! In which order texts are read, and what a miss of the hints costs (`N10`).

use nadwa_domain::hints::{Grade, in_order};
use nadwa_domain::time::{Instant, Span};

/// A text that waits: its grade, when it came, and whether somebody needs help.
type Waiting = (Grade, Instant, bool);

const fn of(one: &Waiting) -> (Grade, Instant) {
    (one.0, one.1)
}

fn at(minute: i64) -> Instant {
    Instant(0) + Span::minutes(minute)
}

#[test]
fn the_graver_is_read_first_and_of_equals_the_older() {
    let waiting = vec![(Grade::None, at(0), false), (Grade::Clear, at(3), false), (Grade::Clear, at(2), false)];
    let read: Vec<Instant> = in_order(waiting, 0, of).into_iter().map(|one| one.1).collect();
    assert_eq!(read, [at(2), at(3), at(0)]);
}

#[test]
fn a_calm_text_waits_for_no_grave_one_that_came_ten_minutes_later() {
    let waiting = vec![(Grade::Clear, at(11), false), (Grade::None, at(0), false)];
    assert_eq!(in_order(waiting, 0, of)[0].0, Grade::None);
}

#[test]
fn one_of_four_is_the_oldest_although_the_first_is_taken_each_time() {
    let mut waiting: Vec<Waiting> = (1..40).map(|minute| (Grade::Clear, Instant(minute), false)).collect();
    waiting.push((Grade::None, Instant(0), true));
    let mut read = 0;
    loop {
        let mut ordered = in_order(waiting, read, of);
        let (_, _, oldest) = ordered.remove(0);
        (waiting, read) = (ordered, read + 1);
        if oldest {
            break;
        }
    }
    assert_eq!(read, 4);
}

/// Numbers that look like chance and are the same each time, between nought and one.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / (1_u64 << 24) as f64
    }
}

/// Three hundred texts wait, fifteen of them worries; the grades are as often right as was measured on sentences that
/// the hints had not seen (`nadwa-hints`). One person reads, eight seconds each. In seconds: the mean, and the last.
fn waits(graded: bool) -> (f64, f64) {
    const READS_FOR: f64 = 8.0;
    let mut chance = Chance(20_261_130);
    let (mut sum, mut last, mut worries) = (0.0, 0.0, 0.0);
    for _ in 0..60 {
        let mut waiting: Vec<Waiting> = (0..300).map(|place| (Grade::None, Instant(place * 1_000), false)).collect();
        for _ in 0..15 {
            waiting[(chance.next() * 300.0) as usize].2 = true;
        }
        for one in &mut waiting {
            let dice = chance.next();
            let [clear, likely, faint] = if one.2 { [0.38, 0.61, 0.76] } else { [0.01, 0.03, 0.08] };
            one.0 = match dice {
                _ if !graded => Grade::None,
                dice if dice < clear => Grade::Clear,
                dice if dice < likely => Grade::Likely,
                dice if dice < faint => Grade::Faint,
                _ => Grade::None,
            };
        }
        let mut longest = 0.0_f64;
        for (place, _) in in_order(waiting, 0, of).into_iter().enumerate().filter(|(_, one)| one.2) {
            let wait = (place + 1) as f64 * READS_FOR;
            (sum, worries, longest) = (sum + wait, worries + 1.0, longest.max(wait));
        }
        last += longest;
    }
    (sum / worries, last / 60.0)
}

#[test]
fn a_worry_is_read_in_a_third_of_the_time() {
    let ((before, last_before), (now, last_now)) = (waits(false), waits(true));
    println!(
        "a worry waits {before:.0} s in the mean, {now:.0} s by grade; the last {last_before:.0} s, {last_now:.0} s"
    );
    assert!(now <= before / 3.0, "{now:.0} of {before:.0} s");
}
