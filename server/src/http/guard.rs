//! Middleware before every handler: security headers, the check of `Origin` (CSRF), and rate limits
//! ([`comers`](crate::http::comers)).

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use tower_http::catch_panic::CatchPanicLayer;

use crate::http::call::{failed, wants_json};
use crate::http::comers::Comer;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, assets, awake, language, letters};
use crate::permits::Origin;

/// The largest body of a command, in bytes. A question has at most 280 letters.
const LARGEST_BODY: usize = 16 * 1024;
/// `Retry-After` for whoever has too many streams open, in seconds.
const STREAM_LATER: u64 = 10;
/// `Strict-Transport-Security`: a year.
const TLS_ALONE: &str = "max-age=31536000";
/// The way to help and what its page loads: never counted (`G4`).
const ALWAYS: [&str; 10] = [
    "/help",
    "/healthz",
    "/near.js",
    "/start.js",
    "/plain.js",
    "/chacha.js",
    "/exit.js",
    "/box.js",
    "/compile.js",
    "/sw.js",
];
/// The address that a request comes from: used for what is counted by address, kept and logged nowhere.
pub fn address(app: &App, headers: &HeaderMap, connection: Option<SocketAddr>) -> Option<IpAddr> {
    let own = connection.map(|connection| connection.ip());
    if app.behind_proxy { forwarded(headers).or(own) } else { own }
}

/// The last address of `X-Forwarded-For`, which the operator's own proxy has appended, whatever a client wrote before.
/// Some proxies write the port as well.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    // Before the last comma stands what a client wrote, in whatever bytes.
    let list = headers.get_all("x-forwarded-for").iter().next_back()?.as_bytes();
    let last = str::from_utf8(list.rsplit(|byte| *byte == b',').next()?).ok()?.trim();
    let bare = last.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

/// Refuses whoever sends too much, with the seconds to wait.
pub async fn limit(State(app): State<App>, visitor: Visitor, request: Request, next: Next) -> Response {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let address = Origin::of(address(&app, request.headers(), connection));
    if address.0.is_none() {
        return next.run(request).await;
    }
    let now = app.rooms.clock().now();
    let json = wants_json(request.headers());
    let too_many = |seconds: u64| {
        let page = failed(&app, &visitor, json, ErrorKind::TooMany, "TooMany");
        ([(header::RETRY_AFTER, seconds.to_string())], page).into_response()
    };
    let comer = Comer::of(&app, &visitor);
    if !is_always_answered(request.uri().path())
        && let Err(seconds) = app.comers.asks(comer, address, connection.filter(|_| !app.behind_proxy), now)
    {
        return too_many(seconds);
    }
    let response = next.run(request).await;
    app.comers.answered(comer, address, response).unwrap_or_else(|| too_many(STREAM_LATER))
}

/// What stands before every handler. Whoever measures it stands it before a handler that does nothing.
pub fn before(routes: Router<App>, app: App) -> Router {
    let all = routes
        .layer(from_fn_with_state(app.clone(), limit))
        .merge(assets::routes())
        .layer(from_fn_with_state(app.clone(), language::stays))
        .layer(from_fn_with_state(app.clone(), awake::stays))
        .layer(from_fn_with_state(app.clone(), same_origin))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(panicked))
        // The outermost layer: the response after a panic has these headers too.
        .layer(from_fn_with_state(app.clone(), headers))
        .with_state(app.clone());
    // A letter (an encrypted request that waited offline) has its path inside: it is decrypted before routing.
    Router::new().fallback_service(all).layer(from_fn_with_state(app, letters::open))
}

fn is_always_answered(path: &str) -> bool {
    let of_session = || path.strip_prefix("/s/").and_then(|rest| rest.split_once('/'));
    ALWAYS.contains(&path) || of_session().is_some_and(|(_, page)| page == "help")
}

/// Commands come from our own pages: a foreign `Origin` is refused. Programs without one may call.
pub async fn same_origin(State(app): State<App>, visitor: Visitor, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_ours(&app, request.headers()) {
        return next.run(request).await;
    }
    answers::error_page(&app, &visitor, ErrorKind::BadOrigin)
}

fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match text(HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin") => return true,
        Some("cross-site") => return false,
        _ => {}
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    origin == &*app.public_url || (host.is_some() && host == text(header::HOST))
}

/// Headers of every response. Pages set a Content-Security-Policy of their own; everything else may load and run
/// nothing.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    // `no-store` unless the route has set `Cache-Control` (G6).
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: with it browsers say `Origin: null` of our own plain forms.
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), interest-cohort=()");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    if app.public_url.starts_with("https://") {
        set(header::STRICT_TRANSPORT_SECURITY, TLS_ALONE);
    }
    response
}

/// A panic is our fault: the person gets a calm answer, the log gets where it happened.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    (StatusCode::SERVICE_UNAVAILABLE, "Something went wrong on our side. Please try again soon.").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_proxy_it_is_the_address_that_the_proxy_saw_whatever_a_client_wrote() {
        let seen = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_static(line));
            }
            forwarded(&headers)
        };
        let proxy = Some(IpAddr::from([192, 0, 2, 7]));
        assert_eq!(seen(&["192.0.2.7"]), proxy);
        assert_eq!(seen(&["10.0.0.1, 10.0.0.2,192.0.2.7"]), proxy);
        assert_eq!(seen(&["10.0.0.1", "10.0.0.2, 192.0.2.7:4711 "]), proxy);
        assert_eq!(seen(&["10.0.0.1", "[2001:db8::1]:80"]), "2001:db8::1".parse().ok());
        assert_eq!(seen(&["[2001:db8::1]"]), "2001:db8::1".parse().ok());
        for nothing in ["", "unknown", "10.0.0.1, _hidden", "10.0.0.1,"] {
            assert_eq!(seen(&[nothing]), None, "the proxy's own address counts then");
        }
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_bytes(b"\xFF\xFE, 192.0.2.7").unwrap());
        assert_eq!(forwarded(&headers), proxy);
        assert_eq!(seen(&[]), None, "no proxy is there although the flag says so");
    }
}
