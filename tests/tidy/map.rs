//! What the documents say of the code is there: every file and folder, function and type that they name (H11).
//!
//! They name a place in one of three ways: `app/src/live` or `http/commands.rs` (the end of a path, `src` need not be
//! said), `http/commands.rs: ask` (what is defined in that file), `Session::decide(…)` (what is defined beside a type
//! or in a module of that name).

use crate::source::{Source, expect_none, file, files, numbered, root};

/// The documents of the root; those in `docs` are read besides. A changelog tells what was, not what is.
const LEADING: [&str; 4] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"];

/// Where what they name lies.
const TOPS: [&str; 9] = [".ci", ".github", ".make", "app", "docs", "public", "server", "style", "tests"];

/// What a file's name ends with when it is named without the folder that it is in.
const ENDINGS: [&str; 8] = [".rs", ".js", ".mjs", ".css", ".md", ".toml", ".typ", ".py"];

/// What stands before the name of what is defined, in Rust and in JavaScript.
const KEYWORDS: [&str; 9] = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "function"];

/// The walks of ARCHITECTURE.md go by functions: a sentence that names none cannot be found false.
const FEWEST_IN_WALKS: usize = 25;

#[test]
fn every_place_that_a_document_names_is_there() {
    let sources = files(&TOPS, &[""]);
    let mut findings = Vec::new();
    for Source { path: document, text } in LEADING.map(file).into_iter().chain(files(&["docs"], &[".md"])) {
        let broken = prose(&text).filter(|(_, line)| line.matches('`').count() % 2 == 1);
        findings.extend(broken.map(|(line, _)| format!("{document}:{line}: a name goes over the end of its line")));
        for (line, span) in spans(&text) {
            if Place::of(span).is_some_and(|place| !place.is_among(&sources)) {
                findings.push(format!("{document}:{line}: {span}"));
            }
        }
    }
    expect_none(&findings, "It moved or went: say where it is now.");
}

#[test]
fn the_walks_name_the_functions_that_they_go_by() {
    let text = file("ARCHITECTURE.md").text;
    let walks = text.split("walks\n").last().unwrap_or_default();
    let functions = spans(walks).filter(|(_, span)| matches!(Place::of(span), Some(Place::Inside(..)))).count();
    assert!(functions >= FEWEST_IN_WALKS, "the walks name {functions} functions as `path.rs: function`");
}

/// The lines that are no sketch of code: sketches stand between lines of three backticks.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut sketch = false;
    numbered(text).filter(move |(_, line)| {
        let fence = line.starts_with("```");
        sketch ^= fence;
        !sketch && !fence
    })
}

/// What stands between backticks, with its line.
fn spans(text: &str) -> impl Iterator<Item = (usize, &str)> {
    prose(text).flat_map(|(number, line)| line.split('`').skip(1).step_by(2).map(move |span| (number, span)))
}

/// A place in the code, as a document names it.
enum Place<'a> {
    /// A file or a folder.
    Path(&'a str),
    /// What is defined in a file.
    Inside(&'a str, &'a str),
    /// What is defined beside a type, or in a module.
    Beside(&'a str, &'a str),
}

impl<'a> Place<'a> {
    fn of(span: &'a str) -> Option<Self> {
        let (path, name) = span.split_once(": ").map_or((span, None), |(path, name)| (path, Some(name)));
        if is_a_path(path) {
            let path = path.trim_end_matches('/');
            return Some(name.map_or(Self::Path(path), |name| Self::Inside(path, name)));
        }
        let called = span.split('(').next().unwrap_or(span);
        let (owner, name) = called.rsplit_once("::")?;
        let owner = owner.rsplit("::").next().unwrap_or(owner);
        [owner, name].into_iter().all(is_a_name).then_some(Self::Beside(owner, name))
    }

    fn is_among(&self, sources: &[Source]) -> bool {
        match *self {
            Self::Path(path) => root().join(path).exists() || sources.iter().any(|source| leads_to(&source.path, path)),
            Self::Inside(path, name) => {
                sources.iter().any(|source| leads_to(&source.path, path) && defines(&source.text, name))
            }
            Self::Beside(owner, name) => {
                let is_of_owner = |source: &&Source| {
                    let of_its_name = source.path.ends_with(&format!("/{owner}.rs"));
                    of_its_name || source.text.contains(&format!("impl {owner}")) || defines(&source.text, owner)
                };
                let mut rust = sources.iter().filter(|source| source.path.ends_with(".rs"));
                rust.any(|source| is_of_owner(&source) && (defines(&source.text, name) || has_case(&source.text, name)))
            }
        }
    }
}

/// An address of a page begins with a slash, and is none.
fn is_a_path(path: &str) -> bool {
    let spelled = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let of_ours = TOPS.into_iter().any(|top| path.strip_prefix(top).is_some_and(|rest| rest.starts_with('/')));
    spelled && !path.starts_with('/') && (of_ours || ENDINGS.into_iter().any(|ending| path.ends_with(ending)))
}

fn is_a_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a file is what a document names, or lies in the folder that it names.
fn leads_to(whole: &str, path: &str) -> bool {
    let short = whole.replace("/src/", "/");
    [whole, &short].into_iter().any(|whole| {
        let padded = format!("/{whole}/");
        padded.ends_with(&format!("/{path}/")) || (!path.contains('.') && padded.contains(&format!("/{path}/")))
    })
}

/// Whether a text defines a name: `fn ask(` is `ask`, `fn asked(` is not.
fn defines(text: &str, name: &str) -> bool {
    KEYWORDS.into_iter().any(|keyword| {
        let wanted = format!("{keyword} {name}");
        text.match_indices(&wanted).any(|(at, _)| !text[at + wanted.len()..].starts_with(is_of_a_name))
    })
}

/// Whether a text has a line that begins with a name: a case of an enum.
fn has_case(text: &str, name: &str) -> bool {
    let begins = |line: &str| line.trim_start().strip_prefix(name).is_some_and(|rest| !rest.starts_with(is_of_a_name));
    text.lines().any(begins)
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn a_name_that_moved_is_found() {
    let source = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
    let sources = [
        source("app/domain/src/session/asking.rs", "pub(super) fn ask(session: &Session) -> Decision {"),
        source("app/domain/src/session/question.rs", "fn asked(entry: &Entry) -> Question {"),
        source("app/domain/src/session.rs", "impl Session {\n    pub fn apply(&mut self) {}\n}"),
    ];
    let is_there = |span| Place::of(span).is_some_and(|place| place.is_among(&sources));
    for right in ["app/domain/session", "session/asking.rs", "session/asking.rs: ask", "Session::apply(entry)"] {
        assert!(is_there(right), "{right}");
    }
    for wrong in ["app/domain/src/poll", "session/asks.rs", "session/question.rs: ask", "Session::decide(who)"] {
        assert!(Place::of(wrong).is_some() && !is_there(wrong), "{wrong}");
    }
    assert!(Place::of("/help/sent").is_none() && Place::of("nadwa --version").is_none());
}
