//! Rehearsing: the way in, the menu of what may go wrong, and a tablet that has died.

use leptos::either::Either;
use leptos::prelude::*;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Foot, Skip, Top};
use crate::words::{self, Reader, rehearsal as say};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The code in the address.
    pub code: String,
    /// Whether this is the inside of one.
    pub within: bool,
    /// Which of its pages this device's cards open.
    pub console: bool,
    pub desk: bool,
    pub stage: bool,
}

fn head(r: Reader) -> Head {
    Head {
        title: say::short(r).to_owned(),
        class: "",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    }
}

/// The way in; inside of one, its links, its menu, and the way out.
#[must_use]
pub fn rehearsal(page: &Page, data: Rehearsal) -> Html {
    let r = page.reader;
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head(r), move || {
        let (within, foot) = (data.within, data.code.clone());
        view! {
            <div class="wings">
                <Skip reader=r/>
                <Top reader=r here pinned><h1>{say::short(r)}</h1></Top>
                <main id="main" class="calm-page">
                    {if within { Either::Left(inside(r, data)) } else { Either::Right(begin(r, &data.code)) }}
                </main>
                <Foot reader=r code=Some(foot)/>
            </div>
        }
    })
}

fn begin(r: Reader, code: &str) -> impl IntoView + use<> {
    let action = format!("/s/{code}/rehearsal/start");
    view! {
        <p>{say::intro(r)}</p>
        <form method="post" action=action><button class="button main">{say::start(r)}</button></form>
    }
}

fn inside(r: Reader, data: Rehearsal) -> impl IntoView {
    let Rehearsal { code, console, desk, stage, .. } = data;
    let to = |path: &str| format!("/s/{code}{path}");
    let link = |path: &str, word: &'static str| view! { <a class="button" href=to(path) target="_blank">{word}</a> };
    let verb = |act: &str, word: &'static str| {
        view! { <form method="post" action=to(&format!("/rehearsal/{act}"))><button class="button">{word}</button></form> }
    };
    view! {
        <section>
            <h2 class="label">{say::pages(r)}</h2>
            <div class="verbs">
                {console.then(|| link("/console", words::console::title(r)))}
                {desk.then(|| link("/desk", words::desk::title(r)))}
                {link("/screen", words::role::screen(r))}
                {stage.then(|| link("/stage", words::role::stage(r)))}
                {link("", words::role::audience(r))}
            </div>
        </section>
        <section>
            <h2 class="label">{say::trouble(r)}</h2>
            <div class="verbs">
                {verb("many_questions", say::many_questions(r))}
                {verb("runs_over", say::runs_over(r))}
                {verb("wifi", say::wifi(r))}
                {verb("tablet", say::tablet(r))}
            </div>
        </section>
        {verb("leave", say::leave(r))}
    }
}

/// A tablet that has died: dark, with what helps.
#[must_use]
pub fn dark(page: &Page, code: &str) -> Html {
    let r = page.reader;
    let back = format!("/s/{code}/rehearsal");
    document(page, head(r), move || {
        view! {
            <main id="main" class="dark-tablet">
                <h1>{say::dark(r)}</h1>
                <a class="button" href=back>{say::mend(r)}</a>
            </main>
        }
    })
}
