//! The kinds of things that the wall shows. Text stands on the reading side, form on the other.

use leptos::prelude::*;
use nadwa_domain::view::screen::{ScreenView, Shown};
use nadwa_domain::view::{ClockState, ClockView, SlotView};
use nadwa_domain::{Instant, Phrase, Span};

use crate::live::feed::Link;
use crate::live::screen::{Wall, poll};
use crate::parts::phrase::names;
use crate::parts::team::{self, JoinCode, Step};
use crate::parts::{ClockFace, Number, Plain, Qr, Shape, moment};
use crate::words::{self, audience, clock as clock_words, console, numbers, screen, slot};

/// Most steps of the plan on a wall.
const MOST_STEPS: usize = 8;

/// The one thing.
pub(super) fn main(wall: Wall, shown: &Shown, title: &Phrase) -> AnyView {
    let r = wall.r;
    match shown {
        Shown::Welcome { team, starts_at } => welcome(wall, title, team, *starts_at).into_any(),
        Shown::Join => join(wall).into_any(),
        Shown::Plan { slots, current } => plan(wall, slots, *current).into_any(),
        Shown::Speaker { names, about, clock } => speaker(wall, names, about, *clock).into_any(),
        Shown::Question { text, .. } => question(wall, text).into_any(),
        Shown::Poll(of) => poll::main(wall, of),
        Shown::Break { clock } => rest(wall, *clock).into_any(),
        Shown::Thanks { team } => thanks(wall, team).into_any(),
        Shown::Calm => view! {
            {giant("safety")}
            <div class="tell"><h1>{screen::paused(r)}</h1><p>{screen::paused_text(r)}</p></div>
        }
        .into_any(),
    }
}

fn giant(form: &'static str) -> impl IntoView {
    view! { <i class=["shape ", form, " giant"].concat() aria-hidden="true"></i> }
}

fn welcome(wall: Wall, title: &Phrase, by: &[Phrase], starts_at: Instant) -> impl IntoView {
    let r = wall.r;
    let (conference, room) = wall.around.with_value(|around| (around.conference.clone(), around.room.clone()));
    let offset = wall.utc_offset;
    let by = (!by.is_empty()).then(|| audience::run_by(r, &names(r, by).text));
    let (day, time) = (numbers::date(r, starts_at, offset), numbers::time_of_day(r, starts_at, offset));
    view! {
        <div class="tell">
            <p class="label"><Plain phrase=conference/></p>
            <h1 class=length(&title.text, 24)><Plain phrase=title.clone()/></h1>
            {by.map(|by| view! { <p>{by}</p> })}
            <p class="soft"><Plain phrase=room/> " · " {day} " · " <Number text=time/></p>
        </div>
        {giant("mark")}
    }
}

