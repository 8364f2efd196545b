//! What a phone shows where there is no network: that nothing is lost, and the way to help.
//!
//! Cached by the service worker, fetched without cookies: nothing in it is anybody's own.

use leptos::prelude::*;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Brand, Foot, Skip, Worker};
use crate::words::{common, link as words};

/// The page. It loads itself anew when the network is back.
#[must_use]
pub fn offline(page: &Page) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::offline(r).to_owned(),
        class: "phone errors offline",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <header class="top">
                <Brand reader=r/>
            </header>
            <main id="main">
                <p class="sign" aria-hidden="true">
                    <i class="shape offline"></i>
                </p>
                <h1>{words::offline(r)}</h1>
                <p>{words::offline_text(r)}</p>
                <a class="button main" href="">
                    {common::reload(r)}
                </a>
            </main>
            <Foot reader=r code=None/>
            <Worker/>
        }
    })
}
