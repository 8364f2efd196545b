//! A field of several lines, and the only place where one is made.

use leptos::prelude::*;

use crate::parts::given::BROWSER;

/// A text area whose text stays text. Leptos writes the children of `<textarea>` into a page as they are, so that
/// `</textarea><meta …>` within somebody's words would be markup there (`S20`).
#[component]
pub fn TextArea(
    /// What stands in it.
    #[prop(into, optional)]
    text: String,
) -> impl IntoView {
    view! { <textarea inner_html=escaped(&text)></textarea> }
}

/// The content of a text area, where tags mean nothing and only its own end could.
fn escaped(text: &str) -> String {
    // Whoever reads a page leaves a first line break out; what a script sets is taken as it is.
    let first = if !BROWSER && text.starts_with(['\n', '\r']) { "\n" } else { "" };
    [first, &text.replace('&', "&amp;").replace('<', "&lt;")].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_area_cannot_end_it() {
        let area = view! { <TextArea text="</textarea><meta>&amp;" attr:name="text"/> }.to_html();
        assert_eq!(area, "<textarea name=\"text\">&lt;/textarea>&lt;meta>&amp;amp;</textarea>");
    }

    #[test]
    fn a_first_line_break_is_read_as_one() {
        assert_eq!(escaped("\nسطر"), "\n\nسطر");
    }
}
