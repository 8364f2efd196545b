//! `nadwa import`: everything of an archive is looked at before anything is written, and what stops in the middle can be
//! begun again.
//!
//! The database comes last: until it is in its place the folder holds no conference, and is not served.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Component, Path};

use flate2::bufread::GzDecoder;
use serde_json::Value;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection};

use super::contents::{CONTENTS, Contents, Digesting};
use super::{DATABASE, Failed, MANIFEST, cannot_write, columns, keep, open, unreadable};
use crate::private;
use crate::store::{Sqlite, Store, newest_tables};

/// Where the database is made.
const MAKING: &str = "nadwa-importing";
/// What every archive has, whichever version made it.
const TABLES: [&str; 5] = ["streams", "lines", "polls", "ballots", "people"];
/// Rows that are written in one statement.
const ROWS: usize = 500;
/// The largest of what an archive says of itself.
const LARGEST: u64 = 64 * 1024 * 1024;

/// `nadwa import`: the conference of a file in a folder where there is none.
///
/// # Errors
/// A sentence for the operator; nothing is written into a folder that holds a conference, and nothing of an archive
/// that is not whole.
pub async fn import(folder: &Path, file: &Path) -> Result<String, Failed> {
    let expected = check(file)?;
    let said = |error: std::io::Error| cannot_write(folder, &error);
    let _held = Sqlite::hold(folder).map_err(|error| error.to_string())?;
    if holds_a_conference(folder).await? {
        return Err(format!("{} holds a conference already: nothing was changed", folder.display()));
    }
    let making = folder.join(MAKING);
    if making.exists() {
        // An earlier import stopped here.
        fs::remove_dir_all(&making).map_err(said)?;
    }
    make_database(&making, file, &expected).await?;
    write_files(folder, file, &expected)?;
    for old in ["nadwa.sqlite-wal", "nadwa.sqlite-shm", "nadwa.ends"].map(|name| folder.join(name)) {
        if old.exists() {
            fs::remove_file(old).map_err(said)?;
        }
    }
    fs::rename(making.join(DATABASE), folder.join(DATABASE)).map_err(said)?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(said)?;
    fs::remove_dir_all(&making).map_err(said)?;
    let place = folder.display();
    Ok(format!("Taken into {place}: {}. It can be served: nadwa serve --data {place}", expected.said()))
}

/// Whether somebody began a conference in the folder.
async fn holds_a_conference(folder: &Path) -> Result<bool, Failed> {
    if fs::metadata(folder.join(DATABASE)).map_or(0, |file| file.len()) == 0 {
        return Ok(false);
    }
    let mut db = open(folder, true).await?;
    let made = "SELECT count(*) FROM sqlite_schema WHERE name = 'streams'";
    let begun = "SELECT count(*) FROM streams WHERE kind = 'conference'";
    let mut count = 0;
    for sql in [made, begun] {
        count = sqlx::query_scalar::<_, i64>(sql).fetch_one(&mut db).await.map_err(unreadable)?;
        if count == 0 {
            break;
        }
    }
    db.close().await.map_err(unreadable)?;
    Ok(count > 0)
}

/// Reads an archive to its end: what is in it.
fn check(file: &Path) -> Result<Contents, Failed> {
    let (mut found, mut told, mut manifest) = (Contents::default(), None, None);
    walk(file, |name, source| {
        if name == CONTENTS {
            told = Some(all_of(file, source)?);
            return Ok(());
        }
        let mut source = Digesting::new(source);
        if name == MANIFEST {
            manifest = Some(all_of(file, &mut source)?);
        }
        std::io::copy(&mut source, &mut std::io::sink()).map_err(|error| cannot_read(file, &error))?;
        found.add(name, source.end());
        Ok(())
    })?;
    let wrong = |why: &str| format!("{}: {why}; nothing was written", file.display());
    let manifest: Value = manifest
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| wrong("this is no archive of Nadwa"))?;
    if manifest.get("tables").and_then(Value::as_i64).is_none_or(|tables| tables > newest_tables()) {
        return Err(wrong("made by a later version of Nadwa"));
    }
    if let Some(table) = TABLES.iter().find(|table| found.get(&format!("tables/{table}.jsonl")).is_none()) {
        return Err(wrong(&format!("{table} is missing")));
    }
    // Archives of early versions do not say what is in them.
    if manifest.get("contents").is_some() {
        let told = told.and_then(|bytes| Contents::read(&bytes)).ok_or_else(|| wrong("it ends too early"))?;
        if let Some(why) = told.differs_from(&found) {
            return Err(wrong(&why));
        }
    }
    Ok(found)
}

