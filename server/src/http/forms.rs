//! The fields of forms, as they come in. Everything is optional text until a handler has parsed it.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use nadwa_domain::Refusal;
use nadwa_domain::text::Line;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use unicode_segmentation::UnicodeSegmentation;

/// Every field that any command has. One type for all keeps each handler a line.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fields {
    /// An id made when the form was rendered.
    pub id: Option<String>,
    /// What somebody wrote.
    pub text: Option<String>,
    /// The step that the presser saw.
    #[serde(deserialize_with = "number")]
    pub step: Option<i64>,
    /// A slot.
    pub slot: Option<String>,
    /// Seconds to add.
    #[serde(deserialize_with = "number")]
    pub seconds: Option<i64>,
    /// What to show.
    pub show: Option<String>,
    pub reason: Option<String>,
    /// A page of a paper.
    pub page: Option<String>,
    /// Which question, or which item of the inbox, is meant.
    pub item: Option<String>,
    /// Who asks: `child`, `adult`.
    pub asks: Option<String>,
    /// Whether only an adult shall read it: `true`.
    pub adult: Option<String>,
    /// About which slot.
    pub about: Option<String>,
    /// What is voted.
    #[serde(deserialize_with = "text_or_number")]
    pub choice: Option<String>,
    /// What running a session needs besides.
    #[serde(flatten)]
    pub running: RunningFields,
}

impl Fields {
    /// Whether a question's sender wants only adults to read it (`N10`).
    #[must_use]
    pub fn for_adults(&self) -> bool {
        self.adult.as_deref() == Some("true")
    }
}

/// Fields of the forms that run a session: turns, plan, team, screens.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RunningFields {
    /// The page that the form stands on.
    pub from: Option<String>,
    /// A name, as somebody typed it.
    pub name: Option<String>,
    /// A group's number.
    #[serde(deserialize_with = "number")]
    pub group: Option<i64>,
    /// For the first time.
    pub first: Option<String>,
    /// Somebody reads it.
    pub read: Option<String>,
    /// Whether something is switched on.
    pub on: Option<String>,
    /// Where a word goes; to which question, or to whom.
    pub to: Option<String>,
    /// A word that is ready.
    pub ready: Option<String>,
    /// Whose call is answered.
    pub by: Option<String>,
    /// What is called for.
    pub help: Option<String>,
    /// A gentle sign.
    pub signal: Option<String>,
    /// Which short clock.
    pub of: Option<String>,
    /// A kind of slot.
    pub kind: Option<String>,
    /// A title.
    pub title: Option<String>,
    /// A person's id.
    pub person: Option<String>,
    /// Before which slot.
    pub before: Option<String>,
    /// A length in minutes.
    #[serde(deserialize_with = "text_or_number")]
    pub minutes: Option<String>,
    /// A limit in minutes.
    #[serde(deserialize_with = "text_or_number")]
    pub limit: Option<String>,
    /// Seconds before the limit.
    #[serde(deserialize_with = "text_or_number")]
    pub warn_first: Option<String>,
    /// Seconds before the limit.
    #[serde(deserialize_with = "text_or_number")]
    pub warn_second: Option<String>,
    /// A cue card.
    pub cue: Option<String>,
    /// How names are said.
    pub say: Option<String>,
    /// Percent.
    #[serde(deserialize_with = "text_or_number")]
    pub stretch: Option<String>,
    /// Seconds.
    #[serde(deserialize_with = "text_or_number")]
    pub grace: Option<String>,
    /// Seconds.
    #[serde(deserialize_with = "text_or_number")]
    pub turn: Option<String>,
    /// Seconds.
    #[serde(deserialize_with = "text_or_number")]
    pub question: Option<String>,
    /// Seconds.
    #[serde(deserialize_with = "text_or_number")]
    pub answer: Option<String>,
    /// Whether a closed meeting's minutes stay.
    pub keep: Option<String>,
    /// Part of the rule of turns.
    pub rule_first: Option<String>,
    /// Part of the rule of turns.
    pub rule_groups: Option<String>,
    /// Ground rules, one a line.
    pub rules: Option<String>,
    /// What goes wrong in a rehearsal.
    pub trouble: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Loose {
    Number(i64),
    Text(String),
    Nothing(()),
}

/// A number, in JSON as a number or as text, in a form always as text.
fn number<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
    Ok(match Loose::deserialize(input)? {
        Loose::Number(number) => Some(number),
        Loose::Text(text) => text.trim().parse().ok(),
        Loose::Nothing(()) => None,
    })
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(match Loose::deserialize(input)? {
        Loose::Number(number) => Some(number.to_string()),
        Loose::Text(text) => Some(text),
        Loose::Nothing(()) => None,
    })
}

/// Reads a body that is URL-encoded or JSON.
pub fn read<T: DeserializeOwned>(body: &[u8], is_json: bool) -> Option<T> {
    if is_json { serde_json::from_slice(body).ok() } else { serde_urlencoded::from_bytes(body).ok() }
}

/// Every field with its text, in order, repeated ones too; a list in JSON is a repeated field.
#[must_use]
pub fn pairs(body: &[u8], is_json: bool) -> Vec<(String, String)> {
    if !is_json {
        return serde_urlencoded::from_bytes(body).unwrap_or_default();
    }
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).unwrap_or_default();
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    let one = |(name, value): (String, serde_json::Value)| match value {
        serde_json::Value::Array(list) => list.into_iter().map(|value| (name.clone(), text(value))).collect::<Vec<_>>(),
        value => vec![(name, text(value))],
    };
    object.into_iter().flat_map(one).collect()
}

/// The number of grapheme clusters: letters as a reader counts them.
#[must_use]
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Composed (NFC): the same name is the same text, whichever keyboard or file it comes from (`S12`).
#[must_use]
pub fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// A line that somebody typed: composed, cleaned, not too long.
///
/// # Errors
/// As [`Line::parse`].
pub fn line(typed: &str) -> Result<Line, Refusal> {
    Line::parse(&composed(typed), graphemes)
}

/// Reads a word that an enum of the domain knows (`personal_data`).
pub fn word<T: DeserializeOwned>(text: Option<&str>) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text?.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_its_letters_were_typed() {
        for (apart, whole) in
            [("Zoe\u{301}", "Zoé"), ("ا\u{654}حمد", "أحمد"), ("و\u{654}ائل", "ؤائل"), ("민수", "민수")]
        {
            assert_eq!(line(apart).unwrap().as_str(), whole);
        }
    }

    #[test]
    fn forms_and_json_say_the_same() {
        let form: Fields = read(b"step=7&choice=2&text=%D8%B3%D8%A4%D8%A7%D9%84&more=x", false).unwrap();
        let json: Fields = read(r#"{"step":7,"choice":2,"text":"سؤال","more":[1]}"#.as_bytes(), true).unwrap();
        for fields in [form, json] {
            assert_eq!(fields.step, Some(7));
            assert_eq!(fields.choice.as_deref(), Some("2"));
            assert_eq!(fields.text.as_deref(), Some("سؤال"));
        }
        assert!(read::<Fields>(b"{", true).is_none());
    }
}
