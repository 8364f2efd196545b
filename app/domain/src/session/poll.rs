//! Polls: draft, open, closed, shown, put away; or annulled, with a sentence why.
//!
//! While a poll is open its ballots are rows of their own in the store, one for each voter; closing makes totals of
//! them and the ballots are gone (`S14`). Nobody sees a count before the children show the results (`F7`), and then
//! only if at least five answered.

pub mod ballot;
mod command;
pub mod count;
mod event;
pub mod kind;
pub mod make;
pub mod picture;
pub mod seats;
pub mod words;

use serde::{Deserialize, Serialize};

use crate::command::PlannedPoll;
use crate::entry::Happened;
use crate::ids::{PhoneId, PollId, SlotId};
use crate::lang::Said;
use crate::refusal::{Decision, Refusal};
use crate::session::screen::{Screen, ScreenEvent};
use crate::session::{Phase, Session};
use crate::time::{Instant, Span};
pub use command::PollCommand;
pub use count::{FEWEST_SHOWN, More, ToldApart, Totals};
pub use event::PollEvent;
pub use kind::{MAX_OPTIONS, MIN_OPEN, MIN_OPTIONS, PollKind, Rule};

use ballot::{Ballot, Came};

/// Most hands that a moderator can have counted.
const MOST_HANDS: u32 = 10_000;

/// Where a poll is in its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Not opened yet.
    Draft,
    /// Takes ballots.
    Open { since: Instant },
    /// Has totals that nobody sees yet.
    Closed(Totals),
    /// Its totals may be seen.
    Shown(Totals),
    /// It does not count; its totals are forgotten.
    Annulled(AnnulReason),
}

/// Why a poll does not count. Each is said to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnulReason {
    /// The question was understood in several ways.
    Unclear,
    /// An answer was missing or wrong.
    Options,
    /// Not everybody could vote.
    Devices,
}

/// What a poll follows on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Follows {
    /// A second round: both results are compared.
    Round(PollId),
    /// A poll that was annulled: this one stands in its place.
    Annulled(PollId),
}

/// One poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    pub id: PollId,
    /// What is asked.
    pub question: Said,
    /// What may be answered; empty where the kind says it.
    pub options: Vec<Said>,
    /// How it is answered.
    pub rule: Rule,
    /// The shortest time that it stays open.
    pub min_open: Span,
    /// Where it is in its life.
    pub state: State,
    /// Since when everybody is told that it closes soon.
    pub last_call: Option<Instant>,
    /// Hands counted in the room, for each option: a source of its own (`F8`).
    pub hands: Option<Vec<u32>>,
    /// What it follows on.
    pub follows: Option<Follows>,
    /// The slot in which it was made: a poll about a paper stays with the paper.
    pub slot: Option<SlotId>,
}

/// Who votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voter {
    /// A phone in the hall.
    Phone(PhoneId),
    /// Whoever holds the tablet that goes round as a ballot box.
    Box,
}

impl Poll {
    /// As whoever prepared it wrote it.
    #[must_use]
    pub fn as_planned(&self) -> PlannedPoll {
        let (question, options) = (self.question.clone(), self.options.clone());
        PlannedPoll { id: self.id, question, options, rule: self.rule.clone() }
    }

    /// How many totals it has.
    #[must_use]
    pub fn places(&self) -> usize {
        self.rule.kind.places(self.options.len())
    }

    /// How long a phone has been here that looked at a page first at `since`, if it ever did (`G3`). A seat is one
    /// person, however new the phone is.
    #[must_use]
    pub fn came(&self, since: Option<Instant>) -> Came {
        match (&self.state, since) {
            _ if self.rule.seats => Came::Before,
            (_, None) => Came::New,
            (State::Open { since: opened }, Some(since)) if since > *opened => Came::After,
            _ => Came::Before,
        }
    }

    /// Which of its ballots are told apart, once it is closed.
    #[must_use]
    pub const fn told_apart(&self) -> ToldApart {
        match &self.state {
            State::Closed(totals) | State::Shown(totals) => totals.more.told_apart,
            State::Draft | State::Open { .. } | State::Annulled(_) => ToldApart { after: 0, not_counted: 0 },
        }
    }

    /// Whether it takes ballots.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }
}

/// Opens a poll on every phone and on the screen.
pub(super) fn open(session: &Session, id: PollId) -> Decision {
    if session.phase != Phase::Open {
        return Err(Refusal::NotOpen);
    }
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    match poll.state {
        State::Open { .. } => return Ok(vec![]),
        State::Draft => {}
        State::Closed(_) | State::Shown(_) | State::Annulled(_) => return Err(Refusal::PollNotOpen),
    }
    one_at_a_time(session)?;
    Ok(vec![PollEvent::PollOpened { poll: id }.into(), ScreenEvent::ScreenSet { screen: Screen::Poll { id } }.into()])
}

fn one_at_a_time(session: &Session) -> Result<(), Refusal> {
    if session.polls.iter().any(Poll::is_open) { Err(Refusal::PollOpen) } else { Ok(()) }
}

/// Tells everybody that it closes soon. Nothing closes by itself (`A10`).
pub(super) fn last_call(session: &Session, id: PollId) -> Decision {
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    match poll.state {
        State::Open { .. } if poll.last_call.is_some() => Ok(vec![]),
        State::Open { .. } => Ok(vec![PollEvent::PollLastCalled { poll: id }.into()]),
        State::Draft | State::Closed(_) | State::Shown(_) | State::Annulled(_) => Err(Refusal::PollNotOpen),
    }
}

