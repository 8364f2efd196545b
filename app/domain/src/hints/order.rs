//! In which order waiting texts are read (`N10`, `S16`): the graver before the calmer, and nobody forgotten.
//!
//! A grade may be wrong, so age has its fair share twice. Each text has a *due time*, when it came in and the patience
//! of its grade later: a calm one is never behind a grave one that came ten minutes after it. And of every four texts
//! that a desk reads, one is simply the oldest: a worry that nothing noticed is reached as well.

use std::cmp::Reverse;

use crate::time::{Instant, Span};

/// One of so many is the oldest: neither the first that a desk reads nor the one behind it.
const FAIR_SHARE: usize = 4;
/// Its place among them.
const OLDEST: usize = 2;

/// A text that nothing was noticed in may be read so much later than the gravest that came at the same time.
const PATIENCE: Span = Span::minutes(10);

/// From so many of a hundred on a text is grave: it is before all calmer ones, however long those wait.
const GRAVE: u8 = 95;
/// Longer than anything waits.
const AHEAD: Span = Span::minutes(-24 * 60);

/// How much later a text may be read than the gravest, by how many of a hundred ordinary ones are calmer.
#[must_use]
pub fn patience(graver_than: u8) -> Span {
    if graver_than >= GRAVE {
        return AHEAD;
    }
    Span(PATIENCE.0 * i64::from(100 - graver_than.min(100)) / 100)
}

/// Puts what waits in the order of reading; `of` tells how many of a hundred ordinary
/// texts are calmer, and when it came. `read` is how many this desk has read so far, so that the oldest has its
/// turn although whoever reads takes the first each time.
#[must_use]
pub fn in_order<T>(waiting: Vec<T>, read: usize, of: impl Fn(&T) -> (u8, Instant)) -> Vec<T> {
    let keys: Vec<(u8, Instant)> = waiting.iter().map(of).collect();
    // What is next stands at the end; of equals the one that stood first.
    let mut by_due: Vec<usize> = (0..keys.len()).rev().collect();
    let mut by_age = by_due.clone();
    by_due.sort_by_key(|place| {
        let (graver_than, at) = keys[*place];
        Reverse((at + patience(graver_than), at))
    });
    by_age.sort_by_key(|place| Reverse(keys[*place].1));
    let mut left: Vec<Option<T>> = waiting.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(left.len());
    while ordered.len() < left.len() {
        let oldest = (read + ordered.len()) % FAIR_SHARE == OLDEST;
        let next = if oldest { by_age.pop() } else { by_due.pop() };
        ordered.extend(next.and_then(|place| left[place].take()));
    }
    ordered
}
