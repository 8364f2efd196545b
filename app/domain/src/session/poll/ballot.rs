//! A ballot: what one voter chose, in a canonical text form. Equal choices are equal texts, and no other text is a
//! ballot.
//!
//! | text | what it says |
//! | --- | --- |
//! | `2` | the option in place 2, from 0 |
//! | `s.0.3` | the options in places 0 and 3 |
//! | `d.1.0.2` | one dot on the first option, two on the third |
//! | `r.2.0` | first the option in place 2, then the one in place 0 |
//! | `n.-42` | a number |
//! | `rather_not` | I'd rather not say (`F6`) |
//!
//! `@child` or `@adult` after it is the voter's own word on who votes. `+after` or `+new` at the end is what the server
//! says of the phone ([`Came`]); no form can send it.

use crate::session::poll::kind::{DOTS, FARTHEST, MAX_OPTIONS};

/// Longest text of a ballot, in bytes.
const LONGEST: usize = 40;

/// What a voter says of themselves, if they wish.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// Nothing.
    #[default]
    Unsaid,
    /// A child.
    Child,
    /// An adult.
    Adult,
}

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// «I'd rather not say» (`F6`).
    RatherNot,
    /// The option in this place, from 0.
    One(u8),
    /// The options in these places, ascending. None: a mind that is still open.
    Some(Vec<u8>),
    /// Dots for each option, without trailing noughts.
    Dots(Vec<u8>),
    /// Options in the order of liking, the dearest first.
    Order(Vec<u8>),
    /// A number.
    Number(i64),
}

/// How long the phone of a ballot has been here (`G3`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Came {
    /// Since before the poll opened; or it has a seat, or it is the ballot box.
    #[default]
    Before,
    /// It looked at a page only after the poll had opened: it counts, and children are told how many there are.
    After,
    /// It never looked at a page, or its address had more phones than a hall has: kept and told apart, not counted.
    New,
}

/// What the text of a ballot that is not counted ends with.
pub const NOT_COUNTED: &str = "+new";

/// A ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// What is chosen.
    pub answer: Answer,
    /// Who votes, by their own word.
    pub voice: Voice,
    /// How long its phone has been here.
    pub came: Came,
}

impl From<Answer> for Ballot {
    fn from(answer: Answer) -> Self {
        Self { answer: answer.settled(), voice: Voice::Unsaid, came: Came::Before }
    }
}

impl Voice {
    /// As a form sends it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unsaid => "",
            Self::Child => "child",
            Self::Adult => "adult",
        }
    }

    /// Reads [`Voice::as_str`]; what is not known is unsaid.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "child" => Self::Child,
            "adult" => Self::Adult,
            _ => Self::Unsaid,
        }
    }
}

impl Answer {
    /// In its one form: ascending places, no trailing noughts.
    #[must_use]
    fn settled(mut self) -> Self {
        match &mut self {
            Self::Some(places) => {
                places.sort_unstable();
                places.dedup();
            }
            Self::Dots(dots) => {
                while dots.last() == Some(&0) {
                    dots.pop();
                }
            }
            Self::RatherNot | Self::One(_) | Self::Order(_) | Self::Number(_) => {}
        }
        self
    }

    /// Whether nothing is chosen: such a ballot is kept and counts for nothing.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Some(list) | Self::Dots(list) | Self::Order(list) if list.is_empty())
    }

    /// As stored and as a form sends it.
    #[must_use]
    pub fn as_key(&self) -> String {
        let list = |sign: &str, list: &[u8]| {
            let all: Vec<String> = std::iter::once(sign.to_owned()).chain(list.iter().map(u8::to_string)).collect();
            all.join(".")
        };
        match self {
            Self::RatherNot => "rather_not".to_owned(),
            Self::One(place) => place.to_string(),
            Self::Some(places) => list("s", places),
            Self::Dots(dots) => list("d", dots),
            Self::Order(places) => list("r", places),
            Self::Number(number) => format!("n.{number}"),
        }
    }

    /// Reads [`Answer::as_key`], and brings it into its one form. Whether a poll takes it is for the poll to say.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        if key.len() > LONGEST {
            return None;
        }
        if key == "rather_not" {
            return Some(Self::RatherNot);
        }
        let (sign, rest) = key.split_once('.').unwrap_or((key, ""));
        let answer = match sign {
            "s" => Self::Some(numbers(rest, MAX_OPTIONS, 99)?),
            // Four dots are read, so that they are refused with a sentence of their own.
            "d" => Self::Dots(numbers(rest, MAX_OPTIONS, DOTS + 96)?),
            "r" => Self::Order(distinct(numbers(rest, MAX_OPTIONS, 99)?)?),
            "n" => Self::Number(rest.parse().ok().filter(|n| (-10 * FARTHEST..=10 * FARTHEST).contains(n))?),
            digits if rest.is_empty() => Self::One(number(digits, 99)?),
            _ => return None,
        };
        Some(answer.settled())
    }
}

