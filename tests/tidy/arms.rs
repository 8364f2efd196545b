//! No wildcard arm over our own enums (H1): a new variant must be looked at wherever its enum is matched.
//!
//! The few arms that stand for all others carry their reason: a comment right above them. A pattern around our enum
//! (`Some(Role::Steward)`, a tuple) is not looked at.

use std::collections::BTreeSet;

use crate::rust::{block, line_of, product_code};
use crate::source::{Source, expect_none, files};

#[test]
fn no_wildcard_arm_stands_for_variants_of_our_own_enums() {
    let sources: Vec<(Source, String)> = files(&["app/domain/src", "app/src", "server/src"], &[".rs"])
        .into_iter()
        .filter(|source| !source.path.ends_with("tests.rs"))
        .map(|source| {
            let code = product_code(&source.text);
            (source, code)
        })
        .collect();
    let ours: BTreeSet<String> = sources.iter().flat_map(|(_, code)| variants(code)).collect();
    let mut findings = Vec::new();
    for (source, code) in &sources {
        for line in wildcards(code, &ours) {
            let above = source.text.lines().nth(line - 2).unwrap_or_default();
            if !above.trim_start().starts_with("//") {
                findings.push(format!("{}:{line}: stands for variants of ours, and says no reason", source.path));
            }
        }
    }
    expect_none(
        &findings,
        "Name the other variants, so that a new one does not compile here; or say why in a comment.",
    );
}

/// `Enum::Variant` of every enum in a source; within it, `Self::Variant` as well.
fn variants(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("enum ") {
        let name: String = code[at + 5..].chars().take_while(|c| c.is_alphanumeric()).collect();
        let Some(body) = block(&code[at..]) else { continue };
        for part in split(&body[1..body.len() - 1], &[","]) {
            let variant = part.rsplit(']').next().unwrap_or(part).trim_start();
            let variant: String = variant.chars().take_while(|c| c.is_alphanumeric()).collect();
            found.push(format!("{name}::{variant}"));
            found.push(format!("Self::{variant}"));
        }
    }
    found
}

/// The lines of arms that match everything, beside arms that begin with a variant of ours.
fn wildcards(code: &str, ours: &BTreeSet<String>) -> Vec<usize> {
    let mut lines = Vec::new();
    let matches = code.match_indices("match ").filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric()));
    for (at, _) in matches {
        let Some(body) = block(&code[at..]) else { continue };
        let start = at + code[at..].find('{').unwrap_or_default() + 1;
        let arms = arms(&body[1..body.len() - 1]);
        let begins_with_ours = |pattern: &str| {
            let first = pattern.trim().trim_start_matches('|').trim_start();
            let path: String = first.chars().take_while(|c| c.is_alphanumeric() || *c == ':').collect();
            let mut names = path.rsplitn(3, "::");
            let (variant, name) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
            ours.contains(&format!("{name}::{variant}"))
        };
        if !arms.iter().any(|(_, pattern)| begins_with_ours(pattern)) {
            continue;
        }
        for (offset, pattern) in &arms {
            let name = pattern.trim();
            if !name.is_empty() && name.chars().all(|c| c == '_' || c.is_lowercase()) {
                lines.push(line_of(code, start + offset + pattern.len() - pattern.trim_start().len()));
            }
        }
    }
    lines
}

/// The patterns of a match, each with its place: up to the arrow, a guard included.
fn arms(body: &str) -> Vec<(usize, &str)> {
    let mut arms = Vec::new();
    let mut at = 0;
    while let Some(pattern) = split(&body[at..], &["=>"]).first().filter(|pattern| pattern.len() < body.len() - at) {
        arms.push((at, *pattern));
        let after = at + pattern.len() + 2;
        let value = body[after..].trim_start();
        let begins = body.len() - value.len();
        let length = if value.starts_with('{') {
            block(value).map_or(value.len(), str::len)
        } else {
            split(value, &[","]).first().map_or(value.len(), |value| value.len())
        };
        at = begins + length;
        let rest = body[at..].trim_start();
        at = body.len() - rest.trim_start_matches(',').len();
    }
    arms
}

/// The text between separators that stand in no bracket.
fn split<'a>(text: &'a str, separators: &[&str]) -> Vec<&'a str> {
    let (mut parts, mut depth, mut begin) = (Vec::new(), 0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ if depth == 0 => {
                if let Some(separator) = separators.iter().find(|separator| text[at..].starts_with(**separator)) {
                    parts.push(&text[begin..at]);
                    begin = at + separator.len();
                }
            }
            _ => {}
        }
    }
    if !text[begin..].trim().is_empty() {
        parts.push(&text[begin..]);
    }
    parts
}

#[test]
fn an_arm_for_all_others_is_found_beside_our_variants_alone() {
    let code = "enum Lamp { #[doc(x)] On, Off { at: u8 } }\nfn f() {\n    match lamp {\n        Lamp::On => 1,\n        _ => 2,\n    }\n}\nfn g() {\n    match lamp {\n        a::Lamp::Off { at } if at > 1 => { 1 }\n        other => match at { 1 => 2, _ => 3 },\n    }\n}\nfn h() { match x { Some(1) => Lamp::On, _ => Lamp::Off } }\n";
    let ours: BTreeSet<String> = variants(code).into_iter().collect();
    assert_eq!(ours.len(), 4);
    assert_eq!(wildcards(code, &ours), [5, 11]);
}
