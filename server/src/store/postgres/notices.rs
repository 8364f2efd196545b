//! Notices between nodes: what one changes, the others hear.
//!
//! A notice is a hint to read, never the thing itself, so one that comes twice does no harm. One that is lost would: a
//! listener that lost its connection therefore says "look again at everything" once it has a new one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::PgConnection;
use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::broadcast;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::store::{Grown, StoreError};

/// What they are sent on.
const CHANNEL: &str = "nadwa";
/// Notices that a slow receiver may be behind before it must look again.
const KEPT: usize = 1024;
/// After so much silence the listener asks whether the database still hears it.
const SILENCE: Duration = Duration::from_secs(20);
/// How long it waits for that answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between two attempts to be connected again.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends this node's notices and passes on those of others.
#[derive(Clone)]
pub(super) struct Notices {
    /// This node, among those that share the database; its own notices it does not hear.
    node: Uuid,
    grown: broadcast::Sender<Grown>,
    /// While there is no connection for notices.
    deaf: Arc<AtomicBool>,
}

impl Notices {
    /// Gives this node an id and begins to listen. Nothing is missed from here on.
    pub(super) async fn begin(pool: &PgPool) -> Result<(Self, PgListener), StoreError> {
        let node: String = sqlx::query_scalar("SELECT CAST(gen_random_uuid() AS TEXT)").fetch_one(pool).await?;
        let node = Uuid::parse_str(&node).map_err(|_| StoreError::Corrupt("PostgreSQL made an odd id".into()))?;
        let listener = connect(pool).await?;
        Ok((Self { node, grown: broadcast::Sender::new(KEPT), deaf: Arc::default() }, listener))
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<Grown> {
        self.grown.subscribe()
    }

    /// Whether this node hears the others.
    pub(super) fn are_heard(&self) -> bool {
        !self.deaf.load(Ordering::Relaxed)
    }

    /// Tells the other nodes; inside a transaction, when it commits.
    pub(super) async fn tell(&self, db: &mut PgConnection, stream: Uuid, seq: u64) -> Result<(), StoreError> {
        let notice = format!("{} {stream} {seq}", self.node);
        sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(notice).execute(db).await?;
        Ok(())
    }

    /// Listens until the pool is closed; without a connection yet, something may have been missed.
    pub(super) async fn listen(self, pool: PgPool, listener: Option<PgListener>) {
        let listener = match listener {
            Some(listener) => Some(listener),
            None => self.again(&pool).await,
        };
        let Some(mut listener) = listener else { return };
        loop {
            match timeout(SILENCE, listener.try_recv()).await {
                Ok(Ok(Some(notice))) => self.pass_on(notice.payload()),
                Err(_silence) if hears(&mut listener).await => {}
                Ok(Err(sqlx::Error::PoolClosed)) => return,
                Ok(_) | Err(_) => {
                    tracing::warn!("the connection for notices was lost");
                    let Some(again) = self.again(&pool).await else { return };
                    listener = again;
                }
            }
        }
    }

    /// Listens anew, and has everybody look at everything.
    async fn again(&self, pool: &PgPool) -> Option<PgListener> {
        self.deaf.store(true, Ordering::Relaxed);
        let listener = reconnect(pool).await?;
        self.deaf.store(false, Ordering::Relaxed);
        self.send(Grown { stream: Uuid::nil(), seq: 0 });
        Some(listener)
    }

    fn pass_on(&self, payload: &str) {
        match parse(payload) {
            Some((node, grown)) if node != self.node => self.send(grown),
            Some(_) => {}
            // Another program, or a later version: something happened, so look.
            None => self.send(Grown { stream: Uuid::nil(), seq: 0 }),
        }
    }

    fn send(&self, grown: Grown) {
        // It fails when no room listens, and then nobody has to know.
        let _ = self.grown.send(grown);
    }
}

fn parse(payload: &str) -> Option<(Uuid, Grown)> {
    let mut parts = payload.split(' ');
    let (node, stream, seq) = (parts.next()?, parts.next()?, parts.next()?);
    Some((node.parse().ok()?, Grown { stream: stream.parse().ok()?, seq: seq.parse().ok()? }))
}

async fn connect(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Tries until it listens again; nothing if the pool is closed meanwhile.
async fn reconnect(pool: &PgPool) -> Option<PgListener> {
    loop {
        match connect(pool).await {
            Ok(listener) => return Some(listener),
            Err(sqlx::Error::PoolClosed) => return None,
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Whether the connection still works. A cable that was pulled says nothing of itself.
async fn hears(listener: &mut PgListener) -> bool {
    matches!(timeout(PATIENCE, sqlx::query("SELECT 1").execute(listener)).await, Ok(Ok(_)))
}
