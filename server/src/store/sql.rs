//! What is said to both databases, once.
//!
//! The tables and the statements are the same text for SQLite and PostgreSQL; the little that differs is in
//! `dialect.rs`. A function that writes does its work inside a transaction that its caller began and ends.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use uuid::Uuid;

use super::dialect::{Speaks, Value};
use super::{Ballot, Line, NewLine, StoreError, Tell, Totals};

/// How often eight bytes are written to see whether that can be done: more than a page.
const PROBE: usize = 1024;

/// Every change of the tables, oldest first; how many were done is the version. A released one is never edited.
///
/// Ids are text, so that whoever must look into the database can read them.
pub(super) const MIGRATIONS: &[Migration] = &[Migration::of_both(TABLES), BALLOTS_BY_KEY, RECEIPTS];

/// A change of the tables.
#[derive(Clone, Copy)]
pub(super) struct Migration {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl Migration {
    const fn of_both(sql: &'static str) -> Self {
        Self { sqlite: sql, postgres: sql }
    }
}

/// A table of rows keeps them in the order in which they came; beside the lines, which tell who wrote when, that would
/// say who voted what (`G8`). SQLite keeps these in the order of their keys. PostgreSQL has no such table.
const BALLOTS_BY_KEY: Migration = Migration {
    sqlite: "
    CREATE TABLE ballots_by_key (
        poll TEXT NOT NULL REFERENCES polls (poll),
        voter TEXT NOT NULL,
        choice TEXT NOT NULL,
        PRIMARY KEY (poll, voter)
    ) WITHOUT ROWID;
    INSERT INTO ballots_by_key SELECT poll, voter, choice FROM ballots;
    DROP TABLE ballots;
    ALTER TABLE ballots_by_key RENAME TO ballots;
",
    postgres: "",
};

/// Where receipts lead (`R1`): each row can be read by whoever has the receipt alone, and says nothing of a phone. In the
/// order of their keys, since that in which they were given would tell to whom.
const RECEIPTS: Migration = Migration {
    sqlite: "CREATE TABLE receipts (receipt TEXT PRIMARY KEY, leads TEXT NOT NULL) WITHOUT ROWID;",
    postgres: "CREATE TABLE receipts (receipt TEXT PRIMARY KEY, leads TEXT NOT NULL);",
};

const TABLES: &str = "
    CREATE TABLE streams (
        stream TEXT PRIMARY KEY,
        kind TEXT NOT NULL
    );
    CREATE TABLE lines (
        stream TEXT NOT NULL REFERENCES streams (stream),
        seq BIGINT NOT NULL,
        at BIGINT NOT NULL,
        who TEXT NOT NULL,
        fact TEXT NOT NULL,
        words TEXT,
        blanked BOOLEAN NOT NULL DEFAULT FALSE,
        PRIMARY KEY (stream, seq)
    );
    CREATE TABLE polls (
        poll TEXT PRIMARY KEY,
        stream TEXT NOT NULL REFERENCES streams (stream),
        open BOOLEAN NOT NULL
    );
    CREATE TABLE ballots (
        poll TEXT NOT NULL REFERENCES polls (poll),
        voter TEXT NOT NULL,
        choice TEXT NOT NULL,
        PRIMARY KEY (poll, voter)
    );
    CREATE TABLE people (
        person TEXT PRIMARY KEY,
        name TEXT NOT NULL
    );
";

/// Returns whether it is new.
pub(super) async fn create_stream(db: &mut impl Speaks, stream: Uuid, kind: &str) -> Result<bool, StoreError> {
    let sql = "INSERT INTO streams (stream, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(db.run(sql, &[Value::Id(stream), Value::Text(kind)]).await? > 0)
}

pub(super) async fn streams(db: &mut impl Speaks, kind: &str) -> Result<Vec<Uuid>, StoreError> {
    let sql = "SELECT stream FROM streams WHERE kind = $1 ORDER BY stream";
    let rows: Vec<(String,)> = db.ask(sql, &[Value::Text(kind)]).await?;
    let known: Vec<Uuid> = rows.iter().filter_map(|(stream,)| id(stream).ok()).collect();
    if known.len() < rows.len() {
        tracing::error!(
            kind,
            unread = rows.len() - known.len(),
            "ids of streams cannot be read (table streams): restore a backup"
        );
    }
    Ok(known)
}

pub(super) async fn append<D: Speaks>(
    db: &mut D,
    stream: Uuid,
    after: u64,
    lines: &[NewLine],
) -> Result<(), StoreError> {
    let list: Vec<_> = lines
        .iter()
        .map(|line| json!({"at": line.at, "who": line.by, "fact": line.fact, "words": line.words}))
        .collect();
    let list = json!(list).to_string();
    match db.run(D::APPEND, &[Value::Text(&list), Value::Id(stream), Value::Number(after)]).await? {
        0 if !lines.is_empty() => Err(StoreError::Conflict),
        _ => Ok(()),
    }
}

pub(super) async fn append_opening(
    db: &mut impl Speaks,
    stream: Uuid,
    after: u64,
    lines: &[NewLine],
    poll: Uuid,
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Err(StoreError::NothingTold);
    }
    append(db, stream, after, lines).await?;
    let sql =
        "INSERT INTO polls (poll, stream, open) VALUES ($1, $2, TRUE) ON CONFLICT (poll) DO UPDATE SET open = TRUE";
    db.run(sql, &[Value::Id(poll), Value::Id(stream)]).await.map(drop)
}

