//! The booklet of every public paper as a PDF: the same as its page, set for paper.

use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::papers::booklet::title;
use nadwa_app::pages::papers::public::{Asked, PaperPage};
use nadwa_app::pages::papers::text;
use nadwa_app::pages::papers::{FileView, field_name};
use nadwa_app::parts::phrase::{names, own};
use nadwa_app::words::{Reader, numbers, paper as words};
use nadwa_booklet::{Block, Booklet, Item, Leaf, Line, Part, Piece, Theme, Tongue};
use nadwa_domain::ids::{FileId, PaperId};
use nadwa_domain::lang::Phrase;

use crate::files::press::Picture;
use crate::http::papers::booklet::{Wish, only};
use crate::http::papers::public::by_theme;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, public};

/// `GET /papers/booklet.pdf?theme=1`.
pub async fn booklet(State(app): State<App>, visitor: Visitor, Query(wish): Query<Wish>) -> Response {
    let r = visitor.reader;
    let conference = app.rooms.conference().state();
    let Some(themes) = by_theme(&app, r.lang, wish.theme).await else {
        return answers::error_page(&app, &visitor, ErrorKind::Broken);
    };
    let pictures: Vec<_> = themes.iter().flat_map(|(_, papers)| papers).flat_map(pictures).collect();
    let data = Booklet {
        reader: tongue(r),
        conference: public::conference_view(&conference, r.lang).name,
        title: title(r, only(&conference, wish.theme, r.lang).as_ref()),
        lead: words::list_lead(r).to_owned(),
        contents: words::contents(r).to_owned(),
        none: words::none_public(r).to_owned(),
        themes: themes.into_iter().filter_map(|(title, papers)| theme(r, title, &papers)).collect(),
    };
    match app.files.booklet(&data, &pictures, app.rooms.clock().now()).await {
        Ok(set) => sent("booklet.pdf", set.into_response()),
        Err(error) => {
            tracing::warn!(%error, "the booklet could not be set");
            answers::error_page(&app, &visitor, ErrorKind::Broken)
        }
    }
}

/// A PDF: shown or kept, as the reader's device does; nothing of it runs.
pub fn sent(name: &'static str, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(named) = HeaderValue::try_from(format!("inline; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What Nadwa itself says around the words of others, in the reader's language.
#[must_use]
pub fn tongue(r: Reader) -> Tongue {
    Tongue { lang: r.lang, dir: r.lang.dir(), digits: numbers::digits(r, "0123456789") }
}

fn pictures(paper: &PaperPage) -> impl Iterator<Item = Picture> {
    let of = PaperId(paper.paper);
    let seen = paper.files.iter().filter(|file| file.kind.is_picture());
    seen.map(move |file| Picture { paper: of, file: FileId(file.id), kind: file.kind })
}

fn theme(r: Reader, title: Phrase, papers: &[PaperPage]) -> Option<Theme> {
    let papers: Vec<_> = papers.iter().map(|paper| leaf(r, paper)).collect();
    (!papers.is_empty()).then(|| Theme { title: (!title.is_empty()).then_some(title), papers })
}

/// A paper in its own language: what stands around the children's words, too.
fn leaf(r: Reader, paper: &PaperPage) -> Leaf {
    let r = Reader { lang: paper.title.lang, ..r };
    let by = if paper.names.is_empty() { own(r, words::by_children(r)) } else { names(r, &paper.names) };
    let part = |title: &str, blocks: Vec<Block>| Part { title: title.to_owned(), blocks };
    let message =
        |(number, said): (u32, &Phrase)| Item { number: Some(number), line: plain(said.clone(), true), inner: vec![] };
    let messages = (1..).zip(&paper.messages).map(message).collect();
    let messages = part(words::key_messages(r), vec![Block::List { items: messages }]);
    let texts = paper.parts.iter().map(|(field, blocks)| part(&field_name(r, *field), written(blocks)));
    let pair = |(first, second): &(Phrase, Phrase)| Block::Pair { first: first.clone(), second: second.clone() };
    let glossary = part(words::glossary(r), paper.glossary.iter().map(pair).collect());
    let files = part(words::files(r), paper.files.iter().map(|named| file(r, named)).collect());
    let questions = part(words::questions(r), paper.questions.iter().map(|asked| question(r, asked)).collect());
    let parts = [messages].into_iter().chain(texts).chain([glossary, files, questions]);
    Leaf {
        id: paper.paper.simple().to_string(),
        own: tongue(r),
        title: paper.title.clone(),
        by,
        summary: (!paper.summary.is_empty()).then(|| paper.summary.clone()),
        parts: parts.filter(|part| part.blocks.iter().any(is_full)).collect(),
    }
}

/// Whether a heading over it has anything under it.
fn is_full(block: &Block) -> bool {
    !matches!(block, Block::List { items } if items.is_empty())
}

/// One text as a line of its own.
#[must_use]
pub fn plain(phrase: Phrase, strong: bool) -> Line {
    let Phrase { text, lang, dir } = phrase;
    Line { lang, dir, pieces: vec![Piece { text, strong, ..Piece::default() }] }
}

fn written(blocks: &[text::Block]) -> Vec<Block> {
    let one = |block: &text::Block| match block {
        text::Block::Heading(level, words) => Block::Heading { level: *level, line: line(words) },
        text::Block::Paragraph(words) => Block::Paragraph { line: line(words) },
        text::Block::Quote(words) => Block::Quote { line: line(words) },
        text::Block::List { items } => Block::List { items: listed(items) },
    };
    blocks.iter().map(one).collect()
}

fn listed(items: &[text::Item]) -> Vec<Item> {
    let item = |item: &text::Item| Item { number: item.number, line: line(&item.line), inner: listed(&item.inner) };
    items.iter().map(item).collect()
}

fn line(words: &text::Line) -> Line {
    let piece = |piece: &text::Piece| Piece {
        text: piece.text.clone(),
        strong: piece.strong,
        soft: piece.soft,
        link: piece.link.clone(),
        breaks: piece.breaks,
    };
    Line { lang: words.lang, dir: words.dir, pieces: words.pieces.iter().map(piece).collect() }
}

fn file(r: Reader, file: &FileView) -> Block {
    let picture = file.kind.is_picture().then_some(file.id);
    Block::File { name: Phrase::written(&file.name, r.lang), picture }
}

fn question(r: Reader, asked: &Asked) -> Block {
    let mark = if asked.answered { words::answered(r) } else { words::shown_only(r) };
    Block::Pair { first: asked.text.clone(), second: own(r, mark) }
}
