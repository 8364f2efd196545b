//! The store: what must not be lost, behind one small contract.
//!
//! The store knows nothing of sessions or papers. It keeps **streams** of numbered **lines**, whose facts and words
//! are JSON text that only the rooms understand; **ballots** while a poll is open; **receipts**;
//! and people's **names**.
//!
//! - A line is a *fact*, which stays for ever and names nobody, and *words*, which can be blanked in place.
//! - Nothing is answered with `Ok` before it is on disk. What was not answered may or may not be there.
//! - A line's number is the only lock: whoever appends says after which line, and the second of two is refused.
//!
//! [`Sqlite`] is the default: one process, one folder. [`Postgres`] lets several nodes share the work. What is said to
//! both is said once, in `sql.rs`, and one story of tests runs on both.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::broadcast;
use uuid::Uuid;

mod dialect;
mod fault;
mod postgres;
mod sql;
mod sqlite;

pub use fault::StoreError;
pub use postgres::Postgres;
pub use sqlite::Sqlite;

/// The version of the tables that this program makes; an archive of a later one is refused.
#[must_use]
pub fn newest_tables() -> i64 {
    sql::newest()
}

/// Opens the store at `place`: a PostgreSQL address (`postgres://…`), or else a folder for SQLite, made if missing.
///
/// # Errors
/// [`StoreError::Taken`] if another process works in the folder; [`StoreError::Corrupt`] if what is there cannot be
/// read, in which case nothing was changed; [`StoreError::Unavailable`] if it cannot be reached.
pub async fn open(place: &str) -> Result<Arc<dyn Store>, StoreError> {
    if place.starts_with("postgres://") || place.starts_with("postgresql://") {
        Ok(Arc::new(Postgres::open(place).await?))
    } else {
        Ok(Arc::new(Sqlite::open(Path::new(place)).await?))
    }
}

/// A line that is to be appended; the store numbers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// When it happened: milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who did it, as JSON; ids and roles, never a name.
    pub by: String,
    /// What happened, as JSON; never personal.
    pub fact: String,
    /// What a person wrote or is called, as JSON; this part can be blanked.
    pub words: Option<String>,
}

/// A line of a stream's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the stream. The first line is 1, and there are no gaps.
    pub seq: u64,
    /// When it happened: milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who did it, as JSON.
    pub by: String,
    /// What happened, as JSON.
    pub fact: String,
    /// The words, as JSON; none if there were none, or if they were blanked.
    pub words: Option<String>,
    /// Whether there were words and they were removed.
    pub blanked: bool,
}

/// One phone's vote in one poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    pub poll: Uuid,
    /// The voting token: the same for the same phone, and nothing about its owner.
    pub voter: Uuid,
    /// What was chosen, as a small text. Equal choices must be equal texts: they are counted by it.
    pub choice: String,
}

/// How many ballots each choice got. A choice that nobody took is not in it.
pub type Totals = BTreeMap<String, u64>;

/// Makes the lines that tell how a poll ended. Pure, and must not panic: it runs while the poll is locked.
pub type Tell = Box<dyn FnOnce(&Totals) -> Vec<NewLine> + Send>;

/// Lines of a stream that were on disk at an earlier start and are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub stream: Uuid,
    pub kind: String,
    /// The first line that is gone.
    pub from: u64,
    /// The last.
    pub to: u64,
}

/// In a notice, in place of a stream: how somebody is called has changed.
pub const NAMES: Uuid = Uuid::max();

/// Another node changed a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grown {
    /// The stream, or [`NAMES`]. [`Uuid::nil`] means that notices may have been missed: look again at every stream.
    pub stream: Uuid,
    /// Its last line now; 0 if only ballots were cast or the stream was created.
    pub seq: u64,
}

/// The contract. Every method may fail with [`StoreError::Unavailable`], and every one that writes with
/// [`StoreError::Full`]; the docs name the other errors.
///
/// After [`StoreError::Unavailable`] a write may have happened all the same (the connection was lost before the
/// answer came): read again before deciding again.
#[async_trait]
pub trait Store: Send + Sync {
    /// Creates a stream, so that lines can be appended to it and [`Store::streams`] lists it.
    ///
    /// If it is there already nothing changes, its kind included.
    async fn create_stream(&self, stream: Uuid, kind: &str) -> Result<(), StoreError>;

    /// Every stream of a kind, in the order of their ids.
    async fn streams(&self, kind: &str) -> Result<Vec<Uuid>, StoreError>;

