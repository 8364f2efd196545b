//! What is particular to SQLite: the folder, the file, the disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nadwa::store::{Ballot, NewLine, Sqlite, Store, StoreError};
use nadwa_tests::folder::Folder;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::place::{Place, id, line, lines};

/// A name that must not be found where it was erased.
const NAME: &str = "فاطمة الزهراء";

#[tokio::test]
async fn a_folder_is_for_one_process() {
    let folder = Folder::new();
    let first = Sqlite::open(folder.path()).await.unwrap();
    let refused = Sqlite::open(folder.path()).await.err();
    assert_eq!(refused, Some(StoreError::Taken(folder.path().display().to_string())));
    first.close().await;
    assert!(Sqlite::open(folder.path()).await.is_ok());
}

/// Whoever holds the folder, and knows who voted when, cannot tell by where a row lies whose ballot it is (`G8`): not
/// once the store is closed, and not while the poll is open.
#[tokio::test]
async fn in_whatever_order_ballots_and_receipts_come_the_file_is_the_same() {
    let came: Vec<u128> = (0..300).collect();
    let mixed: Vec<u128> = (0..300).map(|n| n * 77 % 300).collect();
    let again: Vec<u128> = came.iter().rev().chain(&mixed).copied().collect();
    let (folder, store) = cast_in(came).await;
    store.close().await;
    let first = leaves(&folder);
    assert!(first.len() > 8, "ballots and receipts fill several pages: {}", first.len());
    for order in [mixed, again] {
        let (folder, store) = cast_in(order).await;
        // A server that runs on settles them a moment later.
        for _ in 0..5_000 {
            if leaves(&folder) == first {
                break;
            }
            store.ready().await.unwrap();
        }
        assert!(leaves(&folder) == first, "while the poll is open");
        store.close().await;
        assert!(leaves(&folder) == first, "and afterwards");
    }
}

/// Ballots and receipts, brought in an order.
async fn cast_in(order: Vec<u128>) -> (Folder, Sqlite) {
    let (folder, stream, poll) = (Folder::new(), id(1), id(2));
    let store = Sqlite::open(folder.path()).await.unwrap();
    store.create_stream(stream, "session").await.unwrap();
    store.append_opening(stream, 0, lines(1..=1), poll).await.unwrap();
    for n in order {
        let choice = if n % 3 == 0 { "yes" } else { "no, and longer" };
        store.cast(vec![Ballot { poll, voter: key(n), choice: choice.into() }]).await.unwrap();
        store.keep_receipt(key(n), &n.to_string()).await.unwrap();
    }
    (folder, store)
}

/// The pages of the file that hold ballots and receipts.
fn leaves(folder: &Folder) -> BTreeSet<Vec<u8>> {
    let file = fs::read(folder.path().join("nadwa.sqlite")).unwrap();
    let keys: BTreeSet<_> = (0..300).map(|n| key(n).to_string().into_bytes()).collect();
    let holds = |page: &[u8]| page.windows(36).any(|bytes| keys.contains(bytes));
    // Leaves of tables that lie in the order of a key begin with this byte.
    file.chunks(4096).filter(|page| page[0] == 10 && holds(page)).map(<[u8]>::to_vec).collect()
}

/// Keys are no numbers in a row.
fn key(n: u128) -> Uuid {
    id(n.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835))
}

