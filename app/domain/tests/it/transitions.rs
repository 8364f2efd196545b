//! Every way of a question, as one table: where it is, what is pressed, where it goes (`requirements.md`, section 0).

use nadwa_domain::command::{DeskCommand, QuestionCommand};
use nadwa_domain::session::choosing::CardAct;
use nadwa_domain::session::question::{HoldReason, NotUsedReason, Status};
use nadwa_domain::session::screen::Screen;
use nadwa_domain::text::Line;
use nadwa_domain::{Command, Refusal, Who};

use crate::support::cast::{MODERATOR, ONE, PHONE, STEWARD, phone};
use crate::support::press::{
    answered, asks, by, chosen, desk, held, open, passed, safeguarded, set_aside, shown, wait, withdraws,
};
use crate::support::{Story, given};

/// Reviewed by reading. `same`: accepted and nothing changes. `past`, `unknown`, `cannot_undo`: refused.
/// The desk presses the first four within ten seconds of its decision; children the next five; the asker the next; children the last.
const WAYS: &str = "
    from          pass    hold   safeguard     take_back    choose   put_back  show       answered  not_used  withdraw   follow_up
    received      passed  held   safeguarding  same         unknown  unknown   unknown    unknown   unknown   withdrawn unknown
    held          past    same   safeguarding  received     unknown  unknown   unknown    unknown   unknown   withdrawn unknown
    passed        same    past   safeguarding  received     chosen   same      on_screen  answered  not_used  withdrawn owed
    chosen        same    past   safeguarding  cannot_undo  same     passed    on_screen  answered  not_used  withdrawn owed
    on_screen     same    past   safeguarding  cannot_undo  same     passed    same       answered  not_used  past  owed
    answered      past    past   safeguarding  cannot_undo  past     past      again      same      past      past  owed
    again         past    past   safeguarding  cannot_undo  past     past      again      answered  past      past  owed
    owed          past    past   safeguarding  cannot_undo  past     past      past       answered  past      past       owed
    not_used      past    past   safeguarding  cannot_undo  past     past      past       past      same      past  past
    withdrawn     past    past   past          cannot_undo  unknown  unknown   unknown    unknown   unknown   same  unknown
    safeguarding  past    past   same          cannot_undo  unknown  unknown   unknown    unknown   unknown   kept  unknown
    kept          past    past   same          cannot_undo  unknown  unknown   unknown    unknown   unknown   same  unknown
";

#[test]
fn every_way_of_a_question_is_as_in_the_table() {
    let mut rows = WAYS.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).filter(|row| !row.is_empty());
    let presses = rows.next().unwrap();
    for row in rows {
        for (press, expected) in presses[1..].iter().zip(&row[1..]) {
            let actual = way(at(row[0]), press);
            assert_eq!(actual, *expected, "from {} by {press}", row[0]);
        }
    }
}

#[test]
fn a_held_question_keeps_its_first_reason() {
    let hold = Command::Desk(DeskCommand::Hold { id: ONE, reason: HoldReason::PersonalData });
    at("held").when(STEWARD, hold).refuses(Refusal::QuestionPast);
}

#[test]
fn a_question_set_aside_keeps_its_first_reason() {
    let not_used = Command::Question(QuestionCommand::NotUsed { id: ONE, reason: NotUsedReason::OtherTopic });
    at("not_used").when(MODERATOR, not_used).refuses(Refusal::QuestionPast);
}

#[test]
fn nobody_finds_a_question_that_was_never_asked() {
    for (who, press) in [(STEWARD, "pass"), (STEWARD, "hold"), (STEWARD, "safeguard"), (STEWARD, "take_back")] {
        given([open(), desk()]).when(who, command(press).1).refuses(Refusal::Unknown);
    }
    for press in ["choose", "put_back", "show", "answered", "not_used"] {
        given([open(), desk()]).when(MODERATOR, command(press).1).refuses(Refusal::Unknown);
    }
}

