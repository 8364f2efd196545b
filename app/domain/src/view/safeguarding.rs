//! What the safeguarding lead and the deputy alone see: what the desk handed to them, in the child's own words.

use serde::{Deserialize, Serialize};

use crate::ids::QuestionId;
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::question::Status;
use crate::time::Instant;

/// A text that a trained adult handed to safeguarding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafeguardingItem {
    /// Its id.
    pub id: QuestionId,
    /// The child's own words (`S9`).
    pub text: Phrase,
    /// When it was written.
    pub asked_at: Instant,
    /// When the desk handed it over.
    pub handed_at: Instant,
}

/// What waits in one session's safeguarding inbox, the oldest first.
#[must_use]
pub fn safeguarding(session: &Session, lang: Lang) -> Vec<SafeguardingItem> {
    let items = session.questions.iter().filter(|q| q.status == Status::Safeguarding);
    items
        .map(|q| SafeguardingItem {
            id: q.id,
            text: Phrase::written(q.text.as_deref().unwrap_or_default(), lang),
            asked_at: q.asked_at,
            handed_at: q.desk_decision.map_or(q.asked_at, |(at, _)| at),
        })
        .collect()
}
