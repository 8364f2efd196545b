//! A conference as one file, and back: nothing is lost, and a server may be at work meanwhile.

use nadwa::archive;
use nadwa::store::{self, Store};
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::Hall;

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
    std::fs::remove_file(file).unwrap();
    hall.close().await;
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
