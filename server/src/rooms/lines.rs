//! Entries as the store keeps them, and back.
//!
//! A stream that cannot be read whole is named with its kind, the line and what could not be done with it. Whoever must
//! not stop for it goes [`around`] what cannot be read.

use nadwa_domain::entry::{Entry, Happened, Words};
use nadwa_domain::{Instant, Who};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::rooms::Ground;
use crate::store::{Line, NewLine, Store, StoreError};

/// The version of what facts may say. A fact names its own as `v`; one that names none is of the first.
const VERSION: u64 = 1;

/// Why a line is no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    /// Its number.
    seq: u64,
    /// Which part of it.
    part: &'static str,
    /// Whether it is whole, and says something that only a later version knows.
    later: bool,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { seq, part, later } = self;
        match later {
            true => write!(f, "line {seq}: its {part} was {LATER}"),
            false => write!(f, "line {seq}: its {part} cannot be decoded, it is damaged"),
        }
    }
}

/// How it is said of a line that it is not damaged.
pub(super) const LATER: &str = "written by a later version of Nadwa";

impl From<Flaw> for StoreError {
    fn from(flaw: Flaw) -> Self {
        Self::Corrupt(flaw.to_string())
    }
}

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
/// [`Flaw`] if a part of it is damaged, or of a kind that this build does not know.
pub(super) fn entry<E: DeserializeOwned>(line: &Line) -> Result<Entry<E>, Flaw> {
    let words = line.words.as_deref().map(|text| part::<Words>(line.seq, "words", text)).transpose()?;
    Ok(Entry { words: words.unwrap_or_default(), ..wordless(line)? })
}

/// The same without what was written.
fn wordless<E: DeserializeOwned>(line: &Line) -> Result<Entry<E>, Flaw> {
    Ok(Entry {
        seq: line.seq,
        at: Instant(line.at),
        by: part(line.seq, "author", &line.by)?,
        event: part(line.seq, "fact", &line.fact)?,
        words: Words::none(),
    })
}

fn part<T: DeserializeOwned>(seq: u64, part: &'static str, text: &str) -> Result<T, Flaw> {
    let read = serde_json::from_str(text).map_err(|error| Flaw { seq, part, later: is_later(text, &error) });
    // What a later version adds to a kind that is known here would be overlooked.
    if text.contains("\"v\":") && version(text).is_some_and(|version| version > VERSION) {
        return Err(Flaw { seq, part, later: true });
    }
    read
}

/// Whether what this build does not understand is whole, and names something that it has never heard of.
fn is_later(text: &str, error: &serde_json::Error) -> bool {
    let is_whole = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    is_whole && error.to_string().starts_with("unknown variant")
}

fn version(text: &str) -> Option<u64> {
    serde_json::from_str::<serde_json::Value>(text).ok()?.get("v")?.as_u64()
}

/// What a stream says after an entry; what of it cannot be read is noted and told by name.
///
/// # Errors
/// [`StoreError`] if the store does not answer; [`StoreError::Corrupt`] if not every line can be read.
pub(super) async fn read<E: DeserializeOwned>(
    ground: &Ground,
    stream: Uuid,
    kind: &'static str,
    after: u64,
) -> Result<Vec<Entry<E>>, StoreError> {
    let lines = ground.store.read(stream, after).await;
    let entries = lines.and_then(|lines| Ok(lines.iter().map(entry).collect::<Result<Vec<_>, _>>()?));
    match entries {
        Err(StoreError::Corrupt(why)) => {
            ground.broken.note(stream, kind, &why);
            ground.guarded.send_modify(|version| *version += 1);
            Err(StoreError::Corrupt(format!("the {kind} {stream} cannot be read: {why}")))
        }
        Ok(entries) => {
            if after == 0 {
                ground.broken.is_whole(stream);
            } else if let Some(newest) = entries.last() {
                // Another node wrote it, just now.
                ground.watch.hear(newest.at, ground.clock.now());
            }
            Ok(entries)
        }
        Err(error) => Err(error),
    }
}

/// What of a stream can be read, and the number of its last line. Of a line whose words are damaged stays the fact.
///
/// # Errors
/// [`StoreError`] if not even the numbers of its lines can be read.
pub(super) async fn around<E: DeserializeOwned>(
    store: &dyn Store,
    stream: Uuid,
) -> Result<(Vec<Entry<E>>, u64), StoreError> {
    let (lines, last) = store.read_around(stream).await?;
    let entries = lines.iter().filter_map(|line| entry(line).or_else(|_| wordless(line)).ok());
    Ok((entries.collect(), last))
}

/// Decided events in their places after `seq`.
pub(super) fn entries<E>(seq: u64, at: Instant, by: Who, happened: Vec<Happened<E>>) -> Vec<Entry<E>> {
    let places = seq + 1..;
    places.zip(happened).map(|(seq, h)| Entry { seq, at, by, event: h.event, words: h.words }).collect()
}

#[cfg(test)]
mod tests {
    use nadwa_domain::Event;

    use super::*;

    fn told(fact: &str) -> String {
        let line =
            Line { seq: 7, at: 0, by: "\"server\"".to_owned(), fact: fact.to_owned(), words: None, blanked: false };
        entry::<Event>(&line).map_or_else(|flaw| flaw.to_string(), |_| "read".to_owned())
    }

    #[test]
    fn what_a_later_version_wrote_is_told_from_damage() {
        assert_eq!(told(r#"{"event":"opened"}"#), "read");
        assert_eq!(told(r#"{"event":"opened","v":1}"#), "read");
        for later in [r#"{"event":"hall_dreamt","of":3}"#, r#"{"event":"opened","v":2}"#] {
            assert_eq!(told(later), "line 7: its fact was written by a later version of Nadwa", "{later}");
        }
        for damaged in ["", r#"{"event":"ope"#, r#"{"event":"question_passed"}"#, r#"{"evemt":"opened"}"#] {
            assert_eq!(told(damaged), "line 7: its fact cannot be decoded, it is damaged", "{damaged}");
        }
    }
}
