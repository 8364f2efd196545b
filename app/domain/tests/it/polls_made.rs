//! Polls that children make, call, annul and repeat; hands, seats and words.

use nadwa_domain::command::PlannedPoll;
use nadwa_domain::command::{DeskCommand, PollCommand, QuestionCommand};
use nadwa_domain::entry::{PollEvent, QuestionEvent};
use nadwa_domain::ids::{FileId, PhoneId, PollId, QuestionId};
use nadwa_domain::session::poll::ballot::Answer;
use nadwa_domain::session::poll::count::{Apart, Share};
use nadwa_domain::session::poll::picture::{Picture, Pictured};
use nadwa_domain::session::poll::words;
use nadwa_domain::session::poll::{AnnulReason, Follows, More, PollKind, Rule, State, Voter, may_vote};
use nadwa_domain::session::question::Status;
use nadwa_domain::session::screen::Screen;
use nadwa_domain::text::WordText;
use nadwa_domain::view::poll::{Stand, Turnout, my_poll};
use nadwa_domain::view::screen::Shown;
use nadwa_domain::view::{PollState, Results};
use nadwa_domain::{Command, Event, Lang, Refusal, Said};
use uuid::Uuid;

use crate::support::cast::{
    CO_MODERATOR, MODERATOR, ORGANIZER, OTHER_PHONE, PHONE, POLL, RESERVE, STEWARD, VOTE, phone, phone_of, question,
};
use crate::support::press::{
    ballots, by, desk, next, open, passed, poll_closed, poll_opened, poll_shown, safeguarded, step_for_good, wait,
};
use crate::support::{Story, given};

const NEW: PollId = PollId(Uuid::from_u128(0xa1));
const REASON: AnnulReason = AnnulReason::Unclear;

fn made(kind: PollKind, options: &[&str]) -> PlannedPoll {
    let options = options.iter().map(|text| Said::new([(Lang::AR, *text)])).collect();
    PlannedPoll {
        id: NEW,
        question: Said::new([(Lang::AR, "ما رأيكم؟")]),
        options,
        rule: Rule { kind, ..Rule::default() },
    }
}

fn make(poll: PlannedPoll) -> Command {
    Command::Poll(PollCommand::MakePoll { poll: Box::new(poll), open: true })
}

fn opened(kind: PollKind, options: &[&str]) -> Story {
    given([open(), desk(), by(MODERATOR, make(made(kind, options)))])
}

fn word(id: u128, text: &str) -> Command {
    let text = WordText::parse(text, |t| t.chars().count()).expect("a word");
    Command::Poll(PollCommand::SayWord { poll: NEW, id: question(id), text, one_of_many: false, after: 0 })
}

#[test]
fn a_poll_made_on_the_spot_is_open_with_one_press_and_the_same_press_twice_makes_one() {
    let story = given([open()]).and([by(CO_MODERATOR, make(made(PollKind::YesNo, &[])))]);
    assert_eq!(story.audience().poll.unwrap().stand, Stand::Open);
    assert_eq!(story.session.stage.screen, Screen::Poll { id: NEW });
    let story = story.when(CO_MODERATOR, make(made(PollKind::YesNo, &[]))).changes_nothing();
    let another = PlannedPoll { id: RESERVE, ..made(PollKind::Wave, &[]) };
    let another = PlannedPoll { id: PollId(Uuid::from_u128(7)), ..another };
    story.when(MODERATOR, make(another)).refuses(Refusal::PollOpen);
}

