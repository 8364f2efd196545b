//! The small forms: of moments, things and signs.

use leptos::prelude::*;

/// A form, always beside a word; hidden from screen readers.
#[component]
pub fn Shape(
    /// Its name in the style sheet: `speech`, `check`, `onward` …
    name: &'static str,
) -> impl IntoView {
    view! { <i class=["shape ", name].concat() aria-hidden="true"></i> }
}
