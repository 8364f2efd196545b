//! Polls on the tablet: opened, called, closed, shown, repeated, annulled, counted by hand; and new ones in seconds. In
//! a poll's own step of the plan the big button does the most of it.

mod make;

use leptos::prelude::*;
use nadwa_domain::ids::PollId;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::view::PollView;
use nadwa_domain::view::console::{ConsolePoll, ConsolePollState as State, ConsoleView};
use nadwa_domain::view::poll::Turnout;
use nadwa_domain::view::screen::Shown;

use crate::live::console::Tablet;
use crate::live::screen::told;
use crate::parts::poll_kind::kind_name;
use crate::parts::results::labels;
use crate::parts::{Plain, Shape};
use crate::words::{Reader, console, poll as words};

/// The list, in the order of making, and the templates. It is made again when a poll comes in.
pub(super) fn polls(t: Tablet) -> impl IntoView {
    let ids = Memo::new(move |_| t.view.with(|view| view.polls.iter().map(|poll| poll.id).collect::<Vec<_>>()));
    let list = move || {
        let polls = t.view.with_untracked(|view| view.polls.clone());
        let shown: Vec<ConsolePoll> =
            ids.get().into_iter().filter_map(|id| polls.iter().find(|p| p.id == id).cloned()).collect();
        shown.into_iter().rev().map(|poll| item(t, poll)).collect_view()
    };
    let (paused, over) = (t.paused(), t.over());
    let on_phones = Memo::new(move |_| t.view.with(|view| view.poll_on_phones.and_then(|id| find(view, id))));
    view! {
        <details class="more voting" hidden=move || over.get()>
            <summary class="button" data-moment="poll">
                <Shape name="poll"/>
                <span><b id="polls">{console::polls_title(t.r)}</b> <span class="note">{move || on_phones.with(|poll| tells(t, poll.as_ref()))}</span></span>
            </summary>
            <fieldset class="acts" disabled=move || paused.get()>
                <legend class="unseen">{console::polls_title(t.r)}</legend>
                <ul class="picks" aria-labelledby="polls">{list}</ul>
                {make::make(t)}
            </fieldset>
        </details>
    }
}

fn item(t: Tablet, poll: ConsolePoll) -> impl IntoView {
    let (id, kind) = (poll.id, poll.kind);
    let now = Memo::new(move |_| t.view.with(|view| find(view, id)));
    let state = Memo::new(move |_| now.with(|poll| poll.as_ref().map_or(State::Draft, |poll| poll.state)));
    let on_phones = Memo::new(move |_| t.view.with(|view| view.poll_on_phones == Some(id)));
    let round = (poll.round > 1).then(|| [" · ", words::round_two(t.r)].concat());
    let only = poll.only_in.map(|lang| words::only_in(t.r, lang.info().name));
    view! {
        <li class="pick" data-moment="poll" class:is-chosen=move || on_phones.get()>
            <Shape name="poll"/>
            <span>
                <Plain phrase=poll.question.clone()/>
                <span class="note">{kind_name(t.r, kind)} {round}</span>
                {only.map(|only| view! { <span class="note">{only}</span> })}
                <span class="note" role="status">{move || now.with(|poll| tells(t, poll.as_ref()))}</span>
            </span>
            {does(t, id, state, on_phones)}
            {more(t, poll, state, now)}
        </li>
    }
}

fn find(view: &ConsoleView, id: PollId) -> Option<ConsolePoll> {
    view.polls.iter().find(|poll| poll.id == id).cloned()
}

/// Where it is in its life. No option's count is in it (`F7`).
fn tells(t: Tablet, poll: Option<&ConsolePoll>) -> String {
    let r = t.r;
    let Some(poll) = poll else { return String::new() };
    let stands = match poll.state {
        State::Draft => console::poll_draft(r).to_owned(),
        State::Open { voted: Some(voted), of, .. } => told(r, Turnout { voted, of }),
        State::Open { voted: None, .. } => console::poll_open(r).to_owned(),
        State::Closed => console::poll_closed(r).to_owned(),
        State::Shown => console::poll_shown(r).to_owned(),
        State::Annulled => words::state_annulled(r).to_owned(),
    };
    let called = poll.last_call && matches!(poll.state, State::Open { .. });
    let mut parts = vec![stands];
    parts.extend(called.then(|| words::called(r).to_owned()));
    parts.extend(poll.hands.then(|| words::hands_saved(r).to_owned()));
    parts.extend((poll.apart.after > 0).then(|| words::came_after(r, poll.apart.after.into())));
    parts.extend((poll.apart.not_counted > 0).then(|| words::not_counted(r, poll.apart.not_counted.into())));
    parts.join(" · ")
}