#[test]
fn a_poll_that_cannot_be_asked_is_refused() {
    let six = ["أ", "ب", "ج", "د", "ه", "و", "ز"];
    for poll in [
        made(PollKind::Single, &[]),
        made(PollKind::Single, &["أ"]),
        made(PollKind::Single, &six),
        made(PollKind::Single, &["أ", "أ"]),
        made(PollKind::Single, &["أ", " "]),
        made(PollKind::YesNo, &["أ", "ب"]),
        made(PollKind::Several { most: 0 }, &["أ", "ب"]),
        made(PollKind::Several { most: 3 }, &["أ", "ب"]),
        made(PollKind::Estimate { low: 5, high: 5 }, &[]),
        made(PollKind::Estimate { low: 0, high: i64::MAX }, &[]),
        made(PollKind::Pictures, &["", ""]),
        PlannedPoll { question: Said::default(), ..made(PollKind::YesNo, &[]) },
    ] {
        given([open()]).when(MODERATOR, make(poll)).refuses(Refusal::BadPoll);
    }
    let pictures = Rule {
        kind: PollKind::Pictures,
        pictures: vec![Pictured::Ours(Picture::Phone), Pictured::Ours(Picture::Chat)],
        ..Rule::default()
    };
    let poll = PlannedPoll { rule: pictures, ..made(PollKind::Pictures, &["", ""]) };
    given([open()]).and([by(MODERATOR, make(poll))]);
}

#[test]
fn a_last_call_is_seen_by_all_and_closes_nothing() {
    let story = opened(PollKind::YesNo, &[]);
    let story = story
        .when(MODERATOR, Command::Poll(PollCommand::LastCall { id: NEW }))
        .then(step_for_good([Event::Poll(PollEvent::PollLastCalled { poll: NEW })]));
    assert_eq!(story.audience().poll.unwrap().stand, Stand::LastCall);
    assert!(story.console().polls.last().unwrap().last_call);
    let story =
        story.when(CO_MODERATOR, Command::Poll(PollCommand::LastCall { id: NEW })).changes_nothing().and([wait(3_600)]);
    assert_eq!(story.may_vote(NEW, Answer::One(0)), Ok(()));
    given([open()]).when(MODERATOR, Command::Poll(PollCommand::LastCall { id: POLL })).refuses(Refusal::PollNotOpen);
}

#[test]
fn a_wave_of_hands_may_be_over_after_ten_seconds() {
    let story = opened(PollKind::Wave, &[]);
    let at = story.now + nadwa_domain::Span::seconds(10);
    story.when(MODERATOR, Command::Poll(PollCommand::ClosePoll { id: NEW })).refuses(Refusal::PollTooYoung { at });
    opened(PollKind::Wave, &[]).and([wait(10), poll_closed(NEW)]);
}

#[test]
fn a_misunderstood_poll_does_not_count_and_is_asked_again_in_its_place() {
    let story = given([open()]).until(VOTE).and([next(), ballots(&[9, 9, 9], 1)]);
    let annul = Command::Poll(PollCommand::AnnulPoll { id: POLL, reason: REASON, again: NEW });
    let story = story.and([by(MODERATOR, annul.clone())]);
    assert_eq!(story.session.poll(POLL).unwrap().state, State::Annulled(REASON));
    assert_eq!(story.audience().poll.unwrap().stand, Stand::Annulled);
    assert_eq!(story.poll_on_phones().unwrap().state, PollState::Annulled(REASON));
    assert_eq!(story.may_vote(POLL, Answer::One(0)), Err(Refusal::PollNotOpen));
    let story = story.when(CO_MODERATOR, annul).changes_nothing();
    let again = story.session.poll(NEW).unwrap();
    assert_eq!((again.options.len(), again.follows), (3, Some(Follows::Annulled(POLL))));
    // The big button of this slot means the new one now.
    let story = story.and([next()]);
    assert!(story.session.poll(NEW).unwrap().is_open());
    let story = story.and([wait(45), next(), next()]);
    assert!(matches!(story.session.poll(NEW).unwrap().state, State::Shown(_)));
    story
        .when(
            MODERATOR,
            Command::Poll(PollCommand::AnnulPoll { id: RESERVE, reason: REASON, again: PollId(Uuid::from_u128(9)) }),
        )
        .refuses(Refusal::PollNotOpen);
}

