//! What we build on (`G12`): licences that fit ours, one source, no second version that nobody knows of, and no crate that
//! nobody has looked up among the advisories.

use std::collections::{BTreeMap, BTreeSet};

use crate::cargo::cargo;
use crate::source::{expect_none, file};

/// The one place that crates come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// Most crates of which there are several versions. Fewer is welcome; more asks for a look at `cargo tree -d`. Two stand in
/// the lock by an option of rcgen's that nobody turns on.
const MOST_TWICE: usize = 58;

/// A locked crate.
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
}

fn locked() -> Vec<Locked> {
    let lock = file("Cargo.lock").text;
    let of = |part: &str, key: &str| {
        let line = part.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
        line.map(|value| value.trim_matches('"').to_owned())
    };
    let one = |part: &str| {
        Some(Locked { name: of(part, "name")?, version: of(part, "version")?, source: of(part, "source") })
    };
    lock.split("[[package]]").skip(1).filter_map(one).collect()
}

#[test]
fn crates_come_from_one_place_and_few_come_twice() {
    let locked = locked();
    let foreign = |of: &&Locked| of.source.as_deref().is_some_and(|source| source != REGISTRY);
    let findings: Vec<String> = locked.iter().filter(foreign).map(|of| of.name.clone()).collect();
    expect_none(&findings, "A crate of another source is nobody's to check.");
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for of in &locked {
        versions.entry(&of.name).or_default().insert(&of.version);
    }
    let twice: Vec<&str> = versions.iter().filter(|(_, of)| of.len() > 1).map(|(name, _)| *name).collect();
    assert!(twice.len() <= MOST_TWICE, "{} crates come in several versions: {twice:?}", twice.len());
}

#[test]
fn every_licence_fits_ours() {
    let deny = file("deny.toml").text;
    let list = deny.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("deny.toml allows some");
    let allowed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    let tree = cargo(&["tree", "--workspace", "--prefix", "none", "--format", "{p}|{l}"]);
    let named = tree.lines().filter(|line| !line.is_empty());
    let lines: BTreeSet<&str> = named.map(|line| line.trim_end_matches(" (*)")).collect();
    assert!(lines.len() > 300, "cargo says what we build on");
    let findings: Vec<String> = lines
        .iter()
        .filter(|line| line.split_once('|').is_none_or(|(_, licence)| !fits(licence, &allowed)))
        .map(ToString::to_string)
        .collect();
    expect_none(&findings, "Is it compatible with our licence? Then it belongs into deny.toml.");
}

/// Whether one way to read a licence is allowed: any part of an «or», all parts of an «and».
fn fits(licence: &str, allowed: &BTreeSet<&str>) -> bool {
    let licence = licence.replace('/', " OR ");
    let any = |words: &str| words.split(" OR ").any(|one| allowed.contains(one.trim().trim_matches(['(', ')'])));
    // «(A OR B) AND C»: no licence that we know has an «and» inside of an «or».
    licence.split(" AND ").all(any)
}

/// What the advisories say of their versions is cargo-deny's to compare (`make test`): it cannot see what nobody looked up.
#[test]
fn every_crate_was_looked_up_among_the_advisories() {
    let text = file("docs/advisories/looked.txt").text;
    assert!(text.starts_with("# RustSec advisories as of 20"), "the copy says its date");
    let looked: BTreeSet<&str> = text.lines().skip(1).collect();
    let unknown = |of: &Locked| of.source.is_some() && !looked.contains(of.name.as_str());
    let findings: Vec<String> = locked().into_iter().filter(unknown).map(|of| of.name).collect();
    expect_none(&findings, "What is known against it? docs/advisories/README.md says how to look it up.");
}

#[test]
fn whatever_advisory_is_accepted_has_a_reason() {
    let deny = file("deny.toml").text;
    let accepted = deny.lines().filter(|line| line.contains("\"RUSTSEC-"));
    let findings: Vec<String> =
        accepted.filter(|line| !line.contains("reason = \"")).map(|line| line.trim().to_owned()).collect();
    expect_none(&findings, "Why is nobody harmed? `{ id = …, reason = … }`");
}
