//! Working papers over HTTP: their pages, and one press, one route.

mod access;
mod booklet;
pub(crate) mod bring;
mod feed;
pub(crate) mod files;
mod help;
mod naming;
pub mod printed;
mod public;
mod read;
mod table;
mod views;
mod write;

pub use public::presented_in;
pub use table::new_author;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::http::App;

/// The largest draft, in bytes: a text of a hundred thousand words still gets a sentence, and is still there.
const LARGEST_DRAFT: usize = 8 * 1024 * 1024;
/// The largest form of an organizer.
const LARGEST_FORM: usize = 256 * 1024;

/// Pages and commands.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/papers", get(public::list))
        .route("/papers/call", get(public::call).post(table::set_call).layer(DefaultBodyLimit::max(LARGEST_FORM)))
        .route("/papers/booklet", get(booklet::booklet))
        .route("/papers/booklet.pdf", get(printed::booklet))
        .route("/papers/table", get(table::table))
        .route("/papers/new", post(table::new_card))
        .route("/papers/{paper}", get(public::paper))
        .route("/papers/{paper}/write", get(write::page))
        .route("/papers/{paper}/draft", post(write::draft).layer(DefaultBodyLimit::max(LARGEST_DRAFT)))
        .route("/papers/{paper}/submit", post(write::submit).layer(DefaultBodyLimit::max(LARGEST_DRAFT)))
        .route("/papers/{paper}/withdraw", post(write::withdraw))
        .route("/papers/{paper}/publish", post(write::publish))
        .route("/papers/{paper}/authors", post(write::add_author))
        .route("/papers/{paper}/authors/{id}/remove", post(write::remove_author))
        .route("/papers/{paper}/authors/{id}/consent", post(help::consent))
        .route("/papers/{paper}/authors/{id}/known", post(help::known))
        .route("/papers/{paper}/versions", get(read::compare))
        .route("/papers/{paper}/read", get(read::page))
        .route("/papers/{paper}/comments", post(help::comment).layer(DefaultBodyLimit::max(LARGEST_FORM)))
        .route("/papers/{paper}/comments/{id}/settle", post(write::settle))
        .route("/papers/{paper}/ask-change", post(help::ask_change).layer(DefaultBodyLimit::max(LARGEST_FORM)))
        .route("/papers/{paper}/ready", post(help::ready))
        .route("/papers/{paper}/accept", post(help::accept))
        .route("/papers/{paper}/decline", post(help::decline).layer(DefaultBodyLimit::max(LARGEST_FORM)))
        .route("/papers/{paper}/files/{id}/remove", post(bring::remove))
}

/// What streams: never held in memory as a whole, never compressed on the way.
pub fn streams() -> Router<App> {
    Router::new()
        .route("/papers/{paper}/feed", get(feed::feed))
        .route("/papers/{paper}/files", post(bring::bring).layer(DefaultBodyLimit::disable()))
        .route("/papers/{paper}/files/{id}", get(files::download))
        .route("/papers/{paper}/pages/{id}/{page}", get(files::page))
}
