//! A secret is looked at only with a permit (`G1`).
//!
//! Whatever compares what somebody sent with a secret takes a [`Permit`] of the secret's own kind, and there is no other
//! way to one than [`Permits`]: code that forgets it does not compile. A refused permit means that nothing was compared.
//! A right secret gives its permit back, so that only wrong ones use anything up.
//!
//! **Short secrets** are typed, so they could be tried out. Each wrong one uses up a permit of whoever sent it, of their
//! address and of all addresses together. What is shared is shared fairly: whoever has tried more that was wrong leaves
//! more over for others ([`Mistakes`]), among the phones of an address, and among addresses. So neither a flood from many
//! addresses nor somebody behind the hall's own keeps those waiting who mistype now and then.
//!
//! Behind one address stand the phones that looked at a page (`phones.rs`), each counted for itself, and, counted as one,
//! everybody who brings no phone's token.
//!
//! **Long secrets** (links, QR codes: 120 random bits and more) need no counting to be safe: at a thousand million
//! guesses a second nobody finds one. Were they counted, anybody could lock a hall's cards by sending wrong links. They
//! take a permit all the same, so that a secret which becomes short some day is not forgotten.

pub mod buckets;
mod rules;

use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};

use nadwa_domain::conference::code::MayLook;
use nadwa_domain::ids::PhoneId;
use nadwa_domain::{Instant, Span};

use crate::costly::{Busy, Queue};
use crate::edge::Clock;

use buckets::{Buckets, Mistakes, Shared, Wait};
use rules::{RULES, Rule, STRANGERS_STEP_BACK};

/// How long addresses are counted under one salt (`S13`).
const SALT_FOR: Span = Span::minutes(24 * 60);

/// A kind of secret.
pub trait Secret {
    /// Its place among the rules; nothing for long ones.
    const COUNTED: Option<usize>;
}

/// A kind that is too long to be tried out.
pub trait Long: Secret {}

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident: $place:expr),*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}
        impl Secret for $name {
            const COUNTED: Option<usize> = $place;
        }
    )*};
}

secrets! {
    /// The number on a child's card.
    CardNumber: Some(0),
    /// The shorter number on a card that an earlier version printed.
    OldCardNumber: Some(1),
    /// The code by which phones find a session, and whatever else stands in its place in an address.
    JoinCode: Some(2),
    /// The code of a seat.
    SeatCode: Some(3),
    /// An organizer's phrase.
    Phrase: Some(4),
    /// The number on a receipt (`R1`).
    ReceiptNumber: Some(5),
    /// The link of a card or a pass, also as a QR code.
    CardLink: None,
    /// The link by which an empty conference is set up.
    SetUpLink: None,
    /// What one tablet shows to the one that takes over.
    Handover: None,
    /// A form of the ballot box: whoever knows it could ask whether a ballot came from it.
    BoxForm: None,
    /// What a device with a pass is known by.
    DeviceSecret: None,
    /// What a rehearsal's addresses hold in place of a session's code.
    RehearsalCode: None,
    /// By which a pass that waits for another to leave a device is taken.
    WaitingPass: None,
    /// A message authentication code of ours, which comes back in a cookie or with a letter.
    OwnTag: None
}

impl Long for CardLink {}
impl Long for SetUpLink {}
impl Long for Handover {}
impl Long for BoxForm {}
impl Long for DeviceSecret {}
impl Long for RehearsalCode {}
impl Long for WaitingPass {}
impl Long for OwnTag {}

/// A number that a child types from a card.
pub trait OnCards: Secret {
    /// So many digits.
    const DIGITS: usize;
}

impl OnCards for CardNumber {
    const DIGITS: usize = rules::CARD_DIGITS;
}

impl OnCards for OldCardNumber {
    const DIGITS: usize = rules::OLD_CARD_DIGITS;
}

/// An address as it is counted; nothing where there is none (tests without a connection).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin(pub(crate) Option<IpAddr>);

