//! Words in one piece.
//!
//! The typesetter puts every glyph that stands higher or lower than its neighbours (the dots and vowel marks of
//! Arabic) in a run of its own, and each of these runs brings the letter it belongs to. That looks right, and whoever
//! copies, searches or listens to the file gets «المسااعدةة». Here such runs become one again: same letters at the same
//! places, each once.

use std::ops::Range;

use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::syntax::Span;
use typst::text::{Glyph, TextItem};
use typst_layout::PagedDocument;

/// Nearer than this is the same place.
const NEAR: Abs = Abs::raw(0.01);

/// The same pages with whole words.
pub fn words(document: &PagedDocument) -> PagedDocument {
    let pages = document.pages().iter().cloned().map(|mut page| {
        page.frame = mended(&page.frame);
        page
    });
    let mut whole = PagedDocument::new(pages.collect(), Default::default());
    *whole.info_mut() = typst::model::Document::info(document).clone();
    whole
}

fn mended(frame: &Frame) -> Frame {
    let mut items: Vec<(Point, FrameItem)> = vec![];
    // The run that what comes next may belong to.
    let mut open: Option<usize> = None;
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let mut group = group.clone();
                group.frame = mended(&group.frame);
                items.push((*at, FrameItem::Group(group)));
                open = None;
            }
            FrameItem::Text(next) => {
                if let Some((from, FrameItem::Text(run))) = open.and_then(|place| items.get_mut(place))
                    && let Some(joined) = joined((*from, run), (*at, next))
                {
                    *run = joined;
                } else {
                    open = Some(items.len());
                    items.push((*at, FrameItem::Text(next.clone())));
                }
            }
            // The line under a link stands between its runs.
            FrameItem::Shape(..) => items.push((*at, item.clone())),
            _ => {
                open = None;
                items.push((*at, item.clone()));
            }
        }
    }
    let mut whole = frame.clone();
    whole.clear();
    whole.push_multiple(items);
    whole
}

/// Two runs as one, if the second goes on where the first ends: on the page, and in what was written.
fn joined((from, run): (Point, &TextItem), (at, next): (Point, &TextItem)) -> Option<TextItem> {
    let alike = run.font == next.font
        && run.size == next.size
        && run.fill == next.fill
        && run.stroke == next.stroke
        && (run.lang, run.region) == (next.lang, next.region);
    let goes_on = (from.x + run.width() - at.x).abs() < NEAR;
    let ((span, first), (other, second)) = (written(run)?, written(next)?);
    if !alike || !goes_on || span != other || span.is_detached() {
        return None;
    }
    let text = union(&first, &run.text, &second, &next.text)?;
    let start = first.start.min(second.start);
    let higher = Em::from_abs(from.y - at.y, run.size);
    let glyphs = moved(run, first.start - start, Em::zero()).chain(moved(next, second.start - start, higher));
    Some(TextItem { text: text.into(), glyphs: glyphs.collect::<Option<_>>()?, ..run.clone() })
}

/// Which part of which text a run shows, in bytes.
fn written(run: &TextItem) -> Option<(Span, Range<usize>)> {
    let glyph = run.glyphs.first()?;
    let start = usize::from(glyph.span.1).checked_sub(glyph.range().start)?;
    Some((glyph.span.0, start..start + run.text.len()))
}

/// The text of both; nothing if there is a gap between them.
fn union(first: &Range<usize>, one: &str, second: &Range<usize>, other: &str) -> Option<String> {
    let ((early, begin), (late, end)) =
        if first.start <= second.start { ((first, one), (second, other)) } else { ((second, other), (first, one)) };
    if late.end <= early.end {
        return (begin.get(late.start - early.start..late.end - early.start) == Some(end)).then(|| begin.to_owned());
    }
    let shared = early.end.checked_sub(late.start)?;
    (begin.ends_with(end.get(..shared)?)).then(|| [begin, &end[shared..]].concat())
}

/// The glyphs of a run whose text stands `by` bytes further on, and which stand `higher` themselves.
fn moved(run: &TextItem, by: usize, higher: Em) -> impl Iterator<Item = Option<Glyph>> {
    run.glyphs.iter().map(move |glyph| {
        let far = |place: u16| u16::try_from(usize::from(place) + by).ok();
        let range = far(glyph.range.start)?..far(glyph.range.end)?;
        Some(Glyph { range, y_offset: glyph.y_offset + higher, ..glyph.clone() })
    })
}
