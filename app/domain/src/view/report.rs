//! What remains afterwards: planned against actual for each part, and how speaking time was shared (`P9`).
//!
//! No name of a child stands beside a number: speeches count for groups.

use serde::{Deserialize, Serialize};

use crate::conference::people::Group;
use crate::ids::{PersonId, SlotId};
use crate::lang::{Lang, Phrase};
use crate::session::{Phase, Session};
use crate::time::{Instant, Span};
use crate::view::counted::{self, QuestionCounts, Speaking};
use crate::view::{Hall, PhaseView, PollView, SlotView, poll, slot, title};

/// A session, planned and as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// What it is called.
    pub title: Phrase,
    /// Where it is in its life.
    pub phase: PhaseView,
    /// When it should have begun, and when it began.
    pub begins: (Instant, Option<Instant>),
    /// When it should have ended, and when it ended.
    pub ends: (Instant, Option<Instant>),
    /// Each part, with what became of it.
    pub parts: Vec<(SlotView, Held)>,
    /// How long each group spoke; the last is everybody else. Empty without groups.
    pub groups: Vec<(Phrase, Span)>,
    /// How many of the hall had the floor.
    pub turns: u32,
    /// How speaking time was shared, by what people are noted as.
    pub speaking: Speaking,
    /// Questions by what became of them; nothing where the session leaves no trace (`S18`).
    pub questions: Option<QuestionCounts>,
    /// The polls whose results the children have shown.
    pub polls: Vec<PollView>,
}

impl ReportView {
    /// The same with what is counted; `group` says as what a person is noted.
    #[must_use]
    pub fn with_counts(self, session: &Session, lang: Lang, group: impl Fn(PersonId) -> Option<Group>) -> Self {
        let speaking = counted::speaking(session, group);
        Self { speaking, questions: Some(counted::questions(session)), polls: poll::shown(session, lang), ..self }
    }
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It took so long, or has until now.
    Took(Span),
    /// It is still to come.
    ToCome,
    /// It did not take place.
    Not,
}

/// A part that has not begun is still to come until the session is over or has gone past it.
fn held(session: &Session, place: usize, id: SlotId, now: Instant) -> Held {
    let here = session.slots.iter().position(|slot| Some(slot.id) == session.stage.slot);
    match session.took(id, now) {
        Some(took) => Held::Took(took),
        None if session.phase != Phase::Over && here.is_none_or(|here| place > here) => Held::ToCome,
        None => Held::Not,
    }
}

/// A session, planned and as it was until `now`.
#[must_use]
pub fn report(session: &Session, hall: Hall, lang: Lang, now: Instant) -> ReportView {
    let about = session.about.as_ref();
    let groups = session.groups.iter().map(|name| name.for_reader(lang)).chain([Phrase::default()]);
    let groups = groups.zip(session.spoken_by_group()).filter(|_| !session.groups.is_empty());
    let turns = session.stage.spoken.iter().filter(|spoken| spoken.turn.is_some()).count();
    ReportView {
        title: title(session, lang),
        phase: session.phase.into(),
        begins: (about.map(|about| about.starts_at).unwrap_or_default(), session.opened_at),
        ends: (about.map(|about| about.ends_at).unwrap_or_default(), session.closed_at),
        parts: (0..)
            .zip(&session.slots)
            .map(|(place, of)| (slot(of, hall, lang), held(session, place, of.id, now)))
            .collect(),
        groups: groups.collect(),
        turns: u32::try_from(turns).unwrap_or(u32::MAX),
        ..ReportView::default()
    }
}
