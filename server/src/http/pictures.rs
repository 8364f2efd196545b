//! Pictures of polls that organizers brought: made anew when they came, and had by whoever knows their address.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use nadwa_domain::ids::FileId;
use nadwa_domain::paper::file::FileKind;

use crate::http::papers::files::safe;
use crate::http::visitor::Visitor;
use crate::http::{App, answers};

/// `GET /pictures/{id}`. The address is told with the poll, and cannot be guessed before.
pub async fn picture(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<FileId>() else { return answers::error_page(&app, &visitor, ErrorKind::NotFound) };
    for kind in [FileKind::Png, FileKind::Jpeg] {
        if let Ok(outgoing) = app.files.open_picture(id, kind).await {
            let mut response = Body::from_stream(outgoing.bytes).into_response();
            safe(response.headers_mut(), kind.media_type());
            // A hall of phones asks for it once: what stands at this address never changes.
            let keep = HeaderValue::from_static("private, max-age=3600, immutable");
            response.headers_mut().insert(header::CACHE_CONTROL, keep);
            return response;
        }
    }
    answers::error_page(&app, &visitor, ErrorKind::NotFound)
}
