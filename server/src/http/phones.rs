//! Phones' identities (`G3`): minted by the server when a page is looked at, keyed, and bounded for each address.
//!
//! A token is `secret` (64 hex), the instant of its minting (12 hex), `k` for *known* or `n` for *new*, and 32 hex of
//! an HMAC over all of that by the server's key. Whoever invents one, or brings another server's, is nobody. Reading
//! one takes no lock and no look at the store.
//!
//! - A page that is looked at makes a **known** phone, as many for each address as a hall is large ([`HALL`]). One more
//!   is a **new** phone: it may do everything, and stands below the known ones; the next page makes it known, with the
//!   same secret, as soon as its address may have one more.
//! - A press without a token makes a new phone. A few of them ([`STRAYS`]: a program, a browser that forgets) are
//!   treated as known where they write; their ballots are told apart in any case.
//!
//! - Where very many known phones write at once, those that were there before count more: [`Floods`].
//!
//! Addresses are kept as salted hashes, in memory alone, and the salt is forgotten daily (`S13`).

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use hmac::{Hmac, KeyInit, Mac};
use nadwa_domain::{Instant, Span};
use sha2::Sha256;

use crate::edge;
use crate::http::floods::{Flood, Floods, Standing};
use crate::permits::{Origin, OwnTag, Permit};
use crate::rooms::phone::Phone;

/// Known phones of one address: rate and burst. A hall of two thousand stands behind one (NAT), and opens the page
/// again.
const HALL: (u32, u32) = (1, 2_500);
/// Presses of new phones that are treated as known where they write: seconds between two, and at once; for each
/// address, and over all addresses together.
const STRAYS: (u64, u32) = (20, 3);
/// Beyond so many addresses, those are forgotten who may be.
const MOST_KEPT: usize = 50_000;
/// It is looked at once in so long.
const LOOK_EVERY: Span = Span::seconds(1);
/// How long addresses are counted under one salt (`S13`).
const SALT_FOR: Span = Span::minutes(24 * 60);
const SECRET: usize = 64;
/// Characters of a device's secret that are random: more than 150 bits. The others are a MAC that says that it is ours.
const RANDOM_OF_DEVICE: usize = 40;
const MINTED: usize = SECRET + 12;
const SIGNED: usize = MINTED + 1;
/// The length of a token.
const LENGTH: usize = SIGNED + 2 * TAG;
/// Bytes of the HMAC's tag, truncated.
const TAG: usize = 16;

/// Mints tokens and reads them again.
pub struct Phones {
    mac: Hmac<Sha256>,
    day: RwLock<Day>,
    floods: Floods,
}

/// A token and the phone that it stands for.
#[derive(Clone, PartialEq, Eq)]
pub struct Held {
    /// As it stands in the cookie. Never stored, never logged.
    pub token: String,
    /// Whose it is.
    pub phone: Phone,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Held").field(&self.phone.id).finish()
    }
}

struct Day {
    began: Instant,
    salt: RandomState,
    hall: DefaultKeyedRateLimiter<u64>,
    strays: DefaultKeyedRateLimiter<u64>,
    all_strays: DefaultDirectRateLimiter,
    /// When it was last looked at who may be forgotten, in milliseconds.
    looked: AtomicI64,
}

impl Day {
    fn new(began: Instant) -> Self {
        let positive = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let hall = Quota::per_second(positive(HALL.0)).allow_burst(positive(HALL.1));
        let strays = Quota::with_period(std::time::Duration::from_secs(STRAYS.0))
            .unwrap_or(Quota::per_minute(NonZeroU32::MIN))
            .allow_burst(positive(STRAYS.1));
        Self {
            began,
            salt: RandomState::new(),
            hall: RateLimiter::keyed(hall),
            strays: RateLimiter::keyed(strays),
            all_strays: RateLimiter::direct(strays),
            looked: AtomicI64::new(began.0),
        }
    }

    /// Beyond so many addresses, those are forgotten that have been silent long enough to have their whole share again.
    /// Looking through all of them has its price: it is paid once in a while, whichever way the clock jumps.
    fn forget_the_silent(&self, now: Instant) {
        let looked = self.looked.load(Ordering::Relaxed);
        let due = (now.0 - looked).abs() >= LOOK_EVERY.0;
        if !due || self.looked.compare_exchange(looked, now.0, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        for limiter in [&self.hall, &self.strays] {
            if limiter.len() > MOST_KEPT {
                limiter.retain_recent();
            }
        }
    }
}

impl Phones {
    /// With the server's key.
    #[must_use]
    pub fn new(key: &str, now: Instant) -> Self {
        let mac = Hmac::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
        Self { mac, day: RwLock::new(Day::new(now)), floods: Floods::default() }
    }

