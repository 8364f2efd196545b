//! Numbers, clocks, codes and times: always left to right, isolated from the direction around them (`L3`).

use leptos::prelude::*;

/// What [`crate::words::numbers`] wrote, isolated from the text around it.
#[component]
pub fn Number(
    /// Already in the reader's digits.
    text: String,
) -> impl IntoView {
    view! { <bdi class="number" dir="ltr">{text}</bdi> }
}
