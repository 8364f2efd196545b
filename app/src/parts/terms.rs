//! Hard words that stand in a text beside it, each with what it means by a tap (`P10`).

use leptos::prelude::*;
use nadwa_domain::conference::glossary::Term;

use crate::parts::Plain;
use crate::words::{Reader, common};

/// The words; nothing where there are none. It needs no script.
#[component]
pub fn Terms(
    reader: Reader,
    terms: Vec<Term>,
    /// Tells its words apart on the page.
    part: String,
) -> impl IntoView {
    let words: Vec<_> = (0..)
        .zip(terms)
        .map(|(place, Term { word, meaning })| {
            let id = format!("term-{part}-{place}");
            view! {
                <button class="term" type="button" popovertarget=id.clone()><Plain phrase=word/></button>
                <span class="meaning" popover="auto" id=id><Plain phrase=meaning/></span>
            }
        })
        .collect();
    (!words.is_empty())
        .then(|| view! { <p class="terms"><span class="note">{common::terms(reader)}</span> {words}</p> })
}
