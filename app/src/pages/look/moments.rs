//! Specimens of the moments of a session: the clock, the phone's field, steps, the moderators' cue, results.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::ids::{PollId, SlotId};
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::time::Span;
use nadwa_domain::view::poll::Counts;
use nadwa_domain::view::{ClockState, ClockView, PollView, Results, SlotView};
use uuid::Uuid;

use super::{Sample, specimen};
use crate::parts::clock::face_at;
use crate::parts::team::Step;
use crate::parts::{Plain, PollResults, Shape};
use crate::words::{audience, console, look as words};

pub(super) fn all(sample: Sample) -> AnyView {
    let r = sample.r;
    view! {
        {specimen(words::clock(r), clocks(sample))}
        {specimen(words::moments(r), fields(sample))}
        {specimen(words::steps(r), steps(sample))}
        {specimen(words::cue(r), cue(sample))}
        {specimen(words::poll(r), poll(sample))}
        {specimen(words::results(r), results(sample))}
    }
    .into_any()
}

/// A speech of five minutes: ready, running, paused, last minute, over time.
fn states(sample: Sample) -> [ClockState; 5] {
    let ends_in = |seconds| ClockState::Running { ends_at: sample.now + Span::seconds(seconds) };
    [ClockState::Ready, ends_in(222), ClockState::Paused { remaining: Span::seconds(222) }, ends_in(38), ends_in(-20)]
}

fn clocks(sample: Sample) -> impl IntoView {
    let face = |state, size, resting| {
        let clock = ClockView { limit: Span::minutes(5), state };
        view! { <li>{face_at(sample.r, clock, sample.now, size, resting)}</li> }
    };
    let medium = states(sample).map(|state| face(state, "medium", false));
    let small = states(sample).map(|state| face(state, "small", false));
    let resting = ClockState::Running { ends_at: sample.now + Span::minutes(4) };
    view! {
        <ul class="clocks">{medium.into_iter().collect_view()}</ul>
        <ul class="clocks">{small.into_iter().collect_view()} {face(resting, "small", true)}</ul>
    }
}

/// The moment as a place at the top of a phone; its lower edge has the moment's form.
fn fields(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let field =
        |edge: &'static str, moment: &'static str, shape: &'static str, label: &'static str, title: &'static str| {
            view! {
                <div class=["field ", edge].concat() data-moment=moment>
                    <p class="label">
                        <Shape name=shape/>
                        {label}
                    </p>
                    <div class="tell">
                        <p class="voice">{title}</p>
                    </div>
                </div>
            }
        };
    view! {
        <div class="phone as-part">
            {field("plain-edge", "plain", "mark", audience::moment_welcome(r), words::sample_paper(r))}
            {field("speech-edge", "speech", "speech", audience::moment_speech(r), words::sample_name(r))}
            {field("question-edge", "question", "question", audience::moment_question(r), words::sample_name(r))}
            {field("poll-edge", "poll", "poll", audience::moment_poll(r), words::sample_name(r))}
            {field("break-edge", "break", "break", audience::moment_break(r), audience::moment_break(r))}
            {field("safety-edge", "safety", "safety", audience::paused(r), words::sample_name(r))}
        </div>
    }
}

fn slot(sample: Sample, kind: SlotKind, minutes: i64, told: bool) -> SlotView {
    let r = sample.r;
    let names = if told { vec![sample.own(words::sample_name(r))] } else { Vec::new() };
    let title = if told { sample.own(words::sample_paper(r)) } else { sample.own("") };
    SlotView { id: SlotId(Uuid::nil()), kind, title, names, planned: Span::minutes(minutes) }
}

fn steps(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let rows = [
        (SlotKind::Opening, 3, "row done", false),
        (SlotKind::Paper, 5, "row now", true),
        (SlotKind::Questions, 8, "row", false),
        (SlotKind::Poll, 4, "row", false),
        (SlotKind::Break, 15, "row", false),
        (SlotKind::Closing, 2, "row", false),
    ];
    let rows = rows.map(|(kind, minutes, look, told)| {
        view! { <Step r step=slot(sample, kind, minutes, told) look word=None/> }
    });
    view! { <ol class="rows card">{rows.into_iter().collect_view()}</ol> }
}

/// What the moderators say, and what the room sees meanwhile.
fn cue(sample: Sample) -> impl IntoView {
    let r = sample.r;
    view! {
        <div class="cue">
            <p class="label">{console::say_now(r)}</p>
            <p class="say">{words::sample_cue(r)}</p>
            <p class="then">{console::start_clock(r)}</p>
        </div>
        <div class="preview" data-moment="question">
            <span class="said">{words::sample_question(r)}</span>
        </div>
    }
}

fn poll(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let option = |label: &'static str, class: &'static str, mine: bool| {
        view! {
            <button type="button" class=class aria-pressed=if mine { "true" } else { "false" }>
                <Plain phrase=sample.own(label)/>
                <i class="shape check tick" aria-hidden="true"></i>
            </button>
        }
    };
    view! {
        <div class="options">
            {option(words::option_one(r), "option", false)}
            {option(words::option_two(r), "option is-mine", true)}
            {option(words::option_three(r), "option", false)}
            {option(audience::rather_not(r), "option aside", false)}
        </div>
    }
}

fn results(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let options =
        || [words::option_one(r), words::option_two(r), words::option_three(r)].map(|text| sample.own(text)).to_vec();
    let poll = || PollView::open(PollId(Uuid::nil()), Phrase::default(), options());
    let counts = Counts { options: vec![18, 44, 9], rather_not: 6, voters: 77, ..Counts::default() };
    view! {
        <PollResults reader=r poll=poll() results=Results::Counts(counts)/>
        <PollResults reader=r poll=poll() results=Results::TooFew/>
    }
}
