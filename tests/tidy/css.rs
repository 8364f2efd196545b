//! CSS as this test reads it: declarations with their lines. Comments and quoted texts are gone.

use crate::rust::line_of;

/// One `property: value`.
#[derive(Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Where its property stands, from 1.
    pub line: usize,
    /// Its selector, or what stands before the nearest brace.
    pub selector: String,
    /// Its property.
    pub property: String,
    /// Its value.
    pub value: String,
}

/// Every declaration of a style sheet.
pub fn declarations(text: &str) -> Vec<Declaration> {
    let text = blank(text);
    let mut found = Vec::new();
    let mut selectors: Vec<String> = Vec::new();
    let mut start = 0;
    for (at, sign) in text.match_indices(['{', '}', ';']) {
        let piece = &text[start..at];
        if sign == "{" {
            selectors.push(one_line(piece));
        } else if let Some((property, value)) = piece.split_once(':') {
            let indent = piece.len() - piece.trim_start().len();
            found.push(Declaration {
                line: line_of(&text, start + indent),
                selector: selectors.last().cloned().unwrap_or_default(),
                property: property.trim().to_lowercase(),
                value: one_line(value),
            });
        }
        if sign == "}" {
            selectors.pop();
        }
        start = at + 1;
    }
    found
}

/// The parts of a value that stand apart: spaces inside brackets do not count.
pub fn parts(value: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let apart = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0 && c.is_whitespace()
    };
    value.split(apart).filter(|part| !part.is_empty()).collect()
}

/// The words of a value, without its signs: `to left` has `to` and `left`.
pub fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).filter(|word| !word.is_empty())
}

/// Comments and quoted texts become spaces; every line stays where it is.
fn blank(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        if length == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            out.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
    }
    out
}

fn one_line(piece: &str) -> String {
    piece.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn declarations_have_their_lines_and_selectors() {
    let sheet = "/* left: 1 */\n@layer a {\n  .b:hover,\n  .c { color: red; background: url(\"data:x;left:1\") }\n}\n";
    let found = declarations(sheet);
    let seen: Vec<_> = found.iter().map(|d| (d.line, d.selector.as_str(), d.property.as_str())).collect();
    assert_eq!(seen, [(4, ".b:hover, .c", "color"), (4, ".b:hover, .c", "background")]);
    assert_eq!(parts("0 calc(1px + 2px) auto"), ["0", "calc(1px + 2px)", "auto"]);
}
