//! What I say now: the cue card, the rescue cards, and the clock with what can be done to it.

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::session::floor::ClockOf;
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::view::console::ConsoleView;
use nadwa_domain::view::{ClockState, ClockView, PhaseView};

use crate::live::console::{Tablet, beside, queue, says};
use crate::live::later;
use crate::parts::clock::Rules;
use crate::parts::phrase;
use crate::parts::{ClockFace, Plain, Shape, given};
use crate::words::{common, console, plan, rehearsal, running, screen};

/// The middle column.
pub(super) fn now(t: Tablet) -> impl IntoView {
    let cue = later::part(".now > .cue", move || cue(t));
    let timing = later::part(".now > .timed", move || view! { <div class="unboxed timed">{timing(t)}</div> });
    let floor = later::part(".now > .floor", move || floor(t));
    view! {
        <section class="now" aria-label=common::now(t.r)>
            {safety(t)}
            {beside::lead(t)}
            {beside::notes(t)}
            {beside::signs(t)}
            {cue}
            {timing}
            {floor}
        </section>
    }
}

/// The timekeeper's whole page: the clock.
pub(super) fn keeper(t: Tablet) -> impl IntoView {
    view! {
        <section class="now" aria-label=console::keeper_title(t.r)>
            {safety(t)}
            {beside::lead(t)}
            {beside::notes(t)}
            {timing(t)}
            {beside::help(t)}
        </section>
    }
}

/// An adult has paused the session: said calmly, above everything.
fn safety(t: Tablet) -> impl IntoView {
    let paused = Memo::new(move |_| t.view.with(|view| view.paused));
    view! {
        <div role="status">
            {move || paused.get().then(|| view! {
                <div class="message" data-moment="safety">
                    <Shape name="safety"/>
                    <div><b>{console::paused(t.r)}</b>{console::paused_text(t.r)}</div>
                </div>
            })}
        </div>
    }
}

fn cue(t: Tablet) -> impl IntoView {
    let r = t.r;
    let cue = Memo::new(move |_| t.view.with(|view| says::cue(r, view)));
    let card = Memo::new(move |_| t.view.with(|view| (view.place, view.slots.len() as u64)));
    let label = move || match card.get() {
        (Some(place), total) => console::card(r, place.into(), total),
        (None, _) => console::say_now(r).to_owned(),
    };
    view! {
        <div class="cue">
            <h2 class="label">{label}</h2>
            <p class="say" lang=move || cue.with(|cue| cue.say.lang.tag()) dir=move || cue.with(|cue| cue.say.dir.as_str())>
                {move || cue.with(|cue| cue.say.text.clone())}
            </p>
            <p class="then">{move || then(cue.get())}</p>
            {say_how(t)}
            {rescue(t)}
            {before_and_after(t)}
        </div>
    }
}

/// What is pressed after the words were said; where it is in the list, the way there, on a screen that does not hold
/// both.
fn then(cue: says::Cue) -> impl IntoView {
    if cue.list {
        let words = cue.then.clone();
        Either::Left(view! { <a href="#questions">{cue.then}</a> <span>{words}</span> })
    } else {
        Either::Right(cue.then)
    }
}

/// Before the session the way to rehearse it; after it, what became of the plan, and the way back into it.
fn before_and_after(t: Tablet) -> impl IntoView {
    let r = t.r;
    let phase = Memo::new(move |_| t.view.with(|view| view.phase));
    let reopens = Memo::new(move |_| t.view.with(|view| view.can_be_reopened));
    let link = move |to: &str, word| view! { <p><a class="button quiet" href=t.to(to)>{word}</a></p> };
    let reopen = move || {
        reopens.get().then(|| {
            view! {
                <details class="more">
                    <summary class="button quiet">{console::reopen(r)}</summary>
                    <form method="post" action=t.to("reopen")><button class="button">{console::reopen_sure(r)}</button></form>
                </details>
            }
        })
    };
    let ways = move || match phase.get() {
        PhaseView::Planned => Some(link("rehearsal", rehearsal::start(r))),
        PhaseView::Over => Some(link("report", plan::report(r))),
        PhaseView::Open => None,
    };
    view! { {ways} {reopen} }
}

/// How names are said, where the children wrote it down (`F2`).
fn say_how(t: Tablet) -> impl IntoView {
    let say = Memo::new(move |_| t.view.with(|view| view.running.say.clone()));
    move || {
        let say = say.get();
        (!say.is_empty()).then(|| {
            view! { <p class="note">{running::say_how(t.r, "")} <Plain phrase=say/></p> }
        })
    }
}

