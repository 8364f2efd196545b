//! Two desks, one queue: who reads what, the same words from several phones, slips of paper, slow mode.

use nadwa_domain::command::QuestionCommand;
use nadwa_domain::entry::QuestionEvent;
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::question::{AskedAs, Asks, HoldReason, Status};
use nadwa_domain::text::QuestionText;
use nadwa_domain::view::console::Waiting;
use nadwa_domain::view::mine::MyState;
use nadwa_domain::{Command, Event, Instant, Refusal, Span};

use crate::support::cast::{
    MODERATOR, ONE, OTHER_PHONE, PAPER, PHONE, SECOND_STEWARD, STEWARD, THREE, TWO, phone, phone_of, question, text_of,
    words_of,
};
use crate::support::press::{ask, asks, by, claims, desk, held, next, open, passed, safeguarded, shown, wait};
use crate::support::{Story, given};

fn text(words: &str) -> QuestionText {
    QuestionText::parse(words, |text| text.chars().count()).expect("a good question")
}

fn same_words(id: nadwa_domain::ids::QuestionId, words: &str) -> crate::support::press::Press {
    by(phone(phone_of(id)), Command::Question(QuestionCommand::Ask { id, text: text(words), said: AskedAs::default() }))
}

fn two_desks() -> Story {
    given([
        open(),
        desk(),
        by(SECOND_STEWARD, Command::Desk(DeskCommand::AtDesk)),
        asks(PHONE, ONE),
        asks(OTHER_PHONE, TWO),
    ])
}

#[test]
fn two_desks_never_do_one_question_twice() {
    let story = two_desks().and([claims(STEWARD, ONE)]);
    assert_eq!(story.desk().waiting[0].read_by.map(|by| by.desk), Some(1));
    for press in [Command::Desk(DeskCommand::Claim { id: ONE }), Command::Desk(DeskCommand::Pass { id: ONE })] {
        story.clone().when(SECOND_STEWARD, press).refuses(Refusal::BeingRead);
    }
    let hold = Command::Desk(DeskCommand::Hold { id: ONE, reason: HoldReason::Language });
    story.clone().when(SECOND_STEWARD, hold).refuses(Refusal::BeingRead);
    let story = story
        .when(STEWARD, Command::Desk(DeskCommand::Pass { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionPassed { id: ONE })]);
    story.when(SECOND_STEWARD, Command::Desk(DeskCommand::Pass { id: ONE })).then([]);
}

#[test]
fn safety_waits_for_no_claim() {
    let story = two_desks().and([claims(STEWARD, ONE)]);
    story
        .when(SECOND_STEWARD, Command::Desk(DeskCommand::Safeguard { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionSafeguarded { id: ONE })]);
}

#[test]
fn a_desk_that_opens_the_next_question_lets_the_last_one_go() {
    let story = two_desks().and([claims(STEWARD, ONE), claims(STEWARD, TWO)]);
    story
        .when(SECOND_STEWARD, Command::Desk(DeskCommand::Claim { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionClaimed { id: ONE })]);
}

#[test]
fn a_desk_that_dies_holding_a_question_is_waited_for_a_minute() {
    let story = two_desks().and([
        claims(STEWARD, ONE),
        wait(40),
        by(SECOND_STEWARD, Command::Desk(DeskCommand::AtDesk)),
        wait(19),
    ]);
    story.clone().when(SECOND_STEWARD, Command::Desk(DeskCommand::Pass { id: ONE })).refuses(Refusal::BeingRead);
    let story = story.and([wait(1)]);
    story
        .when(SECOND_STEWARD, Command::Desk(DeskCommand::Pass { id: ONE }))
        .then([Event::Question(QuestionEvent::QuestionPassed { id: ONE })]);
}

#[test]
fn what_was_said_anew_is_read_anew_before_anything_is_decided() {
    let story = two_desks().and([claims(STEWARD, ONE)]);
    let anew = Command::Question(QuestionCommand::Change {
        id: ONE, text: text("بكلمات أخرى: من يسمعنا؟")
    });
    story.clone().when(phone(PHONE), anew.clone()).refuses(Refusal::BeingRead);
    let story = story.and([claims(STEWARD, TWO), by(phone(PHONE), anew)]);
    assert_eq!(story.desk().waiting[0].text.text, "بكلمات أخرى: من يسمعنا؟");
    for press in [
        Command::Desk(DeskCommand::Pass { id: ONE }),
        Command::Desk(DeskCommand::Hold { id: ONE, reason: HoldReason::Language }),
    ] {
        story.clone().when(STEWARD, press).refuses(Refusal::WordsChanged);
    }
    let story = story.and([claims(STEWARD, ONE), passed(ONE)]);
    assert_eq!(story.console().questions[0].text.text, "بكلمات أخرى: من يسمعنا؟");
}

