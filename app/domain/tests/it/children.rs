//! What the children do with passed questions: choose, put back, show, answer, or set aside with a kind reason.

use nadwa_domain::command::QuestionCommand;
use nadwa_domain::entry::{QuestionEvent, ScreenEvent};
use nadwa_domain::session::question::NotUsedReason;
use nadwa_domain::session::screen::Screen;
use nadwa_domain::view::mine::MyState;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::{Command, Event, Refusal};

use crate::support::cast::{
    CO_MODERATOR, MODERATOR, ONE, OTHER_PHONE, PAPER, PHONE, SPEECH, THREE, TWO, phone_of, words_of,
};
use crate::support::press::{
    answered, asks, chosen, desk, floor, next, open, passed, put_back, safeguarded, set_aside, shown, start_timer,
    step, wait, withdraws,
};
use crate::support::{Story, given};

#[test]
fn a_passed_question_is_chosen_shown_and_answered() {
    let on_screen = Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Question { id: ONE } });
    let story = passed_question()
        .when(MODERATOR, Command::Question(QuestionCommand::Choose { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionChosen { id: ONE })]);
    assert_eq!(story.told(ONE), Some(MyState::Chosen));
    let story =
        story.when(MODERATOR, Command::Question(QuestionCommand::ShowQuestion { id: ONE })).then(step([on_screen]));
    assert_eq!(story.told(ONE), Some(MyState::OnScreen));
    let resting = Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Welcome });
    let answered = step([Event::Question(QuestionEvent::QuestionAnswered { id: ONE }), resting]);
    let story = story.when(MODERATOR, Command::Question(QuestionCommand::Answered { id: ONE })).then(answered);
    assert_eq!(story.told(ONE), Some(MyState::Answered));
}

#[test]
fn showing_a_question_chooses_it() {
    let shown = [
        Event::Question(QuestionEvent::QuestionChosen { id: ONE }),
        Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Question { id: ONE } }),
    ];
    passed_question().when(MODERATOR, Command::Question(QuestionCommand::ShowQuestion { id: ONE })).then(step(shown));
}

#[test]
fn another_question_takes_the_place_on_the_screen() {
    let story = two_passed().and([shown(ONE), shown(TWO)]);
    assert_eq!(story.told(ONE), Some(MyState::Chosen));
    assert_eq!(story.told(TWO), Some(MyState::OnScreen));
    let list: Vec<_> = story.console().questions.into_iter().map(|q| (q.id, q.chosen, q.on_screen)).collect();
    assert_eq!(list, [(ONE, true, false), (TWO, true, true)]);
}

#[test]
fn new_questions_come_in_below_and_move_nothing_above() {
    let before = two_passed().and([chosen(TWO)]).console().questions;
    let after = two_passed().and([chosen(TWO), asks(phone_of(THREE), THREE), passed(THREE)]);
    assert_eq!(after.console().questions[..2], before);
}

#[test]
fn a_question_set_aside_leaves_the_list_and_its_asker_reads_a_kind_reason() {
    use NotUsedReason::{AlreadyAsked, NoTime, OtherSession, OtherTopic};
    for reason in [AlreadyAsked, NoTime, OtherTopic, OtherSession] {
        let event = Event::Question(QuestionEvent::QuestionNotUsed { id: ONE, reason });
        let story = passed_question()
            .when(MODERATOR, Command::Question(QuestionCommand::NotUsed { id: ONE, reason }))
            .then([event]);
        assert_eq!(story.console().questions, []);
        assert_eq!(story.told(ONE), Some(MyState::NotUsed(reason)));
    }
}

#[test]
fn put_back_set_aside_or_answered_a_question_leaves_the_screen() {
    for gone in [put_back(ONE), set_aside(ONE), answered(ONE)] {
        let story = passed_question().and([shown(ONE), gone]);
        assert!(matches!(story.shown(), Shown::Welcome { .. }));
        assert_eq!(story.audience().question, None);
    }
}

#[test]
fn what_leaves_the_list_leaves_another_question_on_the_screen() {
    for gone in [put_back(ONE), set_aside(ONE), answered(ONE), safeguarded(ONE), withdraws(PHONE, ONE)] {
        let story = two_passed().and([chosen(ONE), shown(TWO), gone]);
        assert_eq!(story.audience().question.unwrap().text, words_of(TWO));
    }
}

#[test]
fn the_screen_returns_to_what_the_slot_is_about() {
    let rest =
        |slot| passed_question().and([floor(slot), start_timer(), shown(ONE), answered(ONE)]).session.stage.screen;
    assert_eq!(rest(PAPER), Screen::Speaker);
    let in_questions = passed_question().and([floor(SPEECH), start_timer(), next()]);
    assert_eq!(in_questions.and([shown(ONE), answered(ONE)]).session.stage.screen, Screen::Join);
}

#[test]
fn a_question_stays_on_the_screen_until_a_child_changes_it() {
    let story = passed_question().and([shown(ONE), wait(3600), desk(), asks(OTHER_PHONE, TWO), passed(TWO)]);
    assert_eq!(story.audience().question.unwrap().text, words_of(ONE));
}

#[test]
fn an_answered_question_may_be_shown_again() {
    let story = passed_question().and([shown(ONE), answered(ONE), shown(ONE)]);
    assert_eq!(story.audience().question.unwrap().text, words_of(ONE));
    assert_eq!(story.told(ONE), Some(MyState::Answered));
}

#[test]
fn the_children_may_choose_what_they_do_not_show_and_put_it_back_for_later() {
    let story = passed_question().and([chosen(ONE)]);
    let story = story
        .when(CO_MODERATOR, Command::Question(QuestionCommand::PutBack { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionPutBack { id: ONE })]);
    assert!(!story.console().questions[0].chosen);
}

#[test]
fn questions_are_shown_only_while_the_session_goes_on() {
    let story = passed_question().until_over();
    story.when(MODERATOR, Command::Question(QuestionCommand::ShowQuestion { id: ONE })).refuses(Refusal::Over);
}

fn passed_question() -> Story {
    given([open(), desk(), asks(PHONE, ONE), passed(ONE)])
}

fn two_passed() -> Story {
    given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO), passed(ONE), passed(TWO)])
}
