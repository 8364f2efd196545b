//! Asking: from a phone, without a name, one at a time; and taking it back.

use nadwa_domain::command::QuestionCommand;
use nadwa_domain::entry::QuestionEvent;
use nadwa_domain::entry::Words;
use nadwa_domain::session::question::AskedAs;
use nadwa_domain::session::question::Status;
use nadwa_domain::view::mine::MyState;
use nadwa_domain::{Command, Event, Refusal, Span};

use crate::support::cast::{ONE, OTHER_PHONE, PHONE, TWO, phone, question, text_of, words_of};
use crate::support::press::{
    answered, ask, asked_event, asks, by, chosen, desk, held, lapse, open, passed, safeguarded, set_aside, shown, wait,
    withdraws,
};
use crate::support::{Story, given, json};

#[test]
fn a_phone_asks_and_the_question_waits_at_the_desk() {
    let story = given([open(), desk()]).when(phone(PHONE), ask(ONE)).then([asked_event(ONE, PHONE)]);
    assert_eq!(story.status(ONE), Status::Received);
    assert_eq!(story.told(ONE), Some(MyState::Received));
}

#[test]
fn the_words_are_kept_as_they_were_written_and_apart_from_the_fact() {
    let story = given([open(), desk(), asks(PHONE, ONE)]);
    let entry = story.entries.last().unwrap();
    assert_eq!(entry.words, Words::text(&words_of(ONE)));
    assert!(!json(&entry.event).contains(&words_of(ONE)));
    assert_eq!(story.question(ONE).entries, [entry.seq]);
}

#[test]
fn the_same_id_again_is_the_same_question() {
    let story = open_hall().and([asks(PHONE, ONE)]).when(phone(PHONE), ask(ONE)).changes_nothing();
    let other_words = Command::Question(QuestionCommand::Ask { id: ONE, text: text_of(TWO), said: AskedAs::default() });
    let story = story.when(phone(PHONE), other_words).changes_nothing();
    assert_eq!(story.mine(PHONE).len(), 1);
    assert_eq!(story.mine(PHONE)[0].text.text, words_of(ONE));
}

#[test]
fn a_repeated_submit_is_the_same_question_whatever_has_happened_since() {
    for since in [passed(ONE), held(ONE), safeguarded(ONE), withdraws(PHONE, ONE)] {
        let story = open_hall().and([asks(PHONE, ONE), since]);
        let status = story.status(ONE);
        let story = story.when(phone(PHONE), ask(ONE)).changes_nothing();
        assert_eq!(story.status(ONE), status);
    }
    let lapsed = open_hall().and([asks(PHONE, ONE), wait(60)]);
    let (server, lapse) = lapse(&lapsed.session);
    lapsed.and([by(server, lapse)]).when(phone(PHONE), ask(ONE)).changes_nothing();
}

#[test]
fn another_phones_id_is_unknown() {
    open_hall().and([asks(PHONE, ONE)]).when(phone(OTHER_PHONE), ask(ONE)).refuses(Refusal::Unknown);
}

#[test]
fn one_question_in_thirty_seconds() {
    let story = open_hall().and([asks(PHONE, ONE)]);
    let at = story.now + Span::seconds(30);
    let story = story.when(phone(PHONE), ask(TWO)).refuses(Refusal::TooSoon { at });
    let story = story.and([wait(29)]).when(phone(PHONE), ask(TWO)).refuses(Refusal::TooSoon { at });
    story.and([wait(1)]).when(phone(PHONE), ask(TWO)).then([asked_event(TWO, PHONE)]);
}

#[test]
fn one_phone_does_not_slow_another() {
    let asked = [asked_event(TWO, OTHER_PHONE)];
    open_hall().and([asks(PHONE, ONE)]).when(phone(OTHER_PHONE), ask(TWO)).then(asked);
}

#[test]
fn taking_a_question_back_does_not_make_the_next_come_sooner() {
    let story = open_hall().and([asks(PHONE, ONE), withdraws(PHONE, ONE)]);
    let at = story.now + Span::seconds(30);
    story.when(phone(PHONE), ask(TWO)).refuses(Refusal::TooSoon { at });
}

#[test]
fn five_unread_questions_are_enough_for_one_phone() {
    let mut story = open_hall();
    for n in 1..=5 {
        story = story.and([desk(), asks(PHONE, question(n)), wait(30)]);
    }
    let story = story.when(phone(PHONE), ask(question(6))).refuses(Refusal::TooManyWaiting);
    for freed in [passed(ONE), held(ONE), withdraws(PHONE, ONE)] {
        let asked = [asked_event(question(6), PHONE)];
        story.clone().and([freed]).when(phone(PHONE), ask(question(6))).then(asked);
    }
}

#[test]
fn nobody_asks_before_the_session_or_after_it() {
    given([desk()]).when(phone(PHONE), ask(ONE)).refuses(Refusal::NotOpen);
    let story = open_hall().until_over();
    story.when(phone(PHONE), ask(ONE)).refuses(Refusal::Over);
}

#[test]
fn its_asker_may_take_a_question_back_while_it_waits() {
    let gone = || [Event::Question(QuestionEvent::QuestionWithdrawn { id: ONE })];
    let asked = || open_hall().and([asks(PHONE, ONE)]);
    let take_back = Command::Question(QuestionCommand::Withdraw { id: ONE });
    for waiting in
        [asked(), asked().and([held(ONE)]), asked().and([passed(ONE)]), asked().and([passed(ONE), chosen(ONE)])]
    {
        let story = waiting.when(phone(PHONE), take_back.clone()).then(gone());
        assert_eq!(story.who_reads(ONE), [] as [&str; 0]);
        assert_eq!(story.told(ONE), None);
    }
}

#[test]
fn taking_back_again_changes_nothing() {
    let story = open_hall().and([asks(PHONE, ONE), withdraws(PHONE, ONE)]);
    story.when(phone(PHONE), Command::Question(QuestionCommand::Withdraw { id: ONE })).changes_nothing();
}

#[test]
fn what_the_hall_has_seen_cannot_be_taken_back() {
    let asked = || open_hall().and([asks(PHONE, ONE), passed(ONE)]);
    for past in [asked().and([shown(ONE)]), asked().and([shown(ONE), answered(ONE)]), asked().and([set_aside(ONE)])] {
        past.when(phone(PHONE), Command::Question(QuestionCommand::Withdraw { id: ONE }))
            .refuses(Refusal::QuestionPast);
    }
}

#[test]
fn nobody_takes_back_what_another_asked() {
    let story = open_hall().and([asks(PHONE, ONE)]);
    let story = story
        .when(phone(OTHER_PHONE), Command::Question(QuestionCommand::Withdraw { id: ONE }))
        .refuses(Refusal::Unknown);
    story.when(phone(PHONE), Command::Question(QuestionCommand::Withdraw { id: TWO })).refuses(Refusal::Unknown);
}

/// An open session with a steward at the desk.
fn open_hall() -> Story {
    given([open(), desk()])
}
