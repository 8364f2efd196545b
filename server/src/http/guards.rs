//! The cards of safeguarding, on the page of the two who hold them: to one more of them they agree (`G9`).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::safeguarding::cards::GuardCard;
use nadwa_domain::Who;
use nadwa_domain::conference::Act;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::PassId;

use crate::http::call::{failed, wants_json};
use crate::http::inbox::{answer, broken, guard, refuse};
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::rooms::Failure;

/// Every card of lead and deputy that works or is asked for, as `who` sees them.
#[must_use]
pub fn cards(app: &App, visitor: &Visitor, who: Who) -> Vec<GuardCard> {
    let (conference, names, now) =
        (app.rooms.conference().state(), app.rooms.names_on_cards(), app.rooms.clock().now());
    let agrees = conference.agrees(who);
    let card = |pass: &Pass| GuardCard {
        id: pass.issued.id.0,
        role: pass.issued.role,
        person: names.get(&pass.issued.id).map(|name| name.for_reader(visitor.reader.lang)),
        asked: pass.asked,
        used: pass.used,
        agrees,
        devices: conference.devices.values().filter(|device| device.new.pass == pass.issued.id).count() as u64,
        own: who.pass() == Some(pass.issued.id),
    };
    let stands = |pass: &&Pass| pass.issued.role.safeguards() && !pass.revoked && (pass.asked || pass.works(now));
    conference.passes.values().filter(stands).map(card).collect()
}

/// `POST /safeguarding/cards/{id}/{verb}`: agree, revoke, sign-out.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, verb)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let json = wants_json(&headers);
    let Some(who) = guard(&app, &visitor).map(|pass| pass.who()) else {
        return failed(&app, &visitor, json, ErrorKind::NotYours, "NotYours");
    };
    let Ok(pass) = id.parse::<PassId>() else {
        return failed(&app, &visitor, json, ErrorKind::Malformed, "Malformed");
    };
    let act = match verb.as_str() {
        "agree" => Act::Agree { pass },
        "revoke" => Act::Revoke { pass },
        "sign-out" => Act::SignOutAll { pass },
        _ => return failed(&app, &visitor, json, ErrorKind::NotFound, "Unknown"),
    };
    match app.rooms.conference().act(who, &act).await {
        Ok(()) if json => match answer(&app, &visitor, None, None).await {
            Ok(answer) => Json(answer).into_response(),
            Err(error) => broken(&app, &visitor, &error),
        },
        Ok(()) => answers::see("/safeguarding"),
        Err(Failure::Refused(refusal)) => refuse(&app, &visitor, json, None, &refusal).await,
        Err(_) => failed(&app, &visitor, json, ErrorKind::NotSaved, "NotSaved"),
    }
}
