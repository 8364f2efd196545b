//! Named people: speakers, children who run sessions, adults who help.
//!
//! Shown is a first name or a nickname, or a role alone (`S12`); the name itself lives in the store's `people`. Of a
//! consent only its state is kept, with its day and who checked it (`S21`); the paper stays with the organizers.

use serde::{Deserialize, Serialize};

use crate::ids::PersonId;
use crate::lang::{Lang, Said};
use crate::role::Role;
use crate::time::Instant;

/// Whether somebody is a child. Nobody's age is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Under eighteen.
    #[default]
    Child,
    /// An adult.
    Adult,
}

/// What is shown of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// The role alone, with a number: «Moderator 1». For every child until something else is agreed.
    #[default]
    Role,
    /// A nickname that the person chose.
    Nickname,
    /// The first name.
    FirstName,
}

/// Where a consent stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nobody has checked yet.
    #[default]
    Unchecked,
    /// It was given.
    Given,
    /// It was not given.
    NotGiven,
    /// It was given and taken back: the name is hidden everywhere at once.
    Withdrawn,
}

/// Which consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// A guardian's, to take part under a name.
    Guardian,
    /// To be recorded and photographed.
    Media,
}

/// A consent with its day and who checked it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Where it stands.
    pub state: Consent,
    /// When that was written down.
    pub at: Instant,
    /// In which role.
    pub by: Option<Role>,
}

/// Somebody, without their name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// Their id; the name is kept under it.
    pub id: PersonId,
    /// Child or adult.
    pub group: Group,
    /// What is shown of the name.
    pub shows: Shows,
    /// The language of their cards.
    pub lang: Lang,
}

/// Somebody in the conference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// As written down last.
    pub about: NewPerson,
    /// Whom an adult speaks for; empty for children (`S12`).
    pub organisation: Said,
    /// A guardian's consent.
    pub guardian: Checked,
    /// Consent to be recorded.
    pub media: Checked,
}

impl Person {
    /// Whether the name may be seen at all.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.about.shows != Shows::Role
            && self.guardian.state != Consent::Withdrawn
            && !(self.about.group == Group::Child && self.guardian.state == Consent::NotGiven)
    }

    /// Whether the name may stand beside a paper: it may be seen, and of a child only once the family has agreed.
    #[must_use]
    pub fn is_credited(&self) -> bool {
        self.is_named() && (self.about.group == Group::Adult || self.guardian.state == Consent::Given)
    }

    /// Whether a guardian is asked: of children alone (`S21`). What was noted before somebody was written down as an
    /// adult stays in sight, since it still holds.
    #[must_use]
    pub fn has_guardian(&self) -> bool {
        self.about.group == Group::Child || self.guardian.state != Consent::Unchecked
    }
}

/// What of a name should stay away (`S12`): more than two words, an age, a class, a school. A nudge, never a verdict.
///
/// Returns the part that may stay.
#[must_use]
pub fn nudge(name: &str) -> Option<String> {
    let main = name.split(['(', '（', '[', ',', '،', '/', '|', '-', '–']).next().unwrap_or_default();
    let kept: Vec<&str> = main.split_whitespace().take_while(|word| !tells_too_much(word)).take(2).collect();
    let (first, double) = (kept.first().copied().unwrap_or_default(), kept.join(" "));
    // «Zoé-Maëlle N'Diaye» and «أم كلثوم» are names; a hyphen within a word cuts nothing.
    let joined =
        name.split_whitespace().all(|word| !tells_too_much(word)) && !name.contains(['(', ',', '،', '/', '|', '[']);
    if joined && name.split_whitespace().count() <= 2 {
        return None;
    }
    let particles = ["أم", "أبو", "عبد", "نور", "آل", "بنت", "ابن", "bint", "al", "abdul", "abu", "umm"];
    let starts_double = particles.iter().any(|particle| first.eq_ignore_ascii_case(particle));
    Some(if starts_double { double } else { first.to_owned() })
}

fn tells_too_much(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "صف",
        "الصف",
        "مدرسة",
        "المدرسة",
        "سنة",
        "سنوات",
        "عمر",
        "grade",
        "class",
        "school",
        "year",
        "years",
        "age",
        "aged",
        "classe",
        "école",
        "ecole",
        "ans",
    ];
    word.chars().any(char::is_numeric) || WORDS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_age_class_or_school_is_nudged_to_its_first_part() {
        assert_eq!(nudge("آمنة (١١ سنة)").as_deref(), Some("آمنة"), "T23");
        assert_eq!(nudge("Sara Example, Grade 6B, Example School").as_deref(), Some("Sara"), "T28");
        assert_eq!(nudge("سارة محمد عبد الله").as_deref(), Some("سارة"));
        assert_eq!(nudge("نور الهدى محمد علي").as_deref(), Some("نور الهدى"));
    }

    #[test]
    fn a_guardian_is_asked_of_children_alone_and_what_was_noted_stays_in_sight() {
        let about = NewPerson {
            id: PersonId(uuid::Uuid::from_u128(1)),
            group: Group::Child,
            shows: Shows::FirstName,
            lang: Lang::AR,
        };
        let (guardian, media) = (Checked::default(), Checked::default());
        let mut person = Person { about, organisation: Said::default(), guardian, media };
        assert!(person.has_guardian() && person.is_named());
        person.about.group = Group::Adult;
        assert!(!person.has_guardian() && person.is_named());
        person.guardian.state = Consent::Withdrawn;
        assert!(person.has_guardian() && !person.is_named(), "the name stays hidden, and it is seen why");
    }

    #[test]
    fn names_as_people_have_them_are_left_alone() {
        for name in ["مريم", "أم كلثوم", "Zoé-Maëlle N’Diaye", "Jamal", "عبد الرحمن"] {
            assert_eq!(nudge(name), None, "{name}");
        }
    }
}
