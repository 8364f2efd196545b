//! The choices of a ballot: buttons, each of which sends the whole ballot as it would be after the press.

use leptos::prelude::*;
use nadwa_domain::lang::Phrase;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::ballot::Answer;
use nadwa_domain::session::poll::kind::DOTS;
use nadwa_domain::view::PollView;

use crate::pages::Write;
use crate::parts::drawing::{Drawing, drawing};
use crate::parts::phrase::own;
use crate::parts::results::labels;
use crate::parts::{Number, Plain};
use crate::words::{Reader, audience, numbers, poll as words};

/// One choice, ready to be pressed.
struct Choice {
    /// The ballot after the press.
    sends: Answer,
    label: Phrase,
    drawing: Option<Drawing>,
    /// Whether the ballot has it now.
    mine: bool,
    /// Its place in an order, from 1.
    rank: Option<usize>,
}

/// Everything that can be chosen, «I'd rather not say» at the end.
#[must_use]
pub fn choices(r: Reader, poll: &PollView, mine: Option<&Answer>, here: bool) -> impl IntoView + use<> {
    let legend = view! {
        <legend class=here.then_some("unseen")>
            <Plain phrase=poll.question.clone()/>
        </legend>
    };
    let aside = option(
        Choice {
            sends: Answer::RatherNot,
            label: own(r, audience::rather_not(r)),
            drawing: None,
            mine: mine == Some(&Answer::RatherNot),
            rank: None,
        },
        "option aside",
    );
    let all = match poll.kind {
        PollKind::Words => ().written(),
        PollKind::Estimate { low, high } => estimate(r, low, high, mine).written(),
        PollKind::Dots => dots(r, poll, mine).written(),
        PollKind::Several { .. } | PollKind::Ranking => taps(r, poll, mine).written(),
        PollKind::Wave => wave(r, mine).written(),
        PollKind::YesNo | PollKind::Single | PollKind::Agree | PollKind::Happy | PollKind::Pictures => {
            ones(r, poll, mine).written()
        }
    };
    view! {
        <fieldset class="options">
            {legend}
            {all}
            {aside}
        </fieldset>
    }
}

fn option(choice: Choice, class: &'static str) -> impl IntoView {
    let key = choice.sends.as_key();
    view! {
        <button
            class=[class, if choice.mine { " is-mine" } else { "" }].concat()
            id=["choice-", &key].concat()
            name="choice"
            value=key
            aria-pressed=if choice.mine { "true" } else { "false" }
        >
            {choice.drawing.map(drawing)}
            <Plain phrase=choice.label/>
            {choice.rank.map(|rank| view! { <b class="rank">{rank.to_string()}</b> })}
            <i class="shape check tick" aria-hidden="true"></i>
        </button>
    }
}

/// One of several: a second press on another is a change of mind.
fn ones(r: Reader, poll: &PollView, mine: Option<&Answer>) -> impl IntoView + use<> {
    let pictures = poll.kind == PollKind::Pictures;
    let class = match poll.kind {
        PollKind::Pictures => "tile",
        PollKind::Happy | PollKind::Agree => "degree",
        PollKind::YesNo
        | PollKind::Single
        | PollKind::Several { .. }
        | PollKind::Dots
        | PollKind::Ranking
        | PollKind::Estimate { .. }
        | PollKind::Words
        | PollKind::Wave => "option",
    };
    let all: Vec<_> = (0_u8..)
        .zip(labels(r, poll))
        .map(|(place, label)| {
            let sends = Answer::One(place);
            let is_mine = mine == Some(&sends);
            let drawing = Drawing::of(poll.kind, &poll.pictures, place.into());
            option(Choice { sends, label, drawing, mine: is_mine, rank: None }, class)
        })
        .collect();
    view! { <div class=if pictures { "one tiles" } else { "one options" }>{all}</div> }
}