impl Ballot {
    /// As stored.
    #[must_use]
    pub fn as_key(&self) -> String {
        let said = match self.voice {
            Voice::Unsaid => self.answer.as_key(),
            voice @ (Voice::Child | Voice::Adult) => format!("{}@{}", self.answer.as_key(), voice.as_str()),
        };
        match self.came {
            Came::Before => said,
            Came::After => said + "+after",
            Came::New => said + NOT_COUNTED,
        }
    }

    /// Reads [`Ballot::as_key`].
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let (said, came) = match key.split_once('+') {
            None => (key, Came::Before),
            Some((said, "after")) => (said, Came::After),
            Some((said, _)) => (said, Came::New),
        };
        let (answer, voice) = said.split_once('@').unwrap_or((said, ""));
        Some(Self { answer: Answer::from_key(answer)?, voice: Voice::parse(voice), came })
    }
}

fn numbers(list: &str, most: usize, highest: u8) -> Option<Vec<u8>> {
    if list.is_empty() {
        return Some(vec![]);
    }
    let numbers: Option<Vec<u8>> = list.split('.').map(|one| number(one, highest)).collect();
    numbers.filter(|numbers| numbers.len() <= most)
}

/// Plain digits: `+1` and `01` would be a second text for the same choice.
fn number(digits: &str, highest: u8) -> Option<u8> {
    let plain = digits == "0" || !digits.starts_with(['0', '+']);
    digits.parse().ok().filter(|n| plain && *n <= highest)
}

fn distinct(places: Vec<u8>) -> Option<Vec<u8>> {
    let twice = places.iter().enumerate().any(|(at, place)| places[..at].contains(place));
    (!twice).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_choices_are_equal_texts() {
        for (written, kept) in [
            ("2", "2"),
            ("s.3.0.3", "s.0.3"),
            ("s.", "s"),
            ("d.1.0.2.0", "d.1.0.2"),
            ("d.0.0", "d"),
            ("r.2.0", "r.2.0"),
            ("n.-42", "n.-42"),
            ("rather_not", "rather_not"),
        ] {
            let answer = Answer::from_key(written).unwrap();
            assert_eq!(answer.as_key(), kept);
            assert_eq!(Answer::from_key(kept), Some(answer));
        }
        let ballot = Ballot::from_key("s.1@child").unwrap();
        assert_eq!((ballot.voice, ballot.as_key().as_str()), (Voice::Child, "s.1@child"));
        for (came, text) in [(Came::After, "s.1@child+after"), (Came::New, "s.1@child+new")] {
            let ballot = Ballot { came, ..ballot.clone() };
            assert_eq!((ballot.as_key().as_str(), Ballot::from_key(text)), (text, Some(ballot.clone())));
            assert_eq!(Answer::from_key(text), None, "no form says it");
        }
    }

    #[test]
    fn nothing_else_is_a_ballot() {
        let long = "s.1.1.1.1.1.1.1";
        for text in ["", "x", "-1", "+1", "01", "٢", "256", "1.2", "r.1.1", "s.a", "n.", "n.1e3", "d.-1", "s..1", long]
        {
            assert_eq!(Answer::from_key(text), None, "{text}");
        }
        assert_eq!(Answer::from_key(&"s.1".repeat(40)), None);
    }
}
