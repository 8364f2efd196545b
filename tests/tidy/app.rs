//! Invariants 3, 4 and 5: code that compiles for both halves, one island a page, and pages that render without waiting.

use std::collections::BTreeMap;

use crate::rust::{code, product_code, signatures};
use crate::source::{Source, expect_none, files, has_word, numbered};

/// Most files of `app/src` that may ask for a feature.
const MOST_FILES: usize = 3;

/// What makes a page wait, or the browser load more than it needs (`style.md`, P1, P7, P16).
const WAITING: [&str; 18] = [
    "Suspense",
    "SuspenseBoundary",
    "Suspend",
    "Transition",
    "Await",
    "Resource",
    "LocalResource",
    "OnceResource",
    "ArcResource",
    "ArcLocalResource",
    "ArcOnceResource",
    "AsyncDerived",
    "ArcAsyncDerived",
    "ServerAction",
    "ActionForm",
    "#[server",
    "#[lazy",
    "leptos_router",
];

/// Where markup is put together as a string, and why nobody's words can be in it.
const RAW: [(&str, &str); 5] = [
    ("app/src/parts/clock.rs", "a drawing of five circles, made of numbers alone"),
    (
        "app/src/parts/text_area.rs",
        "the content of a text area is no markup; the one sign that could end it is escaped there",
    ),
    ("app/src/parts/drawing.rs", "our own drawings, each a constant of that file"),
    ("app/src/live/watch.rs", "a part of the page as the server rendered it, by the same components"),
    ("app/src/live/audience/part.rs", "a part of the page as the server rendered it, by the same components"),
];

/// Elements whose children Leptos writes as they are (tachys 0.2.19, `ESCAPE_CHILDREN`).
const UNESCAPED: [&str; 4] = ["textarea", "script", "style", "noscript"];
/// Where one of them has children, and why nobody's words can be in them.
const UNESCAPED_HERE: [(&str, &str, &str); 4] = [
    ("app/src/parts/given.rs", "script", "JSON, in which the one sign that could end the element is escaped"),
    ("app/src/pages/shell.rs", "script", "our own script, and names that the bundle made"),
    ("app/src/pages/shell.rs", "noscript", "an element of ours with a number"),
    ("server/src/venue.rs", "style", "our own style, a constant of that file"),
];
/// The one file that makes a text area.
const TEXT_AREA: &str = "app/src/parts/text_area.rs";

#[test]
fn features_are_asked_for_in_at_most_three_files() {
    let asks = |source: &Source| {
        let code = code(&source.text);
        numbered(&code).any(|(_, line)| line.contains("cfg") && has_word(line, "feature"))
    };
    let files: Vec<String> = files(&["app/src"], &[".rs"]).into_iter().filter(asks).map(|source| source.path).collect();
    assert!(
        files.len() <= MOST_FILES,
        "\n{}\n\n`cfg(feature = …)` belongs into app/src/lib.rs and app/src/live.rs: everywhere else is code that compiles \
         for the server and for browsers.\n",
        files.join("\n")
    );
}

#[test]
fn islands_live_in_one_folder_one_for_each_page() {
    let mut findings = Vec::new();
    let mut of_page: BTreeMap<String, usize> = BTreeMap::new();
    for source in files(&["app/src"], &[".rs"]) {
        for (line, _) in islands(&source) {
            let page = page_of(&source.path, "app/src/live");
            match &page {
                None => findings.push(format!("{}:{line}: an island outside app/src/live", source.path)),
                Some(page) => *of_page.entry(page.clone()).or_default() += 1,
            }
            if page.is_some_and(|page| of_page[&page] > 1) {
                findings.push(format!("{}:{line}: a second island of one page", source.path));
            }
        }
    }
    expect_none(&findings, "Islands share no signals: one page, one island, in app/src/live/<page>.rs.");
}

#[test]
fn a_page_uses_at_most_one_island() {
    let sources = files(&["app/src"], &[".rs"]);
    let islands: Vec<String> = sources.iter().flat_map(islands).map(|(_, name)| name).collect();
    assert!(!islands.is_empty(), "no `#[island]` was found: has the macro another name now?");
    let mut findings = Vec::new();
    let mut of_page: BTreeMap<String, usize> = BTreeMap::new();
    for source in &sources {
        let code = product_code(&source.text);
        for (number, line) in numbered(&code) {
            for island in islands.iter().filter(|island| has_word(line, &format!("<{island}"))) {
                let page = page_of(&source.path, "app/src/pages");
                let uses = page.map_or(usize::MAX, |page| {
                    let uses = of_page.entry(page).or_default();
                    *uses += 1;
                    *uses
                });
                if uses > 1 {
                    findings.push(format!("{}:{number}: <{island}>", source.path));
                }
            }
        }
    }
    expect_none(&findings, "Only a page puts an island into its markup, and only one: pass data to it as props.");
}

