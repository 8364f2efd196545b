//! What organizers do, by plain forms: one extractor for all of their pages, and what their forms have in common.

pub mod about;
pub mod access;
mod adults;
pub mod aloud;
pub mod board;
pub mod cards;
pub mod doctor;
pub mod export;
pub mod import;
pub mod on_paper;
pub mod organisations;
pub mod people;
pub mod polls;
pub mod programme;
pub mod ready;
pub mod session;
pub mod settings;
mod sheet;
pub mod show;
pub mod sync;
mod tables;

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use nadwa_app::pages::Page;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::pages::shell::Html;
use nadwa_app::words::{Reader, refusals};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::{Lang, Phrase, Refusal, Role, Said, Who, text};

use crate::collation::sort_by_name;
use crate::http::forms;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::rooms::Failure;

/// Most grapheme clusters of a name, a title, a theme.
pub const LINE: u32 = text::LINE_LIMIT;
/// Most grapheme clusters of a description or a cue card.
pub const PARAGRAPH: u32 = 1200;

/// The fields of a form, in their order.
#[derive(Clone, Debug, Default)]
pub struct Sent(Vec<(String, String)>);

impl Sent {
    /// Reads a form; nothing if it is none.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        serde_urlencoded::from_bytes(body).ok().map(Self)
    }

    /// Fields that were read already.
    #[must_use]
    pub const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// A field; empty if it is not there.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether a box is ticked, or a button of that name was pressed.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// What is ticked of several: `speakers.ID` gives each id.
    pub fn ticked<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(move |(field, _)| field.strip_prefix(name)?.strip_prefix('.'))
    }

    /// A number in any digits; nothing if it is none.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u32> {
        nadwa_app::words::numbers::parse_digits(self.get(name).trim()).parse().ok()
    }

    /// The form again, as it was typed.
    #[must_use]
    pub fn filled(&self) -> Filled {
        let fields = self.0.iter().map(|(name, value)| (name.clone(), value.chars().take(8000).collect())).collect();
        Filled { fields, ..Filled::default() }
    }

    /// A text of several lines in each language that it was typed in; each line cleaned, empty ones left out.
    ///
    /// # Errors
    /// [`Refusal::TooLong`].
    pub fn lines(&self, name: &str, limit: u32) -> Result<Said, Refusal> {
        let mut texts = Vec::new();
        for lang in Lang::all() {
            let typed = self.get(&format!("{name}.{}", lang.tag()));
            let length = u32::try_from(forms::graphemes(typed)).unwrap_or(u32::MAX);
            if length > limit {
                return Err(Refusal::TooLong { length, limit });
            }
            let lines: Vec<String> = typed.lines().map(|typed| line(typed, limit)).collect::<Result<_, _>>()?;
            let lines = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
            texts.extend((!lines.is_empty()).then_some((lang, lines)));
        }
        Ok(Said::new(texts))
    }

    /// A text in each language that it was typed in; cleaned.
    ///
    /// # Errors
    /// [`Refusal::TooLong`].
    pub fn said(&self, name: &str, limit: u32) -> Result<Said, Refusal> {
        let mut texts = Vec::new();
        for lang in Lang::all() {
            let typed = line(self.get(&format!("{name}.{}", lang.tag())), limit)?;
            if !typed.is_empty() {
                texts.push((lang, typed));
            }
        }
        Ok(Said::new(texts))
    }
}

/// A text, cleaned; may be empty.
///
/// # Errors
/// [`Refusal::TooLong`].
pub fn line(typed: &str, limit: u32) -> Result<String, Refusal> {
    let text = text::clean(&forms::composed(typed));
    let length = u32::try_from(forms::graphemes(&text)).unwrap_or(u32::MAX);
    if length > limit { Err(Refusal::TooLong { length, limit }) } else { Ok(text) }
}

/// An organizer with a form, or on a page.
pub struct Organizing {
    /// Everything that handlers reach.
    pub app: App,
    /// Their browser.
    pub visitor: Visitor,
    pub who: Who,
    /// What the form says.
    pub sent: Sent,
}

impl FromRequest<App> for Organizing {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
        let Some(who) = organizer(app, &visitor) else {
            return Err(answers::error_page(app, &visitor, ErrorKind::NotYours));
        };
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let body = body.map_err(|_| answers::error_page(app, &visitor, ErrorKind::TooLarge))?;
        let sent = Sent::read(&body).ok_or_else(|| answers::error_page(app, &visitor, ErrorKind::Malformed))?;
        Ok(Self { app: app.clone(), visitor, who, sent })
    }
}

