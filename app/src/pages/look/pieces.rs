//! Specimens of small pieces: forms, buttons, messages, lists, numbers, texts in other scripts.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::picture::Picture;

use super::{Sample, other_way, specimen, still};
use crate::live::feed::Link;
use crate::pages::{Write, Written};
use crate::parts::drawing::{self, Drawing, drawing};
use crate::parts::link::{link_word, strip};
use crate::parts::results::labels;
use crate::parts::{Aloud, Brand, Langs, Message, Number, Plain, Refusal, Said, Shape};
use crate::words::{
    Reader, audience, care, common, console, data, desk, help, landing, link, look as words, numbers, poll, programme,
    refusal,
};

/// Signs beside words, in the order of the style sheets.
const FORMS: [&str; 29] = [
    "mark", "speech", "question", "poll", "break", "safety", "paper", "workshop", "plan", "join", "hold", "check",
    "onward", "undo", "letter", "message", "call", "person", "reads", "nameless", "stop", "comfort", "close",
    "offline", "sit", "heard", "sad", "afraid", "friend",
];
/// Moments that have a hue.
const MOMENTS: [&str; 6] = ["speech", "question", "poll", "break", "safety", "plain"];

pub(super) fn all(sample: Sample) -> Written {
    let r = sample.r;
    view! {
        {specimen(words::forms(r), forms())}
        {specimen(words::buttons(r), buttons(sample))}
        {specimen(words::other_buttons(r), other_buttons(sample))}
        {specimen(words::drawings(r), drawings(sample))}
        {specimen(words::head(r), head(sample))}
        {specimen(words::messages(r), messages(sample))}
        {specimen(words::connection(r), connection(sample))}
        {specimen(words::nothing_yet(r), nothing_yet(sample))}
        {specimen(words::numbers(r), figures(sample))}
        {specimen(words::other_letters(r), other_letters(sample))}
        {specimen(words::aloud(r), view! { <Aloud reader=r address=Some("/recordings/none.mp3".to_owned())/> })}
        {specimen(words::pieces(r), small(sample))}
        {specimen(words::table(r), table(sample))}
    }
    .written()
}

/// Each in ink, and the moments in their hue.
fn forms() -> impl IntoView {
    let ink = FORMS.map(|name| view! { <li><Shape name/></li> });
    let hue =
        MOMENTS[..5].iter().map(|name| view! { <li data-moment=*name><span class="hued"><Shape name/></span></li> });
    view! {
        <ul class="forms">{hue.collect_view()}</ul>
        <ul class="forms">{ink.into_iter().collect_view()}</ul>
    }
}

fn buttons(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let main = |moment: &'static str, word: &'static str| {
        view! { <button type="button" class="button main" data-moment=moment><Shape name=moment/> {word}</button> }
    };
    view! {
        <div class="stack">
            {main("speech", console::start_clock(r))}
            {main("question", audience::send(r))}
            {main("poll", console::open_poll(r))}
            <button type="button" class="button main">{landing::enter(r)}</button>
            <button type="button" class="button main waits"><Shape name="question"/> {link::send_later(r)}</button>
            <button type="button" class="button main" aria-disabled="true">{common::sending(r)}</button>
        </div>
        <div class="buttons">
            <button type="button" class="button">{common::save(r)}</button>
            <button type="button" class="button is-on" aria-pressed="true">{common::now(r)}</button>
            <button type="button" class="button tinted" data-moment="safety">{console::open_poll(r)}</button>
            <button type="button" class="button quiet">{audience::withdraw(r)}</button>
            <button type="button" class="button bare">{common::cancel(r)}</button>
            <button type="button" class="button" aria-disabled="true">{common::print(r)}</button>
        </div>
    }
}

/// Large ones, those that cannot be pressed, one that opens, and what is new behind one.
fn other_buttons(sample: Sample) -> impl IntoView {
    let r = sample.r;
    view! {
        <div class="buttons">
            <button type="button" class="button large">{console::pause(r)}</button>
            <button type="button" class="button large" disabled>{console::pause(r)}</button>
            <button type="button" class="button" disabled>{common::print(r)}</button>
            <button type="button" class="button fresh"><Shape name="question"/> {console::questions_new(r, 3)}</button>
        </div>
        <details>
            <summary class="button quiet">{console::rescue_silence(r)}</summary>
            <p>{console::rescue_silence_text(r)}</p>
        </details>
        <button type="button" class="button main" data-moment="speech" disabled>{console::start_clock(r)}</button>
    }
}

/// What stands beside options: pictograms, five degrees that are all well, five points of agreement.
fn drawings(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let one = |of: Drawing, name: Phrase| view! { <li class="counted">{drawing(of)} <Plain phrase=name/></li> };
    let ours = Picture::ALL.iter().map(|of| one(Drawing::Picture(*of), sample.own(drawing::name(r, *of))));
    let degrees = |kind: PollKind| {
        let names = labels(r, &sample.poll(kind)).into_iter().enumerate();
        names.filter_map(|(place, name)| Some(one(Drawing::of(kind, &[], place)?, name))).collect_view()
    };
    view! {
        <ul class="pictures">{ours.collect_view()}</ul>
        <ul class="pictures">{degrees(PollKind::Happy)}</ul>
        <ul class="pictures">{degrees(PollKind::Agree)}</ul>
    }
}

/// What stands at the top of every page: the mark, the connection, the languages.
fn head(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let alone = view! {
        <div class="top">
            <Brand reader=r/>
            {link_word(r, Link::Live)}
            <Langs reader=r here="/look".to_owned() pinned=false/>
        </div>
    };
    still(sample, "head", alone)
}

