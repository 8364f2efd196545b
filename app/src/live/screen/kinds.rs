//! The kinds of things that the wall shows. Text stands on the reading side, form on the other.

use leptos::either::{Either, EitherOf9};
use leptos::prelude::*;
use nadwa_domain::view::ClockState;
use nadwa_domain::view::running::ClockRules;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::view::{ClockView, SlotView};
use nadwa_domain::{Instant, Phrase, Span};

use crate::live::screen::{Around, Wall, more, paper, poll};
use crate::parts::clock::Rules;
use crate::parts::phrase::names;
use crate::parts::team::{self, Step};
use crate::parts::{ClockFace, Number, Plain, Qr, Shape};
use crate::words::{Reader, audience, clock as clock_words, console, numbers, rehearsal, screen, slot};

/// Most steps of the plan on a wall.
const MOST_STEPS: usize = 8;

/// The one thing.
pub(super) fn main(wall: Wall, shown: &Shown, title: &Phrase) -> impl IntoView + use<> {
    match shown {
        Shown::Welcome { team, starts_at, .. } => EitherOf9::A(tell(wall, welcome(wall, title, team, *starts_at))),
        Shown::Thanks { team } => EitherOf9::A(tell(wall, thanks(wall, team))),
        Shown::Calm => EitherOf9::A(tell(wall, calm(wall))),
        Shown::Speaker { names, about, clock, rules } => {
            EitherOf9::A(tell(wall, speaker(wall, names, about, *clock, rules)))
        }
        Shown::Join if wall.rehearses() => EitherOf9::A(tell(wall, no_join(wall))),
        Shown::Join => EitherOf9::B(join(wall)),
        Shown::Plan { slots, current } => EitherOf9::C(plan(wall, slots, *current)),
        Shown::Question { text, second, .. } => EitherOf9::D(question(wall, text, second.clone())),
        Shown::Poll(of) => EitherOf9::E(poll::main(wall, of)),
        Shown::Break { clock, energiser, title } => EitherOf9::F(rest(wall, *clock, *energiser, title)),
        Shown::Queue { turns, first_timers_first, groups_in_turn } => {
            EitherOf9::G(more::queue(wall, turns, *first_timers_first, *groups_in_turn))
        }
        Shown::Rules { rules } => EitherOf9::H(more::rules(wall, rules)),
        Shown::Paper { names, about, messages, page, clock, rules } => {
            let clock = clock.map(|clock| (clock, Rules::from(rules)));
            EitherOf9::I(paper::main(wall, names, about, messages, *page, clock))
        }
    }
}

/// Words on one side, a form or a clock on the other.
struct Tell {
    moment: &'static str,
    label: Option<Phrase>,
    head: Phrase,
    /// Class of the head: how large.
    look: &'static str,
    about: Option<Phrase>,
    soft: Option<String>,
    beside: Either<&'static str, Option<(ClockView, Rules)>>,
}

fn own(wall: Wall, text: &str) -> Phrase {
    Phrase { text: text.to_owned(), lang: wall.r.lang, dir: wall.r.lang.dir() }
}

fn run_by(wall: Wall, by: &[Phrase]) -> Option<String> {
    (!by.is_empty()).then(|| audience::run_by(wall.r, &names(wall.r, by).text))
}

fn welcome(wall: Wall, title: &Phrase, by: &[Phrase], starts_at: Instant) -> Tell {
    let (r, offset) = (wall.r, wall.utc_offset);
    let around = |around: &Around| (around.conference.clone(), around.room.text.clone(), around.months);
    let (conference, room, months) = wall.around.with_value(around);
    let day = numbers::date(Reader { months, ..r }, starts_at, offset);
    let time = numbers::time_of_day(r, starts_at, offset);
    Tell {
        moment: "plain",
        label: Some(conference),
        look: length(&title.text, 24),
        head: title.clone(),
        about: run_by(wall, by).map(|by| own(wall, &by)),
        soft: Some([&room, " · ", &day, " · ", &time].concat()),
        beside: Either::Left("mark"),
    }
}

fn thanks(wall: Wall, by: &[Phrase]) -> Tell {
    Tell {
        moment: "plain",
        label: Some(wall.around.with_value(|around| around.conference.clone())),
        head: own(wall, screen::thanks(wall.r)),
        look: "",
        about: Some(own(wall, screen::thanks_text(wall.r))),
        soft: run_by(wall, by),
        beside: Either::Left("mark"),
    }
}

fn calm(wall: Wall) -> Tell {
    Tell {
        moment: "safety",
        label: None,
        head: own(wall, screen::paused(wall.r)),
        look: "",
        about: Some(own(wall, screen::paused_text(wall.r))),
        soft: None,
        beside: Either::Left("safety"),
    }
}

fn speaker(wall: Wall, by: &[Phrase], about: &Phrase, clock: Option<ClockView>, rules: &ClockRules) -> Tell {
    let who = names(wall.r, by);
    Tell {
        moment: "speech",
        label: Some(own(wall, audience::moment_speech(wall.r))),
        look: match length(&who.text, 9) {
            "medium" => "voice medium",
            "long" => "voice long",
            _ => "voice",
        },
        head: who,
        about: Some(about.clone()),
        soft: None,
        beside: Either::Right(clock.map(|clock| (clock, Rules::from(rules)))),
    }
}

