//! In: a file is read, shown as it was understood, and written down all or not at all.

mod sessions;
mod values;

use std::collections::BTreeMap;

use axum::extract::FromRequest;
use axum::extract::State;
use axum::extract::{FromRequestParts, Multipart, Request};
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::plan::import::{self as view, Preview, RowProblem};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::words::{Reader, import as words};
use nadwa_domain::conference::people::{Asked, Consent, Group, NewPerson, Shows};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::{PersonId, SessionId};
use nadwa_domain::names::Advice;
use nadwa_domain::{Lang, Phrase, Role, Said, fold};

use crate::edge;
use crate::http::manage::cards::Fresh;
use crate::http::manage::people::name_advice;
use crate::http::manage::settings::Left;
use crate::http::manage::tables::{self, PEOPLE, PROGRAMME, Row, problem};
use crate::http::manage::{LINE, Organizing, Sent, Wrong, kept, line, organizer, sync};
use crate::http::visitor::Visitor;
use crate::http::{App, answers};

use values::{CONSENTS, GROUPS, ROLES, SHOWS};

/// Largest file, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// `GET /organizer/import`.
pub async fn page(left: Left, o: Organizing) -> Response {
    let done = left.get("done").and_then(|rows| rows.parse().ok()).map(|rows| words::written(o.r(), rows));
    o.page(false, view::import(&o.at("/organizer/import"), kept(BTreeMap::new(), done)))
}

/// `POST /organizer/import`: what a file would write.
pub async fn look(State(app): State<App>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &app).await;
    let Some(who) = organizer(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let o = Organizing { app: app.clone(), visitor, who, sent: Sent::default() };
    let Ok(multipart) = Multipart::from_request(Request::from_parts(parts, body), &app).await else {
        return answers::error_page(&app, &o.visitor, ErrorKind::Malformed);
    };
    match upload(multipart).await {
        Some((kind, bytes)) if !bytes.is_empty() => {
            let (text, encoding) = tables::decode(&bytes);
            let found = Found::of(&o, &kind, &text);
            let preview = Preview {
                kind,
                text,
                encoding: encoding.to_owned(),
                heads: found.heads(o.r()),
                rows: found.shown,
                problems: found.problems,
                skipped: found.skipped,
            };
            o.page(!preview.problems.is_empty(), view::preview(&o.at("/organizer/import"), preview))
        }
        Some(_) => refused(&o, words::empty(o.r())),
        None => refused(&o, words::too_large(o.r())),
    }
}

/// What was uploaded; nothing if it is too large or no form.
async fn upload(mut multipart: Multipart) -> Option<(String, Vec<u8>)> {
    let (mut kind, mut bytes) = (String::new(), Vec::new());
    while let Some(field) = multipart.next_field().await.ok()? {
        match field.name() {
            Some("kind") => kind = field.text().await.ok()?,
            Some("file") => bytes = field.bytes().await.ok()?.to_vec(),
            _ => {}
        }
    }
    Some((kind, bytes))
}

fn refused(o: &Organizing, sentence: &str) -> Response {
    let problem = Problem { field: "file".to_owned(), sentence: sentence.to_owned() };
    let form = Filled { problem: Some(problem), ..Filled::default() };
    o.page(true, view::import(&o.at("/organizer/import"), form))
}

/// `POST /organizer/import/write`: the same text again, written down: all of it, or nothing.
pub async fn write(o: Organizing) -> Response {
    let kind = o.sent.get("kind").to_owned();
    let found = Found::of(&o, &kind, o.sent.get("text"));
    if !found.problems.is_empty() {
        return refused(&o, words::problems(o.r()));
    }
    // Names first: if the acts are refused, nobody refers to them, and they are taken back.
    if let Err(error) = o.app.rooms.remember_all(&found.names).await {
        return refuse(&o, o.wrong("file", error.into()));
    }
    if let Err(wrong) = o.act("file", &found.acts).await {
        for (person, _) in &found.names {
            if let Err(error) = o.app.rooms.forget(*person).await {
                tracing::warn!(%error, "a name could not be taken back");
            }
        }
        return refuse(&o, wrong);
    }
    for session in &found.sessions {
        if let Err(failure) = sync::session(&o.app, *session).await {
            return refuse(&o, o.wrong("file", failure));
        }
    }
    answers::see(&format!("/organizer/import?done={}", found.shown.len()))
}

fn refuse(o: &Organizing, wrong: Wrong) -> Response {
    match wrong {
        Wrong::Page(page) => *page,
        Wrong::Form(problem) => refused(o, &problem.sentence),
    }
}

/// What was understood of a file.
#[derive(Default)]
struct Found {
    columns: Vec<&'static str>,
    shown: Vec<Vec<Phrase>>,
    problems: Vec<RowProblem>,
    skipped: Vec<RowProblem>,
    acts: Vec<Act>,
    names: Vec<(PersonId, Said)>,
    /// Sessions whose streams follow.
    sessions: Vec<SessionId>,
}

impl Found {
    fn of(o: &Organizing, kind: &str, text: &str) -> Self {
        let known = if kind == "programme" { PROGRAMME } else { PEOPLE };
        let (rows, problems) = tables::rows(o.r(), text, known);
        let mut found = Self { problems, ..Self::default() };
        found.columns =
            known.iter().copied().filter(|column| rows.iter().any(|row| !row.get(column).is_empty())).collect();
        let conference = o.conference();
        if kind == "programme" {
            found.programme(o, &conference, &rows);
        } else {
            found.people(o, &conference, &rows);
        }
        found
    }

    fn heads(&self, r: Reader) -> Vec<Phrase> {
        self.columns.iter().map(|column| Phrase::written(column, r.lang)).collect()
    }

