//! A call: one press that arrives at a session, by a form or as JSON, and its answer.

mod phone;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::Page;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::wire::Answer;
use nadwa_app::words;
use nadwa_domain::command::SessionCommand;
use nadwa_domain::conference::Listing;
use nadwa_domain::conference::code::Code;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::{PollId, QuestionId};
use nadwa_domain::session::Phase;
use nadwa_domain::{Command, Refusal};
use uuid::Uuid;

use crate::http::back::Back;
use crate::http::forms::{self, Fields};
use crate::http::pages::PartWish;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, backstage, pages, parts, public};
use crate::permits::Permit;
use crate::rooms::Failure;
use crate::rooms::phone::Phone;
use crate::rooms::session::SessionRoom;

/// One press.
pub struct Call {
    /// Everything that handlers reach.
    pub app: App,
    /// Who pressed.
    pub visitor: Visitor,
    /// The session, as the programme lists it.
    pub listing: Listing,
    pub room: Arc<SessionRoom>,
    /// The id in the path, if there is one.
    pub id: Option<Uuid>,
    /// The verb in the path, if there is one.
    pub verb: Option<String>,
    pub fields: Fields,
    /// Every field as it came, repeated ones too.
    pub pairs: Vec<(String, String)>,
    pub(super) code: String,
    json: bool,
}

impl FromRequest<App> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
        let json = wants_json(&parts.headers);
        let fail = |kind, name| failed(app, &visitor, json, kind, name);
        let path = RawPathParams::from_request_parts(&mut parts, app).await;
        let path = path.map_err(|_| fail(ErrorKind::NotFound, "Unknown"))?;
        let part = |name| path.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
        let code = part("code").unwrap_or_default();
        let unfound = |kind| fail(kind, if matches!(kind, ErrorKind::TooMany) { "TooMany" } else { "Unknown" });
        let (listing, room) = find(app, &visitor, &code).await.map_err(unfound)?;
        // As we write it: in an address it may have spaces, or other digits.
        let code = Code::parse(&code).map_or(code, |code| code.as_str().to_owned());
        let id = match part("id").map(|id| Uuid::parse_str(&id)).transpose() {
            Ok(id) => id,
            Err(_) => return Err(fail(ErrorKind::NotFound, "Unknown")),
        };
        let verb = part("act");
        let sends_json = sends_json(&parts.headers);
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let body = body.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => fail(ErrorKind::TooLarge, "TooLarge"),
            _ => fail(ErrorKind::Malformed, "Malformed"),
        })?;
        let empty = body.is_empty() && !sends_json;
        let fields = if empty { Some(Fields::default()) } else { forms::read(&body, sends_json) };
        let fields = fields.ok_or_else(|| fail(ErrorKind::Malformed, "Malformed"))?;
        let pairs = forms::pairs(&body, sends_json);
        Ok(Self { app: app.clone(), visitor, listing, room, id, verb, fields, pairs, code, json })
    }
}

impl Call {
    /// Sends a command, as whoever on this device may, and answers.
    pub async fn act(self, command: Command, back: Back) -> Response {
        let Some(who) = self.visitor.who_may(&self.app, self.listing.session, &command) else {
            return self.refuse(Refusal::NotYours, back).await;
        };
        if let Err(refusal) = self.gate(&command) {
            return self.refuse(refusal, back).await;
        }
        let outcome = self.room.act(who, command).await;
        self.answer(outcome, back, None).await
    }

    /// The same, and goes on to another page of ours.
    pub async fn act_then(self, command: Command, to: &str) -> Response {
        let Some(who) = self.visitor.who_may(&self.app, self.listing.session, &command) else {
            return self.refuse(Refusal::NotYours, Back::Console).await;
        };
        match self.room.act(who, command).await {
            Ok(()) if !self.json => answers::see(to),
            outcome => self.answer(outcome, Back::Console, None).await,
        }
    }

    /// A public session opens only when whoever may need help will find it (`S19`).
    fn gate(&self, command: &Command) -> Result<(), Refusal> {
        let opens =
            matches!(command, Command::Session(SessionCommand::Open) | Command::Session(SessionCommand::Next { .. }));
        let now = self.app.rooms.clock().now();
        let (planned, at_desk) = self.room.look(|session, _| (session.phase == Phase::Planned, session.at_desks(now)));
        // Nobody is in a rehearsal's hall who could need help; its desk is a simulated one.
        let rehearsed = || self.app.rooms.rehearsals().find(&self.code, Permit::long()).is_some();
        if !opens || !planned || !self.listing.is_public() || rehearsed() {
            return Ok(());
        }
        let missing = self.app.rooms.conference().state().missing(at_desk, now);
        if missing.is_empty() { Ok(()) } else { Err(Refusal::NotReady { missing }) }
    }

