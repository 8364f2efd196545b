//! The house's own rules: files that can be read, nothing left for later, tests that wait for facts, nobody else's origins.

use crate::source::{Source, expect_none, files, has_word};

/// More lines than this is two files.
const LONGEST: usize = 400;

/// Everything that is ours and text.
const OURS: [&str; 6] = ["app", "server", "style", "tests", "public", ".make"];

/// What says "later". Written in two halves, so that this file does not find itself.
const LATER: [&str; 6] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("todo", "!"),
    concat!("unimple", "mented!"),
    concat!("HA", "CK"),
];

/// What skips a test, or lets it wait for a while instead of for a fact.
const LAZY: [&str; 10] = [
    concat!("#[ig", "nore"),
    concat!("thread::", "sleep"),
    concat!("time::", "sleep("),
    concat!("waitFor", "Timeout"),
    concat!("test.", "skip"),
    concat!("test.", "only"),
    concat!("test.", "todo"),
    concat!("skip", ": true"),
    concat!("only", ": true"),
    concat!("timers/", "promises"),
];

/// Origins that a source may name: a namespace, and what is reserved for examples, for this machine and for a venue.
const ORIGINS: [&str; 9] = [
    "www.w3.org",
    "schemas.openxmlformats.org",
    "purl.oclc.org",
    "schemas.microsoft.com",
    "example.org",
    ".example.org",
    ".example",
    "127.0.0.1",
    "10.0.0.7",
];

#[test]
fn no_file_is_longer_than_a_reader() {
    let long = |source: &Source| {
        let lines = source.text.lines().count();
        (lines > LONGEST).then(|| format!("{}: {lines} lines", source.path))
    };
    let findings: Vec<String> =
        files(&["app", "server", "tests"], &[".rs", ".mjs", ".js"]).iter().filter_map(long).collect();
    expect_none(&findings, "One noun, one file. What is the second noun in it?");
}

#[test]
fn nothing_is_left_for_later() {
    let findings = find(&files(&OURS, &["rs", "mjs", "js", "css", "sh", "toml", "setup", "test"]), &LATER);
    expect_none(&findings, "Do it now, or write an issue; the source says what is.");
}

#[test]
fn no_test_sleeps_and_none_is_skipped() {
    let mut sources = files(&["tests", "app", "server"], &[".rs", ".mjs", ".js"]);
    // Pacing is what a server does, and a crowd that imitates people.
    let paces = |path: &str| path.starts_with("server/src") || path.starts_with("tests/crowd");
    let (pacing, others): (Vec<Source>, Vec<Source>) = sources.drain(..).partition(|source| paces(&source.path));
    let for_pacing: Vec<&str> = LAZY.into_iter().filter(|word| *word != LAZY[2]).collect();
    let mut findings = find(&others, &LAZY);
    findings.extend(find(&pacing, &for_pacing));
    expect_none(
        &findings,
        "Wait for the fact: a frame, a line, a locator. A test that cannot hold yet is not shared yet.",
    );
}

#[test]
fn nothing_comes_from_anybody_else() {
    let mut findings = Vec::new();
    // A licence is kept as it was given.
    let sources = files(&["style", "public", "app", "server"], &[""]);
    for source in sources.iter().filter(|source| !source.path.ends_with("OFL.txt")) {
        for (number, line) in source.lines() {
            for host in hosts(line).filter(|host| !is_ours(host)) {
                findings.push(format!("{}:{number}: {host}", source.path));
            }
        }
    }
    expect_none(
        &findings,
        "A phone of a child asks nobody but us (`S11`, `L9`): serve it from public/, or leave it out. A link to read \
         belongs into the documentation.",
    );
}

/// The hosts that a line names, with a scheme or in an address without one.
fn hosts(line: &str) -> impl Iterator<Item = &str> {
    let begins = ["http://", "https://", "ws://", "wss://", "url(//", "=\"//", "='//"];
    begins.into_iter().flat_map(move |begin| {
        line.match_indices(begin).map(move |(at, _)| {
            let host = &line[at + begin.len()..];
            let end = host.find(|c: char| !(c.is_alphanumeric() || "-._@{}".contains(c))).unwrap_or(host.len());
            &host[..end]
        })
    })
}

/// A name without a dot is no place in the world; one in braces is our own, filled in.
fn is_ours(host: &str) -> bool {
    let known = |origin: &str| host == origin || (origin.starts_with('.') && host.ends_with(origin));
    !host.contains('.') || host.starts_with('{') || ORIGINS.into_iter().any(known)
}

fn find(sources: &[Source], words: &[&str]) -> Vec<String> {
    let mut findings = Vec::new();
    for source in sources {
        for (number, line) in source.lines() {
            for word in words.iter().filter(|word| has_word(line, word)) {
                findings.push(format!("{}:{number}: `{word}`", source.path));
            }
        }
    }
    findings
}

#[test]
fn hosts_are_found_and_ours_are_known() {
    let line =
        r#"<img src="//cdn.test.net/x"> https://nadwa.example.org/a http://{addr} https://me@a http://fonts.test.com"#;
    let foreign: Vec<&str> = hosts(line).filter(|host| !is_ours(host)).collect();
    assert_eq!(foreign, ["fonts.test.com", "cdn.test.net"]);
}