    fn show(&mut self, r: Reader, row: &Row) {
        let cell = |column: &&'static str| Phrase::written(row.get(column), r.lang);
        self.shown.push(self.columns.iter().map(cell).collect());
    }

    fn wrong(&mut self, row: &Row, column: &str, sentence: String) {
        self.problems.push(problem(row.line, column, sentence));
    }

    /// People, one a row; the same name again with another role is another card of the same person.
    fn people(&mut self, o: &Organizing, conference: &Conference, rows: &[Row]) {
        let r = o.r();
        let there = names_of(o, conference);
        let mut seen: BTreeMap<String, (u64, PersonId)> = BTreeMap::new();
        for row in rows {
            let before = self.problems.len();
            let Some(read) = self.person(r, conference, row) else { continue };
            if self.problems.len() > before {
                continue;
            }
            let keys: Vec<String> = read.name.0.values().map(|name| fold::key(name)).collect();
            let known = keys.iter().find_map(|key| there.get(key)).copied();
            let earlier = keys.iter().find_map(|key| seen.get(key)).copied();
            let id = match (known, earlier, read.role) {
                (Some(_), _, None) => {
                    let name = read.name.for_reader(r.lang).text;
                    self.skipped.push(problem(row.line, "name", words::already_there(r, &name)));
                    continue;
                }
                (_, Some((line, _)), None) => {
                    self.skipped.push(problem(row.line, "name", words::twice(r, &line.to_string())));
                    continue;
                }
                (Some(id), ..) | (None, Some((_, id)), _) => id,
                (None, None, _) => {
                    let id = PersonId(edge::fresh_id());
                    seen.extend(keys.iter().map(|key| (key.clone(), (row.line, id))));
                    self.acts.extend(read.acts(id));
                    self.names.push((id, read.name.clone()));
                    id
                }
            };
            if let Some(role) = read.role {
                self.acts.push(Fresh::unprinted(role, read.session, Some(id)));
                self.sessions.extend(read.session.filter(|session| !self.sessions.contains(session)));
            }
            self.show(r, row);
        }
    }

    fn person(&mut self, r: Reader, conference: &Conference, row: &Row) -> Option<PersonRow> {
        let name = self.said(r, row, "name", LINE);
        let organisation = self.line(r, row, "organisation", LINE);
        if name.0.is_empty() {
            self.wrong(row, "name", words::needed(r).to_owned());
            return None;
        }
        if name_advice(&name) == Advice::Reserved {
            self.wrong(row, "name", words::reserved(r).to_owned());
        }
        let group = self.word(r, row, "group", GROUPS).unwrap_or_default();
        let shows = self.word(r, row, "shows", SHOWS).unwrap_or_default();
        let guardian = self.word(r, row, "guardian", CONSENTS).unwrap_or_default();
        let media = self.word(r, row, "media", CONSENTS).unwrap_or_default();
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
        let role = self.word(r, row, "role", ROLES);
        let session = self.session(r, conference, row);
        if let Some(role) = role {
            let in_one = !role.is_adult();
            if in_one && session.is_none() {
                self.wrong(row, "session", words::needs_session(r).to_owned());
            }
        }
        let session = session.filter(|_| role.is_none_or(|role| !role.safeguards()));
        let lang = lang.unwrap_or_else(|| conference.spoken().next().unwrap_or_default());
        let organisation = if organisation.is_empty() { Said::default() } else { Said::new([(lang, organisation)]) };
        Some(PersonRow { name, organisation, group, shows, lang, guardian, media, role, session })
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

    fn said(&mut self, r: Reader, row: &Row, field: &str, limit: u32) -> Said {
        let mut texts = Vec::new();
        for lang in Lang::all() {
            let text = self.line(r, row, &format!("{field}.{}", lang.tag()), limit);
            if !text.is_empty() {
                texts.push((lang, text));
            }
        }
        Said::new(texts)
    }

    fn line(&mut self, r: Reader, row: &Row, column: &str, limit: u32) -> String {
        line(row.get(column), limit).unwrap_or_else(|_| {
            self.wrong(row, column, words::too_long(r).to_owned());
            String::new()
        })
    }

    fn word<T: Copy>(&mut self, r: Reader, row: &Row, column: &'static str, known: &[(&str, T)]) -> Option<T> {
        let typed = row.get(column);
        if typed.is_empty() {
            return None;
        }
        let found = known.iter().find(|(name, _)| fold::key(name) == fold::key(typed)).map(|(_, value)| *value);
        if found.is_none() {
            self.wrong(row, column, words::bad_value(r, typed));
        }
        found
    }
}

/// A person of a row that was understood.
struct PersonRow {
    name: Said,
    organisation: Said,
    group: Group,
    shows: Shows,
    lang: Lang,
    guardian: Consent,
    media: Consent,
    role: Option<Role>,
    session: Option<SessionId>,
}

impl PersonRow {
    fn acts(&self, id: PersonId) -> Vec<Act> {
        let person = NewPerson { id, group: self.group, shows: self.shows, lang: self.lang };
        let mut acts = vec![Act::AddPerson { person, organisation: self.organisation.clone() }];
        for (asked, state) in [(Asked::Guardian, self.guardian), (Asked::Media, self.media)] {
            if state != Consent::Unchecked {
                acts.push(Act::NoteConsent { person: id, asked, state });
            }
        }
        acts
    }
}

/// Everybody by the folded names that they are kept under.
fn names_of(o: &Organizing, conference: &Conference) -> BTreeMap<String, PersonId> {
    let mut names = BTreeMap::new();
    for id in conference.people.keys() {
        let kept = o.app.rooms.kept_name_of(*id).unwrap_or_default();
        names.extend(kept.0.values().map(|name| (fold::key(name), *id)));
    }
    names
}
