//! The reading desk of trained adults.

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::desk::DeskView;

use crate::live::desk::DeskIsland;
use crate::live::press::Notice;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::words;

/// What the desk shows.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The session's join code.
    pub code: String,
    /// What the desk sees.
    pub view: DeskView,
    /// The question that the address names (`?q=…`); else the oldest is read.
    pub open: Option<QuestionId>,
    /// Why the last form was refused.
    pub refused: Option<Refused>,
}

/// The reading desk. Without wasm it loads itself anew every twenty seconds, which also says that somebody is there.
#[must_use]
pub fn desk(page: &Page, data: Desk) -> Html {
    let r = page.reader;
    let head = Head {
        title: [words::desk::title(r), " · ", &data.view.title.text].concat(),
        class: "",
        bundle: Bundle::Team,
        sheet: Sheet::Team,
        theme: None,
        refresh: Some(20),
    };
    let notice = data.refused.map(|refused| Notice { sentence: refused.sentence, refused: true });
    let (now, version, utc_offset) = (page.now, page.assets.build.clone(), page.utc_offset);
    let (here, pinned) = (page.here.clone(), page.pinned);
    document(page, head, move || {
        view! {
            <DeskIsland r code=data.code view=data.view open=data.open now version utc_offset notice here pinned/>
        }
    })
}
