//! What the room sees: a true preview of the screen, and the buttons that change it.

use leptos::prelude::*;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::view::{ClockView, PollState};
use nadwa_domain::{Phrase, Span};

use crate::live::console::{Tablet, beside, paper};
use crate::live::later;
use crate::parts::clock::Rules;
use crate::parts::phrase::names;
use crate::parts::team::rehearses;
use crate::parts::{ClockFace, Number, Plain, Shape};
use crate::words::{audience, console, numbers, paper as paper_words, rehearsal, running, screen, slot};

/// The first column.
pub(super) fn wall(t: Tablet) -> impl IntoView {
    let preview = later::part(".wall > .preview", move || preview(t));
    let acts = later::part(".wall > .screens", move || acts(t));
    view! {
        <section class="wall" aria-labelledby="on-screen">
            <h2 class="label" id="on-screen">{console::on_screen_now(t.r)}</h2>
            {preview}
            {acts}
            {beside::help(t)}
        </section>
    }
}

/// What can be put on the screen, one press away: it mostly follows the session by itself.
fn acts(t: Tablet) -> impl IntoView {
    let (paused, over) = (t.paused(), t.over());
    view! {
        <details class="more screens" hidden=move || over.get()>
            <summary class="button"><span id="put-on-screen">{console::put_on_screen(t.r)}</span></summary>
            <fieldset class="acts" disabled=move || paused.get()>
                <legend class="unseen">{console::put_on_screen(t.r)}</legend>
                {paper::pages(t)}
                {switch(t)}
            </fieldset>
        </details>
    }
}

fn preview(t: Tablet) -> impl IntoView {
    let shown = Memo::new(move |_| t.view.with(|view| view.screen.shown.clone()));
    let title = StoredValue::new(t.view.with_untracked(|view| view.title.clone()));
    let label = move || {
        let what = shown.with(|shown| title.with_value(|title| picture(t, shown, title)));
        console::screen_shows(t.r, &what.voice.text)
    };
    view! {
        <div
            class="preview"
            data-theme="projector"
            data-moment=move || shown.with(colours)
            role="img"
            aria-label=label
        >
            {move || drawn(t, shown.with(|shown| title.with_value(|title| picture(t, shown, title))))}
        </div>
    }
}

/// Fields that are coloured on the wall as a whole are coloured here too.
fn colours(shown: &Shown) -> Option<&'static str> {
    match shown {
        Shown::Question { .. } => Some("question"),
        Shown::Break { .. } => Some("break"),
        Shown::Calm => Some("safety"),
        Shown::Speaker { .. }
        | Shown::Join
        | Shown::Plan { .. }
        | Shown::Welcome { .. }
        | Shown::Thanks { .. }
        | Shown::Queue { .. }
        | Shown::Rules { .. }
        | Shown::Poll(_)
        | Shown::Paper { .. } => None,
    }
}

/// The preview as data: what is large, what explains it, what stands beside.
#[derive(Default)]
struct Picture {
    voice: Phrase,
    about: Option<Phrase>,
    clock: Option<(ClockView, Rules)>,
    /// The clock of a break: it is counted down to the return, and no further.
    back: Option<ClockView>,
    form: Option<&'static str>,
}

/// The preview: the same words and the same clock as on the wall.
fn picture(t: Tablet, shown: &Shown, title: &Phrase) -> Picture {
    let r = t.r;
    let own = |text: &str| Phrase { text: text.to_owned(), lang: r.lang, dir: r.lang.dir() };
    let drawn = |voice, about, form| Picture { voice, about, form: Some(form), ..Picture::default() };
    match shown {
        Shown::Speaker { names: who, about, clock, rules } => {
            let clock = clock.map(|clock| (clock, Rules::from(rules)));
            Picture { voice: names(r, who), about: Some(about.clone()), clock, ..Picture::default() }
        }
        Shown::Break { clock, energiser, title } => {
            let usual = if *energiser { slot::energizer(r) } else { slot::break_time(r) };
            let voice = if title.is_empty() { own(usual) } else { title.clone() };
            Picture { back: *clock, ..drawn(voice, None, "break") }
        }
        Shown::Queue { turns, .. } => {
            let first = turns.first().map(|turn| turn.name.clone());
            drawn(own(running::queue_title(r)), first, "person")
        }
        Shown::Rules { .. } => drawn(own(running::rules_title(r)), None, "mark"),
        Shown::Question { text, .. } => Picture { voice: text.clone(), ..Picture::default() },
        Shown::Poll(poll) => drawn(poll.question.clone(), Some(own(poll_state(t, &poll.state))), "poll"),
        Shown::Welcome { team, .. } => {
            let by = (!team.is_empty()).then(|| own(&audience::run_by(r, &names(r, team).text)));
            drawn(title.clone(), by, "mark")
        }
        Shown::Thanks { team } => drawn(own(screen::thanks(r)), Some(names(r, team)), "mark"),
        Shown::Join => {
            let rehearsed = t.code.with_value(|code| rehearses(code));
            let about = if rehearsed { rehearsal::no_join(r) } else { screen::join_title(r) };
            drawn(own(console::screen_join(r)), Some(own(about)), "join")
        }
        Shown::Plan { .. } => drawn(own(screen::plan(r)), None, "paper"),
        Shown::Paper { about, page, clock, rules, .. } => {
            let turned = page.map(|page| own(&paper::page_of(r, &page)));
            // A page fills the wall; beside the messages there is the speaker's clock.
            let clock = clock.filter(|_| page.is_none()).map(|clock| (clock, Rules::from(rules)));
            let voice = turned.unwrap_or_else(|| own(paper_words::key_messages(r)));
            let form = clock.is_none().then_some("paper");
            Picture { voice, about: Some(about.clone()), clock, form, ..Picture::default() }
        }
        Shown::Calm => drawn(own(screen::paused(r)), Some(own(screen::paused_text(r))), "safety"),
    }
}

