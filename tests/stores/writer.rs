//! Writes until it is killed, and says what was answered: a line on standard output for each line and each ballot.
//!
//! `store-writer PLACE RUN`; the run is a number that tells its lines and voters from those of other runs.

use std::sync::Arc;

use nadwa::store::{Ballot, NewLine, Store, StoreError, open};
use tokio::task::JoinSet;
use uuid::Uuid;

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, place, run] = arguments.as_slice() else { panic!("store-writer PLACE RUN") };
    let run: u64 = run.parse().expect("the run is a number");
    let store = open(place).await?;
    let mut tasks = JoinSet::new();
    for stream in 1..=4 {
        tasks.spawn(append_for_ever(store.clone(), Uuid::from_u128(stream), run));
    }
    let poll = open_poll(&store).await?;
    for phone in 0..16 {
        tasks.spawn(vote_for_ever(store.clone(), poll, u128::from(run) * 1000 + phone));
    }
    tasks.join_all().await;
    Ok(())
}

/// Appends one to three lines at a time.
async fn append_for_ever(store: Arc<dyn Store>, stream: Uuid, run: u64) {
    store.create_stream(stream, "session").await.expect("a stream is created");
    let mut last = end_of(&store, stream).await;
    for n in 0_u64.. {
        let facts: Vec<_> = (0..=n % 3).map(|part| format!(r#"{{"run":{run},"n":{n},"part":{part}}}"#)).collect();
        match store.append(stream, last, facts.iter().map(|fact| line(fact)).collect()).await {
            Ok(()) => {
                for fact in facts {
                    last += 1;
                    println!("line {stream} {last} {fact}");
                }
            }
            // The last transaction of a writer that was killed may end after this one has begun (PostgreSQL).
            Err(StoreError::Conflict) => last = end_of(&store, stream).await,
            Err(error) => panic!("{error}"),
        }
    }
}

/// Votes, and changes its mind again and again: the choice only grows.
async fn vote_for_ever(store: Arc<dyn Store>, poll: Uuid, phone: u128) {
    let voter = Uuid::from_u128(phone);
    for choice in 0.. {
        let ballot = Ballot { poll, voter, choice: choice.to_string() };
        assert_eq!(store.cast(vec![ballot]).await.expect("a ballot is cast"), [true]);
        println!("ballot {voter} {choice}");
    }
}

async fn open_poll(store: &Arc<dyn Store>) -> Result<Uuid, StoreError> {
    let (stream, poll) = (Uuid::from_u128(50), Uuid::from_u128(100));
    store.create_stream(stream, "session").await?;
    store.append_opening(stream, end_of(store, stream).await, vec![line("\"opened\"")], poll).await?;
    Ok(poll)
}

async fn end_of(store: &Arc<dyn Store>, stream: Uuid) -> u64 {
    store.read(stream, 0).await.expect("a stream is read").last().map_or(0, |line| line.seq)
}

fn line(fact: &str) -> NewLine {
    NewLine { at: 0, by: "\"server\"".into(), fact: fact.into(), words: Some("\"سؤال\"".into()) }
}
