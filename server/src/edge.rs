//! The edge of the pure world: the only file of the server that reads the time, makes ids and draws secrets.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nadwa_domain::{Instant, Span};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How long after the epoch a file was changed last, by the clock of its disk.
pub fn changed(file: &std::fs::Metadata) -> Option<Duration> {
    file.modified().ok()?.duration_since(UNIX_EPOCH).ok()
}

/// The server's clock: the wall's time at start, moved on by a monotonic clock, so that a corrected wall clock cannot
/// make a speech jump; and put forward where it was behind (`rooms/clocks.rs`). Tests set it by hand.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    System { wall: i64, started: std::time::Instant, awake: Option<i64>, forward: Arc<Forward> },
    ByHand(Arc<AtomicI64>),
}

/// By how much a clock was put forward, in milliseconds.
#[derive(Debug, Default)]
struct Forward {
    all: AtomicI64,
    /// Of that, since the machine slept.
    slept: AtomicI64,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        let (started, awake, forward) = (std::time::Instant::now(), awake(), Arc::default());
        Self(Kind::System { wall: wall(), started, awake, forward })
    }

    /// A clock that stands still until it is moved.
    #[must_use]
    pub fn by_hand(at: Instant) -> Self {
        Self(Kind::ByHand(Arc::new(AtomicI64::new(at.0))))
    }

    /// The instant now.
    #[must_use]
    pub fn now(&self) -> Instant {
        match &self.0 {
            Kind::System { wall, started, forward, .. } => Instant(
                wall.saturating_add(millis(started.elapsed())).saturating_add(forward.all.load(Ordering::SeqCst)),
            ),
            Kind::ByHand(at) => Instant(at.load(Ordering::SeqCst)),
        }
    }

    /// Puts it forward; it never goes back.
    pub fn put_forward(&self, by: Span) {
        let forward = match &self.0 {
            Kind::System { forward, .. } => &forward.all,
            Kind::ByHand(at) => at,
        };
        forward.fetch_add(by.0.max(0), Ordering::SeqCst);
    }

    /// By how much the machine's clock is ahead of this one; nothing for one that is set by hand.
    #[must_use]
    pub fn wall_is_ahead(&self) -> Span {
        match &self.0 {
            Kind::System { .. } => Instant(wall()) - self.now(),
            Kind::ByHand(_) => Span::ZERO,
        }
    }

    /// A monotonic clock stands still while a laptop sleeps: puts this one forward by as long as that took since it was
    /// last looked, and says how long that was.
    #[must_use]
    pub fn make_up_for_sleep(&self) -> Span {
        let Kind::System { started, awake: Some(at_start), forward, .. } = &self.0 else { return Span::ZERO };
        let Some(up) = awake() else { return Span::ZERO };
        let slept = up - at_start - millis(started.elapsed());
        let more = slept - forward.slept.load(Ordering::SeqCst);
        // What the two differ by besides is rounding.
        if more < LEAST_SLEEP {
            return Span::ZERO;
        }
        forward.slept.fetch_add(more, Ordering::SeqCst);
        self.put_forward(Span(more));
        Span(more)
    }

    /// Moves a clock that is set by hand; a system clock takes no notice.
    pub fn advance(&self, millis: i64) {
        if let Kind::ByHand(at) = &self.0 {
            at.fetch_add(millis, Ordering::SeqCst);
        }
    }
}

/// A shorter sleep is none.
const LEAST_SLEEP: i64 = 2_000;

fn wall() -> i64 {
    millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// Milliseconds since the machine was started, sleep included, where the system says so.
fn awake() -> Option<i64> {
    let said = std::fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, parts) = said.split_whitespace().next()?.split_once('.')?;
    let hundredths: i64 = format!("{parts:0<2}").get(..2)?.parse().ok()?;
    seconds.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(hundredths * 10)
}

/// Whether nobody has written to a file for so long, or longer.
#[must_use]
pub fn is_older(file: &std::fs::Metadata, than: Duration) -> bool {
    let written = file.modified().ok();
    written.and_then(|written| written.elapsed().ok()).is_some_and(|since| since >= than)
}

/// A fresh id: random, so that it can be guessed from nothing.
#[must_use]
pub fn fresh_id() -> Uuid {
    Uuid::new_v4()
}

/// The id of something that has a name elsewhere: the same for the same name, and of a kind that [`fresh_id`] never is.
#[must_use]
pub fn id_of(what: &str, name: &str) -> Uuid {
    let digest = Sha256::new().chain_update(what).chain_update([0]).chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Whether an id was made by [`id_of`].
#[must_use]
pub fn is_derived(id: Uuid) -> bool {
    id.get_version() == Some(uuid::Version::Custom)
}

/// A secret for a link or a cookie: 244 random bits in letters and digits.
#[must_use]
pub fn fresh_secret() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

/// The number of a child's card: so many random digits, easy to read out in any language. How many it takes that nobody
/// finds one by trying is reckoned in `permits/rules.rs`.
#[must_use]
pub fn fresh_card_number(digits: usize) -> String {
    // A v4 id has 122 random bits: their remainder by ten has no bias that counts.
    (0..digits).map(|_| char::from(b'0' + u8::try_from(below(10)).unwrap_or(0))).collect()
}

/// A join code that nobody has: six random digits.
#[must_use]
pub fn fresh_join_code() -> String {
    format!("{:06}", below(1_000_000))
}

/// Salt for a secret's hash.
#[must_use]
pub fn fresh_salt() -> [u8; 16] {
    *Uuid::new_v4().as_bytes()
}

/// A random number below `end`, of 122 random bits: the bias of the remainder is negligible.
#[must_use]
pub fn below(end: u64) -> u64 {
    u64::try_from(Uuid::new_v4().as_u128() % u128::from(end.max(1))).unwrap_or(0)
}

/// SHA-256 in hex: what is kept of a pass's secret.
#[must_use]
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Bytes in hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // Writing into a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// An id that follows from its parts and leads back to none of them.
#[must_use]
pub fn derived_id(purpose: &str, parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(purpose.as_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let bytes: [u8; 32] = hash.finalize().into();
    let mut first = [0; 16];
    first.copy_from_slice(&bytes[..16]);
    uuid::Builder::from_custom_bytes(first).into_uuid()
}
