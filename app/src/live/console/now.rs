//! What I say now: the cue card, the rescue cards, and the clock with what can be done to it.

use leptos::prelude::*;
use nadwa_domain::view::{ClockState, ClockView, PhaseView};

use crate::live::console::{Tablet, says};
use crate::parts::{ClockFace, Shape};
use crate::words::{common, console};

/// The middle column.
pub(super) fn now(t: Tablet) -> impl IntoView {
    view! {
        <section class="now" aria-label=common::now(t.r)>
            {safety(t)}
            {cue(t)}
            {timing(t)}
        </section>
    }
}

/// The timekeeper's whole page: the clock.
pub(super) fn keeper(t: Tablet) -> impl IntoView {
    view! {
        <section class="now" aria-label=console::keeper_title(t.r)>
            {safety(t)}
            {timing(t)}
        </section>
    }
}

/// An adult has paused the session: said calmly, above everything.
fn safety(t: Tablet) -> impl IntoView {
    let paused = Memo::new(move |_| t.view.with(|view| view.paused));
    view! {
        <div role="status">
            {move || paused.get().then(|| view! {
                <div class="message" data-moment="safety">
                    <Shape name="safety"/>
                    <div><b>{console::paused(t.r)}</b>{console::paused_text(t.r)}</div>
                </div>
            })}
        </div>
    }
}

fn cue(t: Tablet) -> impl IntoView {
    let r = t.r;
    let cue = Memo::new(move |_| t.view.with(|view| says::cue(r, view)));
    let card = Memo::new(move |_| t.view.with(|view| (view.place, view.slots.len() as u64)));
    let label = move || match card.get() {
        (Some(place), total) => console::card(r, place.into(), total),
        (None, _) => console::say_now(r).to_owned(),
    };
    view! {
        <div class="cue">
            <h2 class="label">{label}</h2>
            <p class="say" lang=move || cue.with(|cue| cue.say.lang.tag()) dir=move || cue.with(|cue| cue.say.dir.as_str())>
                {move || cue.with(|cue| cue.say.text.clone())}
            </p>
            <p class="then">{move || cue.with(|cue| cue.then.clone())}</p>
            {rescue(t)}
        </div>
    }
}

/// Four cards for when things go wrong (`F2`): what to say, and what to press. They open without a script.
fn rescue(t: Tablet) -> impl IntoView {
    let r = t.r;
    let cards = [
        (console::rescue_stop(r), console::rescue_stop_text(r)),
        (console::rescue_silence(r), console::rescue_silence_text(r)),
        (console::rescue_upset(r), console::rescue_upset_text(r)),
        (console::rescue_tech(r), console::rescue_tech_text(r)),
    ];
    let cards = cards.map(|(when, what)| {
        view! {
            <details name="rescue">
                <summary class="button quiet">{when}</summary>
                <p>{what}</p>
            </details>
        }
    });
    view! {
        <h2 class="unseen">{console::rescue_title(r)}</h2>
        <div class="rescue">{cards.into_iter().collect_view()}</div>
    }
}

fn timing(t: Tablet) -> impl IntoView {
    let clock = Memo::new(move |_| t.view.with(|view| view.clock.filter(|_| view.phase == PhaseView::Open)));
    let there = Memo::new(move |_| clock.with(Option::is_some));
    // Nobody has the floor, and yet a clock runs: it is a break's.
    let resting = Memo::new(move |_| t.view.with(|view| view.names.is_empty()));
    // Built anew only when a clock comes or goes: a finger or a focus on «one more minute» stays where it is.
    let none =
        move || (t.keeps() && !there.get()).then(|| view! { <p class="note middle">{console::no_clock(t.r)}</p> });
    let some = move || {
        there.get().then(|| {
            view! {
                <div class="timing" data-moment=move || resting.get().then_some("break")>
                    {move || view! { <ClockFace reader=t.r clock now=t.now size="large" resting=resting.get()/> }}
                    <div class="with">{controls(t, clock)}</div>
                </div>
            }
        })
    };
    view! { {none} {some} }
}

fn controls(t: Tablet, clock: Memo<Option<ClockView>>) -> impl IntoView {
    let r = t.r;
    let ready = Memo::new(move |_| clock.get().is_none_or(|clock| clock.state == ClockState::Ready));
    let paused = Memo::new(move |_| clock.get().is_some_and(|clock| matches!(clock.state, ClockState::Paused { .. })));
    view! {
        // The moderators' big button starts the clock; the timekeeper has a button of their own.
        {t.keeps().then(|| start(t, ready))}
        <form method="post" action=t.to("timer/extend")>
            <input type="hidden" name="seconds" value="60"/>
            <button class="button large">{console::plus_minutes(r, 1)}</button>
        </form>
        <form method="post" action=move || t.to(if paused.get() { "timer/resume" } else { "timer/pause" })>
            <button class="button large" disabled=move || ready.get()>
                <i class=move || if paused.get() { "shape onward" } else { "shape hold" } aria-hidden="true"></i>
                {move || if paused.get() { console::resume(r) } else { console::pause(r) }}
            </button>
        </form>
    }
}

fn start(t: Tablet, ready: Memo<bool>) -> impl IntoView {
    view! {
        <form method="post" action=t.to("timer/start")>
            <button class="button main" data-moment="speech" disabled=move || !ready.get()>
                {console::start_clock(t.r)}
            </button>
        </form>
    }
}
