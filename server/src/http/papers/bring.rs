//! Files on their way in: streamed to a temporary place, looked into, and kept only then. Never half a file.
//!
//! The page gives each file its id: one that is sent again, since nobody heard that it had arrived, is the same file.

use std::sync::Arc;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::Response;
use nadwa_domain::Refusal;
use nadwa_domain::ids::FileId;
use nadwa_domain::paper::act::{NewFile, PaperAct};
use nadwa_domain::paper::field::{Field as PaperField, PaperText};
use tempfile::TempPath;
use tokio::io::{AsyncWriteExt, BufWriter};

use crate::edge;
use crate::files::left::temporary;
use crate::http::papers::access::{Back, Desk, graphemes};
use crate::rooms::Failure;

/// Most bytes of a file where there is no call to say.
pub const USUAL_LIMIT: u64 = 20 * 1024 * 1024;
/// A file that is too large is still read to its end, so that the sentence arrives; beyond this it is cut off.
const READ_ON: u64 = 512 * 1024 * 1024;
/// What is written to the temporary place at once.
const BUFFER: usize = 128 * 1024;
/// The longest id, in bytes.
const LONGEST_ID: usize = 64;

/// `POST /papers/{paper}/files`, as a form with an id and one file.
pub async fn bring(desk: Desk, request: Request) -> Response {
    if desk.author().is_none() {
        return desk.not_yours();
    }
    let desk = Arc::new(desk);
    let outcome = match Multipart::from_request(request, &desk.app).await {
        Ok(parts) => take(&desk, parts).await,
        Err(_) => Err(Failure::Refused(Refusal::FileCutOff)),
    };
    desk.answer(outcome, Back::Write, "").await
}

/// `POST /papers/{paper}/files/{id}/remove`.
pub async fn remove(desk: Desk) -> Response {
    let id = match desk.id(FileId) {
        Ok(id) => id,
        Err(refusal) => return desk.refuse(&refusal, Back::Write, "").await,
    };
    let kind = desk.room.state().file(id).map(|file| file.kind);
    let outcome = desk.act(&PaperAct::RemoveFile(id)).await.map(drop);
    if let (Ok(()), Some(kind)) = (&outcome, kind)
        && let Err(error) = desk.app.files.remove(desk.paper(), id, kind).await
    {
        tracing::error!(%error, "a file that was taken off could not be erased");
    }
    desk.answer(outcome, Back::Write, "").await
}

async fn take(desk: &Arc<Desk>, mut parts: Multipart) -> Result<(), Failure> {
    let cut_off = |_: MultipartError| Failure::Refused(Refusal::FileCutOff);
    let mut id = FileId(edge::fresh_id());
    while let Some(mut part) = parts.next_field().await.map_err(cut_off)? {
        if part.name() == Some("id") {
            id = id_in(&mut part).await.map_err(cut_off)?.unwrap_or(id);
            continue;
        }
        if part.name() != Some("file") || part.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let limit = desk.app.rooms.conference().state().call.as_ref().map_or(USUAL_LIMIT, |call| call.max_bytes);
        let path = receive(&mut part, limit).await.map_err(Failure::Refused)?;
        // It is here: whoever goes away now does not stop it in the middle.
        let desk = Arc::clone(desk);
        let keeping = tokio::spawn(async move { keep(&desk, id, &name, path).await });
        return keeping.await.unwrap_or(Err(Failure::Stopping));
    }
    Err(Failure::Refused(Refusal::FileBroken))
}

/// The id that the page gave the file.
async fn id_in(part: &mut Field<'_>) -> Result<Option<FileId>, MultipartError> {
    let mut text = Vec::new();
    while let Some(piece) = part.chunk().await? {
        let room = LONGEST_ID.saturating_sub(text.len());
        text.extend_from_slice(&piece[..piece.len().min(room)]);
    }
    Ok(std::str::from_utf8(&text).ok().and_then(|text| text.trim().parse().ok()))
}

/// Reads a file to a temporary place, a small piece at a time; what arrives in part is gone with the place.
pub(crate) async fn receive(part: &mut Field<'_>, limit: u64) -> Result<TempPath, Refusal> {
    let place = temporary().map_err(|_| Refusal::FileBroken)?.into_temp_path();
    let file = tokio::fs::File::create(&place).await.map_err(|_| Refusal::FileBroken)?;
    let mut file = BufWriter::with_capacity(BUFFER, file);
    let mut length: u64 = 0;
    while let Some(piece) = part.chunk().await.map_err(|_| Refusal::FileCutOff)? {
        length += piece.len() as u64;
        if length > READ_ON {
            return Err(Refusal::FileTooLarge { limit });
        }
        if length <= limit {
            file.write_all(&piece).await.map_err(|_| Refusal::FileBroken)?;
        }
    }
    file.flush().await.map_err(|_| Refusal::FileBroken)?;
    if length > limit {
        return Err(Refusal::FileTooLarge { limit });
    }
    Ok(place)
}

async fn keep(desk: &Desk, id: FileId, name: &str, path: TempPath) -> Result<(), Failure> {
    // What is in the list stays as it was read: another file has another id.
    if desk.room.state().file(id).is_some() {
        return Ok(());
    }
    let paper = desk.paper();
    let checked = desk.app.files.made_anew(path, paper.0).await.map_err(Failure::Refused)?;
    // It may have come a second time while the first was made anew.
    if desk.room.state().file(id).is_some() {
        return Ok(());
    }
    let name = safe_name(name, checked.kind.ending());
    let new = NewFile {
        id,
        kind: checked.kind,
        bytes: checked.bytes,
        pages: checked.pages,
        anew: checked.anew,
        name: PaperText::parse(PaperField::Message(0), &name, graphemes).map_err(Failure::Refused)?,
    };
    if let Err(error) = desk.app.files.keep(paper, id, checked.kind, &checked.path).await {
        tracing::error!(%error, "a file could not be kept");
        return Err(Failure::Refused(Refusal::FileCutOff));
    }
    let outcome = desk.act(&PaperAct::AddFile(Box::new(new))).await.map(drop);
    if outcome.is_err()
        && let Err(error) = desk.app.files.remove(paper, id, checked.kind).await
    {
        tracing::error!(%error, "a file that was refused could not be erased");
    }
    outcome
}

/// The name without its folders, signs and ending: letters, digits and a few signs between; the ending says what it is.
fn safe_name(typed: &str, ending: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let stem = nadwa_domain::text::clean(stem);
    let kept: String = stem.chars().map(|c| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { '-' }).collect();
    let kept: String = kept.trim_matches(['-', ' ', '.']).chars().take(60).collect();
    let stem = if kept.is_empty() { "paper" } else { kept.as_str() };
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_safe_and_says_what_the_file_is() {
        for (typed, safe) in [
            ("ورقتنا الأولى.docx", "ورقتنا الأولى.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\sara\\paper.exe", "paper.pdf"),
            ("\u{202e}fdp.exe", "fdp.pdf"),
            ("<script>.pdf", "script.pdf"),
            ("...", "paper.pdf"),
            ("a\r\nset-cookie: x.pdf", "a set-cookie- x.pdf"),
        ] {
            assert_eq!(safe_name(typed, "pdf"), safe);
        }
    }
}
