//! PostgreSQL, for several nodes that share the work. There is no leader: whoever appends first has appended.
//!
//! The key of a line refuses the second of two writers. A poll is held while ballots fall and locked while it is
//! closed, so no ballot that was answered is lost. `LISTEN` tells what other nodes changed (`postgres/notices.rs`).
//!
//! Notices need a direct connection: a pooler in transaction mode in between would lose them. PostgreSQL keeps the
//! bytes of what was deleted until it vacuums, and longer in its logs and backups: its operator has to know.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::broadcast;
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use crate::tasks::Tasks;

use super::{Ballot, Grown, Line, Missing, NAMES, NewLine, Store, StoreError, Tell, Totals, sql};

mod notices;

use notices::Notices;

/// Most connections of one node, one of them for the notices.
const CONNECTIONS: u32 = 11;
/// How long a request waits for one of the connections.
const PATIENCE: Duration = Duration::from_secs(5);
/// No statement of ours takes a tenth of this; one that does is given up rather than holding up a hall.
const LIMITS: [(&str, &str); 3] =
    [("statement_timeout", "10s"), ("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "10s")];
/// Taken while the tables are changed, so that nodes that start together do it once: "Nadw".
const MIGRATING: i64 = 0x4E61_6477;

/// The store in a PostgreSQL database.
pub struct Postgres {
    pool: PgPool,
    notices: Notices,
    /// What listens; it ends when the pool is closed, or with this.
    tasks: Tasks,
    _ends: DropGuard,
}

impl Postgres {
    /// Opens the store in the database at an address, and makes or updates its tables.
    ///
    /// # Errors
    /// As [`super::open`].
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        // What is wrong with an address is not repeated: it may hold a password.
        let options: PgConnectOptions =
            address.parse().map_err(|_| StoreError::Unavailable("the address is not a PostgreSQL address".into()))?;
        let options = options.application_name("nadwa").options(LIMITS).disable_statement_logging();
        migrate(&options).await?;
        let pool =
            PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE).connect_with(options).await?;
        let (notices, listener) = Notices::begin(&pool).await?;
        let (stop, mut first) = (CancellationToken::new(), Some(listener));
        let (tasks, own, of, ends) = (Tasks::new(stop.clone()), notices.clone(), pool.clone(), stop.clone());
        tasks.keep("listening to other nodes", move |_| {
            let listening = own.clone().listen(of.clone(), first.take());
            let ends = ends.clone();
            async move {
                let _ended = ends.run_until_cancelled(listening).await;
            }
        });
        Ok(Self { pool, notices, tasks, _ends: stop.drop_guard() })
    }
}

/// Brings the tables up to date, under a lock that nodes which start together take in turn.
async fn migrate(options: &PgConnectOptions) -> Result<(), StoreError> {
    // A connection of its own without limits: to change a large table takes its time.
    let mut db = options.clone().options([("statement_timeout", "0"), ("lock_timeout", "0")]).connect().await?;
    let mut change = db.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(MIGRATING).execute(&mut *change).await?;
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS tables_version (version BIGINT NOT NULL)").execute(&mut *change).await?;
    let done: i64 =
        sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM tables_version").fetch_one(&mut *change).await?;
    if done > sql::newest() {
        return Err(StoreError::Corrupt(format!("{}; nothing was changed", sql::written_later(done))));
    }
    for (number, change_of) in (1_i64..).zip(sql::MIGRATIONS).skip(usize::try_from(done).unwrap_or(0)) {
        sqlx::raw_sql(change_of.postgres).execute(&mut *change).await?;
        sqlx::query("INSERT INTO tables_version VALUES ($1)").bind(number).execute(&mut *change).await?;
    }
    change.commit().await?;
    Ok(db.close().await?)
}

