//! A whole conference as one file, and a copy of its folder: both read one moment of it, while the server runs.
//!
//! The file is a `tar.gz`: what made it, every table as lines of JSON, and the other files of the folder (papers'
//! attachments). Whoever holds it holds everything: names, texts, the secrets' digests. Erasure cannot reach it: delete
//! it when the conference is erased.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::private;
use crate::store::{Sqlite, Store, newest_tables};

/// The file of the store in its folder.
const DATABASE: &str = "nadwa.sqlite";
/// What an archive says of itself.
const MANIFEST: &str = "nadwa.json";
/// Rows that are written in one statement.
const ROWS: usize = 500;

/// Why it was not done: a sentence for the operator.
pub type Failed = String;

/// `nadwa export`: the conference of a folder as one file.
///
/// # Errors
/// A sentence for the operator.
pub async fn export(folder: &Path, file: &Path) -> Result<(), Failed> {
    let mut db = open(folder, true).await?;
    let said = |error: std::io::Error| format!("cannot write {}: {error}", file.display());
    let mut tar = tar::Builder::new(GzEncoder::new(private::create_new(file).map_err(said)?, Compression::default()));
    // One transaction: every table is read as of one moment.
    let mut reading = db.begin().await.map_err(unreadable)?;
    let tables = tables(&mut reading).await?;
    let manifest = json!({"nadwa": env!("CARGO_PKG_VERSION"), "tables": newest_tables()});
    put(&mut tar, MANIFEST, manifest.to_string().as_bytes()).map_err(said)?;
    for table in &tables {
        let rows = rows(&mut reading, table).await?;
        put(&mut tar, &format!("tables/{table}.jsonl"), rows.join("\n").as_bytes()).map_err(said)?;
    }
    for path in others(folder)? {
        let name = Path::new("files").join(path.strip_prefix(folder).unwrap_or(&path));
        tar.append_path_with_name(&path, name).map_err(said)?;
    }
    let zipped = tar.into_inner().and_then(GzEncoder::finish).map_err(said)?;
    zipped.sync_all().map_err(said)
}

/// `nadwa import`: the conference of a file in a folder where there is none.
///
/// # Errors
/// A sentence for the operator; nothing is written into a folder that holds a conference.
pub async fn import(folder: &Path, file: &Path) -> Result<(), Failed> {
    let archive = read(file)?;
    let manifest: Value = archive.manifest()?;
    if manifest.get("tables").and_then(Value::as_i64).is_none_or(|tables| tables > newest_tables()) {
        return Err(format!("{}: made by a later version of Nadwa", file.display()));
    }
    let store = Sqlite::open(folder).await.map_err(|error| error.to_string())?;
    let streams = store.streams("conference").await.map_err(|error| error.to_string())?;
    store.close().await;
    if !streams.is_empty() {
        return Err(format!("{} holds a conference already: nothing was changed", folder.display()));
    }
    let mut db = open(folder, false).await?;
    let mut writing = db.begin().await.map_err(unreadable)?;
    let late = "PRAGMA defer_foreign_keys = ON";
    sqlx::query(late).execute(&mut *writing).await.map_err(unreadable)?;
    for (table, rows) in &archive.tables {
        fill(&mut writing, table, rows).await?;
    }
    writing.commit().await.map_err(unreadable)?;
    db.close().await.map_err(unreadable)?;
    for (name, bytes) in &archive.files {
        let path = folder.join(name);
        let said = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
        private::folder(path.parent().unwrap_or(folder)).map_err(said)?;
        private::write(&path, bytes).map_err(said)?;
    }
    Ok(())
}

