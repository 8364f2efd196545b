//! What became of a question, for whoever holds its receipt (`R1`): long afterwards, on any device, without a word of it.
//!
//! A receipt may be in anybody's hands: it shows neither what was written nor by whom. What is with the safeguarding team
//! reads at every moment like whatever else waits (`S3`).

use crate::ids::QuestionId;
use crate::lang::{Lang, Phrase};
use crate::session::question::{HoldReason, NotUsedReason, Question, Status, is_on_screen};
use crate::session::{Phase, Session};
use crate::time::Instant;
use crate::view::title;

/// What became of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FateView {
    /// What the session is called.
    pub session: Phrase,
    pub asked_at: Instant,
    pub fate: Fate,
    /// When that was decided.
    pub since: Option<Instant>,
    /// Who owes its answer; nothing where its words were erased.
    pub owed_by: Option<Phrase>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is being read.
    BeingRead,
    /// With the moderators, while the session goes on or a day after.
    WithModerators,
    /// On the screen now.
    OnScreen,
    /// A day after the session nothing is decided yet, and that is late.
    Late,
    /// Answered in the session.
    Answered,
    /// An organisation owes the answer.
    Owed,
    /// Not used, for a kind reason.
    NotUsed(NotUsedReason),
    /// An adult read it and kept it from the children's list.
    Held(HoldReason),
    /// Its sender took it back.
    Withdrawn,
}

/// What became of a question until `now`; nothing if the session has no such question.
#[must_use]
pub fn fate(session: &Session, id: QuestionId, lang: Lang, now: Instant) -> Option<FateView> {
    let question = session.question(id)?;
    let leader = if question.is_with_children() { session.leader(question) } else { question };
    let fate = of(session, leader, question.withdrawn, now);
    let waits = matches!(fate, Fate::BeingRead | Fate::WithModerators | Fate::OnScreen | Fate::Late | Fate::Withdrawn);
    Some(FateView {
        session: title(session, lang),
        asked_at: question.asked_at,
        fate,
        since: leader.settled_at.filter(|_| !waits),
        owed_by: leader.owed_by.as_deref().filter(|_| fate == Fate::Owed).map(|by| Phrase::written(by, lang)),
    })
}

/// A question that was joined to another goes the other's way; `withdrawn` is the sender's own.
fn of(session: &Session, question: &Question, withdrawn: bool, now: Instant) -> Fate {
    let late = session.fates_due().is_some_and(|due| due <= now) && session.phase != Phase::Planned;
    match question.status {
        _ if withdrawn => Fate::Withdrawn,
        Status::Withdrawn => Fate::Withdrawn,
        Status::Received | Status::Safeguarding | Status::Passed | Status::Chosen if late => Fate::Late,
        Status::Received | Status::Safeguarding => Fate::BeingRead,
        Status::Chosen if is_on_screen(session, question.id) => Fate::OnScreen,
        Status::Passed | Status::Chosen => Fate::WithModerators,
        Status::Answered => Fate::Answered,
        Status::FollowUp => Fate::Owed,
        Status::NotUsed(reason) => Fate::NotUsed(reason),
        Status::Held(reason) => Fate::Held(reason),
    }
}

/// What has no fate yet, for those who decide it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenFates {
    /// What the session is called.
    pub session: Phrase,
    /// Where the session is in its life: nothing is closed out before it begins.
    pub begun: bool,
    /// From when on what is open is late.
    pub due: Instant,
    pub late: bool,
    /// What is open, the first asked first.
    pub open: Vec<OpenQuestion>,
    /// What was said of the others, the first asked first.
    pub settled: Vec<OpenQuestion>,
}

/// A question as it is closed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenQuestion {
    pub id: QuestionId,
    /// The words; empty once they were removed.
    pub text: Phrase,
    pub fate: Fate,
}

/// What the moderators close out, until `now`.
#[must_use]
pub fn open_fates(session: &Session, lang: Lang, now: Instant) -> OpenFates {
    let due = session.fates_due().unwrap_or_default();
    let leads = |question: &&Question| session.leader(question).id == question.id;
    let one = |question: &Question| OpenQuestion {
        id: question.id,
        text: Phrase::written(question.text.as_deref().unwrap_or_default(), lang),
        fate: of(session, question, question.withdrawn, now),
    };
    OpenFates {
        session: title(session, lang),
        begun: session.phase != Phase::Planned,
        due,
        late: session.phase != Phase::Planned && due <= now,
        open: session.without_fate().filter(leads).map(one).collect(),
        settled: session.with_fate().filter(leads).map(one).collect(),
    }
}
