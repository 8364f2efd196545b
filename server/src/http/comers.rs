//! Rate limits: how much whoever comes may ask for, and how many streams may be open at once (`G4`).
//!
//! Three kinds of comers, and none uses up what another needs, though a whole hall stands behind one address:
//!
//! - **Holders** of a pass that works have a token bucket of their own each. A child's console shares with nobody.
//! - **Phones** whose token is ours: a known one has a little of its own, which is more than a person presses; what goes
//!   beyond it, and what new phones ask for, comes out of a bucket that the phones of an address share.
//! - **Everybody else** of an address shares one. When somebody has used that up, the first requests of each connection
//!   come out of another: whoever has just arrived sees the page, though a device beside them floods.
//!
//! The way to help is outside all of this. Devices and addresses are kept as salted hashes, in memory alone, and the
//! salt is forgotten daily (`S13`).

mod streams;

use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Body;
use axum::http::{Response, header};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use nadwa_domain::ids::{PassId, PhoneId};
use nadwa_domain::{Instant, Span};

use crate::http::App;
use crate::http::visitor::Visitor;
use crate::permits::Origin;
use streams::{Counted, QUARTERS, Streams};

/// Rate and burst of a bucket.
type Rate = (u32, u32);
/// What a hall behind one address may ask for: two thousand phones that vote five times in as many seconds, and look at
/// the results, are no flood.
const HALL: Rate = (2_500, 20_000);
/// What a known phone has of its own.
const PHONE: Rate = (2, 100);
/// What the first requests of a connection may come out of, and how many of each connection are the first.
const ARRIVING: Rate = (500, 5_000);
const FIRST: Rate = (1, 10);
/// Beyond so many, those are forgotten who have been silent long enough to have their whole share again.
const MOST_KEPT: usize = 50_000;
/// It is looked at once in so long: looking through all of them has its price.
const LOOK_EVERY: Span = Span::seconds(1);
/// How long one salt is used (`S13`).
const SALT_FOR: Span = Span::minutes(24 * 60);

/// Who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comer {
    /// Somebody with a pass that works.
    Holder(PassId),
    /// A phone that looked at a page within its address's share.
    Known(PhoneId),
    /// A phone beyond it, or one that never looked.
    New(PhoneId),
    /// Everybody else.
    Other,
}

impl Comer {
    /// By what the visitor's cookies prove.
    #[must_use]
    pub fn of(app: &App, visitor: &Visitor) -> Self {
        if let Some(pass) = visitor.passes(app).first() {
            return Self::Holder(pass.issued.id);
        }
        match visitor.own_phone() {
            Some(phone) if phone.since.is_some() => Self::Known(phone.id),
            Some(phone) => Self::New(phone.id),
            None => Self::Other,
        }
    }
}

/// The parts of bucket keys, so that no two kinds meet in one bucket.
#[derive(Hash)]
enum Share {
    Holder(PassId),
    Phone(PhoneId),
    Phones(Origin),
    Others(Origin),
    WithoutPass,
    Connection(SocketAddr),
}

struct Day {
    began: Instant,
    salt: RandomState,
    /// Holders, and whoever shares an address.
    hall: DefaultKeyedRateLimiter<u64>,
    /// Known phones.
    phone: DefaultKeyedRateLimiter<u64>,
    /// Connections, and what their first requests share.
    first: DefaultKeyedRateLimiter<u64>,
    arriving: DefaultKeyedRateLimiter<u64>,
}

impl Day {
    fn new(began: Instant) -> Self {
        let limiter = |(per_second, burst): Rate| {
            let positive = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
            RateLimiter::keyed(Quota::per_second(positive(per_second)).allow_burst(positive(burst)))
        };
        let (hall, phone) = (limiter(HALL), limiter(PHONE));
        Self { began, salt: RandomState::new(), hall, phone, first: limiter(FIRST), arriving: limiter(ARRIVING) }
    }

    /// Takes one token; says how many seconds to wait if there is none.
    fn take(&self, limiter: &DefaultKeyedRateLimiter<u64>, share: &Share) -> Result<(), u64> {
        let refused = limiter.check_key(&self.salt.hash_one(share));
        refused.map_err(|until| until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }

    /// Most who are kept were here a moment ago, however many come.
    fn forget(&self) {
        for limiter in [&self.hall, &self.phone, &self.first, &self.arriving] {
            if limiter.len() > MOST_KEPT {
                limiter.retain_recent();
            }
        }
    }
}

/// Everybody who comes.
pub struct Comers {
    day: RwLock<Day>,
    /// When it was last looked at who may be forgotten, in milliseconds.
    looked: AtomicI64,
    streams: Arc<Streams>,
}

impl Comers {
    /// Nobody yet.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { day: RwLock::new(Day::new(now)), looked: AtomicI64::new(now.0), streams: Arc::default() }
    }

