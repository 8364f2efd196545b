//! Pages for those who build: every component, every sentence (in a demo alone); and the sign of a closed door.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::look::Sentences;
use serde::Deserialize;

use crate::http::visitor::Visitor;
use crate::http::{App, answers, public};

/// Which sentences.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    section: String,
}

/// `GET /look`: every component in all its states, in both directions.
pub async fn look(State(app): State<App>, visitor: Visitor) -> Response {
    if app.demo.is_none() {
        return answers::error_page(&app, &visitor, ErrorKind::NotFound);
    }
    let qr = public::square(&app, visitor.reader, &format!("{}/look", app.public_url));
    answers::html(&app, StatusCode::OK, pages::look::look(&visitor.page(&app), qr))
}

/// `GET /look/words?section=…`: every sentence with its context, for translators.
pub async fn sentences(State(app): State<App>, visitor: Visitor, Query(which): Query<Which>) -> Response {
    if app.demo.is_none() {
        return answers::error_page(&app, &visitor, ErrorKind::NotFound);
    }
    let page = pages::look::sentences(&visitor.page(&app), &Sentences { section: which.section });
    answers::html(&app, StatusCode::OK, page)
}

/// `GET /door`: what a device at the door of a closed meeting shows (`S18`).
pub async fn door(State(app): State<App>, visitor: Visitor) -> Response {
    answers::html(&app, StatusCode::OK, pages::door::door(&visitor.page(&app)))
}
