//! The covering desk: one queue of every session that a steward reads for (`S7`). Its page, its part, its feed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::future::{FutureExt, select_all};
use nadwa_app::live::desk::calls::{self, Calling};
use nadwa_app::live::watch::WatchView;
use nadwa_app::pages::desks::{Again, Covered, Desks, Waiting, desks, fragment};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::wire::{Answer, BEAT_MS, Frame, event};
use nadwa_domain::conference::Listing;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::hints::in_order;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::session::Phase;
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::desk::Sign;
use nadwa_domain::view::PhaseView;
use nadwa_domain::view::console::Part;
use nadwa_domain::view::desk::{DeskHere, desk};
use nadwa_domain::{Command, Lang, Role, Span};
use serde::Deserialize;

use crate::edge;
use crate::http::call::{failed, wants_json};
use crate::http::feed::gone;
use crate::http::forms;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages, silent};
use crate::rooms::feeds::FeedRole;
use crate::rooms::session::SessionRoom;

/// A desk is there before its session opens: without one it could not.
const BEFORE: Span = Span::minutes(30);

/// Which question is read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    q: Option<String>,
}

/// One session that is covered.
struct Place {
    listing: Listing,
    code: String,
    room: Arc<SessionRoom>,
    steward: Pass,
}

/// `GET /desk`: to open it gives it its numbers, and is nobody's presence (`G11`).
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Query(which): Query<Which>,
    pages::Ahead(is_ahead): pages::Ahead,
) -> Response {
    let places = places(&app, &visitor).await;
    if stewards(&app, &visitor).is_empty() {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    }
    stay(&places, Sign::Page).await;
    let data = match is_ahead {
        true => look(&app, &places, visitor.reader.lang),
        false => read(&app, &places, visitor.reader.lang, which.q.as_deref()).await,
    };
    show(&app, &visitor, data)
}

fn show(app: &App, visitor: &Visitor, data: Desks) -> Response {
    let (key, ring) = (key_of(&data), rings(&data));
    answers::html(app, StatusCode::OK, desks(&visitor.page(app), data, key, ring))
}

/// `POST /desk`: reads another text. Which one stands in the body, since a log of addresses would tell it (G6).
pub async fn open(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Form(which): Form<Which>) -> Response {
    if wants_json(&headers) {
        return part(State(app), visitor, Form(which)).await;
    }
    if stewards(&app, &visitor).is_empty() {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    }
    let data = read(&app, &places(&app, &visitor).await, visitor.reader.lang, which.q.as_deref()).await;
    show(&app, &visitor, Desks { by_press: true, ..data })
}

/// `GET /desk/part`: the same with the first text that is free.
pub async fn first_part(State(app): State<App>, visitor: Visitor) -> Response {
    part(State(app), visitor, Form(Which::default())).await
}

/// `POST /desk/part`: what stands in the page, for a page that listens. It says in the body which text is read.
pub async fn part(State(app): State<App>, visitor: Visitor, Form(which): Form<Which>) -> Response {
    if stewards(&app, &visitor).is_empty() {
        return failed(&app, &visitor, true, ErrorKind::NotYours, "NotYours");
    }
    let data = read(&app, &places(&app, &visitor).await, visitor.reader.lang, which.q.as_deref()).await;
    let key = key_of(&data);
    let page = visitor.back_at("/desk".to_owned()).page(&app);
    Json(Answer { part: Some(fragment(&page, data, key)), ..Answer::default() }).into_response()
}

/// `POST /desk/here`: somebody is still there.
pub async fn here(State(app): State<App>, visitor: Visitor, headers: HeaderMap, body: Bytes) -> Response {
    if stewards(&app, &visitor).is_empty() {
        return failed(&app, &visitor, true, ErrorKind::NotYours, "NotYours");
    }
    let listens = wants_json(&headers);
    let by = match forms::pairs(&body, false).iter().any(|(name, value)| name == "by" && value == "hand") {
        true if listens => Sign::Hand,
        true => Sign::Form,
        false => Sign::Beat,
    };
    stay(&places(&app, &visitor).await, by).await;
    if by == Sign::Form { answers::see("/desk") } else { Json(Answer::default()).into_response() }
}