#[test]
fn a_second_round_shows_both_results_and_only_when_both_may_be_seen() {
    let second = by(MODERATOR, Command::Poll(PollCommand::SecondRound { of: POLL, new: NEW }));
    let first = [open(), poll_opened(POLL), ballots(&[4, 2, 1], 0), wait(45), poll_closed(POLL)];
    given([open(), poll_opened(POLL)])
        .when(MODERATOR, Command::Poll(PollCommand::SecondRound { of: POLL, new: NEW }))
        .refuses(Refusal::PollNotClosed);
    let story = given(first).and([second, poll_opened(NEW), ballots(&[1, 2, 9], 0), wait(45), poll_closed(NEW)]);
    assert_eq!(story.poll_on_phones().unwrap().before, None);
    let seen = story.and([poll_shown(NEW)]).poll_on_phones().unwrap();
    assert_eq!((seen.round, seen.before.unwrap().options), (2, vec![4, 2, 1]));
    let few = [open(), poll_opened(POLL), ballots(&[2, 1, 1], 0), wait(45), poll_closed(POLL)];
    let second = by(MODERATOR, Command::Poll(PollCommand::SecondRound { of: POLL, new: NEW }));
    let story =
        given(few).and([second, poll_opened(NEW), ballots(&[1, 2, 9], 0), wait(45), poll_closed(NEW), poll_shown(NEW)]);
    assert_eq!(story.poll_on_phones().unwrap().before, None, "of four answers nothing is shown, nor later");
}

#[test]
fn hands_are_a_source_of_their_own_and_hidden_like_the_rest() {
    let count = |hands: &[u32]| Command::Poll(PollCommand::CountHands { id: POLL, hands: hands.to_vec() });
    given([open()]).when(MODERATOR, count(&[1, 2, 3])).refuses(Refusal::PollNotOpen);
    let story = given([open(), poll_opened(POLL)]);
    for wrong in [&[1, 2][..], &[1, 2, 3, 4], &[1, 2, 10_001]] {
        story.clone().when(MODERATOR, count(wrong)).refuses(Refusal::BadHands);
    }
    let story = story.and([by(MODERATOR, count(&[777, 2, 3])), ballots(&[2, 1, 0], 0), wait(45), poll_closed(POLL)]);
    assert_eq!(story.who_sees("777"), [] as [&str; 0]);
    assert!(story.console().polls[0].hands);
    let seen = story.and([by(MODERATOR, count(&[770, 2, 3])), poll_shown(POLL)]).poll_on_phones().unwrap();
    assert_eq!((seen.state, seen.hands), (PollState::Shown(Results::TooFew), Some(vec![770, 2, 3])));
}

#[test]
fn how_many_have_voted_is_on_the_screen_once_it_tells_nobodys_ballot() {
    let turnout = |voted: u32| {
        let story = given([open(), poll_opened(POLL), ballots(&[voted, 0, 0], 0)]);
        assert_eq!(story.poll_on_phones().unwrap().turnout, None);
        let Shown::Poll(poll) = story.shown() else { panic!("the poll is on the screen") };
        poll.turnout
    };
    assert_eq!(turnout(4), None);
    assert_eq!(turnout(42), Some(Turnout { voted: 42, of: Some(200) }));
    assert_eq!(turnout(300), Some(Turnout { voted: 300, of: None }));
}

/// The very same bytes, whatever was voted, for everybody, until the children show it (`F7`).
#[test]
fn whatever_was_voted_every_view_is_the_same_until_it_is_shown() {
    let share = |yes, no| Share { options: vec![yes, no, 0], rather_not: 0, voters: yes + no };
    let close = |yes: u32, no: u32, shown: bool| {
        let mut story = given([open(), poll_opened(POLL), wait(60)]);
        let more = More {
            voters: yes + no,
            middle: None,
            apart: Some(Apart { children: share(yes, no), adults: share(no, yes) }),
            ..More::default()
        };
        let closed = Event::Poll(PollEvent::PollClosed { poll: POLL, totals: vec![yes, no, 0], rather_not: 0, more });
        story.record(MODERATOR, vec![closed.into()]);
        story.record(
            MODERATOR,
            vec![Event::Poll(PollEvent::HandsCounted { poll: POLL, hands: vec![no, yes, 0] }).into()],
        );
        if shown {
            story.record(MODERATOR, vec![Event::Poll(PollEvent::PollShown { poll: POLL }).into()]);
        }
        Lang::all().flat_map(|lang| story.views(lang)).collect::<Vec<_>>()
    };
    assert_eq!(close(31, 7, false), close(7, 31, false));
    assert_ne!(close(31, 7, true), close(7, 31, true), "the test can tell");
}

