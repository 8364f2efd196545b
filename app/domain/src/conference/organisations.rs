//! Organisations that take part: what they are called, of what kind they are, from where, and as what they are here
//! (`C2`). Their delegates are the adults who belong to them.
//!
//! One that people belong to is not removed, and what was removed can be put back: it keeps its id, and only its name is
//! free again. Two of one name and one country are one.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::conference::act::ConferenceEvent;
use crate::conference::people::Person;
use crate::conference::{Conference, Decided, one};
use crate::entry::{Entry, Happened, Words};
use crate::fold;
use crate::ids::OrganisationId;
use crate::lang::Said;
use crate::refusal::Refusal;

/// Of what kind an organisation is.
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
pub enum OrganisationKind {
    /// Of a government.
    Ministry,
    /// Or a council of judges.
    Court,
    /// Public prosecutors.
    Prosecution,
    /// Another public body.
    Authority,
    /// An association or a foundation of citizens.
    #[default]
    Association,
    /// Of several states.
    International,
    /// Or a faculty, an institute of research.
    University,
    /// Where children learn.
    School,
    /// A line that children call.
    Helpline,
    /// Press, radio, television.
    Media,
    /// A business.
    Company,
    /// What is none of these.
    Other,
}

/// As what an organisation is here.
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
pub enum Standing {
    /// It holds the conference.
    Host,
    /// It helps to hold it.
    Partner,
    /// It takes part.
    #[default]
    Guest,
}

/// What organizers write of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub name: Said,
    pub country: Said,
    pub kind: OrganisationKind,
    pub standing: Standing,
}

/// An organisation of the conference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub about: Organisation,
    /// Whether it was taken out of the list; it can be put back.
    pub removed: bool,
}

/// Writes one, new or known.
pub(super) fn write(conference: &Conference, id: OrganisationId, about: &Organisation) -> Decided {
    if about.name.0.is_empty() {
        return Err(Refusal::Empty);
    }
    let known = conference.organisations.get(&id);
    if known.is_some_and(|known| known.removed) {
        return Err(Refusal::Unknown);
    }
    if conference.has_alike(id, about) {
        return Err(Refusal::OrganisationThere);
    }
    if known.is_some_and(|known| known.about == *about) {
        return Ok(vec![]);
    }
    let event = ConferenceEvent::OrganisationWritten { id, kind: about.kind, standing: about.standing };
    Ok(vec![Happened { event, words: Words::none().with("name", &about.name).with("country", &about.country) }])
}

/// Takes one out of the list to which nobody belongs.
pub(super) fn remove(conference: &Conference, id: OrganisationId) -> Decided {
    match conference.organisations.get(&id) {
        None => Err(Refusal::Unknown),
        Some(known) if known.removed => Ok(vec![]),
        Some(_) if conference.delegates(id).next().is_some() => Err(Refusal::HasDelegates),
        Some(_) if conference.owes(id) => Err(Refusal::OwesAnswers),
        Some(_) => one(ConferenceEvent::OrganisationRemoved { id }),
    }
}

/// Puts one back, unless another has its name by now.
pub(super) fn put_back(conference: &Conference, id: OrganisationId) -> Decided {
    match conference.organisations.get(&id) {
        None => Err(Refusal::Unknown),
        Some(known) if !known.removed => Ok(vec![]),
        Some(known) if conference.has_alike(id, &known.about) => Err(Refusal::OrganisationThere),
        Some(_) => one(ConferenceEvent::OrganisationPutBack { id }),
    }
}

impl Conference {
    /// An organisation of the list; none that was taken out.
    #[must_use]
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.get(&id).filter(|known| !known.removed).map(|known| &known.about)
    }

    /// All of the list, in no order.
    pub fn listed_organisations(&self) -> impl Iterator<Item = (OrganisationId, &Organisation)> {
        self.organisations.iter().filter(|(_, known)| !known.removed).map(|(id, known)| (*id, &known.about))
    }

    /// The adults who belong to an organisation.
    pub fn delegates(&self, id: OrganisationId) -> impl Iterator<Item = &Person> {
        self.people.values().filter(move |person| person.profile.of == Some(id))
    }

    /// What an adult speaks for: by the list, or as it was typed.
    #[must_use]
    pub fn organisation_of<'a>(&'a self, person: &'a Person) -> &'a Said {
        let listed = person.profile.of.and_then(|id| self.organisation(id));
        listed.map_or(&person.organisation, |listed| &listed.name)
    }

    /// Where an adult comes from.
    #[must_use]
    pub fn country_of<'a>(&'a self, person: &'a Person) -> &'a Said {
        let own = &person.profile.country;
        let listed = person.profile.of.and_then(|id| self.organisation(id));
        listed.filter(|_| own.0.is_empty()).map_or(own, |listed| &listed.country)
    }

    /// Whether another of the list is called alike, and is not told apart by its country.
    fn has_alike(&self, id: OrganisationId, about: &Organisation) -> bool {
        let others = || self.listed_organisations().filter(|(other, _)| *other != id);
        let same_place = |other: &Organisation| {
            let nowhere = about.country.0.is_empty() || other.country.0.is_empty();
            nowhere || alike(&about.country, &other.country)
        };
        others().any(|(_, other)| alike(&about.name, &other.name) && same_place(other))
    }

    pub(super) fn apply_organisations(&mut self, entry: &Entry<ConferenceEvent>) {
        match &entry.event {
            ConferenceEvent::OrganisationWritten { id, kind, standing } => {
                let (name, country) = (entry.words.said("name"), entry.words.said("country"));
                let about = Organisation { name, country, kind: *kind, standing: *standing };
                self.organisations.insert(*id, Listed { about, removed: false });
            }
            ConferenceEvent::OrganisationRemoved { id } => {
                if let Some(known) = self.organisations.get_mut(id) {
                    known.removed = true;
                }
            }
            ConferenceEvent::OrganisationPutBack { id } => {
                if let Some(known) = self.organisations.get_mut(id) {
                    known.removed = false;
                }
            }
            // `Conference::apply` names every event, and hands on these alone.
            _ => {}
        }
    }
}

/// Whether two are called alike in some language, as people take them (`L10`).
fn alike(one: &Said, other: &Said) -> bool {
    let keys: Vec<String> = other.0.values().map(|text| fold::key(text)).collect();
    one.0.values().any(|text| keys.contains(&fold::key(text)))
}
