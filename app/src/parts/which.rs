//! Which question a form is about: in its body, since a log of addresses would tell who read what when (G6).

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;

/// The name of the field.
const FIELD: &str = "item";

/// The field that names it.
pub fn which(id: impl Fn() -> Option<QuestionId> + Send + 'static) -> impl IntoView {
    view! { <input type="hidden" name=FIELD value=move || id().map(|id| id.to_string())/> }
}

/// The same as a URL-encoded body.
#[must_use]
pub fn which_body(id: QuestionId) -> String {
    [FIELD, "=", &id.to_string()].concat()
}
