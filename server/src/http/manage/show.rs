//! The run of show: written slot by slot before the session opens, in the session's own stream.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::Response;
use nadwa_app::pages::plan::show::{self as view, Show, ShowSlot};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::parts::phrase::own;
use nadwa_app::words::manage as words;
use nadwa_domain::command::PlanCommand;
use nadwa_domain::conference::Listing;
use nadwa_domain::ids::{PersonId, PollId, SessionId, SlotId};
use nadwa_domain::session::Phase;
use nadwa_domain::session::plan::{Plan, PlannedSlot, SlotKind};
use nadwa_domain::{Choice, Command, Refusal, Span};

use crate::edge;
use crate::http::answers;
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{LINE, Organizing, PARAGRAPH, Wrong, kept, put_said, sync};

/// Longest slot, in minutes: a day.
const LONGEST: u32 = 24 * 60;

/// `GET /organizer/sessions/{id}/show`, with a slot's form open if the address says so.
pub async fn page(Path(id): Path<String>, left: Left, o: Organizing) -> Response {
    let Some(listing) = listing(&o, &id) else { return o.nothing() };
    let open = left.get("slot").and_then(|slot| slot.parse::<SlotId>().ok());
    show(&o, &listing, open, None, saved(o.r(), &left)).await
}

pub(super) fn listing(o: &Organizing, id: &str) -> Option<Listing> {
    o.conference().listing(id.parse::<SessionId>().ok()?).cloned()
}

/// The page; with a problem the form holds what was typed.
async fn show(
    o: &Organizing,
    listing: &Listing,
    open: Option<SlotId>,
    problem: Option<Problem>,
    done: Option<String>,
) -> Response {
    // A session that was listed before it had a plan gets one now.
    if let Err(failure) = sync::session(&o.app, listing.session).await {
        return refuse(o, o.wrong("", failure));
    }
    let room = match o.app.rooms.session(listing.session).await {
        Ok(room) => room,
        Err(error) => return refuse(o, o.wrong("", error.into())),
    };
    let (plan, version, phase) = room.look(|session, _| (session.as_planned(), session.plan_version, session.phase));
    let Some(plan) = plan else { return o.nothing() };
    let lang = o.r().lang;
    let refused = problem.is_some();
    let open = open.filter(|open| plan.slots.iter().any(|slot| slot.id == *open));
    let form = match problem {
        Some(problem) => Filled { problem: Some(problem), ..o.sent.filled() },
        None => kept(fields_of(open.and_then(|open| plan.slots.iter().find(|slot| slot.id == open))), done),
    };
    let mut polls = vec![(String::new(), own(o.r(), words::none(o.r())))];
    polls.extend(plan.polls.iter().map(|poll| (poll.id.to_string(), poll.question.for_reader(lang))));
    let data = Show {
        id: listing.session.to_string(),
        title: listing.title.for_reader(lang),
        version,
        editable: phase == Phase::Planned,
        slots: plan.slots.iter().map(|slot| slot_view(o, slot)).collect(),
        total: plan.slots.iter().fold(Span::ZERO, |sum, slot| sum + slot.planned),
        has: plan.ends_at - plan.starts_at,
        form,
        open: open.map(|open| open.to_string()),
        langs: o.langs(),
        people: o.people(),
        polls: if plan.polls.is_empty() { Vec::new() } else { polls },
    };
    let here = format!("/organizer/sessions/{}/show", listing.session);
    o.page(refused, view::show(&o.at(&here), data))
}

fn slot_view(o: &Organizing, slot: &PlannedSlot) -> ShowSlot {
    let lang = o.r().lang;
    let name = |id: &PersonId| o.app.rooms.kept_name_of(*id).map(|name| name.for_reader(lang));
    ShowSlot {
        id: slot.id.to_string(),
        kind: slot.kind,
        title: slot.title.for_reader(lang),
        speakers: slot.speakers.iter().filter_map(name).collect(),
        planned: slot.planned,
        cue: !slot.cue.0.is_empty(),
    }
}

