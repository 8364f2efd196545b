//! The queue: those of the hall who wait for the floor, by a rule that a child can say in one sentence.

use nadwa_domain::command::{PlanCommand, ScreenCommand, SessionCommand};
use nadwa_domain::session::floor::{Clock, Run};
use nadwa_domain::session::pace::Pace;
use nadwa_domain::session::queue::QueueCommand;
use nadwa_domain::session::screen::Screen;
use nadwa_domain::view::console::NextAct;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::{Command, Refusal, Span};

use crate::support::cast::{CLOSING, CO_MODERATOR, MODERATOR, PAPER, PRESENTER, QUESTIONS, SARA, VOTE, said, turn};
use crate::support::press::{NEXT, Press, UNDO, by, floor, next, open, queue, raise, start_timer, wait};
use crate::support::{Story, given};

/// Somebody whom a moderator writes down.
fn waits(id: u128, name: &str, group: Option<u8>, first: bool) -> Press {
    by(MODERATOR, raise(id, Some(name), group, first))
}

fn groups() -> [Press; 2] {
    let name = |group, ar, en| by(MODERATOR, Command::Plan(PlanCommand::NameGroup { group, name: said(ar, en) }));
    [name(0, "المغرب", "Morocco"), name(1, "عُمان", "Oman")]
}

/// The hall asks, and nobody waits.
fn hall() -> Story {
    given([open()]).until(QUESTIONS).and(groups())
}

#[test]
fn whoever_speaks_for_the_first_time_comes_before_whoever_has_spoken() {
    let story = hall().and([waits(1, "سعاد", None, false), waits(2, "لينا", None, true), waits(3, "هند", None, true)]);
    assert_eq!(story.waiting(), ["لينا", "هند", "سعاد"]);
}

#[test]
fn one_from_each_group_comes_in_turn() {
    let story = hall().and([
        waits(1, "لينا", Some(0), true),
        waits(2, "هند", Some(0), true),
        waits(3, "فهد", Some(1), true),
        waits(4, "ريان", Some(1), true),
    ]);
    assert_eq!(story.waiting(), ["لينا", "فهد", "هند", "ريان"]);
}

#[test]
fn a_group_that_has_spoken_waits_behind_one_that_has_not() {
    let story = hall().and([waits(1, "لينا", Some(0), true), next(), waits(2, "هند", Some(0), true)]);
    assert_eq!(story.and([waits(3, "فهد", Some(1), true)]).waiting(), ["فهد", "هند"]);
}

#[test]
fn without_the_rule_whoever_comes_first_is_first() {
    let plain = Pace { first_timers_first: false, groups_in_turn: false, ..Pace::default() };
    let story = hall().and([by(MODERATOR, Command::Plan(PlanCommand::SetPace(plain)))]);
    let story =
        story.and([waits(1, "سعاد", Some(0), false), waits(2, "لينا", Some(0), true), waits(3, "فهد", Some(1), true)]);
    assert_eq!(story.waiting(), ["سعاد", "لينا", "فهد"]);
}

#[test]
fn a_presenter_asks_once_and_is_called_by_the_name_of_the_pass() {
    let own = |id| {
        let (name, person) = (None, Some(SARA));
        Command::Queue(QueueCommand::Raise { id: turn(id), name, person, group: None, first: true, read_for_me: true })
    };
    let story = hall().and([by(PRESENTER, own(1))]);
    assert_eq!(story.waiting(), ["سارة"]);
    assert!(story.running().turns[0].read_for_me);
    let story = story.when(PRESENTER, own(2)).refuses(Refusal::AlreadyWaiting);
    let story = story.when(PRESENTER, own(1)).changes_nothing();
    assert_eq!(story.and([by(PRESENTER, Command::Queue(QueueCommand::Withdraw { id: turn(1) }))]).waiting(), [""; 0]);
}

#[test]
fn nobody_takes_back_what_is_not_theirs() {
    let withdraw = Command::Queue(QueueCommand::Withdraw { id: turn(1) });
    hall().and([waits(1, "لينا", None, true)]).when(PRESENTER, withdraw).refuses(Refusal::Unknown);
}

