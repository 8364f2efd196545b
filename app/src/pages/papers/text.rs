//! A paper's text as a safe tree: headings, paragraphs, lists, emphasis and links, and never markup of its own.

use crate::pages::{Write, Written};
use leptos::prelude::*;
use nadwa_domain::Lang;
use nadwa_domain::lang::Dir;

/// A part of a text, with a direction of its own by the majority of its letters (`L4`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; 1 is the largest.
    Heading(u8, Line),
    /// A paragraph.
    Paragraph(Line),
    /// A quotation.
    Quote(Line),
    /// A list.
    List { items: Vec<Item> },
}

/// A point of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The number that it was written with; nothing for a point.
    pub number: Option<u32>,
    /// What it says.
    pub line: Line,
    /// The points under it.
    pub inner: Vec<Item>,
}

/// Pieces of text that run in one direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// The language, for a voice that reads it.
    pub lang: Lang,
    /// Which way they run.
    pub dir: Dir,
}

/// A piece of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Said strongly.
    pub strong: bool,
    /// Said with weight.
    pub soft: bool,
    /// Where it leads: `https://…` alone.
    pub link: Option<String>,
    /// What the word means, from the paper's own glossary (`P10`).
    pub meaning: Option<String>,
    /// A line break stands before it.
    pub breaks: bool,
}

/// The whole text. `under` is the level of the heading that it stands under; `part` tells its words apart on the page.
pub fn blocks(blocks: &[Block], under: u8, part: &str) -> impl IntoView + use<> {
    let all = blocks.iter().enumerate().map(|(place, block)| one(block, under, &format!("{part}-{place}")));
    all.collect::<Vec<_>>()
}

fn one(block: &Block, under: u8, part: &str) -> Written {
    match block {
        Block::Heading(level, line) => heading(level.saturating_add(under), line, part),
        Block::Paragraph(words) => {
            view! { <p lang=words.lang.tag() dir=words.dir.as_str()>{line(words, part)}</p> }.written()
        }
        Block::Quote(words) => {
            view! { <blockquote lang=words.lang.tag() dir=words.dir.as_str()>{line(words, part)}</blockquote> }
                .written()
        }
        Block::List { items } => list(items, part),
    }
}

fn heading(level: u8, words: &Line, part: &str) -> Written {
    let (lang, dir, inside) = (words.lang.tag(), words.dir.as_str(), line(words, part));
    match level {
        0..=3 => view! { <h3 lang=lang dir=dir>{inside}</h3> }.written(),
        4 => view! { <h4 lang=lang dir=dir>{inside}</h4> }.written(),
        _ => view! { <h5 lang=lang dir=dir>{inside}</h5> }.written(),
    }
}

fn list(items: &[Item], part: &str) -> Written {
    let rows = items.iter().enumerate().map(|(place, item)| {
        let part = format!("{part}-{place}");
        let words = line(&item.line, &part);
        let inner = (!item.inner.is_empty()).then(|| list(&item.inner, &part));
        view! { <li value=item.number lang=item.line.lang.tag() dir=item.line.dir.as_str()>{words} {inner}</li> }
    });
    let rows = rows.collect::<Vec<_>>();
    // Its marks stand on the side where its words begin.
    let first = items.first().map(|item| (item.line.lang.tag(), item.line.dir.as_str()));
    let (lang, dir) = (first.map(|(lang, _)| lang), first.map(|(_, dir)| dir));
    if items.first().is_some_and(|item| item.number.is_some()) {
        view! { <ol class="written" lang=lang dir=dir>{rows}</ol> }.written()
    } else {
        view! { <ul class="written" lang=lang dir=dir>{rows}</ul> }.written()
    }
}

fn line(line: &Line, part: &str) -> Vec<Written> {
    line.pieces.iter().enumerate().map(|(place, piece)| inline(piece, &format!("{part}-{place}"))).collect()
}

fn inline(piece: &Piece, part: &str) -> Written {
    let text = piece.text.clone();
    let inside = match (&piece.meaning, &piece.link) {
        (Some(meaning), _) => term(text, meaning.clone(), part),
        // A link of a child's own choice: it leaves the page, and nobody is told where it came from.
        (None, Some(link)) => {
            view! { <a href=link.clone() rel="nofollow noopener noreferrer external">{text}</a> }.written()
        }
        (None, None) => text.written(),
    };
    let inside = if piece.strong { view! { <strong>{inside}</strong> }.written() } else { inside };
    let inside = if piece.soft { view! { <em>{inside}</em> }.written() } else { inside };
    if piece.breaks { view! { <br/> {inside} }.written() } else { inside }
}

/// A word with what it means, shown by a tap and without a script.
fn term(word: String, meaning: String, part: &str) -> Written {
    let id = format!("meaning-{part}");
    view! {
        <button class="term" type="button" popovertarget=id.clone()>{word}</button>
        <span class="meaning" popover="auto" id=id>{meaning}</span>
    }
    .written()
}
