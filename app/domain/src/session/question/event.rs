//! What happened with questions, and with the words of a cloud, which the desk reads like questions.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::entry::Entry;
use crate::ids::{PassId, PhoneId, PollId, QuestionId};
use crate::session::Session;
use crate::session::poll::State;
use crate::session::question::{AskedAs, Claim, HoldReason, NotUsedReason, Question, Status};
use crate::session::record::What;
use crate::time::Instant;

/// What happened with a question. Stored for ever: never rename or remove, only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum QuestionEvent {
    /// A question came in. Words: `text`.
    QuestionAsked {
        id: QuestionId,
        /// The phone that asked.
        asker: PhoneId,
        /// What the sender chose to say with it.
        #[serde(flatten)]
        said: AskedAs,
        /// Whether it was typed in from paper.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        slip: bool,
    },
    /// Its asker said it anew. Words: `text`.
    QuestionChanged { id: QuestionId },
    /// The asker took it back.
    QuestionWithdrawn { id: QuestionId },
    /// A desk opened it to read it.
    QuestionClaimed { id: QuestionId },
    /// The desk passed it.
    QuestionPassed { id: QuestionId },
    /// The desk held it back.
    QuestionHeld { id: QuestionId, reason: HoldReason },
    /// The desk handed it to the safeguarding lead.
    QuestionSafeguarded { id: QuestionId },
    /// The desk took its decision back.
    QuestionTakenBack { id: QuestionId },
    /// It was joined to a similar one.
    QuestionJoined { id: QuestionId, to: QuestionId },
    /// It stands alone again.
    QuestionParted { id: QuestionId },
    /// The children's cards have this order.
    QuestionsOrdered {
        /// The first first.
        order: Vec<QuestionId>,
    },
    /// The children chose it.
    QuestionChosen { id: QuestionId },
    /// The children put it back for later.
    QuestionPutBack { id: QuestionId },
    /// It was answered.
    QuestionAnswered { id: QuestionId },
    /// An organisation owes its answer. Words: `text`, the organisation.
    QuestionOwed { id: QuestionId },
    /// It will not be used.
    QuestionNotUsed { id: QuestionId, reason: NotUsedReason },
    /// Its words were erased for good.
    QuestionErased { id: QuestionId },
    /// A word for a poll's cloud came in; the desk treats it like a question. Words: `text`.
    WordSaid {
        id: QuestionId,
        /// The phone that said it.
        asker: PhoneId,
        poll: PollId,
        /// Whether it is one of many from new devices.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        one_of_many: bool,
        /// How many texts of phones that came with it were before.
        #[serde(default, skip_serializing_if = "crate::inbox::is_first")]
        after: u32,
    },
}

impl QuestionEvent {
    /// The question that it changes for its asker. Which desk reads it, no asker is told.
    #[must_use]
    pub const fn question(&self) -> Option<QuestionId> {
        match self {
            Self::QuestionAsked { id, .. }
            | Self::QuestionChanged { id }
            | Self::QuestionWithdrawn { id }
            | Self::QuestionPassed { id }
            | Self::QuestionHeld { id, .. }
            | Self::QuestionSafeguarded { id }
            | Self::QuestionTakenBack { id }
            | Self::QuestionJoined { id, .. }
            | Self::QuestionParted { id }
            | Self::QuestionChosen { id }
            | Self::QuestionPutBack { id }
            | Self::QuestionAnswered { id }
            | Self::QuestionOwed { id }
            | Self::QuestionNotUsed { id, .. }
            | Self::QuestionErased { id }
            | Self::WordSaid { id, .. } => Some(*id),
            Self::QuestionClaimed { .. } | Self::QuestionsOrdered { .. } => None,
        }
    }

    /// Whether an undo can take it back. What was set aside stays so: it is put back by hand.
    pub(crate) const fn is_undoable(&self) -> bool {
        matches!(self, Self::QuestionChosen { .. } | Self::QuestionAnswered { .. })
    }

