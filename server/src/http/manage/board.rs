//! The organizers' live board.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use nadwa_app::live::desk::calls;
use nadwa_app::live::watch::WatchView;
use nadwa_app::pages::organizer::{Organizer, OrganizerSession, fragment, organizer};
use nadwa_app::parts::moment::slot_name;
use nadwa_app::parts::phrase::own;
use nadwa_app::wire::{Answer, BEAT_MS, Frame, event};
use nadwa_app::words::{Reader, numbers, organizer as words};
use nadwa_domain::conference::{Conference, Listing};
use nadwa_domain::inbox::Item;
use nadwa_domain::session::{Phase, Session};
use nadwa_domain::view::PhaseView;
use nadwa_domain::{Instant, Phrase, Span};

use crate::edge;
use crate::http::feed::gone;
use crate::http::manage::{Organizing, organizer as organizer_pass};
use crate::http::{answers, health, public, silent};
use crate::rooms::feeds::FeedRole;
use crate::store::StoreError;
use crate::zone;

/// So much behind needs somebody.
const LATE: Span = Span::minutes(5);
/// So soon a session's desk should be staffed.
const SOON: Span = Span::minutes(30);

/// How often the board is looked at when nothing says that it changed.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// `GET /organizer`.
pub async fn page(o: Organizing) -> Response {
    match board(&o).await {
        Ok(data) => {
            let (key, ring) = (key_of(&data), rings(&data));
            o.page(false, organizer(&o.at("/organizer"), data, key, ring))
        }
        Err(error) => broken(&o, &error),
    }
}

/// `POST /organizer/part`: what stands in the page, for a page that listens.
pub async fn part(o: Organizing) -> Response {
    match board(&o).await {
        Ok(data) => {
            let key = key_of(&data);
            let part = Some(fragment(&o.at("/organizer"), data, key));
            axum::Json(Answer { part, ..Answer::default() }).into_response()
        }
        Err(error) => broken(&o, &error),
    }
}

fn broken(o: &Organizing, error: &StoreError) -> Response {
    tracing::error!(%error, "the board could not be read");
    answers::error_page(&o.app, &o.visitor, nadwa_app::pages::error::ErrorKind::Broken)
}

/// `GET /organizer/feed`: says that something changed, and whether somebody calls; never what.
pub async fn feed(o: Organizing) -> Response {
    let head = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (head, Body::from_stream(stream(o))).into_response()
}

fn stream(o: Organizing) -> impl futures::Stream<Item = Result<Bytes, std::convert::Infallible>> {
    async_stream::stream! {
        let mut passes = o.app.rooms.conference().changes();
        // Calls and what waits in the inbox move it; what else stands on the board is looked at again and again.
        let mut changes = o.app.rooms.inbox().changes();
        changes.mark_changed();
        let mut beat = tokio::time::interval(Duration::from_millis(BEAT_MS));
        let mut look = tokio::time::interval(LOOK_EVERY);
        let mut said = WatchView::default();
        yield Ok(Bytes::from(format!("retry: {}\n\n", 1000 + edge::below(4000))));
        loop {
            tokio::select! {
                biased;
                () = o.app.stop.cancelled() => break,
                Ok(()) = passes.changed() => {}
                Ok(()) = changes.changed() => {}
                _ = look.tick() => {}
                _ = beat.tick() => {
                    yield Ok(Bytes::from(format!("event: {}\ndata: {}\n\n", event::BEAT, o.app.rooms.clock().now().0)));
                }
            }
            if organizer_pass(&o.app, &o.visitor).is_none() {
                yield Ok(gone());
                break;
            }
            let Ok(data) = board(&o).await else { continue };
            let view = WatchView { key: key_of(&data), ring: rings(&data) };
            if view != said {
                said = view.clone();
                let frame = Frame { build: o.app.assets.build.clone(), seq: 0, view };
                let json = serde_json::to_string(&frame).unwrap_or_default();
                yield Ok(Bytes::from(format!("event: {}\ndata: {json}\n\n", event::FRAME)));
            }
        }
    }
}

fn key_of(data: &Organizer) -> String {
    let mut hash = DefaultHasher::new();
    format!("{data:?}").hash(&mut hash);
    format!("{:x}", hash.finish())
}

/// Somebody calls, or a hall waits before a session that nobody has opened (`N13`).
fn rings(data: &Organizer) -> bool {
    calls::ring(data.calls.iter().map(|calling| &calling.call)) || data.unopened
}

async fn board(o: &Organizing) -> Result<Organizer, StoreError> {
    let (conference, now, r) = (o.conference(), o.app.rooms.clock().now(), o.r());
    let mut sessions = Vec::new();
    for listing in conference.sessions.iter().filter(|listing| listing.code.is_some() || !listing.is_public()) {
        sessions.push(one(o, &conference, listing, now).await?);
    }
    let rank = |phase| match phase {
        PhaseView::Open => 0,
        PhaseView::Planned => 1,
        PhaseView::Over => 2,
    };
    sessions.sort_by_key(|session| (rank(session.phase), session.listed.starts_at));
    let missing = conference.to_be_done(now);
    let live = sessions.iter().any(|session| session.phase == PhaseView::Open);
    let mut attention = attention(r, &sessions, now);
    attention.extend(of_safeguarding(o, live).into_iter().map(|sentence| own(r, sentence)));
    let open = sessions.iter().filter(|session| session.listed.code.is_some());
    // Of one whose time is over it is still said, but nobody waits any more.
    let unopened = open.clone().any(|session| is_unopened(session, now) && now < session.listed.ends_at);
    Ok(Organizer {
        unopened,
        conference: public::conference_view(&conference, r.lang),
        alarms: health::alarms(&o.app, r, &health::troubles(&o.app)),
        attention,
        waiting: open.map(|session| u64::from(session.unread)).sum(),
        calls: silent::everywhere(&o.app, r.lang).await,
        absent: o.app.rooms.present().absent(),
        sessions,
        missing,
    })
}

