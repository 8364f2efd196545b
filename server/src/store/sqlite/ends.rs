//! How long each stream is, kept beside the database in `nadwa.ends`, and written before anybody is answered.
//!
//! SQLite drops without a word what stands behind a damaged place of its write-ahead log, and knows nothing of a log
//! that is missing. By this file that is noticed. Each stream has a place of its own in it, so that telling how long it
//! is now is one small write; it reaches the disk with the next checkpoint.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

use crate::private;
use crate::store::{Missing, StoreError};

/// The file.
const ENDS: &str = "nadwa.ends";
/// What it is written as at a start, before it takes the other's place.
const NEW: &str = "nadwa.ends.new";
/// What was found to be lost, in the same places: it is told at each start, until somebody removes the file.
const LOST: &str = "nadwa.lost";
/// The bytes of a stream's place: its id, its last line, its kind, and a new line.
const PLACE: usize = 80;

/// That a stream is so long now, or is there; of a new one also its kind.
#[derive(Clone)]
pub(super) struct End {
    pub(super) stream: Uuid,
    pub(super) last: u64,
    pub(super) kind: Option<String>,
}

impl End {
    /// Of a stream that so many lines were appended to.
    pub(super) fn after(stream: Uuid, after: u64, lines: usize) -> Self {
        // Nothing was appended: whoever asked may be wrong about how long it is.
        let last = if lines == 0 { 0 } else { after + lines as u64 };
        Self { stream, last, kind: None }
    }
}

/// The file, open.
pub(super) struct Ends {
    file: File,
    streams: HashMap<Uuid, Place>,
    /// Whether an operator was told that it cannot be written.
    told: bool,
}

struct Place {
    at: u64,
    kind: String,
    last: u64,
}

impl Ends {
    /// Compares the file with the database, and begins it anew.
    pub(super) async fn open(db: &mut SqliteConnection, folder: &Path) -> Result<(Self, Vec<Missing>), StoreError> {
        let unavailable = |error: std::io::Error| StoreError::Unavailable(format!("{ENDS}: {error}"));
        let there = in_database(db).await?;
        let lasts: HashMap<Uuid, u64> = there.iter().map(|(stream, _, last)| (*stream, *last)).collect();
        let before = fs::read(folder.join(ENDS)).unwrap_or_default();
        let lost = before.chunks(PLACE).filter_map(read).filter_map(|(stream, kind, to)| {
            let last = lasts.get(&stream).copied().unwrap_or(0);
            (last < to).then(|| Missing { stream, kind, from: last + 1, to })
        });
        let lost = remembered(folder, lost.collect()).map_err(unavailable)?;
        if before.is_empty() && !there.is_empty() {
            tracing::warn!("{ENDS} is not there or empty: whether something is missing cannot be told");
        }
        let file = private::create(&folder.join(NEW)).map_err(unavailable)?;
        let mut ends = Self { file, streams: HashMap::new(), told: false };
        for (stream, kind, last) in there {
            ends.write(End { stream, last, kind: Some(kind) }).map_err(unavailable)?;
        }
        ends.file.sync_all().map_err(unavailable)?;
        fs::rename(folder.join(NEW), folder.join(ENDS)).map_err(unavailable)?;
        Ok((ends, lost))
    }

    /// Writes that a stream is longer, or new. Nothing waits for it to be on the disk.
    pub(super) fn note(&mut self, end: End) {
        if let Err(error) = self.write(end)
            && !std::mem::replace(&mut self.told, true)
        {
            tracing::warn!(%error, "{ENDS} cannot be written: damage of the write-ahead log would not be noticed");
        }
    }

    fn write(&mut self, end: End) -> std::io::Result<()> {
        let next = (self.streams.len() * PLACE) as u64;
        let place = self.streams.entry(end.stream).or_insert_with(|| Place { at: next, kind: String::new(), last: 0 });
        place.last = place.last.max(end.last);
        if let Some(kind) = end.kind.filter(|_| place.kind.is_empty()) {
            place.kind = kind;
        }
        let Place { at, kind, last } = place;
        self.file.seek(SeekFrom::Start(*at))?;
        self.file.write_all(format!("{} {last:020} {kind:<21.21}\n", end.stream).as_bytes())
    }

    /// For whoever sees to it that it is on the disk.
    pub(super) fn handle(&self) -> std::io::Result<File> {
        self.file.try_clone()
    }
}

/// What is lost now, beside what was at earlier starts: whoever starts the server again must not be the one who is told
/// alone.
fn remembered(folder: &Path, found: Vec<Missing>) -> std::io::Result<Vec<Missing>> {
    let file = folder.join(LOST);
    let before = fs::read_to_string(&file).unwrap_or_default();
    let line = |lost: &Missing| format!("{} {} {} {}\n", lost.stream, lost.kind, lost.from, lost.to);
    let new: Vec<String> = found.iter().map(line).filter(|line| !before.contains(line.as_str())).collect();
    if !new.is_empty() {
        private::write(&file, [before.as_str(), &new.concat()].concat().as_bytes())?;
    }
    let read = |line: &str| {
        let mut parts = line.split_whitespace();
        let (stream, kind) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
        Some(Missing { stream, kind, from: parts.next()?.parse().ok()?, to: parts.next()?.parse().ok()? })
    };
    let known = before.lines().filter_map(read).filter(|lost| !found.contains(lost));
    Ok(known.chain(found.iter().cloned()).collect())
}

/// A place of the file. What is damaged tells nothing.
fn read(place: &[u8]) -> Option<(Uuid, String, u64)> {
    let mut parts = std::str::from_utf8(place).ok()?.split_whitespace();
    let (stream, last) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((stream, parts.next().unwrap_or_default().to_owned(), last))
}

async fn in_database(db: &mut SqliteConnection) -> Result<Vec<(Uuid, String, u64)>, StoreError> {
    let sql = "SELECT stream, kind, (SELECT max(seq) FROM lines WHERE lines.stream = streams.stream) FROM streams";
    let rows: Vec<(String, String, Option<i64>)> = sqlx::query_as(sql).fetch_all(db).await?;
    let ends = rows
        .into_iter()
        .filter_map(|(stream, kind, last)| Some((stream.parse().ok()?, kind, u64::try_from(last.unwrap_or(0)).ok()?)));
    Ok(ends.collect())
}
