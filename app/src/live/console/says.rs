//! What the moderators' tablet says: the big button's sentence, the cue card, the names of things.
//!
//! Pure: from a view to words. The domain decides what happens next; here it is only said.

use nadwa_domain::lang::Phrase;
use nadwa_domain::session::next::Lead;
use nadwa_domain::session::plan::SlotKind;
use nadwa_domain::view::console::{ConsoleView, NextAct, NextView};
use nadwa_domain::view::{Moment, SlotView};

use crate::parts::{
    self,
    moment::{of_slot, slot_name},
};
use crate::words::{self, Reader, console, running};

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
        (NextAct::EndRemark, _) if who.is_empty() => running::end_remark_nobody(r).to_owned(),
        (NextAct::EndRemark, _) => running::end_remark(r, &who),
        (NextAct::ThankTurn, _) => console::thank(r, somebody(r, &who)),
        (NextAct::GiveTurn, _) => {
            let next = next.turn.as_ref().map(|name| name.text.as_str()).unwrap_or_default();
            let next = somebody(r, next);
            if who.is_empty() { console::give_floor(r, next) } else { console::thank_give_floor(r, &who, next) }
        }
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
        SlotKind::Paper | SlotKind::Speech => console::thank_give_floor(r, who, somebody(r, &names(r, &to.names))),
        SlotKind::Questions => console::thank_open_questions(r, who),
        SlotKind::Break => console::thank_start_break(r, who),
        SlotKind::Energiser | SlotKind::Opening | SlotKind::Poll | SlotKind::Closing => {
            console::thank_go_on(r, who, called(r, to))
        }
    }
}

fn go_on(r: Reader, to: &SlotView) -> String {
    match to.kind {
        SlotKind::Paper | SlotKind::Speech => console::give_floor(r, somebody(r, &names(r, &to.names))),
        SlotKind::Questions => console::open_questions(r).to_owned(),
        SlotKind::Break => console::start_break(r).to_owned(),
        SlotKind::Energiser | SlotKind::Opening | SlotKind::Poll | SlotKind::Closing => {
            console::go_on(r, called(r, to))
        }
    }
}

/// What a step is called: by its own title if it has one.
fn called(r: Reader, slot: &SlotView) -> &str {
    if slot.title.is_empty() { slot_name(r, slot.kind) } else { &slot.title.text }
}

/// The hue and form of what the big button leads to.
#[must_use]
pub fn leads_to(next: &NextView) -> Moment {
    match (next.act, &next.to) {
        (NextAct::StartClock | NextAct::GiveTurn | NextAct::EndRemark | NextAct::ThankTurn, _) => Moment::Speech,
        (NextAct::OpenPoll | NextAct::ClosePoll | NextAct::ShowPoll, _) => Moment::Poll,
        (NextAct::Thank | NextAct::GoOn, Some(to)) => of_slot(to.kind),
        (NextAct::Thank | NextAct::GoOn, None) | (NextAct::Open | NextAct::Close | NextAct::Nothing, _) => {
            Moment::Plain
        }
    }
}

/// A cue card: what to say, and what to press then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The words to say.
    pub say: Phrase,
    /// When to press what, in the very words of the button; nothing where nothing is pressed.
    pub then: String,
    /// Whether that button is in the list of questions.
    pub list: bool,
}

/// Whether what is pressed next stands in the list of questions.
#[must_use]
pub const fn in_list(lead: Lead) -> bool {
    match lead {
        Lead::Ask | Lead::Answer => true,
        Lead::Button | Lead::Nowhere => false,
    }
}

/// What to say now, and the button that comes after it (`N6`). While somebody speaks: the thanks that will end the
/// speech, so that it can be read beforehand.
#[must_use]
pub fn cue(r: Reader, view: &ConsoleView) -> Cue {
    let then = match view.lead {
        Lead::Nowhere => String::new(),
        Lead::Ask => console::then_ask(r, console::show(r)),
        Lead::Answer => console::then_answered(r, console::answered(r)),
        Lead::Button => then(r, view),
    };
    Cue { say: say(r, view), then, list: in_list(view.lead) }
}

