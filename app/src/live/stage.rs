//! What the speaker sees, live: the time left as a large shape, the next signal, words from the team, what comes after.

mod foot;

use leptos::either::Either;
use leptos::prelude::*;
use nadwa_domain::ids::TurnId;
use nadwa_domain::session::floor::ClockOf;
use nadwa_domain::view::stage::StageView;
use nadwa_domain::view::{ClockState, PhaseView};
use nadwa_domain::{Instant, Role};
use serde::{Deserialize, Serialize};

use crate::live::feed::{self, Link};
use crate::live::press::{Notice, Presses};
use crate::live::{clock, fit};
use crate::parts::clock::Rules;
use crate::parts::phrase::names;
use crate::parts::team::{size_of, two_lines};
use crate::parts::{ClockFace, ClockVoice, Plain, Shape, given};
use crate::wire::{Place, event};
use crate::words::{self, Reader, audience, numbers, running, slot, stage};

/// What the stage begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where and for whom.
    pub place: Place,
    /// The session's join code.
    pub code: String,
    /// What the speaker sees.
    pub view: StageView,
    /// Whose stage it is: a presenter's own has two buttons more.
    pub role: Role,
    /// The turn that this pass waits for.
    pub turn: Option<TurnId>,
    /// An id for the next.
    pub fresh: TurnId,
    /// What the last plain form was answered.
    pub notice: Option<Notice>,
}

/// The whole stage. It begins with the [`Start`] that its page gives.
#[island]
pub fn StageIsland() -> impl IntoView {
    let Start { place, code, view, role, turn, fresh, notice } = given::start();
    let Place { reader: r, now, build, utc_offset, .. } = place;
    let view = RwSignal::new(view);
    let now = RwSignal::new(now);
    let link = RwSignal::new(Link::Live);
    let clock = Memo::new(move |_| view.with(|view| view.clock));
    let presses = Presses::new(r, notice);
    let side = foot::Side { r, code: StoredValue::new(code.clone()), view, presses, role, utc_offset };
    Effect::new(move |_| {
        let url = ["/s/", &code, "/feed?as=stage&lang=", r.lang.tag()].concat();
        feed::follow(url, vec![(event::FRAME, feed::pictures(view, build.clone()))], link);
        clock::keep(now, clock.into());
    });
    fit::keep(move || view.track());
    let paused = Memo::new(move |_| view.with(|view| view.paused));
    let resting = Memo::new(move |_| view.with(|view| view.clock_of == ClockOf::Break));
    let rules = Memo::new(move |_| view.with(|view| Rules::from(&view.rules)));
    view! {
        <div class="stage" class:calm=move || paused.get() data-moment=move || resting.get().then_some("break") translate="no" on:submit=move |event| presses.submit(&event)>
            <main id="main">
                {move || match paused.get() {
                    true => Either::Left(view! {
                        <i class="shape safety giant" aria-hidden="true"></i>
                        <div class="say"><h1 class="who">{stage::paused(r)}</h1></div>
                    }),
                    false => Either::Right(view! {
                        {move || view! { <ClockFace reader=r clock now size="hall" resting=resting.get() rules=rules.get()/> }}
                        <div class="say">
                            {move || view.with(|view| say(r, view))}
                            {foot::words(side)}
                            {signal(r, view, now)}
                            {connection(r, link)}
                        </div>
                    }),
                }}
            </main>
            {foot::foot(side, turn, fresh)}
            <ClockVoice reader=r clock now rules/>
        </div>
    }
}

/// Whose time it is, the question to answer, and what comes after.
fn say(r: Reader, view: &StageView) -> impl IntoView + use<> {
    let named = names(r, &view.names);
    let who = named.text.clone();
    let ready = view.clock.is_some_and(|clock| clock.state == ClockState::Ready);
    let label = view.clock.filter(|_| !who.is_empty()).map(|clock| {
        view! {
            <p class="label" data-moment="speech">
                <Shape name="speech"/>
                {stage::speech_of(r, &who, &numbers::clock(r, clock.limit))}
            </p>
        }
    });
    let name = (!who.is_empty() && view.question.is_none())
        .then(|| view! { <h1 class="who"><Plain phrase=named.clone()/></h1> });
    let idle = (who.is_empty() && view.question.is_none()).then(|| {
        let word = match (view.clock_of, view.clock.is_some()) {
            _ if view.phase == PhaseView::Over => audience::over(r),
            (ClockOf::Question, true) => running::clock_question(r),
            (ClockOf::Answer, true) => running::clock_answer(r),
            (ClockOf::Speech | ClockOf::Turn | ClockOf::Break, true) => slot::break_time(r),
            (ClockOf::Speech | ClockOf::Turn | ClockOf::Break | ClockOf::Question | ClockOf::Answer, false) => {
                stage::waiting(r)
            }
        };
        view! { <h1 class="who">{word}</h1> }
    });
    let soon = ready.then(|| view! { <p class="next">{stage::prepare(r)}</p> });
    let question = view.question.clone().map(|text| {
        let class = if matches!(size_of(&text.text), "short") { "word-to-speaker" } else { "word-to-speaker long" };
        view! {
            <p class="label" data-moment="question"><Shape name="question"/> {audience::moment_question(r)}</p>
            <h1 class=class lang=text.lang.tag() dir=text.dir.as_str()>{text.text}</h1>
        }
    });
    let next = view.next.as_ref().map(|next| {
        let (what, _) = two_lines(r, next);
        let sentence = match (who.is_empty(), next.names.is_empty()) {
            (true, false) => stage::your_turn_next(r, &what.text),
            (true, true) => audience::next_up(r, &what.text),
            (false, _) => stage::after_speech(r, &what.text),
        };
        view! { <p class="next">{sentence}</p> }
    });
    view! { {label} {name} {idle} {soon} {question} {next} }
}

/// When the next gentle signal comes, and why the clock stands still.
fn signal(r: Reader, view: RwSignal<StageView>, now: RwSignal<Instant>) -> impl IntoView {
    let said = Memo::new(move |_| {
        view.with(|view| {
            if view.interpreting {
                return Some(running::interpreting(r).to_owned());
            }
            let left =
                view.clock.filter(|clock| matches!(clock.state, ClockState::Running { .. }))?.remaining(now.get());
            let next = view.rules.warn_at.iter().find(|at| **at < left)?;
            Some(stage::next_signal(r, &numbers::clock(r, *next)))
        })
    });
    move || said.get().map(|said| view! { <p class="next signal">{said}</p> })
}

/// A small word, only when the stage is not live.
fn connection(r: Reader, link: RwSignal<Link>) -> impl IntoView {
    move || match link.get() {
        Link::Live => None,
        Link::Late => Some(view! { <span class="link late">{words::link::late(r)}</span> }),
        Link::Lost => Some(view! { <span class="link lost">{words::link::lost(r)}</span> }),
    }
}