fn fields_of(slot: Option<&PlannedSlot>) -> BTreeMap<String, String> {
    let Some(slot) = slot else {
        let fresh = [("kind", "paper".to_owned()), ("minutes", "5".to_owned()), ("id", edge::fresh_id().to_string())];
        return fresh.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    };
    let mut fields = BTreeMap::new();
    put_said(&mut fields, "title", &slot.title);
    put_said(&mut fields, "cue", &slot.cue);
    let kind = slot.kind.key();
    fields.insert("kind".to_owned(), kind.to_owned());
    fields.insert("minutes".to_owned(), minutes(slot.planned));
    fields.insert("limit".to_owned(), slot.limit.map(minutes).unwrap_or_default());
    fields.insert("poll".to_owned(), slot.poll.map(|poll| poll.to_string()).unwrap_or_default());
    for speaker in &slot.speakers {
        fields.insert(format!("speakers.{speaker}"), "on".to_owned());
    }
    fields
}

fn minutes(span: Span) -> String {
    (span.0 / Span::minutes(1).0).to_string()
}

/// `POST /organizer/sessions/{id}/show`: a new slot, before the closing one. Its id came with the form.
pub async fn add(Path(id): Path<String>, o: Organizing) -> Response {
    let slot = o.sent.get("id").parse::<SlotId>().unwrap_or(SlotId(edge::fresh_id()));
    change(&o, &id, None, |o, plan| {
        let new = slot_of(o, slot, plan)?;
        if let Some(there) = plan.slots.iter_mut().find(|there| there.id == slot) {
            *there = new;
            return Ok(());
        }
        let closing = plan.slots.last().is_some_and(|last| last.kind == SlotKind::Closing);
        let place = plan.slots.len() - usize::from(closing && new.kind != SlotKind::Closing);
        plan.slots.insert(place, new);
        Ok(())
    })
    .await
}

/// `POST /organizer/sessions/{id}/show/{slot}`: a slot anew.
pub async fn edit(Path((id, slot)): Path<(String, String)>, o: Organizing) -> Response {
    let Ok(slot) = slot.parse::<SlotId>() else { return o.nothing() };
    change(&o, &id, Some(slot), |o, plan| {
        let new = slot_of(o, slot, plan)?;
        let there = plan.slots.iter_mut().find(|there| there.id == slot);
        *there.ok_or_else(|| o.problem("", &Refusal::Unknown))? = new;
        Ok(())
    })
    .await
}

/// `POST /organizer/sessions/{id}/show/{slot}/{up|down|remove}`.
pub async fn press(Path((id, slot, what)): Path<(String, String, String)>, o: Organizing) -> Response {
    let Ok(slot) = slot.parse::<SlotId>() else { return o.nothing() };
    change(&o, &id, None, |o, plan| {
        let place = plan.slots.iter().position(|there| there.id == slot);
        let place = place.ok_or_else(|| o.problem("", &Refusal::Unknown))?;
        match what.as_str() {
            "up" if place > 0 => plan.slots.swap(place, place - 1),
            "down" if place + 1 < plan.slots.len() => plan.slots.swap(place, place + 1),
            "remove" => drop(plan.slots.remove(place)),
            "up" | "down" => {}
            _ => return Err(o.problem("", &Refusal::Unknown)),
        }
        Ok(())
    })
    .await
}

/// `POST /organizer/sessions/{id}/show/template`.
pub async fn template(Path(id): Path<String>, o: Organizing) -> Response {
    let Some(listing) = listing(&o, &id) else { return o.nothing() };
    let name = o.sent.get("template").to_owned();
    let papers = match papers_of(&o, listing.session).await {
        Ok(papers) => papers,
        Err(page) => return page,
    };
    change(&o, &id, None, |_, plan| {
        // Steps of accepted papers stay (`C9`): they follow the first one, which opens the session.
        let papers = plan.slots.extract_if(.., |slot| papers.contains(&slot.id)).collect::<Vec<_>>();
        plan.slots = sync::named(&name, &listing);
        let place = plan.slots.len().min(1);
        plan.slots.splice(place..place, papers);
        Ok(())
    })
    .await
}

