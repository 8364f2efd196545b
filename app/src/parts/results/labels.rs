//! What each total of a poll is called.

use nadwa_domain::lang::{Dir, Phrase};
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::kind::bin_ends;
use nadwa_domain::session::poll::picture::Pictured;
use nadwa_domain::view::PollView;

use crate::parts::drawing;
use crate::parts::phrase::own;
use crate::words::{Reader, audience, common, numbers, poll as words};

/// What each total of a poll is called.
#[must_use]
pub fn labels(r: Reader, poll: &PollView) -> Vec<Phrase> {
    let ours = |texts: &[&'static str]| texts.iter().map(|text| own(r, text)).collect();
    match poll.kind {
        PollKind::YesNo => ours(&[common::yes(r), common::no(r), common::not_sure(r)]),
        PollKind::Agree => ours(&[
            audience::agree_fully(r),
            audience::agree(r),
            audience::agree_partly(r),
            audience::disagree(r),
            audience::disagree_fully(r),
        ]),
        PollKind::Happy => ours(&[
            audience::degree_fine(r),
            audience::degree_good(r),
            audience::degree_very_good(r),
            audience::degree_great(r),
            audience::degree_best(r),
        ]),
        PollKind::Wave => ours(&[words::kind_wave(r)]),
        PollKind::Estimate { low, high } => {
            // From the least to the most in the order of digits, in Arabic too (`L3`).
            let in_order = |name: String| Phrase { dir: Dir::Ltr, ..own(r, &name) };
            (0..poll.kind.places(0)).map(|place| in_order(bar_name(r, low, high, place))).collect()
        }
        PollKind::Pictures => (0..poll.options.len()).map(|place| picture_name(r, poll, place)).collect(),
        PollKind::Single | PollKind::Several { .. } | PollKind::Dots | PollKind::Ranking | PollKind::Words => {
            poll.options.clone()
        }
    }
}

fn bar_name(r: Reader, low: i64, high: i64, place: usize) -> String {
    let (first, last) = bin_ends(low, high, place);
    if first == last { numbers::number(r, first) } else { numbers::range(r, first, last) }
}

/// A picture's own words, or its name.
fn picture_name(r: Reader, poll: &PollView, place: usize) -> Phrase {
    let written = poll.options.get(place).filter(|phrase| !phrase.is_empty()).cloned();
    let name = || match poll.pictures.get(place) {
        Some(Pictured::Ours(picture)) => Some(own(r, drawing::name(r, *picture))),
        Some(Pictured::Brought(_)) | None => None,
    };
    written.or_else(name).unwrap_or_default()
}