/// What organizers have to know of safeguarding, and no more: who is not there while children are (`N2`), and that
/// somebody is waited for. What and how much waits there is none of the board's.
fn of_safeguarding(o: &Organizing, live: bool) -> Vec<&'static str> {
    let (r, inbox, present) = (o.r(), o.app.rooms.inbox().state(), o.app.rooms.present());
    let waits = |item: &Item| {
        let open = item.opened.is_none() && item.erased.is_none();
        open && (item.called.is_some() || !item.alerts.is_empty())
    };
    let mut says = Vec::new();
    if inbox.items.values().any(waits) {
        says.push(words::guard_waits(r));
    }
    if live && !present.lead {
        says.push(words::no_lead(r));
    }
    if live && !present.deputy {
        says.push(words::no_deputy(r));
    }
    says
}

async fn one(
    o: &Organizing,
    conference: &Conference,
    listing: &Listing,
    now: Instant,
) -> Result<OrganizerSession, StoreError> {
    let r = o.r();
    let read = |session: &Session| {
        let slot = session.current_slot().map(|slot| match slot.title.0.is_empty() {
            true => own(r, slot_name(r, slot.kind)),
            false => slot.title.for_reader(r.lang),
        });
        let calling = session.team.calls.iter().filter(|call| call.coming.is_none()).count();
        (session.phase, slot, behind(session, now), session.at_desks(now), calling, session.unread())
    };
    let (phase, slot, behind, desks, calling, unread) = o.app.rooms.look_at(listing.session, read).await?;
    // Nobody listens to a session that cannot be read.
    let room = o.app.rooms.session(listing.session).await.ok();
    let listening = |role| room.as_ref().map_or(0, |room| room.listeners(role));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let cards =
        conference.passes.values().filter(|pass| pass.issued.session == Some(listing.session) && pass.works(now));
    let (work, used) = cards.fold((0, 0), |(work, used), pass| (work + 1, used + u32::from(pass.used)));
    Ok(OrganizerSession {
        id: listing.session.to_string(),
        listed: public::listed(&o.app, conference, listing, r.lang).await,
        offset: zone::offset(conference, listing.starts_at),
        phase: phase.into(),
        slot,
        behind: behind.filter(|_| phase == Phase::Open),
        desks: count(desks),
        calling: count(calling),
        unread: count(unread),
        phones: count(listening(FeedRole::Audience)),
        screens: count(listening(FeedRole::Screen)),
        cards: (work, used),
    })
}

/// By how much a live session is behind its plan: nothing while it is within the time that its slot has in it.
fn behind(session: &Session, now: Instant) -> Option<Span> {
    let about = session.about.as_ref()?;
    let current = session.current_slot()?;
    let before = session.slots.iter().take_while(|slot| slot.id != current.id);
    let begins = before.fold(about.starts_at, |at, slot| at + slot.planned);
    let ends = begins + current.planned;
    Some(match () {
        () if now < begins => now - begins,
        () if now > ends => now - ends,
        () => Span::ZERO,
    })
}

/// Its time has come, and nobody has opened it.
fn is_unopened(session: &OrganizerSession, now: Instant) -> bool {
    session.phase == PhaseView::Planned && session.listed.starts_at + LATE < now
}

fn attention(r: Reader, sessions: &[OrganizerSession], now: Instant) -> Vec<Phrase> {
    let mut attention = Vec::new();
    for session in sessions.iter().filter(|session| session.listed.code.is_some()) {
        let title = &session.listed.title.text;
        let live = session.phase == PhaseView::Open;
        if session.calling > 0 {
            attention.push(words::calls_for_help(r, session.calling.into(), title));
        }
        if session.phase == PhaseView::Over && session.unread > 0 {
            attention.push(words::never_read(r, session.unread.into(), title));
        }
        if is_unopened(session, now) {
            attention.push(words::not_opened(r, title));
        }
        if live && session.screens == 0 {
            attention.push(words::no_screen(r, title));
        }
        if live && session.desks == 0 {
            attention.push(words::no_desk(r, title));
        }
        if let Some(late) = session.behind.filter(|behind| *behind >= LATE) {
            let span = numbers::spoken_span(r, Span(late.0 / 60_000 * 60_000));
            attention.push(words::runs_late(r, title, &span));
        }
        let left = session.listed.starts_at - now;
        if session.phase == PhaseView::Planned && session.desks == 0 && left >= Span::ZERO && left <= SOON {
            attention.push(words::starts_soon(r, title));
        }
    }
    attention.iter().map(|sentence| own(r, sentence)).collect()
}
