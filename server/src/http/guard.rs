//! What stands before every handler: security headers, the origin of commands, and a limit for who sends too much
//! ([`comers`](crate::http::comers)) or tries too many secrets.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError, RwLock};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use nadwa_domain::{Instant, Span};

use crate::http::call::{failed, wants_json};
use crate::http::comers::Comer;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};

/// After so many seconds whoever has too many streams may try again.
const STREAM_LATER: u64 = 10;
/// How long a browser that saw TLS here takes nothing else: a year.
const TLS_ALONE: &str = "max-age=31536000";
/// The way to help and what its page loads: never counted (`G4`).
const ALWAYS: [&str; 7] = ["/help", "/healthz", "/start.js", "/exit.js", "/box.js", "/compile.js", "/sw.js"];
/// Wrong secrets of one kind from one address: so many at once, and one more each second after that.
const WRONG_SECRETS: i64 = 60;
/// So many addresses are remembered for their wrong secrets; beyond them all newcomers share one place.
const MOST_ADDRESSES: usize = 100_000;
/// The salt of the hashes lives a day (`S13`).
const SALT_FOR: Span = Span::minutes(24 * 60);

/// Who tries too many secrets. Addresses are kept as salted hashes, in memory alone, and the salt is forgotten daily (`S13`).
pub struct Limits {
    day: RwLock<Day>,
}

/// A kind of secret: whoever guesses one kind leaves the others' tries alone (`G1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretKind {
    /// The code on a card.
    Card,
    /// An organizer's phrase.
    Phrase,
    /// A session's code.
    Session,
}

/// When each address will have paid for its last wrong secret, one a second.
#[derive(Debug, Default)]
struct Wrong {
    paid_at: HashMap<u64, Instant>,
    /// When those who had paid were last forgotten: looking through all of them has its price.
    swept: Instant,
}

struct Day {
    began: Instant,
    salt: RandomState,
    wrong: Mutex<Wrong>,
}

impl Day {
    fn new(began: Instant) -> Self {
        Self { began, salt: RandomState::new(), wrong: Mutex::default() }
    }
}

impl Limits {
    /// Nobody has sent anything yet.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { day: RwLock::new(Day::new(now)) }
    }

    /// Whether a secret of this kind may be looked at for this address; else the seconds to wait. It is asked *before*
    /// anything is compared: whoever must wait learns nothing, not even from a right one (`G1`).
    pub fn must_wait(&self, kind: SecretKind, address: Option<IpAddr>, now: Instant) -> Option<u64> {
        let over = self.owed(kind, address?, now, false).0 - Span::seconds(WRONG_SECRETS).0;
        // One more would be the first that is not paid for.
        u64::try_from(over + 1000).ok().filter(|wait| *wait > 0).map(|wait| wait / 1000 + 1)
    }

    /// Counts a secret that was wrong; a right one costs nothing, however many share an address.
    pub fn was_wrong(&self, kind: SecretKind, address: Option<IpAddr>, now: Instant) {
        if let Some(address) = address {
            self.owed(kind, address, now, true);
        }
    }

    /// How long an address would have to be silent to have paid for its wrong secrets, and for one more.
    fn owed(&self, kind: SecretKind, address: IpAddr, now: Instant, one_more: bool) -> Span {
        self.turn_the_day(now);
        let day = self.day.read().unwrap_or_else(PoisonError::into_inner);
        let mut key = day.salt.hash_one((kind, network(address)));
        let mut wrong = day.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        if !wrong.paid_at.contains_key(&key) && wrong.paid_at.len() >= MOST_ADDRESSES {
            if now - wrong.swept >= Span::seconds(1) {
                wrong.paid_at.retain(|_, paid| *paid > now);
                wrong.swept = now;
            }
            if wrong.paid_at.len() >= MOST_ADDRESSES {
                key = 0;
            }
        }
        let paid = wrong.paid_at.get(&key).copied().unwrap_or(now).max(now);
        // A clock that was set back must not lock anybody out for longer than the longest wait.
        let paid = paid.min(now + Span::seconds(WRONG_SECRETS + 1));
        if one_more {
            wrong.paid_at.insert(key, paid + Span::seconds(1));
        }
        paid - now
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
        // Several lines are one list: only what the operator's own proxy wrote last is true.
        let list = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        list.rsplit(',').next()?.trim().parse().ok()
    };
    let own = connection.map(|connection| connection.ip());
    if app.behind_proxy { forwarded().or(own) } else { own }
}