/// The steps in which accepted papers are presented.
async fn papers_of(o: &Organizing, session: SessionId) -> Result<Vec<SlotId>, Response> {
    let room = o.app.rooms.session(session).await.map_err(|error| refuse(o, o.wrong("", error.into())))?;
    Ok(room.look(|session, _| session.slots.iter().filter(|slot| slot.paper.is_some()).map(|slot| slot.id).collect()))
}

/// Changes the plan that was seen. If somebody else changed it meanwhile, it is shown as it is now, and what was typed
/// stays in the form.
async fn change(
    o: &Organizing,
    id: &str,
    open: Option<SlotId>,
    make: impl FnOnce(&Organizing, &mut Plan) -> Result<(), Problem>,
) -> Response {
    let Some(listing) = listing(o, id) else { return o.nothing() };
    let room = match o.app.rooms.session(listing.session).await {
        Ok(room) => room,
        Err(error) => return refuse(o, o.wrong("", error.into())),
    };
    let Some(mut plan) = room.look(|session, _| session.as_planned()) else { return o.nothing() };
    if let Err(problem) = make(o, &mut plan) {
        return show(o, &listing, open, Some(problem), None).await;
    }
    let seen = o.sent.number("seen").unwrap_or(0);
    match room.act(o.who, Command::Plan(PlanCommand::Replan { seen, plan: Box::new(plan) })).await {
        Ok(()) => answers::see(&format!("/organizer/sessions/{}/show?done=1", listing.session)),
        Err(failure) => match o.wrong("", failure) {
            Wrong::Page(page) => *page,
            Wrong::Form(problem) => show(o, &listing, open, Some(problem), None).await,
        },
    }
}

fn slot_of(o: &Organizing, id: SlotId, plan: &Plan) -> Result<PlannedSlot, Problem> {
    let r = o.r();
    let said = |name: &str, limit| o.sent.said(name, limit).map_err(|refusal| o.problem(name, &refusal));
    let (title, cue) = (said("title", LINE)?, said("cue", PARAGRAPH)?);
    let kind = SlotKind::of_key(o.sent.get("kind"));
    let kind = kind.ok_or_else(|| o.problem("kind", &Refusal::Unknown))?;
    let span = |field: &str| match o.sent.number(field).filter(|minutes| (1..=LONGEST).contains(minutes)) {
        Some(minutes) => Ok(Span::minutes(i64::from(minutes))),
        None => Err(o.says(field, words::needs_minutes(r))),
    };
    let planned = span("minutes")?;
    let limit = match (kind.has_floor(), o.sent.get("limit").trim().is_empty()) {
        (false, _) => None,
        (true, true) => Some(planned),
        (true, false) => Some(span("limit")?),
    };
    let known = |id: &PersonId| o.conference().people.contains_key(id);
    let speakers: Vec<PersonId> = o.sent.ticked("speakers").filter_map(|id| id.parse().ok()).filter(known).collect();
    if kind.has_floor() && speakers.is_empty() {
        return Err(o.says("speakers", words::needs_speaker(r)));
    }
    let poll = o.sent.get("poll").parse::<PollId>().ok();
    let poll = poll.filter(|poll| kind == SlotKind::Poll && plan.polls.iter().any(|planned| planned.id == *poll));
    if kind == SlotKind::Poll && poll.is_none() {
        return Err(o.says("kind", words::needs_poll(r)));
    }
    Ok(PlannedSlot { id, kind, title, cue, speakers, planned, limit, poll })
}

pub(super) fn refuse(o: &Organizing, wrong: Wrong) -> Response {
    match wrong {
        Wrong::Page(page) => *page,
        Wrong::Form(_) => o.nothing(),
    }
}
