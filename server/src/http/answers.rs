//! Answers: HTML to a form, JSON to a page that listens (a script that sent it); a refusal in the reader's language.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use nadwa_app::pages::error::{ErrorKind, error};
use nadwa_app::pages::shell::Html;
use nadwa_app::pages::{Page, Refused};
use nadwa_app::wire::{Answer, Fragment};
use nadwa_app::words::refusals;
use nadwa_domain::{Instant, Refusal};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::http::App;
use crate::http::visitor::Visitor;
use crate::permits::buckets::Wait;

/// A page, `no-store`: its islands belong to this build, and what it shows to this reader.
pub fn html(app: &App, status: StatusCode, page: Html) -> Response {
    let island = page.nonce.map(|nonce| format!(" 'nonce-{nonce}' 'wasm-unsafe-eval'")).unwrap_or_default();
    // The demo's hall shows the other pages in `iframe`s, some of them from its second origin.
    let frames = app.demo.as_ref().map_or_else(
        || "'none'".to_owned(),
        |demo| ["'self'", &app.public_url, demo.second().unwrap_or_default()].join(" "),
    );
    let policy = format!(
        "default-src 'none'; script-src 'self'{island}; worker-src 'self'; style-src 'self'; font-src 'self'; \
         img-src 'self' data:; media-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src {frames}; \
         frame-ancestors {frames}; form-action 'self'; base-uri 'none'"
    );
    let mut response = (status, axum::response::Html(page.document)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A calm page that says what to do next.
pub fn error_page(app: &App, visitor: &Visitor, kind: ErrorKind) -> Response {
    html(app, status_of(kind), error(&visitor.page(app), kind))
}

const fn status_of(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::NotYours | ErrorKind::PassGone | ErrorKind::OwnCard | ErrorKind::LinkUsed | ErrorKind::BadOrigin => {
            StatusCode::FORBIDDEN
        }
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Malformed => StatusCode::BAD_REQUEST,
        ErrorKind::NotSaved | ErrorKind::Broken => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The status of a refusal: wrong role `403`, unknown `404`, too often `429`, else `422`.
#[must_use]
pub const fn refusal_status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotYours => StatusCode::FORBIDDEN,
        Refusal::Unknown => StatusCode::NOT_FOUND,
        Refusal::TooSoon { .. } | Refusal::TooManyWaiting => StatusCode::TOO_MANY_REQUESTS,
        // Understood, and not possible now.
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A refusal as a page shows it.
#[must_use]
pub fn refused(page: &Page, refusal: &Refusal, typed: String) -> Refused {
    let sentence = refusals::sentence(page.reader, refusal, page.now);
    Refused { sentence, field: refusals::field(refusal).to_owned(), typed, ..Refused::default() }
}

/// A refusal as a page that listens gets it.
pub fn refusal_json(page: &Page, refusal: &Refusal, part: Option<Fragment>) -> Response {
    let answer = Answer {
        refusal: Some(refusals::name(refusal).to_owned()),
        message: Some(refusals::sentence(page.reader, refusal, page.now)),
        field: Some(refusals::field(refusal).to_owned()).filter(|field| !field.is_empty()),
        mine: None,
        part,
    };
    with_retry(refusal, page.now, (refusal_status(refusal), Json(answer)).into_response())
}

/// Says when to come again, where the refusal knows.
pub fn with_retry(refusal: &Refusal, now: Instant, mut response: Response) -> Response {
    let seconds = match refusal {
        Refusal::TooSoon { at } => (at.0 - now.0).max(0) / 1000 + 1,
        Refusal::TooManyWaiting => 30,
        // No other knows when.
        _ => return response,
    };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// A failure of ours, as a page that listens gets it.
pub fn failure_json(status: StatusCode, name: &str, message: &str) -> Response {
    let answer = Answer { refusal: Some(name.to_owned()), message: Some(message.to_owned()), ..Answer::default() };
    (status, Json(answer)).into_response()
}

/// The same answer with a cookie, if there is one to set.
pub fn with_cookie(response: Response, cookie: Option<Cookie<'static>>) -> Response {
    match cookie {
        Some(cookie) => (CookieJar::new().add(cookie), response).into_response(),
        None => response,
    }
}

/// The same with a phone's new token, unless the page has set a later one.
pub fn with_phone(response: Response, cookie: Option<Cookie<'static>>) -> Response {
    let set = cookie.filter(|cookie| {
        let name = format!("{}=", cookie.name());
        let named = |value: &HeaderValue| value.as_bytes().starts_with(name.as_bytes());
        !response.headers().get_all(header::SET_COOKIE).iter().any(named)
    });
    with_cookie(response, set)
}

/// Too many wrong secrets came from there: nothing was looked at.
pub fn wait(app: &App, visitor: &Visitor, wait: Wait) -> Response {
    retry_after(wait, error_page(app, visitor, ErrorKind::TooMany))
}

/// Says when to come again.
pub fn retry_after(wait: Wait, mut response: Response) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.seconds()));
    response
}

/// `303` to a page of ours. What an address held may stand in the path: whatever cannot stand in a header is written as
/// an address writes it.
pub fn see(path: &str) -> Response {
    axum::response::Redirect::to(&utf8_percent_encode(path, NO_HEADER).to_string()).into_response()
}

/// What breaks a header, or an address in it, and is percent-encoded: control characters and spaces. (Characters beyond
/// ASCII always are.)
const NO_HEADER: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\');
