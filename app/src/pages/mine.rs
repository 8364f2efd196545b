//! My own questions on the phone, with their honest state; a private message, if there is one; what the hall has heard.
//!
//! A part of the page that the server renders: a phone loads no code for it. Nothing in it tells what a question was
//! taken for (`S3`), and the message says no more than that it is there (`S5`).

use leptos::prelude::*;
use nadwa_domain::conference::glossary::Term;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::view::audience::HeardQuestion;
use nadwa_domain::view::mine::{MyQuestion, MyState};

use crate::parts::phrase::own;
use crate::parts::{FieldRefusal, Said, Shape, Terms, TextArea};
use crate::words::{self, Reader, audience};

/// What stands in the part.
#[derive(Clone, Debug, Default)]
pub struct MinePart {
    /// The session's join code.
    pub code: String,
    /// This phone's questions, the newest first.
    pub questions: Vec<MyQuestion>,
    /// Questions that the hall has heard.
    pub heard: Vec<HeardQuestion>,
    /// The hard words of each of them (`P10`).
    pub terms: Vec<Vec<Term>>,
    /// Whether somebody wrote to this phone in private.
    pub message: bool,
    /// Whether questions can be asked now: then it is said that there are none yet.
    pub asking: bool,
    /// Whether the session is over: nothing is said anew.
    pub over: bool,
    /// Whether its questions have receipts.
    pub receipts: bool,
    /// Why a question could not be said anew, and what was typed.
    pub refused: Option<(QuestionId, String, String)>,
}

/// What stands in the part; nothing while the session is paused for safety, but for a message.
#[must_use]
pub fn mine(r: Reader, part: MinePart) -> impl IntoView {
    let MinePart { code, questions, heard, terms, message, asking, over, receipts, refused } = part;
    let message = message.then(|| message_card(r));
    let none = (questions.is_empty() && asking).then(|| {
        view! {
            <div class="empty" data-moment="question">
                <Shape name="question"/>
                <b>{audience::mine_none(r)}</b>
            </div>
        }
    });
    let cards: Vec<_> =
        questions.iter().map(|mine| my_card(r, &code, mine, (over, receipts), refused.as_ref())).collect();
    let titled = (!cards.is_empty() || none.is_some()).then(|| {
        view! {
            <section>
                <h2>{audience::mine_title(r)}</h2>
                {none}
                <ul class="cards">{cards}</ul>
            </section>
        }
    });
    let heard = (!heard.is_empty()).then(|| {
        let cards: Vec<_> =
            heard.into_iter().zip(terms).map(|(question, terms)| heard_card(r, question, terms)).collect();
        view! {
            <details class="more" id="heard">
                <summary>{audience::heard_title(r)}</summary>
                <ul class="cards">{cards}</ul>
            </details>
        }
    });
    view! { {message} {titled} {heard} }
}

/// «1 message»: nothing of who wrote, and nothing of what (`S5`).
pub(crate) fn message_card(r: Reader) -> impl IntoView {
    view! {
        <a class="card message-card" href="/messages" id="message" data-spoken=audience::message(r)>
            <Shape name="message"/>
            <span>
                <b>{audience::message(r)}</b>
                <span class="note">{audience::message_note(r)}</span>
            </span>
        </a>
    }
}

fn heard_card(r: Reader, question: HeardQuestion, terms: Vec<Term>) -> impl IntoView {
    let owed = question.owed_by.map(|by| {
        view! {
            <span class="state">
                {audience::state_owed(r)}
                ": "
                <Said phrase=by/>
            </span>
        }
    });
    view! {
        <li class="question-card answered">
            <span class="petal" aria-hidden="true"></span>
            <Said phrase=words_or_removed(r, &question.text)/>
            {owed}
            <Terms reader=r terms part=question.id.to_string()/>
        </li>
    }
}

fn words_or_removed(r: Reader, text: &Phrase) -> Phrase {
    if text.is_empty() { own(r, words::common::removed(r)) } else { text.clone() }
}

