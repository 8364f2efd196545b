//! The intake: questions are taken in only while an adult is at the desk (`S7`).

use nadwa_domain::session::question::Status;
use nadwa_domain::{Command, Event, Instant, Refusal, Span, Who};

use crate::support::cast::{ONE, PHONE, SECOND_STEWARD, SERVER, STEWARD, TWO, phone};
use crate::support::press::{ask, asked_event, asks, by, desk, lapse, open, wait};
use crate::support::{Story, given};

#[test]
fn without_a_desk_nothing_is_taken_in() {
    let story = given([open()]).when(phone(PHONE), ask(ONE)).refuses(Refusal::IntakeClosed);
    assert!(!story.audience().intake_open && !story.console().intake_open && !story.desk().intake_open);
}

#[test]
fn a_steward_at_the_desk_opens_the_intake() {
    let story = given([open()]).when(STEWARD, Command::AtDesk).then([seen(STEWARD)]);
    assert!(story.audience().intake_open && story.console().intake_open && story.desk().intake_open);
    assert_eq!(story.desk().desks, 1);
    story.when(phone(PHONE), ask(ONE)).then([asked_event(ONE, PHONE)]);
}

#[test]
fn presence_is_noted_now_and_then_not_at_every_sign() {
    let story = given([open(), desk(), wait(19)]).when(STEWARD, Command::AtDesk).changes_nothing();
    story.and([wait(1)]).when(STEWARD, Command::AtDesk).then([seen(STEWARD)]);
}

#[test]
fn after_a_minute_of_silence_the_intake_closes() {
    let story = given([open(), desk(), wait(60)]);
    let (server, lapse) = lapse(&story.session);
    let story = story.when(server, lapse).then([Event::IntakeLapsed]);
    assert!(!story.audience().intake_open);
    story.when(phone(PHONE), ask(ONE)).refuses(Refusal::IntakeClosed);
}

#[test]
fn a_silent_desk_takes_nothing_in_even_before_the_server_notices() {
    let story = given([open(), desk(), wait(59)]);
    let asked = [asked_event(ONE, PHONE)];
    story.clone().when(phone(PHONE), ask(ONE)).then(asked);
    story.and([wait(1)]).when(phone(PHONE), ask(ONE)).refuses(Refusal::IntakeClosed);
}

#[test]
fn before_a_minute_of_silence_it_stays_open() {
    let story = given([open(), desk(), wait(60)]);
    let late = story.now - Span(1);
    let just_before = story.at(late);
    let (server, lapse) = lapse(&just_before.session);
    just_before.when(server, lapse).refuses(Refusal::AlreadyMoved { by: None });
}

#[test]
fn a_desk_that_spoke_meanwhile_keeps_it_open() {
    let story = given([open(), desk(), wait(60)]);
    let (server, stale) = lapse(&story.session);
    story.and([desk(), wait(60)]).when(server, stale).refuses(Refusal::AlreadyMoved { by: None });
}

#[test]
fn while_one_of_two_stewards_is_heard_it_stays_open() {
    let story = given([open(), desk(), wait(40), by(SECOND_STEWARD, Command::AtDesk), wait(30)]);
    assert_eq!(story.session.desk.lapses_at(), Some(story.now + Span::seconds(30)));
    assert_eq!(story.session.desk.present(story.now), 1);
    let (server, lapse) = lapse(&story.session);
    story.when(server, lapse).refuses(Refusal::AlreadyMoved { by: None });
}

#[test]
fn an_intake_that_is_closed_does_not_lapse_again() {
    let story = given([open()]);
    let lapse = Command::LapseIntake { since: Instant(0) };
    let story = story.when(SERVER, lapse).refuses(Refusal::AlreadyMoved { by: None });
    assert_eq!(story.session.desk.lapses_at(), None);
}

#[test]
fn a_steward_who_comes_back_opens_it_again() {
    let story = lapsed().when(STEWARD, Command::AtDesk).then([seen(STEWARD)]);
    assert_eq!(story.desk().desks, 1);
    story.when(phone(PHONE), ask(TWO)).then([asked_event(TWO, PHONE)]);
}

#[test]
fn what_was_taken_in_before_still_waits_and_can_be_read() {
    let story = lapsed();
    assert_eq!(story.status(ONE), Status::Received);
    story.when(STEWARD, Command::Pass { id: ONE }).then([Event::QuestionPassed { id: ONE }]);
}

/// A question came in; then the desk fell silent for a minute.
fn lapsed() -> Story {
    let story = given([open(), desk(), asks(PHONE, ONE), wait(60)]);
    let (server, lapse) = lapse(&story.session);
    story.and([by(server, lapse)])
}

fn seen(steward: Who) -> Event {
    Event::DeskSeen { pass: steward.pass().expect("a steward has a pass") }
}