    /// The code in the address.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether a script sent it, which wants JSON and no page.
    pub const fn listens(&self) -> bool {
        self.json
    }

    /// The page that the form stands on.
    pub fn from(&self) -> Back {
        Back::named(self.fields.running.from.as_deref())
    }

    /// What became of it, to the presser.
    pub async fn answer(self, outcome: Result<(), Failure>, back: Back, phone: Option<Phone>) -> Response {
        match outcome {
            Ok(()) if self.json => self.done_json(phone).await,
            Ok(()) => answers::see(&self.done_path(back)),
            Err(Failure::Refused(refusal)) => self.refuse(refusal, back).await,
            Err(Failure::NotSaved(_) | Failure::Stopping) => {
                failed(&self.app, &self.visitor, self.json, ErrorKind::NotSaved, "NotSaved")
            }
        }
    }

    /// A refusal: an object with the sentence, or the page again with the sentence beside what was typed.
    pub async fn refuse(self, refusal: Refusal, back: Back) -> Response {
        let page = self.visitor.page(&self.app);
        if self.json {
            return self.refuse_json(&page, &refusal).await;
        }
        let mut refused = answers::refused(&page, &refusal, self.typed());
        refused.for_adults = self.fields.for_adults();
        if self.is_in_poll(&refused.field) {
            "choice".clone_into(&mut refused.field);
        }
        let visitor = self.visitor.back_at(back.path(&self.code));
        let status = answers::refusal_status(&refusal);
        let response = match back {
            Back::Audience => {
                let about = self.id.filter(|_| refused.field == "text").map(QuestionId);
                pages::audience_page(&self.app, &visitor, &self.code, &self.room, status, Some(refused), about, None)
                    .await
            }
            Back::Console => {
                let place = backstage::Place { code: &self.code, listing: &self.listing, room: &self.room };
                pages::console_page(&self.app, &visitor, &place, status, &PartWish::default(), Some(refused))
            }
            Back::Desk | Back::Desks => {
                pages::desk_page(
                    &self.app,
                    &visitor,
                    &self.code,
                    &self.listing,
                    &self.room,
                    status,
                    Some(refused),
                    None,
                )
                .await
            }
            // What was answered is gone meanwhile: the page as it is now says so.
            Back::Inbox | Back::Board => answers::see(&back.path(&self.code)),
            Back::Plan | Back::Stage | Back::Backstage | Back::Interpreters => {
                let place = backstage::Place { code: &self.code, listing: &self.listing, room: &self.room };
                backstage::refused_page(&self.app, &visitor, &place, back, status, refused).await
            }
        };
        answers::with_retry(&refusal, page.now, response)
    }

    /// A refused ballot also brings the poll's part, which says it beside the options.
    async fn refuse_json(&self, page: &Page, refusal: &Refusal) -> Response {
        let refused = answers::refused(page, refusal, String::new());
        let (reader, phone) = (self.visitor.reader, self.visitor.own_phone());
        let part = match refused.field.as_str() {
            field if self.is_in_poll(field) => {
                parts::poll(&self.app, &self.room, &self.code, reader, phone, Some(refused.sentence)).await.ok()
            }
            "text" if self.id.is_some() => {
                let anew = self.id.map(|id| (QuestionId(id), refused.sentence, self.typed()));
                Some(parts::mine(&self.app, &self.room, &self.code, reader, phone.map(|phone| phone.id), anew))
            }
            _ => None,
        };
        answers::refusal_json(page, refusal, part)
    }

    /// Whether a refusal stands in the poll's part: a word is refused as a text is.
    fn is_in_poll(&self, field: &str) -> bool {
        let word = || self.id.is_some_and(|id| self.room.look(|session, _| session.poll(PollId(id)).is_some()));
        field == "choice" || (field == "text" && word())
    }

