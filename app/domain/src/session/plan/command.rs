//! What people ask about the plan and the run of show: organizers prepare, then it is the children's (`P3`).

use crate::ids::PaperId;
use crate::lang::Said;
use crate::refusal::Decision;
use crate::role::{Role, Who};
use crate::session::change::PlanChange;
use crate::session::pace::Pace;
use crate::session::paper::PaperSlot;
use crate::session::plan::{self, Plan};
use crate::session::{Phase, Session, change, pace, paper};

/// What people ask about the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanCommand {
    /// Writes down the session's title, team, run of show and polls. Once, before it opens.
    Plan(Box<Plan>),
    /// Writes title, times, team and run of show anew, before the session opens. Its polls stay.
    Replan {
        /// The version of the plan that was seen ([`crate::Session::plan_version`]).
        seen: u32,
        /// The plan as it shall be.
        plan: Box<Plan>,
    },
    /// A change of the run of show.
    ChangePlan(Box<PlanChange>),
    /// How much time things get.
    SetPace(Pace),
    /// Names a group, so that moderators see how speaking time is shared (`P9`).
    NameGroup {
        /// Which, from 0.
        group: u8,
        /// What it is called.
        name: Said,
    },
    /// Writes down the ground rules that the children have agreed on (`F16`).
    WriteRules {
        /// Each is one sentence.
        rules: Vec<Said>,
    },
    /// A working paper was accepted into this session, or has changed: its slot follows (sent by the server).
    PlacePaper(Box<PaperSlot>),
    /// A working paper is not presented here any more (sent by the server).
    TakePaperOut { paper: PaperId },
}

impl PlanCommand {
    /// Who may send it at all.
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::Plan(_) | Self::Replan { .. } => who == Who::Server || who.plays(|role| role == Role::Organizer),
            // Whoever prepares may, until the children have begun (`P3`).
            Self::ChangePlan(_) | Self::SetPace(_) | Self::NameGroup { .. } | Self::WriteRules { .. } => {
                who.plays(|role| role.moderates() || role == Role::Organizer)
            }
            Self::PlacePaper(_) | Self::TakePaperOut { .. } => who == Who::Server,
        }
    }

    /// Whether it moves the session, and is a step. Before a session is open, its plan is prepared: that is no step of it.
    #[must_use]
    pub fn is_step(&self, session: &Session) -> bool {
        match self {
            Self::ChangePlan(_) => session.phase != Phase::Planned,
            Self::Plan(_)
            | Self::Replan { .. }
            | Self::SetPace(_)
            | Self::NameGroup { .. }
            | Self::WriteRules { .. }
            | Self::PlacePaper(_)
            | Self::TakePaperOut { .. } => false,
        }
    }

    pub(in crate::session) fn decide(&self, session: &Session, who: Who) -> Decision {
        match self {
            Self::Plan(planned) => plan::plan(session, planned),
            Self::Replan { seen, plan } => plan::replan(session, *seen, plan),
            Self::ChangePlan(wish) => change::change(session, who, wish),
            Self::SetPace(pace) => pace::set(session, pace),
            Self::NameGroup { group, name } => pace::name_group(session, *group, name),
            Self::WriteRules { rules } => pace::write_rules(session, rules),
            Self::PlacePaper(new) => paper::place(session, new),
            Self::TakePaperOut { paper } => paper::take_out(session, *paper),
        }
    }
}
