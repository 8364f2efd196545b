//! Pictures are made anew: decoded, and their pixels encoded again. Where and when they were taken is gone with all
//! metadata of the camera.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use nadwa_domain::paper::file::FileKind;

use crate::files::made::{Made, jpeg};

/// Most pixels on a side: a larger picture is a decompression bomb.
const MOST_ON_A_SIDE: u32 = 16_000;
const MOST_DOTS: u64 = 60_000_000;
/// Most memory for one picture.
const MOST_MEMORY: u64 = 320 * 1024 * 1024;
/// A wall shows no more than this.
const LARGEST: u32 = 2560;
const QUALITY: u8 = 86;

/// The same picture, turned as its EXIF orientation says, with nothing beside its pixels; nothing if it cannot be read
/// or is too large.
#[must_use]
pub fn anew(file: &[u8]) -> Option<Made> {
    let (mut picture, turned) = read(file)?;
    if picture.width() > LARGEST || picture.height() > LARGEST {
        picture = picture.thumbnail(LARGEST, LARGEST);
    }
    picture.apply_orientation(turned);
    let mut out = Cursor::new(Vec::new());
    let kind = if picture.color().has_alpha() {
        picture.to_rgba8().write_to(&mut out, ImageFormat::Png).ok()?;
        FileKind::Png
    } else {
        JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(&picture.to_rgb8()).ok()?;
        FileKind::Jpeg
    };
    Some(Made { kind, bytes: out.into_inner() })
}

/// A picture within a document, in the format that the document says it has: not turned, its pixels alone.
#[must_use]
pub fn within(file: &[u8], form: ImageFormat) -> Option<Vec<u8>> {
    if form == ImageFormat::Jpeg {
        return jpeg::bare(file);
    }
    let mut out = Cursor::new(Vec::new());
    read(file)?.0.write_to(&mut out, form).ok()?;
    Some(out.into_inner())
}

fn read(file: &[u8]) -> Option<(DynamicImage, Orientation)> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_ON_A_SIDE);
    limits.max_image_height = Some(MOST_ON_A_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_DOTS {
        return None;
    }
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Some((DynamicImage::from_decoder(decoder).ok()?, turned))
}