fn messages(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let two = |strong: &str, rest: &str| [strong, "\n", rest].concat();
    view! {
        <div class="stack">
            <Message moment="speech" shape="check" text=two(audience::thanks_title(r), audience::thanks_text(r))/>
            <Message moment="poll" shape="poll" text=two(audience::poll_closed(r), audience::results_hidden(r))/>
            <Message moment="plain" shape="hold" text=two(audience::intake_closed(r), audience::intake_closed_why(r))/>
            <Message moment="question" shape="question" text=two(audience::state_chosen(r), words::sample_question(r))/>
            <Message moment="break" shape="break" text=desk::break_time(r).to_owned()/>
            <Message moment="safety" shape="safety" text=audience::paused(r).to_owned()/>
            <Message moment="plain" shape="message" text=two(audience::message(r), audience::message_note(r))/>
            <Refusal sentence=refusal::malformed(r).to_owned()/>
        </div>
    }
}

fn connection(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let one = |state| view! { <div class="stack">{link_word(r, state)} {strip(r, state)}</div> };
    [Link::Live, Link::Late, Link::Lost].map(one).into_iter().collect_view()
}

/// Empty places, and waiting: nothing turns.
fn nothing_yet(sample: Sample) -> impl IntoView {
    let r = sample.r;
    view! {
        <div class="empty" data-moment="question">
            <Shape name="question"/>
            <b>{audience::mine_none(r)}</b>
        </div>
        <p class="loading">{common::sending(r)}</p>
    }
}

/// Numbers in their order, whatever runs around them.
fn figures(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let times = [30, 75].map(|minutes| nadwa_domain::Instant(minutes * 60_000 + 9 * 3_600_000));
    let [from, to] = times.map(|at| numbers::time_of_day(r, at, 0));
    view! {
        <ul class="checks plain">
            <li><Number text=numbers::code(r, "471926")/></li>
            <li><Number text=[from, "–".to_owned(), to].concat()/></li>
            <li><Number text=numbers::digits(r, "+974 4401 1222")/></li>
            <li>{numbers::weekday_date(r, sample.now, sample.utc_offset)}</li>
            <li>{numbers::percent(r, 52)}</li>
        </ul>
    }
}

/// A text in letters that run the other way: in its own direction, at the side where the page begins (`L4`).
fn other_letters(sample: Sample) -> impl IntoView {
    let other = Reader { lang: other_way(sample.r.lang), ..sample.r };
    let text = |text: &'static str| crate::parts::phrase::own(other, text);
    view! {
        <p class="card"><Said phrase=text(words::sample_question(other))/></p>
        <p class="card">
            <b><Plain phrase=text(words::sample_paper(other))/></b>
            " "
            <span class="note">{common::original_language(sample.r, other.lang.info().name)}</span>
        </p>
    }
}

fn small(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let fact = |word: &'static str, n: i64| view! { <dt>{word}</dt> <dd><Number text=numbers::number(r, n)/></dd> };
    let line = |word: &'static str, does: &'static str| {
        view! { <li><span>{word}</span> <button type="button" class="button quiet">{does}</button></li> }
    };
    view! {
        <p class="label" data-moment="speech"><Shape name="speech"/> {audience::moment_speech(r)} <span class="push">{common::now(r)}</span></p>
        <p class="chips">
            <span class="chip" data-moment="speech"><Shape name="check"/>{desk::intake_open(r)}</span>
            <span class="chip" data-moment="plain"><Shape name="hold"/>{desk::intake_closed(r)}</span>
            <span class="chip">{audience::asker_child(r)}</span>
        </p>
        <dl class="facts">{fact(desk::count_passed(r), 12)} {fact(desk::count_language(r), 1)}</dl>
        <ul class="checks">
            <li><Shape name="check"/><span>{landing::promise_nothing(r)}</span></li>
            <li><Shape name="hold"/><span>{desk::alone(r)}</span></li>
        </ul>
        <ul class="lines card">
            {line(words::option_one(r), common::save(r))}
            {line(words::option_three(r), common::cancel(r))}
        </ul>
        <details class="more"><summary>{landing::promises_title(r)}</summary><p>{landing::promise_stop(r)}</p></details>
        <details class="more" open><summary>{data::title(r)}</summary><p>{help::no_name(r)}</p></details>
        <p class="last-call">{poll::last_call(r)}</p>
    }
}

/// A table that is wider than a phone scrolls in a box of its own, by finger and by key.
fn table(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let day = numbers::weekday_date(r, sample.now, sample.utc_offset);
    let row = |what: &'static str, count: i64| {
        let (day, title) = (day.clone(), sample.own(what));
        view! {
            <tr>
                <th scope="row"><Plain phrase=title/></th>
                <td>{day}</td>
                <td>{words::sample_paper(r)}</td>
                <td class="count"><Number text=numbers::number(r, count)/></td>
            </tr>
        }
    };
    let heads = [programme::title(r), care::when(r), audience::moment_speech(r)];
    view! {
        <div class="table" role="region" tabindex="0" aria-label=words::table(r)>
            <table>
                <thead>
                    <tr>
                        {heads.map(|head| view! { <th scope="col">{head}</th> })}
                        <th scope="col" class="count">{audience::moment_results(r)}</th>
                    </tr>
                </thead>
                <tbody>{row(words::option_one(r), 42)} {row(words::option_two(r), 1234)}</tbody>
            </table>
        </div>
    }
}
