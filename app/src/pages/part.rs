//! Parts of the phone's page, in the page and alone: the same markup under the same key.

use leptos::prelude::*;

use crate::wire::Fragment;

/// A part as an answer: what stands in it.
#[must_use]
pub fn fragment(name: &str, key: String, inside: impl IntoView) -> Fragment {
    Fragment { name: name.to_owned(), key, html: inside.into_view().to_html() }
}

/// A part in the page: one element that its island does not hydrate, and whose markup the server sends anew.
///
/// Give it to the page by [`crate::parts::given::Given::with_html`].
#[must_use]
pub fn element(part: &Fragment) -> String {
    ["<div class=\"part\" id=\"part-", &part.name, "\" data-key=\"", &part.key, "\">", &part.html, "</div>"].concat()
}
