//! The project's own files, each with its path, so that a finding can say where it is.

use std::path::{Path, PathBuf};

/// A text file of the project.
pub struct Source {
    /// From the root, with slashes.
    pub path: String,
    /// As it is.
    pub text: String,
}

impl Source {
    /// Its lines, numbered from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered(&self.text)
    }
}

/// The lines of a text, numbered from 1.
pub fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines())
}

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// One file.
pub fn file(path: &str) -> Source {
    let text = std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Source { path: path.to_owned(), text }
}

/// Every text file in some folders whose name ends as wished, in the order of their paths.
pub fn files(folders: &[&str], endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        collect(folder, endings, &mut found);
    }
    assert!(
        !found.is_empty(),
        "no {endings:?} in {folders:?}: has the layout changed? Then this test has to follow it"
    );
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &str, endings: &[&str], found: &mut Vec<Source>) {
    let entries = std::fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    for entry in entries {
        let entry = entry.expect("a folder of ours can be listed");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, endings, found);
        } else if endings.iter().any(|ending| path.ends_with(ending))
            // Fonts and pictures are no text.
            && let Ok(text) = std::fs::read_to_string(root().join(&path))
        {
            found.push(Source { path, text });
        }
    }
}

/// Fails with every finding, each on a line of its own, and says what to do.
#[track_caller]
pub fn expect_none(findings: &[String], what_to_do: &str) {
    assert!(findings.is_empty(), "\n{}\n\n{what_to_do}\n", findings.join("\n"));
}

/// Whether a line has a word: not as a part of a longer name.
pub fn has_word(line: &str, word: &str) -> bool {
    let of_a_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    // A pattern that begins or ends with a sign (`.now()`) has its own boundary there.
    let (opens, closes) = (of_a_name(word.chars().next()), of_a_name(word.chars().next_back()));
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !(opens && of_a_name(before) || closes && of_a_name(after))
    })
}

#[test]
fn a_word_is_not_a_part_of_a_longer_one() {
    assert!(has_word("let r = Resource::new();", "Resource"));
    assert!(!has_word("let r = LocalResource::new();", "Resource"));
    assert!(has_word("clock.now()", ".now()"));
}