/// The organizer's pass on this device.
#[must_use]
pub fn organizer(app: &App, visitor: &Visitor) -> Option<Who> {
    visitor.pass_with(app, |role| role == Role::Organizer, None).map(|pass| pass.who())
}

impl Organizing {
    /// Language and digits.
    #[must_use]
    pub fn r(&self) -> Reader {
        self.visitor.reader
    }

    /// The page that a form belongs to, for the language links to come back to.
    #[must_use]
    pub fn at(&self, here: &str) -> Page {
        self.visitor.back_at(here.to_owned()).page(&self.app)
    }

    /// The conference now.
    #[must_use]
    pub fn conference(&self) -> std::sync::Arc<Conference> {
        self.app.rooms.conference().state()
    }

    /// The conference's languages.
    #[must_use]
    pub fn langs(&self) -> Vec<Lang> {
        self.conference().spoken().collect()
    }

    /// Does something; what was wrong goes beside the field that the refusal names, or `field`.
    ///
    /// # Errors
    /// The problem, or a whole page if it could not be saved.
    pub async fn act(&self, field: &str, acts: &[Act]) -> Result<(), Wrong> {
        let outcome = self.app.rooms.conference().act_all(self.who, acts).await;
        outcome.map_err(|failure| self.wrong(field, failure))
    }

    /// A failure as a page shows it.
    #[must_use]
    pub fn wrong(&self, field: &str, failure: Failure) -> Wrong {
        match failure {
            Failure::Refused(Refusal::NotYours) => {
                Wrong::Page(Box::new(answers::error_page(&self.app, &self.visitor, ErrorKind::NotYours)))
            }
            Failure::Refused(refusal) => Wrong::Form(self.problem(field, &refusal)),
            Failure::NotSaved(error) => {
                tracing::error!(%error, "not saved");
                Wrong::Page(Box::new(answers::error_page(&self.app, &self.visitor, ErrorKind::NotSaved)))
            }
            Failure::Stopping => {
                Wrong::Page(Box::new(answers::error_page(&self.app, &self.visitor, ErrorKind::NotSaved)))
            }
        }
    }

    /// A refusal beside a field.
    #[must_use]
    pub fn problem(&self, field: &str, refusal: &Refusal) -> Problem {
        let of = refusals::field(refusal);
        let field = if of.is_empty() || of == "text" { field } else { of };
        Problem {
            field: field.to_owned(),
            sentence: refusals::sentence(self.r(), refusal, self.app.rooms.clock().now()),
        }
    }

    /// A sentence beside a field.
    #[must_use]
    pub fn says(&self, field: &str, sentence: &str) -> Problem {
        Problem { field: field.to_owned(), sentence: sentence.to_owned() }
    }

    /// A page that was asked for; a refused form is `422`.
    #[must_use]
    pub fn page(&self, refused: bool, page: Html) -> Response {
        let status = if refused { axum::http::StatusCode::UNPROCESSABLE_ENTITY } else { axum::http::StatusCode::OK };
        answers::html(&self.app, status, page)
    }

    /// No such page.
    #[must_use]
    pub fn nothing(&self) -> Response {
        answers::error_page(&self.app, &self.visitor, ErrorKind::NotFound)
    }

    /// The names of rooms, for a list.
    #[must_use]
    pub fn rooms(&self) -> Vec<(String, Phrase)> {
        let lang = self.r().lang;
        self.conference().rooms.iter().map(|(id, name)| (id.to_string(), name.for_reader(lang))).collect()
    }

    /// Everybody by name, for a list: two of one name are told apart (`N4`).
    #[must_use]
    pub fn people(&self) -> Vec<(String, Phrase)> {
        let lang = self.r().lang;
        let names = people::names(self);
        let mut people: Vec<(String, Phrase)> = names.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        sort_by_name(lang, &mut people, |(_, name)| &name.text);
        people
    }
}

/// What was wrong: something to say in the form, or a whole page.
pub enum Wrong {
    /// In the form.
    Form(Problem),
    /// A page of its own.
    Page(Box<Response>),
}

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        Self::Form(problem)
    }
}

/// A text in each language, as fields of a form.
pub fn put_said(fields: &mut BTreeMap<String, String>, name: &str, said: &Said) {
    for (lang, text) in &said.0 {
        fields.insert(format!("{name}.{}", lang.tag()), text.clone());
    }
}

/// The form as it is kept, with what was just done.
#[must_use]
pub fn kept(fields: BTreeMap<String, String>, done: Option<String>) -> Filled {
    Filled { fields, done, ..Filled::default() }
}
