//! Random walks: all commands by everybody, over several phones and questions. What is true of them is told elsewhere.

use std::fmt;

use nadwa_domain::command::ScreenChoice;
use nadwa_domain::command::{FloorCommand, PollCommand, QuestionCommand, ScreenCommand, SessionCommand};
use nadwa_domain::entry::Entry;
use nadwa_domain::ids::{PhoneId, QuestionId};
use nadwa_domain::session::choosing::CardAct;
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::question::{AskedAs, HoldReason, NotUsedReason};
use nadwa_domain::text::{Line, QuestionText};
use nadwa_domain::{Command, Session, Span, Who};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use crate::roles::{EVERYBODY, name_of, one_of_each};
use crate::support::cast::{PAPER, PHONE, POLL, RESERVE, SPEECH, phone, question};
use crate::support::press::{by, desk, lapse, open, passed};
use crate::support::{Story, given};

/// Most presses of one walk.
const LONGEST: usize = 60;
pub const QUESTIONS_ASKED: u128 = 6;
pub const PHONES: u128 = 3;

/// Where a walk begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A session that is planned.
    Planned,
    /// It is open, and three questions wait at the desk.
    Asked,
    /// They were passed.
    Passed,
}

/// One press of a walk, still without the session that it meets.
#[derive(Clone)]
pub struct Move {
    command: Command,
    about: QuestionId,
    choice: u8,
    actor: u8,
    /// Whether somebody presses who may; else anybody does.
    fitting: bool,
    after: Span,
}

impl fmt::Debug for Move {
    /// Short enough to be read when a walk has failed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { command, about, choice, actor, fitting, after } = self;
        let who = if *fitting { "fitting" } else { "any" };
        write!(f, "{} {} ({choice}) by {who} {actor} after {} s", name_of(command), marker(*about), after.0 / 1000)
    }
}

pub fn walks() -> impl Strategy<Value = (Start, Vec<Move>)> {
    let start = prop_oneof![1 => Just(Start::Planned), 2 => Just(Start::Asked), 4 => Just(Start::Passed)];
    (start, proptest::collection::vec(a_move(), 1..=LONGEST))
}

fn a_move() -> impl Strategy<Value = Move> {
    let about = (0..QUESTIONS_ASKED).prop_map(marked);
    let after = prop_oneof![9 => Just(0), 3 => Just(1), 2 => Just(4), 1 => Just(11), 2 => Just(31), 1 => Just(61)];
    let fitting = proptest::bool::weighted(0.9);
    (select(likely_commands()), about, any::<u8>(), any::<u8>(), fitting, after.prop_map(Span::seconds)).prop_map(
        |(command, about, choice, actor, fitting, after)| Move { command, about, choice, actor, fitting, after },
    )
}

/// Each command, those that move questions and undo more often than the rest.
fn likely_commands() -> Vec<Command> {
    let times = |command: &Command| match name_of(command) {
        "show_question" | "undo" => 12,
        "pass" | "put_back" | "not_used" | "safeguard" => 6,
        "desk" | "cards" | "change" | "ask" | "take_back" | "choose" | "answered" | "withdraw" | "at_desk"
        | "safety_resume" => 4,
        _ => 1,
    };
    one_of_each().into_iter().flat_map(|command| vec![command.clone(); times(&command)]).collect()
}

/// The id of a walk's question.
pub fn marked(n: u128) -> QuestionId {
    question(100 + n)
}

/// What no other text holds.
pub fn marker(id: QuestionId) -> String {
    format!("⟪{}⟫", id.0.as_u128() % 0x100)
}

/// The phone that asks a question, when the right one does.
pub fn asker(id: QuestionId) -> PhoneId {
    PhoneId(uuid::Uuid::from_u128(0x7000 + id.0.as_u128() % PHONES))
}

fn ask_marked(id: QuestionId) -> Command {
    let text = format!("سؤال {} من القاعة؟", marker(id));
    Command::Question(QuestionCommand::Ask { id, text: parsed(&text), said: AskedAs::default() })
}

fn parsed(text: &str) -> QuestionText {
    QuestionText::parse(text, str::len).expect("a good question")
}

/// Walks, and calls `look` with the story and the new entries whenever something has happened.
pub fn walk(start: Start, moves: Vec<Move>, mut look: impl FnMut(&Story, &[Entry])) -> Story {
    let mut story = given([]);
    if start != Start::Planned {
        story = story.and([open(), desk()]);
        for id in (0..PHONES).map(marked) {
            story = story.and([by(phone(asker(id)), ask_marked(id))]);
            story = if start == Start::Passed { story.and([passed(id)]) } else { story };
        }
    }
    look(&story, &story.entries.clone());
    for next in moves {
        story.now = story.now + next.after;
        let (who, command) = meet(&next, &story);
        let seen = story.session.clone();
        let decision = story.session.decide(who, &command, story.now);
        assert_eq!(seen, story.session, "deciding changes nothing");
        let Ok(happened) = decision else { continue };
        if !happened.is_empty() {
            let before = story.entries.len();
            story.apply(who, happened);
            look(&story, &story.entries[before..]);
        }
    }
    story
}

