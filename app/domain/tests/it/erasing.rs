//! Erasing: held texts a day after the session, the rest some days after the conference, safeguarding never by itself.

use nadwa_domain::command::PlannedPoll;
use nadwa_domain::command::{PollCommand, QuestionCommand, SessionCommand};
use nadwa_domain::entry::{PollEvent, QuestionEvent};
use nadwa_domain::ids::FileId;
use nadwa_domain::inbox::Care;
use nadwa_domain::inbox::care::must_be_confirmed;
use nadwa_domain::session::erasing::{Keeping, due, pictures, pictures_due};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::session::poll::picture::Pictured;
use nadwa_domain::session::poll::{PollKind, Rule};
use nadwa_domain::session::undo::UNDO_END_FOR;
use nadwa_domain::{Command, Event, Instant, Lang, Refusal, Said, Span};
use uuid::Uuid;

use crate::support::cast::{
    MODERATOR, ONE, ORGANIZER, OTHER_PHONE, PHONE, POLL, SERVER, START, THREE, TWO, phone_of, words_of,
};
use crate::support::press::{asks, by, desk, held, open, passed, safeguarded};
use crate::support::{Story, given};

const DAY: Span = Span::minutes(24 * 60);
const SEA_AND_RIVER: [Pictured; 2] =
    [Pictured::Brought(FileId(Uuid::from_u128(0x5ea))), Pictured::Brought(FileId(Uuid::from_u128(0x51fe)))];

fn three() -> Story {
    given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO), asks(phone_of(THREE), THREE)])
        .and([passed(ONE), held(TWO), safeguarded(THREE)])
        .until_over()
}

#[test]
fn held_texts_go_a_day_after_the_session_and_the_rest_when_the_conference_says() {
    let story = three();
    let closed = story.session.closed_at.expect("it is over");
    let all_at = closed + Span::minutes(30 * 24 * 60);
    let keeping = Keeping { held: DAY, all_at: Some(all_at), unread_at: None };
    let due_at = |at| due(&story.session, keeping, at);
    assert_eq!(due_at(closed), []);
    assert_eq!(due_at(closed + DAY), [TWO]);
    assert_eq!(due_at(all_at), [ONE, TWO], "what is with the safeguarding team stays");
}

#[test]
fn now_means_what_is_there_and_the_conferences_own_time_still_comes() {
    let (end, asked) = (START + DAY, START + Span::minutes(60));
    let month = end + Span::minutes(30 * 24 * 60);
    let all_at = |erase_asked, now| Care { erase_asked, ..Care::default() }.keeping(Some(end), now).all_at;
    assert_eq!(all_at(None, asked), Some(month));
    assert_eq!(all_at(Some(asked), asked), Some(asked));
    assert_eq!(all_at(Some(asked), month), Some(month), "what came after it goes by the calendar");
    assert_eq!(all_at(Some(month + DAY), month + DAY), Some(month + DAY), "and may be told to go afterwards");
    assert_eq!(Care::default().keeping(None, asked).all_at, None);
}

#[test]
fn a_closed_meeting_leaves_nothing_but_what_its_members_chose_to_keep() {
    let mut story = three();
    let closed = story.session.closed_at.expect("it is over");
    let keeping = Keeping { held: DAY, all_at: None, unread_at: None };
    story.session.about.as_mut().expect("it was planned").kind = Kind::ClosedMeeting;
    let (undone, gone) = (closed + UNDO_END_FOR - Span(1), closed + UNDO_END_FOR);
    assert_eq!(due(&story.session, keeping, undone), [], "a moderator may still take the end back");
    assert_eq!(due(&story.session, keeping, gone), [ONE, TWO], "then at once; safeguarding's own stays theirs");
    let reopens = |story: &Story, at| story.session.decide(MODERATOR, &Command::Session(SessionCommand::Reopen), at);
    assert!(reopens(&story, undone).is_ok());
    assert_eq!(reopens(&story, gone), Err(Refusal::Over), "what is gone cannot be opened again");
    story.session.minutes = true;
    assert_eq!(due(&story.session, keeping, gone), []);
    assert!(reopens(&story, gone).is_ok());
}

#[test]
fn an_erased_question_is_a_fact_without_a_word_and_is_due_no_more() {
    let story = three()
        .when(SERVER, Command::Question(QuestionCommand::EraseQuestion { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionErased { id: ONE })]);
    assert_eq!(story.who_reads(ONE), [] as [&str; 0]);
    assert_eq!(story.session.questions.len(), 3);
    let keeping = Keeping { held: DAY, all_at: Some(story.now), unread_at: None };
    assert_eq!(due(&story.session, keeping, story.now), [TWO]);
    story.clone().when(SERVER, Command::Question(QuestionCommand::EraseQuestion { id: ONE })).then([]);
    assert!(story.question(ONE).key.is_empty() && !words_of(ONE).is_empty());
}

#[test]
fn pictures_that_organizers_brought_go_with_the_session_and_their_names_stay() {
    let named = ["بحر", "نهر"].map(|name| Said::new([(Lang::AR, name)])).to_vec();
    let rule = Rule { kind: PollKind::Pictures, pictures: SEA_AND_RIVER.to_vec(), ..Rule::default() };
    let poll = PlannedPoll { id: POLL, question: named[0].clone(), options: named.clone(), rule };
    let story = given([by(ORGANIZER, Command::Poll(PollCommand::PlanPoll(Box::new(poll)))), open()]).until_over();
    let closed = story.session.closed_at.expect("it is over");
    let month = closed + Span::minutes(30 * 24 * 60);
    let keeping = Keeping { held: DAY, all_at: Some(month), unread_at: None };
    let brought = pictures(&story.session);
    assert_eq!(brought.len(), 2);
    assert_eq!(pictures_due(&story.session, keeping, closed), []);
    assert_eq!(pictures_due(&story.session, keeping, month), brought);
    let gone =
        story.when(SERVER, Command::Poll(PollCommand::ErasePictures)).then([Event::Poll(PollEvent::PicturesErased)]);
    assert_eq!(pictures_due(&gone.session, keeping, month), []);
    assert_eq!(gone.session.poll(POLL).expect("it stays").options, named);
    gone.when(SERVER, Command::Poll(PollCommand::ErasePictures)).then([]);
}

#[test]
fn a_clock_that_is_far_ahead_of_the_last_start_erases_nothing_before_an_adult_confirms() {
    let seen = Instant(1_653_291_000_000);
    let hours = |n: i64| seen + Span::minutes(60 * n);
    assert!(!must_be_confirmed(None, seen), "a conference that was just made");
    for (now, waits) in
        [(hours(-3), false), (hours(0), false), (hours(20), false), (hours(25), true), (hours(960), true)]
    {
        assert_eq!(must_be_confirmed(Some(seen), now), waits, "{now:?}");
    }
}

#[test]
fn what_nobody_has_read_goes_only_once_an_adult_has_said_so() {
    let story = given([open(), desk(), asks(PHONE, ONE), asks(OTHER_PHONE, TWO)]).and([passed(ONE)]).until_over();
    let closed = story.session.closed_at.expect("it is over");
    let at = closed + DAY;
    let due_with = |unread_at| due(&story.session, Keeping { held: DAY, all_at: Some(closed), unread_at }, at);
    assert_eq!(due_with(None), [ONE], "unread, it stays, whatever the calendar says");
    assert_eq!(due_with(Some(START + Span(-1))), [ONE], "what came later than somebody's word stays");
    assert_eq!(due_with(Some(at)), [ONE, TWO]);
    assert_eq!(story.session.unread(), 1, "and is counted until then");
}
