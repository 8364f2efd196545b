//! The audience's gentle signs: slower, louder, which word (`F10`).
//!
//! A phone counts once for each sign until the speech changes or the children have seen it. They are totals to the
//! moderators and to the speaker; there is no sign against anybody.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::ids::PhoneId;
use crate::refusal::{Decision, Refusal};
use crate::role::Who;
use crate::session::floor::FloorEvent;
use crate::session::{Phase, Session};

/// A gentle sign.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Signal {
    /// Slower, please.
    Slower,
    /// Louder, please.
    Louder,
    /// There was a word that I do not understand.
    Word,
}

/// From how many phones each sign came.
pub type Signals = BTreeMap<Signal, BTreeSet<PhoneId>>;

/// A phone gives a sign; again is the same.
pub(super) fn give(session: &Session, who: Who, signal: Signal) -> Decision {
    let Who::Phone(phone) = who else { return Err(Refusal::NotYours) };
    match session.phase {
        Phase::Planned => return Err(Refusal::NotOpen),
        Phase::Over => return Err(Refusal::Over),
        Phase::Open => {}
    }
    let given = session.signals.get(&signal).is_some_and(|phones| phones.contains(&phone));
    Ok(if given { vec![] } else { vec![FloorEvent::Signalled { signal, phone }.into()] })
}

impl Session {
    pub(super) fn signalled(&mut self, signal: Signal, phone: PhoneId) {
        self.signals.entry(signal).or_default().insert(phone);
    }

    /// From how many phones a sign came since the speech began.
    #[must_use]
    pub fn signs(&self, signal: Signal) -> u32 {
        self.signals.get(&signal).map_or(0, |phones| u32::try_from(phones.len()).unwrap_or(u32::MAX))
    }
}
