//! The folder and its file: looked at before they are touched.
//!
//! A file that is damaged, or another program's, or a later version's, is left as it is, byte for byte: the operator
//! is told, and decides.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use super::ends::Ends;
use super::place::{self, Place};
use super::sweeper;
use crate::private;
use crate::store::{Missing, StoreError, sql};

/// Written into the file's header so that it is known as ours: "Nadw".
const APPLICATION: i64 = 0x4E61_6477;

/// What a store works with.
pub(super) struct Opened {
    /// The connection that writes.
    pub(super) writer: SqliteConnection,
    /// The connection that empties the write-ahead log.
    pub(super) sweeper: SqliteConnection,
    /// How to make one that reads.
    pub(super) readers: SqliteConnectOptions,
    /// While this is open no other process opens the folder.
    pub(super) lock: File,
    /// Where the file is.
    pub(super) place: Place,
    /// How long each stream is.
    pub(super) ends: Ends,
    /// What was there at an earlier start and is gone.
    pub(super) missing: Vec<Missing>,
}

/// Opens the file in the folder, makes it if it is missing, brings its tables up to date.
pub(super) async fn open(folder: &Path, pages: u32) -> Result<Opened, StoreError> {
    let lock = take(folder)?;
    let path = folder.join("nadwa.sqlite");
    if let Some(left) = place::left_behind(folder) {
        return Err(StoreError::Corrupt(format!(
            "{}: there is no nadwa.sqlite, but {left} of a conference lies there. Bring the file back, or choose an \
             empty folder; nothing was changed",
            folder.display()
        )));
    }
    if path.exists() {
        look_at(&path).await?;
    }
    let options = options(&path);
    let mut writer = options
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten with zeros: erasure is real.
        .pragma("secure_delete", "ON")
        // Nobody's answer waits for a checkpoint (`sweeper.rs`).
        .pragma("wal_autocheckpoint", "0")
        .pragma("max_page_count", pages.to_string())
        .connect()
        .await?;
    migrate(&mut writer).await?;
    let (ends, missing) = Ends::open(&mut writer, folder).await?;
    let sweeper = sweeper::connect(options.clone()).await?;
    Ok(Opened { writer, sweeper, readers: options.read_only(true), lock, place: Place::of(path), ends, missing })
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).busy_timeout(Duration::from_secs(5)).disable_statement_logging()
}

/// Makes the folder and takes its lock, which the system lets go of however this process ends.
pub(super) fn take(folder: &Path) -> Result<File, StoreError> {
    let place = folder.display();
    let unavailable = |error| StoreError::Unavailable(format!("{place}: {error}"));
    private::folder(folder).map_err(unavailable)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("nadwa.lock"));
    let lock = lock.map_err(unavailable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Taken(place.to_string())),
        Err(TryLockError::Error(error)) => Err(unavailable(error)),
    }
}

/// Refuses a file that is damaged or not ours. Reads only.
async fn look_at(path: &Path) -> Result<(), StoreError> {
    let place = path.display();
    let untouched = |why: String| StoreError::Corrupt(format!("{place}: {why}; nothing was changed"));
    match examine(path).await {
        Ok(None) => Ok(()),
        Ok(Some(why)) => Err(untouched(why)),
        Err(StoreError::Corrupt(why)) => Err(untouched(format!("damaged, or not a database at all ({why})"))),
        Err(other) => Err(other),
    }
}

/// What is wrong with the file, if anything.
async fn examine(path: &Path) -> Result<Option<String>, StoreError> {
    let mut db = options(path).read_only(true).connect().await?;
    let application = ask(&mut db, "PRAGMA application_id").await?;
    let version = ask(&mut db, "PRAGMA user_version").await?;
    let tables = ask(&mut db, "SELECT count(*) FROM sqlite_schema").await?;
    let (check,): (String,) = sqlx::query_as("PRAGMA integrity_check(1)").fetch_one(&mut db).await?;
    db.close().await?;
    Ok(match application {
        _ if check != "ok" => Some(format!("damaged ({check})")),
        // A start that was cut short before the first table was made.
        0 if version == 0 && tables == 0 => None,
        APPLICATION if version > sql::newest() => Some(sql::written_later(version)),
        APPLICATION => None,
        _ => Some("a database of another program".into()),
    })
}

/// Brings the tables up to date, each step and its number in one transaction.
async fn migrate(db: &mut SqliteConnection) -> Result<(), StoreError> {
    let done = usize::try_from(ask(db, "PRAGMA user_version").await?).unwrap_or(0);
    for (number, change) in (1..).zip(sql::MIGRATIONS).skip(done) {
        let tables = change.sqlite;
        let step = format!(
            "BEGIN IMMEDIATE; {tables}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {number}; COMMIT"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(step)).execute(&mut *db).await?;
    }
    Ok(())
}

async fn ask(db: &mut SqliteConnection, sql: &'static str) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(sql).fetch_one(db).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_waits_for_the_disk_and_what_is_deleted_is_overwritten() {
        let folder = std::env::temp_dir().join(format!("nadwa-file-{}", std::process::id()));
        let mut opened = open(&folder, 1000).await.unwrap();
        let (journal,): (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(&mut opened.writer).await.unwrap();
        assert_eq!(journal, "wal");
        for (pragma, value) in [
            ("PRAGMA synchronous", 2),
            ("PRAGMA foreign_keys", 1),
            ("PRAGMA secure_delete", 1),
            ("PRAGMA application_id", APPLICATION),
            ("PRAGMA user_version", sql::newest()),
        ] {
            assert_eq!(ask(&mut opened.writer, pragma).await, Ok(value), "{pragma}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
