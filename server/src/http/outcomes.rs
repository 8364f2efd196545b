//! Recommendations over HTTP (`R3`, `P5` to `P7`): the moderators word them, everybody reads what became of them, also by
//! an Atom feed, and organizers write down what was promised.

mod feed;
mod heard;
mod owners;
mod sources;
mod statement;

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::outcomes::{self as view, Outcome, Owing, Promised, Team, Wording, Work};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::words::{numbers, outcome as words, refusals};
use nadwa_domain::conference::recommendations::{LONGEST, LONGEST_ANSWER, Progress, Promise, Recommendation};
use nadwa_domain::conference::{Act, Conference, Listing};
use nadwa_domain::ids::{OrganisationId, QuestionId, RecommendationId};
use nadwa_domain::{Choice, Instant, Lang, Phrase, Refusal, Role, Said, Who};

use crate::collation::sort_by_name;
use crate::edge;
use crate::http::call::find;
use crate::http::forms::word;
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{Organizing, Sent, Wrong, kept, put_said};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages};
use crate::rooms::Failure;
use crate::rooms::session::SessionRoom;
use crate::zone;

/// What everybody reads, what moderators word, and what organizers write down.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/outcomes", get(outcomes))
        .route("/outcomes.atom", get(feed::feed))
        .route("/outcomes.pdf", get(statement::pdf))
        .route("/outcomes.ics", get(statement::calendar))
        .route("/outcomes/{id}/enough", post(heard::enough))
        .route("/outcomes/read", get(statement::stage))
        .route("/answers", get(owners::list))
        .route("/answers/{id}", get(owners::one).post(owners::write))
        .route("/organizer/outcomes", get(list))
        .route("/organizer/outcomes/{id}", get(one).post(promise))
        .route("/s/{code}/recommendations/{id}", post(word_anew))
        .route("/s/{code}/recommendations/{id}/{verb}", post(act))
        .route("/s/{code}/recommendations", get(team).post(add))
}

/// What everybody may read, by number.
fn public(conference: &Conference, lang: Lang, now: Instant) -> Vec<Outcome> {
    let outcome = |(id, known): (&RecommendationId, &Recommendation)| {
        let listing = conference.listing(known.session);
        // A session that became a closed meeting since: nobody outside hears that it is there (`S18`).
        if listing.is_some_and(|listing| !listing.is_public()) {
            return None;
        }
        let promise = known.promise.as_ref().map(|(promise, since)| Promised {
            by: conference.organisation(promise.by).map(|by| by.name.for_reader(lang)).unwrap_or_default(),
            due: promise.due,
            progress: promise.progress,
            answer: promise.answer.for_reader(lang),
            since: *since,
            late: promise.is_late(now),
        });
        Some(Outcome {
            id: id.to_string(),
            number: known.number,
            text: known.public()?.for_reader(lang),
            session: listing.map(|of| of.title.for_reader(lang)).unwrap_or_default(),
            adopted_at: known.adopted_at?,
            promise,
            judged: known.judged(),
            asks: None,
        })
    };
    let mut all: Vec<Outcome> = conference.recommendations.iter().filter_map(outcome).collect();
    all.sort_by_key(|outcome| outcome.number);
    all
}

/// `GET /outcomes`: the closing statement, and what happened with what was said.
pub async fn outcomes(State(app): State<App>, visitor: Visitor) -> Response {
    let (conference, page) = (app.rooms.conference().state(), visitor.page(&app));
    let mut all = public(&conference, visitor.reader.lang, page.now);
    heard::ask(&app, &visitor, &conference, &mut all);
    answers::html(&app, StatusCode::OK, view::outcomes(&page, all))
}

/// A moderator of the session, on its page.
struct Moderating {
    app: App,
    visitor: Visitor,
    code: String,
    listing: Listing,
    room: std::sync::Arc<SessionRoom>,
    who: Who,
}

