//! Ballots and receipts lie in the file as their keys say, and not as they came (`G8`).
//!
//! A table that is read in the order of its keys still has each row where there was room when it came: within a page,
//! places tell the order of arrival, and beside the lines, which tell who did something when, that is whose ballot it
//! is. So a moment after the last of them came, those of a poll are taken out and put back in the order of their keys.
//! Where they lie then follows from the keys alone. That takes no more than a tenth of the writer's time.

use std::collections::BTreeSet;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::sqlite::SqliteConnection;
use tokio::sync::{Notify, mpsc};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::writer::{Order, job};
use crate::store::StoreError;

/// How long what has come lies as it came, at least.
const AFTER: Duration = Duration::from_millis(300);
/// What a row that was put back adds to the pause after it: ten times what it costs.
const FOR_EACH: Duration = Duration::from_micros(50);

/// Takes the rows of a poll out and puts them back; the same of all receipts. `$1` is the poll.
const BALLOTS: [&str; 3] = [
    "SELECT json_group_array(json_array(voter, choice)) FROM
        (SELECT voter, choice FROM ballots WHERE poll = $1 ORDER BY voter)",
    "DELETE FROM ballots WHERE poll = $1",
    "INSERT INTO ballots (poll, voter, choice)
        SELECT $1, value ->> 0, value ->> 1 FROM json_each($2) ORDER BY value ->> 0",
];
const RECEIPTS: [&str; 3] = [
    "SELECT json_group_array(json_array(receipt, leads)) FROM
        (SELECT receipt, leads FROM receipts WHERE $1 IS NOT NULL ORDER BY receipt)",
    "DELETE FROM receipts WHERE $1 IS NOT NULL",
    "INSERT INTO receipts (receipt, leads)
        SELECT value ->> 0, value ->> 1 FROM json_each($2) WHERE $1 IS NOT NULL ORDER BY value ->> 0",
];

/// What came since it was settled last.
#[derive(Debug, Default)]
struct Came {
    /// Polls with new ballots.
    polls: BTreeSet<Uuid>,
    /// Whether receipts were given.
    receipts: bool,
    /// Whether it is not known: at the start, everything.
    all: bool,
}

/// Where it is noted that something came.
#[derive(Clone, Debug, Default)]
pub(super) struct Settling(Arc<(Mutex<Came>, Notify)>);

impl Settling {
    /// Ballots of these polls.
    pub(super) fn ballots(&self, polls: impl Iterator<Item = Uuid>) {
        self.note(|came| came.polls.extend(polls));
    }

    /// A receipt.
    pub(super) fn receipt(&self) {
        self.note(|came| came.receipts = true);
    }

    /// Nobody knows what: a process before this one may have ended in the middle.
    pub(super) fn everything(&self) {
        self.note(|came| came.all = true);
    }

    fn note(&self, note: impl FnOnce(&mut Came)) {
        let (came, some) = &*self.0;
        note(&mut came.lock().unwrap_or_else(PoisonError::into_inner));
        some.notify_one();
    }

    fn take(&self) -> Came {
        mem::take(&mut self.0.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Settles what has come until now; returns how many rows that are.
    ///
    /// # Errors
    /// [`StoreError`]: then it is not, and is tried with what comes next.
    pub(super) async fn settle(&self, queue: &mpsc::Sender<Order>) -> Result<u32, StoreError> {
        let came = self.take();
        let again = Came { polls: came.polls.clone(), ..came };
        let (job, answer) = job(true, |_| None, move |db| Box::pin(settle(db, came)));
        queue.send(Order::Do(job)).await.map_err(|_| StoreError::closed())?;
        let settled = answer.await.map_err(|_| StoreError::closed())?;
        if settled.is_err() {
            self.note(|came| {
                came.polls.extend(again.polls);
                came.receipts |= again.receipts;
                came.all |= again.all;
            });
        }
        settled
    }

    /// Settles whenever something has come, until the store is closed.
    pub(super) async fn run(self, queue: mpsc::WeakSender<Order>, closed: CancellationToken) {
        let mut wait = AFTER;
        while closed.run_until_cancelled(self.0.1.notified()).await.is_some() {
            sleep(wait).await;
            let Some(queue) = queue.upgrade() else { return };
            wait = match self.settle(&queue).await {
                Ok(rows) => AFTER.max(FOR_EACH * rows),
                Err(error) => {
                    tracing::warn!(%error, "ballots lie in the order in which they came");
                    AFTER
                }
            };
        }
    }
}

async fn settle(db: &mut SqliteConnection, came: Came) -> Result<u32, StoreError> {
    let mut polls: BTreeSet<String> = came.polls.iter().map(Uuid::to_string).collect();
    if came.all {
        let open: Vec<(String,)> = sqlx::query_as("SELECT DISTINCT poll FROM ballots").fetch_all(&mut *db).await?;
        polls.extend(open.into_iter().map(|(poll,)| poll));
    }
    let mut rows = 0;
    for poll in polls {
        rows += put_back(db, BALLOTS, &poll).await?;
    }
    if came.receipts || came.all {
        rows += put_back(db, RECEIPTS, "").await?;
    }
    Ok(u32::try_from(rows).unwrap_or(u32::MAX))
}

async fn put_back(db: &mut SqliteConnection, [all, out, back]: [&'static str; 3], of: &str) -> Result<u64, StoreError> {
    let (rows,): (String,) = sqlx::query_as(all).bind(of).fetch_one(&mut *db).await?;
    sqlx::query(out).bind(of).execute(&mut *db).await?;
    Ok(sqlx::query(back).bind(of).bind(rows).execute(&mut *db).await?.rows_affected())
}