/// Closes it, once it was open long enough. The store fills in the totals.
pub(super) fn close(session: &Session, id: PollId, now: Instant) -> Decision {
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    match poll.state {
        State::Open { since } if now < since + poll.min_open => {
            Err(Refusal::PollTooYoung { at: since + poll.min_open })
        }
        State::Open { .. } => Ok(vec![closed(poll).into()]),
        State::Closed(_) | State::Shown(_) => Ok(vec![]),
        State::Draft | State::Annulled(_) => Err(Refusal::PollNotOpen),
    }
}

/// The event of closing, still without totals.
pub(super) fn closed(poll: &Poll) -> PollEvent {
    PollEvent::PollClosed { poll: poll.id, totals: vec![0; poll.places()], rather_not: 0, more: More::default() }
}

/// What takes the opening of a poll back that was opened at `at`, if one was. Its ballots go as at its closing, uncounted.
pub(super) fn take_back(session: &Session, at: Instant) -> Vec<Happened> {
    let opened = session.polls.iter().find(|poll| poll.state == State::Open { since: at });
    opened.map_or_else(Vec::new, |poll| vec![closed(poll).into(), PollEvent::PollTakenBack { poll: poll.id }.into()])
}

/// Shows the results to everybody.
pub(super) fn show(session: &Session, id: PollId) -> Decision {
    let screen = ScreenEvent::ScreenSet { screen: Screen::Poll { id } };
    let on_screen = session.stage.screen == Screen::Poll { id };
    match session.poll(id).ok_or(Refusal::Unknown)?.state {
        State::Closed(_) => Ok(vec![PollEvent::PollShown { poll: id }.into(), screen.into()]),
        State::Shown(_) if on_screen => Ok(vec![]),
        State::Shown(_) => Ok(vec![screen.into()]),
        State::Draft | State::Open { .. } | State::Annulled(_) => Err(Refusal::PollNotClosed),
    }
}

/// Takes the poll off the phones and the screen.
pub(super) fn put_away(session: &Session) -> Decision {
    match session.poll_on_phones.and_then(|id| session.poll(id)) {
        Some(poll) if poll.is_open() => Err(Refusal::PollNotClosed),
        Some(poll) => {
            let mut events = vec![PollEvent::PollPutAway.into()];
            // A question that has taken its place on the screen stays there (`A10`).
            if session.stage.screen == (Screen::Poll { id: poll.id }) {
                events.push(ScreenEvent::ScreenSet { screen: Screen::resting(session) }.into());
            }
            Ok(events)
        }
        None => Ok(vec![]),
    }
}

/// A poll was misunderstood: it does not count, and everybody is told why. `again` is the id of the one that takes its
/// place, still a draft.
pub(super) fn annul(session: &Session, id: PollId, reason: AnnulReason, again: PollId) -> Decision {
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    let mut events = vec![];
    match poll.state {
        State::Draft => return Err(Refusal::PollNotOpen),
        State::Annulled(_) => return Ok(vec![]),
        // Its ballots become totals and are gone; the totals of a poll that does not count are not kept.
        State::Open { .. } => events.push(closed(poll).into()),
        State::Closed(_) | State::Shown(_) => {}
    }
    events.push(PollEvent::PollAnnulled { poll: id, reason }.into());
    events.push(make::copy(session, poll, again, Follows::Annulled(id))?);
    Ok(events)
}

/// Hands counted in the room, for each option: a source of its own, beside the phones (`F8`). The last count stands.
pub(super) fn count_hands(session: &Session, id: PollId, hands: &[u32]) -> Decision {
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    if matches!(poll.state, State::Draft | State::Annulled(_)) {
        return Err(Refusal::PollNotOpen);
    }
    if !poll.rule.kind.takes_hands() || hands.len() != poll.places() || hands.iter().any(|n| *n > MOST_HANDS) {
        return Err(Refusal::BadHands);
    }
    if poll.hands.as_deref() == Some(hands) {
        return Ok(vec![]);
    }
    Ok(vec![PollEvent::HandsCounted { poll: id, hands: hands.to_vec() }.into()])
}

/// Whether somebody may vote this now. A ballot is no entry: the store keeps it until the poll closes.
///
/// # Errors
/// [`Refusal::Unknown`], [`Refusal::PollNotOpen`], [`Refusal::Paused`], [`Refusal::SeatNeeded`], and those of
/// [`PollKind::accepts`].
pub fn may_vote(session: &Session, id: PollId, voter: Voter, ballot: &Ballot) -> Result<(), Refusal> {
    let poll = session.poll(id).ok_or(Refusal::Unknown)?;
    if session.paused_since.is_some() {
        return Err(Refusal::Paused);
    }
    if !poll.is_open() {
        return Err(Refusal::PollNotOpen);
    }
    if poll.rule.seats && !has_seat(session, voter) {
        return Err(Refusal::SeatNeeded);
    }
    poll.rule.kind.accepts(poll.options.len(), &ballot.answer)
}

fn has_seat(session: &Session, voter: Voter) -> bool {
    match voter {
        Voter::Phone(phone) => session.seats.of(phone).is_some(),
        Voter::Box => false,
    }
}

impl Session {
    /// The poll that stands in the place of another: itself, unless it was annulled and made again.
    #[must_use]
    pub fn standing_poll(&self, id: PollId) -> Option<&Poll> {
        let mut poll = self.poll(id)?;
        // A poll follows on one that was there before it: there is no ring.
        while let Some(next) = self.polls.iter().find(|next| next.follows == Some(Follows::Annulled(poll.id))) {
            poll = next;
        }
        Some(poll)
    }
}
