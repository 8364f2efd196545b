//! The desk: trained adults who read every question first.
//!
//! Questions are taken in only while an adult is there (`S7`). The desk's page says so while it is open and can be seen;
//! after a minute of silence the server asks for the intake to lapse, and questions are refused with a calm sentence.
//!
//! Presence is a person (`G11`): where something waits and nobody has pressed, tapped, typed or decided for three
//! minutes, an open page is nobody. It asks a while before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::entry::Entry;
use crate::ids::{PassId, QuestionId};
use crate::refusal::{Decision, Refusal};
use crate::role::{Role, Who};
use crate::session::question::{AskedAs, HoldReason, Status};
use crate::session::{Session, asking, reading};
use crate::text::QuestionText;
use crate::time::{Instant, Span};

/// Silence after which nobody is at the desk (`S7`).
pub const SILENCE: Span = Span::seconds(60);
/// So long something may wait with nobody doing anything at an open desk (`G11`).
pub const IDLE: Span = Span::minutes(3);
/// So long before it is asked whether somebody is still there.
pub const ASKED_BEFORE: Span = Span::seconds(30);
/// How often presence is written down; the page says it more often.
const NOTED_EVERY: Span = Span::seconds(20);

/// Who is at the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// Whether questions are taken in.
    pub open: bool,
    /// When each steward was last heard.
    pub heard: BTreeMap<PassId, Instant>,
    /// When each steward last did something with a hand.
    pub acted: BTreeMap<PassId, Instant>,
    /// Every steward who was ever here, in the order of coming: desk one, desk two.
    pub numbers: Vec<PassId>,
    /// Whether the hall is asked to ask less often (`S23`).
    pub slow: bool,
    /// How many decisions were made.
    pub decisions: u32,
}

/// By what a desk is known to be there (`G11`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Its page is open and can be seen.
    #[default]
    Beat,
    /// Somebody pressed, tapped or typed on it.
    Hand,
    /// Somebody pressed on a page that says nothing by itself: it counts for as long as a text may wait.
    Form,
    /// Its page was opened: it has a number from now on, and is not there yet.
    Page,
}

impl Sign {
    pub(crate) fn is_beat(&self) -> bool {
        *self == Self::Beat
    }
}

impl Desk {
    /// The number of a steward's desk, from 1.
    #[must_use]
    pub fn number(&self, pass: PassId) -> Option<u32> {
        let place = self.numbers.iter().position(|known| *known == pass)?;
        u32::try_from(place + 1).ok()
    }

    pub(super) fn seen(&mut self, pass: PassId, by: Sign, at: Instant) {
        if !self.numbers.contains(&pass) {
            self.numbers.push(pass);
        }
        let heard = match by {
            Sign::Page => return,
            Sign::Beat => {
                self.acted.entry(pass).or_insert(at);
                at
            }
            Sign::Hand => at,
            // Counted ahead: nothing more is heard of it until the next press.
            Sign::Form => at + (IDLE - SILENCE),
        };
        if by != Sign::Beat {
            self.acted.insert(pass, at);
        }
        self.open = true;
        self.heard.insert(pass, heard);
    }

    /// A steward decided something: that is a person.
    pub(super) fn acts(&mut self, pass: PassId, at: Instant) {
        self.acted.insert(pass, at);
        self.heard.entry(pass).and_modify(|heard| *heard = at.max(*heard));
    }

    pub(super) fn lapse(&mut self) {
        self.open = false;
        self.heard.clear();
    }
}

/// What the desk does, and what the server sees of it. A question has three outcomes and no fourth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskCommand {
    /// A steward is at the desk (sent while the page is open; `S7`).
    AtDesk,
    /// No desk was heard for a while (sent by the server).
    LapseIntake {
        /// Seen when the server decided to ask; refused if a desk spoke since.
        since: Instant,
    },
    /// The desk passes a question to the children.
    Pass { id: QuestionId },
    /// The desk holds it back, with a reason.
    Hold { id: QuestionId, reason: HoldReason },
    /// The desk hands it to the safeguarding lead; it leaves every other list (`S2`).
    Safeguard { id: QuestionId },
    /// The desk takes back its own decision, within ten seconds (`A7`).
    TakeBack { id: QuestionId },
    /// Opens a question to read it.
    Claim { id: QuestionId },
    /// Types in a question from paper (`F9`).
    Slip {
        /// Made when the form was rendered.
        id: QuestionId,
        /// The words, as they stand on the paper.
        text: QuestionText,
        /// What stands on the paper besides.
        said: AskedAs,
    },
    /// Somebody is at the desk: by a hand, or only the page was opened (`G11`).
    Here {
        /// By what it is known.
        by: Sign,
    },
    /// Asks the hall to ask less often, or as usual (`S23`).
    Slow {
        /// Whether less often.
        on: bool,
    },
}

