//! What remains afterwards: planned against actual for each part, and how speaking time was shared (`P9`).
//!
//! No name of a child stands beside a number: speeches count for groups.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::time::{Instant, Span};
use crate::view::{Hall, PhaseView, SlotView, slot, title};

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
    /// Each part, with how long it took; nothing if it did not take place.
    pub parts: Vec<(SlotView, Option<Span>)>,
    /// How long each group spoke; the last is everybody else. Empty without groups.
    pub groups: Vec<(Phrase, Span)>,
    /// How many of the hall had the floor.
    pub turns: u32,
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
        parts: session.slots.iter().map(|of| (slot(of, hall, lang), session.took(of.id, now))).collect(),
        groups: groups.collect(),
        turns: u32::try_from(turns).unwrap_or(u32::MAX),
    }
}