/// A story in which question ONE is there.
fn at(state: &str) -> Story {
    let asked = given([open(), desk(), asks(PHONE, ONE)]);
    let story = match state {
        "received" => asked,
        "held" => asked.and([held(ONE)]),
        "passed" => asked.and([passed(ONE)]),
        "chosen" => asked.and([passed(ONE), chosen(ONE)]),
        "on_screen" => asked.and([passed(ONE), shown(ONE)]),
        "answered" => asked.and([passed(ONE), shown(ONE), answered(ONE)]),
        "again" => asked.and([passed(ONE), shown(ONE), answered(ONE), shown(ONE)]),
        "owed" => asked.and([passed(ONE), shown(ONE), by(MODERATOR, command("follow_up").1)]),
        "not_used" => asked.and([passed(ONE), set_aside(ONE)]),
        "withdrawn" => asked.and([passed(ONE), withdraws(PHONE, ONE)]),
        "safeguarding" => asked.and([passed(ONE), safeguarded(ONE)]),
        "kept" => asked.and([passed(ONE), safeguarded(ONE), withdraws(PHONE, ONE)]),
        other => panic!("the table knows no state {other}"),
    };
    assert_eq!(state_of(&story), state);
    story.and([wait(5)])
}

fn command(press: &str) -> (Who, Command) {
    let id = ONE;
    match press {
        "pass" => (STEWARD, Command::Desk(DeskCommand::Pass { id })),
        "hold" => (STEWARD, Command::Desk(DeskCommand::Hold { id, reason: HoldReason::Language })),
        "safeguard" => (STEWARD, Command::Desk(DeskCommand::Safeguard { id })),
        "take_back" => (STEWARD, Command::Desk(DeskCommand::TakeBack { id })),
        "choose" => (MODERATOR, Command::Question(QuestionCommand::Choose { id })),
        "put_back" => (MODERATOR, Command::Question(QuestionCommand::PutBack { id })),
        "show" => (MODERATOR, Command::Question(QuestionCommand::ShowQuestion { id })),
        "answered" => (MODERATOR, Command::Question(QuestionCommand::Answered { id })),
        "not_used" => (MODERATOR, Command::Question(QuestionCommand::NotUsed { id, reason: NotUsedReason::NoTime })),
        "follow_up" => {
            let by = Line::parse("وزارة التعليم", str::len).expect("a name");
            (MODERATOR, Command::Question(QuestionCommand::Cards(CardAct::FollowUp { id, by })))
        }
        "withdraw" => (phone(PHONE), Command::Question(QuestionCommand::Withdraw { id })),
        other => panic!("the table knows no press {other}"),
    }
}

fn way(mut story: Story, press: &str) -> &'static str {
    let (who, command) = command(press);
    match story.session.decide(who, &command, story.now) {
        Ok(events) if events.is_empty() => "same",
        Ok(events) => {
            story.record(who, events);
            state_of(&story)
        }
        Err(Refusal::QuestionPast) => "past",
        Err(Refusal::Unknown) => "unknown",
        Err(Refusal::CannotUndo) => "cannot_undo",
        Err(other) => panic!("the table knows no {other:?}"),
    }
}

fn state_of(story: &Story) -> &'static str {
    let on_screen = story.session.stage.screen == Screen::Question { id: ONE };
    let withdrawn = story.question(ONE).withdrawn;
    match story.status(ONE) {
        Status::Chosen if on_screen => "on_screen",
        Status::Answered if on_screen => "again",
        _ if on_screen => "on the screen without having been chosen",
        Status::Received => "received",
        Status::Held(_) => "held",
        Status::Passed => "passed",
        Status::Chosen => "chosen",
        Status::Answered => "answered",
        Status::FollowUp => "owed",
        Status::NotUsed(_) => "not_used",
        Status::Withdrawn => "withdrawn",
        Status::Safeguarding if withdrawn => "kept",
        Status::Safeguarding => "safeguarding",
    }
}
