//! What a wall or a stage shows fits it: set smaller, step by step, until nothing stands beyond its place (`N11`).
//!
//! Classes by length come first ([`crate::parts::team::size_of`]), and are all that a page without wasm has. No rule
//! foresees every mixture of letters, languages and walls; so what is longer than they expect is measured.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// How often it is set smaller; the style sheet says how much.
const STEPS: u32 = 9;
/// Part of the room's height by which a line's ink and rounding may stand out.
const SLACK: f64 = 0.008;
/// What is measured: boxes, and not the inline parts of a line.
const BOXES: &str = "h1, h2, h3, p, li, dl, div, section, form, svg, img";

/// Keeps `#main` within its room: after every change that `follow` tracks, and with every new size of the window. Call
/// once, where the page is made.
pub fn keep(follow: impl Fn() + 'static) {
    Effect::new(move |before: Option<()>| {
        follow();
        if before.is_none() {
            let _ = window_event_listener(leptos::ev::resize, |_| fit());
        }
        // Once what has changed is rendered.
        Timeout::new(0, fit).forget();
    });
}

fn fit() {
    let Some(main) = document().get_element_by_id("main") else { return };
    for step in 0..=STEPS {
        // A failure leaves the page as it is: complete, and perhaps too large.
        let _ = main.set_attribute("data-fit", &step.to_string());
        if !stands_out(&main) {
            return;
        }
    }
}

/// Whether anything stands beyond its own part, or the part beyond the room: the next part, or the wall's edge, is there.
fn stands_out(main: &Element) -> bool {
    let mut room = Room::of(main);
    // A presenter's own buttons stand at the foot.
    if let Ok(Some(wishes)) = document().query_selector(".wishes") {
        room.bottom = room.bottom.min(Room::of(&wishes).top);
    }
    let slack = (room.bottom - room.top) * SLACK;
    all(main, ":scope > *").any(|part| {
        let own = Room::of(&part);
        let within = Room {
            top: own.top.max(room.top),
            bottom: own.bottom.min(room.bottom),
            left: room.left,
            right: room.right,
        };
        !within.holds(&own, slack) || all(&part, BOXES).any(|inner| !within.holds(&Room::of(&inner), slack))
    })
}

/// Elements within another that are there to be seen.
fn all(within: &Element, which: &str) -> impl Iterator<Item = Element> + use<> {
    let found = within.query_selector_all(which).ok();
    let length = found.as_ref().map_or(0, web_sys::NodeList::length);
    let element = move |place| found.as_ref()?.get(place)?.dyn_into::<Element>().ok();
    (0..length).filter_map(element).filter(|element| element.closest(".unseen").is_ok_and(|unseen| unseen.is_none()))
}

/// Where a box stands on the screen; on which side lines begin does not matter.
#[derive(Clone, Copy, Default)]
struct Room {
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
}

impl Room {
    fn of(element: &Element) -> Self {
        let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or_default();
        let measure: js_sys::Function = get(element, "getBoundingClientRect").unchecked_into();
        let Ok(rect) = measure.call0(element) else { return Self::default() };
        let side = |name: &str| get(&rect, name).as_f64().unwrap_or_default();
        Self { top: side("top"), bottom: side("bottom"), left: side("left"), right: side("right") }
    }

    /// Whether another stands within, or takes no place.
    fn holds(&self, other: &Self, slack: f64) -> bool {
        other.top >= other.bottom
            || (other.top >= self.top - slack
                && other.bottom <= self.bottom + slack
                && other.left >= self.left - slack
                && other.right <= self.right + slack)
    }
}
