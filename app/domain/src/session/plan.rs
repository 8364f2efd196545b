//! The plan: what a session is about, and its run of show.

mod command;
mod event;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::command::PlannedPoll;
use crate::entry::{Happened, Words};
use crate::ids::{ConferenceId, PersonId, PollId, RoomId, SlotId};
use crate::lang::Said;
use crate::refusal::{Decision, Refusal};
use crate::role::Role;
use crate::session::course::SessionEvent;
use crate::session::paper::OnPaper;
use crate::session::poll::{MIN_OPEN, Poll, PollKind, make};
use crate::session::{Phase, Session};
use crate::time::{Instant, Span};
pub use command::PlanCommand;
pub use event::PlanEvent;

/// What kind of session it is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// The conference begins.
    Opening,
    /// Speakers and questions.
    #[default]
    Panel,
    /// Work in a small group.
    Workshop,
    /// To make something known.
    Symposium,
    /// Members only; invisible to others (`S18`).
    ClosedMeeting,
    /// A pause of the programme.
    Break,
    /// The conference ends.
    Closing,
}

/// What kind of slot it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SlotKind {
    /// Welcome, rules.
    Opening,
    /// A working paper is presented.
    Paper,
    /// Somebody speaks.
    Speech,
    /// The hall asks.
    Questions,
    /// The hall votes.
    Poll,
    /// A pause with a clock.
    Break,
    /// Moving, breathing, laughing together, with a soft clock and pictures (`F15`).
    Energiser,
    /// Thanks.
    Closing,
}

impl SlotKind {
    /// Whether somebody has the floor in it, with a speaking clock.
    #[must_use]
    pub const fn has_floor(self) -> bool {
        matches!(self, Self::Paper | Self::Speech)
    }

    /// Whether a soft clock of its own runs in it.
    #[must_use]
    pub const fn rests(self) -> bool {
        matches!(self, Self::Break | Self::Energiser)
    }
}

/// A session as an organizer plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The conference that it belongs to.
    pub conference: ConferenceId,
    /// Where it takes place.
    pub room: RoomId,
    /// What kind it is.
    pub kind: Kind,
    /// What it is called.
    pub title: Said,
    /// When it should begin.
    pub starts_at: Instant,
    /// When it should end; after `starts_at`.
    pub ends_at: Instant,
    /// The children who run it.
    pub team: Vec<PersonId>,
    /// The run of show, in order; at least one.
    pub slots: Vec<PlannedSlot>,
    /// The polls that slots refer to.
    pub polls: Vec<PlannedPoll>,
    /// The shortest time that a poll stays open; 45 s unless there is a reason (`A10`).
    pub min_open: Span,
}

/// A slot as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSlot {
    pub id: SlotId,
    /// What kind it is.
    pub kind: SlotKind,
    /// What it is called: a paper's title, say.
    pub title: Said,
    /// What the moderator says when it begins (`F2`); may be empty.
    pub cue: Said,
    /// Who speaks; at least one for speech.
    pub speakers: Vec<PersonId>,
    /// Its length in the plan; more than nothing.
    pub planned: Span,
    /// The speaking limit; for speech.
    pub limit: Option<Span>,
    /// The poll; for a poll's slot.
    pub poll: Option<PollId>,
}

/// What a session is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The conference that it belongs to.
    pub conference: ConferenceId,
    /// Where it takes place.
    pub room: RoomId,
    /// What kind it is.
    pub kind: Kind,
    /// What it is called; empty if it was removed.
    pub title: Said,
    /// When it should begin.
    pub starts_at: Instant,
    /// When it should end.
    pub ends_at: Instant,
    /// The children who run it.
    pub team: Vec<PersonId>,
}

/// One place in the run of show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub id: SlotId,
    /// What kind it is.
    pub kind: SlotKind,
    /// What it is called; empty if it was removed.
    pub title: Said,
    /// What the moderator says when it begins.
    pub cue: Said,
    pub speakers: Vec<PersonId>,
    /// Its length in the plan.
    pub planned: Span,
    /// The speaking limit, for speech.
    pub limit: Option<Span>,
    /// The poll, for a poll's slot.
    pub poll: Option<PollId>,
    /// What the children add to it while they prepare and run it.
    pub care: Care,
    /// The working paper, for a paper's slot that follows one.
    pub paper: Option<OnPaper>,
}

/// What the children add to a slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Care {
    /// At how much time left there are gentle warnings; at most two, the earlier one first.
    pub warn_at: Vec<Span>,
    /// The child who leads it (`F1`).
    pub owner: Option<PersonId>,
    /// The group that its speaking time counts for (`P9`).
    pub group: Option<u8>,
    /// How the names in it are said (`F2`); may be empty.
    pub say: Said,
}

/// Writes the plan down, once, if it makes sense as a whole.
pub(super) fn plan(session: &Session, plan: &Plan) -> Decision {
    if session.about.is_some() || !makes_sense(plan, &[]) {
        return Err(Refusal::BadPlan);
    }
    let mut happened = vec![planned(plan)];
    happened.extend(plan.polls.iter().map(|poll| make::event(poll, min_open(poll, plan), None, None)));
    happened.extend(plan.slots.iter().map(slot_planned));
    Ok(happened)
}

