//! Doors: where links lead. Their secret is the URL's fragment (behind `#`), which browsers send to no server; the
//! door's page sends it once, in a `POST` body, to [`super::passes`] or [`super::handover`] (G6).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::link;
use serde::Deserialize;

use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::permits::{OldCardNumber, OnCards};

/// What a door's page sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// The fragment, or what was typed.
    pub secret: String,
}

/// `GET /p`: of children's cards.
pub async fn child(State(app): State<App>, visitor: Visitor) -> Response {
    door(&app, &visitor, "/p")
}

/// `GET /a`: of adults' links.
pub async fn adult(State(app): State<App>, visitor: Visitor) -> Response {
    door(&app, &visitor, "/a")
}

/// `GET /t`: of a tablet that takes over.
pub async fn tablet(State(app): State<App>, visitor: Visitor) -> Response {
    door(&app, &visitor, "/t")
}

fn door(app: &App, visitor: &Visitor, at: &'static str) -> Response {
    answers::html(app, StatusCode::OK, link::link(&visitor.page(app), at))
}

/// `GET /p/{secret}`: cards that were printed when links had their secret in the path.
pub async fn old_child(State(app): State<App>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    behind(&app, &visitor, "/p", &secret)
}

/// `GET /a/{secret}`.
pub async fn old_adult(State(app): State<App>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    behind(&app, &visitor, "/a", &secret)
}

/// Nothing is compared here: the door does it. The longer number that is typed today never stood in an address.
fn behind(app: &App, visitor: &Visitor, door: &str, secret: &str) -> Response {
    let is_secret = secret.len() <= 100 && secret.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_typed = secret.len() != OldCardNumber::DIGITS && secret.bytes().all(|byte| byte.is_ascii_digit());
    if is_secret && !is_typed {
        answers::see(&format!("{door}#{secret}"))
    } else {
        answers::error_page(app, visitor, ErrorKind::NotFound)
    }
}

/// The link of a door: its address, and the secret as its fragment.
#[must_use]
pub fn link(public_url: &str, door: &str, secret: &str) -> String {
    format!("{public_url}{door}#{secret}")
}
