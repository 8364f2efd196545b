//! What a page gives to its island: where to begin, as JSON in the page, and what stays as it is.
//!
//! Not as the island's props: Leptos reads and writes those with a library that weighs a quarter of what a phone may
//! load ([`crate::wire::json`]). Nor as its children, of which an island has one place only.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::wire::json;

/// The id of the element that holds the JSON.
const ID: &str = "given";

/// What only the server makes is not even compiled for the browser.
pub(crate) const BROWSER: bool = cfg!(target_arch = "wasm32");

/// What an island begins with, and its still parts.
#[derive(Clone, Debug)]
pub struct Given {
    start: String,
    still: Vec<(&'static str, String)>,
}

impl Given {
    /// Writes down where the island begins.
    #[must_use]
    pub fn new(start: &impl Serialize) -> Self {
        let text = serde_json::to_string(start).expect("what islands begin with has texts as keys");
        // Within JSON only a text can hold this sign; as an escape it cannot end the element that holds the JSON.
        Self { start: text.replace('<', "\\u003c"), still: Vec::new() }
    }

    /// Adds a part that never changes. It is one element.
    #[must_use]
    pub fn with(mut self, name: &'static str, element: impl IntoView) -> Self {
        self.still.push((name, element.into_view().to_html()));
        self
    }

    /// Adds a part that was rendered before. It is one element.
    #[must_use]
    pub fn with_html(mut self, name: &'static str, html: String) -> Self {
        self.still.push((name, html));
        self
    }

    /// Puts it into the page, before its island. A block of data: no script runs.
    pub fn provide(self) -> impl IntoView {
        provide_context(self.clone());
        view! {
            <script id=ID r#type="application/json">
                {self.start}
            </script>
        }
    }
}

/// Reads where the island begins: on the server from what the page gave, in the browser from the page.
///
/// # Panics
/// If the page gives something else: page and island are of one build.
#[must_use]
pub fn start<T: DeserializeOwned>() -> T {
    let text = use_context::<Given>().map(|given| given.start);
    let text = text.or_else(|| document().get_element_by_id(ID)?.text_content());
    text.and_then(|text| json::read(&text).ok()).expect("the page of the same build gives what its island reads")
}

/// One element that nothing ever changes. Only for what stands in every page that the server writes: the browser goes
/// past it and could not make it anew.
pub fn fixed<V: IntoView + 'static>(view: impl FnOnce() -> V) -> InertElement {
    InertElement::new(if BROWSER { String::new() } else { view().into_view().to_html() })
}

/// A still part: rendered by the server alone. The browser neither knows nor needs it; hydrating, it goes past it.
#[must_use]
pub fn still(name: &str) -> InertElement {
    let given = use_context::<Given>().map(|given| given.still).unwrap_or_default();
    InertElement::new(given.into_iter().find(|(part, _)| *part == name).map(|(_, html)| html).unwrap_or_default())
}
