//! The closing statement as it is read out on the stage: one recommendation at a time, as large as the wall lets it be.

use leptos::prelude::*;

use super::Outcome;
use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::phrase::shown_in;
use crate::parts::team::size_of;
use crate::parts::{Plain, Shape};
use crate::words::{numbers, outcome as words, statement as say};

/// One of them, with the numbers of those before and after it.
#[derive(Clone, Debug)]
pub struct OnStage {
    pub outcome: Outcome,
    pub before: Option<u32>,
    pub next: Option<u32>,
}

/// The page. Ordinary links lead on: it works without a script, and whoever reads has both hands on the paper.
#[must_use]
pub fn stage(page: &Page, data: OnStage) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "",
        bundle: Bundle::None,
        sheet: Sheet::Screen,
        theme: Some("projector"),
        refresh: None,
    };
    document(page, head, move || {
        let OnStage { outcome, before, next } = data;
        let number = words::number(r, &numbers::number(r, outcome.number.into()));
        let size = ["said ", size_of(&outcome.text.text)].concat();
        let other = shown_in(r, &outcome.text);
        let to = |number: Option<u32>, label: &'static str| {
            number.map(|number| view! { <a href=["/outcomes/read?n=", &number.to_string()].concat()>{label}</a> })
        };
        let (lang, dir) = (outcome.text.lang.tag(), outcome.text.dir.as_str());
        view! {
            <div class="hall asking">
                <main id="main">
                    <div class="petal-field">
                        <p class="label"><Shape name="mark"/> {number}</p>
                        <h1 class=size lang=lang dir=dir>{outcome.text.text.clone()}</h1>
                        <p class="again"><Plain phrase=outcome.session/> {other}</p>
                    </div>
                </main>
                <nav class="foot reading-on" aria-label=words::title(r)>
                    {to(before, say::before(r))}
                    <a href="/outcomes">{say::leave(r)}</a>
                    {to(next, say::next(r))}
                </nav>
            </div>
        }
    })
}
