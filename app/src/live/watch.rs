//! A page of which one part is rendered by the server alone: when its key changes, the part's HTML is fetched and
//! swapped. Where somebody must come, it rings, on this device alone (`S8`).

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, SubmitEvent};

use crate::live::bell::bell;
use crate::live::desk::beside::break_time;
use crate::live::desk::keys;
use crate::live::feed::{self, Link};
use crate::live::id;
use crate::live::press::Presses;
use crate::live::send::{self, Letter, Outcome};
use crate::parts::given::{self, still};
use crate::parts::{LinkWord, Strip};
use crate::wire::{Fragment, Place, event};
use crate::words::{backstage, organizer, safeguarding};

/// Where somebody reads, a break is offered after so long (`S24`).
const LONG_MS: u32 = 45 * 60_000;

/// While a pointer is pressed on the part, the swap is tried again after this.
const STILL_MS: u32 = 120;

/// The parts that are watched. Their names are known when the page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Watched {
    /// The safeguarding inbox.
    Inbox,
    /// What the stewards' own page says of all desks.
    Desks,
    /// The organizers' overview.
    Board,
}

/// What the page begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    /// The page's address; `/part`, `/feed` and `/here` are under it.
    pub home: String,
    /// Which part. Whatever in it has a `data-query` says what is asked for with the next one: in its body, since
    /// what is in the inbox stands in no address (G6).
    pub part: Watched,
    /// Whether it rings.
    pub ring: bool,
    /// Whether the page says that somebody is here.
    pub stays: bool,
}

/// What the feed says: whether the part is another, and whether it rings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchView {
    /// The key of the part.
    pub key: String,
    /// Whether somebody must come.
    pub ring: bool,
}

/// What is kept up to date, and the bell.
#[island]
pub fn WatchIsland() -> impl IntoView {
    let Start { place, home, part, ring, stays } = given::start();
    let r = place.reader;
    let view = RwSignal::new(WatchView { key: String::new(), ring });
    let ring = Memo::new(move |_| view.with(|view| view.ring));
    let rings_for = match part {
        Watched::Inbox => safeguarding::ring(r),
        Watched::Desks => backstage::ring(r),
        // It rings for what stands first on it.
        Watched::Board => organizer::attention(r),
    };
    let part = part.into_str();
    let link = RwSignal::new(Link::Live);
    let presses = Presses::new(r, None);
    let address = StoredValue::new([&home, "/part"].concat());
    let tired = RwSignal::new(false);
    if stays {
        Effect::new(move |_| Timeout::new(LONG_MS, move || tired.set(true)).forget());
    }
    let stays = stays.then(|| [&home, "/here"].concat());
    let (url, build) = ([&home, "/feed?lang=", r.lang.tag()].concat(), place.build.clone());
    Effect::new(move |_| {
        let mut heard = vec![(event::FRAME, feed::pictures(view, build.clone()))];
        heard.extend(stays.clone().map(|action| (event::BEAT, keys::stay(action))));
        feed::follow(url.clone(), heard, link);
    });
    Effect::new(move |_| {
        let key = view.with(|view| view.key.clone());
        let stands = document().get_element_by_id(&["part-", part].concat());
        let stale = stands.and_then(|part| part.get_attribute("data-key")).is_some_and(|old| old != key);
        if !key.is_empty() && stale {
            spawn_local(async move {
                let asked = query();
                // A press may have opened another item meanwhile: its own answer is the newer one.
                let letter = Letter { action: address.get_value(), body: asked.clone() };
                if let Outcome::Done(answer) = letter.send().await
                    && query() == asked
                {
                    swap_when_still(answer.part, asked);
                }
            });
        }
    });
    let sent = move |event: SubmitEvent| {
        // What it answers with is a page of its own: on paper.
        if send::is_whole(&event) {
            return;
        }
        if !presses.counts() {
            return event.prevent_default();
        }
        send::intercept(&event, move |outcome, form| {
            presses.answered(&outcome);
            if let Outcome::Done(answer) = outcome {
                if answer.part.is_some() {
                    form.reset();
                }
                swap(answer.part);
            }
        });
    };
    view! {
        <div class="watch" on:submit=sent>
            <div class="watch-top">
                <LinkWord reader=r link/>
                {bell(r, ring, rings_for)}
                <Strip reader=r link/>
                <div role="status">{move || tired.get().then(|| break_time(r))}</div>
            </div>
            {still(part)}
            <crate::live::press::Toast presses/>
        </div>
    }
}

/// Which item is open in the part, as a form would say it.
fn query() -> String {
    let open = document().query_selector("[data-query]").ok().flatten();
    open.and_then(|element| element.get_attribute("data-query")).unwrap_or_default()
}

/// Swaps the part once no pointer is down on it: a button that is replaced between `pointerdown` and `click` gets no
/// click.
fn swap_when_still(fragment: Option<Fragment>, asked: String) {
    let pressed = document().query_selector(".watch :active").ok().flatten().is_some();
    if !pressed {
        return swap(fragment);
    }
    Timeout::new(STILL_MS, move || {
        if query() == asked {
            swap_when_still(fragment, asked);
        }
    })
    .forget();
}

/// Replaces the part's markup; what was typed in a field with an `id` stays, and an open `details` stays open.
fn swap(fragment: Option<Fragment>) {
    let Some(fragment) = fragment else { return };
    let Some(part) = document().get_element_by_id(&["part-", &fragment.name].concat()) else { return };
    let focused = document().active_element().filter(|element| part.contains(Some(element))).and_then(|el| id(&el));
    let before = part.query_selector_all("input, textarea, details[open]");
    part.set_inner_html(&fragment.html);
    let _ = part.set_attribute("data-key", &fragment.key);
    let Ok(before) = before else { return };
    for old in (0..before.length()).filter_map(|place| before.get(place)) {
        keep(&old);
    }
    if let Some(element) = focused.and_then(|id| by_id::<HtmlElement>(&id)) {
        let _ = element.focus();
    }
}

fn keep(old: &JsValue) {
    let Some(element) = old.dyn_ref::<Element>() else { return };
    let Some(new) = id(element).and_then(|id| by_id::<Element>(&id)) else { return };
    if element.tag_name() == "DETAILS" {
        let _ = new.set_attribute("open", "");
        return;
    }
    let read = |name: &str| js_sys::Reflect::get(old, &name.into()).unwrap_or_default();
    if read("value") != read("defaultValue") {
        let _ = js_sys::Reflect::set(&new, &"value".into(), &read("value"));
    }
}

fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