/// When the big button is pressed, and what it says.
fn then(r: Reader, view: &ConsoleView) -> String {
    let button = big_button(r, &view.next);
    let who = names(r, &view.names);
    match view.next.act {
        NextAct::Thank | NextAct::EndRemark | NextAct::ThankTurn | NextAct::GiveTurn | NextAct::Close
            if !who.is_empty() =>
        {
            console::after_speech(r, &who, &button)
        }
        NextAct::GoOn | NextAct::Thank | NextAct::Close if view.moment == Moment::Question => {
            console::after_questions(r, &button)
        }
        NextAct::GoOn | NextAct::Thank if view.moment == Moment::Break => console::after_break(r, &button),
        NextAct::ClosePoll => console::after_votes(r, &button),
        NextAct::Open
        | NextAct::StartClock
        | NextAct::Thank
        | NextAct::EndRemark
        | NextAct::ThankTurn
        | NextAct::GiveTurn
        | NextAct::GoOn
        | NextAct::OpenPoll
        | NextAct::ShowPoll
        | NextAct::Close
        | NextAct::Nothing => console::then_press(r, &button),
    }
}

fn say(r: Reader, view: &ConsoleView) -> Phrase {
    let who = names(r, &view.names);
    let own = |text: String| Phrase { text, lang: r.lang, dir: r.lang.dir() };
    let plain = |text: &str| own(text.to_owned());
    let asked = || view.questions.iter().find(|question| question.on_screen).map(|question| question.text.clone());
    let here = view.place.and_then(|place| view.slots.get(place as usize - 1)).map(|slot| slot.kind);
    // The plan's own words open its part.
    let opens = || if view.cue.is_empty() { own(usual(r, view.moment, here, &who)) } else { view.cue.clone() };
    if view.paused {
        return plain(console::cue_paused(r));
    }
    match (view.lead, view.next.act) {
        (Lead::Nowhere, _) | (_, NextAct::Nothing) => plain(console::cue_thanks(r)),
        (Lead::Answer, _) => asked().unwrap_or_else(opens),
        (Lead::Ask, _) => opens(),
        (Lead::Button, act) => match act {
            NextAct::Open => plain(console::cue_welcome(r)),
            NextAct::StartClock if is_speech(here) => opens(),
            NextAct::StartClock => own(console::cue_speech(r, somebody(r, &who))),
            NextAct::GiveTurn => own(gives(r, view, &who)),
            NextAct::OpenPoll => opens(),
            NextAct::ClosePoll => plain(console::cue_voting(r)),
            NextAct::ShowPoll => plain(console::cue_voted(r)),
            NextAct::GoOn if here == Some(SlotKind::Poll) => plain(console::cue_results(r)),
            NextAct::Thank | NextAct::EndRemark | NextAct::ThankTurn | NextAct::Close if !who.is_empty() => {
                own(thanks(r, view, &who))
            }
            NextAct::Thank | NextAct::EndRemark | NextAct::ThankTurn | NextAct::GoOn | NextAct::Close => opens(),
            NextAct::Nothing => plain(console::cue_thanks(r)),
        },
    }
}

fn is_speech(kind: Option<SlotKind>) -> bool {
    matches!(kind, Some(SlotKind::Paper | SlotKind::Speech))
}

/// The next of the hall is called, after a thanks to whoever spoke.
fn gives(r: Reader, view: &ConsoleView, who: &str) -> String {
    let next = view.next.turn.as_ref().map(|name| name.text.as_str()).unwrap_or_default();
    let call = console::cue_speech(r, somebody(r, next));
    if who.is_empty() { call } else { [console::cue_thank(r, who), call].join(" ") }
}