#[test]
fn nothing_makes_a_page_wait() {
    let mut findings = Vec::new();
    // What has nothing to do with pages may be called so in the server.
    let renders = |source: &Source| source.path.starts_with("app/") || source.text.contains("leptos");
    for source in files(&["app/src", "server/src"], &[".rs"]).into_iter().filter(renders) {
        for (number, line) in numbered(&code(&source.text)) {
            for word in WAITING.iter().filter(|word| has_word(line, word)) {
                findings.push(format!("{}:{number}: `{word}`", source.path));
            }
        }
    }
    expect_none(&findings, "A room's view is in memory: read it before rendering and pass it as a prop.");
}

#[test]
fn markup_has_no_styles_and_no_handlers_of_its_own() {
    expect_none(
        &in_markup(&["style=", "style:", "onclick=", "onsubmit=", "onload="]),
        "The policy of our pages allows none (`S20`): a class in style/, an attribute of an svg, `on:submit` in an island.",
    );
}

#[test]
fn markup_is_never_made_of_texts() {
    let mut findings = in_markup(&["inner_html", "set_inner_html", "insert_adjacent_html", "set_outer_html"]);
    findings.retain(|finding| !RAW.iter().any(|(path, _)| finding.starts_with(path)));
    expect_none(&findings, "What people write is text and never markup (`S20`): `{text}` in a view escapes it.");
}

/// G7: Leptos, and markup written by hand, in views as in strings.
#[test]
fn no_element_writes_its_children_as_they_are() {
    let mut findings = Vec::new();
    let product = |source: &Source| !source.path.ends_with("tests.rs");
    for source in files(&["app/src", "server/src"], &[".rs", ".html"]).into_iter().filter(product) {
        let text = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = numbered(text).filter(|(_, line)| !line.trim_start().starts_with("//"));
        for (number, line) in lines {
            for element in UNESCAPED.iter().filter(|element| has_raw(line, element, &source.path)) {
                findings.push(format!("{}:{number}: <{element}>", source.path));
            }
        }
    }
    expect_none(
        &findings,
        "These elements do not escape what stands in them: a text area is `<TextArea text=…/>`, a script has a `src`.",
    );
}

/// Whether a line opens such an element, as a tag or by Leptos' builder, and it may hold something.
fn has_raw(line: &str, element: &str, path: &str) -> bool {
    let known = UNESCAPED_HERE.iter().any(|(file, allowed, _)| *file == path && *allowed == element);
    let empty = element != "textarea" && line.contains(&format!("></{element}>"));
    let opens = has_word(line, &format!("<{element}")) || line.contains(&format!("html::{element}("));
    opens && !known && !empty && path != TEXT_AREA
}

#[test]
fn a_raw_element_is_found_in_a_view_and_in_a_string() {
    for line in ["view! { <textarea name=x>{text}</textarea> }", "format!(\"<style>{text}</style>\")", "html::script()"]
    {
        assert!(UNESCAPED.iter().any(|element| has_raw(line, element, "app/src/pages/x.rs")), "{line}");
    }
    assert!(!has_raw("<script src=\"/exit.js\" defer></script>", "script", "app/src/pages/x.rs"));
}

fn in_markup(words: &[&str]) -> Vec<String> {
    let mut findings = Vec::new();
    for source in files(&["app/src"], &[".rs"]) {
        for (number, line) in numbered(&product_code(&source.text)) {
            for word in words.iter().filter(|word| has_word(line, word)) {
                findings.push(format!("{}:{number}: `{word}`", source.path));
            }
        }
    }
    findings
}

/// The functions under `#[island]`, each with its line.
fn islands(source: &Source) -> Vec<(usize, String)> {
    let code = product_code(&source.text);
    let after = |at: usize| signatures(&code[at..], "").into_iter().next().map(|(_, signature)| signature);
    code.match_indices("#[island")
        .map(|(at, _)| {
            let signature = after(at).unwrap_or_default();
            let name = signature.trim_start_matches("fn ").split(['(', '<']).next().unwrap_or_default();
            (crate::rust::line_of(&code, at), name.to_owned())
        })
        .collect()
}

/// The page that a file belongs to: `audience` for `app/src/pages/audience.rs` and all in `app/src/pages/audience/`.
fn page_of(path: &str, folder: &str) -> Option<String> {
    let inside = path.strip_prefix(folder)?.strip_prefix('/')?;
    Some(inside.split(['/', '.']).next().unwrap_or(inside).to_owned())
}
