//! Recordings that pages read aloud (`A15`): those that organizers bring by their form, and those that an operator puts
//! into a folder: `promises.ar.mp3`, `help.fr.ogg`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Path as Named, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::parts::aloud::{Recordings, file_name};
use nadwa_domain::conference::Conference;
use nadwa_domain::conference::aloud::Recording;
use tower_http::services::ServeFile;

use crate::http::App;
use crate::http::papers::files::{streamed, wanted};

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

    /// Everything that can be heard now: the folder's, and what organizers brought.
    #[must_use]
    pub fn with_brought(&self, conference: &Conference) -> Arc<Recordings> {
        if conference.recordings.is_empty() {
            return Arc::clone(&self.recordings);
        }
        Arc::new(self.recordings.and(conference.recordings.values()))
    }
}

/// `GET /recordings/{file}`: one that was brought, or was in the folder at the start; in parts, as players ask for it.
pub async fn recording(State(app): State<App>, Named(file): Named<String>, request: Request) -> Response {
    if let Some(recording) = brought(&app, &file) {
        let headers = request.headers().clone();
        return send(&app, &recording, &headers).await;
    }
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

/// The recording that was brought under this name, if it was not taken away since.
fn brought(app: &App, file: &str) -> Option<Recording> {
    let state = app.rooms.conference().state();
    state.recordings.values().find(|recording| file_name(recording) == file).copied()
}

async fn send(app: &App, recording: &Recording, asked: &HeaderMap) -> Response {
    let part = wanted(asked);
    let partly = part.is_some();
    let outgoing = match app.files.open_recording(recording.file, recording.kind, part).await {
        Ok(outgoing) => outgoing,
        Err(error) => {
            tracing::warn!(%error, "a recording could not be read");
            return StatusCode::NOT_FOUND.into_response();
        }
    };
    let mut response = streamed(outgoing, recording.kind, partly);
    // A hall of phones asks for it once: what stands at this address never changes. One that is taken away is soon gone.
    let keep = HeaderValue::from_static("public, max-age=3600, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    response
}