/// The plan anew, before the session opens. Of two organizers the second is told, and nobody's work is lost.
pub(super) fn replan(session: &Session, seen: u32, plan: &Plan) -> Decision {
    let Some(about) = &session.about else { return Err(Refusal::Unknown) };
    match session.phase {
        Phase::Planned => {}
        Phase::Open => return Err(Refusal::AlreadyOpen),
        Phase::Over => return Err(Refusal::Over),
    }
    if seen != session.plan_version {
        return Err(Refusal::AlreadyMoved { by: Some(Role::Organizer) });
    }
    let known = Plan { polls: session.polls.iter().map(Poll::as_planned).collect(), ..plan.clone() };
    // The table of papers says what is presented here (`C9`): a step of it is left by the table alone.
    let stays = |slot: &&Slot| known.slots.iter().any(|new| new.id == slot.id && new.kind == SlotKind::Paper);
    if session.slots.iter().filter(|slot| slot.paper.is_some()).any(|slot| !stays(&slot)) {
        return Err(Refusal::PaperStep);
    }
    if about.conference != plan.conference || !makes_sense(&known, &session.slots) {
        return Err(Refusal::BadPlan);
    }
    if session.as_planned().is_some_and(|before| Plan { min_open: plan.min_open, ..before } == known) {
        return Ok(vec![]);
    }
    let event = PlanEvent::Replanned {
        room: plan.room,
        kind: plan.kind,
        starts_at: plan.starts_at,
        ends_at: plan.ends_at,
        team: plan.team.clone(),
    };
    let mut happened = vec![Happened { event: event.into(), words: Words::none().with("title", &plan.title) }];
    happened.extend(plan.slots.iter().map(slot_planned));
    Ok(happened)
}

/// Only the members of a closed meeting have minutes to keep, and only while it is not over (`S18`).
///
/// # Errors
/// [`Refusal::Unknown`] in any other session; [`Refusal::Over`].
pub fn may_keep_minutes(session: &Session) -> Result<(), Refusal> {
    let closed = session.about.as_ref().is_some_and(|about| about.kind == Kind::ClosedMeeting);
    match session.phase {
        _ if !closed => Err(Refusal::Unknown),
        Phase::Over => Err(Refusal::Over),
        Phase::Planned | Phase::Open => Ok(()),
    }
}

pub(super) fn keep_minutes(session: &Session, keep: bool) -> Decision {
    may_keep_minutes(session)?;
    if session.minutes == keep {
        return Ok(vec![]);
    }
    Ok(vec![SessionEvent::MinutesKept { keep }.into()])
}

/// Whether a slot makes sense by itself: some length, and for speech somebody who speaks, within a limit.
pub(super) fn slot_makes_sense(slot: &PlannedSlot) -> bool {
    let speech = !slot.kind.has_floor() || (!slot.speakers.is_empty() && slot.limit.is_some_and(|l| l.0 > 0));
    slot.planned.0 > 0 && speech
}

/// `there` are the steps before: one of an accepted paper has the speakers that its authors' consent lets be named.
fn makes_sense(plan: &Plan, there: &[Slot]) -> bool {
    let of_paper = |id: SlotId| there.iter().any(|slot| slot.id == id && slot.paper.is_some());
    let polls_fit = plan.polls.iter().all(|poll| make::makes_sense(poll).is_ok());
    let slots_fit = plan.slots.iter().all(|slot| {
        let poll = slot.kind != SlotKind::Poll || plan.polls.iter().any(|poll| Some(poll.id) == slot.poll);
        (slot_makes_sense(slot) || (slot.planned.0 > 0 && of_paper(slot.id))) && poll
    });
    let distinct =
        all_differ(plan.slots.iter().map(|slot| slot.id)) && all_differ(plan.polls.iter().map(|poll| poll.id));
    let somehow = plan.starts_at < plan.ends_at && !plan.slots.is_empty() && plan.min_open.0 >= 0;
    somehow && distinct && polls_fit && slots_fit
}

/// A slot that is there twice could never be left by «next».
fn all_differ<T: Ord>(mut ids: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    ids.all(|id| seen.insert(id))
}

fn planned(plan: &Plan) -> Happened {
    let event = PlanEvent::Planned {
        conference: plan.conference,
        room: plan.room,
        kind: plan.kind,
        starts_at: plan.starts_at,
        ends_at: plan.ends_at,
        team: plan.team.clone(),
    };
    Happened { event: event.into(), words: Words::none().with("title", &plan.title) }
}

fn slot_planned(slot: &PlannedSlot) -> Happened {
    let event = PlanEvent::SlotPlanned {
        slot: slot.id,
        kind: slot.kind,
        speakers: slot.speakers.clone(),
        planned: slot.planned,
        limit: slot.limit,
        poll: slot.poll,
    };
    Happened { event: event.into(), words: Words::none().with("title", &slot.title).with("cue", &slot.cue) }
}

/// A wave is quick, unless another time was planned on purpose.
fn min_open(poll: &PlannedPoll, plan: &Plan) -> Span {
    if poll.rule.kind == PollKind::Wave && plan.min_open == MIN_OPEN {
        poll.rule.kind.min_open()
    } else {
        plan.min_open
    }
}

impl Session {
    /// The plan as it stands, for editing it; nothing before there was one.
    #[must_use]
    pub fn as_planned(&self) -> Option<Plan> {
        let about = self.about.clone()?;
        let slot = |slot: &Slot| PlannedSlot {
            id: slot.id,
            kind: slot.kind,
            title: slot.title.clone(),
            cue: slot.cue.clone(),
            speakers: slot.speakers.clone(),
            planned: slot.planned,
            limit: slot.limit,
            poll: slot.poll,
        };
        Some(Plan {
            conference: about.conference,
            room: about.room,
            kind: about.kind,
            title: about.title,
            starts_at: about.starts_at,
            ends_at: about.ends_at,
            team: about.team,
            slots: self.slots.iter().map(slot).collect(),
            polls: self.polls.iter().map(Poll::as_planned).collect(),
            min_open: Span::ZERO,
        })
    }
}
