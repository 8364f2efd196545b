//! The feed of a paper for its authors' tablets: a frame whenever it changes, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use nadwa_app::wire::{BEAT_MS, Frame, event};
use nadwa_domain::conference::pass::Pass;

use crate::edge;
use crate::http::App;
use crate::http::feed::gone;
use crate::http::papers::access::Desk;
use crate::http::papers::views;
use crate::http::visitor::Visitor;
use crate::rooms::papers::PaperRoom;

/// `GET /papers/{paper}/feed`: for its authors.
pub async fn feed(desk: Desk) -> Response {
    let Some(pass) = desk.author() else { return desk.not_yours() };
    let head = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (head, Body::from_stream(stream(desk.app, desk.visitor, desk.room, pass))).into_response()
}

fn stream(
    app: App,
    visitor: Visitor,
    room: Arc<PaperRoom>,
    pass: Pass,
) -> impl futures::Stream<Item = Result<Bytes, Infallible>> {
    async_stream::stream! {
        let mut passes = app.rooms.conference().changes();
        let mut changes = room.changes();
        changes.mark_changed();
        let mut beat = tokio::time::interval(Duration::from_millis(BEAT_MS));
        yield Ok(Bytes::from(format!("retry: {}\n\n", 1000 + edge::below(4000))));
        loop {
            tokio::select! {
                biased;
                () = app.stop.cancelled() => break,
                Ok(()) = passes.changed() => if !visitor.holds(&app, &pass) {
                    yield Ok(gone());
                    break;
                },
                changed = changes.changed() => match changed {
                    Ok(()) => yield Ok(picture(&app, &room)),
                    Err(_) => break,
                },
                // A card may end by the clock alone.
                _ = beat.tick() => {
                    if !visitor.holds(&app, &pass) {
                        yield Ok(gone());
                        break;
                    }
                    let now = app.rooms.clock().now().0;
                    yield Ok(Bytes::from(format!("event: {}\ndata: {now}\n\n", event::BEAT)));
                }
            }
        }
    }
}

fn picture(app: &App, room: &PaperRoom) -> Bytes {
    let paper = room.state();
    let frame = Frame { build: app.assets.build.clone(), seq: paper.seq, view: views::sheet(&paper) };
    let json = serde_json::to_string(&frame).unwrap_or_default();
    Bytes::from(format!("event: {}\ndata: {json}\n\n", event::FRAME))
}
