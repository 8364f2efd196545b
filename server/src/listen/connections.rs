//! Every connection, what it is doing, and since when.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

/// The tick of the one timer that watches all time limits.
const TICK: Duration = Duration::from_millis(500);
/// A place that was given up is free within this.
const PLACE_WITHIN: Duration = Duration::from_secs(1);
/// Between two calls of `accept` when the process or the system is out of file descriptors.
const PAUSE: Duration = Duration::from_millis(50);
/// One in so many is closed at once when all places are taken, so that not every new connection has all looked through.
const ONE_IN: usize = 64;
/// A response that is being written is cut only when the peer has read nothing of it for so long.
const STUCK: Duration = Duration::from_secs(2);
/// The operator is told once in so long.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// Time limits of a connection, against slow clients (slowloris). A response has none: a feed lasts as long as a
/// session.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most connections at once.
    pub places: usize,
    /// Until a request head is complete.
    pub head: Duration,
    /// Until its body is, and a second more for each [`Limits::body_rate`] bytes that were received.
    pub body: Duration,
    /// The lowest rate of a large body, in bytes a second.
    pub body_rate: u64,
    /// Keep-alive without a request.
    pub idle: Duration,
    /// Without reading anything of the response.
    pub stalled: Duration,
}

impl Limits {
    /// As they are for everybody, with so many places.
    #[must_use]
    pub const fn with_places(places: usize) -> Self {
        Self {
            places,
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            body_rate: 4096,
            idle: Duration::from_secs(60),
            stalled: Duration::from_secs(30),
        }
    }
}

/// The state of a connection. A number, since it is packed into one atomic with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    /// It has just been accepted, or a request head is being received.
    Head,
    /// Keep-alive: its last request was answered.
    Idle,
    /// A request body is being received.
    Body,
    /// A response is being made or sent.
    Answer,
}

/// What a connection is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    GoOn,
    /// Graceful shutdown: no further request.
    Finish,
    /// It is closed now.
    Cut,
}

/// One connection. Its state is atomics: written at each request, read by the timer.
pub(super) struct Connection {
    number: u64,
    clock: Arc<AtomicU64>,
    /// Since which tick, and what: see [`pack`].
    state: AtomicU64,
    /// Bytes of the body that were received.
    body: AtomicU64,
    /// The tick since which writes have been pending, plus one; 0 if the peer reads.
    stalled: AtomicU64,
    verdict: AtomicU8,
    wake: Notify,
}

const fn pack(since: u64, doing: Doing) -> u64 {
    since << 2 | doing as u64
}

