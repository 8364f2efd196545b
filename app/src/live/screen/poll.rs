//! A poll on the wall: what is asked, and once the children show them, the results as bars that nobody wins.

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::{PollState, PollView, Results};

use crate::live::screen::Wall;
use crate::parts::team::size_of;
use crate::parts::{Bars, Plain, Shape};
use crate::words::{audience, screen};

/// The poll: what can be chosen and no numbers before the end, then the results.
pub(super) fn main(wall: Wall, poll: &PollView) -> impl IntoView + use<> {
    let r = wall.r;
    let (label, below) = match poll.state.clone() {
        PollState::Open => (screen::poll_open(r).to_owned(), Either::Left(voting(wall, poll))),
        PollState::Closed => (screen::poll_closed(r).to_owned(), Either::Left(voting(wall, poll))),
        PollState::Shown(results) => {
            let label = match &results {
                Results::TooFew => screen::poll_ended(r).to_owned(),
                Results::Counts { options, rather_not } => {
                    let everybody = options.iter().chain([rather_not]).map(|n| u64::from(*n)).sum();
                    screen::results(r, &audience::votes(r, everybody))
                }
            };
            (label, Either::Right(view! { <Bars reader=r options=poll.options.clone() results/> }))
        }
    };
    view! { {head(&poll.question, label)} {below} }
}

fn head(question: &Phrase, label: String) -> impl IntoView + use<> {
    view! {
        <div data-moment="poll">
            <p class="label"><Shape name="poll"/> {label}</p>
            <h1 class=size_of(&question.text)><Plain phrase=question.clone()/></h1>
        </div>
    }
}

fn voting(wall: Wall, poll: &PollView) -> impl IntoView + use<> {
    let options = poll.options.iter().map(|option| view! { <li><Plain phrase=option.clone()/></li> }).collect_view();
    view! {
        <ul class="choices">{options}</ul>
        <p class="soft">{audience::vote_private(wall.r)}</p>
    }
}