#[test]
fn a_held_question_said_anew_waits_again_and_the_first_words_stay_in_the_record() {
    let anew = Command::Question(QuestionCommand::Change { id: ONE, text: text("بكلمات ألطف") });
    let story = two_desks().and([held(ONE), by(phone(PHONE), anew)]);
    assert_eq!(story.told(ONE), Some(MyState::Received));
    assert_eq!(story.status(ONE), Status::Received);
    let story = story.and([safeguarded(ONE)]);
    let item = &story.inbox()[0];
    assert_eq!((item.text.text.as_str(), item.earlier[0].text.clone()), ("بكلمات ألطف", words_of(ONE)));
}

#[test]
fn to_its_sender_a_question_in_safeguarding_can_be_said_anew_like_any_other() {
    let anew = || Command::Question(QuestionCommand::Change { id: ONE, text: text("شيء آخر تمامًا") });
    let waiting =
        two_desks().when(phone(PHONE), anew()).then([Event::Question(QuestionEvent::QuestionChanged { id: ONE })]);
    let guarded = two_desks()
        .and([safeguarded(ONE)])
        .when(phone(PHONE), anew())
        .then([Event::Question(QuestionEvent::QuestionChanged { id: ONE })]);
    assert_eq!(waiting.mine(PHONE), guarded.mine(PHONE));
    assert_eq!(guarded.who_reads(ONE), ["lead"], "the first words stay with the lead");
    two_desks().when(phone(OTHER_PHONE), anew()).refuses(Refusal::Unknown);
}

#[test]
fn the_same_text_from_several_phones_is_one_item_and_one_decision() {
    let story = given([
        open(),
        desk(),
        same_words(ONE, "كيف نوصل صوتنا للمسؤولين؟"),
        same_words(TWO, "كيف نوصل صوتنا للمسؤولين؟"),
        same_words(THREE, "لماذا؟"),
    ]);
    let items: Vec<_> = story.desk().waiting.iter().map(|item| (item.id, item.times)).collect();
    assert_eq!(items, [(ONE, 2), (THREE, 1)]);
    let story = story.and([passed(ONE)]);
    assert_eq!(story.console().questions.len(), 1);
    assert_eq!(story.console().questions[0].supporters, 2);
    assert_eq!(story.desk().waiting.len(), 1);
    let story = story.and([shown(ONE)]);
    assert_eq!((story.told(ONE), story.told(TWO)), (Some(MyState::OnScreen), Some(MyState::OnScreen)));
}

/// Whether children or the hall can read it.
fn reaches_the_hall(story: &Story, text: &str) -> bool {
    let hall = ["console", "screen", "stage", "audience", "poll part"];
    story.who_sees(text).iter().any(|who| hall.contains(who))
}

/// What is spelled alike may say something else: it is read by itself, and is one question for the children only then.
#[test]
fn no_spelling_that_no_adult_has_read_reaches_the_children_by_another_one() {
    for (read, unread) in [
        ("كيف نوصل صوتنا؟", "كيف نوصّل صوتنا ؟!"),
        ("We want to ask", "We want to ask 🖕"),
        ("but why", "butt why"),
        ("مدرسة", "مدرسه"),
    ] {
        let story = given([open(), desk(), same_words(ONE, read), same_words(TWO, unread)]);
        assert_eq!(story.desk().waiting.len(), 2, "{unread}");
        let story = story.and([passed(ONE)]);
        assert_eq!(story.desk().waiting[0].id, TWO, "{unread}");
        assert!(!reaches_the_hall(&story, unread), "{unread}");
        let story = story.and([passed(TWO)]);
        assert_eq!(
            story.console().questions[0].supporters,
            if story.question(ONE).key == story.question(TWO).key { 2 } else { 1 }
        );
    }
}

#[test]
fn a_mark_takes_the_same_text_of_others_from_everywhere_too() {
    let story = given([
        open(),
        desk(),
        next(),
        same_words(ONE, "سرّ"),
        passed(ONE),
        shown(ONE),
        same_words(TWO, "سرّ"),
        passed(TWO),
        same_words(THREE, "سرّ"),
    ]);
    let story = story.and([safeguarded(TWO)]);
    for id in [ONE, TWO, THREE] {
        assert_eq!(story.status(id), Status::Safeguarding);
    }
    assert!(!reaches_the_hall(&story, "سرّ") && !story.who_sees("سرّ").contains(&"desk"));
}

