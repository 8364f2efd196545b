//! Where the file is: whether it is still there, and whether a new one may be made.

use std::fs;
use std::path::{Path, PathBuf};

use crate::private::{self, Identity};
use crate::store::StoreError;

/// What lies beside the database, and is lost with all that was written lately if somebody removes it: the write-ahead log
/// with its index; and the lock, without which a second process would open the folder.
const BESIDE: [&str; 3] = ["nadwa.sqlite-wal", "nadwa.sqlite-shm", "nadwa.lock"];

/// The file that was opened.
pub(super) struct Place {
    path: PathBuf,
    identity: Option<Identity>,
    /// What lies beside it, once it was seen there.
    beside: [Option<Identity>; BESIDE.len()],
}

impl Place {
    /// Of a file that is open.
    pub(super) fn of(path: PathBuf) -> Self {
        let identity = private::identity(&path);
        Self { path, identity, beside: [const { None }; BESIDE.len()] }
    }

    /// Whether that file is still what one finds there: the folder may be removed, moved, or unmounted.
    pub(super) fn is_there(&mut self) -> Result<(), StoreError> {
        let place = self.path.display();
        if !self.has_the_database() {
            let why = format!("{place} is not the file that was opened: its folder was removed, moved or unmounted");
            return Err(StoreError::Unavailable(why));
        }
        for (name, seen) in BESIDE.into_iter().zip(&mut self.beside) {
            let found = private::identity(&self.path.with_file_name(name));
            if seen.is_none() {
                *seen = found;
            } else if found != *seen {
                let why = format!(
                    "{name} was removed beside {place} while it was in use: nothing more is written. Stop nadwa properly \
                     (SIGTERM) and start it again; what was saved until now is in the database"
                );
                return Err(StoreError::Unavailable(why));
            }
        }
        Ok(())
    }

    /// Whether the database itself is still there, whatever became of what lies beside it.
    pub(super) fn has_the_database(&self) -> bool {
        private::identity(&self.path).is_some_and(|found| Some(found) == self.identity)
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
    // An import or a backup that was stopped here: it is begun again, and not served.
    let begun = |name: &str| folder.join(name).exists();
    let lies = [
        ("nadwa.sqlite-wal", has("nadwa.sqlite-wal")),
        ("nadwa.ends", has("nadwa.ends")),
        ("nadwa-importing (an import that stopped: run it again)", begun("nadwa-importing")),
        ("nadwa-part.sqlite (a backup that stopped: make it again)", begun("nadwa-part.sqlite")),
        ("files", files),
    ];
    lies.into_iter().find_map(|(name, lies)| lies.then_some(name))
}
