//! For operators and for clocks.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::http::App;

/// The server's instant in milliseconds: a device asks a few times and keeps the shortest round trip.
pub async fn clock(State(app): State<App>) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], app.rooms.clock().now().0.to_string()).into_response()
}

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// Reads and writes would be served.
pub async fn ready(State(app): State<App>) -> Response {
    match app.store.ready().await {
        Ok(()) if app.stop.is_cancelled() => (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response(),
        Ok(()) if app.rooms.tasks().all_work() => "ready\n".into_response(),
        Ok(()) => (StatusCode::SERVICE_UNAVAILABLE, "something fell and begins again\n").into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response()
        }
    }
}
