//! Reading a paper to help with it, and comparing its versions.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::Refused;
use nadwa_app::pages::papers::compare::{Compare, compare as compare_page};
use nadwa_app::pages::papers::reading::reading;
use nadwa_domain::lang::Phrase;
use nadwa_domain::paper::history;
use serde::Deserialize;

use crate::http::answers;
use crate::http::papers::access::Desk;
use crate::http::papers::views;

/// `GET /papers/{paper}/read`.
pub async fn page(desk: Desk) -> Response {
    read_page(&desk, StatusCode::OK, None).await
}

/// The readers' page, with a refusal beside what was typed if there was one.
pub async fn read_page(desk: &Desk, status: StatusCode, refused: Option<Refused>) -> Response {
    let Some(pass) = desk.reader() else { return desk.not_yours() };
    let page = desk.visitor.page(&desk.app);
    let data = views::reading(desk, &page, pass.issued.role, refused);
    answers::html(&desk.app, status, reading(&page, data))
}

/// Two versions, by their numbers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Two {
    from: u32,
    to: u32,
}

/// `GET /papers/{paper}/versions?from=3&to=5`. Whoever helps compares what was sent; drafts are the authors' alone.
pub async fn compare(desk: Desk, Query(two): Query<Two>) -> Response {
    let author = desk.author().is_some();
    if !author && desk.reader().is_none() {
        return desk.not_yours();
    }
    let paper = desk.room.state();
    let version = |number| paper.version_of(number).filter(|version| author || version.sent);
    let (Some(from), Some(to)) = (version(two.from), version(two.to)) else {
        return answers::error_page(&desk.app, &desk.visitor, nadwa_app::pages::error::ErrorKind::NotFound);
    };
    let lang = desk.visitor.reader.lang;
    let written = |text: String| if text.is_empty() { Phrase::default() } else { Phrase::written(&text, lang) };
    let texts = history::compare(&from.sheet, &to.sheet).into_iter();
    let texts = texts.map(|(field, (before, after))| (field, written(before), written(after))).collect();
    let back = if author { "write" } else { "read" };
    let data = Compare { paper: paper.id.0, back, numbers: (two.from, two.to), texts };
    answers::html(&desk.app, StatusCode::OK, compare_page(&desk.visitor.page(&desk.app), data))
}
