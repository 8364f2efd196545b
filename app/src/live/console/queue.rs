//! Those of the hall who wait for the floor: in order, each with one large verb, the rest behind a tap. Nothing is
//! dragged.

use leptos::prelude::*;
use nadwa_domain::ids::TurnId;
use nadwa_domain::session::pace::Pace;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::running::TurnView;

use crate::live::console::Tablet;
use crate::parts::{Plain, Shape, phrase};
use crate::words::{Reader, running};

/// The list with its rule.
pub(super) fn queue(t: Tablet) -> impl IntoView {
    let r = t.r;
    let open = Memo::new(move |_| t.view.with(|view| view.phase == PhaseView::Open));
    let turns = Memo::new(move |_| t.view.with(|view| view.running.turns.clone()));
    let speaks = Memo::new(move |_| t.view.with(|view| !view.names.is_empty() && view.running.aside.is_none()));
    let closed = Memo::new(move |_| t.view.with(|view| view.running.queue_closed));
    let rule = Memo::new(move |_| t.view.with(|view| rule_of(r, &view.running.pace)));
    let none = move || {
        let said = if closed.get() { running::queue_is_closed(r) } else { running::queue_none(r) };
        turns.with(Vec::is_empty).then(|| view! { <p class="note">{said}</p> })
    };
    move || {
        open.get().then(|| {
            view! {
                <h2 class="label" data-moment="speech" id="queue">
                    <Shape name="speech"/>
                    {running::queue_title(r)}
                </h2>
                {none}
                <ol class="picks" aria-labelledby="queue">
                    {move || turns.get().into_iter().map(|turn| row(t, turn, speaks.get())).collect_view()}
                </ol>
                <p class="note">{move || rule.get()}</p>
                {add(t, closed)}
            }
        })
    }
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

fn row(t: Tablet, turn: TurnView, speaks: bool) -> impl IntoView {
    let r = t.r;
    let id = turn.id;
    let name = called(r, &turn);
    let options = running::queue_more(r, &name.text);
    view! {
        <li class="pick" data-moment="speech">
            <Shape name="speech"/>
            <span><Plain phrase=name/> {marks(r, &turn)}</span>
            <div class="does">
                {verb(t, id, "give", running::queue_give(r))}
                <details>
                    <summary class="button">{options}</summary>
                    <div class="verbs">
                        {verb(t, id, "up", running::queue_up(r))}
                        {verb(t, id, "down", running::queue_down(r))}
                        {speaks.then(|| verb(t, id, "remark", running::queue_remark(r)))}
                        {verb(t, id, "remove", running::queue_remove(r))}
                    </div>
                </details>
            </div>
        </li>
    }
}

/// How somebody who waits is called.
pub(crate) fn called(r: Reader, turn: &TurnView) -> nadwa_domain::Phrase {
    if turn.name.is_empty() { phrase::own(r, running::somebody(r)) } else { turn.name.clone() }
}

/// The group, «first time», «somebody reads it».
pub(crate) fn marks(r: Reader, turn: &TurnView) -> impl IntoView + use<> {
    let group = turn.group.clone().map(|phrase| view! { <span class="note"><Plain phrase/></span> });
    let first = turn.first.then(|| view! { <span class="note">{running::queue_first(r)}</span> });
    let read = turn.read_for_me.then(|| view! { <span class="note">{running::queue_read(r)}</span> });
    view! { {group} {first} {read} }
}

fn verb(t: Tablet, id: TurnId, act: &'static str, word: &'static str) -> impl IntoView {
    let action = t.to(&["queue/", &id.to_string(), "/", act].concat());
    view! { <form method="post" action=action><button class="button">{word}</button></form> }
}

/// A name, a group, two boxes: nothing else is asked.
fn add(t: Tablet, closed: Memo<bool>) -> impl IntoView {
    let r = t.r;
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
