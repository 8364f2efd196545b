//! The table of weights: quantised to a byte each, one scale a head (classifier), and the thresholds of the grades.

use std::sync::OnceLock;

use nadwa_domain::hints::Grade;

use crate::features::{Feature, Features};

/// What is asked of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// Whether somebody may be in danger.
    Worry,
    /// Whether it could lead to a person.
    Private,
    /// Whether it may hurt.
    Rude,
    /// Whether its subject is grave.
    Topic,
}

impl Head {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 4] = [Self::Worry, Self::Private, Self::Rude, Self::Topic];

    /// The size of its hashed feature space, as a power of two.
    #[must_use]
    pub const fn bits(self) -> u32 {
        match self {
            Self::Worry => 16,
            Self::Private | Self::Rude | Self::Topic => 14,
        }
    }
}

/// So many quantiles of ordinary texts' scores are kept.
const ORDINARY: usize = 20;

/// The weights of one head.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// What one step of a quantised weight is worth.
    pub scale: f32,
    /// What is added to every text.
    pub bias: f32,
    /// The thresholds of faint, likely and clear; binary heads use the first.
    pub begins: [f32; 3],
    /// Quantiles of the scores of ordinary texts, in steps of a twentieth.
    pub ordinary: [f32; ORDINARY],
    /// The weights by hash, one byte each.
    pub places: Vec<i8>,
}

/// The weights of all heads.
#[derive(Clone, Debug, PartialEq)]
pub struct Table(pub [Weights; 4]);

impl Table {
    /// The one that was made from all labelled sentences.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Table> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::from_bytes(include_bytes!("../weights.bin")))
    }

    /// What lies in a file. One that is cut off says nothing of any text, as if there were no model.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut rest = bytes;
        Self(Head::ALL.map(|head| read(&mut rest, 1 << head.bits())))
    }

    /// As it lies in a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers =
            |weights: &Weights| [weights.scale, weights.bias].into_iter().chain(weights.begins).chain(weights.ordinary);
        let of = |weights: &Weights| {
            let numbers: Vec<u8> = numbers(weights).flat_map(f32::to_le_bytes).collect();
            numbers.into_iter().chain(weights.places.iter().map(|place| place.to_le_bytes()[0])).collect::<Vec<u8>>()
        };
        self.0.iter().flat_map(of).collect()
    }

    /// How grave a text is to a head; without a word it is nothing.
    #[must_use]
    pub fn grade(&self, head: Head, features: &Features) -> Grade {
        if features.words.is_empty() {
            return Grade::None;
        }
        let score = self.score(head, features);
        let [faint, likely, clear] = self.weights(head).begins.map(f64::from);
        match score {
            score if score >= clear => Grade::Clear,
            score if score >= likely => Grade::Likely,
            score if score >= faint => Grade::Faint,
            _ => Grade::None,
        }
    }

    /// How many of a hundred ordinary texts are calmer to a head.
    #[must_use]
    pub fn graver_than(&self, head: Head, features: &Features) -> u8 {
        if features.words.is_empty() {
            return 0;
        }
        let score = self.score(head, features);
        let below = self.weights(head).ordinary.iter().filter(|ordinary| f64::from(**ordinary) < score).count();
        u8::try_from(below * 100 / ORDINARY).unwrap_or(100)
    }

    /// Whether a head says yes.
    #[must_use]
    pub fn says(&self, head: Head, features: &Features) -> bool {
        self.grade(head, features) > Grade::None
    }

    /// The score of a text: more is graver.
    #[must_use]
    pub fn score(&self, head: Head, features: &Features) -> f64 {
        f64::from(self.weights(head).bias) + self.sum(head, features.all()) / features.length()
    }

    /// What some features weigh together, the text's length left aside.
    #[must_use]
    pub fn sum(&self, head: Head, features: &[Feature]) -> f64 {
        let weights = self.weights(head);
        let one = |feature: &Feature| f64::from(weights.places[place(head, feature)]) * feature.weight;
        features.iter().map(one).sum::<f64>() * f64::from(weights.scale)
    }

    const fn weights(&self, head: Head) -> &Weights {
        &self.0[head as usize]
    }
}

/// The index of a feature in the weights of a head.
#[must_use]
pub const fn place(head: Head, feature: &Feature) -> usize {
    (feature.hash & ((1 << head.bits()) - 1)) as usize
}

fn read(rest: &mut &[u8], places: usize) -> Weights {
    whole(rest, places).unwrap_or_else(|| Weights {
        scale: 0.0,
        bias: 0.0,
        begins: [f32::INFINITY; 3],
        ordinary: [f32::INFINITY; ORDINARY],
        places: vec![0; places],
    })
}

fn whole(rest: &mut &[u8], places: usize) -> Option<Weights> {
    let ([scale, bias], begins, ordinary) = (numbers(rest)?, numbers(rest)?, numbers(rest)?);
    let (bytes, after) = rest.split_at_checked(places)?;
    *rest = after;
    let places = bytes.iter().map(|byte| i8::from_le_bytes([*byte])).collect();
    Some(Weights { scale, bias, begins, ordinary, places })
}

fn numbers<const N: usize>(rest: &mut &[u8]) -> Option<[f32; N]> {
    let mut all = [0.0; N];
    for number in &mut all {
        let (first, after) = rest.split_first_chunk::<4>()?;
        *rest = after;
        *number = f32::from_le_bytes(*first);
    }
    Some(all)
}