/// Closes a poll; returns its totals, and how many lines told of them.
pub(super) async fn append_closing<D: Speaks>(
    db: &mut D,
    stream: Uuid,
    after: u64,
    poll: Uuid,
    tell: Tell,
) -> Result<(Totals, usize), StoreError> {
    // This waits for the ballots that are falling now; those that follow find the poll closed. What is counted is all.
    if let Some(lock) = D::LOCK_POLL {
        db.run(lock, &[Value::Id(poll)]).await?;
    }
    let close = "UPDATE polls SET open = FALSE WHERE poll = $1 AND stream = $2 AND open";
    if db.run(close, &[Value::Id(poll), Value::Id(stream)]).await? == 0 {
        let grown = last(db, stream).await? != after;
        return Err(if grown { StoreError::Conflict } else { StoreError::PollNotOpen });
    }
    let totals = totals(db, poll).await?;
    let lines = tell(&totals);
    if lines.is_empty() {
        return Err(StoreError::NothingTold);
    }
    append(db, stream, after, &lines).await?;
    db.run("DELETE FROM ballots WHERE poll = $1", &[Value::Id(poll)]).await?;
    Ok((totals, lines.len()))
}

async fn last(db: &mut impl Speaks, stream: Uuid) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(seq), 0) FROM lines WHERE stream = $1";
    let rows: Vec<(i64,)> = db.ask(sql, &[Value::Id(stream)]).await?;
    rows.first().map_or(Ok(0), |(seq,)| number(*seq))
}

async fn totals(db: &mut impl Speaks, poll: Uuid) -> Result<Totals, StoreError> {
    let sql = "SELECT choice, count(*) FROM ballots WHERE poll = $1 GROUP BY choice";
    let rows: Vec<(String, i64)> = db.ask(sql, &[Value::Id(poll)]).await?;
    rows.into_iter().map(|(choice, count)| Ok((choice, number(count)?))).collect()
}

pub(super) async fn read(db: &mut impl Speaks, stream: Uuid, after: u64) -> Result<Vec<Line>, StoreError> {
    let sql = "SELECT seq, at, who, fact, words, blanked FROM lines WHERE stream = $1 AND seq > $2 ORDER BY seq";
    let rows: Vec<Row> = db.ask(sql, &[Value::Id(stream), Value::Number(after)]).await?;
    let in_place = |(row, expected): (Row, u64)| match line(row)? {
        line if line.seq == expected => Ok(line),
        _ => Err(StoreError::Corrupt(format!("line {expected} is missing"))),
    };
    rows.into_iter().zip(after.saturating_add(1)..).map(in_place).collect()
}

pub(super) async fn newest_line(db: &mut impl Speaks) -> Result<Option<i64>, StoreError> {
    let rows: Vec<(Option<i64>,)> = db.ask("SELECT max(CAST(at AS BIGINT)) FROM lines", &[]).await?;
    Ok(rows.into_iter().find_map(|(at,)| at))
}

