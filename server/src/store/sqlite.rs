//! SQLite, the default: one process, one folder, one file and its write-ahead log.
//!
//! One task writes (`sqlite/writer.rs`); a few connections read what it has committed; one empties the write-ahead log
//! behind it (`sqlite/sweeper.rs`). The file is looked at before it is touched (`sqlite/file.rs`).

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqlitePoolOptions};
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Ballot, Grown, Line, Missing, NewLine, Store, StoreError, Tell, Totals, sql};

mod ends;
mod file;
mod place;
mod settler;
mod sweeper;
mod writer;

use ends::End;
use settler::Settling;
use sweeper::{Sweeper, Sweeping};
use writer::{Doing, Order, Writer, job};

/// Connections that read. Reads are short; more would only compete for the same disk.
const READERS: u32 = 4;
/// Jobs that may wait; whoever brings more waits for a place.
const QUEUE: usize = 4096;
/// How long a reader's request waits for one of the connections.
const PATIENCE: Duration = Duration::from_secs(5);

/// The store in a folder.
pub struct Sqlite {
    /// To the writer.
    queue: mpsc::Sender<Order>,
    /// Reading connections.
    readers: SqlitePool,
    /// Tells when what was erased has left the write-ahead log.
    sweeping: Sweeping,
    /// What came and is to be put in the order of its keys.
    settling: Settling,
    /// What was there at an earlier start and is gone.
    missing: Vec<Missing>,
    /// Never sends; receivers need somewhere to listen.
    grown: broadcast::Sender<Grown>,
    /// Cancelled when the writer has ended, however it did.
    written: CancellationToken,
}

