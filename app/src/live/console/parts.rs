//! The ways between the parts of the questions: a page holds a few of them, and every one is a press away.

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::console::Part;

use crate::live::console::Tablet;
use crate::words::console;

/// The page with a part of the questions.
pub(super) fn address(t: Tablet, part: Part) -> String {
    address_with(t, part, None)
}

/// The same, with a card in hand.
pub(super) fn address_with(t: Tablet, part: Part, hand: Option<QuestionId>) -> String {
    let hand = hand.map(|id| ["&hand=", &id.to_string()].concat()).unwrap_or_default();
    let wish = [super::of_part(part), hand].concat();
    let query = if wish.is_empty() { String::new() } else { wish.replacen('&', "?", 1) };
    [&t.to("console"), &query, "#questions"].concat()
}

/// Under the list: what is before it, what is after it, and back from the page of one card.
pub(super) fn ways(t: Tablet) -> impl IntoView {
    let r = t.r;
    let parts = Memo::new(move |_| t.view.with(|view| (view.part, view.part.after(view.of))));
    let way = move |to: Option<Part>, word: &'static str| {
        let address = move |to| address_with(t, to, t.hand.with(|card| card.as_ref().map(|card| card.id)));
        to.map(|to| view! { <a class="button quiet" href=move || address(to)>{word}</a> })
    };
    move || {
        let (part, after) = parts.get();
        let (before, back) = (part.before(), part.card.map(|_| Part::default()));
        (before.is_some() || after.is_some() || back.is_some()).then(|| {
            view! {
                <nav class="row-of" aria-label=console::questions_title(r)>
                    {way(before, console::part_before(r))}
                    {way(after, console::part_after(r))}
                    {way(back, console::all_cards(r))}
                </nav>
            }
        })
    }
}
