//! Phones whose device was handed on (`G5`): their tokens are nobody's any more, whoever copied them, at every node and
//! after a restart.
//!
//! They are lines of a stream of their own. A line holds a key that follows from the token's secret and from nothing that
//! is kept: it leads to no phone, no text and no ballot. Lines are bounded in time for all together; what exceeds that is
//! remembered by this node alone.

use std::collections::{HashSet, VecDeque};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use nadwa_domain::Who;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

use crate::edge;
use crate::rooms::Ground;
use crate::rooms::phone::Phone;
use crate::store::{Grown, NewLine, StoreError};

/// The kind of its stream in the store.
const KIND: &str = "left";
/// How often a line is written again when another node was first.
const TRIES: u32 = 8;
/// Lines of all addresses together: a second, and at once. Two thousand tablets are handed on in a break.
const LINES: (u32, u32) = (1, 2_500);
/// So many are remembered; then the oldest is forgotten. A token is 244 random bits that stood in one browser's cookie
/// alone, and that browser was told to drop it.
const MOST: usize = 50_000;

/// What happened.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    /// A phone's device was handed on.
    Left(Uuid),
}

/// Every phone that left.
pub struct LeftRoom {
    ground: Ground,
    stream: Uuid,
    left: RwLock<Left>,
    /// Tells open feeds that some phone has left.
    told: watch::Sender<()>,
    /// The last line that was read.
    seq: AtomicU64,
    /// One writer at a time on this node.
    writing: Mutex<()>,
    lines: DefaultDirectRateLimiter,
}

/// In the order in which they left.
#[derive(Default)]
struct Left {
    known: HashSet<Uuid>,
    order: VecDeque<Uuid>,
}

impl Left {
    fn add(&mut self, key: Uuid) {
        if self.known.insert(key) {
            self.order.push_back(key);
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

impl LeftRoom {
    pub(super) async fn open(ground: Ground) -> Result<Arc<Self>, StoreError> {
        let stream = edge::derived_id("phones that left", &[]);
        ground.store.create_stream(stream, KIND).await?;
        let positive = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(positive(LINES.0)).allow_burst(positive(LINES.1));
        let room = Arc::new(Self {
            ground,
            stream,
            left: RwLock::default(),
            told: watch::Sender::new(()),
            seq: AtomicU64::new(0),
            writing: Mutex::default(),
            lines: RateLimiter::direct(quota),
        });
        room.catch_up().await?;
        let own = Arc::clone(&room);
        room.ground.tasks.keep("phones that left", move |again| Arc::clone(&own).follow(again));
        Ok(room)
    }

    /// Whether a phone's device was handed on.
    #[must_use]
    pub fn has_left(&self, phone: &Phone) -> bool {
        let left = self.left.read().unwrap_or_else(PoisonError::into_inner);
        !left.known.is_empty() && left.known.contains(&phone.left_key())
    }

    /// Changes whenever a phone has left.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<()> {
        self.told.subscribe()
    }

    fn add(&self, key: Uuid) {
        self.left.write().unwrap_or_else(PoisonError::into_inner).add(key);
        self.told.send_replace(());
    }

    /// A phone's device was handed on. It is so here at once, whether or not it could be written down.
    ///
    /// # Errors
    /// [`StoreError`] if it could not.
    pub async fn leave(&self, phone: &Phone) -> Result<(), StoreError> {
        let key = phone.left_key();
        if self.has_left(phone) {
            return Ok(());
        }
        self.add(key);
        if self.lines.check().is_err() {
            return Ok(());
        }
        let json = |value: serde_json::Result<String>| value.map_err(|error| StoreError::Corrupt(error.to_string()));
        let (at, by) = (self.ground.clock.now().0, json(serde_json::to_string(&Who::Server))?);
        let fact = json(serde_json::to_string(&Event::Left(key)))?;
        let line = NewLine { at, by, fact, words: None };
        let _one = self.writing.lock().await;
        for _ in 0..TRIES {
            let seq = self.seq.load(Ordering::Acquire);
            match self.ground.store.append(self.stream, seq, vec![line.clone()]).await {
                Err(StoreError::Conflict) => self.catch_up().await?,
                written => {
                    written?;
                    self.seq.store(seq + 1, Ordering::Release);
                    return Ok(());
                }
            }
        }
        Err(StoreError::Conflict)
    }

    /// `behind`: something may have been missed.
    async fn follow(self: Arc<Self>, mut behind: bool) {
        let mut grown = self.ground.store.grown();
        loop {
            let mine = tokio::select! {
                biased;
                () = std::future::ready(()), if std::mem::take(&mut behind) => true,
                () = self.ground.stop.cancelled() => return,
                notice = grown.recv() => match notice {
                    Ok(Grown { stream, .. }) => stream == self.stream || stream.is_nil(),
                    Err(RecvError::Lagged(_)) => true,
                    Err(RecvError::Closed) => return,
                },
            };
            if mine {
                let _one = self.writing.lock().await;
                if let Err(error) = self.catch_up().await {
                    tracing::error!(%error, "which phones have left could not be read");
                }
            }
        }
    }

    /// What can be read: a line that is damaged keeps no server from starting.
    async fn catch_up(&self) -> Result<(), StoreError> {
        let seq = self.seq.load(Ordering::Acquire);
        let (lines, last) = match self.ground.store.read(self.stream, seq).await {
            Err(StoreError::Corrupt(why)) => {
                tracing::error!(why, "which phones have left cannot be read whole");
                self.ground.store.read_around(self.stream).await?
            }
            lines => {
                let lines = lines?;
                let last = lines.last().map_or(seq, |line| line.seq);
                (lines, last)
            }
        };
        let mut left = self.left.write().unwrap_or_else(PoisonError::into_inner);
        for line in lines {
            if let Ok(Event::Left(key)) = serde_json::from_str(&line.fact) {
                left.add(key);
            }
        }
        drop(left);
        self.told.send_replace(());
        self.seq.store(last, Ordering::Release);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_remembered_and_then_the_oldest_is_forgotten() {
        let mut left = Left::default();
        (0..60_000_u128).for_each(|n| left.add(Uuid::from_u128(n)));
        left.add(Uuid::from_u128(59_999));
        assert_eq!((left.known.len(), left.order.len()), (MOST, MOST));
        assert!(!left.known.contains(&Uuid::from_u128(9_999)) && left.known.contains(&Uuid::from_u128(10_000)));
    }
}
