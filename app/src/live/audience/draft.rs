//! A text that is being written outlives a reload and a lost connection: it is kept on this device, in this tab.

use leptos::prelude::*;
use web_sys::{Storage, UrlSearchParams};

use super::Phone;
use crate::live::send::Letter;

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn key(code: &str) -> String {
    ["nadwa-draft-", code].concat()
}

/// Keeps what is typed. Where a device keeps nothing, the page still does.
pub(super) fn keep(code: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&key(code), text);
    }
}

/// Puts a kept text back, unless something is typed already.
pub(super) fn restore(code: &str, phone: Phone) {
    let Some(area) = phone.text.get_untracked() else { return };
    let kept = storage().and_then(|storage| storage.get_item(&key(code)).ok().flatten());
    if let Some(kept) = kept.filter(|kept| !kept.is_empty() && area.value().is_empty()) {
        area.set_value(&kept);
    }
    phone.writing.set(!area.value().is_empty());
}

/// The question has arrived: forgets the text, unless another has been begun in the meantime.
pub(super) fn done(code: &str, phone: Phone, letter: &Letter) {
    let Some(area) = phone.text.get_untracked() else { return };
    let sent = UrlSearchParams::new_with_str(&letter.body).ok().and_then(|fields| fields.get("text"));
    // A form sends line breaks as CR LF.
    let same = sent.is_some_and(|sent| sent.replace("\r\n", "\n") == area.value());
    if same {
        area.set_value("");
        keep(code, "");
        phone.writing.set(false);
    }
}
