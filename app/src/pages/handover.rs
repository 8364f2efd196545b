//! Another tablet takes over by scanning a code.

use leptos::prelude::*;

use crate::pages::Page;
use crate::pages::error::ways_on;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::{Foot, Qr, Skip, Top};
use crate::words::{Reader, backstage as say, running};

fn head(r: Reader) -> Head {
    Head {
        title: say::handover_title(r).to_owned(),
        class: "",
        bundle: Bundle::None,
        sheet: Sheet::Team,
        theme: None,
        refresh: None,
    }
}

/// The code, once; and what to do when a tablet is dead.
#[must_use]
pub fn handover(page: &Page, code: &str, qr: Qr, link: String) -> Html {
    let r = page.reader;
    let (here, pinned) = (page.here.clone(), page.pinned);
    let console = format!("/s/{code}/console");
    let (fresh, foot) = (here.clone(), code.to_owned());
    document(page, head(r), move || {
        view! {
            <div class="wings">
                <Skip reader=r/>
                <Top reader=r here pinned><h1>{say::handover_title(r)}</h1></Top>
                <main id="main" class="calm-page handover">
                    <p>{say::handover_text(r)}</p>
                    <a class="handover-link" href=link aria-label=say::handover_title(r)>
                        <Qr qr label=say::handover_title(r).to_owned()/>
                    </a>
                    <p class="note">{say::handover_once(r)}</p>
                    <p class="verbs">
                        <a class="button large" href=console>{running::to_console(r)}</a>
                        <a class="button" href=fresh>{say::handover_fresh(r)}</a>
                    </p>
                    <p class="note">{say::handover_dead(r)}</p>
                </main>
                <Foot reader=r code=Some(foot)/>
            </div>
        }
    })
}

/// The code was used, or is too old.
#[must_use]
pub fn gone(page: &Page) -> Html {
    let r = page.reader;
    let own = page.way_back(None);
    document(page, head(r), move || {
        view! {
            <div class="wings">
                <main id="main" class="calm-page">
                    <h1 class="title">{say::handover_gone(r)}</h1>
                    {ways_on(r, own, true)}
                </main>
                <Foot reader=r code=None/>
            </div>
        }
    })
}
