//! The first page: a code to enter, four promises, a language.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::conference::aloud::AloudPart;

use crate::pages::mine::message_card;
use crate::pages::own::ways;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, OwnPlace, Page, Refused};
use crate::parts::{Aloud, FieldRefusal, Foot, Plain, Promises, Shape, Skip, Top, Worker};
use crate::words::{Reader, card, conference as about, help, landing as words, way};

/// What the first page shows.
#[derive(Clone, Debug)]
pub struct Landing {
    pub conference: ConferenceView,
    /// Code and title of the session that this device has looked at last.
    pub session: Option<(String, Phrase)>,
    /// Whether somebody wrote to this phone in private.
    pub message: bool,
    /// What the last code was refused.
    pub refused: Option<Refused>,
}

/// The page. It needs no script.
#[must_use]
pub fn landing(page: &Page, data: Landing) -> Html {
    let head = Head {
        title: words::title(page.reader).to_owned(),
        class: "phone landing",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    let own = page.own.clone();
    let (join, promises) = (page.aloud(AloudPart::Join), page.aloud(AloudPart::Promises));
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <p class="sign" aria-hidden="true">
                    <i class="shape mark"></i>
                </p>
                <div>
                    <h1>{words::title(r)}</h1>
                    {conference(data.conference)}
                </div>
                {back(r, data.session)}
                {mine(r, own, data.message)}
                {form(r, data.refused)}
                <Aloud reader=r address=join/>
                <Promises reader=r children=Some(crate::words::landing::promise_children_all(r))/>
                <Aloud reader=r address=promises/>
                <a class="button bare" href="/programme">
                    {words::programme(r)}
                </a>
                <a class="button bare" href="/conference">{about::title(r)}</a>
                <a class="button bare" href="/card">{card::have_card(r)}</a>
            </main>
            <Foot reader=r code=None/>
            <Worker/>
        }
    })
}

/// The way back to where this device has been (`N5`).
fn back(r: Reader, session: Option<(String, Phrase)>) -> Option<impl IntoView> {
    session.map(|(code, title)| {
        view! {
            <a class="button large way" href=["/s/", &code].concat()>
                <b>{help::back(r)}</b>
                <span class="note"><Plain phrase=title/></span>
            </a>
        }
    })
}

/// What is this device's own: its pages, and a message that was written to it (`N5`).
fn mine(r: Reader, own: Vec<OwnPlace>, message: bool) -> impl IntoView {
    let own = (!own.is_empty()).then(|| {
        view! { <section><h2>{way::pages(r)}</h2> {ways(r, own)}</section> }
    });
    view! { {own} {message.then(|| message_card(r))} }
}

fn conference(conference: ConferenceView) -> Option<impl IntoView> {
    let ConferenceView { name, venue } = conference;
    (!name.is_empty()).then(|| {
        let between = (!venue.is_empty()).then_some(" · ");
        view! {
            <p class="note">
                <Plain phrase=name/>
                {between}
                <Plain phrase=venue/>
            </p>
        }
    })
}

/// The code, in whatever digits the keyboard has (`L6`).
fn form(r: Reader, refused: Option<Refused>) -> impl IntoView {
    let typed = refused.as_ref().map(|refused| refused.typed.clone()).unwrap_or_default();
    let wrong = refused.is_some().then_some("true");
    view! {
        <form class="box" method="post" action="/join">
            <label for="code">{words::code_label(r)}</label>
            <input
                class="code"
                id="code"
                name="code"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                dir="ltr"
                maxlength="40"
                required
                aria-describedby="refusal where"
                aria-invalid=wrong
                value=typed
            />
            <FieldRefusal id="refusal" sentence=refused.map(|refused| refused.sentence)/>
            <p class="note" id="where">
                {words::code_help(r)}
            </p>
            <button class="button main">
                {words::enter(r)}
                " "
                <Shape name="onward"/>
            </button>
        </form>
    }
}