#[async_trait]
impl Store for Postgres {
    async fn create_stream(&self, stream: Uuid, kind: &str) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        if sql::create_stream(&mut *change, stream, kind).await? {
            self.notices.tell(&mut change, stream, 0).await?;
        }
        Ok(change.commit().await?)
    }

    async fn streams(&self, kind: &str) -> Result<Vec<Uuid>, StoreError> {
        sql::streams(&mut *self.pool.acquire().await?, kind).await
    }

    async fn append(&self, stream: Uuid, after: u64, lines: Vec<NewLine>) -> Result<(), StoreError> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut change = self.pool.begin().await?;
        sql::append(&mut *change, stream, after, &lines).await?;
        self.notices.tell(&mut change, stream, after + count(lines.len())).await?;
        Ok(change.commit().await?)
    }

    async fn append_opening(
        &self,
        stream: Uuid,
        after: u64,
        lines: Vec<NewLine>,
        poll: Uuid,
    ) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        sql::append_opening(&mut *change, stream, after, &lines, poll).await?;
        self.notices.tell(&mut change, stream, after + count(lines.len())).await?;
        Ok(change.commit().await?)
    }

    async fn append_closing(&self, stream: Uuid, after: u64, poll: Uuid, tell: Tell) -> Result<Totals, StoreError> {
        let mut change = self.pool.begin().await?;
        let (totals, lines) = sql::append_closing(&mut *change, stream, after, poll, tell).await?;
        self.notices.tell(&mut change, stream, after + count(lines)).await?;
        change.commit().await?;
        Ok(totals)
    }

    async fn read(&self, stream: Uuid, after: u64) -> Result<Vec<Line>, StoreError> {
        sql::read(&mut *self.pool.acquire().await?, stream, after).await
    }

    async fn newest(&self) -> Result<Option<i64>, StoreError> {
        sql::newest_line(&mut *self.pool.acquire().await?).await
    }

    async fn read_around(&self, stream: Uuid) -> Result<(Vec<Line>, u64), StoreError> {
        sql::read_around(&mut *self.pool.acquire().await?, stream).await
    }

    async fn blank(&self, stream: Uuid, seq: u64) -> Result<bool, StoreError> {
        sql::blank(&mut *self.pool.acquire().await?, stream, seq).await
    }

    async fn restate(&self, stream: Uuid, seq: u64, fact: &str) -> Result<(), StoreError> {
        sql::restate(&mut *self.pool.acquire().await?, stream, seq, fact).await
    }

    async fn cast(&self, ballots: Vec<Ballot>) -> Result<Vec<bool>, StoreError> {
        let mut db = self.pool.acquire().await?;
        let mut change = db.begin().await?;
        let (counted, streams) = sql::cast(&mut *change, &ballots).await?;
        change.commit().await?;
        // Transactions with a notice commit one after another, and a burst of ballots must not queue for that.
        for stream in streams {
            if let Err(error) = self.notices.tell(&mut db, stream, 0).await {
                tracing::warn!(%error, "other nodes will count these ballots late");
            }
        }
        Ok(counted)
    }

    async fn ballot_of(&self, poll: Uuid, voter: Uuid) -> Result<Option<String>, StoreError> {
        sql::ballot_of(&mut *self.pool.acquire().await?, poll, voter).await
    }

    async fn ballots_cast(&self, poll: Uuid, without: &str) -> Result<u64, StoreError> {
        sql::ballots_cast(&mut *self.pool.acquire().await?, poll, without).await
    }

    async fn remember(&self, person: Uuid, name: &str) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        sql::remember(&mut *change, person, name).await?;
        self.notices.tell(&mut change, NAMES, 0).await?;
        Ok(change.commit().await?)
    }

    async fn recall_all(&self) -> Result<Vec<(Uuid, String)>, StoreError> {
        sql::recall_all(&mut *self.pool.acquire().await?).await
    }

    async fn forget(&self, person: Uuid) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        sql::forget(&mut *change, person).await?;
        self.notices.tell(&mut change, NAMES, 0).await?;
        Ok(change.commit().await?)
    }

    async fn keep_receipt(&self, receipt: Uuid, leads: &str) -> Result<(), StoreError> {
        sql::keep_receipt(&mut *self.pool.acquire().await?, receipt, leads).await
    }

    async fn receipt(&self, receipt: Uuid) -> Result<Option<String>, StoreError> {
        sql::receipt(&mut *self.pool.acquire().await?, receipt).await
    }

    fn grown(&self) -> broadcast::Receiver<Grown> {
        self.notices.subscribe()
    }

    async fn ready(&self) -> Result<(), StoreError> {
        let mut change = self.pool.begin().await?;
        sql::ready(&mut *change).await?;
        sql::probe(&mut *change).await?;
        change.commit().await?;
        if self.tasks.all_work() && self.notices.are_heard() {
            return Ok(());
        }
        Err(StoreError::Unavailable("this node does not hear the others: it tries again".into()))
    }

    fn missing(&self) -> Vec<Missing> {
        Vec::new()
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

fn count(lines: usize) -> u64 {
    u64::try_from(lines).unwrap_or(u64::MAX)
}
