//! A conference as one file, and back: nothing is lost, and a server may be at work meanwhile.

use std::fs;
use std::path::PathBuf;

use nadwa::archive;
use nadwa::private;
use nadwa::store::{self, NewLine, Store};
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::Hall;
use uuid::Uuid;

#[tokio::test]
async fn what_is_exported_while_the_server_runs_and_imported_elsewhere_is_the_same() {
    let folder = Folder::new();
    let place = folder.path().display().to_string();
    let store = store::open(&place).await.unwrap();
    let hall = Hall::open_on(store.clone(), Folder::new()).await;
    hall.phone().await.ask("كيف نوصل صوتنا للمسؤولين بعد المؤتمر؟").await;
    let (file, other, copy) = (Folder::new(), Folder::new(), Folder::new());
    let file = file.path().with_extension("nadwa");
    archive::export(folder.path(), &file).await.unwrap();
    archive::import(other.path(), &file).await.unwrap();
    archive::backup(folder.path(), copy.path()).await.unwrap();
    let before = everything(store.as_ref()).await;
    assert!(before.len() > 100, "the demo has a history");
    for restored in [other.path(), copy.path()] {
        let restored = store::open(&restored.display().to_string()).await.unwrap();
        assert_eq!(everything(restored.as_ref()).await, before);
        restored.close().await;
    }
    let again = archive::import(other.path(), &file).await;
    assert!(again.is_err(), "a folder that holds a conference is left as it is");
    fs::remove_file(file).unwrap();
    hall.close().await;
}

/// A conference with a paper's file, exported; the file, and the folder that it came from.
async fn exported() -> (Folder, PathBuf) {
    let folder = Folder::new();
    let store = store::open(&folder.path().display().to_string()).await.unwrap();
    store.create_stream(Uuid::from_u128(1), "conference").await.unwrap();
    let line = |n: i64| NewLine { at: n, by: "\"server\"".into(), fact: format!("{{\"n\":{n}}}"), words: None };
    store.append(Uuid::from_u128(1), 0, (0..20).map(line).collect()).await.unwrap();
    store.remember(Uuid::from_u128(2), "{\"ar\":\"مريم\"}").await.unwrap();
    store.close().await;
    fs::create_dir_all(folder.path().join("files/papers")).unwrap();
    fs::write(folder.path().join("files/papers/one.pdf"), "%PDF ".repeat(40)).unwrap();
    let file = folder.path().with_extension("nadwa");
    archive::export(folder.path(), &file).await.unwrap();
    (folder, file)
}

/// A bit of it, anywhere: what is taken in is what was written, or nothing is written.
#[tokio::test(flavor = "multi_thread")]
async fn an_archive_of_which_a_bit_has_changed_is_refused_before_anything_is_written() {
    let (folder, file) = exported().await;
    let whole = fs::read(&file).unwrap();
    let cut = whole[..whole.len() - 5].to_vec();
    let longer = [whole.as_slice(), b"more"].concat();
    // Not the first ten: the time and the system that gzip notes there are nobody's.
    let flipped = (10..whole.len()).step_by(whole.len() / 60).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        bytes
    });
    for (n, bytes) in flipped.chain([cut, longer]).enumerate() {
        fs::write(&file, bytes).unwrap();
        let place = Folder::new();
        assert!(archive::import(place.path(), &file).await.is_err(), "the damage number {n}");
        assert!(!place.path().exists(), "nothing is written of the damage number {n}");
    }
    fs::write(&file, &whole).unwrap();
    let place = Folder::new();
    archive::import(place.path(), &file).await.unwrap();
    assert_eq!(fs::read(place.path().join("files/papers/one.pdf")).unwrap(), "%PDF ".repeat(40).as_bytes());
    fs::remove_file(file).unwrap();
    drop(folder);
}

/// The disk was full, or the process was killed: files are there and no database, or half of one.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_stopped_is_not_served_and_is_begun_again() {
    let (folder, file) = exported().await;
    let place = Folder::new();
    // Where a file must go stands a folder: it stops there.
    private::folder(&place.path().join("files/papers/one.pdf")).unwrap();
    assert!(archive::import(place.path(), &file).await.is_err());
    fs::remove_dir(place.path().join("files/papers/one.pdf")).unwrap();
    fs::write(place.path().join("files/papers/one.pdf"), "%PD").unwrap();
    let refused = store::open(&place.path().display().to_string()).await.err();
    assert!(matches!(refused, Some(store::StoreError::Corrupt(_))), "{refused:?}");
    archive::import(place.path(), &file).await.unwrap();
    let names: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| name != "nadwa-importing"), "{names:?}");
    let (before, after) = (folder.path().display().to_string(), place.path().display().to_string());
    let [before, after] = [store::open(&before).await.unwrap(), store::open(&after).await.unwrap()];
    assert_eq!(everything(before.as_ref()).await, everything(after.as_ref()).await);
    fs::remove_file(file).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_looked_at_before_it_is_served_and_is_never_made_inside_of_what_it_copies() {
    let (folder, file) = exported().await;
    fs::remove_file(file).unwrap();
    let inside = archive::backup(folder.path(), &folder.path().join("copies/one")).await;
    assert!(inside.is_err_and(|why| why.contains("inside")));
    assert!(!folder.path().join("copies").exists());
    for (what, harm) in [("nadwa.sqlite", true), ("files/papers/one.pdf", true), ("", false)] {
        let copy = Folder::new();
        archive::backup(folder.path(), copy.path()).await.unwrap();
        if harm {
            let mut bytes = fs::read(copy.path().join(what)).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            fs::write(copy.path().join(what), bytes).unwrap();
        }
        let looked = archive::look_at_copy(copy.path());
        assert_eq!(looked.is_err(), harm, "{looked:?}");
        assert!(looked.is_ok() || looked.is_err_and(|why| why.contains(what)));
    }
}

/// Every line of every stream, and every name.
async fn everything(store: &dyn Store) -> Vec<String> {
    let mut all: Vec<String> = store.recall_all().await.unwrap().iter().map(|kept| format!("{kept:?}")).collect();
    for kind in ["conference", "session"] {
        for stream in store.streams(kind).await.unwrap() {
            let lines = store.read(stream, 0).await.unwrap();
            all.extend(lines.iter().map(|line| format!("{stream} {line:?}")));
        }
    }
    all
}