/// `GET /desk/feed`: says that something changed; never what.
pub async fn feed(State(app): State<App>, visitor: Visitor) -> Response {
    if stewards(&app, &visitor).is_empty() {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    }
    let head = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (head, Body::from_stream(stream(app, visitor))).into_response()
}

fn stream(app: App, visitor: Visitor) -> impl futures::Stream<Item = Result<Bytes, std::convert::Infallible>> {
    async_stream::stream! {
        let lang = visitor.reader.lang;
        let mut passes = app.rooms.conference().changes();
        // Authors' calls are in no session (`N1`).
        let mut inbox = app.rooms.inbox().changes();
        let mut beat = tokio::time::interval(std::time::Duration::from_millis(BEAT_MS));
        let mut said = String::new();
        yield Ok(Bytes::from(format!("retry: {}\n\n", 1000 + edge::below(4000))));
        loop {
            let places = places(&app, &visitor).await;
            if stewards(&app, &visitor).is_empty() {
                yield Ok(gone());
                break;
            }
            // Followed before it is looked at: nothing can change unseen in between.
            let mut pictures: Vec<_> = places.iter().map(|place| place.room.follow(FeedRole::Desk, lang, Part::default())).collect();
            for picture in &mut pictures {
                picture.mark_unchanged();
            }
            let data = look(&app, &places, lang);
            let (key, ring) = (key_of(&data), rings(&data));
            if key != said {
                said.clone_from(&key);
                let frame = Frame { build: app.assets.build.clone(), seq: 0, view: WatchView { key, ring } };
                let json = serde_json::to_string(&frame).unwrap_or_default();
                yield Ok(Bytes::from(format!("event: {}\ndata: {json}\n\n", event::FRAME)));
            }
            let never = std::iter::once(futures::future::pending().boxed());
            let changes = pictures.iter_mut().map(|picture| picture.changed().map(|_| ()).boxed()).chain(never);
            tokio::select! {
                biased;
                () = app.stop.cancelled() => break,
                Ok(()) = passes.changed() => {}
                Ok(()) = inbox.changed() => {}
                _ = select_all(changes) => {}
                _ = beat.tick() => {
                    yield Ok(Bytes::from(format!("event: {}\ndata: {}\n\n", event::BEAT, app.rooms.clock().now().0)));
                }
            }
        }
    }
}

fn stewards(app: &App, visitor: &Visitor) -> Vec<Pass> {
    visitor.passes(app).into_iter().filter(|pass| pass.issued.role == Role::Steward).collect()
}

/// Every session that is open, or soon will be, and that one of this device's stewards reads for.
async fn places(app: &App, visitor: &Visitor) -> Vec<Place> {
    let (stewards, conference) = (stewards(app, visitor), app.rooms.conference().state());
    let (soon, mut places) = (app.rooms.clock().now() + BEFORE, Vec::new());
    for listing in &conference.sessions {
        let Some(code) = listing.code.as_ref().map(|code| code.as_str().to_owned()) else { continue };
        let Some(steward) = stewards.iter().find(|pass| pass.covers(listing.session)) else { continue };
        let Ok(room) = app.rooms.session(listing.session).await else { continue };
        let reads = match room.look(|session, _| session.phase) {
            Phase::Open => true,
            Phase::Planned => listing.starts_at <= soon,
            // What was never read when a session ends is still read (`N10`): its words are not erased unseen.
            Phase::Over => room.look(|session, _| session.unread() > 0),
        };
        if reads {
            places.push(Place { listing: listing.clone(), code, room, steward: steward.clone() });
        }
    }
    places
}

/// Whether one pass, or several, make a desk for more than one session.
pub fn covers_several(app: &App, visitor: &Visitor) -> bool {
    let stewards = stewards(app, visitor);
    stewards.len() > 1 || stewards.iter().any(|pass| pass.issued.session.is_none())
}

async fn stay(places: &[Place], by: Sign) {
    for place in places {
        // A refusal is for the session's own page to say.
        let _ = place.room.act(place.steward.who(), Command::Desk(DeskCommand::Here { by })).await;
    }
}

