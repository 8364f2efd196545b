//! Recordings are made anew: their sound, frame by frame, and nothing beside it. Titles, names, pictures and places
//! stay behind, wherever a program put them: before the sound, after it, or in between.

use std::io::Cursor;

use nadwa_domain::paper::file::FileKind;
use ogg::{Packet, PacketReader, PacketWriteEndInfo, PacketWriter};

use crate::files::length::Frame;
use crate::files::made::{Unmade, m4a};

/// The sound of a recording, as a recording of the same kind.
///
/// # Errors
/// [`Unmade::Broken`] if there is none, [`Unmade::AsBrought`] if it is kept in a way that we do not write.
pub fn bare(kind: FileKind, file: &[u8]) -> Result<Vec<u8>, Unmade> {
    let made = match kind {
        FileKind::Wav => wav(file).ok_or(Unmade::Broken)?,
        FileKind::Mp3 => mp3(file).map(Some).ok_or(Unmade::Broken)?,
        FileKind::Ogg => ogg(file).ok_or(Unmade::Broken)?,
        FileKind::M4a => m4a::bare(file).ok_or(Unmade::Broken)?,
        FileKind::Pdf | FileKind::Docx | FileKind::Odt | FileKind::Pptx | FileKind::Jpeg | FileKind::Png => None,
    };
    made.ok_or(Unmade::AsBrought(kind))
}

/// Format tags of WAVE whose data is samples alone: PCM, IEEE float, A-law, mu-law, and `WAVE_FORMAT_EXTENSIBLE`.
const SAMPLE_FORMATS: [u16; 5] = [1, 3, 6, 7, 0xFFFE];
/// The longest `fmt` chunk.
const LONGEST_FORMAT: usize = 40;

/// The `fmt` and the `data` chunk of RIFF WAVE, and no other.
fn wav(file: &[u8]) -> Option<Option<Vec<u8>>> {
    let mut rest = file.get(12..).filter(|_| file.starts_with(b"RIFF") && &file[8..12] == b"WAVE")?;
    let mut format = None;
    loop {
        let (head, after) = rest.split_at_checked(8)?;
        let size = usize::try_from(u32::from_le_bytes([head[4], head[5], head[6], head[7]])).ok()?;
        match &head[..4] {
            b"fmt " => format = Some(after.get(..size)?),
            // A recorder that was cut off never wrote the chunk's size: then it is as much as there is.
            b"data" => return Some(written(format?, &after[..size.min(after.len())])),
            _ => {}
        }
        // A chunk of odd size is followed by a padding byte.
        rest = after.get(size.checked_add(size % 2)?..)?;
    }
}

fn written(format: &[u8], samples: &[u8]) -> Option<Vec<u8>> {
    let kind = u16::from_le_bytes([*format.first()?, *format.get(1)?]);
    if !SAMPLE_FORMATS.contains(&kind) || format.len() < 16 || format.len() > LONGEST_FORMAT {
        return None;
    }
    let mut body = b"WAVE".to_vec();
    for (name, piece) in [(b"fmt ", format), (b"data", samples)] {
        body.extend(name);
        body.extend(u32::try_from(piece.len()).ok()?.to_le_bytes());
        body.extend(piece);
        body.resize(body.len() + piece.len() % 2, 0);
    }
    Some([b"RIFF", &u32::try_from(body.len()).ok()?.to_le_bytes()[..], &body].concat())
}

