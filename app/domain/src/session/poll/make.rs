//! Making a poll: planned with the session, or by child moderators on the spot, in seconds.

use crate::command::PlannedPoll;
use crate::entry::{Happened, Words};
use crate::ids::{PollId, SlotId};
use crate::refusal::{Decision, Refusal};
use crate::session::poll::kind::PollKind;
use crate::session::poll::picture::Pictured;
use crate::session::poll::{Follows, Poll, PollEvent, State, one_at_a_time};
use crate::session::screen::{Screen, ScreenEvent};
use crate::session::{Phase, Session};
use crate::time::Span;

/// Most polls of a session.
const MOST: usize = 60;

/// Makes a poll now, and opens it if `open`. The same id again is the same poll.
pub(crate) fn make(session: &Session, planned: &PlannedPoll, open: bool) -> Decision {
    if session.poll(planned.id).is_some() {
        return Ok(vec![]);
    }
    if session.phase != Phase::Open {
        return Err(Refusal::NotOpen);
    }
    room_for_one(session)?;
    makes_sense(planned)?;
    let mut events = vec![event(planned, min_open(session, planned), None, session.stage.slot)];
    if open {
        one_at_a_time(session)?;
        events.push(PollEvent::PollOpened { poll: planned.id }.into());
        events.push(ScreenEvent::ScreenSet { screen: Screen::Poll { id: planned.id } }.into());
    }
    Ok(events)
}

/// Writes a poll into the plan before the session opens. The same id again is the same poll written anew.
pub(crate) fn plan(session: &Session, planned: &PlannedPoll) -> Decision {
    match session.phase {
        Phase::Planned if session.about.is_some() => {}
        Phase::Planned => return Err(Refusal::Unknown),
        Phase::Open => return Err(Refusal::AlreadyOpen),
        Phase::Over => return Err(Refusal::Over),
    }
    makes_sense(planned)?;
    match session.poll(planned.id) {
        Some(known) if known.as_planned() == *planned => Ok(vec![]),
        Some(known) => Ok(vec![event(planned, known.min_open, None, None)]),
        None => {
            room_for_one(session)?;
            Ok(vec![event(planned, min_open(session, planned), None, None)])
        }
    }
}

/// Whoever planned a shorter time for this session meant it for polls that come later too.
fn min_open(session: &Session, planned: &PlannedPoll) -> Span {
    let prepared = session.polls.iter().filter(|poll| poll.slot.is_none()).map(|poll| poll.min_open);
    let own = planned.rule.kind.min_open();
    prepared.min().map_or(own, |prepared| prepared.min(own))
}

/// A second round of a poll that was answered: the same question and options, and both results to compare.
pub(crate) fn second_round(session: &Session, of: PollId, new: PollId) -> Decision {
    if session.poll(new).is_some() {
        return Ok(vec![]);
    }
    let first = session.poll(of).ok_or(Refusal::Unknown)?;
    if !matches!(first.state, State::Closed(_) | State::Shown(_)) || first.rule.kind == PollKind::Words {
        return Err(Refusal::PollNotClosed);
    }
    Ok(vec![copy(session, first, new, Follows::Round(of))?])
}

/// Whether a poll can be asked: options as its kind needs them, all different, none without words.
///
/// # Errors
/// [`Refusal::BadPoll`].
pub(crate) fn makes_sense(planned: &PlannedPoll) -> Result<(), Refusal> {
    let said = |text: &crate::lang::Said| text.0.values().any(|text| !text.trim().is_empty());
    let alike = |place: usize| planned.options[..place].contains(&planned.options[place]);
    let pictures = &planned.rule.pictures;
    // A pictogram of ours has a name of its own; any other option is words.
    let ours = |place: usize| matches!(pictures.get(place), Some(Pictured::Ours(_)));
    let named = planned.options.iter().enumerate().all(|(place, option)| ours(place) || said(option));
    let alike = |place: usize| pictures.get(place).map_or(alike(place), |picture| pictures[..place].contains(picture));
    let differ = !(0..planned.options.len()).any(alike);
    let fits = planned.rule.fits(planned.options.len());
    if said(&planned.question) && named && differ && fits { Ok(()) } else { Err(Refusal::BadPoll) }
}

/// The event of a poll as it was prepared.
pub(crate) fn event(planned: &PlannedPoll, min_open: Span, follows: Option<Follows>, slot: Option<SlotId>) -> Happened {
    let options = u8::try_from(planned.options.len()).unwrap_or(u8::MAX);
    let mut words = Words::none().with("question", &planned.question);
    for (place, option) in planned.options.iter().enumerate() {
        words = words.with(&format!("option.{place}"), option);
    }
    let rule = planned.rule.clone();
    let event = PollEvent::PollPlanned { poll: planned.id, options, min_open, rule, follows, slot }.into();
    Happened { event, words }
}

/// The same poll once more, as a draft.
pub(super) fn copy(session: &Session, poll: &Poll, new: PollId, follows: Follows) -> Result<Happened, Refusal> {
    if session.poll(new).is_some() {
        return Err(Refusal::Unknown);
    }
    room_for_one(session)?;
    let planned = PlannedPoll { id: new, ..poll.as_planned() };
    Ok(event(&planned, poll.min_open, Some(follows), poll.slot))
}

fn room_for_one(session: &Session) -> Result<(), Refusal> {
    if session.polls.len() < MOST { Ok(()) } else { Err(Refusal::TooManyPolls) }
}
