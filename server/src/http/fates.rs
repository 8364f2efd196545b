//! What has no fate yet, over HTTP (`R1`): moderators close it out, organizers see where something is open.

pub mod receipts;
pub mod report;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use nadwa_app::pages::Refused;
use nadwa_app::pages::fates::{self as view, OpenSession};
use nadwa_domain::command::QuestionCommand;
use nadwa_domain::ids::{QuestionId, SessionId};
use nadwa_domain::session::closing::CloseAs;
use nadwa_domain::session::{Phase, Session};
use nadwa_domain::view::fate::open_fates;
use nadwa_domain::{Command, Instant, Refusal, Role};

use crate::http::back::Back;
use crate::http::call::{Call, find};
use crate::http::manage::Organizing;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, backstage, forms, pages};
use crate::rooms::Failure;
use crate::rooms::session::SessionRoom;

/// What is asked during a session and after it: receipts, what has no fate yet, the report.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/r", get(receipts::page).post(receipts::find))
        .route("/s/{code}/receipt", post(receipts::show))
        .route("/s/{code}/fates", get(page).post(close_out))
        .route("/s/{code}/report", get(backstage::report))
        .route("/s/{code}/report.csv", get(report::as_csv))
        .route("/s/{code}/report.xlsx", get(report::as_xlsx))
        .route("/s/{code}/report.json", get(report::as_json))
        .route("/organizer/fates", get(overview))
}

/// `GET /s/{code}/fates`: the moderators' list.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    match find(&app, &visitor, &code).await {
        Ok((listing, room)) => render(&app, &visitor, (&code, listing.session), &room, None),
        Err(kind) => answers::error_page(&app, &visitor, kind),
    }
}

fn render(
    app: &App,
    visitor: &Visitor,
    (code, session): (&str, SessionId),
    room: &SessionRoom,
    refused: Option<Refused>,
) -> Response {
    if visitor.pass_with(app, Role::moderates, Some(session)).is_none() {
        return pages::not_yours(app, visitor);
    }
    let page = visitor.back_at(path(code)).page(app);
    let open = room.look(|session, _| open_fates(session, visitor.reader.lang, page.now));
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    answers::html(app, status, view::fates(&page, code, open, refused))
}

fn path(code: &str) -> String {
    format!("/s/{code}/fates")
}

/// `POST /s/{code}/fates`: what became of those that were picked, or of all that were listed.
pub async fn close_out(call: Call) -> Response {
    let Some(pass) = call.visitor.pass_with(&call.app, Role::moderates, Some(call.listing.session)) else {
        return call.refuse(Refusal::NotYours, Back::Console).await;
    };
    let command = match read(&call) {
        Ok(command) => command,
        Err(refusal) => return refuse(call, refusal).await,
    };
    match call.room.act(pass.who(), command).await {
        Ok(()) if !call.listens() => answers::see(&path(call.code())),
        Err(Failure::Refused(refusal)) => refuse(call, refusal).await,
        outcome => call.answer(outcome, Back::Console, None).await,
    }
}

async fn refuse(call: Call, refusal: Refusal) -> Response {
    if call.listens() {
        return call.refuse(refusal, Back::Console).await;
    }
    let refused = answers::refused(&call.visitor.page(&call.app), &refusal, String::new());
    render(&call.app, &call.visitor, (call.code(), call.listing.session), &call.room, Some(refused))
}

fn read(call: &Call) -> Result<Command, Refusal> {
    let field = if call.field("all").is_some() { "listed" } else { "pick" };
    let named = call.pairs.iter().filter(|(name, _)| name == field);
    let ids: Vec<QuestionId> = named.filter_map(|(_, id)| id.parse().ok()).collect();
    if ids.is_empty() {
        return Err(Refusal::NothingPicked);
    }
    let how = match call.field("as") {
        Some("answered") => CloseAs::Answered,
        Some("owed") => CloseAs::Owed(forms::line(call.field("to").unwrap_or_default())?),
        reason => CloseAs::NotUsed(forms::word(reason).ok_or(Refusal::Unknown)?),
    };
    Ok(Command::Question(QuestionCommand::CloseOut { ids, how }))
}

/// `GET /organizer/fates`: where something is open, the late ones first. Of closed meetings nothing is said.
pub async fn overview(o: Organizing) -> Response {
    let (conference, now, lang) = (o.conference(), o.app.rooms.clock().now(), o.r().lang);
    let mut sessions = Vec::new();
    for listing in conference.sessions.iter().filter(|listing| listing.is_public()) {
        // One that cannot be read is said on the board.
        let Ok((open, unread, late)) = o.app.rooms.look_at(listing.session, |session| open_in(session, now)).await
        else {
            continue;
        };
        if open + unread > 0 {
            sessions.push(OpenSession { title: listing.title.for_reader(lang), open, unread, late });
        }
    }
    sessions.sort_by_key(|session| !session.late);
    o.page(false, view::overview(&o.at("/organizer/fates"), sessions))
}

/// How many have no fate, how many nobody has read, and whether that is late. Nothing of what is with the safeguarding team
/// is counted (`S2`).
fn open_in(session: &Session, now: Instant) -> (u32, u32, bool) {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let late = session.phase != Phase::Planned && session.fates_due().is_some_and(|due| due <= now);
    (count(session.without_fate().count()), count(session.unread()), late)
}
