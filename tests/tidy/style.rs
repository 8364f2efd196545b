//! Invariant 8, and what Arabic letters need: style sheets that know a start and an end, but no left and no right.

use crate::css::{Declaration, declarations, parts, words};
use crate::source::{expect_none, files};

/// Before the reason of what may be physical, on the same line.
const REASON: &str = "/* physical: ";

/// Four values clockwise from the top: the second is the right side, the fourth the left.
const SIDES: [&str; 7] =
    ["margin", "padding", "inset", "border-width", "border-style", "scroll-margin", "scroll-padding"];

#[test]
fn no_style_knows_left_and_right() {
    let mut findings = Vec::new();
    for source in files(&["style"], &[".css"]) {
        let lines: Vec<&str> = source.text.lines().collect();
        for declaration in declarations(&source.text).iter().filter(|declaration| is_physical(declaration)) {
            if !has_reason(lines[declaration.line - 1]) {
                let Declaration { line, property, value, .. } = declaration;
                findings.push(format!("{}:{line}: `{property}: {value}`", source.path));
            }
        }
    }
    expect_none(
        &findings,
        "Say it by start and end (margin-inline-start, inset-inline-end, border-start-start-radius, text-align: start). \
         What must not be mirrored (a clock, a tick) says why on its line: /* physical: a tick is not mirrored */",
    );
}

#[test]
fn arabic_letters_are_not_spaced_slanted_or_capitalised() {
    let mut findings = Vec::new();
    for source in files(&["style"], &[".css"]) {
        for Declaration { line, property, value, .. } in declarations(&source.text) {
            let plain = match property.as_str() {
                "letter-spacing" => ["0", "normal"].contains(&value.as_str()),
                "text-transform" => value == "none",
                "font-style" => value == "normal",
                "font-variant" | "font-variant-caps" => !value.contains("caps"),
                "font" => !words(&value).any(|word| word == "italic" || word == "oblique"),
                _ => true,
            };
            if !plain {
                findings.push(format!("{}:{line}: `{property}: {value}`", source.path));
            }
        }
    }
    expect_none(
        &findings,
        "Arabic letters join, and have no italics and no capitals (`L8`): use size, weight or space around.",
    );
}

/// A reason is at least a few words.
fn has_reason(line: &str) -> bool {
    let reason = line.split_once(REASON).and_then(|(_, after)| after.split_once("*/"));
    reason.is_some_and(|(reason, _)| reason.trim().len() > 8)
}

fn is_physical(declaration: &Declaration) -> bool {
    let Declaration { property, value, .. } = declaration;
    let own_name = property.starts_with("--");
    let named = !own_name && property.split('-').any(is_side);
    named
        || words(value).any(is_side)
        || sides_differ(property, value)
        || corners_differ(property, value)
        || moves(property, value)
}

fn is_side(word: &str) -> bool {
    word == "left" || word == "right"
}

fn sides_differ(property: &str, value: &str) -> bool {
    let parts = parts(value);
    SIDES.contains(&property) && parts.len() >= 4 && parts[1] != parts[3]
}

/// Corners clockwise from the upper left.
fn corners_differ(property: &str, value: &str) -> bool {
    property == "border-radius"
        && value.split('/').any(|radii| match parts(radii).as_slice() {
            [_] | [] => false,
            [a, b] => a != b,
            [a, b, c] => a != b || b != c,
            [a, b, c, d, ..] => a != b || c != d,
        })
}

/// A shift along the line is a shift to the left or to the right.
fn moves(property: &str, value: &str) -> bool {
    let zero = |length: &str| length.trim().trim_end_matches(char::is_alphabetic) == "0";
    let shifts = |function: &str| {
        value.match_indices(function).any(|(at, _)| {
            let inside = &value[at + function.len()..];
            !zero(inside.split([',', ')']).next().unwrap_or_default())
        })
    };
    let first = parts(value).first().copied().unwrap_or("none");
    let translated = property == "translate" && first != "none" && !zero(first);
    translated || shifts("translateX(") || shifts("translate(") || shifts("translate3d(")
}

#[test]
fn left_and_right_are_found_wherever_they_hide() {
    let physical = |css: &str| declarations(&format!(".a {{ {css} }}")).iter().any(is_physical);
    for wrong in [
        "margin-left: 1px",
        "left: 0",
        "text-align: right",
        "float: left",
        "border-top-left-radius: 1px",
        "margin: 0 1px 0 2px",
        "border-radius: 1px 2px",
        "border-radius: 1px 1px 2px 3px",
        "transform: translateX(-50%)",
        "transform: translate(4px, 0)",
        "translate: 1rem",
        "background: linear-gradient(to left, red, blue)",
        "transform-origin: left",
        "--gradient: to right",
    ] {
        assert!(physical(wrong), "{wrong}");
    }
    for right in [
        "margin-inline-start: 1px",
        "inset: 0",
        "padding: 1px 2px",
        "margin: 0 auto 0 auto",
        "border-radius: 50%",
        "border-radius: 1px 1px 0 0",
        "transform: translateY(4px)",
        "transform: translate(0, 4px)",
        "--left: 1px",
        "transform: scaleX(-1)",
        "grid-area: copyright",
    ] {
        assert!(!physical(right), "{right}");
    }
}
