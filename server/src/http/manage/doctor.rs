//! Whether the machine can carry the conference, for organizers (`V7`).

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use nadwa_app::pages::doctor;

use crate::doctor::{examine, lines};
use crate::http::manage::Organizing;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, guard, public};

/// `GET /organizer/doctor`.
pub async fn page(o: Organizing) -> Response {
    let facts = examine::of_server(&o.app).await;
    let address = format!("{}/reached", o.app.public_url);
    let square = public::square(&o.app, o.r(), &address);
    o.page(false, doctor::doctor(&o.at("/organizer/doctor"), lines(&facts), (address, square)))
}

/// `GET /reached`: a phone has come so far. That one has is kept; which one, nowhere.
pub async fn reached(
    State(app): State<App>,
    connection: ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Response {
    if let Some(address) = guard::address(&app, &headers, Some(connection.0)) {
        app.machine.meet(address);
    }
    answers::html(&app, StatusCode::OK, doctor::reached(&visitor.page(&app)))
}
