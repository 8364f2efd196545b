//! A hall asks without end: pictures stay small, every question can be reached, and the work grows little faster than
//! the number of questions.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant as Watch};

use nadwa_domain::entry::{Entry, Words};
use nadwa_domain::entry::{FloorEvent, QuestionEvent, ScreenEvent, SessionEvent};
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::question::{AskedAs, Asks, Question};
use nadwa_domain::view::console::{CARDS, ConsoleView, Part, console};
use nadwa_domain::{Event, Lang, Session};

use crate::support::cast::{MODERATOR, SERVER, START, phone_of, question};
use crate::support::{Story, json, nothing};

const WORDS: [&str; 4] = [
    "متى نسمع جواب المسؤولين عن أفكارنا؟",
    "When do we hear what was decided?",
    "Quand saurons-nous la réponse ?",
    "؟؟",
];

/// A session with so many passed questions, of all kinds; every so-manieth is joined to one before it.
fn full(passed: u128, joins: u128) -> Session {
    let mut session = Session::default();
    let mut tell = |event, words: &str| {
        let (seq, at) = (
            session.seq + 1,
            START + nadwa_domain::Span::seconds(i64::try_from(session.seq % 97).expect("less than a hundred")),
        );
        session.apply(&Entry { seq, at, by: MODERATOR, event, words: Words::text(words) });
    };
    tell(Event::Session(SessionEvent::Opened), "");
    for n in 0..passed {
        let (id, asks) = (question(n), [Some(Asks::Child), None, Some(Asks::Adult)][n as usize % 3]);
        let asker = phone_of(question(n - n % 2));
        tell(
            Event::Question(QuestionEvent::QuestionAsked {
                id,
                asker,
                said: AskedAs { asks, ..AskedAs::default() },
                slip: false,
            }),
            WORDS[(n * 7 % 11) as usize % 4],
        );
        tell(Event::Question(QuestionEvent::QuestionPassed { id }), "");
        if n % joins == 1 {
            tell(Event::Question(QuestionEvent::QuestionJoined { id, to: question(n / joins * joins) }), "");
        }
    }
    session
}

/// The rule of the mix word by word, at whatever cost.
fn mix_by_the_book(session: &Session) -> Vec<QuestionId> {
    let mut heard: BTreeMap<Option<Lang>, u32> = BTreeMap::new();
    for question in session.questions.iter().filter(|question| question.shown) {
        *heard.entry(question.noticed).or_default() += 1;
    }
    let group = |card: &Question| -> Vec<Question> {
        std::iter::once(card.clone()).chain(session.joined_to(card.id).cloned()).collect()
    };
    let mut left: Vec<&Question> = session.cards().collect();
    let mut order = vec![];
    while !left.is_empty() {
        let next = (0..left.len()).min_by_key(|at| {
            let (card, group) = (left[*at], group(left[*at]));
            let by_child = group.iter().any(|question| question.said.asks == Some(Asks::Child));
            let phones: BTreeSet<_> = group.iter().map(|question| question.asker).collect();
            let heard = heard.get(&card.noticed).copied().unwrap_or_default();
            (heard, !by_child, Reverse(phones.len()), card.asked_at, card.id)
        });
        let card = left.remove(next.expect("somebody is left"));
        *heard.entry(card.noticed).or_default() += 1;
        order.push(card.id);
    }
    order
}

fn seen(story: &Story, part: Part) -> ConsoleView {
    console(&story.session, &story.session.deck(), story.hall(), Lang::AR, part)
}

fn story_of(session: Session) -> Story {
    let mut story = nothing();
    story.session = session;
    story
}

#[test]
fn the_mix_is_the_one_of_the_rule_however_it_is_worked_out() {
    for joins in [3, 7, 50] {
        let mut session = full(120, joins);
        assert_eq!(session.deck().mix, mix_by_the_book(&session));
        let seq = session.seq + 1;
        let screen = nadwa_domain::session::screen::Screen::Question { id: question(joins) };
        session.apply(&Entry {
            seq,
            at: START,
            by: SERVER,
            event: Event::Screen(ScreenEvent::ScreenSet { screen }),
            words: Words::none(),
        });
        assert_eq!(session.deck().mix, mix_by_the_book(&session), "what was shown counts at once");
    }
}

