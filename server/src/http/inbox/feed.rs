//! The feed of the inbox: it says that something changed, never what.

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use nadwa_app::live::watch::WatchView;
use nadwa_app::wire::{BEAT_MS, Frame, event};
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::{Lang, Role};
use serde::Deserialize;

use super::{guard, items, not_yours};
use crate::edge;
use crate::http::feed::gone;
use crate::http::guarding::{around, key_of, rings};
use crate::http::visitor::Visitor;
use crate::http::{App, guards, health, silent};

/// In which language a page listens.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Listens {
    lang: Option<String>,
}

/// `GET /safeguarding/feed`: says that something changed, and whether it rings at this role; never what.
pub async fn feed(State(app): State<App>, visitor: Visitor, Query(listens): Query<Listens>) -> Response {
    // A device that has locked itself rings on: the feed never says what it is about.
    let Some(pass) = guard(&app, &visitor).or_else(|| visitor.locked_with(&app, Role::safeguards)) else {
        return not_yours(&app, &visitor);
    };
    let lang = listens.lang.as_deref().and_then(Lang::from_tag).unwrap_or(visitor.reader.lang);
    let head = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (head, Body::from_stream(stream(app, visitor, pass, lang))).into_response()
}

fn stream(
    app: App,
    visitor: Visitor,
    pass: Pass,
    lang: Lang,
) -> impl futures::Stream<Item = Result<Bytes, std::convert::Infallible>> {
    async_stream::stream! {
        let mut passes = app.rooms.conference().changes();
        let mut changes = app.rooms.inbox().changes();
        changes.mark_changed();
        let mut beat = tokio::time::interval(std::time::Duration::from_millis(BEAT_MS));
        let mut said = WatchView::default();
        let holds = |visitor: &Visitor| visitor.holds(&app, &pass) || visitor.kept(&app, &pass).is_some();
        yield Ok(Bytes::from(format!("retry: {}\n\n", 1000 + edge::below(4000))));
        loop {
            tokio::select! {
                biased;
                () = app.stop.cancelled() => break,
                Ok(()) = passes.changed() => {
                    if !holds(&visitor) {
                        yield Ok(gone());
                        break;
                    }
                    // A card may be asked for.
                    changes.mark_changed();
                },
                Ok(()) = changes.changed() => if let Ok(items) = items(&app, lang).await {
                    let cards = guards::cards(&app, &visitor, pass.who());
                    let calls = silent::before_guards(&app, lang).await;
                    let ring = rings(&items, &cards, &calls, pass.issued.role);
                    let around = around(&app, lang, Some(pass.issued.id)).await;
                    let key = key_of(&items, &cards, (&calls, &around), &health::troubles(&app));
                    let view = WatchView { key, ring };
                    if view != said {
                        said = view.clone();
                        let frame = Frame { build: app.assets.build.clone(), seq: 0, view };
                        let json = serde_json::to_string(&frame).unwrap_or_default();
                        yield Ok(Bytes::from(format!("event: {}\ndata: {json}\n\n", event::FRAME)));
                    }
                },
                // A card may end by the clock alone.
                _ = beat.tick() => {
                    if !holds(&visitor) {
                        yield Ok(gone());
                        break;
                    }
                    // Sessions and their desks go on without a word to the inbox.
                    changes.mark_changed();
                    yield Ok(Bytes::from(format!("event: {}\ndata: {}\n\n", event::BEAT, app.rooms.clock().now().0)));
                }
            }
        }
    }
}
