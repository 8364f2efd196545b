//! People of a file. Who somebody is follows from an id or from an organizer's answer, never from a name: two rows of
//! one name are two people or a question (`S12`, `S21`).

use std::collections::BTreeMap;

use nadwa_app::pages::plan::import::Question;
use nadwa_app::words::{Reader, import as words, profile};
use nadwa_domain::conference::Conference;
use nadwa_domain::conference::people::Group;
use nadwa_domain::ids::{PersonId, SessionId};
use nadwa_domain::names::{Advice, telling};
use nadwa_domain::{Lang, Phrase, Role, Said, fold};

use crate::edge;
use crate::http::manage::cards::Fresh;
use crate::http::manage::import::adults::{Organisations, organisations};
use crate::http::manage::import::drafts::{Draft, PersonRow, fresh, there};
use crate::http::manage::import::values::{consents, groups, roles, shows};
use crate::http::manage::import::{Found, names_of};
use crate::http::manage::people::name_advice;
use crate::http::manage::tables::{Row, problem};
use crate::http::manage::{LINE, Organizing};

/// A form asks about so many rows one by one; about more, once for all.
const MOST_ASKED: usize = 50;
/// So many of the same name are offered.
const MOST_OFFERED: usize = 12;

/// Who a row is about.
enum Is {
    /// Somebody new.
    New,
    /// Somebody of the conference, or of an earlier row.
    Known(PersonId),
    /// Nobody can tell yet.
    Asked,
}

/// The people of a file while it is read.
struct Reading<'a> {
    conference: &'a Conference,
    /// Those of the conference and of earlier rows whose names read alike: only ever a reason to ask.
    alike: BTreeMap<String, Vec<(PersonId, Option<u64>)>>,
    /// People by the id that the file itself gives them.
    labels: BTreeMap<String, PersonId>,
    /// Organisations by name.
    organisations: Organisations,
    drafts: Vec<Draft>,
    by_id: BTreeMap<PersonId, usize>,
    /// Which draft each shown row is of, and where it stands.
    rows: Vec<(usize, Option<SessionId>, Vec<Role>)>,
}

impl Found {
    /// People, one a row; of one person several rows say several cards.
    pub(super) fn people(&mut self, o: &Organizing, conference: &Conference, rows: &[Row]) {
        let mut alike: BTreeMap<String, Vec<(PersonId, Option<u64>)>> = BTreeMap::new();
        for (name, id) in names_of(o, conference) {
            alike.entry(fold::key(&name)).or_default().push((id, None));
        }
        let mut reading = Reading {
            conference,
            alike,
            labels: BTreeMap::new(),
            organisations: organisations(conference),
            drafts: Vec::new(),
            by_id: BTreeMap::new(),
            rows: Vec::new(),
        };
        for row in rows {
            let before = self.problems.len();
            let Some(read) = self.person(o.r(), conference, row) else { continue };
            if self.problems.len() > before {
                continue;
            }
            let is = self.who(o, &reading, row, &read);
            self.take(o, &mut reading, row, read, &is);
        }
        self.finish(o, &reading);
    }

    /// Who a row is about: by the id in it, by a name that nobody else has, by an answer.
    fn who(&mut self, o: &Organizing, reading: &Reading, row: &Row, read: &PersonRow) -> Is {
        let label = row.get("person");
        let ids = label.parse().ok().into_iter().chain(of_a_file(row, read));
        let there = ids.into_iter().find(|id| reading.conference.people.contains_key(id));
        if let Some(known) = there.or_else(|| reading.labels.get(label).copied()) {
            return Is::Known(known);
        }
        let mut known: Vec<(PersonId, Option<u64>)> = Vec::new();
        for (id, line) in read.name.0.values().filter_map(|name| reading.alike.get(&fold::key(name))).flatten() {
            // A file that numbers its people has told its own rows apart.
            let apart = !label.is_empty() && line.is_some();
            if !apart && !known.iter().any(|(other, _)| other == id) {
                known.push((*id, *line));
            }
        }
        if known.is_empty() {
            return Is::New;
        }
        let own = o.sent.get(&format!("who.{}", row.line));
        let answer = if own.is_empty() { o.sent.get("who") } else { own };
        let one = || known.iter().find(|(id, line)| value_of(*id, *line) == answer).map(|(id, _)| *id);
        match answer {
            "new" => Is::New,
            "same" if known.len() == 1 => Is::Known(known[0].0),
            _ => match one() {
                Some(id) => Is::Known(id),
                None => {
                    self.ask(o, row, read, &known);
                    Is::Asked
                }
            },
        }
    }

