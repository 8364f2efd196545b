//! Silent calls of those who run sessions, and of authors, wherever an adult works (`N1`). A closed meeting's are in it
//! and in the inbox alone (`S18`): whoever calls there is heard, whether or not an adult sits in it. A rehearsal's stay in
//! the rehearsal, and its page says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use nadwa_app::live::desk::calls::Calling;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::wire::Answer;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::{ItemId, SessionId};
use nadwa_domain::inbox::{Heard, InboxAct};
use nadwa_domain::session::team::call::{Call, Step};
use nadwa_domain::session::team::{Help, TeamCommand};
use nadwa_domain::view::running;
use nadwa_domain::{Choice, Command, Lang, Phrase, Refusal, Role};

use crate::http::back::Back;
use crate::http::call::{failed, sends_json, wants_json};
use crate::http::forms::{self, word};
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::permits::Permit;
use crate::rooms::Failure;

/// Every call in a public session, and every author's: the oldest first.
pub async fn everywhere(app: &App, lang: Lang) -> Vec<Calling> {
    let mut calls = in_sessions(app, lang).await;
    calls.extend(of_authors(app, ""));
    calls.sort_by_key(|calling| calling.call.at);
    calls
}

/// The same for whoever safeguards: closed meetings' too.
pub async fn before_guards(app: &App, lang: Lang) -> Vec<Calling> {
    let conference = app.rooms.conference().state();
    let mut calls = everywhere(app, lang).await;
    for room in app.rooms.open_rooms().await {
        let closed = conference.listing(room.id()).filter(|listing| !listing.is_public());
        let Some(listing) = closed else { continue };
        let session = listing.title.for_reader(lang);
        let meeting = Some(listing.session);
        let calling = |call| Calling { code: String::new(), item: None, meeting, session: session.clone(), call };
        calls.extend(room.look(|session, _| running::calls(session)).into_iter().map(calling));
    }
    calls.sort_by_key(|calling| calling.call.at);
    calls
}

/// What goes to more people than a session's own: calls in other public sessions that nobody has answered in time, and
/// authors', who are in no session, from the first moment.
pub async fn elsewhere(app: &App, own: SessionId, lang: Lang) -> Vec<Calling> {
    let conference = app.rooms.conference().state();
    let code = conference.listing(own).and_then(|listing| listing.code.as_ref()).map(|code| code.as_str().to_owned());
    let mut calls = in_sessions(app, lang).await;
    calls.retain(|calling| calling.call.step == Step::Unheard && Some(&calling.code) != code.as_ref());
    calls.extend(of_authors(app, &code.unwrap_or_else(|| own.to_string())));
    calls.sort_by_key(|calling| calling.call.at);
    calls
}

/// The same for a page by its address: nothing comes into a rehearsal.
pub async fn around(app: &App, code: &str, own: SessionId, lang: Lang) -> Vec<Calling> {
    match app.rooms.rehearsals().find(code, Permit::long()) {
        Some(_) => vec![],
        None => elsewhere(app, own, lang).await,
    }
}

async fn in_sessions(app: &App, lang: Lang) -> Vec<Calling> {
    let conference = app.rooms.conference().state();
    let mut calls = Vec::new();
    for room in app.rooms.open_rooms().await {
        let Some(listing) = conference.listing(room.id()).filter(|listing| listing.is_public()) else { continue };
        let Some(code) = &listing.code else { continue };
        let session = listing.title.for_reader(lang);
        let code = code.as_str().to_owned();
        let calling = |call| Calling { code: code.clone(), item: None, meeting: None, session: session.clone(), call };
        calls.extend(room.look(|session, _| running::calls(session)).into_iter().map(calling));
    }
    calls
}

/// Authors' calls; what each of them called for stays with whoever safeguards. `code`: on a page of which session.
pub fn of_authors(app: &App, code: &str) -> Vec<Calling> {
    let calls = app.rooms.inbox().state().silent(app.rooms.clock().now());
    let calling = |(item, call): (ItemId, Call)| Calling {
        code: code.to_owned(),
        item: Some(item),
        meeting: None,
        session: Phrase::default(),
        call: running::call(&call),
    };
    calls.into_iter().map(calling).collect()
}

/// `POST /help/heard`: an adult who supports children has seen an author's call, or is coming; and whoever safeguards, a
/// closed meeting's. Which call it is stands in the body (G6).
pub async fn heard(State(app): State<App>, visitor: Visitor, headers: HeaderMap, body: Bytes) -> Response {
    let json = wants_json(&headers);
    let Some(pass) = visitor.pass_with(&app, Role::supports, None) else {
        return failed(&app, &visitor, json, ErrorKind::NotYours, "NotYours");
    };
    let fields: BTreeMap<String, String> = forms::read(&body, sends_json(&headers)).unwrap_or_default();
    let field = |name: &str| fields.get(name).map(String::as_str);
    let how = word::<Heard>(field("how")).filter(|how| *how != Heard::Unheard);
    let item = field("item").and_then(|id| id.parse::<ItemId>().ok());
    let meeting =
        field("meeting").and_then(|id| id.parse::<SessionId>().ok()).filter(|_| pass.issued.role.safeguards());
    let outcome = match (how, item, meeting) {
        (Some(how), Some(item), _) => app.rooms.act_in_inbox(pass.who(), InboxAct::Hear { item, how }).await,
        (Some(how), None, Some(meeting)) => {
            let (by, help) = (word::<Role>(field("by")), word::<Help>(field("help")));
            let Some((by, help)) = by.zip(help) else {
                return failed(&app, &visitor, json, ErrorKind::Malformed, "Malformed");
            };
            in_meeting(&app, &pass, meeting, how, by, help).await
        }
        _ => return failed(&app, &visitor, json, ErrorKind::Malformed, "Malformed"),
    };
    match outcome {
        // A call that was erased meanwhile is no failure: the page shows what is there now.
        Ok(()) | Err(Failure::Refused(_)) if !json => {
            answers::see(&came_from(field("from"), field("code").unwrap_or_default()))
        }
        Ok(()) => Json(Answer::default()).into_response(),
        Err(Failure::Refused(refusal)) => answers::refusal_json(&visitor.page(&app), &refusal, None),
        Err(_) => failed(&app, &visitor, json, ErrorKind::NotSaved, "NotSaved"),
    }
}

/// The answer to a call in a closed meeting: to whoever safeguards, it is no secret that somebody calls there.
async fn in_meeting(
    app: &App,
    pass: &Pass,
    meeting: SessionId,
    how: Heard,
    by: Role,
    help: Help,
) -> Result<(), Failure> {
    let command = match how {
        Heard::See => TeamCommand::SeeHelp { by, help },
        Heard::Answer => TeamCommand::AnswerHelp { by, help },
        Heard::Unheard => return Err(Failure::Refused(Refusal::NotYours)),
    };
    let closed = app.rooms.conference().state().listing(meeting).is_some_and(|listing| !listing.is_public());
    if !closed {
        return Err(Failure::Refused(Refusal::Unknown));
    }
    let room = app.rooms.session(meeting).await.map_err(|error| Failure::NotSaved(Arc::new(error)))?;
    room.act(pass.who(), Command::Team(command)).await
}

/// The page that the form stood on; to a session's own only by what can be a session's name.
fn came_from(from: Option<&str>, code: &str) -> String {
    let named = !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match from.and_then(Back::of_key) {
        Some(back @ (Back::Desks | Back::Inbox | Back::Board)) => back.path(""),
        Some(back @ (Back::Desk | Back::Backstage)) if named => back.path(code),
        _ => "/me".to_owned(),
    }
}
