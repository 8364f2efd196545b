//! How well something tells one kind of sentence from another.

/// The quantile: the value below which a share of all lies; infinite for all of them.
#[must_use]
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list"
    )]
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at).copied().unwrap_or(f64::INFINITY)
}

/// The share for which something holds; zero of nothing.
#[must_use]
pub fn share<T>(all: &[T], holds: impl Fn(&T) -> bool) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "thousands of sentences")]
    let number = |n: usize| n as f64;
    number(all.iter().filter(|one| holds(one)).count()) / number(all.len().max(1))
}

/// The area under the ROC curve: how often a positive one scores above a negative one.
#[must_use]
pub fn area(positive: &[f64], negative: &[f64]) -> f64 {
    let above = |score: f64| {
        share(negative, |other| *other < score) + 0.5 * share(negative, |other| (*other - score).abs() < f64::EPSILON)
    };
    #[expect(clippy::cast_precision_loss, reason = "thousands of sentences")]
    let mean = positive.iter().map(|score| above(*score)).sum::<f64>() / positive.len().max(1) as f64;
    mean
}
