//! Rehearsing (`P14`): beginning, things that go wrong, leaving.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::rehearsal::Rehearsal;
use nadwa_domain::Role;

use crate::http::back::Back;
use crate::http::call::{Call, find};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages as session_pages};
use crate::permits::Permit;
use crate::rooms::Failure;
use crate::rooms::feeds::FeedRole;

fn of_the_team(role: Role) -> bool {
    role.moderates() || matches!(role, Role::Timekeeper | Role::Steward)
}

/// `GET /s/{code}/rehearsal`: begins one; inside of one, its menu.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    let (listing, _) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    if visitor.pass_with(&app, of_the_team, Some(listing.session)).is_none() {
        return session_pages::not_yours(&app, &visitor);
    }
    let within = app.rooms.rehearsals().find(&code, Permit::long()).is_some();
    // A card opens the pages of its own role here, too.
    let opens = |role| session_pages::role_at(&app, &visitor, &listing, role).is_some();
    let (console, desk, stage) = (opens(FeedRole::Console), opens(FeedRole::Desk), opens(FeedRole::Stage));
    let html = pages::rehearsal::rehearsal(&visitor.page(&app), Rehearsal { code, within, console, desk, stage });
    answers::html(&app, StatusCode::OK, html)
}

/// `GET /s/{code}/rehearsal/dark`: a tablet that has died.
pub async fn dark(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    // A network that is away is served no page either: a tablet has died before it.
    match find(&app, &visitor, &code).await {
        Ok(_) if app.rooms.rehearsals().find(&code, Permit::long()).is_some() => {
            answers::html(&app, StatusCode::OK, pages::rehearsal::dark(&visitor.page(&app), &code))
        }
        Ok(_) => answers::error_page(&app, &visitor, ErrorKind::NotFound),
        Err(kind) => answers::error_page(&app, &visitor, kind),
    }
}

/// `POST /s/{code}/rehearsal/{act}`.
pub async fn act(call: Call) -> Response {
    let Call { app, visitor, listing, verb, .. } = &call;
    if visitor.pass_with(app, of_the_team, Some(listing.session)).is_none() {
        return call.refuse(nadwa_domain::Refusal::NotYours, Back::Console).await;
    }
    let code = call.code().to_owned();
    let here = app.rooms.rehearsals().find(&code, Permit::long());
    match (verb.as_deref(), here) {
        (Some("start"), None) => match app.rooms.rehearse(listing.session).await {
            Ok(begun) => answers::see(&format!("/s/{}/rehearsal", begun.code)),
            Err(error) => {
                tracing::error!(%error, "a rehearsal could not begin");
                answers::error_page(app, visitor, ErrorKind::NotSaved)
            }
        },
        (Some("leave"), Some(_)) => {
            app.rooms.rehearsals().leave(&code);
            // A closed meeting has no code: its members come by its id.
            let real =
                listing.code.as_ref().map_or_else(|| listing.session.to_string(), |code| code.as_str().to_owned());
            answers::see(&format!("/s/{real}/rehearsal"))
        }
        (Some("tablet"), Some(_)) => answers::see(&format!("/s/{code}/rehearsal/dark")),
        (Some("wifi"), Some(here)) => {
            here.drop_network(app.rooms.clock().now());
            answers::see(&format!("/s/{code}/rehearsal"))
        }
        (Some("many_questions"), Some(here)) => {
            here.flood().await;
            answers::see(&format!("/s/{code}/rehearsal"))
        }
        (Some("runs_over"), Some(here)) => match here.run_over().await {
            Ok(()) => answers::see(&format!("/s/{code}/rehearsal")),
            Err(Failure::Refused(refusal)) => call.refuse(refusal, Back::Console).await,
            Err(_) => answers::error_page(app, visitor, ErrorKind::NotSaved),
        },
        _ => answers::error_page(app, visitor, ErrorKind::NotFound),
    }
}