impl Connection {
    fn new(number: u64, clock: Arc<AtomicU64>) -> Self {
        let state = AtomicU64::new(pack(clock.load(Ordering::Relaxed), Doing::Head));
        let (body, stalled, verdict) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU8::new(Verdict::GoOn as u8));
        Self { number, clock, state, body, stalled, verdict, wake: Notify::new() }
    }

    /// Bytes were received: if the connection was idle, a request head begins.
    pub(super) fn hears(&self) {
        if self.state().1 == Doing::Idle {
            self.does(Doing::Head);
        }
    }

    /// A request head is complete.
    pub(super) fn answers(&self) {
        self.body.store(0, Ordering::Relaxed);
        self.does(Doing::Answer);
    }

    /// The handler waits for more of the body.
    pub(super) fn waits_for_body(&self) {
        if self.state().1 == Doing::Answer {
            self.does(Doing::Body);
        }
    }

    /// So many bytes of a body were received.
    pub(super) fn takes_body(&self, bytes: usize) {
        self.body.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// All of a body that will be read was received.
    pub(super) fn has_body(&self) {
        if self.state().1 == Doing::Body {
            self.does(Doing::Answer);
        }
    }

    /// A response was sent.
    pub(super) fn rests(&self) {
        self.does(Doing::Idle);
    }

    /// The write side is shut down; the read side is drained until the peer closes (lingering close).
    pub(super) fn leaves(&self) {
        self.does(Doing::Head);
    }

    /// Does something, unless its time is over before.
    pub(super) async fn unless_cut<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                biased;
                done = work.as_mut() => return Some(done),
                verdict = self.told() => match verdict {
                    Verdict::GoOn => {}
                    // Nothing was begun yet that could be finished.
                    Verdict::Finish | Verdict::Cut => return None,
                },
            }
        }
    }

    /// Whether there is time left to drain.
    pub(super) fn may_linger(&self) -> bool {
        self.verdict() == Verdict::GoOn
    }

    /// Whether a write made progress.
    pub(super) fn writes(&self, taken: bool) {
        let stalled = self.stalled.load(Ordering::Relaxed);
        if taken {
            if stalled != 0 {
                self.stalled.store(0, Ordering::Relaxed);
            }
            // The rest of a long response is still being sent: it is not idle yet.
            if self.state().1 == Doing::Idle {
                self.rests();
            }
        } else if !taken && stalled == 0 {
            self.stalled.store(self.now() + 1, Ordering::Relaxed);
        }
    }

    /// Waits until it is told something.
    pub(super) async fn told(&self) -> Verdict {
        self.wake.notified().await;
        self.verdict()
    }

    fn verdict(&self) -> Verdict {
        match self.verdict.load(Ordering::Acquire) {
            verdict if verdict == Verdict::Cut as u8 => Verdict::Cut,
            verdict if verdict == Verdict::Finish as u8 => Verdict::Finish,
            _ => Verdict::GoOn,
        }
    }

    fn tell(&self, verdict: Verdict) {
        self.verdict.fetch_max(verdict as u8, Ordering::AcqRel);
        self.wake.notify_one();
    }

    fn does(&self, doing: Doing) {
        self.state.store(pack(self.now(), doing), Ordering::Relaxed);
    }

    fn state(&self) -> (u64, Doing) {
        let state = self.state.load(Ordering::Relaxed);
        let doing = [Doing::Head, Doing::Idle, Doing::Body, Doing::Answer].into_iter().find(|d| *d as u64 == state & 3);
        (state >> 2, doing.unwrap_or(Doing::Answer))
    }

    fn now(&self) -> u64 {
        self.clock.load(Ordering::Relaxed)
    }

    fn stuck_for(&self, now: u64) -> Duration {
        let stalled = self.stalled.load(Ordering::Relaxed);
        if stalled == 0 { Duration::ZERO } else { ticks(now.saturating_sub(stalled - 1)) }
    }

    fn is_late(&self, limits: &Limits, now: u64) -> bool {
        let (since, doing) = self.state();
        let lasts = ticks(now.saturating_sub(since));
        let too_long = match doing {
            Doing::Head => lasts > limits.head,
            Doing::Idle => lasts > limits.idle,
            Doing::Body => {
                let came = self.body.load(Ordering::Relaxed);
                lasts > limits.body + Duration::from_secs(came / limits.body_rate.max(1))
            }
            Doing::Answer => false,
        };
        too_long || self.stuck_for(now) > limits.stalled
    }

    /// Who is closed first under load: idle connections, the oldest first; then those that send slowly or do not read.
    /// None whose response makes progress.
    fn rank(&self, now: u64) -> Option<(u8, u64, u64)> {
        let (since, doing) = self.state();
        let is_stuck = self.stuck_for(now) > STUCK;
        let is_writing = self.stalled.load(Ordering::Relaxed) != 0;
        match doing {
            Doing::Head | Doing::Idle if !is_writing => Some((0, since, self.number)),
            Doing::Body => Some((1, since, self.number)),
            Doing::Head | Doing::Idle | Doing::Answer => is_stuck.then_some((1, since, self.number)),
        }
    }
}

fn ticks(ticks: u64) -> Duration {
    TICK * u32::try_from(ticks).unwrap_or(u32::MAX)
}

/// Every connection of one server.
pub struct Connections {
    limits: Limits,
    places: Arc<Semaphore>,
    clock: Arc<AtomicU64>,
    open: Mutex<Open>,
    /// One has ended.
    ended: Notify,
    /// The tick of the last word to the operator, and one.
    told_at: AtomicU64,
}

#[derive(Default)]
struct Open {
    connections: HashMap<u64, Arc<Connection>>,
    came: u64,
    /// Graceful shutdown: no further request.
    ending: bool,
}

