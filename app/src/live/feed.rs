//! Following a session's feed: whole pictures, the newest wins, and an honest word about the connection.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::live::clock;
use crate::wire::{Frame, LATE_MS, LOST_MS, event};

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

/// How often the page looks at the silence, in milliseconds.
const WATCH_MS: u32 = 1_000;

type Handler = Rc<dyn Fn(&str)>;

struct Feed {
    url: String,
    handlers: Vec<(&'static str, Handler)>,
    source: Option<EventSource>,
    heard: f64,
    link: RwSignal<Link>,
}

thread_local! {
    static FEED: RefCell<Option<Feed>> = const { RefCell::new(None) };
}

/// Puts every new picture into `view`; reloads the page once the server is of another build.
pub fn pictures<V>(view: RwSignal<V>, build: String) -> Rc<dyn Fn(&str)>
where
    V: DeserializeOwned + Clone + PartialEq + Send + Sync + 'static,
{
    Rc::new(move |data| {
        let Ok(frame) = serde_json::from_str::<Frame<V>>(data) else { return reload() };
        if frame.build != build {
            return reload();
        }
        if view.with_untracked(|shown| *shown != frame.view) {
            view.set(frame.view);
        }
    })
}

/// Puts every picture of another kind (the phone's own things) into `signal`.
pub fn things<T>(signal: RwSignal<T>) -> Rc<dyn Fn(&str)>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    Rc::new(move |data| {
        if let Ok(thing) = serde_json::from_str(data) {
            signal.set(thing);
        }
    })
}

/// Opens the feed and keeps it open; `link` says how it is. Call once, from an effect.
pub fn follow(url: String, mut handlers: Vec<(&'static str, Handler)>, link: RwSignal<Link>) {
    handlers.push((event::BEAT, Rc::new(|data: &str| data.parse().map(clock::hint).unwrap_or_default())));
    handlers.push((event::GONE, Rc::new(|_: &str| reload())));
    FEED.set(Some(Feed { url, handlers, source: None, heard: clock::monotonic(), link }));
    open();
    Interval::new(WATCH_MS, watch).forget();
    listen_to_the_device();
}

/// Tells at once what `navigator` and the failed send have learned.
pub fn say(state: Link) {
    FEED.with_borrow(|feed| {
        if let Some(feed) = feed
            && feed.link.get_untracked() != state
        {
            feed.link.set(state);
        }
    });
}

fn open() {
    FEED.with_borrow_mut(|feed| {
        let Some(feed) = feed else { return };
        if let Some(old) = feed.source.take() {
            old.close();
        }
        let Ok(source) = EventSource::new(&feed.url) else { return };
        for (name, handler) in &feed.handlers {
            let handler = Rc::clone(handler);
            let listener = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
                heard();
                if let Some(data) = message.data().as_string() {
                    handler(&data);
                }
            });
            // A failure leaves the page as it is: complete, not live.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            listener.forget();
        }
        feed.source = Some(source);
        // A fresh connection gets its full time to say something.
        feed.heard = feed.heard.max(clock::monotonic() - LATE_MS);
    });
}

fn heard() {
    let was_lost = FEED.with_borrow_mut(|feed| {
        let Some(feed) = feed else { return false };
        feed.heard = clock::monotonic();
        let was_lost = feed.link.get_untracked() != Link::Live;
        if was_lost {
            feed.link.set(Link::Live);
        }
        was_lost
    });
    if was_lost {
        clock::resynchronise();
    }
}

/// Trusts the silence, not `readyState`: a phone that slept looks open and hears nothing.
fn watch() {
    let (silence, closed) = FEED.with_borrow(|feed| {
        let Some(feed) = feed else { return (0.0, false) };
        let closed = feed.source.as_ref().is_none_or(|s| s.ready_state() == EventSource::CLOSED);
        (clock::monotonic() - feed.heard, closed)
    });
    if silence > LOST_MS {
        say(Link::Lost);
    } else if silence > LATE_MS {
        say(Link::Late);
    }
    // Lost or refused: once every few seconds, not at every look.
    if (silence > LOST_MS || closed) && (silence as u64 / 1000).is_multiple_of(4) {
        open();
    }
}

/// A device that comes back from sleep, or gets its network back, asks at once.
fn listen_to_the_device() {
    on_window("pagehide", close);
    on_window("pageshow", wake);
    on_window("online", wake);
    on_window("offline", || say(Link::Lost));
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let shown = Closure::<dyn Fn()>::new(move || {
        let visible = web_sys::window()
            .and_then(|window| window.document())
            .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible);
        if visible {
            wake();
        }
    });
    let _ = document.add_event_listener_with_callback("visibilitychange", shown.as_ref().unchecked_ref());
    shown.forget();
}

fn on_window(name: &str, act: fn()) {
    let Some(window) = web_sys::window() else { return };
    let listener = Closure::<dyn Fn()>::new(act);
    let _ = window.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}

fn close() {
    FEED.with_borrow_mut(|feed| {
        if let Some(source) = feed.as_mut().and_then(|feed| feed.source.take()) {
            source.close();
        }
    });
}

fn wake() {
    clock::resynchronise();
    let stale = FEED.with_borrow(|feed| {
        feed.as_ref().is_some_and(|feed| feed.source.is_none() || clock::monotonic() - feed.heard > 5_000.0)
    });
    if stale {
        open();
    }
}

/// Loads the page anew: the server is of another build, or says that this pass is gone.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
