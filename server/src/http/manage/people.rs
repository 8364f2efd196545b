//! People and their consents.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use nadwa_app::pages::plan::people::{self as view, PersonForm, PersonView};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::words::{numbers, people as words, refusal};
use nadwa_domain::conference::people::{Asked, Group, NewPerson, Person, Shows};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::{PersonId, SessionId};
use nadwa_domain::names::{Advice, advice, telling};
use nadwa_domain::{Choice, Lang, Phrase, Refusal, Role, Said, fold};

use crate::collation::sort_by_name;
use crate::edge;
use crate::http::forms::word;
use crate::http::manage::adults;
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{LINE, Organizing, Wrong, kept, put_said};
use crate::http::{App, answers};

/// The page of people, one's own page, and their forms.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/organizer/people/{id}", get(one).post(save))
        .route("/organizer/people/{id}/consent", post(consent))
        .route("/organizer/people/{id}/stand", post(stand))
        .route("/organizer/people/{id}/remove", post(remove))
        .route("/organizer/people", get(page).post(add))
}

/// `GET /organizer/people`.
pub async fn page(left: Left, o: Organizing) -> Response {
    everybody(&o, fresh(&o, kept(BTreeMap::new(), saved(o.r(), &left))))
}

fn fresh(o: &Organizing, mut form: Filled) -> PersonForm {
    form.fields.entry("id".to_owned()).or_insert_with(|| edge::fresh_id().to_string());
    form.fields.entry("group".to_owned()).or_insert_with(|| "child".to_owned());
    PersonForm { form, organisations: adults::organisations(o), ..PersonForm::default() }
}

/// Everybody's name. Those of one name have a number beside it, and the session of their card: a list in which nobody
/// can tell two children apart gives one the other's consent (`N4`).
#[must_use]
pub fn names(o: &Organizing) -> BTreeMap<PersonId, Phrase> {
    let (conference, r) = (o.conference(), o.r());
    let mut alike: BTreeMap<String, Vec<PersonId>> = BTreeMap::new();
    let mut names: BTreeMap<PersonId, Phrase> = BTreeMap::new();
    for id in conference.people.keys() {
        let name = o.app.rooms.kept_name_of(*id).unwrap_or_default().for_reader(r.lang);
        alike.entry(fold::key(&name.text)).or_default().push(*id);
        names.insert(*id, name);
    }
    for ids in alike.values().filter(|ids| ids.len() > 1) {
        for (number, id) in (1..).zip(ids) {
            let session = cards(&conference, *id).into_iter().find_map(|(_, session)| conference.listing(session?));
            let session = session.map(|listing| format!(" · {}", listing.title.for_reader(r.lang).text));
            if let Some(name) = names.get_mut(id) {
                let number = numbers::number(r, number);
                name.text = format!("{} ({number}){}", name.text, session.unwrap_or_default());
            }
        }
    }
    names
}

/// A name in every language that it has: whoever judges it sees all of it (`S12`).
#[must_use]
pub fn in_every_language(name: &Said, lang: Lang) -> Phrase {
    let own = name.for_reader(lang);
    let others = name.0.values().filter(|other| **other != own.text);
    let all = std::iter::once(&own.text).chain(others).map(String::as_str).collect::<Vec<_>>().join(" · ");
    Phrase { text: all, ..own }
}

/// Whether somebody of this name is there already, in any language.
fn is_there(o: &Organizing, name: &Said) -> bool {
    let keys: Vec<String> = name.0.values().map(|name| fold::key(name)).collect();
    let kept = |id: &PersonId| o.app.rooms.kept_name_of(*id).unwrap_or_default();
    o.conference().people.keys().any(|id| kept(id).0.values().any(|name| keys.contains(&fold::key(name))))
}

fn everybody(o: &Organizing, new: PersonForm) -> Response {
    let conference = o.conference();
    let lang = o.r().lang;
    let names = names(o);
    let mut people: Vec<PersonView> = conference
        .people
        .iter()
        .map(|(id, person)| PersonView {
            id: id.to_string(),
            name: names.get(id).cloned().unwrap_or_default(),
            every: in_every_language(&o.app.rooms.kept_name_of(*id).unwrap_or_default(), lang),
            shown: o.app.rooms.name_of(*id).unwrap_or_default().for_reader(lang),
            group: person.about.group,
            guardian: person.has_guardian().then_some(person.guardian.state),
            media: person.media.state,
            roles: roles(&conference, *id),
            functions: person.profile.functions.clone(),
            organisation: conference.organisation_of(person).for_reader(lang),
            held: is_held(&o.app, person),
        })
        .collect();
    sort_by_name(lang, &mut people, |person| &person.name.text);
    let refused = new.form.problem.is_some() || new.nudge.is_some();
    o.page(refused, view::people(&o.at("/organizer/people"), o.langs(), people, new))
}

