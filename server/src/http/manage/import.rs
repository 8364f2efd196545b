//! In: a file is read, shown as it was understood, and written down all or not at all.

mod adults;
mod clock;
mod drafts;
mod people;
pub mod samples;
mod sessions;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use axum::extract::FromRequest;
use axum::extract::State;
use axum::extract::{FromRequestParts, Multipart, Request};
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::plan::import::{self as view, Preview, Question, RowProblem};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::words::{Reader, import as words};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::{PersonId, SessionId};
use nadwa_domain::{Lang, Phrase, Said, fold};

use crate::costly::{Busy, Queue};
use crate::http::forms::composed;
use crate::http::manage::settings::Left;
use crate::http::manage::sheet::{self, Sheet};
use crate::http::manage::tables::{self, PEOPLE, PROGRAMME, Row, Table, problem};
use crate::http::manage::{Organizing, Sent, Wrong, kept, line, organizer, sync};
use crate::http::visitor::Visitor;
use crate::http::{App, answers};

/// So many of the values that would do are named.
const EXAMPLES: usize = 12;
/// Largest file, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// `GET /organizer/import`.
pub async fn page(left: Left, o: Organizing) -> Response {
    let done = left.get("done").and_then(|rows| rows.parse().ok()).map(|rows| words::written(o.r(), rows));
    o.page(false, form(&o, kept(BTreeMap::new(), done)))
}

/// `POST /organizer/import`: what a file would write.
pub async fn look(State(app): State<App>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &app).await;
    let Some(who) = organizer(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let o = Organizing { app: app.clone(), visitor: visitor.clone(), who, sent: Sent::default() };
    let Ok(multipart) = Multipart::from_request(Request::from_parts(parts, body), &app).await else {
        return answers::error_page(&app, &o.visitor, ErrorKind::Malformed);
    };
    match upload(multipart).await {
        Some(Upload { kind, encoding: chosen, bytes }) if !bytes.is_empty() => {
            let busy = || answers::error_page(&app, &visitor, ErrorKind::TooMany);
            let Ok(turn) = READING.turn().await else { return busy() };
            let (text, encoding, others) = match sheet::read(&bytes, turn).await {
                Some(Sheet::Read { text, name, others }) => (composed(&text).into_owned(), name, others),
                Some(Sheet::Broken) => return refused(&o, words::unreadable(o.r())),
                Some(Sheet::OtherKind(kind)) => return refused(&o, &words::other_kind(o.r(), &kind)),
                None => {
                    let (text, encoding, whole) = tables::decode(&bytes, &chosen);
                    if !whole {
                        return refused(&o, &words::mixed_encoding(o.r(), encoding, tables::ENCODINGS[0]));
                    }
                    (text, encoding, 0)
                }
            };
            let Ok((o, mut found, text)) = read(o, kind.clone(), text).await else { return busy() };
            found.told.extend((others > 0).then(|| tables::whole(words::first_sheet(o.r()))));
            let refused = !found.problems.is_empty();
            show(&o, refused, found, (kind, text, encoding.to_owned()))
        }
        Some(_) => refused(&o, words::empty(o.r())),
        None => refused(&o, words::too_large(o.r())),
    }
}

/// A large file takes a while: one at a time, beside the threads that answer (`G2`).
static READING: LazyLock<Queue> = LazyLock::new(|| Queue::new(1, 8));

async fn read(o: Organizing, kind: String, text: String) -> Result<(Organizing, Found, String), Busy> {
    let work = move || {
        let found = Found::of(&o, &kind, &text);
        (o, found, text)
    };
    READING.run(work).await
}

/// What would be written, and what is asked before: the text stays in the form, and so does every answer.
fn show(o: &Organizing, refused: bool, found: Found, (kind, text, encoding): (String, String, String)) -> Response {
    let answers = o.sent.filled().fields;
    let preview = Preview {
        kind,
        text,
        encoding,
        heads: found.heads,
        rows: found.shown,
        problems: found.problems,
        skipped: found.skipped,
        told: found.told,
        questions: found.questions,
        open: found.open,
        adults: found.adults,
        answers,
    };
    o.page(refused, view::preview(&o.at("/organizer/import"), preview))
}

/// What was uploaded.
#[derive(Default)]
struct Upload {
    kind: String,
    /// The encoding that somebody has chosen; none to guess it.
    encoding: String,
    bytes: Vec<u8>,
}

