//! How long a recording is, by its container's headers; nothing where they do not tell. No sound is decoded.

use nadwa_domain::paper::file::FileKind;

/// Seconds of a recording, rounded up.
#[must_use]
pub fn seconds(kind: FileKind, bytes: &[u8]) -> Option<u16> {
    let (parts, per_second) = match kind {
        FileKind::Wav => wav(bytes)?,
        FileKind::M4a => m4a(bytes)?,
        FileKind::Ogg => ogg(bytes)?,
        FileKind::Mp3 => mp3(bytes)?,
        FileKind::Pdf | FileKind::Docx | FileKind::Odt | FileKind::Pptx | FileKind::Jpeg | FileKind::Png => {
            return None;
        }
    };
    let whole = (per_second > 0).then(|| parts.div_ceil(per_second))?;
    Some(u16::try_from(whole).unwrap_or(u16::MAX))
}

/// The size of the `data` chunk and the byte rate of the `fmt` chunk (RIFF WAVE).
fn wav(bytes: &[u8]) -> Option<(u64, u64)> {
    let (mut at, mut per_second) = (12, None);
    loop {
        let (name, size) = (bytes.get(at..at + 4)?, u64::from(little(bytes, at + 4)?));
        match name {
            b"fmt " => per_second = Some(u64::from(little(bytes, at + 16)?)),
            // A recorder that was cut off never wrote the chunk's size: then it is as much as there is.
            b"data" => return Some((size.min((bytes.len() - at - 8) as u64), per_second?)),
            _ => {}
        }
        // A chunk of odd size is followed by a padding byte.
        at = at.checked_add(8)?.checked_add(usize::try_from(size + size % 2).ok()?)?;
    }
}

/// Duration and timescale of the movie header (`moov/mvhd`), 32 or 64 bits wide by its version.
fn m4a(bytes: &[u8]) -> Option<(u64, u64)> {
    let head = inside(inside(bytes, *b"moov")?, *b"mvhd")?;
    match head.first()? {
        0 => Some((u64::from(big(head, 16)?), u64::from(big(head, 12)?))),
        _ => {
            let length = u64::from(big(head, 24)?) << 32 | u64::from(big(head, 28)?);
            Some((length, u64::from(big(head, 20)?)))
        }
    }
}

/// The content of the first box (atom) of a type.
fn inside(bytes: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let mut rest = bytes;
    loop {
        let size = match big(rest, 0)? {
            0 => rest.len(),
            size => usize::try_from(size).ok()?,
        };
        let one = rest.get(8..size)?;
        if rest.get(4..8)? == name {
            return Some(one);
        }
        rest = rest.get(size..)?;
    }
}

/// The granule position of the last Ogg page, and the sample rate: Opus always counts 48,000 samples a second.
fn ogg(bytes: &[u8]) -> Option<(u64, u64)> {
    let find = |name: &[u8]| bytes.windows(name.len()).position(|window| window == name);
    let per_second = match (find(b"OpusHead"), find(b"\x01vorbis")) {
        (Some(_), _) => 48_000,
        (None, Some(at)) => u64::from(little(bytes, at + 12)?),
        (None, None) => return None,
    };
    let last = bytes.windows(4).rposition(|window| window == b"OggS")?;
    let end: [u8; 8] = bytes.get(last + 6..last + 14)?.try_into().ok()?;
    Some((u64::from_le_bytes(end), per_second))
}

/// Samples and sample rate, summed over all frames: without a frame index there is no other way to know.
fn mp3(bytes: &[u8]) -> Option<(u64, u64)> {
    let (mut at, mut samples, mut per_second) = (0, 0, None);
    while bytes.len() - at >= 4 && &bytes[at..at + 3] != b"TAG" {
        let frame = Frame::read(bytes.get(at..at + 4)?)?;
        if per_second.is_some_and(|rate| rate != frame.rate) {
            return None;
        }
        per_second = Some(frame.rate);
        samples += frame.samples;
        // The last one may be cut short.
        at = (at + frame.length).min(bytes.len());
    }
    Some((samples, per_second?))
}

/// The header of an MPEG audio frame, Layer III.
pub(super) struct Frame {
    samples: u64,
    /// Samples a second.
    pub(super) rate: u64,
    /// Bytes, with its header.
    pub(super) length: usize,
}

