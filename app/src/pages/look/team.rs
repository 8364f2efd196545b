//! Specimens of the team's pages: what was done and the way back, cards and turns of the console, the reading desk,
//! words and calls between children and adults, the question before what cannot be undone.

use leptos::prelude::*;
use nadwa_domain::Role;
use nadwa_domain::hints::{Grade, Hints};
use nadwa_domain::ids::TurnId;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::session::team::{Help, Ready};
use nadwa_domain::view::running::TurnView;
use uuid::Uuid;

use super::{Sample, specimen, still};
use crate::live::console::beside::{help_word, ready_word, sign_word};
use crate::live::console::queue::{called, marks};
use crate::live::desk::queue::hints;
use crate::live::press::{Notice, Presses, Toast};
use crate::pages::{Write, Written};
use crate::parts::team::role_name;
use crate::parts::{HelpLink, Number, Plain, Said, Shape};
use crate::words::{backstage, common, console, desk, look as words, numbers, refusal, running};

pub(super) fn all(sample: Sample) -> Written {
    let r = sample.r;
    view! {
        {specimen(words::undo(r), undo(sample))}
        {specimen(words::picks(r), picks(sample))}
        {specimen(words::turns(r), turns(sample))}
        {specimen(words::desk(r), reading(sample))}
        {specimen(words::dialog(r), dialog(sample))}
        {specimen(words::team_words(r), team_words(sample))}
    }
    .written()
}

/// The toast after a press, and after one that was refused; the dock with the way back and its seconds, and without.
fn undo(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let toast = |sentence: &'static str, refused: bool| {
        let presses = Presses::new(r, Some(Notice { sentence: sentence.to_owned(), refused }));
        view! { <Toast presses/> }
    };
    let back = |left: Option<i64>| {
        let seconds = left.map(|left| {
            view! { <span class="remaining" aria-hidden="true"><Number text=numbers::number(r, left)/></span> }
        });
        view! {
            <button type="button" class="button large" disabled=left.is_none()>
                <Shape name="undo"/>
                {console::undo(r)}
                {seconds}
            </button>
        }
    };
    view! {
        {toast(common::saved(r), false)}
        {toast(refusal::already_waiting(r), true)}
        <div class="dock">
            <HelpLink reader=r code=None/>
            <button type="button" class="button main" data-moment="speech">
                <span>{console::start_clock(r)}</span>
                <Shape name="onward"/>
            </button>
            {back(Some(8))}
        </div>
        <div class="buttons">{back(None)}</div>
    }
}

/// A question that reached the children: passed, chosen, on the screen, gone.
fn picks(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let pick = |class: &'static str, state: &'static str, first: &'static str, second: &'static str| {
        let does = (!first.is_empty()).then(|| {
            view! {
                <div class="does">
                    <button type="button" class="button">{first}</button>
                    <button type="button" class="button quiet">{second}</button>
                </div>
            }
        });
        view! {
            <li class=class>
                <Shape name="question"/>
                <span>
                    <Said phrase=sample.own(words::sample_question(r))/>
                    <span class="note">{state}</span>
                </span>
                {does}
            </li>
        }
    };
    view! {
        <ul class="picks">
            {pick("pick", "", console::choose(r), console::show_short(r))}
            {pick("pick is-chosen", console::chosen(r), console::show(r), common::later(r))}
            {pick("pick is-chosen", console::on_screen_now(r), console::answered(r), common::later(r))}
            {pick("pick", console::gone(r), "", "")}
        </ul>
    }
}

/// Those who wait for the floor: closed, and open to what can be done.
fn turns(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let turn = |place: u128, named: bool, open: bool| {
        let name = if named { sample.own(words::sample_name(r)) } else { sample.own("") };
        let turn = TurnView {
            id: TurnId(Uuid::from_u128(place)),
            name,
            group: named.then(|| sample.own(words::option_three(r))),
            first: true,
            read_for_me: !named,
            before_all: None,
        };
        let verbs = [running::queue_give(r), running::queue_up(r), running::queue_down(r), running::queue_remove(r)];
        let verbs = verbs.map(|word| view! { <button type="button" class="button">{word}</button> });
        view! {
            <li class="turn" data-moment="speech">
                <details open=open>
                    <summary>
                        <Shape name="speech"/>
                        <span><b><Plain phrase=called(r, &turn)/></b> " " <span class="marks">{marks(r, &turn)}</span></span>
                    </summary>
                    <div class="verbs">{verbs}</div>
                </details>
            </li>
        }
    };
    view! { <ol class="picks">{turn(1, true, false)} {turn(2, false, true)}</ol> }
}

