//! What a phone sees first that comes by the wall's code and has never been here: which session it is, and what every
//! child is told before anything else (`P1`).

use leptos::prelude::*;
use nadwa_domain::conference::aloud::AloudPart;
use nadwa_domain::lang::Phrase;

use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{ConferenceView, Page};
use crate::parts::{Aloud, Foot, Plain, Promises, Shape, Skip, Top};
use crate::words::landing as words;

/// Which session.
#[derive(Clone, Debug)]
pub struct Joining {
    pub conference: ConferenceView,
    /// The session's join code.
    pub code: String,
    /// What the session is called.
    pub title: Phrase,
    /// Whether a child runs it, as far as is noted.
    pub by_child: bool,
}

/// The page. It needs no script.
#[must_use]
pub fn join(page: &Page, data: Joining) -> Html {
    let r = page.reader;
    let Joining { conference, code, title, by_child } = data;
    let head = Head {
        title: title.text.clone(),
        class: "phone landing joining",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    let aloud = page.aloud(AloudPart::Promises).filter(|_| by_child);
    // The language of the link goes on with it.
    let to = ["/s/", &code, "?lang=", r.lang.tag()].concat();
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <div>
                    <h1><Plain phrase=title/></h1>
                    <p class="note"><Plain phrase=conference.name/></p>
                </div>
                <Promises reader=r children=by_child.then(|| words::promise_children(r))/>
                <Aloud reader=r address=aloud/>
                <a class="button main" href=to>{words::enter(r)} " " <Shape name="onward"/></a>
            </main>
            <Foot reader=r code=Some(code)/>
        }
    })
}
