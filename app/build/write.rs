//! Writes the checked sentences as Rust: a module a section, a function a sentence.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::check::{FORMS, Key, Sentences, Value, in_order, placeholders};

/// Placeholders that are numbers; every other is a text.
const NUMBERS: [&str; 3] = ["n", "total", "limit"];

/// The whole of `words.rs`. Nothing unused in it reaches a browser: functions and their texts go with dead code.
pub fn words(files: &[Sentences]) -> String {
    let source = &files[0];
    let mut out = String::from("// Made by build.rs from app/locales; edit those.\n");
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    for place in &source.places {
        let key = (place.section.clone(), place.key.clone());
        if key.1.ends_with("_younger") {
            continue;
        }
        let section = sections.entry(&place.section).or_default();
        write_one(section, &key, &place.note, files);
    }
    for (name, functions) in sections {
        let _ = write!(
            out,
            "\n/// The sentences of `[{name}]`.\npub mod {name} {{\n    use super::{{Reader, say}};\n{functions}}}\n"
        );
    }
    write_all(&mut out, files);
    out
}

fn write_one(out: &mut String, key: &Key, note: &str, files: &[Sentences]) {
    let value = &files[0].values[key];
    let doc = [note, &shown(value)].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n");
    let name = &key.1;
    let _ = writeln!(out, "    #[doc = {doc:?}]");
    let _ = match value {
        Value::List(_) => writeln!(
            out,
            "    pub fn {name}(r: Reader) -> &'static [&'static str] {{ say::list(r, &{}) }}",
            table(files, |file| format!("&{:?}", items(&file.values[key])))
        ),
        Value::Plural(_) => {
            let mut args = arguments(value);
            args.retain(|arg| arg != "n");
            let (typed, passed) = (typed(&args), passed(&args));
            args.insert(0, "n".to_owned());
            let forms = table(files, |file| format!("{:?}", forms(&file.values[key], &args)));
            writeln!(
                out,
                "    pub fn {name}(r: Reader, n: u64{typed}) -> String {{ say::plural(r, n, &{forms}, &[&say::counted(r, n){}{passed}]) }}",
                if passed.is_empty() { "" } else { ", " },
            )
        }
        Value::Text(_) => {
            let args = arguments(value);
            let texts = |key: &Key| table(files, |file| format!("{:?}", numbered(&only(&file.values[key]), &args)));
            let younger = (key.0.clone(), format!("{name}_younger"));
            let choice = if files[0].values.contains_key(&younger) {
                format!("say::registered(r, &{}, &{})", texts(key), texts(&younger))
            } else {
                format!("say::pick(r, &{})", texts(key))
            };
            if args.is_empty() {
                writeln!(out, "    pub fn {name}(r: Reader) -> &'static str {{ {choice} }}")
            } else {
                let (typed, passed) = (typed(&args), passed(&args));
                writeln!(out, "    pub fn {name}(r: Reader{typed}) -> String {{ say::fill(r, {choice}, &[{passed}]) }}")
            }
        }
    };
}

/// Placeholders of the source in the order in which it says them: the order of a function's arguments.
fn arguments(value: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let text = match value {
        Value::Text(text) => text.as_str(),
        Value::Plural(forms) => forms.get("other").map_or("", String::as_str),
        Value::List(_) => "",
    };
    for name in in_order(text).into_iter().chain(placeholders(value)) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn typed(args: &[String]) -> String {
    args.iter()
        .map(|arg| format!(", {arg}: {}", if NUMBERS.contains(&arg.as_str()) { "u64" } else { "&str" }))
        .collect()
}

fn passed(args: &[String]) -> String {
    let each =
        |arg: &String| if NUMBERS.contains(&arg.as_str()) { format!("&say::counted(r, {arg})") } else { arg.clone() };
    args.iter().map(each).collect::<Vec<_>>().join(", ")
}

/// `{name}` as `{0}`: the place of its argument.
fn numbered(text: &str, args: &[String]) -> String {
    args.iter()
        .enumerate()
        .fold(text.to_owned(), |text, (at, arg)| text.replace(&format!("{{{arg}}}"), &format!("{{{at}}}")))
}

fn only(value: &Value) -> String {
    if let Value::Text(text) = value { text.clone() } else { String::new() }
}

fn items(value: &Value) -> &[String] {
    if let Value::List(items) = value { items } else { &[] }
}

/// All six forms in order; a form that the language lacks is empty, and never asked for.
fn forms(value: &Value, args: &[String]) -> [String; 6] {
    let Value::Plural(given) = value else { return Default::default() };
    FORMS.map(|form| given.get(form).map(|text| numbered(text, args)).unwrap_or_default())
}

fn table(files: &[Sentences], each: impl Fn(&Sentences) -> String) -> String {
    format!("[{}]", files.iter().map(each).collect::<Vec<_>>().join(", "))
}

/// A value as a person reads it.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(items) => items.join(" · "),
        Value::Plural(given) => {
            let said = |form: &&str| given.get(*form).map(|text| format!("{form}: {text}"));
            FORMS.iter().filter_map(said).collect::<Vec<_>>().join("\n")
        }
    }
}

/// Every sentence beside its context, for the translators' page.
fn write_all(out: &mut String, files: &[Sentences]) {
    let _ = writeln!(
        out,
        "\n/// Every sentence: key, context, and the text in each of `LANGS`; plural forms are lines. For a page of the\n\
         /// server; a browser's bundle that does not name it does not hold it.\n\
         pub const ALL: &[(&str, &str, [&str; {}])] = &[",
        files.len()
    );
    for place in &files[0].places {
        let key = (place.section.clone(), place.key.clone());
        let texts = table(files, |file| format!("{:?}", shown(&file.values[&key])));
        let _ = writeln!(out, "    ({:?}, {:?}, {texts}),", format!("{}.{}", place.section, place.key), place.note);
    }
    out.push_str("];\n");
}
