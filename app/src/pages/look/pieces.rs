//! Specimens of small pieces: forms, buttons, fields, messages, lists.

use leptos::prelude::*;

use super::{Sample, specimen};
use crate::live::feed::Link;
use crate::parts::choices::offer;
use crate::parts::link::{link_word, strip};
use crate::parts::{Choices, FieldRefusal, Message, Number, Refusal, Shape};
use crate::words::{audience, comfort, common, console, landing, link, look as words, numbers, refusal};

/// Signs beside words, in the order of the style sheet.
const FORMS: [&str; 22] = [
    "mark", "speech", "question", "poll", "break", "safety", "paper", "workshop", "plan", "join", "hold", "check",
    "onward", "undo", "letter", "call", "person", "reads", "nameless", "stop", "comfort", "close",
];
/// Moments that have a hue.
const MOMENTS: [&str; 6] = ["speech", "question", "poll", "break", "safety", "plain"];

pub(super) fn all(sample: Sample) -> AnyView {
    let r = sample.r;
    view! {
        {specimen(words::forms(r), forms())}
        {specimen(words::buttons(r), buttons(sample))}
        {specimen(words::fields(r), fields(sample))}
        {specimen(words::messages(r), messages(sample))}
        {specimen(words::connection(r), connection(sample))}
        {specimen(words::nothing_yet(r), nothing_yet(sample))}
        {specimen(words::numbers(r), figures(sample))}
    }
    .into_any()
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

fn fields(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let (code, text, why) = (sample.id("code"), sample.id("ask"), "look-refusal");
    let offers = vec![
        offer("usual", comfort::size_usual(r), false),
        offer("large", comfort::size_large(r), true),
        offer("largest", comfort::size_largest(r), false),
    ];
    let name = if r.lang.index() == 0 { "one" } else { "two" };
    // The refusal's id stands once on the page: the second direction shows the field without one.
    let refused = (r.lang.dir() == nadwa_domain::Dir::Rtl)
        .then(|| view! { <FieldRefusal id=why sentence=Some(refusal::incomplete_code(r).to_owned())/> });
    view! {
        <div class="box">
            <label for=code.clone()>{landing::code_label(r)}</label>
            <input class="code" id=code type="text" inputmode="numeric" dir="ltr" autocomplete="off" aria-invalid="true" value=numbers::digits(r, "47192")/>
            {refused}
        </div>
        <div class="box">
            <label for=text.clone()>{audience::form_label(r)}</label>
            <p class="note">{audience::notice(r)}</p>
            <textarea id=text rows="3" placeholder=audience::placeholder(r)></textarea>
        </div>
        <Choices title=comfort::size(r) name offers/>
    }
}

fn messages(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let two = |strong: &str, rest: &str| [strong, "\n", rest].concat();
    view! {
        <div class="stack">
            <Message moment="speech" shape="check" text=two(audience::thanks_title(r), audience::thanks_text(r))/>
            <Message moment="poll" shape="poll" text=two(audience::poll_closed(r), audience::results_hidden(r))/>
            <Message moment="plain" shape="hold" text=two(audience::intake_closed(r), audience::intake_closed_why(r))/>
            <Message moment="safety" shape="safety" text=audience::paused(r).to_owned()/>
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