    /// A field as it came, once or first.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str())
    }

    fn typed(&self) -> String {
        self.fields.text.clone().unwrap_or_default()
    }

    /// The id in the path, or the one that a form names in its body (G6), as a type of its own.
    pub fn id<T>(&self, make: impl FnOnce(Uuid) -> T) -> Result<T, Refusal> {
        let named = || Uuid::parse_str(self.fields.item.as_deref()?).ok();
        self.id.or_else(named).map(make).ok_or(Refusal::Unknown)
    }

    /// The same thanks for every accepted question (`S3`), and the phone's own things.
    async fn done_json(self, phone: Option<Phone>) -> Response {
        let mine = match phone {
            Some(phone) => pages::mine(&self.app, &self.room, phone, self.visitor.reader.lang).await.ok(),
            None => None,
        };
        let reader = self.visitor.reader;
        let part = phone.map(|phone| parts::mine(&self.app, &self.room, &self.code, reader, Some(phone.id), None));
        let message = match (self.fields.text.is_some() && phone.is_some(), self.id) {
            (true, None) => Some(public::thanks(&self.app, reader)),
            (true, Some(_)) => Some(words::audience::changed_note(reader).to_owned()),
            _ => None,
        };
        axum::Json(Answer { message, mine, part, ..Answer::default() }).into_response()
    }

    fn done_path(&self, back: Back) -> String {
        let path = back.path(&self.code);
        let asked = back == Back::Audience && self.fields.text.is_some() && self.id.is_none();
        if asked { format!("{path}?asked=1") } else { path }
    }
}

/// A session by what its address says.
///
/// # Errors
/// [`ErrorKind::NotFound`] for a code that no public session has, and for a closed meeting unless a pass for it is
/// shown (`S18`); [`ErrorKind::TooMany`] for one of many of these; [`ErrorKind::Broken`] if it cannot be read.
pub async fn find(app: &App, visitor: &Visitor, code: &str) -> Result<(Listing, Arc<SessionRoom>), ErrorKind> {
    let permit = visitor.permit_for_address(app);
    let none = if permit.over().is_some() { ErrorKind::TooMany } else { ErrorKind::NotFound };
    let conference = app.rooms.conference().state();
    let rehearsal = app.rooms.rehearsals().find(code, Permit::long());
    let by_id = || code.parse().ok().and_then(|id| conference.listing(id)).filter(|listing| !listing.is_public());
    let listing = match &rehearsal {
        Some(rehearsal) => conference.listing(rehearsal.session),
        None => Code::parse(code).and_then(|code| conference.by_code(&code, &permit)).or_else(by_id),
    };
    let listing = permit.judge(listing.filter(|listing| is_open_to(app, visitor, listing))).ok_or(none)?;
    if let Some(rehearsal) = rehearsal {
        let away = rehearsal.is_away(app.rooms.clock().now());
        return if away { Err(ErrorKind::NotSaved) } else { Ok((listing.clone(), Arc::clone(&rehearsal.room))) };
    }
    let room = app.rooms.session(listing.session).await.map_err(|error| {
        tracing::error!(%error, "a session could not be opened");
        ErrorKind::Broken
    })?;
    Ok((listing.clone(), room))
}

/// The one rule for a session and all that is made of it: a closed meeting is there for whoever has a card for this
/// very one, and for nobody else (`S18`).
fn is_open_to(app: &App, visitor: &Visitor, listing: &Listing) -> bool {
    let member = |pass: &Pass| pass.issued.session == Some(listing.session);
    listing.is_public() || visitor.passes(app).iter().any(member)
}

/// A failure before or after the rules: an object or a page.
pub fn failed(app: &App, visitor: &Visitor, json: bool, kind: ErrorKind, name: &str) -> Response {
    let page = answers::error_page(app, visitor, kind);
    if !json {
        return page;
    }
    let r = visitor.reader;
    let sentence = match kind {
        ErrorKind::NotFound => words::refusal::unknown(r),
        ErrorKind::TooLarge => words::refusal::too_large(r),
        ErrorKind::Malformed => words::refusal::malformed(r),
        ErrorKind::TooMany => words::error::too_many_text(r),
        ErrorKind::NotYours | ErrorKind::PassGone | ErrorKind::LinkUsed | ErrorKind::OwnCard | ErrorKind::BadOrigin => {
            words::refusal::not_yours(r)
        }
        ErrorKind::NotSaved | ErrorKind::Broken => words::refusal::not_saved(r),
    };
    answers::failure_json(page.status(), name, sentence)
}

/// Whether the caller listens for JSON: it says so, or it sent JSON and does not ask for a page.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let asks_for_page = || {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        accept.contains("text/html")
    };
    is_json(headers, &header::ACCEPT) || (is_json(headers, &header::CONTENT_TYPE) && !asks_for_page())
}

/// Whether the body is JSON; a page's script sends forms, and listens for JSON.
pub(super) fn sends_json(headers: &HeaderMap) -> bool {
    is_json(headers, &header::CONTENT_TYPE)
}

fn is_json(headers: &HeaderMap, name: &header::HeaderName) -> bool {
    let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.contains("application/json")
}
