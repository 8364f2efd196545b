//! Who an adult is in the conference: functions, title, office, organisation, country, a short text, and a place in the
//! order of protocol (`C1`).
//!
//! Of children nothing of it is kept (`S12`). What somebody may *do* here comes from a pass; a function says what
//! somebody *is* here, and opens nothing.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::conference::act::ConferenceEvent;
use crate::conference::people::Group;
use crate::conference::{Conference, Decided};
use crate::entry::{Entry, Happened, Words};
use crate::ids::{OrganisationId, PersonId};
use crate::lang::Said;
use crate::refusal::Refusal;

/// What an adult is in the conference, besides the passes that they hold.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Function {
    /// Leads a session of adults.
    Chair,
    /// Speaks; whether in the programme, the programme says.
    Speaker,
    /// Leads a training workshop.
    Trainer,
    /// Speaks for a ministry, a court, a public authority.
    Official,
    /// One of those who organize it.
    Committee,
    /// Translates texts; whoever interprets speech has a pass.
    Translator,
    /// Takes pictures of whoever agreed to it.
    Photographer,
    /// Sound, screens, network.
    Technician,
    /// Lends a hand where it is needed.
    Volunteer,
}

/// What is told of an adult besides the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// As it stands before the name: «د.», «القاضية».
    pub title: Said,
    /// What they are where they work.
    pub office: Said,
    /// The organisation of the list that they belong to.
    pub of: Option<OrganisationId>,
    /// Where they come from, if not from where the organisation is.
    pub country: Said,
    /// A few sentences about them.
    pub about: Said,
    /// The place in the order of protocol, from 1; whoever has none comes after those who have.
    pub order: Option<u32>,
    /// Sorted, each once.
    pub functions: Vec<Function>,
}

impl Profile {
    /// Sorted, each function once.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.functions.sort_unstable();
        self.functions.dedup();
        self
    }

    /// Whether they have a function.
    #[must_use]
    pub fn is(&self, function: Function) -> bool {
        self.functions.contains(&function)
    }
}

/// What is told of a child is nothing; a child's function is refused, and so is an organisation that is not in the list.
pub(super) fn set(conference: &Conference, person: PersonId, profile: &Profile) -> Decided {
    let Some(known) = conference.people.get(&person) else { return Err(Refusal::Unknown) };
    let profile = profile.clone().tidied();
    if known.about.group == Group::Child && profile != Profile::default() {
        return Err(Refusal::AdultsOnly);
    }
    if profile.of.is_some_and(|id| conference.organisation(id).is_none()) {
        return Err(Refusal::UnknownOrganisation);
    }
    if profile == known.profile {
        return Ok(vec![]);
    }
    let event = ConferenceEvent::ProfileSet {
        person,
        organisation: profile.of,
        order: profile.order,
        functions: profile.functions.clone(),
    };
    let words = Words::none().with("title", &profile.title).with("office", &profile.office);
    let words = words.with("country", &profile.country).with("about", &profile.about);
    Ok(vec![Happened { event, words }])
}

/// The profile that an entry tells.
pub(super) fn of(entry: &Entry<ConferenceEvent>) -> Option<(PersonId, Profile)> {
    let ConferenceEvent::ProfileSet { person, organisation, order, functions } = &entry.event else { return None };
    let said = |field| entry.words.said(field);
    let profile = Profile {
        title: said("title"),
        office: said("office"),
        of: *organisation,
        country: said("country"),
        about: said("about"),
        order: *order,
        functions: functions.clone(),
    };
    Some((*person, profile))
}