    /// What a press did that begins with it.
    pub(crate) const fn did(&self) -> Option<What> {
        match self {
            Self::QuestionChosen { .. } | Self::QuestionAnswered { .. } => Some(What::Question),
            Self::QuestionAsked { .. }
            | Self::QuestionChanged { .. }
            | Self::QuestionWithdrawn { .. }
            | Self::QuestionClaimed { .. }
            | Self::QuestionPassed { .. }
            | Self::QuestionHeld { .. }
            | Self::QuestionSafeguarded { .. }
            | Self::QuestionTakenBack { .. }
            | Self::QuestionJoined { .. }
            | Self::QuestionParted { .. }
            | Self::QuestionsOrdered { .. }
            | Self::QuestionPutBack { .. }
            | Self::QuestionOwed { .. }
            | Self::QuestionNotUsed { .. }
            | Self::QuestionErased { .. }
            | Self::WordSaid { .. } => None,
        }
    }

    /// Whether it changes a card. What nobody has passed yet is on none: however many ask at once, the deck stays as it is.
    const fn changes_cards(&self) -> bool {
        !matches!(self, Self::QuestionAsked { .. } | Self::WordSaid { .. } | Self::QuestionClaimed { .. })
    }
}

impl Session {
    pub(in crate::session) fn apply_question(&mut self, event: &QuestionEvent, entry: &Entry) {
        use QuestionEvent as E;
        let at = entry.at;
        self.note_word(event, entry.seq);
        if event.changes_cards() {
            self.cards_changed = entry.seq;
        }
        match event {
            E::QuestionAsked { id, asker, said, slip } => {
                self.add_question(asked(entry, *id, *asker, *said, *slip));
            }
            E::WordSaid { id, asker, poll, one_of_many, after } => {
                let said = AskedAs { one_of_many: *one_of_many, after: *after, ..AskedAs::default() };
                let word = asked(entry, *id, *asker, said, false);
                self.add_question(Question { poll: Some(*poll), ..word });
            }
            E::QuestionChanged { id } => self.change_words(*id, entry),
            E::QuestionClaimed { id } => self.claim(*id, entry.by.pass()),
            E::QuestionPassed { id } => self.pass_on(*id, at),
            E::QuestionHeld { id, reason } => {
                self.desk_decides(*id, Status::Held(*reason), at);
                self.settle(*id, Status::Held(*reason), at);
            }
            E::QuestionSafeguarded { id } => self.desk_decides(*id, Status::Safeguarding, at),
            E::QuestionTakenBack { id } => self.set_status(*id, Status::Received),
            E::QuestionWithdrawn { id } => self.withdrawn(*id),
            E::QuestionChosen { id } => self.set_status(*id, Status::Chosen),
            E::QuestionPutBack { id } => self.set_status(*id, Status::Passed),
            E::QuestionAnswered { id } => {
                self.keep_answered(*id, at);
                self.settle(*id, Status::Answered, at);
            }
            E::QuestionNotUsed { id, reason } => self.settle(*id, Status::NotUsed(*reason), at),
            E::QuestionOwed { id } => {
                self.with(*id, |question| question.owed_by = entry.words.0.get("text").cloned());
                self.settle(*id, Status::FollowUp, at);
            }
            E::QuestionJoined { id, to } => self.join(*id, *to),
            E::QuestionParted { id } => self.with(*id, |question| question.joined = None),
            E::QuestionsOrdered { order } => self.order_cards(order),
            E::QuestionErased { id } => self.erased(*id),
        }
    }

    /// Those on the list get their order. What is not on it now keeps a place behind them: an answer that is taken back
    /// is on the list again.
    fn order_cards(&mut self, order: &[QuestionId]) {
        let on_list: BTreeSet<_> = order.iter().copied().collect();
        let others = self.card_order.iter().copied().filter(|id| !on_list.contains(id));
        self.card_order = order.iter().copied().chain(others).collect();
    }

    fn erased(&mut self, id: QuestionId) {
        self.with(id, |question| {
            question.read_words(None);
            question.earlier.clear();
            question.owed_by = None;
            question.erased = true;
        });
        self.keep_groups(id);
    }

