//! My own questions with their honest state, and the questions that the hall has heard.

use leptos::prelude::*;
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::mine::{MyQuestion, MyState};

use super::Phone;
use crate::parts::phrase::own;
use crate::parts::{Said, Shape};
use crate::words::{self, Reader, audience};

/// My questions, the newest first. Nothing while the session is paused for safety.
pub(super) fn mine(phone: Phone) -> impl IntoView {
    let r = phone.reader;
    let some = Memo::new(move |_| phone.mine.with(|mine| !mine.questions.is_empty()));
    let here = Memo::new(move |_| {
        phone.view.with(|view| !view.paused && (some.get() || (view.phase == PhaseView::Open && view.intake_open)))
    });
    let list = move || {
        let cards = phone.mine.with(|mine| mine.questions.iter().map(|question| card(phone, question)).collect::<Vec<_>>());
        view! { <ul class="cards">{cards}</ul> }
    };
    let section = move || {
        view! {
            <section>
                <h2>{audience::mine_title(r)}</h2>
                {move || if some.get() { list().into_any() } else { none(r).into_any() }}
            </section>
        }
    };
    move || here.get().then(section)
}

fn none(r: Reader) -> impl IntoView {
    view! {
        <div class="empty" data-moment="question">
            <Shape name="question"/>
            <b>{audience::mine_none(r)}</b>
        </div>
    }
}

fn card(phone: Phone, question: &MyQuestion) -> impl IntoView + use<> {
    let r = phone.reader;
    let (class, state, why) = told(r, question.state);
    let text = question.text.clone();
    let again = matches!(question.state, MyState::Held(_)).then(|| rephrase(phone, text.text.clone()));
    let shown = if text.is_empty() { own(r, words::common::removed(r)) } else { text };
    let back = question.state.waits().then(|| {
        let action = phone.to(&["questions/", &question.id.to_string(), "/withdraw"].concat());
        view! {
            <form method="post" action=action>
                <button class="button quiet">{audience::withdraw(r)}</button>
            </form>
        }
    });
    view! {
        <li class=["question-card ", class].concat()>
            <span class="petal" aria-hidden="true"></span>
            <Said phrase=shown/>
            <span class="state">{state} {why.map(|why| view! { <br/> {why} })}</span>
            <div class="then">{again} {back}</div>
        </li>
    }
}

/// Puts the words back into the form, to be said differently.
fn rephrase(phone: Phone, text: String) -> impl IntoView {
    let again = move |_| {
        phone.thanks.set(None);
        phone.writing.set(true);
        if let Some(area) = phone.text.get_untracked() {
            if area.value().is_empty() {
                area.set_value(&text);
            }
            // The link itself goes to the form; where that fails nothing is lost.
            let _ = area.focus();
        }
    };
    view! {
        <a class="button quiet" href="#text" on:click=again>
            {audience::rephrase(phone.reader)}
        </a>
    }
}

/// The class of the card, where the question is, and why.
fn told(r: Reader, state: MyState) -> (&'static str, &'static str, Option<&'static str>) {
    match state {
        MyState::Received => ("received", audience::state_received(r), None),
        MyState::Passed => ("passed", audience::state_passed(r), None),
        MyState::Chosen => ("chosen", audience::state_chosen(r), None),
        MyState::OnScreen => ("on-screen", audience::state_on_screen(r), None),
        MyState::Answered => ("answered", audience::state_answered(r), None),
        MyState::Held(HoldReason::Language) => {
            ("rephrase", audience::state_held_language(r), Some(audience::why_held_language(r)))
        }
        MyState::Held(HoldReason::PersonalData) => {
            ("remove-data", audience::state_held_personal(r), Some(audience::why_held_personal(r)))
        }
        MyState::NotUsed(reason) => ("not-used", audience::state_not_used(r), Some(why_not_used(r, reason))),
    }
}

fn why_not_used(r: Reader, reason: NotUsedReason) -> &'static str {
    match reason {
        NotUsedReason::AlreadyAsked => audience::why_asked(r),
        NotUsedReason::NoTime => audience::why_no_time(r),
        NotUsedReason::OtherTopic => audience::why_other_topic(r),
        NotUsedReason::OtherSession => audience::why_other_session(r),
    }
}

/// Questions that the hall has heard, the newest first; nothing before there is one.
pub(super) fn heard(phone: Phone) -> impl IntoView {
    let heard = Memo::new(move |_| phone.view.with(|view| if view.paused { vec![] } else { view.heard.clone() }));
    let some = Memo::new(move |_| heard.with(|heard| !heard.is_empty()));
    let list = move || {
        let cards = heard.get().into_iter().map(|question| {
            view! {
                <li class="question-card answered">
                    <span class="petal" aria-hidden="true"></span>
                    <Said phrase=question.text/>
                </li>
            }
        });
        cards.collect::<Vec<_>>()
    };
    move || {
        some.get().then(|| {
            view! {
                <details class="more">
                    <summary>{audience::heard_title(phone.reader)}</summary>
                    <ul class="cards">{list}</ul>
                </details>
            }
        })
    }
}
