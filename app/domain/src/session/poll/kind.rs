//! Kinds of poll, and what each needs (`F6`). «I'd rather not say» is always there besides.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoEnumIterator, IntoStaticStr};

use crate::ids::FileId;
use crate::refusal::Refusal;
use crate::session::poll::ballot::Answer;
use crate::session::poll::picture::Pictured;
use crate::time::Span;

/// Fewest options of a poll that lists them.
pub const MIN_OPTIONS: usize = 2;
/// Most options (`F6`).
pub const MAX_OPTIONS: usize = 6;
/// The shortest time that a poll stays open, unless it was planned otherwise (`A10`).
pub const MIN_OPEN: Span = Span::seconds(45);
/// The same for a wave of hands, which asks nobody to think.
pub const MIN_WAVE: Span = Span::seconds(10);
/// Dots that one voter has.
pub const DOTS: u8 = 3;
/// Bars into which estimates are gathered, so that no list of numbers is kept.
pub const BINS: u8 = 8;
/// Neither end of an estimate lies beyond this.
pub const FARTHEST: i64 = 1_000_000_000;

/// What kind of answer a poll takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, EnumIter, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PollKind {
    /// Yes, no, not sure.
    YesNo,
    /// One of the options. Every poll of the first version is of this kind.
    #[default]
    Single,
    /// Several of the options.
    Several {
        /// At most so many.
        most: u8,
    },
    /// A line of five, from «I fully agree» to «I do not agree at all».
    Agree,
    /// Five degrees, all of them good.
    Happy,
    /// One of up to six pictures, each with a name (`A11`).
    Pictures,
    /// Three dots, to be put on options, several on one if wished.
    Dots,
    /// The options in an order, by taps.
    Ranking,
    /// A number.
    Estimate {
        /// The least that may be said.
        low: i64,
        /// The most; more than `low`.
        high: i64,
    },
    /// Short words for a cloud, each read by the desk first (`S1`).
    Words,
    /// A wave of hands: who raises one is counted.
    Wave,
}

impl PollKind {
    /// Every kind, in the order of a list to choose from, as it usually is.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter().map(Self::usual)
    }

    /// Its name in forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The kind of that name, as it usually is.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        key.parse().ok().map(Self::usual)
    }

    fn usual(self) -> Self {
        match self {
            Self::Several { .. } => Self::Several { most: 2 },
            Self::Estimate { .. } => Self::Estimate { low: 0, high: 100 },
            Self::YesNo
            | Self::Single
            | Self::Agree
            | Self::Happy
            | Self::Pictures
            | Self::Dots
            | Self::Ranking
            | Self::Words
            | Self::Wave => self,
        }
    }

    /// How many totals it has, of so many options.
    #[must_use]
    pub fn places(self, options: usize) -> usize {
        match self {
            Self::YesNo => 3,
            Self::Agree | Self::Happy => 5,
            Self::Wave => 1,
            Self::Words => 0,
            Self::Estimate { low, high } => usize::from(bins(low, high)),
            Self::Single | Self::Several { .. } | Self::Pictures | Self::Dots | Self::Ranking => options,
        }
    }

    /// Whether whoever makes it writes its options.
    #[must_use]
    pub const fn lists_options(self) -> bool {
        matches!(self, Self::Single | Self::Several { .. } | Self::Pictures | Self::Dots | Self::Ranking)
    }

    /// Whether hands in the room can answer it (`F8`).
    #[must_use]
    pub const fn takes_hands(self) -> bool {
        matches!(
            self,
            Self::YesNo | Self::Single | Self::Several { .. } | Self::Agree | Self::Happy | Self::Pictures | Self::Wave
        )
    }

    /// The shortest time that it stays open, unless it was planned otherwise (`A10`).
    #[must_use]
    pub const fn min_open(self) -> Span {
        match self {
            Self::Wave => MIN_WAVE,
            // `A10` knows one time for all others.
            _ => MIN_OPEN,
        }
    }

    /// Whether a voter may choose this.
    ///
    /// # Errors
    /// [`Refusal::NoSuchOption`], [`Refusal::TooManyChoices`], [`Refusal::OutOfRange`].
    pub fn accepts(self, options: usize, answer: &Answer) -> Result<(), Refusal> {
        let there = |place: &u8| usize::from(*place) < self.places(options);
        let fits = |all: bool| if all { Ok(()) } else { Err(Refusal::NoSuchOption) };
        match (self, answer) {
            (_, Answer::RatherNot) => Ok(()),
            (
                Self::YesNo | Self::Single | Self::Agree | Self::Happy | Self::Pictures | Self::Wave,
                Answer::One(place),
            ) => fits(there(place)),
            (Self::Several { most }, Answer::Some(places)) => {
                fits(places.iter().all(there))?;
                at_most(places.len(), most)
            }
            (Self::Dots, Answer::Dots(dots)) => {
                fits(dots.len() <= options)?;
                at_most(dots.iter().map(|n| usize::from(*n)).sum(), DOTS)
            }
            (Self::Ranking, Answer::Order(places)) => fits(places.iter().all(there)),
            (Self::Estimate { low, high }, Answer::Number(number)) if (low..=high).contains(number) => Ok(()),
            (Self::Estimate { low, high }, Answer::Number(_)) => Err(Refusal::OutOfRange { low, high }),
            _ => Err(Refusal::NoSuchOption),
        }
    }
}

