//! The kinds of polls, to be chosen from a list.

use nadwa_domain::session::poll::PollKind;

use crate::words::{Reader, poll as words};

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
