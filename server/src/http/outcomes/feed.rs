//! What became of recommendations, as an Atom feed (RFC 4287).

use std::io;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::outcomes::{Outcome, progress_name};
use nadwa_app::words::{Reader, numbers, outcome as words};
use nadwa_domain::Instant;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::http::App;
use crate::http::visitor::Visitor;
use crate::zone;

/// `GET /outcomes.atom`. What is new is an answer, or a recommendation that was adopted.
pub async fn feed(State(app): State<App>, visitor: Visitor) -> Response {
    let (conference, r) = (app.rooms.conference().state(), visitor.reader);
    let all = super::public(&conference, r.lang, app.rooms.clock().now());
    let title = format!("{} · {}", words::title(r), conference.name.for_reader(r.lang).text);
    let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
    match written(r, &title, &format!("{}/outcomes", app.public_url), &all) {
        Ok(feed) => ([(header::CONTENT_TYPE, kind)], feed).into_response(),
        Err(error) => {
            tracing::error!(%error, "a feed could not be written");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn written(r: Reader, title: &str, address: &str, all: &[Outcome]) -> io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let newest = all.iter().map(changed).max().unwrap_or_default();
    let feed = out
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", r.lang.tag())]);
    feed.write_inner_content(|out| {
        head(out, title, address, newest, address)?;
        all.iter().try_for_each(|outcome| entry(out, r, address, outcome))
    })?;
    Ok(out.into_inner())
}

/// When something of it changed last.
fn changed(outcome: &Outcome) -> Instant {
    outcome.promise.as_ref().map_or(outcome.adopted_at, |promise| promise.since)
}

fn head(out: &mut Writer<Vec<u8>>, title: &str, id: &str, at: Instant, link: &str) -> io::Result<()> {
    for (name, text) in [("title", title), ("id", id), ("updated", &zone::stamp(at))] {
        out.create_element(name).write_text_content(BytesText::new(text))?;
    }
    out.create_element("link").with_attribute(("href", link)).write_empty()?;
    Ok(())
}

fn entry(out: &mut Writer<Vec<u8>>, r: Reader, address: &str, outcome: &Outcome) -> io::Result<()> {
    let number = words::number(r, &numbers::number(r, outcome.number.into()));
    let answer = outcome.promise.as_ref().map(|promise| {
        format!("\n{}: {}\n{}", promise.by.text, progress_name(r, promise.progress), promise.answer.text)
    });
    let text = outcome.text.text.clone() + &answer.unwrap_or_default();
    let (id, link) = (format!("urn:uuid:{}", outcome.id), format!("{address}#r-{}", outcome.number));
    out.create_element("entry").write_inner_content(|out| {
        head(out, &number, &id, changed(outcome), &link)?;
        let content =
            out.create_element("content").with_attributes([("type", "text"), ("xml:lang", outcome.text.lang.tag())]);
        content.write_text_content(BytesText::new(&text)).map(|_| ())
    })?;
    Ok(())
}
