//! The pages of whoever holds several cards: one link for each (`N5`).

use leptos::prelude::*;

use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{OwnPlace, Page};
use crate::parts::team::role_name;
use crate::parts::{Foot, Plain, Skip, Top};
use crate::words::{Reader, way as words};

/// The address that leads to one's own page, or shows all of them.
pub const LIST: &str = "/me";

/// The page.
#[must_use]
pub fn own(page: &Page) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::pages(r).to_owned(),
        class: "phone",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (here, pinned, places) = (page.here.clone(), page.pinned, page.own.clone());
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::pages(r)}</h1>
                {ways(r, places)}
                <a class="button bare" href="/card">{crate::words::card::have_card(r)}</a>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// A link for each pass of this device.
pub(crate) fn ways(r: Reader, places: Vec<OwnPlace>) -> impl IntoView {
    let ways = places.into_iter().map(|OwnPlace { role, session, path }| {
        view! {
            <li>
                <a class="button large way" href=path>
                    <b>{role_name(r, role)}</b>
                    <span class="note"><Plain phrase=session/></span>
                </a>
            </li>
        }
    });
    view! { <ul class="cards ways">{ways.collect_view()}</ul> }
}