fn at_most(chosen: usize, most: u8) -> Result<(), Refusal> {
    if chosen <= usize::from(most) { Ok(()) } else { Err(Refusal::TooManyChoices { most }) }
}

/// How many bars stand for the numbers from `low` to `high`.
fn bins(low: i64, high: i64) -> u8 {
    let numbers = high.saturating_sub(low).saturating_add(1);
    u8::try_from(numbers).map_or(BINS, |numbers| numbers.clamp(1, BINS))
}

/// The bar in which a number stands, from 0.
#[must_use]
pub fn bin(low: i64, high: i64, number: i64) -> usize {
    let (bars, numbers) = (i128::from(bins(low, high)), i128::from(high) - i128::from(low) + 1);
    let place = (i128::from(number) - i128::from(low)).clamp(0, numbers - 1) * bars / numbers.max(1);
    usize::try_from(place).unwrap_or(0)
}

/// The least and the most number of a bar.
#[must_use]
pub fn bin_ends(low: i64, high: i64, place: usize) -> (i64, i64) {
    let (bars, numbers) = (i128::from(bins(low, high)), i128::from(high) - i128::from(low) + 1);
    let place = i128::try_from(place).unwrap_or(0);
    // The first number n with n * bars / numbers >= place.
    let first = |place: i128| i128::from(low) + (place * numbers + bars - 1) / bars;
    let whole = |n: i128| i64::try_from(n).unwrap_or(high);
    (whole(first(place)), whole(first(place + 1) - 1))
}

/// How a poll is answered, by whom, and with which pictures. The default is a poll of the first version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// What kind of answer.
    pub kind: PollKind,
    /// A picture for each option, in a poll of pictures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Pictured>,
    /// Children's and adults' answers are shown apart, if voters say which they are.
    #[serde(skip_serializing_if = "is_false")]
    pub apart: bool,
    /// One person one vote: only a phone with a seat code votes.
    #[serde(skip_serializing_if = "is_false")]
    pub seats: bool,
}

impl Rule {
    /// Whether it is as a poll of the first version is.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// The pictures that organizers brought.
    pub fn brought(&self) -> impl Iterator<Item = FileId> {
        self.pictures.iter().filter_map(|picture| match picture {
            Pictured::Brought(file) => Some(*file),
            Pictured::Ours(_) => None,
        })
    }

    /// Whether a poll of so many options can be asked so.
    #[must_use]
    pub fn fits(&self, options: usize) -> bool {
        let listed =
            if self.kind.lists_options() { (MIN_OPTIONS..=MAX_OPTIONS).contains(&options) } else { options == 0 };
        let own = match self.kind {
            PollKind::Several { most } => (1..=options).contains(&usize::from(most)),
            PollKind::Estimate { low, high } => -FARTHEST <= low && low < high && high <= FARTHEST,
            PollKind::YesNo
            | PollKind::Single
            | PollKind::Agree
            | PollKind::Happy
            | PollKind::Pictures
            | PollKind::Dots
            | PollKind::Ranking
            | PollKind::Words
            | PollKind::Wave => true,
        };
        let pictures =
            if self.kind == PollKind::Pictures { self.pictures.len() == options } else { self.pictures.is_empty() };
        let words = self.kind != PollKind::Words || !(self.apart || self.seats);
        listed && own && pictures && words
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_stands_in_one_bar_and_every_bar_has_its_numbers() {
        for (low, high) in [(0, 100), (-7, 7), (1, 3), (5, 6), (0, FARTHEST), (1, 12)] {
            let bars = PollKind::Estimate { low, high }.places(0);
            assert_eq!((bin(low, high, low), bin(low, high, high)), (0, bars - 1));
            for place in 0..bars {
                let (first, last) = bin_ends(low, high, place);
                assert!(first <= last && (bin(low, high, first), bin(low, high, last)) == (place, place));
            }
        }
    }
}