    /// So many connections may be open at once.
    pub fn have_places(&self, places: usize) {
        let most = u32::try_from(places / 4).unwrap_or(u32::MAX).saturating_mul(QUARTERS);
        self.streams.without_pass.store(most, Ordering::Relaxed);
    }

    /// Counts a request; `connection` is its own where it says anything: not behind a proxy.
    ///
    /// # Errors
    /// The seconds to wait if there were too many.
    pub fn asks(&self, comer: Comer, address: Origin, connection: Option<SocketAddr>, now: Instant) -> Result<(), u64> {
        self.turn_the_day(now);
        let day = self.day.read().unwrap_or_else(PoisonError::into_inner);
        let looked = self.looked.load(Ordering::Relaxed);
        // Whichever way the clock jumps, it is looked at again.
        let due = (now.0 - looked).abs() >= LOOK_EVERY.0;
        if due && self.looked.compare_exchange(looked, now.0, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            day.forget();
        }
        let shared = |share: &Share| day.take(&day.hall, share);
        match comer {
            Comer::Holder(pass) => shared(&Share::Holder(pass)),
            Comer::Known(phone) if day.take(&day.phone, &Share::Phone(phone)).is_ok() => Ok(()),
            Comer::Known(_) | Comer::New(_) => shared(&Share::Phones(address)),
            Comer::Other => shared(&Share::Others(address)).or_else(|wait| {
                let own = connection.ok_or(wait)?;
                day.take(&day.first, &Share::Connection(own))?;
                day.take(&day.arriving, &Share::Others(address))
            }),
        }
    }

