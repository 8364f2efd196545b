//! A whole conference as one file, and a copy of its folder: both read one moment of it, while the server runs.
//!
//! The file is a `tar.gz`: what made it, every table as lines of JSON, the other files of the folder (papers'
//! attachments), and last what all that was, counted and with digests (`archive/contents.rs`). Everything is compared
//! with that before anything is written. Whoever holds it holds everything: names, texts, the secrets' digests. Erasure
//! cannot reach it: delete it when the conference is erased.

mod contents;
mod restore;

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::private;
use crate::store::newest_tables;
use contents::{CONTENTS, Contents, Digesting};

pub use restore::import;

/// The file of the store in its folder.
const DATABASE: &str = "nadwa.sqlite";
/// What an archive says of itself.
const MANIFEST: &str = "nadwa.json";
/// The database of a copy that is not whole yet: it cannot be served.
const PART: &str = "nadwa-part.sqlite";
/// What a copy says of itself, until it was looked at.
const COPIED: &str = "nadwa-contents.json";
/// In a folder of which a copy was made: as old as the last one.
pub const BACKED_UP: &str = "nadwa.backed-up";
/// Where files are kept, if that is not in the folder.
const ELSEWHERE: &str = "nadwa.files";

/// Why it was not done: a sentence for the operator.
pub type Failed = String;

/// `nadwa export`: the conference of a folder as one file.
///
/// # Errors
/// A sentence for the operator; then there is no file.
pub async fn export(folder: &Path, file: &Path) -> Result<String, Failed> {
    if file.exists() {
        return Err(format!("cannot write {}: it is there already", file.display()));
    }
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write(folder, &part).await;
    let named = written.and_then(|contents| {
        let there = fs::rename(&part, file).map_err(|error| cannot_write(file, &error));
        there.map(|()| format!("Written to {}: {}.", file.display(), contents.said()))
    });
    if named.is_err() {
        // It may never have been made.
        let _ = fs::remove_file(&part);
    }
    named
}

async fn write(folder: &Path, file: &Path) -> Result<Contents, Failed> {
    let mut db = open(folder, true).await?;
    let said = |error: std::io::Error| cannot_write(file, &error);
    let mut tar = tar::Builder::new(GzEncoder::new(private::create(file).map_err(said)?, Compression::default()));
    let mut contents = Contents::default();
    // One transaction: every table is read as of one moment.
    let mut reading = db.begin().await.map_err(unreadable)?;
    let tables = tables(&mut reading).await?;
    let manifest = json!({"nadwa": env!("CARGO_PKG_VERSION"), "tables": newest_tables(), "contents": CONTENTS});
    put(&mut tar, &mut contents, MANIFEST, manifest.to_string().as_bytes()).map_err(said)?;
    for table in &tables {
        let rows = rows(&mut reading, table).await?;
        put(&mut tar, &mut contents, &format!("tables/{table}.jsonl"), rows.join("\n").as_bytes()).map_err(said)?;
    }
    for path in others(folder)? {
        let Some(source) = still_there(&path)? else { continue };
        let name = Path::new("files").join(path.strip_prefix(folder).unwrap_or(&path));
        // Of the file that is open: by its name another, or none, may be found by now.
        let length = source.metadata().map_err(said)?.len();
        let mut source = Digesting::new(source.take(length));
        let mut header = header(length);
        tar.append_data(&mut header, &name, &mut source).map_err(said)?;
        contents.add(&name.to_string_lossy(), source.end());
    }
    tar.append_data(&mut header(contents.json().len() as u64), CONTENTS, contents.json().as_bytes()).map_err(said)?;
    let zipped = tar.into_inner().and_then(GzEncoder::finish).map_err(said)?;
    zipped.sync_all().map_err(said)?;
    tell_elsewhere(folder);
    Ok(contents)
}

