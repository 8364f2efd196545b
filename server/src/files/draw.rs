//! Pages of PDF documents as pictures. Only the painter's own process comes here ([`crate::files::painter`]): what can
//! be wrong with a document may end that process, and never the server.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

/// Most pages of one document that can be shown; a child speaks for five minutes.
pub const MOST_PAGES: u16 = 60;
/// Pixels on the longer side: what a projector shows, however large the document says that its pages are.
const LONG_SIDE: f32 = 1920.0;
const QUALITY: u8 = 86;

/// How many pages of a document can be shown; none if it cannot be opened.
#[must_use]
pub fn count(pdf: Vec<u8>) -> u16 {
    let pages = Pdf::new(pdf).map_or(0, |pdf| pdf.pages().len());
    u16::try_from(pages).unwrap_or(u16::MAX).min(MOST_PAGES)
}

/// One page as a JPEG on white, counted from 0; nothing if there is no such page, or if it has no size.
#[must_use]
pub fn page(pdf: Vec<u8>, page: u16) -> Option<Vec<u8>> {
    let pdf = Pdf::new(pdf).ok()?;
    let page = pdf.pages().get(usize::from(page))?;
    jpeg(&dots(page)?)
}

/// The pixels of a page; nothing if it has no size.
pub(super) fn dots<'a>(page: &'a Page<'a>) -> Option<Pixmap> {
    let (width, height) = page.render_dimensions();
    if !width.is_finite() || !height.is_finite() {
        return None;
    }
    let scale = LONG_SIDE / width.max(height);
    // At least one pixel, however thin it is.
    let (across, down) = (length(width * scale), length(height * scale));
    let fit = Affine::scale_non_uniform(f64::from(across) / f64::from(width), f64::from(down) / f64::from(height))
        * page.initial_transform(true).to_kurbo();
    let (mut scene, mut picture) = (RenderContext::new(across, down), Pixmap::new(across, down));
    let cache = RenderCache::new();
    render_into(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &mut scene, fit);
    scene.flush();
    let on_white = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    scene.render_with(&mut picture, &mut Resources::default(), on_white);
    Some(picture)
}

/// Between one and what a picture may have.
fn length(length: f32) -> u16 {
    length.round().clamp(1.0, LONG_SIDE) as u16
}

/// Drawn on white, every pixel is opaque: its alpha byte is left out.
pub(super) fn jpeg(picture: &Pixmap) -> Option<Vec<u8>> {
    let dots = picture.data_as_u8_slice().chunks_exact(4);
    let plain: Vec<u8> = dots.flat_map(|dot| [dot[0], dot[1], dot[2]]).collect();
    let (width, height) = (u32::from(picture.width()), u32::from(picture.height()));
    let mut out = Vec::new();
    let written =
        JpegEncoder::new_with_quality(&mut out, QUALITY).encode(&plain, width, height, ExtendedColorType::Rgb8);
    written.ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbImage};

    use super::*;

    const SLIDE: &str = "0 0 400 100";
    const RED: &str = "1 0 0 rg 0 0 400 100 re f";
    const BLUE: &str = "0 0 1 rg 0 0 400 100 re f";

    /// A document by hand: its catalogue, its page tree as given, and one page for each content stream.
    fn document(kids: &str, media_box: &str, drawings: &[&str]) -> Vec<u8> {
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", drawings.len()),
        ];
        for (place, drawing) in drawings.iter().enumerate() {
            let contents = 4 + 2 * place;
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Resources << >> /Contents {contents} 0 R >>"
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()));
        }
        let mut out = "%PDF-1.4\n".to_owned();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (place, object) in objects.iter().enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", out.len()));
            out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", place + 1));
        }
        let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", objects.len() + 1, out.len());
        [out, table, end].concat().into_bytes()
    }

    fn looked_at(pdf: &[u8], place: u16) -> RgbImage {
        let picture = page(pdf.to_vec(), place).expect("it is drawn");
        image::load_from_memory_with_format(&picture, ImageFormat::Jpeg).expect("a JPEG").to_rgb8()
    }

    fn is_nearly(picture: &RgbImage, x: u32, y: u32, colour: [u8; 3]) -> bool {
        picture.get_pixel(x, y).0.iter().zip(colour).all(|(is, wanted)| is.abs_diff(wanted) < 16)
    }

    #[test]
    fn each_page_is_a_picture_of_its_own_as_large_as_a_wall() {
        let pdf = document("3 0 R 5 0 R", SLIDE, &[RED, BLUE]);
        assert_eq!(count(pdf.clone()), 2);
        let (first, second) = (looked_at(&pdf, 0), looked_at(&pdf, 1));
        assert_eq!(first.dimensions(), (1920, 480));
        assert!(is_nearly(&first, 960, 240, [255, 0, 0]));
        assert!(is_nearly(&second, 960, 240, [0, 0, 255]));
        assert!(page(pdf, 2).is_none(), "there is no third");
    }

    #[test]
    fn paper_is_white_where_nothing_is_drawn() {
        let picture = looked_at(&document("3 0 R", SLIDE, &["1 0 0 rg 0 0 200 100 re f"]), 0);
        assert!(is_nearly(&picture, 200, 240, [255, 0, 0]));
        assert!(is_nearly(&picture, 1700, 240, [255, 255, 255]));
    }

    #[test]
    fn a_long_document_shows_its_first_pages_alone() {
        let kids: Vec<String> = (0..70).map(|place| format!("{} 0 R", 3 + 2 * place)).collect();
        assert_eq!(count(document(&kids.join(" "), SLIDE, &[RED; 70])), MOST_PAGES);
    }

    #[test]
    fn an_enormous_page_is_no_larger_than_a_wall() {
        let vast = document("3 0 R", "0 0 1000000000 1000000000", &["1 0 0 rg 0 0 1000000000 1000000000 re f"]);
        assert_eq!(looked_at(&vast, 0).dimensions(), (1920, 1920));
        let thin = document("3 0 R", "0 0 1000000000 1", &[RED]);
        assert_eq!(looked_at(&thin, 0).dimensions(), (1920, 1));
    }

    #[test]
    fn what_is_no_document_has_no_pages() {
        assert_eq!(count(document("2 0 R", SLIDE, &[])), 0, "a list of pages that is its own page");
        for none in [b"".as_slice(), b"%PDF-1.4\n%%EOF", b"%PDF-1.4\n1 0 obj << >> endobj\n%%EOF"] {
            assert_eq!(count(none.to_vec()), 0);
            assert!(page(none.to_vec(), 0).is_none());
        }
        // Cut off before its cross-reference table: what is still there may be found, and nothing breaks.
        let whole = document("3 0 R 5 0 R", SLIDE, &[RED, BLUE]);
        for length in (0..whole.len()).step_by(97) {
            assert!(count(whole[..length].to_vec()) <= 2);
        }
    }
}
