//! Slips of paper, typed in as they were written (`F9`), and asking the hall to ask less often (`S23`).

use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use uuid::Uuid;
use web_sys::SubmitEvent;

use crate::live::desk::Table;
use crate::live::send::{self, Outcome};
use crate::parts::{Shape, TextArea};
use crate::words::{audience, desk, fate};

/// Less often, or as usual.
pub(super) fn slow(t: Table) -> impl IntoView {
    let r = t.r;
    let on = Memo::new(move |_| t.view.with(|view| view.slow));
    view! {
        <form method="post" action=t.to("desk/slow")>
            <button
                class="button"
                name="on"
                value=move || if on.get() { "false" } else { "true" }
                aria-pressed=move || if on.get() { "true" } else { "false" }
            >
                <Shape name="hold"/>
                {move || if on.get() { desk::slow_off(r) } else { desk::slow_on(r) }}
            </button>
            {move || on.get().then(|| view! { <p class="note">{desk::slow_note(r)}</p> })}
        </form>
    }
}

/// One slip after the other: each has an id of its own, so that a second press is the same slip.
pub(super) fn slip(t: Table, fresh: QuestionId) -> impl IntoView {
    let r = t.r;
    let id = RwSignal::new(fresh.0);
    let abouts = t.view.with_untracked(|view| view.slots.clone());
    let options = abouts
        .into_iter()
        .map(|about| {
            view! {
                <option value=about.id.to_string() lang=about.title.lang.tag() dir=about.title.dir.as_str()>
                    {about.title.text}
                </option>
            }
        })
        .collect_view();
    let typed = move |event: SubmitEvent| {
        event.stop_propagation();
        if !t.presses.counts() {
            return event.prevent_default();
        }
        send::intercept(&event, move |outcome, form| {
            if matches!(outcome, Outcome::Done(_)) {
                form.reset();
                id.update(|id| *id = following(*id));
            }
            t.presses.answered(&outcome);
        });
    };
    view! {
        <details class="slip">
            <summary class="button">
                <Shape name="paper"/>
                {desk::slip(r)}
            </summary>
            <form class="box" method="post" action=t.to("desk/slip") on:submit=typed>
                <input type="hidden" name="id" value=move || id.get().to_string()/>
                <label for="slip">{desk::slip_label(r)}</label>
                <TextArea attr:id="slip" attr:name="text" attr:rows="3" attr:dir="auto"/>
                <label for="slip-asks">{audience::asker_label(r)}</label>
                <select id="slip-asks" name="asks">
                    <option value="">{audience::asker_unsaid(r)}</option>
                    <option value="child">{audience::asker_child(r)}</option>
                    <option value="adult">{audience::asker_adult(r)}</option>
                </select>
                <label for="slip-about">{audience::about_label(r)}</label>
                <select id="slip-about" name="about">
                    <option value="">{audience::about_all(r)}</option>
                    {options}
                </select>
                <label for="slip-receipt">{fate::slip_number(r)}</label>
                <input class="code" id="slip-receipt" name="receipt" type="text" inputmode="numeric" autocomplete="off" dir="ltr" maxlength="100"/>
                <label class="choice">
                    <input type="checkbox" name="adult" value="true"/>
                    <span>{audience::adults_only(r)}</span>
                </label>
                <button class="button" data-moment="question">
                    {desk::slip_send(r)}
                </button>
                <p class="note">{desk::slip_note(r)}</p>
            </form>
        </details>
    }
}

/// The next id of this page: random in its first half, counted in its second.
fn following(id: Uuid) -> Uuid {
    Uuid::from_u128(id.as_u128().wrapping_add(1))
}
