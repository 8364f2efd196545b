//! Texts with a language and a direction of their own (`L4`, `L13`).
//!
//! Always inline elements: the text runs in its own direction, and stands at the side where the page begins.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;

use crate::words::{Reader, numbers};

/// What a person wrote: a question, a reply.
#[component]
pub fn Said(
    /// The words.
    phrase: Phrase,
) -> impl IntoView {
    view! { <span class="said" lang=phrase.lang.tag() dir=phrase.dir.as_str()>{phrase.text}</span> }
}

/// What organizers prepared: a title, a name, a place.
#[component]
pub fn Plain(
    /// The words.
    phrase: Phrase,
) -> impl IntoView {
    view! { <span lang=phrase.lang.tag() dir=phrase.dir.as_str()>{phrase.text}</span> }
}

/// A sentence of the interface where a phrase is wanted.
#[must_use]
pub fn own(reader: Reader, text: &str) -> Phrase {
    Phrase { text: text.to_owned(), lang: reader.lang, dir: reader.lang.dir() }
}

/// Names in a row as one phrase: «مريم ولينا». Its language is the first name's.
#[must_use]
pub fn names(reader: Reader, names: &[Phrase]) -> Phrase {
    let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    let first = names.first().cloned().unwrap_or_default();
    Phrase { text: numbers::names(reader, &texts), ..first }
}