/// What waits at the desk, with hints that decide nothing; and the three outcomes.
fn reading(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let row = |class: &'static str, of: Hints, other: bool| {
        let read_by = other.then(|| view! { <span class="hint"><Shape name="reads"/>{desk::read_by(r, 2)}</span> });
        view! {
            <li class=class>
                <Said phrase=sample.own(words::sample_question(r))/>
                <span class="note">{desk::waiting_since(r, &numbers::digits(r, "0:40"))}</span>
                {hints(r, &of)}
                {read_by}
            </li>
        }
    };
    let all = Hints { worry: Grade::Clear, private: true, rude: true, topic: true, ..Hints::default() };
    let key = |place: &str| view! { <small>{desk::key(r, &numbers::digits(r, place))}</small> };
    let stay = |word: &'static str, place: &'static str| {
        view! { <button type="button" class="button stay"><span><Shape name="hold"/>{word}</span> {key(place)}</button> }
    };
    view! {
        <ol class="waitings">
            {row("waiting is-open", Hints::default(), false)}
            {row("waiting", all, false)}
            {row("waiting is-taken", Hints::default(), true)}
        </ol>
        <div class="outcomes">
            <button type="button" class="button pass"><span><Shape name="question"/>{desk::pass(r)}</span> {key("1")}</button>
            {stay(desk::hold_for_language(r), "2")}
            {stay(desk::hold_for_personal(r), "3")}
            <button type="button" class="button tinted guard" data-moment="safety">
                <span><Shape name="safety"/>{desk::safeguard(r)}</span>
                <small>{desk::safeguard_note(r)}</small>
                {key("4")}
            </button>
        </div>
    }
}

/// The one thing that is confirmed (`A7`).
fn dialog(sample: Sample) -> impl IntoView {
    let r = sample.r;
    view! {
        <div class="dialog">
            <h4>{desk::safeguard_ask(r)}</h4>
            <p>{desk::safeguard_ask_note(r)}</p>
            <div class="choices">
                <button type="button" class="button main" data-moment="safety">{desk::safeguard_confirm(r)}</button>
                <button type="button" class="button large">{common::cancel(r)}</button>
            </div>
        </div>
    }
}

/// Words between children and adults, silent calls, the hall's gentle signs, and who leads.
fn team_words(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let word = |ready: Ready| {
        view! {
            <div class="message word">
                <Shape name="message"/>
                <div>
                    <span class="note">{running::note_from(r, role_name(r, Role::Steward))}</span>
                    <b>{ready_word(r, ready)}</b>
                </div>
                <button type="button" class="button">{running::note_read(r)}</button>
            </div>
        }
    };
    let call = |help: Help, answered: bool| {
        let answer = if answered {
            view! { <span class="note"><Shape name="check"/> " " {backstage::answered(r)}</span> }.written()
        } else {
            view! { <button type="button" class="button large">{backstage::answer(r)}</button> }.written()
        };
        view! {
            <li class="message" data-moment=if answered { "plain" } else { "safety" }>
                <Shape name="safety"/>
                <div><b>{help_word(r, help)}</b> <span>{role_name(r, Role::Moderator)}</span></div>
                {answer}
            </li>
        }
    };
    let sign =
        |sign: Signal, count: i64| view! { <li>{sign_word(r, sign)} " " <Number text=numbers::number(r, count)/></li> };
    let signs =
        view! { <ul class="sent">{sign(Signal::Slower, 7)} {sign(Signal::Louder, 3)} {sign(Signal::Word, 1)}</ul> };
    view! {
        {word(Ready::WithYou)}
        {word(Ready::Finish)}
        <ul class="calls">{call(Help::HelpMe, false)} {call(Help::SafeAdult, false)} {call(Help::SlowDown, true)}</ul>
        {still(sample, "signs", signs)}
        <div class="message" data-moment="speech">
            <Shape name="speech"/>
            <div><b>{running::rest_now(r)}</b> <button type="button" class="button">{running::rest_back(r)}</button></div>
        </div>
    }
}
