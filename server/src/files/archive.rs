//! Word, OpenDocument and slides: archives. Only their table of contents is read; nothing is ever unpacked here.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use nadwa_domain::Refusal;
use nadwa_domain::paper::file::FileKind;
use zip::ZipArchive;

/// Most entries of a document.
const MOST_ENTRIES: usize = 5_000;
/// Most bytes that it would have unpacked.
const MOST_UNPACKED: u64 = 400 * 1024 * 1024;
/// An entry of some size that shrinks by more than this was made to blow up.
const MOST_SHRUNK: u64 = 150;
const SOME_SIZE: u64 = 8 * 1024 * 1024;

/// Where documents keep programs.
const PROGRAMS: [&str; 10] =
    ["vbaproject", "vbadata", "activex/", "basic/", "scripts/", ".exe", ".dll", ".js", ".vbs", ".jar"];

/// What document it is, if it is one and harms nobody.
///
/// # Errors
/// [`Refusal::FileBroken`] for what cannot be read or would blow up, [`Refusal::FileWithProgram`],
/// [`Refusal::FileOfOtherKind`].
pub fn check(path: &Path) -> Result<FileKind, Refusal> {
    let file = File::open(path).map_err(|_| Refusal::FileBroken)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| Refusal::FileBroken)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Refusal::FileBroken);
    }
    let mut unpacked: u64 = 0;
    let mut names = Vec::with_capacity(archive.len());
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(|_| Refusal::FileBroken)?;
        unpacked = unpacked.saturating_add(entry.size());
        let shrunk = entry.size() / entry.compressed_size().max(1);
        if entry.encrypted() || unpacked > MOST_UNPACKED || (entry.size() > SOME_SIZE && shrunk > MOST_SHRUNK) {
            return Err(Refusal::FileBroken);
        }
        names.push(entry.name().map_err(|_| Refusal::FileBroken)?.to_lowercase());
    }
    if names.iter().any(|name| holds_a_program(name)) {
        return Err(Refusal::FileWithProgram);
    }
    kind(&names, &mut archive).ok_or(Refusal::FileOfOtherKind)
}

fn holds_a_program(name: &str) -> bool {
    PROGRAMS.iter().any(|program| match program.strip_prefix('.') {
        Some(_) => name.ends_with(program),
        None => name.starts_with(program) || name.contains(&format!("/{program}")),
    })
}

fn kind(names: &[String], archive: &mut ZipArchive<BufReader<File>>) -> Option<FileKind> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("[content_types].xml") {
        return match () {
            () if has("word/document.xml") => Some(FileKind::Docx),
            () if has("ppt/presentation.xml") => Some(FileKind::Pptx),
            () => None,
        };
    }
    let mut kind = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut kind).ok()?;
    (kind.trim() == FileKind::Odt.media_type()).then_some(FileKind::Odt)
}
