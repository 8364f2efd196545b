//! The child moderators' tablet, live: what the room sees, what I say now, what comes, and one big button.

pub mod says;

pub(crate) mod beside;
mod card;
pub(crate) mod course;
mod dock;
mod join;
mod next;
mod now;
mod paper;
mod parts;
pub(crate) mod plan;
mod polls;
mod questions;
pub(crate) mod queue;
mod settings;
mod wall;

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::console::{ConsoleView, JoinedQuestion, Part};
use nadwa_domain::{Instant, Role};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::live::clock;
use crate::live::feed::{self, Link};
use crate::live::later;
use crate::live::press::{Notice, Presses};
use crate::parts::clock::Rules;
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
    /// The id of what is made next on this tablet.
    fresh: RwSignal<Uuid>,
    /// The card in hand, for which a similar one is looked for.
    hand: RwSignal<Option<JoinedQuestion>>,
    utc_offset: i32,
}

impl Tablet {
    /// An address of this session.
    fn to(self, path: &str) -> String {
        self.code.with_value(|code| ["/s/", code, "/", path].concat())
    }

    /// Keeps [`Self::fresh`] an id that nothing has: each thing that is made has its own.
    fn keep_fresh(self) {
        Effect::new(move |_| {
            let id = self.fresh.get();
            let used = self.view.with(|view| {
                let running = &view.running;
                running.turns.iter().any(|turn| turn.id.0 == id)
                    || running.sent.iter().any(|note| note.id.0 == id)
                    || running.slots.iter().any(|slot| slot.slot.0 == id)
            });
            if used {
                self.fresh.set(Uuid::from_u128(id.as_u128().wrapping_add(1)));
            }
        });
    }

    /// Words from behind the scenes, the hall's signs and a call's answer come by themselves and may move what stands
    /// under them, and a break by hand changes a button: presses wait a moment (`A9`).
    fn calm_when_words_come(self) {
        let come = Memo::new(move |_| {
            self.view.with(|view| {
                let running = &view.running;
                let notes: Vec<_> = running.notes.iter().map(|note| note.id).collect();
                let calls = (running.signs.is_empty(), running.calls.len(), running.resting.contains(&self.role));
                (notes, calls, view.paused, wall::rests_by_hand(&view.screen.shown))
            })
        });
        Effect::new(move |last: Option<()>| {
            come.track();
            if last.is_some() {
                self.presses.calm();
            }
        });
    }

    /// Whether it is the timekeeper's, with the clock and nothing else.
    fn keeps(self) -> bool {
        self.role == Role::Timekeeper
    }

    /// Whether an adult has paused the session for safety: nothing that moves it can be pressed (`P3`).
    fn paused(self) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| view.paused))
    }

    /// Whether what is done next stands in the list of questions (`N6`): then its card is in sight.
    fn asks(self) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| now::asks(view) || says::in_list(view.lead)))
    }

    /// Whether the tablet is told something that waits for a tap: then what is needed least steps back (`N6`).
    fn told(self) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| !view.running.notes.is_empty() || !view.running.signs.is_empty()))
    }

    /// Whether whoever holds it rests: the way back stands where the floor's doings were (`N6`).
    fn rests(self) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| view.running.resting.contains(&self.role)))
    }

    /// Whether the session is over: what moves it is gone.
    fn over(self) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| view.phase == PhaseView::Over))
    }
}

/// A part of the questions, as an address names it.
fn of_part(part: Part) -> String {
    let card = part.card.map(|id| ["&card=", &id.to_string()].concat());
    let from = (part.from > 0).then(|| ["&from=", &part.from.to_string()].concat());
    [card, from].into_iter().flatten().collect()
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
    /// An id for what is made on this tablet.
    pub fresh: Uuid,
    /// The card in hand, for which a similar one is looked for.
    pub hand: Option<JoinedQuestion>,
    /// The calm page with the plan, instead of the tablet that runs the session.
    pub calm: bool,
}

/// The whole tablet. It begins with the [`Start`] that its page gives.
#[island]
pub fn ConsoleIsland() -> impl IntoView {
    later::whole_of(given::start, with_running, tablet)
}

/// What keeps the session running is half of what is to be read, so it is read by itself.
fn with_running(mut start: Start) -> Start {
    start.view.running = given::apart();
    start
}

fn tablet(start: Start) -> impl IntoView {
    let Start { place, code, role, view, notice, fresh, hand, calm } = start;
    let Place { reader: r, now, build, here, pinned, utc_offset } = place;
    let ends = numbers::time_of_day(r, view.ends_at, utc_offset);
    let title = view.title.clone();
    let part = view.part;
    let view = RwSignal::new(view);
    let now = RwSignal::new(now);
    let state = RwSignal::new(Link::Live);
    let presses = Presses::new(r, notice);
    let code = StoredValue::new(code);
    let (fresh, hand) = (RwSignal::new(fresh), RwSignal::new(hand));
    let t = Tablet { r, role, code, view, now, presses, fresh, hand, utc_offset };
    t.keep_fresh();
    t.calm_when_words_come();
    let clock = Memo::new(move |_| view.with(|view| view.clock));
    let (paused, asks, told, rests) = (t.paused(), t.asks(), t.told(), t.rests());
    let rules = Memo::new(move |_| view.with(|view| Rules::from(&view.running.rules)));
    // First what is pressed and what is said; the rest follows.
    let foot = (!calm).then(|| {
        later::part(".console > .foot", move || {
            if t.keeps() { Either::Left(dock::keeper(t)) } else { Either::Right(dock::dock(t)) }
        })
    });
    let body = if calm {
        EitherOf3::C(plan::page(t))
    } else if t.keeps() {
        EitherOf3::A(later::part("#main", move || view! { <main id="main">{now::keeper(t)}</main> }))
    } else {
        let now = later::part("main > .now", move || now::now(t));
        let wall = later::part("main > .wall", move || wall::wall(t));
        let next = later::part("main > .next", move || next::next(t));
        EitherOf3::B(view! { <main id="main">{wall} {now} {next}</main> })
    };
    let head = later::part(".console > .top", move || {
        view! {
            <Top reader=r here pinned ways=beside::ways(t, calm)>
                <h1><Plain phrase=title/></h1>
                <LinkWord reader=r link=state/>
                {(!t.over().get_untracked()).then(|| view! { <span class="note">{console::ends_at(r, &ends)}</span> })}
                <Strip reader=r link=state/>
            </Top>
        }
    });
    later::then(move || {
        let url = [&t.to("feed"), "?as=console&lang=", r.lang.tag(), &of_part(part)].concat();
        feed::follow(url, vec![(event::FRAME, feed::pictures(view, build))], state);
    });
    later::then(move || clock::keep(now, clock.into()));
    view! {
        <div
            class="console"
            class:keeper=t.keeps() && !calm
            class:plan=calm
            class:asks=move || asks.get()
            class:is-paused=move || paused.get()
            class:is-told=move || told.get()
            class:is-resting=move || rests.get()
            translate="no"
            on:submit=move |event| if later::whole() { presses.submit(&event) }
        >
            <Skip reader=r/>
            {head}
            {body}
            {foot}
            <ClockVoice reader=r clock now rules/>
        </div>
    }
}
