//! What dies is begun again, or the server ends and says so (`L2.5`): never is it alive and cannot work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use nadwa::config::Listen;
use nadwa::edge::Clock;
use nadwa::serve::Server;
use nadwa::store::{self, Ballot, Grown, Line, Missing, NewLine, Store, StoreError, Tell, Totals};
use nadwa_app::pages::Assets;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// A store that kills whoever writes once, and that may die itself.
struct Brittle {
    store: Arc<dyn Store>,
    kills: Arc<AtomicBool>,
    dead: CancellationToken,
}

impl Brittle {
    async fn open(folder: &Folder) -> (Arc<Self>, Arc<AtomicBool>, CancellationToken) {
        let store = store::open(&folder.path().display().to_string()).await.unwrap();
        let (kills, dead) = (Arc::new(AtomicBool::new(false)), CancellationToken::new());
        (Arc::new(Self { store, kills: Arc::clone(&kills), dead: dead.clone() }), kills, dead)
    }
}

#[async_trait]
impl Store for Brittle {
    async fn create_stream(&self, stream: Uuid, kind: &str) -> Result<(), StoreError> {
        self.store.create_stream(stream, kind).await
    }
    async fn streams(&self, kind: &str) -> Result<Vec<Uuid>, StoreError> {
        self.store.streams(kind).await
    }
    async fn append(&self, stream: Uuid, after: u64, lines: Vec<NewLine>) -> Result<(), StoreError> {
        assert!(!self.kills.swap(false, Ordering::Relaxed), "whoever writes now falls");
        self.store.append(stream, after, lines).await
    }
    async fn append_opening(
        &self,
        stream: Uuid,
        after: u64,
        lines: Vec<NewLine>,
        poll: Uuid,
    ) -> Result<(), StoreError> {
        self.store.append_opening(stream, after, lines, poll).await
    }
    async fn append_closing(&self, stream: Uuid, after: u64, poll: Uuid, tell: Tell) -> Result<Totals, StoreError> {
        self.store.append_closing(stream, after, poll, tell).await
    }
    async fn read(&self, stream: Uuid, after: u64) -> Result<Vec<Line>, StoreError> {
        self.store.read(stream, after).await
    }
    async fn read_around(&self, stream: Uuid) -> Result<(Vec<Line>, u64), StoreError> {
        self.store.read_around(stream).await
    }
    async fn blank(&self, stream: Uuid, seq: u64) -> Result<bool, StoreError> {
        self.store.blank(stream, seq).await
    }
    async fn restate(&self, stream: Uuid, seq: u64, fact: &str) -> Result<(), StoreError> {
        self.store.restate(stream, seq, fact).await
    }
    async fn cast(&self, ballots: Vec<Ballot>) -> Result<Vec<bool>, StoreError> {
        self.store.cast(ballots).await
    }
    async fn ballot_of(&self, poll: Uuid, voter: Uuid) -> Result<Option<String>, StoreError> {
        self.store.ballot_of(poll, voter).await
    }
    async fn ballots_cast(&self, poll: Uuid, without: &str) -> Result<u64, StoreError> {
        self.store.ballots_cast(poll, without).await
    }
    async fn remember(&self, person: Uuid, name: &str) -> Result<(), StoreError> {
        self.store.remember(person, name).await
    }
    async fn recall_all(&self) -> Result<Vec<(Uuid, String)>, StoreError> {
        self.store.recall_all().await
    }
    async fn forget(&self, person: Uuid) -> Result<(), StoreError> {
        self.store.forget(person).await
    }
    async fn keep_receipt(&self, receipt: Uuid, leads: &str) -> Result<(), StoreError> {
        self.store.keep_receipt(receipt, leads).await
    }
    async fn receipt(&self, receipt: Uuid) -> Result<Option<String>, StoreError> {
        self.store.receipt(receipt).await
    }
    async fn newest(&self) -> Result<Option<i64>, StoreError> {
        self.store.newest().await
    }
    fn grown(&self) -> broadcast::Receiver<Grown> {
        self.store.grown()
    }
    async fn ready(&self) -> Result<(), StoreError> {
        self.store.ready().await
    }
    async fn died(&self) {
        self.dead.cancelled().await;
    }
    fn missing(&self) -> Vec<Missing> {
        self.store.missing()
    }
    async fn close(&self) {
        self.store.close().await;
    }
}

#[tokio::test]
async fn a_sessions_room_that_falls_is_opened_again_and_whoever_follows_comes_back_to_it() {
    let folder = Folder::new();
    let (store, kills, _) = Brittle::open(&folder).await;
    let hall = Hall::open_on(store, folder).await;
    let (phone, steward) = (hall.phone().await, hall.steward().await);
    let before = phone.ask("سؤال قبل السقوط").await;
    let mut desk = steward.follow("desk").await;
    desk.picture().await;
    kills.store(true, Ordering::Relaxed);
    let falls = steward.press(&format!("/questions/{before}/pass"), json!({})).await;
    assert_eq!(falls.status, StatusCode::SERVICE_UNAVAILABLE, "it is not said that it was done");
    while desk.event().await.is_some() {}
    steward.does(&format!("/questions/{before}/pass"), json!({})).await;
    let after = hall.phone().await.ask("سؤال بعد السقوط").await;
    let view = steward.follow("desk").await.picture().await.to_string();
    assert!(view.contains(&after.to_string()), "{view}");
    assert_eq!(steward.get("/readyz").await.status, StatusCode::OK);
    hall.close().await;
}

#[tokio::test]
async fn without_what_writes_the_server_ends_and_says_why() {
    let folder = Folder::new();
    let (store, _, dead) = Brittle::open(&folder).await;
    let listen = Listen::at(([127, 0, 0, 1], 0).into());
    let server = Server::bind_with(store, Clock::system(), &listen, Assets::default()).await.unwrap();
    let running = tokio::spawn(server.run());
    dead.cancel();
    let ended = running.await.unwrap().unwrap_err().to_string();
    assert!(ended.contains("what writes the database"), "{ended}");
}