/// Roles that a person holds cards for.
#[must_use]
pub fn roles(conference: &Conference, person: PersonId) -> Vec<Role> {
    let cards = conference.passes.values().filter(|pass| !pass.revoked && pass.issued.person == Some(person));
    let mut roles: Vec<Role> = cards.map(|pass| pass.issued.role).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// The cards that a file says and takes: which role, and in which session.
#[must_use]
pub fn cards(conference: &Conference, person: PersonId) -> Vec<(Role, Option<SessionId>)> {
    let told = |role: Role| {
        !role.safeguards() && !matches!(role, Role::Organizer | Role::Author | Role::Mentor | Role::Respondent)
    };
    let cards = conference.passes.values().filter(|pass| !pass.revoked && pass.issued.person == Some(person));
    let mut cards: Vec<_> = cards.map(|pass| (pass.issued.role, pass.issued.session)).collect();
    cards.retain(|(role, _)| told(*role));
    cards.sort_unstable();
    cards.dedup();
    cards
}

/// `POST /organizer/people`: a new person. The id came with the form: sent twice, it is the same person.
pub async fn add(o: Organizing) -> Response {
    let id = o.sent.get("id").parse::<PersonId>().unwrap_or(PersonId(edge::fresh_id()));
    let again = o.conference().people.contains_key(&id);
    match write(&o, id, !again).await {
        Ok(()) => answers::see("/organizer/people?done=1"),
        Err(Refused::Page(page)) => *page,
        Err(Refused::Form(problem, nudge)) => {
            let form = Filled { problem, ..o.sent.filled() };
            everybody(&o, PersonForm { nudge, ..fresh(&o, form) })
        }
    }
}

/// `GET /organizer/people/{id}`.
pub async fn one(Path(id): Path<String>, left: Left, o: Organizing) -> Response {
    let conference = o.conference();
    let person = id.parse::<PersonId>().ok().and_then(|id| conference.people.get(&id));
    let Some(person) = person else { return o.nothing() };
    let form = kept(fields_of(&o.app, person), saved(o.r(), &left));
    one_with(&o, person, form, None)
}

/// Whether a name waits until an organizer has looked at it (`S12`).
fn is_held(app: &App, person: &Person) -> bool {
    app.rooms.kept_name_of(person.about.id).is_some_and(|name| person.holds(&name))
}

fn fields_of(app: &App, person: &Person) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    put_said(&mut fields, "name", &app.rooms.kept_name_of(person.about.id).unwrap_or_default());
    put_said(&mut fields, "organisation", &person.organisation);
    adults::put_profile(&mut fields, &person.profile);
    let (group, shows) = (person.about.group.key(), person.about.shows.key());
    for (name, value) in [("group", group), ("shows", shows), ("lang", person.about.lang.tag())] {
        fields.insert(name.to_owned(), value.to_owned());
    }
    fields
}

fn one_with(o: &Organizing, person: &Person, form: Filled, nudge: Option<String>) -> Response {
    let refused = form.problem.is_some() || nudge.is_some();
    let consent = |asked, checked: nadwa_domain::conference::people::Checked| {
        let known = checked.state != nadwa_domain::conference::people::Consent::Unchecked;
        (asked, checked.state, known.then_some((checked.at, checked.by)))
    };
    let guardian = person.has_guardian().then(|| consent(Asked::Guardian, person.guardian));
    let id = person.about.id.to_string();
    let data = PersonForm {
        id: id.clone(),
        there: true,
        form,
        nudge,
        held: is_held(&o.app, person),
        organisations: adults::organisations(o),
        consents: guardian.into_iter().chain([consent(Asked::Media, person.media)]).collect(),
    };
    o.page(refused, view::person(&o.at(&format!("/organizer/people/{id}")), o.langs(), data))
}

/// `POST /organizer/people/{id}`.
pub async fn save(Path(id): Path<String>, o: Organizing) -> Response {
    let conference = o.conference();
    let person = id.parse::<PersonId>().ok().and_then(|id| conference.people.get(&id));
    let Some(person) = person else { return o.nothing() };
    match write(&o, person.about.id, false).await {
        Ok(()) => answers::see(&format!("/organizer/people/{id}?done=1")),
        Err(Refused::Page(page)) => *page,
        Err(Refused::Form(problem, nudge)) => one_with(&o, person, Filled { problem, ..o.sent.filled() }, nudge),
    }
}

enum Refused {
    Form(Option<Problem>, Option<String>),
    Page(Box<Response>),
}