#[test]
fn one_person_one_vote_with_a_seat_code() {
    let seats = Command::Poll(PollCommand::IssueSeats { seed: Uuid::from_u128(3), count: 2 });
    let poll = PlannedPoll { rule: Rule { seats: true, ..Rule::default() }, ..made(PollKind::Single, &["أ", "ب"]) };
    let story = given([open(), by(MODERATOR, seats.clone()), by(MODERATOR, make(poll))]);
    assert_eq!(story.may_vote(NEW, Answer::One(0)), Err(Refusal::SeatNeeded));
    assert_eq!(may_vote(&story.session, NEW, Voter::Box, &Answer::One(0).into()), Err(Refusal::SeatNeeded));
    let take = |seat| Command::Poll(PollCommand::TakeSeat { seat });
    let story = story.when(phone(PHONE), take(2)).refuses(Refusal::NoSuchSeat);
    let story = story.and([by(phone(PHONE), take(1))]);
    assert_eq!(story.may_vote(NEW, Answer::One(0)), Ok(()));
    assert!(my_poll(&story.session, PHONE, Lang::AR).seat);
    let story = story.when(phone(PHONE), take(1)).changes_nothing();
    let story = story.when(phone(OTHER_PHONE), take(1)).refuses(Refusal::SeatTaken);
    let story = story.when(phone(PHONE), take(0)).refuses(Refusal::SeatTaken);
    let anew = Command::Poll(PollCommand::IssueSeats { seed: Uuid::from_u128(4), count: 2 });
    story.when(MODERATOR, anew).refuses(Refusal::PollOpen);
}

#[test]
fn a_word_is_in_the_cloud_only_after_the_desk_has_passed_it_and_spellings_meet() {
    let story = opened(PollKind::Words, &[]).and([by(phone(PHONE), word(1, "أمان"))]);
    assert_eq!(story.who_sees("أمان"), ["desk"]);
    assert_eq!(story.desk().waiting[0].poll.as_ref().unwrap().text, "ما رأيكم؟");
    assert_eq!(my_poll(&story.session, PHONE, Lang::AR).words.len(), 1);
    // Five phones, two spellings, one word; the very same letters need no second reading.
    let story = story.and([passed(question(1)), by(phone(OTHER_PHONE), word(2, "امان")), passed(question(2))]);
    let story = story.and([by(phone(PhoneId(Uuid::from_u128(71))), word(3, "أمان"))]);
    assert_eq!(story.desk().waiting, []);
    let story = story.and([
        by(phone(PhoneId(Uuid::from_u128(72))), word(4, "أمان")),
        by(phone(PhoneId(Uuid::from_u128(73))), word(5, "أمان")),
    ]);
    assert_eq!(story.who_sees("أمان"), ["desk"]);
    let story = story.and([wait(45), poll_closed(NEW), poll_shown(NEW)]);
    let PollState::Shown(Results::Cloud { words, voters, .. }) = story.poll_on_phones().unwrap().state else {
        panic!("a cloud")
    };
    assert_eq!((words.len(), words[0].text.text.as_str(), words[0].count, voters), (1, "أمان", 5, 5));
    let story = story.and([safeguarded(question(1))]);
    let PollState::Shown(results) = story.poll_on_phones().unwrap().state else { panic!("results") };
    assert_eq!(results, Results::TooFew, "a word that was handed on has left the cloud");
    assert_eq!(story.console().questions, []);
}

