//! Those of the hall who wait for the floor: in order, each a name that opens to its verbs. Nothing is dragged.

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::ids::TurnId;
use nadwa_domain::session::pace::Pace;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::console::ConsoleView;
use nadwa_domain::view::running::TurnView;
use uuid::Uuid;

use crate::live::console::Tablet;
use crate::parts::{Plain, Shape, phrase};
use crate::words::{Reader, console, running};

/// The list. It stands still: whoever comes waits behind a button, whoever goes leaves the place (`A9`).
pub(super) fn queue(t: Tablet) -> impl IntoView {
    let r = t.r;
    let open = Memo::new(move |_| t.view.with(|view| view.phase == PhaseView::Open));
    let paused = t.paused();
    let closed = Memo::new(move |_| t.view.with(|view| view.running.queue_closed));
    let listed = RwSignal::new(t.view.with_untracked(ids));
    stand_still(t, listed);
    let counts =
        Memo::new(move |_| t.view.with(|view| listed.with(|listed| (fresh(view, listed), gaps(view, listed)))));
    let word = move || match counts.get() {
        (0, 0) => None,
        (0, _) => Some(console::tidy(r).to_owned()),
        (new, _) => Some(running::queue_new(r, new as u64)),
    };
    let offer = move || {
        word().map(|word| {
            view! {
                <button class="button fresh" type="button" on:click=move |_| listed.set(t.view.with_untracked(ids))>
                    {word}
                </button>
            }
        })
    };
    let none = move || {
        let said = if closed.get() { running::queue_is_closed(r) } else { running::queue_none(r) };
        listed.with(Vec::is_empty).then(|| view! { <p class="note">{said}</p> })
    };
    move || {
        open.get().then(|| {
            view! {
                <div class="head">
                    <h2 class="label" data-moment="speech" id="queue"><Shape name="speech"/> {running::queue_title(r)}</h2>
                    {offer}
                </div>
                {none}
                <fieldset class="acts" disabled=move || paused.get()>
                    <legend class="unseen">{running::queue_title(r)}</legend>
                    <ol class="picks" aria-labelledby="queue">
                        <For each=move || listed.get() key=|id| *id children=move |id| row(t, id)/>
                    </ol>
                    {add(t, closed)}
                </fieldset>
            }
        })
    }
}

fn ids(view: &ConsoleView) -> Vec<TurnId> {
    view.running.turns.iter().map(|turn| turn.id).collect()
}

/// How many are not in the list yet.
fn fresh(view: &ConsoleView, listed: &[TurnId]) -> usize {
    view.running.turns.iter().filter(|turn| !listed.contains(&turn.id)).count()
}

/// How many of the list are gone.
fn gaps(view: &ConsoleView, listed: &[TurnId]) -> usize {
    let waiting = ids(view);
    listed.iter().filter(|id| !waiting.contains(id)).count()
}

/// The list follows by itself only where no finger can be misled: with nobody in it, when the team has changed the
/// order, and when this tablet has added the name.
fn stand_still(t: Tablet, listed: RwSignal<Vec<TurnId>>) {
    let waiting = Memo::new(move |_| t.view.with(ids));
    Effect::new(move |_| {
        let now = waiting.get();
        let shown = listed.get_untracked();
        let before: Vec<_> = shown.iter().filter(|id| now.contains(id)).collect();
        let after: Vec<_> = now.iter().filter(|id| shown.contains(id)).collect();
        if shown != now && (before.is_empty() || before != after) {
            listed.set(now);
        }
    });
    Effect::new(move |used: Option<Uuid>| {
        let next = t.fresh.get();
        if used.is_some_and(|used| waiting.with_untracked(|now| now.iter().any(|id| id.0 == used))) {
            listed.set(waiting.get_untracked());
        }
        next
    });
    Effect::new(move |last: Option<()>| {
        listed.track();
        if last.is_some() {
            t.presses.calm();
        }
    });
}

/// The rule in one sentence, on the tablet and on the wall.
pub(crate) fn rule_of(r: Reader, pace: &Pace) -> &'static str {
    rule(r, pace.first_timers_first, pace.groups_in_turn)
}

/// The rule in one sentence.
pub(crate) fn rule(r: Reader, first_timers_first: bool, groups_in_turn: bool) -> &'static str {
    match (first_timers_first, groups_in_turn) {
        (true, true) => running::rule_both(r),
        (true, false) => running::rule_first(r),
        (false, true) => running::rule_groups(r),
        (false, false) => running::rule_plain(r),
    }
}