/// MPEG audio frames that follow one another. What lies between them (ID3, APE, Lyrics3 tags) is skipped.
fn mp3(file: &[u8]) -> Option<Vec<u8>> {
    let mut at = after_tags(file);
    let (mut out, mut rate, mut in_step) = (Vec::new(), None, false);
    while let Some(head) = file.get(at..at + 4) {
        let end = |frame: &Frame| at + frame.length;
        let frame = Frame::read(head).filter(|frame| rate.is_none_or(|rate| rate == frame.rate) && frame.length > 4);
        // Four bytes of an embedded picture may look like a frame header once; no frame follows where it would end.
        let follows =
            |frame: &Frame| file.get(end(frame)..end(frame) + 4).is_some_and(|head| Frame::read(head).is_some());
        match frame.filter(|frame| end(frame) <= file.len() && (in_step || follows(frame))) {
            Some(frame) => {
                out.extend(silenced(&file[at..end(&frame)]));
                rate = Some(frame.rate);
                in_step = true;
                at = end(&frame);
            }
            None => {
                in_step = false;
                at += 1;
            }
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Past the ID3v2 tags, whose size is a synchsafe integer: four times seven bits.
fn after_tags(file: &[u8]) -> usize {
    let mut at = 0;
    while let Some(head) = file.get(at..at + 10).filter(|head| head.starts_with(b"ID3")) {
        at += 10 + head[6..].iter().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F));
    }
    at
}

/// The Xing or Info frame stays, which tells how many frames and bytes follow; what the encoder (LAME) writes behind
/// these fields is zeroed.
fn silenced(frame: &[u8]) -> Vec<u8> {
    let mut frame = frame.to_vec();
    let whole = frame[1] & 0x08 != 0;
    let alone = frame[3] >> 6 == 3;
    let at = match (whole, alone) {
        (true, false) => 4 + 32,
        (true, true) | (false, false) => 4 + 17,
        (false, true) => 4 + 9,
    };
    if let Some(told) = frame.get_mut(at..).filter(|told| told.starts_with(b"Xing") || told.starts_with(b"Info")) {
        let flags = told.get(7).copied().unwrap_or_default();
        let fields = [(1, 4), (2, 4), (4, 100), (8, 4)];
        let told_in: usize = fields.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, bytes)| bytes).sum();
        told.iter_mut().skip(8 + told_in).for_each(|byte| *byte = 0);
    }
    frame
}

/// The packets of the one logical stream, with an empty comment header. Two streams in one file are not written.
fn ogg(file: &[u8]) -> Option<Option<Vec<u8>>> {
    let mut reader = PacketReader::new(Cursor::new(file));
    let mut writer = PacketWriter::new(Vec::new());
    let mut recording = None;
    while let Some(packet) = reader.read_packet().ok()? {
        let begins = packet.first_in_stream().then(|| Coding::of(&packet)).flatten();
        match (recording, begins) {
            (None, Some(coding)) => recording = Some((packet.stream_serial(), coding)),
            (Some(_), Some(_)) => return Some(None),
            (None | Some(_), None) => {}
        }
        let Some((serial, coding)) = recording.filter(|(serial, _)| *serial == packet.stream_serial()) else {
            continue;
        };
        let (ends, granule) = (end_of(&packet), packet.absgp_page());
        let data = coding.without_comments(packet.data);
        writer.write_packet(data, serial, ends, granule).ok()?;
    }
    Some(recording.map(|_| writer.into_inner()))
}

fn end_of(packet: &Packet) -> PacketWriteEndInfo {
    match (packet.last_in_stream(), packet.last_in_page() || packet.first_in_stream()) {
        (true, _) => PacketWriteEndInfo::EndStream,
        (false, true) => PacketWriteEndInfo::EndPage,
        (false, false) => PacketWriteEndInfo::NormalPacket,
    }
}

/// How the packets of an Ogg recording are coded.
#[derive(Clone, Copy)]
enum Coding {
    Vorbis,
    Opus,
}

impl Coding {
    fn of(first: &Packet) -> Option<Self> {
        match first.data.as_slice() {
            data if data.starts_with(b"\x01vorbis") => Some(Self::Vorbis),
            data if data.starts_with(b"OpusHead") => Some(Self::Opus),
            _ => None,
        }
    }

