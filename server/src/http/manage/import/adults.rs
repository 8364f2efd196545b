//! What a file tells of adults besides the name (`C1`): functions, title, office, organisation, country, a short text,
//! the order of protocol.

use std::collections::BTreeMap;

use nadwa_app::words::{Reader, import as words, numbers, profile};
use nadwa_domain::conference::Conference;
use nadwa_domain::conference::people::Group;
use nadwa_domain::conference::profile::Function;
use nadwa_domain::conference::suits::Fit;
use nadwa_domain::ids::OrganisationId;
use nadwa_domain::{Said, fold};

use crate::http::manage::adults::{LAST, usually_shows};
use crate::http::manage::import::Found;
use crate::http::manage::import::drafts::{Draft, PersonRow};
use crate::http::manage::import::values::functions;
use crate::http::manage::tables::{Row, problem};
use crate::http::manage::{LINE, PARAGRAPH};

/// Organisations of the list by the name that they go by, folded once.
pub(super) type Organisations = BTreeMap<String, Vec<OrganisationId>>;

/// What a row tells of an adult. What it does not say stays as it is.
#[derive(Default)]
pub(super) struct Told {
    title: Said,
    office: Said,
    country: Said,
    about: Said,
    order: Option<u32>,
    functions: Vec<Function>,
}

impl Told {
    fn is_nothing(&self) -> bool {
        let texts = [&self.title, &self.office, &self.country, &self.about];
        texts.iter().all(|said| said.0.is_empty()) && self.order.is_none() && self.functions.is_empty()
    }
}

/// The organisations of the list, to be found by a name in any language.
pub(super) fn organisations(conference: &Conference) -> Organisations {
    let mut by_name: Organisations = BTreeMap::new();
    for (id, about) in conference.listed_organisations() {
        for name in about.name.0.values() {
            let ids = by_name.entry(fold::key(name)).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    by_name
}

impl Found {
    /// Reads what a row tells of an adult.
    pub(super) fn told_of(&mut self, r: Reader, row: &Row) -> Told {
        Told {
            title: self.said(r, row, "prefix", LINE),
            office: self.said(r, row, "office", LINE),
            country: self.said(r, row, "country", LINE),
            about: self.said(r, row, "bio", PARAGRAPH),
            order: self.order(r, row),
            functions: self.functions(r, row),
        }
    }

    fn order(&mut self, r: Reader, row: &Row) -> Option<u32> {
        let typed = row.get("order").trim();
        let order = numbers::parse_digits(typed).parse().ok().filter(|order| (1..=LAST).contains(order));
        if order.is_none() && !typed.is_empty() {
            self.wrong(row, "order", profile::bad_order(r).to_owned());
        }
        order
    }

    /// One function, or several with a semicolon between.
    fn functions(&mut self, r: Reader, row: &Row) -> Vec<Function> {
        let typed = row.get("function");
        if typed.is_empty() {
            return vec![];
        }
        let known = functions();
        let mut found = Vec::new();
        for typed in typed.split([';', '؛', '|']).map(str::trim).filter(|typed| !typed.is_empty()) {
            match known.iter().find(|(name, _)| fold::key(name) == fold::key(typed)) {
                Some((_, function)) => found.push(*function),
                None => self.wrong(row, "function", words::bad_value(r, typed)),
            }
        }
        found
    }

    /// What an organizer has to know of it, and what is refused in it.
    pub(super) fn says_of_adults(&mut self, r: Reader, row: &Row, draft: &Draft, read: &PersonRow) {
        if draft.about.group == Group::Child {
            if read.told.functions.iter().any(|function| function.suits().fit(Group::Child) == Fit::Refused) {
                self.wrong(row, "function", profile::adults_function(r).to_owned());
            } else if !read.told.is_nothing() {
                self.told.push(problem(row.line, "bio", profile::not_of_children(r).to_owned()));
            }
            if draft.about.shows.suits().fit(Group::Child) == Fit::Refused {
                self.wrong(row, "shows", profile::full_name_of_child(r).to_owned());
            }
        } else if !read.organisation.0.is_empty() && draft.profile.of.is_none() {
            self.told.push(problem(row.line, "organisation", profile::not_in_list(r).to_owned()));
        }
    }
}

impl Draft {
    /// Takes over what a row tells of an adult; several rows of one person tell several functions.
    pub(super) fn tell(&mut self, conference: &Conference, listed: &Organisations, read: &PersonRow) {
        let told = &read.told;
        for (own, typed) in [
            (&mut self.profile.title, &told.title),
            (&mut self.profile.office, &told.office),
            (&mut self.profile.country, &told.country),
            (&mut self.profile.about, &told.about),
        ] {
            own.0.extend(typed.0.clone());
        }
        self.profile.order = told.order.or(self.profile.order);
        if !told.functions.is_empty() && !std::mem::replace(&mut self.functions_said, true) {
            self.profile.functions.clear();
        }
        self.profile.functions.extend(&told.functions);
        self.profile = std::mem::take(&mut self.profile).tidied();
        if read.shows.is_none() && !self.there && !self.said.contains_key("shows") {
            self.about.shows = usually_shows(self.about.group);
        }
        if !read.organisation.0.is_empty() {
            self.profile.of = found(conference, listed, &read.organisation, &self.profile.country);
            self.organisation = if self.profile.of.is_some() { Said::default() } else { read.organisation.clone() };
        }
    }
}

/// The organisation of a name: of several of one name, the one of the country.
fn found(conference: &Conference, listed: &Organisations, name: &Said, country: &Said) -> Option<OrganisationId> {
    let mut ids: Vec<OrganisationId> =
        name.0.values().filter_map(|name| listed.get(&fold::key(name))).flatten().copied().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > 1 {
        let countries: Vec<String> = country.0.values().map(|country| fold::key(country)).collect();
        let there = |id: &OrganisationId| {
            let own = conference.organisation(*id).map(|about| &about.country);
            own.is_some_and(|own| own.0.values().any(|country| countries.contains(&fold::key(country))))
        };
        ids.retain(there);
    }
    (ids.len() == 1).then(|| ids[0])
}