/// One who waits: a name that opens to what can be done. The big button gives the floor to the first.
fn row(t: Tablet, id: TurnId) -> impl IntoView {
    let r = t.r;
    let turn = Memo::new(move |_| t.view.with(|view| view.running.turns.iter().find(|turn| turn.id == id).cloned()));
    let speaks = Memo::new(move |_| t.view.with(|view| !view.names.is_empty() && view.running.aside.is_none()));
    let there = Memo::new(move |_| turn.with(Option::is_some));
    let head = move || match turn.get() {
        Some(turn) => {
            let marks = marks(r, &turn);
            let seen = turn.before_all.clone().map(|name| {
                let name = if name.is_empty() { running::somebody(r).to_owned() } else { name.text };
                view! { " " <span class="note">{running::wall_says(r, &name)}</span> }
            });
            Either::Left(
                view! { <b><Plain phrase=called(r, &turn)/></b> " " <span class="marks">{marks}</span> {seen} },
            )
        }
        None => Either::Right(view! { <span class="note">{console::gone(r)}</span> }),
    };
    let verbs = move || {
        there.get().then(|| {
            view! {
                <div class="verbs">
                    {verb(t, id, "give", running::queue_give(r))}
                    {move || speaks.get().then(|| verb(t, id, "remark", running::queue_remark(r)))}
                    {verb(t, id, "up", running::queue_up(r))}
                    {verb(t, id, "down", running::queue_down(r))}
                    {verb(t, id, "remove", running::queue_remove(r))}
                </div>
            }
        })
    };
    view! {
        <li class="turn" data-moment="speech">
            <details>
                <summary><Shape name="speech"/> <span>{head}</span></summary>
                {verbs}
            </details>
        </li>
    }
}

/// How somebody who waits is called.
pub(crate) fn called(r: Reader, turn: &TurnView) -> nadwa_domain::Phrase {
    if turn.name.is_empty() { phrase::own(r, running::somebody(r)) } else { turn.name.clone() }
}

/// The group, «first time», «somebody reads it», with a point between two of them.
pub(crate) fn marks(r: Reader, turn: &TurnView) -> impl IntoView + use<> {
    let first = turn.first.then(|| phrase::own(r, running::queue_first(r)));
    let read = turn.read_for_me.then(|| phrase::own(r, running::queue_read(r)));
    let marks = turn.group.clone().into_iter().chain(first).chain(read);
    marks
        .enumerate()
        .map(|(place, phrase)| {
            let point = (place > 0).then_some(" · ");
            view! { <span class="note">{point} <Plain phrase/></span> }
        })
        .collect_view()
}

fn verb(t: Tablet, id: TurnId, act: &'static str, word: &'static str) -> impl IntoView {
    let action = t.to(&["queue/", &id.to_string(), "/", act].concat());
    view! { <form method="post" action=action><button class="button">{word}</button></form> }
}

/// A name, a group, two boxes: nothing else is asked.
fn add(t: Tablet, closed: Memo<bool>) -> impl IntoView {
    let r = t.r;
    let rule = Memo::new(move |_| t.view.with(|view| rule_of(r, &view.running.pace)));
    let groups = Memo::new(move |_| {
        t.view.with(|view| view.running.groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>())
    });
    let choices = move || {
        let named = groups.get().into_iter().enumerate().filter(|(_, name)| !name.is_empty());
        named.map(|(place, name)| view! { <option value=place.to_string()>{name.text}</option> }).collect_view()
    };
    view! {
        <details class="more">
            <summary class="button">{running::queue_add(r)}</summary>
            <p class="note">{move || rule.get()}</p>
            <form class="small-form" method="post" action=t.to("queue") autocomplete="off">
                <input type="hidden" name="id" value=move || t.fresh.get().to_string()/>
                <label>{running::queue_name(r)} <input name="name" required maxlength="160" dir="auto"/></label>
                <label hidden=move || groups.with(Vec::is_empty)>
                    {running::queue_group(r)}
                    <select name="group"><option value="">{running::queue_no_group(r)}</option>{choices}</select>
                </label>
                <label class="tick"><input type="checkbox" name="first" value="true"/> {running::queue_first(r)}</label>
                <label class="tick"><input type="checkbox" name="read" value="true"/> {running::queue_read(r)}</label>
                <button class="button">{running::queue_add(r)}</button>
            </form>
            <form method="post" action=t.to("queue/close")>
                <input type="hidden" name="on" value=move || if closed.get() { "false" } else { "true" }/>
                <button class="button">
                    {move || if closed.get() { running::queue_reopen(r) } else { running::queue_close(r) }}
                </button>
            </form>
        </details>
    }
}
