//! The pen: what is typed is kept in `localStorage` at once, sent when typing pauses, and merged with what another
//! device wrote.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use nadwa_domain::paper::field::{Field, Form, clean_lines};
use nadwa_domain::paper::length::words;
use nadwa_domain::paper::merge::merge;
use nadwa_domain::text::clean;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{FormData, HtmlFormElement, Storage, SubmitEvent, UrlSearchParams};

use crate::live::feed;
use crate::live::send;
use crate::live::writing::place::Place;
use crate::live::writing::{Kept, Sheet, Start, WritingView, fields};
use crate::wire::{Answer, json};
use crate::words::{self, Reader};

/// So long after the first keystroke of a burst everything is kept on this device.
const KEEP_MS: u32 = 250;
/// So long after it everything is sent.
const SEND_MS: u32 = 1_200;
/// So long after a failed send it is tried again.
const AGAIN_MS: u32 = 4_000;
struct Pen {
    paper: String,
    sheet: Sheet,
    r: Reader,
    /// What the server has, as far as is known here.
    known: RefCell<BTreeMap<String, String>>,
    version: Cell<u32>,
    /// Settings that the server has: form, language, theme.
    settings: RefCell<[String; 3]>,
    keep_due: Cell<bool>,
    send_due: Cell<bool>,
    sending: Cell<bool>,
    /// A frame that was received while a request was in flight: it is merged after the answer.
    later: RefCell<Option<WritingView>>,
}

thread_local! {
    static PEN: RefCell<Option<Rc<Pen>>> = const { RefCell::new(None) };
}
fn pen() -> Option<Rc<Pen>> {
    PEN.with_borrow(Clone::clone)
}

/// Takes the pen up: what a dead tablet or a lost connection left here is on the sheet again.
pub(super) fn begin(start: Start, sheet: Sheet) {
    let view = &start.view;
    let pen = Rc::new(Pen {
        paper: start.paper.clone(),
        sheet,
        r: start.place.reader,
        known: RefCell::new(view.by_field()),
        version: Cell::new(view.version),
        settings: RefCell::new(settings_of(view)),
        keep_due: Cell::new(false),
        send_due: Cell::new(false),
        sending: Cell::new(false),
        later: RefCell::new(None),
    });
    PEN.set(Some(Rc::clone(&pen)));
    pen.restore();
    // Whoever leaves the page in the middle of a word finds the whole word again.
    let _ = window_event_listener_untyped("pagehide", |_| {
        if let Some(pen) = self::pen().filter(|pen| pen.keep_due.get()) {
            pen.keep();
        }
    });
    if !start.typed.is_empty() {
        typed();
    }
}

/// Something was typed. Nothing else is done in the input event itself: the browser paints the character first.
pub(super) fn typed() {
    let Some(pen) = pen() else { return };
    if !pen.keep_due.replace(true) {
        Timeout::new(KEEP_MS, || {
            if let Some(pen) = self::pen() {
                pen.keep()
            }
        })
        .forget();
    }
    pen.send_soon(SEND_MS);
}

/// A choice was made: form, language or theme.
pub(super) fn chosen() {
    let Some(pen) = pen() else { return };
    if let Some(fields) = pen.fields() {
        let form = fields.get("form").unwrap_or_default();
        pen.sheet.form.set(fields::form_named(&form));
    }
    typed();
}

/// «Save now», or «send the paper».
pub(super) fn submit(event: &SubmitEvent) {
    let Some(pen) = pen() else { return };
    pen.keep();
    // A button with an address of its own sends the whole sheet there, as a page without wasm does.
    if event.submitter().is_some_and(|button| button.has_attribute("formaction")) {
        return;
    }
    event.prevent_default();
    pen.send();
}

/// Another version is on the server.
pub(super) fn heard(view: WritingView) {
    let Some(pen) = pen() else { return };
    if pen.sending.get() {
        *pen.later.borrow_mut() = Some(view);
    } else {
        pen.take_in(&view, None);
    }
}

