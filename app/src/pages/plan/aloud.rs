//! What pages say to a child, to be recorded: the text of each passage, what is there, and a form to bring a recording
//! (`A14`, `A15`).

use leptos::prelude::*;
use nadwa_domain::conference::aloud::{AloudPart, Passage};
use nadwa_domain::{Lang, Span};

use crate::pages::Page;
use crate::pages::plan::{Filled, Here, manage, press};
use crate::pages::shell::Html;
use crate::pages::{Write, Written};
use crate::parts::Aloud;
use crate::words::{Reader, aloud as words, audience, common, help, landing, numbers};

/// Endings and kinds of the files that are taken, for the browser's own list of files.
const ACCEPT: &str = ".mp3,.m4a,.ogg,.wav,audio/mpeg,audio/mp4,audio/ogg,audio/wav";
/// The same for people.
pub const KINDS: &str = "MP3, M4A, OGG, WAV";

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct ReadAloud {
    /// Every passage, in the order of [`passages`].
    pub passages: Vec<PassageView>,
    /// Most bytes of a recording.
    pub most_bytes: u64,
    /// How long it may be.
    pub longest: Span,
    /// Why the last one was not taken: the field is the passage's key.
    pub form: Filled,
}

/// A passage, and its recording if there is one.
#[derive(Clone, Debug)]
pub struct PassageView {
    pub passage: Passage,
    /// Where it can be heard.
    pub address: Option<String>,
    /// Whether it was brought here: then it can be taken away here. Else it lies in the operator's folder.
    pub brought: bool,
    /// How long it is, if it says so.
    pub seconds: Option<u16>,
}

/// Every passage that can be recorded. The easier words are one of their own where they are other words.
#[must_use]
pub fn passages() -> Vec<Passage> {
    let mut all = Vec::new();
    for part in AloudPart::ALL {
        for lang in Lang::all() {
            let usual = Passage { part, lang, younger: false };
            let younger = Passage { younger: true, ..usual };
            all.push(usual);
            if says(younger) != says(usual) {
                all.push(younger);
            }
        }
    }
    all
}

/// What is to be read.
fn says(passage: Passage) -> Vec<&'static str> {
    let r = Reader { lang: passage.lang, younger: passage.younger, ..Reader::default() };
    match passage.part {
        AloudPart::Join => vec![landing::code_label(r), landing::code_help(r)],
        AloudPart::Promises => vec![
            landing::promise_children(r),
            landing::promise_reading(r),
            landing::promise_nothing(r),
            landing::promise_stop(r),
        ],
        AloudPart::Notice => vec![audience::notice(r)],
        AloudPart::Help => vec![help::title(r), help::lead(r), help::no_secret(r)],
    }
}

/// What a part is called.
fn part_name(r: Reader, part: AloudPart) -> &'static str {
    match part {
        AloudPart::Join => words::part_join(r),
        AloudPart::Promises => words::part_promises(r),
        AloudPart::Notice => words::part_notice(r),
        AloudPart::Help => words::part_help(r),
    }
}

/// The page.
#[must_use]
pub fn aloud(page: &Page, data: ReadAloud) -> Html {
    let r = page.reader;
    manage(page, words::title(r).to_owned(), Here::Settings, move || {
        let limits = limits(r, data.most_bytes, data.longest);
        let parts = AloudPart::ALL.map(|part| part_card(r, part, &data)).into_iter().collect_view();
        view! {
            {data.form.says()}
            <section class="card whole">
                <p>{words::lead(r)}</p>
                <p class="note" id="limits">{limits}</p>
            </section>
            {parts}
        }
    })
}

fn limits(r: Reader, most_bytes: u64, longest: Span) -> String {
    words::limits(r, KINDS, most_bytes / (1024 * 1024), &numbers::spoken_span(r, longest))
}

fn part_card(r: Reader, part: AloudPart, data: &ReadAloud) -> Written {
    let id = ["part-", part.as_str()].concat();
    let of_part = data.passages.iter().filter(|view| view.passage.part == part);
    let passages = of_part.map(|view| passage(r, view, &data.form)).collect_view();
    view! {
        <section class="card stack whole" aria-labelledby=id>
            <h2 id=id.clone()>{part_name(r, part)}</h2>
            <div class="grid">{passages}</div>
        </section>
    }
    .written()
}

/// The text, what is there, and the form.
fn passage(r: Reader, view: &PassageView, form: &Filled) -> Written {
    let (key, lang) = (view.passage.key(), view.passage.lang);
    let (name, dir) = (lang.info().name, lang.dir().as_str());
    let register = view.passage.younger.then(|| [" · ", common::easier_words(r)].concat());
    let text = says(view.passage).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let base = ["/organizer/recordings/", &key].concat();
    let remove = view.brought.then(|| press([&base, "/remove"].concat(), vec![], words::remove(r)));
    view! {
        <article class="stack" id=key.clone()>
            <h3 id=["of-", &key].concat()><bdi lang=lang.tag() dir=dir>{name}</bdi> {register}</h3>
            <div class="to-read" lang=lang.tag() dir=dir>{text}</div>
            {there(r, view)}
            {bring(r, base, &key, form)}
            {remove}
        </article>
    }
    .written()
}

fn there(r: Reader, view: &PassageView) -> Written {
    let Some(address) = view.address.clone() else {
        return view! { <p class="note">{words::none(r)}</p> }.written();
    };
    let length = view.seconds.map(|seconds| {
        let length = numbers::spoken_span(r, Span::seconds(seconds.into()));
        view! { <p class="note">{words::length(r, &length)}</p> }
    });
    let from_folder = (!view.brought).then(|| view! { <p class="note">{words::from_folder(r)}</p> });
    view! { <Aloud reader=r address=Some(address)/> {length} {from_folder} }.written()
}

fn bring(r: Reader, action: String, key: &str, form: &Filled) -> Written {
    let (field, of, beside) = (["file-", key].concat(), ["of-", key].concat(), ["why-", key].concat());
    let wrong = form.wrong(key);
    let told_by = if wrong.is_some() { [&of, " limits ", &beside].concat() } else { [&of, " limits"].concat() };
    let invalid = wrong.is_some().then_some("true");
    let why = wrong.map(|sentence| view! { <div id=beside>{super::beside(sentence)}</div> });
    view! {
        <form class="form" method="post" enctype="multipart/form-data" action=action>
            <div class="field-of">
                <label for=field.clone()>{words::file(r)}</label>
                <input id=field name="file" type="file" accept=ACCEPT aria-describedby=told_by aria-invalid=invalid/>
                {why}
            </div>
            <button class="button" aria-describedby=of>{words::bring(r)}</button>
        </form>
    }
    .written()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_can_be_recorded_in_every_language_and_in_easier_words_where_they_are_others() {
        let all = passages();
        for part in AloudPart::ALL {
            for lang in Lang::all() {
                assert!(all.contains(&Passage { part, lang, younger: false }), "{part:?}");
            }
        }
        assert!(all.contains(&Passage { part: AloudPart::Notice, lang: Lang::AR, younger: true }));
        assert!(!all.contains(&Passage { part: AloudPart::Join, lang: Lang::AR, younger: true }));
    }
}
