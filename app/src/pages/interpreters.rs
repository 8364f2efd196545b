//! What interpreters see: the speech, its clock, and a word to the team.

use leptos::prelude::*;
use nadwa_domain::ids::NoteId;
use nadwa_domain::view::interpreter::InterpreterView;

use crate::live::interpreters::{InterpretersIsland, Start};
use crate::pages::backstage::{notice, team_head};
use crate::pages::shell::{Bundle, Html, document};
use crate::pages::{Page, Refused};
use crate::parts::given::Given;
use crate::words;

/// What interpreters see.
#[derive(Clone, Debug)]
pub struct Interpreters {
    /// The session's join code.
    pub code: String,
    /// The picture.
    pub view: InterpreterView,
    /// An id for the next word.
    pub fresh: NoteId,
    /// Why the last form was refused.
    pub refused: Option<Refused>,
}

/// The interpreters' page. Without wasm it loads itself anew every five seconds.
#[must_use]
pub fn interpreters(page: &Page, data: Interpreters) -> Html {
    let head = team_head(words::backstage::interpreter_title(page.reader), Bundle::Team, Some(5));
    let Interpreters { code, view, fresh, refused } = data;
    let start = Start { place: page.place(), code, view, fresh, notice: notice(refused) };
    let given = Given::new(&start);
    document(page, head, move || view! { {given.provide()} <InterpretersIsland/> })
}