/// Cards for when things go wrong (`F2`), one press away: what to say, and what to press. They open without a script.
fn rescue(t: Tablet) -> impl IntoView {
    let r = t.r;
    let card = |when: &'static str, what: &'static str| {
        given::fixed(move || {
            view! {
                <details name="rescue">
                    <summary class="button quiet">{when}</summary>
                    <p>{what}</p>
                </details>
            }
        })
    };
    view! {
        <details class="more rescues">
        <summary class="button">{console::rescue_title(r)}</summary>
        <div class="rescue">
            {card(console::rescue_stop(r), console::rescue_stop_text(r))}
            {card(console::rescue_silence(r), console::rescue_silence_text(r))}
            <details name="rescue">
                <summary class="button quiet">{console::rescue_upset(r)}</summary>
                <p>{console::rescue_upset_text(r)}</p>
                {given::still("upset")}
            </details>
            {card(console::rescue_tech(r), console::rescue_tech_text(r))}
            {ground_rules(t)}
        </div>
        </details>
    }
}

/// The ground rules, one tap away (`F16`).
fn ground_rules(t: Tablet) -> impl IntoView {
    let r = t.r;
    let own = Memo::new(move |_| t.view.with(|view| view.running.ground_rules.clone()));
    let usual = [screen::rule_slow(r), screen::rule_listen(r), screen::rule_ask(r)];
    let lines = move || {
        let own = own.get();
        if own.is_empty() { usual.map(|rule| phrase::own(r, rule)).to_vec() } else { own }
    };
    view! {
        <details name="rescue">
            <summary class="button quiet">{running::screen_rules(r)}</summary>
            <ul class="rules">
                {move || lines().into_iter().map(|phrase| view! { <li><Plain phrase/></li> }).collect_view()}
            </ul>
        </details>
    }
}

fn timing(t: Tablet) -> impl IntoView {
    let clock = Memo::new(move |_| t.view.with(|view| view.clock.filter(|_| view.phase == PhaseView::Open)));
    let there = Memo::new(move |_| clock.with(Option::is_some));
    let of = Memo::new(move |_| t.view.with(|view| view.running.clock_of));
    let resting = Memo::new(move |_| of.get() == ClockOf::Break);
    let rules = Memo::new(move |_| t.view.with(|view| Rules::from(&view.running.rules)));
    let (paused, over) = (t.paused(), t.over());
    let nothing = move || if over.get() { console::closed(t.r) } else { console::no_clock(t.r) };
    // Built anew only when a clock comes or goes: a finger or a focus on «one more minute» stays where it is.
    let none = move || (t.keeps() && !there.get()).then(|| view! { <p class="note middle">{nothing}</p> });
    let some = move || {
        there.get().then(|| {
            view! {
                <div class="timing" data-moment=move || resting.get().then_some("break")>
                    {move || view! { <ClockFace reader=t.r clock now=t.now size="large" resting=resting.get() rules=rules.get()/> }}
                    {counts(t)}
                    <fieldset class="with" disabled=move || paused.get()>
                        <legend class="unseen">{console::timing(t.r)}</legend>
                        {controls(t, clock)}
                    </fieldset>
                </div>
            }
        })
    };
    view! { {none} {some} }
}

/// Who waits to speak, more time, a word to whoever speaks: one press away (`N6`).
fn floor(t: Tablet) -> impl IntoView {
    let (r, paused, over) = (t.r, t.paused(), t.over());
    let waiting = Memo::new(move |_| t.view.with(|view| view.running.turns.len()));
    let timed = Memo::new(move |_| t.view.with(|view| view.phase == PhaseView::Open && view.clock.is_some()));
    let brief = brief(t);
    let clock = move || {
        timed.get().then(|| {
            view! {
                <fieldset class="acts with" disabled=move || paused.get()>
                    <legend class="unseen">{console::timing(r)}</legend>
                    {more_time(t)}
                    {move || brief.get().then(|| pause(t))}
                </fieldset>
            }
        })
    };
    view! {
        <details class="more floor" hidden=move || over.get()>
            <summary class="button" data-moment="speech">
                <Shape name="speech"/>
                <span><b>{running::floor_title(r)}</b> <span class="note">{move || running::queue_waits(r, waiting.get() as u64)}</span></span>
            </summary>
            <div class="acts">
                {clock}
                {shorts(t)}
                {queue::queue(t)}
                {beside::to_stage(t)}
            </div>
        </details>
    }
}

