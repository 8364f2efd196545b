//! Specimens of what people meet: questions and their states, help, promises, the closed door, paper.

use leptos::prelude::*;

use super::{Sample, specimen};
use crate::parts::{HelpLink, Promises, Said, Shape};
use crate::words::{audience, door, look as words};

pub(super) fn all(sample: Sample) -> AnyView {
    let r = sample.r;
    view! {
        {specimen(words::questions(r), questions(sample))}
        {specimen(words::help(r), view! { <HelpLink reader=r code=None/> })}
        {specimen(words::promises(r), view! { <Promises reader=r/> })}
        {specimen(words::door(r), closed(sample))}
        {specimen(words::slip(r), slip(sample))}
    }
    .into_any()
}

/// The petal tells the state: hollow, half, full, the whole card, ticked, dashed.
fn questions(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let states = [
        ("received", audience::state_received(r)),
        ("passed", audience::state_passed(r)),
        ("chosen", audience::state_chosen(r)),
        ("on-screen", audience::state_on_screen(r)),
        ("answered", audience::state_answered(r)),
        ("rephrase", audience::state_held_language(r)),
        ("remove-data", audience::state_held_personal(r)),
        ("not-used", audience::state_not_used(r)),
    ];
    let card = |(class, state): (&'static str, &'static str)| {
        view! {
            <li class=["question-card ", class].concat()>
                <span class="petal" aria-hidden="true"></span>
                <Said phrase=sample.own(words::sample_question(r))/>
                <span class="state">{state}</span>
            </li>
        }
    };
    view! { <ul class="cards">{states.map(card).into_iter().collect_view()}</ul> }
}

/// What stands at the door of a meeting that is closed: no title, no names, no number of those inside.
fn closed(sample: Sample) -> impl IntoView {
    let r = sample.r;
    view! {
        <div class="empty">
            <Shape name="stop"/>
            <b>{door::title(r)}</b>
            <span>{door::text(r)}</span>
        </div>
    }
}

/// A slip for a question on paper, as it is printed and cut.
fn slip(sample: Sample) -> impl IntoView {
    let r = sample.r;
    view! {
        <div class="slip">
            <b>{audience::form_label(r)}</b>
            <span class="note">{audience::notice(r)}</span>
            <span class="ruled"></span>
            <span class="ruled"></span>
        </div>
    }
}
