//! PDF documents are made anew: the pages as they look, read by the parser that draws them and written by another
//! library. What a page needs to look so is known, and nothing else is taken over: no names, no dates, no programs, no
//! attachments, no notes, no form that computes. What was never pointed at from a page is not even read.
//!
//! A document that needs more (layers, filled forms, notes with a look of their own, pictures of rare kinds) is made of
//! drawn pages instead.

mod content;
mod shape;
mod write;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, Name};
use hayro::hayro_syntax::page::Page;
use nadwa_domain::paper::file::FileKind;
use pdf_writer::{Content, Filter, Finish, Name as Key, Rect, Ref};

use crate::files::draw;
use crate::files::made::Unmade;

/// Points on the longer side of a drawn page: about as long as paper.
const LONG_SIDE: f32 = 842.0;

/// The document made anew.
///
/// # Errors
/// [`Unmade::Broken`] if there is no page to be seen in it; [`Unmade::AsBrought`] if it cannot be made.
pub fn anew(document: Vec<u8>) -> Result<Vec<u8>, Unmade> {
    // Encrypted with a user password: nobody could open it.
    let pdf = Pdf::new(document).map_err(|_| Unmade::Broken)?;
    if pdf.pages().is_empty() {
        return Err(Unmade::Broken);
    }
    let plain = !pdf.xref().has_optional_content_groups() && !pdf.pages().iter().any(looks_further);
    let written = if plain { write::pages(&pdf) } else { None };
    written.or_else(|| drawn(&pdf)).ok_or(Unmade::AsBrought(FileKind::Pdf))
}

/// Whether annotations with an appearance of their own (`AP`) are drawn over a page; links and popups are not.
fn looks_further(page: &Page<'_>) -> bool {
    let notes = page.raw().get::<Array<'_>>("Annots").unwrap_or_default();
    notes.iter::<Dict<'_>>().any(|note| {
        let kind = note.get::<Name<'_>>("Subtype");
        let unseen = kind.is_some_and(|kind| matches!(&*kind, b"Link" | b"Popup"));
        !unseen && note.contains_key("AP")
    })
}

/// The pages as pictures.
fn drawn(pdf: &Pdf) -> Option<Vec<u8>> {
    let pages = pdf.pages();
    if pages.len() > usize::from(draw::MOST_PAGES) {
        return None;
    }
    let mut out = pdf_writer::Pdf::new();
    let mut next = Ref::new(1);
    let (catalogue, list) = (next.bump(), next.bump());
    let mut kids = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        let dots = draw::dots(page)?;
        let picture = draw::jpeg(&dots)?;
        let (page_id, picture_id, content_id) = (next.bump(), next.bump(), next.bump());
        kids.push(page_id);
        let scale = LONG_SIDE / f32::from(dots.width().max(dots.height()));
        let (width, height) = (f32::from(dots.width()) * scale, f32::from(dots.height()) * scale);
        let mut image = out.image_xobject(picture_id, &picture);
        image.width(dots.width().into()).height(dots.height().into());
        image.filter(Filter::DctDecode);
        image.color_space().device_rgb();
        image.bits_per_component(8);
        image.finish();
        let mut content = Content::new();
        content.transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(Key(b"P"));
        out.stream(content_id, &content.finish());
        let mut page = out.page(page_id);
        page.media_box(Rect::new(0.0, 0.0, width, height)).parent(list).contents(content_id);
        page.resources().x_objects().pair(Key(b"P"), picture_id);
    }
    out.catalog(catalogue).pages(list);
    let count = i32::try_from(kids.len()).ok()?;
    out.pages(list).kids(kids).count(count);
    Some(out.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &[u8] = b"Maryam";

    /// A document by hand, of these objects; the first is its catalogue.
    fn document(objects: &[&str]) -> Vec<u8> {
        let mut out = "%PDF-1.4\n".to_owned();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (place, object) in objects.iter().enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", out.len()));
            out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", place + 1));
        }
        let (size, at) = (objects.len() + 1, out.len());
        out.push_str(&format!("{table}trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{at}\n%%EOF\n"));
        out.into_bytes()
    }

    fn one_page(notes: &str, drawn: &str) -> Vec<u8> {
        let content = format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len());
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Annots [{notes}] /PieceInfo << /X \
             (Maryam) >> /Resources << /XObject << /F 5 0 R >> /Properties << /P << /T (Maryam) >> >> >> >>"
        );
        document(&[
            "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (Maryam) >> /Lang (Maryam) >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            &page,
            &content,
            "<< /Type /XObject /Subtype /Form /BBox [0 0 50 50] /LastModified (Maryam) /Length 30 >>\nstream\n0 0 1 rg \
             % Maryam\n0 0 50 50 re f\nendstream",
            "<< /Author (Maryam) >>",
        ])
    }

    fn holds(made: &[u8], word: &[u8]) -> bool {
        let pdf = Pdf::new(made.to_vec()).unwrap();
        let drawn: Vec<u8> =
            pdf.pages().iter().flat_map(|page| page.page_stream().unwrap_or_default()).copied().collect();
        let found = |bytes: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        found(made) || found(&drawn)
    }

    #[test]
    fn a_page_looks_as_it_did_and_holds_nothing_but_its_look() {
        let drawn = "% Maryam\n/Span << /ActualText (Maryam) >> BDC 1 0 0 rg 0 0 100 100 re f EMC /F Do";
        let link = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (Maryam) >> /T (Maryam) >>";
        let brought = one_page(link, drawn);
        let made = anew(brought.clone()).unwrap();
        assert_eq!(draw::page(made.clone(), 0).unwrap(), draw::page(brought, 0).unwrap());
        assert!(!holds(&made, NAME) && !holds(&made, b"JavaScript") && !holds(&made, b"Annot"));
        assert!(!holds(&made, b"DCTDecode"), "it is written, and its words can be read aloud");
    }

    #[test]
    fn what_lies_over_a_page_is_seen_as_a_picture_and_read_by_nobody() {
        let note = "<< /Type /Annot /Subtype /FreeText /Rect [0 0 50 50] /T (Maryam) /AP << /N 5 0 R >> >>";
        let made = anew(one_page(note, "1 0 0 rg 0 0 100 100 re f")).unwrap();
        assert!(!holds(&made, NAME) && holds(&made, b"DCTDecode"));
        assert_eq!(draw::count(made), 1);
    }

    /// Encrypted with an owner password alone: everybody can open them, and so are they made anew, without encryption.
    #[test]
    fn what_is_encrypted_and_opens_for_everybody_is_made_anew_and_what_asks_for_a_phrase_is_broken() {
        for (kind, brought) in
            [("rc4", &include_bytes!("pdf/locked/rc4.pdf")[..]), ("aes", include_bytes!("pdf/locked/aes.pdf"))]
        {
            let made = anew(brought.to_vec()).unwrap_or_else(|_| panic!("{kind} opens"));
            assert_eq!(draw::page(made.clone(), 0).unwrap(), draw::page(brought.to_vec(), 0).unwrap(), "{kind}");
            for word in [NAME, b"JavaScript", b"alert", b"Encrypt"] {
                assert!(!holds(&made, word), "{kind}: {:?}", str::from_utf8(word));
            }
        }
        assert_eq!(anew(include_bytes!("pdf/locked/phrase.pdf").to_vec()), Err(Unmade::Broken));
    }

    #[test]
    fn what_nobody_can_open_is_broken() {
        for none in [&b""[..], b"%PDF-1.4\n%%EOF"] {
            assert_eq!(anew(none.to_vec()), Err(Unmade::Broken));
        }
    }
}
