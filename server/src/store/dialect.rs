//! The two databases as one: a statement, its values, and what little differs between them.
//!
//! What differs is how a list in JSON is read as rows, and how ballots and the closing of their poll keep apart.

use sqlx::FromRow;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use uuid::Uuid;

use super::StoreError;

/// What a statement is given for its `$1`, `$2`, …
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Id(Uuid),
    Text(&'a str),
    Number(u64),
}

/// A row that both databases can give: a tuple of numbers, texts and truths.
pub(super) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send {}

/// A connection to one of the two databases.
pub(super) trait Speaks: Send {
    /// Appends the lines of list `$1` to stream `$2` after line `$3`; touches no row if that is not the last line.
    const APPEND: &'static str;
    /// Keeps the ballots of list `$1`, each in place of the voter's former one.
    const CAST: &'static str;
    /// Keeps poll `$1` from being closed until the transaction ends, if that takes a statement. Many can at once.
    const HOLD_POLL: Option<&'static str>;
    /// Waits for those who hold poll `$1`, and keeps out those who come later.
    const LOCK_POLL: Option<&'static str>;

    /// Runs a statement; how many rows it touched.
    fn run(&mut self, sql: &'static str, values: &[Value<'_>]) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Asks for rows.
    fn ask<T: Row>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> impl Future<Output = Result<Vec<T>, StoreError>> + Send;
}

macro_rules! speaks {
    ($connection:ty, items: $items:literal, hold: $hold:expr, lock: $lock:expr) => {
        impl Speaks for $connection {
            const APPEND: &'static str = concat!(
                "INSERT INTO lines (stream, seq, at, who, fact, words) ",
                "SELECT $2, $3 + n, CAST(item ->> 'at' AS BIGINT), item ->> 'who', item ->> 'fact', item ->> 'words' ",
                "FROM ",
                $items,
                " WHERE $3 = (SELECT coalesce(max(seq), 0) FROM lines WHERE stream = $2) ORDER BY n"
            );
            const CAST: &'static str = concat!(
                "INSERT INTO ballots (poll, voter, choice) ",
                "SELECT item ->> 'poll', item ->> 'voter', item ->> 'choice' FROM ",
                $items,
                " WHERE TRUE ORDER BY n ON CONFLICT (poll, voter) DO UPDATE SET choice = excluded.choice"
            );
            const HOLD_POLL: Option<&'static str> = $hold;
            const LOCK_POLL: Option<&'static str> = $lock;

            async fn run(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
                let query = values.iter().fold(sqlx::query(sql), bind);
                Ok(query.execute(self).await?.rows_affected())
            }

            async fn ask<T: Row>(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<T>, StoreError> {
                let query = values.iter().fold(sqlx::query(sql), bind);
                Ok(query.fetch_all(self).await?.iter().map(T::from_row).collect::<Result<_, _>>()?)
            }
        }
    };
}

/// Gives a statement its next value.
fn bind<'q, D>(query: Query<'q, D, D::Arguments>, value: &Value<'_>) -> Query<'q, D, D::Arguments>
where
    D: sqlx::Database,
    String: sqlx::Type<D> + for<'e> sqlx::Encode<'e, D>,
    i64: sqlx::Type<D> + for<'e> sqlx::Encode<'e, D>,
{
    match *value {
        Value::Id(id) => query.bind(id.to_string()),
        Value::Text(text) => query.bind(text.to_owned()),
        // No number of a line comes near this bound.
        Value::Number(number) => query.bind(i64::try_from(number).unwrap_or(i64::MAX)),
    }
}

// One transaction writes at a time: nothing has to be kept apart.
speaks!(
    SqliteConnection,
    items: "(SELECT key + 1 AS n, value AS item FROM json_each($1)) AS items",
    hold: None,
    lock: None
);
// Not the lock of a row: those who share one go past whoever waits to have it alone, and while a hall votes its poll
// could not be closed. These locks are had in the order in which they were asked for.
speaks!(
    PgConnection,
    items: "json_array_elements(CAST($1 AS json)) WITH ORDINALITY AS items (item, n)",
    hold: Some("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))"),
    lock: Some("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
);
