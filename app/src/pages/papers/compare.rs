//! Two versions of a paper side by side: only what differs.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::paper::field::Field;
use uuid::Uuid;

use super::field_name;
use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Foot, Skip, Top};
use crate::words::{Reader, common, paper as words};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Compare {
    pub paper: Uuid,
    /// Where the reader came from: the authors' page or the readers'.
    pub back: &'static str,
    /// The two versions.
    pub numbers: (u32, u32),
    /// Each text that differs: as it was, as it is.
    pub texts: Vec<(Field, Phrase, Phrase)>,
}

/// The page.
#[must_use]
pub fn compare(page: &Page, data: Compare) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::compare_title(r).to_owned(),
        class: "writing",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let back = format!("/papers/{}/{}", data.paper, data.back);
        let (from, to) = data.numbers;
        let none = data.texts.is_empty().then(|| view! { <p class="empty">{words::same(r)}</p> });
        let rows = data.texts.into_iter().map(|(field, before, after)| {
            view! {
                <section class="card stack">
                    <h2>{field_name(r, field)}</h2>
                    <div class="pair">
                        {side(r, words::before(r), before)}
                        {side(r, words::after(r), after)}
                    </div>
                </section>
            }
        });
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <a class="button" href=back>{common::back(r)}</a>
            </Top>
            <main id="main" class="stack whole">
                <h1>{words::compare_title(r)}</h1>
                <p class="note">
                    {words::version_n(r, u64::from(from))} " · " {words::version_n(r, u64::from(to))}
                </p>
                {none}
                {rows.collect_view()}
            </main>
            <Foot reader=r code=None/>
        }
    })
}

fn side(r: Reader, word: &'static str, text: Phrase) -> impl IntoView {
    let text = if text.is_empty() { crate::parts::phrase::own(r, words::empty_text(r)) } else { text };
    view! {
        <div class="stack">
            <p class="label">{word}</p>
            <p class="as-written" lang=text.lang.tag() dir=text.dir.as_str()>{text.text}</p>
        </div>
    }
}