/// Line by line, so that one that cannot be read takes none with it.
pub(super) async fn read_around(db: &mut impl Speaks, stream: Uuid) -> Result<(Vec<Line>, u64), StoreError> {
    let last = last(db, stream).await?;
    if let Ok(lines) = read(db, stream, 0).await {
        return Ok((lines, last));
    }
    let rows: Vec<(i64,)> =
        db.ask("SELECT seq FROM lines WHERE stream = $1 ORDER BY seq", &[Value::Id(stream)]).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for (seq,) in rows {
        let sql = "SELECT seq, at, who, fact, words, blanked FROM lines WHERE stream = $1 AND seq = $2";
        match db.ask::<Row>(sql, &[Value::Id(stream), Value::Number(number(seq)?)]).await {
            Ok(found) => lines.extend(found.into_iter().filter_map(|row| line(row).ok())),
            Err(StoreError::Corrupt(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok((lines, last))
}

type Row = (i64, i64, String, String, Option<String>, bool);

fn line((seq, at, by, fact, words, blanked): Row) -> Result<Line, StoreError> {
    Ok(Line { seq: number(seq)?, at, by, fact, words, blanked })
}

pub(super) async fn blank(db: &mut impl Speaks, stream: Uuid, seq: u64) -> Result<bool, StoreError> {
    let sql = "UPDATE lines SET words = NULL, blanked = TRUE WHERE stream = $1 AND seq = $2 AND words IS NOT NULL";
    Ok(db.run(sql, &[Value::Id(stream), Value::Number(seq)]).await? > 0)
}

pub(super) async fn restate(db: &mut impl Speaks, stream: Uuid, seq: u64, fact: &str) -> Result<(), StoreError> {
    let sql = "UPDATE lines SET fact = $3 WHERE stream = $1 AND seq = $2";
    db.run(sql, &[Value::Id(stream), Value::Number(seq), Value::Text(fact)]).await.map(|_| ())
}

/// Takes ballots; also returns whose polls they were, for the notices.
pub(super) async fn cast<D: Speaks>(db: &mut D, ballots: &[Ballot]) -> Result<(Vec<bool>, BTreeSet<Uuid>), StoreError> {
    let mut open = BTreeSet::new();
    let mut streams = BTreeSet::new();
    for poll in ballots.iter().map(|ballot| ballot.poll).collect::<BTreeSet<_>>() {
        if let Some(hold) = D::HOLD_POLL {
            db.run(hold, &[Value::Id(poll)]).await?;
        }
        let sql = "SELECT stream FROM polls WHERE poll = $1 AND open";
        let rows: Vec<(String,)> = db.ask(sql, &[Value::Id(poll)]).await?;
        for (stream,) in rows {
            open.insert(poll);
            streams.insert(id(&stream)?);
        }
    }
    // The last of a voter's ballots stands. In the order of the key two nodes never wait for each other in a ring.
    let standing: BTreeMap<_, _> = ballots
        .iter()
        .filter(|ballot| open.contains(&ballot.poll))
        .map(|ballot| ((ballot.poll, ballot.voter), &ballot.choice))
        .collect();
    if !standing.is_empty() {
        let list: Vec<_> = standing
            .iter()
            .map(|((poll, voter), choice)| json!({"poll": poll, "voter": voter, "choice": choice}))
            .collect();
        db.run(D::CAST, &[Value::Text(&json!(list).to_string())]).await?;
    }
    Ok((ballots.iter().map(|ballot| open.contains(&ballot.poll)).collect(), streams))
}

pub(super) async fn ballot_of(db: &mut impl Speaks, poll: Uuid, voter: Uuid) -> Result<Option<String>, StoreError> {
    let sql = "SELECT choice FROM ballots WHERE poll = $1 AND voter = $2";
    let rows: Vec<(String,)> = db.ask(sql, &[Value::Id(poll), Value::Id(voter)]).await?;
    Ok(rows.into_iter().next().map(|(choice,)| choice))
}

pub(super) async fn ballots_cast(db: &mut impl Speaks, poll: Uuid, without: &str) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM ballots WHERE poll = $1 AND choice NOT LIKE '%' || $2";
    let rows: Vec<(i64,)> = db.ask(sql, &[Value::Id(poll), Value::Text(without)]).await?;
    rows.first().map_or(Ok(0), |(count,)| number(*count))
}

pub(super) async fn remember(db: &mut impl Speaks, person: Uuid, name: &str) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO people (person, name) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET name = excluded.name";
    db.run(sql, &[Value::Id(person), Value::Text(name)]).await.map(drop)
}

/// Keeps where a receipt leads; one that is there stays as it is.
pub(super) async fn keep_receipt(db: &mut impl Speaks, receipt: Uuid, leads: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO receipts (receipt, leads) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    db.run(sql, &[Value::Id(receipt), Value::Text(leads)]).await.map(drop)
}

pub(super) async fn receipt(db: &mut impl Speaks, receipt: Uuid) -> Result<Option<String>, StoreError> {
    let sql = "SELECT leads FROM receipts WHERE receipt = $1";
    let rows: Vec<(String,)> = db.ask(sql, &[Value::Id(receipt)]).await?;
    Ok(rows.into_iter().next().map(|(leads,)| leads))
}

pub(super) async fn recall_all(db: &mut impl Speaks) -> Result<Vec<(Uuid, String)>, StoreError> {
    let all: Result<Vec<(String, String)>, _> = db.ask("SELECT person, name FROM people ORDER BY person", &[]).await;
    let rows = match all {
        Err(StoreError::Corrupt(_)) => one_by_one(db).await?,
        rows => rows?,
    };
    // One that cannot be read takes none of the others with it: that person is shown without a name.
    let named = |(person, name): (String, String)| Some((id(&person).ok()?, name));
    let (there, names) = (rows.len(), rows.into_iter().filter_map(named).collect::<Vec<_>>());
    if names.len() < there {
        tracing::error!(unread = there - names.len(), "ids of people cannot be read (table people): restore a backup");
    }
    Ok(names)
}

/// The names that can be read.
async fn one_by_one(db: &mut impl Speaks) -> Result<Vec<(String, String)>, StoreError> {
    let count: Vec<(i64,)> = db.ask("SELECT count(*) FROM people", &[]).await?;
    let count = count.first().map_or(0, |(count,)| *count);
    let mut rows = Vec::new();
    for place in 0..count {
        let sql = "SELECT person, name FROM people ORDER BY person LIMIT 1 OFFSET $1";
        match db.ask::<(String, String)>(sql, &[Value::Number(number(place)?)]).await {
            Ok(found) => rows.extend(found),
            Err(StoreError::Corrupt(why)) => {
                tracing::error!(place, %why, "a person's name cannot be read (table people): restore a backup");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(rows)
}

pub(super) async fn forget(db: &mut impl Speaks, person: Uuid) -> Result<(), StoreError> {
    db.run("DELETE FROM people WHERE person = $1", &[Value::Id(person)]).await.map(drop)
}

pub(super) async fn ready(db: &mut impl Speaks) -> Result<(), StoreError> {
    let _: Vec<(i64,)> = db.ask("SELECT count(*) FROM streams WHERE stream = ''", &[]).await?;
    Ok(())
}

/// Writes as much as somebody may say at once, and takes it back.
pub(super) async fn probe(db: &mut impl Speaks) -> Result<(), StoreError> {
    let (stream, text) = (Value::Id(Uuid::nil()), "a write ".repeat(PROBE));
    let sql = "INSERT INTO streams (stream, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    db.run(sql, &[stream, Value::Text(&text)]).await?;
    db.run("DELETE FROM streams WHERE stream = $1", &[stream]).await.map(drop)
}

/// The version that this program brings the tables to.
pub(super) fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The tables' version is one that this program does not know.
pub(super) fn written_later(version: i64) -> String {
    format!("written by a later version of Nadwa (tables {version}, this one knows {})", newest())
}

fn id(text: &str) -> Result<Uuid, StoreError> {
    Uuid::parse_str(text).map_err(|_| StoreError::Corrupt("an id in the database is not one".into()))
}

fn number(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored).map_err(|_| StoreError::Corrupt("a number in the database is negative".into()))
}
