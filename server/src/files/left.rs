//! What must not be left lying about: of a paper that was erased, and of a server that was killed in the middle.
//!
//! Nothing here is in any list, so nobody would ever erase it by name.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::TryStreamExt;
use nadwa_domain::ids::{FileId, PaperId};
use object_store::ObjectStore;
use object_store::path::Path as Key;
use tempfile::NamedTempFile;

use crate::edge;
use crate::files::{FileError, Files};

/// How our temporary files begin.
const TEMPORARY: &str = "nadwa-upload-";
/// Between a file's name and a number while it is on its way into the folder; no name of ours has it.
const HALF: char = '#';
/// What nobody has written to for so long is nobody's any more.
const STALE: Duration = Duration::from_secs(60 * 60);

/// A temporary file, which a later start removes if this process cannot.
///
/// # Errors
/// If there is no place for it.
pub fn temporary() -> std::io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(TEMPORARY).tempfile()
}

impl Files {
    /// Removes everything that is kept of a paper but these files and their pages, whether anybody lists it or not.
    ///
    /// # Errors
    /// If something could not be removed.
    pub async fn keep_only(&self, paper: PaperId, files: &[FileId]) -> Result<(), FileError> {
        let all: Vec<_> = self.store.list(Some(&Key::from(format!("papers/{paper}")))).try_collect().await?;
        for object in all {
            let stays = |file: &FileId| object.location.as_ref().starts_with(&format!("papers/{paper}/{file}"));
            if !files.iter().any(stays) {
                self.remove_at(&object.location).await?;
            }
        }
        Ok(())
    }
}

/// Removes from the system's temporary folder what a killed server had taken in by halves.
pub fn sweep_temporary(folder: &Path) {
    sweep(folder, &|name| name.starts_with(TEMPORARY), STALE);
}

/// Removes from a folder of files what a killed server had kept by halves.
pub(super) fn sweep_halves(folder: &Path) {
    let halves = |name: &str| name.contains(HALF);
    let kinds = folders_in(folder);
    let things: Vec<PathBuf> = kinds.iter().flat_map(|folder| folders_in(folder)).collect();
    kinds.iter().chain(&things).for_each(|folder| sweep(folder, &halves, STALE));
}

fn sweep(folder: &Path, is_ours: &dyn Fn(&str) -> bool, stale: Duration) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_ours(&entry.file_name().to_string_lossy())) {
        // Another server may be writing it at this moment.
        let left = entry.metadata().is_ok_and(|file| file.is_file() && edge::is_older(&file, stale));
        if left && let Err(error) = std::fs::remove_file(entry.path()) {
            tracing::warn!(%error, "half a file of a killed server could not be removed");
        }
    }
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.is_dir()).collect()
}

#[cfg(test)]
mod tests {
    use futures::StreamExt;
    use nadwa_domain::paper::file::FileKind;
    use object_store::ObjectStoreExt;
    use uuid::Uuid;

    use super::*;
    use crate::files::key;

    const PAPER: PaperId = PaperId(Uuid::from_u128(1));
    const STAYS: FileId = FileId(Uuid::from_u128(2));
    const GOES: FileId = FileId(Uuid::from_u128(3));

    #[tokio::test]
    async fn of_an_erased_paper_stay_the_files_that_are_named_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        for files in [Files::in_memory(), Files::in_folder(folder.path()).unwrap()] {
            let other = PaperId(Uuid::from_u128(9));
            for place in
                [key(PAPER, STAYS, FileKind::Pdf), key(PAPER, GOES, FileKind::Pdf), key(other, GOES, FileKind::Mp3)]
            {
                files.store.put(&place, "something".into()).await.unwrap();
            }
            for file in [STAYS, GOES] {
                let page = Key::from(format!("papers/{PAPER}/{file}/0.jpg"));
                files.store.put(&page, "a page".into()).await.unwrap();
            }
            files.keep_only(PAPER, &[STAYS]).await.unwrap();
            assert_eq!(files.store.list(None).count().await, 3, "the file, its page, and another paper's");
            files.keep_only(PAPER, &[]).await.unwrap();
            assert_eq!(files.store.list(None).count().await, 1);
        }
    }

    #[test]
    fn halves_of_a_killed_server_go_and_what_is_whole_or_young_stays() {
        let folder = tempfile::tempdir().unwrap();
        let paper = folder.path().join("papers").join("1");
        std::fs::create_dir_all(&paper).unwrap();
        for name in ["2.pdf", "3.pdf#1"] {
            std::fs::write(paper.join(name), "something").unwrap();
        }
        sweep_halves(folder.path());
        assert!(paper.join("3.pdf#1").exists(), "somebody may be writing it");
        sweep(&paper, &|name| name.contains(HALF), Duration::ZERO);
        assert!(paper.join("2.pdf").exists() && !paper.join("3.pdf#1").exists());
        assert_eq!(folders_in(folder.path()).iter().flat_map(|folder| folders_in(folder)).collect::<Vec<_>>(), [paper]);
    }
}
