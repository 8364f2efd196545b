//! The feed: frames (whole views) of one role, as server-sent events. Nothing to replay, nothing to miss.
//!
//! A connection begins with the current frame and then gets the newest whenever it changes: a slow phone skips frames,
//! and nothing is buffered for it. Every connection of a role and language shares the same bytes.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use nadwa_app::live::desk::calls::Calling;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::wire::{BEAT_MS, Frame, event};
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::SessionId;
use nadwa_domain::{Choice, Lang, Role};
use serde::Deserialize;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

use crate::edge;
use crate::http::call::find;
use crate::http::pages::PartWish;
use crate::http::screens::Told;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, cookies, pages, silent};
use crate::permits::Permit;
use crate::rooms::feeds::{FeedRole, Picture};
use crate::rooms::phone::Phone;
use crate::rooms::session::SessionRoom;

/// What a feed is asked for.
#[derive(Debug, Deserialize)]
pub struct Wish {
    #[serde(rename = "as")]
    role: String,
    lang: Option<String>,
    /// Of the console: which of the questions.
    #[serde(flatten)]
    part: PartWish,
}

/// `GET /s/{code}/feed?as={role}&lang={tag}`; of the console also `&card={id}&from={place}`.
pub async fn feed(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Response {
    let (listing, room) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let Some(role) = FeedRole::of_key(&wish.role) else {
        return answers::error_page(&app, &visitor, ErrorKind::Malformed);
    };
    let pass = match needs_pass(role) {
        None => None,
        Some(fits) => match visitor.pass_with(&app, fits, Some(listing.session)) {
            Some(pass) => Some(pass),
            None => return answers::error_page(&app, &visitor, ErrorKind::NotYours),
        },
    };
    let lang = wish.lang.as_deref().and_then(Lang::from_tag).unwrap_or(visitor.reader.lang);
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let phone = (role == FeedRole::Audience).then(|| visitor.own_phone()).flatten();
    let pictures = room.follow(role, lang, wish.part.part());
    // A rehearsal may simulate a lost network.
    let stop = app
        .rooms
        .rehearsals()
        .find(&code, Permit::long())
        .map_or_else(|| room.line().clone(), |rehearsal| rehearsal.line());
    let told = (role == FeedRole::Screen).then(|| app.screens.follow(&cookies::ours(&app, &headers))).flatten();
    // Nothing of a rehearsal leaves it, and nothing comes in.
    let calls = (matches!(role, FeedRole::Desk | FeedRole::Backstage)
        && app.rooms.rehearsals().find(&code, Permit::long()).is_none())
    .then(|| {
        let mut changes = app.rooms.inbox().changes();
        changes.mark_changed();
        changes
    });
    let connection = Connection {
        stop,
        calls,
        told,
        app,
        room,
        session: listing.session,
        lang,
        visitor,
        pass,
        phone,
        seen,
        pictures,
    };
    let head = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (head, Body::from_stream(connection.stream())).into_response()
}

/// The query of a view in another language.
#[derive(Debug, Deserialize)]
pub struct Other {
    lang: Option<String>,
}

/// `GET /s/{code}/picture?lang={tag}`: the screen's frame as it is now, as JSON, for a wall with two languages.
pub async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(other): Query<Other>,
) -> Response {
    let room = match find(&app, &visitor, &code).await {
        Ok((_, room)) => room,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let lang = other.lang.as_deref().and_then(Lang::from_tag).unwrap_or(visitor.reader.lang);
    let (seq, view) = room.look(|session, hall| (session.seq, nadwa_domain::view::screen::screen(session, hall, lang)));
    let frame = Frame { build: app.rooms.build().to_owned(), seq, view };
    ([(header::CACHE_CONTROL, "no-store")], axum::Json(frame)).into_response()
}

/// Which roles may follow a feed. Audience and screen are for whoever has the code.
pub fn needs_pass(role: FeedRole) -> Option<fn(Role) -> bool> {
    match role {
        FeedRole::Audience | FeedRole::Screen => None,
        FeedRole::Console => Some(|role| role.moderates() || role == Role::Timekeeper),
        FeedRole::Stage => Some(|role| role == Role::Presenter || role.moderates() || role == Role::Timekeeper),
        FeedRole::Desk => Some(|role| role == Role::Steward),
        FeedRole::Backstage => Some(Role::supports),
        FeedRole::Interpreters => Some(|role| role == Role::Interpreter || role.supports()),
    }
}

struct Connection {
    stop: CancellationToken,
    /// Tells whoever supports children when calls elsewhere may have changed.
    calls: Option<watch::Receiver<u64>>,
    /// What a registered screen is told.
    told: Option<broadcast::Receiver<Told>>,
    app: App,
    room: Arc<SessionRoom>,
    session: SessionId,
    lang: Lang,
    visitor: Visitor,
    pass: Option<Pass>,
    phone: Option<Phone>,
    seen: String,
    pictures: watch::Receiver<Arc<Picture>>,
}

impl Connection {
    fn stream(mut self) -> impl futures::Stream<Item = Result<Bytes, Infallible>> {
        async_stream::stream! {
            let mut passes = self.app.rooms.conference().changes();
            let mut left = self.app.rooms.left().changes();
            let mut calls = self.calls.take();
            let mut told_of = None;
            let mut own = self.phone.map(|phone| self.room.follow_phone(phone.id));
            let mut beat = tokio::time::interval(Duration::from_millis(BEAT_MS));
            // `retry` with jitter, between 1 and 5 s, so that three hundred phones do not reconnect in the same
            // instant.
            yield Ok(Bytes::from(format!("retry: {}\n\n", 1000 + edge::below(4000))));
            if let Some(phone) = self.phone {
                yield Ok(self.mine(phone).await);
            }
            loop {
                tokio::select! {
                    biased;
                    () = self.stop.cancelled() => break,
                    told = told(&mut self.told) => yield Ok(told),
                    Ok(()) = passes.changed(), if self.pass.is_some() => if !self.pass_works() {
                        yield Ok(gone());
                        break;
                    },
                    changed = self.pictures.changed() => match changed {
                        Ok(()) => if let Some(bytes) = self.picture() { yield Ok(bytes) },
                        Err(_) => break,
                    },
                    () = changed(&mut calls) => if let Some(bytes) = self.elsewhere(&mut told_of).await { yield Ok(bytes) },
                    () = changed(&mut own) => if let Some(phone) = self.phone.filter(|_| !self.has_left()) {
                        yield Ok(self.mine(phone).await);
                    },
                    // Without a word: the page that leaves is on its way, and would load itself anew in between.
                    Ok(()) = left.changed(), if self.phone.is_some() => if self.has_left() { break },
                    // A card may end by the clock alone.
                    _ = beat.tick() => if self.pass_works() {
                        yield Ok(self.beat());
                    } else {
                        yield Ok(gone());
                        break;
                    },
                }
            }
        }
    }

    /// The newest frame; nothing if its id is the `Last-Event-ID` that the browser sent.
    fn picture(&mut self) -> Option<Bytes> {
        let picture = self.pictures.borrow_and_update();
        let seen = std::mem::take(&mut self.seen);
        (picture.id != seen).then(|| picture.bytes.clone())
    }

    /// Calls that go to more people than a session's own, if they are others than before (`N1`).
    async fn elsewhere(&self, told: &mut Option<Vec<Calling>>) -> Option<Bytes> {
        let calls = silent::elsewhere(&self.app, self.session, self.lang).await;
        if told.as_ref() == Some(&calls) {
            return None;
        }
        *told = Some(calls.clone());
        let frame = Frame { build: self.app.assets.build.clone(), seq: 0, view: calls };
        let json = serde_json::to_string(&frame).unwrap_or_default();
        Some(Bytes::from(format!("event: {}\ndata: {json}\n\n", event::CALLS)))
    }

    async fn mine(&self, phone: Phone) -> Bytes {
        match pages::mine(&self.app, &self.room, phone, self.lang).await {
            Ok(mine) => {
                let json = serde_json::to_string(&mine).unwrap_or_default();
                Bytes::from(format!("event: {}\ndata: {json}\n\n", event::MINE))
            }
            Err(_) => Bytes::from_static(b": later\n\n"),
        }
    }

    fn beat(&self) -> Bytes {
        Bytes::from(format!("event: {}\ndata: {}\n\n", event::BEAT, self.app.rooms.clock().now().0))
    }

    /// Whether the phone's device was handed on since: what is its own is nobody's here (`G5`).
    fn has_left(&self) -> bool {
        self.phone.is_some_and(|phone| self.app.rooms.left().has_left(&phone))
    }

    fn pass_works(&self) -> bool {
        self.pass.as_ref().is_none_or(|pass| pass.covers(self.session) && self.visitor.holds(&self.app, pass))
    }
}

/// The last word of every feed: the card works no longer on this device.
pub fn gone() -> Bytes {
    Bytes::from(format!("event: {}\ndata: pass\n\n", event::GONE))
}

/// The next thing that a screen is told; nothing for whoever is none.
async fn told(screen: &mut Option<broadcast::Receiver<Told>>) -> Bytes {
    if let Some(receiver) = screen {
        loop {
            match receiver.recv().await {
                Ok(Told::Identify(name)) => {
                    return Bytes::from(format!("event: {}\ndata: {name}\n\n", event::IDENTIFY));
                }
                Ok(Told::Place(at)) => return Bytes::from(format!("event: {}\ndata: {at}\n\n", event::PLACE)),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => break,
            }
        }
    }
    std::future::pending().await
}

async fn changed(own: &mut Option<watch::Receiver<u64>>) {
    if let Some(receiver) = own
        && receiver.changed().await.is_ok()
    {
        return;
    }
    std::future::pending().await
}
