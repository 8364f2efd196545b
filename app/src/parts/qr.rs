//! A QR code: ink on white with a quiet zone, in every theme.

use leptos::either::Either;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A QR code as the server computed it. The component of the same name shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    /// Modules along one side; the style sheet adds the quiet zone.
    pub size: u32,
    /// One path over all dark modules, as the `d` of an SVG path.
    pub path: String,
    /// Why there is none, where no phone could open its address (`V6`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// Shows it.
#[component]
pub fn Qr(
    qr: Qr,
    /// What it is for, in words.
    label: String,
) -> impl IntoView {
    let size = qr.size.to_string();
    if let Some(sentence) = qr.instead {
        return Either::Left(view! { <p class="qr-none">{sentence}</p> });
    }
    Either::Right(view! {
        <svg
            class="qr"
            viewBox=["0 0 ", &size, " ", &size].concat()
            role="img"
            aria-label=label
            shape-rendering="crispEdges"
        >
            <path fill="currentColor" d=qr.path></path>
        </svg>
    })
}
