//! What must hold of the sentences before they are compiled (`L2`, `L5`, `L14`).
//!
//! The first language is the source. Every other has the same keys, of the same kind, with the same placeholders.
//! Each plural has the forms of its language. No digits stand in a sentence: they come through the formatter.

use std::collections::{BTreeMap, BTreeSet};

use nadwa_domain::lang::Plurals;

/// Every plural form, in the order of the generated tables.
pub const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
/// The one key whose value is digits.
const DIGITS_ARE_WELCOME: (&str, &str) = ("number", "own_digits");
/// Orders to a man or to a woman; buttons name the deed instead: إرسال السؤال (`L14`).
const ORDERS: &str = "اضغط اضغطي انقر انقري المس المسي اكتب اكتبي أكتبي أرسل أرسلي ارسل ارسلي اختر اختاري أدخل أدخلي \
    ادخل ادخلي أجب أجيبي استخدم استخدمي استعمل استعملي اسأل اسألي إقرأ اقرأ اقرئي امسح امسحي انتظر انتظري افتح افتحي \
    أغلق أغلقي احذف احذفي احفظ احفظي ابدأ ابدئي أعد أعيدي حاول حاولي انظر انظري شاهد شاهدي شاركي استمعي ارجع ارجعي \
    تأكدي اسحب اسحبي أضف أضيفي اطلب اطلبي اتصلي تفضل تفضلي أنت أنتي";
/// Words of Rust that could be taken for a key.
const RUST_WORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern false \
    final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super \
    trait true try type typeof unsafe unsized use virtual where while yield";

/// Section and key.
pub type Key = (String, String);

/// What a key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One sentence.
    Text(String),
    /// Plural forms by name.
    Plural(BTreeMap<String, String>),
    /// Words in a fixed order, such as months.
    List(Vec<String>),
}

/// Where a key stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its section.
    pub section: String,
    /// The key.
    pub key: String,
    /// Line in the file.
    pub line: usize,
    /// The comment above it.
    pub note: String,
}

/// One file of sentences.
#[derive(Clone, Debug)]
pub struct Sentences {
    /// How to name the file to a person.
    pub file: String,
    /// Tag of the language.
    pub tag: &'static str,
    /// Its plural forms.
    pub plurals: Plurals,
    /// What each key says.
    pub values: BTreeMap<Key, Value>,
    /// Where each key stands, in the order of the file.
    pub places: Vec<Place>,
}

/// Everything that is wrong, as `file:line: section.key: what`. The first file is the source.
pub fn faults(files: &[Sentences]) -> Vec<String> {
    let Some(source) = files.first() else { return vec!["app/locales: there is no language".to_owned()] };
    let mut faults = Vec::new();
    for key in source.values.keys() {
        if let Some(what) = bad_key(key, source) {
            faults.push(fault(source, key, &what));
        }
    }
    for file in files {
        for key in source.values.keys().filter(|key| !file.values.contains_key(*key)) {
            faults.push(format!("{}: {}.{}: is missing", file.file, key.0, key.1));
        }
        for (key, value) in &file.values {
            match source.values.get(key) {
                None => faults.push(fault(file, key, &format!("is not in {}", source.file))),
                Some(model) => {
                    faults.extend(compare(model, value, file.plurals).into_iter().map(|what| fault(file, key, &what)));
                    faults.extend(wording(key, value, file.tag).into_iter().map(|what| fault(file, key, &what)));
                }
            }
        }
    }
    faults
}

fn fault(file: &Sentences, key: &Key, what: &str) -> String {
    let line =
        file.places.iter().find(|place| place.section == key.0 && place.key == key.1).map_or(0, |place| place.line);
    format!("{}:{line}: {}.{}: {what}", file.file, key.0, key.1)
}

fn bad_key(key: &Key, source: &Sentences) -> Option<String> {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if !is_word(&key.0) || !is_word(&key.1) {
        return Some("a key is small Latin letters, digits and _".to_owned());
    }
    if RUST_WORDS.split_whitespace().any(|word| word == key.0 || word == key.1) {
        return Some("is a word of Rust; another key, please".to_owned());
    }
    let base = (key.0.clone(), key.1.strip_suffix("_younger")?.to_owned());
    let value = source.values.get(key)?;
    match source.values.get(&base) {
        Some(older @ Value::Text(_)) if placeholders(older) == placeholders(value) => None,
        Some(_) => Some(format!("must have the same placeholders as {}, and no plural forms", base.1)),
        None => Some(format!("is a younger wording of {}, which does not exist", base.1)),
    }
}

/// The forms that a language must have.
pub const fn forms(plurals: Plurals) -> &'static [&'static str] {
    match plurals {
        Plurals::Arabic => &FORMS,
        Plurals::OneOther => &["one", "other"],
        Plurals::French => &["one", "many", "other"],
    }
}

