//! What the moderators' tablet says: the big button's sentence, the cue card, the names of things.
//!
//! Pure: from a view to words. The domain decides what happens next; here it is only said.

use nadwa_domain::lang::Phrase;
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::view::console::{ConsoleView, NextAct, NextView};
use nadwa_domain::view::{ClockState, Moment, PhaseView, SlotView};

use crate::parts::{
    self,
    moment::{of_slot, slot_name},
};
use crate::words::{self, Reader, console};

/// The big button: a full sentence that says what will happen.
#[must_use]
pub fn big_button(r: Reader, next: &NextView) -> String {
    let who = names(r, &next.who);
    match (next.act, &next.to) {
        (NextAct::Open, _) => console::open_session(r).to_owned(),
        (NextAct::StartClock, _) if who.is_empty() => console::start_clock(r).to_owned(),
        (NextAct::StartClock, _) => console::start_clock_of(r, &who),
        (NextAct::Thank, Some(to)) if !who.is_empty() => thank(r, &who, to),
        (NextAct::Thank | NextAct::GoOn, Some(to)) => go_on(r, to),
        (NextAct::Thank | NextAct::GoOn, None) => console::go_on(r, words::common::next(r)),
        (NextAct::OpenPoll, _) => console::open_poll(r).to_owned(),
        (NextAct::ClosePoll, _) => console::close_poll(r).to_owned(),
        (NextAct::ShowPoll, _) => console::show_results(r).to_owned(),
        (NextAct::Close, _) if who.is_empty() => console::close_session(r).to_owned(),
        (NextAct::Close, _) => console::thank_close(r, &who),
        (NextAct::Nothing, _) => console::closed(r).to_owned(),
    }
}

fn thank(r: Reader, who: &str, to: &SlotView) -> String {
    match to.kind {
        SlotKind::Paper | SlotKind::Speech => console::thank_give_floor(r, who, &names(r, &to.names)),
        SlotKind::Questions => console::thank_open_questions(r, who),
        SlotKind::Break => console::thank_start_break(r, who),
        SlotKind::Opening | SlotKind::Poll | SlotKind::Closing => console::thank_go_on(r, who, slot_name(r, to.kind)),
    }
}

fn go_on(r: Reader, to: &SlotView) -> String {
    match to.kind {
        SlotKind::Paper | SlotKind::Speech => console::give_floor(r, &names(r, &to.names)),
        SlotKind::Questions => console::open_questions(r).to_owned(),
        SlotKind::Break => console::start_break(r).to_owned(),
        SlotKind::Opening | SlotKind::Poll | SlotKind::Closing => console::go_on(r, slot_name(r, to.kind)),
    }
}

/// The hue and form of what the big button leads to.
#[must_use]
pub fn leads_to(next: &NextView) -> Moment {
    match (next.act, &next.to) {
        (NextAct::StartClock, _) => Moment::Speech,
        (NextAct::OpenPoll | NextAct::ClosePoll | NextAct::ShowPoll, _) => Moment::Poll,
        (NextAct::Thank | NextAct::GoOn, Some(to)) => of_slot(to.kind),
        _ => Moment::Plain,
    }
}

/// A cue card: what to say, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The words to say.
    pub say: Phrase,
    /// When to say them, or what comes after them.
    pub then: String,
}

/// What to say now. While somebody speaks: the thanks that will end the speech, so that it can be read beforehand.
#[must_use]
pub fn cue(r: Reader, view: &ConsoleView) -> Cue {
    let who = names(r, &view.names);
    let own = |text: String| Phrase { text, lang: r.lang, dir: r.lang.dir() };
    if view.phase != PhaseView::Open {
        let (say, then) = match view.phase {
            PhaseView::Over => (console::cue_thanks(r), ""),
            _ => (console::cue_welcome(r), console::when_ready(r)),
        };
        return Cue { say: own(say.to_owned()), then: then.to_owned() };
    }
    let speaks = !who.is_empty() && view.clock.is_some_and(|clock| clock.state != ClockState::Ready);
    if speaks {
        let mut say = console::cue_thank(r, &who);
        if let Some(then) = view.next.to.as_ref().and_then(|to| announces(r, to)) {
            say.push(' ');
            say.push_str(&then);
        }
        return Cue { say: own(say), then: console::after_speech(r, &who) };
    }
    let say = if view.cue.is_empty() { own(usual(r, view.moment, &who)) } else { view.cue.clone() };
    Cue { say, then: console::when_ready(r).to_owned() }
}

/// What is said when the plan has no words of its own.
fn usual(r: Reader, moment: Moment, who: &str) -> String {
    match moment {
        Moment::Speech if !who.is_empty() => console::cue_speech(r, who),
        Moment::Question => console::cue_questions(r).to_owned(),
        Moment::Poll => console::cue_poll(r).to_owned(),
        Moment::Break => console::cue_break(r).to_owned(),
        Moment::Thanks => console::cue_thanks(r).to_owned(),
        Moment::Plain | Moment::Speech => console::cue_welcome(r).to_owned(),
    }
}

fn announces(r: Reader, to: &SlotView) -> Option<String> {
    match of_slot(to.kind) {
        Moment::Plain | Moment::Thanks => None,
        moment => Some(usual(r, moment, &names(r, &to.names))),
    }
}

fn names(r: Reader, who: &[Phrase]) -> String {
    parts::phrase::names(r, who).text
}
