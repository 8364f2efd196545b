//! The child moderators' tablet.

use leptos::prelude::*;
use nadwa_domain::Role;
use nadwa_domain::conference::glossary::Term;
use nadwa_domain::view::console::{ConsoleView, JoinedQuestion};

use crate::live::console::{ConsoleIsland, Start};
use crate::live::press::Notice;
use crate::pages::help::{Listening, beside};
use crate::pages::shell::{Bundle, Head, Html, Sheet, document};
use crate::pages::{Page, Refused};
use crate::parts::given::Given;
use crate::parts::{Shape, Terms};
use crate::words::{self, Reader};
use uuid::Uuid;

/// What the tablet shows.
#[derive(Clone, Debug)]
pub struct Console {
    /// The session's join code.
    pub code: String,
    /// What moderators see.
    pub view: ConsoleView,
    /// Whose tablet it is; the timekeeper's has the clock and nothing else.
    pub role: Role,
    /// Why the last form was refused.
    pub refused: Option<Refused>,
    /// What the last form was answered.
    pub said: Option<String>,
    /// An id for what is made on this tablet.
    pub fresh: Uuid,
    /// The card in hand, for which a similar one is looked for.
    pub hand: Option<JoinedQuestion>,
    /// The hard words of the run of show (`P10`).
    pub terms: Vec<Term>,
    /// Where a listening adult is, and whom to call: what a rescue card opens beside the console.
    pub listening: Listening,
}

/// The child moderators' tablet.
#[must_use]
pub fn console(page: &Page, data: Console) -> Html {
    tablet(page, data, words::console::title(page.reader), false)
}

/// The calm page beside it: the run of show with planned and actual time.
#[must_use]
pub fn plan(page: &Page, data: Console) -> Html {
    tablet(page, data, words::plan::title(page.reader), true)
}

fn tablet(page: &Page, data: Console, title: &str, calm: bool) -> Html {
    let head = Head {
        title: [title, " · ", &data.view.title.text].concat(),
        class: "",
        bundle: Bundle::Team,
        sheet: Sheet::Team,
        theme: None,
        refresh: Some(15),
    };
    let refused = data.refused.map(|refused| Notice { sentence: refused.sentence, refused: true });
    let notice = refused.or(data.said.map(|sentence| Notice { sentence, refused: false }));
    let Console { code, role, view, fresh, hand, terms, listening, .. } = data;
    let upset = upset(page.reader, &code, listening);
    let start = Start { place: page.place(), code, role, view, notice, fresh, hand, calm };
    let given = Given::parted(&start, "view", "running");
    let terms = view! { <div><Terms reader=page.reader terms part="show".to_owned()/></div> };
    let given = given.with("upset", upset).with("terms", terms);
    document(page, head, move || view! { {given.provide()} <ConsoleIsland/> })
}

/// For when someone is upset: the call, the quiet place and the numbers, beside the console, which stays (`N5`).
fn upset(r: Reader, code: &str, listening: Listening) -> impl IntoView + use<> {
    let action = ["/s/", code, "/team/help"].concat();
    view! {
        <aside class="stack" aria-label=words::help::open(r)>
            <form method="post" action=action>
                <button class="button tinted" data-moment="safety" name="help" value="safe_adult">
                    <Shape name="safety"/>
                    {words::running::help_adult(r)}
                </button>
            </form>
            {beside(r, listening)}
        </aside>
    }
}
