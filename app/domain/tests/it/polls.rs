//! Polls: planned, open, closed, shown; one open at a time, and nobody is hurried (`A10`).

use nadwa_domain::command::PollCommand;
use nadwa_domain::entry::{PollEvent, ScreenEvent};
use nadwa_domain::session::poll::ballot::Answer;
use nadwa_domain::session::poll::{MIN_OPEN, More, State, Totals};
use nadwa_domain::session::screen::Screen;
use nadwa_domain::{Command, Event, Refusal, Span};

use crate::support::cast::{CO_MODERATOR, MODERATOR, ONE, PHONE, POLL, RESERVE, VOTE, words_of};
use crate::support::press::{
    NEXT, asks, ballots, by, desk, next, open, passed, poll_closed, poll_opened, poll_shown, shown, step,
    step_for_good, wait,
};
use crate::support::{Story, given};

#[test]
fn an_opened_poll_is_on_every_phone_and_on_the_screen() {
    let opened = [Event::Poll(PollEvent::PollOpened { poll: POLL }), on_screen()];
    let story = given([open()]).when(MODERATOR, Command::Poll(PollCommand::OpenPoll { id: POLL })).then(step(opened));
    assert_eq!(story.poll_on_phones().unwrap().options[0].text, "هاتف");
    assert_eq!(story.session.poll(POLL).unwrap().state, State::Open { since: story.now });
}

#[test]
fn one_poll_at_a_time() {
    given([open(), poll_opened(POLL)])
        .when(MODERATOR, Command::Poll(PollCommand::OpenPoll { id: RESERVE }))
        .refuses(Refusal::PollOpen);
}

#[test]
fn after_the_first_is_closed_the_second_may_open() {
    let opened = [
        Event::Poll(PollEvent::PollOpened { poll: RESERVE }),
        Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Poll { id: RESERVE } }),
    ];
    closed().when(MODERATOR, Command::Poll(PollCommand::OpenPoll { id: RESERVE })).then(step(opened));
}

#[test]
fn opening_an_open_poll_changes_nothing_and_a_closed_one_stays_closed() {
    given([open(), poll_opened(POLL)])
        .when(CO_MODERATOR, Command::Poll(PollCommand::OpenPoll { id: POLL }))
        .changes_nothing();
    closed().when(MODERATOR, Command::Poll(PollCommand::OpenPoll { id: POLL })).refuses(Refusal::PollNotOpen);
}

#[test]
fn a_poll_stays_open_for_forty_five_seconds() {
    let story = given([open(), poll_opened(POLL)]);
    let at = story.now + Span::seconds(45);
    let refusal = Refusal::PollTooYoung { at };
    let story = story.when(MODERATOR, Command::Poll(PollCommand::ClosePoll { id: POLL })).refuses(refusal.clone());
    let just_before = story.clone().at(at - Span(1));
    just_before.when(MODERATOR, Command::Poll(PollCommand::ClosePoll { id: POLL })).refuses(refusal);
    story
        .clone()
        .at(at)
        .when(MODERATOR, Command::Poll(PollCommand::ClosePoll { id: POLL }))
        .then(step_for_good([empty()]));
    let by_the_big_button = given([open()]).until(VOTE).and([next()]);
    let at = by_the_big_button.now + Span::seconds(45);
    by_the_big_button.when(MODERATOR, NEXT).refuses(Refusal::PollTooYoung { at });
    assert_eq!(MIN_OPEN, Span::seconds(45));
}

#[test]
fn a_poll_has_no_hidden_deadline() {
    let story = given([open(), poll_opened(POLL), wait(86_400)]);
    assert_eq!(story.may_vote(POLL, Answer::One(0)), Ok(()));
}

#[test]
fn closing_makes_totals_of_the_ballots() {
    let story = given([open(), poll_opened(POLL), ballots(&[4, 2, 1], 3), wait(45), poll_closed(POLL)]);
    let totals = Totals { options: vec![4, 2, 1], rather_not: 3, more: More::default() };
    assert_eq!(story.session.poll(POLL).unwrap().state, State::Closed(totals));
}

#[test]
fn closing_again_changes_nothing_and_a_draft_cannot_be_closed() {
    closed().when(CO_MODERATOR, Command::Poll(PollCommand::ClosePoll { id: POLL })).changes_nothing();
    given([open()]).when(MODERATOR, Command::Poll(PollCommand::ClosePoll { id: POLL })).refuses(Refusal::PollNotOpen);
}

