//! The questions that the desk has passed. The list stands still: what is new waits behind a button, and what went
//! away leaves its place, so that nothing moves under a finger (`A9`). It waits one press away; while it is what the team
//! works on, the card that is worked next is in sight (`N6`).

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::view::console::{ConsoleQuestion, ConsoleView, Part, Waiting};

use crate::live::console::{Tablet, card, join, parts};
use crate::parts::{Said, Shape, which};
use crate::words::{common, console};

/// Where a question of the list is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Passed,
    Chosen,
    OnScreen,
    /// Answered, set aside, or taken away by an adult: its words are gone too (`S2`).
    Gone,
}

/// The list, as it stands on this tablet.
pub(super) fn questions(t: Tablet) -> impl IntoView {
    let (r, paused) = (t.r, t.paused());
    let listed = RwSignal::new(t.view.with_untracked(ids));
    let fresh = Memo::new(move |_| t.view.with(|view| listed.with(|listed| fresh(view, listed))));
    let gaps = Memo::new(move |_| t.view.with(|view| listed.with(|listed| gaps(view, listed))));
    let refresh = move || listed.set(t.view.with_untracked(ids));
    // With nothing to press in it, the list may grow by itself.
    Effect::new(move |_| {
        let nothing = listed.with(|listed| listed.len()) == gaps.get();
        if nothing && (fresh.get() > 0 || gaps.get() > 0) {
            refresh();
        }
    });
    // What another tablet has put on the screen is what the team works on: it is here at once (`N6`).
    Effect::new(move |_| {
        let shown = t.view.with(|view| view.questions.iter().find(|card| card.on_screen).map(|card| card.id));
        if let Some(id) = shown.filter(|id| listed.with_untracked(|listed| !listed.contains(id))) {
            listed.update(|listed| listed.insert(0, id));
        }
    });
    let offer = move || match (fresh.get(), gaps.get()) {
        (0, 0) => None,
        (0, _) => Some(console::tidy(r).to_owned()),
        (n, _) => Some(console::questions_new(r, n as u64)),
    };
    // What is new is offered above the list, where what waits at the desk is told: the list stands still.
    let above = move || match offer() {
        Some(word) => Either::Left(view! {
            <button class="button fresh" type="button" on:click=move |_| refresh()>{word}</button>
        }),
        None => Either::Right(view! { <span class="note">{waiting(t)}</span> }),
    };
    let ready = Memo::new(move |_| t.view.with(|view| view.of));
    let first = Memo::new(move |_| t.view.with(|view| listed.with(|listed| first(view, listed))));
    // Another card comes to stand where a finger is about to press.
    Effect::new(move |last: Option<()>| {
        first.track();
        if last.is_some() {
            t.presses.calm();
        }
    });
    // Whoever looks at another part of the list, or holds a card, has come for the list.
    let open = t.hand.with_untracked(Option::is_some) || t.view.with_untracked(|view| view.part != Part::default());
    view! {
        <details class="more fold" open=open>
            <summary class="button" data-moment="question" aria-controls="listing">
                <Shape name="question"/>
                <span><b id="questions">{console::questions_title(r)}</b> <span class="note">{move || console::questions_ready(r, ready.get().into())}</span></span>
            </summary>
        </details>
        <div class="listing" id="listing" class:holds=move || t.hand.with(Option::is_some)>
            <div class="head">{above}</div>
            <fieldset class="acts" disabled=move || paused.get()>
                <legend class="unseen">{console::questions_title(r)}</legend>
                {join::in_hand(t)}
                {card::mix(t, listed)}
                <ul class="picks" aria-labelledby="questions">
                    <For each=move || listed.get() key=|id| *id children=move |id| pick(t, id, first)/>
                </ul>
            </fieldset>
            {parts::ways(t)}
            {move || listed.with(Vec::is_empty).then(|| view! {
                <div class="empty" data-moment="question">
                    <Shape name="question"/>
                    <b>{console::questions_none(r)}</b>
                    <span>{console::questions_none_hint(r)}</span>
                </div>
            })}
        </div>
    }
}

/// The card that is in sight while the others are folded away: what is on the screen, else what was chosen, else the
/// first.
fn first(view: &ConsoleView, listed: &[QuestionId]) -> Option<QuestionId> {
    let found =
        |fits: fn(&ConsoleQuestion) -> bool| listed.iter().copied().find(|id| find(view, *id).is_some_and(fits));
    found(|card| card.on_screen).or_else(|| found(|card| card.chosen)).or_else(|| found(|_| true))
}

