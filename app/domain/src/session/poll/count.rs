//! Counting: ballots become totals, and then nobody can say who voted what (`S14`).
//!
//! What could tell is not even kept: the totals of fewer than five voters, a group of fewer than five, the list of numbers.

use serde::{Deserialize, Serialize};

use crate::session::poll::ballot::{Answer, Ballot, Came, Voice};
use crate::session::poll::kind::{PollKind, Rule, bin};

/// With fewer answers than this, results are not shown: they could tell who voted what (`F7`).
pub const FEWEST_SHOWN: u32 = 5;

/// Ballots counted. Who voted what is not known any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// For each option: votes, dots, or points of a ranking.
    pub options: Vec<u32>,
    /// Of those who would rather not say.
    pub rather_not: u32,
    /// What the first version did not count.
    pub more: More,
}

/// What the first version did not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct More {
    /// How many voted, with or without an option; 0 where the first version counted.
    pub voters: u32,
    /// Of estimates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle: Option<Middle>,
    /// Children's and adults' answers apart, where that tells nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apart: Option<Apart>,
    /// Ballots that are told apart.
    #[serde(skip_serializing_if = "ToldApart::is_none")]
    pub told_apart: ToldApart,
}

/// Ballots that the moderators are told of apart, since one device may have cast many (`G3`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToldApart {
    /// Of the voters that are counted: their phones came after the poll had opened.
    pub after: u32,
    /// Of new devices, and not counted: they make no fifth voter of four (`F7`).
    pub not_counted: u32,
}

impl ToldApart {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Where the middle of all estimates lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Middle {
    /// A quarter said no more than this.
    pub low: i64,
    /// Half said no more than this.
    pub half: i64,
    /// A quarter said no less than this.
    pub high: i64,
}

/// Answers apart, by the voters' own word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// Of those who said that they are children.
    pub children: Share,
    /// Of those who said that they are adults.
    pub adults: Share,
}

/// One group's answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// For each option.
    pub options: Vec<u32>,
    /// Of those who would rather not say.
    pub rather_not: u32,
    /// How many voted.
    pub voters: u32,
}

impl More {
    /// Whether there is nothing in it, as in the first version.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Totals {
    /// Everybody who answered, with or without an option.
    #[must_use]
    pub fn everybody(&self) -> u32 {
        let counted = self.options.iter().fold(self.rather_not, |sum, n| sum.saturating_add(*n));
        if self.more.voters > 0 { self.more.voters } else { counted }
    }

    /// Whether so few answered that showing it could tell who voted what (`F7`).
    #[must_use]
    pub fn too_few(&self) -> bool {
        self.everybody() < FEWEST_SHOWN
    }
}

/// Counts ballots, each with how many voters chose just that. What could tell a voter's choice is left out.
#[must_use]
pub fn count(rule: &Rule, options: usize, ballots: &[(Ballot, u32)]) -> Totals {
    let of = |came: Came| ballots.iter().filter(move |(ballot, _)| ballot.came == came && !ballot.answer.is_open());
    let sum = |came| of(came).fold(0_u32, |sum, (_, n)| sum.saturating_add(*n));
    let told_apart = ToldApart { after: sum(Came::After), not_counted: sum(Came::New) };
    let counted: Vec<_> = ballots.iter().filter(|(ballot, _)| ballot.came != Came::New).cloned().collect();
    let ballots = counted.as_slice();
    let all = share(rule.kind, options, ballots, |_| true);
    if all.voters < FEWEST_SHOWN {
        let more = More { voters: all.voters, told_apart, ..More::default() };
        return Totals { options: vec![0; rule.kind.places(options)], rather_not: 0, more };
    }
    let apart = rule.apart.then(|| apart(rule.kind, options, ballots, all.voters)).flatten();
    let more = More { voters: all.voters, middle: middle(ballots), apart, told_apart };
    Totals { options: all.options, rather_not: all.rather_not, more }
}

fn share(kind: PollKind, options: usize, ballots: &[(Ballot, u32)], of: impl Fn(Voice) -> bool) -> Share {
    let mut share = Share { options: vec![0; kind.places(options)], ..Share::default() };
    for (ballot, n) in ballots.iter().filter(|(ballot, _)| of(ballot.voice) && !ballot.answer.is_open()) {
        share.voters = share.voters.saturating_add(*n);
        add(kind, &ballot.answer, *n, &mut share);
    }
    share
}

fn add(kind: PollKind, answer: &Answer, n: u32, share: &mut Share) {
    let all = share.options.len();
    let mut give = |place: usize, points: u32| {
        if let Some(total) = share.options.get_mut(place) {
            *total = total.saturating_add(points.saturating_mul(n));
        }
    };
    match (answer, kind) {
        (Answer::RatherNot, _) => share.rather_not = share.rather_not.saturating_add(n),
        (Answer::One(place), _) => give(usize::from(*place), 1),
        (Answer::Some(places), _) => places.iter().for_each(|place| give(usize::from(*place), 1)),
        (Answer::Dots(dots), _) => dots.iter().enumerate().for_each(|(place, dots)| give(place, u32::from(*dots))),
        // The dearest of six gets six points, the next five; an option that was not put in an order gets none.
        (Answer::Order(places), _) => {
            for (rank, place) in places.iter().enumerate() {
                give(usize::from(*place), u32::try_from(all.saturating_sub(rank)).unwrap_or(0));
            }
        }
        (Answer::Number(number), PollKind::Estimate { low, high }) => give(bin(low, high, *number), 1),
        (Answer::Number(_), _) => {}
    }
}

/// Both groups, if neither they nor the rest is so small that it could be told.
fn apart(kind: PollKind, options: usize, ballots: &[(Ballot, u32)], all: u32) -> Option<Apart> {
    let children = share(kind, options, ballots, |voice| voice == Voice::Child);
    let adults = share(kind, options, ballots, |voice| voice == Voice::Adult);
    let rest = all.saturating_sub(children.voters).saturating_sub(adults.voters);
    let enough = children.voters >= FEWEST_SHOWN && adults.voters >= FEWEST_SHOWN;
    (enough && (rest == 0 || rest >= FEWEST_SHOWN)).then_some(Apart { children, adults })
}

fn middle(ballots: &[(Ballot, u32)]) -> Option<Middle> {
    let mut numbers: Vec<(i64, u64)> = ballots
        .iter()
        .filter_map(|(ballot, n)| match ballot.answer {
            Answer::Number(number) => Some((number, u64::from(*n))),
            Answer::RatherNot | Answer::One(_) | Answer::Some(_) | Answer::Dots(_) | Answer::Order(_) => None,
        })
        .collect();
    numbers.sort_unstable();
    let all: u64 = numbers.iter().map(|(_, n)| n).sum();
    if all < u64::from(FEWEST_SHOWN) {
        return None;
    }
    let at = |place: u64| {
        let mut before = 0;
        let found = numbers.iter().find(|(_, n)| {
            before += n;
            before > place
        });
        found.map_or(0, |(number, _)| *number)
    };
    Some(Middle { low: at(all / 4), half: at(all / 2), high: at(all - 1 - all / 4) })
}
