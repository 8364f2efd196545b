//! Parts of an island that are hydrated one after the other, each in a task of its own.
//!
//! A full page hydrated at one go blocks the main thread of a cheap tablet for half a second, and input waits. So the
//! island itself and what matters are hydrated first, and each further part in a task of its own; so are the feed and
//! the clock. Until every part is hydrated, what the parts show must not change: feed and clock are begun after them.

use std::cell::RefCell;
use std::collections::VecDeque;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use leptos::tachys::html::InertElement;
use leptos::tachys::view::Position;

use crate::parts::given::{BROWSER, fixed};

/// What is still to be done.
type Step = Box<dyn FnOnce()>;

/// A page has one.
const ISLAND: &str = "leptos-island";

thread_local! {
    static STEPS: RefCell<VecDeque<Step>> = const { RefCell::new(VecDeque::new()) };
}

/// A part of the island, which is one element: the only one that `selector` finds. The server renders it as ever; the
/// browser skips it in the first hydration. A part may have parts of its own.
pub fn part<V: IntoView + 'static>(selector: &'static str, view: impl FnOnce() -> V + 'static) -> InertElement {
    if !BROWSER {
        return fixed(view);
    }
    enliven(selector, view);
    InertElement::new("")
}

/// Hydrates an element within a [`fixed`] (skipped) one: the only one that `selector` finds.
pub fn enliven<V: IntoView + 'static>(selector: &'static str, view: impl FnOnce() -> V + 'static) {
    let island = Owner::current();
    then(move || come_alive(island, selector, Position::Current, view));
}

fn come_alive<V: IntoView + 'static>(island: Option<Owner>, selector: &str, from: Position, view: impl FnOnce() -> V) {
    let element = document().query_selector(selector).ok().flatten();
    let Some((island, element)) = island.zip(element) else { return };
    let live = island.with(|| view().into_view().hydrate_from_position::<true>(&element, from));
    // Leaked on purpose: it lives as long as the page.
    std::mem::forget(live);
}

/// The island as a whole: its data is deserialised in one task, made ready in the next, and its view is hydrated in the
/// third, before the parts that it names.
pub fn whole_of<T: 'static, U: 'static, V: IntoView + 'static>(
    read: impl FnOnce() -> T + 'static,
    ready: impl FnOnce(T) -> U + 'static,
    view: impl FnOnce(U) -> V + 'static,
) -> InertElement {
    if !BROWSER {
        return fixed(|| view(ready(read())));
    }
    let island = Owner::current();
    then(move || {
        let begun = read();
        then(move || {
            let begun = ready(begun);
            then(move || come_alive(island, ISLAND, Position::FirstChild, move || view(begun)));
        });
    });
    Effect::new(|_| begin());
    InertElement::new("")
}

/// Queues a task behind all that was queued before. What a task itself queues comes right after it, before everything
/// else.
pub fn then(act: impl FnOnce() + 'static) {
    if BROWSER {
        STEPS.with_borrow_mut(|steps| steps.push_back(Box::new(act)));
    }
}

/// Runs the tasks in their order, and yields to the browser before each.
fn begin() {
    Timeout::new(0, || {
        let Some(step) = STEPS.with_borrow_mut(VecDeque::pop_front) else { return };
        let after = STEPS.take();
        step();
        STEPS.with_borrow_mut(|steps| steps.extend(after));
        begin();
    })
    .forget();
}

/// Whether every part is hydrated. Until then a form is sent as if there were no script.
#[must_use]
pub fn whole() -> bool {
    STEPS.with_borrow(VecDeque::is_empty)
}
