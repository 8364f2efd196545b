//! What the safeguarding lead and the deputy alone see: what the desk handed to them, in the child's own words.

use serde::{Deserialize, Serialize};

use crate::ids::{PhoneId, QuestionId};
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::question::Status;
use crate::time::Instant;
use crate::view::desk::written;

/// A text that a trained adult handed to safeguarding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafeguardingItem {
    pub id: QuestionId,
    /// The child's own words (`S9`).
    pub text: Phrase,
    /// What the child had written before, the first first.
    pub earlier: Vec<Phrase>,
    /// Whether the child took it back.
    pub withdrawn: bool,
    /// The phone that asked, for a private reply; nothing about its owner. A slip of paper has none.
    #[serde(skip)]
    pub asker: Option<PhoneId>,
    /// When it was written.
    pub asked_at: Instant,
    /// When the desk handed it over.
    pub handed_at: Instant,
}

/// What waits in one session's safeguarding inbox, the oldest first.
#[must_use]
pub fn safeguarding(session: &Session, lang: Lang) -> Vec<SafeguardingItem> {
    let items = session.questions.iter().filter(|q| q.status == Status::Safeguarding && !q.erased);
    items
        .map(|q| SafeguardingItem {
            id: q.id,
            text: written(q, lang),
            earlier: q.earlier.iter().map(|text| Phrase::written(text, lang)).collect(),
            withdrawn: q.withdrawn,
            asker: Some(q.asker).filter(|_| !q.slip),
            asked_at: q.asked_at,
            handed_at: q.desk_decision.map_or(q.asked_at, |(at, _)| at),
        })
        .collect()
}
