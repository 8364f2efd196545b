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
use uuid::Uuid;

use crate::files::call::{Call, Unanswered};
use crate::files::turns::Turns;
use crate::files::walls::{self, Most};
use crate::files::{FileError, Files};
use crate::private;

/// The longest that anybody waits for a turn, and then for the booklet.
const LONGEST: Duration = Duration::from_secs(60);
/// What the process may cost. It writes no file.
const MOST: Most = Most { memory: 1024 * 1024 * 1024, seconds: 60, output: 0 };
/// Most bytes of a booklet.
const MOST_ANSWERED: u64 = 256 * 1024 * 1024;
/// Different booklets that wait while one is set.
const WAITING: usize = 24;
/// Bytes of booklets that are kept, at least one of them: those of a conference in every language, writing of numbers
/// and theme, so that whoever asks for one after the other has each set once.
const KEPT: usize = 96 * 1024 * 1024;
/// The longest that one is kept. Whatever is erased, by a person or by the calendar, is in no memory after that.
const KEPT_FOR: Span = Span(10 * 60_000);
/// The name of the data in the process's folder; pictures lie beside it under the ids of their files.
const DATA: &str = "booklet.json";

/// One booklet is set at a time, once for all who ask for the same; the shelf is the cache of the last ones.
#[derive(Clone, Debug)]
pub(super) struct Press {
    turns: Turns,
    shelf: Arc<Mutex<Shelf>>,
}

impl Default for Press {
    fn default() -> Self {
        Self { turns: Turns::new(1, WAITING), shelf: Arc::default() }
    }
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
    /// A digest of its data, its cache key.
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
        self.kept.push_front(Kept { print, since, pdf });
        let bytes = |shelf: &Self| shelf.kept.iter().map(|kept| kept.pdf.len()).sum::<usize>();
        while self.kept.len() > 1 && bytes(self) > KEPT {
            self.kept.pop_back();
        }
    }

    fn let_go(&mut self, now: Instant) {
        self.kept.retain(|kept| now - kept.since < KEPT_FOR);
    }
}

/// A picture of a paper, for its booklet.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    pub paper: PaperId,
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
        let print: [u8; 32] = Sha256::digest(&data).into();
        // Before any wait: what is erased from here on may be in `booklet`.
        let cleared = self.press.shelf().cleared;
        if let Some(kept) = self.press.shelf().find(print) {
            return Ok(kept);
        }
        let _turn = self.press.turns.turn(same(print), LONGEST).await?;
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

    async fn bind(&self, folder: &Path) -> Result<Bytes, Unanswered> {
        let call = Call {
            program: self.painter.program(),
            does: &["bind", "."],
            folder,
            reads: Stdio::null(),
            longest: LONGEST,
            most: MOST_ANSWERED,
        };
        Ok(call.answer().await?.into())
    }
}

/// Whoever asks for the same booklet waits for the same one.
fn same(print: [u8; 32]) -> Uuid {
    let (half, _) = print.split_at(16);
    Uuid::from_slice(half).unwrap_or_default()
}

/// `nadwa bind`: what the process does. Reads a folder with a booklet; answers with the PDF.
///
/// # Errors
/// If it cannot be read or set. The server hears only that.
pub fn answer(folder: &Path) -> Result<(), String> {
    let unread = |error: std::io::Error| format!("cannot read the booklet: {error}");
    // The folder is read as it is; only behind the walls is anything made of it.
    let (data, pictures) = (std::fs::read(folder.join(DATA)).map_err(unread)?, pictures(folder).map_err(unread)?);
    walls::shut(MOST)?;
    let booklet: Booklet = serde_json::from_slice(&data).map_err(|error| unread(error.into()))?;
    let set = pdf(&booklet, pictures).map_err(|error| error.to_string())?;
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
    fn the_shelf_holds_every_way_of_a_booklet_for_ten_minutes() {
        let mut shelf = Shelf::default();
        let minute = |n: u8| Instant(60_000 * i64::from(n));
        for n in 0..7 {
            shelf.put([n; 32], Bytes::from(vec![n]), minute(n));
        }
        assert!((0..7).all(|n| shelf.find([n; 32]).is_some_and(|pdf| pdf[..] == [n])));
        shelf.let_go(minute(11));
        assert_eq!((shelf.find([1; 32]), shelf.kept.len()), (None, 5), "set ten minutes ago");
        shelf.put([8; 32], Bytes::from(vec![8; KEPT]), minute(11));
        assert_eq!((shelf.kept.len(), shelf.find([6; 32])), (1, None), "a large one needs all the room");
    }
}
