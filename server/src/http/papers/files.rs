//! Files on their way out: as downloads that nothing runs, and as pictures for pages and screens.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use nadwa_domain::ids::FileId;
use nadwa_domain::paper::Paper;
use nadwa_domain::paper::file::{File, FileKind};
use nadwa_domain::session::screen::Screen;
use object_store::GetRange;
use uuid::Uuid;

use crate::files::Outgoing;
use crate::http::answers;
use crate::http::papers::access::Desk;

/// `GET /papers/{paper}/files/{id}`: to be kept and opened by whoever asks; never shown inside a page.
pub async fn download(desk: Desk, headers: HeaderMap) -> Response {
    let paper = desk.room.state();
    let Ok(id) = desk.id(FileId) else { return not_found(&desk) };
    // What is still as it was brought is for adults alone (`G10`).
    let opens = |file: &&File| file.anew || (desk.author().is_none() && desk.reader().is_some());
    let file = readable(&desk, &paper, id).filter(opens);
    let Some(file) = file else { return not_found(&desk) };
    let part = wanted(&headers);
    let partly = part.is_some();
    let outgoing = match desk.app.files.open(paper.id, id, file.kind, part).await {
        Ok(outgoing) => outgoing,
        Err(error) => {
            tracing::warn!(%error, "a file could not be read");
            return not_found(&desk);
        }
    };
    let mut response = streamed(outgoing, file.kind, partly);
    if let Ok(name) = HeaderValue::from_str(&disposition(file)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// A file, or the part of it that was asked for.
pub(crate) fn streamed(outgoing: Outgoing, kind: FileKind, partly: bool) -> Response {
    let (range, size) = (outgoing.range, outgoing.size);
    let mut response = Body::from_stream(outgoing.bytes).into_response();
    safe(response.headers_mut(), kind.media_type());
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if partly {
        let said = format!("bytes {}-{}/{size}", range.start, range.end.saturating_sub(1));
        if let Ok(said) = HeaderValue::from_str(&said) {
            headers.insert(header::CONTENT_RANGE, said);
        }
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    response
}

/// `GET /papers/{paper}/pages/{id}/{page}`: a picture, for a page that shows it or the screen of its session.
///
/// A page of a PDF is drawn the first time that somebody asks who may see it.
pub async fn page(desk: Desk, Path((_, _, page)): Path<(Uuid, Uuid, u16)>) -> Response {
    let paper = desk.room.state();
    let Ok(id) = desk.id(FileId) else { return not_found(&desk) };
    let on_screen = paper.accepted.as_ref().and_then(|accepted| accepted.files.iter().find(|file| file.id == id));
    let file = match readable(&desk, &paper, id) {
        Some(file) => Some(file),
        None if is_on_screen(&desk, &paper, id, page).await => on_screen,
        None => None,
    };
    let Some(file) = file.filter(|file| page < file.pages) else { return not_found(&desk) };
    let (kind, outgoing) = match file.kind {
        FileKind::Pdf => (FileKind::Jpeg, desk.app.files.open_page(paper.id, id, page).await),
        kind @ (FileKind::Docx
        | FileKind::Odt
        | FileKind::Pptx
        | FileKind::Jpeg
        | FileKind::Png
        | FileKind::Mp3
        | FileKind::M4a
        | FileKind::Ogg
        | FileKind::Wav) => (kind, desk.app.files.open(paper.id, id, kind, None).await),
    };
    match outgoing {
        Ok(outgoing) => {
            let mut response = Body::from_stream(outgoing.bytes).into_response();
            safe(response.headers_mut(), kind.media_type());
            response
        }
        Err(error) => {
            tracing::warn!(%error, "a picture could not be read");
            not_found(&desk)
        }
    }
}

/// Its authors read every file; mentors and organizers what was sent; everybody what its authors show.
fn readable<'a>(desk: &Desk, paper: &'a Paper, id: FileId) -> Option<&'a File> {
    let find = |files: &'a [File]| files.iter().find(|file| file.id == id);
    if desk.author().is_some() {
        return find(&paper.files);
    }
    let public = || paper.public().and_then(|public| public.files.into_iter().find(|file| file.id == id));
    if desk.reader().is_some() && paper.sent().is_some() {
        return find(&paper.sent_files).or_else(public);
    }
    public()
}

/// Whether the children show this very page on the screen of their session.
async fn is_on_screen(desk: &Desk, paper: &Paper, id: FileId, page: u16) -> bool {
    let Some(place) = paper.accepted.as_ref().map(|accepted| accepted.place) else { return false };
    let Ok(room) = desk.app.rooms.session(place.session).await else { return false };
    room.look(|session, _| {
        let Screen::Paper { slot, page: Some(shown) } = session.stage.screen else { return false };
        let shown = session.slot(slot).and_then(|slot| slot.paper.as_ref()?.pages.get(usize::from(shown)).copied());
        session.paused_since.is_none() && shown.is_some_and(|shown| shown.file == id && shown.page == page)
    })
}

fn not_found(desk: &Desk) -> Response {
    answers::error_page(&desk.app, &desk.visitor, ErrorKind::NotFound)
}

/// Nothing of it runs, whatever it is: a Content-Security-Policy with `sandbox`, and `nosniff`.
pub(crate) fn safe(headers: &mut HeaderMap, media_type: &'static str) {
    let policy = "default-src 'none'; sandbox; frame-ancestors 'none'";
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
}

/// `Content-Disposition` with the name percent-encoded (RFC 8187): nothing in it can end the header.
fn disposition(file: &File) -> String {
    let mut name = String::new();
    for byte in file.name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"paper.{}\"; filename*=UTF-8''{name}", file.kind.ending())
}

/// A `Range` header, `bytes=0-499` or `bytes=500-`: what players of recordings ask for.
pub(crate) fn wanted(headers: &HeaderMap) -> Option<GetRange> {
    let range = headers.get(header::RANGE)?.to_str().ok()?;
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let from: u64 = from.trim().parse().ok()?;
    match to.trim() {
        "" => Some(GetRange::Offset(from)),
        to => Some(GetRange::Bounded(from..to.parse::<u64>().ok()?.checked_add(1)?)),
    }
}
