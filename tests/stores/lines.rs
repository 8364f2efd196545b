//! Streams and their lines.

use nadwa::store::{Line, NewLine, StoreError};
use tokio::task::JoinSet;

use crate::place::{Place, id, line, lines};

pub async fn lines_are_read_in_the_order_in_which_they_were_appended(place: Place) {
    let (store, stream) = place.open_with_stream().await;
    assert_eq!(store.read(stream, 0).await.unwrap(), []);
    store.append(stream, 0, lines(1..=2)).await.unwrap();
    store.append(stream, 2, vec![]).await.unwrap();
    let wordless = NewLine { words: None, ..line(3) };
    store.append(stream, 2, vec![wordless.clone()]).await.unwrap();

    let read = store.read(stream, 0).await.unwrap();
    assert_eq!(read, [kept(1, line(1)), kept(2, line(2)), kept(3, wordless.clone())]);
    assert_eq!(store.read(stream, 2).await.unwrap(), [kept(3, wordless)]);
    assert_eq!(store.read(stream, 3).await.unwrap(), []);
}

pub async fn lines_are_appended_all_or_none(place: Place) {
    let (store, stream) = place.open_with_stream().await;
    store.append(stream, 0, lines(1..=3)).await.unwrap();
    // Lines 3, 4 and 5: the first is taken, and so the others must not be there either.
    assert_eq!(store.append(stream, 2, lines(4..=6)).await, Err(StoreError::Conflict));
    assert_eq!(facts(store.read(stream, 0).await.unwrap()), facts_of(1..=3));
}

pub async fn an_append_after_any_but_the_last_line_is_a_conflict(place: Place) {
    let (store, stream) = place.open_with_stream().await;
    store.append(stream, 0, lines(1..=5)).await.unwrap();
    for after in [0, 4, 6, u64::MAX] {
        assert_eq!(store.append(stream, after, lines(6..=6)).await, Err(StoreError::Conflict), "after {after}");
    }
    assert_eq!(facts(store.read(stream, 0).await.unwrap()), facts_of(1..=5));
    assert_eq!(store.append(stream, 5, lines(6..=6)).await, Ok(()));
}

pub async fn nothing_is_appended_to_a_stream_that_nobody_created(place: Place) {
    let store = place.open().await;
    assert_eq!(store.append(id(9), 0, lines(1..=1)).await, Err(StoreError::NoSuchStream));
    assert_eq!(store.read(id(9), 0).await.unwrap(), []);
}

pub async fn of_many_writers_exactly_one_has_each_line(place: Place) {
    let (store, stream) = place.open_with_stream().await;
    let mut writers = JoinSet::new();
    for writer in 0..8 {
        let store = store.clone();
        writers.spawn(async move {
            let mut written = 0;
            while written < 10 {
                let after = store.read(stream, 0).await.unwrap().len() as u64;
                match store.append(stream, after, lines([writer, written])).await {
                    Ok(()) => written += 1,
                    Err(error) => assert_eq!(error, StoreError::Conflict),
                }
            }
        });
    }
    writers.join_all().await;

    let read = facts(store.read(stream, 0).await.unwrap());
    assert_eq!(read.len(), 8 * 10 * 2);
    for writer in 0..8 {
        let own = read.chunks(2).filter(|pair| pair[0] == line(writer).fact).map(|pair| pair[1].clone());
        assert_eq!(own.collect::<Vec<_>>(), facts_of(0..10), "each writer's pairs, whole and in order");
    }
}

pub async fn what_was_answered_is_there_for_every_reader(place: Place) {
    let store = place.open().await;
    let mut writers = JoinSet::new();
    for n in 0..300 {
        let store = store.clone();
        writers.spawn(async move {
            let stream = id(1000 + n);
            store.create_stream(stream, "session").await.unwrap();
            store.append(stream, 0, lines(1..=2)).await.unwrap();
            assert_eq!(store.read(stream, 0).await.unwrap().len(), 2);
        });
    }
    writers.join_all().await;
    assert_eq!(store.streams("session").await.unwrap().len(), 300);
}

pub async fn blanked_words_are_gone_and_the_fact_stays(place: Place) {
    let (store, stream) = place.open_with_stream().await;
    store.append(stream, 0, vec![line(1), line(2), NewLine { words: None, ..line(3) }]).await.unwrap();

    assert_eq!(store.blank(stream, 2).await, Ok(true));
    assert_eq!(store.blank(stream, 2).await, Ok(false), "there is nothing left to blank");
    assert_eq!(store.blank(stream, 3).await, Ok(false), "there never was");
    assert_eq!(store.blank(stream, 4).await, Ok(false));

    let blanked = Line { words: None, blanked: true, ..kept(2, line(2)) };
    let wordless = Line { words: None, ..kept(3, line(3)) };
    assert_eq!(store.read(stream, 0).await.unwrap(), [kept(1, line(1)), blanked, wordless]);
}

pub async fn streams_are_listed_by_kind(place: Place) {
    let store = place.open().await;
    for (stream, kind) in [(2, "session"), (1, "session"), (3, "conference"), (3, "session")] {
        store.create_stream(id(stream), kind).await.unwrap();
    }
    assert_eq!(store.streams("session").await.unwrap(), [id(1), id(2)]);
    assert_eq!(store.streams("conference").await.unwrap(), [id(3)]);
    assert!(store.streams("paper").await.unwrap().is_empty());
}

pub async fn a_closed_store_refuses(place: Place) {
    let (store, stream) = place.open_with_stream().await;
    assert_eq!(store.ready().await, Ok(()));
    store.close().await;
    store.close().await;
    let closed = StoreError::Unavailable("it was closed".into());
    assert_eq!(store.ready().await, Err(closed.clone()));
    assert_eq!(store.append(stream, 0, lines(1..=1)).await, Err(closed.clone()));
    assert_eq!(store.read(stream, 0).await, Err(closed));
    // Whoever opens it next finds it as it was left.
    assert_eq!(place.open().await.read(stream, 0).await.unwrap(), []);
}

fn kept(seq: u64, line: NewLine) -> Line {
    Line { seq, at: line.at, by: line.by, fact: line.fact, words: line.words, blanked: false }
}

fn facts(lines: Vec<Line>) -> Vec<String> {
    lines.into_iter().map(|line| line.fact).collect()
}

fn facts_of(numbers: impl IntoIterator<Item = u64>) -> Vec<String> {
    lines(numbers).into_iter().map(|line| line.fact).collect()
}
