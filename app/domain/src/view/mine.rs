//! What one phone sees of its own: its questions with their honest state, and what marks its own parts of the page.
//!
//! A question in safeguarding looks like any that is being read: the sender's screen is the same for everybody (`S3`).

use serde::{Deserialize, Serialize};

use crate::ids::{PhoneId, QuestionId};
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::question::{HoldReason, NotUsedReason, Question, Status, is_on_screen};

/// One phone's own things. Sent to that phone alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MineView {
    /// Its questions, the newest first; without those that it took back. Its page shows them as a part that the server
    /// renders, and so does not read them here.
    #[serde(skip_deserializing)]
    pub questions: Vec<MyQuestion>,
    /// The keys of its own parts of the page ([`crate::view::part`]).
    pub parts: String,
    /// The id for its next question, so that a repeated submit is the same question.
    pub fresh: QuestionId,
}

/// A question of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyQuestion {
    pub id: QuestionId,
    /// The words; empty once they were removed.
    pub text: Phrase,
    /// Where it is.
    pub state: MyState,
    /// Who owes its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed_by: Option<Phrase>,
    /// How often it was said anew.
    #[serde(default)]
    pub anew: u8,
    /// It was sent later: its words are only where they were written (`G5`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sent_later: bool,
}

/// Where a question of one's own is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MyState {
    /// It is being read.
    Received,
    /// Please rephrase, or leave out what is private.
    Held(HoldReason),
    /// With the moderators.
    Passed,
    /// Chosen by the moderators.
    Chosen,
    /// On the screen now.
    OnScreen,
    /// Answered.
    Answered,
    /// The answer is owed, and will come later.
    FollowUp,
    /// Not used, for a kind reason.
    NotUsed(NotUsedReason),
}

impl MyState {
    /// Whether it can be said anew.
    #[must_use]
    pub const fn changes(self) -> bool {
        matches!(self, Self::Received | Self::Held(HoldReason::Language | HoldReason::PersonalData))
    }

    /// Whether it can still be taken back.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Received | Self::Held(_) | Self::Passed | Self::Chosen)
    }
}

/// One phone's questions, the newest first.
#[must_use]
pub fn my_questions(session: &Session, phone: PhoneId, lang: Lang) -> Vec<MyQuestion> {
    let mine = session.questions.iter().rev().filter(|q| q.asker == phone && !q.withdrawn && q.poll.is_none());
    mine.map(|question| my_question(session, question, lang)).collect()
}

pub(super) fn my_question(session: &Session, question: &Question, lang: Lang) -> MyQuestion {
    let shown = question.text.as_deref().filter(|_| !question.said.sent_later);
    MyQuestion {
        id: question.id,
        text: Phrase::written(shown.unwrap_or_default(), lang),
        sent_later: question.said.sent_later && question.text.is_some(),
        state: my_state(session, question),
        owed_by: question.owed_by.as_deref().map(|by| Phrase::written(by, lang)),
        anew: u8::try_from(question.earlier.len()).unwrap_or(u8::MAX),
    }
}

/// A question that was joined to another goes the other's way.
fn my_state(session: &Session, question: &Question) -> MyState {
    let leader = if question.is_with_children() { session.leader(question) } else { question };
    match leader.status {
        Status::Received | Status::Safeguarding | Status::Withdrawn => MyState::Received,
        Status::Held(reason) => MyState::Held(reason),
        Status::Passed => MyState::Passed,
        Status::Chosen if is_on_screen(session, leader.id) => MyState::OnScreen,
        Status::Chosen => MyState::Chosen,
        Status::Answered => MyState::Answered,
        Status::FollowUp => MyState::FollowUp,
        Status::NotUsed(reason) => MyState::NotUsed(reason),
    }
}
