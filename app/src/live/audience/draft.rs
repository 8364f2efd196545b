//! A text that is being written outlives a reload and a lost connection: it is kept on this device, in this tab.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement, Storage, UrlSearchParams};

use crate::live::send::Letter;

/// The id of the text area.
pub(super) const TEXT: &str = "text";

/// The id of the choice that only adults read it, which is kept with the text (`N10`).
const ADULT: &str = "adult";
/// Stands before a kept text that only adults shall read.
const FOR_ADULTS: char = '\u{1}';

/// The text area; it is always there while the page is.
pub(super) fn area() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(TEXT)?.dyn_into().ok()
}

/// Keeps what is typed. Where a device keeps nothing, the page still does.
pub(super) fn keep(code: &str, text: &str) {
    if let Some(storage) = storage() {
        let mark = if for_adults().is_some_and(|choice| choice.checked()) { "\u{1}" } else { "" };
        let _ = storage.set_item(&key(code), &[mark, text].concat());
    }
}

/// The choice that only adults read it.
fn for_adults() -> Option<HtmlInputElement> {
    document().get_element_by_id(ADULT)?.dyn_into().ok()
}

fn choose(adults_only: bool) {
    if let Some(choice) = for_adults() {
        choice.set_checked(adults_only);
    }
}

/// Puts a kept text back, unless something is typed already; says what is there now.
pub(super) fn restore(code: &str) -> Option<String> {
    let area = area()?;
    if area.value().is_empty()
        && let Some(kept) = storage().and_then(|storage| storage.get_item(&key(code)).ok().flatten())
    {
        let text = kept.strip_prefix(FOR_ADULTS);
        choose(text.is_some());
        area.set_value(text.unwrap_or(&kept));
    }
    Some(area.value())
}

/// The question has arrived: forgets the text, and says so; not if another has been begun in the meantime.
pub(super) fn done(code: &str, letter: &Letter) -> bool {
    let Some(area) = area() else { return false };
    let same = text_of(letter).is_some_and(|sent| same(&sent, &area.value()));
    if same {
        area.set_value("");
        choose(false);
        keep(code, "");
    }
    same
}

/// Puts a text back that came back, and says so; not over another that has been begun.
pub(super) fn take_back(code: &str, text: &str) -> bool {
    let Some(area) = area() else { return false };
    if area.value().is_empty() {
        area.set_value(text);
        keep(code, text);
    }
    same(text, &area.value())
}

/// The text of a letter, if it has one.
pub(super) fn text_of(letter: &Letter) -> Option<String> {
    UrlSearchParams::new_with_str(&letter.body).ok()?.get("text")
}

/// Whether the focus is in the form.
pub(super) fn has_focus() -> bool {
    let form = area().and_then(|area| area.form());
    form.is_some_and(|form| document().active_element().is_some_and(|focused| form.contains(Some(&focused))))
}

/// A form sends line breaks as CR LF.
fn same(sent: &str, here: &str) -> bool {
    sent.lines().eq(here.lines())
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn key(code: &str) -> String {
    ["nadwa-draft-", code].concat()
}