    /// What becomes of a word changes the cloud, once phones see it.
    fn note_word(&mut self, event: &QuestionEvent, seq: u64) {
        use QuestionEvent as E;
        let own = match event {
            E::QuestionPassed { id }
            | E::QuestionTakenBack { id }
            | E::QuestionWithdrawn { id }
            | E::QuestionSafeguarded { id } => *id,
            E::QuestionAsked { .. }
            | E::QuestionChanged { .. }
            | E::QuestionClaimed { .. }
            | E::QuestionHeld { .. }
            | E::QuestionJoined { .. }
            | E::QuestionParted { .. }
            | E::QuestionsOrdered { .. }
            | E::QuestionChosen { .. }
            | E::QuestionPutBack { .. }
            | E::QuestionAnswered { .. }
            | E::QuestionOwed { .. }
            | E::QuestionNotUsed { .. }
            | E::QuestionErased { .. }
            | E::WordSaid { .. } => return,
        };
        let poll = self.question(own).and_then(|question| question.poll).and_then(|id| self.poll(id));
        if poll.is_some_and(|poll| matches!(poll.state, State::Shown(_))) {
            self.poll_changed = seq;
        }
    }

    pub(in crate::session) fn with(&mut self, id: QuestionId, change: impl FnOnce(&mut Question)) {
        if let Some(place) = self.places.get(&id) {
            change(&mut self.questions[*place]);
        }
    }

    fn add_question(&mut self, question: Question) {
        self.places.insert(question.id, self.questions.len());
        self.questions.push(question);
    }

    /// The former words stay in the record (`S9`); a held question waits anew.
    fn change_words(&mut self, id: QuestionId, entry: &Entry) {
        self.with(id, |question| {
            question.earlier.extend(question.text.take());
            question.read_words(entry.words.0.get("text"));
            question.entries.push(entry.seq);
            question.changed = true;
            question.claim = None;
            if matches!(question.status, Status::Held(_)) {
                question.status = Status::Received;
            }
        });
    }

    /// A desk reads one question at a time: its earlier claim is over.
    fn claim(&mut self, id: QuestionId, by: Option<PassId>) {
        let Some(by) = by else { return };
        for question in &mut self.questions {
            if question.claim.is_some_and(|claim| claim.by == by) {
                question.claim = None;
            }
        }
        self.with(id, |question| (question.claim, question.changed) = (Some(Claim { by }), false));
    }

    fn pass_on(&mut self, id: QuestionId, at: Instant) {
        self.desk_decides(id, Status::Passed, at);
        if !self.card_order.contains(&id) {
            self.card_order.push(id);
        }
    }

    fn desk_decides(&mut self, id: QuestionId, status: Status, at: Instant) {
        self.desk.decisions += 1;
        let decided_as = self.desk.decisions;
        self.with(id, |question| {
            question.desk_decision = Some((at, question.status));
            question.decided_as = decided_as;
            question.claim = None;
        });
        self.set_status(id, status);
    }

    pub(in crate::session) fn mark_shown(&mut self, id: QuestionId) {
        self.cards_changed = self.seq;
        self.with(id, |question| question.shown = true);
    }

    fn set_status(&mut self, id: QuestionId, status: Status) {
        self.with(id, |question| question.status = status);
        self.keep_groups(id);
    }

    /// What became of it is known from now on (`R1`).
    fn settle(&mut self, id: QuestionId, status: Status, at: Instant) {
        self.set_status(id, status);
        self.with(id, |question| question.settled_at = Some(at));
    }

    /// A worrying text stays with the safeguarding lead even if its writer takes it back (`S9`).
    fn withdrawn(&mut self, id: QuestionId) {
        self.with(id, |question| {
            question.withdrawn = true;
            if question.status != Status::Safeguarding {
                question.status = Status::Withdrawn;
            }
        });
        self.keep_groups(id);
    }
}

fn asked(entry: &Entry, id: QuestionId, asker: PhoneId, said: AskedAs, slip: bool) -> Question {
    let mut question = Question {
        id,
        asker,
        poll: None,
        asked_at: entry.at,
        said,
        slip,
        text: None,
        earlier: vec![],
        key: String::new(),
        noticed: None,
        status: Status::Received,
        desk_decision: None,
        decided_as: 0,
        claim: None,
        changed: false,
        joined: None,
        owed_by: None,
        settled_at: None,
        withdrawn: false,
        shown: false,
        entries: vec![entry.seq],
        erased: false,
    };
    question.read_words(entry.words.0.get("text"));
    question
}
