//! Sentences: each is said somewhere (`L2`). One that no code names is a promise that nobody keeps, and work for whoever
//! translates.

use std::collections::{BTreeMap, BTreeSet};

use crate::rust::product_code;
use crate::source::{expect_none, file, files};

const SOURCE: &str = "app/locales/ar.toml";

#[test]
fn every_sentence_is_said_somewhere() {
    let sections = sections();
    let mut said: BTreeSet<(String, String)> = BTreeSet::new();
    for source in files(&["app/src", "server/src"], &[".rs"]) {
        said.extend(named_in(&product_code(&source.text), &sections));
    }
    let unsaid = |(section, keys): (&String, &BTreeSet<String>)| -> Vec<String> {
        let silent = |key: &&String| !said.contains(&(section.clone(), (*key).clone()));
        keys.iter().filter(silent).map(|key| format!("{SOURCE}: {section}.{key}")).collect()
    };
    let findings: Vec<String> = sections.iter().flat_map(unsaid).collect();
    expect_none(&findings, "No code says this sentence. Say it, or take it out of every language.");
}

#[test]
fn a_sentence_is_found_by_its_sections_own_name_and_by_another() {
    let sections = BTreeMap::from([("paper".to_owned(), BTreeSet::from(["send".to_owned(), "gone".to_owned()]))]);
    let found = |code: &str| named_in(code, &sections).len();
    assert_eq!(found("use crate::words::paper as words;\nwords::send(r)"), 1);
    assert_eq!(found("crate::words::paper::send(r)"), 1);
    assert_eq!(found("words::send(r)"), 0, "of another section");
}

/// The keys of each section, each once: forms and registers belong to their sentence.
fn sections() -> BTreeMap<String, BTreeSet<String>> {
    let mut sections: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut section = String::new();
    for (_, line) in file(SOURCE).lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with('#')) {
            let key = key.split('.').next().unwrap_or_default();
            if !key.ends_with("_younger") {
                sections.entry(section.clone()).or_default().insert(key.to_owned());
            }
        }
    }
    sections
}

/// The sentences that a source names: `section::key`, or by the name that it gives the section.
fn named_in(code: &str, sections: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<(String, String)> {
    let mut names: BTreeMap<&str, BTreeSet<&str>> =
        sections.keys().map(|name| (name.as_str(), [name.as_str()].into())).collect();
    for (section, alias) in pairs(code, " as ").filter(|(section, _)| sections.contains_key(*section)) {
        names.entry(alias).or_default().insert(section);
    }
    let mut found = BTreeSet::new();
    for (name, key) in pairs(code, "::") {
        let of = names.get(name).into_iter().flatten();
        found.extend(of.filter(|of| sections[**of].contains(key)).map(|of| ((*of).to_owned(), key.to_owned())));
    }
    found
}

/// The words on both sides of each sign.
fn pairs<'a>(code: &'a str, sign: &'static str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(sign).map(move |(at, _)| {
        let before = code[..at].rsplit(|c| !is_word(c)).next().unwrap_or_default();
        let after = code[at + sign.len()..].split(|c| !is_word(c)).next().unwrap_or_default();
        (before, after)
    })
}

/// Sections that children of about eight to eleven meet, too (`P11`).
#[rustfmt::skip]
const OF_CHILDREN: [&str; 19] = [
    "landing", "audience", "link", "help", "console", "running", "poll", "messages", "stage", "rehearsal", "screen",
    "clock", "slot", "data", "error", "paper", "card", "way", "refusal",
];
/// Of those, what stands on adults' pages alone.
const TO_ADULTS: [&str; 6] = [
    "paper.file_for_adults",
    "refusal.being_read",
    "refusal.still_needed",
    "refusal.own_card",
    "refusal.not_handed_over",
    "refusal.adults_only",
];
/// So many words are long for them.
const LONG: usize = 9;

#[test]
fn what_is_long_has_easier_words_where_children_meet_it() {
    let text = file(SOURCE).text;
    let mut section = "";
    let mut long: Vec<(&str, &str)> = Vec::new();
    let mut easier: BTreeSet<(&str, &str)> = BTreeSet::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
        }
        let Some((key, value)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with('#')) else { continue };
        match key.strip_suffix("_younger") {
            Some(of) => drop(easier.insert((section, of))),
            // Forms of a number are short, or say the same.
            None if key.contains('.') => {}
            None if of_children(section, key) && value.split_whitespace().count() >= LONG => long.push((section, key)),
            None => {}
        }
    }
    let findings: Vec<String> = long
        .into_iter()
        .filter(|sentence| !easier.contains(sentence))
        .map(|(section, key)| format!("{SOURCE}: {section}.{key}"))
        .collect();
    expect_none(&findings, "A child of eight reads this. Say it shorter, or add `_younger` in every language.");
}

fn of_children(section: &str, key: &str) -> bool {
    let sentence = key.strip_suffix("_younger").unwrap_or(key);
    OF_CHILDREN.contains(&section) && !TO_ADULTS.contains(&format!("{section}.{sentence}").as_str())
}

/// No sentence of those has more words than this (`A14`).
const MOST_WORDS: usize = 12;

#[test]
fn no_sentence_that_children_meet_is_longer_than_twelve_words_in_any_language() {
    let mut findings = Vec::new();
    for lang in ["ar", "en", "fr"] {
        let path = format!("app/locales/{lang}.toml");
        let text = file(&path).text;
        let mut section = "";
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
            }
            let Some((key, value)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with('#')) else { continue };
            let long = value.split(['.', '!', '?', '؟', ':', ';', '؛']).map(words_of).find(|words| *words > MOST_WORDS);
            if let Some(words) = long.filter(|_| of_children(section, key)) {
                findings.push(format!("{path}: {section}.{key}: {words} words"));
            }
        }
    }
    expect_none(&findings, "Say it in two sentences: whoever is ten reads it in one breath.");
}

/// Signs between words are none.
fn words_of(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}
