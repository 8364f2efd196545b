//! Join codes: six digits, easy to read from a wall and to say aloud.

use serde::{Deserialize, Serialize};

/// Six digits, stored as ASCII whatever family they were typed in (`L6`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// How many digits.
    pub const DIGITS: usize = 6;

    /// Reads what was typed: any digit family, with or without spaces and dashes between.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: Option<String> = typed.chars().filter(|c| !is_between(*c)).map(ascii_digit).collect();
        digits.filter(|code| code.len() == Self::DIGITS).map(Self)
    }

    /// The digits, ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shown by whoever looks whether a code is a session's: codes that are typed must not be tried out, so that a server has
/// a type for it which counts, and code that forgets it does not compile (`G1`).
pub trait MayLook {}

/// Spaces, dashes, and the marks that keyboards and copying leave around a number.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '–' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The ASCII digit of an Arabic-Indic (٠-٩), extended Arabic-Indic (۰-۹) or ASCII digit.
#[must_use]
pub fn ascii_digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return None,
    };
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_in_any_digit_family() {
        for typed in ["471926", "471 926", "٤٧١٩٢٦", "٤٧١ ٩٢٦", "۴۷۱۹۲۶", "\u{200f}471-926 "] {
            assert_eq!(Code::parse(typed).unwrap().as_str(), "471926");
        }
        for wrong in ["", "47192", "4719266", "47192a", "<b>"] {
            assert_eq!(Code::parse(wrong), None);
        }
    }
}
