//! The calm pages beside the console: the plan, behind the scenes, interpreters, and what remains afterwards.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages;
use nadwa_app::pages::Refused;
use nadwa_app::pages::backstage::Backstage;
use nadwa_app::pages::console::Console;
use nadwa_app::pages::help::Listening;
use nadwa_app::pages::interpreters::Interpreters;
use nadwa_domain::conference::Listing;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::NoteId;
use nadwa_domain::view::console::Part;
use nadwa_domain::{Role, view};

use crate::edge;
use crate::http::back::Back;
use crate::http::call::find;
use crate::http::fates::report;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages as session_pages, papers, silent};
use crate::rooms::session::SessionRoom;

/// Where a page is: a session, by what its address says.
pub struct Place<'a> {
    /// The code in the address.
    pub code: &'a str,
    /// As the programme lists it.
    pub listing: &'a Listing,
    pub room: &'a SessionRoom,
}

/// `GET /s/{code}/console/plan`.
pub async fn plan(state: State<App>, visitor: Visitor, path: Path<String>) -> Response {
    page(state, visitor, path, Back::Plan).await
}

/// `GET /s/{code}/backstage`.
pub async fn backstage(state: State<App>, visitor: Visitor, path: Path<String>) -> Response {
    page(state, visitor, path, Back::Backstage).await
}

/// `GET /s/{code}/interpreters`.
pub async fn interpreters(state: State<App>, visitor: Visitor, path: Path<String>) -> Response {
    page(state, visitor, path, Back::Interpreters).await
}

async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>, which: Back) -> Response {
    match find(&app, &visitor, &code).await {
        Ok((listing, room)) => {
            let place = Place { code: &code, listing: &listing, room: &room };
            render(&app, &visitor, &place, which, StatusCode::OK, None).await
        }
        Err(kind) => answers::error_page(&app, &visitor, kind),
    }
}

/// The page that a refused form stands on, with the sentence.
pub async fn refused_page(
    app: &App,
    visitor: &Visitor,
    place: &Place<'_>,
    back: Back,
    status: StatusCode,
    refused: Refused,
) -> Response {
    render(app, visitor, place, back, status, Some(refused)).await
}

async fn render(
    app: &App,
    visitor: &Visitor,
    place: &Place<'_>,
    which: Back,
    status: StatusCode,
    refused: Option<Refused>,
) -> Response {
    let lang = visitor.reader.lang;
    let fits: fn(Role) -> bool = match which {
        Back::Backstage => Role::supports,
        Back::Interpreters => |role| role == Role::Interpreter || role.supports(),
        Back::Stage => |role| role == Role::Presenter || role.moderates() || role == Role::Timekeeper,
        Back::Audience | Back::Console | Back::Desk | Back::Desks | Back::Plan | Back::Inbox | Back::Board => {
            Role::moderates
        }
    };
    let Some(pass) = pass_at(app, visitor, place, fits) else { return session_pages::not_yours(app, visitor) };
    let (page, code) = (visitor.page(app), place.code.to_owned());
    let fresh = NoteId(edge::fresh_id());
    let role = pass.issued.role;
    let html = match which {
        Back::Backstage => {
            let view = place.room.look(|session, hall| view::backstage::backstage(session, hall, lang));
            let elsewhere = silent::around(app, place.code, place.listing.session, lang).await;
            pages::backstage::backstage(&page, Backstage { code, view, elsewhere, role, fresh, refused })
        }
        Back::Interpreters => {
            let view = place.room.look(|session, hall| view::interpreter::interpreter(session, hall, lang));
            let papers = papers::presented_in(app, place.listing.session, lang).await;
            pages::interpreters::interpreters(&page, Interpreters { code, view, fresh, papers, refused })
        }
        Back::Stage => return session_pages::stage_page(app, visitor, place, role, status, refused),
        Back::Audience | Back::Console | Back::Desk | Back::Desks | Back::Plan | Back::Inbox | Back::Board => {
            let view = place.room.console(lang, Part::default());
            let (fresh, listening) = (edge::fresh_id(), Listening::default());
            let terms = session_pages::terms(app, place.room, lang);
            pages::console::plan(
                &page,
                Console { code, view, role, refused, said: None, fresh, hand: None, terms, listening },
            )
        }
    };
    answers::html(app, status, html)
}

fn pass_at(app: &App, visitor: &Visitor, place: &Place, fits: fn(Role) -> bool) -> Option<Pass> {
    visitor.pass_with(app, fits, Some(place.listing.session))
}

/// `GET /s/{code}/report`: planned and actual. For the team, and for the adults who support it.
pub async fn report(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    let (listing, room) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let place = Place { code: &code, listing: &listing, room: &room };
    let Some(pass) = pass_at(&app, &visitor, &place, |role| role.moderates() || role.supports()) else {
        return session_pages::not_yours(&app, &visitor);
    };
    let page = visitor.page(&app);
    let view = report::of(&app, &visitor, &listing, &room);
    answers::html(&app, StatusCode::OK, pages::backstage::report(&page, &code, view, pass.issued.role.moderates()))
}