fn thanks(r: Reader, view: &ConsoleView, who: &str) -> String {
    let then = view.next.to.as_ref().and_then(|to| announces(r, to));
    [Some(console::cue_thank(r, who)), then].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is said when the plan has no words of its own, for a part of this kind.
fn usual(r: Reader, moment: Moment, kind: Option<SlotKind>, who: &str) -> String {
    match moment {
        Moment::Speech if !who.is_empty() => console::cue_speech(r, who),
        Moment::Question => console::cue_questions(r).to_owned(),
        Moment::Poll => console::cue_poll(r).to_owned(),
        // The wall shows what to do, and speaks of no break.
        Moment::Break if kind == Some(SlotKind::Energiser) => console::cue_energiser(r).to_owned(),
        Moment::Break => console::cue_break(r).to_owned(),
        Moment::Thanks => console::cue_thanks(r).to_owned(),
        Moment::Plain | Moment::Speech => console::cue_welcome(r).to_owned(),
    }
}

fn announces(r: Reader, to: &SlotView) -> Option<String> {
    match of_slot(to.kind) {
        Moment::Plain | Moment::Thanks => None,
        moment @ (Moment::Speech | Moment::Question | Moment::Poll | Moment::Break) => {
            Some(usual(r, moment, Some(to.kind), &names(r, &to.names)))
        }
    }
}

/// A name; or whoever it is, where no name is known.
fn somebody(r: Reader, name: &str) -> &str {
    if name.is_empty() { running::somebody(r) } else { name }
}

fn names(r: Reader, who: &[Phrase]) -> String {
    parts::phrase::names(r, who).text
}

#[cfg(test)]
mod tests {
    use nadwa_domain::ids::SlotId;
    use nadwa_domain::view::{ClockState, ClockView, PhaseView};
    use nadwa_domain::{Lang, Span};
    use uuid::Uuid;

    use super::*;
    use crate::words::Digits;

    const AR: Reader = Reader::new(Lang::AR, Digits::Latin);
    const EN: Reader = Reader::new(Lang::EN, Digits::Latin);

    fn said(text: &str) -> Phrase {
        Phrase { text: text.to_owned(), ..Phrase::default() }
    }

    fn slot(kind: SlotKind, names: &[&str]) -> SlotView {
        let names = names.iter().map(|name| said(name)).collect();
        SlotView { id: SlotId(Uuid::nil()), kind, title: Phrase::default(), names, planned: Span::minutes(5) }
    }

    fn next(act: NextAct, who: &[&str], to: Option<SlotView>) -> NextView {
        NextView { act, who: who.iter().map(|name| said(name)).collect(), to, turn: None }
    }

    #[test]
    fn the_big_button_says_the_whole_step() {
        let yusuf = Some(slot(SlotKind::Paper, &["يوسف"]));
        let button = |act, who: &[&str], to| big_button(AR, &next(act, who, to));
        assert_eq!(button(NextAct::Open, &[], None), "فتح الجلسة");
        assert_eq!(button(NextAct::GoOn, &[], yusuf.clone()), "إعطاء الكلمة إلى يوسف");
        assert_eq!(button(NextAct::StartClock, &["مريم"], None), "بدء ساعة مريم");
        assert_eq!(button(NextAct::Thank, &["مريم"], yusuf), "شكر مريم وإعطاء الكلمة إلى يوسف");
        let questions = Some(slot(SlotKind::Questions, &[]));
        assert_eq!(button(NextAct::Thank, &["مريم", "لينا"], questions), "شكر مريم ولينا وفتح الأسئلة");
        assert_eq!(button(NextAct::Close, &[], None), "ختام الجلسة");
    }

    #[test]
    fn going_to_a_poll_does_not_promise_to_open_it() {
        let poll = next(NextAct::Thank, &["مريم"], Some(slot(SlotKind::Poll, &[])));
        assert_eq!(big_button(AR, &poll), "شكر مريم والانتقال إلى تصويت");
        assert_eq!(big_button(EN, &next(NextAct::OpenPoll, &[], None)), "Open the poll");
    }

    #[test]
    fn whoever_has_been_forgotten_is_thanked_without_a_name() {
        let to = Some(slot(SlotKind::Break, &[]));
        assert_eq!(big_button(AR, &next(NextAct::Thank, &[], to)), "بدء الاستراحة");
    }

    #[test]
    fn while_somebody_speaks_the_card_holds_the_thanks() {
        let clock = |state| Some(ClockView { limit: Span::minutes(5), state });
        let mut view = ConsoleView {
            phase: PhaseView::Open,
            moment: Moment::Speech,
            cue: said("الآن مريم."),
            names: vec![said("مريم")],
            place: Some(1),
            slots: vec![slot(SlotKind::Paper, &["مريم"])],
            clock: clock(ClockState::Ready),
            next: next(NextAct::StartClock, &["مريم"], None),
            ..ConsoleView::default()
        };
        assert_eq!(cue(AR, &view).say.text, "الآن مريم.");
        view.clock = clock(ClockState::Paused { remaining: Span::minutes(1) });
        view.next = next(NextAct::Thank, &["مريم"], Some(slot(SlotKind::Questions, &[])));
        let card = cue(AR, &view);
        assert_eq!(card.say.text, "شكرًا يا مريم. والآن، أسئلتكم من الهواتف.");
        assert_eq!(card.then, "بعد كلمة مريم نضغط: «شكر مريم وفتح الأسئلة».");
    }

    #[test]
    fn the_card_says_to_press_what_the_button_says_in_every_state() {
        let acts = [
            NextAct::Open,
            NextAct::StartClock,
            NextAct::Thank,
            NextAct::EndRemark,
            NextAct::ThankTurn,
            NextAct::GiveTurn,
            NextAct::GoOn,
            NextAct::OpenPoll,
            NextAct::ClosePoll,
            NextAct::ShowPoll,
            NextAct::Close,
            NextAct::Nothing,
        ];
        let moments = [Moment::Plain, Moment::Speech, Moment::Question, Moment::Poll, Moment::Break, Moment::Thanks];
        let leads = [Lead::Button, Lead::Ask, Lead::Answer, Lead::Nowhere];
        let who: [&[&str]; 2] = [&[], &["مريم"]];
        for (act, moment, lead) in acts
            .into_iter()
            .flat_map(|act| moments.into_iter().flat_map(move |moment| leads.map(move |lead| (act, moment, lead))))
        {
            for (names, kind) in
                who.into_iter().flat_map(|who| [SlotKind::Paper, SlotKind::Poll].map(|kind| (who, kind)))
            {
                let next = next(act, names, Some(slot(kind, names)));
                let names = next.who.clone();
                let view = ConsoleView { phase: PhaseView::Open, moment, lead, names, next, ..ConsoleView::default() };
                let (card, button) = (cue(AR, &view), big_button(AR, &view.next));
                let quoted = match lead {
                    Lead::Button => Some(button.as_str()),
                    Lead::Ask => Some(console::show(AR)),
                    Lead::Answer => Some(console::answered(AR)),
                    Lead::Nowhere => None,
                };
                // Isolates are no part of what is read.
                let then = card.then.replace(['\u{2068}', '\u{2069}'], "");
                let quotes = quoted.is_none_or(|quoted| then.contains(&format!("«{quoted}»")));
                assert!(quotes && card.then.is_empty() == quoted.is_none(), "{act:?} {moment:?} {lead:?}: {card:?}");
                assert_eq!(card.list, matches!(lead, Lead::Ask | Lead::Answer));
                assert!(!card.say.text.is_empty());
            }
        }
    }

    #[test]
    fn something_to_move_to_is_not_announced_as_a_break() {
        let at = |kind| ConsoleView {
            phase: PhaseView::Open,
            moment: Moment::Break,
            place: Some(1),
            slots: vec![slot(kind, &[])],
            next: next(NextAct::GoOn, &[], None),
            ..ConsoleView::default()
        };
        assert_eq!(cue(EN, &at(SlotKind::Break)).say.text, console::cue_break(EN));
        assert_eq!(cue(EN, &at(SlotKind::Energiser)).say.text, console::cue_energiser(EN));
    }
}
