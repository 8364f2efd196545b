//! Pages of PDF documents: drawn when they are asked for first, and kept beside their document until it is removed.

use std::path::{Path, PathBuf};

use futures::TryStreamExt;
use nadwa_domain::ids::{FileId, PaperId};
use nadwa_domain::paper::file::FileKind;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

use crate::files::call::Unanswered;
use crate::files::painter::Painter;
use crate::files::{FileError, Files, Outgoing, key};

impl Files {
    /// Has pages drawn by a program that is called like `nadwa draw`. Without one, documents are downloads alone.
    #[must_use]
    pub fn drawn_by(mut self, program: PathBuf) -> Self {
        self.painter = Painter::by(program);
        self
    }

    /// Has pages drawn by this very program.
    #[must_use]
    pub fn drawn_by_ourselves(self) -> Self {
        match std::env::current_exe() {
            Ok(program) => self.drawn_by(program),
            Err(error) => {
                tracing::warn!(%error, "the program does not find itself: no page of a document is shown");
                self
            }
        }
    }

    /// How many pages of a document can be shown. None if it cannot be opened: then it is a download, and no worse.
    ///
    /// Costs a process for a moment, which holds the document as a whole; the server holds nothing of it.
    pub async fn count_pages(&self, document: &Path) -> u16 {
        match self.counted(document).await {
            Ok(pages) => pages,
            Err(error) => {
                tracing::warn!(%error, "the pages of a document were not counted");
                0
            }
        }
    }

    async fn counted(&self, document: &Path) -> Result<u16, FileError> {
        let document = tokio::fs::File::open(document).await?.into_std().await;
        Ok(self.painter.count(document).await?)
    }

    /// Opens one page of a document as a JPEG.
    ///
    /// # Errors
    /// If it cannot be drawn or read, or the document is not there.
    pub async fn open_page(&self, paper: PaperId, file: FileId, page: u16) -> Result<Outgoing, FileError> {
        let kept_at = page_key(paper, file, page);
        if let Some(kept) = self.kept(&kept_at).await? {
            return Ok(kept);
        }
        let _turn = self.painter.turn(paper).await?;
        // Somebody else may have had it drawn, or tried to, while this one waited.
        if let Some(kept) = self.kept(&kept_at).await? {
            return Ok(kept);
        }
        if self.painter.has_given_up(file, page) {
            return Err(Unanswered::Before.into());
        }
        if let Err(error) = self.draw(paper, file, page).await {
            self.painter.note_failure(file, page);
            return Err(error);
        }
        self.open_at(&kept_at, None).await
    }

    async fn kept(&self, page: &Key) -> Result<Option<Outgoing>, FileError> {
        match self.open_at(page, None).await {
            Ok(kept) => Ok(Some(kept)),
            Err(FileError::Storage(object_store::Error::NotFound { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn draw(&self, paper: PaperId, file: FileId, page: u16) -> Result<(), FileError> {
        let document = self.copied(paper, file).await?;
        let picture = self.painter.draw(document, page).await?;
        let kept_at = page_key(paper, file, page);
        self.store.put(&kept_at, picture.into()).await?;
        // Removed while it was drawn: nothing of it stays.
        if let Err(object_store::Error::NotFound { .. }) = self.store.head(&key(paper, file, FileKind::Pdf)).await {
            self.remove_at(&kept_at).await?;
        }
        Ok(())
    }

    /// A document in a temporary place without a name, piece by piece: storage may be far away.
    async fn copied(&self, paper: PaperId, file: FileId) -> Result<std::fs::File, FileError> {
        let mut document = self.open(paper, file, FileKind::Pdf, None).await?.bytes;
        let mut copy = tokio::fs::File::from_std(tempfile::tempfile()?);
        while let Some(piece) = document.try_next().await? {
            copy.write_all(&piece).await?;
        }
        copy.flush().await?;
        copy.rewind().await?;
        Ok(copy.into_std().await)
    }

    /// Removes every page that was drawn of a document.
    pub(super) async fn remove_pages(&self, paper: PaperId, file: FileId) -> Result<(), FileError> {
        let kept: Vec<_> = self.store.list(Some(&pages_key(paper, file))).try_collect().await?;
        for page in kept {
            self.remove_at(&page.location).await?;
        }
        Ok(())
    }
}

/// Made of ids and a number alone, like its document's key.
fn page_key(paper: PaperId, file: FileId, page: u16) -> Key {
    Key::from(format!("papers/{paper}/{file}/{page}.jpg"))
}

/// The place of all pages of a document.
fn pages_key(paper: PaperId, file: FileId) -> Key {
    Key::from(format!("papers/{paper}/{file}"))
}

#[cfg(test)]
mod tests {
    use futures::StreamExt;
    use uuid::Uuid;

    use super::*;

    const PAPER: PaperId = PaperId(Uuid::from_u128(1));
    const FILE: FileId = FileId(Uuid::from_u128(2));

    async fn kept(files: &Files) {
        for place in [key(PAPER, FILE, FileKind::Pdf), page_key(PAPER, FILE, 0), page_key(PAPER, FILE, 59)] {
            files.store.put(&place, "something".into()).await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_page_that_is_kept_is_not_drawn_again_and_goes_with_its_document() {
        let folder = tempfile::tempdir().unwrap();
        for files in [Files::in_memory(), Files::in_folder(folder.path()).unwrap()] {
            kept(&files).await;
            assert!(files.open_page(PAPER, FILE, 59).await.is_ok(), "nobody here could draw it");
            files.remove(PAPER, FILE, FileKind::Pdf).await.unwrap();
            assert_eq!(files.store.list(None).count().await, 0);
            assert!(files.open_page(PAPER, FILE, 59).await.is_err());
        }
    }

    #[tokio::test]
    async fn a_page_that_cannot_be_drawn_is_tried_a_few_times_and_no_more() {
        let files = Files::in_memory().drawn_by("/nowhere/nadwa".into());
        kept(&files).await;
        let tried = async || files.open_page(PAPER, FILE, 1).await.err().map(|error| error.to_string());
        let first = tried().await.unwrap();
        for _ in 0..2 {
            assert_eq!(tried().await.unwrap(), first);
        }
        assert_eq!(tried().await.unwrap(), Unanswered::Before.to_string());
        assert_eq!(files.count_pages(Path::new("/nowhere/paper.pdf")).await, 0);
    }
}
