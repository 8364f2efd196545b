//! Polls and their ballots.

use std::sync::Arc;

use nadwa::store::{Ballot, NewLine, Store, StoreError, Totals};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::place::{Place, id, line, lines};

const YES: &str = r#"{"option":"نعم"}"#;
const NO: &str = r#"{"option":"لا"}"#;

pub async fn a_voter_has_one_ballot_and_may_change_it(place: Place) {
    let (store, _, poll) = with_open_poll(&place).await;
    assert_eq!(store.cast(vec![ballot(poll, 1, YES)]).await.unwrap(), [true]);
    assert_eq!(store.cast(vec![ballot(poll, 1, YES), ballot(poll, 2, YES)]).await.unwrap(), [true, true]);
    assert_eq!(store.ballots_cast(poll, "+new").await.unwrap(), 2);
    assert_eq!(store.ballot_of(poll, id(1)).await.unwrap().as_deref(), Some(YES));

    // A change of mind; and one within a batch, where the last word stands.
    store.cast(vec![ballot(poll, 1, NO)]).await.unwrap();
    store.cast(vec![ballot(poll, 2, NO), ballot(poll, 2, YES), ballot(poll, 2, NO)]).await.unwrap();
    assert_eq!(store.ballots_cast(poll, "+new").await.unwrap(), 2);
    assert_eq!(store.ballot_of(poll, id(1)).await.unwrap().as_deref(), Some(NO));
    assert_eq!(store.ballot_of(poll, id(2)).await.unwrap().as_deref(), Some(NO));
    assert_eq!(store.ballot_of(poll, id(3)).await.unwrap(), None);
}

pub async fn a_ballot_counts_only_while_its_poll_is_open(place: Place) {
    let (store, stream, poll) = with_open_poll(&place).await;
    let later = id(101);
    let both = || vec![ballot(later, 1, YES), ballot(poll, 1, YES)];
    assert!(store.cast(vec![]).await.unwrap().is_empty());
    assert_eq!(store.cast(both()).await.unwrap(), [false, true]);
    store.append_opening(stream, 1, lines(2..=2), later).await.unwrap();
    assert_eq!(store.cast(both()).await.unwrap(), [true, true]);
    close(&store, stream, 2, poll).await.unwrap();
    assert_eq!(store.cast(both()).await.unwrap(), [true, false]);
}

pub async fn closing_counts_tells_and_deletes(place: Place) {
    let (store, stream, poll) = with_open_poll(&place).await;
    let votes = (0..70).map(|n| ballot(poll, n, if n < 40 { YES } else { NO }));
    store.cast(votes.collect()).await.unwrap();

    let totals = close(&store, stream, 1, poll).await.unwrap();
    assert_eq!(totals, Totals::from([(YES.into(), 40), (NO.into(), 30)]));
    assert_eq!(store.read(stream, 1).await.unwrap()[0].fact, told(&totals).fact);
    assert_eq!(store.ballots_cast(poll, "+new").await.unwrap(), 0);
    assert_eq!(store.ballot_of(poll, id(1)).await.unwrap(), None, "afterwards nobody can say who voted what");
}

/// Fifty phones vote as fast as they can, while the poll is closed under them.
pub async fn every_ballot_that_was_answered_is_in_the_totals(place: Place) {
    let (store, stream, poll) = with_open_poll(&place).await;
    let (answered, mut answers) = mpsc::unbounded_channel();
    let mut phones = JoinSet::new();
    for phone in 0..50 {
        let (store, answered) = (store.clone(), answered.clone());
        phones.spawn(async move {
            let mut counted = Totals::new();
            for n in 0.. {
                let choice = if n % 3 == 0 { YES } else { NO };
                if store.cast(vec![ballot(poll, phone * 1_000_000 + n, choice)]).await.unwrap() != [true] {
                    break;
                }
                *counted.entry(choice.into()).or_default() += 1;
                let _ = answered.send(());
            }
            counted
        });
    }
    for _ in 0..500 {
        answers.recv().await.unwrap();
    }
    let totals = close(&store, stream, 1, poll).await.unwrap();

    let mut counted = Totals::new();
    for (choice, count) in phones.join_all().await.into_iter().flatten() {
        *counted.entry(choice).or_default() += count;
    }
    assert!(counted.values().sum::<u64>() >= 500);
    assert_eq!(totals, counted);
    assert_eq!(store.ballots_cast(poll, "+new").await.unwrap(), 0);
}

pub async fn a_poll_is_closed_once(place: Place) {
    let (store, stream, poll) = with_open_poll(&place).await;
    store.cast(vec![ballot(poll, 1, YES)]).await.unwrap();
    let mut moderators = JoinSet::new();
    for _ in 0..6 {
        let store = store.clone();
        moderators.spawn(async move { close(&store, stream, 1, poll).await });
    }
    let closed = moderators.join_all().await;
    assert_eq!(closed.iter().filter(|closed| closed.is_ok()).count(), 1);
    assert_eq!(closed.iter().filter(|closed| **closed == Err(StoreError::Conflict)).count(), 5);
    assert_eq!(close(&store, stream, 2, poll).await, Err(StoreError::PollNotOpen));
    assert_eq!(store.read(stream, 0).await.unwrap().len(), 2);
}

pub async fn what_fails_leaves_poll_and_ballots_as_they_were(place: Place) {
    let (store, stream, poll) = with_open_poll(&place).await;
    let (other, later) = (id(2), id(101));
    store.create_stream(other, "session").await.unwrap();
    store.cast(vec![ballot(poll, 1, YES)]).await.unwrap();

    assert_eq!(close(&store, stream, 0, poll).await, Err(StoreError::Conflict));
    assert_eq!(close(&store, other, 0, poll).await, Err(StoreError::PollNotOpen), "it is of another stream");
    assert_eq!(store.append_closing(stream, 1, poll, Box::new(|_| vec![])).await, Err(StoreError::NothingTold));
    assert_eq!(store.append_opening(stream, 0, lines(2..=2), later).await, Err(StoreError::Conflict));
    assert_eq!(store.append_opening(stream, 1, vec![], later).await, Err(StoreError::NothingTold));
    assert_eq!(store.cast(vec![ballot(later, 1, YES)]).await.unwrap(), [false]);

    // To open it once more changes nothing either.
    store.append_opening(stream, 1, lines(2..=2), poll).await.unwrap();
    assert_eq!(close(&store, stream, 2, poll).await, Ok(Totals::from([(YES.into(), 1)])));
}

/// A store with a stream that has one line, and an open poll.
async fn with_open_poll(place: &Place) -> (Arc<dyn Store>, Uuid, Uuid) {
    let (store, stream) = place.open_with_stream().await;
    let poll = id(100);
    store.append_opening(stream, 0, lines(1..=1), poll).await.unwrap();
    (store, stream, poll)
}

async fn close(store: &Arc<dyn Store>, stream: Uuid, after: u64, poll: Uuid) -> Result<Totals, StoreError> {
    store.append_closing(stream, after, poll, Box::new(|totals| vec![told(totals)])).await
}

fn told(totals: &Totals) -> NewLine {
    NewLine { fact: format!("{totals:?}"), ..line(0) }
}

fn ballot(poll: Uuid, voter: u128, choice: &str) -> Ballot {
    Ballot { poll, voter: id(voter), choice: choice.into() }
}
