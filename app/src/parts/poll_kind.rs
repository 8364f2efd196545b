//! The kinds of polls, to be chosen from a list.

use nadwa_domain::session::poll::PollKind;

use crate::words::{Reader, poll as words};

/// Every kind as a form sends it, in the order of a list to choose from.
pub const KINDS: [(&str, PollKind); 11] = [
    ("single", PollKind::Single),
    ("yes_no", PollKind::YesNo),
    ("several", PollKind::Several { most: 2 }),
    ("agree", PollKind::Agree),
    ("happy", PollKind::Happy),
    ("pictures", PollKind::Pictures),
    ("dots", PollKind::Dots),
    ("ranking", PollKind::Ranking),
    ("estimate", PollKind::Estimate { low: 0, high: 100 }),
    ("words", PollKind::Words),
    ("wave", PollKind::Wave),
];

/// What a kind is called.
#[must_use]
pub fn kind_name(r: Reader, kind: PollKind) -> &'static str {
    match kind {
        PollKind::YesNo => words::kind_yes_no(r),
        PollKind::Single => words::kind_single(r),
        PollKind::Several { .. } => words::kind_several(r),
        PollKind::Agree => words::kind_agree(r),
        PollKind::Happy => words::kind_happy(r),
        PollKind::Pictures => words::kind_pictures(r),
        PollKind::Dots => words::kind_dots(r),
        PollKind::Ranking => words::kind_ranking(r),
        PollKind::Estimate { .. } => words::kind_estimate(r),
        PollKind::Words => words::kind_words(r),
        PollKind::Wave => words::kind_wave(r),
    }
}

/// A kind as a form sends it.
#[must_use]
pub fn kind_key(kind: PollKind) -> &'static str {
    let same = |other: &PollKind| std::mem::discriminant(other) == std::mem::discriminant(&kind);
    KINDS.iter().find(|(_, other)| same(other)).map_or("single", |(key, _)| key)
}