/// A decision about a word is one about everybody who has said it, also later (`S1`, `S2`).
#[test]
fn a_word_that_is_taken_back_or_marked_leaves_the_cloud_whoever_has_said_it() {
    let said = |n: u128| by(phone(phone_of(question(n))), word(n, "سرّ"));
    let story = opened(PollKind::Words, &[]).and([said(1), passed(question(1)), said(2), said(3)]);
    assert_eq!(words::cloud(&story.session, NEW), [("سرّ".to_owned(), 3)]);
    let back = story.clone().and([by(STEWARD, Command::Desk(DeskCommand::TakeBack { id: question(1) }))]);
    assert!(words::cloud(&back.session, NEW).is_empty());
    assert_eq!(back.desk().waiting[0].times, 3, "and waits at the desk for all of them");
    let marked = story.and([safeguarded(question(3))]);
    assert!(words::cloud(&marked.session, NEW).is_empty());
    let other = opened(PollKind::Words, &[]).and([by(phone(PHONE), word(1, "as")), passed(question(1))]);
    for (n, unread) in [(2, "ass"), (3, "as 🖕")] {
        let other = other.clone().and([by(phone(phone_of(question(n))), word(n, unread))]);
        assert_eq!(other.status(question(n)), Status::Received, "{unread}");
    }
}

#[test]
fn a_cloud_counts_what_was_written() {
    let said = ["خط", "خطط", "أم", "أمم", "أمن", "آمن", "امن", "كتابة", "كتابه", "سَلام", "سلام", "امل", "أمل"];
    let mut story = opened(PollKind::Words, &[]);
    for (n, text) in (0..).zip(said) {
        story = story.and([by(phone(PhoneId(Uuid::from_u128(500 + n))), word(500 + n, text))]);
        if !matches!(story.status(question(500 + n)), Status::Passed) {
            story = story.and([passed(question(500 + n))]);
        }
    }
    let cloud = words::cloud(&story.session, NEW);
    let count = |text: &str| cloud.iter().find(|(word, _)| word == text).map(|(_, count)| *count);
    for alone in ["خط", "خطط", "أم", "أمم", "أمن", "آمن", "امن", "كتابة", "كتابه"] {
        assert_eq!(count(alone), Some(1), "{alone}: {cloud:?}");
    }
    assert_eq!((count("سلام").or(count("سَلام")), count("أمل").or(count("امل"))), (Some(2), Some(2)), "{cloud:?}");
    assert_eq!(cloud.len(), 11);
}

#[test]
fn words_are_few_and_bounded() {
    let story = opened(PollKind::Words, &[]);
    let story = story.and([
        by(phone(PHONE), word(1, "ماء")),
        by(phone(PHONE), word(2, "نور")),
        by(phone(PHONE), word(3, "بيت")),
    ]);
    story.clone().when(phone(PHONE), word(3, "بيت")).changes_nothing();
    story.clone().when(phone(PHONE), word(4, "شمس")).refuses(Refusal::WordsSaid { most: 3 });
    story.clone().and([wait(61)]).when(phone(OTHER_PHONE), word(5, "شمس")).refuses(Refusal::IntakeClosed);
    opened(PollKind::YesNo, &[]).when(phone(PHONE), word(1, "ماء")).refuses(Refusal::NoSuchOption);
    assert_eq!(
        WordText::parse(&"س".repeat(29), |t| t.chars().count()),
        Err(Refusal::TooLong { length: 29, limit: 28 })
    );
    assert_eq!(story.may_vote(NEW, Answer::RatherNot), Ok(()));
}

