//! Durable ballots a second, of the room and its store, beside what SQLite itself does on this disk in the same minute.

use std::sync::Arc;
use std::time::Instant;

use futures::future::join_all;
use nadwa::rooms::phone::{Phone, Voting};
use nadwa::store;
use nadwa_domain::ids::{PollId, SessionId};
use nadwa_domain::session::poll::ballot::{Answer, Ballot};
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::Hall;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, query};
use uuid::Uuid;

use crate::ballots::open_poll;

/// Rows of one transaction.
const BATCH: usize = 256;
/// Rows in all.
const ROWS: usize = BATCH * 100;
/// Voters at the same time.
const VOTERS: usize = 2_000;

/// Rows a second that SQLite puts on the disk: a table as the ballots', transactions of [`BATCH`] rows, each on the
/// disk before the next begins.
pub async fn raw() -> f64 {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path()).expect("a folder");
    let mut db = SqliteConnectOptions::new()
        .filename(folder.path().join("floor.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
        .connect()
        .await
        .expect("it opens");
    let table = "CREATE TABLE ballots (poll TEXT NOT NULL, voter TEXT NOT NULL, choice TEXT NOT NULL, \
                 PRIMARY KEY (poll, voter))";
    query(table).execute(&mut db).await.expect("a table");
    let poll = Uuid::new_v4().to_string();
    let insert = format!("INSERT INTO ballots VALUES {}", vec!["(?, ?, ?)"; BATCH].join(", "));
    let begun = Instant::now();
    for _ in 0..ROWS / BATCH {
        transaction(&mut db, &insert, &poll).await;
    }
    let took = begun.elapsed().as_secs_f64();
    db.close().await.expect("it closes");
    ROWS as f64 / took
}

async fn transaction(db: &mut SqliteConnection, insert: &str, poll: &str) {
    let rows = (0..BATCH).fold(query(sqlx::AssertSqlSafe(insert)), |rows, n| {
        rows.bind(poll).bind(Uuid::new_v4().to_string()).bind((n % 5).to_string())
    });
    query("BEGIN IMMEDIATE").execute(&mut *db).await.expect("it begins");
    rows.execute(&mut *db).await.expect("rows");
    query("COMMIT").execute(&mut *db).await.expect("it is on the disk");
}

/// Ballots a second through the room: decided, on the disk, acknowledged one by one.
pub async fn room() -> f64 {
    let folder = Folder::new();
    let store = store::open(&folder.path().display().to_string()).await.expect("the folder opens");
    let hall = Hall::open_on(store, folder).await;
    let poll = PollId(open_poll(&hall.moderator().await).await.parse().expect("an id"));
    let session = SessionId(hall.live.id.parse().expect("an id"));
    let room = hall.app().rooms.session(session).await.expect("a room");
    let begun = Instant::now();
    let voters = (0..VOTERS).map(|voter| {
        let room = Arc::clone(&room);
        tokio::spawn(async move {
            for n in 0..ROWS / VOTERS {
                let choice = u8::try_from((voter + n) % 5).unwrap_or(0);
                let phone = Voting::Phone(Phone::played());
                room.vote(phone, poll, Ballot::from(Answer::One(choice))).await.expect("acknowledged");
            }
        })
    });
    join_all(voters).await.into_iter().for_each(|voted| voted.expect("it votes"));
    let took = begun.elapsed().as_secs_f64();
    hall.close().await;
    (ROWS / VOTERS * VOTERS) as f64 / took
}
