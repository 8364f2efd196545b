//! The choices of a reader: language, theme, digits, register, text size and spacing. They stay on the device, in
//! cookies.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::comfort::{Comfort, Size};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::{self, Theme};
use nadwa_app::words::Digits;
use nadwa_domain::Lang;
use serde::Deserialize;

use crate::http::visitor::{Visitor, comfort_cookie, digits_cookie, language_cookie, register_cookie, theme_cookie};
use crate::http::{App, answers};

/// Where a choice comes back to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct To {
    to: Option<String>,
}

/// `GET /comfort?to=…`: every choice on one page (`A13`).
pub async fn comfort(State(app): State<App>, visitor: Visitor, Query(to): Query<To>) -> Response {
    let page = pages::comfort::comfort(&visitor.page(&app), own_path(to));
    answers::html(&app, StatusCode::OK, page)
}

/// `POST /comfort`: keeps them. What is not said or not known stays as it was.
pub async fn set_comfort(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let said = |name: &str| fields.get(name).map(String::as_str);
    let old = visitor.comfort();
    let wide = |name: &str, old: bool| said(name).map_or(old, |value| value == "wide");
    let new = Comfort {
        size: said("size").map_or(old.size, Size::parse),
        wide_lines: wide("lines", old.wide_lines),
        wide_words: wide("words", old.wide_words),
        vowels: said("vowels").map_or(old.vowels, |value| value == "all"),
    };
    let digits = said("digits").and_then(Digits::parse).filter(|digits| *digits != visitor.reader.digits);
    let younger = said("register").map(|value| value == "younger").filter(|wish| *wish != visitor.reader.younger);
    let theme = said("theme").map(|name| theme_cookie(&app, Theme::parse(name)));
    let answer = answers::see(&own_path(To { to: fields.get("to").cloned() }));
    let answer = answers::with_cookie(answer, Some(comfort_cookie(&app, new)));
    let answer = answers::with_cookie(answer, digits.map(|digits| digits_cookie(&app, digits)));
    let answer = answers::with_cookie(answer, younger.map(|younger| register_cookie(&app, younger)));
    answers::with_cookie(answer, theme)
}

/// `GET /words/{younger|older}?to=…` (`P11`).
pub async fn set_register(
    State(app): State<App>,
    visitor: Visitor,
    Path(register): Path<String>,
    Query(to): Query<To>,
) -> Response {
    match register.as_str() {
        "younger" | "older" => {
            answers::with_cookie(answers::see(&own_path(to)), Some(register_cookie(&app, register == "younger")))
        }
        _ => answers::error_page(&app, &visitor, ErrorKind::NotFound),
    }
}

/// `GET /lang/{tag}?to=…`.
pub async fn set_language(
    State(app): State<App>,
    visitor: Visitor,
    Path(tag): Path<String>,
    Query(to): Query<To>,
) -> Response {
    match Lang::from_tag(&tag) {
        Some(lang) => answers::with_cookie(answers::see(&own_path(to)), Some(language_cookie(&app, lang))),
        None => answers::error_page(&app, &visitor, ErrorKind::NotFound),
    }
}

/// `GET /theme/{name}?to=…`; `auto` gives the choice back to the device.
pub async fn set_theme(
    State(app): State<App>,
    visitor: Visitor,
    Path(name): Path<String>,
    Query(to): Query<To>,
) -> Response {
    let theme = Theme::parse(&name);
    if theme.is_none() && name != "auto" {
        return answers::error_page(&app, &visitor, ErrorKind::NotFound);
    }
    answers::with_cookie(answers::see(&own_path(to)), Some(theme_cookie(&app, theme)))
}

/// `GET /digits/{latn|arab}?to=…` (`L5`).
pub async fn set_digits(
    State(app): State<App>,
    visitor: Visitor,
    Path(family): Path<String>,
    Query(to): Query<To>,
) -> Response {
    match Digits::parse(&family) {
        Some(digits) => answers::with_cookie(answers::see(&own_path(to)), Some(digits_cookie(&app, digits))),
        None => answers::error_page(&app, &visitor, ErrorKind::NotFound),
    }
}

/// A path of ours and no other site's: `//evil.example` and `/\evil.example` lead elsewhere in browsers.
fn own_path(to: To) -> String {
    let path = to.to.unwrap_or_default();
    let ours = path.starts_with('/')
        && !path[1..].starts_with(['/', '\\'])
        && path.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if ours { path } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back_to_our_own_pages_alone() {
        let path = |to: &str| own_path(To { to: Some(to.to_owned()) });
        assert_eq!(path("/s/471926?pin=ar"), "/s/471926?pin=ar");
        for foreign in ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nset-cookie: x"] {
            assert_eq!(path(foreign), "/", "{foreign:?}");
        }
    }
}