async fn moderating(app: App, visitor: Visitor, code: String) -> Result<Moderating, Response> {
    let (listing, room) =
        find(&app, &visitor, &code).await.map_err(|kind| answers::error_page(&app, &visitor, kind))?;
    // Nothing of a rehearsal or of a closed meeting is left behind (`S18`).
    let is_rehearsed = app.rooms.rehearsals().find(&code, crate::permits::Permit::long()).is_some();
    if is_rehearsed || !listing.is_public() {
        return Err(answers::error_page(&app, &visitor, ErrorKind::NotFound));
    }
    let Some(pass) = visitor.pass_with(&app, Role::moderates, Some(listing.session)) else {
        return Err(pages::not_yours(&app, &visitor));
    };
    Ok(Moderating { who: pass.who(), app, visitor, code, listing, room })
}

impl Moderating {
    fn path(&self) -> String {
        format!("/s/{}/recommendations", self.code)
    }

    /// The page, with what was typed into the form of one, or into the new one.
    fn page(&self, typed: Option<(Option<RecommendationId>, Filled)>) -> Response {
        let (conference, lang) = (self.app.rooms.conference().state(), self.visitor.reader.lang);
        let (of, mut filled) = typed.map_or((None, Filled::default()), |(of, filled)| (of, filled));
        let refused = filled.problem.is_some();
        let mut there: Vec<(RecommendationId, &Recommendation)> = conference.of_session(self.listing.session).collect();
        there.sort_by_key(|(_, known)| known.number);
        let (gone, there): (Vec<_>, Vec<_>) = there.into_iter().partition(|(_, known)| known.removed);
        let works = there.iter().map(|(id, known)| {
            let typed = (of == Some(*id)).then(|| std::mem::take(&mut filled));
            work(*id, known, typed)
        });
        let there = works.collect();
        filled.fields.entry("id".to_owned()).or_insert_with(|| edge::fresh_id().to_string());
        let data = Team {
            session: self.listing.title.for_reader(lang),
            code: self.code.clone(),
            langs: conference.spoken().collect(),
            there,
            removed: gone
                .iter()
                .map(|(id, known)| (id.to_string(), known.number, known.text.for_reader(lang)))
                .collect(),
            owed: sources::owed(&self.room, &conference, lang),
            said: sources::said(&self.room, lang),
            new: filled,
        };
        let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        answers::html(&self.app, status, view::team(&self.visitor.back_at(self.path()).page(&self.app), data))
    }

    async fn does(self, act: Act, typed: (Option<RecommendationId>, Filled)) -> Response {
        let refusal = match self.app.rooms.conference().act_all(self.who, &[act]).await {
            Ok(()) => return answers::see(&self.path()),
            Err(Failure::Refused(refusal)) => refusal,
            Err(Failure::NotSaved(error)) => {
                tracing::error!(%error, "a recommendation was not saved");
                return answers::error_page(&self.app, &self.visitor, ErrorKind::NotSaved);
            }
            Err(Failure::Stopping) => return answers::error_page(&self.app, &self.visitor, ErrorKind::NotSaved),
        };
        let (of, filled) = typed;
        let problem = self.problem(&refusal);
        self.page(Some((of, Filled { problem: Some(problem), ..filled })))
    }

    fn problem(&self, refusal: &Refusal) -> Problem {
        let sentence = refusals::sentence(self.visitor.reader, refusal, self.app.rooms.clock().now());
        Problem { field: "text".to_owned(), sentence }
    }
}

fn work(id: RecommendationId, known: &Recommendation, typed: Option<Filled>) -> Work {
    let wording = |(lang, text): (&Lang, &String)| Wording {
        lang: *lang,
        text: Phrase::written(text, *lang),
        confirmed: known.confirmed.contains(lang),
    };
    let mut fields = BTreeMap::new();
    put_said(&mut fields, "text", &known.text);
    // Whatever was typed, what is seen now is what stands there now.
    let mut form = typed.unwrap_or(Filled { fields, ..Filled::default() });
    form.fields.insert("seen".to_owned(), known.version.to_string());
    form.scope = format!("r{}", known.number);
    Work {
        id: id.to_string(),
        number: known.number,
        wordings: known.text.0.iter().map(wording).collect(),
        adopted: known.adopted_at.is_some(),
        form,
    }
}

