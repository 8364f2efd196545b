//! The child moderators' tablet, live: what the room sees, what I say now, what comes, and one big button.

pub mod says;

mod dock;
mod next;
mod now;
mod paper;
mod polls;
mod questions;
mod wall;

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::view::console::ConsoleView;
use nadwa_domain::{Instant, Role};
use serde::{Deserialize, Serialize};

use crate::live::clock;
use crate::live::feed::{self, Link};
use crate::live::press::{Notice, Presses};
use crate::parts::{ClockVoice, LinkWord, Plain, Skip, Strip, Top, given};
use crate::wire::{Place, event};
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

/// What the tablet begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    /// The session's join code.
    pub code: String,
    /// Whose tablet it is.
    pub role: Role,
    /// What moderators see.
    pub view: ConsoleView,
    /// What the last plain form was answered.
    pub notice: Option<Notice>,
}

/// The whole tablet. It begins with the [`Start`] that its page gives.
#[island]
pub fn ConsoleIsland() -> impl IntoView {
    let Start { place, code, role, view, notice } = given::start();
    let Place { reader: r, now, build, here, pinned, utc_offset } = place;
    let ends = numbers::time_of_day(r, view.ends_at, utc_offset);
    let title = view.title.clone();
    let view = RwSignal::new(view);
    let now = RwSignal::new(now);
    let state = RwSignal::new(Link::Live);
    let presses = Presses::new(r, notice);
    let code = StoredValue::new(code);
    let t = Tablet { r, role, code, view, now, presses };
    let clock = Memo::new(move |_| view.with(|view| view.clock));
    Effect::new(move |_| {
        let url = [&t.to("feed"), "?as=console&lang=", r.lang.tag()].concat();
        feed::follow(url, vec![(event::FRAME, feed::pictures(view, build.clone()))], state);
        clock::keep(now, clock.into());
    });
    let paused = Memo::new(move |_| view.with(|view| view.paused));
    let body = if t.keeps() {
        Either::Left(view! { <main id="main">{now::keeper(t)}</main> {dock::keeper(t)} })
    } else {
        let main = view! { <main id="main">{wall::wall(t)} {now::now(t)} {next::next(t)}</main> };
        Either::Right((main, dock::dock(t)))
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
