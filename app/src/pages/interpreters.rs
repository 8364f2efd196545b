//! What interpreters see: the speech, its clock, and a word to the team.

use leptos::prelude::*;
use nadwa_domain::ids::NoteId;
use nadwa_domain::view::interpreter::InterpreterView;

use crate::live::interpreters::{InterpretersIsland, Start};
use crate::pages::backstage::{notice, team_head};
use crate::pages::papers::public::{PaperPage, content};
use crate::pages::shell::{Bundle, Html, document};
use crate::pages::{Page, Refused};
use crate::parts::Plain;
use crate::parts::given::Given;
use crate::words::{self, Reader};

/// What interpreters see.
#[derive(Clone, Debug)]
pub struct Interpreters {
    /// The session's join code.
    pub code: String,
    pub view: InterpreterView,
    /// An id for the next word.
    pub fresh: NoteId,
    /// The papers of this session, whole, with the words that they explain.
    pub papers: Vec<PaperPage>,
    /// Why the last form was refused.
    pub refused: Option<Refused>,
}

/// The interpreters' page. Without wasm it loads itself anew every five seconds.
#[must_use]
pub fn interpreters(page: &Page, data: Interpreters) -> Html {
    let head = team_head(words::backstage::interpreter_title(page.reader), Bundle::Team, Some(5));
    let Interpreters { code, view, fresh, papers, refused } = data;
    let r = page.reader;
    let start = Start { place: page.place(), code, view, fresh, notice: notice(refused) };
    let given = Given::new(&start).with("papers", texts(r, &papers));
    document(page, head, move || view! { {given.provide()} <InterpretersIsland/> })
}

/// Each paper behind its title: they are read before the speech, and looked up in it.
fn texts(r: Reader, papers: &[PaperPage]) -> impl IntoView + use<> {
    let text = |paper: &PaperPage| {
        let title = paper.title.clone();
        view! { <details class="more"><summary><Plain phrase=title/></summary><div class="paper-text">{content(r, paper, 2)}</div></details> }
    };
    let rows = papers.iter().map(text).collect_view();
    let none = papers.is_empty().then(|| view! { <p class="note">{words::backstage::interpreter_no_papers(r)}</p> });
    view! { <section class="texts"><h2 class="label">{words::backstage::interpreter_papers(r)}</h2>{rows}{none}</section> }
}
