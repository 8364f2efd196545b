//! What became of a question: closed out by the children, many at once, and read by whoever holds its receipt (`R1`).

use nadwa_domain::command::QuestionCommand;
use nadwa_domain::entry::QuestionEvent;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::choosing::CardAct;
use nadwa_domain::session::closing::{CloseAs, MOST_AT_ONCE, WITHIN};
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::text::Line;
use nadwa_domain::view::fate::{Fate, fate, open_fates};
use nadwa_domain::{Command, Event, Lang, Refusal};

use crate::support::cast::{CO_MODERATOR, MODERATOR, ONE, ORGANIZER, OTHER_PHONE, PHONE, SERVER, THREE, TWO};
use crate::support::press::{
    answered, asks, by, desk, held, open, passed, safeguarded, set_aside, shown, wait, withdraws,
};
use crate::support::{Story, given};
use uuid::Uuid;

fn close(ids: &[QuestionId], how: CloseAs) -> Command {
    Command::Question(QuestionCommand::CloseOut { ids: ids.to_vec(), how })
}

fn ministry() -> CloseAs {
    CloseAs::Owed(Line::parse("وزارة التعليم", str::len).expect("a good name"))
}

const NO_TIME: CloseAs = CloseAs::NotUsed(NotUsedReason::NoTime);

fn of(story: &Story, id: QuestionId) -> Fate {
    fate(&story.session, id, Lang::AR, story.now).expect("it was asked").fate
}

/// Two that were passed, one that waits at the desk.
fn three_asked() -> Story {
    given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO), passed(ONE), passed(TWO)]).and([
        wait(40),
        desk(),
        asks(PHONE, THREE),
    ])
}

#[test]
fn moderators_say_what_became_of_many_at_once_also_after_the_session() {
    let story = three_asked().until_over();
    let after = story.when(MODERATOR, close(&[ONE, TWO], NO_TIME)).then(
        [ONE, TWO].map(|id| Event::Question(QuestionEvent::QuestionNotUsed { id, reason: NotUsedReason::NoTime })),
    );
    assert_eq!(after.session.without_fate().count(), 0);
    assert_eq!(of(&after, ONE), Fate::NotUsed(NotUsedReason::NoTime));
    after.when(ORGANIZER, close(&[ONE], CloseAs::Answered)).refuses(Refusal::NotYours);
}

#[test]
fn two_moderators_at_once_make_one_fate_and_what_was_said_wrongly_is_corrected() {
    let story = three_asked().until_over().and([by(MODERATOR, close(&[ONE], CloseAs::Answered))]);
    let story = story.when(CO_MODERATOR, close(&[ONE], CloseAs::Answered)).changes_nothing();
    let story = story
        .when(CO_MODERATOR, close(&[ONE], ministry()))
        .then([Event::Question(QuestionEvent::QuestionOwed { id: ONE })]);
    let seen = fate(&story.session, ONE, Lang::AR, story.now).unwrap();
    assert_eq!((seen.fate, seen.owed_by.unwrap().text.as_str()), (Fate::Owed, "وزارة التعليم"));
    assert_eq!(seen.since, Some(story.now));
}

#[test]
fn children_close_out_nothing_that_the_desk_has_not_passed_and_are_not_told_that_it_is_there() {
    let story = three_asked();
    story.clone().when(MODERATOR, close(&[THREE], NO_TIME)).refuses(Refusal::Unknown);
    story.clone().and([safeguarded(ONE)]).when(MODERATOR, close(&[ONE], NO_TIME)).refuses(Refusal::Unknown);
    story
        .clone()
        .when(MODERATOR, close(&[THREE, TWO], NO_TIME))
        .then([Event::Question(QuestionEvent::QuestionNotUsed { id: TWO, reason: NotUsedReason::NoTime })]);
    story.clone().when(MODERATOR, close(&[], NO_TIME)).refuses(Refusal::Unknown);
    let limit = u32::try_from(MOST_AT_ONCE).unwrap();
    story.when(MODERATOR, close(&[ONE; MOST_AT_ONCE + 1], NO_TIME)).refuses(Refusal::TooMany { limit });
}