impl DeskCommand {
    /// Who may send it at all: trained adults at the desk (`S1`).
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        match self {
            Self::AtDesk
            | Self::Here { .. }
            | Self::Claim { .. }
            | Self::Slip { .. }
            | Self::Pass { .. }
            | Self::Hold { .. }
            | Self::Safeguard { .. }
            | Self::TakeBack { .. }
            | Self::Slow { .. } => who.plays(|role| role == Role::Steward),
            Self::LapseIntake { .. } => who == Who::Server,
        }
    }

    /// Whether it moves the session: the desk never does (`P3`).
    #[must_use]
    pub const fn is_step(&self) -> bool {
        false
    }

    pub(super) fn decide(&self, session: &Session, who: Who, now: Instant) -> Decision {
        let steward = || who.pass().ok_or(Refusal::NotYours);
        match self {
            Self::AtDesk => here(session, steward()?, Sign::Beat, now),
            Self::Here { by } => here(session, steward()?, *by, now),
            Self::LapseIntake { since } => lapse(session, *since, now),
            Self::Claim { id } => reading::claim(session, who, *id, now),
            Self::Pass { id } => reading::pass(session, who, *id, now),
            Self::Hold { id, reason } => reading::hold(session, who, *id, *reason, now),
            Self::Safeguard { id } => reading::safeguard(session, *id),
            Self::TakeBack { id } => reading::take_back(session, *id, now),
            Self::Slip { id, text, said } => asking::slip(session, *id, text, *said),
            Self::Slow { on } if *on == session.desk.slow => Ok(vec![]),
            Self::Slow { on } => Ok(vec![DeskEvent::SlowModeSet { on: *on }.into()]),
        }
    }
}

/// What happened at the desk. Stored for ever: never rename or remove, only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DeskEvent {
    /// A steward was at the desk.
    DeskSeen {
        pass: PassId,
        /// By what it is known.
        #[serde(default, skip_serializing_if = "Sign::is_beat")]
        by: Sign,
    },
    /// No desk was heard for a minute: nothing more is taken in.
    IntakeLapsed,
    /// The hall is asked to ask less often, or as usual.
    SlowModeSet {
        /// Whether less often.
        on: bool,
    },
}

impl Session {
    pub(super) fn apply_desk(&mut self, event: &DeskEvent, entry: &Entry) {
        match event {
            DeskEvent::DeskSeen { pass, by } => self.desk.seen(*pass, *by, entry.at),
            DeskEvent::IntakeLapsed => self.desk.lapse(),
            DeskEvent::SlowModeSet { on } => self.desk.slow = *on,
        }
    }

    /// When the intake lapses if nobody does anything until then.
    #[must_use]
    pub fn lapses_at(&self) -> Option<Instant> {
        let last = self.desk.heard.keys().filter_map(|pass| self.at_desk_until(*pass)).max()?;
        self.desk.open.then_some(last)
    }

    /// Whether a question that comes in now will be read soon: the intake is open, and somebody is there.
    #[must_use]
    pub fn takes_in(&self, now: Instant) -> bool {
        self.lapses_at().is_some_and(|at| now < at)
    }

    /// How many stewards are at their desks.
    #[must_use]
    pub fn at_desks(&self, now: Instant) -> usize {
        self.desk.heard.keys().filter(|pass| self.is_at_desk(**pass, now)).count()
    }

    /// Whether a steward is at the desk.
    #[must_use]
    pub fn is_at_desk(&self, pass: PassId, now: Instant) -> bool {
        self.at_desk_until(pass).is_some_and(|until| now < until)
    }

    /// Until when a steward counts as there: a minute after the page was heard last, and not for longer than three
    /// minutes in which something waits and nobody does anything (`G11`).
    #[must_use]
    pub fn at_desk_until(&self, pass: PassId) -> Option<Instant> {
        let heard = *self.desk.heard.get(&pass)? + SILENCE;
        Some(self.idle_from(pass).map_or(heard, |idle| idle.min(heard)))
    }

    /// From when a steward's desk is idle, if something waits there.
    #[must_use]
    pub fn idle_from(&self, pass: PassId) -> Option<Instant> {
        let acted = self.desk.acted.get(&pass)?;
        let waits = self.questions.iter().find(|q| q.status == Status::Received && !q.erased)?;
        Some(waits.asked_at.max(*acted) + IDLE)
    }
}

/// A steward's page says that somebody is there.
pub(super) fn here(session: &Session, pass: PassId, by: Sign, now: Instant) -> Decision {
    let noted = |at: Option<&Instant>| session.desk.open && at.is_some_and(|at| now < *at + NOTED_EVERY);
    let says_nothing_new = match by {
        // An open page is nobody while what waits on it is not touched.
        Sign::Beat => noted(session.desk.heard.get(&pass)) || session.idle_from(pass).is_some_and(|idle| idle <= now),
        Sign::Hand => noted(session.desk.heard.get(&pass)) && noted(session.desk.acted.get(&pass)),
        Sign::Form => false,
        Sign::Page => session.desk.number(pass).is_some(),
    };
    if says_nothing_new { Ok(vec![]) } else { Ok(vec![DeskEvent::DeskSeen { pass, by }.into()]) }
}

/// The server found the desk silent since `since`.
pub(super) fn lapse(session: &Session, since: Instant, now: Instant) -> Decision {
    match session.lapses_at() {
        Some(at) if at <= now && session.desk.heard.values().max() == Some(&since) => {
            Ok(vec![DeskEvent::IntakeLapsed.into()])
        }
        _ => Err(Refusal::AlreadyMoved { by: None }),
    }
}
