//! The content stream of a page, operator by operator. Marked content, comments, and whatever no viewer draws are left
//! out.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro::hayro_syntax::content::UntypedIter;
use hayro::hayro_syntax::object::Object;
use pdf_writer::{Content, Name, Null, Obj, Str};

/// All operators that draw. Marked content (`BDC`), which may hold any text, is none of them.
const OPERATORS: [&str; 65] = [
    "b", "B", "b*", "B*", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "ET", "EX", "f", "F", "f*", "G",
    "g", "gs", "h", "i", "j", "J", "K", "k", "l", "m", "M", "n", "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC",
    "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w",
    "W", "W*", "y", "'", "\"",
];

/// The same content stream; nothing if it has an inline image, which only a drawn page takes over.
pub(super) fn anew(content: &[u8]) -> Option<Vec<u8>> {
    let mut read = UntypedIter::new(content);
    let mut out = Content::new();
    while let Some(instruction) = read.next() {
        let operator: &[u8] = instruction.operator;
        if operator == b"BI" {
            return None;
        }
        let Some(operator) = OPERATORS.iter().find(|known| known.as_bytes() == operator) else { continue };
        let mut operation = out.op(operator);
        for operand in instruction.operands() {
            plain(operand, operation.obj(), 0);
        }
    }
    Some(out.finish().to_vec())
}

/// The deepest arrays within arrays.
pub(super) const DEEPEST: u8 = 32;

/// Numbers, names, strings and arrays of them; anything else becomes null.
pub(super) fn plain(object: &Object<'_>, out: Obj<'_>, depth: u8) {
    match object {
        Object::Boolean(yes) => out.primitive(*yes),
        Object::Number(number) => {
            let number = number.as_f64();
            // Whole numbers stay whole.
            match number as i32 {
                whole if f64::from(whole) == number => out.primitive(whole),
                _ => out.primitive(number as f32),
            }
        }
        Object::String(text) => out.primitive(Str(text)),
        Object::Name(name) => out.primitive(Name(name)),
        Object::Array(row) if depth < DEEPEST => {
            let mut out = out.array();
            row.iter::<Object<'_>>().for_each(|item| plain(&item, out.push(), depth + 1));
        }
        Object::Array(_) | Object::Null(_) | Object::Dict(_) | Object::Stream(_) => out.primitive(Null),
    }
}

/// Compressed with Deflate (`FlateDecode`).
pub(super) fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).ok()?;
    packer.finish().ok()
}
