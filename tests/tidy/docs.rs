//! What is public says what it is (H7): files, types and the cases of enums everywhere, functions and constants in the
//! crates that others build on.
//!
//! In place of rustc's `missing_docs`, which asks for the same of every field: a field says by its name and type what it
//! is, and has a comment where these do not say all (a unit, a bound, who may read it).

use crate::rust::{block, product_code};
use crate::source::{expect_none, files, numbered};

/// Our own crates. A test's name is its docstring.
const ALL: [&str; 6] =
    ["app/bundle/src", "app/domain/src", "app/src", "server/booklet/src", "server/hints/src", "server/src"];

/// Of these the functions and constants too. A handler of HTTP is said by its route.
const BUILT_ON: [&str; 2] = ["app/domain/src", "app/src"];

const TYPES: [&str; 4] = ["pub struct ", "pub enum ", "pub trait ", "pub type "];
const VALUES: [&str; 5] = ["pub fn ", "pub const ", "pub async fn ", "pub static ", "pub unsafe fn "];

#[test]
fn what_is_public_says_what_it_is() {
    let mut findings = Vec::new();
    for source in files(&ALL, &[".rs"]).iter().filter(|source| !source.path.ends_with("tests.rs")) {
        let built_on = BUILT_ON.into_iter().any(|crate_| source.path.starts_with(crate_));
        let raw: Vec<&str> = source.text.lines().collect();
        let code = product_code(&source.text);
        if !source.text.starts_with("//!") {
            findings.push(format!("{}:1: the file", source.path));
        }
        let cases = code.match_indices("pub enum ").flat_map(|(at, _)| cases(&code, at));
        let items = numbered(&code).filter_map(|(number, line)| {
            let by_macro = line.contains('$');
            let is_item = begins(line, &TYPES) || built_on && begins(line, &VALUES);
            (is_item && !by_macro).then_some(number)
        });
        for number in items.chain(cases).filter(|number| !is_said(&raw, *number)) {
            findings.push(format!("{}:{number}: {}", source.path, raw[number - 1].trim()));
        }
    }
    expect_none(&findings, "Say in a line what it is, and then what surprises (docs/style.md, 9).");
}

fn begins(line: &str, with: &[&str]) -> bool {
    with.iter().any(|with| line.trim_start().starts_with(with))
}

/// The lines on which the cases of an enum begin.
fn cases(code: &str, at: usize) -> Vec<usize> {
    let Some(body) = block(&code[at..]) else { return Vec::new() };
    let opens = at + code[at..].find('{').unwrap_or_default();
    let first = code[..opens].matches('\n').count() + 1;
    let mut depth = 0_i32;
    let mut found = Vec::new();
    for (number, line) in numbered(body) {
        if depth == 1 && line.trim_start().starts_with(char::is_uppercase) {
            found.push(first + number - 1);
        }
        depth += line.chars().map(depth_of).sum::<i32>();
    }
    found
}

const fn depth_of(c: char) -> i32 {
    match c {
        '{' | '(' | '[' => 1,
        '}' | ')' | ']' => -1,
        _ => 0,
    }
}

/// Whether a docstring stands before a line, attributes between them left out.
fn is_said(lines: &[&str], number: usize) -> bool {
    let mut before = lines[..number - 1].iter().map(|line| line.trim()).rev();
    let mut within_attribute = false;
    before.find_map(|line| {
        let attribute = line.starts_with("#[");
        within_attribute = !attribute && (within_attribute || line.ends_with(")]"));
        (!attribute && !within_attribute).then(|| line.starts_with("///"))
    }) == Some(true)
}

#[test]
fn docstrings_are_found_above_attributes_and_missed_where_there_are_none() {
    let text = "/// Said.\n#[derive(\n    Clone,\n)]\npub enum Said {\n    /// Said.\n    #[default]\n    One { which: u8 },\n    Two(\n        Other,\n    ),\n}\n";
    let lines: Vec<&str> = text.lines().collect();
    assert!(is_said(&lines, 5), "the enum");
    assert_eq!(cases(text, text.find("pub enum").unwrap()), [8, 9]);
    assert!(is_said(&lines, 8) && !is_said(&lines, 9), "the first case alone");
}