#[test]
fn what_may_be_urgent_is_read_first_and_the_children_see_nothing_of_hints() {
    let worrying = "أخاف أرجع البيت";
    let mut story = given([open(), desk(), same_words(ONE, "متى الاستراحة؟"), wait(1), same_words(TWO, worrying)]);
    story.words.worry = nadwa_domain::hints::WordList::parse(worrying);
    let first = &story.desk().waiting[0];
    assert!(first.id == TWO && first.hints.worry > nadwa_domain::hints::Grade::None);
    let story = story.and([passed(ONE), passed(TWO)]);
    assert!(!story.views(nadwa_domain::Lang::AR).iter().any(|(who, view)| *who != "desk" && view.contains("worry")));
}

#[test]
fn words_that_organizers_add_are_hints_at_once() {
    let mut story = given([open(), desk(), same_words(ONE, "يا بطاطا")]);
    assert!(!story.desk().waiting[0].hints.rude);
    story.words.rude = nadwa_domain::hints::WordList::parse("بطاطا");
    assert!(story.desk().waiting[0].hints.rude);
}

#[test]
fn a_slip_of_paper_is_read_like_any_other_question_and_is_nobodys() {
    let said = AskedAs { asks: Some(Asks::Child), about: Some(PAPER), ..AskedAs::default() };
    let slip = Command::Desk(DeskCommand::Slip { id: ONE, text: text_of(ONE), said });
    let story = given([open(), desk(), by(STEWARD, slip.clone())]);
    assert_eq!(story.who_reads(ONE), ["desk"]);
    let item = &story.desk().waiting[0];
    assert!(item.slip && item.asks == Some(Asks::Child));
    assert_eq!(item.about.as_ref().map(|about| about.text.as_str()), Some("من يسمعنا؟"));
    story.clone().when(STEWARD, slip).then([]);
    assert!(story.mine(PHONE).is_empty() && story.mine(OTHER_PHONE).is_empty());
    assert_eq!(story.and([passed(ONE)]).console().questions[0].asks, Some(Asks::Child));
}

#[test]
fn in_slow_mode_a_phone_asks_less_often() {
    let story = given([open(), desk(), by(STEWARD, Command::Desk(DeskCommand::Slow { on: true })), asks(PHONE, ONE)]);
    assert!(story.desk().slow);
    story.clone().and([wait(31)]).when(phone(PHONE), ask(TWO)).refuses(Refusal::TooManyWaiting);
    let story = story.and([passed(ONE), wait(31)]);
    let at = story.question(ONE).asked_at + Span::minutes(3);
    story.clone().when(phone(PHONE), ask(TWO)).refuses(Refusal::TooSoon { at });
    let story = story.and([by(STEWARD, Command::Desk(DeskCommand::Slow { on: false }))]);
    assert!(story.session.decide(phone(PHONE), &ask(TWO), story.now).is_ok());
}

#[test]
fn what_went_to_safeguarding_melts_out_of_the_waiting_when_the_desk_has_gone_on() {
    let mut story = given([open(), desk(), asks(PHONE, ONE)]);
    assert_eq!(story.console().waiting, Waiting::Few);
    story = story.and([safeguarded(ONE)]);
    assert_eq!(story.console().waiting, Waiting::Few, "its going is not seen");
    for n in 10..13 {
        story = story.and([asks(phone_of(question(n)), question(n)), passed(question(n))]);
    }
    assert_eq!(story.console().waiting, Waiting::None, "and it does not stand still for ever");
}

#[test]
fn a_frame_of_the_desk_stays_small_however_much_waits() {
    let long = "ﷺسُؤَالٌ طَويلٌ جِدًّا ".repeat(14);
    let long: String = long.chars().take(270).collect();
    let mut story = given([open(), desk()]);
    for n in 0..300 {
        let (id, text) = (question(1000 + n), text(&format!("{n} {long}")));
        let who = phone(phone_of(id));
        let ask = Command::Question(QuestionCommand::Ask { id, text, said: AskedAs::default() });
        let happened = story.session.decide(who, &ask, story.now).expect("it is taken in");
        story.apply(who, happened);
    }
    let view = story.desk();
    let bytes = crate::support::json(&view).len();
    println!("a desk's frame with 300 long questions waiting: {bytes} bytes");
    assert!(bytes <= 60_000, "{bytes}");
    let told: u32 = view.waiting.iter().map(|row| row.alike).sum();
    assert_eq!(told + view.more, 300);
}

#[test]
fn a_mark_after_the_question_was_on_the_screen_takes_it_from_everywhere() {
    let story = given([open(), desk(), next(), asks(PHONE, ONE), passed(ONE), shown(ONE), safeguarded(ONE)]);
    assert_eq!(story.who_reads(ONE), ["asker", "lead"]);
    story
        .clone()
        .when(MODERATOR, Command::Question(QuestionCommand::ShowQuestion { id: ONE }))
        .refuses(Refusal::Unknown);
    assert_eq!(story.now, Instant(story.entries.last().map_or(0, |entry| entry.at.0)));
}