#[test]
fn results_are_shown_after_closing_and_not_before() {
    let show = Command::Poll(PollCommand::ShowPoll { id: POLL });
    given([open()]).when(MODERATOR, show.clone()).refuses(Refusal::PollNotClosed);
    given([open(), poll_opened(POLL), wait(45)]).when(MODERATOR, show.clone()).refuses(Refusal::PollNotClosed);
    closed().when(MODERATOR, show).then(step_for_good([Event::Poll(PollEvent::PollShown { poll: POLL }), on_screen()]));
}

#[test]
fn showing_results_that_are_on_the_screen_changes_nothing() {
    let story = closed()
        .and([poll_shown(POLL)])
        .when(CO_MODERATOR, Command::Poll(PollCommand::ShowPoll { id: POLL }))
        .changes_nothing();
    let story = story.and([by(MODERATOR, Command::Poll(PollCommand::PutPollAway))]);
    story.when(MODERATOR, Command::Poll(PollCommand::ShowPoll { id: POLL })).then(step([on_screen()]));
}

#[test]
fn a_poll_is_put_away_from_phones_and_screen() {
    let away = [Event::Poll(PollEvent::PollPutAway), Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Welcome })];
    let story = closed().when(MODERATOR, Command::Poll(PollCommand::PutPollAway)).then(step_for_good(away));
    assert_eq!(story.audience().poll, None);
    story.when(CO_MODERATOR, Command::Poll(PollCommand::PutPollAway)).changes_nothing();
}

#[test]
fn an_open_poll_cannot_be_put_away() {
    given([open(), poll_opened(POLL), wait(60)])
        .when(MODERATOR, Command::Poll(PollCommand::PutPollAway))
        .refuses(Refusal::PollNotClosed);
}

#[test]
fn putting_a_poll_away_leaves_a_question_on_the_screen() {
    let story = closed().and([desk(), asks(PHONE, ONE), passed(ONE), shown(ONE)]);
    let story = story
        .when(MODERATOR, Command::Poll(PollCommand::PutPollAway))
        .then(step_for_good([Event::Poll(PollEvent::PollPutAway)]));
    assert_eq!(story.audience().question.unwrap().text, words_of(ONE));
}

#[test]
fn nobody_opens_a_poll_that_was_not_planned_or_before_the_session() {
    let unknown = nadwa_domain::ids::PollId(ONE.0);
    for command in [
        Command::Poll(PollCommand::OpenPoll { id: unknown }),
        Command::Poll(PollCommand::ClosePoll { id: unknown }),
        Command::Poll(PollCommand::ShowPoll { id: unknown }),
    ] {
        given([open()]).when(MODERATOR, command).refuses(Refusal::Unknown);
    }
    given([]).when(MODERATOR, Command::Poll(PollCommand::OpenPoll { id: POLL })).refuses(Refusal::NotOpen);
}

#[test]
fn a_phone_votes_while_the_poll_is_open() {
    let may = |story: &Story| story.may_vote(POLL, Answer::One(2));
    assert_eq!(may(&given([open()])), Err(Refusal::PollNotOpen));
    assert_eq!(may(&given([open(), poll_opened(POLL)])), Ok(()));
    assert_eq!(may(&given([open(), poll_opened(POLL), wait(3600)])), Ok(()));
    assert_eq!(may(&closed()), Err(Refusal::PollNotOpen));
    assert_eq!(may(&closed().and([poll_shown(POLL)])), Err(Refusal::PollNotOpen));
}

#[test]
fn i_would_rather_not_say_is_always_an_answer() {
    let story = given([open(), poll_opened(POLL)]);
    assert_eq!(story.may_vote(POLL, Answer::RatherNot), Ok(()));
}

#[test]
fn a_ballot_for_an_option_that_is_not_there_is_refused() {
    let story = given([open(), poll_opened(POLL)]);
    for place in [3, 6, u8::MAX] {
        assert_eq!(story.may_vote(POLL, Answer::One(place)), Err(Refusal::NoSuchOption));
    }
    let unknown = nadwa_domain::ids::PollId(ONE.0);
    assert_eq!(story.may_vote(unknown, Answer::RatherNot), Err(Refusal::Unknown));
    assert_eq!(story.may_vote(RESERVE, Answer::One(0)), Err(Refusal::PollNotOpen));
}

fn closed() -> Story {
    given([open(), poll_opened(POLL), wait(45), poll_closed(POLL)])
}

fn on_screen() -> Event {
    Event::Screen(ScreenEvent::ScreenSet { screen: Screen::Poll { id: POLL } })
}

/// What closing decides; the store fills in the totals.
fn empty() -> Event {
    Event::Poll(PollEvent::PollClosed { poll: POLL, totals: vec![0, 0, 0], rather_not: 0, more: More::default() })
}