/// `nadwa backup`: a copy of the folder that can be served as it is.
///
/// # Errors
/// A sentence for the operator; a folder with anything in it is refused, and so is one inside of what is copied. What
/// was copied until something failed is removed.
pub async fn backup(folder: &Path, to: &Path) -> Result<String, Failed> {
    let contents = copy(folder, to).await?;
    // So that the doctor knows how old it is. A folder that cannot be written was copied all the same.
    let _ = private::write(&folder.join(BACKED_UP), b"\n");
    Ok(format!(
        "Copied to {to}: {}. It can be served as it is: nadwa serve --data {to}",
        contents.said(),
        to = to.display()
    ))
}

/// A copy that nobody keeps is no backup: the doctor makes one as well, and looks whether it opens.
///
/// # Errors
/// As for a backup.
pub(crate) async fn copy(folder: &Path, to: &Path) -> Result<Contents, Failed> {
    if is_inside(folder, to) {
        return Err(format!("{} is inside of {}: choose a place elsewhere", to.display(), folder.display()));
    }
    let said = |error: std::io::Error| cannot_write(to, &error);
    private::folder(to).map_err(said)?;
    if fs::read_dir(to).map_err(said)?.next().is_some() {
        return Err(format!("{} is not empty: nothing was written", to.display()));
    }
    let copied = copy_all(folder, to).await;
    if copied.is_err() {
        // Half a copy is none.
        let _ = fs::remove_dir_all(to);
    }
    copied
}

async fn copy_all(folder: &Path, to: &Path) -> Result<Contents, Failed> {
    let said = |error: std::io::Error| cannot_write(to, &error);
    let mut db = open(folder, true).await?;
    let part = to.join(PART);
    sqlx::query("VACUUM INTO $1").bind(part.display().to_string()).execute(&mut db).await.map_err(unreadable)?;
    db.close().await.map_err(unreadable)?;
    let mut contents = Contents::default();
    for path in others(folder)? {
        let Some(source) = still_there(&path)? else { continue };
        let name = path.strip_prefix(folder).unwrap_or(&path);
        private::folder(to.join(name).parent().unwrap_or(to)).map_err(said)?;
        let counted =
            keep(Digesting::new(source), &to.join(name)).map_err(|error| cannot_write(&to.join(name), &error))?;
        contents.add(&name.to_string_lossy(), counted);
    }
    contents.add(DATABASE, contents::digest(&part).map_err(said)?);
    let mut told = private::create(&to.join(COPIED)).map_err(said)?;
    told.write_all(contents.json().as_bytes()).and_then(|()| told.sync_all()).map_err(said)?;
    File::open(&part).and_then(|file| file.sync_all()).map_err(said)?;
    // Last, since with it the copy can be served.
    fs::rename(&part, to.join(DATABASE)).map_err(said)?;
    // What the database itself has made is closed as well.
    private::folder(to).map_err(said)?;
    File::open(to).and_then(|folder| folder.sync_all()).map_err(said)?;
    tell_elsewhere(folder);
    Ok(contents)
}

/// Before a copy is served first: whether all of it is there, as it was copied.
///
/// # Errors
/// A sentence for the operator, who may decide to serve what there is.
pub fn look_at_copy(folder: &Path) -> Result<(), Failed> {
    let told = folder.join(COPIED);
    let Ok(json) = fs::read(&told) else { return Ok(()) };
    let wrong = |why: String| {
        format!(
            "{} is a copy that is not whole: {why}. Copy it again; or remove {COPIED} in it, and it is served as it is",
            folder.display()
        )
    };
    let contents = Contents::read(&json).ok_or_else(|| wrong(format!("{COPIED} is damaged")))?;
    for (name, expected) in contents.entries() {
        let found = contents::digest(&folder.join(name)).map_err(|error| wrong(format!("{name}: {error}")))?;
        if found != *expected {
            return Err(wrong(format!("{name} is not as it was copied")));
        }
    }
    // From now on it changes.
    fs::remove_file(&told).map_err(|error| cannot_write(&told, &error))
}

/// Notes where files are kept, so that whoever copies the folder is told that they are not in it.
///
/// # Errors
/// A sentence for the operator.
pub fn note_elsewhere(folder: &Path, files: Option<&str>) -> Result<(), Failed> {
    let note = folder.join(ELSEWHERE);
    let noted = match files {
        Some(place) => private::write(&note, place.as_bytes()),
        None => fs::remove_file(&note)
            .or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) }),
    };
    noted.map_err(|error| cannot_write(&note, &error))
}