fn thanks(wall: Wall, by: &[Phrase]) -> impl IntoView {
    let r = wall.r;
    let conference = wall.around.with_value(|around| around.conference.clone());
    let by = (!by.is_empty()).then(|| audience::run_by(r, &names(r, by).text));
    view! {
        <div class="tell">
            <p class="label"><Plain phrase=conference/></p>
            <h1>{screen::thanks(r)}</h1>
            <p>{screen::thanks_text(r)}</p>
            {by.map(|by| view! { <p class="soft">{by}</p> })}
        </div>
        {giant("mark")}
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
fn plan(wall: Wall, slots: &[SlotView], current: Option<u32>) -> impl IntoView {
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

fn speaker(wall: Wall, by: &[Phrase], about: &Phrase, clock: Option<ClockView>) -> impl IntoView {
    let r = wall.r;
    let who = names(r, by);
    let voice = ["voice ", length(&who.text, 9)].concat();
    let tell = ["about ", length(&about.text, 60)].concat();
    view! {
        <div class="tell" data-moment="speech">
            <p class="label"><Shape name="speech"/> {audience::moment_speech(r)}</p>
            <h1 class=voice><Plain phrase=who/></h1>
            <p class=tell><Plain phrase=about.clone()/></p>
        </div>
        <ClockFace reader=r clock=Signal::stored(clock) now=wall.now size="hall"/>
    }
}

/// The wall is a petal; the words' size follows their length.
fn question(wall: Wall, text: &Phrase) -> impl IntoView {
    let class = ["said ", team::size_of(&text.text)].concat();
    view! {
        <div class="petal-field">
            <p class="label"><Shape name="question"/> {audience::moment_question(wall.r)}</p>
            <h1 class=class lang=text.lang.tag() dir=text.dir.as_str()>{text.text.clone()}</h1>
        </div>
    }
}

/// A sun on a horizon, with the time until the return.
fn rest(wall: Wall, clock: Option<ClockView>) -> impl IntoView {
    let r = wall.r;
    let offset = wall.utc_offset;
    let back = clock.and_then(|clock| match clock.state {
        ClockState::Running { ends_at } => Some(ends_at),
        ClockState::Ready | ClockState::Paused { .. } => None,
    });
    let over = Memo::new(move |_| back.is_some_and(|back| wall.now.get() >= back));
    let about = move || match back {
        Some(_) if over.get() => screen::back_now(r).to_owned(),
        Some(back) => audience::back_at(r, &numbers::time_of_day(r, back, offset)),
        None => String::new(),
    };
    let left = move |clock: ClockView| numbers::clock(r, clock.remaining(wall.now.get()).max(Span::ZERO));
    view! {
        <div class="tell">
            <h1 class="voice">{slot::break_time(r)}</h1>
            <p class="about">{about}</p>
            <p>{screen::break_text(r)}</p>
        </div>
        {clock.map(|clock| view! {
            <div class="sun" role="timer">
                <bdi class="number" dir="ltr">{move || left(clock)}</bdi>
                <span class="word">{clock_words::until_back(r)}</span>
            </div>
        })}
    }
}

/// One line: the session, what comes, the code.
pub(super) fn foot(wall: Wall, view: &ScreenView) -> AnyView {
    let r = wall.r;
    let code = wall.around.with_value(|around| around.code.clone());
    let title = || view! { <Shape name="mark"/> <Plain phrase=view.title.clone()/> };
    let join = || view! { <JoinCode r code=code.clone()/> };
    match &view.shown {
        Shown::Welcome { .. } => {
            let rules = [screen::rule_slow(r), screen::rule_listen(r), screen::rule_ask(r)];
            let rules = rules.map(|rule| view! { <li>{rule}</li> }).into_iter().collect_view();
            view! { <ul class="rules">{rules}</ul> {join()} }.into_any()
        }
        Shown::Join => {
            let site = wall.around.with_value(|around| around.site.clone());
            view! {
                <Shape name="mark"/>
                <bdi dir="ltr">{site}</bdi>
                <span class="push" data-moment="safety"><Shape name="safety"/> {screen::help_note(r)}</span>
            }
            .into_any()
        }
        Shown::Calm => {
            view! { <span class="push" data-moment="safety"><Shape name="safety"/> {screen::help_note(r)}</span> }
                .into_any()
        }
        Shown::Question { names: by, .. } if !by.is_empty() => {
            let by = audience::answering(r, &names(r, by).text);
            view! { {title()} <span class="push">{by}</span> {join()} }.into_any()
        }
        Shown::Speaker { .. } | Shown::Break { .. } => {
            let next = view.next.as_ref().map(|next| coming(wall, next));
            view! { {title()} {next} {join()} }.into_any()
        }
        _ => view! { {title()} {join()} }.into_any(),
    }
}

fn coming(wall: Wall, next: &SlotView) -> impl IntoView + use<> {
    let of = moment::of_slot(next.kind);
    let (who, _) = team::two_lines(wall.r, next);
    view! {
        <span class="push" data-moment=moment::hue(of)>
            <Shape name=moment::shape(of)/>
            {audience::next_up(wall.r, &who.text)}
        </span>
    }
}

/// A small word, only when the wall is not live.
pub(super) fn connection(wall: Wall, link: RwSignal<Link>) -> impl IntoView {
    move || match link.get() {
        Link::Live => None,
        Link::Late => Some(view! { <span class="link late">{words::link::late(wall.r)}</span> }),
        Link::Lost => Some(view! { <span class="link lost">{words::link::lost(wall.r)}</span> }),
    }
}

/// Long words on a wall are set smaller: `medium` beyond so many letters, `long` beyond twice as many.
fn length(text: &str, letters: usize) -> &'static str {
    match team::letters(text) {
        n if n <= letters => "",
        n if n <= 2 * letters => "medium",
        _ => "long",
    }
}
