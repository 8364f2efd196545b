//! The ballot box: a tablet of the team goes round the hall, one vote for each person, then to the next.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::ballot_box::{BallotBox, ballot_box};
use nadwa_domain::conference::Listing;
use nadwa_domain::ids::PollId;
use nadwa_domain::session::Phase;
use nadwa_domain::session::poll::ballot::Ballot;
use nadwa_domain::view::poll as view;
use nadwa_domain::{Refusal, Role};
use serde::Deserialize;
use uuid::Uuid;

use crate::edge;
use crate::http::back::Back;
use crate::http::call::{Call, find};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages, polls};
use crate::rooms::Failure;
use crate::rooms::session::{SessionRoom, Voting};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Left {
    /// The form that was answered.
    f: Option<Uuid>,
}

/// `GET /s/{code}/box`.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(left): Query<Left>,
) -> Response {
    let (listing, room) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    if !may_carry(&app, &visitor, &listing) {
        return pages::not_yours(&app, &visitor);
    }
    let ballot = match left.f {
        Some(form) => room.ballot_by(Voting::Box(form)).await.ok().flatten(),
        None => None,
    };
    let form = left.f.unwrap_or_else(edge::fresh_id);
    show(&app, &visitor, &code, &room, StatusCode::OK, (form, ballot), None)
}

/// `POST /s/{code}/polls/{id}/box`: a ballot from the box.
pub async fn vote(call: Call) -> Response {
    if !may_carry(&call.app, &call.visitor, &call.listing) {
        return call.refuse(Refusal::NotYours, Back::Console).await;
    }
    let form = polls::box_form(&call).unwrap_or_else(edge::fresh_id);
    let sent = call.id(PollId).and_then(|poll| Ok((poll, polls::ballot(&call, poll)?)));
    let outcome = match sent {
        Ok((poll, ballot)) => call.room.vote(Voting::Box(form), poll, ballot).await,
        Err(refusal) => Err(Failure::Refused(refusal)),
    };
    match outcome {
        Ok(()) => answers::see(&format!("/s/{}/box?f={form}", call.code)),
        Err(Failure::Refused(refusal)) => {
            let page = call.visitor.page(&call.app);
            let sentence = answers::refused(&page, &refusal, String::new()).sentence;
            let status = answers::refusal_status(&refusal);
            let visitor = call.visitor.back_at(format!("/s/{}/box", call.code));
            show(&call.app, &visitor, &call.code, &call.room, status, (form, None), Some(sentence))
        }
        outcome => call.answer(outcome, Back::Console, None).await,
    }
}

fn may_carry(app: &App, visitor: &Visitor, listing: &Listing) -> bool {
    let fits = |role: Role| role.moderates() || matches!(role, Role::Timekeeper | Role::Steward);
    visitor.pass_with(app, fits, Some(listing.session)).is_some()
}

fn show(
    app: &App,
    visitor: &Visitor,
    code: &str,
    room: &SessionRoom,
    status: StatusCode,
    (form, ballot): (Uuid, Option<Ballot>),
    refused: Option<String>,
) -> Response {
    let poll = room.look(|session, _| {
        let goes_on = session.phase == Phase::Open && session.paused_since.is_none();
        view::on_phones(session, visitor.reader.lang).filter(|_| goes_on)
    });
    let data = BallotBox { code: code.to_owned(), poll, form, ballot, refused };
    answers::html(app, status, ballot_box(&visitor.page(app), data))
}
