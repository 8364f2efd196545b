//! Invariant 6: the current time is read in one file of the server and in one of the app.

use crate::rust::product_code;
use crate::source::{Source, expect_none, files, has_word, numbered};

const SERVERS: &str = "server/src/edge.rs";
const APPS: &str = "app/src/live/clock.rs";

/// Where else a clock of some kind is read, and why it may be.
const ALLOWED: [(&str, &str, &str); 3] = [
    (
        "server/src/http/comers.rs",
        "DefaultClock",
        "the limiter counts on a clock of its own; it decides about no entry, is kept nowhere and shown to nobody",
    ),
    (
        "server/src/http/health.rs",
        "Instant::now",
        "how old an answer of /readyz is; it decides about no entry, and a clock that stands still must not keep it",
    ),
    (
        "server/src/store/sqlite/sweeper.rs",
        "Instant::now",
        "how long a checkpoint waits; the store decides about no entry",
    ),
];

/// What reads the time on the server.
const READS: [&str; 9] = [
    "SystemTime",
    "UNIX_EPOCH",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "OffsetDateTime",
    "DefaultClock",
    "Clock::system",
    "now_v7",
];

/// What reads it in a browser. `.now()` is the performance clock's; an [`nadwa::edge::Clock`] is no part of the app.
const READS_IN_BROWSER: [&str; 8] =
    [".now()", "performance()", "Date::", "Date>", "SystemTime", "Instant::now", "UNIX_EPOCH", "now_v7"];

/// What reads it in a database.
const READS_IN_SQL: [&str; 6] =
    ["current_timestamp", "clock_timestamp", "strftime(", "datetime('now", "unixepoch(", "select now()"];

#[test]
fn the_server_reads_the_time_in_one_file() {
    let mut findings = Vec::new();
    for source in files(&["server/src"], &[".rs"]).iter().filter(|source| source.path != SERVERS) {
        for (number, line) in numbered(&product_code(&source.text)) {
            for word in READS.iter().filter(|word| has_word(line, word)) {
                if !may(source, word) {
                    findings.push(format!("{}:{number}: `{word}`", source.path));
                }
            }
        }
    }
    expect_none(&findings, &format!("Take the instant from `edge::Clock` ({SERVERS}), which a test sets by hand."));
}

#[test]
fn the_app_reads_the_time_in_one_file() {
    let mut findings = Vec::new();
    for source in files(&["app/src"], &[".rs"]).iter().filter(|source| source.path != APPS) {
        for (number, line) in numbered(&product_code(&source.text)) {
            for word in READS_IN_BROWSER.iter().filter(|word| has_word(line, word)) {
                findings.push(format!("{}:{number}: `{word}`", source.path));
            }
        }
    }
    expect_none(&findings, &format!("Ask {APPS}: it keeps the server's time, whatever the device's own clock says."));
}

#[test]
fn no_statement_asks_the_database_for_the_time() {
    let mut findings = Vec::new();
    for source in files(&["server/src/store"], &[".rs", ".sql"]) {
        for (number, line) in source.lines() {
            let line = line.to_lowercase();
            for word in READS_IN_SQL.iter().filter(|word| line.contains(**word)) {
                findings.push(format!("{}:{number}: `{word}`", source.path));
            }
        }
    }
    expect_none(&findings, "An entry's instant was decided by the room: pass it to the statement.");
}

/// Pacing inside a room on tokio's clock, which tests stop and move; the program's own start; and what is allowed.
fn may(source: &Source, word: &str) -> bool {
    let paces = word == "Instant::now"
        && source.path.starts_with("server/src/rooms")
        && source.text.contains("use tokio::time::Instant;")
        && !source.text.contains("std::time::Instant");
    let starts = word == "Clock::system" && ["server/src/cli.rs", "server/src/demo.rs"].contains(&source.path.as_str());
    let allowed = ALLOWED.iter().any(|(path, allowed, _)| *path == source.path && *allowed == word);
    paces || starts || allowed
}

#[test]
fn every_exception_is_still_needed() {
    for (path, word, reason) in ALLOWED {
        let text = product_code(&crate::source::file(path).text);
        assert!(has_word(&text, word), "{path} does not use `{word}` any more: take the exception out ({reason})");
    }
}
