//! What the trained adults at the desk see: every question that waits, as it was written, oldest first.

use serde::{Deserialize, Serialize};

use crate::ids::QuestionId;
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::question::{HoldReason, Question, Status};
use crate::session::undo::UNDO_FOR;
use crate::time::Instant;
use crate::view::{PhaseView, title};

/// Most waiting questions in one frame; the rest follows as they are read.
const MOST_WAITING: usize = 60;
/// Most decided questions in one frame.
const MOST_DECIDED: usize = 12;

/// What the desk shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// Where the session is in its life.
    pub phase: PhaseView,
    /// What it is called.
    pub title: Phrase,
    /// Whether questions are taken in.
    pub intake_open: bool,
    /// Stewards who were heard since the intake opened.
    pub desks: u32,
    /// Questions that wait, the oldest first.
    pub waiting: Vec<DeskQuestion>,
    /// How many more wait beyond those.
    pub more: u32,
    /// The desk's last decisions, the newest first.
    pub decided: Vec<DecidedQuestion>,
    /// How many were passed.
    pub passed: u32,
    /// How many were held for language.
    pub held_language: u32,
    /// How many were held for personal data.
    pub held_personal: u32,
    /// Since when the session is paused for safety.
    pub paused_since: Option<Instant>,
}

/// A question that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskQuestion {
    /// Its id.
    pub id: QuestionId,
    /// The words as they were written.
    pub text: Phrase,
    /// When it came in.
    pub asked_at: Instant,
    /// For a word in a poll's cloud: what is asked there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Phrase>,
}

/// A question that the desk decided about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedQuestion {
    /// Its id.
    pub id: QuestionId,
    /// The words as they were written.
    pub text: Phrase,
    /// What was decided.
    pub outcome: Outcome,
    /// Until when it can be taken back; nothing if the children have built on it.
    pub undo_until: Option<Instant>,
}

/// What the desk decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Passed to the children.
    Passed,
    /// Held back.
    Held(HoldReason),
}

/// What the desk sees. A question handed to safeguarding leaves it.
#[must_use]
pub fn desk(session: &Session, lang: Lang) -> DeskView {
    let waiting = session.questions.iter().filter(|q| q.status == Status::Received);
    let passed = |q: &Question| q.is_with_children();
    DeskView {
        phase: session.phase.into(),
        title: title(session, lang),
        intake_open: session.desk.open,
        desks: count(session.desk.heard.len()),
        waiting: waiting.clone().take(MOST_WAITING).map(|q| desk_question(session, q, lang)).collect(),
        more: count(waiting.count().saturating_sub(MOST_WAITING)),
        decided: decided(session, lang),
        passed: count(session.questions.iter().filter(|q| passed(q)).count()),
        held_language: held(session, HoldReason::Language),
        held_personal: held(session, HoldReason::PersonalData),
        paused_since: session.paused_since,
    }
}

fn desk_question(session: &Session, question: &Question, lang: Lang) -> DeskQuestion {
    let text = Phrase::written(question.text.as_deref().unwrap_or_default(), lang);
    let poll = question.poll.and_then(|id| session.poll(id)).map(|poll| poll.question.for_reader(lang));
    DeskQuestion { id: question.id, text, asked_at: question.asked_at, poll }
}

fn decided(session: &Session, lang: Lang) -> Vec<DecidedQuestion> {
    let mut decided: Vec<(Instant, DecidedQuestion)> =
        session.questions.iter().filter_map(|q| outcome(q, lang)).collect();
    decided.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    decided.into_iter().map(|(_, question)| question).take(MOST_DECIDED).collect()
}

fn outcome(question: &Question, lang: Lang) -> Option<(Instant, DecidedQuestion)> {
    let (at, _) = question.desk_decision?;
    let (outcome, undo_until) = match question.status {
        Status::Passed => (Outcome::Passed, Some(at + UNDO_FOR)),
        Status::Chosen | Status::Answered | Status::NotUsed(_) => (Outcome::Passed, None),
        Status::Held(reason) => (Outcome::Held(reason), Some(at + UNDO_FOR)),
        Status::Received | Status::Safeguarding | Status::Withdrawn => return None,
    };
    let text = Phrase::written(question.text.as_deref().unwrap_or_default(), lang);
    Some((at, DecidedQuestion { id: question.id, text, outcome, undo_until }))
}

fn held(session: &Session, reason: HoldReason) -> u32 {
    count(session.questions.iter().filter(|q| q.status == Status::Held(reason)).count())
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
