//! Every sentence with its context, for translators: one section at a time, each as it will be read.

use leptos::prelude::*;
use nadwa_domain::Lang;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Foot, Skip, Top};
use crate::words::{ALL, Reader, look as words, numbers};

/// Where the sentences of a section are seen at work; other sections are spread over many pages.
const PLACES: [(&str, &str); 6] = [
    ("landing", "/"),
    ("comfort", "/comfort"),
    ("help", "/help"),
    ("programme", "/programme"),
    ("hall", "/hall"),
    ("look", "/look"),
];

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    /// The section; the first if it is not known.
    pub section: String,
}

/// The page.
#[must_use]
pub fn sentences(page: &Page, data: &Sentences) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::sentences(r).to_owned(),
        class: "look",
        bundle: Bundle::None,
        sheet: Sheet::Whole,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    let names = sections();
    let section = names.iter().copied().find(|name| *name == data.section).unwrap_or(names[0]);
    document(page, head, move || {
        let tabs = names.iter().map(|name| tab(name, *name == section)).collect_view();
        let place = PLACES.iter().find(|(name, _)| *name == section).map(|(_, place)| *place);
        let see = place.map(|place| view! { <a class="button" href=place>{words::see_at_work(r)}</a> });
        let rows = ALL.iter().filter(|(key, ..)| section_of(key) == section);
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <div class="intro">
                    <h1>{words::sentences(r)}</h1>
                    <p>{words::sentences_lead(r)}</p>
                    {see}
                </div>
                <nav class="tabs" aria-label=words::sentences(r)>{tabs}</nav>
                <dl class="sentences">{rows.map(|row| sentence(r, row)).collect_view()}</dl>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// The sections in the order of the source.
fn sections() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for (key, ..) in ALL {
        if !names.contains(&section_of(key)) {
            names.push(section_of(key));
        }
    }
    names
}

fn section_of(key: &'static str) -> &'static str {
    key.split('.').next().unwrap_or(key)
}

fn tab(name: &'static str, shown: bool) -> impl IntoView {
    view! {
        <a
            class=if shown { "button quiet is-on" } else { "button quiet" }
            aria-current=shown.then_some("page")
            href=["/look/words?section=", name].concat()
            lang="en"
            dir="ltr"
        >
            {name}
        </a>
    }
}

/// A key, its context, and the sentence in each language as it will be read.
fn sentence(r: Reader, row: &'static (&str, &str, [&str; nadwa_domain::lang::LANGS.len()])) -> impl IntoView {
    let (key, note, texts) = row;
    let note = (!note.is_empty()).then(|| view! { <dd class="note" lang="en" dir="ltr">{*note}</dd> });
    let texts = Lang::all().zip(texts).map(|(lang, text)| {
        let lines =
            text.lines().map(|line| view! { <span>{preview(Reader { lang, ..r }, line)}</span> }).collect_view();
        view! { <dd class="as-read" lang=lang.tag() dir=lang.dir().as_str()>{lines}</dd> }
    });
    view! {
        <dt><code lang="en" dir="ltr">{*key}</code></dt>
        {note}
        {texts.collect_view()}
    }
}

/// A sentence with something in the place of each placeholder: a number, else a word.
fn preview(r: Reader, line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        let filled = match name {
            "n" | "total" | "limit" => numbers::number(r, 12),
            "name" | "a" => words::sample_name(r).to_owned(),
            "time" => numbers::digits(r, "10:30"),
            other => format!("‹{other}›"),
        };
        out.push_str(before);
        out.push_str(&format!("\u{2068}{filled}\u{2069}"));
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Digits;

    #[test]
    fn a_translator_reads_a_sentence_as_a_child_will() {
        let r = Reader::new(Lang::EN, Digits::Latin);
        assert_eq!(preview(r, "{n} votes of {total}"), "\u{2068}12\u{2069} votes of \u{2068}12\u{2069}");
        assert_eq!(preview(r, "Give to {name}"), format!("Give to \u{2068}{}\u{2069}", words::sample_name(r)));
    }

    #[test]
    fn every_section_is_there_once() {
        let names = sections();
        assert!(names.contains(&"audience") && names.contains(&"date"));
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len());
    }
}
