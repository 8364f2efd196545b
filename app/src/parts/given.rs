//! What a page gives to its island: initial data, as JSON in a data block (`<script type="application/json">`), and
//! static parts that are not hydrated.
//!
//! Not as the island's props: Leptos deserialises those with a library that weighs a quarter of what a phone may load
//! ([`crate::wire::json`]). Nor as its children, of which an island has one slot only.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::wire::json;

/// The ids of the elements that hold the JSON: of all but what is read apart, and of that.
const ID: &str = "given";
const APART: &str = "given-apart";

/// Why an island's initial data can be serialised as JSON.
const KEYS: &str = "what islands begin with has texts as keys";

/// What only the server makes is not even compiled for the browser.
pub(crate) const BROWSER: bool = cfg!(target_arch = "wasm32");

/// An island's initial data, and its static parts.
#[derive(Clone, Debug)]
pub struct Given {
    start: String,
    apart: Option<String>,
    still: Vec<(&'static str, String)>,
}

impl Given {
    /// Serialises the island's initial data.
    #[must_use]
    pub fn new(start: &impl Serialize) -> Self {
        Self { start: block(start), apart: None, still: Vec::new() }
    }

    /// Like [`Self::new`], but for one value, which the island deserialises in a task of its own ([`apart`]): the `key`
    /// of the object that is the `holder` in the data. What is left must deserialise without it.
    ///
    /// # Panics
    /// If there is no such value.
    #[must_use]
    pub fn parted(start: &impl Serialize, holder: &str, key: &str) -> Self {
        let mut whole = serde_json::to_value(start).expect(KEYS);
        let object = whole.get_mut(holder).and_then(Value::as_object_mut);
        let apart = object.and_then(|object| object.remove(key)).expect("a page takes apart what it has itself put in");
        Self { start: block(&whole), apart: Some(block(&apart)), still: Vec::new() }
    }

    /// Adds a static part. It is one element.
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

    /// Renders the data block, before the island. No script runs.
    pub fn provide(self) -> impl IntoView {
        provide_context(self.clone());
        let block = |id, text| view! { <script id=id r#type="application/json">{text}</script> };
        view! { {block(ID, self.start)} {self.apart.map(|text| block(APART, text))} }
    }
}

/// Reads the island's initial data: on the server from what the page gave, in the browser from the data block.
///
/// # Panics
/// If the page gives something else: page and island are of one build.
#[must_use]
pub fn start<T: DeserializeOwned>() -> T {
    read(ID, |given| Some(given.start))
}

/// Reads what the page took [apart](Given::parted).
///
/// # Panics
/// As [`start`].
#[must_use]
pub fn apart<T: DeserializeOwned>() -> T {
    read(APART, |given| given.apart)
}

fn read<T: DeserializeOwned>(id: &str, of: fn(Given) -> Option<String>) -> T {
    let text = use_context::<Given>().and_then(of);
    let text = text.or_else(|| document().get_element_by_id(id)?.text_content());
    text.and_then(|text| json::read(&text).ok()).expect("the page of the same build gives what its island reads")
}

fn block(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect(KEYS);
    // In JSON only a string can hold `<`; escaped it cannot end the script element.
    text.replace('<', "\\u003c")
}

/// One static element, as inert HTML. Only for what is in every page that the server renders: hydration skips it, and
/// the browser could not render it.
pub fn fixed<V: IntoView>(view: impl FnOnce() -> V) -> InertElement {
    InertElement::new(if BROWSER { String::new() } else { view().into_view().to_html() })
}

/// A static part: rendered by the server alone, with no code for it in the browser; hydration skips it.
#[must_use]
pub fn still(name: &str) -> InertElement {
    let given = use_context::<Given>().map(|given| given.still).unwrap_or_default();
    InertElement::new(given.into_iter().find(|(part, _)| *part == name).map(|(_, html)| html).unwrap_or_default())
}