/// Some of several, or an order: each press adds one, or takes it out again.
fn taps(r: Reader, poll: &PollView, mine: Option<&Answer>) -> impl IntoView + use<> {
    let now: Vec<u8> = match mine {
        Some(Answer::Some(places) | Answer::Order(places)) => places.clone(),
        _ => vec![],
    };
    let ordered = poll.kind == PollKind::Ranking;
    let all: Vec<_> = (0_u8..)
        .zip(labels(r, poll))
        .map(|(place, label)| {
            let at = now.iter().position(|chosen| *chosen == place);
            let mut then: Vec<u8> = now.iter().copied().filter(|chosen| *chosen != place).collect();
            if at.is_none() {
                then.push(place);
            }
            let sends = if ordered { Answer::Order(then) } else { Answer::Some(then) };
            let rank = at.filter(|_| ordered).map(|at| at + 1);
            option(Choice { sends: settled(&sends), label, drawing: None, mine: at.is_some(), rank }, "option")
        })
        .collect();
    let how = match poll.kind {
        PollKind::Several { most } => words::pick_up_to(r, most.into()),
        PollKind::YesNo
        | PollKind::Single
        | PollKind::Agree
        | PollKind::Happy
        | PollKind::Pictures
        | PollKind::Dots
        | PollKind::Ranking
        | PollKind::Estimate { .. }
        | PollKind::Words
        | PollKind::Wave => words::order_how(r).to_owned(),
    };
    view! { <p class="note">{how}</p> <div class="options">{all}</div> }
}

/// In the one form that is stored.
fn settled(answer: &Answer) -> Answer {
    Answer::from_key(&answer.as_key()).unwrap_or(Answer::RatherNot)
}

/// Dots to be put on options, several on one if wished.
fn dots(r: Reader, poll: &PollView, mine: Option<&Answer>) -> impl IntoView + use<> {
    let mut now = vec![0_u8; poll.options.len()];
    if let Some(Answer::Dots(dots)) = mine {
        now.iter_mut().zip(dots).for_each(|(place, dots)| *place = *dots);
    }
    let left = DOTS.saturating_sub(now.iter().sum());
    let with = |place: usize, dots: u8| {
        let mut then = now.clone();
        then[place] = dots;
        settled(&Answer::Dots(then)).as_key()
    };
    let all: Vec<_> = labels(r, poll)
        .into_iter()
        .enumerate()
        .map(|(place, label)| {
            let here = now[place];
            let (more, less) = (with(place, here + 1), with(place, here.saturating_sub(1)));
            let (id_more, id_less) = (format!("more-{place}"), format!("less-{place}"));
            let (say_more, say_less) = (words::dot_more(r, &label.text), words::dot_less(r, &label.text));
            view! {
                <div class=dotted(here)>
                    <Plain phrase=label/>
                    <span class="dots" role="img" aria-label=words::dots(r, here.into())>{"●".repeat(here.into())}</span>
                    <button class="button round" id=id_less name="choice" value=less disabled=here == 0 aria-label=say_less>
                        "−"
                    </button>
                    <button class="button round" id=id_more name="choice" value=more disabled=left == 0 aria-label=say_more>
                        "+"
                    </button>
                </div>
            }
        })
        .collect();
    view! { <p class="note">{words::dots_left(r, left.into())}</p> <div class="options">{all}</div> }
}

fn estimate(r: Reader, low: i64, high: i64, mine: Option<&Answer>) -> impl IntoView + use<> {
    let now = match mine {
        Some(Answer::Number(number)) => Some(*number),
        _ => None,
    };
    let label = words::estimate(r, &numbers::number(r, low), &numbers::number(r, high));
    let arrived = now.map(|now| view! { <span class="mine-is"><Number text=numbers::number(r, now)/></span> });
    view! {
        <div class="estimate">
            <label for="number">{label}</label>
            <input
                id="number"
                name="number"
                dir="ltr"
                inputmode="numeric"
                autocomplete="off"
                maxlength="20"
                value=now.map(|now| now.to_string())
                aria-describedby="refusal-poll"
            />
            <button class=if now.is_some() { "option is-mine" } else { "option" } id="say-number" name="choice" value="number">
                {audience::vote(r)}
                {arrived}
            </button>
        </div>
    }
}

/// A wave: one large hand, up or not.
fn wave(r: Reader, mine: Option<&Answer>) -> impl IntoView + use<> {
    let up = mine == Some(&Answer::One(0));
    let label = own(r, if up { words::raised(r) } else { words::raise(r) });
    let drawing = Drawing::of(PollKind::Wave, &[], 0);
    view! {
        <div class="one">
            {option(Choice { sends: Answer::One(0), label, drawing, mine: up, rank: None }, "tile hand-up")}
        </div>
    }
}

const fn dotted(dots: u8) -> &'static str {
    if dots > 0 { "option dotted is-some" } else { "option dotted" }
}
