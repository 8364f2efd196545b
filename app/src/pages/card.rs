//! Where a child types the code of a card: on a tablet without a camera.

use leptos::prelude::*;

use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::{FieldRefusal, Foot, Promises, Skip, Top};
use crate::words::{card as words, landing};

/// The page, with what the last code was refused.
#[must_use]
pub fn card(page: &Page, refused: Option<Refused>) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "phone",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: None,
    };
    let (here, pinned) = (page.here.clone(), page.pinned);
    let typed = refused.as_ref().map(|refused| refused.typed.clone()).unwrap_or_default();
    let wrong = refused.is_some().then_some("true");
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::title(r)}</h1>
                <form class="box" method="post" action="/card">
                    <label for="code">{words::code(r)}</label>
                    <input class="code" id="code" name="code" type="text" inputmode="numeric" autocomplete="off" dir="ltr"
                        maxlength="40" required aria-describedby="refusal where" aria-invalid=wrong value=typed/>
                    <FieldRefusal id="refusal" sentence=refused.map(|refused| refused.sentence)/>
                    <p class="note" id="where">{words::place(r)}</p>
                    <button class="button main">{words::enter(r)}</button>
                </form>
                <Promises reader=r children=Some(landing::promise_children_all(r))/>
                <a class="button bare" href="/sign-in">{words::organizers(r)}</a>
            </main>
            <Foot reader=r code=None/>
        }
    })
}