impl Pen {
    fn fields(&self) -> Option<UrlSearchParams> {
        let form: HtmlFormElement = document().get_element_by_id("draft")?.dyn_into().ok()?;
        let data = FormData::new_with_form(&form).ok()?;
        UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
    }

    /// Keeps everything on this device, and counts the words.
    fn keep(&self) {
        self.keep_due.set(false);
        let Some(fields) = self.fields() else { return };
        fields.set("base", &self.version.get().to_string());
        if let (Some(storage), Some(text)) = (storage(), fields.to_string().as_string()) {
            // Where a device keeps nothing, the page still does.
            let _ = storage.set_item(&self.key(), &text);
        }
        self.count(&fields);
    }

    fn count(&self, fields: &UrlSearchParams) {
        let form = fields::form_named(&fields.get("form").unwrap_or_default());
        let text = |field: &Field| fields.get(&field.key()).unwrap_or_default();
        let sum = form.parts().iter().map(|field| words(&text(field))).sum();
        if self.sheet.words.get_untracked() != sum {
            self.sheet.words.set(sum);
        }
    }

    fn send_soon(self: &Rc<Self>, millis: u32) {
        if !self.send_due.replace(true) {
            let pen = Rc::clone(self);
            Timeout::new(millis, move || {
                pen.send_due.set(false);
                pen.send();
            })
            .forget();
        }
    }

    /// Sends what the server does not have.
    fn send(self: &Rc<Self>) {
        if self.sending.get() {
            return self.send_soon(SEND_MS);
        }
        let Some(fields) = self.fields() else { return };
        let mut sent = BTreeMap::new();
        for field in Field::all() {
            let key = field.key();
            let text = cleaned(field, &fields.get(&key).unwrap_or_default());
            if self.known.borrow().get(&key).map(String::as_str).unwrap_or_default() == text {
                fields.delete(&key);
            } else {
                sent.insert(key, text);
            }
        }
        let settings = ["form", "lang", "theme"].map(|name| fields.get(name).unwrap_or_default());
        if sent.is_empty() && *self.settings.borrow() == settings {
            return self.all_kept();
        }
        fields.set("base", &self.version.get().to_string());
        let body = fields.to_string().as_string().unwrap_or_default();
        self.sending.set(true);
        self.say(Kept::OnItsWay);
        let pen = Rc::clone(self);
        spawn_local(async move {
            let action = ["/papers/", &pen.paper, "/draft"].concat();
            let answer = send::try_exchange(&action, Some(&body)).await;
            pen.sending.set(false);
            match answer {
                Ok((status, text)) if status < 300 => pen.arrived(&text, &sent, settings),
                Ok((status, text)) if status < 500 => pen.refused(&text),
                _ => {
                    feed::say(feed::Link::Lost);
                    pen.say(Kept::Here);
                    pen.send_soon(AGAIN_MS);
                }
            }
            let later = pen.later.borrow_mut().take();
            if let Some(view) = later {
                pen.take_in(&view, None);
            }
        });
    }

    fn arrived(self: &Rc<Self>, text: &str, sent: &BTreeMap<String, String>, settings: [String; 3]) {
        let Ok(view) = json::read::<WritingView>(text) else { return self.say(Kept::Here) };
        feed::say(feed::Link::Live);
        let lang = self.settings.borrow()[1].clone();
        *self.settings.borrow_mut() = settings.clone();
        self.take_in(&view, Some(sent));
        if lang != settings[1] {
            // The sheet has its main title in another language now.
            self.forget();
            return feed::reload();
        }
        self.send();
    }

    fn refused(&self, text: &str) {
        let answer = json::read::<Answer>(text).unwrap_or_default();
        let sentence = answer.message.unwrap_or_else(|| words::refusal::not_saved(self.r).to_owned());
        self.say(Kept::Refused(sentence));
    }

