//! People are children or adults, and what they are here knows it (`C1`); organisations, and what the conference says of
//! itself (`C2`).

use std::collections::BTreeMap;

use nadwa_domain::conference::about::Section;
use nadwa_domain::conference::organisations::{Organisation, OrganisationKind, Standing};
use nadwa_domain::conference::people::{Group, NewPerson, Shows};
use nadwa_domain::conference::profile::{Function, Profile};
use nadwa_domain::conference::suits::{Fit, Suits};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::entry::Entry;
use nadwa_domain::ids::{OrganisationId, PersonId};
use nadwa_domain::{Choice, Instant, Lang, Refusal, Role, Said, Who};
use uuid::Uuid;

use crate::support::cast::{MODERATOR, ORGANIZER, STEWARD, said};

const HANAN: PersonId = PersonId(Uuid::from_u128(0xb1));
const SARA: PersonId = PersonId(Uuid::from_u128(0xb2));
const COURT: OrganisationId = OrganisationId(Uuid::from_u128(0xc1));
const OTHER: OrganisationId = OrganisationId(Uuid::from_u128(0xc2));

fn and<const N: usize>(mut conference: Conference, acts: [Act; N]) -> Conference {
    for act in acts {
        let happened = conference.decide(ORGANIZER, &act).unwrap_or_else(|refusal| panic!("{act:?}: {refusal:?}"));
        for happened in happened {
            let (seq, at) = (conference.seq + 1, Instant(0));
            conference.apply(&Entry { seq, at, by: ORGANIZER, event: happened.event, words: happened.words });
        }
    }
    conference
}

fn person(id: PersonId, group: Group, shows: Shows) -> NewPerson {
    NewPerson { id, group, shows, lang: Lang::AR }
}

fn add(person: NewPerson) -> Act {
    Act::AddPerson { person, organisation: Said::default() }
}

fn change(person: NewPerson) -> Act {
    Act::ChangePerson { person, organisation: Said::default() }
}

fn is(person: PersonId, profile: Profile) -> Act {
    Act::SetProfile { person, profile: Box::new(profile) }
}

fn court() -> Organisation {
    let name = said("محكمة الأسرة", "Family court");
    Organisation { name, country: said("قطر", "Qatar"), kind: OrganisationKind::Court, standing: Standing::Guest }
}

fn write(id: OrganisationId, about: Organisation) -> Act {
    Act::WriteOrganisation { id, about: Box::new(about) }
}

/// An adult, a child, and a court.
fn given() -> Conference {
    let adult = person(HANAN, Group::Adult, Shows::FullName);
    let child = person(SARA, Group::Child, Shows::FirstName);
    and(Conference::default(), [add(adult), add(child), write(COURT, court())])
}

fn refused(conference: &Conference, act: &Act, refusal: Refusal) {
    assert_eq!(conference.decide(ORGANIZER, act), Err(refusal), "{act:?}");
}

fn judge() -> Profile {
    Profile {
        title: said("القاضية", "Judge"),
        office: said("رئيسة المحكمة", "President of the court"),
        of: Some(COURT),
        about: said("تعمل مع الأطفال.", "Works with children."),
        order: Some(1),
        functions: vec![Function::Speaker, Function::Chair],
        ..Profile::default()
    }
}

#[test]
fn one_table_says_what_suits_a_child_and_what_an_adult() {
    let fits = |suits: Suits| (suits.fit(Group::Child), suits.fit(Group::Adult));
    for role in Role::ALL.iter().copied() {
        let expected = match role {
            Role::Moderator | Role::CoModerator | Role::Timekeeper | Role::Author => (Fit::Fits, Fit::AskedAbout),
            Role::Presenter | Role::Member => (Fit::Fits, Fit::Fits),
            Role::Interpreter
            | Role::Steward
            | Role::SafeguardingLead
            | Role::SafeguardingDeputy
            | Role::Organizer
            | Role::Mentor
            | Role::Respondent => (Fit::Refused, Fit::Fits),
        };
        assert_eq!(fits(role.suits()), expected, "{role:?}");
        assert_eq!(role.is_adult(), expected.0 == Fit::Refused, "{role:?}");
        assert_eq!(role.is_childs(), expected.1 == Fit::AskedAbout, "{role:?}");
    }
    for function in Function::ALL {
        assert_eq!(fits(function.suits()), (Fit::Refused, Fit::Fits), "{function:?}");
    }
}

#[test]
fn a_function_is_for_an_adult_and_of_a_child_nothing_is_told() {
    let conference = given();
    for function in Function::ALL.iter().copied() {
        let profile = Profile { functions: vec![function], ..Profile::default() };
        refused(&conference, &is(SARA, profile.clone()), Refusal::AdultsOnly);
        assert!(conference.decide(ORGANIZER, &is(HANAN, profile)).is_ok(), "{function:?}");
    }
    let office = Profile { office: said("تلميذة", "Pupil"), ..Profile::default() };
    refused(&conference, &is(SARA, office), Refusal::AdultsOnly);
    assert_eq!(conference.decide(ORGANIZER, &is(SARA, Profile::default())), Ok(vec![]), "nothing is no profile");
    for who in [MODERATOR, STEWARD, Who::Pass { id: nadwa_domain::ids::PassId(HANAN.0), role: Role::Mentor }] {
        assert_eq!(conference.decide(who, &is(HANAN, judge())), Err(Refusal::NotYours));
    }
}

