//! Joining similar questions: a card is taken in hand, and every other card becomes a place to join it to. So the page
//! has one list, however many questions there are.

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::console::{JoinedQuestion, Part};

use crate::live::console::{Tablet, parts, questions};
use crate::parts::{Said, Shape, which};
use crate::words::console;

/// Takes a card in hand: at once where the page is live, else by a page of its own.
pub(super) fn take(t: Tablet, id: QuestionId) -> impl IntoView {
    let part = t.view.with_untracked(|view| view.part);
    let address = parts::address_with(t, Part { card: None, ..part }, Some(id));
    let take = move |event: leptos::ev::MouseEvent| {
        let card = t.view.with_untracked(|view| questions::find(view, id).map(|card| card.text.clone()));
        if let Some(text) = card.filter(|_| part.card.is_none()) {
            event.prevent_default();
            t.hand.set(Some(JoinedQuestion { id, text }));
        }
    };
    view! { <a class="button" href=address on:click=take>{console::join(t.r)}</a> }
}

/// The card in hand, and the way to put it down again.
pub(super) fn in_hand(t: Tablet) -> impl IntoView {
    let r = t.r;
    let part = t.view.with_untracked(|view| view.part);
    let put_down = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        t.hand.set(None);
    };
    view! {
        <div role="status">
            {move || t.hand.get().map(|card| view! {
                <div class="message" data-moment="question">
                    <Shape name="question"/>
                    <div>
                        <b>{console::hand_title(r)}</b>
                        <Said phrase=card.text/>
                        <a class="button quiet" href=parts::address(t, part) on:click=put_down>{console::put_down(r)}</a>
                    </div>
                </div>
            })}
        </div>
    }
}

/// On every other card, while one is in hand.
pub(super) fn here(t: Tablet, id: QuestionId) -> impl IntoView {
    let card = move || t.hand.get().filter(|card| card.id != id);
    // A press that does not count leaves the card in hand.
    let joined = move |_| {
        if t.presses.counts() {
            t.hand.set(None);
        }
    };
    move || {
        card().map(|card| {
            let in_hand = card.id;
            view! {
                <form method="post" action=t.to("questions/join") on:submit=joined>
                    {which(move || Some(in_hand))}
                    <input type="hidden" name="to" value=id.to_string()/>
                    <button class="button">{console::join_here(t.r)}</button>
                </form>
            }
        })
    }
}