#[test]
fn ten_thousand_words_fill_no_more_than_the_cloud() {
    let mut story = opened(PollKind::Words, &[]);
    let begun = std::time::Instant::now();
    let mut refused = 0;
    for n in 0..10_000 {
        let who = phone(PhoneId(Uuid::from_u128(n + 1_000)));
        match story.session.decide(who, &word(n, "كلمة"), story.now) {
            Ok(events) => story.apply(who, events),
            Err(refusal) => {
                assert_eq!(refusal, Refusal::CloudFull);
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 6_000);
    for n in 0..3_000 {
        let passed = Command::Desk(DeskCommand::Pass { id: question(n) });
        let events = story.session.decide(STEWARD, &passed, story.now).unwrap_or_default();
        story.apply(STEWARD, events);
    }
    assert_eq!(words::cloud(&story.session, NEW), [("كلمة".to_owned(), 4_000)]);
    // Each word looks at all that came before: a minute would be a room that stands still. This takes a few seconds of
    // a program that was not made to be fast.
    assert!(begun.elapsed() < std::time::Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn a_word_is_no_question_to_the_children() {
    let story = opened(PollKind::Words, &[]).and([by(phone(PHONE), word(1, "ماء")), passed(question(1))]);
    for command in [
        Command::Question(QuestionCommand::Choose { id: question(1) }),
        Command::Question(QuestionCommand::ShowQuestion { id: question(1) }),
    ] {
        story.clone().when(MODERATOR, command).refuses(Refusal::Unknown);
    }
    assert_eq!(story.mine(PHONE), []);
    let id: QuestionId = question(1);
    story
        .when(STEWARD, Command::Desk(DeskCommand::TakeBack { id }))
        .then([Event::Question(QuestionEvent::QuestionTakenBack { id })]);
}

#[test]
fn a_picture_that_was_brought_has_the_name_that_it_was_given() {
    let files = [1, 2].map(|n| Pictured::Brought(FileId(Uuid::from_u128(n))));
    let rule = Rule { kind: PollKind::Pictures, pictures: files.to_vec(), ..Rule::default() };
    let named = |options: &[&str]| PlannedPoll { rule: rule.clone(), ..made(PollKind::Pictures, options) };
    given([open()]).when(MODERATOR, make(named(&["بحر", ""]))).refuses(Refusal::BadPoll);
    given([open()]).when(MODERATOR, make(named(&["بحر", "نهر", "بئر"]))).refuses(Refusal::BadPoll);
    let twice = Rule { pictures: vec![files[0]; 2], ..rule.clone() };
    let twice = PlannedPoll { rule: twice, ..made(PollKind::Pictures, &["بحر", "نهر"]) };
    given([open()]).when(MODERATOR, make(twice)).refuses(Refusal::BadPoll);
    let story = given([open()]).and([by(MODERATOR, make(named(&["بحر", "نهر"])))]);
    let poll = story.session.poll(NEW).unwrap();
    assert_eq!((&poll.rule.pictures[..], poll.places()), (&files[..], 2));
    let text = serde_json::to_string(&poll.rule).unwrap();
    assert_eq!(serde_json::from_str::<Rule>(&text).unwrap(), poll.rule);
}

#[test]
fn a_poll_is_written_into_the_plan_and_anew_until_the_session_opens() {
    let agree = made(PollKind::Agree, &[]);
    let write = |poll: &PlannedPoll| Command::Poll(PollCommand::PlanPoll(Box::new(poll.clone())));
    let story = given([]).and([by(ORGANIZER, write(&agree))]);
    assert_eq!(story.session.poll(NEW).unwrap().as_planned(), agree);
    let places = story.session.polls.len();
    story.clone().when(ORGANIZER, write(&agree)).then([]);
    let dots = made(PollKind::Dots, &["أ", "ب"]);
    let story = story.and([by(ORGANIZER, write(&dots))]);
    assert_eq!((story.session.polls.len(), &story.session.poll(NEW).unwrap().rule.kind), (places, &PollKind::Dots));
    story.clone().when(ORGANIZER, write(&made(PollKind::Dots, &["أ"]))).refuses(Refusal::BadPoll);
    given([open()]).when(ORGANIZER, write(&agree)).refuses(Refusal::AlreadyOpen);
}
