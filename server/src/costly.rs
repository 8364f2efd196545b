//! Costly work waits its turn, by two semaphores: so much is done at once, so much may wait, and whoever comes after
//! that is told to come again (`G2`).
//!
//! What a stranger can ask for by one small request (hashing a phrase, drawing a page) costs memory while it is done.
//! A flood of such requests must cost no more than a handful of them.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// One kind of costly work, and how much of it there may be.
#[derive(Clone, Debug)]
pub struct Queue {
    /// One permit for each piece that is being done.
    working: Arc<Semaphore>,
    /// One permit for each piece that is being done or waits.
    places: Arc<Semaphore>,
}

/// So much waits already that one more is not even put at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

/// Somebody's turn; the next one's begins when it is dropped. It can be moved into the work itself, so that the turn
/// lasts as long as the work does, although whoever asked for it has gone away.
#[derive(Debug)]
pub struct Turn {
    _working: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Queue {
    /// So many at once, and so many who wait behind them.
    #[must_use]
    pub fn new(at_once: usize, waiting: usize) -> Self {
        Self { working: Arc::new(Semaphore::new(at_once)), places: Arc::new(Semaphore::new(at_once + waiting)) }
    }

    /// Waits for a turn, behind whoever came earlier.
    ///
    /// # Errors
    /// [`Busy`] at once if the queue is full.
    pub async fn turn(&self) -> Result<Turn, Busy> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Busy)?;
        let working = Arc::clone(&self.working).acquire_owned().await.map_err(|_| Busy)?;
        Ok(Turn { _working: working, _place: place })
    }

    /// Does blocking work on a thread of its own (`spawn_blocking`), when its turn has come.
    ///
    /// # Errors
    /// [`Busy`] if the queue is full, or if the work panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let turn = self.turn().await?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        working.await.map_err(|_| Busy)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn whoever_finds_no_place_in_the_queue_is_refused_at_once_and_the_others_get_their_turn() {
        let queue = Queue::new(1, 1);
        let first = queue.turn().await.unwrap();
        let second = tokio::spawn({
            let queue = queue.clone();
            async move { queue.turn().await.map(drop) }
        });
        while queue.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(queue.turn().await.err(), Some(Busy), "one works, one waits");
        drop(first);
        assert_eq!(second.await.unwrap(), Ok(()));
        assert!(queue.turn().await.is_ok());
    }

    #[tokio::test]
    async fn a_turn_lasts_as_long_as_its_work_although_nobody_waits_for_it_any_more() {
        let queue = Queue::new(1, 0);
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let asked = tokio::spawn({
            let queue = queue.clone();
            async move { queue.run(move || wait.recv()).await.map(drop) }
        });
        while queue.working.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        asked.abort();
        assert!(asked.await.is_err());
        assert_eq!(queue.turn().await.err(), Some(Busy), "whoever asked has gone; the work has not ended");
        go.send(()).unwrap();
        while queue.places.available_permits() == 0 {
            tokio::task::yield_now().await;
        }
        assert!(queue.turn().await.is_ok());
    }

    #[tokio::test]
    async fn no_more_is_done_at_once_than_was_said() {
        let queue = Queue::new(2, 50);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let all = (0..50).map(|_| {
            let (queue, now, most) = (queue.clone(), Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(async move {
                let work = move || {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    now.fetch_sub(1, Ordering::SeqCst);
                };
                queue.run(work).await
            })
        });
        for one in all.collect::<Vec<_>>() {
            assert_eq!(one.await.unwrap(), Ok(()));
        }
        assert!(most.load(Ordering::SeqCst) <= 2);
    }
}
