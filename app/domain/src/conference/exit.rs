//! Where the quick exit of the help page leads (`S27`): to a page of ours that says nothing, or to a neutral page outside
//! that organizers choose.
//!
//! Outside it is read in secret (`https`), and its address says where it leads: a name, without account and port. Nobody
//! asks anything of it before somebody presses.

use serde::{Deserialize, Serialize};

use crate::conference::act::ConferenceEvent;
use crate::entry::{Happened, Words};
use crate::text;

/// How its address begins.
pub const BEGINS: &str = "https://";
/// The longest address, in bytes.
const LONGEST: usize = 300;

/// The address of a neutral page outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Elsewhere(String);

impl Elsewhere {
    /// Reads what was typed or pasted; nothing if it is no such address.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = text::clean(typed);
        let (begins, rest) = typed.trim().split_at_checked(BEGINS.len())?;
        let is_whole = rest.len() <= LONGEST && rest.chars().all(is_of_an_address);
        let leads_there = begins.eq_ignore_ascii_case(BEGINS) && is_whole && is_name(host_of(rest));
        leads_there.then(|| Self([BEGINS, rest].concat()))
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the site, as people know it: `weather.example.org`.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.strip_prefix(BEGINS).map_or("", host_of)
    }
}

pub(super) fn set(page: Option<&Elsewhere>) -> Happened<ConferenceEvent> {
    let words = page.map_or_else(Words::none, |page| Words::text(page.as_str()));
    Happened { event: ConferenceEvent::ExitSet, words }
}

/// What stands between the beginning and the path.
fn host_of(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// A name in the world: with a dot, and no number of a machine.
fn is_name(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').collect();
    let ends_in_words = parts.last().is_some_and(|last| last.chars().any(char::is_alphabetic));
    parts.len() > 1 && ends_in_words && parts.iter().all(|part| is_part_of_a_name(part))
}

fn is_part_of_a_name(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-')
}

fn is_of_an_address(c: char) -> bool {
    c.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neutral_page_is_a_name_that_is_read_in_secret() {
        for (typed, host) in [
            ("https://طقس.example/الدوحة", "طقس.example"),
            (" https://weather.example.org ", "weather.example.org"),
            ("HTTPS://weather.example.org/doha?days=3#now", "weather.example.org"),
        ] {
            assert_eq!(Elsewhere::parse(typed).unwrap().host(), host);
        }
        assert_eq!(Elsewhere::parse("HTTPS://a.example/B").unwrap().as_str(), "https://a.example/B");
    }

    #[test]
    fn nothing_else_is() {
        for wrong in [
            "",
            "الطقس",
            "weather.example.org",
            "http://weather.example.org",
            "javascript:alert(1)//weather.example.org",
            "https://",
            "https:///doha",
            "https://localhost/",
            "https://10.0.0.7/",
            "https://[::1]/",
            "https://weather.example.org:8443/",
            "https://me@weather.example.org/",
            "https://weather.example.org\\@other.example/",
            "https://weather..example.org",
            "https://weather.example.org/ a b",
            "https://weather.example.org/\"><b>",
        ] {
            assert_eq!(Elsewhere::parse(wrong), None, "{wrong}");
        }
        let long = format!("https://weather.example.org/{}", "a".repeat(LONGEST));
        assert_eq!(Elsewhere::parse(&long), None);
    }
}
