//! Safeguarding: a text handed over leaves every other list at once, and its asker's phone looks as always (`S2`, `S3`).

use nadwa_domain::command::{DeskCommand, QuestionCommand};
use nadwa_domain::entry::{QuestionEvent, ScreenEvent, Words};
use nadwa_domain::session::question::{AskedAs, HoldReason, NotUsedReason};
use nadwa_domain::session::screen::Screen;
use nadwa_domain::view::console::Waiting;
use nadwa_domain::view::mine::MyState;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::{Command, Event, Refusal};

use crate::support::cast::{
    DEPUTY, LEAD, MODERATOR, ONE, ORGANIZER, OTHER_PHONE, PAPER, PHONE, SECOND_STEWARD, START, STEWARD, THREE, TWO,
    phone, phone_of, question, text_of, words_of,
};
use crate::support::press::{
    answered, ask, asked_event, asks, chosen, desk, floor, held, open, passed, safeguarded, set_aside, shown,
    start_timer, taken_back, wait, withdraws,
};
use crate::support::{Story, given, json};

#[test]
fn what_is_handed_over_is_in_the_safeguarding_inbox_alone() {
    let asked_at = START;
    let story = asked().and([wait(7)]).when(STEWARD, Command::Desk(DeskCommand::Safeguard { id: ONE })).then([gone()]);
    assert_eq!(story.who_reads(ONE), ["asker", "lead"]);
    let item = &story.inbox()[0];
    assert_eq!((item.text.text.clone(), item.asked_at, item.handed_at), (words_of(ONE), asked_at, story.now));
}

#[test]
fn wherever_it_was_it_leaves_every_list_at_once() {
    let cases = [
        asked().and([held(ONE)]),
        asked().and([passed(ONE)]),
        asked().and([passed(ONE), chosen(ONE)]),
        asked().and([passed(ONE), shown(ONE)]),
        asked().and([passed(ONE), shown(ONE), answered(ONE)]),
        asked().and([passed(ONE), shown(ONE), answered(ONE), shown(ONE)]),
        asked().and([passed(ONE), set_aside(ONE)]),
    ];
    for case in cases {
        let story = case.and([safeguarded(ONE)]);
        assert_eq!(story.who_reads(ONE), ["asker", "lead"]);
        let id = json(&ONE);
        assert_eq!(story.who_sees(&id), ["asker", "lead"], "not even its id is left");
    }
}

#[test]
fn on_the_screen_it_gives_way_to_what_rests_there() {
    let on_screen = || asked().and([passed(ONE), shown(ONE)]);
    let welcome = Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Welcome });
    let story = on_screen().when(STEWARD, Command::Desk(DeskCommand::Safeguard { id: ONE })).then([gone(), welcome]);
    assert!(matches!(story.shown(), Shown::Welcome { .. }));
    let speaker = Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Speaker });
    let speaking = asked().and([passed(ONE), floor(PAPER), start_timer(), shown(ONE)]);
    let story = speaking.when(STEWARD, Command::Desk(DeskCommand::Safeguard { id: ONE })).then([gone(), speaker]);
    assert!(matches!(story.shown(), Shown::Speaker { .. }));
}

#[test]
fn the_askers_phone_shows_it_as_being_read() {
    let read = asked().and([wait(5)]);
    let handed = asked().and([wait(5), safeguarded(ONE)]);
    assert_eq!(json(&handed.mine(PHONE)), json(&read.mine(PHONE)));
    let passed_before = asked().and([passed(ONE), wait(5), safeguarded(ONE)]);
    assert_eq!(json(&passed_before.mine(PHONE)), json(&read.mine(PHONE)));
}

#[test]
fn the_children_cannot_tell_by_their_numbers() {
    let waiting = asked();
    let handed = asked().and([safeguarded(ONE)]);
    assert_eq!(json(&handed.console()), json(&waiting.console()), "handing over looks like waiting");
    let held = asked().and([held(ONE)]);
    let taken_back = held.clone().and([taken_back(ONE)]);
    let handed = held.and([safeguarded(ONE)]);
    assert_eq!(json(&handed.console()), json(&taken_back.console()), "and like taking back");
}

#[test]
fn the_children_only_know_that_none_a_few_or_many_wait() {
    assert_eq!(given([open(), desk()]).console().waiting, Waiting::None);
    let mut story = given([open(), desk()]);
    for n in 1..=6 {
        story = story.and([asks(phone_of(question(n)), question(n))]);
        assert_eq!(story.console().waiting, if n <= 5 { Waiting::Few } else { Waiting::Many });
    }
    let few = story.and([safeguarded(ONE), passed(TWO)]);
    assert_eq!(few.console().waiting, Waiting::Few);
}

#[test]
fn handing_over_is_confirmed_beforehand_and_not_taken_back() {
    asked()
        .and([safeguarded(ONE)])
        .when(STEWARD, Command::Desk(DeskCommand::TakeBack { id: ONE }))
        .refuses(Refusal::CannotUndo);
}

