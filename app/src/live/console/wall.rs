//! What the room sees: a true small picture of the screen, and the buttons that change it.

use leptos::prelude::*;
use nadwa_domain::Phrase;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::view::{ClockView, PollState};

use crate::live::console::{Tablet, next};
use crate::parts::{self, ClockFace, Plain, Said, Shape};
use crate::words::{Reader, audience, console, screen, slot};

/// The first column.
pub(super) fn wall(t: Tablet) -> impl IntoView {
    view! {
        <section class="wall" aria-labelledby="on-screen">
            <h2 class="label" id="on-screen">{console::on_screen_now(t.r)}</h2>
            {preview(t)}
            <h2 class="unseen" id="put-on-screen">{console::put_on_screen(t.r)}</h2>
            {switch(t)}
            {next::whole_plan(t)}
        </section>
    }
}

fn preview(t: Tablet) -> impl IntoView {
    let shown = Memo::new(move |_| t.view.with(|view| view.screen.shown.clone()));
    let title = StoredValue::new(t.view.with_untracked(|view| view.title.clone()));
    let label = move || {
        let what = shown.with(|shown| title.with_value(|title| names_it(t, shown, title)));
        console::screen_shows(t.r, &what)
    };
    view! {
        <div
            class="preview"
            data-theme="projector"
            data-moment=move || shown.with(colours)
            role="img"
            aria-label=label
        >
            {move || shown.with(|shown| title.with_value(|title| picture(t, shown, title)))}
        </div>
    }
}

/// Fields that are coloured on the wall as a whole are coloured here too.
fn colours(shown: &Shown) -> Option<&'static str> {
    match shown {
        Shown::Question { .. } => Some("question"),
        Shown::Break { .. } => Some("break"),
        Shown::Calm => Some("safety"),
        _ => None,
    }
}

/// The small picture: the same words and the same clock as on the wall.
fn picture(t: Tablet, shown: &Shown, title: &Phrase) -> AnyView {
    let r = t.r;
    let clock = |clock: &Option<ClockView>| {
        let clock = Signal::stored(*clock);
        view! { <ClockFace reader=r clock now=t.now size="small"/> }
    };
    match shown {
        Shown::Speaker { names, about, clock: own } => two(who(r, names), plain(about), clock(own)).into_any(),
        Shown::Break { clock: own } => two(slot::break_time(r), (), clock(own)).into_any(),
        Shown::Question { text, .. } => view! { <Said phrase=text.clone()/> }.into_any(),
        Shown::Poll(poll) => two(plain(&poll.question), poll_state(t, &poll.state), form("poll")).into_any(),
        Shown::Welcome { team, .. } => two(plain(title), audience::run_by(r, &who(r, team)), form("mark")).into_any(),
        Shown::Thanks { team } => two(screen::thanks(r), who(r, team), form("mark")).into_any(),
        Shown::Join => two(console::screen_join(r), screen::join_title(r), form("join")).into_any(),
        Shown::Plan { .. } => two(screen::plan(r), (), form("paper")).into_any(),
        Shown::Calm => two(screen::paused(r), screen::paused_text(r), form("safety")).into_any(),
    }
}

fn plain(phrase: &Phrase) -> impl IntoView + use<> {
    view! { <Plain phrase=phrase.clone()/> }
}

fn form(name: &'static str) -> impl IntoView + use<> {
    view! { <Shape name/> }
}

fn two<A, B, C>(voice: A, about: B, beside: C) -> impl IntoView
where
    A: IntoView,
    B: IntoView,
    C: IntoView,
{
    view! {
        <div>
            <p class="voice">{voice}</p>
            <p class="about">{about}</p>
        </div>
        {beside}
    }
}

fn poll_state(t: Tablet, state: &PollState) -> &'static str {
    match state {
        PollState::Open => screen::poll_open(t.r),
        PollState::Closed => screen::poll_closed(t.r),
        PollState::Shown(_) => console::poll_shown(t.r),
    }
}

/// The picture in words, for those who do not see it.
fn names_it(t: Tablet, shown: &Shown, title: &Phrase) -> String {
    let r = t.r;
    match shown {
        Shown::Speaker { names, .. } => who(r, names),
        Shown::Question { text, .. } => text.text.clone(),
        Shown::Poll(poll) => poll.question.text.clone(),
        Shown::Welcome { .. } => title.text.clone(),
        Shown::Break { .. } => slot::break_time(r).to_owned(),
        Shown::Thanks { .. } => screen::thanks(r).to_owned(),
        Shown::Join => console::screen_join(r).to_owned(),
        Shown::Plan { .. } => screen::plan(r).to_owned(),
        Shown::Calm => screen::paused(r).to_owned(),
    }
}

fn who(r: Reader, names: &[Phrase]) -> String {
    parts::phrase::names(r, names).text
}

/// One button of the switch: what it sends, its hue, its form, its word.
struct Choice {
    show: &'static str,
    moment: &'static str,
    form: &'static str,
    word: &'static str,
}

/// Six things that a moderator can put on the screen by hand.
fn switch(t: Tablet) -> impl IntoView {
    let r = t.r;
    let on = Memo::new(move |_| t.view.with(|view| shown_now(&view.screen.shown)));
    let choices = [
        Choice { show: "speaker", moment: "speech", form: "speech", word: console::screen_speaker(r) },
        Choice { show: "join", moment: "plain", form: "join", word: console::screen_join(r) },
        Choice { show: "break", moment: "break", form: "break", word: console::screen_break(r) },
        Choice { show: "plan", moment: "plain", form: "paper", word: console::screen_plan(r) },
        Choice { show: "welcome", moment: "plain", form: "mark", word: console::screen_welcome(r) },
        Choice { show: "thanks", moment: "plain", form: "check", word: console::screen_thanks(r) },
    ];
    let buttons = choices.map(|choice| {
        let is_on = move || on.get() == choice.show;
        view! {
            <button
                class="button"
                class:is-on=is_on
                data-moment=choice.moment
                name="show"
                value=choice.show
                aria-pressed=move || if is_on() { "true" } else { "false" }
            >
                <Shape name=choice.form/>
                {choice.word}
            </button>
        }
    });
    view! {
        <form class="switch" method="post" action=t.to("screen") aria-labelledby="put-on-screen">
            {buttons.into_iter().collect_view()}
        </form>
    }
}

fn shown_now(shown: &Shown) -> &'static str {
    match shown {
        Shown::Speaker { .. } => "speaker",
        Shown::Join => "join",
        Shown::Break { .. } => "break",
        Shown::Plan { .. } => "plan",
        Shown::Welcome { .. } => "welcome",
        Shown::Thanks { .. } => "thanks",
        Shown::Question { .. } | Shown::Poll(_) | Shown::Calm => "",
    }
}
