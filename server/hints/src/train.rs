//! Makes a table from labelled sentences: a linear support vector machine with squared loss, by dual coordinate descent
//! (Hsieh et al., 2008). Additions and multiplications in one order and no function of a system's library, so that
//! the same sentences make the same bytes everywhere.

use crate::corpus::Sentence;
use crate::features::Features;
use crate::measure::quantile;
use crate::table::{Head, Table, Weights, place};

/// The penalty of an error against the regularisation of weights (`C`).
const COST: f64 = 1.0;
/// Epochs; it changes little after fifty.
const ROUNDS: usize = 80;
/// Folds of the cross-validation that finds the thresholds of grades.
const PARTS: usize = 5;

/// A sentence with what the model looks at.
#[derive(Clone, Debug)]
pub struct Example {
    pub sentence: Sentence,
    pub features: Features,
}

impl Example {
    /// Of a sentence.
    #[must_use]
    pub fn of(sentence: Sentence) -> Self {
        Self { features: Features::of(&sentence.text, &[]), sentence }
    }
}

/// The share of ordinary sentences that may be graded faint, likely and clear; for yes and no the first.
const fn false_alarms(head: Head) -> [f64; 3] {
    match head {
        Head::Worry => [0.075, 0.03, 0.01],
        Head::Private => [0.05, 0.0, 0.0],
        Head::Rude => [0.02, 0.0, 0.0],
        Head::Topic => [0.04, 0.0, 0.0],
    }
}

/// Makes a table from these.
#[must_use]
pub fn table(examples: &[&Example]) -> Table {
    Table(Head::ALL.map(|head| {
        let scores = unseen_scores(head, examples);
        let begins = false_alarms(head).map(|share| quantile(&scores, 1.0 - share));
        let twentieth = |place: usize| to_f32(quantile(&scores, to_f64(place) / 20.0));
        let ordinary = std::array::from_fn(twentieth);
        Weights { begins: begins.map(to_f32), ordinary, ..quantised(&weigh(head, examples)) }
    }))
}

/// Held-out scores of ordinary sentences.
fn unseen_scores(head: Head, examples: &[&Example]) -> Vec<f64> {
    let mut scores = Vec::new();
    for part in 0..PARTS {
        let (unseen, seen): (Vec<_>, Vec<_>) =
            examples.iter().enumerate().partition(|(place, _)| place % PARTS == part);
        let seen: Vec<&Example> = seen.into_iter().map(|(_, example)| *example).collect();
        let weights = weigh(head, &seen);
        let ordinary = unseen.into_iter().filter(|(_, example)| is_ordinary(head, &example.sentence));
        scores.extend(ordinary.map(|(_, example)| weights.score(head, &example.features)));
    }
    scores
}

const fn is_ordinary(head: Head, sentence: &Sentence) -> bool {
    match head {
        Head::Worry => sentence.is_clear_or_topic(),
        Head::Private | Head::Rude | Head::Topic => !sentence.is(head),
    }
}

struct Exact {
    bias: f64,
    places: Vec<f64>,
}

impl Exact {
    fn score(&self, head: Head, features: &Features) -> f64 {
        let sum: f64 = features.all().iter().map(|feature| self.places[place(head, feature)] * feature.weight).sum();
        self.bias + sum / features.length()
    }

    fn add(&mut self, head: Head, features: &Features, much: f64) {
        let each = much / features.length();
        features.all().iter().for_each(|feature| self.places[place(head, feature)] += each * feature.weight);
        self.bias += much;
    }
}

fn weigh(head: Head, examples: &[&Example]) -> Exact {
    let of_class = |yes: bool| examples.iter().filter(|example| example.sentence.is(head) == yes).count().max(1);
    let cost = |yes: bool| COST * to_f64(examples.len()) / (2.0 * to_f64(of_class(yes)));
    let (loose_yes, loose_no) = (0.5 / cost(true), 0.5 / cost(false));
    let mut weights = Exact { bias: 0.0, places: vec![0.0; 1 << head.bits()] };
    let mut duals = vec![0.0_f64; examples.len()];
    for round in 0..ROUNDS {
        for step in 0..examples.len() {
            let at = visited(step, round, examples.len());
            let example = examples[at];
            let yes = example.sentence.is(head);
            let (sign, loose) = if yes { (1.0, loose_yes) } else { (-1.0, loose_no) };
            let slope = sign * weights.score(head, &example.features) - 1.0 + loose * duals[at];
            // A text's vector has norm one, and the bias one more.
            let dual = (duals[at] - slope / (2.0 + loose)).max(0.0);
            weights.add(head, &example.features, (dual - duals[at]) * sign);
            duals[at] = dual;
        }
    }
    weights
}

/// Another order in each round, always the same ones: steps of a prime that does not divide the number of sentences.
const fn visited(step: usize, round: usize, all: usize) -> usize {
    const STRIDES: [usize; 5] = [7919, 6007, 4999, 3571, 2909];
    (step * STRIDES[round % STRIDES.len()] + round) % all
}

fn quantised(exact: &Exact) -> Weights {
    let largest = exact.places.iter().fold(0.0_f64, |largest, weight| largest.max(weight.abs())).max(f64::MIN_POSITIVE);
    let scale = largest / f64::from(i8::MAX);
    #[expect(clippy::cast_possible_truncation, reason = "at most 127 by the scale")]
    let byte = |weight: &f64| (weight / scale).round() as i8;
    Weights {
        scale: to_f32(scale),
        bias: to_f32(exact.bias),
        begins: [0.0; 3],
        ordinary: [0.0; 20],
        places: exact.places.iter().map(byte).collect(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "weights need no more digits")]
const fn to_f32(number: f64) -> f32 {
    number as f32
}

#[expect(clippy::cast_precision_loss, reason = "thousands of sentences")]
const fn to_f64(number: usize) -> f64 {
    number as f64
}
