//! Whether the clock can be trusted: compared with the log at the start, with the machine's own clocks while running,
//! and with what other nodes write.
//!
//! - **Behind the log**, time goes on from its newest line: no speech gets longer, no desk stays open, by a restart.
//! - **Far ahead** of when a server that could be trusted ran last, everything works, but nothing is erased by the
//!   calendar before an adult has said that the date is right (`S14`): it may as well be a machine that was off, as one
//!   that does not know the date. When a server ran is a stream of its own, a line an hour.
//! - **A machine that slept** puts its clock forward by that.
//! - **A wall clock that parts** from it, or another node's, is told.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use nadwa_domain::inbox::care::must_be_confirmed;
use nadwa_domain::{Instant, Span, Who};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::edge::{self, Clock};
use crate::rooms::{Failure, Ground, Rooms};
use crate::store::{NewLine, Store, StoreError};

/// The kind of the stream.
const KIND: &str = "clock";
/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How often it is noted that a server runs.
const NOTE_EVERY: Span = Span::minutes(60);
/// How often a line is written again when another node was first.
const TRIES: u32 = 4;
/// Apart by more than this, operators are told again.
const APART: Span = Span::seconds(2);
/// And by more than this, adults.
const FAR_APART: Span = Span::minutes(1);

/// What is known of the clock.
#[derive(Debug)]
pub(crate) struct Watch {
    stream: Uuid,
    state: RwLock<State>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// When a server that could be trusted ran last.
    seen: Instant,
    /// Whether an adult has to say that the date is right.
    waits: bool,
    /// By how much the machine's clock is ahead of ours.
    apart: Span,
    /// By how much another node's clock was ahead of ours.
    peer: Span,
}

/// What adults have to know of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockTrouble {
    /// Nothing is erased before somebody has confirmed the date; when a server ran last.
    Unconfirmed(Instant),
    /// The machine's clock, or another node's, says something else.
    Apart,
}

impl Watch {
    /// Compares the clock with the log, and moves it if it is behind.
    pub(super) async fn begin(store: &dyn Store, clock: &Clock) -> Result<Self, StoreError> {
        let stream = edge::derived_id("clock", &[]);
        store.create_stream(stream, KIND).await?;
        if let Some(newest) = store.newest().await?.map(Instant) {
            go_on_from(clock, newest);
        }
        let (now, seen) = (clock.now(), last_seen(store, stream).await?);
        let waits = must_be_confirmed(seen, now);
        if waits {
            let days = seen.map_or(0, |seen| (now - seen).0 / Span::minutes(24 * 60).0);
            tracing::warn!(
                days,
                "the clock is far ahead of the last start: nothing is erased before an adult confirms"
            );
        }
        let state = State { seen: seen.unwrap_or(now), waits, ..State::default() };
        let watch = Self { stream, state: RwLock::new(state) };
        if !waits {
            watch.note(store, now, Who::Server).await?;
        }
        Ok(watch)
    }

    fn state(&self) -> State {
        *self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Writes down that a server runs whose clock can be trusted.
    async fn note(&self, store: &dyn Store, now: Instant, by: Who) -> Result<(), StoreError> {
        let by = serde_json::to_string(&by).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        for _ in 0..TRIES {
            let (_, last) = store.read_around(self.stream).await?;
            let line = NewLine { at: now.0, by: by.clone(), fact: r#"{"clock":"seen"}"#.to_owned(), words: None };
            match store.append(self.stream, last, vec![line]).await {
                Err(StoreError::Conflict) => {}
                written => {
                    written?;
                    break;
                }
            }
        }
        self.change(|state| (state.seen, state.waits) = (now, false));
        Ok(())
    }

    /// A line of another node came from later than now.
    pub(super) fn hear(&self, at: Instant, now: Instant) {
        let ahead = at - now;
        if ahead > self.state().peer + APART {
            let seconds = ahead.0 / 1000;
            tracing::warn!(seconds, "the clock of another node is ahead of this one: let all follow one time server");
            self.change(|state| state.peer = ahead);
        }
    }
}

/// Time never goes back behind what was written.
fn go_on_from(clock: &Clock, newest: Instant) {
    let behind = newest - clock.now();
    if behind > Span::ZERO {
        if behind > APART {
            let seconds = behind.0 / 1000;
            tracing::warn!(seconds, "the clock is behind what was written last: time goes on from there. Set it right");
        }
        clock.put_forward(behind);
    }
}

/// When a server that could be trusted ran last; of a conference from before that was noted, its newest line.
async fn last_seen(store: &dyn Store, stream: Uuid) -> Result<Option<Instant>, StoreError> {
    let (lines, _) = store.read_around(stream).await?;
    match lines.last() {
        Some(line) => Ok(Some(Instant(line.at))),
        None => Ok(store.newest().await?.map(Instant)),
    }
}

impl Rooms {
    /// What adults have to know of the clock.
    #[must_use]
    pub fn clock_troubles(&self) -> Vec<ClockTrouble> {
        let state = self.ground.watch.state();
        let apart = state.apart.0.abs() > FAR_APART.0 || state.peer > FAR_APART;
        let unconfirmed = state.waits.then_some(ClockTrouble::Unconfirmed(state.seen));
        unconfirmed.into_iter().chain(apart.then_some(ClockTrouble::Apart)).collect()
    }

    /// Whether nothing is erased before an adult has confirmed the date.
    #[must_use]
    pub fn erasing_waits(&self) -> bool {
        self.ground.watch.state().waits
    }

    /// An adult says that the date is right.
    ///
    /// # Errors
    /// [`Failure`] if it could not be saved.
    pub async fn confirm_clock(&self, who: Who) -> Result<(), Failure> {
        self.ground.watch.note(self.store().as_ref(), self.clock().now(), who).await?;
        self.ground.guarded.send_modify(|version| *version += 1);
        tracing::info!("the date was confirmed: what is due is erased");
        Ok(())
    }

    /// Looks again and again, until the server stops.
    pub async fn keep_time(self: Arc<Self>, stop: CancellationToken) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = look.tick() => {}
            }
            if let Err(error) = look_at_clock(&self.ground).await {
                tracing::warn!(%error, "it could not be noted that the server runs");
            }
        }
    }
}

async fn look_at_clock(ground: &Ground) -> Result<(), StoreError> {
    let (clock, watch) = (&ground.clock, &ground.watch);
    let slept = clock.make_up_for_sleep();
    if slept > Span::ZERO {
        tracing::warn!(seconds = slept.0 / 1000, "the machine slept: time went on meanwhile");
    }
    let (apart, known) = (clock.wall_is_ahead(), watch.state().apart);
    if (apart - known).0.abs() > APART.0 {
        let seconds = apart.0 / 1000;
        tracing::warn!(seconds, "the machine's clock was changed: time here goes on as before until the next start");
        watch.change(|state| state.apart = apart);
        ground.guarded.send_modify(|version| *version += 1);
    }
    let (state, now) = (watch.state(), clock.now());
    if state.waits {
        // Somebody may have confirmed it at another node.
        let seen = last_seen(ground.store.as_ref(), watch.stream).await?;
        watch.change(|state| state.waits = must_be_confirmed(seen, now));
    } else if now - state.seen >= NOTE_EVERY {
        watch.note(ground.store.as_ref(), now, Who::Server).await?;
    }
    Ok(())
}
