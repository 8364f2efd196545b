//! The foot of every page for people: the way to somebody who listens, always in the same place (`S4`).

use leptos::prelude::*;

use crate::parts::Shape;
use crate::words::{self, Reader};

/// «I want to talk to someone now».
#[component]
pub fn HelpLink(
    /// Who reads.
    reader: Reader,
    /// The session's code; nothing outside of sessions.
    code: Option<String>,
) -> impl IntoView {
    let address = code.map_or_else(|| "/help".to_owned(), |code| ["/s/", &code, "/help"].concat());
    view! {
        <a class="help" href=address>
            <Shape name="safety"/>
            <span>{words::help::open(reader)}</span>
        </a>
    }
}

/// The foot with nothing but the way to help.
#[component]
pub fn Foot(
    /// Who reads.
    reader: Reader,
    /// The session's code; nothing outside of sessions.
    code: Option<String>,
) -> impl IntoView {
    view! {
        <footer class="foot">
            <HelpLink reader code/>
        </footer>
    }
}