    /// The same answer; if it is a stream, one that is counted for as long as it lasts. Nothing if there are too many.
    #[must_use]
    pub fn answered(&self, comer: Comer, address: Origin, response: Response<Body>) -> Option<Response<Body>> {
        let kind = response.headers().get(header::CONTENT_TYPE);
        if kind.is_none_or(|kind| kind != "text/event-stream") {
            return Some(response);
        }
        let open = self.streams.open(comer, address)?;
        Some(response.map(|body| Body::new(Counted { body, _open: open })))
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

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use uuid::Uuid;

    use super::streams::{OTHER_STREAMS, PHONE_STREAMS};
    use super::*;

    const NOW: Instant = Instant(0);

    fn address(last: u8) -> Origin {
        Origin::of(Some(host(last)))
    }

    fn host(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    fn known(number: u128) -> Comer {
        Comer::Known(PhoneId(Uuid::from_u128(number)))
    }

    fn new(number: u128) -> Comer {
        Comer::New(PhoneId(Uuid::from_u128(number)))
    }

    /// What two thousand phones behind one address send when a poll opens: the page, its part, the feed, five ballots
    /// within five seconds, and the part with the results. Even without a cookie they are no flood.
    #[test]
    fn a_hall_behind_one_address_is_no_flood_and_a_flood_is_refused_for_its_address_alone() {
        let comers = Comers::new(NOW);
        let asks = |address| comers.asks(Comer::Other, address, None, NOW);
        assert_eq!((0..2_000 * 9).find_map(|_| asks(address(1)).err()), None);
        // The rest of the burst and what was refilled meanwhile are used up long before this.
        let wait = (0..1_000_000).find_map(|_| asks(address(1)).err());
        assert_eq!(wait, Some(1), "the flood waits, and is told for how long");
        assert_eq!(asks(address(2)), Ok(()), "nobody else waits");
    }

    #[test]
    fn two_thousand_phones_behind_one_address_with_page_feed_parts_and_ballot_at_once_never_wait() {
        let comers = Comers::new(NOW);
        let asks = |comer| comers.asks(comer, address(1), None, NOW).is_ok();
        let streams: Vec<_> = (0..2_000)
            .map(|number| {
                let phone = known(number);
                assert!(asks(Comer::Other), "the page, before it is known: {number}");
                assert!((0..8).all(|_| asks(phone)), "parts, a ballot, the page anew: {number}");
                comers.streams.open(phone, address(1)).expect("its feed")
            })
            .collect();
        assert_eq!(streams.len(), 2_000);
    }

    #[test]
    fn whoever_floods_an_address_takes_nothing_from_holders_and_known_phones_behind_it() {
        let comers = Comers::new(NOW);
        let asks = |comer| comers.asks(comer, address(1), None, NOW);
        let holder = |number| Comer::Holder(PassId(Uuid::from_u128(number)));
        let floods = |comer: &dyn Fn(u128) -> Comer| (0..1_000_000).any(|number| asks(comer(number)).is_err());
        assert!(floods(&|_| Comer::Other) && floods(&new) && floods(&|_| known(7)) && floods(&|_| holder(7)));
        for round in 0..100 {
            assert_eq!((asks(known(1)), asks(holder(1))), (Ok(()), Ok(())), "{round}");
        }
        assert!((0..10_000).any(|_| asks(known(7)).is_err()), "the flood itself waits");
    }

    #[test]
    fn whoever_has_just_arrived_sees_the_page_though_a_few_connections_beside_them_flood() {
        let comers = Comers::new(NOW);
        let asks = |port| comers.asks(Comer::Other, address(1), Some(SocketAddr::from((host(1), port))), NOW);
        assert!((0..1_000_000).any(|_| asks(1).is_err() && asks(2).is_err()));
        assert!((1_000..1_300).all(|port| asks(port).is_ok()), "three hundred who arrive");
        assert!((0..10_000).any(|_| asks(1).is_err()), "the flood itself waits");
        assert!((10_000..60_000).any(|port| asks(port).is_err()), "connections without number are of no use");
    }

    #[test]
    fn streams_are_bounded_for_each_device_and_address_and_a_hall_has_them_all() {
        let comers = Comers::new(NOW);
        let open = |comer, at| comers.streams.open(comer, address(at));
        let one: Vec<_> = (0..100).map_while(|_| open(known(0), 1)).collect();
        assert_eq!(one.len(), PHONE_STREAMS as usize);
        let hall: Vec<_> = (1..=10_000).filter_map(|number| open(new(number), 1)).collect();
        assert_eq!(hall.len(), 10_000);
        let others: Vec<_> = (0..3_000).map_while(|_| open(Comer::Other, 1)).collect();
        assert_eq!(others.len(), OTHER_STREAMS as usize);
        assert!(open(Comer::Other, 2).is_some() && open(known(20_000), 1).is_some(), "nobody else waits");
        drop((one, hall, others));
        assert!(comers.streams.open.lock().unwrap().is_empty(), "nothing is kept of what has ended");
    }

    /// A household or a hall is given a prefix of 64 bits: its addresses are one (`G1`).
    #[test]
    fn whoever_has_no_pass_takes_no_more_than_three_quarters_of_the_places() {
        let comers = Comers::new(NOW);
        comers.have_places(400);
        let phones = (0..1_000).filter_map(|number| comers.streams.open(known(number), address(1)));
        let held: Vec<_> = phones.collect();
        assert_eq!(held.len(), 300);
        assert!(comers.streams.open(Comer::Other, address(2)).is_none());
        let holder = Comer::Holder(PassId(Uuid::from_u128(1)));
        assert!(comers.streams.open(holder, address(1)).is_some(), "a console is let in");
    }

    #[test]
    fn the_addresses_of_one_ipv6_prefix_share_what_one_address_has() {
        let comers = Comers::new(NOW);
        let open = |prefix: u16, last: u16| {
            let address = Origin::of(Some(IpAddr::from([0x2001, 0xdb8, 7, prefix, 0, 0, 0, last])));
            comers.streams.open(Comer::Other, address)
        };
        let held: Vec<_> = (0..1_300).filter_map(|last| open(7, last)).collect();
        assert_eq!(held.len(), OTHER_STREAMS as usize);
        assert!(open(8, 1).is_some(), "nobody else waits");
    }

    #[test]
    fn many_addresses_take_bounded_memory() {
        let comers = Comers::new(NOW);
        for number in 0..200_000_u32 {
            let (address, now) =
                (Origin::of(Some(IpAddr::from(number.to_be_bytes()))), NOW + Span(i64::from(number / 20)));
            comers.asks(Comer::Other, address, None, now).unwrap();
        }
        let kept = comers.day.read().unwrap().hall.len();
        assert!(kept <= MOST_KEPT + 2 * 20_000, "{kept}");
    }

    #[test]
    fn a_new_day_remembers_nothing_of_the_last() {
        let comers = Comers::new(NOW);
        while comers.asks(Comer::Other, address(1), None, NOW).is_ok() {}
        assert_eq!(comers.asks(Comer::Other, address(1), None, NOW + SALT_FOR + Span(1)), Ok(()));
    }
}
