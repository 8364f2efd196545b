//! The child moderators' tablet, live: what the room sees, what I say now, what comes, and one big button.
#![expect(missing_docs, reason = "`island` makes a struct of the props without a doc")]

pub mod says;

mod dock;
mod next;
mod now;
mod polls;
mod questions;
mod wall;

use leptos::prelude::*;
use nadwa_domain::view::console::ConsoleView;
use nadwa_domain::{Instant, Role};

use crate::live::clock;
use crate::live::feed::{self, Link};
use crate::live::press::{Notice, Presses};
use crate::parts::{ClockVoice, LinkWord, Plain, Skip, Strip, Top};
use crate::wire::event;
use crate::words::{Reader, console, numbers};

/// What every part of the tablet shares.
#[derive(Clone, Copy)]
pub(crate) struct Tablet {
    r: Reader,
    role: Role,
    code: StoredValue<String>,
    view: RwSignal<ConsoleView>,
    now: RwSignal<Instant>,
    presses: Presses,
}

impl Tablet {
    /// An address of this session.
    fn to(self, path: &str) -> String {
        self.code.with_value(|code| ["/s/", code, "/", path].concat())
    }

    /// Whether it is the timekeeper's, with the clock and nothing else.
    fn keeps(self) -> bool {
        self.role == Role::Timekeeper
    }
}

/// The whole tablet.
#[island]
pub fn ConsoleIsland(
    /// Who reads.
    r: Reader,
    /// The session's join code.
    code: String,
    /// Whose tablet it is.
    role: Role,
    /// The first picture.
    view: ConsoleView,
    /// The instant of that picture.
    now: Instant,
    /// The build of the page.
    version: String,
    /// Minutes east of UTC on the venue's clock.
    utc_offset: i32,
    /// What the last form was answered.
    notice: Option<Notice>,
    /// The path of this page.
    here: String,
    /// Whether the address pins the language.
    pinned: bool,
) -> impl IntoView {
    let ends = numbers::time_of_day(r, view.ends_at, utc_offset);
    let title = view.title.clone();
    let view = RwSignal::new(view);
    let now = RwSignal::new(now);
    let state = RwSignal::new(Link::Live);
    let presses = Presses::new(notice, console::not_arrived(r));
    let code = StoredValue::new(code);
    let t = Tablet { r, role, code, view, now, presses };
    let clock = Memo::new(move |_| view.with(|view| view.clock));
    Effect::new(move |_| {
        let url = [&t.to("feed"), "?as=console&lang=", r.lang.tag()].concat();
        feed::follow(url, vec![(event::FRAME, feed::pictures(view, version.clone()))], state);
        clock::keep(now, clock.into());
    });
    let paused = Memo::new(move |_| view.with(|view| view.paused));
    let body = match t.keeps() {
        true => view! { <main id="main">{now::keeper(t)}</main> {dock::keeper(t)} }.into_any(),
        false => view! {
            <main id="main">{wall::wall(t)} {now::now(t)} {next::next(t)}</main>
            {dock::dock(t)}
        }
        .into_any(),
    };
    view! {
        <div
            class="console"
            class:keeper=t.keeps()
            class:is-paused=move || paused.get()
            translate="no"
            on:submit=move |event| presses.submit(&event)
        >
            <Skip reader=r/>
            <Top reader=r here pinned>
                <h1><Plain phrase=title/></h1>
                <LinkWord reader=r link=state/>
                <span class="note">{console::ends_at(r, &ends)}</span>
                <Strip reader=r link=state/>
            </Top>
            {body}
            <ClockVoice reader=r clock now/>
        </div>
    }
}
