//! One item on paper, for whoever it is handed over to (`S10`): the child's own words, times, places, what was done.

use leptos::prelude::*;

use super::{InboxItem, item, kind_of};
use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Skip, Top};
use crate::words::safeguarding as words;

/// The page to print.
#[must_use]
pub fn record(page: &Page, of: InboxItem) -> Html {
    let (r, offset) = (page.reader, page.utc_offset);
    let head = Head {
        title: words::record(r).to_owned(),
        class: "board paper-record",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1>{words::record(r)}</h1>
                <a class="button push" href="/safeguarding">{words::title(r)}</a>
            </Top>
            <main id="main">
                <article class="reading">
                    <p class="label">{kind_of(r, &of.what)}</p>
                    {item::own_words(r, &of)}
                    {item::facts(r, &of, offset)}
                    {item::messages(r, &of, offset)}
                    {item::steps(r, &of, offset)}
                    <p class="note">{words::record_note(r)}</p>
                </article>
            </main>
        }
    })
}
