//! Organisations: written down, taken out of the list, put back (`C2`).

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use nadwa_app::pages::plan::Filled;
use nadwa_app::pages::plan::organisations::{self as view, Organisations, Row};
use nadwa_domain::conference::Act;
use nadwa_domain::conference::organisations::{Listed, Organisation};
use nadwa_domain::conference::people::Person;
use nadwa_domain::conference::profile::Profile;
use nadwa_domain::ids::OrganisationId;
use nadwa_domain::{Choice, Phrase, Refusal, Said, fold};

use crate::collation::sort_by_name;
use crate::edge;
use crate::http::forms::word;
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{LINE, Organizing, Wrong, about, adults, kept, people, put_said};
use crate::http::{App, answers};

/// The pages of organisations, the one of the conference itself, and their forms.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/organizer/about", get(about::page).post(about::save))
        .route("/organizer/organisations/typed", post(list_typed))
        .route("/organizer/organisations/{id}", get(one).post(save))
        .route("/organizer/organisations/{id}/remove", post(remove))
        .route("/organizer/organisations/{id}/back", post(put_back))
        .route("/organizer/organisations", get(page).post(add))
}

/// `GET /organizer/organisations`.
pub async fn page(left: Left, o: Organizing) -> Response {
    all(&o, kept(BTreeMap::new(), saved(o.r(), &left)))
}

fn all(o: &Organizing, mut new: Filled) -> Response {
    let (conference, lang) = (o.conference(), o.r().lang);
    let mut delegates: BTreeMap<OrganisationId, u32> = BTreeMap::new();
    for of in conference.people.values().filter_map(|person| person.profile.of) {
        *delegates.entry(of).or_default() += 1;
    }
    let row = |(id, known): (&OrganisationId, &Listed)| Row {
        id: id.to_string(),
        name: known.about.name.for_reader(lang),
        country: known.about.country.for_reader(lang),
        kind: known.about.kind,
        standing: known.about.standing,
        delegates: delegates.get(id).copied().unwrap_or_default(),
    };
    let rows = |removed: bool| {
        let of = conference.organisations.iter().filter(|(_, known)| known.removed == removed);
        let mut rows: Vec<Row> = of.map(row).collect();
        sort_by_name(lang, &mut rows, |row| &row.name.text);
        rows
    };
    new.fields.entry("id".to_owned()).or_insert_with(|| edge::fresh_id().to_string());
    let fresh = Organisation::default();
    new.fields.entry("kind".to_owned()).or_insert_with(|| fresh.kind.key().to_owned());
    new.fields.entry("standing".to_owned()).or_insert_with(|| fresh.standing.key().to_owned());
    let refused = new.problem.is_some();
    let data = Organisations { listed: rows(false), removed: rows(true), typed: typed(o), new };
    o.page(refused, view::organisations(&o.at("/organizer/organisations"), o.langs(), data))
}

/// So many that are not in the list are shown at once.
const TYPED_AT_ONCE: usize = 30;

/// What adults are said to speak for, and is not in the list: each once.
fn typed(o: &Organizing) -> Vec<Phrase> {
    let (conference, lang) = (o.conference(), o.r().lang);
    let mut typed: BTreeMap<String, Phrase> = BTreeMap::new();
    for person in conference.people.values().filter(|person| person.profile.of.is_none()) {
        let name = person.organisation.for_reader(lang);
        if !name.is_empty() && typed.len() < TYPED_AT_ONCE {
            typed.entry(fold::key(&name.text)).or_insert(name);
        }
    }
    let mut typed: Vec<Phrase> = typed.into_values().collect();
    sort_by_name(lang, &mut typed, |name| &name.text);
    typed
}