/// `nadwa backup`: a copy of the folder that can be served as it is.
///
/// # Errors
/// A sentence for the operator; a folder with anything in it is refused.
pub async fn backup(folder: &Path, to: &Path) -> Result<(), Failed> {
    let said = |error: std::io::Error| format!("cannot write {}: {error}", to.display());
    private::folder(to).map_err(said)?;
    if fs::read_dir(to).map_err(said)?.next().is_some() {
        return Err(format!("{} is not empty: nothing was written", to.display()));
    }
    let mut db = open(folder, true).await?;
    let copy = to.join(DATABASE);
    sqlx::query("VACUUM INTO $1").bind(copy.display().to_string()).execute(&mut db).await.map_err(unreadable)?;
    db.close().await.map_err(unreadable)?;
    for path in others(folder)? {
        let target = to.join(path.strip_prefix(folder).unwrap_or(&path));
        private::folder(target.parent().unwrap_or(to)).map_err(said)?;
        private::copy(&path, &target).map_err(said)?;
    }
    // What the database itself has made is closed as well.
    private::folder(to).map_err(said)
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

/// The rows of a table, a JSON object each, in a fixed order.
async fn rows(db: &mut SqliteConnection, table: &str) -> Result<Vec<String>, Failed> {
    let columns = columns(db, table).await?;
    let pairs: Vec<String> = columns.iter().map(|column| format!("'{column}', \"{column}\"")).collect();
    let sql = format!("SELECT json_object({}) FROM \"{table}\" ORDER BY rowid", pairs.join(", "));
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(db).await.map_err(unreadable)
}

async fn fill(db: &mut SqliteConnection, table: &str, rows: &[String]) -> Result<(), Failed> {
    let columns = columns(db, table).await?;
    if columns.is_empty() {
        return Err(format!("the archive has a table that this version does not know: {table}"));
    }
    let names: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    let values: Vec<String> = columns.iter().map(|column| format!("value ->> '{column}'")).collect();
    let sql = format!(
        "INSERT INTO \"{table}\" ({}) SELECT {} FROM json_each($1) ORDER BY key",
        names.join(", "),
        values.join(", ")
    );
    for some in rows.chunks(ROWS) {
        let list = format!("[{}]", some.join(","));
        sqlx::query(AssertSqlSafe(sql.clone())).bind(list).execute(&mut *db).await.map_err(unreadable)?;
    }
    Ok(())
}

/// What an archive holds.
#[derive(Default)]
struct Archive {
    manifest: Vec<u8>,
    tables: Vec<(String, Vec<String>)>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Archive {
    fn manifest(&self) -> Result<Value, Failed> {
        serde_json::from_slice(&self.manifest).map_err(|_| "this is no archive of Nadwa".to_owned())
    }
}

fn read(file: &Path) -> Result<Archive, Failed> {
    let said = |error: std::io::Error| format!("cannot read {}: {error}", file.display());
    let mut tar = tar::Archive::new(GzDecoder::new(File::open(file).map_err(said)?));
    let mut archive = Archive::default();
    for entry in tar.entries().map_err(said)? {
        let mut entry = entry.map_err(said)?;
        let path = entry.path().map_err(said)?.into_owned();
        // Nothing of an archive is written outside of the folder.
        let outside = path.components().any(|part| !matches!(part, std::path::Component::Normal(_)));
        if outside || !entry.header().entry_type().is_file() {
            return Err(format!("{}: {} is no file of an archive", file.display(), path.display()));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(said)?;
        match (path.strip_prefix("tables"), path.strip_prefix("files")) {
            (Ok(table), _) => {
                let name = table.to_string_lossy().trim_end_matches(".jsonl").to_owned();
                let plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                let text = String::from_utf8(bytes).ok().filter(|_| plain);
                let text = text.ok_or_else(|| format!("{}: {name} cannot be read", file.display()))?;
                archive.tables.push((name, text.lines().map(str::to_owned).collect()));
            }
            (_, Ok(name)) => archive.files.push((name.to_owned(), bytes)),
            _ => archive.manifest = bytes,
        }
    }
    Ok(archive)
}

fn put<W: Write>(tar: &mut tar::Builder<W>, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    tar.append_data(&mut header, name, bytes)
}

/// Every file of the folder that is not the store's own.
fn others(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    let said = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(&inside).map_err(said)? {
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
