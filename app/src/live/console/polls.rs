//! The planned polls, opened and closed by hand. In a poll's own step of the plan the big button does the same.

use leptos::prelude::*;
use nadwa_domain::ids::PollId;
use nadwa_domain::view::console::{ConsolePoll, ConsolePollState as State, ConsoleView};

use crate::live::console::Tablet;
use crate::parts::{Plain, Shape};
use crate::words::{audience, console};

/// The list; polls are planned before the session and keep their places.
pub(super) fn polls(t: Tablet) -> impl IntoView {
    let polls = t.view.with_untracked(|view| view.polls.clone());
    (!polls.is_empty()).then(|| {
        view! {
            <h2 class="label" data-moment="poll" id="polls"><Shape name="poll"/> {console::polls_title(t.r)}</h2>
            <ul class="picks" aria-labelledby="polls">
                {polls.into_iter().map(|poll| item(t, &poll)).collect_view()}
            </ul>
        }
    })
}

fn item(t: Tablet, poll: &ConsolePoll) -> impl IntoView + use<> {
    let id = poll.id;
    let state = Memo::new(move |_| t.view.with(|view| state(view, id)));
    let on_phones = Memo::new(move |_| t.view.with(|view| view.poll_on_phones == Some(id)));
    view! {
        <li class="pick" data-moment="poll" class:is-chosen=move || on_phones.get()>
            <Shape name="poll"/>
            <span>
                <Plain phrase=poll.question.clone()/>
                <span class="note" role="status">{move || tells(t, state.get())}</span>
            </span>
            {does(t, id, state, on_phones)}
        </li>
    }
}

fn state(view: &ConsoleView, id: PollId) -> State {
    view.polls.iter().find(|poll| poll.id == id).map_or(State::Draft, |poll| poll.state)
}

/// Where it is in its life. No option's count is in it (`F7`).
fn tells(t: Tablet, state: State) -> String {
    let r = t.r;
    match state {
        State::Draft => console::poll_draft(r).to_owned(),
        State::Open { voted: Some(n), .. } => audience::votes(r, n.into()),
        State::Open { voted: None, .. } => console::poll_open(r).to_owned(),
        State::Closed => console::poll_closed(r).to_owned(),
        State::Shown => console::poll_shown(r).to_owned(),
    }
}

fn does(t: Tablet, id: PollId, state: Memo<State>, on_phones: Memo<bool>) -> impl IntoView {
    let r = t.r;
    let verb = move || match state.get() {
        State::Draft => ("open", console::open_poll(r)),
        State::Open { .. } => ("close", console::close_poll(r)),
        State::Closed | State::Shown => ("show", console::show_results(r)),
    };
    // Polls stay open a while, so that nobody is hurried (A10).
    let young = Memo::new(move |_| matches!(state.get(), State::Open { closable_at, .. } if t.now.get() < closable_at));
    let over = Memo::new(move |_| matches!(state.get(), State::Closed | State::Shown));
    view! {
        <div class="does">
            <form method="post" action=move || t.to(&["polls/", &id.to_string(), "/", verb().0].concat())>
                <button class="button" disabled=move || young.get()>{move || verb().1}</button>
            </form>
            {move || (over.get() && on_phones.get()).then(|| view! {
                <form method="post" action=t.to("polls/put-away")>
                    <button class="button quiet">{console::put_poll_away(r)}</button>
                </form>
            })}
            {move || young.get().then(|| view! { <p class="note">{console::poll_min(r)}</p> })}
        </div>
    }
}
