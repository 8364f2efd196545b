//! What comes: the run of show, the questions that reached us, the planned polls.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::{PhaseView, SlotView};

use crate::live::console::{Tablet, polls, questions};
use crate::live::later;
use crate::parts::team::{Step, role_name};
use crate::words::{audience, console};

/// So many steps after the current one are always in sight.
const AHEAD: usize = 2;

/// The third column.
pub(super) fn next(t: Tablet) -> impl IntoView {
    let (paused, over) = (t.paused(), t.over());
    // Where nothing in it can be pressed, the keyboard still scrolls it.
    let stop = move || (paused.get() || over.get()).then_some("0");
    let coming = later::part(".next > .ahead", move || view! { <div class="unboxed ahead">{coming(t)}</div> });
    let asked =
        later::part(".next > .asked", move || view! { <div class="unboxed asked">{questions::questions(t)}</div> });
    let polls = later::part(".next > .voting", move || polls::polls(t));
    view! {
        <section class="next" aria-labelledby="next" tabindex=stop>
            <h2 class="label" id="next">{console::next_title(t.r)} {last_press(t)}</h2>
            {coming}
            {asked}
            {polls}
            {sent_back(t)}
        </section>
    }
}

/// Whose press was the last (`F4`).
fn last_press(t: Tablet) -> impl IntoView {
    let by = Memo::new(move |_| t.view.with(|view| view.last_by));
    move || by.get().map(|by| view! { <span class="push">{console::last_press(t.r, role_name(t.r, by))}</span> })
}

/// The step that is on, and the next few; that nothing comes, once the session is over.
fn coming(t: Tablet) -> impl IntoView {
    let over = t.over();
    let rows = Memo::new(move |_| {
        t.view.with(|view| {
            let here = match view.phase {
                PhaseView::Over => view.slots.len(),
                PhaseView::Planned | PhaseView::Open => view.place.map_or(0, |place| place as usize - 1),
            };
            let seen = view.slots.iter().enumerate().skip(here).take(1 + AHEAD + usize::from(view.place.is_none()));
            seen.map(|(at, slot)| (state(at, view.place), brief(slot))).collect::<Vec<_>>()
        })
    });
    view! {
        <ol class="rows">{move || rows.with(|rows| rows.iter().map(|(state, slot)| row(t, *state, slot)).collect_view())}</ol>
        {move || over.get().then(|| view! { <p class="note">{audience::over(t.r)}</p> })}
    }
}

/// In the short list a speech is called by its speakers alone: its title is in the preview of the screen, and in the
/// whole plan.
fn brief(slot: &SlotView) -> SlotView {
    let mut slot = slot.clone();
    if !slot.names.is_empty() {
        slot.title = Phrase::default();
    }
    slot
}

/// Where a step is, seen from the current one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Done,
    Now,
    Ahead,
}

fn state(at: usize, place: Option<u32>) -> State {
    match place.map(|place| place as usize - 1) {
        Some(here) if at < here => State::Done,
        Some(here) if at == here => State::Now,
        _ => State::Ahead,
    }
}

fn row(t: Tablet, state: State, slot: &SlotView) -> impl IntoView + use<> {
    let (look, word) = match state {
        State::Done => ("row done", Some(console::step_done(t.r))),
        State::Now => ("row now", Some(console::this_step(t.r))),
        State::Ahead => ("row", None),
    };
    view! { <Step r=t.r step=slot.clone() look word/> }
}

/// Whether the desk is staffed, and how many it sent back. These lines come and go, so they stand under everything that
/// a finger presses (`A9`).
fn sent_back(t: Tablet) -> impl IntoView {
    let r = t.r;
    let held = Memo::new(move |_| t.view.with(|view| view.held));
    let open = Memo::new(move |_| t.view.with(|view| view.intake_open || view.phase == PhaseView::Over));
    view! {
        {move || (!open.get()).then(|| view! { <p class="note">{console::intake_closed(r)}</p> })}
        {move || (held.get() > 0).then(|| view! { <p class="note">{console::held_count(r, held.get().into())}</p> })}
    }
}
