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

use crate::http::{App, cookies};

/// When somebody was last there, by the server's clock.
pub const COOKIE: &str = "nadwa_awake";
/// It is written anew so often at most.
const EVERY: Span = Span::minutes(1);
/// As long as the page's script waits, and what lies between two words of it.
const LASTS: Span = Span(LOCK_AFTER_MS as i64 + EVERY.0);

/// Whether somebody was there a moment ago.
#[must_use]
pub fn is(jar: &CookieJar) -> bool {
    jar.get(COOKIE).is_some_and(|cookie| !cookie.value().is_empty())
}

/// Somebody is.
#[must_use]
pub fn cookie(app: &App) -> Cookie<'static> {
    cookies::lasting(app, COOKIE, app.rooms.clock().now().0.to_string(), LASTS)
}

/// As long as requests come from it, a device stays awake.
pub async fn stays(State(app): State<App>, request: Request, next: Next) -> Response {
    let last = cookies::ours(request.headers()).get(COOKIE).and_then(|cookie| cookie.value().parse().ok().map(Instant));
    let mut response = next.run(request).await;
    let now = app.rooms.clock().now();
    let due = last.is_some_and(|last| now < last || now - last >= EVERY);
    let private = response.headers().get(header::CACHE_CONTROL).is_none_or(|says| says == "no-store");
    let mut set = response.headers().get_all(header::SET_COOKIE).iter();
    let said = set.any(|set| set.as_bytes().starts_with(COOKIE.as_bytes()));
    if due
        && private
        && !said
        && let Ok(cookie) = HeaderValue::from_str(&cookie(&app).to_string())
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