/// The tab that wrote a question that was sent later has its words, and puts them here (`start.js`).
fn words_of(r: Reader, mine: &MyQuestion) -> Phrase {
    if mine.sent_later { own(r, audience::sent_later(r)) } else { words_or_removed(r, &mine.text) }
}

fn my_card(
    r: Reader,
    code: &str,
    mine: &MyQuestion,
    (over, receipts): (bool, bool),
    refused: Option<&(QuestionId, String, String)>,
) -> impl IntoView + use<> {
    let (class, state, why) = told(r, mine.state);
    let action = |verb: &str| ["/s/", code, "/questions/", verb].concat();
    let own = mine.id.to_string();
    let refused = refused.filter(|(id, ..)| *id == mine.id);
    let change = (mine.state.changes() && !over).then(|| change(r, mine, action("change"), refused));
    let back = mine.state.waits().then(|| {
        view! {
            <form method="post" action=action("withdraw")>
                <input type="hidden" name="id" value=own/>
                <button class="button quiet">{audience::withdraw(r)}</button>
            </form>
        }
    });
    // A closed meeting leaves no trace, and so no receipt.
    let receipt = receipts.then(|| {
        view! {
            <form method="post" action=["/s/", code, "/receipt"].concat() data-whole="">
                <input type="hidden" name="id" value=mine.id.to_string()/>
                <button class="button quiet">{words::fate::receipt_of(r)}</button>
            </form>
        }
    });
    let owed = mine.owed_by.clone().map(|by| view! { ": " <Said phrase=by/> });
    // Where it has come is said once to whoever does not see it (`N9`); that it has arrived was said by the thanks.
    let spoken = (mine.state != MyState::Received).then(|| audience::my_question(r, state));
    view! {
        <li
            class=["question-card ", class].concat()
            id=["mine-", &mine.id.to_string()].concat()
            data-spoken=spoken
            data-sent-later=mine.sent_later.then(|| mine.id.to_string())
        >
            <span class="petal" aria-hidden="true"></span>
            <Said phrase=words_of(r, mine)/>
            <span class="state">{state} {owed} {why.map(|why| view! { <br/> {why} })}</span>
            <div class="then" hidden=mine.sent_later>{change} {back} {receipt}</div>
        </li>
    }
}

/// The words can be said anew while the question waits, and after it was held.
fn change(
    r: Reader,
    mine: &MyQuestion,
    action: String,
    refused: Option<&(QuestionId, String, String)>,
) -> impl IntoView + use<> {
    let id = ["anew-", &mine.id.to_string()].concat();
    let typed = refused.map_or_else(|| mine.text.text.clone(), |(_, _, typed)| typed.clone());
    let sentence = refused.map(|(_, sentence, _)| sentence.clone());
    let open = sentence.is_some();
    let held = matches!(mine.state, MyState::Held(HoldReason::Language | HoldReason::PersonalData));
    let word = if held { audience::rephrase(r) } else { audience::change(r) };
    view! {
        <details class="anew" open=open>
            <summary class="button quiet">{word}</summary>
            <form method="post" action=action class="box">
                <input type="hidden" name="id" value=mine.id.to_string()/>
                <label for=id.clone()>{audience::form_label(r)}</label>
                <TextArea text=typed attr:id=id attr:name="text" attr:rows="3" attr:dir="auto"/>
                {sentence.map(|sentence| view! { <FieldRefusal id="anew-refusal" sentence=Some(sentence)/> })}
                <button class="button" data-moment="question">{audience::send(r)}</button>
            </form>
        </details>
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
        MyState::FollowUp => ("answered", audience::state_owed(r), None),
        MyState::Held(HoldReason::Language) => {
            ("rephrase", audience::state_held_language(r), Some(audience::why_held_language(r)))
        }
        MyState::Held(HoldReason::PersonalData) => {
            ("remove-data", audience::state_held_personal(r), Some(audience::why_held_personal(r)))
        }
        MyState::Held(HoldReason::ForAdults) => ("received", audience::state_read(r), None),
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
