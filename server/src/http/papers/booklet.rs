//! The booklet of every public paper.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::papers::booklet::{Booklet, booklet as booklet_page};
use serde::Deserialize;

use crate::http::papers::public::by_theme;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, public};

/// Of which theme, from 0.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    theme: Option<u8>,
}

/// `GET /papers/booklet?theme=1`: for reading, for the printer, and for the browser that makes a PDF of it.
pub async fn booklet(State(app): State<App>, visitor: Visitor, Query(wish): Query<Wish>) -> Response {
    let lang = visitor.reader.lang;
    let conference = app.rooms.conference().state();
    let Some(themes) = by_theme(&app, lang, wish.theme).await else {
        return answers::error_page(&app, &visitor, ErrorKind::Broken);
    };
    let only =
        wish.theme.and_then(|theme| Some(conference.call.as_ref()?.themes.get(usize::from(theme))?.for_reader(lang)));
    let data = Booklet { conference: public::conference_view(&conference, lang), themes, only };
    answers::html(&app, StatusCode::OK, booklet_page(&visitor.page(&app), data))
}