    /// The phone of a token; nothing if it is not one of ours.
    #[must_use]
    pub fn verify(&self, token: &str) -> Option<Held> {
        if token.len() != LENGTH || !token.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'n')) {
            return None;
        }
        let (signed, tag) = token.split_at(SIGNED);
        self.tagged(signed).verify_truncated_left(&bytes(tag)?).ok()?;
        let minted = Instant(i64::from_str_radix(&signed[SECRET..MINTED], 16).ok()?);
        let since = signed.ends_with('k').then_some(minted);
        Some(Held { token: token.to_owned(), phone: Phone::of_secret(&signed[..SECRET], since) })
    }

    /// Mints a phone for a page that is looked at: known, or new if its address has had its share. `held` is the new
    /// phone that looks, if it has a token already: it stays the same phone.
    #[must_use]
    pub fn mint(&self, from: Origin, held: Option<&Held>, now: Instant) -> Held {
        let known = self.counted(from, now, |day, key| day.hall.check_key(&key).is_ok()).unwrap_or(true);
        match held {
            Some(held) if !known => held.clone(),
            Some(held) => self.sign(&held.token[..SECRET], now, true),
            None => self.sign(&edge::fresh_secret(), now, known),
        }
    }

    /// Mints a phone for a press that came without one: new.
    #[must_use]
    pub fn mint_new(&self, now: Instant) -> Held {
        self.sign(&edge::fresh_secret(), now, false)
    }

    /// How what a phone writes stands among what others write (`G3`).
    #[must_use]
    pub fn standing(&self, phone: &Phone, flood: Flood, from: Origin, now: Instant) -> Standing {
        let stray = |day: &Day, key| day.strays.check_key(&key).is_ok() && day.all_strays.check().is_ok();
        let standing = match phone.since {
            None => self.counted(from, now, stray).map(|alone| Standing { alone, after: 0 }),
            Some(since) => self.counted(from, now, |_, address| self.floods.stands(flood, address, since, now)),
        };
        standing.unwrap_or(Standing { alone: true, after: 0 })
    }

    /// The secret of a new device that shows a pass: no longer than any, and known as ours by its second part, so that
    /// whoever invents one makes no node read what others have written (`G12`).
    #[must_use]
    pub fn device_secret(&self) -> String {
        let secret = edge::fresh_secret();
        let (random, _) = secret.split_at(RANDOM_OF_DEVICE);
        let tag = self.device_tag(random).finalize().into_bytes();
        format!("{random}{}", edge::hex(&tag[..(SECRET - RANDOM_OF_DEVICE) / 2]))
    }

    /// Whether a server with this key made a device's secret. Early versions made others: those are known anyway.
    #[must_use]
    pub fn made(&self, secret: &str) -> bool {
        looks_like_a_secret(secret) && {
            let (random, tag) = secret.split_at(RANDOM_OF_DEVICE);
            bytes(tag).is_some_and(|tag| self.device_tag(random).verify_truncated_left(&tag).is_ok())
        }
    }

    fn device_tag(&self, random: &str) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(b"device\0");
        mac.update(random.as_bytes());
        mac
    }

    /// A derived key for another purpose: to encrypt what only this server may decrypt.
    #[must_use]
    pub fn key_for(&self, purpose: &str) -> [u8; 32] {
        let mut mac = self.mac.clone();
        mac.update(b"key for\0");
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Whether this is the derived key for a purpose, as hex; in constant time.
    #[must_use]
    pub fn is_key_for(&self, purpose: &str, hex: &str, _: Permit<OwnTag>) -> bool {
        let mut mac = self.mac.clone();
        mac.update(b"key for\0");
        mac.update(purpose.as_bytes());
        bytes(hex).is_some_and(|key| mac.verify_slice(&key).is_ok())
    }

    fn sign(&self, secret: &str, now: Instant, known: bool) -> Held {
        let signed = format!("{secret}{:012x}{}", now.0.clamp(0, 0xffff_ffff_ffff), if known { 'k' } else { 'n' });
        let tag = self.tagged(&signed).finalize().into_bytes();
        let token = tag.iter().take(TAG).fold(signed, |mut token, byte| {
            use std::fmt::Write;
            // Writing into a String cannot fail.
            let _ = write!(token, "{byte:02x}");
            token
        });
        Held { phone: Phone::of_secret(secret, known.then_some(now)), token }
    }

    fn tagged(&self, signed: &str) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(b"phone\0");
        mac.update(signed.as_bytes());
        mac
    }

    /// Counts one of an address. Whoever has none is not counted.
    fn counted<T>(&self, from: Origin, now: Instant, within: impl Fn(&Day, u64) -> T) -> Option<T> {
        let address = from.0?;
        let over = |day: &Day| now - day.began > SALT_FOR;
        if over(&self.day.read().unwrap_or_else(PoisonError::into_inner)) {
            let mut day = self.day.write().unwrap_or_else(PoisonError::into_inner);
            if over(&day) {
                *day = Day::new(now);
            }
        }
        let day = self.day.read().unwrap_or_else(PoisonError::into_inner);
        day.forget_the_silent(now);
        Some(within(&day, day.salt.hash_one(address)))
    }
}

