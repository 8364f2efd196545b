//! Every component in all its states, in the reader's direction and in the other: for eyes, pictures and tests.
//!
//! Only a demo shows it. What it shows are the components themselves, with words of the demo.

mod moments;
mod people;
mod pieces;
mod sentences;

use leptos::prelude::*;
use nadwa_domain::lang::{Dir, Phrase};
use nadwa_domain::{Instant, Lang};

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
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

    /// An id that is unique on a page with both directions.
    fn id(self, name: &str) -> String {
        [name, "-", self.r.lang.tag()].concat()
    }
}

/// The page.
#[must_use]
pub fn look(page: &Page) -> Html {
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
                <div class="both">{side(sample)} {side(other)}</div>
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
fn side(sample: Sample) -> impl IntoView {
    let lang = sample.r.lang;
    let of = words::in_language(sample.r, lang.info().name);
    view! {
        <div class="side" lang=lang.tag() dir=lang.dir().as_str()>
            <h2>{of}</h2>
            {pieces::all(sample)}
            {moments::all(sample)}
            {people::all(sample)}
        </div>
    }
}

/// One specimen under its name.
fn specimen(title: &'static str, body: impl IntoView + 'static) -> AnyView {
    view! {
        <section class="specimen">
            <h3>{title}</h3>
            {body}
        </section>
    }
    .into_any()
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
    ];
    answers.map(|(form, text)| view! { <li><Shape name=form/><span>{text}</span></li> }).into_iter().collect_view()
}