#[test]
fn a_moderator_moves_somebody_one_place_and_the_ends_stay_ends() {
    let story = hall().and([waits(1, "لينا", None, true), waits(2, "هند", None, true), waits(3, "فهد", None, true)]);
    let story = story.and([queue(QueueCommand::Move { id: turn(3), up: true })]);
    assert_eq!(story.waiting(), ["لينا", "فهد", "هند"]);
    let story = story.and([queue(QueueCommand::Move { id: turn(1), up: false })]);
    assert_eq!(story.waiting(), ["فهد", "لينا", "هند"]);
    let up = Command::Queue(QueueCommand::Move { id: turn(3), up: true });
    story.when(CO_MODERATOR, up).changes_nothing();
}

#[test]
fn somebody_who_waits_and_is_moved_or_removed_or_leaves_never_touches_the_running_clock() {
    let speaking = given([open(), floor(PAPER), start_timer(), wait(70)]);
    let story = speaking.and([waits(1, "لينا", None, true), waits(2, "هند", None, true)]);
    let clock = story.clock();
    let story =
        story.and([queue(QueueCommand::Move { id: turn(2), up: true }), queue(QueueCommand::Remove { id: turn(1) })]);
    let story = story.and([queue(QueueCommand::Close { on: true }), by(MODERATOR, UNDO)]);
    assert_eq!(story.clock(), clock);
    assert_eq!(story.left(), 5 * 60 - 70);
}

#[test]
fn giving_the_floor_ends_the_speech_and_starts_the_next_clock_in_one_act() {
    let story = given([open(), floor(PAPER), start_timer(), wait(100), waits(1, "لينا", None, true)]);
    let story = story.and([queue(QueueCommand::Give { id: turn(1) })]);
    let since = story.now;
    assert_eq!(story.clock(), Clock { limit: Span::seconds(90), spent: Span::ZERO, run: Run::Running { since } });
    assert_eq!(story.session.stage.spoken[0].time, Span::seconds(100), "the speech was written down");
    assert!(matches!(story.shown(), Shown::Speaker { ref names, .. } if names[0].text == "لينا"));
    assert_eq!(story.audience().names[0].text, "لينا");
}

#[test]
fn in_a_slot_for_the_hall_the_big_button_leads_through_the_turns_and_then_on() {
    let mut story = hall().and([waits(1, "لينا", None, true), waits(2, "هند", None, true)]);
    let mut acts = vec![];
    for _ in 0..4 {
        let button = story.console().next;
        acts.push((button.act, button.turn.map(|name| name.text)));
        story = story.and([wait(20), next()]);
    }
    let give = |name: &str| (NextAct::GiveTurn, Some(name.to_owned()));
    assert_eq!(acts, [give("لينا"), give("هند"), (NextAct::ThankTurn, None), (NextAct::GoOn, None)]);
    assert_eq!(story.session.stage.slot, Some(VOTE));
}

#[test]
fn after_a_turn_the_screen_shows_again_what_the_slot_is() {
    let story = hall().and([waits(1, "لينا", None, true), next()]);
    assert_eq!(story.session.stage.screen, Screen::Speaker);
    let story = story.and([wait(30), next()]);
    assert_eq!(story.session.stage.screen, Screen::Join);
    assert_eq!(story.session.stage.clock, None);
}

#[test]
fn a_remark_lets_the_speech_wait_and_then_go_on_where_it_was() {
    let story = given([open(), floor(PAPER), start_timer(), wait(60), waits(1, "لينا", None, true)]);
    let story = story.and([queue(QueueCommand::Remark { id: turn(1) }), wait(30)]);
    assert_eq!(story.running().aside.unwrap().text, "سارة");
    assert_eq!(story.console().next.act, NextAct::EndRemark);
    let story = story.and([next(), wait(10)]);
    assert_eq!(story.console().names[0].text, "سارة");
    assert_eq!(story.left(), 5 * 60 - 70, "the remark took nothing of the speech");
    let spoken: Vec<_> = story.session.stage.spoken.iter().map(|spoken| spoken.time).collect();
    assert_eq!(spoken, [Span::seconds(30)]);
}