/// `GET /s/{code}/recommendations`: the moderators'. A question that is to become one comes with the address of its
/// button.
pub async fn team(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(begun): Query<BTreeMap<String, String>>,
) -> Response {
    match moderating(app, visitor, code).await {
        Ok(team) => {
            let fields = begun.into_iter().filter(|(name, _)| name == "question" || name.starts_with("text."));
            let fields = fields.map(|(name, value)| (name, value.chars().take(4_000).collect())).collect();
            team.page(Some((None, Filled { fields, ..Filled::default() })))
        }
        Err(page) => page,
    }
}

fn worded(sent: &Sent) -> Result<Said, Refusal> {
    sent.said("text", LONGEST)
}

/// `POST /s/{code}/recommendations`: a new one. Its id came with the form: sent twice, it is the same.
pub async fn add(State(app): State<App>, visitor: Visitor, Path(code): Path<String>, body: Bytes) -> Response {
    let team = match moderating(app, visitor, code).await {
        Ok(team) => team,
        Err(page) => return page,
    };
    let Some(sent) = Sent::read(&body) else {
        return answers::error_page(&team.app, &team.visitor, ErrorKind::Malformed);
    };
    let id = sent.get("id").parse().unwrap_or(RecommendationId(edge::fresh_id()));
    let question = sent.get("question").parse::<QuestionId>().ok();
    // Only a question of this very session is taken up, so that no receipt of another shows it.
    let question = question.filter(|id| team.room.look(|session, _| session.question(*id).is_some()));
    match worded(&sent) {
        Ok(text) => {
            let act = Act::WordRecommendation { id, session: team.listing.session, question, text, seen: 0 };
            team.does(act, (None, sent.filled())).await
        }
        Err(refusal) => {
            let problem = Some(team.problem(&refusal));
            team.page(Some((None, Filled { problem, ..sent.filled() })))
        }
    }
}

/// `POST /s/{code}/recommendations/{id}`: another wording.
pub async fn word_anew(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, id)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let team = match moderating(app, visitor, code).await {
        Ok(team) => team,
        Err(page) => return page,
    };
    let (Some(sent), Ok(id)) = (Sent::read(&body), id.parse::<RecommendationId>()) else {
        return answers::error_page(&team.app, &team.visitor, ErrorKind::Malformed);
    };
    if !team.app.rooms.conference().state().recommendations.contains_key(&id) {
        return answers::error_page(&team.app, &team.visitor, ErrorKind::NotFound);
    }
    let seen = sent.number("seen").unwrap_or_default();
    match worded(&sent) {
        Ok(text) => {
            let act = Act::WordRecommendation { id, session: team.listing.session, question: None, text, seen };
            team.does(act, (Some(id), sent.filled())).await
        }
        Err(refusal) => {
            let problem = Some(team.problem(&refusal));
            team.page(Some((Some(id), Filled { problem, ..sent.filled() })))
        }
    }
}

/// `POST /s/{code}/recommendations/{id}/{verb}`.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, id, verb)): Path<(String, String, String)>,
    body: Bytes,
) -> Response {
    let team = match moderating(app, visitor, code).await {
        Ok(team) => team,
        Err(page) => return page,
    };
    let (sent, id) = (Sent::read(&body).unwrap_or_default(), id.parse::<RecommendationId>().ok());
    let lang = Lang::from_tag(sent.get("lang"));
    let act = id.and_then(|id| match verb.as_str() {
        "confirm" => {
            Some(Act::ConfirmRecommendation { id, lang: lang?, seen: sent.number("seen").unwrap_or_default() })
        }
        "adopt" => Some(Act::AdoptRecommendation { id }),
        "remove" => Some(Act::RemoveRecommendation { id }),
        "back" => Some(Act::PutRecommendationBack { id }),
        _ => None,
    });
    match act {
        Some(act) => team.does(act, (None, Filled::default())).await,
        None => answers::error_page(&team.app, &team.visitor, ErrorKind::NotFound),
    }
}

