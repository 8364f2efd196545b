//! The wall's other kinds: who waits, the ground rules, something to move to; and the name of a screen that is looked for.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::running::TurnView;

use crate::live::console::queue;
use crate::live::feed::Handler;
use crate::live::screen::Wall;
use crate::parts::phrase::own;
use crate::parts::{Plain, Shape};
use crate::words::{Reader, running, screen};

/// Most who are shown waiting.
const MOST_TURNS: usize = 6;
/// So long a screen says its name, in milliseconds.
const NAME_MS: u32 = 10_000;

/// Who waits for the floor, and the rule in one sentence.
pub(super) fn queue(
    wall: Wall,
    turns: &[TurnView],
    first_timers_first: bool,
    groups_in_turn: bool,
) -> impl IntoView + use<> {
    let r = wall.r;
    let rows = turns.iter().take(MOST_TURNS).map(|turn| {
        view! {
            <li class="row" data-moment="speech">
                <Shape name="speech"/>
                <span><span class="who"><Plain phrase=queue::called(r, turn)/></span> " " {queue::marks(r, turn)}</span>
            </li>
        }
    });
    view! {
        <h1>{running::queue_title(r)}</h1>
        <p class="soft">{queue::rule(r, first_timers_first, groups_in_turn)}</p>
        <ol class="rows">{rows.collect_view()}</ol>
        {turns.is_empty().then(|| view! { <p>{running::queue_none(r)}</p> })}
    }
}

/// The ground rules: the children's own, or the usual three.
pub(super) fn rules(wall: Wall, rules: &[Phrase]) -> impl IntoView + use<> {
    let r = wall.r;
    let usual = [screen::rule_slow(r), screen::rule_listen(r), screen::rule_ask(r)];
    let rules = if rules.is_empty() { usual.map(|rule| own(r, rule)).to_vec() } else { rules.to_vec() };
    let rows = rules.into_iter().map(|phrase| view! { <li class="row"><Shape name="check"/> " " <Plain phrase/></li> });
    view! { <h1>{running::rules_title(r)}</h1> <ol class="rows">{rows.collect_view()}</ol> }
}

/// Three pictures with a sentence each (`F15`).
pub(super) fn energiser(r: Reader) -> impl IntoView {
    let step = |form: &'static str, word: &'static str| {
        view! { <li><i class=["figure ", form].concat() aria-hidden="true"></i> " " <span>{word}</span></li> }
    };
    view! {
        <ol class="figures">
            {step("breathe", running::energiser_breathe(r))}
            {step("stretch", running::energiser_stretch(r))}
            {step("wave", running::energiser_turn(r))}
        </ol>
    }
}

/// Shows a screen's name for a while.
pub(super) fn identify(called: RwSignal<Option<String>>) -> Handler {
    Rc::new(move |name| {
        called.set(Some(name.to_owned()));
        Timeout::new(NAME_MS, move || called.set(None)).forget();
    })
}

/// The screen has another place: it goes there.
pub(super) fn placed() -> Handler {
    Rc::new(|address| {
        if let Some(window) = web_sys::window() {
            // Where even this fails, the screen stays where it is.
            let _ = window.location().set_href(address);
        }
    })
}

/// The name, over everything.
pub(super) fn name_tag(wall: Wall, called: RwSignal<Option<String>>) -> impl IntoView {
    let lang = wall.r.lang;
    move || called.get().map(|name| view! { <p class="name-tag" lang=lang.tag() dir="auto">{name}</p> })
}