impl Connections {
    /// None yet.
    #[must_use]
    pub fn new(limits: Limits) -> Arc<Self> {
        let (open, ended) = (Mutex::default(), Notify::new());
        let (places, clock, told_at) = (Arc::new(Semaphore::new(limits.places)), Arc::default(), AtomicU64::new(0));
        Arc::new(Self { limits, places, clock, open, ended, told_at })
    }

    /// Runs the timer until the stop.
    pub async fn keep_time(self: Arc<Self>, stop: CancellationToken) {
        let mut tick = tokio::time::interval(TICK);
        // After a standstill of the whole machine nobody is late whose bytes could not be read.
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = tick.tick() => {}
            }
            self.step();
        }
    }

    /// One tick: connections past their time limit are closed.
    pub(super) fn step(&self) {
        let now = self.clock.fetch_add(1, Ordering::Relaxed) + 1;
        let open = self.open();
        let late = open.connections.values().filter(|connection| connection.is_late(&self.limits, now));
        late.for_each(|connection| connection.tell(Verdict::Cut));
    }

    /// A place for one more connection; if all are taken, idle ones are closed. Nothing if there is none to close.
    pub(super) async fn enter(self: &Arc<Self>) -> Option<Place> {
        let places = Arc::clone(&self.places);
        let permit = match Arc::clone(&places).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                self.shed("every place is taken: connections that do nothing are closed, the oldest first");
                tokio::time::timeout(PLACE_WITHIN, places.acquire_owned()).await.ok()?.ok()?
            }
        };
        let mut open = self.open();
        let number = open.came;
        open.came += 1;
        let connection = Arc::new(Connection::new(number, Arc::clone(&self.clock)));
        if open.ending {
            connection.tell(Verdict::Finish);
        }
        open.connections.insert(number, Arc::clone(&connection));
        drop(open);
        Some(Place { connection, all: Arc::clone(self), _permit: permit })
    }

    /// Out of file descriptors: idle connections are closed, and `accept` is tried again.
    pub(super) async fn cannot_accept(&self) {
        self.shed("the system opens no more connections: those that do nothing are closed, the oldest first");
        tokio::time::sleep(PAUSE).await;
    }

    /// Graceful shutdown: lets every connection finish, and waits until all have.
    pub async fn end(&self) {
        {
            let mut open = self.open();
            open.ending = true;
            open.connections.values().for_each(|connection| connection.tell(Verdict::Finish));
        }
        loop {
            let ended = self.ended.notified();
            if self.open().connections.is_empty() {
                return;
            }
            ended.await;
        }
    }

    /// Sheds load: closes some idle connections.
    fn shed(&self, why: &'static str) {
        let now = self.clock.load(Ordering::Relaxed);
        let open = self.open();
        let going_on = open.connections.values().filter(|connection| connection.verdict() != Verdict::Cut);
        let mut ranked: Vec<_> = going_on.filter_map(|one| Some((one.rank(now)?, one))).collect();
        let most = (self.limits.places / ONE_IN).max(1).min(ranked.len());
        if most > 0 && most < ranked.len() {
            ranked.select_nth_unstable_by_key(most - 1, |(rank, _)| *rank);
        }
        ranked[..most].iter().for_each(|(_, connection)| connection.tell(Verdict::Cut));
        drop(open);
        self.tell_operator(now, why);
    }

    fn tell_operator(&self, now: u64, why: &'static str) {
        let told = self.told_at.load(Ordering::Relaxed);
        if told == 0 || ticks(now.saturating_sub(told - 1)) > TOLD_EVERY {
            self.told_at.store(now + 1, Ordering::Relaxed);
            tracing::warn!(places = self.limits.places, "{why}");
        }
    }

    fn open(&self) -> std::sync::MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's place; free again when this is dropped.
pub(super) struct Place {
    connection: Arc<Connection>,
    all: Arc<Connections>,
    _permit: OwnedSemaphorePermit,
}

impl Place {
    pub(super) const fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.open().connections.remove(&self.connection.number);
        self.all.ended.notify_waiters();
    }
}
