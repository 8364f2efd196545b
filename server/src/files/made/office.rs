//! Word, slides and OpenDocument are ZIP archives of XML and pictures. A new archive gets the parts that are read, each
//! written anew; the others (properties, comments, macros, embedded files, thumbnails, what points outside) stay
//! behind.

mod called;
mod open_document;
mod open_xml;

use std::io::{Cursor, Read, Write};

use image::ImageFormat;
use nadwa_domain::paper::file::FileKind;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::files::made::{Made, Unmade, picture};

/// Most entries of a document.
const MOST_ENTRIES: usize = 5_000;
/// Most bytes that it would have decompressed, and that one of its parts would.
const MOST_UNPACKED: u64 = 400 * 1024 * 1024;
const MOST_OF_A_PART: u64 = 64 * 1024 * 1024;
/// The highest compression ratio: an entry of some size beyond it is a decompression bomb.
const MOST_SHRUNK: u64 = 150;
const SOME_SIZE: u64 = 8 * 1024 * 1024;

/// Where documents keep macros and scripts.
const PROGRAMS: [&str; 10] =
    ["vbaproject", "vbadata", "activex/", "basic/", "scripts/", ".exe", ".dll", ".js", ".vbs", ".jar"];

/// The document made anew.
///
/// # Errors
/// [`Unmade::Broken`] for what cannot be read or would blow up, [`Unmade::WithProgram`],
/// [`Unmade::OtherKind`]; [`Unmade::AsBrought`] if a part of it is of a kind that we cannot make.
pub fn anew(file: &[u8]) -> Result<Made, Unmade> {
    let mut parts = Parts::open(file)?;
    let kind = parts.kind().ok_or(Unmade::OtherKind)?;
    let mut out = Archive { out: ZipWriter::new(Cursor::new(Vec::new())) };
    let made = if kind == FileKind::Odt {
        open_document::write(&mut parts, &mut out)
    } else {
        open_xml::write(&mut parts, kind, &mut out)
    };
    let bytes = made.and_then(|()| out.finish()).ok_or(Unmade::AsBrought(kind))?;
    Ok(Made { kind, bytes })
}

/// The parts of a document, by their names.
struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Parts<'a> {
    /// Only the central directory is read: a bomb is never decompressed.
    fn open(file: &'a [u8]) -> Result<Self, Unmade> {
        let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| Unmade::Broken)?;
        if archive.len() > MOST_ENTRIES {
            return Err(Unmade::Broken);
        }
        let (mut unpacked, mut names) = (0_u64, Vec::with_capacity(archive.len()));
        for place in 0..archive.len() {
            let entry = archive.by_index_raw(place).map_err(|_| Unmade::Broken)?;
            unpacked = unpacked.saturating_add(entry.size());
            let shrunk = entry.size() / entry.compressed_size().max(1);
            if entry.encrypted() || unpacked > MOST_UNPACKED || (entry.size() > SOME_SIZE && shrunk > MOST_SHRUNK) {
                return Err(Unmade::Broken);
            }
            names.push(entry.name().map_err(|_| Unmade::Broken)?.to_string());
        }
        if names.iter().any(|name| holds_a_program(&name.to_lowercase())) {
            return Err(Unmade::WithProgram);
        }
        Ok(Self { archive, names })
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|found| found == name)
    }

    fn kind(&mut self) -> Option<FileKind> {
        if self.has("[Content_Types].xml") {
            return match () {
                () if self.has("word/document.xml") => Some(FileKind::Docx),
                () if self.has("ppt/presentation.xml") => Some(FileKind::Pptx),
                () => None,
            };
        }
        let kind = self.read("mimetype")?;
        (kind.trim_ascii() == FileKind::Odt.media_type().as_bytes()).then_some(FileKind::Odt)
    }

    /// A part, decompressed; nothing if it is not there, or is larger than it says.
    fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        let entry = self.archive.by_name(name).ok()?;
        let mut part = Vec::new();
        entry.take(MOST_OF_A_PART + 1).read_to_end(&mut part).ok()?;
        (part.len() as u64 <= MOST_OF_A_PART).then_some(part)
    }
}

fn holds_a_program(name: &str) -> bool {
    PROGRAMS.iter().any(|program| match program.strip_prefix('.') {
        Some(_) => name.ends_with(program),
        None => name.starts_with(program) || name.contains(&format!("/{program}")),
    })
}

/// Whether a part is a picture that can be made anew, and in which form.
fn picture_form(name: &str) -> Option<ImageFormat> {
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "png" => Some(ImageFormat::Png),
        "jpg" | "jpeg" => Some(ImageFormat::Jpeg),
        "gif" => Some(ImageFormat::Gif),
        _ => None,
    }
}

/// Whether a text names a place on somebody's computer or in a network, and with it the user often.
fn tells_a_place(text: &str) -> bool {
    let text = text.trim();
    let is_drive = || matches!(text.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    let is_path = (text.starts_with('/') && text.len() > 1) || text.starts_with("~/") || is_drive();
    is_path || text.contains('\\') || text.contains("://") || text.to_ascii_lowercase().contains("file:")
}

fn picture_anew(part: &[u8], name: &str) -> Option<Vec<u8>> {
    picture::within(part, picture_form(name)?)
}

/// The document that is written.
struct Archive {
    out: ZipWriter<Cursor<Vec<u8>>>,
}

impl Archive {
    fn put(&mut self, name: &str, part: &[u8], method: CompressionMethod) -> Option<()> {
        // Every entry has the same date: none.
        let options = SimpleFileOptions::default().compression_method(method);
        self.out.start_file(name, options).ok()?;
        self.out.write_all(part).ok()
    }

    fn finish(self) -> Option<Vec<u8>> {
        Some(self.out.finish().ok()?.into_inner())
    }
}

#[cfg(test)]
mod tests;
