//! What helps to decide: who is here, what was decided, and a reminder to rest.

use leptos::prelude::*;
use nadwa_domain::Span;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::question::HoldReason;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::desk::{DecidedQuestion, Outcome};

use crate::live::desk::{Table, foot, slip};
use crate::parts::{Number, Said, Shape, given, which};
use crate::words::{Reader, audience, backstage, desk, numbers, rehearsal};

/// Reading tires; after so long a break is offered (`S24`).
const LONG: Span = Span::minutes(45);

/// The third column.
pub(super) fn beside(t: Table, fresh: QuestionId, several: bool) -> impl IntoView {
    let covering = several.then(|| view! { <a class="button quiet" href="/desk">{desk::covering(t.r)}</a> });
    view! {
        <aside class="beside">
            {here(t)} {covering} {intake(t, fresh)} {again(t)} {counts(t)} {decided(t)} {elsewhere(t)}
        </aside>
    }
}

/// The other pages of the session that its steward may open (`N5`).
fn elsewhere(t: Table) -> impl IntoView {
    given::fixed(move || {
        let link = |path: &str, word: &'static str| view! { <a class="button quiet" href=t.to(path)>{word}</a> };
        view! {
            <nav class="buttons">
                {link("backstage", backstage::title(t.r))}
                {link("interpreters", backstage::interpreter_title(t.r))}
                {link("rehearsal", rehearsal::short(t.r))}
            </nav>
        }
    })
}

/// What is done while questions come in, and a reminder to rest; nothing of it once the session is over.
fn intake(t: Table, fresh: QuestionId) -> impl IntoView {
    let over = over(t);
    view! { <div class="stack" hidden=move || over.get()>{slip::slow(t)} {rest(t)} {slip::slip(t, fresh)}</div> }
}

fn over(t: Table) -> Memo<bool> {
    Memo::new(move |_| t.view.with(|view| view.phase == PhaseView::Over))
}

/// Who is at the desk, and why this page stays open (`S7`); or that the session is over.
fn here(t: Table) -> impl IntoView {
    let over = over(t);
    let note = move || if over.get() { audience::over(t.r) } else { desk::intake_note(t.r) };
    let desks = Memo::new(move |_| t.view.with(|view| view.desks));
    let form = move || if desks.get() > 0 { "shape check" } else { "shape hold" };
    view! {
        <ul class="checks">
            <li>
                <i class=form aria-hidden="true"></i>
                <span>
                    <b>{move || desk::at_desk(t.r, desks.get().into())}</b>
                    " "
                    {move || buddies(t)}
                    <span class="note">" " {note}</span>
                </span>
            </li>
        </ul>
    }
}

/// Who reads beside me: nobody should read alone for long (`S24`).
fn buddies(t: Table) -> String {
    let now = t.now.get();
    let others = t.view.with(|view| view.here.iter().filter(|here| here.desk != t.me && here.until > now).count());
    match others {
        0 => desk::alone(t.r).to_owned(),
        n => desk::buddies(t.r, n as u64),
    }
}

fn counts(t: Table) -> impl IntoView {
    let r = t.r;
    let counts = Memo::new(move |_| t.view.with(|view| [view.passed, view.held_language, view.held_personal]));
    let number = move |place: usize| move || view! { <Number text=numbers::number(r, counts.get()[place].into())/> };
    view! {
        <h2>{desk::today(r)}</h2>
        <dl class="facts">
            <dt>{desk::count_passed(r)}</dt>
            <dd>{number(0)}</dd>
            <dt>{desk::count_language(r)}</dt>
            <dd>{number(1)}</dd>
            <dt>{desk::count_personal(r)}</dt>
            <dd>{number(2)}</dd>
        </dl>
    }
}

fn rest(t: Table) -> impl IntoView {
    let began = t.now.get_untracked();
    let long = Memo::new(move |_| t.now.get() - began >= LONG);
    move || long.get().then(|| break_time(t.r))
}

/// The reminder, wherever somebody reads.
pub(crate) fn break_time(r: Reader) -> impl IntoView {
    view! {
        <div class="message" data-moment="break">
            <Shape name="break"/>
            <div>{desk::break_time(r)}</div>
        </div>
    }
}

/// Before the end: what was decided although something was noticed in it (`N10`).
fn again(t: Table) -> impl IntoView {
    let rows = Memo::new(move |_| t.view.with(|view| view.again.clone()));
    let key = |row: &DecidedQuestion| (row.id, row.undo_until, row.outcome == Outcome::Passed);
    view! {
        {move || (!rows.with(Vec::is_empty)).then(|| {
            view! { <h2 id="again">{desk::again(t.r)}</h2> <p class="note">{desk::again_note(t.r)}</p> }
        })}
        <ul class="decided">
            <For each=move || rows.get() key children=move |row| view! { <li>{one(t, row, true)}</li> }/>
        </ul>
    }
}

/// The latest decisions, the newest first.
fn decided(t: Table) -> impl IntoView {
    let rows = Memo::new(move |_| t.view.with(|view| view.decided.clone()));
    let some = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let key = |row: &DecidedQuestion| (row.id, row.undo_until, row.outcome == Outcome::Passed);
    view! {
        {move || some.get().then(|| view! { <h2 id="decided">{desk::decided_title(t.r)}</h2> })}
        <ul class="decided">
            <For each=move || rows.get() key children=move |row| view! { <li>{one(t, row, false)}</li> }/>
        </ul>
    }
}

fn one(t: Table, row: DecidedQuestion, again: bool) -> impl IntoView {
    let r = t.r;
    let (form, word) = outcome(r, row.outcome);
    let id = row.id;
    view! {
        <Said phrase=row.text/>
        <p class="note"><Shape name=form/> " " {word}</p>
        <div class="does">
            {foot::take_back(t, id, row.undo_until, "button quiet")}
            {(again || row.outcome == Outcome::Passed).then(|| guard(t, id))}
        </div>
    }
}

/// A passed text can still go to safeguarding (`S2`); the fold is the question before it.
fn guard(t: Table, id: QuestionId) -> impl IntoView {
    let r = t.r;
    view! {
        <details>
            <summary class="button quiet">{desk::safeguard(r)}</summary>
            <form method="post" action=t.decides("safeguard")>
                {which(move || Some(id))}
                <p class="note">{desk::safeguard_ask_note(r)}</p>
                <button class="button tinted" data-moment="safety"><Shape name="safety"/>{desk::safeguard_confirm(r)}</button>
            </form>
        </details>
    }
}

/// The form and the words of a decision.
pub(crate) fn outcome(r: Reader, outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Passed => ("question", desk::done_passed(r)),
        Outcome::Held(HoldReason::Language) => ("hold", desk::decided_held_language(r)),
        Outcome::Held(HoldReason::PersonalData) => ("hold", desk::decided_held_personal(r)),
        Outcome::Held(HoldReason::ForAdults) => ("check", audience::state_read(r)),
    }
}
