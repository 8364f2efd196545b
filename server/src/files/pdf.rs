//! PDF documents: read from end to end, piece by piece, for whatever could run. Nothing of them is ever run here, and
//! they leave only as downloads; a document with a program in it is not even kept.

use std::fs::File;
use std::io::{BufReader, Bytes, Read};
use std::path::Path;

use flate2::read::ZlibDecoder;
use nadwa_domain::Refusal;

/// Names that let a document do something.
const PROGRAMS: [&[u8]; 7] = [b"JavaScript", b"JS", b"Launch", b"RichMedia", b"EmbeddedFile", b"EmbeddedFiles", b"XFA"];
/// Most bytes of one packed table of objects, and of all of them unpacked.
const MOST_PACKED: usize = 8 * 1024 * 1024;
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// Ends what is packed.
const END: &[u8] = b"endstream";

/// Whether a document harms nobody.
///
/// # Errors
/// [`Refusal::FileWithProgram`], or [`Refusal::FileBroken`] if it cannot be read to its end.
pub fn check(path: &Path) -> Result<(), Refusal> {
    let file = File::open(path).map_err(|_| Refusal::FileBroken)?;
    let mut reader = Reader { bytes: BufReader::with_capacity(64 * 1024, file).bytes(), back: None, unpacked: 0 };
    reader.objects(true)
}

struct Reader<R: Read> {
    bytes: Bytes<R>,
    /// A byte that was read too far.
    back: Option<u8>,
    unpacked: u64,
}

impl<R: Read> Reader<R> {
    fn next(&mut self) -> Result<Option<u8>, Refusal> {
        if let Some(byte) = self.back.take() {
            return Ok(Some(byte));
        }
        self.bytes.next().transpose().map_err(|_| Refusal::FileBroken)
    }

    /// Reads objects; `streams` may stand among them at the top, and nowhere else.
    fn objects(&mut self, streams: bool) -> Result<(), Refusal> {
        // What is known of the object that is being read: whether it packs others, and how.
        let (mut packs, mut deflated, mut other) = (false, false, false);
        while let Some(byte) = self.next()? {
            match byte {
                b'%' => self.skip_until(|byte| byte == b'\n' || byte == b'\r')?,
                b'(' => self.skip_text()?,
                b'/' => {
                    let name = self.name()?;
                    if PROGRAMS.contains(&name.as_slice()) {
                        return Err(Refusal::FileWithProgram);
                    }
                    packs |= name == b"ObjStm";
                    deflated |= name == b"FlateDecode" || name == b"Fl";
                    other |= name.ends_with(b"Decode") && name != b"FlateDecode";
                    if name == b"Encrypt" {
                        return Err(Refusal::FileBroken);
                    }
                }
                byte if byte.is_ascii_alphabetic() => match self.word(byte)?.as_slice() {
                    b"obj" | b"endobj" => (packs, deflated, other) = (false, false, false),
                    b"stream" if streams && packs => self.packed(deflated, other)?,
                    b"stream" if streams => self.skip_stream(|_| Ok(()))?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(())
    }

    /// Objects that are packed together: unpacked as they are read, up to a bound.
    fn packed(&mut self, deflated: bool, other: bool) -> Result<(), Refusal> {
        let mut packed = Vec::new();
        self.skip_stream(|byte| {
            packed.push(byte);
            if packed.len() > MOST_PACKED { Err(Refusal::FileBroken) } else { Ok(()) }
        })?;
        if other {
            return Err(Refusal::FileBroken);
        }
        let left = MOST_UNPACKED.saturating_sub(self.unpacked);
        let start = packed.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        let packed = &packed[start..];
        if !deflated {
            return Reader { bytes: packed.bytes(), back: None, unpacked: 0 }.objects(false);
        }
        let mut plain = Vec::new();
        // What follows a damaged end is not read by anybody either.
        let _ = ZlibDecoder::new(packed).take(left + 1).read_to_end(&mut plain);
        self.unpacked += plain.len() as u64;
        if plain.is_empty() || self.unpacked > MOST_UNPACKED {
            return Err(Refusal::FileBroken);
        }
        Reader { bytes: plain.as_slice().bytes(), back: None, unpacked: 0 }.objects(false)
    }

    /// A name, with its escaped letters as they are meant: `/J#61vaScript` is `JavaScript`.
    fn name(&mut self) -> Result<Vec<u8>, Refusal> {
        let mut name = Vec::new();
        while let Some(byte) = self.next()? {
            if ends_a_name(byte) {
                self.back = Some(byte);
                break;
            }
            if name.len() < 64 {
                name.push(byte);
            }
        }
        let mut plain = Vec::with_capacity(name.len());
        let mut rest = name.as_slice();
        while let [byte, after @ ..] = rest {
            let escaped = match (byte, after) {
                (b'#', [a, b, ..]) => hex(*a).zip(hex(*b)).map(|(a, b)| a << 4 | b),
                _ => None,
            };
            plain.push(escaped.unwrap_or(*byte));
            rest = if escaped.is_some() { &after[2..] } else { after };
        }
        Ok(plain)
    }

    fn word(&mut self, first: u8) -> Result<Vec<u8>, Refusal> {
        let mut word = vec![first];
        while let Some(byte) = self.next()? {
            if !byte.is_ascii_alphabetic() {
                self.back = Some(byte);
                break;
            }
            if word.len() < 16 {
                word.push(byte);
            }
        }
        Ok(word)
    }

    /// A text in brackets, which may hold others.
    fn skip_text(&mut self) -> Result<(), Refusal> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Some(b'\\') => drop(self.next()?),
                Some(b'(') => depth += 1,
                Some(b')') => depth -= 1,
                Some(_) => {}
                None => return Ok(()),
            }
        }
        Ok(())
    }

    fn skip_until(&mut self, end: impl Fn(u8) -> bool) -> Result<(), Refusal> {
        while let Some(byte) = self.next()? {
            if end(byte) {
                break;
            }
        }
        Ok(())
    }

    /// Reads to the end of a stream; `take` gets every byte before it.
    fn skip_stream(&mut self, mut take: impl FnMut(u8) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let mut matched = 0;
        while let Some(byte) = self.next()? {
            // The one way in which the word's end is its beginning again: «endstre» ends with an «e».
            if matched == 7 && byte != END[7] {
                matched = 1;
                END[..6].iter().try_for_each(|byte| take(*byte))?;
            }
            if byte == END[matched] {
                matched += 1;
                if matched == END.len() {
                    return Ok(());
                }
                continue;
            }
            END[..matched].iter().try_for_each(|byte| take(*byte))?;
            matched = usize::from(byte == END[0]);
            if matched == 0 {
                take(byte)?;
            }
        }
        Err(Refusal::FileBroken)
    }
}

const fn ends_a_name(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || byte == 0
        || matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
