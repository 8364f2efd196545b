//! What a device shows that was handed on, or that has locked itself: nothing of whoever was there.

use leptos::prelude::*;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Foot, Shape, Skip, Top};
use crate::words::{access, common as words, error, safeguarding};

/// A device that was handed on. The script of its control empties what the browser keeps once more.
#[must_use]
pub fn left(page: &Page) -> Html {
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    document(page, head(words::handed_on(r), "phone errors left"), move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::handed_on(r)}</h1>
                <p>{words::handed_on_text(r)}</p>
                <a class="button main" href="/">{error::home(r)}</a>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

/// An adult's device that nobody has touched for a while. `rings` where somebody of safeguarding must hear of a call.
#[must_use]
pub fn locked(page: &Page, rings: bool) -> Html {
    let (r, here, pinned) = (page.reader, page.here.clone(), page.pinned);
    let bell = rings.then(|| {
        view! {
            <p class="refusal" role="alert" data-rings="/safeguarding/feed" hidden=true>
                <Shape name="safety"/> {safeguarding::ring(r)}
            </p>
        }
    });
    document(page, head(words::locked(r), "phone errors"), move || {
        view! {
            <Skip reader=r/>
            <Top reader=r here pinned/>
            <main id="main">
                <h1>{words::locked(r)}</h1>
                {bell}
                <p>{words::locked_text(r)}</p>
                <a class="button main" href="/sign-in">{access::sign_in(r)}</a>
            </main>
            <Foot reader=r code=None/>
        }
    })
}

fn head(title: &str, class: &'static str) -> Head {
    Head { title: title.to_owned(), class, bundle: Bundle::None, sheet: Sheet::Phone, theme: None, refresh: None }
}
