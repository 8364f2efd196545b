//! Recordings that organizers put into a folder, to be read aloud (`A15`): `promises.ar.mp3`, `help.fr.ogg`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Path as Named, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use nadwa_app::parts::aloud::Recordings;
use tower_http::services::ServeFile;

use crate::http::App;

/// The folder, and what was in it at the start.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    folder: PathBuf,
    /// What is there.
    pub recordings: Arc<Recordings>,
}

impl Shelf {
    /// Looks into the folder; without one there are none.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn open(folder: Option<&Path>) -> Result<Self, String> {
        let Some(folder) = folder else { return Ok(Self::default()) };
        let read = |why| format!("cannot read the recordings in {}: {why}", folder.display());
        let files = fs::read_dir(folder).map_err(read)?;
        let names = files.filter_map(Result::ok).filter_map(|file| file.file_name().into_string().ok());
        Ok(Self { folder: folder.to_owned(), recordings: Arc::new(Recordings::of(names)) })
    }
}

/// `GET /recordings/{file}`: one that was there at the start; in parts, as players ask for it.
pub async fn recording(State(app): State<App>, Named(file): Named<String>, request: Request) -> Response {
    if !app.shelf.recordings.has(&file) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match ServeFile::new(app.shelf.folder.join(file)).try_call(request).await {
        Ok(answer) => answer.into_response(),
        Err(error) => {
            tracing::error!(%error, "a recording cannot be read");
            StatusCode::NOT_FOUND.into_response()
        }
    }
}
