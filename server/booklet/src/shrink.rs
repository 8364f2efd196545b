//! Pictures as large as a printed page needs them.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Rgb, RgbImage, load_from_memory};

/// Pixels on the longer side: 160 mm of paper at about 200 dpi.
const LARGEST: u32 = 1280;
const QUALITY: u8 = 82;

/// A JPEG on white; nothing if it cannot be read.
pub fn for_paper(picture: Vec<u8>) -> Option<Vec<u8>> {
    let mut picture = load_from_memory(&picture).ok()?;
    if picture.width().max(picture.height()) > LARGEST {
        picture = picture.thumbnail(LARGEST, LARGEST);
    }
    let mut out = Vec::new();
    on_white(&picture).write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)).ok()?;
    Some(out)
}

/// Transparent pixels are blended with white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let dots = picture.to_rgba8();
    RgbImage::from_fn(dots.width(), dots.height(), |x, y| {
        let [red, green, blue, shown] = dots.get_pixel(x, y).0.map(u32::from);
        let over = |colour: u32| u8::try_from((colour * shown + 255 * (255 - shown)) / 255).unwrap_or(u8::MAX);
        Rgb([over(red), over(green), over(blue)])
    })
}
