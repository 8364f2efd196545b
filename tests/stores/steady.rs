//! SQLite when luck is bad: somebody reads, the folder goes away, the write-ahead log is damaged.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use nadwa::store::{Ballot, Missing, NewLine, Sqlite, Store, StoreError};
use nadwa_tests::folder::Folder;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::place::{id, line, lines};

/// A name that must not be found where it was erased.
const NAME: &str = "فاطمة الزهراء";

/// Somebody who reads the database of a folder, and does not end.
async fn reader(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.join("nadwa.sqlite")).read_only(true);
    let mut db = options.connect().await.unwrap();
    sqlx::raw_sql("BEGIN; SELECT count(*) FROM lines").execute(&mut db).await.unwrap();
    db
}

/// Who holds the folder while a poll is open sees what was written and when, and not in which order ballots came: that
/// would say who voted what (`G8`).
#[tokio::test(flavor = "multi_thread")]
async fn the_rows_of_ballots_do_not_tell_in_which_order_they_came() {
    let folder = Folder::new();
    let store = Sqlite::open(folder.path()).await.unwrap();
    let (stream, poll) = (id(1), id(2));
    store.create_stream(stream, "session").await.unwrap();
    store.append_opening(stream, 0, lines([1]), poll).await.unwrap();
    let voters = [9, 4, 7, 3, 8, 5];
    for voter in voters {
        store.cast(vec![Ballot { poll, voter: id(voter), choice: voter.to_string() }]).await.unwrap();
    }
    let options = SqliteConnectOptions::new().filename(folder.path().join("nadwa.sqlite")).read_only(true);
    let mut db = options.connect().await.unwrap();
    let rows =
        async |sql: &'static str, db: &mut SqliteConnection| sqlx::query_scalar::<_, String>(sql).fetch_all(db).await;
    assert_eq!(rows("SELECT choice FROM ballots", &mut db).await.unwrap(), ["3", "4", "5", "7", "8", "9"]);
    assert!(rows("SELECT choice FROM ballots ORDER BY rowid", &mut db).await.is_err(), "there is no other order");
    db.close().await.unwrap();
    // The write-ahead log has one, until it is emptied: at once.
    let log = folder.path().join("nadwa.sqlite-wal");
    let begun = Instant::now();
    while fs::metadata(&log).map_or(0, |log| log.len()) > 0 {
        assert!(begun.elapsed() < Duration::from_secs(10), "the write-ahead log is emptied");
        tokio::task::yield_now().await;
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_while_somebody_reads_and_what_was_erased_leaves_the_log_afterwards() {
    let folder = Folder::new();
    let store = Sqlite::open(folder.path()).await.unwrap();
    let (stream, poll) = (id(1), id(2));
    store.create_stream(stream, "session").await.unwrap();
    let named = NewLine { words: Some(format!("{{\"text\":\"{NAME}\"}}")), ..line(1) };
    store.append_opening(stream, 0, vec![named], poll).await.unwrap();
    store.cast(vec![Ballot { poll, voter: id(3), choice: "0".into() }]).await.unwrap();
    let reading = reader(folder.path()).await;

    let begun = Instant::now();
    store.append_closing(stream, 1, poll, Box::new(|_| lines([2]))).await.unwrap();
    assert_eq!(store.blank(stream, 1).await, Ok(true));
    for seq in 2..12 {
        store.append(stream, seq, lines([seq])).await.unwrap();
    }
    assert!(begun.elapsed() < Duration::from_secs(2), "it took {:?}", begun.elapsed());
    assert!(is_in_a_file(folder.path()), "the reader still sees it");

    reading.close().await.unwrap();
    let limit = Instant::now() + Duration::from_secs(20);
    while is_in_a_file(folder.path()) {
        assert!(Instant::now() < limit, "it stays in the log");
        store.ready().await.unwrap();
    }
    store.close().await;
}

#[tokio::test]
async fn nothing_is_acknowledged_in_a_folder_that_is_not_there_any_more() {
    let (folder, moved) = (Folder::new(), Folder::new());
    let store = Sqlite::open(folder.path()).await.unwrap();
    store.create_stream(id(1), "session").await.unwrap();
    fs::rename(folder.path(), moved.path()).unwrap();
    let refused = store.append(id(1), 0, lines([1])).await;
    assert!(matches!(&refused, Err(StoreError::Unavailable(why)) if why.contains("nadwa.sqlite")), "{refused:?}");
    assert!(store.ready().await.is_err());
    // Another folder of the same name is not that folder.
    let other = Sqlite::open(folder.path()).await.unwrap();
    assert!(store.append(id(1), 0, lines([1])).await.is_err() && store.ready().await.is_err());
    other.close().await;
    fs::remove_dir_all(folder.path()).unwrap();
    fs::rename(moved.path(), folder.path()).unwrap();
    assert_eq!(store.append(id(1), 0, lines([1])).await, Ok(()));
    store.close().await;
}

/// A clean-up script, a program that synchronizes folders: what lies beside the database goes while it is in use.
#[tokio::test]
async fn where_the_log_or_the_lock_is_removed_nothing_more_is_acknowledged_and_what_was_is_kept() {
    for gone in [&["nadwa.sqlite-wal", "nadwa.sqlite-shm"][..], &["nadwa.sqlite-wal"], &["nadwa.lock"]] {
        let folder = Folder::new();
        let store = Sqlite::open(folder.path()).await.unwrap();
        store.create_stream(id(1), "session").await.unwrap();
        store.append(id(1), 0, lines([1])).await.unwrap();
        for name in gone {
            fs::remove_file(folder.path().join(name)).unwrap();
        }
        let refused = store.append(id(1), 1, lines([2])).await;
        assert!(matches!(&refused, Err(StoreError::Unavailable(why)) if why.contains(gone[0])), "{refused:?}");
        assert!(store.ready().await.is_err());
        // Killed now, it has what it had acknowledged.
        let copy = Folder::new();
        fs::create_dir_all(copy.path()).unwrap();
        fs::copy(folder.path().join("nadwa.sqlite"), copy.path().join("nadwa.sqlite")).unwrap();
        let again = Sqlite::open(copy.path()).await.unwrap();
        assert_eq!(again.read(id(1), 0).await.unwrap().len(), 1, "{gone:?}");
        again.close().await;
        store.close().await;
    }
}

#[tokio::test]
async fn no_empty_conference_is_begun_where_something_of_another_lies() {
    for left in
        ["files/papers/one/two.pdf", "nadwa.sqlite-wal", "nadwa.ends", "nadwa-importing/tables", "nadwa-part.sqlite"]
    {
        let folder = Folder::new();
        let left = folder.path().join(left);
        fs::create_dir_all(left.parent().unwrap()).unwrap();
        fs::write(&left, "precious").unwrap();
        let refused = Sqlite::open(folder.path()).await.err();
        let Some(StoreError::Corrupt(why)) = refused else { panic!("{}: {refused:?}", left.display()) };
        assert!(why.contains("nadwa.sqlite") && why.ends_with("nothing was changed"), "{why}");
        assert_eq!(fs::read_to_string(&left).unwrap(), "precious");
        assert!(!folder.path().join("nadwa.sqlite").exists());
    }
}

/// A process dies, and its write-ahead log is damaged: cut, flipped, or gone.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_damaged_write_ahead_log_has_lost_is_told() {
    let folder = Folder::new();
    let store = Sqlite::open(folder.path()).await.unwrap();
    store.create_stream(id(1), "session").await.unwrap();
    // While somebody reads nothing of what follows is moved into the database.
    let reading = reader(folder.path()).await;
    for seq in 0..40 {
        store.append(id(1), seq, lines([seq])).await.unwrap();
    }
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    let (database, log, ends) = (bytes("nadwa.sqlite"), bytes("nadwa.sqlite-wal"), bytes("nadwa.ends"));
    let mut flipped = log.clone();
    flipped[log.len() / 2] ^= 1;
    for (what, log) in
        [("whole", log.clone()), ("cut", log[..log.len() / 2].to_vec()), ("flipped", flipped), ("gone", vec![])]
    {
        let copy = Folder::new();
        fs::create_dir_all(copy.path()).unwrap();
        for (name, bytes) in [("nadwa.sqlite", &database), ("nadwa.sqlite-wal", &log), ("nadwa.ends", &ends)] {
            fs::write(copy.path().join(name), bytes).unwrap();
        }
        let again = Sqlite::open(copy.path()).await.unwrap();
        let there = again.read(id(1), 0).await.unwrap().len() as u64;
        let missing = Missing { stream: id(1), kind: "session".to_owned(), from: there + 1, to: 40 };
        assert_eq!(there < 40, what != "whole", "{what}: {there} lines are left");
        assert_eq!(
            again.missing(),
            Some(missing).filter(|_| what != "whole").into_iter().collect::<Vec<_>>(),
            "{what}"
        );
        again.close().await;
        // Whoever starts it once more is told as well.
        let later = Sqlite::open(copy.path()).await.unwrap();
        assert_eq!(later.missing().len(), usize::from(what != "whole"), "{what}");
        later.close().await;
    }
    reading.close().await.unwrap();
    store.close().await;
}

fn is_in_a_file(folder: &Path) -> bool {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(NAME.len()).any(|part| part == NAME.as_bytes()))
}