impl Frame {
    /// Bit rates in kbit/s by the header's index: of MPEG-1, and of MPEG-2 and 2.5.
    const BITS: [[u64; 14]; 2] = [
        [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    const RATES: [u64; 3] = [44_100, 48_000, 32_000];

    pub(super) fn read(head: &[u8]) -> Option<Self> {
        let &[sync, kind, rates, _] = head else { return None };
        // The frame sync (eleven ones), any MPEG version, Layer III.
        if sync != 0xFF || kind & 0xE6 != 0xE2 {
            return None;
        }
        let (half, quarter) = match kind >> 3 & 3 {
            3 => (0, 1),
            2 => (1, 2),
            0 => (1, 4),
            _ => return None,
        };
        let bits = *Self::BITS[half].get(usize::from(rates >> 4).checked_sub(1)?)? * 1000;
        let rate = Self::RATES.get(usize::from(rates >> 2 & 3))? / quarter;
        let samples = if half == 0 { 1152 } else { 576 };
        let length = samples / 8 * bits / rate + u64::from(rates >> 1 & 1);
        Some(Self { samples, rate, length: usize::try_from(length).ok()? })
    }
}

fn little(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 8,000 samples a second, one byte each.
    fn plain(seconds: usize, said: u32) -> Vec<u8> {
        let mut wav = b"RIFF\0\0\0\0WAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0\x01\0\x01\0".to_vec();
        wav.extend(8000_u32.to_le_bytes());
        wav.extend(8000_u32.to_le_bytes());
        wav.extend(*b"\x01\0\x08\0data");
        wav.extend(said.to_le_bytes());
        wav.resize(wav.len() + seconds * 8000, 0x80);
        wav
    }

    #[test]
    fn a_plain_recording_is_as_long_as_its_bytes() {
        assert_eq!(seconds(FileKind::Wav, &plain(3, 24_000)), Some(3));
        assert_eq!(seconds(FileKind::Wav, &plain(3, 24_001 - 2000)), Some(3), "a begun second counts");
        assert_eq!(seconds(FileKind::Wav, &plain(3, u32::MAX)), Some(3), "never more than there is");
        assert_eq!(seconds(FileKind::Wav, &plain(3, 24_000)[..30]), None);
    }

    #[test]
    fn frames_are_counted_to_the_end() {
        // 128 kbit/s at 44,100 Hz: 417 bytes a frame, and 38 and a bit frames a second.
        let frame = [&[0xFF_u8, 0xFB, 0x90, 0x00][..], &[0; 413]].concat();
        assert_eq!(seconds(FileKind::Mp3, &frame.repeat(77)), Some(3));
        assert_eq!(seconds(FileKind::Mp3, &[frame.repeat(76), b"TAG".to_vec(), vec![0; 125]].concat()), Some(2));
        assert_eq!(seconds(FileKind::Mp3, &[frame.repeat(2), b"strange".to_vec()].concat()), None);
        assert_eq!(seconds(FileKind::Mp3, b""), None);
    }

    #[test]
    fn heads_and_last_pages_say_how_long() {
        let mut head = vec![0_u8; 20];
        head[14] = 3; // 768 units a second
        head[18] = 0x0F; // 3840 units
        let boxed = |name: &[u8], inside: &[u8]| {
            let size = u32::try_from(inside.len() + 8).unwrap();
            [&size.to_be_bytes()[..], name, inside].concat()
        };
        let film = [boxed(b"ftyp", b"M4A \0\0\0\0"), boxed(b"moov", &boxed(b"mvhd", &head))].concat();
        assert_eq!(seconds(FileKind::M4a, &film), Some(5));
        assert_eq!(seconds(FileKind::M4a, &film[..film.len() - 1]), None);
        let page = |end: u64| [&b"OggS\0\0"[..], &end.to_le_bytes(), &[0; 13]].concat();
        let opus = [page(0), b"OpusHead".to_vec(), page(48_000 * 7)].concat();
        assert_eq!(seconds(FileKind::Ogg, &opus), Some(7));
        assert_eq!(seconds(FileKind::Ogg, &page(1)), None);
    }
}
