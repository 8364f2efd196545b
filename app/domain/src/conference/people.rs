//! Named people: speakers, children who run sessions, adults who help.
//!
//! Shown is a first name or a nickname, or a role alone (`S12`); the name itself lives in the store's `people`. Of a
//! consent only its state is kept, with its day and who checked it (`S21`); the paper stays with the organizers.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::conference::act::ConferenceEvent;
use crate::conference::profile::{self, Profile};
use crate::conference::suits::Fit;
use crate::conference::{Conference, Decided, said};
use crate::entry::{Entry, Happened};
use crate::ids::PersonId;
use crate::lang::{Lang, Said};
use crate::names::telling::{Tells, tells};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::time::Instant;

/// Whether somebody is a child. Nobody's age is kept.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Group {
    /// Under eighteen.
    #[default]
    Child,
    /// An adult.
    Adult,
}

/// What is shown of a name.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Shows {
    /// The role alone, with a number: «Moderator 1». For every child until something else is agreed.
    #[default]
    Role,
    /// A nickname that the person chose.
    Nickname,
    /// The first name.
    FirstName,
    /// All of the name; of adults alone.
    FullName,
}

/// Where a consent stands.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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
    /// Whether an organizer has looked at the name as it is now and lets it stand, though it tells more than a first one.
    pub looked_at: bool,
    /// What is told of an adult besides; of children nothing (`S12`).
    pub profile: Profile,
}

impl Person {
    /// Somebody of whom nothing else is known yet.
    #[must_use]
    pub fn new(about: NewPerson, organisation: Said) -> Self {
        let (guardian, media) = (Checked::default(), Checked::default());
        Self { about, organisation, guardian, media, looked_at: false, profile: Profile::default() }
    }

    /// Whether the name may be seen at all: of a child once the family has agreed, and not before (`S21`); of an adult
    /// until it was taken back.
    #[must_use]
    pub fn is_named(&self) -> bool {
        let agreed = match self.about.group {
            Group::Child => self.guardian.state == Consent::Given,
            Group::Adult => self.guardian.state != Consent::Withdrawn,
        };
        self.about.shows != Shows::Role && agreed
    }

    /// Whether this very name waits until an organizer has looked at it (`S12`): of a child, if it may tell a family, an
    /// age, a class or a school.
    #[must_use]
    pub fn holds(&self, name: &Said) -> bool {
        let telling = || name.0.values().any(|name| tells(name) > Tells::First);
        self.about.group == Group::Child && self.about.shows != Shows::Role && !self.looked_at && telling()
    }

    /// Whether the name may be seen now.
    #[must_use]
    pub fn shows(&self, name: &Said) -> bool {
        self.is_named() && !self.holds(name)
    }

    /// Whether a picture or a recording may show who this is (`S21`): of a child once that was agreed, of an adult unless
    /// it was refused.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        match (self.about.group, self.media.state) {
            (_, Consent::Given) => true,
            (Group::Adult, Consent::Unchecked) => true,
            (Group::Child, Consent::Unchecked) | (_, Consent::NotGiven | Consent::Withdrawn) => false,
        }
    }

    /// Whether a guardian is asked: of children alone (`S21`). What was noted before somebody was written down as an
    /// adult stays in sight, since it still holds.
    #[must_use]
    pub fn has_guardian(&self) -> bool {
        self.about.group == Group::Child || self.guardian.state != Consent::Unchecked
    }
}

impl Conference {
    pub(super) fn add_person(&self, person: NewPerson, organisation: &Said) -> Decided {
        if self.people.contains_key(&person.id) {
            return Err(Refusal::BadPlan);
        }
        check(person)?;
        said(ConferenceEvent::PersonAdded(person), "organisation", &of_adults(person, organisation))
    }

    pub(super) fn change_person(&self, person: NewPerson, organisation: &Said) -> Decided {
        let Some(known) = self.people.get(&person.id) else { return Err(Refusal::Unknown) };
        let has_function = !known.profile.functions.is_empty();
        if person.group == Group::Child && (has_function || self.holds_adults_card(person.id)) {
            return Err(Refusal::AdultsOnly);
        }
        check(person)?;
        said(ConferenceEvent::PersonChanged(person), "organisation", &of_adults(person, organisation))
    }

    pub(super) fn remove_person(&self, id: PersonId) -> Decided {
        if !self.people.contains_key(&id) {
            return Err(Refusal::Unknown);
        }
        let cards = self.passes.values().filter(|pass| !pass.revoked && pass.issued.person == Some(id));
        let speaks = self.sessions.iter().any(|session| session.speakers.contains(&id));
        if speaks || cards.clone().any(|pass| self.guards_in_use(pass.issued.id)) {
            return Err(Refusal::StillNeeded);
        }
        let mut happened: Vec<Happened<ConferenceEvent>> =
            cards.map(|pass| ConferenceEvent::PassRevoked { pass: pass.issued.id }.into()).collect();
        happened.push(ConferenceEvent::PersonRemoved { id }.into());
        Ok(happened)
    }

