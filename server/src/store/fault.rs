//! What can go wrong in the store, for operators.
//!
//! No text here holds a person's words or name: a database's own message is passed on only where it cannot quote a
//! value.

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::PgDatabaseError;

/// Why the store did not do it. The texts are for operators; people get a refusal or "not saved".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody else appended first. Read what is new and decide again.
    #[error("the stream has grown, or is not as long as was thought")]
    Conflict,
    /// Lines were appended to a stream that nobody created.
    #[error("there is no such stream")]
    NoSuchStream,
    /// A poll was to be closed that is not open in this stream.
    #[error("the poll is not open")]
    PollNotOpen,
    /// A poll was to be opened or closed without a line that tells of it.
    #[error("a poll opens and closes only with a line that tells of it")]
    NothingTold,
    /// There is no space left. Nothing was kept; it works again as soon as there is space.
    #[error("there is no space left to write in")]
    Full,
    /// Another process works in this folder.
    #[error("another process works in {0}; stop it first, or give this one a folder of its own")]
    Taken(String),
    /// What is stored cannot be read, or not by this version. Nothing was changed.
    #[error("{0}")]
    Corrupt(String),
    /// The database cannot be reached, is too slow, or was closed. What was asked may have happened all the same.
    #[error("the database is not available: {0}")]
    Unavailable(String),
}

impl StoreError {
    /// The store was closed, or its writer is gone.
    pub(super) fn closed() -> Self {
        Self::Unavailable("it was closed".into())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => from_database(error.as_ref()),
            sqlx::Error::PoolClosed => Self::closed(),
            // Its message quotes nothing that is stored.
            sqlx::Error::ColumnDecode { index, .. } => Self::Corrupt(format!("column {index} cannot be decoded")),
            error => Self::Unavailable(error.to_string()),
        }
    }
}

fn from_database(error: &dyn DatabaseError) -> StoreError {
    match error.kind() {
        // The only key that two can claim at once is the number of a line.
        ErrorKind::UniqueViolation => return StoreError::Conflict,
        ErrorKind::ForeignKeyViolation => return StoreError::NoSuchStream,
        _ => {}
    }
    let code = error.code().unwrap_or_default();
    match error.try_downcast_ref::<PgDatabaseError>() {
        Some(_) => from_postgres(&code, error.message()),
        None => from_sqlite(code.parse().unwrap_or_default(), error.message()),
    }
}

/// By SQLSTATE; its first two characters are its class.
fn from_postgres(code: &str, message: &str) -> StoreError {
    match code {
        "53100" => StoreError::Full,
        // Two waited for each other, and this one was undone: the other was first.
        "40001" | "40P01" => StoreError::Conflict,
        "XX001" | "XX002" => StoreError::Corrupt(format!("PostgreSQL says ({code}) {message}")),
        // Class 22 is about values, and quotes them.
        _ if code.starts_with("22") => StoreError::Unavailable(format!("PostgreSQL refused a value ({code})")),
        _ => StoreError::Unavailable(format!("PostgreSQL says ({code}) {message}")),
    }
}

/// By result code; its last eight bits are its class. SQLite's messages name tables, never values.
fn from_sqlite(code: u32, message: &str) -> StoreError {
    const CORRUPT: u32 = 11;
    const FULL: u32 = 13;
    const NOT_A_DATABASE: u32 = 26;
    const READ: u32 = 266;
    const SHORT_READ: u32 = 522;
    const FILE_SYSTEM: u32 = 8458;
    match code & 0xff {
        FULL => StoreError::Full,
        // Of a file system that gives back less than was written, or knows that it is wrong, and no more.
        _ if matches!(code, READ | SHORT_READ | FILE_SYSTEM) => {
            StoreError::Corrupt(format!("SQLite says ({code}) {message}"))
        }
        CORRUPT | NOT_A_DATABASE => StoreError::Corrupt(format!("SQLite says ({code}) {message}")),
        _ => StoreError::Unavailable(format!("SQLite says ({code}) {message}")),
    }
}
