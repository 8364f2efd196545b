//! The safety pause: the adults' one power over a live session. Calm screen, stopped clock, logged and visible (`P3`).

use nadwa_domain::command::{DeskCommand, FloorCommand, PollCommand, QuestionCommand, SessionCommand};
use nadwa_domain::entry::{QuestionEvent, SessionEvent};
use nadwa_domain::session::poll::ballot::Answer;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::{Command, Event, Refusal};

use crate::support::cast::{
    DEPUTY, LEAD, MODERATOR, ONE, PAPER, PHONE, POLL, REST, REST_LENGTH, STEWARD, TIMEKEEPER, words_of,
};
use crate::support::press::{
    asks, by, desk, floor, open, passed, poll_opened, safety_pause, safety_resume, shown, start_timer, wait,
};
use crate::support::{Story, given};

#[test]
fn an_adult_pauses_the_session_for_safety_and_ends_the_pause() {
    for adult in [STEWARD, LEAD, DEPUTY] {
        speaking()
            .when(adult, Command::Session(SessionCommand::SafetyPause))
            .then([Event::Session(SessionEvent::SafetyPaused)])
            .when(adult, Command::Session(SessionCommand::SafetyResume))
            .then([Event::Session(SessionEvent::SafetyResumed)]);
    }
}

#[test]
fn pausing_a_paused_session_changes_nothing() {
    let story = speaking()
        .and([safety_pause(), wait(5)])
        .when(LEAD, Command::Session(SessionCommand::SafetyPause))
        .changes_nothing();
    story.and([safety_resume()]).when(LEAD, Command::Session(SessionCommand::SafetyResume)).changes_nothing();
}

#[test]
fn while_paused_the_clock_stands_and_the_screen_is_calm() {
    let story = speaking().and([wait(30), safety_pause(), wait(600)]);
    assert_eq!(story.left(), 270);
    assert_eq!(story.shown(), Shown::Calm);
    assert_eq!(story.console().screen.shown, Shown::Calm);
}

#[test]
fn everybody_sees_that_it_is_a_pause() {
    let story = speaking().and([safety_pause()]);
    assert!(story.audience().paused && story.console().paused && story.stage().paused);
    assert_eq!(story.desk().paused_since, Some(story.now));
    let story = story.and([safety_resume()]);
    assert!(!story.audience().paused && !story.console().paused && !story.stage().paused);
    assert_eq!(story.desk().paused_since, None);
}

#[test]
fn after_the_pause_the_children_let_the_clock_run_on_themselves() {
    let story = speaking().and([wait(30), safety_pause(), wait(600), safety_resume(), wait(60)]);
    assert_eq!(story.left(), 270);
    let story = story.and([by(TIMEKEEPER, Command::Floor(FloorCommand::ResumeTimer)), wait(10)]);
    assert_eq!(story.left(), 260);
}

#[test]
fn while_paused_the_children_move_nothing() {
    let story = speaking().and([desk(), asks(PHONE, ONE), passed(ONE), safety_pause()]);
    let paused = [
        Command::Session(SessionCommand::Next { step: story.session.step }),
        Command::Floor(FloorCommand::YieldFloor),
        Command::Floor(FloorCommand::ResumeTimer),
        Command::Question(QuestionCommand::Choose { id: ONE }),
        Command::Question(QuestionCommand::ShowQuestion { id: ONE }),
        Command::Poll(PollCommand::OpenPoll { id: POLL }),
    ];
    for command in paused {
        story.clone().when(MODERATOR, command).refuses(Refusal::Paused);
    }
}

#[test]
fn while_paused_nobody_votes_and_the_poll_waits() {
    let story = given([open(), poll_opened(POLL), safety_pause()]);
    assert_eq!(story.may_vote(POLL, Answer::One(0)), Err(Refusal::Paused));
    assert_eq!(story.and([safety_resume()]).may_vote(POLL, Answer::One(0)), Ok(()));
}

#[test]
fn while_paused_a_phone_may_ask_and_the_desk_goes_on_reading() {
    let story = given([open(), desk(), safety_pause(), asks(PHONE, ONE)]);
    story
        .when(STEWARD, Command::Desk(DeskCommand::Safeguard { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionSafeguarded { id: ONE })]);
}

#[test]
fn a_question_on_the_screen_is_hidden_by_the_pause_and_returns_after_it() {
    let story = given([open(), desk(), asks(PHONE, ONE), passed(ONE), shown(ONE), safety_pause()]);
    assert_eq!((story.audience().question, story.stage().question), (None, None));
    let story = given([open(), desk(), asks(PHONE, ONE), passed(ONE), shown(ONE), safety_pause(), safety_resume()]);
    assert_eq!(story.audience().question.unwrap().text, words_of(ONE));
}

#[test]
fn a_break_is_paused_too() {
    let story = given([open()]).until(REST);
    let story = story.and([wait(60), safety_pause(), wait(600)]);
    assert_eq!(story.left(), REST_LENGTH.0 / 1000 - 60);
}

fn speaking() -> Story {
    given([open(), floor(PAPER), start_timer()])
}
