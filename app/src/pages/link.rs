//! Where a link or a QR code leads: its secret is the URL's fragment and is sent to nobody; the page's script takes it
//! out of the address and sends it once (`enter.js`). Without a script the code of the card is typed.

use leptos::prelude::*;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Foot, Skip, Top};
use crate::words::{card as words, common};

/// The page of one door: `/p`, `/a` or `/t`.
#[must_use]
pub fn link(page: &Page, door: &'static str) -> Html {
    let r = page.reader;
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head(words::title(r)), move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::title(r)}</h1>
                <form class="box" method="post" action=door data-once="">
                    <label for="secret">{words::code(r)}</label>
                    <input class="code" id="secret" name="secret" type="text" autocomplete="off" dir="ltr" maxlength="100"
                        required data-secret="" aria-describedby="where"/>
                    <p class="note" id="where">{words::place(r)} " " {words::behind(r)}</p>
                    <button class="button main">{words::enter(r)}</button>
                </form>
            </main>
            <Foot reader=r code=None/>
            <Exchange/>
        }
    })
}

/// A pass of the other kind is on this device: whoever enters takes it off. `token` says for what, once.
#[must_use]
pub fn instead(page: &Page, token: String) -> Html {
    let r = page.reader;
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head(words::other_kind(r)), move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::other_kind(r)}</h1>
                <p>{words::other_kind_text(r)}</p>
                <form method="post" action="/instead">
                    <input type="hidden" name="secret" value=token/>
                    <button class="button main">{words::replace(r)}</button>
                </form>
                <a class="button" href="/me">{common::cancel(r)}</a>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// Takes a secret out of the address and puts it into the field that waits for it.
#[component]
pub fn Exchange() -> impl IntoView {
    view! { <script src="/enter.js" defer></script> }
}

fn head(title: &str) -> Head {
    Head {
        title: title.to_owned(),
        class: "phone",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    }
}
