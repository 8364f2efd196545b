//! The covering desk: every session that a steward reads for, with what waits in each. While this page is open,
//! questions are taken in for all of them (`S7`).

use leptos::prelude::*;
use nadwa_domain::Phrase;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Foot, Plain, Shape, Skip, Top};
use crate::words::desk as words;

/// One session of the covering desk.
#[derive(Clone, Debug)]
pub struct Covered {
    /// Its join code.
    pub code: String,
    /// What it is called.
    pub title: Phrase,
    /// Where.
    pub room: Phrase,
    /// How many wait.
    pub waiting: u64,
    /// Whether one of them may be urgent.
    pub urgent: bool,
}

/// The page. It loads itself anew every twenty seconds, which says that somebody is there.
#[must_use]
pub fn desks(page: &Page, sessions: Vec<Covered>) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::covering(r).to_owned(),
        class: "board",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: Some(20),
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        let none = sessions.is_empty().then(|| view! { <p class="empty">{words::covering_none(r)}</p> });
        let rows = sessions.into_iter().map(|session| {
            let urgent = session.urgent.then(|| {
                view! { <span class="hint" data-moment="safety"><Shape name="safety"/>{words::hint_worry(r)}</span> }
            });
            view! {
                <li>
                    <a class="waiting" href=["/s/", &session.code, "/desk"].concat()>
                        <b><Plain phrase=session.title/></b>
                        <span class="note">
                            <Plain phrase=session.room/>
                            " · "
                            {words::questions_waiting(r, session.waiting)}
                        </span>
                        {urgent}
                    </a>
                </li>
            }
        });
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main" class="care">
                <h1>{words::covering(r)}</h1>
                <p class="note">{words::covering_note(r)}</p>
                {none}
                <ul class="waitings">{rows.collect_view()}</ul>
            </main>
            <Foot reader=r code=None/>
        }
    })
}
