//! How a sentence of the catalogue becomes a text.

use nadwa_domain::lang::{Dir, LANGS, Lang};

use super::Reader;
use super::numbers;
use super::plurals::{Category, category};
use super::vowels;

/// One of a thing for each language.
type Each<T> = [T; LANGS.len()];

/// The reader's language out of all.
pub(super) fn pick(r: Reader, texts: &'static Each<&'static str>) -> &'static str {
    let text = texts.get(r.lang.index()).copied().unwrap_or_default();
    if r.vowels && r.lang == Lang::AR { vowels::of(text) } else { text }
}

/// The reader's language and register.
pub(super) fn registered(
    r: Reader,
    usual: &'static Each<&'static str>,
    younger: &'static Each<&'static str>,
) -> &'static str {
    pick(r, if r.younger { younger } else { usual })
}

/// Words in a fixed order.
pub(super) fn list(r: Reader, lists: &'static Each<&'static [&'static str]>) -> &'static [&'static str] {
    lists.get(r.lang.index()).copied().unwrap_or_default()
}

/// The sentence for `n` things. Nothing at all may have words of its own in any language.
pub(super) fn plural(r: Reader, n: u64, all: &'static Each<[&'static str; 6]>, with: &[&str]) -> String {
    let Some([zero, one, two, few, many, other]) = all.get(r.lang.index()) else { return String::new() };
    let form = match category(r.lang.info().plurals, n) {
        _ if n == 0 && !zero.is_empty() => zero,
        Category::Zero => zero,
        Category::One => one,
        Category::Two => two,
        Category::Few => few,
        Category::Many => many,
        Category::Other => other,
    };
    fill(r, form, with)
}

/// A number for a sentence.
pub(super) fn counted(r: Reader, n: u64) -> String {
    numbers::number(r, i64::try_from(n).unwrap_or(i64::MAX))
}

/// The sentence with `{0}`, `{1}` … replaced.
pub(super) fn fill(r: Reader, sentence: &str, with: &[&str]) -> String {
    let mut pieces = sentence.split('{');
    let mut out = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (place, rest) = piece.split_once('}').unwrap_or((piece, ""));
        if let Some(text) = place.parse::<usize>().ok().and_then(|place| with.get(place)) {
            put(&mut out, text, r.lang.dir());
        }
        out.push_str(rest);
    }
    out
}

/// Puts a text into a sentence that runs in `dir`, between isolates if it could disturb its neighbours or they it.
///
/// Most texts need no isolate, and then there is none: a name in the sentence's own script, a number, a plain clock.
fn put(out: &mut String, text: &str, dir: Dir) {
    if runs_along(text, dir) {
        out.push_str(text);
    } else {
        out.push('\u{2068}');
        out.push_str(text);
        out.push('\u{2069}');
    }
}

/// Whether all strong characters run in `dir` and the text begins and ends with one, or with a digit.
fn runs_along(text: &str, dir: Dir) -> bool {
    let firm = |c: Option<char>| c.is_none_or(|c| strong(c) == Some(dir) || is_digit(c));
    firm(text.chars().next())
        && firm(text.chars().next_back())
        && text.chars().all(|c| strong(c).is_none_or(|runs| runs == dir))
}

/// The bidirectional class of a character, as far as it is strong: digits, punctuation, arrows and emoji are not.
const fn strong(c: char) -> Option<Dir> {
    match c {
        _ if is_digit(c) => None,
        '\u{0590}'..='\u{08FF}' => Some(Dir::Rtl),
        'A'..='Z' | 'a'..='z' => Some(Dir::Ltr),
        '\0'..='\u{BF}' | '×' | '÷' | '\u{2000}'..='\u{2BFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}' => {
            None
        }
        _ => Some(Dir::Ltr),
    }
}

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}')
}
