//! The intake: questions are taken in only while an adult is at the desk (`S7`).

use nadwa_domain::entry::{DeskEvent, QuestionEvent};
use nadwa_domain::ids::PassId;
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::desk::Sign;
use nadwa_domain::session::question::{HoldReason, Status};
use nadwa_domain::{Command, Event, Instant, Refusal, Span, Who};

use crate::support::cast::{ONE, OTHER_PHONE, PHONE, SECOND_STEWARD, SERVER, STEWARD, TWO, phone};
use crate::support::press::{ask, asked_event, asks, by, desk, lapse, open, wait};
use crate::support::{Story, given};

#[test]
fn without_a_desk_nothing_is_taken_in() {
    let story = given([open()]).when(phone(PHONE), ask(ONE)).refuses(Refusal::IntakeClosed);
    assert!(!story.audience().intake_open && !story.console().intake_open && !story.desk().intake_open);
}

#[test]
fn a_steward_at_the_desk_opens_the_intake() {
    let story = given([open()]).when(STEWARD, Command::Desk(DeskCommand::AtDesk)).then([seen(STEWARD)]);
    assert!(story.audience().intake_open && story.console().intake_open && story.desk().intake_open);
    assert_eq!(story.desk().desks, 1);
    story.when(phone(PHONE), ask(ONE)).then([asked_event(ONE, PHONE)]);
}

#[test]
fn presence_is_noted_now_and_then_not_at_every_sign() {
    let story = given([open(), desk(), wait(19)]).when(STEWARD, Command::Desk(DeskCommand::AtDesk)).changes_nothing();
    story.and([wait(1)]).when(STEWARD, Command::Desk(DeskCommand::AtDesk)).then([seen(STEWARD)]);
}

#[test]
fn after_a_minute_of_silence_the_intake_closes() {
    let story = given([open(), desk(), wait(60)]);
    let (server, lapse) = lapse(&story.session);
    let story = story.when(server, lapse).then([Event::Desk(DeskEvent::IntakeLapsed)]);
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
    let story = given([open(), desk(), wait(40), by(SECOND_STEWARD, Command::Desk(DeskCommand::AtDesk)), wait(30)]);
    assert_eq!(story.session.lapses_at(), Some(story.now + Span::seconds(30)));
    assert_eq!(story.session.at_desks(story.now), 1);
    let (server, lapse) = lapse(&story.session);
    story.when(server, lapse).refuses(Refusal::AlreadyMoved { by: None });
}

#[test]
fn an_intake_that_is_closed_does_not_lapse_again() {
    let story = given([open()]);
    let lapse = Command::Desk(DeskCommand::LapseIntake { since: Instant(0) });
    let story = story.when(SERVER, lapse).refuses(Refusal::AlreadyMoved { by: None });
    assert_eq!(story.session.lapses_at(), None);
}

#[test]
fn a_steward_who_comes_back_opens_it_again() {
    let story = lapsed().when(STEWARD, Command::Desk(DeskCommand::AtDesk)).then([seen(STEWARD)]);
    assert_eq!(story.desk().desks, 1);
    story.when(phone(PHONE), ask(TWO)).then([asked_event(TWO, PHONE)]);
}

#[test]
fn what_was_taken_in_before_still_waits_and_can_be_read() {
    let story = lapsed();
    assert_eq!(story.status(ONE), Status::Received);
    story
        .when(STEWARD, Command::Desk(DeskCommand::Pass { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionPassed { id: ONE })]);
}

#[test]
fn an_open_page_on_which_something_waits_untouched_is_nobody_after_three_minutes() {
    let story = given([open(), desk(), asks(PHONE, ONE)]);
    let story = (0..8).fold(story, |story, _| story.and([wait(20), desk()])).and([wait(19)]);
    let asked = [asked_event(TWO, OTHER_PHONE)];
    story.clone().when(phone(OTHER_PHONE), ask(TWO)).then(asked);
    let (here, story) = (story.desk().here[0], story.and([wait(1)]));
    assert!(here.asked_at.is_some_and(|at| at < here.until) && here.until == story.now, "it asks, then it lapses");
    story.clone().when(phone(OTHER_PHONE), ask(TWO)).refuses(Refusal::IntakeClosed);
    story.clone().when(STEWARD, Command::Desk(DeskCommand::AtDesk)).changes_nothing();
    let (server, lapse) = lapse(&story.session);
    let story = story.when(server, lapse).then([Event::Desk(DeskEvent::IntakeLapsed)]);
    story.clone().when(STEWARD, Command::Desk(DeskCommand::AtDesk)).changes_nothing();
    let story = story.when(STEWARD, sign(Sign::Hand)).then([by_sign(Sign::Hand)]);
    story.when(phone(OTHER_PHONE), ask(TWO)).then([asked_event(TWO, OTHER_PHONE)]);
}

#[test]
fn where_nothing_waits_an_open_page_is_enough_and_a_decision_is_a_person() {
    let beats = |story: Story, n| (0..n).fold(story, |story, _| story.and([wait(20), desk()]));
    let story = beats(given([open(), desk()]), 15).and([asks(PHONE, ONE)]);
    let story =
        beats(story, 8).and([by(STEWARD, Command::Desk(DeskCommand::Hold { id: ONE, reason: HoldReason::Language }))]);
    let story = beats(story.and([asks(OTHER_PHONE, TWO)]), 8);
    assert!(story.session.takes_in(story.now));
}

#[test]
fn to_open_a_page_is_nobodys_presence_and_a_press_without_a_script_counts_for_three_minutes() {
    let story = given([open()]).when(STEWARD, sign(Sign::Page)).then([by_sign(Sign::Page)]);
    assert_eq!((story.desk().here.len(), story.session.desk.number(steward_pass())), (0, Some(1)));
    story.clone().when(STEWARD, sign(Sign::Page)).changes_nothing();
    story.clone().when(phone(PHONE), ask(ONE)).refuses(Refusal::IntakeClosed);
    let story = story.when(STEWARD, sign(Sign::Form)).then([by_sign(Sign::Form)]).and([wait(179)]);
    assert!(story.session.takes_in(story.now));
    assert!(!story.session.takes_in(story.now + Span::seconds(1)));
}

/// A question came in; then the desk fell silent for a minute.
fn lapsed() -> Story {
    let story = given([open(), desk(), asks(PHONE, ONE), wait(60)]);
    let (server, lapse) = lapse(&story.session);
    story.and([by(server, lapse)])
}

fn steward_pass() -> PassId {
    STEWARD.pass().expect("a steward has a pass")
}

fn sign(by: Sign) -> Command {
    Command::Desk(DeskCommand::Here { by })
}

fn by_sign(by: Sign) -> Event {
    Event::Desk(DeskEvent::DeskSeen { pass: steward_pass(), by })
}

fn seen(steward: Who) -> Event {
    Event::Desk(DeskEvent::DeskSeen { pass: steward.pass().expect("a steward has a pass"), by: Sign::Beat })
}
