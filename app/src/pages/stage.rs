//! What the person speaking sees.

use leptos::prelude::*;
use nadwa_domain::Role;
use nadwa_domain::ids::TurnId;
use nadwa_domain::view::stage::StageView;

use crate::live::press::Notice;
use crate::live::stage::{StageIsland, Start};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::given::Given;
use crate::words;

/// What the stage shows.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The session's join code.
    pub code: String,
    /// What the speaker sees.
    pub view: StageView,
    /// Whose stage it is.
    pub role: Role,
    /// The turn that this pass waits for.
    pub turn: Option<TurnId>,
    /// An id for the next.
    pub fresh: TurnId,
    /// Why the last form was refused.
    pub refused: Option<Refused>,
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
    let notice = data.refused.map(|refused| Notice { sentence: refused.sentence, refused: true });
    let Stage { code, view, role, turn, fresh, .. } = data;
    let given = Given::new(&Start { place: page.place(), code, view, role, turn, fresh, notice });
    document(page, head, move || view! { {given.provide()} <StageIsland/> })
}