/// A disk of fifty pages fills; what was answered is there and nothing else; with space again it works again.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_passes() {
    let folder = Folder::new();
    let store = Sqlite::open_within(folder.path(), 50).await.unwrap();
    let stream = id(1);
    store.create_stream(stream, "session").await.unwrap();
    let mut last = 0;
    let full = loop {
        match store.append(stream, last, vec![long()]).await {
            Ok(()) => last += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(full, StoreError::Full);
    assert_eq!(store.append(stream, last, vec![line(1), long(), line(2)]).await, Err(StoreError::Full));
    assert_eq!(store.ready().await, Ok(()));
    assert_eq!(store.read(stream, 0).await.unwrap().len() as u64, last);

    assert_eq!(store.blank(stream, 1).await, Ok(true));
    assert_eq!(store.append(stream, last, lines(1..=2)).await, Ok(()));
    store.close().await;
    let read = Sqlite::open(folder.path()).await.unwrap().read(stream, 0).await.unwrap();
    assert_eq!(read.len() as u64, last + 2);
}

/// Of many who write at once on a full disk, those who are told "saved" are saved, and no others.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_nobody_is_told_that_it_was_saved() {
    let place = Place::folder();
    let store = Arc::new(Sqlite::open_within(Path::new(&place.name()), 60).await.unwrap());
    let mut writers = JoinSet::new();
    for n in 0..40 {
        let store = store.clone();
        writers.spawn(async move {
            store.create_stream(id(n), "session").await?;
            store.append(id(n), 0, vec![long()]).await.map(|()| id(n))
        });
    }
    let told = writers.join_all().await;
    let mut saved: Vec<_> = told.iter().flatten().copied().collect();
    assert!(told.contains(&Err(StoreError::Full)));
    assert!(!saved.is_empty());
    store.close().await;

    let store = place.open().await;
    let mut found = Vec::new();
    for stream in store.streams("session").await.unwrap() {
        if !store.read(stream, 0).await.unwrap().is_empty() {
            found.push(stream);
        }
    }
    saved.sort();
    assert_eq!(found, saved);
}

/// Something that happened to the bytes of a file.
type Damage = fn(&mut Vec<u8>);

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_left_as_it_is() {
    let damages: [(&str, Damage); 5] = [
        ("not a database", |bytes| *bytes = "ليست قاعدة بيانات".repeat(500).into_bytes()),
        ("a page of noise", |bytes| bytes[3 * 4096..4 * 4096].fill(0xA5)),
        ("cut short", |bytes| bytes.truncate(bytes.len() / 2)),
        ("another program's", |bytes| bytes[68..72].copy_from_slice(&7_u32.to_be_bytes())),
        ("a later version's", |bytes| bytes[60..64].copy_from_slice(&999_u32.to_be_bytes())),
    ];
    for (what, damage) in damages {
        let folder = Folder::new();
        let file = written(&folder).await;
        let mut bytes = fs::read(&file).unwrap();
        damage(&mut bytes);
        fs::write(&file, &bytes).unwrap();

        let refused = Sqlite::open(folder.path()).await.err();
        let Some(StoreError::Corrupt(why)) = refused else { panic!("{what}: {refused:?}") };
        assert!(why.contains("nadwa.sqlite") && why.ends_with("nothing was changed"), "{why}");
        assert_eq!(fs::read(&file).unwrap(), bytes, "{what}: the file is as it was");
    }
}

/// A start that was cut short before there was anything in the file is no damage.
#[tokio::test]
async fn an_empty_file_is_a_new_store() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path()).unwrap();
    fs::write(folder.path().join("nadwa.sqlite"), "").unwrap();
    assert!(Sqlite::open(folder.path()).await.is_ok());
}

#[tokio::test]
async fn what_was_erased_is_in_no_file_while_the_server_runs() {
    let folder = Folder::new();
    let store = Sqlite::open(folder.path()).await.unwrap();
    let (stream, person) = (id(1), id(2));
    store.create_stream(stream, "session").await.unwrap();
    store
        .append(stream, 0, vec![NewLine { words: Some(format!("{{\"text\":\"{NAME}\"}}")), ..line(1) }])
        .await
        .unwrap();
    store.remember(person, &format!("{{\"ar\":\"{NAME}\"}}")).await.unwrap();
    assert!(is_in_a_file(folder.path()));

    store.blank(stream, 1).await.unwrap();
    store.forget(person).await.unwrap();
    assert!(!is_in_a_file(folder.path()));
    store.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_folder_is_for_the_servers_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let _store = Sqlite::open(folder.path()).await.unwrap();
    assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
}

/// A line with words of eleven pages.
fn long() -> NewLine {
    NewLine { words: Some(format!("\"{}\"", "س".repeat(22_000))), ..line(0) }
}

/// A store with something in it, closed; its file.
async fn written(folder: &Folder) -> PathBuf {
    let store = Sqlite::open(folder.path()).await.unwrap();
    store.create_stream(id(1), "session").await.unwrap();
    store.append(id(1), 0, lines(1..=200)).await.unwrap();
    store.close().await;
    folder.path().join("nadwa.sqlite")
}

fn is_in_a_file(folder: &Path) -> bool {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(NAME.len()).any(|part| part == NAME.as_bytes()))
}
