//! What the desk's page does by itself: it listens to four keys, and says that somebody is here.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlDialogElement, HtmlElement, KeyboardEvent, VisibilityState};

use crate::live::clock::monotonic;
use crate::live::desk::Table;
use crate::live::send::Letter;

/// How often the desk says that somebody is there (`S7`); a minute of silence closes the intake.
const HERE_MS: u32 = 20_000;
/// The id of the dialog that confirms.
pub(super) const DIALOG: &str = "guard";
/// The ids of the four outcomes' buttons, in the order of their keys.
pub(super) const OUTCOMES: [&str; 4] = ["outcome-1", "outcome-2", "outcome-3", "outcome-4"];

/// Says again and again that this page is visible, and whether there was input since (`G11`): a hidden page says
/// nothing. What is returned is called at every heartbeat of the feed, since browsers throttle timers.
pub(crate) fn stay(action: String) -> Rc<dyn Fn(&str)> {
    let (said, touched) = (Rc::new(Cell::new(monotonic())), Rc::new(Cell::new(false)));
    listen_for_hands(&touched);
    let say = {
        let said = Rc::clone(&said);
        Rc::new(move || {
            if document().visibility_state() == VisibilityState::Hidden {
                return;
            }
            said.set(monotonic());
            let body = if touched.replace(false) { "by=hand" } else { "" };
            let letter = Letter { action: action.clone(), body: body.to_owned() };
            spawn_local(async move {
                letter.send().await;
            });
        })
    };
    say();
    let again = Rc::clone(&say);
    Interval::new(HERE_MS, move || again()).forget();
    Rc::new(move |_| {
        if monotonic() - said.get() > f64::from(HERE_MS) {
            say();
        }
    })
}

/// A press, a tap or a key is a person.
fn listen_for_hands(touched: &Rc<Cell<bool>>) {
    // The page lives as long as its listeners.
    let (by_finger, by_key) = (Rc::clone(touched), Rc::clone(touched));
    let _ = window_event_listener(ev::pointerdown, move |_| by_finger.set(true));
    let _ = window_event_listener(ev::keydown, move |_| by_key.set(true));
}

/// Tells the server something that needs no answer.
pub(super) fn say(action: String, body: String) {
    spawn_local(async move {
        Letter { action, body }.send().await;
    });
}

/// The keys 1 to 4 press the four outcomes, unless somebody types or confirms.
pub(super) fn listen(t: Table) {
    // The page lives as long as its listener.
    let _ = window_event_listener(ev::keydown, move |event| {
        if let Some(place) = outcome(&event)
            && t.presses.counts()
            && !types(&event)
            && dialog().is_none_or(|dialog| !dialog.open())
            && let Some(button) = element::<HtmlElement>(OUTCOMES[place])
        {
            event.prevent_default();
            button.click();
        }
    });
}

/// Which outcome a key stands for, whatever the layout of the keyboard.
fn outcome(event: &KeyboardEvent) -> Option<usize> {
    if event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    let code = event.code();
    let digit = code.strip_prefix("Digit").or_else(|| code.strip_prefix("Numpad"))?;
    let place: usize = digit.parse().ok()?;
    place.checked_sub(1).filter(|place| *place < OUTCOMES.len())
}

fn types(event: &KeyboardEvent) -> bool {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    field.is_some_and(|field| matches!(field.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Asks before a question goes to safeguarding.
pub(super) fn open_dialog() {
    if let Some(dialog) = dialog().filter(|dialog| !dialog.open()) {
        // Without a modal dialog the page's own popover asks.
        let _ = dialog.show_modal();
    }
}

/// Closes it: the answer was given, or another question is read now.
pub(super) fn close_dialog() {
    if let Some(dialog) = dialog().filter(HtmlDialogElement::open) {
        dialog.close();
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    element(DIALOG)
}

fn element<E: JsCast>(id: &str) -> Option<E> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
