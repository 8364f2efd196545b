//! What happened with the plan and the run of show.

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::entry::Entry;
use crate::ids::{ConferenceId, PaperId, PersonId, PollId, RoomId, SlotId};
use crate::lang::Said;
use crate::paper::file::PageOf;
use crate::session::Session;
use crate::session::change::ChangeEvent;
use crate::session::pace::Pace;
use crate::session::paper::OnPaper;
use crate::session::plan::{About, Care, Kind, Slot, SlotKind};
use crate::session::record::What;
use crate::time::{Instant, Span};

/// What happened with the plan. Stored for ever: never rename or remove, only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PlanEvent {
    /// The session exists. Words: `title`.
    Planned {
        /// The conference that it belongs to.
        conference: ConferenceId,
        /// Where it takes place.
        room: RoomId,
        /// What kind it is.
        kind: Kind,
        /// When it should begin.
        starts_at: Instant,
        /// When it should end.
        ends_at: Instant,
        /// The children who run it.
        team: Vec<PersonId>,
    },
    /// The plan was written anew before the session opened; its slots follow, its polls stay. Words: `title`.
    Replanned {
        /// Where it takes place.
        room: RoomId,
        /// What kind it is.
        kind: Kind,
        /// When it should begin.
        starts_at: Instant,
        /// When it should end.
        ends_at: Instant,
        /// The children who run it.
        team: Vec<PersonId>,
    },
    /// A slot at the end of the run of show. Words: `title`, `cue`.
    SlotPlanned {
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
    },
    /// The run of show changed. Words: `title`, `cue`, `say`, as each says.
    PlanChanged(ChangeEvent),
    /// How much time things get.
    PaceSet(Pace),
    /// A group has a name. Words: `name`.
    GroupNamed { group: u8 },
    /// The ground rules. Words: `rule.0` …
    RulesWritten {
        /// How many.
        rules: u8,
    },
    /// A working paper got its slot, or the slot followed it. Words: `title`, `message.0` …
    PaperPlaced {
        paper: PaperId,
        slot: SlotId,
        /// After which slot, if it is new.
        after: Option<SlotId>,
        /// Who is named.
        speakers: Vec<PersonId>,
        /// The speaking limit, and the length in the plan.
        limit: Span,
        /// The pages that the screen can show.
        pages: Vec<PageOf>,
        /// How many key messages there are.
        messages: u8,
    },
    /// A working paper left the run of show.
    PaperTakenOut { paper: PaperId },
}

impl PlanEvent {
    /// Whether an undo can take it back.
    pub(crate) const fn is_undoable(&self) -> bool {
        match self {
            Self::PlanChanged(_) => true,
            Self::Planned { .. }
            | Self::Replanned { .. }
            | Self::SlotPlanned { .. }
            | Self::PaceSet(_)
            | Self::GroupNamed { .. }
            | Self::RulesWritten { .. }
            | Self::PaperPlaced { .. }
            | Self::PaperTakenOut { .. } => false,
        }
    }

    /// What a press did that begins with it.
    pub(crate) const fn did(&self) -> Option<What> {
        match self {
            Self::PlanChanged(_) | Self::PaceSet(_) | Self::GroupNamed { .. } | Self::RulesWritten { .. } => {
                Some(What::Plan)
            }
            Self::Planned { .. }
            | Self::Replanned { .. }
            | Self::SlotPlanned { .. }
            | Self::PaperPlaced { .. }
            | Self::PaperTakenOut { .. } => None,
        }
    }
}

impl Session {
    pub(in crate::session) fn apply_plan(&mut self, event: &PlanEvent, entry: &Entry) {
        let words = &entry.words;
        match event {
            PlanEvent::Planned { conference, room, kind, starts_at, ends_at, team } => {
                self.about = Some(About {
                    conference: *conference,
                    room: *room,
                    kind: *kind,
                    title: words.said("title"),
                    starts_at: *starts_at,
                    ends_at: *ends_at,
                    team: team.clone(),
                });
                self.plan_version += 1;
            }
            PlanEvent::Replanned { room, kind, starts_at, ends_at, team } => {
                if let Some(about) = &mut self.about {
                    let (title, team) = (words.said("title"), team.clone());
                    let (room, kind, starts_at, ends_at) = (*room, *kind, *starts_at, *ends_at);
                    *about = About { room, kind, title, starts_at, ends_at, team, conference: about.conference };
                }
                // What the organizers' form does not know of a step comes back with it (`C9`).
                self.before = std::mem::take(&mut self.slots);
                self.plan_version += 1;
            }
            PlanEvent::SlotPlanned { slot, kind, speakers, planned, limit, poll } => {
                let known = self.before.iter().position(|before| before.id == *slot);
                let (care, paper) = known
                    .map(|place| self.before.swap_remove(place))
                    .map(|slot| (slot.care, slot.paper))
                    .unwrap_or_default();
                self.slots.push(Slot {
                    id: *slot,
                    kind: *kind,
                    title: words.said("title"),
                    cue: words.said("cue"),
                    speakers: speakers.clone(),
                    planned: *planned,
                    limit: *limit,
                    poll: *poll,
                    care,
                    paper: paper.filter(|_| *kind == SlotKind::Paper),
                });
            }
            PlanEvent::PlanChanged(event) => self.apply_change(event, entry),
            PlanEvent::PaceSet(pace) => self.pace = *pace,
            PlanEvent::GroupNamed { group } => self.group_named(*group, words),
            PlanEvent::RulesWritten { rules } => {
                self.rules = (0..*rules).map(|place| words.said(&format!("rule.{place}"))).collect();
            }
            PlanEvent::PaperPlaced { paper, slot, after, speakers, limit, pages, messages } => {
                let said = |place| words.said(&format!("message.{place}"));
                let on = OnPaper { id: *paper, messages: (0..*messages).map(said).collect(), pages: pages.clone() };
                let slot = Slot {
                    id: *slot,
                    kind: SlotKind::Paper,
                    title: words.said("title"),
                    cue: Said::default(),
                    speakers: speakers.clone(),
                    planned: *limit,
                    limit: Some(*limit),
                    poll: None,
                    care: Care::default(),
                    paper: Some(on),
                };
                self.paper_placed(slot, *after);
            }
            PlanEvent::PaperTakenOut { paper } => self.paper_taken_out(*paper),
        }
    }
}
