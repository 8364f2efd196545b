//! What a paper is written in: fields, each a text of its own, so that two tablets can write at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::conference::glossary;
use crate::lang::{Lang, Said};
use crate::refusal::Refusal;
use crate::text::{Ruler, clean};

/// How many key messages a paper has on the screen.
pub const MESSAGES: u8 = 3;
/// Longest title, in grapheme clusters.
pub const TITLE_LIMIT: u32 = 160;
/// Longest key message: it stands on a wall.
pub const MESSAGE_LIMIT: u32 = 120;
/// Longest summary, in grapheme clusters.
pub const SUMMARY_LIMIT: u32 = 1200;
/// Longest text of any other field, in grapheme clusters; the words of the whole are bounded besides.
pub const PART_LIMIT: u32 = 60_000;

/// One text of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What it is called, in one language.
    Title(Lang),
    /// What it says in a few sentences, in one language.
    Summary(Lang),
    /// Guided: what we saw.
    Seen,
    /// Guided: what we think.
    Think,
    /// Guided: what we ask for.
    Ask,
    /// Free: all of it.
    Body,
    /// A key message for the screen, from 0.
    Message(u8),
    /// Words that need explaining, one a line: «word: what it means» (`P10`).
    Glossary,
}

impl Field {
    /// Every field, in the order of reading.
    pub fn all() -> impl Iterator<Item = Self> {
        let titles = Lang::all().map(Self::Title);
        let summaries = Lang::all().map(Self::Summary);
        let parts = [Self::Seen, Self::Think, Self::Ask, Self::Body];
        titles.chain(summaries).chain(parts).chain((0..MESSAGES).map(Self::Message)).chain([Self::Glossary])
    }

    /// The field's name in forms and in stored words: `title.ar`, `seen`, `message.0`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Title(lang) => format!("title.{}", lang.tag()),
            Self::Summary(lang) => format!("summary.{}", lang.tag()),
            Self::Seen => "seen".to_owned(),
            Self::Think => "think".to_owned(),
            Self::Ask => "ask".to_owned(),
            Self::Body => "body".to_owned(),
            Self::Message(place) => format!("message.{place}"),
            Self::Glossary => "glossary".to_owned(),
        }
    }

    /// Reads [`Field::key`].
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::all().find(|field| field.key() == key)
    }

    /// Whether line breaks mean something in it.
    #[must_use]
    pub const fn has_lines(self) -> bool {
        !matches!(self, Self::Title(_) | Self::Message(_))
    }

    /// Whether it is read aloud when the paper is presented.
    #[must_use]
    pub const fn is_spoken(self) -> bool {
        matches!(self, Self::Seen | Self::Think | Self::Ask | Self::Body)
    }

    /// Its longest text, in grapheme clusters.
    #[must_use]
    pub const fn limit(self) -> u32 {
        match self {
            Self::Title(_) => TITLE_LIMIT,
            Self::Message(_) => MESSAGE_LIMIT,
            Self::Summary(_) => SUMMARY_LIMIT,
            // Every part of the text has the same.
            _ => PART_LIMIT,
        }
    }
}

/// A field's text: cleaned and bounded; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaperText(String);

impl PaperText {
    /// Parses what somebody typed into `field`.
    ///
    /// # Errors
    /// [`Refusal::TooLong`].
    pub fn parse(field: Field, raw: &str, ruler: Ruler) -> Result<Self, Refusal> {
        let text = if field.has_lines() { clean_lines(raw) } else { clean(raw) };
        let length = u32::try_from(ruler(&text)).unwrap_or(u32::MAX);
        if length > field.limit() {
            return Err(Refusal::TooLong { length, limit: field.limit() });
        }
        Ok(Self(text))
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A text that was already one: joined from others.
    pub(super) fn joined(text: String) -> Self {
        Self(text)
    }
}

/// The text without what could deceive (`S20`); its lines stay lines, and no more than one is empty in a row.
#[must_use]
pub fn clean_lines(raw: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in raw.lines().map(clean) {
        if !(line.is_empty() && lines.last().is_none_or(String::is_empty)) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

/// How a paper is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Three parts: what we saw, what we think, what we ask for.
    #[default]
    Guided,
    /// One text with headings and lists.
    Free,
    /// A file that the children bring; summary and messages are typed.
    File,
}

impl Form {
    /// The fields that carry the paper's text in this form.
    #[must_use]
    pub const fn parts(self) -> &'static [Field] {
        match self {
            Self::Guided => &[Field::Seen, Field::Think, Field::Ask],
            Self::Free => &[Field::Body],
            Self::File => &[],
        }
    }
}

/// A paper's settings and texts at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// How it is written.
    pub form: Form,
    /// The language of its text.
    pub lang: Lang,
    /// The theme of the call that it belongs to, from 0.
    pub theme: Option<u8>,
    /// Its texts; what is empty is not in it.
    pub texts: BTreeMap<Field, String>,
}

impl Sheet {
    /// A field's text; empty if nothing was written.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(&field).map(String::as_str).unwrap_or_default()
    }

    /// The title, in the languages that it was written in.
    #[must_use]
    pub fn title(&self) -> Said {
        self.said(Field::Title)
    }

    /// The summary, in the languages that it was written in.
    #[must_use]
    pub fn summary(&self) -> Said {
        self.said(Field::Summary)
    }

    /// The key messages that were written.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        (0..MESSAGES).map(|place| self.text(Field::Message(place))).filter(|text| !text.is_empty())
    }

    /// Words and what they mean, in the order of writing (`P10`).
    #[must_use]
    pub fn glossary(&self) -> Vec<(String, String)> {
        glossary::terms(self.text(Field::Glossary))
    }

    /// Short forms in capitals that no word of the glossary explains, each once (`P10`).
    #[must_use]
    pub fn unexplained(&self) -> Vec<String> {
        let known: Vec<String> = self.glossary().into_iter().map(|(word, _)| word).collect();
        let mut found: Vec<String> = Vec::new();
        for field in self.form.parts().iter().chain(&[Field::Summary(self.lang)]) {
            let words = self.text(*field).split(|c: char| !c.is_alphanumeric());
            for word in words.filter(|word| is_acronym(word)) {
                if !known.iter().any(|own| own == word) && !found.iter().any(|own| own == word) {
                    found.push(word.to_owned());
                }
            }
        }
        found
    }

    fn said(&self, field: impl Fn(Lang) -> Field) -> Said {
        Said::new(Lang::all().filter_map(|lang| Some((lang, self.texts.get(&field(lang))?.clone()))))
    }
}

fn is_acronym(word: &str) -> bool {
    word.len() >= 2
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && !word.chars().all(|c| c.is_ascii_digit())
}
