//! Invariants 1 and 2: the rules are pure.

use crate::cargo::cargo;
use crate::rust::{product_code, signatures};
use crate::source::{expect_none, files, has_word, numbered};

/// What reads a clock, makes an id, or reaches outside.
const IMPURE: [&str; 15] = [
    "SystemTime",
    "UNIX_EPOCH",
    "Instant::now",
    ".now()",
    "new_v1",
    "new_v4",
    "new_v6",
    "now_v7",
    "rand",
    "getrandom",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
];

/// What changes behind a shared reference, and what ends the program.
const UNSOUND: [&str; 13] = [
    "Cell",
    "RefCell",
    "OnceCell",
    "OnceLock",
    "LazyLock",
    "Mutex",
    "RwLock",
    "thread_local",
    "static mut",
    "panic!",
    "unreachable!",
    ".unwrap()",
    "assert!",
];

#[test]
fn the_domain_depends_on_few_pure_crates_alone() {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("it lists packages");
    let domain = packages.iter().find(|package| package["name"] == "nadwa-domain").expect("the domain is a member");
    let dependencies = domain["dependencies"].as_array().expect("they are listed");
    let mut names: Vec<&str> = dependencies
        .iter()
        .filter(|dependency| dependency["kind"] != "dev")
        .filter_map(|dependency| dependency["name"].as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["serde", "strum", "uuid"],
        "\napp/domain/Cargo.toml: the rules depend on pure crates without IO and nothing else. What needs more belongs to \
         server/ or app/, and is passed in.\n"
    );
}

#[test]
fn the_domain_reads_no_clock_and_makes_no_id() {
    expect_none(
        &used_in_domain(&IMPURE),
        "Instants and ids are arguments: pass them in from server/src/edge.rs or from the page.",
    );
}

#[test]
fn apply_never_fails_and_decide_changes_nothing() {
    let mut findings = used_in_domain(&UNSOUND);
    for source in files(&["app/domain/src"], &[".rs"]) {
        let code = product_code(&source.text);
        let mut complain = |line: usize, why: &str| findings.push(format!("{}:{line}: {why}", source.path));
        for (line, signature) in signatures(&code, "apply") {
            if signature.contains("->") {
                complain(line, &format!("`{signature}` answers something: what was stored has happened"));
            }
        }
        for (line, signature) in signatures(&code, "") {
            let decides = signature.starts_with("fn decide") || signature.contains("-> Decision");
            if decides && signature.contains("mut ") {
                complain(line, &format!("`{signature}` can change what it decides about"));
            }
        }
    }
    expect_none(
        &findings,
        "`decide` takes `&self` and answers events or a refusal; `apply` records and answers nothing.",
    );
}

#[test]
fn there_is_a_decide_and_an_apply_to_look_at() {
    let sources = files(&["app/domain/src"], &[".rs"]);
    let all: Vec<String> = sources.iter().map(|source| product_code(&source.text)).collect();
    let found = |name: &str, wanted: &str| {
        let signatures = all.iter().flat_map(|code| signatures(code, name));
        signatures.filter(|(_, signature)| signature.contains(wanted)).count()
    };
    assert!(found("decide(", "&self") >= 2, "session and conference have `fn decide(&self, …)`");
    assert!(found("apply(", "&mut self") >= 2, "session and conference have `fn apply(&mut self, …)`");
}

fn used_in_domain(words: &[&str]) -> Vec<String> {
    let mut findings = Vec::new();
    for source in files(&["app/domain/src"], &[".rs"]) {
        for (number, line) in numbered(&product_code(&source.text)) {
            for word in words.iter().filter(|word| has_word(line, word)) {
                findings.push(format!("{}:{number}: `{word}`", source.path));
            }
        }
    }
    findings
}
