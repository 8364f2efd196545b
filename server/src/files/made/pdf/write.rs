//! Writing a document from the pages of another, by the shapes that its objects may have.

use std::borrow::Cow;
use std::collections::HashMap;

use hayro::hayro_syntax::object::{Dict, MaybeRef, Name, ObjRef, Object, Rect as Bounds, Stream};
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::hayro_syntax::{Filter as Packing, Pdf};
use pdf_writer::{Filter, Finish, Name as Key, Null, Obj, Rect, Ref};

use super::content::{self, DEEPEST, packed, plain};
use super::shape::{Body, GROUP, RESOURCES, Shape};
use crate::files::made::jpeg;

/// Most objects of a document.
const MOST_THINGS: usize = 200_000;

/// All pages; nothing if one of them needs something that is not written.
pub(super) fn pages(pdf: &Pdf) -> Option<Vec<u8>> {
    let mut out = pdf_writer::Pdf::new();
    let mut next = Ref::new(1);
    let (catalogue, list) = (next.bump(), next.bump());
    let mut things = Things { next, known: HashMap::new(), waiting: Vec::new() };
    let mut kids = Vec::with_capacity(pdf.pages().len());
    for page in pdf.pages().iter() {
        kids.push(write_page(page, list, &mut things, &mut out)?);
    }
    while let Some((found, shape, id)) = things.waiting.pop() {
        if things.known.len() > MOST_THINGS {
            return None;
        }
        match pdf.xref().get::<Object<'_>>(found.into()) {
            Some(Object::Stream(stream)) => write_stream(&stream, shape, id, &mut things, &mut out)?,
            Some(object) => things.put(MaybeRef::NotRef(object), shape, out.indirect(id), 0),
            None => out.indirect(id).primitive(Null),
        }
    }
    out.catalog(catalogue).pages(list);
    let count = i32::try_from(kids.len()).ok()?;
    out.pages(list).kids(kids).count(count);
    Some(out.finish())
}

fn write_page(page: &Page<'_>, list: Ref, things: &mut Things, out: &mut pdf_writer::Pdf) -> Option<Ref> {
    let (id, content) = (things.next.bump(), things.next.bump());
    let drawn = packed(&content::anew(page.page_stream().unwrap_or_default())?)?;
    out.stream(content, &drawn).filter(Filter::FlateDecode);
    let turned = match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    };
    let mut written = out.page(id);
    written.media_box(bounds(page.media_box())).crop_box(bounds(page.crop_box())).rotate(turned);
    written.parent(list).contents(content);
    if let Some(group) = page.raw().get_raw::<Object<'_>>("Group") {
        things.put(group, &GROUP, written.insert(Key(b"Group")), 0);
    }
    let uses = page.resources();
    let mut resources = written.insert(Key(b"Resources")).dict();
    for (key, table) in [
        (b"ExtGState".as_slice(), &uses.ext_g_states),
        (b"ColorSpace", &uses.color_spaces),
        (b"Pattern", &uses.patterns),
        (b"Shading", &uses.shadings),
        (b"XObject", &uses.x_objects),
        (b"Font", &uses.fonts),
    ] {
        let mut written = resources.insert(Key(key)).dict();
        things.put_entries(table, RESOURCES.under(key)?, &mut written, 0);
    }
    resources.finish();
    written.finish();
    Some(id)
}

fn bounds(bounds: Bounds) -> Rect {
    Rect::new(bounds.x0 as f32, bounds.y0 as f32, bounds.x1 as f32, bounds.y1 as f32)
}

/// The indirect objects: each is written once for each shape in which it is used.
struct Things {
    next: Ref,
    known: HashMap<(ObjRef, *const Shape), Ref>,
    waiting: Vec<(ObjRef, &'static Shape, Ref)>,
}

impl Things {
    fn id(&mut self, found: ObjRef, shape: &'static Shape) -> Ref {
        *self.known.entry((found, std::ptr::from_ref(shape))).or_insert_with(|| {
            let id = self.next.bump();
            self.waiting.push((found, shape, id));
            id
        })
    }

    fn put(&mut self, found: MaybeRef<Object<'_>>, shape: &'static Shape, out: Obj<'_>, depth: u8) {
        match found {
            MaybeRef::Ref(found) => out.primitive(self.id(found, shape)),
            MaybeRef::NotRef(Object::Dict(dict)) if depth < DEEPEST => {
                self.put_entries(&dict, shape, &mut out.dict(), depth + 1);
            }
            MaybeRef::NotRef(Object::Array(row)) if depth < DEEPEST => {
                let mut out = out.array();
                row.raw_iter().for_each(|item| self.put(item, shape, out.push(), depth + 1));
            }
            MaybeRef::NotRef(object) => plain(&object, out, DEEPEST),
        }
    }

    fn put_entries(&mut self, dict: &Dict<'_>, shape: &'static Shape, out: &mut pdf_writer::Dict<'_>, depth: u8) {
        for (key, value) in dict.entries() {
            if let Some(shape) = shape.under(&key) {
                self.put(value, shape, out.insert(Key(&key)), depth);
            }
        }
    }
}

fn write_stream(
    stream: &Stream<'_>,
    shape: &'static Shape,
    id: Ref,
    things: &mut Things,
    out: &mut pdf_writer::Pdf,
) -> Option<()> {
    let kind = stream.dict().get::<Name<'_>>("Subtype");
    let is_drawing = kind.is_some_and(|kind| &*kind == b"Form");
    let (bytes, filter) = match shape.body {
        Body::No => return None,
        Body::Object if !is_drawing => picture(stream)?,
        Body::Content | Body::Object => (packed(&content::anew(&unpacked(stream)?)?)?, Filter::FlateDecode),
        Body::Data => (packed(&unpacked(stream)?)?, Filter::FlateDecode),
    };
    let mut written = out.stream(id, &bytes);
    written.filter(filter);
    if filter != Filter::FlateDecode
        && let Some(how) = stream.dict().get::<Dict<'_>>("DecodeParms")
    {
        let mut written = written.insert(Key(b"DecodeParms")).dict();
        for (key, value) in HOW.iter().filter_map(|key| Some((*key, how.get::<Object<'_>>(key)?))) {
            plain(&value, written.insert(Key(key.as_bytes())), DEEPEST);
        }
    }
    things.put_entries(stream.dict(), shape, &mut written, 0);
    Some(())
}

/// Keys of an image's decode parameters: numbers and booleans.
const HOW: [&str; 8] =
    ["ColorTransform", "K", "EndOfLine", "EncodedByteAlign", "Columns", "Rows", "EndOfBlock", "BlackIs1"];

fn unpacked<'a>(stream: &Stream<'a>) -> Option<Cow<'a, [u8]>> {
    stream.decoded_data().ok()
}

/// Pixels stay compressed as they are where the filter leaves no room for anything else; other images are decoded and
/// written pixel by pixel.
fn picture(stream: &Stream<'_>) -> Option<(Vec<u8>, Filter)> {
    match stream.filters().as_slice() {
        [Packing::DctDecode] => Some((jpeg::bare(&stream.raw_data())?, Filter::DctDecode)),
        [Packing::CcittFaxDecode] => Some((stream.raw_data().into_owned(), Filter::CcittFaxDecode)),
        _ => Some((packed(&unpacked(stream)?)?, Filter::FlateDecode)),
    }
}
