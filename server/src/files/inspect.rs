//! Looking into a file before it is kept: what it is by its content, and whether it can harm anybody.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use nadwa_domain::Refusal;
use nadwa_domain::paper::file::FileKind;
use tempfile::{NamedTempFile, TempPath};

use crate::files::left::temporary;
use crate::files::{archive, pdf, picture, sound};

/// So much of a file says what it is.
const HEAD: usize = 8 * 1024;

/// A file that may be kept.
#[derive(Debug)]
pub struct Checked {
    /// What it is.
    pub kind: FileKind,
    /// How large it is now.
    pub bytes: u64,
    /// How many pages of it can be shown on a screen, as far as its own look tells: those of a PDF are counted by
    /// [`Files::count_pages`](crate::files::Files::count_pages).
    pub pages: u16,
    /// Where it is; removed when this is dropped.
    pub path: TempPath,
}

/// Looks into a file; pictures and recordings lose what their device wrote into them. Takes a while: call it where
/// waiting is allowed.
///
/// # Errors
/// [`Refusal::FileOfOtherKind`], [`Refusal::FileWithProgram`], [`Refusal::FileBroken`].
pub fn inspect(path: TempPath) -> Result<Checked, Refusal> {
    let kind = kind_of(&path)?;
    let path = match kind {
        Found::Pdf => {
            pdf::check(&path)?;
            (FileKind::Pdf, 0, path)
        }
        Found::Archive => (archive::check(&path)?, 0, path),
        Found::Picture => {
            let (kind, path) = picture::anew(&path)?;
            (kind, 1, path)
        }
        Found::Sound(kind) => (kind, 0, sound::without_tags(kind, path)?),
    };
    let (kind, pages, path) = path;
    let bytes = std::fs::metadata(&path).map_err(|_| Refusal::FileBroken)?.len();
    Ok(Checked { kind, bytes, pages, path })
}

enum Found {
    Pdf,
    Archive,
    Picture,
    Sound(FileKind),
}

fn kind_of(path: &Path) -> Result<Found, Refusal> {
    let file = File::open(path).map_err(|_| Refusal::FileBroken)?;
    let mut head = Vec::with_capacity(HEAD);
    file.take(HEAD as u64).read_to_end(&mut head).map_err(|_| Refusal::FileBroken)?;
    let found = infer::get(&head).ok_or(Refusal::FileOfOtherKind)?;
    Ok(match found.mime_type() {
        "application/pdf" => Found::Pdf,
        "image/jpeg" | "image/png" | "image/webp" | "image/gif" => Found::Picture,
        "audio/mpeg" => Found::Sound(FileKind::Mp3),
        "audio/m4a" => Found::Sound(FileKind::M4a),
        "audio/ogg" => Found::Sound(FileKind::Ogg),
        "audio/x-wav" => Found::Sound(FileKind::Wav),
        // Word, OpenDocument and slides are archives: what kind is told by what is in them.
        _ if head.starts_with(b"PK\x03\x04") => Found::Archive,
        _ => return Err(Refusal::FileOfOtherKind),
    })
}

/// A fresh temporary file.
pub(super) fn fresh() -> Result<NamedTempFile, Refusal> {
    temporary().map_err(|_| Refusal::FileBroken)
}