async fn write(o: &Organizing, id: PersonId, new: bool) -> Result<(), Refused> {
    let form = |problem| Refused::Form(Some(problem), None);
    let said = |name: &str| o.sent.said(name, LINE).map_err(|refusal| form(o.problem(name, &refusal)));
    let (name, organisation) = (said("name")?, said("organisation")?);
    if name.0.is_empty() {
        return Err(form(o.problem("name", &Refusal::Empty)));
    }
    let group = word::<Group>(Some(o.sent.get("group"))).unwrap_or_default();
    let shows = word::<Shows>(Some(o.sent.get("shows"))).unwrap_or(adults::usually_shows(group));
    let profile = adults::profile_of(o).map_err(form)?;
    // A child's function is refused; the rest is not kept of a child, as the form says.
    if group == Group::Child && !profile.functions.is_empty() {
        return Err(form(o.says("functions", refusal::adults_only(o.r()))));
    }
    let lang = Lang::from_tag(o.sent.get("lang")).unwrap_or_default();
    let looked_at = o.sent.is_on("as_it_is");
    match name_advice(&name) {
        Advice::Reserved => return Err(form(o.problem("name", &Refusal::ReservedName))),
        Advice::TellsMuch | Advice::MayTell if group == Group::Child && !looked_at => {
            return Err(Refused::Form(None, Some(shorter(&name))));
        }
        Advice::Fine | Advice::MayTell | Advice::TellsMuch => {}
    }
    if new && !o.sent.is_on("another") && is_there(o, &name) {
        return Err(form(o.says("another", words::another_of_this_name(o.r()))));
    }
    let person = NewPerson { id, group, shows, lang };
    let organisation = if profile.of.is_some() { Said::default() } else { organisation };
    let acts = adults::acts(&o.conference(), person, organisation, profile);
    let refused = |wrong| match wrong {
        Wrong::Form(problem) => form(problem),
        Wrong::Page(page) => Refused::Page(page),
    };
    let tells = name_advice(&name) != Advice::Fine;
    o.act("name", &acts).await.map_err(refused)?;
    o.app.rooms.remember(id, name).await.map_err(|error| refused(o.wrong("name", error.into())))?;
    // Last: what was looked at is this name, and not the one that stood there before.
    if tells && looked_at {
        o.act("name", &[Act::LetNameStand { person: id }]).await.map_err(refused)?;
    }
    Ok(())
}

/// `POST /organizer/people/{id}/stand`: a name that was held may be seen as it is.
pub async fn stand(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(person) = id.parse::<PersonId>() else { return o.nothing() };
    match o.act("", &[Act::LetNameStand { person }]).await {
        Ok(()) => answers::see("/organizer/people?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(_)) => o.nothing(),
    }
}

/// What is to be said of a name in any of its languages (`S12`, `S25`): the gravest.
#[must_use]
pub fn name_advice(name: &Said) -> Advice {
    let advices: Vec<Advice> = name.0.values().map(|name| advice(name, [])).collect();
    match () {
        () if advices.contains(&Advice::Reserved) => Advice::Reserved,
        () if advices.contains(&Advice::TellsMuch) => Advice::TellsMuch,
        () if advices.contains(&Advice::MayTell) => Advice::MayTell,
        () => Advice::Fine,
    }
}

/// What of a name would do.
fn shorter(name: &Said) -> String {
    let mut short = name.0.values().filter_map(|name| telling::shorter(name));
    let first_word = |name: &Said| {
        let first = name.0.values().next().cloned().unwrap_or_default();
        first.split_whitespace().next().unwrap_or_default().to_owned()
    };
    short.next().unwrap_or_else(|| first_word(name))
}

/// `POST /organizer/people/{id}/consent`: what is withdrawn hides the name everywhere at once (`S21`).
pub async fn consent(Path(id): Path<String>, o: Organizing) -> Response {
    let (Ok(person), Some(asked), Some(state)) =
        (id.parse::<PersonId>(), word(Some(o.sent.get("asked"))), word(Some(o.sent.get("state"))))
    else {
        return o.nothing();
    };
    match o.act("", &[Act::NoteConsent { person, asked, state }]).await {
        Ok(()) => answers::see(&format!("/organizer/people/{id}?done=1")),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(_)) => o.nothing(),
    }
}

/// `POST /organizer/people/{id}/remove`: the cards stop working, the name is gone.
pub async fn remove(Path(id): Path<String>, o: Organizing) -> Response {
    let conference = o.conference();
    let person = id.parse::<PersonId>().ok().and_then(|id| conference.people.get(&id));
    let Some(person) = person else { return o.nothing() };
    match o.act("", &[Act::RemovePerson { id: person.about.id }]).await {
        Ok(()) => {}
        Err(Wrong::Page(page)) => return *page,
        Err(Wrong::Form(problem)) => {
            let form = Filled { problem: Some(problem), ..kept(fields_of(&o.app, person), None) };
            return one_with(&o, person, form, None);
        }
    }
    let told = o.app.rooms.conference().forget_told(person.about.id).await;
    match told.and(o.app.rooms.forget(person.about.id).await) {
        Ok(()) => answers::see("/organizer/people?done=1"),
        Err(error) => match o.wrong("", error.into()) {
            Wrong::Page(page) => *page,
            Wrong::Form(_) => o.nothing(),
        },
    }
}
