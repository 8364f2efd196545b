//! Empties the write-ahead log in the background: nobody's answer waits for it, and no reader holds anybody up.
//!
//! It has a connection of its own, which never waits for a lock. What can be moved into the database is moved without
//! standing in anybody's way (`PASSIVE`): at once after something was erased, else when nobody has written for a moment,
//! or when much was written. Only then, and only for what was erased, is the log emptied (`TRUNCATE`), since it still
//! holds a copy of it.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::store::StoreError;

/// So long nobody has written: a good moment.
const QUIET: Duration = Duration::from_secs(1);
/// So long it waits for a quiet moment.
const AT_MOST: Duration = Duration::from_secs(2);
/// So many transactions are enough without one.
const MANY: u64 = 256;
/// A log of so many pages is emptied although somebody writes.
const LARGE: i64 = 1000;
/// How long it waits while somebody reads the database as it was.
const PAUSE: Duration = Duration::from_millis(100);
/// After so long an operator is told.
const TOO_LONG: Duration = Duration::from_secs(60);
/// The longest that whoever erases waits for the log.
const PATIENCE: Duration = Duration::from_millis(250);

/// What was written since the start.
#[derive(Clone, Copy, Debug, Default)]
struct Written {
    /// How many transactions.
    count: u64,
    /// The last of them that removed what people wrote.
    erased: u64,
}

/// How far the log was emptied.
#[derive(Clone, Copy, Debug, Default)]
struct Swept {
    until: u64,
    /// Somebody reads the database as it was before, and so the log stays.
    held_up: bool,
}

/// What the writer tells the sweeper, and what whoever erases hears of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweeping {
    written: Arc<watch::Sender<Written>>,
    swept: Arc<watch::Sender<Swept>>,
    stop: CancellationToken,
}

impl Sweeping {
    /// A transaction is on disk.
    pub(super) fn wrote(&self, erases: bool) {
        self.written.send_modify(|written| {
            written.count += 1;
            if erases {
                written.erased = written.count;
            }
        });
    }

    /// Waits a moment until what was erased has left the log too; not at all while somebody is in the way.
    pub(super) async fn emptied(&self) {
        let until = self.written.borrow().erased;
        let mut swept = self.swept.subscribe();
        let emptied = async { swept.wait_for(|swept| swept.until >= until || swept.held_up).await.is_ok() };
        // Late is no failure: it is gone from the database, and the log follows.
        let _ = timeout(PATIENCE, emptied).await;
    }

    /// Lets the sweeper end.
    pub(super) fn end(&self) {
        self.stop.cancel();
    }
}

/// The sweeper.
pub(super) struct Sweeper {
    db: SqliteConnection,
    /// How long each stream is.
    ends: Option<tokio::fs::File>,
    sweeping: Sweeping,
    written: watch::Receiver<Written>,
    done: Written,
    /// Since when somebody is in the way, and whether an operator was told.
    held_up: Option<(Instant, bool)>,
}

/// Why it sweeps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Erased,
    Quiet,
    Much,
}

impl Sweeper {
    pub(super) fn new(db: SqliteConnection, ends: Option<File>, sweeping: Sweeping) -> Self {
        let written = sweeping.written.subscribe();
        Self {
            db,
            ends: ends.map(tokio::fs::File::from_std),
            sweeping,
            written,
            done: Written::default(),
            held_up: None,
        }
    }

    /// Ends when it is told to, or when there is no writer any more.
    pub(super) async fn run(mut self) {
        while let Some(why) = self.due().await {
            self.sweep(why).await;
        }
        // Its connection goes before the writer's: the last one that is closed empties the log.
        if let Err(error) = self.db.close().await {
            tracing::warn!(%error, "the connection for checkpoints was not closed cleanly; nothing is lost");
        }
    }

    /// Waits until there is something to do.
    async fn due(&mut self) -> Option<Why> {
        let latest = Instant::now() + AT_MOST;
        loop {
            let written = *self.written.borrow_and_update();
            if written.erased > self.done.erased {
                return Some(Why::Erased);
            }
            let new = written.count - self.done.count;
            if new >= MANY || new > 0 && Instant::now() >= latest {
                return Some(Why::Much);
            }
            let quiet = async { if new > 0 { sleep(QUIET).await } else { std::future::pending().await } };
            tokio::select! {
                () = self.sweeping.stop.cancelled() => return None,
                changed = self.written.changed() => changed.ok()?,
                () = quiet => return Some(Why::Quiet),
            }
        }
    }

    async fn sweep(&mut self, why: Why) {
        let written = *self.written.borrow_and_update();
        let moved = self.checkpoint("PRAGMA wal_checkpoint(PASSIVE)").await;
        let pages = moved.filter(|(_, pages, moved)| pages == moved).map(|(_, pages, _)| pages);
        let emptied = match (why, pages) {
            (Why::Erased, Some(_)) => self.is_done("PRAGMA wal_checkpoint(TRUNCATE)").await,
            // It is written over from its beginning, and keeps its place on the disk.
            (Why::Much, Some(LARGE..)) => self.is_done("PRAGMA wal_checkpoint(RESTART)").await,
            (Why::Erased, None) => false,
            (Why::Much | Why::Quiet, _) => true,
        };
        self.done.count = written.count;
        if why == Why::Erased && !emptied {
            return self.wait().await;
        }
        self.done.erased = written.erased;
        self.held_up = None;
        self.sweeping.swept.send_replace(Swept { until: written.erased, held_up: false });
        if let Some(ends) = &self.ends
            && let Err(error) = ends.sync_data().await
        {
            tracing::warn!(%error, "how long the streams are may not be on the disk");
        }
    }

    /// Whether it was busy, how many pages are in the log, and how many of them are in the database.
    async fn checkpoint(&mut self, sql: &'static str) -> Option<(i64, i64, i64)> {
        sqlx::query_as(sql).fetch_one(&mut self.db).await.ok()
    }

    async fn is_done(&mut self, sql: &'static str) -> bool {
        matches!(self.checkpoint(sql).await, Some((0, ..)))
    }

    /// Somebody is in the way.
    async fn wait(&mut self) {
        let (since, told) = *self.held_up.get_or_insert((Instant::now(), false));
        if !told && since.elapsed() >= TOO_LONG {
            tracing::warn!(
                "somebody reads the database for more than a minute: until they end, what was erased is still in \
                 nadwa.sqlite-wal"
            );
            self.held_up = Some((since, true));
        }
        self.sweeping.swept.send_if_modified(|swept| !std::mem::replace(&mut swept.held_up, true));
        tokio::select! {
            () = self.sweeping.stop.cancelled() => {}
            () = sleep(PAUSE) => {}
        }
    }
}

/// A connection that never waits for a lock.
pub(super) async fn connect(options: sqlx::sqlite::SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    use sqlx::ConnectOptions;
    Ok(options.busy_timeout(Duration::ZERO).connect().await?)
}
