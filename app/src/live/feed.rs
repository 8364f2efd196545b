//! Following a session's feed (`EventSource`): each frame is a whole view, the newest wins, and the page says honestly
//! how the connection is.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use nadwa_domain::Instant;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, EventTarget, MessageEvent};

use crate::live::clock;
use crate::wire::{Frame, LATE_MS, LOST_MS, event, json};

/// What the page says about its connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// Heard lately.
    #[default]
    Live,
    /// Not heard for a while.
    Late,
    /// Lost; the page keeps trying, the clock goes on.
    Lost,
}

/// What a page does with the data of one kind of event.
pub type Handler = Rc<dyn Fn(&str)>;

/// How often the page looks at the silence, in milliseconds.
const WATCH_MS: u32 = 1_000;
/// The shortest and the longest wait before the feed is opened again.
const AGAIN_MS: (f64, f64) = (2_000.0, 6_000.0);
/// Longest wait before a reload, so that a hall of phones does not ask for the page in the same instant.
const SPREAD_MS: f64 = 3_000.0;
/// Where a page remembers for which build it has reloaded.
const RELOADED: &str = "nadwa-reloaded";

/// What the browser calls for one event.
type Listener = Closure<dyn Fn(MessageEvent)>;

struct Feed {
    url: String,
    listeners: Vec<(&'static str, Listener)>,
    source: Option<EventSource>,
    /// When something was heard last; all times are on the monotonic clock.
    heard: f64,
    /// When it may be opened again.
    again: f64,
    link: Link,
    /// Hears how the connection is, whenever that changes.
    tell: Rc<dyn Fn(Link)>,
}

thread_local! {
    static FEED: RefCell<Option<Feed>> = const { RefCell::new(None) };
}

/// Puts the view of every frame into `view`; reloads the page once the server is of another build.
pub fn pictures<V>(view: RwSignal<V>, build: String) -> Handler
where
    V: DeserializeOwned + PartialEq + Send + Sync + 'static,
{
    frames(build, move |new| {
        if view.with_untracked(|shown| *shown != new) {
            view.set(new);
        }
    })
}

/// Hands on the view of every frame; reloads the page once the server is of another build.
pub fn frames<V: DeserializeOwned>(build: String, show: impl Fn(V) + 'static) -> Handler {
    Rc::new(move |data| match json::read::<Frame<V>>(data) {
        Ok(frame) => {
            if frame.build != build {
                reload_once(&frame.build);
            }
            show(frame.view);
        }
        Err(_) => reload_once("unreadable"),
    })
}

/// Hands on whatever else comes by the feed: the phone's own things.
pub fn things<T: DeserializeOwned>(show: impl Fn(T) + 'static) -> Handler {
    Rc::new(move |data| {
        if let Ok(thing) = json::read(data) {
            show(thing);
        }
    })
}

/// Opens the feed and keeps it open; `link` says how it is. Call once, from an effect: on the server there is no feed.
pub fn follow(url: String, handlers: Vec<(&'static str, Handler)>, link: RwSignal<Link>) {
    listen(url, handlers, Rc::new(move |state| link.set(state)));
}

/// Opens the feed and keeps it open; `tell` hears how it is, whenever that changes. Call once, from an effect.
pub fn listen(url: String, handlers: Vec<(&'static str, Handler)>, tell: Rc<dyn Fn(Link)>) {
    let listeners = handlers.into_iter().chain(own_handlers()).map(|(name, act)| (name, listener(act))).collect();
    let now = clock::monotonic();
    FEED.set(Some(Feed { url, listeners, source: None, heard: now, again: now, link: Link::Live, tell }));
    open();
    Interval::new(WATCH_MS, watch).forget();
    listen_to_the_device();
}

/// Tells at once what the device or a failed send has learned.
pub fn say(state: Link) {
    let tell = FEED.with_borrow_mut(|feed| {
        let feed = feed.as_mut().filter(|feed| feed.link != state)?;
        feed.link = state;
        Some(Rc::clone(&feed.tell))
    });
    if let Some(tell) = tell {
        tell(state);
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Where even this fails, the page stays as it is.
        let _ = window.location().reload();
    }
}

fn own_handlers() -> [(&'static str, Handler); 2] {
    let beat = |data: &str| {
        if let Ok(server) = data.parse() {
            clock::hint(Instant(server));
        }
    };
    [(event::BEAT, Rc::new(beat)), (event::GONE, Rc::new(|_: &str| reload()))]
}

fn listener(act: Handler) -> Closure<dyn Fn(MessageEvent)> {
    Closure::new(move |message: MessageEvent| {
        heard();
        if let Some(data) = message.data().as_string() {
            act(&data);
        }
    })
}

/// Reloads for another build, once: two servers of different builds must not make a page go round in circles.
fn reload_once(build: &str) {
    let storage = web_sys::window().and_then(|window| window.session_storage().ok().flatten());
    let Some(storage) = storage else { return };
    if storage.get_item(RELOADED).ok().flatten().as_deref() == Some(build) {
        return;
    }
    if storage.set_item(RELOADED, build).is_ok() {
        Timeout::new(up_to(SPREAD_MS), reload).forget();
    }
}

/// A random span of up to so many milliseconds.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds, never negative")]
pub fn up_to(millis: f64) -> u32 {
    (js_sys::Math::random() * millis) as u32
}

fn open() {
    FEED.with_borrow_mut(|feed| {
        let Some(feed) = feed else { return };
        if let Some(old) = feed.source.take() {
            old.close();
        }
        let (least, most) = AGAIN_MS;
        feed.again = clock::monotonic() + least + js_sys::Math::random() * (most - least);
        let Ok(source) = EventSource::new(&feed.url) else { return };
        for (name, listener) in &feed.listeners {
            // A failure leaves the page as it is: complete, not live.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        feed.source = Some(source);
    });
}

fn heard() {
    let was = FEED.with_borrow_mut(|feed| {
        let feed = feed.as_mut()?;
        feed.heard = clock::monotonic();
        Some(feed.link)
    });
    if was.is_some_and(|link| link != Link::Live) {
        say(Link::Live);
        clock::resynchronise();
    }
}

/// Trusts the silence, not `readyState`: a phone that slept looks open and hears nothing.
fn watch() {
    let Some((silence, ripe, closed, link)) = FEED.with_borrow(|feed| {
        let feed = feed.as_ref()?;
        let now = clock::monotonic();
        let closed = feed.source.as_ref().is_none_or(|source| source.ready_state() == EventSource::CLOSED);
        Some((now - feed.heard, now > feed.again, closed, feed.link))
    }) else {
        return;
    };
    if silence > LOST_MS {
        say(Link::Lost);
    } else if silence > LATE_MS && link == Link::Live {
        say(Link::Late);
    }
    if ripe && (closed || silence > LOST_MS) {
        open();
    }
}

/// A device that comes back from sleep, or gets its network back, asks at once.
fn listen_to_the_device() {
    let Some(window) = web_sys::window() else { return };
    on(&window, "pagehide", close);
    on(&window, "pageshow", wake);
    on(&window, "online", wake);
    on(&window, "offline", || say(Link::Lost));
    if let Some(document) = window.document() {
        on(&document, "visibilitychange", wake_if_seen);
    }
}

fn on(target: &EventTarget, name: &str, act: fn()) {
    let listener = Closure::<dyn Fn()>::new(act);
    // A failure leaves the page as it is: complete, not live.
    let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}

fn close() {
    FEED.with_borrow_mut(|feed| {
        if let Some(source) = feed.as_mut().and_then(|feed| feed.source.take()) {
            source.close();
        }
    });
}

fn wake_if_seen() {
    let document = web_sys::window().and_then(|window| window.document());
    if document.is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible) {
        wake();
    }
}

fn wake() {
    let stale = FEED.with_borrow(|feed| {
        feed.as_ref().is_some_and(|feed| feed.source.is_none() || clock::monotonic() - feed.heard > LATE_MS)
    });
    clock::resynchronise();
    if stale {
        open();
    }
}