    pub(super) fn apply_people(&mut self, entry: &Entry<ConferenceEvent>) {
        let organisation = entry.words.said("organisation");
        match &entry.event {
            ConferenceEvent::PersonAdded(about) => {
                self.people.insert(about.id, Person::new(*about, organisation));
            }
            ConferenceEvent::PersonChanged(about) => {
                if let Some(person) = self.people.get_mut(&about.id) {
                    person.about = *about;
                    person.organisation = organisation;
                    person.looked_at = false;
                    if about.group == Group::Child {
                        person.profile = Profile::default();
                    }
                }
            }
            ConferenceEvent::ProfileSet { .. } => {
                if let Some((id, profile)) = profile::of(entry)
                    && let Some(person) = self.people.get_mut(&id)
                {
                    person.profile = profile;
                }
            }
            ConferenceEvent::PersonRemoved { id } => {
                self.people.remove(id);
            }
            ConferenceEvent::NameLetStand { person } => {
                if let Some(person) = self.people.get_mut(person) {
                    person.looked_at = true;
                }
            }
            ConferenceEvent::ConsentNoted { person, asked, state } => {
                if let Some(person) = self.people.get_mut(person) {
                    let checked = Checked { state: *state, at: entry.at, by: entry.by.role() };
                    match asked {
                        Asked::Guardian => person.guardian = checked,
                        Asked::Media => person.media = checked,
                    }
                }
            }
            // `Conference::apply` names every event, and hands on these alone.
            _ => {}
        }
    }
}

/// A child's full name is shown nowhere.
fn check(person: NewPerson) -> Result<(), Refusal> {
    if person.shows.suits().fit(person.group) == Fit::Refused { Err(Refusal::ChildsFullName) } else { Ok(()) }
}

/// A child's school or club is nobody's business (`S12`).
fn of_adults(person: NewPerson, organisation: &Said) -> Said {
    if person.group == Group::Adult { organisation.clone() } else { Said::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(guardian: Consent) -> Person {
        let about = NewPerson {
            id: PersonId(uuid::Uuid::from_u128(1)),
            group: Group::Child,
            shows: Shows::FirstName,
            lang: Lang::AR,
        };
        let guardian = Checked { state: guardian, ..Checked::default() };
        Person { guardian, ..Person::new(about, Said::default()) }
    }

    #[test]
    fn a_child_is_named_once_the_family_has_agreed_and_not_before() {
        for (state, named) in [
            (Consent::Unchecked, false),
            (Consent::NotGiven, false),
            (Consent::Withdrawn, false),
            (Consent::Given, true),
        ] {
            assert_eq!(child(state).is_named(), named, "{state:?}");
        }
    }

    #[test]
    fn a_childs_name_that_tells_more_waits_until_an_organizer_has_looked() {
        let said = |name: &str| Said::new([(Lang::AR, name)]);
        let mut person = child(Consent::Given);
        assert!(person.shows(&said("سارة")) && !person.shows(&said("سارة محمد آل فلان (١١ سنة)")));
        let two = Said::new([(Lang::AR, "سارة"), (Lang::EN, "Sara Haddad")]);
        assert!(person.holds(&two), "in whichever language");
        person.looked_at = true;
        assert!(person.shows(&two));
        person.looked_at = false;
        person.about.group = Group::Adult;
        assert!(person.shows(&two), "an adult is called as adults are");
    }

    #[test]
    fn who_was_not_asked_is_not_recorded_if_it_is_a_child() {
        let mut person = child(Consent::Given);
        assert!(!person.is_recorded());
        person.media.state = Consent::Given;
        assert!(person.is_recorded());
        person.about.group = Group::Adult;
        person.media.state = Consent::Unchecked;
        assert!(person.is_recorded());
        person.media.state = Consent::NotGiven;
        assert!(!person.is_recorded());
    }

    #[test]
    fn a_guardian_is_asked_of_children_alone_and_what_was_noted_stays_in_sight() {
        let mut person = child(Consent::Unchecked);
        assert!(person.has_guardian() && !person.is_named());
        person.about.group = Group::Adult;
        assert!(!person.has_guardian() && person.is_named());
        person.guardian.state = Consent::Withdrawn;
        assert!(person.has_guardian() && !person.is_named(), "the name stays hidden, and it is seen why");
    }
}