impl Origin {
    /// IPv4 whole, IPv6 by the prefix that one household or hall is given.
    #[must_use]
    pub fn of(address: Option<IpAddr>) -> Self {
        Self(address.map(|address| match address.to_canonical() {
            IpAddr::V6(v6) => {
                let prefix = u128::from(v6) >> 64 << 64;
                IpAddr::V6(prefix.into())
            }
            v4 @ IpAddr::V4(_) => v4,
        }))
    }
}

/// Whoever sends a secret, as far as wrong ones are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    pub from: Origin,
    /// The phone, if the server minted it when it looked at a page.
    pub phone: Option<PhoneId>,
}

/// May look at one secret of a kind, once.
#[derive(Debug)]
#[must_use = "a permit that is not used was taken away from somebody"]
pub struct Permit<S> {
    drawn: Option<Drawn>,
    over: Option<Wait>,
    kind: PhantomData<fn() -> S>,
}

/// Where a permit came from.
#[derive(Debug)]
struct Drawn {
    day: Arc<Day>,
    place: usize,
    keys: Keys,
}

impl<S: Secret> Permit<S> {
    /// What was found by the secret, if it was right: then the permit goes back.
    pub fn judge<T>(self, found: Option<T>) -> Option<T> {
        if let (Some(_), Some(drawn)) = (&found, self.drawn) {
            drawn.day.kinds[drawn.place].was_right(drawn.keys);
        }
        found
    }
}

impl<S> Permit<S> {
    /// Nothing was looked at.
    fn put_back(self) {
        if let Some(drawn) = self.drawn {
            drawn.day.kinds[drawn.place].give_back(drawn.keys);
        }
    }
}

impl Permit<JoinCode> {
    /// How long whoever was wrong waits before another wrong one is answered as such.
    #[must_use]
    pub const fn over(&self) -> Option<Wait> {
        self.over
    }
}

impl<S: Long> Permit<S> {
    /// For a long secret, whoever asks.
    pub const fn long() -> Self {
        Self { drawn: None, over: None, kind: PhantomData }
    }
}

impl Permit<ReceiptNumber> {
    /// For a number that follows from the caller's own phone: nobody has guessed it.
    pub const fn own() -> Self {
        Self { drawn: None, over: None, kind: PhantomData }
    }
}

impl MayLook for Permit<JoinCode> {}

/// Every bucket of permits. Addresses are kept as salted hashes, in memory alone, and the salt is forgotten daily
/// (`S13`).
#[derive(Debug)]
pub struct Permits {
    day: RwLock<Arc<Day>>,
}

#[derive(Debug)]
struct Day {
    began: Instant,
    salt: RandomState,
    kinds: [Kind; RULES.len()],
}

/// The buckets of one kind.
#[derive(Debug)]
struct Kind {
    phone: Buckets,
    phones: Buckets,
    strangers: Buckets,
    all: Shared,
}

/// A caller as it is counted.
#[derive(Clone, Copy, Debug)]
struct Keys {
    address: u64,
    phone: Option<u64>,
}

impl Kind {
    fn new(rule: Rule) -> Self {
        Self {
            phone: Buckets::new(rule.phone),
            phones: Buckets::new(rule.phones),
            strangers: Buckets::new(rule.strangers),
            all: Shared::new(rule.all),
        }
    }

    /// A permit of the caller's own, of its address, and of all together: all or none.
    fn take(&self, keys: Keys, now: Instant) -> Result<(), Wait> {
        let own =
            keys.phone.map_or(Ok(Mistakes::default()), |phone| self.phone.take(phone, Mistakes::default(), now))?;
        let before = self.of_address(keys).take(keys.address, own, now).inspect_err(|_| self.give_back_own(keys))?;
        let before = if keys.phone.is_some() { before } else { before.and(STRANGERS_STEP_BACK) };
        self.all.take(before, now).inspect_err(|_| {
            self.give_back_own(keys);
            self.of_address(keys).give_back(keys.address);
        })
    }

