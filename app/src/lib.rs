//! What a person sees of Nadwa.
//!
//! Compiled twice: natively with `ssr`, where [`pages`] render complete HTML, and to wasm with `phone` or `team`, where
//! the islands of [`live`] make the same pages live. A component decides nothing: it takes a view and shows it.

#![recursion_limit = "512"]

#[cfg(all(feature = "ssr", any(feature = "phone", feature = "team")))]
compile_error!("`ssr` is the server's half and `phone`/`team` the browser's: never both in one build");

#[cfg(any(feature = "ssr", feature = "phone", feature = "team"))]
pub mod live;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(any(feature = "ssr", feature = "phone", feature = "team"))]
pub mod parts;
pub mod wire;
pub mod words;

/// Called by the page's script once the wasm is there; the islands follow.
#[cfg(any(feature = "phone", feature = "team"))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
