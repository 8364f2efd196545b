//! A choice of one among a few, as radio buttons in frames: it works without a script, and by touch, key and switch.

use leptos::prelude::*;

use crate::parts::Number;
use crate::words::{Digits, Reader, common, numbers};

/// One of the values of a choice.
pub struct Offer {
    /// As the form sends it.
    pub value: &'static str,
    /// What it is called.
    pub label: AnyView,
    /// Whether it is chosen now.
    pub chosen: bool,
}

/// An offer that a word names.
#[must_use]
pub fn offer(value: &'static str, label: &'static str, chosen: bool) -> Offer {
    Offer { value, label: label.into_any(), chosen }
}

/// The two families of digits (`L5`): shown, not named. A language without digits of its own has no choice.
#[must_use]
pub fn digits(r: Reader, chosen: Digits) -> Vec<Offer> {
    let family = |digits: Digits| numbers::digits(Reader { digits, ..r }, "123");
    if family(Digits::Latin) == family(Digits::ArabicIndic) {
        return Vec::new();
    }
    let offer = |digits: Digits| {
        let label = view! { <Number text=family(digits)/> }.into_any();
        Offer { value: digits.as_str(), label, chosen: digits == chosen }
    };
    vec![offer(Digits::Latin), offer(Digits::ArabicIndic)]
}

/// The two registers (`P11`).
#[must_use]
pub fn registers(r: Reader, younger: bool) -> Vec<Offer> {
    vec![offer("older", common::usual_words(r), !younger), offer("younger", common::easier_words(r), younger)]
}

/// The choice; nothing where there is nothing to choose.
#[component]
pub fn Choices(
    /// What is chosen.
    title: &'static str,
    /// The name of the form's field.
    name: &'static str,
    /// Among what.
    offers: Vec<Offer>,
) -> impl IntoView {
    let radio = move |offer: Offer| {
        let Offer { value, label, chosen } = offer;
        view! {
            <label class="choice framed">
                <input type="radio" name=name value=value checked=chosen/>
                <span>{label}</span>
            </label>
        }
    };
    (!offers.is_empty()).then(|| {
        view! {
            <fieldset class="choosing">
                <legend>{title}</legend>
                <div class="offers">{offers.into_iter().map(radio).collect_view()}</div>
            </fieldset>
        }
    })
}
