//! The folder that files are kept in: whether it is still the one that was opened, and that what was kept is on the disk
//! before anybody is told so. Storage elsewhere answers for itself.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

use object_store::path::Path as Key;

use crate::private::{self, Identity};

/// What is written to see whether it can be.
const PROBE: &str = "nadwa-probe";

/// A folder of this machine.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    folder: PathBuf,
    identity: Option<Identity>,
}

impl Disk {
    pub(super) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), identity: private::identity(folder) }
    }

    /// Waits until a file, and every folder on the way to it, is on the disk.
    pub(super) async fn settle(&self, key: &Key) -> Result<()> {
        let path = self.folder.join(key.as_ref());
        self.aside(move |disk| {
            File::open(&path)?.sync_all()?;
            disk.settle_way(&path)
        })
        .await
    }

    /// Waits until it is on the disk that a file is not there.
    pub(super) async fn settle_removal(&self, key: &Key) -> Result<()> {
        let path = self.folder.join(key.as_ref());
        self.aside(move |disk| disk.settle_way(&path)).await
    }

    fn settle_way(&self, path: &Path) -> Result<()> {
        // Folders that became empty may be gone as well.
        let way = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.folder));
        for folder in way.filter(|folder| folder.is_dir()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Whether the folder is there and can be written in.
    pub(super) async fn ready(&self) -> Result<()> {
        self.aside(|disk| {
            disk.is_there()?;
            let probe = disk.folder.join(PROBE);
            let written = private::create(&probe).and_then(|mut file| file.write_all(&[0; 8192]));
            fs::remove_file(&probe)?;
            written
        })
        .await
    }

    /// Whether it is the folder that was opened: it may be removed, moved, or unmounted.
    pub(super) fn is_there(&self) -> Result<()> {
        if private::identity(&self.folder).is_some_and(|found| Some(found) == self.identity) {
            return Ok(());
        }
        let sentence = format!("{} is not the folder that was opened", self.folder.display());
        Err(Error::new(ErrorKind::NotFound, sentence))
    }

    /// Not on a thread that serves others.
    async fn aside(&self, work: impl FnOnce(&Self) -> Result<()> + Send + 'static) -> Result<()> {
        let disk = self.clone();
        tokio::task::spawn_blocking(move || work(&disk)).await.map_err(Error::other)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_that_is_another_is_told_and_nothing_is_kept_in_it() {
        let all = tempfile::tempdir().unwrap();
        let (folder, moved) = (all.path().join("files"), all.path().join("moved"));
        fs::create_dir(&folder).unwrap();
        let disk = Disk::of(&folder);
        assert!(disk.ready().await.is_ok());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "nothing is left of the look");
        fs::rename(&folder, &moved).unwrap();
        assert!(disk.ready().await.is_err());
        fs::create_dir(&folder).unwrap();
        assert!(disk.ready().await.is_err(), "an empty one of the same name is another");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }
}