#[test]
fn a_picture_is_bounded_and_every_question_is_in_one_of_them() {
    let story = story_of(full(2_000, 4));
    let mut found = BTreeSet::new();
    let mut part = Some(Part { card: None, from: 0 });
    while let Some(here) = part {
        let view = seen(&story, here);
        assert!(json(&view).len() < 40_000 && view.questions.len() <= CARDS as usize);
        found.extend(
            view.questions.iter().flat_map(|card| std::iter::once(card.id).chain(card.joined.iter().map(|q| q.id))),
        );
        part = view.part.after(view.of);
    }
    assert_eq!(found.len(), 2_000);
    let beyond = seen(&story, Part { card: None, from: u32::MAX });
    assert_eq!((beyond.part.from, beyond.part.after(beyond.of)), (1_480, None), "beyond the last is the last");
    assert_eq!(seen(&story, Part { card: Some(question(1)), from: 0 }).part.card, None, "what is no card has no page");
}

#[test]
fn all_that_were_joined_to_one_card_are_reached_from_it() {
    let mut story = story_of(full(300, 1_000));
    for n in 2..300 {
        let (seq, event) = (
            story.session.seq + 1,
            Event::Question(QuestionEvent::QuestionJoined { id: question(n), to: question(0) }),
        );
        story.session.apply(&Entry { seq, at: START, by: MODERATOR, event, words: Words::none() });
    }
    let whole = seen(&story, Part::default());
    assert_eq!((whole.questions.len(), whole.questions[0].joined.len(), whole.questions[0].joined_of), (1, 5, 299));
    let mut found = BTreeSet::new();
    let mut part = Some(Part { card: Some(question(0)), from: 0 });
    while let Some(here) = part {
        let view = seen(&story, here);
        found.extend(view.questions[0].joined.iter().map(|joined| joined.id));
        part = view.part.after(view.of);
    }
    assert_eq!(found.len(), 299);
}

#[test]
fn what_was_chosen_is_at_hand_wherever_it_stands() {
    let mut story = story_of(full(500, 1_000));
    let seq = story.session.seq + 1;
    let event = Event::Question(QuestionEvent::QuestionChosen { id: question(444) });
    story.session.apply(&Entry { seq, at: START, by: MODERATOR, event, words: Words::none() });
    let first = seen(&story, Part::default());
    let last = first.questions.last().expect("cards");
    assert_eq!((first.questions.len(), last.id, last.chosen), (CARDS as usize + 1, question(444), true));
}

/// The least of some tries: whatever else the machine does makes it longer, never shorter.
fn least(mut work: impl FnMut()) -> Duration {
    let once = |work: &mut dyn FnMut()| {
        let begun = Watch::now();
        work();
        begun.elapsed()
    };
    (0..25).map(|_| once(&mut work)).min().unwrap_or_default()
}

#[test]
fn eight_times_the_questions_are_hardly_more_than_eight_times_the_work() {
    // The square would be 64 times, the cube 512: between them and n log n (11 times) there is room for a busy machine.
    let work = |passed| {
        let session = full(passed, 5);
        least(|| assert!(session.deck().mix_differs()))
    };
    let (few, many) = (work(500), work(4_000));
    assert!(many < few * 32, "{few:?} for 500, {many:?} for 4,000");
}

#[test]
fn only_what_changes_the_cards_asks_for_another_deck() {
    let mut session = full(50, 5);
    let (before, cards) = (session.cards_changed, session.deck().cards.len());
    let tell = |session: &mut Session, event| {
        let seq = session.seq + 1;
        session.apply(&Entry { seq, at: START, by: MODERATOR, event, words: Words::text("سؤال آخر؟") });
    };
    let said = AskedAs::default();
    tell(
        &mut session,
        Event::Question(QuestionEvent::QuestionAsked {
            id: question(900),
            asker: phone_of(question(900)),
            said,
            slip: false,
        }),
    );
    tell(&mut session, Event::Floor(FloorEvent::TimerStarted));
    assert_eq!(session.cards_changed, before, "neither a question that waits nor a press of the clock");
    tell(&mut session, Event::Question(QuestionEvent::QuestionPassed { id: question(900) }));
    assert_eq!((session.cards_changed, session.deck().cards.len()), (session.seq, cards + 1));
    let screen = nadwa_domain::session::screen::Screen::Question { id: question(900) };
    tell(&mut session, Event::Screen(ScreenEvent::ScreenSet { screen }));
    assert_eq!(session.cards_changed, session.seq, "what the hall has seen comes later in the mix");
}
