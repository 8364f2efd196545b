//! One item: the child's own words, the messages, what was done, and what can be done.

use leptos::prelude::*;
use nadwa_domain::ids::ItemId;
use nadwa_domain::inbox::{Alert, Heard, InboxEvent};
use nadwa_domain::{Instant, Role};

use super::{InboxItem, What, picture_name};
use crate::pages::{Write, Written};
use crate::parts::team::{role_name, size_of};
use crate::parts::{Number, Plain, Said, Shape, TextArea};
use crate::words::{Reader, backstage, common, numbers, safeguarding as words};

/// One item, opened.
pub(super) fn item(r: Reader, item: InboxItem, offset: i32) -> impl IntoView {
    let of = item.id;
    let handed = item.handed_over.is_some();
    view! {
        <article>
            {own_words(r, &item)}
            {facts(r, &item, offset)}
            {messages(r, &item, offset)}
            <form method="post" action="/safeguarding/take">
                {this(of)}
                <button class="button"><Shape name="check"/>{words::take(r)}</button>
                {item.taken.map(|role| view! { <span class="note">{words::taken(r, role_name(r, role))}</span> })}
            </form>
            {item.has_phone.then(|| write(r, of))}
            {hand_over(r, &item, offset)}
            <div class="does">
                <form method="post" action="/safeguarding/record" data-whole="">
                    {this(of)}
                    <button class="button"><Shape name="paper"/>{common::print(r)}</button>
                </form>
                {erase_form(r, of, handed)}
            </div>
            {steps(r, &item, offset)}
        </article>
    }
}

/// Which item a form is about: in its body, since a log of addresses would tell whose words are read when (G6).
fn this(item: ItemId) -> impl IntoView {
    view! { <input type="hidden" name="item" value=item.to_string()/> }
}

/// The child's own words, unchanged; what was written before stands above (`S9`).
pub(super) fn own_words(r: Reader, item: &InboxItem) -> Written {
    match &item.what {
        What::Question { text, earlier, withdrawn } => {
            let size = ["said ", size_of(&text.text)].concat();
            let text = text.clone();
            let before = earlier.iter().cloned().map(|phrase| view! { <li><Said phrase/></li> }).collect_view();
            let before = (!earlier.is_empty())
                .then(|| view! { <p class="label">{words::earlier(r)}</p><ul class="earlier">{before}</ul> });
            let back = withdrawn.then(|| view! { <p class="note">{words::withdrawn(r)}</p> });
            view! {
                <p class="label">{words::own_words(r)}</p>
                {before}
                <blockquote class=size lang=text.lang.tag() dir=text.dir.as_str()>{text.text}</blockquote>
                {back}
            }
            .written()
        }
        What::Call { picture, place } => {
            let picture = picture.map(|picture| view! { <blockquote>{picture_name(r, picture)}</blockquote> });
            let place = place.clone().map(|phrase| {
                view! { <p class="lead">{words::come_to(r)} ": " <b><Said phrase/></b></p> }
            });
            view! { {picture} {place} }.written()
        }
    }
}

pub(super) fn facts(r: Reader, item: &InboxItem, offset: i32) -> impl IntoView + use<> {
    let time = |at| view! { <Number text=numbers::time_of_day(r, at, offset)/> };
    let is_question = matches!(item.what, What::Question { .. });
    let handed = is_question.then(|| {
        view! { <dt>{words::handed_at(r)}</dt><dd>{time(item.arrived_at)}</dd> }
    });
    let room = (!item.room.is_empty()).then(|| {
        view! {
            <dt>{words::in_session(r)}</dt>
            <dd><Plain phrase=item.session.clone()/></dd>
            <dt>{words::in_room(r)}</dt>
            <dd><Plain phrase=item.room.clone()/></dd>
        }
    });
    view! {
        <dl class="facts">
            <dt>{words::asked_at(r)}</dt>
            <dd>{time(item.asked_at)}</dd>
            {handed}
            {room}
        </dl>
    }
}

