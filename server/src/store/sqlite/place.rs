//! Where the file is: whether it is still there, and whether a new one may be made.

use std::fs;
use std::path::{Path, PathBuf};

use crate::private::{self, Identity};
use crate::store::StoreError;

/// The file that was opened.
pub(super) struct Place {
    path: PathBuf,
    identity: Option<Identity>,
}

impl Place {
    /// Of a file that is open.
    pub(super) fn of(path: PathBuf) -> Self {
        let identity = private::identity(&path);
        Self { path, identity }
    }

    /// Whether that file is still what one finds there: the folder may be removed, moved, or unmounted.
    pub(super) fn is_there(&self) -> Result<(), StoreError> {
        if private::identity(&self.path).is_some_and(|found| Some(found) == self.identity) {
            return Ok(());
        }
        let place = self.path.display();
        let why = format!("{place} is not the file that was opened: its folder was removed, moved or unmounted");
        Err(StoreError::Unavailable(why))
    }
}

/// What lies in a folder without a database that a new one would bury: papers' files, a write-ahead log, or a note of
/// how long streams are. The folder's database was removed, or another folder was meant.
pub(super) fn left_behind(folder: &Path) -> Option<&'static str> {
    let has = |name: &str| fs::metadata(folder.join(name)).is_ok_and(|file| file.len() > 0);
    let files = fs::read_dir(folder.join("files")).is_ok_and(|mut files| files.next().is_some());
    if has("nadwa.sqlite") {
        return None;
    }
    let lies = [("nadwa.sqlite-wal", has("nadwa.sqlite-wal")), ("nadwa.ends", has("nadwa.ends")), ("files", files)];
    lies.into_iter().find_map(|(name, lies)| lies.then_some(name))
}
