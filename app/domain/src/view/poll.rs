//! A poll as phones and the screen show it.

use serde::{Deserialize, Serialize};

use crate::ids::PollId;
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::poll::{Poll, State, Totals};

/// What a phone's frame says of the poll: what is asked, and where it is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollHead {
    /// What is asked.
    pub question: Phrase,
    /// Where it is in its life.
    pub stand: Stand,
}

/// Where a poll is in its life, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// Takes ballots.
    Open,
    /// Closed; the results are not shown yet.
    Closed,
    /// The results may be seen.
    Shown,
}

/// A poll as phones and the screen show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollView {
    /// Its id.
    pub id: PollId,
    /// What is asked.
    pub question: Phrase,
    /// What may be answered.
    pub options: Vec<Phrase>,
    /// Where it is in its life.
    pub state: PollState,
}

/// Where a poll is in its life. There is no count in it before the children show the results (`F7`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PollState {
    /// Takes ballots.
    Open,
    /// Closed; the results are not shown yet.
    Closed,
    /// The results.
    Shown(Results),
}

/// A poll's results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Results {
    /// Fewer than five answered: not shown (`F7`).
    TooFew,
    /// Counts.
    Counts {
        /// For each option.
        options: Vec<u32>,
        /// Of those who would rather not say.
        rather_not: u32,
    },
}

impl From<&Totals> for Results {
    fn from(totals: &Totals) -> Self {
        if totals.too_few() {
            Self::TooFew
        } else {
            Self::Counts { options: totals.options.clone(), rather_not: totals.rather_not }
        }
    }
}

pub(super) fn poll(poll: &Poll, lang: Lang) -> Option<PollView> {
    let state = match &poll.state {
        State::Draft => return None,
        State::Open { .. } => PollState::Open,
        State::Closed(_) => PollState::Closed,
        State::Shown(totals) => PollState::Shown(totals.into()),
    };
    Some(PollView {
        id: poll.id,
        question: poll.question.for_reader(lang),
        options: poll.options.iter().map(|option| option.for_reader(lang)).collect(),
        state,
    })
}

impl PollView {
    /// What a phone's frame says of it.
    #[must_use]
    pub fn head(self) -> PollHead {
        let stand = match self.state {
            PollState::Open => Stand::Open,
            PollState::Closed => Stand::Closed,
            PollState::Shown(_) => Stand::Shown,
        };
        PollHead { question: self.question, stand }
    }
}

/// The poll on the phones.
#[must_use]
pub fn on_phones(session: &Session, lang: Lang) -> Option<PollView> {
    session.poll_on_phones.and_then(|id| session.poll(id)).and_then(|p| poll(p, lang))
}
