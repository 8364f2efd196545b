//! Organisations answer by a pass of their own (`P5`): what they owe and nothing of others.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::outcomes::owner::{self as view, Answering, Owed};
use nadwa_app::pages::outcomes::{Outcome, Promised};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::words::refusals;
use nadwa_domain::conference::recommendations::{Answer, LONGEST_ANSWER, Progress};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::{OrganisationId, RecommendationId};
use nadwa_domain::{Choice, Instant, Refusal, Role, Said, Who};

use super::public;
use crate::http::forms::word;
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{Sent, kept, put_said};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages};
use crate::rooms::Failure;

/// Whoever answers for an organisation, on their page.
struct Owner {
    app: App,
    visitor: Visitor,
    who: Who,
    of: OrganisationId,
}

async fn owner(app: App, visitor: Visitor) -> Result<Owner, Response> {
    let pass = visitor.pass_with(&app, |role| role == Role::Respondent, None);
    let conference = app.rooms.conference().state();
    let of = pass.as_ref().and_then(|pass| conference.answering(pass.issued.id));
    match (pass, of) {
        (Some(pass), Some(of)) => Ok(Owner { who: pass.who(), app, visitor, of }),
        _ => Err(pages::not_yours(&app, &visitor)),
    }
}

/// What it owes, of what is public, by number.
fn owed(conference: &Conference, owner: &Owner) -> Vec<Outcome> {
    let owes = |outcome: &Outcome| {
        let id = outcome.id.parse::<RecommendationId>().ok();
        let promise = id.and_then(|id| conference.recommendations.get(&id)?.promise.as_ref());
        promise.is_some_and(|(promise, _)| promise.by == owner.of)
    };
    let mut all = public(conference, owner.visitor.reader.lang, owner.app.rooms.clock().now());
    all.retain(owes);
    all
}

/// `GET /answers`.
pub async fn list(State(app): State<App>, visitor: Visitor) -> Response {
    let owner = match owner(app, visitor).await {
        Ok(owner) => owner,
        Err(page) => return page,
    };
    let conference = owner.app.rooms.conference().state();
    let mut all = owed(&conference, &owner);
    let waits = |outcome: &Outcome| outcome.promise.as_ref().map(|promise| (!promise.late, promise.progress.answers()));
    all.sort_by_key(|outcome| waits(outcome));
    let of = conference.organisation(owner.of).map(|of| of.name.for_reader(owner.visitor.reader.lang));
    let data = Owed { organisation: of.unwrap_or_default(), all };
    answers::html(&owner.app, StatusCode::OK, view::list(&owner.visitor.page(&owner.app), data))
}

/// `GET /answers/{id}`.
pub async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, left: Left) -> Response {
    let owner = match owner(app, visitor).await {
        Ok(owner) => owner,
        Err(page) => return page,
    };
    let mut fields = BTreeMap::new();
    let conference = owner.app.rooms.conference().state();
    let known = id.parse().ok().and_then(|id: RecommendationId| conference.recommendations.get(&id));
    if let Some((promise, _)) = known.and_then(|known| known.promise.as_ref()) {
        put_said(&mut fields, "answer", &promise.answer);
        fields.insert("progress".to_owned(), promise.progress.key().to_owned());
    }
    let form = kept(fields, saved(owner.visitor.reader, &left));
    owner.page(&id, form, None)
}

/// `POST /answers/{id}`: published, or shown as it would be read.
pub async fn write(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, body: Bytes) -> Response {
    let owner = match owner(app, visitor).await {
        Ok(owner) => owner,
        Err(page) => return page,
    };
    let Some(sent) = Sent::read(&body) else {
        return answers::error_page(&owner.app, &owner.visitor, ErrorKind::Malformed);
    };
    let progress: Progress = word(Some(sent.get("progress"))).unwrap_or_default();
    let answer = match sent.said("answer", LONGEST_ANSWER) {
        Ok(answer) => answer,
        Err(refusal) => return owner.refused(&id, &sent, &refusal),
    };
    if sent.is_on("preview") {
        return owner.page(&id, sent.filled(), Some((progress, answer)));
    }
    let Ok(known) = id.parse::<RecommendationId>() else {
        return answers::error_page(&owner.app, &owner.visitor, ErrorKind::NotFound);
    };
    let seen = Instant(sent.get("seen").parse().unwrap_or_default());
    let act = Act::Answer(Box::new(Answer { id: known, progress, answer, seen }));
    match owner.app.rooms.conference().act_all(owner.who, &[act]).await {
        Ok(()) => answers::see(&format!("/answers/{known}?done=1")),
        // Another organisation's, or none that is public: there is no such page here.
        Err(Failure::Refused(Refusal::NotYours | Refusal::Unknown)) => {
            answers::error_page(&owner.app, &owner.visitor, ErrorKind::NotFound)
        }
        Err(Failure::Refused(refusal)) => owner.refused(&id, &sent, &refusal),
        Err(Failure::NotSaved(error)) => {
            tracing::error!(%error, "an answer was not saved");
            answers::error_page(&owner.app, &owner.visitor, ErrorKind::NotSaved)
        }
        Err(Failure::Stopping) => answers::error_page(&owner.app, &owner.visitor, ErrorKind::NotSaved),
    }
}

impl Owner {
    fn refused(&self, id: &str, sent: &Sent, refusal: &Refusal) -> Response {
        let sentence = refusals::sentence(self.visitor.reader, refusal, self.app.rooms.clock().now());
        let problem = Some(Problem { field: "answer".to_owned(), sentence });
        self.page(id, Filled { problem, ..sent.filled() }, None)
    }

    /// The form of one that it owes, with what was typed; what is seen now is what stands there now.
    fn page(&self, id: &str, mut form: Filled, preview: Option<(Progress, Said)>) -> Response {
        let conference = self.app.rooms.conference().state();
        let page = self.visitor.back_at(format!("/answers/{id}")).page(&self.app);
        let Some(outcome) = owed(&conference, self).into_iter().find(|outcome| outcome.id == id) else {
            return answers::error_page(&self.app, &self.visitor, ErrorKind::NotFound);
        };
        let since = outcome.promise.as_ref().map_or(0, |promise| promise.since.0);
        form.fields.insert("seen".to_owned(), since.to_string());
        let status = if form.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let read = |(progress, answer): (Progress, Said)| {
            let promise = outcome.promise.clone()?;
            let (answer, late) = (answer.for_reader(page.reader.lang), promise.late && !progress.answers());
            Some(Promised { progress, answer, since: page.now, late, ..promise })
        };
        let preview = preview.and_then(read);
        let data = Answering { langs: conference.spoken().collect(), outcome, form, preview };
        answers::html(&self.app, status, view::answer(&page, data))
    }
}
