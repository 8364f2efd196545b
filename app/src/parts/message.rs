//! What a page says to a person: messages, and refusals in ink, never in red.

use leptos::prelude::*;

use crate::parts::Shape;

/// A message with its form. The first line of the text is said strongly, what follows explains.
#[component]
pub fn Message(
    /// Its hue: `plain`, `speech`, `safety` …
    moment: &'static str,
    /// Its form: `check`, `hold`, `message` …
    shape: &'static str,
    /// What it says; a line break ends what is said strongly.
    text: String,
    /// Whether it is no live region: another has announced it already.
    #[prop(optional)]
    still: bool,
) -> impl IntoView {
    let (strong, rest) = match text.split_once('\n') {
        Some((strong, rest)) => (strong.to_owned(), Some(rest.to_owned())),
        None => (text, None),
    };
    view! {
        <div class="message" data-moment=moment role=(!still).then_some("status")>
            <Shape name=shape/>
            <div>
                <b>{strong}</b>
                {rest}
            </div>
        </div>
    }
}

/// A press that a rule refused, where there is no field to say it beside.
#[component]
pub fn Refusal(
    /// The sentence, in the reader's language.
    sentence: String,
) -> impl IntoView {
    view! {
        <div class="message" data-moment="plain" role="alert">
            <Shape name="hold"/>
            <div>{sentence}</div>
        </div>
    }
}

/// A refusal beside its field. The element is always there, so that the field's `aria-describedby` can name it; empty,
/// it takes no room. A page that comes back with one begins there, however far down it stands (2.4.3).
#[component]
pub fn FieldRefusal(
    /// The element's id.
    id: &'static str,
    /// The sentence, if there is one.
    sentence: Option<String>,
) -> impl IntoView {
    let is_there = sentence.is_some();
    view! {
        <p class="refusal" id=id role="alert" tabindex=is_there.then_some("-1") autofocus=is_there>
            {sentence.map(|sentence| (view! { <Shape name="hold"/> }, view! { <span>{sentence}</span> }))}
        </p>
    }
}
