//! What stands before every handler: security headers, the origin of commands, and a limit for who sends too much.

use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{PoisonError, RwLock};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use nadwa_app::pages::error::ErrorKind;
use nadwa_domain::{Instant, Span};

use crate::http::call::{failed, wants_json};
use crate::http::visitor::Visitor;
use crate::http::{App, answers};

/// Requests of one address. A whole hall may share one: two thousand phones that vote five times in as many seconds, and
/// look at the results, are no flood.
const HALL: (u32, u32) = (2_500, 20_000);
/// Wrong codes of one address: a million codes shall not be tried out.
const WRONG_CODES: (u32, u32) = (1, 60);
/// The salt of the hashes lives a day (`S13`).
const SALT_FOR: Span = Span::minutes(24 * 60);

/// Who sends too much. Addresses are kept as salted hashes, in memory alone, and the salt is forgotten daily (`S13`).
pub struct Limits {
    day: RwLock<Day>,
}

struct Day {
    began: Instant,
    salt: RandomState,
    hall: DefaultKeyedRateLimiter<u64>,
    wrong_codes: DefaultKeyedRateLimiter<u64>,
}

impl Day {
    fn new(began: Instant) -> Self {
        let limiter = |(per_second, burst): (u32, u32)| {
            let positive = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
            RateLimiter::keyed(Quota::per_second(positive(per_second)).allow_burst(positive(burst)))
        };
        Self { began, salt: RandomState::new(), hall: limiter(HALL), wrong_codes: limiter(WRONG_CODES) }
    }
}

impl Limits {
    /// Nobody has sent anything yet.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { day: RwLock::new(Day::new(now)) }
    }

    /// Counts a request; says how many seconds to wait if there were too many.
    fn request(&self, address: IpAddr, now: Instant) -> Option<u64> {
        self.count(address, now, |day| &day.hall)
    }

    /// Counts a wrong code.
    pub fn wrong_code(&self, address: Option<IpAddr>, now: Instant) -> Option<u64> {
        self.count(address?, now, |day| &day.wrong_codes)
    }

    fn count(
        &self,
        address: IpAddr,
        now: Instant,
        which: impl Fn(&Day) -> &DefaultKeyedRateLimiter<u64>,
    ) -> Option<u64> {
        self.turn_the_day(now);
        let day = self.day.read().unwrap_or_else(PoisonError::into_inner);
        let key = day.salt.hash_one(address);
        let refused = which(&day).check_key(&key).err()?;
        Some(refused.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }

    fn turn_the_day(&self, now: Instant) {
        let over = |day: &Day| now - day.began > SALT_FOR;
        if over(&self.day.read().unwrap_or_else(PoisonError::into_inner)) {
            let mut day = self.day.write().unwrap_or_else(PoisonError::into_inner);
            if over(&day) {
                *day = Day::new(now);
            }
        }
    }
}

/// The address that a request comes from: used for [`Limits`], kept and logged nowhere.
pub fn address(app: &App, headers: &HeaderMap, connection: Option<SocketAddr>) -> Option<IpAddr> {
    let forwarded = || {
        let list = headers.get("x-forwarded-for")?.to_str().ok()?;
        list.rsplit(',').next()?.trim().parse().ok()
    };
    let own = connection.map(|connection| connection.ip());
    if app.behind_proxy { forwarded().or(own) } else { own }
}

/// Refuses whoever sends too much, with the seconds to wait.
pub async fn limit(State(app): State<App>, visitor: Visitor, request: Request, next: Next) -> Response {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let Some(address) = address(&app, request.headers(), connection) else { return next.run(request).await };
    let now = app.rooms.clock().now();
    let json = wants_json(request.headers());
    let too_many = |seconds: u64| {
        let page = failed(&app, &visitor, json, ErrorKind::TooMany, "TooMany");
        ([(header::RETRY_AFTER, seconds.to_string())], page).into_response()
    };
    if let Some(seconds) = app.limits.request(address, now) {
        return too_many(seconds);
    }
    let names_a_code = ["/s/", "/j/"].iter().any(|start| request.uri().path().starts_with(start));
    let response = next.run(request).await;
    if names_a_code && response.status() == StatusCode::NOT_FOUND {
        return app.limits.wrong_code(Some(address), now).map_or(response, too_many);
    }
    response
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

/// Headers of every answer. Pages have their own script policy; everything else may do nothing.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: with it browsers say `Origin: null` of our own plain forms.
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), interest-cohort=()");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
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

    const NOW: Instant = Instant(0);

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    /// What two thousand phones behind one address send when a poll opens: the page, its part, the feed, five ballots
    /// within five seconds, and the part with the results.
    #[test]
    fn a_hall_behind_one_address_is_no_flood_and_a_flood_is_refused_for_its_address_alone() {
        let limits = Limits::new(NOW);
        assert_eq!((0..2_000 * 9).find_map(|_| limits.request(address(1), NOW)), None);
        // The rest of the burst and what was refilled meanwhile are used up long before this.
        let wait = (0..1_000_000).find_map(|_| limits.request(address(1), NOW));
        assert_eq!(wait, Some(1), "the flood waits, and is told for how long");
        assert_eq!(limits.request(address(2), NOW), None, "nobody else waits");
    }

    #[test]
    fn codes_cannot_be_tried_out() {
        let limits = Limits::new(NOW);
        let tried = (0..1_000).take_while(|_| limits.wrong_code(Some(address(1)), NOW).is_none()).count();
        assert!((60..100).contains(&tried), "{tried}");
    }

    #[test]
    fn a_new_day_remembers_nothing_of_the_last() {
        let limits = Limits::new(NOW);
        while limits.wrong_code(Some(address(1)), NOW).is_none() {}
        assert_eq!(limits.wrong_code(Some(address(1)), NOW + SALT_FOR + Span(1)), None);
    }
}