/// What waits everywhere, with one text opened: the one that was asked for, else the first that no other desk reads.
async fn read(app: &App, places: &[Place], lang: Lang, asked_for: Option<&str>) -> Desks {
    let asked_for: Option<QuestionId> = asked_for.and_then(|id| id.parse().ok());
    let data = look(app, places, lang);
    let free = || data.waiting.iter().filter(|waiting| waiting.is_free(app.rooms.clock().now()));
    let wanted = free().find(|waiting| Some(waiting.question.id) == asked_for).or_else(|| free().next());
    let Some((id, code)) = wanted.map(|waiting| (waiting.question.id, waiting.code.clone())) else { return data };
    let Some(place) = places.iter().find(|place| place.code == code) else { return data };
    let claim = Command::Desk(DeskCommand::Claim { id });
    let open = place.room.act(place.steward.who(), claim).await.is_ok().then_some(id);
    Desks { open, ..look(app, places, lang) }
}

/// By gravity with a fair share for age, whichever session it is; last what new devices wrote (`N10`, `G3`).
fn look(app: &App, places: &[Place], lang: Lang) -> Desks {
    let conference = app.rooms.conference().state();
    let (mut covered, mut waiting, mut calls, mut again) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut decided, mut others, mut asks, now) = (0, 0, false, app.rooms.clock().now());
    for place in places {
        let view = place.room.look(|session, hall| desk(session, hall, lang));
        let me = place.room.look(|session, _| session.desk.number(place.steward.issued.id)).unwrap_or_default();
        let asked = |here: &DeskHere| here.desk == me && here.asked_at.is_some_and(|at| at <= now);
        asks |= view.phase == PhaseView::Open && (!view.intake_open || view.here.iter().any(asked));
        decided += place.room.look(|session, _| session.desk.decisions as usize);
        let title = place.listing.title.for_reader(lang);
        let room = conference.rooms.get(&place.listing.room).map(|name| name.for_reader(lang)).unwrap_or_default();
        let all = view.waiting.iter().map(|q| u64::from(q.times) + u64::from(q.alike).saturating_sub(1)).sum::<u64>()
            + u64::from(view.more);
        covered.push(Covered { code: place.code.clone(), title: title.clone(), room, waiting: all });
        calls.extend(view.calls.iter().map(|call| Calling {
            code: place.code.clone(),
            item: None,
            meeting: None,
            session: title.clone(),
            call: *call,
        }));
        others = others.max(view.here.iter().filter(|here| here.desk != me && here.until > now).count());
        again.extend(view.again.into_iter().map(|question| Again {
            code: place.code.clone(),
            session: title.clone(),
            question,
        }));
        waiting.extend(view.waiting.into_iter().map(|question| Waiting {
            code: place.code.clone(),
            session: title.clone(),
            me,
            question,
        }));
    }
    let (known, many): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|waiting| !waiting.question.one_of_many);
    // One adult reads in all of them: how many were decided there is how many this desk has read.
    let mut waiting =
        in_order(known, decided, |waiting| (waiting.question.hints.graver_than, waiting.question.asked_at));
    waiting.extend(in_order(many, 0, |waiting| (waiting.question.hints.graver_than, waiting.question.asked_at)));
    calls.extend(silent::of_authors(app, ""));
    calls.sort_by_key(|calling| calling.call.at);
    Desks { covered, waiting, calls, again, others: others as u64, open: None, by_press: false, asks, now }
}

fn rings(data: &Desks) -> bool {
    calls::ring(data.calls.iter().map(|calling| &calling.call))
}

/// Another key for everything that looks different. Who reads may fall silent without a word: that is told by the time.
fn key_of(data: &Desks) -> String {
    let mut hash = DefaultHasher::new();
    for Calling { code, item, call, .. } in &data.calls {
        (code, item, call.by, call.at.0, call.step).hash(&mut hash);
    }
    data.asks.hash(&mut hash);
    for waiting in &data.waiting {
        (waiting.question.id, waiting.question.times, waiting.question.alike).hash(&mut hash);
        waiting.is_free(data.now).hash(&mut hash);
        (&waiting.question.text.text, waiting.question.read_by.map(|by| by.desk)).hash(&mut hash);
    }
    format!("{:?}{:?}", data.covered, data.again).hash(&mut hash);
    data.others.hash(&mut hash);
    format!("{:x}", hash.finish())
}
