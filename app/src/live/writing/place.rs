//! A place of the sheet where something is typed, and the caret in it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// A place where something is typed.
pub(super) enum Place {
    /// One line.
    Line(HtmlInputElement),
    /// Many.
    Area(HtmlTextAreaElement),
}

impl Place {
    /// The place of a field, if the page has it.
    pub(super) fn of(key: &str) -> Option<Self> {
        let element = document().get_element_by_id(key)?;
        element.dyn_into().map(Self::Area).or_else(|other| other.dyn_into().map(Self::Line)).ok()
    }

    /// What stands there now.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Line(line) => line.value(),
            Self::Area(area) => area.value(),
        }
    }

    /// Whether something else stands there than when the page came.
    pub(super) fn is_changed(&self) -> bool {
        match self {
            Self::Line(line) => line.value() != line.default_value(),
            Self::Area(area) => area.default_value().is_ok_and(|first| area.value() != first),
        }
    }

    /// Writes, and leaves the caret where it was among the words.
    pub(super) fn write(&self, old: &str, new: &str) {
        let caret = match self {
            Self::Line(line) => line.selection_start(),
            Self::Area(area) => area.selection_start(),
        };
        let caret = caret.ok().flatten().map(|caret| moved(caret, old, new));
        match self {
            Self::Line(line) => {
                line.set_value(new);
                let _ = line.set_selection_range(caret.unwrap_or(0), caret.unwrap_or(0));
            }
            Self::Area(area) => {
                area.set_value(new);
                let _ = area.set_selection_range(caret.unwrap_or(0), caret.unwrap_or(0));
            }
        }
    }
}

/// Where the caret goes: behind the words that stood before it, wherever they stand now.
fn moved(caret: u32, old: &str, new: &str) -> u32 {
    let before: Vec<u16> = old.encode_utf16().take(caret as usize).collect();
    let new: Vec<u16> = new.encode_utf16().collect();
    let kept = before.iter().zip(&new).take_while(|(a, b)| a == b).count();
    if kept == before.len() {
        return caret;
    }
    let after = old.encode_utf16().count().saturating_sub(caret as usize);
    u32::try_from(new.len().saturating_sub(after)).unwrap_or(caret)
}
