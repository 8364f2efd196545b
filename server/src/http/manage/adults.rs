//! What a form tells of an adult besides the name (`C1`), and the acts that write a person down whole.

use std::collections::BTreeMap;

use nadwa_app::pages::plan::Problem;
use nadwa_app::words::profile as words;
use nadwa_domain::conference::organisations::Organisation;
use nadwa_domain::conference::people::{Group, NewPerson, Person, Shows};
use nadwa_domain::conference::profile::{Function, Profile};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::OrganisationId;
use nadwa_domain::{Choice, Phrase, Refusal, Said};

use crate::collation::sort_by_name;
use crate::http::manage::{LINE, Organizing, PARAGRAPH, put_said};

/// The highest place in the order of protocol.
pub const LAST: u32 = 9999;

/// What a form says of an adult.
///
/// # Errors
/// The problem, beside its field.
pub fn profile_of(o: &Organizing) -> Result<Profile, Problem> {
    let said = |name: &str, limit| o.sent.said(name, limit).map_err(|refusal| o.problem(name, &refusal));
    let typed = o.sent.get("order").trim();
    let order = (!typed.is_empty()).then(|| o.sent.number("order").filter(|order| (1..=LAST).contains(order)));
    if order == Some(None) {
        return Err(o.says("order", words::bad_order(o.r())));
    }
    let of = o.sent.get("of");
    let of = (!of.is_empty()).then(|| of.parse::<OrganisationId>());
    let of = of.transpose().map_err(|_| o.problem("of", &Refusal::UnknownOrganisation))?;
    let profile = Profile {
        title: said("title", LINE)?,
        office: said("office", LINE)?,
        of,
        country: said("country", LINE)?,
        about: said("about", PARAGRAPH)?,
        order: order.flatten(),
        functions: o.sent.ticked("functions").filter_map(Function::of_key).collect(),
    };
    Ok(profile.tidied())
}

/// The profile as fields of the form.
pub fn put_profile(fields: &mut BTreeMap<String, String>, profile: &Profile) {
    let texts = [
        ("title", &profile.title),
        ("office", &profile.office),
        ("country", &profile.country),
        ("about", &profile.about),
    ];
    for (name, said) in texts {
        put_said(fields, name, said);
    }
    fields.insert("of".to_owned(), profile.of.map(|of| of.to_string()).unwrap_or_default());
    fields.insert("order".to_owned(), profile.order.map(|order| order.to_string()).unwrap_or_default());
    for function in &profile.functions {
        fields.insert(format!("functions.{}", function.key()), "on".to_owned());
    }
}

/// The organisations that can be chosen, by name. Two of one name are told apart by their country.
#[must_use]
pub fn organisations(o: &Organizing) -> Vec<(String, Phrase)> {
    let lang = o.r().lang;
    let conference = o.conference();
    let named = |(id, about): (OrganisationId, &Organisation)| {
        let (mut name, country) = (about.name.for_reader(lang), about.country.for_reader(lang).text);
        if !country.is_empty() {
            name.text = format!("{} · {country}", name.text);
        }
        (id.to_string(), name)
    };
    let mut all: Vec<(String, Phrase)> = conference.listed_organisations().map(named).collect();
    sort_by_name(lang, &mut all, |(_, name)| &name.text);
    all
}

/// What of a name is shown if nobody said so: of a child the role, of an adult all of it.
#[must_use]
pub const fn usually_shows(group: Group) -> Shows {
    match group {
        Group::Child => Shows::Role,
        Group::Adult => Shows::FullName,
    }
}

/// The acts by which somebody is as written: whoever becomes a child loses what is an adult's before, and whoever is an
/// adult now gets it after.
#[must_use]
pub fn acts(conference: &Conference, person: NewPerson, organisation: Said, profile: Profile) -> Vec<Act> {
    let before = conference.people.get(&person.id);
    let told = |profile: Profile| Act::SetProfile { person: person.id, profile: Box::new(profile) };
    let had = |before: &Person| before.profile != Profile::default();
    let written = match before {
        None => Some(Act::AddPerson { person, organisation }),
        Some(before) if before.about == person && before.organisation == organisation => None,
        Some(_) => Some(Act::ChangePerson { person, organisation }),
    };
    match person.group {
        Group::Child => {
            before.filter(|before| had(before)).map(|_| told(Profile::default())).into_iter().chain(written).collect()
        }
        Group::Adult => {
            let same = before.map_or_else(Profile::default, |before| before.profile.clone()) == profile;
            written.into_iter().chain((!same).then(|| told(profile))).collect()
        }
    }
}