#[test]
fn there_is_one_remark_at_a_time_and_only_within_a_speech() {
    let remark = |id| Command::Queue(QueueCommand::Remark { id: turn(id) });
    hall().and([waits(1, "لينا", None, true)]).when(MODERATOR, remark(1)).refuses(Refusal::FloorFree);
    given([open(), floor(PAPER), start_timer(), waits(1, "لينا", None, true), waits(2, "هند", None, true)])
        .and([by(MODERATOR, remark(1))])
        .when(CO_MODERATOR, remark(2))
        .refuses(Refusal::FloorHeld);
}

#[test]
fn going_on_from_a_remark_ends_the_speech_that_waited_too() {
    let story = given([open(), floor(PAPER), start_timer(), wait(60), waits(1, "لينا", None, true)]);
    let story = story.and([queue(QueueCommand::Remark { id: turn(1) }), wait(5)]);
    let story = story.and([queue(QueueCommand::Close { on: true })]);
    let story = story.until_over();
    assert_eq!(story.session.stage.floor, None);
    assert_eq!(story.session.stage.aside, None);
}

#[test]
fn two_moderators_who_give_the_floor_at_once_give_it_once() {
    let story = hall().and([waits(1, "لينا", None, true), waits(2, "هند", None, true)]);
    let seen = story.session.step;
    let story = story.and([by(MODERATOR, NEXT)]);
    let again = Command::Queue(QueueCommand::Give { id: turn(1) });
    let story = story.when(CO_MODERATOR, again).refuses(Refusal::Unknown);
    let late = Command::Session(SessionCommand::Next { step: seen });
    let by = Some(nadwa_domain::Role::Moderator);
    let story = story.when(CO_MODERATOR, late).refuses(Refusal::AlreadyMoved { by });
    assert_eq!(story.waiting(), ["هند"]);
}

#[test]
fn taking_a_given_floor_back_puts_the_turn_back_and_forgets_nobody_who_came_since() {
    let story = hall().and([waits(1, "لينا", None, true), next(), wait(3), waits(2, "هند", None, true)]);
    let story = story.and([by(CO_MODERATOR, UNDO)]);
    assert_eq!(story.waiting(), ["لينا", "هند"]);
    assert_eq!(story.session.stage.turn, None);
}

#[test]
fn whoever_took_their_wish_back_since_stays_away_after_an_undo() {
    let own = raise(1, None, None, true);
    let story = hall().and([by(PRESENTER, own), waits(2, "هند", None, true), wait(1)]);
    let story = story.and([queue(QueueCommand::Move { id: turn(2), up: true })]);
    let story = story.and([by(PRESENTER, Command::Queue(QueueCommand::Withdraw { id: turn(1) })), by(MODERATOR, UNDO)]);
    assert_eq!(story.waiting(), ["هند"]);
}

#[test]
fn a_closed_list_takes_nobody_in_and_keeps_those_who_wait() {
    let story = hall().and([waits(1, "لينا", None, true), queue(QueueCommand::Close { on: true })]);
    let story = story.when(PRESENTER, raise(2, None, None, true)).refuses(Refusal::QueueClosed);
    assert_eq!(story.waiting(), ["لينا"]);
}

#[test]
fn nobody_waits_for_a_session_that_has_not_begun_or_is_over() {
    given([]).when(MODERATOR, raise(1, Some("لينا"), None, true)).refuses(Refusal::NotOpen);
    given([open()])
        .until(CLOSING)
        .and([next()])
        .when(MODERATOR, raise(1, Some("لينا"), None, true))
        .refuses(Refusal::Over);
}

#[test]
fn the_screen_shows_who_waits_and_the_rule() {
    let show = Command::Screen(ScreenCommand::Show(nadwa_domain::command::ScreenChoice::Queue));
    let story = hall().and([waits(1, "لينا", Some(0), true), by(MODERATOR, show)]);
    let Shown::Queue { turns, first_timers_first, groups_in_turn } = story.shown() else {
        panic!("{:?}", story.shown())
    };
    assert_eq!((turns[0].name.text.as_str(), turns[0].group.as_ref().unwrap().text.as_str()), ("لينا", "المغرب"));
    assert!(first_timers_first && groups_in_turn);
}
