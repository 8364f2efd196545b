//! The conference as everybody sees it: what it says of itself, its speakers, its organisations (`C2`).

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use nadwa_app::pages::conference::{self as view, About, Speaker, Taking};
use nadwa_app::words::conference as words;
use nadwa_domain::conference::about::Section;
use nadwa_domain::conference::organisations::{Organisation, Standing};
use nadwa_domain::conference::people::{Group, Person};
use nadwa_domain::conference::profile::Function;
use nadwa_domain::conference::{Conference, Listing};
use nadwa_domain::ids::{OrganisationId, PersonId};
use nadwa_domain::{Choice, Instant, Lang, Phrase};

use crate::collation::sort_by_name;
use crate::http::public::conference_view;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::zone;

/// Three pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/conference", get(about))
        .route("/speakers", get(speakers))
        .route("/organisations", get(organisations))
}

/// `GET /conference`.
pub async fn about(State(app): State<App>, visitor: Visitor) -> Response {
    let conference = app.rooms.conference().state();
    let lang = visitor.reader.lang;
    let days = days(&conference).map(|days| days.map(|at| (at, zone::offset(&conference, at))));
    let part = |section: &Section| (*section, conference.says(*section).for_reader(lang));
    let committee = |person: &&Person| person.profile.is(Function::Committee);
    let data = About {
        conference: conference_view(&conference, lang),
        days,
        contact: conference.contact.for_reader(lang),
        parts: Section::ALL.iter().map(part).filter(|(_, text)| !text.is_empty()).collect(),
        hosts: named(&conference, lang, Standing::Host),
        partners: named(&conference, lang, Standing::Partner),
        committee: by_protocol(&app, lang, &conference, conference.people.values().filter(committee)),
    };
    answers::html(&app, StatusCode::OK, view::conference(&visitor.page(&app), data))
}

/// The first and the last day: as the settings say, else as the programme has them.
fn days(conference: &Conference) -> Option<[Instant; 2]> {
    let first = conference.public_sessions().map(|listing| listing.starts_at).min();
    let last = conference.public_sessions().map(|listing| listing.starts_at).max();
    let set = conference.days.map(|(from, until)| [from, Instant(until.0 - 1)]);
    set.or_else(|| Some([first?, last?]))
}

fn named(conference: &Conference, lang: Lang, standing: Standing) -> Vec<Phrase> {
    let of = conference.listed_organisations().filter(|(_, about)| about.standing == standing);
    let mut names: Vec<Phrase> = of.map(|(_, about)| about.name.for_reader(lang)).collect();
    sort_by_name(lang, &mut names, |name| &name.text);
    names
}

/// Where each person speaks, as everybody sees the programme.
fn parts(conference: &Conference) -> BTreeMap<PersonId, Vec<&Listing>> {
    let mut parts: BTreeMap<PersonId, Vec<&Listing>> = BTreeMap::new();
    for listing in conference.public_sessions() {
        for id in &listing.speakers {
            parts.entry(*id).or_default().push(listing);
        }
    }
    for listings in parts.values_mut() {
        listings.sort_by_key(|listing| listing.starts_at);
    }
    parts
}

/// Named adults, by the order of protocol, then by name. Nobody who is a child, whatever else is written of them.
fn by_protocol<'a>(
    app: &App,
    lang: Lang,
    conference: &Conference,
    people: impl Iterator<Item = &'a Person>,
) -> Vec<Speaker> {
    let adults = people.filter(|person| person.about.group == Group::Adult && person.is_named());
    let mut told: Vec<(Option<u32>, Speaker)> = adults
        .filter_map(|person| {
            let name = app.rooms.name_of(person.about.id)?.for_reader(lang);
            let speaker = Speaker {
                id: person.about.id.to_string(),
                title: person.profile.title.for_reader(lang),
                name,
                office: person.profile.office.for_reader(lang),
                organisation: conference.organisation_of(person).for_reader(lang),
                country: conference.country_of(person).for_reader(lang),
                about: person.profile.about.for_reader(lang),
                sessions: vec![],
            };
            Some((person.profile.order, speaker))
        })
        .collect();
    sort_by_name(lang, &mut told, |(_, speaker)| &speaker.name.text);
    told.sort_by_key(|(order, _)| order.unwrap_or(u32::MAX));
    told.into_iter().map(|(_, speaker)| speaker).collect()
}

/// `GET /speakers`: adults with a part in the programme.
pub async fn speakers(State(app): State<App>, visitor: Visitor) -> Response {
    let conference = app.rooms.conference().state();
    let lang = visitor.reader.lang;
    let parts = parts(&conference);
    let people = parts.keys().filter_map(|id| conference.people.get(id));
    let mut people = by_protocol(&app, lang, &conference, people);
    for person in &mut people {
        let listings = person.id.parse().ok().and_then(|id: PersonId| parts.get(&id)).into_iter().flatten();
        let session = |listing: &&Listing| {
            let page = listing.code.as_ref().map(|code| format!("/s/{}", code.as_str()));
            (listing.title.for_reader(lang), page)
        };
        person.sessions = listings.map(session).collect();
    }
    answers::html(&app, StatusCode::OK, view::speakers(&visitor.page(&app), people))
}

/// `GET /organisations`: hosts, partners, and whoever takes part besides.
pub async fn organisations(State(app): State<App>, visitor: Visitor) -> Response {
    let conference = app.rooms.conference().state();
    let (r, lang) = (visitor.reader, visitor.reader.lang);
    let parts = parts(&conference);
    let mut delegates: BTreeMap<OrganisationId, Vec<&Person>> = BTreeMap::new();
    for person in parts.keys().filter_map(|id| conference.people.get(id)) {
        if let Some(of) = person.profile.of {
            delegates.entry(of).or_default().push(person);
        }
    }
    let taking = |(id, about): (OrganisationId, &Organisation)| {
        let own = delegates.get(&id).into_iter().flatten().copied();
        let own = by_protocol(&app, lang, &conference, own);
        Taking {
            name: about.name.for_reader(lang),
            kind: about.kind,
            country: about.country.for_reader(lang),
            speakers: own.into_iter().map(|speaker| (speaker.id, speaker.name)).collect(),
        }
    };
    let group = |standing: &Standing| {
        let of = conference.listed_organisations().filter(|(_, about)| about.standing == *standing);
        let mut rows: Vec<Taking> = of.map(taking).collect();
        sort_by_name(lang, &mut rows, |row| &row.name.text);
        let label = match standing {
            Standing::Host => words::hosts(r),
            Standing::Partner => words::partners(r),
            Standing::Guest => words::guests(r),
        };
        (label, rows)
    };
    let groups: Vec<_> = Standing::ALL.iter().map(group).filter(|(_, rows)| !rows.is_empty()).collect();
    answers::html(&app, StatusCode::OK, view::organisations(&visitor.page(&app), groups))
}
