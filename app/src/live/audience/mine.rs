//! My own questions with their honest state, and the questions that the hall has heard.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::view::mine::{MyQuestion, MyState};

use super::{Hall, Phone, draft};
use crate::parts::phrase::own;
use crate::parts::{Said, Shape};
use crate::words::{self, Reader, audience};

/// My questions, the newest first; where there are none, only while one may be asked. Nothing while the session is
/// paused for safety.
pub(super) fn mine(hall: Hall, phone: &Phone) -> Option<impl IntoView + use<>> {
    let r = phone.place.reader;
    let questions = &phone.mine.questions;
    let none = questions.is_empty();
    if phone.view.paused || (none && !phone.asks()) {
        return None;
    }
    let cards: Vec<_> = questions.iter().map(|mine| card(hall, phone, &mine.text, Some(mine))).collect();
    let empty = none.then(|| {
        view! {
            <div class="empty" data-moment="question">
                <Shape name="question"/>
                <b>{audience::mine_none(r)}</b>
            </div>
        }
    });
    Some(view! {
        <section>
            <h2>{audience::mine_title(r)}</h2>
            {empty}
            <ul class="cards">{cards}</ul>
        </section>
    })
}

/// A question as a card: mine with its state and what can be done about it, any other without.
fn card(hall: Hall, phone: &Phone, text: &Phrase, mine: Option<&MyQuestion>) -> impl IntoView + use<> {
    let r = phone.place.reader;
    let phrase = if text.is_empty() { own(r, words::common::removed(r)) } else { text.clone() };
    let class = mine.map_or("answered", |mine| told(r, mine.state).0);
    view! {
        <li class=["question-card ", class].concat()>
            <span class="petal" aria-hidden="true"></span>
            <Said phrase/>
            {mine.map(|mine| own_part(hall, phone, mine))}
        </li>
    }
}

fn own_part(hall: Hall, phone: &Phone, mine: &MyQuestion) -> impl IntoView + use<> {
    let r = phone.place.reader;
    let (_, state, why) = told(r, mine.state);
    let again = matches!(mine.state, MyState::Held(_)).then(|| rephrase(hall, r, mine.text.text.clone()));
    let back = mine.state.waits().then(|| {
        view! {
            <form method="post" action=phone.to(&["/questions/", &mine.id.to_string(), "/withdraw"])>
                <button class="button quiet">{audience::withdraw(r)}</button>
            </form>
        }
    });
    view! {
        <span class="state">{state} {why.map(|why| view! { <br/> {why} })}</span>
        <div class="then">{again} {back}</div>
    }
}

/// Puts the words back into the form, to be said differently.
fn rephrase(hall: Hall, r: Reader, text: String) -> impl IntoView {
    let again = move |_| {
        if let Some(area) = draft::area() {
            if area.value().is_empty() {
                area.set_value(&text);
            }
            // The form is there, and has the focus, once the page is rendered again; the link itself goes to it.
            hall.phone.update(|phone| (phone.thanks, phone.writing) = (None, true));
        }
    };
    view! {
        <a class="button quiet" href="#text" on:click:capture=again>
            {audience::rephrase(r)}
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
pub(super) fn heard(hall: Hall, phone: &Phone) -> Option<impl IntoView + use<>> {
    let heard = &phone.view.heard;
    if heard.is_empty() || phone.view.paused {
        return None;
    }
    let cards: Vec<_> = heard.iter().map(|question| card(hall, phone, &question.text, None)).collect();
    Some(view! {
        <details class="more">
            <summary>{audience::heard_title(phone.place.reader)}</summary>
            <ul class="cards">{cards}</ul>
        </details>
    })
}