    fn ask(&mut self, o: &Organizing, row: &Row, read: &PersonRow, known: &[(PersonId, Option<u64>)]) {
        self.open += 1;
        if self.questions.len() >= MOST_ASKED {
            return;
        }
        let r = o.r();
        let choice = |(id, line): &(PersonId, Option<u64>)| {
            let says = match line {
                Some(line) => words::same_as_line(r, &line.to_string()),
                None => {
                    let name = o.app.rooms.kept_name_of(*id).unwrap_or_default().for_reader(r.lang).text;
                    words::same_as_there(r, &name)
                }
            };
            (value_of(*id, *line), says)
        };
        let choices = known.iter().take(MOST_OFFERED).map(choice).collect();
        let name = read.name.for_reader(r.lang);
        self.questions.push(Question { line: row.line, name, choices });
    }

    /// Adds what a row says to whom it is about.
    fn take(&mut self, o: &Organizing, reading: &mut Reading, row: &Row, read: PersonRow, is: &Is) {
        let r = o.r();
        let place = match is {
            Is::Known(id) => match reading.by_id.get(id).copied() {
                Some(place) => place,
                None => reading.begin(there(o, reading.conference, *id, &read)),
            },
            Is::New | Is::Asked => {
                let of_file = of_a_file(row, &read).filter(|id| !reading.by_id.contains_key(id));
                let id = of_file.unwrap_or_else(|| PersonId(edge::fresh_id()));
                let names: Vec<String> = read.name.0.values().map(|name| fold::key(name)).collect();
                for name in names {
                    reading.alike.entry(name).or_default().push((id, Some(row.line)));
                }
                reading.begin(fresh(reading.conference, id, &read))
            }
        };
        let draft = &mut reading.drafts[place];
        if !row.get("person").is_empty() {
            reading.labels.insert(row.get("person").to_owned(), draft.id);
        }
        for (column, sentence) in draft.add(r, row, &read) {
            self.wrong(row, column, sentence);
        }
        draft.tell(reading.conference, &reading.organisations, &read);
        if !draft.is_called(o, &read.name) {
            self.wrong(row, "name", words::another_name(r).to_owned());
        }
        self.says(r, row, draft, &read);
        for role in &read.roles {
            let session = read.session.filter(|_| !role.safeguards());
            if !draft.cards.contains(&(*role, session)) {
                draft.cards.push((*role, session));
            }
        }
        reading.rows.push((place, read.session, read.roles));
    }

    /// What an organizer has to know of a row, and what is refused in it.
    fn says(&mut self, r: Reader, row: &Row, draft: &Draft, read: &PersonRow) {
        let child = draft.about.group == Group::Child;
        let mut tell = |column: &str, sentence: &str| self.told.push(problem(row.line, column, sentence.to_owned()));
        if child && !read.organisation.0.is_empty() {
            tell("organisation", words::not_kept(r));
        }
        let tells = draft.name.0.values().any(|name| telling::tells(name) > telling::Tells::First);
        if child && tells && !draft.there {
            tell("name", words::will_wait(r));
        }
        self.says_of_adults(r, row, draft, read);
        if child && read.roles.iter().any(|role| role.is_adult()) {
            self.wrong(row, "role", words::adults_only(r).to_owned());
        }
        if !child && read.roles.iter().any(|role| role.is_childs()) {
            self.adults.push(row.line);
        }
    }

    /// What will be written, and how it is shown.
    fn finish(&mut self, o: &Organizing, reading: &Reading) {
        let r = o.r();
        self.heads = [
            words::head_name(r),
            words::head_who(r),
            words::head_group(r),
            words::head_shows(r),
            words::head_lang(r),
            words::head_organisation(r),
            profile::functions(r),
            profile::title(r),
            profile::office(r),
            profile::country(r),
            words::head_guardian(r),
            words::head_media(r),
            words::head_role(r),
            words::head_session(r),
        ]
        .map(|head| Phrase::written(head, r.lang))
        .to_vec();
        for (place, session, roles) in &reading.rows {
            self.shown.push(reading.drafts[*place].shown(r, reading.conference, *session, roles));
        }
        for draft in &reading.drafts {
            self.acts.extend(draft.acts(reading.conference));
            if !draft.there {
                self.names.push((draft.id, draft.name.clone()));
            }
            for (role, session) in draft.new_cards(reading.conference) {
                self.acts.push(Fresh::unprinted(role, session, Some(draft.id)));
                self.sessions.extend(session.filter(|session| !self.sessions.contains(session)));
            }
        }
    }