    fn without_comments(self, data: Vec<u8>) -> Vec<u8> {
        // An empty vendor string and no comments; Vorbis ends its comment header with a framing bit.
        match self {
            Self::Vorbis if data.starts_with(b"\x03vorbis") => b"\x03vorbis\0\0\0\0\0\0\0\0\x01".to_vec(),
            Self::Opus if data.starts_with(b"OpusTags") => b"OpusTags\0\0\0\0\0\0\0\0".to_vec(),
            Self::Vorbis | Self::Opus => data,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &[u8] = b"Maryam, 25.2854 N";

    fn holds(file: &[u8], word: &[u8]) -> bool {
        file.windows(word.len()).any(|part| part == word)
    }

    #[test]
    fn of_a_wave_stay_its_form_and_its_samples() {
        let piece = |name: &[u8], body: &[u8]| {
            let mut out = [name, &u32::try_from(body.len()).unwrap().to_le_bytes(), body].concat();
            out.resize(out.len() + body.len() % 2, 0);
            out
        };
        let form = [1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0];
        let wave = |form: &[u8]| {
            let name = piece(b"LIST", NAME);
            [b"RIFF\0\0\0\0WAVE", &name[..], &piece(b"fmt ", form), &piece(b"data", b"sound"), &name].concat()
        };
        let made = bare(FileKind::Wav, &wave(&form)).unwrap();
        assert_eq!(made, [b"RIFF\x2A\0\0\0WAVE", &piece(b"fmt ", &form)[..], &piece(b"data", b"sound")].concat());
        let mut packed = form;
        packed[0] = 0x55;
        assert_eq!(bare(FileKind::Wav, &wave(&packed)), Err(Unmade::AsBrought(FileKind::Wav)));
        assert_eq!(bare(FileKind::Wav, b"RIFF\0\0\0\0WAVE"), Err(Unmade::Broken));
    }

    #[test]
    fn of_an_mp3_stay_its_frames_wherever_the_tags_are() {
        let frame = [&[0xFF_u8, 0xFB, 0x90, 0x00][..], &[7; 413]].concat();
        let mut first = frame.clone();
        first[36..44].copy_from_slice(b"Xing\0\0\0\x01");
        first[48..58].copy_from_slice(b"LAME,Marya");
        let before = [b"ID3\x04\0\0\0\0\0\x11", NAME].concat();
        let after = [b"APETAGEX", NAME, b"TAG", NAME, &[0; 100]].concat();
        let file = [before.clone(), before, first, frame.repeat(3), NAME.to_vec(), frame.repeat(3), after].concat();
        let made = bare(FileKind::Mp3, &file).unwrap();
        assert_eq!(made.len(), frame.len() * 7);
        assert!(!holds(&made, NAME) && !holds(&made, b"LAME") && holds(&made, b"Xing"));
        assert!(made.ends_with(&frame.repeat(6)));
        assert_eq!(bare(FileKind::Mp3, b"ID3 and nothing"), Err(Unmade::Broken));
    }

    #[test]
    fn of_an_ogg_stay_its_packets_with_empty_comments() {
        let written = |packets: &[(&[u8], u32, PacketWriteEndInfo)]| {
            let mut writer = PacketWriter::new(Vec::new());
            for (data, serial, end) in packets {
                writer.write_packet(data.to_vec(), *serial, *end, 48).unwrap();
            }
            writer.into_inner()
        };
        use PacketWriteEndInfo::{EndPage, EndStream};
        let comments = |head: &[u8]| [head, NAME].concat();
        for (first, second) in [(&b"\x01vorbis......"[..], &b"\x03vorbis"[..]), (b"OpusHead....", b"OpusTags")] {
            let told = comments(second);
            let file = written(&[
                (first, 1, EndPage),
                (b"fishead of another stream", 2, EndPage),
                (&told, 1, EndPage),
                (NAME, 2, EndStream),
                (b"sound", 1, EndStream),
            ]);
            let made = bare(FileKind::Ogg, &file).unwrap();
            assert!(!holds(&made, NAME) && holds(&made, first) && holds(&made, second) && holds(&made, b"sound"));
            let mut reader = PacketReader::new(Cursor::new(&made));
            let packets = std::iter::from_fn(|| reader.read_packet().unwrap()).count();
            assert_eq!(packets, 3, "another program reads it");
        }
        let two = written(&[(b"OpusHead", 1, EndStream), (b"OpusHead", 2, EndStream)]);
        assert_eq!(bare(FileKind::Ogg, &two), Err(Unmade::AsBrought(FileKind::Ogg)));
    }
}
