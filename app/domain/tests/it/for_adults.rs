//! "Only an adult reads this": the sender's choice, and what it is worth (`N10`).

use nadwa_domain::command::{DeskCommand, QuestionCommand};
use nadwa_domain::entry::QuestionEvent;
use nadwa_domain::session::question::{AskedAs, HoldReason, Status};
use nadwa_domain::view::mine::MyState;
use nadwa_domain::{Command, Event, Refusal};

use crate::support::cast::{ONE, OTHER_PHONE, PHONE, STEWARD, TWO, phone, text_of, words_of};
use crate::support::press::{Press, asks, by, desk, open};
use crate::support::{given, json};

const READ: Command = Command::Desk(DeskCommand::Hold { id: ONE, reason: HoldReason::ForAdults });

/// The same words as ever.
fn for_adults() -> Press {
    let said = AskedAs { adults_only: true, ..AskedAs::default() };
    by(phone(PHONE), Command::Question(QuestionCommand::Ask { id: ONE, text: text_of(ONE), said }))
}

#[test]
fn what_is_for_adults_alone_is_read_at_the_desk_and_goes_to_no_child() {
    let story = given([open(), desk(), for_adults()]);
    assert!(story.desk().waiting[0].adults_only, "the desk is told");
    assert_eq!(story.told(ONE), Some(MyState::Received), "to whoever looks over a shoulder it waits like any other");
    story.clone().when(STEWARD, Command::Desk(DeskCommand::Pass { id: ONE })).refuses(Refusal::ForAdults);
    story
        .clone()
        .when(STEWARD, Command::Desk(DeskCommand::Safeguard { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionSafeguarded { id: ONE })]);
    let story = story
        .when(STEWARD, READ)
        .then([Event::Question(QuestionEvent::QuestionHeld { id: ONE, reason: HoldReason::ForAdults })]);
    assert_eq!(story.told(ONE), Some(MyState::Held(HoldReason::ForAdults)), "its sender is told that it was read");
    assert_eq!(story.console().held, 0, "not even a number tells children of it");
    assert!(!json(&story.console()).contains(&words_of(ONE)));
    let story = story
        .when(STEWARD, Command::Desk(DeskCommand::TakeBack { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionTakenBack { id: ONE })]);
    assert_eq!(story.status(ONE), Status::Received);
}

#[test]
fn the_same_words_of_somebody_else_take_it_nowhere() {
    let same = Command::Question(QuestionCommand::Ask { id: TWO, text: text_of(ONE), said: AskedAs::default() });
    let story = given([open(), desk(), for_adults(), by(phone(OTHER_PHONE), same)]);
    assert_eq!(
        story.desk().waiting.iter().map(|q| (q.times, q.adults_only)).collect::<Vec<_>>(),
        [(1, true), (1, false)]
    );
    let story = story
        .when(STEWARD, Command::Desk(DeskCommand::Pass { id: TWO }))
        .then([Event::Question(QuestionEvent::QuestionPassed { id: TWO })]);
    assert_eq!(story.status(ONE), Status::Received);
}

#[test]
fn the_desk_has_no_third_reason_to_keep_a_question_from_children() {
    given([open(), desk(), asks(PHONE, ONE)]).when(STEWARD, READ).refuses(Refusal::Unknown);
    let hold = Command::Desk(DeskCommand::Hold { id: ONE, reason: HoldReason::Language });
    given([open(), desk(), for_adults()]).when(STEWARD, hold).refuses(Refusal::Unknown);
}
