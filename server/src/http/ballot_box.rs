//! The ballot box: a tablet of the team goes round the hall, one vote for each person, then to the next.
//!
//! What takes several presses stays in the form between them, and the server keeps nothing of it; what was put in the
//! box is shown on no page and cannot be changed any more, whoever goes back in the browser.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::ballot_box::{BallotBox, BoxVote, ballot_box};
use nadwa_domain::conference::Listing;
use nadwa_domain::ids::PollId;
use nadwa_domain::session::Phase;
use nadwa_domain::session::poll::ballot::{Answer, Ballot};
use nadwa_domain::session::poll::{Voter, may_vote};
use nadwa_domain::view::poll as view;
use nadwa_domain::{Refusal, Role};
use serde::Deserialize;
use uuid::Uuid;

use crate::edge;
use crate::http::back::Back;
use crate::http::call::{Call, find};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages, polls};
use crate::permits::Permit;
use crate::rooms::Failure;
use crate::rooms::phone::Voting;
use crate::rooms::session::SessionRoom;

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
    let vote = match left.f {
        Some(form) if room.lies_in_the_box(form, Permit::long()).await => BoxVote::Dropped,
        _ => BoxVote::Blank,
    };
    let form = left.f.unwrap_or_else(edge::fresh_id);
    show(&app, &visitor, &code, &room, StatusCode::OK, (form, vote), None)
}

/// `POST /s/{code}/polls/{id}/box`: a ballot from the box; or one more press of a ballot that takes several.
pub async fn vote(call: Call) -> Response {
    if !may_carry(&call.app, &call.visitor, &call.listing) {
        return call.refuse(Refusal::NotYours, Back::Console).await;
    }
    let form = polls::box_form(&call).unwrap_or_else(edge::fresh_id);
    let sent = call.id(PollId).and_then(|poll| Ok((poll, polls::ballot(&call, poll)?)));
    let outcome = match sent {
        Ok((poll, ballot)) if in_hand(&call, &ballot) && !call.room.lies_in_the_box(form, Permit::long()).await => {
            match call.room.look(|session, _| may_vote(session, poll, Voter::Box, &ballot)) {
                Ok(()) => return again(&call, StatusCode::OK, (form, BoxVote::InHand(ballot)), None),
                Err(refusal) => Err(Failure::Refused(refusal)),
            }
        }
        Ok((poll, ballot)) => call.room.vote(Voting::Box(form), poll, ballot).await,
        Err(refusal) => Err(Failure::Refused(refusal)),
    };
    match outcome {
        Ok(()) => answers::see(&format!("/s/{}/box?f={form}", call.code)),
        Err(Failure::Refused(refusal)) => {
            let page = call.visitor.page(&call.app);
            let sentence = answers::refused(&page, &refusal, String::new()).sentence;
            again(&call, answers::refusal_status(&refusal), (form, BoxVote::Blank), Some(sentence))
        }
        outcome => call.answer(outcome, Back::Console, None).await,
    }
}

/// Chosen by several presses, and not put in the box yet.
fn in_hand(call: &Call, ballot: &Ballot) -> bool {
    let by_steps = matches!(ballot.answer, Answer::Some(_) | Answer::Dots(_) | Answer::Order(_));
    by_steps && call.field("drop").is_none()
}

fn again(call: &Call, status: StatusCode, vote: (Uuid, BoxVote), refused: Option<String>) -> Response {
    let visitor = call.visitor.back_at(format!("/s/{}/box", call.code));
    show(&call.app, &visitor, &call.code, &call.room, status, vote, refused)
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
    (form, vote): (Uuid, BoxVote),
    refused: Option<String>,
) -> Response {
    let poll = room.look(|session, _| {
        let goes_on = session.phase == Phase::Open && session.paused_since.is_none();
        view::on_phones(session, visitor.reader.lang).filter(|_| goes_on)
    });
    let data = BallotBox { code: code.to_owned(), poll, form, vote, refused };
    answers::html(app, status, ballot_box(&visitor.page(app), data))
}
