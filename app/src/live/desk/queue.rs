//! What waits, the oldest first.

use leptos::prelude::*;
use nadwa_domain::hints::{Grade, Hints};
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::question::Asks;
use nadwa_domain::view::desk::{DeskQuestion, DeskView};
use nadwa_domain::{Phrase, Span};

use crate::live::desk::calls::{self, Calling};
use crate::live::desk::{Table, find, waits};
use crate::parts::{Number, Plain, Said, Shape, which};
use crate::words::{Reader, audience, console, desk, numbers};

/// The first column.
pub(super) fn queue(t: Table) -> impl IntoView {
    let r = t.r;
    let stand_for = |view: &DeskView| view.waiting.iter().map(|question| u64::from(question.alike.max(1))).sum::<u64>();
    let all = Memo::new(move |_| t.view.with(|view| stand_for(view) + u64::from(view.more)));
    let more = Memo::new(move |_| t.view.with(|view| u64::from(view.more)));
    let rows = move || {
        t.view.with(|view| {
            t.listed.with(|listed| listed.iter().copied().filter(|id| waits(view, *id)).collect::<Vec<_>>())
        })
    };
    let rows = Memo::new(move |_| rows());
    view! {
        <section class="queue" aria-labelledby="waiting">
            <div role="status">{silent_calls(t)} {elsewhere(t)}</div>
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

/// Who runs the session calls a safe adult here too: whoever reads hears it without leaving the desk (`F5`, `N1`).
fn silent_calls(t: Table) -> impl IntoView {
    let called = Memo::new(move |_| t.view.with(|view| view.calls.clone()));
    move || {
        let code = t.code.get_value();
        let here = |call| Calling { code: code.clone(), item: None, meeting: None, session: Phrase::default(), call };
        let authors = t.elsewhere.get().into_iter().filter(|calling| calling.item.is_some());
        calls::above(t.r, called.get().into_iter().map(here).chain(authors).collect(), "desk", t.utc_offset)
    }
}

/// A call in another session that nobody has answered in time is told to more people (`N1`).
fn elsewhere(t: Table) -> impl IntoView {
    move || calls::elsewhere(t.r, t.elsewhere.get(), "desk", t.utc_offset)
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
    let other = Memo::new(move |_| {
        t.view.with(|view| find(view, id).filter(|question| !t.is_free(question)).and_then(|question| question.read_by))
    });
    let times = Memo::new(move |_| t.view.with(|view| find(view, id).map_or(1, |question| question.times)));
    let like = Memo::new(move |_| t.view.with(|view| find(view, id).and_then(|question| alike(r, question))));
    question.map(|question| {
        let is_open = move || t.open.get() == Some(id);
        let since = move || (t.now.get() - question.asked_at).max(Span::ZERO);
        let language = question.noticed.map(|lang| {
            let info = lang.info();
            view! { " · " <span lang=info.tag dir=info.dir.as_str()>{info.name}</span> }
        });
        let said = said_besides(r, &question);
        view! {
            <form
                method="post"
                action=t.decides("read")
                on:submit=move |event| {
                    event.prevent_default();
                    event.stop_propagation();
                    t.read(Some(id));
                }
            >
                {which(move || Some(id))}
                <button
                    class="waiting"
                    class:is-taken=move || other.get().is_some()
                    class:is-open=is_open
                    aria-current=move || is_open().then_some("true")
                >
                    <Said phrase=question.text/>
                    <span class="note">
                        {move || desk::waiting_since(r, &numbers::clock(r, since()))}
                        {language}
                        {said}
                    </span>
                    {hints(r, &question.hints)}
                    {move || like.get().map(|n| view! { <span class="hint"><Shape name="question"/>{n}</span> })}
                    {move || (times.get() > 1).then(|| view! {
                        <span class="hint"><Shape name="question"/>{desk::hint_twice(r, times.get().into())}</span>
                    })}
                    {move || other.get().map(|by| view! {
                        <span class="hint"><Shape name="reads"/>{desk::read_by(r, by.desk.into())}</span>
                    })}
                </button>
            </form>
        }
    })
}

/// How many texts a row stands for; nothing if it stands for itself (`G3`).
pub(crate) fn alike(r: Reader, question: &DeskQuestion) -> Option<String> {
    let n = u64::from(question.alike);
    match question.one_of_many {
        true => Some(desk::alike_new(r, n)),
        false => (n > 1).then(|| desk::alike(r, n)),
    }
}

/// Labels by words and forms; each says "may" and decides nothing (`S15`, `S16`).
pub(crate) fn hints(r: Reader, hints: &Hints) -> impl IntoView + use<> {
    let worry = match hints.worry {
        Grade::None | Grade::Faint => desk::hint_faint(r),
        Grade::Likely => desk::hint_worry(r),
        Grade::Clear => desk::hint_urgent(r),
    };
    let labels = [
        (hints.worry > Grade::None, "safety", worry),
        (hints.private, "nameless", desk::hint_personal(r)),
        (hints.rude, "hold", desk::hint_language(r)),
        (hints.topic, "paper", desk::hint_topic(r)),
    ];
    let label = |(_, shape, word): (bool, &'static str, &'static str)| {
        view! { <span class="hint" data-moment=(shape == "safety").then_some("safety")><Shape name=shape/>{word}</span> }
    };
    labels.into_iter().filter(|(given, ..)| *given).map(label).collect_view()
}

/// The words that counted, as they were written: whoever reads judges for themselves (`S16`).
pub(crate) fn because(r: Reader, question: &DeskQuestion) -> impl IntoView + use<> {
    let reasons = &question.hints.reasons;
    (!reasons.is_empty()).then(|| {
        let words = reasons.join(" · ");
        let (lang, dir) = (question.text.lang, question.text.dir);
        view! {
            <span class="note">{desk::hint_because(r)} " " <bdi lang=lang.tag() dir=dir.as_str()>{words}</bdi></span>
        }
    })
}

/// What the sender said besides, by choice, and whether it came on paper.
pub(crate) fn said_besides(r: Reader, question: &DeskQuestion) -> impl IntoView + use<> {
    let asks = question.asks.map(|asks| match asks {
        Asks::Child => audience::asker_child(r),
        Asks::Adult => audience::asker_adult(r),
    });
    let slip = question.slip.then(|| desk::slip(r));
    let adults_only = question.adults_only.then(|| desk::adults_only(r));
    let words = asks.into_iter().chain(slip).chain(adults_only).map(|word| view! { " · " {word} }).collect_view();
    let about = question.about.clone().map(|about| view! { " · " <Plain phrase=about/> });
    view! { {words} {about} }
}
