//! The fields of forms, as they come in. Everything is optional text until a handler has parsed it.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

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
    /// Why.
    pub reason: Option<String>,
    /// A page of a paper.
    pub page: Option<String>,
    /// What is voted: `2`, `s.0.3`, `d.1.0.2`, `r.2.0`, `n.42`, `rather_not`; or `number`, and `number` says which.
    #[serde(deserialize_with = "text_or_number")]
    pub choice: Option<String>,
    /// Who votes, by their own word: `child`, `adult`.
    pub from: Option<String>,
    /// A number that is voted, or a number of seats.
    #[serde(deserialize_with = "text_or_number")]
    pub number: Option<String>,
    /// A seat code.
    #[serde(deserialize_with = "text_or_number")]
    pub seat: Option<String>,
    /// The kind of a poll that is made.
    pub kind: Option<String>,
    /// Its question.
    pub question: Option<String>,
    /// Its options, one on each line.
    pub options: Option<String>,
    /// How many options may be chosen.
    #[serde(deserialize_with = "number")]
    pub most: Option<i64>,
    /// The least number of an estimate.
    #[serde(deserialize_with = "text_or_number")]
    pub low: Option<String>,
    /// The most.
    #[serde(deserialize_with = "text_or_number")]
    pub high: Option<String>,
    /// Whether children's and adults' answers are shown apart.
    pub apart: Option<String>,
    /// Whether a seat code is needed.
    pub seats: Option<String>,
    /// Whether the poll opens at once.
    pub open: Option<String>,
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

/// Reads a body that is a form or JSON.
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

/// Reads a word that an enum of the domain knows (`personal_data`).
pub fn word<T: DeserializeOwned>(text: Option<&str>) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text?.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
