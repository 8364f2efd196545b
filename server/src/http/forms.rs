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
    /// What is voted.
    #[serde(deserialize_with = "text_or_number")]
    pub choice: Option<String>,
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
