//! Where a store is, and what is put into it.

use std::sync::Arc;

use nadwa::store::{NewLine, Store, open};
use nadwa_tests::folder::Folder;
use nadwa_tests::postgres::Database;
use uuid::Uuid;

/// A place for a store, gone after the test.
pub enum Place {
    Folder(Folder),
    Database(Database),
}

impl Place {
    pub fn folder() -> Self {
        Self::Folder(Folder::new())
    }

    pub fn database() -> Self {
        Self::Database(Database::new())
    }

    pub fn name(&self) -> String {
        match self {
            Self::Folder(folder) => folder.path().display().to_string(),
            Self::Database(database) => database.address(),
        }
    }

    pub async fn open(&self) -> Arc<dyn Store> {
        open(&self.name()).await.unwrap()
    }

    /// Opens the store with one stream in it.
    pub async fn open_with_stream(&self) -> (Arc<dyn Store>, Uuid) {
        let (store, stream) = (self.open().await, id(1));
        store.create_stream(stream, "session").await.unwrap();
        (store, stream)
    }
}

/// The id of a test's thing number `n`.
pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// A line that says `n`.
pub fn line(n: u64) -> NewLine {
    NewLine {
        at: 1_763_900_000_000 + i64::try_from(n).unwrap(),
        by: r#"{"phone":"0"}"#.into(),
        fact: format!(r#"{{"asked":{n}}}"#),
        words: Some(format!(r#"{{"text":"لماذا تختفي الشعاب «المرجانية»؟ \"{n}\" \u0000 ' $1"}}"#)),
    }
}

pub fn lines(numbers: impl IntoIterator<Item = u64>) -> Vec<NewLine> {
    numbers.into_iter().map(line).collect()
}
