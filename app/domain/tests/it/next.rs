//! The one big button: it becomes what there is to do, and of two presses at once one counts.

use nadwa_domain::command::{FloorCommand, PollCommand, SessionCommand};
use nadwa_domain::entry::{FloorEvent, PollEvent, ScreenEvent, SessionEvent};
use nadwa_domain::session::Phase;
use nadwa_domain::session::poll::{More, State, Totals};
use nadwa_domain::session::screen::Screen;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::backstage::backstage;
use nadwa_domain::view::console::NextAct;
use nadwa_domain::view::interpreter::interpreter;
use nadwa_domain::{Command, Event, Lang, Refusal, Role};

use crate::support::cast::{
    CLOSING, CO_MODERATOR, MODERATOR, ONE, OPENING, ORGANIZER, PAPER, PHONE, POLL, QUESTIONS, RESERVE, REST, SPEECH,
    TIMEKEEPER, VOTE,
};
use crate::support::press::{
    NEXT, asks, ballots, by, chosen, desk, floor, next, open, passed, poll_opened, put_back, set_aside, start_timer,
    step, step_for_good, wait,
};
use crate::support::{Story, given};

#[test]
fn the_big_button_leads_through_a_whole_session() {
    let mut story = given([]);
    let mut walked = vec![];
    while story.session.phase != Phase::Over {
        walked.push((story.console().next.act, story.session.stage.slot));
        story = story.and([wait(60), next()]);
    }
    let expected = [
        (NextAct::Open, None),
        (NextAct::GoOn, Some(OPENING)),
        (NextAct::StartClock, Some(PAPER)),
        (NextAct::Thank, Some(PAPER)),
        (NextAct::StartClock, Some(SPEECH)),
        (NextAct::Thank, Some(SPEECH)),
        (NextAct::GoOn, Some(QUESTIONS)),
        (NextAct::OpenPoll, Some(VOTE)),
        (NextAct::ClosePoll, Some(VOTE)),
        (NextAct::ShowPoll, Some(VOTE)),
        (NextAct::GoOn, Some(VOTE)),
        (NextAct::GoOn, Some(REST)),
        (NextAct::Close, Some(CLOSING)),
    ];
    assert_eq!(walked, expected);
    assert_eq!(story.console().next.act, NextAct::Nothing);
}

#[test]
fn the_button_says_whom_it_thanks_and_whose_turn_it_is() {
    let button = given([open(), floor(PAPER), start_timer()]).console().next;
    assert_eq!(button.who[0].text, "سارة");
    assert_eq!(button.to.unwrap().names[0].text, "عمر");
}

#[test]
fn the_first_press_opens_the_session_and_enters_its_first_slot() {
    let opened = [
        Event::Session(SessionEvent::Opened),
        Event::Session(SessionEvent::SlotEntered { slot: OPENING }),
        Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Welcome }),
    ];
    given([]).when(MODERATOR, NEXT).then(step_for_good(opened.clone()));
    given([]).when(ORGANIZER, Command::Session(SessionCommand::Open)).then(step_for_good(opened));
}

#[test]
fn opening_again_changes_nothing_and_an_ended_session_stays_ended() {
    given([open()]).when(CO_MODERATOR, Command::Session(SessionCommand::Open)).changes_nothing();
    ended().when(MODERATOR, Command::Session(SessionCommand::Open)).refuses(Refusal::Over);
}

#[test]
fn thanking_a_speaker_yields_the_floor_and_gives_it_to_the_next() {
    given([open(), floor(PAPER), start_timer()]).when(MODERATOR, NEXT).then(step([
        Event::Floor(FloorEvent::FloorYielded),
        Event::Session(SessionEvent::SlotEntered { slot: SPEECH }),
        Event::Floor(FloorEvent::FloorGiven { slot: SPEECH }),
        Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Speaker }),
    ]));
}

#[test]
fn the_screen_follows_the_run_of_show() {
    let mut story = given([]);
    let mut screens = vec![];
    while story.session.phase != Phase::Over {
        story = story.and([wait(60), next()]);
        screens.push(story.session.stage.screen);
    }
    screens.dedup();
    let poll = Screen::Poll { id: POLL };
    let (welcome, thanks) = (Screen::Welcome, Screen::Thanks);
    assert_eq!(screens, [welcome, Screen::Speaker, Screen::Join, welcome, poll, Screen::Break, thanks]);
}

