//! The booklet of papers as a tagged PDF: Arabic letters joined, each text in its own direction, pages numbered in the
//! reader's digits, headings that a screen reader can follow.
//!
//! What is set comes as data alone ([`Booklet`]). The template is ours (`booklet.typ`), and nothing that a child wrote
//! is ever read as markup.

mod desk;
mod shrink;
#[cfg(test)]
mod tests;
mod whole;

use std::collections::BTreeMap;

use nadwa_domain::lang::{Dir, Lang, Phrase};
use serde::{Deserialize, Serialize};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use uuid::Uuid;

use crate::desk::Desk;

/// Pictures by the id of their file: PNG or JPEG.
pub type Pictures = BTreeMap<Uuid, Vec<u8>>;

/// What is set.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Booklet {
    /// Whoever asked for it: the cover, the contents and the numbers of pages.
    pub reader: Tongue,
    pub conference: Phrase,
    /// What the booklet is called.
    pub title: String,
    /// A line under it.
    pub lead: String,
    /// The heading of its contents.
    pub contents: String,
    /// What stands there if there is no paper.
    pub none: String,
    /// Papers by theme; themes without papers are left out.
    pub themes: Vec<Theme>,
}

/// The language of what Nadwa itself says around the children's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tongue {
    pub lang: Lang,
    /// Which way it runs.
    pub dir: Dir,
    /// Its ten digits, from 0.
    pub digits: String,
}

/// Papers of one theme.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Theme {
    /// What it is called; nothing for papers without one.
    pub title: Option<Phrase>,
    /// In their order.
    pub papers: Vec<Leaf>,
}

/// One paper.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Leaf {
    /// Which; the contents lead to it.
    pub id: String,
    /// The language that it was written in: of its headings too.
    pub own: Tongue,
    /// What it is called.
    pub title: Phrase,
    /// Who wrote it, as they want to be called.
    pub by: Phrase,
    pub summary: Option<Phrase>,
    /// Everything else, in its order.
    pub parts: Vec<Part>,
}

/// A part of a paper under a heading.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    pub title: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// What may stand under a heading.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Block {
    /// A smaller heading; 1 is the largest.
    Heading {
        /// How large.
        level: u8,
        /// Its words.
        line: Line,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        line: Line,
    },
    /// A quotation.
    Quote {
        /// Its words.
        line: Line,
    },
    /// A list.
    List { items: Vec<Item> },
    /// A word or a question, and what belongs to it on the next line.
    Pair {
        /// The first line, in bold.
        first: Phrase,
        /// The second.
        second: Phrase,
    },
    /// A file: its name, and the picture that it is.
    File {
        name: Phrase,
        /// The picture; nothing if it is none.
        picture: Option<Uuid>,
    },
}

/// A point of a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// The number that it was written with; nothing for a point.
    pub number: Option<u32>,
    /// What it says.
    pub line: Line,
    /// The points under it.
    pub inner: Vec<Item>,
}

/// Runs of text of one base direction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    pub lang: Lang,
    /// Which way they run.
    pub dir: Dir,
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Piece {
    pub text: String,
    /// Bold.
    pub strong: bool,
    /// Emphasised: italic where the script has it.
    pub soft: bool,
    /// Where it leads.
    pub link: Option<String>,
    /// A line break stands before it.
    pub breaks: bool,
}

/// Why there is no PDF; for the operator, and never with a word of a paper.
#[derive(Debug, thiserror::Error)]
pub enum Unset {
    /// The data could not be written down.
    #[error("the booklet cannot be written down: {0}")]
    Data(#[from] serde_json::Error),
    /// The typesetter gave up.
    #[error("the booklet cannot be set: {0}")]
    Typesetter(String),
}

/// Sets a booklet. Takes a processor for seconds, and memory for the whole of it: not for a server's own process.
///
/// # Errors
/// [`Unset`]; a picture that cannot be read is left out, and no error.
pub fn pdf(booklet: &Booklet, pictures: Pictures) -> Result<Vec<u8>, Unset> {
    let pictures: Pictures =
        pictures.into_iter().filter_map(|(id, picture)| Some((id, shrink::for_paper(picture)?))).collect();
    let desk = Desk::new(serde_json::to_vec(&without_lost(booklet, &pictures))?, pictures);
    let document = set(&desk)?;
    let options = PdfOptions { creator: Smart::Custom(Some("Nadwa".to_owned())), ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(gave_up)
}

fn set(desk: &Desk) -> Result<PagedDocument, Unset> {
    typst::compile(desk).output.map(|document| whole::words(&document)).map_err(gave_up)
}

/// The booklet with no picture that is not there.
fn without_lost(booklet: &Booklet, pictures: &Pictures) -> Booklet {
    let mut booklet = booklet.clone();
    let leaves = booklet.themes.iter_mut().flat_map(|theme| &mut theme.papers);
    for block in leaves.flat_map(|leaf| &mut leaf.parts).flat_map(|part| &mut part.blocks) {
        if let Block::File { picture, .. } = block {
            *picture = picture.filter(|id| pictures.contains_key(id));
        }
    }
    booklet
}

/// What the typesetter says of its template. No error of it quotes the data.
fn gave_up(errors: impl IntoIterator<Item = SourceDiagnostic>) -> Unset {
    let sentences: Vec<_> = errors.into_iter().map(|error| error.message.to_string()).collect();
    Unset::Typesetter(sentences.join("; "))
}
