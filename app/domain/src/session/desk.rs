//! The desk: trained adults who read every question first.
//!
//! Questions are taken in only while an adult is there (`S7`). The desk's page says so while it is open; after a
//! minute of silence the server asks for the intake to lapse, and questions are refused with a calm sentence.

use std::collections::BTreeMap;

use crate::entry::Event;
use crate::ids::PassId;
use crate::refusal::{Decision, Refusal};
use crate::session::Session;
use crate::time::{Instant, Span};

/// Silence after which nobody is at the desk (`S7`).
pub const SILENCE: Span = Span::seconds(60);
/// How often presence is written down; the page says it more often.
const NOTED_EVERY: Span = Span::seconds(20);

/// Who is at the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// Whether questions are taken in.
    pub open: bool,
    /// When each steward was last heard.
    pub heard: BTreeMap<PassId, Instant>,
    /// Every steward who was ever here, in the order of coming: desk one, desk two.
    pub numbers: Vec<PassId>,
    /// Whether the hall is asked to ask less often (`S23`).
    pub slow: bool,
    /// How many decisions were made.
    pub decisions: u32,
}

impl Desk {
    /// When the intake lapses if no desk is heard until then.
    #[must_use]
    pub fn lapses_at(&self) -> Option<Instant> {
        let last = self.heard.values().max()?;
        self.open.then_some(*last + SILENCE)
    }

    /// Whether a question that comes in now will be read soon: the intake is open, and a desk was heard lately.
    #[must_use]
    pub fn takes_in(&self, now: Instant) -> bool {
        self.lapses_at().is_some_and(|at| now < at)
    }

    /// How many stewards were heard within the last minute.
    #[must_use]
    pub fn present(&self, now: Instant) -> usize {
        self.heard.values().filter(|at| now < **at + SILENCE).count()
    }

    /// Whether a steward was heard lately.
    #[must_use]
    pub fn is_here(&self, pass: PassId, now: Instant) -> bool {
        self.heard.get(&pass).is_some_and(|at| now < *at + SILENCE)
    }

    /// The number of a steward's desk, from 1.
    #[must_use]
    pub fn number(&self, pass: PassId) -> Option<u32> {
        let place = self.numbers.iter().position(|known| *known == pass)?;
        u32::try_from(place + 1).ok()
    }

    pub(super) fn seen(&mut self, pass: PassId, at: Instant) {
        self.open = true;
        self.heard.insert(pass, at);
        if !self.numbers.contains(&pass) {
            self.numbers.push(pass);
        }
    }

    pub(super) fn lapse(&mut self) {
        self.open = false;
        self.heard.clear();
    }
}

/// A steward is at the desk.
pub(super) fn here(session: &Session, pass: PassId, now: Instant) -> Decision {
    let noted = session.desk.heard.get(&pass).is_some_and(|at| now < *at + NOTED_EVERY);
    if noted && session.desk.open { Ok(vec![]) } else { Ok(vec![Event::DeskSeen { pass }.into()]) }
}

/// The server found the desk silent since `since`.
pub(super) fn lapse(session: &Session, since: Instant, now: Instant) -> Decision {
    match session.desk.lapses_at() {
        Some(at) if at <= now && session.desk.heard.values().max() == Some(&since) => {
            Ok(vec![Event::IntakeLapsed.into()])
        }
        _ => Err(Refusal::AlreadyMoved { by: None }),
    }
}