fn tell_elsewhere(folder: &Path) {
    if let Ok(place) = fs::read_to_string(folder.join(ELSEWHERE)) {
        tracing::warn!(place, "the files that people brought are kept elsewhere and are not in it: copy them as well");
    }
}

/// Whether a place, which need not be there yet, is in a folder or is that folder.
fn is_inside(folder: &Path, to: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    let to = std::path::absolute(to).unwrap_or_else(|_| to.to_owned());
    let there = to.ancestors().find_map(|place| place.canonicalize().ok());
    there.is_some_and(|there| there.starts_with(folder))
}

/// A file that was listed a moment ago; nothing if it was removed since, as people may do.
fn still_there(path: &Path) -> Result<Option<File>, Failed> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("cannot read {}: {error}", path.display())),
    }
}

/// Writes a file, waits until it is on the disk, and says what it was.
fn keep(mut source: Digesting<impl Read>, path: &Path) -> std::io::Result<contents::Counted> {
    let mut file = private::create(path)?;
    std::io::copy(&mut source, &mut file)?;
    file.sync_all()?;
    Ok(source.end())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failed {
    format!("cannot write {}: {error}", path.display())
}

/// Without the folder's lock: a server may be at work in it.
async fn open(folder: &Path, reads: bool) -> Result<SqliteConnection, Failed> {
    let path = folder.join(DATABASE);
    if !path.exists() {
        return Err(format!("{} holds no conference", folder.display()));
    }
    let options = SqliteConnectOptions::new().filename(path).read_only(reads).disable_statement_logging();
    options.connect().await.map_err(unreadable)
}

fn unreadable(error: sqlx::Error) -> Failed {
    format!("the stored conference cannot be read: {error}")
}

async fn tables(db: &mut SqliteConnection) -> Result<Vec<String>, Failed> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    sqlx::query_scalar(sql).fetch_all(db).await.map_err(unreadable)
}

async fn columns(db: &mut SqliteConnection, table: &str) -> Result<Vec<String>, Failed> {
    sqlx::query_scalar("SELECT name FROM pragma_table_info($1)").bind(table).fetch_all(db).await.map_err(unreadable)
}

/// The columns of a table's key.
async fn key_of(db: &mut SqliteConnection, table: &str) -> Result<Vec<String>, Failed> {
    let sql = "SELECT '\"' || name || '\"' FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk";
    sqlx::query_scalar(sql).bind(table).fetch_all(db).await.map_err(unreadable)
}

/// The rows of a table, a JSON object each, in the order of its key: that in which ballots came would tell whose they
/// are (`G8`).
async fn rows(db: &mut SqliteConnection, table: &str) -> Result<Vec<String>, Failed> {
    let key = key_of(db, table).await?.join(", ");
    let columns = columns(db, table).await?;
    let pairs: Vec<String> = columns.iter().map(|column| format!("'{column}', \"{column}\"")).collect();
    let sql = format!("SELECT json_object({}) FROM \"{table}\" ORDER BY {key}", pairs.join(", "));
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(db).await.map_err(unreadable)
}

fn put<W: Write>(tar: &mut tar::Builder<W>, contents: &mut Contents, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let mut source = Digesting::new(bytes);
    tar.append_data(&mut header(bytes.len() as u64), name, &mut source)?;
    contents.add(name, source.end());
    Ok(())
}

fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header
}

/// Every file of the folder that is not the store's own.
fn others(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        let said = |error: std::io::Error| format!("cannot read {}: {error}", inside.display());
        let entries = match fs::read_dir(&inside) {
            // Its last file was removed since it was listed.
            Err(error) if error.kind() == ErrorKind::NotFound && inside != folder => continue,
            entries => entries.map_err(said)?,
        };
        for entry in entries {
            let path = entry.map_err(said)?.path();
            let own =
                inside == folder && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("nadwa"));
            match () {
                () if own => {}
                () if path.is_dir() => folders.push(path),
                () => found.push(path),
            }
        }
    }
    found.sort();
    Ok(found)
}