/// Whether this could be a device's secret.
#[must_use]
pub fn looks_like_a_secret(text: &str) -> bool {
    text.len() == SECRET && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Bytes of lower-case hex.
#[must_use]
pub fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    hex.as_bytes().chunks(2).map(|two| u8::try_from(digit(two[0])? * 16 + digit(*two.get(1)?)?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    const NOW: Instant = Instant(1_700_000_000_000);

    fn phones() -> Phones {
        Phones::new("a key", NOW)
    }

    fn hall(last: u8) -> Origin {
        Origin::of(Some(IpAddr::from([10, 0, 0, last])))
    }

    #[test]
    fn a_token_is_the_same_phone_at_every_node_that_has_the_key_and_nobody_elsewhere() {
        let held = phones().mint(hall(1), None, NOW);
        assert_eq!(phones().verify(&held.token), Some(held.clone()));
        assert_eq!(held.phone.since, Some(NOW));
        assert_eq!(Phones::new("another key", NOW).verify(&held.token), None);
    }

    #[test]
    fn whatever_is_changed_in_a_token_makes_it_nobodys() {
        let held = phones().mint_new(NOW);
        for place in 0..held.token.len() {
            let letters: Vec<char> = held.token.chars().collect();
            for other in ['0', 'a', 'k', 'n', 'é'] {
                if letters[place] != other {
                    let mut letters = letters.clone();
                    letters[place] = other;
                    assert_eq!(phones().verify(&letters.iter().collect::<String>()), None, "{place} {other}");
                }
            }
        }
        let longer = "9".repeat(60_000);
        for invented in ["", "0", &"a".repeat(64), &"0".repeat(LENGTH), &"ن".repeat(60), longer.as_str()] {
            assert_eq!(phones().verify(invented), None);
        }
    }

    #[test]
    fn a_devices_secret_is_known_as_ours_and_an_invented_one_is_not() {
        let secret = phones().device_secret();
        assert!(phones().made(&secret) && !Phones::new("another key", NOW).made(&secret));
        let (other, long) = (edge::fresh_secret(), "f".repeat(60_000));
        for invented in ["", "x", &secret[1..], &secret.to_uppercase(), &other, &"ن".repeat(32), &long] {
            assert!(!phones().made(invented), "{invented}");
        }
    }

    #[test]
    fn a_hall_behind_one_address_is_known_at_once_and_what_a_flood_brings_besides_is_new() {
        let phones = phones();
        let known = |from| phones.mint(from, None, NOW).phone.since.is_some();
        assert!((0..2_000).all(|_| known(hall(1))), "two thousand at once");
        let more = (0..20_000).filter(|_| known(hall(1))).count();
        assert!(more < 1_000, "{more}");
        assert!(known(hall(2)), "nobody else's share is used up");
    }

    #[test]
    fn a_new_phone_that_looks_at_a_page_becomes_known_and_stays_the_same() {
        let phones = phones();
        let new = phones.mint_new(NOW);
        assert_eq!(new.phone.since, None);
        let known = phones.mint(hall(1), Some(&new), NOW + Span(5));
        assert_eq!((known.phone.id, known.phone.since), (new.phone.id, Some(NOW + Span(5))));
    }

    #[test]
    fn a_stray_writes_as_anybody_and_many_stand_below() {
        let phones = phones();
        let below = |from| !phones.standing(&phones.mint_new(NOW).phone, Flood::Calls, from, NOW).alone;
        let first: Vec<bool> = (0..20).map(|_| below(hall(1))).collect();
        assert_eq!(first.iter().filter(|below| !**below).count(), 3, "{first:?}");
        assert!(below(hall(2)), "addresses without number are of no use");
        let known = phones.mint(hall(1), None, NOW).phone;
        assert!(phones.standing(&known, Flood::Calls, hall(1), NOW).alone);
    }

    #[test]
    fn a_new_day_remembers_nothing_of_the_last() {
        let phones = phones();
        while phones.mint(hall(1), None, NOW).phone.since.is_some() {}
        let tomorrow = NOW + SALT_FOR + Span(1);
        assert!(phones.mint(hall(1), None, tomorrow).phone.since.is_some());
    }
}
