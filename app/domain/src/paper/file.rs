//! Files that children bring: what is taken, and what is shown of it.

use serde::{Deserialize, Serialize};

use crate::ids::FileId;

/// What a file is. Found by its content, never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A PDF document.
    Pdf,
    /// A Word document.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// Slides.
    Pptx,
    /// A picture; kept as JPEG without anything that the camera wrote into it.
    Jpeg,
    /// A picture; kept as PNG.
    Png,
    /// A recording: a child reads or explains.
    Mp3,
    /// A recording.
    M4a,
    /// A recording.
    Ogg,
    /// A recording.
    Wav,
}

impl FileKind {
    /// The ending of its name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Pptx => "pptx",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Ogg => "ogg",
            Self::Wav => "wav",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/mp4",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
        }
    }

    /// Whether it is a picture.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }

    /// Whether a file of this kind was always made anew, since the first that was kept.
    #[must_use]
    pub const fn was_always_made_anew(self) -> bool {
        self.is_picture()
    }

    /// Whether it is listened to.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        matches!(self, Self::Mp3 | Self::M4a | Self::Ogg | Self::Wav)
    }
}

/// A file of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub id: FileId,
    pub kind: FileKind,
    /// How large, in bytes.
    pub bytes: u64,
    /// How many pages can be shown on the screen.
    pub pages: u16,
    /// Whether it was made anew. What is still as it was brought reaches adults alone: names, places and programs may be
    /// in it (`G10`).
    pub anew: bool,
    /// Its name; empty if it was removed.
    pub name: String,
}

/// One page that can be shown on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageOf {
    pub file: FileId,
    /// Which, from 0.
    pub page: u16,
}
