//! The booklet of every public paper.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::papers::booklet::{Booklet, booklet as booklet_page};
use nadwa_domain::Lang;
use nadwa_domain::conference::Conference;
use nadwa_domain::lang::Phrase;
use serde::Deserialize;

use crate::http::papers::public::by_theme;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, public};

/// Of which theme, from 0.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    pub(super) theme: Option<u8>,
}

/// `GET /papers/booklet?theme=1`: for reading and for the printer.
pub async fn booklet(State(app): State<App>, visitor: Visitor, Query(wish): Query<Wish>) -> Response {
    let lang = visitor.reader.lang;
    let conference = app.rooms.conference().state();
    let Some(themes) = by_theme(&app, lang, wish.theme).await else {
        return answers::error_page(&app, &visitor, ErrorKind::Broken);
    };
    let only = only(&conference, wish.theme, lang);
    let pdf = wish.theme.map_or_else(String::new, |theme| format!("?theme={theme}"));
    let data = Booklet {
        conference: public::conference_view(&conference, lang),
        themes,
        only,
        pdf: format!("/papers/booklet.pdf{pdf}"),
    };
    answers::html(&app, StatusCode::OK, booklet_page(&visitor.page(&app), data))
}

/// What the one theme is called that is wished for.
pub(super) fn only(conference: &Conference, theme: Option<u8>, lang: Lang) -> Option<Phrase> {
    Some(conference.call.as_ref()?.themes.get(usize::from(theme?))?.for_reader(lang))
}
