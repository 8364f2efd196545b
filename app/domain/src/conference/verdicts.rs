//! What children say of an answer: whether it is enough (`P5`).
//!
//! A phone says it once, and may change it. It is known by an id that is derived for this recommendation alone, so that
//! the history tells neither which phone it was nor what else that phone said. An answer that changes begins anew, and
//! nothing is told of fewer than five.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::choice::Choice;
use crate::conference::act::ConferenceEvent;
use crate::conference::recommendations::Recommendation;
use crate::conference::{Conference, Decided, one};
use crate::ids::{RecommendationId, VoiceId};
use crate::refusal::Refusal;
use crate::time::Instant;

/// Nothing is told of fewer: a small number may be one class.
pub const FEWEST: usize = 5;
/// Most of one answer: a hall, and many halls after it.
const MOST: usize = 5_000;

/// Whether an answer is enough.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// It is.
    Yes,
    /// A part of it is.
    Partly,
    /// It is not.
    No,
}

/// One phone's verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub id: RecommendationId,
    pub voice: VoiceId,
    pub verdict: Verdict,
    /// Since when the answer stood there that was seen.
    pub seen: Instant,
}

/// Takes a verdict down, of an answer that everybody may read.
pub(super) fn judge(conference: &Conference, judged: &Judged) -> Decided {
    let known = conference.recommendations.get(&judged.id).filter(|known| known.public().is_some());
    let (known, promise) = known.and_then(|known| Some((known, known.promise.as_ref()?))).ok_or(Refusal::Unknown)?;
    let (promise, since) = promise;
    if !promise.progress.answers() {
        return Err(Refusal::Unknown);
    }
    if *since != judged.seen {
        return Err(Refusal::AlreadyMoved { by: None });
    }
    match known.verdicts.get(&judged.voice) {
        Some(before) if *before == judged.verdict => Ok(vec![]),
        None if known.verdicts.len() >= MOST => {
            Err(Refusal::TooMany { limit: u32::try_from(MOST).unwrap_or(u32::MAX) })
        }
        Some(_) | None => {
            let Judged { id, voice, verdict, .. } = *judged;
            one(ConferenceEvent::AnswerJudged { id, voice, verdict })
        }
    }
}

impl Recommendation {
    /// How many said what of the answer; nothing of fewer than five.
    #[must_use]
    pub fn judged(&self) -> Option<Vec<(Verdict, u32)>> {
        let count = |verdict: Verdict| self.verdicts.values().filter(|said| **said == verdict).count();
        let each = |verdict: &Verdict| (*verdict, u32::try_from(count(*verdict)).unwrap_or(u32::MAX));
        (self.verdicts.len() >= FEWEST).then(|| Verdict::ALL.iter().map(each).collect())
    }
}
