//! What is particular to PostgreSQL: several nodes on one database.

use std::sync::Arc;

use nadwa::store::{Ballot, Grown, Postgres, Store, StoreError, Totals};
use nadwa_tests::postgres::Database;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::place::{id, lines};

#[tokio::test(flavor = "multi_thread")]
async fn nodes_hear_what_others_changed_and_not_themselves() {
    let database = Database::new();
    let (here, there) = (node(&database).await, node(&database).await);
    let (mut heard_here, mut heard_there) = (here.grown(), there.grown());
    let (stream, poll) = (id(1), id(100));

    here.create_stream(stream, "session").await.unwrap();
    here.append(stream, 0, lines(1..=3)).await.unwrap();
    here.append_opening(stream, 3, lines(4..=4), poll).await.unwrap();
    here.cast(vec![Ballot { poll, voter: id(7), choice: "1".into() }]).await.unwrap();
    here.append_closing(stream, 4, poll, Box::new(|_| lines(5..=6))).await.unwrap();
    for seq in [0, 3, 4, 0, 6] {
        assert_eq!(heard_there.recv().await.unwrap(), Grown { stream, seq });
    }

    // The first that the node hears is the other's: it did not hear itself. What failed is not told.
    assert_eq!(there.append(stream, 2, lines(1..=1)).await, Err(StoreError::Conflict));
    there.append(stream, 6, lines(7..=7)).await.unwrap();
    assert_eq!(heard_here.recv().await.unwrap(), Grown { stream, seq: 7 });
    assert_eq!(here.read(stream, 6).await.unwrap().len(), 1, "what is told can be read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_lost_its_connections_looks_at_everything_again() {
    let database = Database::new();
    let (here, there) = (node(&database).await, node(&database).await);
    here.create_stream(id(1), "session").await.unwrap();
    let mut heard = there.grown();
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
               WHERE application_name = 'nadwa' AND datname = current_database()";
    assert_ne!(database.say(cut), "0");

    let look_again = Grown { stream: Uuid::nil(), seq: 0 };
    while heard.recv().await.unwrap() != look_again {}
    here.append(id(1), 0, lines(1..=1)).await.unwrap();
    while heard.recv().await.unwrap() != (Grown { stream: id(1), seq: 1 }) {}
    assert_eq!(there.read(id(1), 0).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_together_make_the_tables_once() {
    let database = Database::new();
    let mut nodes = JoinSet::new();
    for _ in 0..5 {
        let address = database.address();
        nodes.spawn(async move { Postgres::open(&address).await.map(drop) });
    }
    assert!(nodes.join_all().await.iter().all(Result::is_ok));
    assert_eq!(database.say("SELECT count(*) = count(DISTINCT version) AND count(*) > 0 FROM tables_version"), "t");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_nodes_exactly_one_has_each_line() {
    let database = Database::new();
    let mut nodes = JoinSet::new();
    for _ in 0..2 {
        let node = node(&database).await;
        node.create_stream(id(1), "session").await.unwrap();
        nodes.spawn(async move {
            let (mut written, mut after) = (0, 0);
            while written < 50 {
                match node.append(id(1), after, lines([written])).await {
                    Ok(()) => (written, after) = (written + 1, after + 1),
                    Err(StoreError::Conflict) => after += node.read(id(1), after).await.unwrap().len() as u64,
                    Err(error) => panic!("{error}"),
                }
            }
        });
    }
    nodes.join_all().await;
    assert_eq!(node(&database).await.read(id(1), 0).await.unwrap().len(), 100);
}

/// A hundred and fifty phones vote without a pause, on three nodes, and the moderator's press is not kept waiting.
#[tokio::test(flavor = "multi_thread")]
async fn a_poll_is_closed_however_many_vote() {
    let database = Database::new();
    let (stream, poll) = (id(1), id(100));
    let moderators = node(&database).await;
    moderators.create_stream(stream, "session").await.unwrap();
    moderators.append_opening(stream, 0, lines(1..=1), poll).await.unwrap();
    let mut phones = JoinSet::new();
    for _ in 0..3 {
        let node = Arc::new(node(&database).await);
        for phone in 0..50 {
            let node = node.clone();
            phones.spawn(async move {
                let ballot = || Ballot { poll, voter: id(phone), choice: "1".into() };
                while node.cast(vec![ballot()]).await == Ok(vec![true]) {}
            });
        }
    }
    while moderators.ballots_cast(poll, "+new").await.unwrap() < 50 {}
    let closed = moderators.append_closing(stream, 1, poll, Box::new(|_| lines(2..=2))).await;
    assert_eq!(closed, Ok(Totals::from([("1".into(), 50)])));
    phones.join_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_a_later_version_are_refused_and_left_as_they_are() {
    let database = Database::new();
    node(&database).await.close().await;
    let _ = database.say("INSERT INTO tables_version VALUES (999)");
    let refused = Postgres::open(&database.address()).await.err();
    assert!(matches!(refused, Some(StoreError::Corrupt(why)) if why.contains("later version")));
    assert_eq!(database.say("SELECT max(version) FROM tables_version"), "999");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_reached_is_told_without_its_password() {
    for address in ["postgres://nadwa:secret@127.0.0.1:1/nadwa", "postgres://nadwa:secret@:not a port/nadwa"] {
        let refused = Postgres::open(address).await.err();
        let Some(StoreError::Unavailable(why)) = refused else { panic!("{refused:?}") };
        assert!(!why.contains("secret"), "{why}");
    }
}

async fn node(database: &Database) -> Postgres {
    Postgres::open(&database.address()).await.unwrap()
}
