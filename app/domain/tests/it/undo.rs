//! Taking the last step back: within ten seconds, and only while nobody has built on it (`A7`).

use nadwa_domain::command::{FloorCommand, PollCommand, QuestionCommand, SessionCommand};
use nadwa_domain::entry::{PollEvent, QuestionEvent, SessionEvent};
use nadwa_domain::session::Phase;
use nadwa_domain::session::choosing::CardAct;
use nadwa_domain::session::next::{Next, next as upcoming};
use nadwa_domain::session::poll::{More, State};
use nadwa_domain::session::screen::Screen;
use nadwa_domain::view::Moment;
use nadwa_domain::view::mine::MyState;
use nadwa_domain::view::screen::Shown;
use nadwa_domain::{Command, Event, Refusal, Role, Span};

use crate::support::cast::{
    CO_MODERATOR, MODERATOR, ONE, OTHER_PHONE, PAPER, PHONE, POLL, THREE, TWO, phone, phone_of, words_of,
};
use crate::support::press::{
    NEXT, UNDO, answered, asks, by, desk, floor, next, open, passed, poll_closed, poll_opened, poll_shown, put_back,
    safeguarded, safety_pause, safety_resume, set_aside, shown, start_timer, step_for_good, taken_back, wait,
};
use crate::support::{Story, given};

#[test]
fn a_step_can_be_taken_back_within_ten_seconds() {
    let story = given([open(), floor(PAPER), start_timer(), wait(60), next(), wait(9)]);
    let story = story.when(MODERATOR, UNDO).then([Event::Session(SessionEvent::StepUndone)]);
    assert_eq!(story.session.stage.floor, Some(PAPER));
    assert_eq!(story.left(), 300 - 69, "the speaker's clock has run on as if nothing had happened");
    assert_eq!(story.session.stage.screen, Screen::Speaker);
}

#[test]
fn after_ten_seconds_it_is_too_late() {
    let story = given([open(), next()]);
    let (soon, late) = (story.now + Span(9_999), story.now + Span(10_000));
    story.clone().at(soon).when(MODERATOR, UNDO).then([Event::Session(SessionEvent::StepUndone)]);
    story.at(late).when(MODERATOR, UNDO).refuses(Refusal::CannotUndo);
}

#[test]
fn the_console_says_until_when() {
    let story = given([open(), next()]);
    assert_eq!(story.console().undo_until, Some(story.now + Span::seconds(10)));
    assert_eq!(story.and([by(MODERATOR, UNDO)]).console().undo_until, None);
}

#[test]
fn a_step_that_another_built_on_cannot_be_taken_back() {
    let story = given([open(), floor(PAPER)]);
    let mine = Command::Session(SessionCommand::Undo { step: story.session.step });
    story
        .and([by(CO_MODERATOR, Command::Floor(FloorCommand::StartTimer))])
        .when(MODERATOR, mine)
        .refuses(Refusal::CannotUndo);
}

#[test]
fn either_moderator_may_take_the_last_step_back_and_both_see_who_did() {
    let story =
        given([open(), by(MODERATOR, NEXT)]).when(CO_MODERATOR, UNDO).then([Event::Session(SessionEvent::StepUndone)]);
    assert_eq!(story.console().last_by, Some(Role::CoModerator));
    let seen = story.session.step - 1;
    story
        .when(MODERATOR, Command::Session(SessionCommand::Next { step: seen }))
        .refuses(Refusal::AlreadyMoved { by: Some(Role::CoModerator) });
}

#[test]
fn an_undo_cannot_be_undone_and_only_one_step_goes_back() {
    given([open(), next(), next(), by(MODERATOR, UNDO)]).when(MODERATOR, UNDO).refuses(Refusal::CannotUndo);
}

#[test]
fn what_leaves_nothing_to_go_back_to_cannot_be_taken_back() {
    given([open()]).when(MODERATOR, UNDO).refuses(Refusal::CannotUndo);
    let story = given([open(), poll_opened(POLL), wait(45), poll_closed(POLL)]);
    let story = story.when(MODERATOR, UNDO).refuses(Refusal::CannotUndo);
    let story = story.and([poll_shown(POLL)]).when(MODERATOR, UNDO).refuses(Refusal::CannotUndo);
    story
        .and([by(MODERATOR, Command::Poll(PollCommand::PutPollAway))])
        .when(MODERATOR, UNDO)
        .refuses(Refusal::CannotUndo);
}