/// `GET /organizer/outcomes`: what is public, the late ones first.
pub async fn list(o: Organizing) -> Response {
    let mut all = public(&o.conference(), o.r().lang, o.app.rooms.clock().now());
    all.sort_by_key(|outcome| !outcome.promise.as_ref().is_some_and(|promise| promise.late));
    o.page(false, view::list(&o.at("/organizer/outcomes"), all))
}

/// `GET /organizer/outcomes/{id}`.
pub async fn one(Path(id): Path<String>, left: Left, o: Organizing) -> Response {
    let Some((id, known)) = found(&o, &id) else { return o.nothing() };
    let fields = fields_of(&o, &known);
    owing(&o, id, kept(fields, saved(o.r(), &left)))
}

fn found(o: &Organizing, id: &str) -> Option<(RecommendationId, Recommendation)> {
    let id = id.parse::<RecommendationId>().ok()?;
    let known = o.conference().recommendations.get(&id)?.clone();
    known.public().map(|_| (id, known))
}

fn fields_of(o: &Organizing, known: &Recommendation) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    if let Some((promise, _)) = &known.promise {
        put_said(&mut fields, "answer", &promise.answer);
        fields.insert("by".to_owned(), promise.by.to_string());
        fields.insert("due".to_owned(), zone::date(&zone::of(&o.conference()), promise.due).to_string());
        fields.insert("progress".to_owned(), promise.progress.key().to_owned());
    }
    fields
}

fn owing(o: &Organizing, id: RecommendationId, form: Filled) -> Response {
    let (conference, r, now) = (o.conference(), o.r(), o.app.rooms.clock().now());
    let all = public(&conference, r.lang, now);
    let Some(outcome) = all.into_iter().find(|outcome| outcome.id == id.to_string()) else { return o.nothing() };
    let listed = conference.listed_organisations();
    let mut organisations: Vec<(String, Phrase)> =
        listed.map(|(id, about)| (id.to_string(), about.name.for_reader(r.lang))).collect();
    sort_by_name(r.lang, &mut organisations, |(_, name)| &name.text);
    let reminder = outcome.promise.as_ref().filter(|promise| !promise.progress.answers()).map(|promise| {
        let page = o.at("");
        let (day, number) = (numbers::date_with_year(r, promise.due, page.utc_offset), outcome.number.into());
        let text = words::reminder_text(r, &numbers::number(r, number), &outcome.text.text, &day);
        Phrase { text, lang: r.lang, dir: r.lang.dir() }
    });
    let refused = form.problem.is_some();
    let data = Owing { outcome, langs: o.langs(), organisations, form, reminder };
    o.page(refused, view::owing(&o.at(&format!("/organizer/outcomes/{id}")), data))
}

/// `POST /organizer/outcomes/{id}`: who answers, until the end of which day, and what the answer is.
pub async fn promise(Path(id): Path<String>, o: Organizing) -> Response {
    let Some((id, _)) = found(&o, &id) else { return o.nothing() };
    match write(&o, id).await {
        Ok(()) => answers::see(&format!("/organizer/outcomes/{id}?done=1")),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => owing(&o, id, Filled { problem: Some(problem), ..o.sent.filled() }),
    }
}

async fn write(o: &Organizing, id: RecommendationId) -> Result<(), Wrong> {
    let by = o.sent.get("by").parse::<OrganisationId>();
    let by = by.map_err(|_| o.problem("by", &Refusal::UnknownOrganisation))?;
    let zone = zone::of(&o.conference());
    // A day that is promised ends at midnight.
    let day = zone::parse_date(o.sent.get("due")).and_then(|day| day.tomorrow().ok());
    let due = day.and_then(|day| zone::begin(&zone, day)).map(|midnight| Instant(midnight.0 - 1));
    let due = due.ok_or_else(|| o.problem("due", &Refusal::BadForm))?;
    let answer = o.sent.said("answer", LONGEST_ANSWER).map_err(|refusal| o.problem("answer", &refusal))?;
    let progress: Progress = word(Some(o.sent.get("progress"))).unwrap_or_default();
    let (promise, now) = (Box::new(Promise { by, due, progress, answer }), o.app.rooms.clock().now());
    o.act("by", &[Act::Promise { id, promise, now }]).await
}
