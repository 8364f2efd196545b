//! Changing the run of show while it goes on: adding, removing, moving and timing what has not begun.
//!
//! What is on, or was on, stays where it is: it is the record. A part that is live is not removed; the session goes on
//! from it first, and then it is past. Every change is a step, and can be taken back for ten seconds.

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Happened, Words};
use crate::ids::{PersonId, PollId, SlotId};
use crate::lang::Said;
use crate::refusal::{Decision, Refusal};
use crate::role::Who;
use crate::session::pace::USUAL_WARNINGS;
use crate::session::plan::{Care, PlanEvent, PlannedSlot, Slot, SlotKind, slot_makes_sense};
use crate::session::{Phase, Session};
use crate::time::Span;

/// Most slots of a session, and the longest of them.
const MOST_SLOTS: usize = 60;
const LONGEST: Span = Span::minutes(8 * 60);

/// What is changed in the run of show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanChange {
    /// Adds a slot before another; at the end if there is none.
    Add {
        /// The new one.
        slot: PlannedSlot,
        /// Before which.
        before: Option<SlotId>,
    },
    /// Takes out a slot that has not begun.
    Remove { slot: SlotId },
    /// Moves a slot that has not begun one place.
    Move {
        slot: SlotId,
        /// Towards the beginning.
        up: bool,
    },
    /// Gives a slot that has not begun another length.
    Time {
        slot: SlotId,
        /// Its length in the plan.
        planned: Span,
        /// The speaking limit, for speech.
        limit: Option<Span>,
    },
    /// What the children add to a slot, live or not.
    Care {
        slot: SlotId,
        /// When the gentle warnings come; at most two.
        warn_at: Vec<Span>,
        /// Who leads it.
        owner: Option<PersonId>,
        /// The group that it counts for.
        group: Option<u8>,
        /// What the moderator says (`F2`).
        cue: Said,
        /// How the names are said.
        say: Said,
    },
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum ChangeEvent {
    /// A slot was added. Words: `title`, `cue`.
    Added {
        slot: SlotId,
        /// What kind it is.
        kind: SlotKind,
        speakers: Vec<PersonId>,
        /// Its length in the plan.
        planned: Span,
        /// The speaking limit, for speech.
        limit: Option<Span>,
        /// The poll, for a poll's slot.
        poll: Option<PollId>,
        /// Its place, from 0.
        place: u32,
    },
    /// A slot was taken out.
    Removed { slot: SlotId },
    /// A slot was moved.
    Moved {
        slot: SlotId,
        /// Its new place, from 0.
        place: u32,
    },
    /// A slot has another length.
    Timed {
        slot: SlotId,
        /// Its length in the plan.
        planned: Span,
        /// The speaking limit, for speech.
        limit: Option<Span>,
    },
    /// The children added to a slot. Words: `cue`, `say`.
    Cared {
        slot: SlotId,
        /// When the gentle warnings come.
        warn_at: Vec<Span>,
        /// Who leads it.
        owner: Option<PersonId>,
        /// The group that it counts for.
        group: Option<u8>,
    },
}

/// Changes the run of show. Once the children have begun, it is theirs alone (`P3`).
pub(super) fn change(session: &Session, who: Who, change: &PlanChange) -> Decision {
    match session.phase {
        Phase::Over => return Err(Refusal::Over),
        Phase::Open if !who.role().is_some_and(crate::role::Role::moderates) => return Err(Refusal::NotYours),
        Phase::Open | Phase::Planned => {}
    }
    match change {
        PlanChange::Add { slot, before } => add(session, slot, *before),
        PlanChange::Remove { slot } => {
            ahead(session, *slot)?;
            if session.slots.len() < 2 { Err(Refusal::BadPlan) } else { changed(ChangeEvent::Removed { slot: *slot }) }
        }
        PlanChange::Move { slot, up } => shift(session, *slot, *up),
        PlanChange::Time { slot, planned, limit } => time(session, *slot, *planned, *limit),
        PlanChange::Care { slot, warn_at, owner, group, cue, say } => {
            let care = Care { warn_at: warn_at.clone(), owner: *owner, group: *group, say: say.clone() };
            add_care(session, *slot, care, cue)
        }
    }
}

fn changed(event: ChangeEvent) -> Decision {
    Ok(vec![PlanEvent::PlanChanged(event).into()])
}

/// A slot that has not begun, and its place.
fn ahead(session: &Session, id: SlotId) -> Result<(usize, &Slot), Refusal> {
    let place = session.slots.iter().position(|slot| slot.id == id).ok_or(Refusal::Unknown)?;
    if session.has_begun(id) { Err(Refusal::SlotLive) } else { Ok((place, &session.slots[place])) }
}

