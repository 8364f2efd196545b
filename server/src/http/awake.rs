//! An adult's device that nobody touches locks itself (`G5`). Its page does so by a script; a browser that was closed has
//! none running. So a cookie says that somebody was there a moment ago: it ends by itself, and without it an adult's pass
//! on a device is asleep until its link, card or phrase is shown again.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use nadwa_app::pages::shell::LOCK_AFTER_MS;
use nadwa_domain::{Instant, Span};

use crate::edge;
use crate::http::{App, cookies};
use crate::permits::Permit;

/// When somebody was last there, by the server's clock.
pub const COOKIE: &str = "nadwa_awake";
/// It is written anew so often at most.
const EVERY: Span = Span::minutes(1);
/// As long as the page's script waits, and what lies between two words of it.
const LASTS: Span = Span(LOCK_AFTER_MS as i64 + EVERY.0);

/// Whether somebody was there a moment ago: the browser drops the cookie when that is over.
#[must_use]
pub fn is(app: &App, jar: &CookieJar) -> bool {
    last(app, jar).is_some()
}

/// When somebody was last there. Nobody can invent it: the instant has a MAC.
fn last(app: &App, jar: &CookieJar) -> Option<Instant> {
    let (at, tag) = jar.get(COOKIE)?.value().split_once('.')?;
    app.phones.is_key_for(&purpose(at), tag, Permit::long()).then(|| at.parse().ok().map(Instant))?
}

fn purpose(at: &str) -> String {
    format!("awake\0{at}")
}

/// Somebody is.
#[must_use]
pub fn cookie(app: &App) -> Cookie<'static> {
    let at = app.rooms.clock().now().0.to_string();
    let tag = edge::hex(&app.phones.key_for(&purpose(&at)));
    cookies::lasting(app, COOKIE, format!("{at}.{tag}"), LASTS)
}

/// As long as requests come from it, a device stays awake.
pub async fn stays(State(app): State<App>, request: Request, next: Next) -> Response {
    let last = last(&app, &cookies::ours(&app, request.headers()));
    let mut response = next.run(request).await;
    let now = app.rooms.clock().now();
    let due = last.is_some_and(|last| now < last || now - last >= EVERY);
    let private = response.headers().get(header::CACHE_CONTROL).is_none_or(|says| says == "no-store");
    let mut set = response.headers().get_all(header::SET_COOKIE).iter();
    let own = cookies::name_of(&app, COOKIE);
    let said = set.any(|set| set.as_bytes().strip_prefix(own.as_bytes()).is_some_and(|rest| rest.starts_with(b"=")));
    if due
        && private
        && !said
        && let Ok(cookie) = HeaderValue::from_str(&cookie(&app).to_string())
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
