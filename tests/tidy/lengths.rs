//! Lengths (H9): most functions fit on a screen, most files are read in one go. `house.rs` has the limit of the longest.
//!
//! `cargo test -p nadwa-tests --test tidy lengths -- --nocapture` prints the measure: without tests, blank lines counted.

use crate::rust::{block, product_code};
use crate::source::{Source, expect_none, files};

/// What is measured, each by itself.
const PARTS: [&str; 3] = ["app/domain/src", "app/src", "server/src"];

/// Nine functions of ten in each part have at most so many lines.
const FUNCTION: usize = 40;

/// Nine files of ten, in all parts together, have at most so many lines: about 300.
const FILE: usize = 320;

#[test]
fn nine_of_ten_functions_fit_on_a_screen_and_nine_of_ten_files_are_read_in_one_go() {
    let mut findings = Vec::new();
    let mut all_files = Vec::new();
    for part in PARTS {
        let sources: Vec<Source> =
            files(&[part], &[".rs"]).into_iter().filter(|source| !source.path.ends_with("tests.rs")).collect();
        let code: Vec<String> = sources.iter().map(|source| product_code(&source.text)).collect();
        let functions = Lengths::of(code.iter().flat_map(|code| functions(code)));
        println!("{part}: {} functions, {functions}", functions.0.len());
        if functions.at(90) > FUNCTION {
            findings.push(format!("{part}: one function of ten has more than {} lines", functions.at(90)));
        }
        all_files.extend(code.iter().map(|code| code.trim_end().lines().count()));
    }
    let all_files = Lengths::of(all_files);
    println!("all: {} files, {all_files}", all_files.0.len());
    if all_files.at(90) > FILE {
        findings.push(format!("one file of ten has more than {} lines", all_files.at(90)));
    }
    expect_none(
        &findings,
        "Which second thing is done in the long ones? It has a name: make it a function, or a file.",
    );
}

/// How long some things are, the shortest first.
struct Lengths(Vec<usize>);

impl Lengths {
    fn of(lengths: impl IntoIterator<Item = usize>) -> Self {
        let mut lengths: Vec<usize> = lengths.into_iter().collect();
        lengths.sort_unstable();
        Self(lengths)
    }

    /// So many of a hundred are not longer.
    fn at(&self, percent: usize) -> usize {
        self.0.get(self.0.len() * percent / 100).copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Lengths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let longest = self.0.last().copied().unwrap_or_default();
        write!(f, "lines: p50 {}, p90 {}, p99 {}, longest {longest}", self.at(50), self.at(90), self.at(99))
    }
}

/// The lines of each function that has a body, from its name to its last brace.
fn functions(code: &str) -> impl Iterator<Item = usize> {
    code.match_indices("fn ").filter_map(|(at, keyword)| {
        let of_a_name = |c: char| c.is_alphanumeric() || c == '_';
        let named = code[at + keyword.len()..].starts_with(of_a_name);
        let own_word = !code[..at].ends_with(of_a_name);
        let body = at + body_of(&code[at..]).filter(|_| named && own_word)?;
        let block = block(&code[body..])?;
        Some(code[at..body + block.len()].lines().count())
    })
}

/// Where the body opens; none where a semicolon comes first that is not within brackets.
fn body_of(function: &str) -> Option<usize> {
    let mut brackets = 0_usize;
    for (at, c) in function.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '{' if brackets == 0 => return Some(at),
            ';' if brackets == 0 => return None,
            _ => {}
        }
    }
    None
}

#[test]
fn a_function_is_measured_from_its_name_to_its_last_brace() {
    let code = "fn one() { two(); }\ntrait T {\n    fn none(&self, of: [u8; 4]);\n}\npub fn three(\n    a: [u8; 4],\n) -> fn(u8) {\n    if a { b }\n}\n";
    assert_eq!(functions(code).collect::<Vec<_>>(), [1, 5]);
}
