//! People of a file as they will be written: what several rows say of one person, put together.

use std::collections::BTreeMap;

use nadwa_app::pages::plan::adults::function_name;
use nadwa_app::pages::plan::people::{consent_name, group_name, shows_name};
use nadwa_app::parts::team::role_name;
use nadwa_app::words::{Reader, import as words};
use nadwa_domain::conference::people::{Asked, Consent, Group, NewPerson, Person, Shows};
use nadwa_domain::conference::profile::Profile;
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::{PersonId, SessionId};
use nadwa_domain::{Lang, Phrase, Role, Said, fold};

use crate::http::manage::import::adults::Told;
use crate::http::manage::people::in_every_language;
use crate::http::manage::tables::Row;
use crate::http::manage::{Organizing, adults};

/// What a row says of somebody. What it does not say stays as it is.
pub(super) struct PersonRow {
    pub(super) name: Said,
    pub(super) organisation: Said,
    pub(super) group: Option<Group>,
    pub(super) shows: Option<Shows>,
    pub(super) lang: Option<Lang>,
    pub(super) guardian: Option<Consent>,
    pub(super) media: Option<Consent>,
    pub(super) roles: Vec<Role>,
    pub(super) session: Option<SessionId>,
    /// What it tells of an adult.
    pub(super) told: Told,
}

/// Somebody as they will be written.
pub(super) struct Draft {
    pub(super) id: PersonId,
    pub(super) there: bool,
    pub(super) name: Said,
    pub(super) organisation: Said,
    pub(super) about: NewPerson,
    /// What is told of an adult.
    pub(super) profile: Profile,
    /// Whether a row has said what they are here.
    pub(super) functions_said: bool,
    pub(super) guardian: Consent,
    pub(super) media: Consent,
    pub(super) cards: Vec<(Role, Option<SessionId>)>,
    /// What rows have said so far, by column, each with its line: two that differ are a question for whoever wrote them.
    pub(super) said: BTreeMap<&'static str, (u64, String)>,
}

/// Somebody of whom nothing is known yet.
pub(super) fn fresh(conference: &Conference, id: PersonId, read: &PersonRow) -> Draft {
    let lang = read.lang.unwrap_or_else(|| conference.spoken().next().unwrap_or_default());
    let about = NewPerson { id, group: Group::default(), shows: Shows::default(), lang };
    Draft {
        id,
        there: false,
        name: read.name.clone(),
        organisation: Said::default(),
        about,
        profile: Profile::default(),
        functions_said: false,
        guardian: Consent::default(),
        media: Consent::default(),
        cards: vec![],
        said: BTreeMap::new(),
    }
}

/// Somebody as the conference has them.
pub(super) fn there(o: &Organizing, conference: &Conference, id: PersonId, read: &PersonRow) -> Draft {
    let Some(person) = conference.people.get(&id) else { return fresh(conference, id, read) };
    Draft {
        there: true,
        name: o.app.rooms.kept_name_of(id).unwrap_or_else(|| read.name.clone()),
        organisation: person.organisation.clone(),
        about: person.about,
        profile: person.profile.clone(),
        guardian: person.guardian.state,
        media: person.media.state,
        ..fresh(conference, id, read)
    }
}

impl Draft {
    /// Takes over what a row says; what two rows say differently is told by column.
    pub(super) fn add(&mut self, r: Reader, row: &Row, read: &PersonRow) -> Vec<(&'static str, String)> {
        let mut differ = Vec::new();
        let said = [
            ("group", read.group.map(|group| group_name(r, group))),
            ("shows", read.shows.map(|shows| shows_name(r, shows))),
            ("guardian", read.guardian.map(|state| consent_name(r, state))),
            ("media", read.media.map(|state| consent_name(r, state))),
            ("lang", read.lang.map(Lang::tag)),
        ];
        for (column, value) in said.into_iter().filter_map(|(column, value)| Some((column, value?))) {
            let (line, before) = self.said.entry(column).or_insert_with(|| (row.line, value.to_owned()));
            if before.as_str() != value {
                differ.push((column, words::differs(r, &line.to_string())));
            }
        }
        self.about.group = read.group.unwrap_or(self.about.group);
        self.about.shows = read.shows.unwrap_or(self.about.shows);
        self.about.lang = read.lang.unwrap_or(self.about.lang);
        self.guardian = read.guardian.unwrap_or(self.guardian);
        self.media = read.media.unwrap_or(self.media);
        differ
    }

    /// Whether a row calls somebody as they are called, or as our own files show them.
    pub(super) fn is_called(&self, o: &Organizing, typed: &Said) -> bool {
        let shown = o.app.rooms.name_of(self.id).filter(|_| self.there).unwrap_or_default();
        let known = |name: &String| {
            let mut names = self.name.0.values().chain(shown.0.values());
            names.any(|other| fold::key(other) == fold::key(name))
        };
        typed.0.values().all(known)
    }

    pub(super) fn acts(&self, conference: &Conference) -> Vec<Act> {
        let person = self.about;
        let before = conference.people.get(&self.id);
        let mut acts = adults::acts(conference, person, self.organisation.clone(), self.profile.clone());
        let state = |of: fn(&Person) -> Consent| before.map(of).unwrap_or_default();
        for (asked, now, was) in [
            (Asked::Guardian, self.guardian, state(|person| person.guardian.state)),
            (Asked::Media, self.media, state(|person| person.media.state)),
        ] {
            if now != was {
                acts.push(Act::NoteConsent { person: self.id, asked, state: now });
            }
        }
        acts
    }

    /// Cards that the person does not hold yet.
    pub(super) fn new_cards(&self, conference: &Conference) -> Vec<(Role, Option<SessionId>)> {
        let held = |role: Role, session: Option<SessionId>| {
            conference.passes.values().any(|pass| {
                let issued = &pass.issued;
                !pass.revoked && issued.person == Some(self.id) && issued.role == role && issued.session == session
            })
        };
        self.cards.iter().copied().filter(|(role, session)| !held(*role, *session)).collect()
    }

    /// A row by the values that will be written.
    pub(super) fn shown(
        &self,
        r: Reader,
        conference: &Conference,
        session: Option<SessionId>,
        roles: &[Role],
    ) -> Vec<Phrase> {
        let ours = |text: &str| Phrase { text: text.to_owned(), lang: r.lang, dir: r.lang.dir() };
        let adult = self.about.group == Group::Adult;
        let listed = self.profile.of.and_then(|of| conference.organisation(of)).map(|about| &about.name);
        let told = |said: &Said| if adult { said.for_reader(r.lang) } else { ours("") };
        let organisation = told(listed.unwrap_or(&self.organisation));
        let functions: Vec<&str> = self.profile.functions.iter().map(|of| function_name(r, *of)).collect();
        let functions = if adult { functions.join(" · ") } else { String::new() };
        let roles: Vec<&str> = roles.iter().map(|role| role_name(r, *role)).collect();
        let session = session.and_then(|id| conference.listing(id)).map(|listing| listing.title.for_reader(r.lang));
        vec![
            in_every_language(&self.name, r.lang),
            ours(if self.there { words::is_there(r) } else { words::is_new(r) }),
            ours(group_name(r, self.about.group)),
            ours(shows_name(r, self.about.shows)),
            ours(self.about.lang.info().name),
            organisation,
            ours(&functions),
            told(&self.profile.title),
            told(&self.profile.office),
            told(&self.profile.country),
            ours(consent_name(r, self.guardian)),
            ours(consent_name(r, self.media)),
            ours(&roles.join(" · ")),
            session.unwrap_or_default(),
        ]
    }
}