#[test]
fn what_is_closed_out_while_it_is_on_the_screen_leaves_it() {
    let story = three_asked().and([shown(TWO), by(MODERATOR, close(&[ONE, TWO], CloseAs::Answered))]);
    assert!(story.session.question_on_screen().is_none());
    assert_eq!([of(&story, ONE), of(&story, TWO)], [Fate::Answered; 2]);
}

#[test]
fn each_question_has_its_fate_and_after_a_day_what_has_none_is_late() {
    let story = three_asked();
    assert_eq!([of(&story, ONE), of(&story, THREE)], [Fate::WithModerators, Fate::BeingRead]);
    let shown = story.clone().and([shown(ONE)]);
    assert_eq!(of(&shown, ONE), Fate::OnScreen);
    assert_eq!(of(&story.clone().and([held(THREE)]), THREE), Fate::Held(HoldReason::Language));
    assert_eq!(of(&story.clone().and([withdraws(PHONE, THREE)]), THREE), Fate::Withdrawn);
    let over = shown.and([answered(ONE), set_aside(TWO)]).until_over();
    assert_eq!([of(&over, ONE), of(&over, TWO)], [Fate::Answered, Fate::NotUsed(NotUsedReason::NoTime)]);
    assert_eq!(of(&over, THREE), Fate::BeingRead);
    let due = over.session.closed_at.unwrap() + WITHIN;
    assert_eq!(of(&over.clone().at(due), THREE), Fate::Late);
    assert_eq!(of(&over.at(due), ONE), Fate::Answered);
}

#[test]
fn what_is_with_the_safeguarding_team_reads_at_every_moment_like_what_waits() {
    let waits = QuestionId(Uuid::from_u128(77));
    let story = three_asked().and([wait(40), desk(), asks(OTHER_PHONE, waits), safeguarded(THREE)]);
    let over = story.clone().until_over();
    let due = over.session.closed_at.unwrap() + WITHIN;
    for story in [story, over.clone(), over.at(due)] {
        let mut seen = [THREE, waits].map(|id| fate(&story.session, id, Lang::AR, story.now).unwrap());
        // When each was asked is its own.
        seen[0].asked_at = seen[1].asked_at;
        assert_eq!(seen[0], seen[1]);
        let erased = story.and([by(SERVER, Command::Question(QuestionCommand::EraseQuestion { id: THREE }))]);
        assert_eq!(of(&erased, THREE), seen[1].fate);
    }
}

#[test]
fn a_fate_is_found_after_the_words_were_erased_and_holds_none() {
    let erase = Command::Question(QuestionCommand::EraseQuestion { id: ONE });
    let story = three_asked().and([shown(ONE), answered(ONE)]).until_over().and([by(SERVER, erase)]);
    assert_eq!(of(&story, ONE), Fate::Answered);
    let open = open_fates(&story.session, Lang::AR, story.now);
    assert!(open.settled.iter().any(|question| question.id == ONE && question.text.is_empty()));
    assert_eq!(open.open.iter().map(|question| question.id).collect::<Vec<_>>(), [TWO], "nothing that was not passed");
}

#[test]
fn a_joined_question_goes_the_way_of_the_one_that_stands_for_it() {
    let same = |id| CardAct::Join { id, to: ONE };
    let join = Command::Question(QuestionCommand::Cards(same(TWO)));
    let story = three_asked().and([by(MODERATOR, join), by(MODERATOR, close(&[ONE], ministry()))]);
    assert_eq!([of(&story, ONE), of(&story, TWO)], [Fate::Owed; 2]);
    assert_eq!(story.session.without_fate().count(), 0);
}
