//! In which order waiting texts are read (`N10`, `S16`): the graver before the calmer, and nobody forgotten.
//!
//! A grade may be wrong, so age has its fair share twice. Each text has a *due time*, when it came in and the patience
//! of its grade later: a calm one is never behind a grave one that came ten minutes after it. And of every four texts
//! that a desk reads, one is simply the oldest: a worry that nothing noticed is reached as well.

use std::cmp::Reverse;

use crate::hints::Grade;
use crate::time::{Instant, Span};

/// One of so many is the oldest.
const FAIR_SHARE: usize = 4;

impl Grade {
    /// How much later a text of this grade may be read than one that is clear and came at the same time.
    #[must_use]
    pub const fn patience(self) -> Span {
        match self {
            Self::Clear => Span(0),
            Self::Likely => Span::minutes(2),
            Self::Faint => Span::minutes(5),
            Self::None => Span::minutes(10),
        }
    }
}

/// Puts what waits in the order of reading; `read` is how many this desk has read so far, so that the oldest has its
/// turn although whoever reads takes the first each time.
#[must_use]
pub fn in_order<T>(mut waiting: Vec<T>, read: usize, of: impl Fn(&T) -> (Grade, Instant)) -> Vec<T> {
    // From behind: the next by its due time is the last, and so is the oldest of those.
    waiting.sort_by_key(|one| {
        let (grade, at) = of(one);
        Reverse((at + grade.patience(), at))
    });
    let mut by_age: Vec<usize> = (0..waiting.len()).collect();
    by_age.sort_by_key(|place| Reverse((of(&waiting[*place]).1, Reverse(*place))));
    let mut left: Vec<Option<T>> = waiting.into_iter().map(Some).collect();
    let mut by_due: Vec<usize> = (0..left.len()).collect();
    let mut ordered = Vec::with_capacity(left.len());
    while ordered.len() < left.len() {
        let oldest = (read + ordered.len()) % FAIR_SHARE == FAIR_SHARE - 1;
        let next = if oldest { by_age.pop() } else { by_due.pop() };
        ordered.extend(next.and_then(|place| left[place].take()));
    }
    ordered
}
