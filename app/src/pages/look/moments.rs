//! Specimens of the moments of a session: the clock in all its states, the phone's field, steps, the moderators' cue.

use leptos::prelude::*;
use nadwa_domain::ids::SlotId;
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::time::Span;
use nadwa_domain::view::running::ClockRules;
use nadwa_domain::view::{ClockState, ClockView, SlotView};
use uuid::Uuid;

use super::{Sample, specimen};
use crate::pages::{Write, Written};
use crate::parts::Shape;
use crate::parts::clock::{Rules, face_at, face_by};
use crate::parts::team::{JoinCode, Step};
use crate::words::{audience, console, look as words};

pub(super) fn all(sample: Sample) -> Written {
    let r = sample.r;
    view! {
        {specimen(words::clock(r), clocks(sample))}
        {specimen(words::moments(r), fields(sample))}
        {specimen(words::steps(r), steps(sample))}
        {specimen(words::cue(r), cue(sample))}
    }
    .written()
}

/// A speech of five minutes: ready, running, paused, last minute, its last ten seconds, over time; and one of an hour.
fn states(sample: Sample) -> [(i64, ClockState); 7] {
    let ends_in = |seconds| ClockState::Running { ends_at: sample.now + Span::seconds(seconds) };
    [
        (5, ClockState::Ready),
        (5, ends_in(222)),
        (5, ClockState::Paused { remaining: Span::seconds(222) }),
        (5, ends_in(38)),
        (5, ends_in(7)),
        (5, ends_in(-20)),
        (90, ends_in(3_725)),
    ]
}

fn clocks(sample: Sample) -> impl IntoView {
    let face = |(minutes, state), size, resting| {
        let clock = ClockView { limit: Span::minutes(minutes), state };
        view! { <li>{face_at(sample.r, clock, sample.now, size, resting)}</li> }
    };
    let medium = states(sample).map(|state| face(state, "medium", false));
    let small = states(sample).map(|state| face(state, "small", false));
    let ends_in = |seconds| ClockState::Running { ends_at: sample.now + Span::seconds(seconds) };
    let resting = [240, 30, -60].map(|seconds| face((15, ends_in(seconds)), "medium", true));
    view! {
        <ul class="clocks">{medium.into_iter().collect_view()}</ul>
        <ul class="clocks">{small.into_iter().collect_view()}</ul>
        <ul class="clocks" data-moment="break">{resting.into_iter().collect_view()}</ul>
        <ul class="clocks">{by_rules(sample)}</ul>
    }
}

/// The team's clock: notches where the gentle warnings come, another word after the first of them, and a grace.
fn by_rules(sample: Sample) -> impl IntoView {
    let warn_at = vec![Span::minutes(2), Span::minutes(1)];
    let rules = Rules::from(&ClockRules { warn_at, grace: Span::seconds(15) });
    [222, 110, -7].map(|seconds| {
        let state = ClockState::Running { ends_at: sample.now + Span::seconds(seconds) };
        let clock = ClockView { limit: Span::minutes(5), state };
        view! { <li>{face_by(sample.r, clock, sample.now, "large", false, rules)}</li> }
    })
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
        (SlotKind::Speech, 3, "row", true),
        (SlotKind::Questions, 8, "row", false),
        (SlotKind::Poll, 4, "row", false),
        (SlotKind::Break, 15, "row", false),
        (SlotKind::Energiser, 4, "row", false),
        (SlotKind::Closing, 2, "row", false),
    ];
    let rows = rows.map(|(kind, minutes, look, told)| {
        view! { <Step r step=slot(sample, kind, minutes, told) look word=None/> }
    });
    view! {
        <ol class="rows card">{rows.into_iter().collect_view()}</ol>
        <p class="note"><JoinCode r code="471926".to_owned()/></p>
    }
}

/// What the moderators say, and what the room sees meanwhile.
fn cue(sample: Sample) -> impl IntoView {
    let r = sample.r;
    let previews = [
        ("question", "question", words::sample_question(r)),
        ("speech", "speech", words::sample_name(r)),
        ("poll", "poll", words::sample_poll(r)),
        ("break", "break", audience::moment_break(r)),
        ("safety", "safety", audience::paused(r)),
    ];
    let previews = previews.map(|(moment, shape, says)| {
        view! { <div class="preview" data-moment=moment><span class="said">{says}</span> <Shape name=shape/></div> }
    });
    view! {
        <div class="cue">
            <p class="label">{console::say_now(r)}</p>
            <p class="say">{words::sample_cue(r)}</p>
            <p class="then">{console::start_clock(r)}</p>
        </div>
        {previews.into_iter().collect_view()}
    }
}