/// Who presses what, now that the session is known: if it fits, about a question for which it means something.
fn meet(next: &Move, story: &Story) -> (Who, Command) {
    let first = (0..QUESTIONS_ASKED).position(|n| marked(n) == next.about).unwrap_or_default();
    let questions = (0..QUESTIONS_ASKED).map(marked).cycle().skip(first);
    let mut presses = questions
        .take(if next.fitting { QUESTIONS_ASKED as usize } else { 1 })
        .map(|id| press(next, id, &story.session));
    let means_something = |(who, command): &(Who, Command)| {
        story.session.decide(*who, command, story.now).is_ok_and(|happened| !happened.is_empty())
    };
    presses.find(means_something).unwrap_or_else(|| press(next, next.about, &story.session))
}

fn press(next: &Move, id: QuestionId, session: &Session) -> (Who, Command) {
    let n = usize::from(next.choice);
    let command = match next.command.clone() {
        Command::Question(QuestionCommand::Ask { .. }) => ask_marked(id),
        Command::Question(QuestionCommand::Change { .. }) => Command::Question(QuestionCommand::Change {
            id,
            text: parsed(&format!("سؤال {} بكلمات أخرى {n}؟", marker(id))),
        }),
        Command::Desk(DeskCommand::Claim { .. }) => {
            Command::Desk(one(n, [DeskCommand::Claim { id }, DeskCommand::Slow { on: n % 4 < 2 }]))
        }
        Command::Question(QuestionCommand::Cards(_)) => {
            let to = marked((n as u128 / 3) % QUESTIONS_ASKED);
            Command::Question(QuestionCommand::Cards(card_act(n, id, to)))
        }
        Command::Question(QuestionCommand::EraseQuestion { .. }) => {
            Command::Question(QuestionCommand::EraseQuestion { id })
        }
        Command::Question(QuestionCommand::Withdraw { .. }) => Command::Question(QuestionCommand::Withdraw { id }),
        Command::Desk(DeskCommand::Pass { .. }) => Command::Desk(DeskCommand::Pass { id }),
        Command::Desk(DeskCommand::Hold { .. }) => {
            Command::Desk(DeskCommand::Hold { id, reason: one(n, [HoldReason::Language, HoldReason::PersonalData]) })
        }
        Command::Desk(DeskCommand::Safeguard { .. }) => Command::Desk(DeskCommand::Safeguard { id }),
        Command::Desk(DeskCommand::TakeBack { .. }) => Command::Desk(DeskCommand::TakeBack { id }),
        Command::Question(QuestionCommand::Choose { .. }) => Command::Question(QuestionCommand::Choose { id }),
        Command::Question(QuestionCommand::PutBack { .. }) => Command::Question(QuestionCommand::PutBack { id }),
        Command::Question(QuestionCommand::ShowQuestion { .. }) => {
            Command::Question(QuestionCommand::ShowQuestion { id })
        }
        Command::Question(QuestionCommand::Answered { .. }) => Command::Question(QuestionCommand::Answered { id }),
        Command::Question(QuestionCommand::NotUsed { .. }) => Command::Question(QuestionCommand::NotUsed {
            id,
            reason: one(n, [NotUsedReason::NoTime, NotUsedReason::OtherTopic]),
        }),
        Command::Poll(PollCommand::OpenPoll { .. }) => {
            Command::Poll(PollCommand::OpenPoll { id: one(n, [POLL, RESERVE]) })
        }
        Command::Poll(PollCommand::ClosePoll { .. }) => {
            Command::Poll(PollCommand::ClosePoll { id: one(n, [POLL, RESERVE]) })
        }
        Command::Poll(PollCommand::ShowPoll { .. }) => {
            Command::Poll(PollCommand::ShowPoll { id: one(n, [POLL, RESERVE]) })
        }
        Command::Floor(FloorCommand::GiveFloor { .. }) => {
            Command::Floor(FloorCommand::GiveFloor { slot: one(n, [PAPER, SPEECH]) })
        }
        Command::Session(SessionCommand::Next { .. }) => Command::Session(SessionCommand::Next { step: session.step }),
        Command::Session(SessionCommand::Undo { .. }) => Command::Session(SessionCommand::Undo { step: session.step }),
        Command::Screen(ScreenCommand::Show(_)) => Command::Screen(ScreenCommand::Show(one(
            n,
            [ScreenChoice::Join, ScreenChoice::Speaker, ScreenChoice::Plan],
        ))),
        Command::Desk(DeskCommand::LapseIntake { .. }) => lapse(session).1,
        other => other,
    };
    (presser(&command, id, next.actor, next.fitting), command)
}

fn card_act(n: usize, id: QuestionId, to: QuestionId) -> CardAct {
    match n % 6 {
        0 => CardAct::Sooner { id },
        1 => CardAct::Later { id },
        2 => CardAct::TakeMix,
        3 => CardAct::Part { id },
        4 => CardAct::FollowUp { id, by: Line::parse("وزارة التعليم", str::len).expect("a good name") },
        _ => CardAct::Join { id, to },
    }
}

fn presser(command: &Command, about: QuestionId, actor: u8, fitting: bool) -> Who {
    let from = phone(if fitting { asker(about) } else { PHONE });
    let everybody = EVERYBODY.map(|who| if matches!(who, Who::Phone(_)) { from } else { who });
    let turn = everybody.iter().cycle().skip(usize::from(actor) % everybody.len()).take(everybody.len());
    let mut those = turn.filter(|who| !fitting || command.permits(**who));
    *those.next().expect("every command is somebody's")
}

fn one<T: Clone, const N: usize>(n: usize, of: [T; N]) -> T {
    of[n % N].clone()
}
