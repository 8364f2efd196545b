//! The organizers' board: sessions at a glance, passes to hand out and to take back.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::organizer::{FreshPass, Organizer, OrganizerSession, organizer};
use nadwa_app::pages::{self, PassView};
use nadwa_domain::conference::pass::NewPass;
use nadwa_domain::conference::reading::Reading;
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::{PassId, SessionId};
use nadwa_domain::{Lang, Role, Who};
use serde::Deserialize;

use crate::collation::sort_by_name;
use crate::edge;
use crate::http::forms::word;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, public};
use crate::rooms::Failure;
use crate::store::StoreError;

/// What a plain form left in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Kept {
    kept: Option<String>,
}

/// `GET /organizer`.
pub async fn board(State(app): State<App>, visitor: Visitor) -> Response {
    match organizer_of(&app, &visitor) {
        Some(_) => board_page(&app, &visitor, None).await,
        None => answers::error_page(&app, &visitor, ErrorKind::NotYours),
    }
}

/// `POST /organizer/passes`: issues a pass; its link is shown once.
pub async fn issue(State(app): State<App>, visitor: Visitor, Form(fields): Form<BTreeMap<String, String>>) -> Response {
    let Some(who) = organizer_of(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let Some(role) = word::<Role>(fields.get("role").map(String::as_str)) else {
        return answers::error_page(&app, &visitor, ErrorKind::Malformed);
    };
    let code = fields.get("session").filter(|code| !code.is_empty());
    let conference = app.rooms.conference().state();
    let session =
        code.and_then(|code| conference.sessions.iter().find(|s| s.code.as_ref().is_some_and(|c| c.as_str() == code)));
    let (pass, link) = new_pass(&app.public_url, role, session.map(|listing| listing.session));
    match app.rooms.conference().act(who, &Act::Issue(pass)).await {
        Ok(()) => {
            let visitor = visitor.back_at("/organizer".to_owned());
            let fresh = FreshPass { role, qr: public::qr(&link), link };
            board_page(&app, &visitor, Some(fresh)).await
        }
        Err(failure) => failed(&app, &visitor, &failure),
    }
}

/// `POST /organizer/passes/{id}/revoke`: whoever holds it is out at once.
pub async fn revoke(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Response {
    let Some(who) = organizer_of(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let Ok(pass) = id.parse::<PassId>() else {
        return answers::error_page(&app, &visitor, ErrorKind::NotFound);
    };
    match app.rooms.conference().act(who, &Act::Revoke { pass }).await {
        Ok(()) => answers::see("/organizer"),
        Err(failure) => failed(&app, &visitor, &failure),
    }
}

/// `GET /organizer/reading`: how the conference speaks to whoever has chosen nothing.
pub async fn reading(State(app): State<App>, visitor: Visitor, Query(left): Query<Kept>) -> Response {
    if organizer_of(&app, &visitor).is_none() {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    }
    let now = app.rooms.conference().state().reading;
    let page = pages::reading::reading(&visitor.page(&app), now, left.kept.is_some());
    answers::html(&app, StatusCode::OK, page)
}

/// `POST /organizer/reading`. What is not said stays as it was.
pub async fn set_reading(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let Some(who) = organizer_of(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let said = |name: &str| fields.get(name).map(String::as_str);
    let old = app.rooms.conference().state().reading;
    let reading = Reading {
        lang: said("lang").and_then(Lang::from_tag).unwrap_or(old.lang),
        own_digits: said("digits").map_or(old.own_digits, |family| family == "arab"),
        younger: said("register").map_or(old.younger, |register| register == "younger"),
        hijri: said("hijri").map_or(old.hijri, |wish| wish == "yes"),
    };
    match app.rooms.conference().act(who, &Act::SetReading(reading)).await {
        Ok(()) => answers::see("/organizer/reading?kept=1"),
        Err(failure) => failed(&app, &visitor, &failure),
    }
}

/// A new pass and its link. A child's secret has 122 random bits, an adult's twice as many (`S17`).
#[must_use]
pub fn new_pass(public_url: &str, role: Role, session: Option<SessionId>) -> (NewPass, String) {
    let adult = role.is_adult();
    let secret = if adult { edge::fresh_secret() } else { edge::fresh_id().simple().to_string() };
    let link = format!("{public_url}/{}/{secret}", if adult { "a" } else { "p" });
    let id = PassId(edge::fresh_id());
    (NewPass { id, role, session, person: None, digest: edge::digest(&secret), until: None, paper: None }, link)
}

fn organizer_of(app: &App, visitor: &Visitor) -> Option<Who> {
    visitor.pass_with(app, |role| role == Role::Organizer, None).map(|pass| pass.who())
}

fn failed(app: &App, visitor: &Visitor, failure: &Failure) -> Response {
    let kind = match failure {
        Failure::Refused(nadwa_domain::Refusal::Unknown) => ErrorKind::NotFound,
        Failure::Refused(nadwa_domain::Refusal::NotYours) => ErrorKind::NotYours,
        Failure::Refused(_) => ErrorKind::Malformed,
        Failure::NotSaved(_) | Failure::Stopping => ErrorKind::NotSaved,
    };
    answers::error_page(app, visitor, kind)
}

async fn board_page(app: &App, visitor: &Visitor, fresh: Option<FreshPass>) -> Response {
    let lang = visitor.reader.lang;
    let conference = app.rooms.conference().state();
    let sessions = match sessions(app, &conference, lang).await {
        Ok(sessions) => sessions,
        Err(error) => {
            tracing::error!(%error, "the board could not be read");
            return answers::error_page(app, visitor, ErrorKind::Broken);
        }
    };
    let data = Organizer {
        conference: public::conference_view(&conference, lang),
        sessions,
        passes: passes(app, &conference, lang, organizer_of(app, visitor).and_then(Who::pass)),
        fresh,
    };
    answers::html(app, StatusCode::OK, organizer(&visitor.page(app), data))
}

async fn sessions(app: &App, conference: &Conference, lang: Lang) -> Result<Vec<OrganizerSession>, StoreError> {
    let now = app.rooms.clock().now();
    let mut sessions = Vec::new();
    for listing in conference.sessions.iter().filter(|listing| listing.code.is_some()) {
        let room = app.rooms.session(listing.session).await?;
        let (phase, desks) = room.look(|session, _| (session.phase.into(), session.desk.present(now)));
        let listed = public::listed(app, conference, listing, lang).await;
        sessions.push(OrganizerSession { listed, phase, desks: u32::try_from(desks).unwrap_or(u32::MAX) });
    }
    Ok(sessions)
}

fn passes(app: &App, conference: &Conference, lang: Lang, own: Option<PassId>) -> Vec<PassView> {
    let now = app.rooms.clock().now();
    let view = |pass: &nadwa_domain::conference::pass::Pass| PassView {
        id: pass.issued.id.0,
        role: pass.issued.role,
        session: pass.issued.session.and_then(|id| conference.listing(id)).map(|s| s.title.for_reader(lang)),
        person: pass.issued.person.and_then(|id| app.rooms.name_of(id)).map(|name| name.for_reader(lang)),
        works: pass.works(now),
        own: own == Some(pass.issued.id),
    };
    let mut passes: Vec<PassView> = conference.passes.values().map(view).collect();
    sort_by_name(lang, &mut passes, |pass| pass.person.as_ref().map_or("", |person| person.text.as_str()));
    passes.sort_by_key(|pass| (!pass.works, pass.role));
    passes
}
