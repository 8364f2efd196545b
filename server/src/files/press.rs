//! The booklet's PDF is set in a process of its own, one at a time, and the last ones are kept in memory: the hall that
//! asks for the same booklet has it set once. What is kept is found by what is in it, so a paper that is no longer
//! public is in no booklet from that moment on.

use std::collections::VecDeque;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt;
use nadwa_booklet::{Booklet, Pictures, pdf};
use nadwa_domain::ids::{FileId, PaperId};
use nadwa_domain::paper::file::FileKind;
use nadwa_domain::{Instant, Span};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use uuid::Uuid;

use crate::files::painter::{Unpainted, stay_small};
use crate::files::{FileError, Files};
use crate::private;

/// The longest that anybody waits for a turn, and then for the booklet.
const LONGEST: Duration = Duration::from_secs(60);
/// Most seconds of computing of the process, and most bytes of memory.
const MOST_SECONDS: u64 = 60;
const MOST_MEMORY: u64 = 1024 * 1024 * 1024;
/// Booklets that are kept: each language of one conference, whole, and some of its themes.
const KEPT: usize = 6;
/// The longest that one is kept. Whatever is erased, by a person or by the calendar, is in no memory after that.
const KEPT_FOR: Span = Span(10 * 60_000);
/// The name of the data in the process's folder; pictures lie beside it under the ids of their files.
const DATA: &str = "booklet.json";

/// One booklet is set at a time; the last ones stand on the shelf.
#[derive(Clone, Debug, Default)]
pub(super) struct Press {
    turn: Arc<tokio::sync::Mutex<()>>,
    shelf: Arc<Mutex<Shelf>>,
}

#[derive(Debug, Default)]
struct Shelf {
    kept: VecDeque<Kept>,
    /// How often it was cleared: what was begun before is not put there after.
    cleared: u64,
    /// How many were set since the server started.
    set: u64,
}

#[derive(Debug)]
struct Kept {
    /// A fingerprint of what is in it.
    print: [u8; 32],
    since: Instant,
    pdf: Bytes,
}

impl Press {
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // Nothing that is done with the shelf can leave it half done.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn find(&self, print: [u8; 32]) -> Option<Bytes> {
        self.kept.iter().find(|kept| kept.print == print).map(|kept| kept.pdf.clone())
    }

    fn put(&mut self, print: [u8; 32], pdf: Bytes, since: Instant) {
        self.kept.truncate(KEPT - 1);
        self.kept.push_front(Kept { print, since, pdf });
    }

    fn let_go(&mut self, now: Instant) {
        self.kept.retain(|kept| now - kept.since < KEPT_FOR);
    }
}

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
    /// A booklet as a PDF, asked for at `now`. A picture that cannot be read is left out.
    ///
    /// # Errors
    /// If nobody can set it, it takes too long, or its folder cannot be written.
    pub async fn booklet(&self, booklet: &Booklet, pictures: &[Picture], now: Instant) -> Result<Bytes, FileError> {
        let data = serde_json::to_vec(booklet).map_err(std::io::Error::from)?;
        let print = Sha256::digest(&data).into();
        // Before any wait: what is erased from here on may be in `booklet`.
        let cleared = self.press.shelf().cleared;
        if let Some(kept) = self.press.shelf().find(print) {
            return Ok(kept);
        }
        let turn = self.press.turn.lock();
        let _turn = tokio::time::timeout(LONGEST, turn).await.map_err(|_| Unpainted::TooLong)?;
        // Whoever waited finds it on the shelf if another waited for the same.
        if let Some(kept) = self.press.shelf().find(print) {
            return Ok(kept);
        }
        let folder = tempfile::tempdir()?;
        private::write(&folder.path().join(DATA), &data)?;
        let mut whole = true;
        for picture in pictures {
            if let Err(error) = self.lay_out(*picture, folder.path()).await {
                tracing::warn!(%error, "a picture is missing in the booklet");
                whole = false;
            }
        }
        let set = self.bind(folder.path()).await?;
        let mut shelf = self.press.shelf();
        shelf.set += 1;
        // What storage could not give now it may give to the next who asks.
        if whole && shelf.cleared == cleared {
            shelf.put(print, set.clone(), now);
        }
        Ok(set)
    }

    /// Keeps no booklet any longer: what is erased is erased there too.
    pub fn clear_booklets(&self) {
        let mut shelf = self.press.shelf();
        shelf.kept.clear();
        shelf.cleared += 1;
    }

    /// How many booklets are kept now, and how many were set since the server started.
    #[must_use]
    pub fn booklets(&self) -> (usize, u64) {
        let shelf = self.press.shelf();
        (shelf.kept.len(), shelf.set)
    }

    /// Lets booklets go that were kept long enough.
    pub fn let_booklets_go(&self, now: Instant) {
        self.press.shelf().let_go(now);
    }

    async fn lay_out(&self, picture: Picture, folder: &Path) -> Result<(), FileError> {
        let mut bytes = self.open(picture.paper, picture.file, picture.kind, None).await?.bytes;
        let mut copy = tokio::fs::File::from_std(private::create(&folder.join(picture.file.0.to_string()))?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shelf_holds_the_last_six_for_ten_minutes() {
        let mut shelf = Shelf::default();
        let minute = |n: u8| Instant(60_000 * i64::from(n));
        for n in 0..7 {
            shelf.put([n; 32], Bytes::from(vec![n]), minute(n));
        }
        assert_eq!(shelf.find([0; 32]), None, "it made room");
        assert!((1..7).all(|n| shelf.find([n; 32]).is_some_and(|pdf| pdf[..] == [n])));
        shelf.let_go(minute(10));
        assert_eq!(shelf.kept.len(), KEPT);
        shelf.let_go(minute(11));
        assert_eq!((shelf.find([1; 32]), shelf.kept.len()), (None, KEPT - 1), "set ten minutes ago");
    }
}
