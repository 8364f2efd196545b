//! What happened with polls, with seats and with hands that were counted.

use serde::{Deserialize, Serialize};
use strum::VariantNames;
use uuid::Uuid;

use crate::entry::Entry;
use crate::ids::{PhoneId, PollId, SlotId};
use crate::session::Session;
use crate::session::poll::{AnnulReason, Follows, More, Poll, Rule, State, Totals};
use crate::session::record::What;
use crate::time::Span;

/// What happened with a poll. Stored for ever: never rename or remove, only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PollEvent {
    /// A poll was prepared. Words: `question`, `option.0` …
    PollPlanned {
        poll: PollId,
        /// How many options.
        options: u8,
        /// The shortest time that it stays open.
        min_open: Span,
        /// How it is answered.
        #[serde(default, skip_serializing_if = "Rule::is_default")]
        rule: Rule,
        /// What it follows on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        follows: Option<Follows>,
        /// The slot in which it was made on the spot.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slot: Option<SlotId>,
    },
    /// A poll takes ballots.
    PollOpened { poll: PollId },
    /// Everybody was told that a poll closes soon.
    PollLastCalled { poll: PollId },
    /// A poll's ballots became totals; the ballots are gone.
    PollClosed {
        poll: PollId,
        /// For each option.
        totals: Vec<u32>,
        /// Of those who would rather not say.
        rather_not: u32,
        /// What the first version did not count.
        #[serde(default, skip_serializing_if = "More::is_default")]
        more: More,
    },
    /// Its results may be seen.
    PollShown { poll: PollId },
    /// It left the phones.
    PollPutAway,
    /// Its opening was taken back: it is a draft again, and its ballots are gone.
    PollTakenBack { poll: PollId },
    /// A poll does not count.
    PollAnnulled { poll: PollId, reason: AnnulReason },
    /// Hands were counted in the room.
    HandsCounted {
        poll: PollId,
        /// For each option.
        hands: Vec<u32>,
    },
    /// Seat codes were made; earlier ones do not work any more.
    SeatsIssued {
        /// What they are made of.
        seed: Uuid,
        /// How many.
        count: u16,
    },
    /// A phone took a seat.
    SeatTaken {
        /// Which, from 0.
        seat: u16,
        phone: PhoneId,
    },
    /// Pictures that organizers had brought for its polls were erased for good.
    PicturesErased,
}

impl PollEvent {
    /// Whether an undo can take it back: what the phones were shown cannot be, nor what has no ballots any more.
    pub(crate) const fn is_undoable(&self) -> bool {
        matches!(self, Self::PollOpened { .. })
    }

    /// What a press did that begins with it.
    pub(crate) const fn did(&self) -> Option<What> {
        match self {
            Self::PollOpened { .. } | Self::PollClosed { .. } | Self::PollShown { .. } | Self::PollPutAway => {
                Some(What::Poll)
            }
            Self::PollPlanned { .. }
            | Self::PollLastCalled { .. }
            | Self::PollTakenBack { .. }
            | Self::PollAnnulled { .. }
            | Self::HandsCounted { .. }
            | Self::SeatsIssued { .. }
            | Self::SeatTaken { .. }
            | Self::PicturesErased => None,
        }
    }
}

impl Session {
    pub(in crate::session) fn apply_poll(&mut self, event: &PollEvent, entry: &Entry) {
        let at = entry.at;
        // A draft is on no phone.
        if !matches!(event, PollEvent::PollPlanned { .. }) {
            self.poll_changed = entry.seq;
        }
        match event {
            PollEvent::PollPlanned { poll, options, min_open, rule, follows, slot } => self.poll_planned(Poll {
                id: *poll,
                question: entry.words.said("question"),
                options: (0..*options).map(|place| entry.words.said(&format!("option.{place}"))).collect(),
                rule: rule.clone(),
                min_open: *min_open,
                state: State::Draft,
                last_call: None,
                hands: None,
                follows: *follows,
                slot: *slot,
            }),
            PollEvent::PollOpened { poll } => {
                self.poll_on_phones = Some(*poll);
                self.set_poll(*poll, |_| State::Open { since: at });
            }
            PollEvent::PollLastCalled { poll } => self.change_poll(*poll, |poll| poll.last_call = Some(at)),
            PollEvent::PollClosed { poll, totals, rather_not, more } => {
                let totals = Totals { options: totals.clone(), rather_not: *rather_not, more: more.clone() };
                self.set_poll(*poll, |_| State::Closed(totals));
            }
            PollEvent::PollShown { poll } => self.set_poll(*poll, |state| match state {
                State::Closed(totals) | State::Shown(totals) => State::Shown(totals),
                other @ (State::Draft | State::Open { .. } | State::Annulled(_)) => other,
            }),
            PollEvent::PollPutAway => self.poll_on_phones = None,
            PollEvent::PollTakenBack { poll } => self.change_poll(*poll, |poll| {
                (poll.state, poll.last_call, poll.hands) = (State::Draft, None, None);
            }),
            PollEvent::PollAnnulled { poll, reason } => self.change_poll(*poll, |poll| {
                poll.state = State::Annulled(*reason);
                poll.hands = None;
            }),
            PollEvent::HandsCounted { poll, hands } => self.change_poll(*poll, |poll| poll.hands = Some(hands.clone())),
            // Their names stay: what was asked and answered can still be read.
            PollEvent::PicturesErased => {
                let brought = self.polls.iter_mut().filter(|poll| poll.rule.brought().next().is_some());
                brought.for_each(|poll| poll.rule.pictures.clear());
            }
            PollEvent::SeatsIssued { seed, count } => self.seats.issued(*seed, *count),
            PollEvent::SeatTaken { seat, phone } => self.seats.took(*seat, *phone),
        }
    }

    /// A new poll; or one that was prepared, written anew.
    fn poll_planned(&mut self, planned: Poll) {
        match self.polls.iter_mut().find(|poll| poll.id == planned.id) {
            Some(there) => *there = planned,
            None => self.polls.push(planned),
        }
    }

    fn set_poll(&mut self, id: PollId, change: impl FnOnce(State) -> State) {
        self.change_poll(id, |poll| poll.state = change(std::mem::replace(&mut poll.state, State::Draft)));
    }

    fn change_poll(&mut self, id: PollId, change: impl FnOnce(&mut Poll)) {
        if let Some(poll) = self.polls.iter_mut().find(|poll| poll.id == id) {
            change(poll);
        }
    }
}
