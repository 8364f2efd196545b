//! What mentors and organizers do: beside the text, never in it.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::Response;
use nadwa_domain::ids::{CommentId, PersonId, SessionId, SlotId};
use nadwa_domain::paper::act::{Acceptance, Consent, DeclineReason, NewComment, PaperAct};
use nadwa_domain::paper::field::{Field, PaperText};
use nadwa_domain::{Refusal, Span};

use crate::edge;
use crate::http::forms::word;
use crate::http::papers::access::{Back, Desk, graphemes};
use crate::http::papers::write::{Fields, field, fields};
use nadwa_app::words::numbers::parse_digits;

fn text(fields: &Fields, name: &str) -> Result<PaperText, Refusal> {
    PaperText::parse(Field::Summary(nadwa_domain::Lang::AR), field(fields, name), graphemes)
}

/// `POST /papers/{paper}/comments`: a note, or a suggestion of other words.
pub async fn comment(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    // Whoever writes it comes back to the page where they wrote.
    let back = if desk.author().is_some() && desk.reader().is_none() { Back::Write } else { Back::Read };
    let act = || {
        let id = field(&fields, "id").parse::<CommentId>().map_err(|_| Refusal::Unknown)?;
        let new = NewComment {
            id,
            about: Field::parse(field(&fields, "about")),
            words: text(&fields, "text")?,
            quote: text(&fields, "quote")?,
            instead: text(&fields, "instead")?,
        };
        Ok(PaperAct::Comment(Box::new(new)))
    };
    desk.press(act(), back, field(&fields, "text")).await
}

/// `POST /papers/{paper}/ask-change`.
pub async fn ask_change(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    desk.press(text(&fields, "text").map(PaperAct::AskChange), Back::Read, field(&fields, "text")).await
}

/// `POST /papers/{paper}/ready`: the version that was read.
pub async fn ready(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let version = field(&fields(&headers, &body), "version").parse().map_err(|_| Refusal::Unknown);
    desk.press(version.map(|version| PaperAct::Ready { version }), Back::Read, "").await
}

/// `POST /papers/{paper}/accept`: paper and run of show in one act; again, to move it or to take a change over.
pub async fn accept(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    let act = || {
        let session = field(&fields, "session").parse::<SessionId>().map_err(|_| Refusal::Unknown)?;
        let version = field(&fields, "version").parse().map_err(|_| Refusal::Unknown)?;
        let minutes = parse_digits(field(&fields, "minutes")).trim().parse::<i64>().map_err(|_| Refusal::BadPlan)?;
        let paper = desk.paper();
        // The slot follows from paper and session: the same press twice is the same slot.
        let slot = SlotId(edge::derived_id("slot of a paper", &[paper.0.as_bytes(), session.0.as_bytes()]));
        let after = field(&fields, "after").parse().ok();
        let limit = Span::minutes(minutes.clamp(0, 1000));
        Ok(PaperAct::Accept(Acceptance { version, session, slot, after, limit }))
    };
    desk.press(act(), Back::Read, "").await
}

/// `POST /papers/{paper}/decline`: with a kind reason in words.
pub async fn decline(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    let act = || {
        let reason = word::<DeclineReason>(fields.get("reason").map(String::as_str)).unwrap_or_default();
        Ok(PaperAct::Decline { reason, words: text(&fields, "text")? })
    };
    desk.press(act(), Back::Read, field(&fields, "text")).await
}

/// `POST /papers/{paper}/authors/{id}/known`: who of the conference's people an author is, or that it is nobody of
/// them.
pub async fn known(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    let conference = desk.app.rooms.conference().state();
    let there = |id: &PersonId| conference.people.contains_key(id);
    let of = match field(&fields, "person") {
        "" => Ok(None),
        typed => typed.parse::<PersonId>().ok().filter(there).map(Some).ok_or(Refusal::Unknown),
    };
    let act = desk.id(PersonId).and_then(|person| Ok(PaperAct::KnowAuthor { person, of: of? }));
    desk.press(act, Back::Read, "").await
}

/// `POST /papers/{paper}/authors/{id}/consent`: what guardians said; every open view follows at once (`S21`).
pub async fn consent(desk: Desk, headers: HeaderMap, body: Bytes) -> Response {
    let fields = fields(&headers, &body);
    let consent = word::<Consent>(fields.get("consent").map(String::as_str)).ok_or(Refusal::Unknown);
    let act = desk.id(PersonId).and_then(|person| Ok(PaperAct::NoteConsent { person, consent: consent? }));
    desk.press(act, Back::Read, "").await
}