/// Whether a form stands for one number alone, so that the number need not be written.
fn stands_for_one_number(form: &str, plurals: Plurals, has_zero: bool) -> bool {
    match form {
        "zero" => true,
        "one" => has_zero || !matches!(plurals, Plurals::French),
        "two" => matches!(plurals, Plurals::Arabic),
        _ => false,
    }
}

fn compare(model: &Value, value: &Value, plurals: Plurals) -> Vec<String> {
    let mut found = Vec::new();
    match (model, value) {
        (Value::Text(_), Value::Text(_)) => {
            if placeholders(model) != placeholders(value) {
                found.push(format!("has {}, the source has {}", named(value), named(model)));
            }
        }
        (Value::List(a), Value::List(b)) if a.len() != b.len() => {
            found.push(format!("has {} words, the source has {}", b.len(), a.len()));
        }
        (Value::List(_), Value::List(_)) => {}
        (Value::Plural(_), Value::Plural(given)) => {
            for form in forms(plurals).iter().filter(|form| !given.contains_key(**form)) {
                found.push(format!("lacks the plural form .{form}"));
            }
            for form in given.keys().filter(|form| *form != "zero" && !forms(plurals).contains(&form.as_str())) {
                found.push(format!(".{form} is not a plural form of this language"));
            }
            let texts = placeholders(model).into_iter().filter(|name| name != "n").collect::<BTreeSet<_>>();
            for (form, text) in given {
                let mut here = names(text);
                let has_number = here.remove("n");
                if here != texts {
                    found.push(format!(".{form} must have the placeholders of every other form"));
                }
                if !has_number && !stands_for_one_number(form, plurals, given.contains_key("zero")) {
                    found.push(format!(".{form} must have {{n}}: it stands for several numbers"));
                }
            }
        }
        _ => found.push("is of another kind than in the source (a text, plural forms, a list)".to_owned()),
    }
    found
}

fn wording(key: &Key, value: &Value, tag: &str) -> Vec<String> {
    let mut found = Vec::new();
    for text in texts(value) {
        if text.trim_matches(' ').is_empty() || text.trim_matches(' ') != text || text.contains('\n') {
            found.push("must be one line, without spaces at its ends".to_owned());
        }
        if !braces_are_placeholders(text) {
            found.push("has a brace that is not a placeholder such as {name}".to_owned());
        }
        if text.contains('\u{640}') {
            found.push("has a stretched letter (ـ)".to_owned());
        }
        if text.contains(
            |c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'),
        ) {
            found.push("has an invisible character".to_owned());
        }
        if (key.0.as_str(), key.1.as_str()) != DIGITS_ARE_WELCOME && text.contains(char::is_numeric) {
            found.push("has a digit: numbers come through {n}, in the digits that the reader has chosen".to_owned());
        }
        if tag == "ar" {
            found.extend(arabic(key, text));
        }
    }
    found
}

fn arabic(key: &Key, text: &str) -> Vec<String> {
    let is_mark = |c: char| matches!(c, '\u{64B}'..='\u{652}' | '\u{670}');
    let words = text.split(|c: char| !c.is_alphabetic() && !is_mark(c)).filter(|word| !word.is_empty());
    let mut found: Vec<String> = words
        // «أُغلق», it was closed, is no order; its first vowel says so.
        .filter(|word| !word.starts_with("أُ") && !word.starts_with("وأُ"))
        .filter(|word| {
            let bare: String = word.chars().filter(|c| !is_mark(*c)).collect();
            let plain = bare.strip_prefix(['و', 'ف']).unwrap_or(&bare);
            ORDERS.split_whitespace().any(|order| order == bare || order == plain)
        })
        .map(|word| format!("«{word}» speaks to a man or to a woman; a verbal noun, please"))
        .collect();
    if key.0 != "number" && text.contains(['?', ',', ';', '"']) {
        found.push("has Latin punctuation; Arabic has ؟ ، ؛ «»".to_owned());
    }
    found
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Text(text) => vec![text],
        Value::Plural(forms) => forms.values().map(String::as_str).collect(),
        Value::List(items) => items.iter().map(String::as_str).collect(),
    }
}

fn named(value: &Value) -> String {
    let names: Vec<_> = placeholders(value).into_iter().map(|name| format!("{{{name}}}")).collect();
    if names.is_empty() { "no placeholder".to_owned() } else { names.join(" ") }
}

/// The placeholders of all its texts.
pub fn placeholders(value: &Value) -> BTreeSet<String> {
    texts(value).into_iter().flat_map(names).collect()
}

/// The placeholders of one text.
fn names(text: &str) -> BTreeSet<String> {
    in_order(text).into_iter().collect()
}

/// The placeholders of one text, as they come.
pub fn in_order(text: &str) -> Vec<String> {
    text.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn braces_are_placeholders(text: &str) -> bool {
    let is_name =
        |name: &String| name != "r" && !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let names = in_order(text);
    let braces = |brace| text.matches(brace).count();
    names.len() == braces('{') && names.len() == braces('}') && names.iter().all(is_name)
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
