//! The desk: a trained adult passes, holds, or hands over to safeguarding, and may take it back for ten seconds.

use nadwa_domain::command::{DeskCommand, QuestionCommand};
use nadwa_domain::entry::QuestionEvent;
use nadwa_domain::session::question::{AskedAs, HoldReason, Status};
use nadwa_domain::text::QuestionText;
use nadwa_domain::view::desk::Outcome;
use nadwa_domain::view::mine::MyState;
use nadwa_domain::{Command, Event, Refusal, Span};

use crate::support::cast::{
    ONE, OTHER_PHONE, PHONE, SECOND_STEWARD, STEWARD, TWO, phone, phone_of, question, words_of,
};
use crate::support::press::{Press, asks, by, chosen, desk, held, open, passed, safeguarded, taken_back, wait};
use crate::support::{Story, given};

#[test]
fn the_desk_reads_every_question_as_it_was_written_oldest_first() {
    let story = given([open(), desk(), asks(PHONE, ONE), wait(1), asks(OTHER_PHONE, TWO)]);
    let waiting: Vec<_> = story.desk().waiting.into_iter().map(|q| q.text.text).collect();
    assert_eq!(waiting, [words_of(ONE), words_of(TWO)]);
}

#[test]
fn the_desk_is_told_that_nothing_comes_in_once_the_session_is_over() {
    let story = given([open(), desk()]);
    assert!(story.desk().intake_open);
    assert!(!story.until_over().desk().intake_open);
}

#[test]
fn a_long_queue_is_shown_in_part_and_counted_in_full() {
    let mut story = given([open(), desk()]);
    for n in 1..=63 {
        story = story.and([says(n, &other_words(n), false)]);
    }
    assert_eq!((story.desk().waiting.len(), story.desk().more), (60, 3));
}

/// Folded or refused, it is new devices' own places that are full (`G3`).
#[test]
fn what_new_devices_write_fills_no_place_of_those_who_are_known() {
    let mut story = given([open(), desk()]);
    for n in 1..=2_000 {
        let (who, said) = (phone(phone_of(question(n))), ask_as(n, &format!("أخاف {n}"), true));
        let events = story.session.decide(who, &said, story.now).expect("a first text is folded, not dropped");
        story.apply(who, events);
    }
    let more = ask_as(2_001, "أخاف", true);
    story.clone().when(phone(phone_of(question(2_001))), more).refuses(Refusal::DeskFull);
    story.and([says(2_002, "أخاف أرجع البيت", false)]);
}

/// What one device writes many times is one row, and nobody is buried under what looks urgent (`G3`).
#[test]
fn texts_that_differ_in_numbers_alone_are_one_row_where_much_waits_and_the_oldest_keep_their_places() {
    let mut story = given([open(), desk(), asks(PHONE, ONE)]);
    for n in 2..=600 {
        story = story.and([says(n, &format!("أخاف أرجع البيت {n}"), false)]);
    }
    let view = story.desk();
    let mut rows: Vec<_> = view.waiting.iter().map(|row| (row.alike, row.one_of_many)).collect();
    rows.sort_unstable();
    assert_eq!((rows.as_slice(), view.more), ([(1, false), (599, false)].as_slice(), 0));
    for n in 601..=700 {
        story = story.and([says(n, &format!("أخاف {}", other_words(n - 600)), false)]);
    }
    let waiting = story.desk().waiting;
    assert!(waiting.len() == 60 && waiting.iter().any(|row| row.id == ONE));
}

/// One device that looked at hundreds of pages first writes as hundreds of known phones, all urgent and all different:
/// a child who comes later has a place that they cannot take (`G3`).
#[test]
fn of_what_does_not_fit_each_cohorts_first_text_has_a_place_before_the_second_of_any() {
    let mut story = given([open(), desk()]);
    for n in 1..=300u32 {
        let text = format!("أخاف {}", other_words(n.into()));
        story = story.and([by(
            phone(phone_of(question(n.into()))),
            ask_of(n.into(), &text, AskedAs { after: n, ..AskedAs::default() }),
        )]);
    }
    let story = story.and([says(400, "متى يبدأ العرض؟", false)]);
    let waiting = story.desk().waiting;
    assert!(waiting.len() == 60 && waiting.iter().any(|row| row.id == question(400)));
}

#[test]
fn what_new_devices_write_is_one_row_below_the_others_and_reaches_its_end_before_theirs() {
    let mut story = given([open(), desk(), asks(PHONE, ONE)]);
    for n in 2..=501 {
        story = story.and([says(n, &format!("أخاف {}", other_words(n)), true)]);
    }
    let view = story.desk();
    let rows: Vec<_> = view.waiting.iter().map(|row| (row.id, row.alike, row.one_of_many)).collect();
    assert_eq!((rows.as_slice(), view.more), ([(ONE, 1, false), (question(2), 500, true)].as_slice(), 0));
    let story = story.and([held(question(2))]);
    let next = story.desk().waiting[1].clone();
    assert_eq!((next.id, next.alike), (question(3), 499), "the first was read: the next stands there");
    let story = story.and([says(502, &other_words(502), true)]);
    // A first text is folded, however many there are; a second one is refused.
    let story = story.and([says(503, &other_words(503), true), wait(30)]);
    let second = ask_as(504, &other_words(504), true);
    story.clone().when(phone(phone_of(question(502))), second).refuses(Refusal::DeskFull);
    story.and([says(505, &other_words(505), false)]);
}

