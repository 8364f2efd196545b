//! Files that children bring: kept in a folder, or in S3-compatible storage, through one small contract.
//!
//! A file is streamed to a temporary place, looked into there, and only then kept: there is never half a file, and
//! nothing is kept that was not made anew, or at least looked into.

pub mod call;
mod disk;
mod draw;
pub mod left;
mod length;
mod made;
mod pages;
pub mod painter;
pub mod press;
pub mod remake;
mod turns;
mod walls;

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use nadwa_domain::ids::{FileId, PaperId};
use nadwa_domain::paper::file::FileKind;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, WriteMultipart};
use tokio::io::AsyncReadExt;

use crate::files::call::Unanswered;
use crate::files::disk::Disk;
use crate::files::painter::Painter;
use crate::files::press::Press;
use crate::files::turns::Turns;

/// The chunk size in which a file goes into a folder; no more of it is in memory at once.
const PIECE: usize = 256 * 1024;
/// The smallest part of a multipart upload that S3 takes.
const REMOTE_PIECE: usize = 5 * 1024 * 1024;

/// Where files are kept.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// Where it is a folder of this machine.
    disk: Option<Disk>,
    piece: usize,
    /// Making a file anew takes memory: a few at once and no more.
    remaking: Turns,
    /// Looks into documents and draws their pages, in a process of its own.
    painter: Painter,
    /// Has booklets set.
    press: Press,
}

/// A file on its way out.
pub struct Outgoing {
    /// Its bytes.
    pub bytes: BoxStream<'static, Result<Bytes, object_store::Error>>,
    /// The part of it that is sent.
    pub range: std::ops::Range<u64>,
    /// How large it is as a whole.
    pub size: u64,
}

impl Files {
    fn new(store: Arc<dyn ObjectStore>, disk: Option<Disk>, piece: usize) -> Self {
        Self { store, disk, piece, remaking: remake::turns(), painter: Painter::default(), press: Press::default() }
    }

