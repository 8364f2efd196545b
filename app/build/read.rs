//! Reads one file of sentences.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nadwa_domain::lang::LangInfo;

use crate::check::{Place, Sentences, Value};
use crate::notes;

/// Reads a language's file; what is not a sentence at all is a fault.
pub fn file(locales: &Path, lang: &LangInfo) -> Result<Sentences, Vec<String>> {
    let name = format!("app/locales/{}.toml", lang.tag);
    let text = fs::read_to_string(locales.join(format!("{}.toml", lang.tag)))
        .map_err(|why| vec![format!("{name}: cannot be read: {why}")])?;
    let table: toml::Table = text.parse().map_err(|why: toml::de::Error| {
        let line = why.span().map_or(0, |span| text[..span.start].lines().count().max(1));
        vec![format!("{name}:{line}: {}", why.message())]
    })?;
    let mut values = BTreeMap::new();
    let mut faults = Vec::new();
    for (section, keys) in &table {
        let Some(keys) = keys.as_table() else {
            faults.push(format!("{name}: {section}: stands outside a [section]"));
            continue;
        };
        for (key, value) in keys {
            match read(value, lang.tag) {
                Some(value) => drop(values.insert((section.clone(), key.clone()), value)),
                None => faults.push(format!(
                    "{name}: {section}.{key}: must be a text in quotes, plural forms such as {key}.other, or a list"
                )),
            }
        }
    }
    let places: Vec<Place> = notes::places(&text);
    if faults.is_empty() {
        Ok(Sentences { file: name, tag: lang.tag, plurals: lang.plurals, values, places })
    } else {
        Err(faults)
    }
}

fn read(value: &toml::Value, tag: &str) -> Option<Value> {
    let text = |value: &toml::Value| value.as_str().map(|text| notes::typeset(text, tag));
    match value {
        toml::Value::String(_) => text(value).map(Value::Text),
        toml::Value::Table(forms) => forms
            .iter()
            .map(|(form, value)| Some((form.clone(), text(value)?)))
            .collect::<Option<_>>()
            .map(Value::Plural),
        toml::Value::Array(items) => items.iter().map(text).collect::<Option<_>>().map(Value::List),
        _ => None,
    }
}