/// Other words for each number.
fn other_words(n: u128) -> String {
    let letters: Vec<char> = "بتثجحخدذرزسشصضطظ".chars().collect();
    let letter = |n: u128| letters[usize::try_from(n % 16).expect("a small number")];
    [letter(n / 256), 'م', letter(n / 16), 'ل', letter(n), 'ن'].iter().collect()
}

fn ask_as(n: u128, text: &str, one_of_many: bool) -> Command {
    ask_of(n, text, AskedAs { one_of_many, ..AskedAs::default() })
}

fn ask_of(n: u128, text: &str, said: AskedAs) -> Command {
    let text = QuestionText::parse(text, |text| text.chars().count()).expect("a good text");
    Command::Question(QuestionCommand::Ask { id: question(n), text, said })
}

fn says(n: u128, text: &str, one_of_many: bool) -> Press {
    by(phone(phone_of(question(n))), ask_as(n, text, one_of_many))
}

#[test]
fn a_question_is_held_for_hurtful_language_or_for_what_is_private_and_its_asker_reads_why() {
    for reason in [HoldReason::Language, HoldReason::PersonalData] {
        let story = asked()
            .when(STEWARD, Command::Desk(DeskCommand::Hold { id: ONE, reason }))
            .then([Event::Question(QuestionEvent::QuestionHeld { id: ONE, reason })]);
        assert_eq!(story.told(ONE), Some(MyState::Held(reason)));
        assert_eq!(story.desk().decided[0].outcome, Outcome::Held(reason));
    }
}

#[test]
fn the_desk_counts_what_it_passed_and_held() {
    let story = given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO), passed(ONE), held(TWO)]);
    let view = story.desk();
    assert_eq!((view.passed, view.held_language, view.held_personal), (1, 1, 0));
}

#[test]
fn the_desk_takes_its_own_decision_back_within_ten_seconds() {
    for decision in [passed(ONE), held(ONE)] {
        let story = asked().and([decision]);
        assert_eq!(story.desk().decided[0].undo_until, Some(story.now + Span::seconds(10)));
        let late = story.now + Span(9_999);
        let story = story.at(late);
        let story = story
            .when(STEWARD, Command::Desk(DeskCommand::TakeBack { id: ONE }))
            .then([Event::Question(QuestionEvent::QuestionTakenBack { id: ONE })]);
        assert_eq!(story.status(ONE), Status::Received);
        assert_eq!(story.desk().waiting.len(), 1);
        assert_eq!(story.who_reads(ONE), ["asker", "desk"]);
        assert_eq!(story.told(ONE), Some(MyState::Received));
    }
}

#[test]
fn after_ten_seconds_the_decision_stands() {
    for decision in [passed(ONE), held(ONE)] {
        asked()
            .and([decision, wait(10)])
            .when(STEWARD, Command::Desk(DeskCommand::TakeBack { id: ONE }))
            .refuses(Refusal::CannotUndo);
    }
}

#[test]
fn a_decision_that_the_children_built_on_stands() {
    let story = asked().and([passed(ONE), chosen(ONE)]);
    assert_eq!(story.desk().decided[0].undo_until, None);
    story.when(STEWARD, Command::Desk(DeskCommand::TakeBack { id: ONE })).refuses(Refusal::CannotUndo);
}

#[test]
fn another_steward_may_take_it_back() {
    let story = asked().and([passed(ONE)]);
    story
        .when(SECOND_STEWARD, Command::Desk(DeskCommand::TakeBack { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionTakenBack { id: ONE })]);
}

#[test]
fn a_decision_taken_back_can_be_made_otherwise() {
    let story = asked().and([passed(ONE), taken_back(ONE)]);
    let reason = HoldReason::PersonalData;
    story
        .when(STEWARD, Command::Desk(DeskCommand::Hold { id: ONE, reason }))
        .then([Event::Question(QuestionEvent::QuestionHeld { id: ONE, reason })]);
}

#[test]
fn two_stewards_passing_at_once_pass_it_once() {
    let story =
        asked().and([passed(ONE)]).when(SECOND_STEWARD, Command::Desk(DeskCommand::Pass { id: ONE })).changes_nothing();
    assert_eq!(story.console().questions.len(), 1);
}

#[test]
fn two_stewards_deciding_differently_are_told_that_it_is_decided() {
    let hold = Command::Desk(DeskCommand::Hold { id: ONE, reason: HoldReason::Language });
    asked().and([passed(ONE)]).when(SECOND_STEWARD, hold).refuses(Refusal::QuestionPast);
}

#[test]
fn the_last_decisions_are_shown_newest_first_and_twelve_of_them() {
    let mut story = given([open(), desk()]);
    for n in 1..=13 {
        let id = question(n);
        story = story.and([asks(phone_of(id), id), passed(id), wait(1)]);
    }
    let decided: Vec<_> = story.desk().decided.into_iter().map(|q| q.id).collect();
    assert_eq!(decided, (2..=13).rev().map(question).collect::<Vec<_>>());
}

fn asked() -> Story {
    given([open(), desk(), asks(PHONE, ONE)])
}

#[test]
fn before_the_end_the_desk_looks_once_more_at_what_was_noticed_in_what_it_decided() {
    let mut story = given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO), passed(ONE), held(TWO)]);
    story.words.worry = nadwa_domain::hints::WordList::parse("مساندة");
    let again = |story: &Story| story.desk().again.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(again(&story), [], "not while the session goes on");
    let story = story.until_over();
    assert_eq!(again(&story), [TWO], "the one that something was noticed in, given back or passed");
    assert_eq!(again(&story.and([safeguarded(TWO)])), [], "until it has gone where it belongs");
}
