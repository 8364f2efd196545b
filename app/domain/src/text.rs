//! Texts that people write: cleaned, bounded, never interpreted.
//!
//! Cleaning removes what could deceive a reader (`S20`): bidi overrides and isolates, zero-width padding, control
//! characters, and combining marks beyond four on one letter. What a child wrote is otherwise left as it is.
//! Length is counted in grapheme clusters by a [`Ruler`] that the edge passes in, as instants are.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Counts the grapheme clusters of a text. The edge has a well-kept library for it; the rules have none.
pub type Ruler = fn(&str) -> usize;

/// Longest question, in grapheme clusters.
pub const QUESTION_LIMIT: u32 = 280;
/// Longest word of a cloud, in grapheme clusters: two or three words fit.
pub const WORD_LIMIT: u32 = 28;
/// Longest title, option or name, in grapheme clusters.
pub const LINE_LIMIT: u32 = 160;
/// Most combining marks kept on one letter; fully vowelled Arabic needs three (`S20`).
const MARKS_PER_LETTER: u8 = 4;

/// A question's words: cleaned, not empty, with at least one letter or digit, not too long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionText(String);

impl QuestionText {
    /// Parses what a person typed.
    ///
    /// # Errors
    /// [`Refusal::Empty`], [`Refusal::NeedsWords`] for emoji or punctuation alone, [`Refusal::TooLong`].
    pub fn parse(raw: &str, ruler: Ruler) -> Result<Self, Refusal> {
        parse(raw, QUESTION_LIMIT, ruler).map(Self)
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A word in a cloud: cleaned, not empty, at most [`WORD_LIMIT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WordText(String);

impl WordText {
    /// Parses what a person typed.
    ///
    /// # Errors
    /// As [`QuestionText::parse`].
    pub fn parse(raw: &str, ruler: Ruler) -> Result<Self, Refusal> {
        parse(raw, WORD_LIMIT, ruler).map(Self)
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A title, an option or a name: cleaned, one line, not empty, at most [`LINE_LIMIT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Line(String);

impl Line {
    /// Parses what a person typed.
    ///
    /// # Errors
    /// As [`QuestionText::parse`].
    pub fn parse(raw: &str, ruler: Ruler) -> Result<Self, Refusal> {
        parse(raw, LINE_LIMIT, ruler).map(Self)
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn parse(raw: &str, limit: u32, ruler: Ruler) -> Result<String, Refusal> {
    let text = clean(raw);
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Refusal::NeedsWords);
    }
    let length = u32::try_from(ruler(&text)).unwrap_or(u32::MAX);
    if length > limit {
        return Err(Refusal::TooLong { length, limit });
    }
    Ok(text)
}

/// The text without what could deceive, with runs of white space made one space.
#[must_use]
pub fn clean(raw: &str) -> String {
    let mut kept = String::with_capacity(raw.len());
    let mut marks: u8 = 0;
    for c in raw.chars() {
        if is_mark(c) {
            marks = marks.saturating_add(1);
            if marks > MARKS_PER_LETTER || kept.trim_start().is_empty() {
                continue;
            }
            kept.push(c);
        } else if c.is_whitespace() || c.is_control() {
            marks = 0;
            if !kept.ends_with(' ') {
                kept.push(' ');
            }
        } else if !is_deceiving(c, &kept) {
            // A joiner begins no new base character: combining marks on both sides of it stack on the same one.
            if !matches!(c, JOINER | NON_JOINER) {
                marks = 0;
            }
            kept.push(c);
        }
    }
    while kept.ends_with([' ', JOINER]) {
        kept.pop();
    }
    kept.trim_start().to_owned()
}

const JOINER: char = '\u{200D}';
const NON_JOINER: char = '\u{200C}';

/// Bidi controls, zero-width padding and other invisible characters. A zero-width joiner stays after an emoji, where it
/// makes one glyph of two, and the zero-width non-joiner stays inside a word, where Persian needs it.
fn is_deceiving(c: char, before: &str) -> bool {
    let last = before.chars().next_back();
    match c {
        JOINER => last.is_none_or(|l| u32::from(l) <= 0x2190),
        // Tag characters make the flag of a country's part of a black flag, and hide words anywhere else.
        '\u{E0020}'..='\u{E007F}' => !matches!(last, Some('🏴' | '\u{E0020}'..='\u{E007F}')),
        NON_JOINER => !last.is_some_and(char::is_alphabetic),
        '\u{00AD}'
        | '\u{061C}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFC}'
        | '\u{E0000}'..='\u{E001F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{FFA0}' => true,
        _ => false,
    }
}

/// Combining marks of the scripts that people here write, the general ones that are stacked to deceive, and variation
/// selectors.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}'
        | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}'
        | '\u{06E7}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}' | '\u{0E31}' | '\u{0E34}'..='\u{0E3A}'
        | '\u{0E47}'..='\u{0E4E}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(raw: &str) -> Result<String, Refusal> {
        QuestionText::parse(raw, |t| t.chars().count()).map(|t| t.0)
    }

    #[test]
    fn a_question_needs_words_not_a_question_mark() {
        assert!(question("لماذا تختفي الشعاب المرجانية").is_ok());
        assert_eq!(question("؟!"), Err(Refusal::NeedsWords));
        assert_eq!(question("👍🏽👨\u{200d}👩\u{200d}👧🇶🇦"), Err(Refusal::NeedsWords));
        assert_eq!(question(" \n\u{200b} "), Err(Refusal::Empty));
    }

    #[test]
    fn overrides_and_padding_are_removed() {
        assert_eq!(question("\u{202e}gnp.sredro\u{202c} سؤال عادي").unwrap(), "gnp.sredro سؤال عادي");
        assert_eq!(question("س\u{200c}\u{200c}\u{200b}ؤال").unwrap(), "س\u{200c}ؤال");
    }

    #[test]
    fn four_marks_stay_on_a_letter_and_no_more() {
        let vowelled = "سُؤَالٌ مُهِمٌّ جِدًّا";
        assert_eq!(question(vowelled).unwrap(), vowelled);
        let piled = format!("س{}ؤال", "\u{0651}".repeat(40));
        assert_eq!(question(&piled).unwrap(), format!("س{}ؤال", "\u{0651}".repeat(4)));
    }

    #[test]
    fn markup_is_words_like_any_other() {
        let hostile = "<b>سؤال</b> & \"اقتباس\" <script>alert(1)</script>";
        assert_eq!(question(hostile).unwrap(), hostile);
    }

    #[test]
    fn a_long_question_is_refused_with_both_numbers() {
        assert_eq!(question(&"س".repeat(281)), Err(Refusal::TooLong { length: 281, limit: 280 }));
        assert!(question(&"س".repeat(280)).is_ok());
    }
}
