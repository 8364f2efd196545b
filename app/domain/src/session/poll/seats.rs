//! Seat codes: one person, one vote. A code on a slip of paper gives one phone a seat, once.
//!
//! The codes themselves are made at the edge from a seed; here a seat is a number, and nobody's name.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::ids::PhoneId;
use crate::refusal::{Decision, Refusal};
use crate::session::Session;
use crate::session::poll::PollEvent;

/// Most seats of a session.
pub const MOST_SEATS: u16 = 1_000;

/// The seats of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// What the codes are made of; nothing before they were.
    pub seed: Option<Uuid>,
    /// How many there are, numbered from 0.
    pub count: u16,
    taken: BTreeMap<u16, PhoneId>,
}

impl Seats {
    /// The seat of a phone.
    #[must_use]
    pub fn of(&self, phone: PhoneId) -> Option<u16> {
        self.taken.iter().find(|(_, of)| **of == phone).map(|(seat, _)| *seat)
    }

    /// How many are taken.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.taken.len()
    }

    pub(super) fn issued(&mut self, seed: Uuid, count: u16) {
        *self = Self { seed: Some(seed), count, taken: BTreeMap::new() };
    }

    pub(super) fn took(&mut self, seat: u16, phone: PhoneId) {
        self.taken.insert(seat, phone);
    }
}

/// Makes seat codes. Codes that were made before do not work any more; not while a poll that needs them is open.
pub(crate) fn issue(session: &Session, seed: Uuid, count: u16) -> Decision {
    if session.seats.seed == Some(seed) {
        return Ok(vec![]);
    }
    if session.polls.iter().any(|poll| poll.is_open() && poll.rule.seats) {
        return Err(Refusal::PollOpen);
    }
    if !(1..=MOST_SEATS).contains(&count) {
        return Err(Refusal::OutOfRange { low: 1, high: i64::from(MOST_SEATS) });
    }
    Ok(vec![PollEvent::SeatsIssued { seed, count }.into()])
}

/// A phone takes a seat by its code. One phone has one seat, and a seat has one phone.
pub(crate) fn take(session: &Session, phone: PhoneId, seat: u16) -> Decision {
    let seats = &session.seats;
    if seat >= seats.count {
        return Err(Refusal::NoSuchSeat);
    }
    match (seats.taken.get(&seat), seats.of(phone)) {
        (Some(of), _) if *of == phone => Ok(vec![]),
        (Some(_), _) | (None, Some(_)) => Err(Refusal::SeatTaken),
        (None, None) => Ok(vec![PollEvent::SeatTaken { seat, phone }.into()]),
    }
}
