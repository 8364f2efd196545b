//! The foot: help, taking the last decision back, and the one power of adults over a live session.

use leptos::prelude::*;
use nadwa_domain::Instant;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::PhaseView;

use crate::live::desk::Table;
use crate::live::press::{Toast, seconds_until};
use crate::parts::{HelpLink, Number, Shape, which};
use crate::words::{Reader, desk, numbers};

/// The foot of the page.
pub(super) fn foot(t: Table) -> impl IntoView {
    let last = Memo::new(move |_| {
        t.view.with(|view| view.decided.first().and_then(|row| row.undo_until.map(|until| (row.id, until))))
    });
    view! {
        <footer class="foot">
            <Toast presses=t.presses/>
            <HelpLink reader=t.r code=Some(t.code.get_value())/>
            {here(t.r, t.to("desk/here"))}
            <span class="push"></span>
            {move || last.get().map(|(id, until)| take_back(t, id, Some(until), "button"))}
            {safety(t)}
        </footer>
    }
}

/// Says by hand that somebody is here (`G11`); a page without a script says it by this alone.
pub(crate) fn here(r: Reader, action: String) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <button class="button quiet" name="by" value="hand"><Shape name="check"/>{desk::here(r)}</button>
        </form>
    }
}

/// Takes a decision back for as long as that is possible, with the seconds that the device counts (`A7`).
pub(super) fn take_back(t: Table, id: QuestionId, until: Option<Instant>, class: &'static str) -> impl IntoView {
    let r = t.r;
    let left = Memo::new(move |_| until.map_or(0, |until| seconds_until(until, t.now.get())));
    let possible = Memo::new(move |_| left.get() > 0);
    move || {
        possible.get().then(|| {
            view! {
                <form method="post" action=t.decides("take-back") on:submit=move |_| t.returning.set_value(Some(id))>
                    {which(move || Some(id))}
                    <button class=class>
                        <Shape name="undo"/>
                        {desk::undo(r)}
                        <span class="remaining" aria-hidden="true">{move || view! { <Number text=numbers::number(r, left.get())/> }}</span>
                    </button>
                </form>
            }
        })
    }
}

/// The safety pause, with its meaning said (`P3`).
fn safety(t: Table) -> impl IntoView {
    let r = t.r;
    let paused = Memo::new(move |_| t.view.with(|view| view.paused_since.is_some()));
    let open = Memo::new(move |_| t.view.with(|view| view.phase == PhaseView::Open));
    let path = move || if paused.get() { "safety/resume" } else { "safety/pause" };
    view! {
        <form method="post" action=move || t.to(path())>
            <button class="button" aria-describedby="safety-note" disabled=move || !open.get()>
                <i class=move || if paused.get() { "shape onward" } else { "shape hold" } aria-hidden="true"></i>
                {move || if paused.get() { desk::safety_resume(r) } else { desk::safety_pause(r) }}
            </button>
        </form>
        <p class="note" id="safety-note">{desk::safety_pause_note(r)}</p>
    }
}
