//! Entries as the store keeps them, and back.

use nadwa_domain::entry::{Entry, Happened, Words};
use nadwa_domain::{Instant, Who};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::{Line, NewLine, StoreError};

/// An entry as a line of the store.
pub(super) fn line<E: Serialize>(entry: &Entry<E>) -> NewLine {
    // These types are made of strings, numbers and enums: they always have a JSON form.
    let json = |value: serde_json::Result<String>| value.expect("entries have a JSON form");
    let words = (!entry.words.0.is_empty()).then(|| json(serde_json::to_string(&entry.words)));
    NewLine {
        at: entry.at.0,
        by: json(serde_json::to_string(&entry.by)),
        fact: json(serde_json::to_string(&entry.event)),
        words,
    }
}

/// What happened, as the store keeps it.
pub(super) fn fact<E: Serialize>(event: &E) -> String {
    serde_json::to_string(event).expect("events have a JSON form")
}

/// A line of the store as an entry.
///
/// # Errors
/// [`StoreError::Corrupt`] if the fact is of a kind that this build does not know.
pub(super) fn entry<E: DeserializeOwned>(line: &Line) -> Result<Entry<E>, StoreError> {
    let unreadable = |what: &str| StoreError::Corrupt(format!("line {}: its {what} cannot be read", line.seq));
    let words = line.words.as_deref().map(serde_json::from_str::<Words>).transpose();
    Ok(Entry {
        seq: line.seq,
        at: Instant(line.at),
        by: serde_json::from_str(&line.by).map_err(|_| unreadable("author"))?,
        event: serde_json::from_str(&line.fact).map_err(|_| unreadable("fact"))?,
        words: words.map_err(|_| unreadable("words"))?.unwrap_or_default(),
    })
}

/// Decided events in their places after `seq`.
pub(super) fn entries<E>(seq: u64, at: Instant, by: Who, happened: Vec<Happened<E>>) -> Vec<Entry<E>> {
    let places = seq + 1..;
    places.zip(happened).map(|(seq, h)| Entry { seq, at, by, event: h.event, words: h.words }).collect()
}
