//! Questions, from asking to answering.
//!
//! A question waits at the desk until a trained adult passes it, holds it, or hands it to safeguarding (`S1`, `S2`).
//! Only its asker and the desk see it while it waits or is held; only the safeguarding team once it is handed over.
//! Children choose among passed questions: next, later, not used; nobody else does (`P3`). What was asked is never
//! edited: its asker may withdraw it while it waits, or say it anew.
//!
//! What people ask about them is in `question/command.rs`, what happened in `question/event.rs`; asking is in `asking.rs`, what the desk does in `reading.rs`, what the children do in `choosing.rs`.

mod command;
mod event;

use serde::{Deserialize, Serialize};

use crate::entry::Happened;
use crate::fold;
use crate::hints::language;
use crate::ids::{PassId, PhoneId, PollId, QuestionId, SlotId};
use crate::lang::Lang;
use crate::refusal::Refusal;
use crate::session::Session;
use crate::session::screen::{Screen, ScreenEvent};
use crate::time::Instant;
pub use command::QuestionCommand;
pub use event::QuestionEvent;

/// Who asks, if the sender chose to say so (`F13`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// A child.
    Child,
    /// An adult.
    Adult,
}

/// What is known of a question besides its words: what its sender chose to say, all of it optional.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskedAs {
    /// Who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks: Option<Asks>,
    /// About which paper or speech.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<SlotId>,
    /// Only adults shall read it (`N10`): it comes into no child's list and onto no screen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub adults_only: bool,
    /// Said by the server: it is one of many from new devices, and stands below what known phones write (`G3`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub one_of_many: bool,
    /// Said by the server: how many texts of phones that came with the sender's were before it (`G3`).
    #[serde(skip_serializing_if = "crate::inbox::is_first")]
    pub after: u32,
    /// Said by the server: it was written without a network and sent later (`G5`). Its words are shown to its sender in
    /// the browser tab alone that wrote them, since the device may be somebody else's by then.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sent_later: bool,
}

/// Why the desk holds a question back. Two reasons and no third, but for what its sender wanted: the desk is no censor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// Hurtful language: the sender may rephrase.
    Language,
    /// Somebody could be recognised by it.
    PersonalData,
    /// Its sender wanted only adults to read it, and one has (`N10`).
    ForAdults,
}

/// Why the children do not use a question. Each is said kindly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotUsedReason {
    /// It was asked before.
    AlreadyAsked,
    /// There is no time left.
    NoTime,
    /// It is about something else.
    OtherTopic,
    /// It fits another session better.
    OtherSession,
}

/// Where a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Waits at the desk.
    Received,
    /// Held back by the desk.
    Held(HoldReason),
    /// With the safeguarding lead, and nowhere else.
    Safeguarding,
    /// The children have it.
    Passed,
    /// The children chose it; it may be on the screen.
    Chosen,
    /// Answered.
    Answered,
    /// An answer is owed by a named organisation.
    FollowUp,
    /// Set aside by the children.
    NotUsed(NotUsedReason),
    /// Taken back by its asker.
    Withdrawn,
}

/// A desk reads a question now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    pub by: PassId,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: QuestionId,
    /// The phone that asked; a slip of paper has one of its own that is nobody's.
    pub asker: PhoneId,
    /// The poll, for a word in its cloud: it is no question, and not in the children's list.
    pub poll: Option<PollId>,
    pub asked_at: Instant,
    /// What the sender chose to say with it.
    pub said: AskedAs,
    /// Whether it was typed in from paper (`F9`).
    pub slip: bool,
    /// The words as they were written last; `None` once they were blanked.
    pub text: Option<String>,
    /// What its asker had written before, the first first: the record in the child's own words (`S9`).
    pub earlier: Vec<String>,
    /// The folded words, by which the same text is found again (`S23`).
    pub key: String,
    /// The language that it seems to be in.
    pub noticed: Option<Lang>,
    /// Where it is.
    pub status: Status,
    /// When the desk last decided about it, and what it was before.
    pub desk_decision: Option<(Instant, Status)>,
    /// How many decisions the desk had made when it made this one.
    pub decided_as: u32,
    /// Which desk reads it.
    pub claim: Option<Claim>,
    /// Whether its words changed since a desk last claimed it: nobody passes what they have not read.
    pub changed: bool,
    /// The question that it was joined to.
    pub joined: Option<QuestionId>,
    /// Who owes an answer.
    pub owed_by: Option<String>,
    /// Since when it is settled: answered, owed, not used, or held.
    pub settled_at: Option<Instant>,
    /// Whether its asker took it back. To the asker it is gone, even where the safeguarding lead keeps it (`S9`).
    pub withdrawn: bool,
    /// Whether the hall has seen it on the screen.
    pub shown: bool,
    /// Places of the entries that hold its words, so that they can be blanked.
    pub entries: Vec<u64>,
    /// Whether its words were erased for good.
    pub erased: bool,
}

impl Question {
    /// Whether child moderators may see it: passed by the desk, and not taken away since (`S1`, `S2`).
    #[must_use]
    pub const fn is_with_children(&self) -> bool {
        matches!(
            self.status,
            Status::Passed | Status::Chosen | Status::Answered | Status::FollowUp | Status::NotUsed(_)
        )
    }

    fn read_words(&mut self, text: Option<&String>) {
        let text = text.map(String::as_str);
        self.text = text.map(str::to_owned);
        self.key = text.map(fold::key).unwrap_or_default();
        self.noticed = text.and_then(language::noticed);
    }
}

pub(super) fn find(session: &Session, id: QuestionId) -> Result<&Question, Refusal> {
    session.question(id).ok_or(Refusal::Unknown)
}

/// A question that children may know of. To them, one that was never passed does not exist: not even a refusal says so,
/// nor whether one that left their list was withdrawn, taken back, or handed to safeguarding (`S2`).
pub(super) fn find_passed(session: &Session, id: QuestionId) -> Result<&Question, Refusal> {
    find(session, id).and_then(|question| {
        if question.is_with_children() && !question.erased && question.poll.is_none() {
            Ok(question)
        } else {
            Err(Refusal::Unknown)
        }
    })
}

pub(crate) fn is_on_screen(session: &Session, id: QuestionId) -> bool {
    session.stage.screen == Screen::Question { id }
}

pub(super) fn leave_screen(session: &Session, id: QuestionId) -> Option<Happened> {
    is_on_screen(session, id).then(|| ScreenEvent::ScreenSet { screen: Screen::resting(session) }.into())
}
