//! Pace: stretched limits, warnings, grace, and the short clocks of questions and answers.

use nadwa_domain::command::{FloorCommand, PlanCommand};
use nadwa_domain::entry::FloorEvent;
use nadwa_domain::session::change::PlanChange;
use nadwa_domain::session::floor::{ClockOf, Short};
use nadwa_domain::session::pace::Pace;
use nadwa_domain::view::ClockState;
use nadwa_domain::{Command, Event, Refusal, Role, Said, Span};

use crate::support::cast::{CO_MODERATOR, MODERATOR, ORGANIZER, PAPER, QUESTIONS, REST, TIMEKEEPER, said};
use crate::support::given;
use crate::support::press::{by, floor, open, start_timer, step, wait};

fn pace(pace: Pace) -> Command {
    Command::Plan(PlanCommand::SetPace(pace))
}

#[test]
fn speaking_time_is_stretched_for_interpretation() {
    let story = given([by(ORGANIZER, pace(Pace { stretch: 150, ..Pace::default() })), open(), floor(PAPER)]);
    assert_eq!(story.left(), 7 * 60 + 30);
}

#[test]
fn a_clock_that_runs_keeps_the_limit_that_it_was_given() {
    let story = given([open(), floor(PAPER), start_timer()]);
    assert_eq!(story.and([by(MODERATOR, pace(Pace { stretch: 200, ..Pace::default() }))]).left(), 5 * 60);
}

#[test]
fn no_stretch_shortens_and_none_doubles_more_than_once() {
    for stretch in [0, 99, 201, u16::MAX] {
        given([open()]).when(MODERATOR, pace(Pace { stretch, ..Pace::default() })).refuses(Refusal::BadPlan);
    }
    let nothing = Pace { answer: Span::ZERO, ..Pace::default() };
    given([open()]).when(MODERATOR, pace(nothing)).refuses(Refusal::BadPlan);
}

#[test]
fn the_clock_waits_for_interpretation_and_says_so() {
    let story = given([open(), floor(PAPER), start_timer(), wait(60)]);
    let story = story
        .when(TIMEKEEPER, Command::Floor(FloorCommand::AwaitInterpretation))
        .then(step([Event::Floor(FloorEvent::InterpretationAwaited)]));
    assert!(story.running().interpreting && story.stage().interpreting);
    let story = story.and([wait(30), by(TIMEKEEPER, Command::Floor(FloorCommand::ResumeTimer)), wait(10)]);
    assert!(!story.running().interpreting);
    assert_eq!(story.left(), 5 * 60 - 70);
}

#[test]
fn questions_and_answers_have_short_clocks_of_their_own() {
    let story = given([open()]).until(QUESTIONS);
    let story = story.and([by(MODERATOR, Command::Floor(FloorCommand::StartShort(Short::Question)))]);
    assert_eq!((story.left(), story.running().clock_of), (45, ClockOf::Question));
    let story = story.and([wait(20), by(TIMEKEEPER, Command::Floor(FloorCommand::StartShort(Short::Answer)))]);
    assert_eq!((story.left(), story.running().clock_of), (90, ClockOf::Answer));
    assert!(matches!(story.stage().clock.unwrap().state, ClockState::Running { .. }));
}

#[test]
fn a_short_clock_takes_no_speech_away() {
    let short = Command::Floor(FloorCommand::StartShort(Short::Answer));
    given([open(), floor(PAPER), start_timer()]).when(MODERATOR, short.clone()).refuses(Refusal::FloorHeld);
    given([open()]).until(REST).when(MODERATOR, short).refuses(Refusal::FloorHeld);
}

#[test]
fn two_tablets_that_give_a_minute_at_once_give_one() {
    let story = given([open(), floor(PAPER), start_timer()]);
    let give = Command::Floor(FloorCommand::Extend { by: Span::minutes(1), step: Some(story.session.step) });
    let story = story.and([by(MODERATOR, give.clone())]);
    let story = story.when(CO_MODERATOR, give).refuses(Refusal::AlreadyMoved { by: Some(Role::Moderator) });
    assert_eq!(story.left(), 6 * 60);
    let half = Command::Floor(FloorCommand::Extend { by: Span::seconds(30), step: Some(story.session.step) });
    assert_eq!(story.and([by(CO_MODERATOR, half)]).left(), 6 * 60 + 30);
}

#[test]
fn each_slot_may_have_two_gentle_warnings_of_its_own() {
    let care = |warn_at| {
        let (cue, say) = (said("قولوا بهدوء", "Say it calmly"), Said::default());
        let care = PlanChange::Care { slot: PAPER, warn_at, owner: None, group: None, cue, say };
        Command::Plan(PlanCommand::ChangePlan(Box::new(care)))
    };
    let usual = given([open(), floor(PAPER)]).running().rules;
    let story = given([open()]);
    assert_eq!(story.running().slots[1].warn_at, usual.warn_at, "where there are none of its own, the usual ones hold");
    story.when(MODERATOR, care(usual.warn_at.clone())).changes_nothing();
    assert_eq!((usual.warn_at, usual.grace), (vec![Span::minutes(2), Span::minutes(1)], Span::seconds(15)));
    let own = care(vec![Span::seconds(30), Span::seconds(90)]);
    let story = given([open(), by(MODERATOR, own), floor(PAPER)]);
    assert_eq!(story.stage().rules.warn_at, [Span::seconds(90), Span::seconds(30)]);
    story.when(MODERATOR, care(vec![Span::minutes(1); 3])).refuses(Refusal::BadPlan);
}

#[test]
fn the_children_write_their_ground_rules_and_the_screen_shows_them() {
    let rules = vec![said("نستمع حتى النهاية", "We listen to the end")];
    let story = given([by(MODERATOR, Command::Plan(PlanCommand::WriteRules { rules })), open()]);
    assert_eq!(story.running().ground_rules[0].text, "نستمع حتى النهاية");
    given([open()])
        .when(MODERATOR, Command::Plan(PlanCommand::WriteRules { rules: vec![Said::default()] }))
        .refuses(Refusal::BadPlan);
}