#[test]
fn two_moderators_pressing_at_once_are_one_step() {
    let story = given([open()]);
    let seen = story.session.step;
    let story = story
        .when(MODERATOR, Command::Session(SessionCommand::Next { step: seen }))
        .then(step([
            Event::Session(SessionEvent::SlotEntered { slot: PAPER }),
            Event::Floor(FloorEvent::FloorGiven { slot: PAPER }),
            Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Speaker }),
        ]))
        .when(CO_MODERATOR, Command::Session(SessionCommand::Next { step: seen }))
        .refuses(Refusal::AlreadyMoved { by: Some(Role::Moderator) });
    assert_eq!(story.session.stage.slot, Some(PAPER));
    assert_eq!(story.session.step, seen + 1);
}

#[test]
fn both_see_who_pressed() {
    let story = given([open()]).and([by(CO_MODERATOR, NEXT)]);
    assert_eq!(story.console().last_by, Some(Role::CoModerator));
}

#[test]
fn a_press_of_the_timekeeper_is_a_step_too() {
    let story = given([open(), floor(PAPER)]);
    let seen = story.session.step;
    story
        .and([by(TIMEKEEPER, Command::Floor(FloorCommand::StartTimer))])
        .when(MODERATOR, Command::Session(SessionCommand::Next { step: seen }))
        .refuses(Refusal::AlreadyMoved { by: Some(Role::Timekeeper) });
}

#[test]
fn a_press_that_changes_nothing_is_no_step() {
    let story = given([open(), floor(PAPER), start_timer()]);
    let seen = story.session.step;
    let story = story.and([floor(PAPER), start_timer(), by(CO_MODERATOR, Command::Session(SessionCommand::Open))]);
    assert_eq!(story.session.step, seen);
}

#[test]
fn what_children_do_with_the_list_of_questions_is_no_step() {
    let story = given([open(), desk(), asks(PHONE, ONE), passed(ONE)]);
    let seen = story.session.step;
    assert_eq!(story.and([chosen(ONE), put_back(ONE), set_aside(ONE)]).session.step, seen);
}

#[test]
fn a_press_that_saw_an_old_step_moves_nothing() {
    for old in [0, 1, 99, u32::MAX] {
        given([open(), next()])
            .when(MODERATOR, Command::Session(SessionCommand::Next { step: old }))
            .refuses(Refusal::AlreadyMoved { by: Some(Role::Moderator) });
    }
}

#[test]
fn leaving_the_polls_slot_puts_the_shown_poll_away() {
    let story = given([open()]).until(VOTE).and([next(), wait(45), next(), next()]);
    let away = [
        Event::Poll(PollEvent::PollPutAway),
        Event::Session(SessionEvent::SlotEntered { slot: REST }),
        Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Break }),
    ];
    assert_eq!(story.when(MODERATOR, NEXT).then(step_for_good(away)).audience().poll, None);
}

#[test]
fn a_session_that_is_over_stays_over() {
    let story = ended();
    assert_eq!(story.session.stage.screen, Screen::Thanks);
    let story = story.when(MODERATOR, NEXT).refuses(Refusal::Over);
    for command in [
        Command::Floor(FloorCommand::YieldFloor),
        Command::Floor(FloorCommand::StartTimer),
        Command::Poll(PollCommand::PutPollAway),
        Command::Floor(FloorCommand::GiveFloor { slot: PAPER }),
    ] {
        story.clone().when(MODERATOR, command).refuses(Refusal::Over);
    }
}

#[test]
fn once_it_is_over_everybody_is_told_so_and_nothing_comes_next() {
    let story = ended();
    assert_eq!((story.screen().next, story.stage().next), (None, None));
    assert!(story.running().say.is_empty());
    let interpreters = interpreter(&story.session, story.hall(), Lang::AR);
    let adults = backstage(&story.session, story.hall(), Lang::AR);
    assert!(interpreters.next.is_empty() && adults.coming.is_empty());
    let phases = [story.stage().phase, story.console().phase, story.desk().phase, interpreters.phase, adults.phase];
    assert_eq!(phases, [PhaseView::Over; 5]);
}

#[test]
fn closing_closes_an_open_poll_however_young() {
    let story = given([open()]).until(CLOSING).and([poll_opened(RESERVE), ballots(&[3, 4], 1)]);
    let closed =
        Event::Poll(PollEvent::PollClosed { poll: RESERVE, totals: vec![0, 0], rather_not: 0, more: More::default() });
    let story = story.when(MODERATOR, NEXT).then(step_for_good([closed, Event::Session(SessionEvent::Closed)]));
    let totals = Totals { options: vec![3, 4], rather_not: 1, more: More::default() };
    assert_eq!(story.session.poll(RESERVE).unwrap().state, State::Closed(totals), "no ballot outlives its session");
    assert_eq!(story.audience().poll, None);
}

fn ended() -> Story {
    given([]).until_over()
}