    fn person(&mut self, r: Reader, conference: &Conference, row: &Row) -> Option<PersonRow> {
        let name = self.name(r, row);
        if name.0.is_empty() {
            self.wrong(row, "name", words::needed(r).to_owned());
            return None;
        }
        let known = row.get("person").parse().is_ok_and(|id: PersonId| conference.people.contains_key(&id));
        if !known && name_advice(&name) == Advice::Reserved {
            self.wrong(row, "name", words::reserved(r).to_owned());
        }
        let group = self.word(r, row, "group", &groups());
        let shows = self.word(r, row, "shows", &shows());
        let guardian = self.word(r, row, "guardian", &consents());
        let media = self.word(r, row, "media", &consents());
        let lang = match row.get("lang") {
            "" => None,
            tag => {
                let lang = Lang::from_tag(tag).or_else(|| Lang::all().find(|lang| lang.info().name == tag));
                if lang.is_none() {
                    self.wrong(row, "lang", words::bad_value(r, tag));
                }
                lang
            }
        };
        let session = self.session(r, conference, row);
        let roles = self.roles(r, row, session);
        let (organisation, told) = (self.said(r, row, "organisation", LINE), self.told_of(r, row));
        Some(PersonRow { name, organisation, group, shows, lang, guardian, media, roles, session, told })
    }

    /// A name, in one column or in the two that other programs have.
    fn name(&mut self, r: Reader, row: &Row) -> Said {
        let name = self.said(r, row, "name", LINE);
        let parts = [row.get("first"), row.get("last")].map(str::trim).join(" ");
        if !name.0.is_empty() || parts.trim().is_empty() {
            return name;
        }
        let mut whole = row.clone();
        whole.cells.insert("name", parts.trim().to_owned());
        self.said(r, &whole, "name", LINE)
    }

    /// One role, or several with a semicolon between.
    fn roles(&mut self, r: Reader, row: &Row, session: Option<SessionId>) -> Vec<Role> {
        let known = roles();
        let mut found = Vec::new();
        for typed in row.get("role").split([';', '؛', '|']).map(str::trim).filter(|typed| !typed.is_empty()) {
            match known.iter().find(|(name, _)| fold::key(name) == fold::key(typed)) {
                None => self.wrong(row, "role", words::bad_value(r, typed)),
                Some((_, role)) => {
                    let in_one = !role.is_adult();
                    if in_one && session.is_none() && row.get("session").is_empty() {
                        self.wrong(row, "session", words::needs_session(r).to_owned());
                    }
                    found.push(*role);
                }
            }
        }
        found
    }

    /// A session by its join code or by its title in any language.
    fn session(&mut self, r: Reader, conference: &Conference, row: &Row) -> Option<SessionId> {
        let typed = row.get("session");
        if typed.is_empty() {
            return None;
        }
        let code = nadwa_domain::conference::code::Code::parse(typed);
        let key = fold::key(typed);
        let found = conference.sessions.iter().find(|listing| {
            let named = listing.title.0.values().any(|title| fold::key(title) == key);
            named || (code.is_some() && listing.code == code)
        });
        if found.is_none() {
            self.wrong(row, "session", words::unknown_session(r, typed));
        }
        found.map(|listing| listing.session)
    }
}

impl Reading<'_> {
    fn begin(&mut self, draft: Draft) -> usize {
        let place = self.drafts.len();
        self.by_id.insert(draft.id, place);
        self.drafts.push(draft);
        place
    }
}

/// Who somebody is that a file of another program numbers, whenever it is brought. Another file may give the same number
/// to somebody else: the name belongs to it (`N4`).
fn of_a_file(row: &Row, read: &PersonRow) -> Option<PersonId> {
    let (label, name) = (row.get("person"), read.name.0.values().next()?);
    (!label.is_empty()).then(|| PersonId(edge::id_of("person of a file", &format!("{label}\n{}", fold::exact(name)))))
}

/// How an answer names somebody: an id lives, a line stays the same as long as the file does.
fn value_of(id: PersonId, line: Option<u64>) -> String {
    line.map_or_else(|| id.to_string(), |line| format!("line.{line}"))
}