fn does(t: Tablet, id: PollId, state: Memo<State>, on_phones: Memo<bool>) -> impl IntoView {
    let r = t.r;
    let verb = move || match state.get() {
        State::Draft => ("open", console::open_poll(r)),
        State::Open { .. } => ("close", console::close_poll(r)),
        State::Closed | State::Shown | State::Annulled => ("show", console::show_results(r)),
    };
    // Polls stay open a while, so that nobody is hurried (A10).
    let young = Memo::new(move |_| matches!(state.get(), State::Open { closable_at, .. } if t.now.get() < closable_at));
    let over = Memo::new(move |_| matches!(state.get(), State::Closed | State::Shown | State::Annulled));
    let counts = Memo::new(move |_| state.get() != State::Annulled);
    // What is on the wall already needs no second press.
    let on_wall = Memo::new(move |_| {
        let here = t.view.with(|view| matches!(&view.screen.shown, Shown::Poll(poll) if poll.id == id));
        here && state.get() == State::Shown
    });
    let to = move |verb: &str| t.to(&["polls/", &id.to_string(), "/", verb].concat());
    let open = Memo::new(move |_| matches!(state.get(), State::Open { .. }));
    let asked = Memo::new(move |_| open.get() && !young.get());
    view! {
        <div class="does">
            {move || (counts.get() && !asked.get()).then(|| view! {
                <form method="post" action=move || to(verb().0)>
                    <button class="button" disabled=move || young.get() || on_wall.get()>{move || verb().1}</button>
                </form>
            })}
            // Closing leaves no ballots to go back to: it is asked once (A7).
            {move || asked.get().then(|| view! {
                <details class="more">
                    <summary>{console::close_poll(r)}</summary>
                    <form method="post" action=to("close")>
                        <p class="note">{console::close_poll_note(r)}</p>
                        <button class="button">{console::close_poll_sure(r)}</button>
                    </form>
                </details>
            })}
            {move || open.get().then(|| view! {
                <form method="post" action=to("last-call")>
                    <button class="button quiet">{words::call_last(r)}</button>
                </form>
            })}
            {move || (over.get() && on_phones.get()).then(|| view! {
                <form method="post" action=t.to("polls/put-away")>
                    <button class="button quiet">{console::put_poll_away(r)}</button>
                </form>
            })}
            {move || young.get().then(|| view! { <p class="note">{console::poll_min(r)}</p> })}
        </div>
    }
}

/// What is rarer: a second round, hands in the room, and taking a misunderstood poll back.
fn more(t: Tablet, poll: ConsolePoll, state: Memo<State>, now: Memo<Option<ConsolePoll>>) -> impl IntoView {
    let r = t.r;
    let id = poll.id;
    let to = move |verb: &str| t.to(&["polls/", &id.to_string(), "/", verb].concat());
    let begun = Memo::new(move |_| !matches!(state.get(), State::Draft | State::Annulled));
    let closed = Memo::new(move |_| matches!(state.get(), State::Closed | State::Shown));
    let again = poll.kind != PollKind::Words;
    let poll = StoredValue::new(poll);
    let hands = Memo::new(move |_| now.with(|poll| poll.as_ref().is_some_and(|poll| poll.hands)));
    move || {
        begun.get().then(|| view! {
            <details class="more">
                <summary>{words::more(r)}</summary>
                {move || (again && closed.get()).then(|| view! {
                    <form method="post" action=to("second-round")>
                        <button class="button quiet">{words::second_round(r)}</button>
                    </form>
                })}
                {poll.with_value(|poll| hands_form(r, poll, to("hands"), hands.get_untracked()))}
                <form method="post" action=to("annul")>
                    <fieldset class="chips">
                        <legend>{words::annul(r)}</legend>
                        {[
                            ("unclear", words::why_unclear(r)),
                            ("options", words::why_options(r)),
                            ("devices", words::why_devices(r)),
                        ].map(|(reason, why)| view! { <button class="button quiet" name="reason" value=reason>{why}</button> })}
                    </fieldset>
                </form>
            </details>
        })
    }
}

/// One number for each option: hands that somebody counted in the room (`F8`).
fn hands_form(r: Reader, poll: &ConsolePoll, action: String, saved: bool) -> Option<impl IntoView + use<>> {
    let fields: Vec<_> = labels(r, &as_shown(poll))
        .into_iter()
        .map(|label| {
            view! {
                <label class="count">
                    <Plain phrase=label/>
                    <input name="hand" dir="ltr" inputmode="numeric" autocomplete="off" maxlength="6" required/>
                </label>
            }
        })
        .collect();
    poll.kind.takes_hands().then(|| {
        view! {
            <form method="post" class="hands-form" action=action>
                <fieldset>
                    <legend>{words::hands(r)}</legend>
                    {fields}
                </fieldset>
                <button class="button quiet">{words::hands_save(r)}</button>
                {saved.then(|| view! { <span class="note">{words::hands_saved(r)}</span> })}
            </form>
        }
    })
}

/// The poll as its labels need it.
fn as_shown(poll: &ConsolePoll) -> PollView {
    let open = PollView::open(poll.id, poll.question.clone(), poll.options.clone());
    PollView { kind: poll.kind, pictures: poll.pictures.clone(), ..open }
}
