//! An honest word about the connection, seen all the time and announced to screen readers once (`A12`).

use leptos::prelude::*;

use crate::live::feed::Link;
use crate::words::{self, Reader};

/// The word in the head: live, a little late, lost. Each has a form of its own.
#[component]
pub fn LinkWord(
    reader: Reader,
    /// How the connection is.
    #[prop(into)]
    link: Signal<Link>,
) -> impl IntoView {
    move || link_word(reader, link.get())
}

/// The word at one moment.
pub fn link_word(reader: Reader, link: Link) -> impl IntoView + use<> {
    view! { <span class=["link push ", form(link)].concat()>{word(reader, link)}</span> }
}

/// The strip under the head, empty while all is well; and the live region that announces the connection.
#[component]
pub fn Strip(
    reader: Reader,
    /// How the connection is.
    #[prop(into)]
    link: Signal<Link>,
) -> impl IntoView {
    // Late is seen and not announced: mostly it is over before it is said.
    let spoken = RwSignal::new("");
    Effect::new(move |was_lost: Option<bool>| {
        let lost = match link.get() {
            Link::Lost => true,
            Link::Live => false,
            Link::Late => was_lost.unwrap_or_default(),
        };
        if was_lost.is_some_and(|was| was != lost) {
            spoken.set(if lost { words::link::lost_spoken(reader) } else { words::link::back(reader) });
        }
        lost
    });
    view! {
        {move || strip(reader, link.get())}
        <p class="unseen" role="status">
            {spoken}
        </p>
    }
}

/// The strip at one moment.
pub fn strip(reader: Reader, link: Link) -> impl IntoView + use<> {
    view! { <div class=["strip ", form(link)].concat()>{text(reader, link)}</div> }
}

const fn form(link: Link) -> &'static str {
    match link {
        Link::Live => "live",
        Link::Late => "late",
        Link::Lost => "lost",
    }
}

fn word(reader: Reader, link: Link) -> &'static str {
    match link {
        Link::Live => words::link::live(reader),
        Link::Late => words::link::late(reader),
        Link::Lost => words::link::lost(reader),
    }
}

fn text(reader: Reader, link: Link) -> Option<&'static str> {
    match link {
        Link::Live => None,
        Link::Late => Some(words::link::late_text(reader)),
        Link::Lost => Some(words::link::lost_text(reader)),
    }
}