fn add(session: &Session, slot: &PlannedSlot, before: Option<SlotId>) -> Decision {
    if session.slot(slot.id).is_some() {
        return Ok(vec![]);
    }
    let poll_fits = match slot.kind {
        SlotKind::Poll => slot.poll.is_some_and(|id| session.poll(id).is_some()),
        SlotKind::Opening
        | SlotKind::Paper
        | SlotKind::Speech
        | SlotKind::Questions
        | SlotKind::Break
        | SlotKind::Energiser
        | SlotKind::Closing => slot.poll.is_none(),
    };
    if !slot_makes_sense(slot) || !poll_fits || slot.planned > LONGEST || session.slots.len() >= MOST_SLOTS {
        return Err(Refusal::BadPlan);
    }
    let place = match before {
        Some(id) => ahead(session, id)?.0,
        None => session.slots.len(),
    };
    let event = PlanEvent::PlanChanged(ChangeEvent::Added {
        slot: slot.id,
        kind: slot.kind,
        speakers: slot.speakers.clone(),
        planned: slot.planned,
        limit: slot.limit,
        poll: slot.poll,
        place: u32::try_from(place).unwrap_or(u32::MAX),
    });
    Ok(vec![Happened { event: event.into(), words: Words::none().with("title", &slot.title).with("cue", &slot.cue) }])
}

/// Nothing is moved before what is on.
fn shift(session: &Session, id: SlotId, up: bool) -> Decision {
    let (place, _) = ahead(session, id)?;
    let to = if up { place.checked_sub(1) } else { Some(place + 1).filter(|to| *to < session.slots.len()) };
    match to {
        Some(to) if !session.has_begun(session.slots[to].id) => {
            changed(ChangeEvent::Moved { slot: id, place: u32::try_from(to).unwrap_or(u32::MAX) })
        }
        _ => Ok(vec![]),
    }
}

fn time(session: &Session, id: SlotId, planned: Span, limit: Option<Span>) -> Decision {
    let (_, slot) = ahead(session, id)?;
    let limit = limit.filter(|_| slot.kind.has_floor());
    let fits = planned.0 > 0 && planned <= LONGEST && limit.is_none_or(|limit| limit.0 > 0 && limit <= LONGEST);
    if !fits || (slot.kind.has_floor() && limit.is_none()) {
        return Err(Refusal::BadPlan);
    }
    if (slot.planned, slot.limit) == (planned, limit) {
        return Ok(vec![]);
    }
    changed(ChangeEvent::Timed { slot: id, planned, limit })
}

fn add_care(session: &Session, id: SlotId, care: Care, cue: &Said) -> Decision {
    let slot = session.slot(id).ok_or(Refusal::Unknown)?;
    let fits = care.warn_at.len() <= 2 && care.warn_at.iter().all(|left| left.0 > 0 && *left <= LONGEST);
    let grouped = care.group.is_none_or(|group| usize::from(group) < session.groups.len());
    if !fits || !grouped {
        return Err(Refusal::BadPlan);
    }
    let mut care = care;
    care.warn_at.sort_by_key(|left| std::cmp::Reverse(*left));
    // The usual warnings are no wish of the slot's own.
    if care.warn_at == USUAL_WARNINGS {
        care.warn_at.clear();
    }
    if slot.care == care && slot.cue == *cue {
        return Ok(vec![]);
    }
    let Care { warn_at, owner, group, say } = care;
    let event = PlanEvent::PlanChanged(ChangeEvent::Cared { slot: id, warn_at, owner, group });
    Ok(vec![Happened { event: event.into(), words: Words::none().with("cue", cue).with("say", &say) }])
}

impl Session {
    /// Whether a slot is on, or was on.
    #[must_use]
    pub fn has_begun(&self, id: SlotId) -> bool {
        self.stage.slot == Some(id) || self.stage.ran.iter().any(|ran| ran.slot == id)
    }

    pub(super) fn apply_change(&mut self, event: &ChangeEvent, entry: &Entry) {
        let words = &entry.words;
        match event {
            ChangeEvent::Added { slot, kind, speakers, planned, limit, poll, place } => {
                let slot = Slot {
                    id: *slot,
                    kind: *kind,
                    title: words.said("title"),
                    cue: words.said("cue"),
                    speakers: speakers.clone(),
                    planned: *planned,
                    limit: *limit,
                    poll: *poll,
                    care: Care::default(),
                    paper: None,
                };
                let place = self.slots.len().min(*place as usize);
                self.slots.insert(place, slot);
            }
            ChangeEvent::Removed { slot } => self.slots.retain(|of| of.id != *slot),
            ChangeEvent::Moved { slot, place } => {
                if let Some(at) = self.slots.iter().position(|of| of.id == *slot) {
                    let slot = self.slots.remove(at);
                    self.slots.insert(self.slots.len().min(*place as usize), slot);
                }
            }
            ChangeEvent::Timed { slot, planned, limit } => {
                if let Some(slot) = self.slots.iter_mut().find(|of| of.id == *slot) {
                    (slot.planned, slot.limit) = (*planned, *limit);
                }
            }
            ChangeEvent::Cared { slot, warn_at, owner, group } => {
                if let Some(slot) = self.slots.iter_mut().find(|of| of.id == *slot) {
                    slot.cue = words.said("cue");
                    slot.care = Care { warn_at: warn_at.clone(), owner: *owner, group: *group, say: words.said("say") };
                }
            }
        }
    }
}
