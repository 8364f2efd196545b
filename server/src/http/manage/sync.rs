//! What the programme says of a session, its own stream says too: until it opens, the two are kept alike.

use nadwa_domain::command::PlanCommand;
use nadwa_domain::conference::{Conference, Listing};
use nadwa_domain::ids::{ConferenceId, PersonId, SessionId, SlotId};
use nadwa_domain::session::Phase;
use nadwa_domain::session::plan::{Kind, Plan, PlannedSlot, SlotKind};
use nadwa_domain::{Command, Refusal, Role, Said, Span, Who};

use crate::edge;
use crate::http::App;
use crate::rooms::Failure;

/// The shortest time that a poll stays open (`A10`).
const MIN_OPEN: Span = Span::seconds(45);
/// How often a plan is written again when somebody else was first.
const TRIES: u32 = 4;

/// Writes title, times, room and team of the listing into the session's stream; a new session gets the template of its
/// kind. A break has no stream, and an open session is in the children's hands.
///
/// # Errors
/// [`Failure`] if it could not be written.
pub async fn session(app: &App, id: SessionId) -> Result<(), Failure> {
    let conference = app.rooms.conference().state();
    let Some(listing) = conference.listing(id).filter(|listing| listing.kind != Kind::Break) else { return Ok(()) };
    write(app, &conference, listing, |plan| plan.map(|plan| plan.slots)).await
}

/// The run of show of one session for another.
///
/// # Errors
/// [`Failure`] if it could not be written.
pub async fn copy(app: &App, from: SessionId, to: SessionId) -> Result<(), Failure> {
    let conference = app.rooms.conference().state();
    let Some(listing) = conference.listing(to).filter(|listing| listing.kind != Kind::Break) else { return Ok(()) };
    let original = app.rooms.session(from).await?.look(|session, _| session.as_planned());
    // Polls belong to their session: a copied slot of a poll has none to show, and stays behind.
    let slots = original.map(|plan| plan.slots).unwrap_or_default().into_iter();
    let slots: Vec<PlannedSlot> = slots
        .filter(|slot| slot.kind != SlotKind::Poll)
        .map(|slot| PlannedSlot { id: SlotId(edge::fresh_id()), ..slot })
        .collect();
    write(app, &conference, listing, |_| Some(slots.clone()).filter(|slots| !slots.is_empty())).await
}

async fn write(
    app: &App,
    conference: &Conference,
    listing: &Listing,
    slots: impl Fn(Option<Plan>) -> Option<Vec<PlannedSlot>>,
) -> Result<(), Failure> {
    let room = app.rooms.session(listing.session).await?;
    for _ in 0..TRIES {
        let (now, version, phase) = room.look(|session, _| (session.as_planned(), session.plan_version, session.phase));
        if phase != Phase::Planned {
            return Ok(());
        }
        let first = now.is_none();
        let slots = slots(now).unwrap_or_else(|| template(listing.kind, listing));
        let plan = Box::new(plan_of(app.rooms.conference().id(), conference, listing, slots));
        let command = if first {
            Command::Plan(PlanCommand::Plan(plan))
        } else {
            Command::Plan(PlanCommand::Replan { seen: version, plan })
        };
        match room.act(Who::Server, command).await {
            Err(Failure::Refused(Refusal::AlreadyMoved { .. })) => {}
            Err(Failure::Refused(Refusal::AlreadyOpen | Refusal::Over)) => return Ok(()),
            outcome => return outcome,
        }
    }
    Err(Failure::Refused(Refusal::AlreadyMoved { by: None }))
}

fn plan_of(id: ConferenceId, conference: &Conference, listing: &Listing, slots: Vec<PlannedSlot>) -> Plan {
    Plan {
        conference: id,
        room: listing.room,
        kind: listing.kind,
        title: listing.title.clone(),
        starts_at: listing.starts_at,
        ends_at: listing.ends_at,
        team: team(conference, listing.session),
        slots,
        polls: Vec::new(),
        min_open: MIN_OPEN,
    }
}

/// The children who run a session: whoever holds its cards, the moderator first.
fn team(conference: &Conference, session: SessionId) -> Vec<PersonId> {
    let runs = |role: Role| role.moderates() || role == Role::Timekeeper;
    let mut holders: Vec<(Role, PersonId)> = conference
        .passes
        .values()
        .filter(|pass| !pass.revoked && pass.issued.session == Some(session) && runs(pass.issued.role))
        .filter_map(|pass| Some((pass.issued.role, pass.issued.person?)))
        .collect();
    holders.sort_unstable();
    let mut team: Vec<PersonId> = Vec::new();
    for (_, person) in holders {
        if !team.contains(&person) {
            team.push(person);
        }
    }
    team
}

/// Ready steps for a kind of session; a speech for each speaker of the listing.
#[must_use]
pub fn template(kind: Kind, listing: &Listing) -> Vec<PlannedSlot> {
    match kind {
        Kind::Workshop => named("workshop", listing),
        Kind::Opening | Kind::Closing => named("opening", listing),
        Kind::Panel | Kind::Symposium | Kind::ClosedMeeting | Kind::Break => named("papers", listing),
    }
}

/// A template by its name, as the form says it.
#[must_use]
pub fn named(name: &str, listing: &Listing) -> Vec<PlannedSlot> {
    let speech = |kind, minutes| {
        let slot = move |speaker: &PersonId| PlannedSlot { speakers: vec![*speaker], ..step(kind, minutes) };
        listing.speakers.iter().map(slot).collect::<Vec<_>>()
    };
    let mut slots = vec![step(SlotKind::Opening, 5)];
    match name {
        "workshop" => {
            slots.extend(speech(SlotKind::Speech, 10));
            slots.extend([step(SlotKind::Questions, 20), step(SlotKind::Break, 5), step(SlotKind::Questions, 15)]);
        }
        "opening" => slots.extend(speech(SlotKind::Speech, 5)),
        _ => {
            slots.extend(speech(SlotKind::Paper, 5));
            slots.push(step(SlotKind::Questions, 15));
        }
    }
    slots.push(step(SlotKind::Closing, 5));
    slots
}

fn step(kind: SlotKind, minutes: i64) -> PlannedSlot {
    PlannedSlot {
        id: SlotId(edge::fresh_id()),
        kind,
        title: Said::default(),
        cue: Said::default(),
        speakers: Vec::new(),
        planned: Span::minutes(minutes),
        limit: kind.has_floor().then_some(Span::minutes(minutes)),
        poll: None,
    }
}
