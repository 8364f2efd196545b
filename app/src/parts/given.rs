//! What a page gives to its island, as JSON in the page.
//!
//! Not as the island's props: Leptos reads and writes those with a library that weighs a quarter of what a phone may
//! load ([`crate::wire::json`]).

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::wire::json;

/// The element's id.
const ID: &str = "given";

/// What the island begins with.
#[derive(Clone, Debug)]
pub struct Given(String);

impl Given {
    /// Writes it down.
    #[must_use]
    pub fn new(start: &impl Serialize) -> Self {
        let text = serde_json::to_string(start).expect("what islands begin with has texts as keys");
        // Within JSON only a text can hold this sign; as an escape it cannot end the element that holds the JSON.
        Self(text.replace('<', "\\u003c"))
    }

    /// Puts it into the page, before its island. A block of data: no script runs.
    pub fn provide(self) -> impl IntoView {
        provide_context(self.clone());
        view! {
            <script id=ID r#type="application/json">
                {self.0}
            </script>
        }
    }
}

/// Reads it: on the server from where the page has put it, in the browser from the page.
///
/// # Panics
/// If the page gives something else: page and island are of one build.
#[must_use]
pub fn read<T: DeserializeOwned>() -> T {
    let text = use_context::<Given>().map(|given| given.0);
    let text = text.or_else(|| document().get_element_by_id(ID)?.text_content());
    text.and_then(|text| json::read(&text).ok()).expect("the page of the same build gives what its island reads")
}