#[test]
fn handing_over_again_changes_nothing() {
    let story = asked().and([safeguarded(ONE), wait(5)]);
    let before = story.inbox();
    assert_eq!(
        story.when(SECOND_STEWARD, Command::Desk(DeskCommand::Safeguard { id: ONE })).changes_nothing().inbox(),
        before
    );
}

#[test]
fn to_the_children_it_does_not_exist_not_even_in_a_refusal() {
    for command in [
        Command::Question(QuestionCommand::Choose { id: ONE }),
        Command::Question(QuestionCommand::ShowQuestion { id: ONE }),
        Command::Question(QuestionCommand::Answered { id: ONE }),
    ] {
        let story = asked().when(MODERATOR, command.clone()).refuses(Refusal::Unknown);
        let story =
            story.and([passed(ONE), safeguarded(ONE)]).when(MODERATOR, command.clone()).refuses(Refusal::Unknown);
        story.when(MODERATOR, Command::Question(QuestionCommand::Choose { id: THREE })).refuses(Refusal::Unknown);
    }
}

#[test]
fn a_refusal_does_not_tell_the_children_why_a_question_left_their_list() {
    for left in [taken_back(ONE), withdraws(PHONE, ONE), safeguarded(ONE)] {
        let story = asked().and([passed(ONE), left]);
        for command in [
            Command::Question(QuestionCommand::Choose { id: ONE }),
            Command::Question(QuestionCommand::PutBack { id: ONE }),
            Command::Question(QuestionCommand::ShowQuestion { id: ONE }),
        ] {
            story.clone().when(MODERATOR, command).refuses(Refusal::Unknown);
        }
    }
}

#[test]
fn its_asker_may_take_it_back_like_any_other_and_the_record_stays() {
    let story =
        asked().and([safeguarded(ONE)]).when(phone(PHONE), Command::Question(QuestionCommand::Withdraw { id: ONE }));
    let story = story.then([Event::Question(QuestionEvent::QuestionWithdrawn { id: ONE })]);
    assert_eq!(story.told(ONE), None);
    assert_eq!(story.who_reads(ONE), ["lead"]);
    story.when(phone(PHONE), Command::Question(QuestionCommand::Withdraw { id: ONE })).changes_nothing();
}

/// Whoever presses whatever: the child's own words, with their time, stay as they were written (`S9`).
#[test]
fn nobody_changes_a_word_of_what_was_handed_over() {
    let story = asked().and([wait(5), safeguarded(ONE)]);
    let (written, at) = (story.inbox()[0].text.text.clone(), story.inbox()[0].asked_at);
    let reason = HoldReason::Language;
    let other = || text_of(TWO);
    let commands = [
        Command::Question(QuestionCommand::Change { id: ONE, text: other() }),
        Command::Question(QuestionCommand::Ask { id: ONE, text: other(), said: AskedAs::default() }),
        Command::Desk(DeskCommand::Slip { id: ONE, text: other(), said: AskedAs::default() }),
        Command::Question(QuestionCommand::Withdraw { id: ONE }),
        Command::Question(QuestionCommand::Choose { id: ONE }),
        Command::Question(QuestionCommand::ShowQuestion { id: ONE }),
        Command::Question(QuestionCommand::Answered { id: ONE }),
        Command::Question(QuestionCommand::NotUsed { id: ONE, reason: NotUsedReason::NoTime }),
        Command::Question(QuestionCommand::EraseQuestion { id: ONE }),
        Command::Desk(DeskCommand::Pass { id: ONE }),
        Command::Desk(DeskCommand::Hold { id: ONE, reason }),
        Command::Desk(DeskCommand::TakeBack { id: ONE }),
        Command::Desk(DeskCommand::Claim { id: ONE }),
    ];
    for who in [phone(PHONE), phone(OTHER_PHONE), STEWARD, SECOND_STEWARD, MODERATOR, LEAD, DEPUTY, ORGANIZER] {
        let mut story = story.clone();
        for command in &commands {
            if let Ok(happened) = story.session.decide(who, command, story.now) {
                story.record(who, happened);
            }
            // What its asker says anew stands beside it: an answer of «too late» would tell where it is (S3).
            let item = &story.inbox()[0];
            let first = item.earlier.first().unwrap_or(&item.text);
            assert_eq!((&first.text, item.asked_at), (&written, at), "{who:?} sends {command:?}");
        }
        assert!(story.entries.iter().any(|entry| entry.words == Words::text(&written)), "and in the log");
    }
}

#[test]
fn asking_again_is_answered_alike_whatever_the_desk_did() {
    for done in [passed(ONE), held(ONE), safeguarded(ONE)] {
        let story = asked().and([done, wait(30)]);
        story.when(phone(PHONE), ask(TWO)).then([asked_event(TWO, PHONE)]);
    }
    assert_eq!(asked().and([safeguarded(ONE)]).told(ONE), Some(MyState::Received));
}

fn gone() -> Event {
    Event::Question(QuestionEvent::QuestionSafeguarded { id: ONE })
}

fn asked() -> Story {
    given([open(), desk(), asks(PHONE, ONE)])
}
