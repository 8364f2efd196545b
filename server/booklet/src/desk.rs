//! The typesetter's desk, a `World` of Typst: all that it may see. No folder, no network, no clock.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::Pictures;

const TEMPLATE: &str = include_str!("booklet.typ");
/// Whole fonts, not subset as those of the pages are: a paper may use any character. Made by `style/fonts/make.sh`.
const FONTS: [&[u8]; 8] = [
    include_bytes!("../fonts/noto-sans-arabic-regular.ttf"),
    include_bytes!("../fonts/noto-sans-arabic-bold.ttf"),
    include_bytes!("../fonts/noto-sans-regular.ttf"),
    include_bytes!("../fonts/noto-sans-bold.ttf"),
    include_bytes!("../fonts/noto-kufi-arabic-bold.ttf"),
    include_bytes!("../fonts/noto-emoji-regular.ttf"),
    include_bytes!("../fonts/noto-sans-symbols-regular.ttf"),
    include_bytes!("../fonts/noto-sans-math-regular.ttf"),
];

/// A template, its data, its pictures, and fonts.
pub struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    files: BTreeMap<String, Bytes>,
}

impl Desk {
    /// A desk with `booklet.json` and the pictures on it, each under the id of its file.
    pub fn new(data: Vec<u8>, pictures: Pictures) -> Self {
        let fonts: Vec<_> = FONTS.iter().filter_map(|font| Font::new(Bytes::new(*font), 0)).collect();
        let path = VirtualPath::new("booklet.typ").expect("a plain name is a path");
        let template = RootedPath::new(VirtualRoot::Project, path).intern();
        let pictures = pictures.into_iter().map(|(id, picture)| (id.to_string(), Bytes::new(picture)));
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(template, TEMPLATE.to_owned()),
            files: pictures.chain([("booklet.json".to_owned(), Bytes::new(data))]).collect(),
        }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(id.vpath().get_without_slash()).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// The booklet says no date: the same papers make the same file.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
