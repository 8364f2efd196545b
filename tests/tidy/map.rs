//! What the documents say of the code is there: every file and every function that they name (H11).

use crate::source::{Source, expect_none, file, files};

/// The documents that lead a newcomer through the code.
const LEADING: [&str; 4] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/words.md"];

#[test]
fn every_place_that_a_document_names_is_there() {
    let sources =
        files(&["app", "server", "style", "tests", "docs"], &[".rs", ".js", ".mjs", ".css", ".md", ".toml", ".txt"]);
    let mut named = 0;
    let mut findings = Vec::new();
    let decisions = files(&["docs/decisions"], &[".md"]);
    for Source { path: document, text } in LEADING.map(file).into_iter().chain(decisions) {
        for span in text.split('`').skip(1).step_by(2).filter(|span| names_a_place(span)) {
            named += 1;
            if !is_there(&sources, span) {
                findings.push(format!("{document}: {span}"));
            }
        }
    }
    assert!(named > 40, "the documents name {named} places only: are they still written as `path.rs: function`?");
    expect_none(&findings, "It moved or went: say where it is now.");
}

/// `http/commands.rs`, `http/commands.rs: ask`, `app/src/live`: not an address of a page, which begins with a slash.
fn names_a_place(span: &str) -> bool {
    let path = span.split_once(": ").map_or(span, |(path, _)| path);
    let spelled = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let of_ours = ["app/", "server/", "tests/", "style/", "docs/"].iter().any(|top| path.starts_with(top));
    let is_source = [".rs", ".js", ".mjs"].iter().any(|ending| path.ends_with(ending));
    spelled && !path.starts_with('/') && (of_ours || is_source)
}

/// Whether a file, or a folder of files, ends as named; `src` need not be said. What is behind a colon is in it.
fn is_there(sources: &[Source], span: &str) -> bool {
    let (path, inside) = span.split_once(": ").map_or((span, None), |(path, inside)| (path, Some(inside)));
    let path = path.trim_end_matches('/');
    sources.iter().any(|source| {
        let short = source.path.replace("/src/", "/");
        [&source.path, &short].into_iter().any(|whole| leads_to(whole, path))
            && inside.is_none_or(|name| source.text.contains(&format!("fn {name}")))
    })
}

fn leads_to(whole: &str, path: &str) -> bool {
    whole == path
        || whole.ends_with(&format!("/{path}"))
        || whole.starts_with(&format!("{path}/"))
        || whole.contains(&format!("/{path}/"))
}
