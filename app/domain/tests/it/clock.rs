//! The speaking clock: ready, running, paused, over time. It is kept as instants, and nothing ticks.

use nadwa_domain::command::FloorCommand;
use nadwa_domain::entry::FloorEvent;
use nadwa_domain::view::ClockView;
use nadwa_domain::{Command, Event, Refusal, Session, Span};

use crate::support::cast::{CO_MODERATOR, MODERATOR, PAPER, REST, REST_LENGTH, START, TIMEKEEPER};
use crate::support::press::{by, floor, next, open, pause_timer, start_timer, step, wait};
use crate::support::{Story, given, through_json};

fn speaking() -> Story {
    given([open(), floor(PAPER), start_timer()])
}

#[test]
fn a_clock_is_ready_then_runs_then_rests_then_runs_on() {
    let story = given([open(), floor(PAPER), wait(20)]);
    assert_eq!(story.left(), 300, "a clock that waits for its start spends nothing");
    let story = story
        .when(MODERATOR, Command::Floor(FloorCommand::StartTimer))
        .then(step([Event::Floor(FloorEvent::TimerStarted)]))
        .and([wait(60)]);
    assert_eq!(story.left(), 240);
    let story = story
        .when(MODERATOR, Command::Floor(FloorCommand::PauseTimer))
        .then(step([Event::Floor(FloorEvent::TimerPaused)]))
        .and([wait(60)]);
    assert_eq!(story.left(), 240, "a clock at rest spends nothing");
    let story = story
        .when(MODERATOR, Command::Floor(FloorCommand::ResumeTimer))
        .then(step([Event::Floor(FloorEvent::TimerResumed)]))
        .and([wait(60)]);
    assert_eq!(story.left(), 180);
}

#[test]
fn over_time_is_negative() {
    let story = speaking().and([wait(5 * 60 + 7)]);
    assert_eq!(story.left(), -7);
    let story = story.and([pause_timer(), wait(60)]);
    assert_eq!(story.left(), -7);
}

#[test]
fn more_time_can_be_given_even_over_time() {
    let story = speaking()
        .and([wait(5 * 60 + 7)])
        .when(MODERATOR, Command::Floor(FloorCommand::Extend { by: Span::minutes(1), step: None }))
        .then(step([Event::Floor(FloorEvent::TimerExtended { by: Span::minutes(1) })]));
    assert_eq!(story.left(), 53);
    assert_eq!(story.clock().limit, Span::minutes(6));
}

#[test]
fn one_press_gives_between_one_second_and_ten_minutes() {
    for by in [Span(1000), Span::minutes(10)] {
        speaking()
            .when(MODERATOR, Command::Floor(FloorCommand::Extend { by, step: None }))
            .then(step([Event::Floor(FloorEvent::TimerExtended { by })]));
    }
    for by in [Span(999), Span::ZERO, Span::minutes(-1), Span(600_001), Span(i64::MAX), Span(i64::MIN)] {
        speaking()
            .when(MODERATOR, Command::Floor(FloorCommand::Extend { by, step: None }))
            .refuses(Refusal::ClockNotSo);
    }
}

#[test]
fn a_clock_that_was_not_started_cannot_rest_or_run_on() {
    for command in [Command::Floor(FloorCommand::PauseTimer), Command::Floor(FloorCommand::ResumeTimer)] {
        given([open(), floor(PAPER)]).when(MODERATOR, command).refuses(Refusal::ClockNotSo);
    }
}

#[test]
fn a_clock_at_rest_runs_on_and_does_not_start_again() {
    speaking()
        .and([pause_timer()])
        .when(MODERATOR, Command::Floor(FloorCommand::StartTimer))
        .refuses(Refusal::ClockNotSo);
}

#[test]
fn the_same_press_again_changes_nothing() {
    let story =
        speaking().and([wait(10)]).when(CO_MODERATOR, Command::Floor(FloorCommand::StartTimer)).changes_nothing();
    let story = story.when(CO_MODERATOR, Command::Floor(FloorCommand::ResumeTimer)).changes_nothing();
    assert_eq!(story.left(), 290);
    let story = story
        .and([pause_timer(), wait(10)])
        .when(CO_MODERATOR, Command::Floor(FloorCommand::PauseTimer))
        .changes_nothing();
    assert_eq!(story.left(), 290);
}

