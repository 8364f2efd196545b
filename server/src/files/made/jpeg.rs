//! A JPEG without what a camera wrote beside its coded pixels (EXIF, XMP, comments), which stay as they were: for
//! pictures within documents.

/// The picture alone; nothing if it is none.
#[must_use]
pub fn bare(jpeg: &[u8]) -> Option<Vec<u8>> {
    let mut rest = jpeg.strip_prefix(&[0xFF, 0xD8])?;
    let mut out = vec![0xFF, 0xD8];
    let mut dots = false;
    while let Some(marker) = next_marker(&mut rest) {
        match marker {
            // End of image: what follows it is no picture.
            0xD9 => break,
            0x01 | 0xD0..=0xD7 => {}
            _ => {
                let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
                let (segment, after) = rest.split_at_checked(length)?;
                rest = after;
                write(marker, segment, &mut out)?;
                if marker == 0xDA {
                    dots = true;
                    let (coded, after) = rest.split_at(coded(rest));
                    out.extend_from_slice(coded);
                    rest = after;
                }
            }
        }
    }
    out.extend([0xFF, 0xD9]);
    dots.then_some(out)
}

/// Tables, frames and scans stay, and of the application segments JFIF and Adobe, which say how colours are coded.
fn write(marker: u8, segment: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let body = segment.get(2..)?;
    match marker {
        0xC0..=0xCF | 0xDA..=0xDD => {
            out.extend([0xFF, marker]);
            out.extend_from_slice(segment);
        }
        0xE0 if body.starts_with(b"JFIF\0") => {
            out.extend(*b"\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        }
        0xEE if body.starts_with(b"Adobe") => {
            out.extend([0xFF, 0xEE, 0, 14]);
            out.extend_from_slice(body.get(..12)?);
        }
        _ => {}
    }
    Some(())
}

/// Where the entropy-coded data of a scan ends: at the next marker that is neither a stuffed byte nor a restart.
fn coded(rest: &[u8]) -> usize {
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF);
    rest.windows(2).position(ends).unwrap_or(rest.len())
}

fn next_marker(rest: &mut &[u8]) -> Option<u8> {
    let at = rest.iter().position(|byte| *byte == 0xFF)?;
    let after = at + rest[at..].iter().position(|byte| *byte != 0xFF)?;
    let marker = rest[after];
    *rest = &rest[after + 1..];
    Some(marker)
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::{ImageFormat, RgbImage, load_from_memory_with_format};

    use super::*;

    #[test]
    fn the_dots_stay_as_they_were_and_nothing_else_does() {
        let mut plain = Vec::new();
        let dots = RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 99]));
        JpegEncoder::new(&mut plain).encode_image(&dots).unwrap();
        let mut taken = plain[..2].to_vec();
        for (marker, said) in [(0xE1, "Exif GPS 25.2854"), (0xFE, "Maryam"), (0xED, "Photoshop Maryam")] {
            taken.extend([0xFF, marker, 0, u8::try_from(said.len() + 2).unwrap()]);
            taken.extend(said.bytes());
        }
        taken.extend(&plain[2..]);
        taken.extend(b"Maryam again, after the end");
        let bare = bare(&taken).unwrap();
        for word in ["25.2854", "Maryam"] {
            assert!(!bare.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
        }
        let read = |bytes: &[u8]| load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().to_rgb8();
        assert_eq!(read(&bare), read(&plain));
        assert!(super::bare(b"\xFF\xD8\xFF\xE1\0").is_none() && super::bare(b"").is_none());
    }
}
