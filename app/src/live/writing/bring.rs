//! Bringing a file without leaving the page: how far it is, an honest word where the connection ends, and one press to
//! send it again. What was typed stays; the server keeps nothing of half a file, and knows one that comes twice.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget, FormData, HtmlFormElement, ProgressEvent, XmlHttpRequest};

use crate::live::clock::monotonic;
use crate::live::feed;
use crate::live::writing::place::Place;
use crate::wire::{Answer, json};
use crate::words::{Reader, paper};

/// Nothing moved for so long: it is given up. To look into a large file takes the server a while.
const PATIENCE_MS: f64 = 60_000.0;
/// How often that is looked at.
const WATCH_MS: u32 = 2_000;
/// Where else something may be typed that a fresh page would lose.
const TYPED: [&str; 3] = ["name", "reply", "group"];

/// Takes the form over. Where this fails it is a form like any other.
pub(super) fn begin(r: Reader) {
    let Some(form) = form() else { return };
    on(&form, "submit", move |event| {
        event.prevent_default();
        send(r);
    });
}

fn form() -> Option<HtmlFormElement> {
    document().get_element_by_id("bring")?.dyn_into().ok()
}

/// Sends what is in the form; what is on its way is not sent twice.
fn send(r: Reader) {
    let Some(form) = form().filter(|form| !form.has_attribute("data-busy")) else { return };
    let _ = form.set_attribute("data-busy", "");
    refuse("");
    say("file-said", paper::sending_file(r));
    if begin_sending(r, &form).is_err() {
        cut(r);
    }
}

fn begin_sending(r: Reader, form: &HtmlFormElement) -> Result<(), JsValue> {
    let data = FormData::new_with_form(form)?;
    let request = XmlHttpRequest::new()?;
    request.open("POST", &form.action())?;
    request.set_request_header("accept", "application/json")?;
    let moved = Rc::new(Cell::new(monotonic()));
    let watch = Cell::new(Some(give_up_on_silence(&request, &moved)));
    let upload = request.upload()?;
    on(&upload, "progress", move |event| {
        moved.set(monotonic());
        show(event.unchecked_ref());
    });
    let heard = request.clone();
    // Comes after an answer, after a lost connection, and after it was given up.
    on(&request, "loadend", move |_| {
        drop(watch.take());
        ended(r, &heard);
    });
    request.send_with_opt_form_data(Some(&data))
}

/// A network that has gone dead says nothing: then the page does.
fn give_up_on_silence(request: &XmlHttpRequest, moved: &Rc<Cell<f64>>) -> Interval {
    let (request, moved) = (request.clone(), Rc::clone(moved));
    Interval::new(WATCH_MS, move || {
        if monotonic() - moved.get() > PATIENCE_MS {
            let _ = request.abort();
        }
    })
}

fn ended(r: Reader, request: &XmlHttpRequest) {
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    let said = json::read::<Answer>(&text).ok().and_then(|answer| answer.message);
    match said {
        _ if (200..300).contains(&status) => arrived(r),
        Some(said) if status >= 400 => {
            free();
            refuse(&said);
        }
        _ => cut(r),
    }
}

/// The connection ended, or nobody answered: it says so beside the field, and the button sends it again.
fn cut(r: Reader) {
    free();
    refuse(paper::file_cut(r));
    say("file-send", paper::send_file_again(r));
}

/// The list is on a fresh page. What is typed elsewhere on this one is not thrown away for it.
fn arrived(r: Reader) {
    let typed = TYPED.iter().filter_map(|id| Place::of(id)).any(|place| place.is_changed());
    if !typed {
        return feed::reload();
    }
    free();
    if let Some(form) = form() {
        form.reset();
    }
    // The next file is another one.
    if let Some(Place::Line(id)) = Place::of("file-id")
        && let Ok(old) = Uuid::parse_str(&id.value())
    {
        id.set_value(&Uuid::from_u128(old.as_u128().wrapping_add(1)).to_string());
    }
    say("file-said", paper::file_arrived(r));
    say("file-send", paper::add_file(r));
}

/// The form may be sent again.
fn free() {
    if let Some(form) = form() {
        let _ = form.remove_attribute("data-busy");
    }
    if let Some(bar) = document().get_element_by_id("file-sent") {
        let _ = bar.set_attribute("hidden", "");
    }
    say("file-said", "");
}

/// How much has left this device.
fn show(event: &ProgressEvent) {
    let Some(bar) = document().get_element_by_id("file-sent").filter(|_| event.total() > 0.0) else { return };
    let percent = (event.loaded() / event.total() * 100.0) as u32;
    let _ = bar.set_attribute("value", &percent.to_string());
    let _ = bar.remove_attribute("hidden");
}

fn say(id: &str, text: &str) {
    if let Some(place) = document().get_element_by_id(id) {
        place.set_text_content(Some(text));
    }
}

/// A sentence beside the field, with its form, as the server writes one; none takes no room.
fn refuse(sentence: &str) {
    let Some(place) = document().get_element_by_id("file-refusal") else { return };
    place.set_text_content(None);
    let made = (document().create_element("i"), document().create_element("span"));
    if let (Ok(shape), Ok(words), false) = (made.0, made.1, sentence.is_empty()) {
        shape.set_class_name("shape hold");
        let _ = shape.set_attribute("aria-hidden", "true");
        words.set_text_content(Some(sentence));
        let _ = place.append_child(&shape);
        let _ = place.append_child(&words);
    }
}

fn on(target: &EventTarget, name: &str, act: impl Fn(Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(act);
    let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}
