//! Specimens of what people meet: questions and their states, help, promises, a private thread, the closed door.

use leptos::prelude::*;
use nadwa_domain::conference::glossary::Term;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::view::audience::HeardQuestion;
use nadwa_domain::view::mine::{MyQuestion, MyState};
use uuid::Uuid;

use super::{Sample, specimen, still};
use crate::pages::mine::{MinePart, mine};
use crate::pages::{Write, Written};
use crate::parts::{HelpLink, Number, Promises, Said, Shape};
use crate::words::{common, door, look as words, messages, numbers, refusal, running};

pub(super) fn all(sample: Sample) -> Written {
    let r = sample.r;
    view! {
        {specimen(words::questions(r), questions(sample))}
        {specimen(words::help(r), view! { <HelpLink reader=r code=None/> })}
        {specimen(words::promises(r), view! { <Promises reader=r children=Some(crate::words::landing::promise_children(r))/> })}
        {specimen(words::thread(r), thread(sample))}
        {specimen(words::door(r), closed(sample))}
    }
    .written()
}

/// The petal tells the state: hollow, half, full, the whole card, ticked, dashed. A message is above them, and what the
/// hall has heard below.
fn questions(sample: Sample) -> impl IntoView {
    let states = [
        MyState::Received,
        MyState::Passed,
        MyState::Chosen,
        MyState::OnScreen,
        MyState::Answered,
        MyState::FollowUp,
        MyState::Held(HoldReason::Language),
        MyState::Held(HoldReason::PersonalData),
        MyState::NotUsed(NotUsedReason::AlreadyAsked),
        MyState::NotUsed(NotUsedReason::NoTime),
        MyState::NotUsed(NotUsedReason::OtherTopic),
        MyState::NotUsed(NotUsedReason::OtherSession),
    ];
    let name = || sample.own(words::sample_name(sample.r));
    let question = |(place, state): (u128, MyState)| MyQuestion {
        id: id(place),
        text: sample.own(words::sample_question(sample.r)),
        state,
        owed_by: (state == MyState::FollowUp).then(name),
        anew: 0,
        sent_later: false,
    };
    let mut all: Vec<MyQuestion> = (0_u128..).zip(states).map(question).collect();
    // The words of the last one were erased.
    all.push(MyQuestion { text: Phrase::default(), ..question((99, MyState::Answered)) });
    let heard = HeardQuestion { id: id(98), text: sample.own(words::sample_question(sample.r)), owed_by: Some(name()) };
    let term = Term {
        word: sample.own(words::promises(sample.r)),
        meaning: sample.own(crate::words::landing::promise_stop(sample.r)),
    };
    let part = MinePart {
        code: "look".to_owned(),
        questions: all,
        heard: vec![heard],
        terms: vec![vec![term]],
        message: true,
        asking: true,
        receipts: true,
        over: false,
        refused: Some((id(6), refusal::empty(sample.r).to_owned(), String::new())),
    };
    still(sample, "mine", mine(sample.r, part))
}

const fn id(place: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(place))
}

/// Two voices, each on its own side: what the safeguarding team wrote to this phone, and its answer (`S5`).
fn thread(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let row = |class: &'static str, from: &'static str, says: &'static str| {
        let time = numbers::time_of_day(r, sample.now, sample.utc_offset);
        view! {
            <li class=class>
                <span class="note">{from} " · " <Number text=time/></span>
                <Said phrase=sample.own(says)/>
            </li>
        }
    };
    view! {
        <ol class="messages">
            {row("from-us", messages::from_them(r), running::ready_with_you(r))}
            {row("from-phone", messages::from_here(r), common::yes(r))}
        </ol>
    }
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