    /// Appends lines after line `after` (0: the stream is empty), all or none. No lines is no work.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if `after` is not the last line (any more): read what is new and decide again.
    /// [`StoreError::NoSuchStream`] if it was never created.
    async fn append(&self, stream: Uuid, after: u64, lines: Vec<NewLine>) -> Result<(), StoreError>;

    /// Appends lines and opens a poll of the stream for ballots, both or neither.
    ///
    /// A poll that is open already stays open and keeps its ballots.
    ///
    /// # Errors
    /// As [`Store::append`]; [`StoreError::NothingTold`] if there are no lines.
    async fn append_opening(&self, stream: Uuid, after: u64, lines: Vec<NewLine>, poll: Uuid)
    -> Result<(), StoreError>;

    /// Closes a poll: counts the ballots, appends the lines that `tell` makes of the totals, deletes the ballots. All
    /// or nothing; returns the totals that were told.
    ///
    /// Every ballot that [`Store::cast`] answered with `true` is in the totals, and every later one gets `false`.
    ///
    /// # Errors
    /// As [`Store::append`]; [`StoreError::PollNotOpen`] if the poll is not open in this stream, though `after` is
    /// the last line; [`StoreError::NothingTold`] if `tell` made no lines, and then the poll stays open.
    async fn append_closing(&self, stream: Uuid, after: u64, poll: Uuid, tell: Tell) -> Result<Totals, StoreError>;

    /// The lines after line `after`, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if a line is missing among them.
    async fn read(&self, stream: Uuid, after: u64) -> Result<Vec<Line>, StoreError>;

    /// The instant of the newest line of all streams.
    async fn newest(&self) -> Result<Option<i64>, StoreError>;

    /// What can be read of a stream's lines, one by one, oldest first; and the number of the last, readable or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if not even their numbers can be read.
    async fn read_around(&self, stream: Uuid) -> Result<(Vec<Line>, u64), StoreError>;

    /// Removes the words of a line for good and keeps its fact. Returns whether there were any.
    async fn blank(&self, stream: Uuid, seq: u64) -> Result<bool, StoreError>;

    /// Writes the fact of a line anew, for what early versions kept in it and must not keep. Nothing else may use it: a
    /// fact tells what happened.
    async fn restate(&self, stream: Uuid, seq: u64, fact: &str) -> Result<(), StoreError>;

    /// Takes ballots, on disk before it returns. Says of each whether it counts; `false` if its poll is not open.
    ///
    /// A voter has one ballot in a poll: a second is a change of mind, in the order given.
    async fn cast(&self, ballots: Vec<Ballot>) -> Result<Vec<bool>, StoreError>;

    /// What a voter chose in an open poll.
    async fn ballot_of(&self, poll: Uuid, voter: Uuid) -> Result<Option<String>, StoreError>;

    /// How many have voted in an open poll, but those whose choice ends in `without`; 0 if it is not open.
    async fn ballots_cast(&self, poll: Uuid, without: &str) -> Result<u64, StoreError>;

    /// Keeps a person's name (JSON: one name or several), in place of what was kept before.
    async fn remember(&self, person: Uuid, name: &str) -> Result<(), StoreError>;

    /// Every name that is kept.
    async fn recall_all(&self) -> Result<Vec<(Uuid, String)>, StoreError>;

    /// Removes a person's name for good. Nothing happens if none is kept.
    async fn forget(&self, person: Uuid) -> Result<(), StoreError>;

    /// Keeps where a receipt leads; one that is there stays as it is. Both are of use to whoever has the receipt alone.
    async fn keep_receipt(&self, receipt: Uuid, leads: &str) -> Result<(), StoreError>;

    /// Where a receipt leads.
    async fn receipt(&self, receipt: Uuid) -> Result<Option<String>, StoreError>;

    /// Notices of what *other* nodes changed, from now on. SQLite never sends any: one process has one node.
    ///
    /// A receiver that lagged has missed notices: it looks again at every stream, as after a nil one.
    fn grown(&self) -> broadcast::Receiver<Grown>;

    /// Whether reads and writes would be served now: it writes something, and takes it back.
    async fn ready(&self) -> Result<(), StoreError>;

    /// Waits for the moment from which nothing can be written any more, by nobody and never again.
    async fn died(&self) {
        std::future::pending().await
    }

    /// What was there at an earlier start and was gone at this one. PostgreSQL looks after that itself.
    fn missing(&self) -> Vec<Missing>;

    /// Finishes what was begun and lets go of the folder or the database. Every later call is refused.
    async fn close(&self);
}