#[test]
fn without_a_speaker_there_is_no_clock_to_work() {
    let extend = Command::Floor(FloorCommand::Extend { by: Span::minutes(1), step: None });
    for command in [
        Command::Floor(FloorCommand::StartTimer),
        Command::Floor(FloorCommand::PauseTimer),
        Command::Floor(FloorCommand::ResumeTimer),
        extend,
    ] {
        given([open()]).when(MODERATOR, command).refuses(Refusal::FloorFree);
    }
}

#[test]
fn the_timekeeper_works_the_clock() {
    let story = given([open(), floor(PAPER)])
        .when(TIMEKEEPER, Command::Floor(FloorCommand::StartTimer))
        .then(step([Event::Floor(FloorEvent::TimerStarted)]))
        .when(TIMEKEEPER, Command::Floor(FloorCommand::PauseTimer))
        .then(step([Event::Floor(FloorEvent::TimerPaused)]))
        .when(TIMEKEEPER, Command::Floor(FloorCommand::ResumeTimer))
        .then(step([Event::Floor(FloorEvent::TimerResumed)]));
    let by = Span::minutes(1);
    story
        .when(TIMEKEEPER, Command::Floor(FloorCommand::Extend { by, step: None }))
        .then(step([Event::Floor(FloorEvent::TimerExtended { by })]));
}

#[test]
fn a_clock_is_true_across_midnight() {
    // The session begins ten minutes before midnight in Doha.
    let story = given([open()]).at(START + Span::minutes(8)).and([floor(PAPER), start_timer()]);
    assert_eq!(story.clone().at(START + Span::minutes(10)).left(), 180, "at midnight");
    assert_eq!(story.clone().at(START + Span::minutes(12)).left(), 60, "after midnight");
    assert_eq!(story.at(START + Span::minutes(14)).left(), -60, "over time, after midnight");
}

#[test]
fn a_clock_is_true_after_a_restart() {
    let story = speaking().and([
        wait(30),
        pause_timer(),
        wait(600),
        by(MODERATOR, Command::Floor(FloorCommand::ResumeTimer)),
        wait(45),
    ]);
    let events: Vec<_> = story.entries.iter().map(|entry| (through_json(&entry.event), entry)).collect();
    let read = events.into_iter().map(|(event, entry)| nadwa_domain::Entry { event, ..entry.clone() });
    let restarted = Session::replay(&read.collect::<Vec<_>>());
    let clock = restarted.stage.clock.unwrap();
    assert_eq!(clock.remaining(story.now), Span::seconds(300 - 75));
}

#[test]
fn every_device_counts_to_the_same_from_one_picture() {
    let story = speaking().and([wait(30)]);
    let picture = through_json(&story.audience().clock.unwrap());
    for later in [0, 1, 29, 270, 400] {
        let now = story.now + Span::seconds(later);
        assert_eq!(ClockView::remaining(&picture, now), story.clock().remaining(now));
    }
    let resting = story.and([pause_timer()]);
    let picture = resting.stage().clock.unwrap();
    assert_eq!(picture.remaining(resting.now + Span::minutes(9)), Span::seconds(270));
}

#[test]
fn a_picture_of_a_running_clock_does_not_change_while_it_runs() {
    let story = speaking();
    let before = story.views(nadwa_domain::Lang::AR);
    assert_eq!(before, story.and([wait(77)]).views(nadwa_domain::Lang::AR));
}

#[test]
fn a_break_has_a_clock_that_runs_at_once() {
    let story = given([open()]).until(REST).and([wait(60)]);
    assert_eq!(story.session.stage.floor, None);
    assert_eq!(story.left(), REST_LENGTH.0 / 1000 - 60);
    let story = story.and([pause_timer(), wait(60)]);
    assert_eq!(story.left(), REST_LENGTH.0 / 1000 - 60, "a break can be stopped for a moment");
    let story = story.and([by(MODERATOR, Command::Floor(FloorCommand::Extend { by: Span::minutes(5), step: None }))]);
    assert_eq!(story.left(), REST_LENGTH.0 / 1000 + 240, "and be made longer");
}

#[test]
fn going_on_after_a_break_puts_its_clock_away() {
    let story = given([open()]).until(REST).and([next()]);
    assert_eq!(story.session.stage.clock, None);
}