/// What the clock counts, where it is not the speech itself; and why it stands still.
fn counts(t: Tablet) -> impl IntoView {
    let r = t.r;
    let said = Memo::new(move |_| {
        t.view.with(|view| {
            let running = &view.running;
            if running.interpreting {
                return Some(running::interpreting(r).to_owned());
            }
            if let Some(who) = &running.aside {
                return Some(running::aside(r, &who.text));
            }
            match running.clock_of {
                ClockOf::Question => Some(running::clock_question(r).to_owned()),
                ClockOf::Answer => Some(running::clock_answer(r).to_owned()),
                ClockOf::Speech | ClockOf::Turn | ClockOf::Break => None,
            }
        })
    });
    move || said.get().map(|said| view! { <p class="note middle">{said}</p> })
}

/// Short clocks for a question and its answer, while nobody has the floor in a part for the hall.
fn shorts(t: Tablet) -> impl IntoView {
    let r = t.r;
    let (there, paused) = (Memo::new(move |_| t.view.with(asks)), t.paused());
    let short = move |of: &'static str, word: &'static str| {
        view! { <button class="button" name="of" value=of disabled=move || paused.get()>{word}</button> }
    };
    move || {
        there.get().then(|| {
            view! {
                <form class="shorts" method="post" action=t.to("timer/short")>
                    {short("question", running::ask_clock(r))}
                    {short("answer", running::answer_clock(r))}
                </form>
            }
        })
    }
}

/// Whether the part that goes on is for questions of the hall, and nobody speaks.
pub(super) fn asks(view: &ConsoleView) -> bool {
    let here = view.place.and_then(|place| view.slots.get(place as usize - 1));
    view.phase == PhaseView::Open && view.names.is_empty() && here.is_some_and(|slot| slot.kind == SlotKind::Questions)
}

/// A question's or an answer's own short clock: pausing it is rare.
fn brief(t: Tablet) -> Memo<bool> {
    Memo::new(move |_| match t.view.with(|view| view.running.clock_of) {
        ClockOf::Question | ClockOf::Answer => !t.keeps(),
        ClockOf::Speech | ClockOf::Turn | ClockOf::Break => false,
    })
}

/// The clock's own buttons. The timekeeper's stand in sight; of the moderators' the pause alone does.
fn controls(t: Tablet, clock: Memo<Option<ClockView>>) -> impl IntoView {
    let ready = Memo::new(move |_| clock.get().is_none_or(|clock| clock.state == ClockState::Ready));
    let brief = brief(t);
    view! {
        // The moderators' big button starts the clock; the timekeeper has a button of their own.
        {t.keeps().then(|| view! { {start(t, ready)} {more_time(t)} })}
        {move || (!brief.get()).then(|| pause(t))}
    }
}

fn pause(t: Tablet) -> impl IntoView {
    let r = t.r;
    let state = Memo::new(move |_| t.view.with(|view| view.clock.map(|clock| clock.state)));
    let ready = move || state.get().is_none_or(|state| state == ClockState::Ready);
    let paused = Memo::new(move |_| matches!(state.get(), Some(ClockState::Paused { .. })));
    view! {
        <form method="post" action=move || t.to(if paused.get() { "timer/resume" } else { "timer/pause" })>
            <button class="button large" disabled=ready>
                <i class=move || if paused.get() { "shape onward" } else { "shape hold" } aria-hidden="true"></i>
                {move || if paused.get() { console::resume(r) } else { console::pause(r) }}
            </button>
        </form>
    }
}

/// A little more time, and the wait for an interpretation.
fn more_time(t: Tablet) -> impl IntoView {
    let r = t.r;
    let step = Memo::new(move |_| t.view.with(|view| view.step));
    let runs = Memo::new(move |_| {
        t.view.with(|view| view.clock.is_some_and(|clock| matches!(clock.state, ClockState::Running { .. })))
    });
    view! {
        <form class="more-time" method="post" action=t.to("timer/extend")>
            <input type="hidden" name="step" value=move || step.get().to_string()/>
            <button class="button" name="seconds" value="30">{console::plus_seconds(r, 30)}</button>
            <button class="button" name="seconds" value="60">{console::plus_minutes(r, 1)}</button>
        </form>
        <form method="post" action=t.to("timer/interpretation")>
            <button class="button" disabled=move || !runs.get()>{running::wait_interpretation(r)}</button>
        </form>
    }
}

fn start(t: Tablet, ready: Memo<bool>) -> impl IntoView {
    view! {
        <form method="post" action=t.to("timer/start")>
            <button class="button main" data-moment="speech" disabled=move || !ready.get()>
                {console::start_clock(t.r)}
            </button>
        </form>
    }
}
