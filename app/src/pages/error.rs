//! Pages for what did not work: one calm sentence, and what to do next.

use leptos::prelude::*;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Foot, Skip, Top};
use crate::words::{Reader, card as words_of_card, error as words, refusal, way};

/// What did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Nothing is at this address.
    NotFound,
    /// The page is for another role.
    NotYours,
    /// The pass does not work any more.
    PassGone,
    /// The card is for another device than one that organizes.
    OwnCard,
    /// An adult's link that has opened another device.
    LinkUsed,
    /// Too many bytes.
    TooLarge,
    /// Too many tries.
    TooMany,
    /// It did not arrive whole.
    Malformed,
    /// It could not be saved.
    NotSaved,
    /// Something is wrong on our side.
    Broken,
    /// It came from a page of another site.
    BadOrigin,
}

/// The page.
#[must_use]
pub fn error(page: &Page, kind: ErrorKind) -> Html {
    let (title, text) = sentences(page.reader, kind);
    let head = Head {
        title: title.to_owned(),
        class: "phone errors",
        bundle: Bundle::None,
        sheet: Sheet::Phone,
        theme: None,
        refresh: matches!(kind, ErrorKind::Broken).then_some(10),
    };
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    let own = page.way_back(None);
    // Who has no card that works here may have another in the hand.
    let card = own.is_none() && matches!(kind, ErrorKind::NotYours | ErrorKind::PassGone | ErrorKind::OwnCard);
    document(page, head, move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <p class="sign" aria-hidden="true">
                    <i class="shape hold"></i>
                </p>
                <h1>{title}</h1>
                <p>{text}</p>
                {ways_on(r, own, card)}
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// Back to one's own page, if there is one, and to the first (`N5`).
pub(crate) fn ways_on(r: Reader, own: Option<String>, card: bool) -> impl IntoView {
    let class = if own.is_some() { "button" } else { "button main" };
    view! {
        {own.map(|path| view! { <a class="button main" href=path>{way::back(r)}</a> })}
        <a class=class href="/">{words::home(r)}</a>
        {card.then(|| view! { <a class="button" href="/card">{words_of_card::have_card(r)}</a> })}
    }
}

fn sentences(r: Reader, kind: ErrorKind) -> (&'static str, &'static str) {
    match kind {
        ErrorKind::NotFound => (words::not_found(r), words::not_found_text(r)),
        ErrorKind::NotYours => (words::forbidden(r), words::forbidden_text(r)),
        ErrorKind::PassGone => (words::forbidden(r), refusal::pass_revoked(r)),
        ErrorKind::OwnCard => (words::forbidden(r), refusal::own_card(r)),
        ErrorKind::LinkUsed => (words::link_used(r), words::link_used_text(r)),
        ErrorKind::TooLarge => (words::too_large(r), words::too_large_text(r)),
        ErrorKind::TooMany => (words::too_many(r), words::too_many_text(r)),
        ErrorKind::Malformed | ErrorKind::BadOrigin => (words::malformed(r), words::malformed_text(r)),
        ErrorKind::NotSaved => (words::unavailable(r), refusal::not_saved(r)),
        ErrorKind::Broken => (words::unavailable(r), words::unavailable_text(r)),
    }
}
