//! A poll on the wall: what is asked, and once the children show them, the results, which nobody wins.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::session::poll::{AnnulReason, PollKind};
use nadwa_domain::view::poll::Turnout;
use nadwa_domain::view::{PollState, PollView, Results};

use crate::live::screen::Wall;
use crate::parts::drawing::{Drawing, drawing};
use crate::parts::results::labels;
use crate::parts::team::size_of;
use crate::parts::{Plain, PollResults, Shape};
use crate::words::{Reader, audience, numbers, poll as words, screen};

/// The poll: what can be chosen and no numbers before the end, then the results.
pub(super) fn main(wall: Wall, poll: &PollView) -> impl IntoView + use<> {
    let r = wall.r;
    let (label, below) = match poll.state.clone() {
        PollState::Open => {
            let label = if poll.last_call { words::last_call(r) } else { screen::poll_open(r) };
            (label.to_owned(), voting(r, poll).into_any())
        }
        PollState::Closed => (screen::poll_closed(r).to_owned(), voting(r, poll).into_any()),
        PollState::Annulled(reason) => (words::annulled(r).to_owned(), view! { <p>{why(r, reason)}</p> }.into_any()),
        PollState::Shown(results) => {
            let label = match &results {
                Results::TooFew => screen::poll_ended(r).to_owned(),
                Results::Counts(counts) => screen::results(r, &audience::votes(r, counts.voters.into())),
                Results::Cloud { voters, .. } => screen::results(r, &audience::votes(r, (*voters).into())),
            };
            (label, view! { <PollResults reader=r poll=poll.clone() results/> }.into_any())
        }
    };
    view! { {head(r, poll, label)} <div class="below">{below}</div> }
}

fn head(r: Reader, poll: &PollView, label: String) -> impl IntoView + use<> {
    let round = (poll.round > 1).then(|| [" · ", words::round_two(r)].concat());
    let question: &Phrase = &poll.question;
    view! {
        <div data-moment="poll">
            <p class="label"><Shape name="poll"/> {label} {round}</p>
            <h1 class=size_of(&question.text)><Plain phrase=question.clone()/></h1>
        </div>
    }
}

fn voting(r: Reader, poll: &PollView) -> impl IntoView + use<> {
    let listed = !matches!(poll.kind, PollKind::Estimate { .. } | PollKind::Wave);
    let options: Vec<_> = labels(r, poll)
        .into_iter()
        .enumerate()
        .filter(|_| listed)
        .map(|(place, label)| {
            let drawn = Drawing::of(poll.kind, &poll.pictures, place).map(drawing);
            view! { <li>{drawn} <Plain phrase=label/></li> }
        })
        .collect();
    let class = match poll.kind {
        PollKind::Agree | PollKind::Happy => "choices line-of",
        PollKind::Pictures => "choices pictured",
        PollKind::YesNo
        | PollKind::Single
        | PollKind::Several { .. }
        | PollKind::Dots
        | PollKind::Ranking
        | PollKind::Estimate { .. }
        | PollKind::Words
        | PollKind::Wave => "choices",
    };
    view! {
        <ul class=class>{options}</ul>
        {(poll.kind == PollKind::Wave).then(|| Drawing::of(PollKind::Wave, &[], 0).map(drawing))}
        <p class="soft">{how(r, poll)} {poll.turnout.map(|turnout| view! { <span class="turnout">" · " {told(r, turnout)}</span> })}</p>
    }
}

/// How one answers, in a word, and that nobody is known by it.
fn how(r: Reader, poll: &PollView) -> String {
    match poll.kind {
        PollKind::Several { most } => words::pick_up_to(r, most.into()),
        PollKind::Dots => words::kind_dots(r).to_owned(),
        PollKind::Words => words::word_notice(r).to_owned(),
        PollKind::Estimate { low, high } => words::estimate(r, &numbers::number(r, low), &numbers::number(r, high)),
        PollKind::YesNo
        | PollKind::Single
        | PollKind::Agree
        | PollKind::Happy
        | PollKind::Pictures
        | PollKind::Ranking
        | PollKind::Wave => audience::vote_private(r).to_owned(),
    }
}

/// «42 of 50 have voted».
#[must_use]
pub fn told(r: Reader, turnout: Turnout) -> String {
    let number = |n: u32| numbers::number(r, n.into());
    match turnout.of {
        Some(all) => words::turnout(r, &number(turnout.voted), &number(all)),
        None => words::turnout_alone(r, &number(turnout.voted)),
    }
}

fn why(r: Reader, reason: AnnulReason) -> &'static str {
    match reason {
        AnnulReason::Unclear => words::annulled_unclear(r),
        AnnulReason::Options => words::annulled_options(r),
        AnnulReason::Devices => words::annulled_devices(r),
    }
}
