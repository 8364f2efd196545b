//! Texts with a language and a direction of their own (`L4`, `L13`).
//!
//! Always inline elements: the text runs in its own direction, and stands at the side where the page begins.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;

use crate::words::{Reader, common, numbers, programme};

/// What a person wrote: a question, a reply.
#[component]
pub fn Said(phrase: Phrase) -> impl IntoView {
    view! { <span class="said" lang=phrase.lang.tag() dir=phrase.dir.as_str()>{phrase.text}</span> }
}

/// What organizers prepared: a title, a name, a place.
#[component]
pub fn Plain(phrase: Phrase) -> impl IntoView {
    view! { <span lang=phrase.lang.tag() dir=phrase.dir.as_str()>{phrase.text}</span> }
}

/// Says in which language a title stands that the reader did not choose (`L15`).
#[must_use]
pub fn shown_in(reader: Reader, title: &Phrase) -> Option<impl IntoView + use<>> {
    let other = title.lang != reader.lang && !title.is_empty();
    let says = other.then(|| programme::shown_in(reader, title.lang.info().name));
    says.map(|says| view! { " · " <span lang=reader.lang.tag()>{says}</span> })
}

/// A sentence of the interface where a phrase is wanted.
#[must_use]
pub fn own(reader: Reader, text: &str) -> Phrase {
    Phrase { text: text.to_owned(), lang: reader.lang, dir: reader.lang.dir() }
}

/// Names in a row as one phrase: «مريم ولينا».
///
/// One name is in its own language. A row of them is a sentence of the reader's: it has their base direction, and each
/// name in another script is isolated in it (bidirectional isolates).
#[must_use]
pub fn names(reader: Reader, names: &[Phrase]) -> Phrase {
    if let [name] = names {
        return name.clone();
    }
    let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    own(reader, &numbers::names(reader, &texts))
}

/// The same row on a page: each name in an element with its own `lang`, so that a screen reader reads it in its
/// language.
#[component]
pub fn Names(
    reader: Reader,
    /// In their order.
    names: Vec<Phrase>,
) -> impl IntoView {
    let last = names.len().saturating_sub(1);
    let row: Vec<_> = (0..)
        .zip(names)
        .map(|(place, phrase)| {
            let between = (place > 0).then(|| joint(reader, place == last));
            view! { {between} <Plain phrase/> }
        })
        .collect();
    view! { <span lang=reader.lang.tag() dir=reader.lang.dir().as_str()>{row}</span> }
}

/// What stands between two names: «و», ", ", " and ".
fn joint(reader: Reader, last: bool) -> String {
    let (before, after) = ("\u{1}", "\u{2}");
    let both = if last { common::list_last(reader, before, after) } else { common::list_more(reader, before, after) };
    both.split(before).nth(1).and_then(|rest| rest.split(after).next()).unwrap_or(" ").replace(MARKS, "")
}

/// The isolate characters (U+2066 to U+2069) for plain text; between elements nothing has to.
const MARKS: [char; 2] = ['\u{2068}', '\u{2069}'];

#[cfg(test)]
mod tests {
    use nadwa_domain::lang::{Dir, Lang};

    use super::*;
    use crate::words::Digits;

    #[test]
    fn a_row_of_names_runs_the_readers_way_and_one_name_its_own() {
        let reader = Reader::new(Lang::EN, Digits::Latin);
        let name = |text: &str| Phrase::written(text, Lang::EN);
        let row = names(reader, &[name("مريم"), name("لينا")]);
        assert_eq!((row.lang, row.dir), (Lang::EN, Dir::Ltr));
        assert_eq!(row.text, "\u{2068}مريم\u{2069} and \u{2068}لينا\u{2069}");
        assert_eq!(names(reader, &[name("مريم")]).dir, Dir::Rtl);
        assert!(names(reader, &[]).is_empty());
        assert_eq!([joint(reader, false), joint(reader, true)], [", ", " and "]);
        let arabic = Reader::new(Lang::AR, Digits::Latin);
        assert_eq!([joint(arabic, false), joint(arabic, true)], [" و", " و"]);
    }
}
