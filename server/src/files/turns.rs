//! Turns at costly work on what came from outside, a fair semaphore: a few jobs at once, few who wait, and of one owner
//! one job at a time, so that whoever brings much that is slow keeps nobody else waiting (`G2`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use crate::costly::{Queue, Turn};
use crate::files::call::Unanswered;

/// Who works now, and who may next.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    queue: Queue,
    owners: Arc<Mutex<HashMap<Uuid, Weak<tokio::sync::Mutex<()>>>>>,
}

/// Somebody's turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Mine {
    _queue: Turn,
    _owner: OwnedMutexGuard<()>,
}

impl Turns {
    pub(super) fn new(at_once: usize, waiting: usize) -> Self {
        Self { queue: Queue::new(at_once, waiting), owners: Arc::default() }
    }

    /// Waits for an owner's turn, among the owner's own first.
    pub(super) async fn turn(&self, owner: Uuid, longest: Duration) -> Result<Mine, Unanswered> {
        let waited = async {
            let owner = self.owner(owner).lock_owned().await;
            let queue = self.queue.turn().await.map_err(|_| Unanswered::Busy)?;
            Ok(Mine { _queue: queue, _owner: owner })
        };
        tokio::time::timeout(longest, waited).await.map_err(|_| Unanswered::TooLong)?
    }

    fn owner(&self, owner: Uuid) -> Arc<tokio::sync::Mutex<()>> {
        let mut owners = self.owners.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = owners.get(&owner).and_then(Weak::upgrade) {
            return known;
        }
        owners.retain(|_, known| known.strong_count() > 0);
        let new = Arc::default();
        owners.insert(owner, Arc::downgrade(&new));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn of_one_owner_one_piece_is_done_at_a_time_and_another_does_not_wait_for_it() {
        let turns = Turns::new(2, 1);
        let (slow, other, third) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        // Looked at once, and not again.
        let wait = Duration::ZERO;
        let first = turns.turn(slow, wait).await.unwrap();
        assert!(matches!(turns.turn(slow, wait).await, Err(Unanswered::TooLong)), "its own is not done yet");
        let theirs = turns.turn(other, wait).await.unwrap();
        assert!(matches!(turns.turn(third, wait).await, Err(Unanswered::TooLong)), "two are at work");
        drop(first);
        assert!(turns.turn(third, wait).await.is_ok());
        drop(theirs);
        assert!(turns.turn(slow, wait).await.is_ok());
        assert!(turns.owners.lock().unwrap().len() <= 3);
    }
}