fn drawn(t: Tablet, picture: Picture) -> impl IntoView {
    let Picture { voice, about, clock, back, form } = picture;
    // A question is set as the hall reads it, everything else as a name with what it is about.
    let class = if about.is_none() && clock.is_none() && form.is_none() { "said" } else { "voice" };
    let rules = clock.map(|(_, rules)| rules).unwrap_or_default();
    let clock = clock.map(|(clock, _)| clock);
    let back = back.map(|clock| {
        let left = Memo::new(move |_| numbers::clock(t.r, clock.remaining(t.now.get()).max(Span::ZERO)));
        view! { <p class="about">{move || view! { <Number text=left.get()/> }}</p> }
    });
    view! {
        <div>
            <p class=class><Plain phrase=voice/></p>
            {about.map(|about| view! { <p class="about"><Plain phrase=about/></p> })}
            {back}
        </div>
        <ClockFace reader=t.r clock=Signal::stored(clock) now=t.now size="small" rules/>
        {form.map(|name| view! { <Shape name/> })}
    }
}

/// Holds the screen as it is, or lets it follow the session.
fn pin(t: Tablet) -> impl IntoView {
    let r = t.r;
    let held = Memo::new(move |_| t.view.with(|view| view.running.pinned));
    view! {
        <form class="pin" method="post" action=t.to("screen/pin")>
            <input type="hidden" name="on" value=move || if held.get() { "false" } else { "true" }/>
            <button class="button" class:is-on=move || held.get() aria-pressed=move || if held.get() { "true" } else { "false" }>
                <Shape name="hold"/>
                {move || if held.get() { running::unpin(r) } else { running::pin(r) }}
            </button>
        </form>
    }
}

fn poll_state(t: Tablet, state: &PollState) -> &'static str {
    match state {
        PollState::Open => screen::poll_open(t.r),
        PollState::Closed => screen::poll_closed(t.r),
        PollState::Shown(_) => console::poll_shown(t.r),
        PollState::Annulled(_) => crate::words::poll::annulled(t.r),
    }
}

/// One button of the switch: what it sends, its hue, its form, its word.
#[derive(Clone, Copy)]
struct Choice {
    show: &'static str,
    moment: &'static str,
    form: &'static str,
    word: &'static str,
}

/// Things that a moderator can put on the screen by hand: four in sight, what comes by itself or seldom behind a tap.
fn switch(t: Tablet) -> impl IntoView {
    let r = t.r;
    let often = [
        Choice { show: "speaker", moment: "speech", form: "speech", word: console::screen_speaker(r) },
        Choice { show: "join", moment: "plain", form: "join", word: console::screen_join(r) },
        Choice { show: "queue", moment: "speech", form: "person", word: running::screen_queue(r) },
        Choice { show: "break", moment: "break", form: "break", word: console::screen_break(r) },
    ];
    let seldom = [
        Choice { show: "plan", moment: "plain", form: "paper", word: console::screen_plan(r) },
        Choice { show: "rules", moment: "plain", form: "message", word: running::screen_rules(r) },
        Choice { show: "welcome", moment: "plain", form: "mark", word: console::screen_welcome(r) },
        Choice { show: "thanks", moment: "plain", form: "check", word: console::screen_thanks(r) },
    ];
    view! {
        {choices(t, often)}
        <details class="more">
            <summary class="button">{running::screen_more(r)}</summary>
            {choices(t, seldom)}
            {pin(t)}
        </details>
    }
}

fn choices(t: Tablet, choices: [Choice; 4]) -> impl IntoView {
    let on = Memo::new(move |_| t.view.with(|view| shown_now(&view.screen.shown)));
    let buttons = choices.map(|choice| {
        let is_on = move || on.get() == choice.show;
        // The button that called a break by hand becomes the way back from it.
        let ends = move || choice.show == "break" && on.get() == BY_HAND;
        view! {
            <button
                class="button"
                class:is-on=is_on
                data-moment=choice.moment
                name="show"
                value=move || if ends() { "session" } else { choice.show }
                aria-pressed=move || if is_on() { "true" } else { "false" }
            >
                <Shape name=choice.form/>
                {move || if ends() { console::end_break(t.r) } else { choice.word }}
            </button>
        }
    });
    view! {
        <form class="switch" method="post" action=t.to("screen") aria-labelledby="put-on-screen">
            {buttons.into_iter().collect_view()}
        </form>
    }
}

/// In place of what a button sends, while a break is called by hand.
const BY_HAND: &str = "by-hand";

/// Whether a break was called by hand: one of the plan has a clock.
pub(super) fn rests_by_hand(shown: &Shown) -> bool {
    matches!(shown, Shown::Break { clock: None, .. })
}

fn shown_now(shown: &Shown) -> &'static str {
    match shown {
        Shown::Speaker { .. } => "speaker",
        Shown::Join => "join",
        shown if rests_by_hand(shown) => BY_HAND,
        Shown::Break { .. } => "break",
        Shown::Plan { .. } => "plan",
        Shown::Welcome { .. } => "welcome",
        Shown::Thanks { .. } => "thanks",
        Shown::Queue { .. } => "queue",
        Shown::Rules { .. } => "rules",
        Shown::Question { .. } | Shown::Poll(_) | Shown::Paper { .. } | Shown::Calm => "",
    }
}
