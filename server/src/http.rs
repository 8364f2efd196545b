//! HTTP: pages, feeds and commands. The routes read as one table.

pub mod answers;
pub mod assets;
mod ballot_box;
pub mod call;
pub mod choices;
mod commands;
mod feed;
mod forms;
pub mod guard;
mod health;
mod look;
mod openapi;
pub mod organizers;
mod pages;
pub mod papers;
pub mod parts;
mod passes;
mod polls;
pub mod public;
mod seats;
pub mod visitor;
mod worker;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use nadwa_app::pages::Assets;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::demo::DemoHandle;
use crate::files::Files;
use crate::rooms::Rooms;
use crate::store::Store;
use guard::Limits;

/// The largest body of a command, in bytes. A question has at most 280 letters.
const LARGEST_BODY: usize = 16 * 1024;

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    /// Every live room.
    pub rooms: Arc<Rooms>,
    /// For `/readyz`.
    pub store: Arc<dyn Store>,
    /// Names of what the bundle made.
    pub assets: Arc<Assets>,
    /// The address that phones see, without a slash at its end.
    pub public_url: Arc<str>,
    /// Whether a proxy of the operator's own tells the phones' addresses.
    pub behind_proxy: bool,
    /// Who sends too much.
    pub limits: Arc<Limits>,
    /// Parts of phones' pages that are nobody's own.
    pub parts: Arc<parts::Kept>,
    /// Ends every stream.
    pub stop: CancellationToken,
    /// Where papers' files are kept.
    pub files: Files,
    /// The demo, if this is one.
    pub demo: Option<Arc<DemoHandle>>,
}

/// Every route.
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .route("/", get(public::landing))
        .route("/join", post(public::join))
        .route("/j/{code}", get(public::join_by_link))
        .route("/help", get(public::help))
        .route("/programme", get(public::programme))
        .route("/look", get(look::look))
        .route("/look/words", get(look::sentences))
        .route("/door", get(look::door))
        .route("/offline", get(worker::offline))
        .route("/sw.js", get(worker::worker))
        .route("/start.js", get(worker::start))
        .route("/lang/{tag}", get(choices::set_language))
        .route("/theme/{theme}", get(choices::set_theme))
        .route("/digits/{family}", get(choices::set_digits))
        .route("/words/{register}", get(choices::set_register))
        .route("/comfort", get(choices::comfort).post(choices::set_comfort))
        .route("/p/{secret}", get(passes::enter_as_child))
        .route("/a/{secret}", get(passes::enter_as_adult))
        .route("/leave", post(passes::leave))
        .route("/hall", get(pages::hall))
        .route("/demo/phones", post(pages::switch_phones))
        .route("/organizer", get(organizers::board))
        .route("/organizer/reading", get(organizers::reading).post(organizers::set_reading))
        .route("/organizer/passes", post(organizers::issue))
        .route("/organizer/passes/{id}/revoke", post(organizers::revoke))
        .route("/safeguarding", get(pages::safeguarding))
        .route("/s/{code}", get(pages::audience))
        .route("/s/{code}/part/{name}", get(parts::part))
        .route("/s/{code}/box", get(ballot_box::page))
        .route("/s/{code}/seats", get(seats::page))
        .route("/s/{code}/help", get(public::help_in_session))
        .route("/s/{code}/console", get(pages::console))
        .route("/s/{code}/desk", get(pages::desk))
        .route("/s/{code}/screen", get(pages::screen))
        .route("/s/{code}/stage", get(pages::stage))
        .merge(command_routes())
        .merge(papers::routes())
        .layer(CompressionLayer::new());
    Router::new()
        .merge(pages)
        .route("/s/{code}/feed", get(feed::feed))
        .merge(papers::streams())
        .route("/api/openapi.json", get(openapi::openapi))
        .route("/clock", get(health::clock))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(public::nothing_here)
        .layer(from_fn_with_state(app.clone(), guard::limit))
        .merge(assets::routes())
        .layer(from_fn_with_state(app.clone(), guard::same_origin))
        .layer(from_fn(guard::headers))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .with_state(app)
}

/// One press, one route, one [`nadwa_domain::Command`].
fn command_routes() -> Router<App> {
    Router::new()
        .route("/s/{code}/open", post(commands::open))
        .route("/s/{code}/next", post(commands::next))
        .route("/s/{code}/undo", post(commands::undo))
        .route("/s/{code}/floor/give", post(commands::give_floor))
        .route("/s/{code}/floor/yield", post(commands::yield_floor))
        .route("/s/{code}/timer/start", post(commands::start_timer))
        .route("/s/{code}/timer/pause", post(commands::pause_timer))
        .route("/s/{code}/timer/resume", post(commands::resume_timer))
        .route("/s/{code}/timer/extend", post(commands::extend_timer))
        .route("/s/{code}/screen", post(commands::show))
        .route("/s/{code}/screen/paper", post(commands::show_paper))
        .route("/s/{code}/questions", post(commands::ask))
        .route("/s/{code}/questions/{id}/withdraw", post(commands::withdraw))
        .route("/s/{code}/questions/{id}/pass", post(commands::pass))
        .route("/s/{code}/questions/{id}/hold", post(commands::hold))
        .route("/s/{code}/questions/{id}/safeguard", post(commands::safeguard))
        .route("/s/{code}/questions/{id}/take-back", post(commands::take_back))
        .route("/s/{code}/questions/{id}/choose", post(commands::choose))
        .route("/s/{code}/questions/{id}/put-back", post(commands::put_back))
        .route("/s/{code}/questions/{id}/show", post(commands::show_question))
        .route("/s/{code}/questions/{id}/answered", post(commands::answered))
        .route("/s/{code}/questions/{id}/not-used", post(commands::not_used))
        .route("/s/{code}/polls/put-away", post(polls::put_poll_away))
        .route("/s/{code}/polls", post(polls::make))
        .route("/s/{code}/polls/{id}/open", post(polls::open_poll))
        .route("/s/{code}/polls/{id}/close", post(polls::close_poll))
        .route("/s/{code}/polls/{id}/show", post(polls::show_poll))
        .route("/s/{code}/polls/{id}/ballot", post(polls::vote))
        .route("/s/{code}/polls/{id}/last-call", post(polls::last_call))
        .route("/s/{code}/polls/{id}/second-round", post(polls::second_round))
        .route("/s/{code}/polls/{id}/annul", post(polls::annul))
        .route("/s/{code}/polls/{id}/hands", post(polls::hands))
        .route("/s/{code}/polls/{id}/word", post(polls::say_word))
        .route("/s/{code}/polls/{id}/box", post(ballot_box::vote))
        .route("/s/{code}/seat", post(polls::take_seat))
        .route("/s/{code}/seats", post(seats::issue))
        .route("/s/{code}/desk/here", post(commands::at_desk))
        .route("/s/{code}/safety/pause", post(commands::safety_pause))
        .route("/s/{code}/safety/resume", post(commands::safety_resume))
}
