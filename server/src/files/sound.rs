//! Recordings lose what the telephone wrote into them: a place, a name.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write, copy};

use nadwa_domain::Refusal;
use nadwa_domain::paper::file::FileKind;
use tempfile::TempPath;

use crate::files::inspect::fresh;

/// The recording without its tags.
///
/// # Errors
/// [`Refusal::FileBroken`] if it cannot be read.
pub fn without_tags(kind: FileKind, path: TempPath) -> Result<TempPath, Refusal> {
    let broken = |_| Refusal::FileBroken;
    match kind {
        FileKind::Mp3 => mp3(path).map_err(broken),
        FileKind::M4a => m4a(&path).map(|()| path).map_err(broken),
        _ => Ok(path),
    }
}

/// An ID3 tag stands before the sound, and says how long it is in four times seven bits.
fn mp3(path: TempPath) -> std::io::Result<TempPath> {
    let mut file = File::open(&path)?;
    let mut head = [0; 10];
    file.read_exact(&mut head)?;
    if &head[..3] != b"ID3" {
        return Ok(path);
    }
    let length = head[6..].iter().fold(0_u64, |length, byte| length << 7 | u64::from(byte & 0x7f));
    file.seek(SeekFrom::Start(10 + length))?;
    let mut sound = fresh().map_err(|_| std::io::Error::other("no temporary file"))?;
    copy(&mut file, sound.as_file_mut())?;
    sound.flush()?;
    Ok(sound.into_temp_path())
}

/// The boxes of user data become free space, in place: every other box stays where the recording says it is.
fn m4a(path: &TempPath) -> std::io::Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let end = file.seek(SeekFrom::End(0))?;
    boxes(&mut file, 0, end, 0)
}

fn boxes(file: &mut File, mut at: u64, end: u64, depth: u8) -> std::io::Result<()> {
    while at + 8 <= end {
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 8];
        file.read_exact(&mut head)?;
        let size = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
        // A box of size 0 goes on to the end; one of size 1 is larger than a recording of ours can be.
        let size = if size == 0 { end - at } else { size };
        if size < 8 || at + size > end {
            return if depth == 0 && size == 1 { Err(std::io::ErrorKind::InvalidData.into()) } else { Ok(()) };
        }
        match &head[4..] {
            b"udta" | b"meta" | b"uuid" => {
                file.seek(SeekFrom::Start(at + 4))?;
                file.write_all(b"free")?;
                let mut nothing = std::io::repeat(0).take(size - 8);
                copy(&mut nothing, file)?;
            }
            b"moov" | b"trak" if depth < 3 => boxes(file, at + 8, at + size, depth + 1)?,
            _ => {}
        }
        at += size;
    }
    Ok(())
}
