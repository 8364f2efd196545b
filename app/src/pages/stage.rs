//! What the person speaking sees.

use leptos::prelude::*;
use nadwa_domain::view::stage::StageView;

use crate::live::stage::{StageIsland, Start};
use crate::pages::Page;
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::parts::given::Given;
use crate::words;

/// What the stage shows.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The session's join code.
    pub code: String,
    /// What the speaker sees.
    pub view: StageView,
}

/// The speaker's view: dark, so that it does not glare. Without wasm it loads itself anew every five seconds.
#[must_use]
pub fn stage(page: &Page, data: Stage) -> Html {
    let r = page.reader;
    let head = Head {
        title: words::stage::title(r).to_owned(),
        class: "",
        bundle: Bundle::Team,
        sheet: Sheet::Screen,
        theme: Some("dark"),
        refresh: Some(5),
    };
    let given = Given::new(&Start { place: page.place(), code: data.code, view: data.view });
    document(page, head, move || view! { {given.provide()} <StageIsland/> })
}
