//! The closing statement (`R3`) to keep as a PDF, to read out on the stage, and the days of promised answers as a calendar.

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::outcomes::stage::{OnStage, stage as stage_page};
use nadwa_app::pages::outcomes::{Outcome, progress_name};
use nadwa_app::parts::phrase::own;
use nadwa_app::words::{Reader, numbers, outcome as words, paper, statement as say};
use nadwa_booklet::{Block, Booklet, Leaf, Part, Theme};
use nadwa_domain::Phrase;
use serde::Deserialize;

use super::public;
use crate::http::manage::export::stamp;
use crate::http::papers::printed::{plain, sent, tongue};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, public as everybody};

/// `GET /outcomes.pdf`: what is adopted and confirmed, session by session, with what became of it.
pub async fn pdf(State(app): State<App>, visitor: Visitor) -> Response {
    let (r, page) = (visitor.reader, visitor.page(&app));
    let conference = app.rooms.conference().state();
    let all = public(&conference, r.lang, page.now);
    let data = Booklet {
        reader: tongue(r),
        conference: everybody::conference_view(&conference, r.lang).name,
        title: words::title(r).to_owned(),
        lead: words::what_happened(r).to_owned(),
        contents: paper::contents(r).to_owned(),
        none: words::none(r).to_owned(),
        themes: themes(r, page.utc_offset, all),
    };
    match app.files.booklet(&data, &[], page.now).await {
        Ok(set) => sent("statement.pdf", set.into_response()),
        Err(error) => {
            tracing::warn!(%error, "the statement could not be set");
            answers::error_page(&app, &visitor, ErrorKind::Broken)
        }
    }
}

/// One leaf a session, in the order of its first recommendation.
fn themes(r: Reader, offset: i32, all: Vec<Outcome>) -> Vec<Theme> {
    let mut leaves: Vec<Leaf> = Vec::new();
    for outcome in all {
        let part = part(r, offset, &outcome);
        match leaves.iter_mut().find(|leaf| leaf.title == outcome.session) {
            Some(leaf) => leaf.parts.push(part),
            None => leaves.push(Leaf {
                id: outcome.id,
                own: tongue(r),
                title: outcome.session,
                by: own(r, say::by_the_children(r)),
                summary: None,
                parts: vec![part],
            }),
        }
    }
    if leaves.is_empty() { vec![] } else { vec![Theme { title: None, papers: leaves }] }
}

fn part(r: Reader, offset: i32, outcome: &Outcome) -> Part {
    let day = |at| numbers::date_with_year(r, at, offset);
    let mut blocks = vec![
        Block::Paragraph { line: plain(outcome.text.clone(), true) },
        Block::Paragraph { line: plain(own(r, &words::adopted(r, &day(outcome.adopted_at))), false) },
    ];
    match &outcome.promise {
        None => blocks.push(Block::Paragraph { line: plain(own(r, words::no_owner(r)), false) }),
        Some(promise) => {
            blocks.push(Block::Pair { first: promise.by.clone(), second: own(r, progress_name(r, promise.progress)) });
            let said = [
                Some(promise.answer.clone()).filter(|answer| !answer.is_empty()),
                promise.late.then(|| own(r, words::late(r))),
                (!promise.progress.answers()).then(|| own(r, &words::due(r, &day(promise.due)))),
            ];
            let paragraph = |text: Phrase| Block::Paragraph { line: plain(text, false) };
            blocks.extend(said.into_iter().flatten().map(paragraph));
        }
    }
    Part { title: words::number(r, &numbers::number(r, outcome.number.into())), blocks }
}

/// Which is read, by its number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    n: Option<u32>,
}

/// `GET /outcomes/read?n=1`: one at a time; without a number the first.
pub async fn stage(State(app): State<App>, visitor: Visitor, Query(wish): Query<Wish>) -> Response {
    let page = visitor.page(&app);
    let all = public(&app.rooms.conference().state(), visitor.reader.lang, page.now);
    let place = wish.n.map_or(Some(0), |number| all.iter().position(|outcome| outcome.number == number));
    let Some((place, outcome)) = place.and_then(|place| Some((place, all.get(place)?))) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotFound);
    };
    let number = |place: Option<usize>| place.and_then(|place| all.get(place)).map(|outcome| outcome.number);
    let (before, next) = (number(place.checked_sub(1)), number(place.checked_add(1)));
    answers::html(&app, StatusCode::OK, stage_page(&page, OnStage { outcome: outcome.clone(), before, next }))
}

/// `GET /outcomes.ics`: the days on which answers are due that nobody has given yet.
pub async fn calendar(State(app): State<App>, visitor: Visitor) -> Response {
    let (r, conference) = (visitor.reader, app.rooms.conference().state());
    let mut calendar = Calendar::new();
    calendar.name(&[words::title(r), " · ", &conference.name.for_reader(r.lang).text].concat());
    for outcome in public(&conference, r.lang, app.rooms.clock().now()) {
        let Some(promise) = outcome.promise.filter(|promise| !promise.progress.answers()) else { continue };
        let number = words::number(r, &numbers::number(r, outcome.number.into()));
        let mut event = icalendar::Event::new();
        event
            .uid(&[&outcome.id, "@nadwa"].concat())
            .add_property("DTSTAMP", stamp(promise.since))
            .add_property("DTSTART", stamp(promise.due))
            .add_property("DTEND", stamp(promise.due))
            .summary(&[&number, " · ", &promise.by.text].concat())
            .description(&outcome.text.text)
            .url(&format!("{}/outcomes#r-{}", app.public_url, outcome.number));
        calendar.push(event.done());
    }
    let body = calendar.done().to_string();
    ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], body).into_response()
}
