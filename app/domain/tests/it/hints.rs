//! In which order texts are read (`N10`). What a miss of the hints costs is measured in `nadwa-hints`.

use nadwa_domain::hints::in_order;
use nadwa_domain::time::{Instant, Span};

/// A text that waits: how grave it looks, when it came, and whether somebody needs help.
type Waiting = (u8, Instant, bool);

const CALM: u8 = 0;
const FAINT: u8 = 90;
const GRAVE: u8 = 100;

const fn of(one: &Waiting) -> (u8, Instant) {
    (one.0, one.1)
}

fn at(minute: i64) -> Instant {
    Instant(0) + Span::minutes(minute)
}

#[test]
fn the_graver_is_read_first_and_of_equals_the_older() {
    let waiting = vec![(CALM, at(0), false), (GRAVE, at(3), false), (GRAVE, at(2), false)];
    let read: Vec<Instant> = in_order(waiting, 0, of).into_iter().map(|one| one.1).collect();
    assert_eq!(read, [at(2), at(3), at(0)]);
}

#[test]
fn a_calm_text_waits_for_no_faint_one_that_came_ten_minutes_later() {
    let waiting = vec![(FAINT, at(11), false), (CALM, at(0), false)];
    assert_eq!(in_order(waiting, 0, of)[0].0, CALM);
}

#[test]
fn one_of_four_is_the_oldest_although_the_first_is_taken_each_time() {
    let mut waiting: Vec<Waiting> = (1..40).map(|minute| (GRAVE, Instant(minute), false)).collect();
    waiting.push((CALM, Instant(0), true));
    let mut read = 0;
    loop {
        let mut ordered = in_order(waiting, read, of);
        let (_, _, oldest) = ordered.remove(0);
        (waiting, read) = (ordered, read + 1);
        if oldest {
            break;
        }
    }
    assert!(read <= 4, "{read}");
}
