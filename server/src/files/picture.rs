//! Pictures are made anew: the dots and nothing else. Where and when they were taken is gone with everything that the
//! camera wrote beside them.

use std::fs::File;
use std::io::{BufReader, BufWriter, Seek, Write};
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use nadwa_domain::Refusal;
use nadwa_domain::paper::file::FileKind;
use tempfile::TempPath;

use crate::files::inspect::fresh;

/// Most dots on a side, and in all: a larger picture is made to blow up.
const MOST_ON_A_SIDE: u32 = 16_000;
const MOST_DOTS: u64 = 60_000_000;
/// Most memory for one picture.
const MOST_MEMORY: u64 = 320 * 1024 * 1024;
/// A wall shows no more than this.
const LARGEST: u32 = 2560;
const QUALITY: u8 = 86;

/// The same picture in a file of its own, upright, with nothing beside its dots.
///
/// # Errors
/// [`Refusal::FileBroken`] if it cannot be read, or is too large.
pub fn anew(path: &Path) -> Result<(FileKind, TempPath), Refusal> {
    let picture = read(path).ok_or(Refusal::FileBroken)?;
    let mut file = fresh()?;
    let kind = write(&picture, file.as_file_mut()).ok_or(Refusal::FileBroken)?;
    Ok((kind, file.into_temp_path()))
}

fn read(path: &Path) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(BufReader::new(File::open(path).ok()?)).with_guessed_format().ok()?;
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
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if width > LARGEST || height > LARGEST {
        picture = picture.thumbnail(LARGEST, LARGEST);
    }
    picture.apply_orientation(turned);
    Some(picture)
}

fn write(picture: &DynamicImage, file: &mut File) -> Option<FileKind> {
    file.rewind().ok()?;
    let mut out = BufWriter::new(file);
    let kind = if picture.color().has_alpha() {
        picture.to_rgba8().write_to(&mut out, ImageFormat::Png).ok()?;
        FileKind::Png
    } else {
        JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(&picture.to_rgb8()).ok()?;
        FileKind::Jpeg
    };
    out.flush().ok()?;
    Some(kind)
}