    /// In memory: for tests, and gone with the process.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::new(Arc::new(InMemory::new()), None, PIECE)
    }

    /// In a folder, made if it is missing.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn in_folder(folder: &Path) -> Result<Self, String> {
        let cannot = |error: &dyn std::fmt::Display| format!("cannot keep files in {}: {error}", folder.display());
        crate::private::folder(folder).map_err(|error| cannot(&error))?;
        left::sweep_halves(folder);
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| cannot(&error))?;
        Ok(Self::new(Arc::new(store.with_automatic_cleanup(true)), Some(Disk::of(folder)), PIECE))
    }

    /// Where an address says: a folder, or `s3://bucket/folder` with the credentials of the environment (`AWS_…`).
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn at(place: &str) -> Result<Self, String> {
        if !place.contains("://") {
            return Self::in_folder(Path::new(place));
        }
        let url = url::Url::parse(place).map_err(|error| format!("{place} is no address: {error}"))?;
        let options = std::env::vars().filter(|(name, _)| name.starts_with("AWS_"));
        let (store, prefix) =
            object_store::parse_url_opts(&url, options.map(|(name, value)| (name.to_lowercase(), value)))
                .map_err(|error| format!("cannot keep files at {place}: {error}"))?;
        let store = object_store::prefix::PrefixStore::new(store, prefix);
        Ok(Self::new(Arc::new(store), None, REMOTE_PIECE))
    }

    /// Keeps a checked file, piece by piece.
    ///
    /// # Errors
    /// If it could not be kept whole; then nothing of it is.
    pub async fn keep(&self, paper: PaperId, file: FileId, kind: FileKind, from: &Path) -> Result<(), FileError> {
        self.keep_at(&key(paper, file, kind), from).await
    }

    /// The same for a picture of a poll.
    ///
    /// # Errors
    /// If it could not be kept whole; then nothing of it is.
    pub async fn keep_picture(&self, file: FileId, kind: FileKind, from: &Path) -> Result<(), FileError> {
        self.keep_at(&picture_key(file, kind), from).await
    }

    /// The same for a recording that is read aloud.
    ///
    /// # Errors
    /// If it could not be kept whole; then nothing of it is.
    pub async fn keep_recording(&self, file: FileId, kind: FileKind, from: &Path) -> Result<(), FileError> {
        self.keep_at(&recording_key(file, kind), from).await
    }

    /// Whether files would be kept and found now.
    ///
    /// # Errors
    /// If the folder is not there, is another, or is full; if the storage does not answer.
    pub async fn ready(&self) -> Result<(), FileError> {
        match &self.disk {
            Some(disk) => Ok(disk.ready().await?),
            None => match self.store.head(&Key::from("ready")).await {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(error.into()),
            },
        }
    }

    async fn keep_at(&self, key: &Key, from: &Path) -> Result<(), FileError> {
        if let Some(disk) = &self.disk {
            disk.is_there()?;
        }
        let mut source = tokio::fs::File::open(from).await?;
        let upload = self.store.put_multipart(key).await?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, self.piece);
        let mut piece = vec![0; PIECE];
        loop {
            match source.read(&mut piece).await {
                Ok(0) => break,
                Ok(read) => {
                    writer.wait_for_capacity(1).await?;
                    writer.write(&piece[..read]);
                }
                Err(error) => {
                    writer.abort().await?;
                    return Err(error.into());
                }
            }
        }
        writer.finish().await?;
        match &self.disk {
            Some(disk) => Ok(disk.settle(key).await?),
            None => Ok(()),
        }
    }

    /// Opens a file, or a part of it.
    ///
    /// # Errors
    /// If it is not there or cannot be read.
    pub async fn open(
        &self,
        paper: PaperId,
        file: FileId,
        kind: FileKind,
        part: Option<GetRange>,
    ) -> Result<Outgoing, FileError> {
        self.open_at(&key(paper, file, kind), part).await
    }

    /// Opens a picture of a poll.
    ///
    /// # Errors
    /// If it is not there or cannot be read.
    pub async fn open_picture(&self, file: FileId, kind: FileKind) -> Result<Outgoing, FileError> {
        self.open_at(&picture_key(file, kind), None).await
    }

    /// Opens a recording that is read aloud, or a part of it.
    ///
    /// # Errors
    /// If it is not there or cannot be read.
    pub async fn open_recording(
        &self,
        file: FileId,
        kind: FileKind,
        part: Option<GetRange>,
    ) -> Result<Outgoing, FileError> {
        self.open_at(&recording_key(file, kind), part).await
    }

    async fn open_at(&self, key: &Key, part: Option<GetRange>) -> Result<Outgoing, FileError> {
        let options = GetOptions { range: part, ..GetOptions::default() };
        let found = self.store.get_opts(key, options).await?;
        let (range, size) = (found.range.clone(), found.meta.size);
        Ok(Outgoing { bytes: found.into_stream().map_err(Into::into).boxed(), range, size })
    }

    /// Removes a file for good, and the pages that were drawn of it. Nothing happens if it is not there.
    ///
    /// # Errors
    /// If it could not be removed.
    pub async fn remove(&self, paper: PaperId, file: FileId, kind: FileKind) -> Result<(), FileError> {
        self.remove_at(&key(paper, file, kind)).await?;
        if kind == FileKind::Pdf {
            self.remove_pages(paper, file).await?;
        }
        Ok(())
    }

    /// The same for a picture of a poll.
    ///
    /// # Errors
    /// If it could not be removed.
    pub async fn remove_picture(&self, file: FileId) -> Result<(), FileError> {
        for kind in [FileKind::Png, FileKind::Jpeg] {
            self.remove_at(&picture_key(file, kind)).await?;
        }
        Ok(())
    }

    /// The same for a recording that is read aloud.
    ///
    /// # Errors
    /// If it could not be removed.
    pub async fn remove_recording(&self, file: FileId, kind: FileKind) -> Result<(), FileError> {
        self.remove_at(&recording_key(file, kind)).await
    }

    async fn remove_at(&self, key: &Key) -> Result<(), FileError> {
        match (self.store.delete(key).await, &self.disk) {
            (Err(object_store::Error::NotFound { .. }), _) | (Ok(()), None) => Ok(()),
            (Ok(()), Some(disk)) => Ok(disk.settle_removal(key).await?),
            (Err(error), _) => Err(error.into()),
        }
    }
}

/// Why a file could not be kept or read; for the operator.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The storage says no.
    #[error(transparent)]
    Storage(#[from] object_store::Error),
    /// The temporary place says no.
    #[error(transparent)]
    Temporary(#[from] std::io::Error),
    /// A process did not do its work.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
}

/// Made of ids and a known ending alone: no name that somebody typed comes near a path.
fn key(paper: PaperId, file: FileId, kind: FileKind) -> Key {
    Key::from(format!("papers/{paper}/{file}.{}", kind.ending()))
}

fn picture_key(file: FileId, kind: FileKind) -> Key {
    Key::from(format!("polls/{file}.{}", kind.ending()))
}

fn recording_key(file: FileId, kind: FileKind) -> Key {
    Key::from(format!("recordings/{file}.{}", kind.ending()))
}
