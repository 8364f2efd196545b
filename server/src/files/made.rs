//! What comes from outside is made anew: what it shows and says, and nothing that a device, a program or a person wrote
//! beside it (`G10`). Only the process behind the walls comes here ([`crate::files::remake`]).

pub mod jpeg;
pub mod m4a;
pub mod office;
pub mod pdf;
pub mod picture;
pub mod sound;
mod xml;

use nadwa_domain::paper::file::FileKind;

use crate::files::{draw, length};

/// A file that was made anew.
#[derive(Debug)]
pub struct Made {
    pub kind: FileKind,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Why a file was not made anew.
#[derive(Debug, PartialEq, Eq)]
pub enum Unmade {
    /// Nobody knows such a file.
    OtherKind,
    /// There is a program in it.
    WithProgram,
    /// It cannot be read, or would blow up.
    Broken,
    /// It can be opened; but something in it is of a kind that we cannot make. It stays as it was brought.
    AsBrought(FileKind),
}

/// So much of a file says what it is.
const HEAD: usize = 8 * 1024;

/// Makes a file anew, whatever it is: that is told by its content.
///
/// # Errors
/// [`Unmade`].
pub fn anew(file: Vec<u8>) -> Result<Made, Unmade> {
    let head = &file[..file.len().min(HEAD)];
    let found = infer::get(head).ok_or(Unmade::OtherKind)?;
    match found.mime_type() {
        "application/pdf" => pdf::anew(file).map(|bytes| Made { kind: FileKind::Pdf, bytes }),
        "image/jpeg" | "image/png" | "image/webp" | "image/gif" => picture::anew(&file).ok_or(Unmade::Broken),
        "audio/mpeg" => sounding(FileKind::Mp3, &file),
        "audio/m4a" => sounding(FileKind::M4a, &file),
        "audio/ogg" => sounding(FileKind::Ogg, &file),
        "audio/x-wav" => sounding(FileKind::Wav, &file),
        // Word, OpenDocument and slides are archives: what kind is told by what is in them.
        _ if head.starts_with(b"PK\x03\x04") => office::anew(&file),
        _ => Err(Unmade::OtherKind),
    }
}

fn sounding(kind: FileKind, file: &[u8]) -> Result<Made, Unmade> {
    sound::bare(kind, file).map(|bytes| Made { kind, bytes })
}

impl Made {
    /// How many pages of it can be shown on a screen.
    #[must_use]
    pub fn pages(&self) -> u16 {
        match self.kind {
            FileKind::Pdf => draw::count(self.bytes.clone()),
            FileKind::Jpeg | FileKind::Png => 1,
            FileKind::Docx
            | FileKind::Odt
            | FileKind::Pptx
            | FileKind::Mp3
            | FileKind::M4a
            | FileKind::Ogg
            | FileKind::Wav => 0,
        }
    }

    /// How long it sounds, if it does and says so.
    #[must_use]
    pub fn seconds(&self) -> Option<u16> {
        length::seconds(self.kind, &self.bytes)
    }
}