fn tell(wall: Wall, tell: Tell) -> impl IntoView {
    let Tell { moment, label, head, look, about, soft, beside } = tell;
    let speaks = moment == "speech";
    let long = about.as_ref().map_or("", |about| length(&about.text, 60));
    let about = about.map(|about| {
        let class = if speaks { ["about ", long].concat() } else { String::new() };
        view! { <p class=class><Plain phrase=about/></p> }
    });
    let (form, clock) = match beside {
        Either::Left(form) => (Some(["shape ", form, " giant"].concat()), None),
        Either::Right(clock) => (None, clock),
    };
    let rules = clock.map(|(_, rules)| rules).unwrap_or_default();
    let clock = clock.map(|(clock, _)| clock);
    view! {
        <div class="tell" data-moment=moment>
            {label.map(|label| view! {
                <p class="label">{speaks.then(|| view! { <Shape name="speech"/> })} <Plain phrase=label/></p>
            })}
            <h1 class=look><Plain phrase=head/></h1>
            {about}
            {soft.map(|soft| view! { <p class="soft">{soft}</p> })}
        </div>
        {form.map(|form| view! { <i class=form aria-hidden="true"></i> })}
        <ClockFace reader=wall.r clock=Signal::stored(clock) now=wall.now size="hall" rules/>
    }
}

/// In a rehearsal no phone is invited: its code brings nobody in (`P14`).
fn no_join(wall: Wall) -> Tell {
    Tell {
        moment: "plain",
        label: None,
        head: own(wall, console::screen_join(wall.r)),
        look: "",
        about: Some(own(wall, rehearsal::no_join(wall.r))),
        soft: None,
        beside: Either::Left("join"),
    }
}

fn join(wall: Wall) -> impl IntoView {
    let r = wall.r;
    let (qr, code) = wall.around.with_value(|around| (around.qr.clone(), around.code.clone()));
    view! {
        <Qr qr label=screen::join_code(r).to_owned()/>
        <div class="tell">
            <h1>{screen::join_title(r)}</h1>
            <p>{screen::join_how(r)}</p>
            <p class="big-code"><Number text=numbers::code(r, &code)/></p>
            <p class="soft">{screen::join_note(r)}</p>
        </div>
    }
}

/// The plan: what is on and what comes; what is done leaves first where there are many steps.
fn plan(wall: Wall, slots: &[SlotView], current: Option<u32>) -> impl IntoView + use<> {
    let r = wall.r;
    let here = current.map(|place| place as usize);
    let most = slots.len().saturating_sub(MOST_STEPS);
    let from = here.unwrap_or(0).saturating_sub(1).min(most);
    let rows = slots.iter().enumerate().skip(from).take(MOST_STEPS).map(|(at, slot)| {
        let (look, word) = match here {
            Some(here) if at < here => ("row done", Some(console::step_done(r))),
            Some(here) if at == here => ("row now", Some(console::this_step(r))),
            _ => ("row", None),
        };
        view! { <Step r step=slot.clone() look word/> }
    });
    view! { <h1>{screen::plan(r)}</h1> <ol class="rows">{rows.collect_view()}</ol> }
}

/// The wall is a petal; the words' size follows their length.
fn question(wall: Wall, text: &Phrase, second: Option<Phrase>) -> impl IntoView + use<> {
    let class = ["said ", team::size_of(&text.text)].concat();
    view! {
        <div class="petal-field">
            <p class="label"><Shape name="question"/> {audience::moment_question(wall.r)}</p>
            <h1 class=class lang=text.lang.tag() dir=text.dir.as_str()>{text.text.clone()}</h1>
            {second.map(|text| view! { <p class="again" lang=text.lang.tag() dir=text.dir.as_str()>{text.text}</p> })}
        </div>
    }
}

/// A sun on a horizon, with the time until the return if that is known.
fn rest(wall: Wall, clock: Option<ClockView>, energiser: bool, title: &Phrase) -> impl IntoView + use<> {
    let r = wall.r;
    let back = clock.and_then(|clock| match clock.state {
        ClockState::Running { ends_at } => {
            Some(audience::back_at(r, &numbers::time_of_day(r, ends_at, wall.utc_offset)))
        }
        ClockState::Ready | ClockState::Paused { .. } => None,
    });
    let usual = if energiser { slot::energizer(r) } else { slot::break_time(r) };
    let title = if title.is_empty() { own(wall, usual) } else { title.clone() };
    let left = move |clock: ClockView| clock.remaining(wall.now.get()).max(Span::ZERO);
    let word = move |clock: ClockView| match left(clock) {
        Span::ZERO => clock_words::time_to_return(r),
        _ => clock_words::until_back(r),
    };
    view! {
        <div class="tell">
            <h1 class="voice"><Plain phrase=title/></h1>
            {(!energiser).then(|| view! {
                <p class="about">{back}</p>
                <p>{screen::break_text(r)}</p>
            })}
            {energiser.then(|| more::energiser(r))}
        </div>
        <div class="sun" role=clock.map(|_| "timer")>
            {clock.map(|clock| view! {
                <bdi class="number" dir="ltr">{move || numbers::clock(r, left(clock))}</bdi>
                <span class="word">{move || word(clock)}</span>
            })}
        </div>
    }
}

/// Long words on a wall are set smaller: `medium` beyond so many letters, `long` beyond twice as many.
pub(super) fn length(text: &str, letters: usize) -> &'static str {
    match team::letters(text) {
        n if n <= letters => "",
        n if n <= 2 * letters => "medium",
        _ => "long",
    }
}
