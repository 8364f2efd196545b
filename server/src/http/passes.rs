//! Passes by link. Children's links begin with `/p/`, adults' with `/a/`, and neither opens the other (`S17`).

use axum::extract::{Path, State};
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_domain::Role;
use nadwa_domain::conference::Conference;
use nadwa_domain::conference::pass::Pass;

use crate::http::visitor::Visitor;
use crate::http::{App, answers};

/// `GET /p/{secret}`.
pub async fn enter_as_child(State(app): State<App>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    enter(&app, &visitor, &secret, |role| !role.is_adult())
}

/// `GET /a/{secret}`.
pub async fn enter_as_adult(State(app): State<App>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    enter(&app, &visitor, &secret, Role::is_adult)
}

fn enter(app: &App, visitor: &Visitor, secret: &str, fits: impl Fn(Role) -> bool) -> Response {
    let pass = app.rooms.conference().pass(secret, app.rooms.clock().now()).filter(|pass| fits(pass.issued.role));
    let place = pass.and_then(|pass| home(&app.rooms.conference().state(), &pass));
    match place {
        Some(place) => answers::with_cookie(answers::see(&place), Some(visitor.with_pass(app, secret))),
        None => answers::error_page(app, visitor, ErrorKind::PassGone),
    }
}

/// Where a role works.
#[must_use]
pub fn home(conference: &Conference, pass: &Pass) -> Option<String> {
    let code = || {
        let session =
            pass.issued.session.or_else(|| conference.sessions.iter().find(|s| s.code.is_some()).map(|s| s.session));
        conference.listing(session?)?.code.as_ref().map(|code| code.as_str().to_owned())
    };
    match pass.issued.role {
        Role::Organizer => Some("/organizer".to_owned()),
        Role::Author => pass.issued.paper.map(|scope| format!("/papers/{}/write", scope.paper)),
        Role::Mentor => Some("/papers/table".to_owned()),
        Role::SafeguardingLead | Role::SafeguardingDeputy => Some("/safeguarding".to_owned()),
        Role::Steward => Some(format!("/s/{}/desk", code()?)),
        Role::Interpreter => Some(format!("/s/{}/interpreters", code()?)),
        Role::Presenter => Some(format!("/s/{}/stage", code()?)),
        Role::Moderator | Role::CoModerator | Role::Timekeeper => Some(format!("/s/{}/console", code()?)),
    }
}

/// `POST /leave`: every pass leaves this device; no reason is asked (`P2`).
pub async fn leave(State(app): State<App>) -> Response {
    answers::with_cookie(answers::see("/"), Some(Visitor::without_passes(&app)))
}