impl Sqlite {
    /// Opens the store in a folder, which is made if it is missing. The file is `nadwa.sqlite`.
    ///
    /// # Errors
    /// As [`super::open`].
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_within(folder, u32::MAX - 1).await
    }

    /// The same, within so many pages of 4 KiB, as if the disk were that small.
    ///
    /// # Errors
    /// As [`super::open`].
    pub async fn open_within(folder: &Path, pages: u32) -> Result<Self, StoreError> {
        let opened = file::open(folder, pages).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(opened.readers)
            .await?;
        let (queue, inbox) = mpsc::channel(QUEUE);
        let sweeping = Sweeping::default();
        let sweeper = Sweeper::new(opened.sweeper, opened.ends.handle().ok(), sweeping.clone());
        let written = CancellationToken::new();
        // Without either of the two the server cannot work.
        let [sweeps, writes] = [(); 2].map(|()| written.clone().drop_guard());
        let sweeper = tokio::spawn(async move {
            let _sweeps = sweeps;
            sweeper.run().await;
        });
        let writer = Writer::new(opened.writer, opened.lock, opened.place, opened.ends, sweeping.clone(), sweeper);
        tokio::spawn(async move {
            let _writes = writes;
            writer.run(inbox).await;
        });
        let settling = Settling::default();
        settling.everything();
        tokio::spawn(settling.clone().run(queue.downgrade(), written.clone()));
        let (missing, grown) = (opened.missing, broadcast::Sender::new(1));
        Ok(Self { queue, readers, sweeping, settling, missing, grown, written })
    }

    /// Keeps every other process out of a folder, as long as what is answered is not dropped.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if another process works in it.
    pub fn hold(folder: &Path) -> Result<File, StoreError> {
        file::take(folder)
    }

    /// Has the writer do something, and waits until it is on disk.
    async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> Doing<'c, Result<T, StoreError>> + Send + 'static,
    {
        self.order(false, |_| None, work).await
    }

    /// The same, and leaves no copy of what it removes. Whoever erases waits a moment for the write-ahead log as well.
    async fn erase<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> Doing<'c, Result<T, StoreError>> + Send + 'static,
    {
        let erased = self.order(true, |_| None, work).await;
        self.sweeping.emptied().await;
        erased
    }

    /// The same for what makes a stream longer: it is noted beside the database how long it is.
    async fn lengthen<T, W>(&self, erases: bool, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> Doing<'c, Result<(T, End), StoreError>> + Send + 'static,
    {
        self.order(erases, |(_, end): &(T, End)| Some(end.clone()), work).await.map(|(done, _)| done)
    }

    async fn order<T, W>(&self, erases: bool, end: fn(&T) -> Option<End>, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> Doing<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (job, answer) = job(erases, end, work);
        self.queue.send(Order::Do(job)).await.map_err(|_| StoreError::closed())?;
        answer.await.map_err(|_| StoreError::closed())?
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn create_stream(&self, stream: Uuid, kind: &str) -> Result<(), StoreError> {
        let kind = kind.to_owned();
        self.lengthen(false, move |db| {
            Box::pin(async move {
                sql::create_stream(db, stream, &kind).await?;
                Ok(((), End { stream, last: 0, kind: Some(kind) }))
            })
        })
        .await
    }

    async fn streams(&self, kind: &str) -> Result<Vec<Uuid>, StoreError> {
        sql::streams(&mut *self.readers.acquire().await?, kind).await
    }

    async fn append(&self, stream: Uuid, after: u64, lines: Vec<NewLine>) -> Result<(), StoreError> {
        self.lengthen(false, move |db| {
            Box::pin(async move {
                sql::append(db, stream, after, &lines).await?;
                Ok(((), End::after(stream, after, lines.len())))
            })
        })
        .await
    }

    async fn append_opening(
        &self,
        stream: Uuid,
        after: u64,
        lines: Vec<NewLine>,
        poll: Uuid,
    ) -> Result<(), StoreError> {
        self.lengthen(false, move |db| {
            Box::pin(async move {
                sql::append_opening(db, stream, after, &lines, poll).await?;
                Ok(((), End::after(stream, after, lines.len())))
            })
        })
        .await
    }

    async fn append_closing(&self, stream: Uuid, after: u64, poll: Uuid, tell: Tell) -> Result<Totals, StoreError> {
        // The ballots leave the write-ahead log as soon as it can be emptied: a hall does not wait for that.
        self.lengthen(true, move |db| {
            Box::pin(async move {
                let (totals, lines) = sql::append_closing(db, stream, after, poll, tell).await?;
                Ok((totals, End::after(stream, after, lines)))
            })
        })
        .await
    }

    async fn read(&self, stream: Uuid, after: u64) -> Result<Vec<Line>, StoreError> {
        sql::read(&mut *self.readers.acquire().await?, stream, after).await
    }

    async fn newest(&self) -> Result<Option<i64>, StoreError> {
        sql::newest_line(&mut *self.readers.acquire().await?).await
    }

    async fn read_around(&self, stream: Uuid) -> Result<(Vec<Line>, u64), StoreError> {
        sql::read_around(&mut *self.readers.acquire().await?, stream).await
    }

    async fn blank(&self, stream: Uuid, seq: u64) -> Result<bool, StoreError> {
        self.erase(move |db| Box::pin(sql::blank(db, stream, seq))).await
    }

    async fn restate(&self, stream: Uuid, seq: u64, fact: &str) -> Result<(), StoreError> {
        let fact = fact.to_owned();
        self.erase(move |db| Box::pin(async move { sql::restate(db, stream, seq, &fact).await })).await
    }

    async fn cast(&self, ballots: Vec<Ballot>) -> Result<Vec<bool>, StoreError> {
        // The file and its write-ahead log have rows and pages in the order in which they were written: the one is
        // settled, the other emptied, and no voter waits for either (`G8`).
        let polls: Vec<_> = ballots.iter().map(|ballot| ballot.poll).collect();
        let cast =
            self.order(true, |_| None, move |db| Box::pin(async move { Ok(sql::cast(db, &ballots).await?.0) })).await;
        self.settling.ballots(polls.into_iter());
        cast
    }

    async fn ballot_of(&self, poll: Uuid, voter: Uuid) -> Result<Option<String>, StoreError> {
        sql::ballot_of(&mut *self.readers.acquire().await?, poll, voter).await
    }

    async fn ballots_cast(&self, poll: Uuid, without: &str) -> Result<u64, StoreError> {
        sql::ballots_cast(&mut *self.readers.acquire().await?, poll, without).await
    }

    async fn remember(&self, person: Uuid, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.erase(move |db| Box::pin(async move { sql::remember(db, person, &name).await })).await
    }

    async fn recall_all(&self) -> Result<Vec<(Uuid, String)>, StoreError> {
        sql::recall_all(&mut *self.readers.acquire().await?).await
    }

    async fn forget(&self, person: Uuid) -> Result<(), StoreError> {
        self.erase(move |db| Box::pin(sql::forget(db, person))).await
    }

    async fn keep_receipt(&self, receipt: Uuid, leads: &str) -> Result<(), StoreError> {
        let leads = leads.to_owned();
        // As with ballots.
        let kept = self
            .order(true, |()| None, move |db| Box::pin(async move { sql::keep_receipt(db, receipt, &leads).await }))
            .await;
        self.settling.receipt();
        kept
    }

    async fn receipt(&self, receipt: Uuid) -> Result<Option<String>, StoreError> {
        sql::receipt(&mut *self.readers.acquire().await?, receipt).await
    }

    fn grown(&self) -> broadcast::Receiver<Grown> {
        self.grown.subscribe()
    }

    async fn ready(&self) -> Result<(), StoreError> {
        sql::ready(&mut *self.readers.acquire().await?).await?;
        self.write(|db| Box::pin(sql::probe(db))).await
    }

    fn missing(&self) -> Vec<Missing> {
        self.missing.clone()
    }

    async fn died(&self) {
        self.written.cancelled().await;
    }

    async fn close(&self) {
        // Who copies the folder of a server that has ended finds nothing as it came.
        let _ = self.settling.settle(&self.queue).await;
        self.readers.close().await;
        let (closer, closed) = oneshot::channel();
        // Either fails only if the writer has ended already.
        if self.queue.send(Order::Close(closer)).await.is_ok() {
            let _ = closed.await;
        }
    }
}
