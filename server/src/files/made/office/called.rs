//! What people called their bookmarks, styles and lists goes; what the programs call theirs stays (`G10`).

mod lists;

use std::hash::{BuildHasher, RandomState};

use quick_xml::events::attributes::Attribute;

use lists::{COUNTED, FIELDS, WORDS_OF_FIELDS, WORDS_OF_STYLES};

/// What is pointed at by a name is called by a number that follows from it for this document alone: without the key
/// nobody can try out which name it was.
#[derive(Default)]
pub(super) struct Called(RandomState);

impl Called {
    fn number(&self, begin: &str, attribute: &Attribute<'_>) -> String {
        format!("{begin}{:x}", self.0.hash_one(attribute.value.as_ref()))
    }

    /// A bookmark's name: those that the programs count themselves stay.
    pub(super) fn bookmark<'a>(&self, named: &Attribute<'a>) -> Attribute<'a> {
        if is_counted(&named.value) {
            return named.clone();
        }
        Attribute { key: named.key, value: self.number("_b", named).into() }
    }

    /// A style's name.
    pub(super) fn style<'a>(&self, named: &Attribute<'a>) -> Attribute<'a> {
        let is_known = named.value.split_whitespace().all(is_word_of_styles);
        if is_known || is_ours(&named.value, "style ") {
            return named.clone();
        }
        Attribute { key: named.key, value: self.number("style ", named).into() }
    }

    /// What a style is pointed at by; programs know their own styles by the name.
    pub(super) fn id<'a>(&self, named: &Attribute<'a>) -> Attribute<'a> {
        if is_ours(&named.value, "s-") {
            return named.clone();
        }
        Attribute { key: named.key, value: self.number("s-", named).into() }
    }
}

impl Called {
    /// Whatever an OpenDocument calls something by, or points at it with: words of the programs' own, and a letter or two
    /// with a number, as they call what they count, stay.
    pub(super) fn any<'a>(&self, named: &Attribute<'a>) -> Attribute<'a> {
        let plain = named.value.replace("_20_", " ");
        if plain.split_whitespace().all(is_word_of_styles) || is_short(&plain) || is_ours(&plain, "n-") {
            return named.clone();
        }
        Attribute { key: named.key, value: self.number("n-", named).into() }
    }
}

/// `P12`, `T1`, `fr3`.
fn is_short(name: &str) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.len() < name.len() && letters.len() < 3 && letters.is_ascii()
}

fn is_ours(name: &str, begin: &str) -> bool {
    name.strip_prefix(begin).is_some_and(is_number)
}

fn is_number(rest: &str) -> bool {
    !rest.is_empty() && rest.chars().all(|c| c.is_ascii_hexdigit())
}

fn is_counted(name: &str) -> bool {
    COUNTED.iter().any(|begin| is_ours(name, begin))
}

fn is_word_of_styles(word: &str) -> bool {
    let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    plain.chars().all(|c| c.is_ascii_digit()) || plain.split('-').all(|word| WORDS_OF_STYLES.contains(&word))
}

/// Whether a field, or a piece of one, is computed from the document alone, and names nothing that was renamed.
pub(super) fn computes_itself(field: &str) -> bool {
    let mut words = field.split_whitespace();
    let is_known = |word: &str| {
        let plain = word.trim_matches('"');
        let is_form = || WORDS_OF_FIELDS.contains(&plain.to_uppercase().as_str());
        let is_range = || plain.chars().all(|c| c.is_ascii_digit() || c == '-');
        word.starts_with('\\') || is_range() || is_form() || is_counted(plain)
    };
    match words.next() {
        Some(first) if !first.starts_with('\\') => {
            let first = first.to_uppercase();
            FIELDS.contains(&first.as_str()) && (first == "EQ" || words.all(is_known))
        }
        begun => begun.is_none() || words.all(is_known),
    }
}
