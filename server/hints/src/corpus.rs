//! The labelled sentences: invented, in many dialects and some guests' languages. See `corpus/README.md`.

use serde::Deserialize;

use crate::table::Head;

/// One labelled sentence.
#[derive(Clone, Debug, Deserialize)]
pub struct Sentence {
    /// Its language or dialect, as a tag.
    pub lang: String,
    /// What was written.
    pub text: String,
    /// 0 none, 1 faint or oblique, 2 likely, 3 clear or urgent.
    pub worry: u8,
    /// Whether it could lead to a person: 0 or 1.
    pub private: u8,
    /// Whether it may hurt: 0 or 1.
    pub rude: u8,
    /// Whether its subject is grave: 0 or 1.
    pub topic: u8,
}

impl Sentence {
    /// Whether a head ought to say yes.
    #[must_use]
    pub const fn is(&self, head: Head) -> bool {
        match head {
            Head::Worry => self.worry > 0,
            Head::Private => self.private > 0,
            Head::Rude => self.rude > 0,
            Head::Topic => self.topic > 0,
        }
    }

    /// Whether it is an ordinary question, grave subjects among them: what a worry must not be mistaken for.
    #[must_use]
    pub const fn is_clear_or_topic(&self) -> bool {
        self.worry == 0 && self.private == 0 && self.rude == 0
    }
}

/// All of them, always in the same order.
///
/// # Panics
/// If a line of the corpus cannot be read: it is part of the program, and tested.
#[must_use]
pub fn all() -> Vec<Sentence> {
    let json = [include_str!("../corpus/a.jsonl"), include_str!("../corpus/b.jsonl")];
    let mut all: Vec<Sentence> =
        json.iter().flat_map(|file| file.lines()).filter_map(|line| serde_json::from_str(line).ok()).collect();
    all.extend(lines(include_str!("../corpus/more.txt")).filter_map(flagged));
    all.extend(lines(include_str!("../corpus/sentences.txt")).filter_map(named));
    all
}

fn lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// `language | worry | flags | text`.
fn flagged(line: &str) -> Option<Sentence> {
    let mut parts = line.splitn(4, " | ");
    let (lang, worry, flags, text) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let has = |flag| u8::from(flags.contains(flag));
    Some(Sentence {
        lang: lang.to_owned(),
        text: text.to_owned(),
        worry: worry.parse().ok()?,
        private: has('p'),
        rude: has('r'),
        topic: has('t'),
    })
}

/// `label | language | text`.
fn named(line: &str) -> Option<Sentence> {
    let mut parts = line.splitn(3, " | ");
    let (label, lang, text) = (parts.next()?, parts.next()?, parts.next()?);
    let is = |name: &str| u8::from(label == name);
    Some(Sentence {
        lang: lang.to_owned(),
        text: text.to_owned(),
        worry: 2 * is("worry"),
        private: is("private"),
        rude: is("rude"),
        topic: is("topical"),
    })
}
