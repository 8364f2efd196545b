//! What stands on a question's card besides its words, and what children can do with it besides choosing: their own
//! order, similar questions joined, an answer that is owed. A fair mix is suggested, and decides nothing.

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::question::Asks;
use nadwa_domain::view::console::{ConsoleQuestion, Part};

use crate::live::console::questions::{find, ids};
use crate::live::console::{Tablet, join, parts};
use crate::parts::{Plain, Said, Shape, which};
use crate::words::{audience, console};

/// Who asks, about what, how many, and which similar ones were joined.
pub(super) fn besides(t: Tablet, id: QuestionId) -> impl IntoView {
    let card = Memo::new(move |_| t.view.with(|view| find(view, id).cloned()));
    move || card.get().map(|card| (marks(t, &card), joined(t, &card)))
}

fn marks(t: Tablet, card: &ConsoleQuestion) -> impl IntoView + use<> {
    let r = t.r;
    let language = card.text.lang.info();
    let asks = card.asks.map(|asks| match asks {
        Asks::Child => audience::asker_child(r),
        Asks::Adult => audience::asker_adult(r),
    });
    let asks = asks.map(|word| view! { <span class="chip">{word}</span> });
    let many = (card.supporters > 1).then(|| {
        view! { <span class="chip">{console::asked_by(r, card.supporters.into())}</span> }
    });
    let first = card.suggested.then(|| {
        view! { <span class="chip" data-moment="question"><Shape name="onward"/>{console::suggested(r)}</span> }
    });
    let about = card.about.clone().map(|about| view! { <span class="chip"><Plain phrase=about/></span> });
    view! {
        <span class="chips">
            <span class="chip" lang=language.tag dir=language.dir.as_str()>{language.name}</span>
            {asks} {about} {many} {first}
        </span>
    }
}

fn joined(t: Tablet, card: &ConsoleQuestion) -> impl IntoView + use<> {
    let r = t.r;
    let rows = card.joined.iter().map(|joined| {
        let id = joined.id;
        view! {
            <li>
                <Said phrase=joined.text.clone()/>
                <form method="post" action=t.to("questions/part")>{which(move || Some(id))}<button class="button quiet">{console::part(r)}</button></form>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    let all = (card.joined_of as usize > rows.len() && t.view.with_untracked(|view| view.part.card.is_none()))
        .then(|| view! { <a class="button quiet" href=parts::address(t, Part { card: Some(card.id), from: 0 })>{console::joined_all(r)}</a> });
    (!rows.is_empty()).then(|| view! { <ul class="joined" aria-label=console::joined(r)>{rows}</ul> {all} })
}

/// Sooner, later, similar to, and an answer that is owed: behind one fold, so that the card stays calm.
pub(super) fn more(t: Tablet, id: QuestionId) -> impl IntoView {
    let r = t.r;
    let to = move |verb: &str| t.to(&["questions/", verb].concat());
    let this = move || which(move || Some(id));
    let owe = ["owe-", &id.to_string()].concat();
    view! {
        <details class="more">
            <summary class="button quiet">{console::more(r)}</summary>
            <div class="row-of">
                <form method="post" action=to("sooner")>{this()}<button class="button">{console::sooner(r)}</button></form>
                <form method="post" action=to("later")>{this()}<button class="button">{console::later_place(r)}</button></form>
            </div>
            {join::take(t, id)}
            <form method="post" action=to("owe")>
                {this()}
                <label for=owe.clone()>{console::owe_label(r)}</label>
                <input id=owe name="to" dir="auto" maxlength="160"/>
                <button class="button">{console::owe(r)}</button>
            </form>
        </details>
    }
}

/// The suggested order, in one sentence that children can explain.
pub(super) fn mix(t: Tablet, listed: RwSignal<Vec<QuestionId>>) -> impl IntoView {
    let r = t.r;
    let differs = Memo::new(move |_| t.view.with(|view| view.mix_differs));
    let moved = Memo::new(move |_| {
        t.view.with(|view| {
            let now: Vec<_> = ids(view).into_iter().filter(|id| listed.with(|listed| listed.contains(id))).collect();
            let then: Vec<_> = listed.with(|listed| listed.iter().copied().filter(|id| now.contains(id)).collect());
            now != then
        })
    });
    // The order changes only by a press of this team, so the list may follow at once.
    Effect::new(move |_| {
        if moved.get() {
            listed.set(t.view.with_untracked(ids));
        }
    });
    move || {
        differs.get().then(|| {
            view! {
                <form class="mix" method="post" action=t.to("questions/mix")>
                    <button class="button" aria-describedby="mix-note"><Shape name="onward"/>{console::mix(r)}</button>
                    <p class="note" id="mix-note">{console::mix_note(r)}</p>
                </form>
            }
        })
    }
}
