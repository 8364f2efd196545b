//! The one writer of a SQLite folder: group commit.
//!
//! Jobs come in through a queue. Those that wait are done together in one transaction, so that a burst of phones costs
//! one wait for the disk and not a thousand. Each job has a savepoint: one that fails is undone alone. Nobody is
//! answered before the transaction is on disk, and if that fails everybody in it is told so.

use std::fs::File;
use std::pin::Pin;

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::ends::{End, Ends};
use super::place::Place;
use super::sweeper::Sweeping;
use crate::store::StoreError;

/// Most jobs in one transaction. Enough for a hall that presses at once; few enough that the first waits little.
const GROUP: usize = 256;

/// What the queue carries.
pub(super) enum Order {
    /// Something is to be written.
    Do(Box<dyn Job>),
    /// Nothing more will come: finish, let go of the file, then answer.
    Close(oneshot::Sender<()>),
}

/// Something that is to happen on the writer's connection, inside its transaction.
pub(super) trait Job: Send {
    /// Whether it removes what people wrote, so that no copy may stay in the write-ahead log.
    fn erases(&self) -> bool;
    /// Does it and keeps the answer for later. An error says that it is to be undone.
    fn run<'j>(&'j mut self, db: &'j mut SqliteConnection) -> Doing<'j, Result<(), StoreError>>;
    /// How long a stream is by it, once it is on disk.
    fn end(&self) -> Option<End>;
    /// Answers whoever asked, now that it is known what became of the transaction.
    fn answer(self: Box<Self>, transaction: Result<(), StoreError>);
}

/// Work under way on a connection.
pub(super) type Doing<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;

/// The writer. It ends when its queue is closed.
pub(super) struct Writer {
    /// The only connection that writes.
    db: SqliteConnection,
    /// The lock on the folder, held until the last job is done.
    lock: File,
    /// Where its file is.
    place: Place,
    /// How long each stream is.
    ends: Ends,
    /// Empties the write-ahead log in the background.
    sweeping: Sweeping,
    /// Its task.
    sweeper: JoinHandle<()>,
}

impl Writer {
    pub(super) fn new(
        db: SqliteConnection,
        lock: File,
        place: Place,
        ends: Ends,
        sweeping: Sweeping,
        sweeper: JoinHandle<()>,
    ) -> Self {
        Self { db, lock, place, ends, sweeping, sweeper }
    }

    pub(super) async fn run(mut self, mut inbox: mpsc::Receiver<Order>) {
        let mut orders = Vec::with_capacity(GROUP);
        let mut closers = Vec::new();
        while inbox.recv_many(&mut orders, GROUP).await > 0 {
            let mut jobs = Vec::with_capacity(orders.len());
            for order in orders.drain(..) {
                match order {
                    Order::Do(job) => jobs.push(job),
                    Order::Close(closer) => {
                        inbox.close();
                        closers.push(closer);
                    }
                }
            }
            self.together(jobs).await;
        }
        self.sweeping.end();
        if let Err(error) = self.sweeper.await {
            tracing::warn!(%error, "the sweeper of the write-ahead log had ended");
        }
        if let Err(error) = self.db.close().await {
            tracing::warn!(%error, "the database was not closed cleanly; nothing is lost");
        }
        drop(self.lock);
        for closer in closers {
            // Whoever wanted to know may be gone.
            let _ = closer.send(());
        }
    }

    async fn together(&mut self, mut jobs: Vec<Box<dyn Job>>) {
        let erases = jobs.iter().any(|job| job.erases());
        let transaction = self.attempt(&mut jobs).await;
        match &transaction {
            Ok(()) => {
                jobs.iter().filter_map(|job| job.end()).for_each(|end| self.ends.note(end));
                self.sweeping.wrote(erases);
            }
            Err(error) => {
                tracing::error!(%error, jobs = jobs.len(), "nothing of a group was written");
                // An error here means that SQLite has undone the transaction already.
                let _ = self.say("ROLLBACK").await;
            }
        }
        for job in jobs {
            job.answer(transaction.clone());
        }
    }

    async fn attempt(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        // What is written into a file that nobody finds again is lost: it is not acknowledged.
        if let Err(gone) = self.place.is_there() {
            if self.place.has_the_database() {
                // Its files are still open here: what was acknowledged goes from the log into the database.
                let _ = self.say("PRAGMA wal_checkpoint(FULL)").await;
            }
            return Err(gone);
        }
        self.say("BEGIN IMMEDIATE").await?;
        for job in jobs {
            self.say("SAVEPOINT job").await?;
            if let Err(error) = job.run(&mut self.db).await {
                // A full disk can make SQLite give up everything, and then the savepoint is gone too.
                self.say("ROLLBACK TO job").await.map_err(|_| error)?;
            }
            self.say("RELEASE job").await?;
        }
        self.say("COMMIT").await
    }

    async fn say(&mut self, sql: &'static str) -> Result<(), StoreError> {
        sqlx::query(sql).execute(&mut self.db).await?;
        Ok(())
    }
}

/// Makes a job of some work; the answer will come through the receiver.
pub(super) fn job<T, W>(
    erases: bool,
    end: fn(&T) -> Option<End>,
    work: W,
) -> (Box<dyn Job>, oneshot::Receiver<Result<T, StoreError>>)
where
    T: Send + 'static,
    W: for<'c> FnOnce(&'c mut SqliteConnection) -> Doing<'c, Result<T, StoreError>> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    (Box::new(Asked { erases, end, work: Some(work), result: None, sender }), receiver)
}

/// A job with somebody who waits for its answer.
struct Asked<T, W> {
    erases: bool,
    end: fn(&T) -> Option<End>,
    /// Taken when it runs.
    work: Option<W>,
    /// There once it ran.
    result: Option<Result<T, StoreError>>,
    sender: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, W> Job for Asked<T, W>
where
    T: Send,
    W: for<'c> FnOnce(&'c mut SqliteConnection) -> Doing<'c, Result<T, StoreError>> + Send,
{
    fn erases(&self) -> bool {
        self.erases
    }

    fn run<'j>(&'j mut self, db: &'j mut SqliteConnection) -> Doing<'j, Result<(), StoreError>> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return Ok(()) };
            let result = work(db).await;
            let verdict = result.as_ref().map(drop).map_err(Clone::clone);
            self.result = Some(result);
            verdict
        })
    }

    fn end(&self) -> Option<End> {
        (self.end)(self.result.as_ref()?.as_ref().ok()?)
    }

    fn answer(self: Box<Self>, transaction: Result<(), StoreError>) {
        let own = self.result.unwrap_or_else(|| Err(StoreError::closed()));
        // Whoever asked may have gone away meanwhile; what was done stays done.
        let _ = self.sender.send(transaction.and(own));
    }
}