    fn was_right(&self, keys: Keys) {
        if let Some(phone) = keys.phone {
            self.phone.was_right(phone);
        }
        self.of_address(keys).was_right(keys.address);
        self.all.give_back();
    }

    /// Nothing was looked at.
    fn give_back(&self, keys: Keys) {
        self.give_back_own(keys);
        self.of_address(keys).give_back(keys.address);
        self.all.give_back();
    }

    fn give_back_own(&self, keys: Keys) {
        if let Some(phone) = keys.phone {
            self.phone.give_back(phone);
        }
    }

    const fn of_address(&self, keys: Keys) -> &Buckets {
        if keys.phone.is_some() { &self.phones } else { &self.strangers }
    }
}

impl Day {
    fn new(began: Instant) -> Self {
        Self { began, salt: RandomState::new(), kinds: RULES.map(Kind::new) }
    }
}

impl Permits {
    /// Nobody has tried anything yet.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { day: RwLock::new(Arc::new(Day::new(now))) }
    }

    /// A permit to look at one secret.
    ///
    /// # Errors
    /// [`Wait`] if the caller, its address, or all together have sent too many wrong ones: nothing may be compared.
    pub fn take<S: Secret>(&self, caller: Caller, now: Instant) -> Result<Permit<S>, Wait> {
        let Some(place) = S::COUNTED else { return Ok(Permit { drawn: None, over: None, kind: PhantomData }) };
        let day = self.today(now);
        let keys = Keys {
            address: day.salt.hash_one(caller.from),
            phone: caller.phone.map(|phone| day.salt.hash_one(phone.0)),
        };
        day.kinds[place].take(keys, now)?;
        Ok(Permit { drawn: Some(Drawn { day, place, keys }), over: None, kind: PhantomData })
    }

    /// A permit for a session's code that stands in an address, or beside something that must not wait. The code of a
    /// session is on the hall's wall and in the programme, and a hall of newcomers opens its page at once behind one
    /// address: a right one never waits, and it is only a wrong one that is answered by [`Permit::over`].
    pub fn for_address(&self, caller: Caller, now: Instant) -> Permit<JoinCode> {
        self.take(caller, now).unwrap_or_else(|over| Permit { drawn: None, over: Some(over), kind: PhantomData })
    }

    /// Looks at a secret that takes long to compare: apart from everybody else's requests, when its turn has come.
    /// The permit is taken then, so that many right ones at once wait for each other and are not refused; whoever would
    /// be refused now has no place in the queue.
    ///
    /// # Errors
    /// [`Wait`] as for [`Self::take`], or if the queue is full.
    pub async fn look<S: Secret + 'static, T: Send + 'static>(
        &self,
        queue: &Queue,
        (caller, clock): (Caller, &Clock),
        compare: impl FnOnce(Permit<S>) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>, Wait> {
        self.take::<S>(caller, clock.now())?.put_back();
        let turn = queue.turn().await.map_err(|Busy| Wait::A_MOMENT)?;
        let permit = self.take(caller, clock.now())?;
        let looking = tokio::task::spawn_blocking(move || {
            let found = compare(permit);
            drop(turn);
            found
        });
        looking.await.map_err(|_| Wait::A_MOMENT)
    }

    fn today(&self, now: Instant) -> Arc<Day> {
        let over = |day: &Day| now - day.began > SALT_FOR;
        let day = Arc::clone(&self.day.read().unwrap_or_else(PoisonError::into_inner));
        if !over(&day) {
            return day;
        }
        let mut day = self.day.write().unwrap_or_else(PoisonError::into_inner);
        if over(&day) {
            *day = Arc::new(Day::new(now));
        }
        Arc::clone(&day)
    }
}

#[cfg(test)]
mod tests;
