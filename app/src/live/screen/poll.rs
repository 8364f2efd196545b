//! A poll on the wall: what is asked, and once the children show them, the results as bars that nobody wins.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::{PollState, PollView, Results};

use crate::live::screen::Wall;
use crate::parts::team::size_of;
use crate::parts::{Bars, Plain, Shape};
use crate::words::{audience, screen};

/// The poll.
pub(super) fn main(wall: Wall, poll: &PollView) -> AnyView {
    match &poll.state {
        PollState::Open => voting(wall, poll, screen::poll_open(wall.r)).into_any(),
        PollState::Closed => voting(wall, poll, screen::poll_closed(wall.r)).into_any(),
        PollState::Shown(Results::TooFew) => view! {
            {head(&poll.question, screen::poll_closed(wall.r).to_owned())}
            <p>{audience::results_few(wall.r)}</p>
        }
        .into_any(),
        PollState::Shown(results @ Results::Counts { options, rather_not }) => {
            let everybody = options.iter().chain([rather_not]).map(|n| u64::from(*n)).sum();
            let label = screen::results(wall.r, &audience::votes(wall.r, everybody));
            view! { {head(&poll.question, label)} <Bars reader=wall.r options=poll.options.clone() results=results.clone()/> }.into_any()
        }
    }
}

fn head(question: &Phrase, label: String) -> impl IntoView {
    view! {
        <div data-moment="poll">
            <p class="label"><Shape name="poll"/> {label}</p>
            <h1 class=size_of(&question.text)><Plain phrase=question.clone()/></h1>
        </div>
    }
}

/// What can be chosen, and no numbers before the end.
fn voting(wall: Wall, poll: &PollView, label: &str) -> impl IntoView {
    let options = poll.options.iter().map(|option| view! { <li><Plain phrase=option.clone()/></li> }).collect_view();
    view! {
        {head(&poll.question, label.to_owned())}
        <ul class="choices">{options}</ul>
        <p class="soft">{audience::vote_private(wall.r)}</p>
    }
}
