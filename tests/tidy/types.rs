//! The types that an enum is made of, all the way down, as the sources say them.

use std::collections::{BTreeMap, BTreeSet};

use crate::rust::{block, line_of, product_code};
use crate::source::Source;

/// A struct or an enum of the project.
struct Type {
    /// `file:line` of its name.
    place: String,
    /// The types that it names.
    names: Vec<String>,
}

/// Every struct and enum of some sources, by name.
pub struct Types(BTreeMap<String, Type>);

impl Types {
    /// Reads them.
    pub fn of(sources: &[Source]) -> Self {
        let mut types = BTreeMap::new();
        for source in sources {
            let code = product_code(&source.text);
            for keyword in ["struct ", "enum "] {
                for (at, _) in code.match_indices(keyword) {
                    if let Some((name, body)) = definition(&code[at + keyword.len()..]) {
                        let place = format!("{}:{}", source.path, line_of(&code, at));
                        types.insert(name, Type { place, names: named(&without_attributes(body)) });
                    }
                }
            }
        }
        Self(types)
    }

    /// Where `root` leads to one of `wanted`: `file:line: Root → Part → wanted`.
    pub fn ways(&self, root: &str, wanted: &[&str], stop_at: &[&str]) -> Vec<String> {
        assert!(self.0.contains_key(root), "there is no type `{root}` any more: this test has to follow it");
        let mut ways = Vec::new();
        self.walk(&mut vec![root.to_owned()], wanted, stop_at, &mut BTreeSet::new(), &mut ways);
        ways
    }

    fn walk(
        &self,
        way: &mut Vec<String>,
        wanted: &[&str],
        stop_at: &[&str],
        seen: &mut BTreeSet<String>,
        ways: &mut Vec<String>,
    ) {
        let here = way.last().cloned().unwrap_or_default();
        let Some(own) = self.0.get(&here) else { return };
        if stop_at.contains(&here.as_str()) || !seen.insert(here) {
            return;
        }
        for name in &own.names {
            way.push(name.clone());
            if wanted.contains(&name.as_str()) {
                ways.push(format!("{}: {}", own.place, way.join(" → ")));
            } else {
                self.walk(way, wanted, stop_at, seen, ways);
            }
            way.pop();
        }
    }
}

/// The name of a type and what stands in its braces or brackets.
fn definition(after: &str) -> Option<(String, &str)> {
    let name: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    let rest = &after[name.len()..];
    let opens = rest.find(['{', '(', ';'])?;
    if name.is_empty() || rest[opens..].starts_with(';') {
        return None;
    }
    if rest[opens..].starts_with('(') {
        let closes = rest[opens..].find(';')?;
        return Some((name, &rest[opens..opens + closes]));
    }
    Some((name, block(rest)?))
}

fn without_attributes(body: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    while let Some(at) = rest.find("#[") {
        out.push_str(&rest[..at]);
        rest = rest[at..].find(']').map_or("", |end| &rest[at + end + 1..]);
    }
    out + rest
}

/// Names in the places of types: after a colon of a field, and in the brackets of a tuple.
fn named(body: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rounds = 0_u32;
    let mut in_type = false;
    let mut rest = body.replace("::", "·");
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '(' => rounds += 1,
            ')' => rounds = rounds.saturating_sub(1),
            ':' => in_type = true,
            ',' | '}' | '{' => in_type = false,
            _ if c.is_alphabetic() => {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                length = name.len();
                if (in_type || rounds > 0) && c.is_uppercase() || name == "str" {
                    names.push(name);
                }
            }
            _ => {}
        }
        rest.drain(..length);
    }
    names
}

#[test]
fn types_are_followed_through_fields_and_tuples() {
    let text = "pub struct Name(String);\npub enum Event {\n    /// String\n    Called { by: Option<crate::x::Name>, at: u8 },\n    Other(Box<Deep>),\n    Plain,\n}\npub struct Deep { pub plain: Vec<Plain>, }\npub enum Plain { String, Two }\n";
    let types = Types::of(&[Source { path: "a.rs".into(), text: text.into() }]);
    assert_eq!(types.ways("Event", &["String"], &[]), ["a.rs:1: Event → Name → String"]);
    assert_eq!(types.ways("Event", &["String"], &["Name"]), Vec::<String>::new());
}