/// Nothing if it is too large or no form.
async fn upload(mut multipart: Multipart) -> Option<Upload> {
    let mut sent = Upload::default();
    while let Some(field) = multipart.next_field().await.ok()? {
        match field.name() {
            Some("kind") => sent.kind = field.text().await.ok()?,
            Some("encoding") => sent.encoding = field.text().await.ok()?,
            Some("file") => sent.bytes = field.bytes().await.ok()?.to_vec(),
            _ => {}
        }
    }
    Some(sent)
}

fn form(o: &Organizing, form: Filled) -> nadwa_app::pages::shell::Html {
    view::import(&o.at("/organizer/import"), form, &tables::ENCODINGS, samples::values(o.r()))
}

fn refused(o: &Organizing, sentence: &str) -> Response {
    let problem = Problem { field: "file".to_owned(), sentence: sentence.to_owned() };
    let form = Filled { problem: Some(problem), ..Filled::default() };
    o.page(true, self::form(o, form))
}

/// `POST /organizer/import/write`: the same text again, written down: all of it, or nothing.
pub async fn write(o: Organizing) -> Response {
    let (app, visitor) = (o.app.clone(), o.visitor.clone());
    let (kind, text) = (o.sent.get("kind").to_owned(), o.sent.get("text").to_owned());
    let Ok((o, found, text)) = read(o, kind.clone(), text).await else {
        return answers::error_page(&app, &visitor, ErrorKind::TooMany);
    };
    let unsaid = found.open > 0 || (!found.adults.is_empty() && !o.sent.is_on("adults"));
    if !found.problems.is_empty() || unsaid {
        return show(&o, true, found, (kind, text, "UTF-8".to_owned()));
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
    heads: Vec<Phrase>,
    shown: Vec<Vec<Phrase>>,
    problems: Vec<RowProblem>,
    skipped: Vec<RowProblem>,
    /// What is written, and not as somebody might think.
    told: Vec<RowProblem>,
    /// Rows of which nobody can tell whose they are; of many, the first.
    questions: Vec<Question>,
    /// How many such rows there are.
    open: usize,
    /// Lines in which an adult gets a child's role.
    adults: Vec<u64>,
    acts: Vec<Act>,
    names: Vec<(PersonId, Said)>,
    /// Sessions whose streams follow.
    sessions: Vec<SessionId>,
}

impl Found {
    fn of(o: &Organizing, kind: &str, text: &str) -> Self {
        let known = if kind == "programme" { PROGRAMME } else { PEOPLE };
        let Table { rows, problems, told } = tables::read(o.r(), text, known);
        let mut found = Self { problems, told, ..Self::default() };
        let conference = o.conference();
        if kind == "programme" {
            found.programme(o, &conference, &rows);
        } else {
            found.people(o, &conference, &rows);
        }
        found
    }

    fn wrong(&mut self, row: &Row, column: &str, sentence: String) {
        self.problems.push(problem(row.line, column, sentence));
    }

    fn said(&mut self, r: Reader, row: &Row, field: &str, limit: u32) -> Said {
        let mut texts = Vec::new();
        for lang in Lang::all() {
            let text = self.line(r, row, &format!("{field}.{}", lang.tag()), limit);
            if !text.is_empty() {
                texts.push((lang, text));
            }
        }
        // A column without a language: each text is in the language that it is written in.
        let text = self.line(r, row, field, limit);
        if !text.is_empty() {
            let lang = Lang::from_tag(row.get("lang")).filter(|lang| lang.dir() == Phrase::written(&text, *lang).dir);
            let lang = lang.unwrap_or_else(|| Phrase::written(&text, r.lang).lang);
            if !texts.iter().any(|(known, _)| *known == lang) {
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
            let examples = known.iter().take(EXAMPLES).map(|(name, _)| *name).collect::<Vec<_>>().join("، ");
            self.wrong(row, column, words::bad_value_of(r, typed, &examples));
        }
        found
    }
}

/// Whether a cell says of a consent where it stands.
pub(super) fn is_a_consent(cell: &str) -> bool {
    let key = fold::key(cell);
    !key.is_empty() && CONSENTS.contains(&key)
}

/// Words of consents, folded.
static CONSENTS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| values::consents().iter().map(|(word, _)| fold::key(word)).collect());

/// Everybody by the names that they are kept under, just as they are written.
fn names_of(o: &Organizing, conference: &Conference) -> Vec<(String, PersonId)> {
    let kept = |id: &PersonId| o.app.rooms.kept_name_of(*id).unwrap_or_default();
    let names = conference.people.keys().flat_map(|id| kept(id).0.into_values().map(|name| (name, *id)));
    names.collect()
}
