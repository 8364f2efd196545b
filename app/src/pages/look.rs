//! Every component in all its states, in the reader's direction and in the other: for eyes, pictures and tests.
//!
//! Only a demo shows it. What it shows are the components themselves, with words of the demo.

mod fields;
mod moments;
mod paper;
mod people;
mod pieces;
mod polls;
mod sentences;
mod team;

use leptos::prelude::*;
use nadwa_domain::ids::PollId;
use nadwa_domain::lang::{Dir, Phrase};
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::view::PollView;
use nadwa_domain::{Instant, Lang};
use uuid::Uuid;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Write, Written};
use crate::parts::qr::Qr;
use crate::parts::{Foot, Shape, Skip, Top};
use crate::words::{Reader, look as words};

pub use sentences::{Sentences, sentences};

/// What a specimen is shown with.
#[derive(Clone, Copy, Debug)]
struct Sample {
    r: Reader,
    now: Instant,
    utc_offset: i32,
}

impl Sample {
    /// A phrase in the reader's own language.
    fn own(self, text: &str) -> Phrase {
        crate::parts::phrase::own(self.r, text)
    }

    /// A poll of this kind, with three options where it lists them.
    fn poll(self, kind: PollKind) -> PollView {
        let options = [words::option_one(self.r), words::option_two(self.r), words::option_three(self.r)];
        let options = if kind.lists_options() { options.map(|text| self.own(text)).to_vec() } else { vec![] };
        let question = self.own(words::sample_poll(self.r));
        PollView { kind, ..PollView::open(PollId(Uuid::nil()), question, options) }
    }

    /// An id that is unique on a page with both directions.
    fn id(self, name: &str) -> String {
        [name, "-", self.r.lang.tag()].concat()
    }
}

/// The page. `qr` is this page's own address: a code on it is one that a camera can read.
#[must_use]
pub fn look(page: &Page, qr: Qr) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "look",
        bundle: Bundle::None,
        sheet: Sheet::Whole,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    let sample = Sample { r, now: page.now, utc_offset: page.utc_offset };
    document(page, head, move || {
        let other = Sample { r: Reader { lang: other_way(r.lang), ..r }, ..sample };
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <div class="intro">
                    <h1>{words::title(r)}</h1>
                    <p>{words::lead(r)}</p>
                    <div class="buttons">
                        <a class="button" href="/look/words">{words::sentences(r)}</a>
                        <a class="button" href="/comfort?to=/look"><Shape name="comfort"/> {crate::words::comfort::title(r)}</a>
                    </div>
                </div>
                <div class="both">{side(sample, qr.clone())} {side(other, qr)}</div>
                <section class="specimen">
                    <h2>{words::answers(r)}</h2>
                    <ul class="checks">{answers(r)}</ul>
                </section>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// The first language that runs the other way.
fn other_way(lang: Lang) -> Lang {
    let other = Lang::all().find(|other| other.dir() != lang.dir());
    other.unwrap_or(if lang.dir() == Dir::Rtl { Lang::EN } else { Lang::AR })
}

/// All specimens in one language and direction.
fn side(sample: Sample, qr: Qr) -> impl IntoView {
    let lang = sample.r.lang;
    let of = words::in_language(sample.r, lang.info().name);
    view! {
        <div class="side" lang=lang.tag() dir=lang.dir().as_str()>
            <h2>{of}</h2>
            {pieces::all(sample)}
            {fields::all(sample)}
            {moments::all(sample)}
            {polls::all(sample)}
            {people::all(sample)}
            {team::all(sample)}
            {paper::all(sample, qr)}
        </div>
    }
}

/// One specimen under its name.
fn specimen(title: &'static str, body: impl IntoView + 'static) -> Written {
    view! {
        <section class="specimen">
            <h3>{title}</h3>
            {body}
        </section>
    }
    .written()
}

/// A thing exactly as its own page renders it, to be looked at: its ids are its own, since each may stand once on a
/// page, and its forms send nothing.
fn still(sample: Sample, name: &str, thing: impl IntoView) -> Written {
    let html = view! { <div class="stack">{thing}</div> }.into_view().to_html();
    Written::new(renamed(&html, &sample.id(name)))
}

/// Attributes that hold ids.
const NAMES: [&str; 4] = [" id=\"", " for=\"", " aria-describedby=\"", " aria-labelledby=\""];

/// The same markup with every id, and whatever names it, after a prefix.
fn renamed(html: &str, prefix: &str) -> String {
    let renamed = NAMES.iter().fold(html.to_owned(), |html, name| {
        let mut pieces = html.split(name);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (ids, rest) = piece.split_once('"').unwrap_or((piece, ""));
            let ids: Vec<String> = ids.split(' ').map(|id| [prefix, "-", id].concat()).collect();
            out.push_str(&[*name, ids.join(" ").as_str(), "\"", rest].concat());
        }
        out
    });
    renamed.replace("method=\"post\"", "method=\"dialog\"")
}

/// What the design left open, and what was decided.
fn answers(r: Reader) -> impl IntoView {
    let answers = [
        ("safety", words::answer_flower(r)),
        ("speech", words::answer_disc(r)),
        ("hold", words::answer_beads(r)),
        ("plan", words::answer_wall(r)),
        ("person", words::answer_words(r)),
        ("phone", words::answer_numbers(r)),
        ("check", words::answer_colours(r)),
        ("mark", words::answer_drawn(r)),
    ];
    answers.map(|(form, text)| view! { <li><Shape name=form/><span>{text}</span></li> }).into_iter().collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_page_twice_has_ids_of_its_own() {
        let html =
            r#"<form method="post"><label for="a">x</label><input id="a" aria-describedby="b c"><p id="b"></p></form>"#;
        let twice = r#"<form method="dialog"><label for="p-a">x</label><input id="p-a" aria-describedby="p-b p-c"><p id="p-b"></p></form>"#;
        assert_eq!(renamed(html, "p"), twice);
    }
}