pub(super) fn messages(r: Reader, item: &InboxItem, offset: i32) -> impl IntoView + use<> {
    let rows: Vec<_> = item
        .messages
        .iter()
        .cloned()
        .map(|(at, by, phrase)| {
            let who = by.map_or(words::the_phone(r), |role| role_name(r, role));
            view! {
                <li class=if by.is_some() { "from-us" } else { "from-phone" }>
                    <span class="note">{who} " · " <Number text=numbers::time_of_day(r, at, offset)/></span>
                    <Said phrase/>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <ol class="messages" aria-label=words::messages(r)>{rows}</ol> })
}

fn write(r: Reader, item: ItemId) -> impl IntoView {
    view! {
        <form class="box" method="post" action="/safeguarding/reply">
            {this(item)}
            <label for="reply">{words::reply(r)}</label>
            <TextArea attr:id="reply" attr:name="text" attr:rows="3" attr:dir="auto"/>
            <p class="note">{words::reply_note(r)}</p>
            <button class="button main" data-moment="safety"><Shape name="message"/>{words::send_reply(r)}</button>
        </form>
    }
}

fn hand_over(r: Reader, item: &InboxItem, offset: i32) -> impl IntoView + use<> {
    let before = item.handed_over.clone().map(|(at, to)| {
        view! {
            <p class="note">
                {words::handed_over_to(r)} ": " <Said phrase=to/> " · "
                <Number text=numbers::time_of_day(r, at, offset)/>
            </p>
        }
    });
    view! {
        <form class="box" method="post" action="/safeguarding/hand-over">
            {this(item.id)}
            <label for="handed-to">{words::handed_over_to(r)}</label>
            <input id="handed-to" name="to" maxlength="160" dir="auto" autocomplete="off"/>
            {before}
            <button class="button"><Shape name="onward"/>{words::hand_over(r)}</button>
        </form>
    }
}

/// Erasing is confirmed (`A7`), and possible only after the hand-over (`S10`).
fn erase_form(r: Reader, item: ItemId, handed: bool) -> impl IntoView {
    if !handed {
        return view! { <p class="note">{words::erase_needs_hand_over(r)}</p> }.written();
    }
    view! {
        <details id="erase">
            <summary class="button">{words::erase(r)}</summary>
            <form method="post" action="/safeguarding/erase">
                {this(item)}
                <p class="note">{words::erase_ask(r)}</p>
                <button class="button tinted" data-moment="safety">{words::erase_now(r)}</button>
            </form>
        </details>
    }
    .written()
}

/// Everything that was done: who by role, what, when.
pub(super) fn steps(r: Reader, item: &InboxItem, offset: i32) -> impl IntoView + use<> {
    let row = |(at, by, what): &(Instant, Option<Role>, InboxEvent)| {
        let who = by.map_or_else(|| by_nobody(r, what), |role| role_name(r, role));
        view! {
            <li>
                <Number text=numbers::time_of_day(r, *at, offset)/>
                " · "
                {who}
                " · "
                {step(r, what)}
            </li>
        }
    };
    let rows: Vec<_> = item.steps.iter().map(row).collect();
    (!rows.is_empty()).then(|| view! { <h2>{words::steps(r)}</h2><ol class="steps">{rows}</ol> })
}

/// Nobody with a pass: the child's phone, or the clock.
fn by_nobody(r: Reader, what: &InboxEvent) -> &'static str {
    match what {
        InboxEvent::Alerted { .. } | InboxEvent::Erased { .. } | InboxEvent::Heard { .. } => words::the_clock(r),
        InboxEvent::Called { .. }
        | InboxEvent::Opened { .. }
        | InboxEvent::Taken { .. }
        | InboxEvent::Replied { .. }
        | InboxEvent::Answered { .. }
        | InboxEvent::ThreadDeleted { .. }
        | InboxEvent::HandedOver { .. }
        | InboxEvent::WordsSet
        | InboxEvent::KeepingSet { .. }
        | InboxEvent::EraseAsked { .. }
        | InboxEvent::GuardSeen { .. } => words::the_phone(r),
    }
}

/// What was done, in words.
pub fn step(r: Reader, what: &InboxEvent) -> &'static str {
    match what {
        InboxEvent::Called { .. } => words::step_called(r),
        InboxEvent::Opened { .. } => words::step_opened(r),
        InboxEvent::Taken { .. } => words::step_taken(r),
        InboxEvent::Alerted { step: Alert::Deputy, unheard: true, .. } => words::step_deputy_unheard(r),
        InboxEvent::Alerted { step: Alert::Lead, unheard: true, .. } => words::step_lead_unheard(r),
        InboxEvent::Alerted { step: Alert::Deputy, .. } => words::step_deputy(r),
        InboxEvent::Alerted { step: Alert::Lead, .. } => words::step_lead(r),
        InboxEvent::Replied { .. } => words::step_replied(r),
        InboxEvent::Answered { .. } => words::step_answered(r),
        InboxEvent::ThreadDeleted { .. } => words::step_deleted(r),
        InboxEvent::HandedOver { .. } => words::step_handed(r),
        InboxEvent::Erased { .. } => words::step_erased(r),
        InboxEvent::Heard { how: Heard::See, .. } => backstage::seen(r),
        InboxEvent::Heard { how: Heard::Answer, .. } => backstage::answered(r),
        InboxEvent::Heard { how: Heard::Unheard, .. } => backstage::unheard(r),
        InboxEvent::WordsSet => words::step_words(r),
        InboxEvent::KeepingSet { .. } => words::step_keeping(r),
        InboxEvent::EraseAsked { .. } => words::step_erase_all(r),
        InboxEvent::GuardSeen { .. } => words::step_here(r),
    }
}