#[test]
fn an_adult_is_told_as_written_with_the_functions_in_order() {
    let conference = and(given(), [is(HANAN, judge())]);
    let person = &conference.people[&HANAN];
    assert_eq!(person.profile.functions, [Function::Chair, Function::Speaker]);
    assert_eq!(conference.organisation_of(person), &said("محكمة الأسرة", "Family court"));
    assert_eq!(conference.country_of(person), &said("قطر", "Qatar"), "where the organisation is");
    assert_eq!(conference.decide(ORGANIZER, &is(HANAN, judge())), Ok(vec![]), "again changes nothing");
    let elsewhere = Profile { country: said("الأردن", "Jordan"), ..judge() };
    let conference = and(conference, [is(HANAN, elsewhere)]);
    assert_eq!(conference.country_of(&conference.people[&HANAN]), &said("الأردن", "Jordan"));
    refused(&conference, &is(HANAN, Profile { of: Some(OTHER), ..judge() }), Refusal::UnknownOrganisation);
    refused(&conference, &is(PersonId(COURT.0), judge()), Refusal::Unknown);
}

#[test]
fn whoever_has_a_function_is_not_written_down_as_a_child_and_loses_the_rest_if_they_are() {
    let child = change(person(HANAN, Group::Child, Shows::Role));
    refused(&and(given(), [is(HANAN, judge())]), &child, Refusal::AdultsOnly);
    let told = Profile { functions: vec![], ..judge() };
    let conference = and(given(), [is(HANAN, told), child]);
    assert_eq!(conference.people[&HANAN].profile, Profile::default());
    assert_eq!(conference.delegates(COURT).count(), 0);
}

#[test]
fn a_childs_full_name_is_shown_nowhere() {
    refused(&given(), &add(person(PersonId(OTHER.0), Group::Child, Shows::FullName)), Refusal::ChildsFullName);
    refused(&given(), &change(person(SARA, Group::Child, Shows::FullName)), Refusal::ChildsFullName);
    assert!(given().people[&HANAN].shows(&said("د. حنان المثال", "Dr Hanan Example")));
}

#[test]
fn an_organisation_is_in_the_list_once_however_it_is_written() {
    let conference = given();
    for name in [said("محكمه الاسره", "Another"), said("أخرى", "FAMILY  COURT"), said("مَحكمة الأُسرة", "x")]
    {
        for country in [said("قطر", "Qatar"), Said::default()] {
            let again = Organisation { name: name.clone(), country, ..court() };
            refused(&conference, &write(OTHER, again), Refusal::OrganisationThere);
        }
    }
    let abroad = Organisation { country: said("الأردن", "Jordan"), ..court() };
    let conference = and(conference, [write(OTHER, abroad)]);
    refused(&conference, &write(OTHER, court()), Refusal::OrganisationThere);
    assert_eq!(conference.decide(ORGANIZER, &write(COURT, court())), Ok(vec![]), "its own name is its own");
    refused(&conference, &write(COURT, Organisation { name: Said::default(), ..court() }), Refusal::Empty);
}

#[test]
fn an_organisation_that_people_belong_to_stays_and_one_that_was_removed_comes_back() {
    let remove = Act::RemoveOrganisation { id: COURT };
    let back = Act::PutOrganisationBack { id: COURT };
    let conference = and(given(), [is(HANAN, judge())]);
    refused(&conference, &remove, Refusal::HasDelegates);
    let conference = and(conference, [is(HANAN, Profile::default()), remove.clone()]);
    assert_eq!(conference.organisation(COURT), None);
    assert_eq!(conference.listed_organisations().count(), 0);
    refused(&conference, &is(HANAN, judge()), Refusal::UnknownOrganisation);
    refused(&conference, &write(COURT, court()), Refusal::Unknown);
    assert_eq!(conference.decide(ORGANIZER, &remove), Ok(vec![]), "twice is once");
    assert_eq!(and(conference.clone(), [back.clone()]).organisation(COURT), Some(&court()), "as it was");
    let taken = and(conference, [write(OTHER, court())]);
    refused(&taken, &back, Refusal::OrganisationThere);
    refused(&given(), &Act::RemoveOrganisation { id: OTHER }, Refusal::Unknown);
    refused(&given(), &Act::PutOrganisationBack { id: OTHER }, Refusal::Unknown);
    for who in [MODERATOR, STEWARD] {
        assert_eq!(given().decide(who, &remove), Err(Refusal::NotYours));
    }
}

#[test]
fn a_removed_person_is_nobodys_delegate() {
    let conference = and(given(), [is(HANAN, judge()), Act::RemovePerson { id: HANAN }]);
    assert_eq!(conference.delegates(COURT).count(), 0);
    assert!(conference.decide(ORGANIZER, &Act::RemoveOrganisation { id: COURT }).is_ok());
}

#[test]
fn what_the_conference_says_of_itself_is_told_with_what_is_missing_in_a_language() {
    let aims = Said::new([(Lang::AR, "أن يُسمع الأطفال")]);
    let texts = BTreeMap::from([(Section::Aims, aims.clone()), (Section::Press, Said::default())]);
    let set = |seen| Act::SetAbout { seen, texts: texts.clone() };
    let conference = and(Conference::default(), [set(0)]);
    assert_eq!(conference.says(Section::Aims), aims);
    assert_eq!(conference.unsaid(Section::Aims), [Lang::EN, Lang::FR]);
    assert!(conference.unsaid(Section::Press).is_empty(), "what nobody wrote is missing in no language");
    assert_eq!(conference.decide(ORGANIZER, &set(1)), Ok(vec![]), "again changes nothing");
    refused(&conference, &set(0), Refusal::AlreadyMoved { by: None });
    let less = and(conference, [Act::SetAbout { seen: 1, texts: BTreeMap::new() }]);
    assert_eq!(less.says(Section::Aims), Said::default(), "what is left out is gone");
    assert_eq!(less.decide(MODERATOR, &set(2)), Err(Refusal::NotYours));
}