#[test]
fn a_poll_that_was_opened_by_mistake_is_a_draft_again_and_its_ballots_are_gone() {
    let story = given([open(), floor(PAPER), poll_opened(POLL), wait(9)]);
    assert_eq!(story.console().undo_until, Some(story.now + Span::seconds(1)));
    let before = given([open(), floor(PAPER)]);
    let closed = PollEvent::PollClosed { poll: POLL, totals: vec![0; 3], rather_not: 0, more: More::default() };
    let taken = PollEvent::PollTakenBack { poll: POLL };
    let undone = Event::Session(SessionEvent::StepUndone);
    let story = story.when(CO_MODERATOR, UNDO).then([Event::Poll(closed), Event::Poll(taken), undone]);
    assert_eq!(story.session.poll(POLL).unwrap().state, State::Draft);
    assert_eq!((story.poll_on_phones(), story.shown()), (None, before.shown()));
    assert_eq!(story.console().last_by, Some(Role::CoModerator));
    // It opens again as if it had never been.
    let story = story.and([poll_opened(POLL)]);
    assert!(story.session.poll(POLL).unwrap().is_open());
    story.and([wait(10)]).when(MODERATOR, UNDO).refuses(Refusal::CannotUndo);
}

#[test]
fn an_answer_by_mistake_is_taken_back_and_the_question_is_on_the_screen_again() {
    let story = questions().and([shown(ONE), answered(ONE)]);
    assert_eq!(story.told(ONE), Some(MyState::Answered));
    let chosen = Event::Question(QuestionEvent::QuestionChosen { id: ONE });
    let story = story.when(MODERATOR, UNDO).then([chosen, Event::Session(SessionEvent::StepUndone)]);
    assert_eq!(story.told(ONE), questions().and([shown(ONE)]).told(ONE));
    assert_eq!(story.audience().question.unwrap().text, words_of(ONE));
    let late = questions().and([shown(ONE), answered(ONE), wait(10)]);
    late.when(MODERATOR, UNDO).refuses(Refusal::CannotUndo);
    // Nobody had shown it: it waits in the list as before.
    let story = questions().and([answered(ONE), by(MODERATOR, UNDO)]);
    assert_eq!(story.told(ONE), questions().told(ONE));
    // What became of it meanwhile stays.
    let story = questions().and([shown(ONE), answered(ONE), safeguarded(ONE), by(MODERATOR, UNDO)]);
    assert_eq!((story.who_reads(ONE), story.audience().question), (vec!["asker", "lead"], None));
}

/// The children order their cards while one is answered; taken back, it is on their list again (`A7`).
#[test]
fn an_answer_that_is_taken_back_after_the_cards_were_ordered_is_on_the_list() {
    let third = THREE;
    let later = Command::Question(QuestionCommand::Cards(CardAct::Later { id: TWO }));
    let story = questions().and([asks(phone_of(third), third), passed(third), answered(ONE)]);
    let story = story.and([by(MODERATOR, later), by(MODERATOR, UNDO)]);
    assert_eq!(story.session.cards().map(|card| card.id).collect::<Vec<_>>(), [third, TWO, ONE]);
}

#[test]
fn nothing_is_taken_back_across_a_safety_pause() {
    let story = given([open(), floor(PAPER), safety_pause()]);
    let story = story.when(MODERATOR, UNDO).refuses(Refusal::Paused);
    story.and([safety_resume()]).when(MODERATOR, UNDO).refuses(Refusal::CannotUndo);
}

#[test]
fn a_question_that_was_shown_by_mistake_leaves_the_screen_and_stays_chosen() {
    let story =
        questions().and([shown(ONE), wait(3)]).when(MODERATOR, UNDO).then([Event::Session(SessionEvent::StepUndone)]);
    assert_eq!(story.shown(), given([open()]).shown());
    assert!(story.console().questions[0].chosen);
}

