//! The booklet's PDF is set in a process of its own, one at a time, and the last ones are kept in memory: the hall that
//! asks for the same booklet has it set once. What is kept is found by what is in it, so a paper that is no longer
//! public is in no booklet from that moment on.

use std::collections::VecDeque;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt;
use nadwa_booklet::{Booklet, Pictures, pdf};
use nadwa_domain::ids::{FileId, PaperId};
use nadwa_domain::paper::file::FileKind;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::files::painter::{Unpainted, stay_small};
use crate::files::{FileError, Files};

/// The longest that anybody waits for a turn, and then for the booklet.
const LONGEST: Duration = Duration::from_secs(60);
/// Most seconds of computing of the process, and most bytes of memory.
const MOST_SECONDS: u64 = 60;
const MOST_MEMORY: u64 = 1024 * 1024 * 1024;
/// Booklets that are kept: each language of one conference, whole, and some of its themes.
const KEPT: usize = 6;
/// The name of the data in the process's folder; pictures lie beside it under the ids of their files.
const DATA: &str = "booklet.json";

/// The booklets that were set last, each with a fingerprint of what is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Press {
    shelf: Arc<Mutex<Shelf>>,
}

type Shelf = VecDeque<([u8; 32], Bytes)>;

/// A picture of a paper, for its booklet.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    /// The paper.
    pub paper: PaperId,
    /// The file.
    pub file: FileId,
    /// PNG or JPEG.
    pub kind: FileKind,
}

impl Files {
    /// A booklet as a PDF. A picture that cannot be read is left out.
    ///
    /// # Errors
    /// If nobody can set it, it takes too long, or its folder cannot be written.
    pub async fn booklet(&self, booklet: &Booklet, pictures: &[Picture]) -> Result<Bytes, FileError> {
        let data = serde_json::to_vec(booklet).map_err(std::io::Error::from)?;
        let print = Sha256::digest(&data).into();
        let shelf = Arc::clone(&self.press.shelf).lock_owned();
        // Whoever waits finds it on the shelf if another waited for the same.
        let mut shelf = tokio::time::timeout(LONGEST, shelf).await.map_err(|_| Unpainted::TooLong)?;
        if let Some((_, kept)) = shelf.iter().find(|(kept, _)| *kept == print) {
            return Ok(kept.clone());
        }
        let folder = tempfile::tempdir()?;
        tokio::fs::write(folder.path().join(DATA), data).await?;
        for picture in pictures {
            if let Err(error) = self.lay_out(*picture, folder.path()).await {
                tracing::warn!(%error, "a picture is missing in the booklet");
            }
        }
        let set = self.bind(folder.path()).await?;
        shelf.truncate(KEPT - 1);
        shelf.push_front((print, set.clone()));
        Ok(set)
    }

    /// Keeps no booklet any longer: what is erased is erased there too.
    pub async fn clear_booklets(&self) {
        self.press.shelf.lock().await.clear();
    }

    async fn lay_out(&self, picture: Picture, folder: &Path) -> Result<(), FileError> {
        let mut bytes = self.open(picture.paper, picture.file, picture.kind, None).await?.bytes;
        let mut copy = tokio::fs::File::create(folder.join(picture.file.0.to_string())).await?;
        while let Some(piece) = bytes.try_next().await? {
            copy.write_all(&piece).await?;
        }
        Ok(copy.flush().await?)
    }

    /// Calls the program with a folder. Whoever stops waiting ends it.
    async fn bind(&self, folder: &Path) -> Result<Bytes, Unpainted> {
        let program = self.painter.program()?;
        let mut call = Command::new(program);
        call.arg("bind").arg(folder).env_clear();
        call.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let answer = tokio::time::timeout(LONGEST, call.spawn()?.wait_with_output()).await;
        let answer = answer.map_err(|_| Unpainted::TooLong)??;
        if answer.status.success() { Ok(answer.stdout.into()) } else { Err(Unpainted::GaveUp(answer.status)) }
    }
}

/// `nadwa bind`: what the process does. Reads a folder with a booklet; answers with the PDF.
///
/// # Errors
/// If it cannot be read or set. The server hears only that.
pub fn answer(folder: &Path) -> Result<(), String> {
    stay_small(MOST_MEMORY, MOST_SECONDS).map_err(|error| format!("cannot limit itself: {error}"))?;
    let unread = |error: std::io::Error| format!("cannot read the booklet: {error}");
    let data = std::fs::read(folder.join(DATA)).map_err(unread)?;
    let booklet: Booklet = serde_json::from_slice(&data).map_err(|error| unread(error.into()))?;
    let set = pdf(&booklet, pictures(folder).map_err(unread)?).map_err(|error| error.to_string())?;
    let mut out = std::io::stdout().lock();
    out.write_all(&set).and_then(|()| out.flush()).map_err(|error| format!("cannot answer: {error}"))
}

fn pictures(folder: &Path) -> std::io::Result<Pictures> {
    let mut found = Pictures::new();
    for entry in std::fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        let id = path.file_name().and_then(|name| Uuid::parse_str(name.to_str()?).ok());
        if let Some(id) = id {
            found.insert(id, std::fs::read(&path)?);
        }
    }
    Ok(found)
}
