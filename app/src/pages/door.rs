//! What a device at the door of a closed meeting shows (`S18`): no title, no names, no number of those inside.

use leptos::prelude::*;

use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::Shape;
use crate::words::{door as words, screen};

/// The sign, as large as the wall.
#[must_use]
pub fn door(page: &Page) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::title(r).to_owned(),
        class: "",
        bundle: Bundle::None,
        sheet: Sheet::Screen,
        theme: Some("projector"),
        refresh: None,
    };
    document(page, head, move || {
        view! {
            <div class="hall thanks">
                <main id="main">
                    <div class="tell">
                        <h1 class="medium">{words::title(r)}</h1>
                        <p class="about">{words::text(r)}</p>
                    </div>
                    <Shape name="stop giant"/>
                </main>
                <footer class="foot">
                    <Shape name="mark"/>
                    <span class="push" data-moment="safety">
                        <Shape name="safety"/>
                        {screen::help_note(r)}
                    </span>
                </footer>
            </div>
        }
    })
}
