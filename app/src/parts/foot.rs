//! What every page for people says: at the foot the way to somebody who listens (`S4`), and the promises (`P1`).

use leptos::prelude::*;

use crate::parts::Shape;
use crate::words::{self, Reader};

/// «I want to talk to someone now».
#[component]
pub fn HelpLink(
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

/// What every child is told first (`P1`), in at most eighty words.
#[component]
pub fn Promises(
    reader: Reader,
    /// The first promise: of this session, of all on a page of none, or nothing where no child runs it.
    children: Option<&'static str>,
) -> impl IntoView {
    let promise = |shape, text: &'static str| view! { <li><Shape name=shape/>{text}</li> };
    view! {
        <ul class="promises">
            {children.map(|text| promise("mark", text))}
            {promise("reads", words::landing::promise_reading(reader))}
            {promise("nameless", words::landing::promise_nothing(reader))}
            {promise("stop", words::landing::promise_stop(reader))}
        </ul>
    }
}

/// The foot with nothing but the way to help.
#[component]
pub fn Foot(
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
