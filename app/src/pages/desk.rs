//! The reading desk of trained adults.

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::desk::DeskView;

use crate::live::desk::calls::Calling;
use crate::live::desk::{DeskIsland, Start};
use crate::live::press::Notice;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::given::Given;
use crate::words;

/// What the desk shows.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The session's join code.
    pub code: String,
    /// What the desk sees.
    pub view: DeskView,
    /// The number of this desk.
    pub me: u32,
    /// A fresh id for a slip of paper.
    pub fresh: QuestionId,
    /// The question that the address names (`?q=…`); else the oldest is read.
    pub open: Option<QuestionId>,
    /// Whether this steward reads for other sessions too.
    pub several: bool,
    /// Calls in other sessions that nobody has answered in time (`N1`).
    pub elsewhere: Vec<Calling>,
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
    let notice = data.refused.clone().map(|refused| Notice { sentence: refused.sentence, refused: true });
    let Desk { code, view, me, fresh, open, several, elsewhere, .. } = data;
    let start = Start { place: page.place(), code, view, me, several, elsewhere, fresh, open, notice };
    let given = Given::new(&start);
    document(page, head, move || view! { {given.provide()} <DeskIsland/> })
}
