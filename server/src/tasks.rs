//! Work that nobody waits for, watched: what may begin again does, and without the rest the process ends.
//!
//! A task that dies alone would leave a server that looks alive and cannot work. So each is one of three kinds: **kept**
//! (after a panic it begins again, each time a little later), **needed** (if it ends before the server stops, the server
//! ends and says so), **watched** (whoever began it is told that it fell).

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// See [`Pause`].
const PAUSE: Pause = (Duration::from_secs(1), Duration::from_secs(30));

/// Every task of one server.
#[derive(Clone)]
pub struct Tasks {
    stop: CancellationToken,
    tracker: TaskTracker,
    lost: watch::Sender<Option<&'static str>>,
    /// How many fell and have not begun again yet.
    fallen: Arc<AtomicUsize>,
    pause: Pause,
}

/// Between a fall and the next beginning: at first, and at most.
type Pause = (Duration, Duration);

impl Tasks {
    /// None yet; the token says when the server stops.
    #[must_use]
    pub fn new(stop: CancellationToken) -> Self {
        Self { stop, tracker: TaskTracker::new(), lost: watch::channel(None).0, fallen: Arc::default(), pause: PAUSE }
    }

    /// Begins something that ends by itself. A panic ends it, and is told by the hook alone.
    pub fn begin(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(work);
    }

    /// Begins something that begins again when it panics, until it ends by itself. It must be sound to begin in the
    /// middle: `begin` hears whether it was begun before, and may have missed something. It hears the stop itself; what
    /// waits to begin again does not begin.
    pub fn keep<F>(&self, what: &'static str, mut begin: impl FnMut(bool) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (stop, fallen, (first, most)) = (self.stop.clone(), Arc::clone(&self.fallen), self.pause);
        self.tracker.spawn(async move {
            let (mut again, mut pause) = (false, first);
            while AssertUnwindSafe(async { begin(again).await }).catch_unwind().await.is_err() {
                tracing::error!(what, seconds = pause.as_secs(), "fell, and begins again");
                fallen.fetch_add(1, Ordering::Relaxed);
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(pause) => {}
                }
                fallen.fetch_sub(1, Ordering::Relaxed);
                (again, pause) = (true, (pause * 2).min(most));
            }
        });
    }

    /// Begins something without which the server cannot work: if it ends before the stop, [`Tasks::lost`] says so.
    pub fn need(&self, what: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let (stop, lost) = (self.stop.clone(), self.lost.clone());
        self.tracker.spawn(async move {
            let fell = AssertUnwindSafe(work).catch_unwind().await.is_err();
            if fell || !stop.is_cancelled() {
                tracing::error!(what, "the server cannot work without this, and it has ended");
                lost.send_replace(Some(what));
            }
        });
    }

    /// Begins something; if it panics, `fell` is called, so that nobody relies on it any more.
    pub fn watch(
        &self,
        what: &'static str,
        work: impl Future<Output = ()> + Send + 'static,
        fell: impl FnOnce() + Send + 'static,
    ) {
        self.tracker.spawn(async move {
            if AssertUnwindSafe(work).catch_unwind().await.is_err() {
                tracing::error!(what, "fell");
                fell();
            }
        });
    }

    /// Whether everything is at work that should be.
    #[must_use]
    pub fn all_work(&self) -> bool {
        self.fallen.load(Ordering::Relaxed) == 0 && self.lost.borrow().is_none()
    }

    /// Waits until something that was needed is lost, and says what.
    pub async fn lost(&self) -> &'static str {
        let mut lost = self.lost.subscribe();
        let what = lost.wait_for(Option::is_some).await.map(|what| *what);
        // The sender lives as long as `self`.
        what.ok().flatten().unwrap_or("a task")
    }

    /// Waits until all have ended. Call after the stop.
    pub async fn finish(&self) {
        self.tracker.close();
        self.tracker.wait().await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;

    fn tasks(pause: Pause) -> Tasks {
        Tasks { pause, ..Tasks::new(CancellationToken::new()) }
    }

    #[tokio::test]
    async fn what_falls_begins_again_and_knows_that_it_missed_something() {
        let (begun, tasks) = (Arc::new(AtomicU32::new(0)), tasks((Duration::ZERO, Duration::ZERO)));
        let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
        tasks.keep("a test", move |again| {
            let (nth, told) = (begun.fetch_add(1, Ordering::Relaxed), told.clone());
            async move {
                told.send(again).unwrap();
                assert!(nth == 2, "it falls twice");
            }
        });
        let mut heard = Vec::new();
        while let Some(again) = hears.recv().await {
            heard.push(again);
        }
        assert_eq!(heard, [false, true, true]);
        assert!(tasks.all_work());
        tasks.finish().await;
    }

    #[tokio::test]
    async fn what_waits_to_begin_again_is_no_server_that_is_ready_and_does_not_hold_the_stop() {
        const LONG: Duration = Duration::from_secs(3600);
        let tasks = tasks((LONG, LONG));
        // It falls while it is begun, not while it works.
        tasks.keep("a test", |_| -> std::future::Ready<()> { panic!("a test") });
        while tasks.all_work() {
            tokio::task::yield_now().await;
        }
        tasks.stop.cancel();
        tokio::time::timeout(LONG / 100, tasks.finish()).await.expect("nothing holds it");
    }

    #[tokio::test]
    async fn without_what_is_needed_the_server_is_told_to_end_and_a_stop_is_no_loss() {
        let stop = CancellationToken::new();
        let (ends, falls, stops) = (Tasks::new(stop.clone()), Tasks::new(stop.clone()), Tasks::new(stop.clone()));
        ends.need("what ended", async {});
        falls.need("what fell", async { panic!("a test") });
        assert_eq!((ends.lost().await, falls.lost().await), ("what ended", "what fell"));
        let stopped = stop.clone();
        stops.need("what stopped", async move { stopped.cancelled().await });
        stop.cancel();
        stops.finish().await;
        assert!(stops.lost().now_or_never().is_none());
    }

    #[tokio::test]
    async fn whoever_began_it_is_told_that_it_fell() {
        let (tasks, fell) = (Tasks::new(CancellationToken::new()), CancellationToken::new());
        let told = fell.clone();
        tasks.watch("a test", async { panic!("a test") }, move || told.cancel());
        fell.cancelled().await;
    }
}
