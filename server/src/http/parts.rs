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
use nadwa_app::pages::mine::MinePart;
use nadwa_app::pages::poll::{PollPart, poll as poll_view};
use nadwa_app::pages::{self, part, shell::Html};
use nadwa_app::wire::{Answer, Fragment};
use nadwa_app::words::Reader;
use nadwa_domain::Lang;
use nadwa_domain::ids::{PhoneId, QuestionId, SessionId};
use nadwa_domain::session::Phase;
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::ballot::{Ballot, Came};
use nadwa_domain::view::Moment;
use nadwa_domain::view::audience::{audience, moment};
use nadwa_domain::view::mine::my_questions;
use nadwa_domain::view::part::{MINE, POLL, key, keys};
use nadwa_domain::view::poll::{self as view, MyPoll};

use crate::edge;
use crate::http::call::{failed, find, wants_json};
use crate::http::fates::receipts;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::rooms::phone::Phone;
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
    let room = match find(&app, &visitor, &code).await {
        Ok((_, room)) => room,
        Err(kind) => return failed(&app, &visitor, json, kind, "Unknown"),
    };
    let rendered = match name.as_str() {
        POLL => poll(&app, &room, &code, visitor.reader, visitor.own_phone(), None).await,
        MINE => Ok(mine(&app, &room, &code, visitor.reader, visitor.phone(), None)),
        _ => return failed(&app, &visitor, json, ErrorKind::NotFound, "Unknown"),
    };
    match rendered {
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
    phone: Option<Phone>,
    refused: Option<String>,
) -> Result<Fragment, StoreError> {
    let ballot = match phone {
        Some(phone) => room.ballot_of(phone).await?,
        None => None,
    };
    Ok(rendered(app, room, code, reader, Own { phone: phone.map(|phone| phone.id), ballot, refused }))
}

/// The same for a phone whose ballot is known: it has just voted.
pub fn poll_with(app: &App, room: &SessionRoom, code: &str, reader: Reader, phone: Phone, ballot: Ballot) -> Fragment {
    rendered(app, room, code, reader, Own { phone: Some(phone.id), ballot: Some(ballot), refused: None })
}

/// What is one phone's own in the poll.
struct Own {
    phone: Option<PhoneId>,
    ballot: Option<Ballot>,
    refused: Option<String>,
}

fn rendered(app: &App, room: &SessionRoom, code: &str, reader: Reader, own: Own) -> Fragment {
    let Own { phone, ballot, refused } = own;
    let seen = room.look(|session, _| {
        let goes_on = session.phase == Phase::Open && session.paused_since.is_none();
        let poll = view::on_phones(session, reader.lang).filter(|_| goes_on);
        let mine = phone.map(|phone| view::my_poll(session, phone, reader.lang)).unwrap_or_default();
        let key = key(POLL, &keys(session), &poll_key(ballot.as_ref(), &mine));
        (key, poll, mine, moment(session) == Moment::Poll)
    });
    let (key, poll, mine, here) = seen;
    let everybodys = ballot.is_none() && refused.is_none() && mine == MyPoll::default();
    // A form for a word has an id of its own.
    let everybodys = everybodys && poll.as_ref().is_none_or(|poll| poll.kind != PollKind::Words);
    if everybodys && let Some(part) = app.parts.find(room.id(), reader, &key) {
        return part;
    }
    let fresh = edge::fresh_id();
    let inside = poll_view(reader, PollPart { code: code.to_owned(), poll, ballot, mine, fresh, here, refused });
    let part = part::fragment(POLL, key, inside);
    if everybodys {
        app.parts.keep(room.id(), reader, part.clone());
    }
    part
}

/// My questions, a message, and what the hall has heard, as one phone sees them.
pub fn mine(
    app: &App,
    room: &SessionRoom,
    code: &str,
    reader: Reader,
    phone: Option<PhoneId>,
    refused: Option<(QuestionId, String, String)>,
) -> Fragment {
    let own = phone.map(|phone| mine_key(app, room, phone)).unwrap_or_default();
    let message = phone.is_some_and(|phone| app.rooms.inbox().state().threads_of(phone).next().is_some());
    let conference = app.rooms.conference().state();
    room.look(|session, hall| {
        let part = if session.paused_since.is_some() {
            MinePart { message, ..MinePart::default() }
        } else {
            let heard = audience(session, hall, reader.lang).heard;
            MinePart {
                code: code.to_owned(),
                questions: phone.map(|phone| my_questions(session, phone, reader.lang)).unwrap_or_default(),
                terms: heard.iter().map(|question| conference.explains(&[&question.text])).collect(),
                heard,
                message,
                asking: session.phase == Phase::Open && session.desk.open,
                over: session.phase == Phase::Over,
                receipts: receipts::are_given(app, code),
                refused,
            }
        };
        part::fragment(MINE, key(MINE, &keys(session), &own), pages::mine::mine(reader, part))
    })
}

/// The key of a phone's own questions: where each is, and whether there is a message. Nothing of what they say.
fn mine_key(app: &App, room: &SessionRoom, phone: PhoneId) -> String {
    let mut hash = DefaultHasher::new();
    for question in room.questions_of(phone, Lang::AR) {
        format!("{:?}", (question.state, question.anew, question.text.is_empty())).hash(&mut hash);
    }
    app.rooms.inbox().state().threads_of(phone).count().hash(&mut hash);
    format!("{MINE}={:x}", hash.finish() & 0xff_ffff)
}

/// The keys of what is a phone's own in its parts: nothing of a ballot can be read in it but that it is another one.
#[must_use]
pub fn own_keys(app: &App, room: &SessionRoom, phone: PhoneId, ballot: Option<&Ballot>) -> String {
    let own = room.look(|session, _| view::my_poll(session, phone, Lang::AR));
    let mine = mine_key(app, room, phone);
    [poll_key(ballot, &own).as_str(), &mine].join(" ").trim_start().to_owned()
}

fn poll_key(ballot: Option<&Ballot>, mine: &MyPoll) -> String {
    if ballot.is_none() && *mine == MyPoll::default() {
        return String::new();
    }
    let mut hash = DefaultHasher::new();
    // The phone does not know how the server weighs it.
    ballot.map(|ballot| Ballot { came: Came::Before, ..ballot.clone() }.as_key()).hash(&mut hash);
    mine.seat.hash(&mut hash);
    for word in &mine.words {
        (word.id, format!("{:?}", word.state)).hash(&mut hash);
    }
    format!("{POLL}={:x}", hash.finish() & 0xffff_ffff)
}