/// `POST /organizer/organisations`: a new one. Its id came with the form: sent twice, it is the same.
pub async fn add(o: Organizing) -> Response {
    let id = o.sent.get("id").parse::<OrganisationId>().unwrap_or(OrganisationId(edge::fresh_id()));
    match write(&o, id).await {
        Ok(()) => answers::see("/organizer/organisations?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => all(&o, Filled { problem: Some(problem), ..o.sent.filled() }),
    }
}

async fn write(o: &Organizing, id: OrganisationId) -> Result<(), Wrong> {
    let said = |name: &str| o.sent.said(name, LINE).map_err(|refusal| o.problem(name, &refusal));
    let (name, country) = (said("name")?, said("country")?);
    if name.0.is_empty() {
        return Err(o.problem("name", &Refusal::Empty).into());
    }
    let kind = word(Some(o.sent.get("kind"))).unwrap_or_default();
    let standing = word(Some(o.sent.get("standing"))).unwrap_or_default();
    let about = Box::new(Organisation { name, country, kind, standing });
    o.act("name", &[Act::WriteOrganisation { id, about }]).await
}

/// `POST /organizer/organisations/typed`: what was typed beside people is taken into the list, and they belong to it.
pub async fn list_typed(o: Organizing) -> Response {
    let (conference, lang) = (o.conference(), o.r().lang);
    let key = fold::key(o.sent.get("typed"));
    let of_it = conference
        .people
        .values()
        .filter(|person| person.profile.of.is_none() && fold::key(&person.organisation.for_reader(lang).text) == key);
    let people: Vec<_> = of_it.collect();
    let Some(first) = people.first().filter(|_| !key.is_empty()) else { return o.nothing() };
    let id = OrganisationId(edge::fresh_id());
    let about = Box::new(Organisation { name: first.organisation.clone(), ..Organisation::default() });
    let mut acts = vec![Act::WriteOrganisation { id, about }];
    for person in people {
        let profile = Profile { of: Some(id), ..person.profile.clone() };
        acts.extend(adults::acts(&conference, person.about, Said::default(), profile));
    }
    done(&o, o.act("", &acts).await)
}

/// `GET /organizer/organisations/{id}`.
pub async fn one(Path(id): Path<String>, left: Left, o: Organizing) -> Response {
    let Some((id, about)) = found(&o, &id) else { return o.nothing() };
    one_with(&o, id, kept(fields_of(&about), saved(o.r(), &left)))
}

fn fields_of(about: &Organisation) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    put_said(&mut fields, "name", &about.name);
    put_said(&mut fields, "country", &about.country);
    fields.insert("kind".to_owned(), about.kind.key().to_owned());
    fields.insert("standing".to_owned(), about.standing.key().to_owned());
    fields
}

fn found(o: &Organizing, id: &str) -> Option<(OrganisationId, Organisation)> {
    let id = id.parse::<OrganisationId>().ok()?;
    Some((id, o.conference().organisation(id)?.clone()))
}

fn one_with(o: &Organizing, id: OrganisationId, form: Filled) -> Response {
    let names = people::names(o);
    let conference = o.conference();
    let delegate = |person: &Person| {
        let of = person.about.id;
        (of.to_string(), names.get(&of).cloned().unwrap_or_default())
    };
    let mut delegates: Vec<(String, Phrase)> = conference.delegates(id).map(delegate).collect();
    sort_by_name(o.r().lang, &mut delegates, |(_, name)| &name.text);
    let refused = form.problem.is_some();
    let data = view::Organisation { id: id.to_string(), form, delegates };
    o.page(refused, view::organisation(&o.at(&format!("/organizer/organisations/{id}")), o.langs(), data))
}

/// `POST /organizer/organisations/{id}`.
pub async fn save(Path(id): Path<String>, o: Organizing) -> Response {
    let Some((id, _)) = found(&o, &id) else { return o.nothing() };
    match write(&o, id).await {
        Ok(()) => answers::see(&format!("/organizer/organisations/{id}?done=1")),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => one_with(&o, id, Filled { problem: Some(problem), ..o.sent.filled() }),
    }
}

/// `POST /organizer/organisations/{id}/remove`: it can be put back.
pub async fn remove(Path(id): Path<String>, o: Organizing) -> Response {
    let Some((id, about)) = found(&o, &id) else { return o.nothing() };
    match o.act("", &[Act::RemoveOrganisation { id }]).await {
        Err(Wrong::Form(problem)) => {
            one_with(&o, id, Filled { problem: Some(problem), ..kept(fields_of(&about), None) })
        }
        outcome => done(&o, outcome),
    }
}

/// `POST /organizer/organisations/{id}/back`.
pub async fn put_back(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(id) = id.parse::<OrganisationId>() else { return o.nothing() };
    if !o.conference().organisations.contains_key(&id) {
        return o.nothing();
    }
    done(&o, o.act("", &[Act::PutOrganisationBack { id }]).await)
}

fn done(o: &Organizing, outcome: Result<(), Wrong>) -> Response {
    match outcome {
        Ok(()) => answers::see("/organizer/organisations?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => all(o, Filled { problem: Some(problem), ..Filled::default() }),
    }
}
