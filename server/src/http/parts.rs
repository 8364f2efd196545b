//! Parts of the phone's page, alone: `GET /s/{code}/part/{name}`.
//!
//! A hall of phones asks for the same part in the same second. As long as nothing in it is a phone's own, it is
//! rendered once for all readers of a language and kept until its key changes.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::poll::{PollPart, poll as poll_view};
use nadwa_app::pages::{part, shell::Html};
use nadwa_app::wire::{Answer, Fragment};
use nadwa_app::words::Reader;
use nadwa_domain::ids::{PhoneId, SessionId};
use nadwa_domain::session::Phase;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::ballot::Ballot;
use nadwa_domain::view::Moment;
use nadwa_domain::view::audience::moment;
use nadwa_domain::view::part::{POLL, key, keys};
use nadwa_domain::view::poll::{self as view, MyPoll};

use crate::edge;
use crate::http::call::{failed, find, wants_json};
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::rooms::session::SessionRoom;
use crate::store::StoreError;

/// Parts that are nobody's own, the newest of each session and reader.
#[derive(Debug, Default)]
pub struct Kept(Mutex<HashMap<(SessionId, String), Fragment>>);

impl Kept {
    fn find(&self, session: SessionId, reader: Reader, key: &str) -> Option<Fragment> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&(session, String::from(reader))).filter(|part| part.key == key).cloned()
    }

    fn keep(&self, session: SessionId, reader: Reader, part: Fragment) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((session, String::from(reader)), part);
    }
}

/// `GET /s/{code}/part/{name}`: as HTML, or as an [`Answer`] for a page that listens.
pub async fn part(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let json = wants_json(&headers);
    let room = match find(&app, &code).await {
        Ok((_, room)) => room,
        Err(kind) => return failed(&app, &visitor, json, kind, "Unknown"),
    };
    if name != POLL {
        return failed(&app, &visitor, json, ErrorKind::NotFound, "Unknown");
    }
    match poll(&app, &room, &code, visitor.reader, visitor.phone(), None).await {
        Ok(part) if json => Json(Answer { part: Some(part), ..Answer::default() }).into_response(),
        Ok(part) => answers::html(&app, StatusCode::OK, Html { document: part.html, nonce: None }),
        Err(_) => failed(&app, &visitor, json, ErrorKind::Broken, "NotSaved"),
    }
}

/// The poll as one phone sees it.
///
/// # Errors
/// [`StoreError`] if its ballot cannot be read.
pub async fn poll(
    app: &App,
    room: &SessionRoom,
    code: &str,
    reader: Reader,
    phone: Option<PhoneId>,
    refused: Option<String>,
) -> Result<Fragment, StoreError> {
    let ballot = match phone {
        Some(phone) => room.ballot_of(phone).await?,
        None => None,
    };
    let seen = room.look(|session, _| {
        let goes_on = session.phase == Phase::Open && session.paused_since.is_none();
        let poll = view::on_phones(session, reader.lang).filter(|_| goes_on);
        let mine = phone.map(|phone| view::my_poll(session, phone, reader.lang)).unwrap_or_default();
        let key = key(POLL, &keys(session), &own_keys(ballot.as_ref(), &mine));
        (key, poll, mine, moment(session) == Moment::Poll)
    });
    let (key, poll, mine, here) = seen;
    let everybodys = ballot.is_none() && refused.is_none() && mine == MyPoll::default();
    // A form for a word has an id of its own.
    let everybodys = everybodys && poll.as_ref().is_none_or(|poll| poll.kind != PollKind::Words);
    if everybodys && let Some(part) = app.parts.find(room.id(), reader, &key) {
        return Ok(part);
    }
    let fresh = edge::fresh_id();
    let inside = poll_view(reader, PollPart { code: code.to_owned(), poll, ballot, mine, fresh, here, refused });
    let part = part::fragment(POLL, key, inside);
    if everybodys {
        app.parts.keep(room.id(), reader, part.clone());
    }
    Ok(part)
}

/// The keys of what is a phone's own in its parts: nothing of a ballot can be read in it but that it is another one.
#[must_use]
pub fn own_keys(ballot: Option<&Ballot>, mine: &MyPoll) -> String {
    if ballot.is_none() && *mine == MyPoll::default() {
        return String::new();
    }
    let mut hash = DefaultHasher::new();
    ballot.map(Ballot::as_key).hash(&mut hash);
    mine.seat.hash(&mut hash);
    for word in &mine.words {
        (word.id, format!("{:?}", word.state)).hash(&mut hash);
    }
    format!("{POLL}={:x}", hash.finish() & 0xffff_ffff)
}
