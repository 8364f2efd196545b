//! The first page: a code to enter, four promises, a language.

use leptos::prelude::*;
use nadwa_domain::conference::aloud::AloudPart;

use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, Page, Refused};
use crate::parts::{Aloud, FieldRefusal, Foot, Plain, Promises, Shape, Skip, Top, Worker};
use crate::words::{Reader, landing as words};

/// What the first page shows.
#[derive(Clone, Debug)]
pub struct Landing {
    /// The conference.
    pub conference: ConferenceView,
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
                {form(r, data.refused)}
                <Aloud reader=r address=join/>
                <Promises reader=r/>
                <Aloud reader=r address=promises/>
                <a class="button bare" href="/programme">
                    {words::programme(r)}
                </a>
            </main>
            <Foot reader=r code=None/>
            <Worker/>
        }
    })
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
