//! The floor: who is speaking. It is given and yielded, and one has it at a time.

use nadwa_domain::command::FloorCommand;
use nadwa_domain::entry::{FloorEvent, ScreenEvent, SessionEvent};
use nadwa_domain::ids::SlotId;
use nadwa_domain::session::floor::{Clock, Run};
use nadwa_domain::session::screen::Screen;
use nadwa_domain::{Command, Event, Refusal, Span};

use crate::support::cast::{
    CLOSING, CO_MODERATOR, MODERATOR, OPENING, PAPER, PAPER_LIMIT, QUESTIONS, REST, SPEECH, SPEECH_LIMIT, TIMEKEEPER,
    VOTE, slot,
};
use crate::support::given;
use crate::support::press::{by, floor, open, start_timer, step, wait};

fn give(slot: SlotId) -> Command {
    Command::Floor(FloorCommand::GiveFloor { slot })
}

#[test]
fn whoever_gets_the_floor_finds_their_clock_ready_and_themselves_on_the_screen() {
    let story = given([open()]).when(MODERATOR, give(PAPER)).then(step([
        Event::Session(SessionEvent::SlotEntered { slot: PAPER }),
        Event::Floor(FloorEvent::FloorGiven { slot: PAPER }),
        Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Speaker }),
    ]));
    assert_eq!(story.clock(), Clock { limit: PAPER_LIMIT, spent: Span::ZERO, run: Run::Ready });
    assert_eq!(story.left(), 5 * 60);
    assert_eq!(story.console().names[0].text, "سارة");
}

#[test]
fn a_second_speaker_must_wait_for_the_floor() {
    given([open(), floor(PAPER), start_timer()]).when(MODERATOR, give(SPEECH)).refuses(Refusal::FloorHeld);
}

#[test]
fn a_yielded_floor_is_free_for_the_next_speaker() {
    let story = given([open(), floor(PAPER), start_timer()])
        .when(MODERATOR, Command::Floor(FloorCommand::YieldFloor))
        .then(step([Event::Floor(FloorEvent::FloorYielded)]))
        .when(MODERATOR, give(SPEECH))
        .then(step([
            Event::Session(SessionEvent::SlotEntered { slot: SPEECH }),
            Event::Floor(FloorEvent::FloorGiven { slot: SPEECH }),
            Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Speaker }),
        ]));
    assert_eq!(story.clock().limit, SPEECH_LIMIT);
}

#[test]
fn yielding_puts_the_clock_away() {
    let story = given([open(), floor(PAPER), start_timer(), by(MODERATOR, Command::Floor(FloorCommand::YieldFloor))]);
    assert_eq!(story.session.stage.clock, None);
    assert_eq!(story.stage().names, []);
}

#[test]
fn giving_the_floor_to_whoever_has_it_changes_nothing() {
    let story = given([open(), floor(PAPER), start_timer(), wait(30)]).when(MODERATOR, give(PAPER)).changes_nothing();
    assert_eq!(story.left(), 4 * 60 + 30);
}

#[test]
fn a_free_floor_cannot_be_yielded() {
    given([open()]).when(MODERATOR, Command::Floor(FloorCommand::YieldFloor)).refuses(Refusal::FloorFree);
    given([open(), floor(PAPER), by(MODERATOR, Command::Floor(FloorCommand::YieldFloor))])
        .when(CO_MODERATOR, Command::Floor(FloorCommand::YieldFloor))
        .refuses(Refusal::FloorFree);
}

#[test]
fn only_papers_and_speeches_have_a_floor() {
    for slot in [OPENING, QUESTIONS, VOTE, REST, CLOSING, slot(99)] {
        given([open()]).when(MODERATOR, give(slot)).refuses(Refusal::Unknown);
    }
}

#[test]
fn a_speaker_may_have_the_floor_again_and_gets_a_new_clock() {
    let story = given([
        open(),
        floor(PAPER),
        start_timer(),
        wait(60),
        by(MODERATOR, Command::Floor(FloorCommand::YieldFloor)),
        floor(PAPER),
    ]);
    assert_eq!(story.clock(), Clock::ready(PAPER_LIMIT));
}

#[test]
fn the_floor_is_given_only_while_the_session_goes_on() {
    given([]).when(MODERATOR, give(PAPER)).refuses(Refusal::NotOpen);
    given([]).when(TIMEKEEPER, Command::Floor(FloorCommand::StartTimer)).refuses(Refusal::NotOpen);
}