/// What counts as one: an address, or the network of 64 bits that an IPv6 device is given (`G1`).
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::from((u128::from(address) >> 64 << 64).to_be_bytes()),
        IpAddr::V4(address) => IpAddr::V4(address),
    }
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
    let comer = Comer::of(&app, &visitor);
    if !is_always_answered(request.uri().path())
        && let Err(seconds) = app.comers.asks(comer, address, connection.filter(|_| !app.behind_proxy), now)
    {
        return too_many(seconds);
    }
    let names_a_code = ["/s/", "/j/"].iter().any(|start| request.uri().path().starts_with(start));
    let response = next.run(request).await;
    // A session's code is on the wall: whoever shares an address with a guesser still gets the pages that there are.
    if names_a_code && response.status() == StatusCode::NOT_FOUND {
        if let Some(seconds) = app.limits.must_wait(SecretKind::Session, Some(address), now) {
            return too_many(seconds);
        }
        app.limits.was_wrong(SecretKind::Session, Some(address), now);
    }
    app.comers.answered(comer, address, response).unwrap_or_else(|| too_many(STREAM_LATER))
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

/// Headers of every answer. Pages have their own script policy; everything else may do nothing.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    // What a browser or a proxy may keep says so itself (G6).
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

    const NOW: Instant = Instant(0);

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    #[test]
    fn a_secret_is_not_even_looked_at_after_too_many_wrong_ones_and_right_ones_cost_nothing() {
        let limits = Limits::new(NOW);
        let own = Some(address(1));
        let may = |kind, address| limits.must_wait(kind, address, NOW).is_none();
        let tried =
            (0..1_000).take_while(|_| may(SecretKind::Card, own)).map(|_| limits.was_wrong(SecretKind::Card, own, NOW));
        assert_eq!(tried.count(), 60);
        assert!(limits.must_wait(SecretKind::Card, own, NOW).is_some_and(|wait| wait <= 2));
        assert!(may(SecretKind::Phrase, own), "another kind of secret is another's tries");
        assert!(may(SecretKind::Card, Some(address(2))), "and so is another address");
        assert!((0..1_000).all(|_| may(SecretKind::Session, own)), "who is right never waits");
        assert!(
            limits.must_wait(SecretKind::Card, own, NOW + Span::seconds(3)).is_none(),
            "a moment later it may go on"
        );
        assert!(
            limits.must_wait(SecretKind::Card, own, NOW + Span(-3_600_000)).is_none_or(|wait| wait <= 3),
            "the clock jumps"
        );
    }

    #[test]
    fn an_ipv6_device_is_its_network_and_many_addresses_take_bounded_memory() {
        let limits = Limits::new(NOW);
        let of = |last: u128| Some(IpAddr::from((0x2001_0db8_u128 << 96 | last).to_be_bytes()));
        (0..100).for_each(|last| limits.was_wrong(SecretKind::Card, of(last), NOW));
        assert!(limits.must_wait(SecretKind::Card, of(7_000), NOW).is_some());
        (0..200_000_u128).for_each(|network| limits.was_wrong(SecretKind::Card, of(network << 64), NOW));
        let day = limits.day.read().unwrap_or_else(PoisonError::into_inner);
        assert!(day.wrong.lock().unwrap().paid_at.len() <= MOST_ADDRESSES + 1);
    }

    #[test]
    fn a_new_day_remembers_nothing_of_the_last() {
        let limits = Limits::new(NOW);
        (0..100).for_each(|_| limits.was_wrong(SecretKind::Card, Some(address(1)), NOW));
        assert!(limits.must_wait(SecretKind::Card, Some(address(1)), NOW).is_some());
        assert!(limits.must_wait(SecretKind::Card, Some(address(1)), NOW + SALT_FOR + Span(1)).is_none());
    }
}