/// What waits at the desk, never as a number (`S2`).
fn waiting(t: Tablet) -> impl Fn() -> &'static str {
    let waiting = Memo::new(move |_| t.view.with(|view| view.waiting));
    move || match waiting.get() {
        Waiting::None => console::waiting_none(t.r),
        Waiting::Few => console::waiting_few(t.r),
        Waiting::Many => console::waiting_many(t.r),
    }
}

pub(super) fn ids(view: &ConsoleView) -> Vec<QuestionId> {
    view.questions.iter().map(|question| question.id).collect()
}

pub(super) fn find(view: &ConsoleView, id: QuestionId) -> Option<&ConsoleQuestion> {
    view.questions.iter().find(|question| question.id == id)
}

/// How many are not in the list yet.
fn fresh(view: &ConsoleView, listed: &[QuestionId]) -> usize {
    view.questions.iter().filter(|question| !listed.contains(&question.id)).count()
}

/// How many of the list are gone.
fn gaps(view: &ConsoleView, listed: &[QuestionId]) -> usize {
    listed.iter().filter(|id| find(view, **id).is_none()).count()
}

fn place(view: &ConsoleView, id: QuestionId) -> Place {
    match find(view, id) {
        None => Place::Gone,
        Some(question) if question.on_screen => Place::OnScreen,
        Some(question) if question.chosen => Place::Chosen,
        Some(_) => Place::Passed,
    }
}

fn pick(t: Tablet, id: QuestionId, first: Memo<Option<QuestionId>>) -> impl IntoView {
    let r = t.r;
    let place = Memo::new(move |_| t.view.with(|view| place(view, id)));
    let gone = Memo::new(move |_| place.get() == Place::Gone);
    // While a card is in hand there is one thing to do with the others.
    let held = Memo::new(move |_| t.hand.with(Option::is_some));
    let text = move || {
        t.view.with_untracked(|view| find(view, id).map(|question| view! { <Said phrase=question.text.clone()/> }))
    };
    let state = move || match place.get() {
        Place::Passed => "",
        Place::Chosen => console::chosen(r),
        Place::OnScreen => console::on_screen_now(r),
        Place::Gone => console::gone(r),
    };
    view! {
        <li
            class="pick"
            class:is-first=move || first.get() == Some(id)
            class:is-chosen=move || matches!(place.get(), Place::Chosen | Place::OnScreen)
        >
            <Shape name="question"/>
            <span>
                {move || (!gone.get()).then(text)}
                <span class="note">{state}</span>
                {move || (!gone.get()).then(|| card::besides(t, id))}
            </span>
            {move || (!gone.get() && !held.get()).then(|| does(t, id, place))}
            {move || (!gone.get()).then(|| join::here(t, id))}
        </li>
    }
}

/// What can be done with it. The first button goes the question's way: on the screen, answered. Once the
/// session is over it goes nowhere, and can still be set aside with a kind reason.
fn does(t: Tablet, id: QuestionId, place: Memo<Place>) -> impl IntoView {
    let (r, over) = (t.r, t.over());
    let to = move |verb: &str| t.to(&["questions/", verb].concat());
    let first = move || match place.get() {
        Place::Passed | Place::Gone | Place::Chosen => ("show", console::show(r)),
        Place::OnScreen => ("answered", console::answered(r)),
    };
    let second = move || match place.get() {
        Place::Passed | Place::Gone => ("choose", console::choose(r)),
        Place::Chosen | Place::OnScreen => ("put-back", common::later(r)),
    };
    view! {
        <div class="does">
            <form method="post" action=move || to(first().0) hidden=move || over.get()>
                {which(move || Some(id))}
                <button class="button">{move || first().1}</button>
            </form>
            <form method="post" action=move || to(second().0) hidden=move || over.get()>
                {which(move || Some(id))}
                <button class="button quiet">{move || second().1}</button>
            </form>
            {not_used(t, id)}
            {card::more(t, id)}
        </div>
    }
}

/// Four kind reasons; the sender reads the one that is chosen.
fn not_used(t: Tablet, id: QuestionId) -> impl IntoView {
    let r = t.r;
    let reasons = [
        ("already_asked", console::reason_asked(r)),
        ("no_time", console::reason_no_time(r)),
        ("other_topic", console::reason_other_topic(r)),
        ("other_session", console::reason_other_session(r)),
    ];
    let buttons = reasons.map(|(reason, word)| {
        view! { <button class="button" name="reason" value=reason>{word}</button> }
    });
    view! {
        <details>
            <summary class="button quiet">{console::not_used(r)}</summary>
            <form method="post" action=t.to("questions/not-used") aria-label=console::not_used_title(r)>
                {which(move || Some(id))} {buttons.into_iter().collect_view()}
            </form>
        </details>
    }
}