#[test]
fn a_question_that_was_on_the_screen_before_returns_to_it() {
    let story = questions().and([shown(ONE), shown(TWO), by(MODERATOR, UNDO)]);
    assert_eq!(story.audience().question.unwrap().text, words_of(ONE));
}

#[test]
fn a_question_that_was_set_aside_or_put_back_meanwhile_does_not_return_to_the_screen() {
    for gone in [put_back(ONE), set_aside(ONE)] {
        let story = questions().and([shown(ONE), shown(TWO), gone, by(MODERATOR, UNDO)]);
        assert_eq!(story.audience().question, None);
        assert!(matches!(story.shown(), Shown::Welcome { .. }));
        assert_eq!(story.audience().moment, Moment::Plain);
    }
}

#[test]
fn a_question_that_was_safeguarded_meanwhile_does_not_return_and_looks_like_any_that_is_read() {
    let story = questions().and([shown(ONE), shown(TWO), safeguarded(ONE), by(MODERATOR, UNDO)]);
    assert_eq!(story.who_reads(ONE), ["asker", "lead"]);
    assert_eq!(story.told(ONE), Some(MyState::Received));
    // Any question that is being read can be taken back: a refusal here would tell (S3).
    story
        .when(phone(PHONE), Command::Question(QuestionCommand::Withdraw { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionWithdrawn { id: ONE })]);
}

#[test]
fn the_desk_cannot_put_a_question_on_the_screen_by_taking_it_back_and_passing_it_again() {
    let story = questions().and([shown(ONE), shown(TWO), put_back(ONE), by(MODERATOR, UNDO)]);
    let story = story.and([taken_back(ONE), passed(ONE)]);
    assert_eq!(story.audience().question, None);
}

#[test]
fn the_end_of_a_session_can_be_taken_back_for_a_minute() {
    let over = given([open(), floor(PAPER), start_timer()]).until_over();
    assert_eq!(over.console().undo_until, Some(over.now + Span::seconds(60)));
    let (soon, late) = (over.now + Span(59_999), over.now + Span(60_000));
    let back =
        over.clone().at(soon).when(CO_MODERATOR, UNDO).then(step_for_good([Event::Session(SessionEvent::Reopened)]));
    assert_eq!((back.session.phase, back.session.closed_at), (Phase::Open, None));
    assert_eq!(back.console().last_by, Some(Role::CoModerator));
    let seen = Command::Session(SessionCommand::Undo { step: over.session.step - 1 });
    over.clone().when(MODERATOR, seen).refuses(Refusal::CannotUndo);
    over.at(late).when(MODERATOR, UNDO).refuses(Refusal::Over);
}

#[test]
fn a_session_that_was_ended_by_mistake_goes_on_where_it_was() {
    let mut story = questions();
    while upcoming(&story.session) != Next::Close {
        story = story.and([wait(60), next()]);
    }
    let before = story.and([shown(TWO)]);
    let slot = before.session.stage.slot;
    let over = before.and([next(), wait(3_600), safeguarded(TWO)]);
    assert_eq!(over.session.phase, Phase::Over);
    assert!(over.console().can_be_reopened);
    let story = over
        .when(MODERATOR, Command::Session(SessionCommand::Reopen))
        .then(step_for_good([Event::Session(SessionEvent::Reopened)]));
    assert_eq!(story.audience().question, None, "what was taken away meanwhile does not return");
    assert_eq!(story.session.stage.slot, slot);
    let story = story.when(CO_MODERATOR, Command::Session(SessionCommand::Reopen)).changes_nothing();
    story
        .and([next()])
        .when(MODERATOR, Command::Session(SessionCommand::Reopen))
        .then(step_for_good([Event::Session(SessionEvent::Reopened)]));
    given([]).when(MODERATOR, Command::Session(SessionCommand::Reopen)).refuses(Refusal::NotOpen);
}

/// Two passed questions.
fn questions() -> Story {
    given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO), passed(ONE), passed(TWO)])
}