    /// Takes in what the server has. `sent` is what it has just been sent: whatever differs from it was joined there.
    fn take_in(self: &Rc<Self>, view: &WritingView, sent: Option<&BTreeMap<String, String>>) {
        if view.version < self.version.get() {
            return;
        }
        let theirs = view.by_field();
        let mut joined = false;
        for field in Field::all() {
            let key = field.key();
            let theirs = theirs.get(&key).map(String::as_str).unwrap_or_default();
            let base = {
                let known = self.known.borrow();
                let base = sent.and_then(|sent| sent.get(&key)).or_else(|| known.get(&key));
                base.cloned().unwrap_or_default()
            };
            joined |= self.take_in_one(field, &key, &base, theirs);
            self.known.borrow_mut().insert(key, theirs.to_owned());
        }
        self.version.set(view.version);
        if let Some(Place::Line(base)) = Place::of("base") {
            base.set_value(&view.version.to_string());
        }
        if sent.is_none() {
            *self.settings.borrow_mut() = settings_of(view);
        }
        if joined {
            self.say(Kept::Joined);
            self.send_soon(SEND_MS);
        }
    }

    /// Whether what is typed here was joined with what another device wrote.
    fn take_in_one(&self, field: Field, key: &str, base: &str, theirs: &str) -> bool {
        if theirs == base {
            return false;
        }
        let Some(place) = Place::of(key) else { return false };
        let here = place.value();
        let mine = cleaned(field, &here);
        if mine == theirs {
            return false;
        }
        if mine == base {
            place.write(&here, theirs);
            return false;
        }
        let both = if field.has_lines() { merge(base, theirs, &mine) } else { mine.clone() };
        if both != mine {
            place.write(&here, &both);
        }
        true
    }

    fn all_kept(&self) {
        self.forget();
        if !matches!(self.sheet.kept.get_untracked(), Kept::Everywhere | Kept::Joined) {
            self.say(Kept::Everywhere);
        }
    }

    fn say(&self, kept: Kept) {
        if self.sheet.kept.with_untracked(|now| *now != kept) {
            self.sheet.kept.set(kept);
        }
    }

    /// What was left on this device: joined by the server, which knows what it was begun from.
    fn restore(self: &Rc<Self>) {
        let Some(left) = storage().and_then(|storage| storage.get_item(&self.key()).ok().flatten()) else { return };
        let Ok(left) = UrlSearchParams::new_with_str(&left) else { return };
        let base = left.get("base").and_then(|base| base.parse().ok()).unwrap_or(self.version.get());
        let mut differs = false;
        for field in Field::all() {
            let key = field.key();
            let (Some(text), Some(place)) = (left.get(&key), Place::of(&key)) else { continue };
            if cleaned(field, &text) != cleaned(field, &place.value()) {
                place.write(&place.value(), &text);
                differs = true;
            }
        }
        if differs {
            self.version.set(base);
            if let Some(Place::Line(input)) = Place::of("base") {
                input.set_value(&base.to_string());
            }
            self.say(Kept::Here);
            self.send_soon(KEEP_MS);
        } else {
            self.forget();
        }
        if let Some(fields) = self.fields() {
            self.count(&fields);
        }
    }

    fn forget(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.key());
        }
    }

    fn key(&self) -> String {
        ["nadwa-paper-", &self.paper].concat()
    }
}

/// A field's text as the server keeps it.
fn cleaned(field: Field, text: &str) -> String {
    if field.has_lines() { clean_lines(text) } else { clean(text) }
}

fn settings_of(view: &WritingView) -> [String; 3] {
    let form = match view.form {
        Form::Guided => "guided",
        Form::Free => "free",
        Form::File => "file",
    };
    let theme = view.theme.map(|theme| theme.to_string()).unwrap_or_default();
    [form.to_owned(), view.lang.tag().to_owned(), theme]
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
