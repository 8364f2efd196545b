//! Parts of the page that the server renders ([`nadwa_domain::view::part`]): asked for again when their key changes.
//!
//! A part is an element that the island does not hydrate; its markup is the server's own, the same as in the whole
//! page. What has an `id` in it keeps its focus and what was typed or ticked; a form in it is sent by the page's one
//! listener.

use std::iter::successors;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use nadwa_domain::view::part::{ALL, key};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlFormElement, SubmitEvent};

use super::Hall;
use crate::live::feed::up_to;
use crate::live::id;
use crate::live::send::{self, Outcome};
use crate::wire::Fragment;

/// A hall of phones sees a change in the same instant and shall not fetch in the same instant: delay and jitter, in
/// milliseconds. The answer to this phone's own press, which brings the part with it, is there before.
const ASK_MS: (u32, f64) = (150, 700.0);
/// So much later a part is asked for again that came older than the frame, or did not come.
const AGAIN_MS: u32 = 3_000;

impl Hall {
    /// Asks for the parts whose key has changed, one at a time.
    pub(super) fn refresh(self) {
        self.refresh_after(None);
    }

    /// `asked` is what was asked for just now: if it is still wanted, it came too old, or not at all.
    fn refresh_after(self, asked: Option<(&'static str, String)>) {
        let stale = self.stale();
        if stale.is_none() || self.phone.with_untracked(|phone| phone.asking) {
            return;
        }
        self.phone.update_untracked(|phone| phone.asking = true);
        let least = if stale == asked { AGAIN_MS } else { ASK_MS.0 };
        let ask = async move {
            let stale = self.stale();
            if let Some((name, _)) = stale {
                let address = self.phone.with_untracked(|phone| phone.to(&["/part/", name]));
                if let Outcome::Done(answer) = send::get(&address).await {
                    self.phone.update(|phone| phone.swap(answer.part));
                }
            }
            self.phone.update_untracked(|phone| phone.asking = false);
            self.refresh_after(stale);
        };
        Timeout::new(least + up_to(ASK_MS.1), move || spawn_local(ask)).forget();
    }

    /// A part that stands in the page with another key than the newest, and that key.
    fn stale(self) -> Option<(&'static str, String)> {
        self.phone.with_untracked(|phone| {
            ALL.into_iter().find_map(|name| {
                let newest = key(name, &phone.view.parts, &phone.mine.parts);
                let part = find(name)?;
                (part.get_attribute("data-key").as_deref() != Some(newest.as_str())).then_some((name, newest))
            })
        })
    }
}

fn find(name: &str) -> Option<Element> {
    document().get_element_by_id(&["part-", name].concat())
}

/// Swaps a part, and returns what is to be announced: each sentence once (`N9`), by the id of its element in `heard`.
/// The focus stays on the element that had it, or on its container.
pub(super) fn swap(fragment: Option<Fragment>, heard: &mut Vec<(String, String)>) -> String {
    let Some((fragment, part)) = fragment.and_then(|new| find(&new.name).map(|part| (new, part))) else {
        return String::new();
    };
    listen(&part, heard);
    let focused = document().active_element().filter(|element| part.contains(Some(element)));
    let around: Vec<Element> =
        successors(focused, |inner| inner.parent_element()).take_while(|outer| *outer != part).collect();
    let before = part.query_selector_all("input, textarea");
    part.set_inner_html(&fragment.html);
    let _ = part.set_attribute("data-key", &fragment.key);
    if let Ok(before) = before {
        (0..before.length()).filter_map(|place| before.get(place)).for_each(|old| keep(&old));
    }
    if !around.is_empty() {
        let main = document().get_element_by_id("main");
        let mut places = around.iter().filter_map(again).chain([part.clone()]).chain(main);
        let _ = places.any(|place| focus(&place));
    }
    listen(&part, heard).join(" ")
}

/// Sentences of a part that were not announced before.
fn listen(part: &Element, heard: &mut Vec<(String, String)>) -> Vec<String> {
    let Ok(all) = part.query_selector_all("[data-spoken]") else { return Vec::new() };
    let all = (0..all.length()).filter_map(|place| all.get(place)?.dyn_into::<Element>().ok());
    let said = all.filter_map(|element| Some((id(&element)?, element.get_attribute("data-spoken")?)));
    let new: Vec<_> = said.filter(|said| !heard.contains(said)).collect();
    heard.retain(|(id, _)| new.iter().all(|(other, _)| id != other));
    heard.extend(new.iter().cloned());
    new.into_iter().map(|(_, sentence)| sentence).collect()
}

/// Gives an element the focus, and says whether it has taken it.
fn focus(element: &Element) -> bool {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return false };
    if element.tab_index() < 0 {
        element.set_tab_index(-1);
    }
    element.focus().is_ok() && document().active_element().is_some_and(|now| now == **element)
}

/// The same once the page is rendered anew.
pub(super) fn focus_soon(id: &'static str) {
    let act = move || {
        if let Some(element) = document().get_element_by_id(id) {
            focus(&element);
        }
    };
    Timeout::new(0, act).forget();
}

/// What was typed or ticked stays.
fn keep(old: &JsValue) {
    let Some(new) = old.dyn_ref::<Element>().and_then(again) else { return };
    for (now, at_first) in [("value", "defaultValue"), ("checked", "defaultChecked")] {
        let read = |name: &str| js_sys::Reflect::get(old, &name.into()).unwrap_or_default();
        if read(now) != read(at_first) {
            let _ = js_sys::Reflect::set(&new, &now.into(), &read(now));
        }
    }
}

/// The element that stands now where `old` stood.
fn again(old: &Element) -> Option<Element> {
    document().get_element_by_id(&id(old)?)
}

/// Marks the button that was pressed, until the part is another.
pub(super) fn press(event: &SubmitEvent, form: &HtmlFormElement) {
    if let Ok(Some(earlier)) = form.query_selector("[data-pressed]") {
        let _ = earlier.remove_attribute("data-pressed");
    }
    if let Some(button) = event.submitter() {
        let _ = button.set_attribute("data-pressed", "");
    }
}

/// A form that could not be sent says so: it is sent again by itself.
pub(super) fn sent(form: &HtmlFormElement, outcome: &Outcome) {
    let _ = form.toggle_attribute_with_force("data-waits", *outcome == Outcome::Unreachable);
}