fn all_of(file: &Path, source: &mut dyn Read) -> Result<Vec<u8>, Failed> {
    let mut bytes = Vec::new();
    source.take(LARGEST).read_to_end(&mut bytes).map_err(|error| cannot_read(file, &error))?;
    Ok(bytes)
}

/// Every entry of an archive, and its end: the checksum of the whole stands there.
fn walk(file: &Path, mut each: impl FnMut(&str, &mut dyn Read) -> Result<(), Failed>) -> Result<(), Failed> {
    let said = |error: std::io::Error| cannot_read(file, &error);
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(File::open(file).map_err(said)?)));
    for entry in tar.entries().map_err(said)? {
        let mut entry = entry.map_err(said)?;
        let path = entry.path().map_err(said)?.into_owned();
        // Nothing of an archive is written outside of the folder, or in place of what is the store's own.
        let outside = path.components().any(|part| !matches!(part, Component::Normal(_)))
            || path.to_string_lossy().starts_with("files/nadwa");
        let name = path.to_str().filter(|_| !outside && entry.header().entry_type().is_file());
        let name = name.ok_or_else(|| format!("{}: {} is no file of an archive", file.display(), path.display()))?;
        each(name, &mut entry)?;
    }
    let mut zipped = tar.into_inner();
    std::io::copy(&mut zipped, &mut std::io::sink()).map_err(said)?;
    match zipped.into_inner().fill_buf().map_err(said)? {
        [] => Ok(()),
        _ => Err(format!("{}: something follows its end; nothing was written", file.display())),
    }
}

fn cannot_read(file: &Path, error: &std::io::Error) -> Failed {
    format!("cannot read {}: {error}; it is damaged, or no archive", file.display())
}

/// Makes the database in a folder of its own.
async fn make_database(making: &Path, file: &Path, expected: &Contents) -> Result<(), Failed> {
    let store = Sqlite::open(making).await.map_err(|error| error.to_string())?;
    store.close().await;
    let mut tables = Vec::new();
    walk(file, |name, source| {
        let Some(table) = name.strip_prefix("tables/") else { return Ok(()) };
        let table = table.trim_end_matches(".jsonl").to_owned();
        let plain = table.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let mut text = String::new();
        let read = source.read_to_string(&mut text).is_ok();
        if !plain || !read {
            return Err(format!("{}: {name} cannot be read", file.display()));
        }
        tables.push((table, text));
        Ok(())
    })?;
    let mut db = open(making, false).await?;
    let mut writing = db.begin().await.map_err(unreadable)?;
    sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *writing).await.map_err(unreadable)?;
    for (table, text) in &tables {
        let rows: Vec<&str> = text.lines().collect();
        let counted = expected.get(&format!("tables/{table}.jsonl")).map_or(0, |counted| counted.rows);
        if fill(&mut writing, table, &rows).await? != counted {
            return Err(format!("{}: not every row of {table} could be read", file.display()));
        }
    }
    writing.commit().await.map_err(unreadable)?;
    db.close().await.map_err(unreadable)?;
    let made = File::open(making.join(DATABASE)).and_then(|made| made.sync_all());
    made.map_err(|error| cannot_write(making, &error))
}

/// How many rows were written.
async fn fill(db: &mut SqliteConnection, table: &str, rows: &[&str]) -> Result<u64, Failed> {
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
    let mut written = 0;
    for some in rows.chunks(ROWS) {
        let list = format!("[{}]", some.join(","));
        let done = sqlx::query(AssertSqlSafe(sql.clone())).bind(list).execute(&mut *db).await.map_err(unreadable)?;
        written += done.rows_affected();
    }
    Ok(written)
}

/// Writes the other files, one after another, each to the disk.
fn write_files(folder: &Path, file: &Path, expected: &Contents) -> Result<(), Failed> {
    walk(file, |name, source| {
        let Some(inside) = name.strip_prefix("files/") else { return Ok(()) };
        let path = folder.join(inside);
        let said = |error: std::io::Error| cannot_write(&path, &error);
        let within = path.parent().unwrap_or(folder);
        private::folder(within).map_err(said)?;
        let counted = keep(Digesting::new(source), &path).map_err(said)?;
        File::open(within).and_then(|within| within.sync_all()).map_err(said)?;
        match expected.get(name) {
            Some(expected) if *expected == counted => Ok(()),
            _ => Err(format!("{}: {name} has changed meanwhile", file.display())),
        }
    })
}
