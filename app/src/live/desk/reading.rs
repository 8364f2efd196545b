//! One text, as large as it was written, and the three outcomes.

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::desk::{DeskHere, DeskQuestion};

use crate::live::desk::foot::here;
use crate::live::desk::keys::{DIALOG, OUTCOMES, close_dialog, open_dialog};
use crate::live::desk::queue::{because, hints, said_besides};
use crate::live::desk::{Table, find};
use crate::parts::team::size_of;
use crate::parts::{Shape, which};
use crate::words::{common, desk, numbers};

/// The middle column.
pub(super) fn reading(t: Table) -> impl IntoView {
    let question = Memo::new(move |_| t.view.with(|view| t.open.get().and_then(|id| find(view, id).cloned())));
    let there = Memo::new(move |_| question.with(Option::is_some));
    view! {
        <section class="reading" aria-label=desk::as_written(t.r)>
            {paused(t)}
            {still_here(t)}
            {move || match there.get() {
                true => Either::Left(text(t, question)),
                false => Either::Right(nothing(t)),
            }}
        </section>
    }
}

/// The session is paused for safety: since when, and what that means.
fn paused(t: Table) -> impl IntoView {
    let since = Memo::new(move |_| t.view.with(|view| view.paused_since));
    view! {
        <div role="status">
            {move || since.get().map(|since| view! {
                <div class="message" data-moment="safety">
                    <Shape name="safety"/>
                    <div>
                        <b>{desk::paused_since(t.r, &numbers::time_of_day(t.r, since, t.utc_offset))}</b>
                        {desk::paused_text(t.r)}
                    </div>
                </div>
            })}
        </div>
    }
}

/// Something waits and nobody has touched anything for a while: the intake lapses unless somebody is here (`G11`).
fn still_here(t: Table) -> impl IntoView {
    let asks = Memo::new(move |_| {
        let now = t.now.get();
        let asked = |here: &DeskHere| here.desk == t.me && here.asked_at.is_some_and(|at| at <= now);
        t.view.with(|view| view.phase == PhaseView::Open && (!view.intake_open || view.here.iter().any(asked)))
    });
    view! {
        <div role="alert">
            {move || asks.get().then(|| view! {
                <div class="message">
                    <Shape name="hold"/>
                    <div><b>{desk::still_here(t.r)}</b> {desk::still_here_note(t.r)}</div>
                    {here(t.r, t.to("desk/here"))}
                </div>
            })}
        </div>
    }
}

fn nothing(t: Table) -> impl IntoView {
    let r = t.r;
    let phase = Memo::new(move |_| t.view.with(|view| view.phase));
    let tells = move || match phase.get() {
        PhaseView::Planned => (desk::not_started(r), desk::intake_note(r)),
        PhaseView::Open => (desk::nothing_waiting(r), desk::nothing_waiting_note(r)),
        PhaseView::Over => (desk::over(r), ""),
    };
    view! {
        <div class="empty">
            <Shape name="check"/>
            <b>{move || tells().0}</b>
            <span>{move || tells().1}</span>
        </div>
    }
}

/// The words are put in by signals, so that the buttons below stay the same elements from one text to the next.
fn text(t: Table, question: Memo<Option<DeskQuestion>>) -> impl IntoView {
    let r = t.r;
    let phrase = move || question.get().map(|question| question.text).unwrap_or_default();
    let adults_only = Memo::new(move |_| question.with(|question| question.as_ref().is_some_and(|q| q.adults_only)));
    view! {
        <h2 class="label">{desk::as_written(r)}</h2>
        <blockquote
            class=move || ["said ", size_of(&phrase().text)].concat()
            lang=move || phrase().lang.tag()
            dir=move || phrase().dir.as_str()
            aria-live="polite"
        >
            {move || phrase().text}
        </blockquote>
        <div class="hints" aria-live="polite">
            {move || question.get().map(|question| {
                let told = hints(r, &question.hints);
                view! { {told} {because(r, &question)} <span class="note">{said_besides(r, &question)}</span> }
            })}
        </div>
        <p class="note">{desk::hints_note(r)} " " {desk::safety_only(r)}</p>
        {move || adults_only.get().then(|| view! { <p class="note"><b>{desk::adults_only_note(r)}</b></p> })}
        {outcomes(t, adults_only)}
        {confirm(t)}
    }
}

/// Three outcomes and no fourth; two for what only adults shall read (`N10`).
fn outcomes(t: Table, adults_only: Memo<bool>) -> impl IntoView {
    let r = t.r;
    view! {
        <div class="outcomes">
            {move || if adults_only.get() { Either::Left(was_read(t)) } else { Either::Right(pass_or_hold(t)) }}
            <button
                class="button tinted guard"
                data-moment="safety"
                id=OUTCOMES[3]
                type="button"
                popovertarget=DIALOG
                on:click=move |event| {
                    event.prevent_default();
                    if t.presses.counts() {
                        open_dialog();
                    }
                }
            >
                <span><Shape name="safety"/>{desk::safeguard(r)}</span>
                <small>{desk::safeguard_note(r)}</small>
                {key(t, 4)}
            </button>
        </div>
    }
}

fn key(t: Table, place: usize) -> impl IntoView {
    view! { <small>{desk::key(t.r, &numbers::digits(t.r, &place.to_string()))}</small> }
}

/// An adult has read it: it goes nowhere.
fn was_read(t: Table) -> impl IntoView {
    view! {
        <form method="post" action=t.decides("hold")>
            {which(move || t.open.get())}
            <button class="button pass" id=OUTCOMES[0] name="reason" value="for_adults">
                <span><Shape name="check"/>{desk::was_read(t.r)}</span>
                {key(t, 1)}
            </button>
        </form>
    }
}

/// The two reasons to hold are two buttons, so that holding is one press.
fn pass_or_hold(t: Table) -> impl IntoView {
    let r = t.r;
    view! {
        <form method="post" action=t.decides("pass")>
            {which(move || t.open.get())}
            <button class="button pass" id=OUTCOMES[0]>
                <span><Shape name="question"/>{desk::pass(r)}</span>
                {key(t, 1)}
            </button>
        </form>
        <form method="post" action=t.decides("hold") aria-label=desk::hold(r)>
            {which(move || t.open.get())}
            <button class="button stay" id=OUTCOMES[1] name="reason" value="language">
                <span><Shape name="hold"/>{desk::hold_for_language(r)}</span>
                {key(t, 2)}
            </button>
            <button class="button stay" id=OUTCOMES[2] name="reason" value="personal_data">
                <span><Shape name="hold"/>{desk::hold_for_personal(r)}</span>
                {key(t, 3)}
            </button>
        </form>
    }
}

/// The one thing that is confirmed (`A7`). Without wasm the same element opens as a popover.
fn confirm(t: Table) -> impl IntoView {
    let r = t.r;
    view! {
        <dialog class="dialog" id=DIALOG popover="auto" aria-labelledby="guard-ask">
            <h2 id="guard-ask">{desk::safeguard_ask(r)}</h2>
            <p>{desk::safeguard_ask_note(r)}</p>
            <div class="choices">
                <form method="post" action=t.decides("safeguard")>
                    {which(move || t.open.get())}
                    <button class="button main" data-moment="safety">{desk::safeguard_confirm(r)}</button>
                </form>
                <button
                    class="button large"
                    type="button"
                    popovertarget=DIALOG
                    popovertargetaction="hide"
                    on:click=move |event| {
                        event.prevent_default();
                        close_dialog();
                    }
                >
                    {common::cancel(r)}
                </button>
            </div>
        </dialog>
    }
}
