//! What waits, the oldest first.

use leptos::prelude::*;
use nadwa_domain::Span;
use nadwa_domain::ids::QuestionId;

use crate::live::desk::{Table, find, waits};
use crate::parts::{Number, Said, Shape};
use crate::words::{console, desk, numbers};

/// The first column.
pub(super) fn queue(t: Table) -> impl IntoView {
    let r = t.r;
    let all = Memo::new(move |_| t.view.with(|view| view.waiting.len() as u64 + u64::from(view.more)));
    let more = Memo::new(move |_| t.view.with(|view| u64::from(view.more)));
    let rows = move || {
        t.view.with(|view| {
            t.listed.with(|listed| listed.iter().copied().filter(|id| waits(view, *id)).collect::<Vec<_>>())
        })
    };
    let rows = Memo::new(move |_| rows());
    view! {
        <section class="queue" aria-labelledby="waiting">
            <h2 id="waiting">
                {desk::waiting(r)}
                " "
                {move || view! { <Number text=numbers::number(r, i64::try_from(all.get()).unwrap_or_default())/> }}
            </h2>
            {fresh(t)}
            <ol class="waitings">
                <For each=move || rows.get() key=|id| *id children=move |id| view! { <li>{row(t, id)}</li> }/>
            </ol>
            {move || (more.get() > 0).then(|| view! { <p class="note">{desk::more_waiting(r, more.get())}</p> })}
        </section>
    }
}

/// New questions wait behind this button.
fn fresh(t: Table) -> impl IntoView {
    let new = Memo::new(move |_| {
        t.view.with(|view| t.listed.with(|listed| view.waiting.iter().filter(|q| !listed.contains(&q.id)).count()))
    });
    move || {
        (new.get() > 0).then(|| {
            view! {
                <button class="button fresh" type="button" on:click=move |_| t.refresh()>
                    <Shape name="question"/>
                    {console::questions_new(t.r, new.get() as u64)}
                </button>
            }
        })
    }
}

fn row(t: Table, id: QuestionId) -> impl IntoView {
    let r = t.r;
    let question = t.view.with_untracked(|view| find(view, id).cloned());
    question.map(|question| {
        let is_open = move || t.open.get() == Some(id);
        let since = move || (t.now.get() - question.asked_at).max(Span::ZERO);
        let language = question.text.lang.info();
        view! {
            <a
                class="waiting"
                class:is-open=is_open
                aria-current=move || is_open().then_some("true")
                href=["?q=", &id.to_string()].concat()
                on:click=move |event| {
                    event.prevent_default();
                    t.read(Some(id));
                }
            >
                <Said phrase=question.text/>
                <span class="note">
                    {move || desk::waiting_since(r, &numbers::clock(r, since()))}
                    " · "
                    <span lang=language.tag dir=language.dir.as_str()>{language.name}</span>
                </span>
            </a>
        }
    })
}
