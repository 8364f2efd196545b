//! What a reader of the file sees, asked of the pages before they are written down.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::text::TextItem;

use super::*;

const ARABIC: Lang = Lang::AR;
const PAPER: Uuid = Uuid::from_u128(1);

fn phrase(text: &str, lang: Lang) -> Phrase {
    Phrase { text: text.to_owned(), lang, dir: lang.dir() }
}

fn tongue(lang: Lang) -> Tongue {
    let digits = if lang == ARABIC { "٠١٢٣٤٥٦٧٨٩" } else { "0123456789" };
    Tongue { lang, dir: lang.dir(), digits: digits.to_owned() }
}

fn line(text: &str, lang: Lang) -> Line {
    Line { lang, dir: lang.dir(), pieces: vec![Piece { text: text.to_owned(), ..Piece::default() }] }
}

fn leaf(number: u128, title: &str, text: &str, lang: Lang) -> Leaf {
    let blocks = vec![Block::Paragraph { line: line(text, lang) }];
    Leaf {
        id: Uuid::from_u128(number).simple().to_string(),
        own: tongue(lang),
        title: phrase(title, lang),
        by: phrase("مريم", ARABIC),
        summary: None,
        parts: vec![Part { title: "—".to_owned(), blocks }],
    }
}

fn booklet(papers: Vec<Leaf>) -> Booklet {
    let theme = Theme { title: Some(phrase("السلامة", ARABIC)), papers };
    Booklet {
        reader: tongue(ARABIC),
        conference: phrase("المؤتمر", ARABIC),
        title: "كتيّب الأوراق".to_owned(),
        lead: "كتبها أطفال".to_owned(),
        contents: "المحتويات".to_owned(),
        none: "لا أوراق".to_owned(),
        themes: vec![theme],
    }
}

/// Every run of text with its page, from 0, and where on it it begins.
fn runs(booklet: &Booklet) -> Vec<(usize, Point, TextItem)> {
    let desk = Desk::new(serde_json::to_vec(booklet).unwrap(), Pictures::new());
    let document = set(&desk).unwrap();
    let mut found = vec![];
    for (page, set) in document.pages().iter().enumerate() {
        walk(&set.frame, Point::zero(), &mut |at, item| found.push((page, at, item.clone())));
    }
    found
}

fn walk(frame: &Frame, from: Point, found: &mut impl FnMut(Point, &TextItem)) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, from + *at, found),
            FrameItem::Text(text) => found(from + *at, text),
            _ => {}
        }
    }
}

fn on_page(runs: &[(usize, Point, TextItem)], wanted: usize) -> String {
    runs.iter().filter(|(page, _, _)| *page == wanted).map(|(_, _, item)| item.text.as_str()).collect()
}

#[test]
fn arabic_letters_are_joined_and_run_from_the_right_edge() {
    let runs = runs(&booklet(vec![leaf(1, "سلم", "سلم", ARABIC)]));
    let (_, at, word) = runs.iter().find(|(page, _, item)| *page == 2 && item.text == "سلم").expect("the title");
    let alone: Vec<_> = "سلم".chars().map(|letter| word.font.ttf().glyph_index(letter).unwrap().0).collect();
    let joined: Vec<_> = word.glyphs.iter().map(|glyph| glyph.id).collect();
    assert!(joined.iter().all(|glyph| !alone.contains(glyph)), "a letter between others has a form of its own");
    assert!(word.glyphs.windows(2).all(|two| two[0].range.start > two[1].range.start), "the first letter is rightmost");
    let right_edge = Abs::mm(210.0 - 25.0);
    assert!((at.x + word.width() - right_edge).abs() < Abs::mm(1.0), "{:?}", at.x + word.width());
}

#[test]
fn a_word_is_one_piece_for_whoever_copies_or_listens_and_no_dot_of_it_moves() {
    let text = "رَأَيْنَا خطّ المساعدة ١١٦ (Helpline)، فسألنا عنه";
    let papers = booklet(vec![leaf(1, text, text, ARABIC)]);
    let desk = Desk::new(serde_json::to_vec(&papers).unwrap(), Pictures::new());
    let split: PagedDocument = typst::compile(&desk).output.unwrap();
    let whole = whole::words(&split);
    assert_eq!(glyphs(&split), glyphs(&whole));
    let title = runs(&papers).into_iter().filter(|(page, _, item)| *page == 2 && item.size > Abs::pt(20.0));
    let mut said: Vec<_> = title.map(|(_, at, item)| (at, item.text.to_string())).collect();
    said.sort_by(|(one, _), (other, _)| one.y.cmp(&other.y).then(other.x.cmp(&one.x)));
    let said: Vec<_> = said.into_iter().map(|(_, text)| text).collect();
    assert_eq!(said.concat(), text, "{said:?}");
}

/// Every glyph with its place, in hundredths of a point.
fn glyphs(document: &PagedDocument) -> Vec<(usize, i64, i64, u16)> {
    let mut found = vec![];
    for (page, set) in document.pages().iter().enumerate() {
        walk(&set.frame, Point::zero(), &mut |at, item| {
            let mut x = at.x;
            for glyph in &item.glyphs {
                let place = (x + glyph.x_offset.at(item.size), at.y - glyph.y_offset.at(item.size));
                let [x_place, y_place] = [place.0, place.1].map(|length| (length.to_pt() * 100.0).round() as i64);
                found.push((page, x_place, y_place, glyph.id));
                x += glyph.x_advance.at(item.size);
            }
        });
    }
    found
}

#[test]
fn each_paper_runs_its_own_way() {
    let runs = runs(&booklet(vec![leaf(1, "ورقة", "نص", ARABIC), leaf(2, "A paper", "Our words", Lang::EN)]));
    let (page, at, _) = runs.iter().find(|(page, _, item)| *page > 1 && item.text == "A paper").expect("the title");
    assert_eq!(*page, 3, "a page of its own");
    assert!((at.x - Abs::mm(25.0)).abs() < Abs::mm(1.0));
}

#[test]
fn the_contents_say_the_pages_in_the_readers_digits() {
    let long = "نص طويل لا ينتهي في صفحة واحدة. ".repeat(300);
    let runs = runs(&booklet(vec![leaf(1, "الأولى", &long, ARABIC), leaf(2, "الثانية", "نص", ARABIC)]));
    let pages = runs.iter().filter(|(_, _, item)| item.text.contains("الثانية")).map(|(page, _, _)| page + 1);
    let [2, starts] = pages.collect::<Vec<_>>()[..] else { panic!("once in the contents, once as a title") };
    assert!(starts > 4);
    let said: String = starts
        .to_string()
        .chars()
        .map(|digit| "٠١٢٣٤٥٦٧٨٩".chars().nth(digit.to_digit(10).unwrap() as usize).unwrap())
        .collect();
    assert!(on_page(&runs, 1).contains(&said), "{said} in {}", on_page(&runs, 1));
    assert!(on_page(&runs, starts - 1).contains(&said), "the page says its number");
    assert!(runs.iter().all(|(_, _, item)| !item.text.contains(|letter: char| letter.is_ascii_digit())));
}

#[test]
fn what_a_child_wrote_is_never_read_as_markup() {
    let hostile = r##"#panic("no") $x$ *a* = b \ #read("/etc/passwd") </p> <paper> @paper-1 [x] {y} //z"##;
    let runs = runs(&booklet(vec![leaf(1, hostile, hostile, Lang::EN)]));
    let said = on_page(&runs, 2).replace(char::is_whitespace, "");
    let wanted = hostile.replace(char::is_whitespace, "");
    assert_eq!(said.matches(&wanted).count(), 2, "{said}");
}

#[test]
fn one_paper_never_costs_the_others_their_booklet() {
    let vast = |unit: &str, times| unit.repeat(times);
    let mut paper = leaf(1, &vast("عنوان ", 40), &vast("ح", 20_000), ARABIC);
    let far = Some(format!("https://example.org/{}", vast("a", 20_000)));
    let piece = Piece { text: "من هنا".to_owned(), link: far, ..Piece::default() };
    let line = Line { lang: ARABIC, dir: ARABIC.dir(), pieces: vec![piece] };
    let meaning = phrase(&vast("معنى طويل ", 2_000), ARABIC);
    paper.parts[0].blocks.extend([
        Block::Paragraph { line },
        Block::List { items: vec![] },
        Block::Pair { first: phrase("كلمة", ARABIC), second: meaning },
        Block::Pair { first: Phrase::default(), second: Phrase::default() },
    ]);
    let runs = runs(&booklet(vec![paper, leaf(2, "الثانية", "نص", ARABIC)]));
    let after = runs.iter().filter(|(page, _, item)| *page > 1 && item.text == "الثانية");
    assert_eq!(after.count(), 1);
    let said: String = runs.iter().map(|(_, _, item)| item.text.as_str()).collect();
    assert!(said.contains("من هنا"));
    assert_eq!(said.matches("معنى").count(), 2_000, "a long meaning goes on over the pages");
}

#[test]
fn points_keep_the_numbers_that_they_were_written_with_and_the_points_under_them() {
    let item = |number, text: &str, inner| Item { number, line: line(text, ARABIC), inner };
    let under = vec![item(None, "فرع", vec![])];
    let mut paper = leaf(1, "ورقة", "نص", ARABIC);
    paper.parts[0]
        .blocks
        .push(Block::List { items: vec![item(Some(3), "ثالثا", under), item(Some(7), "سابعا", vec![])] });
    let said: String = runs(&booklet(vec![paper])).iter().map(|(_, _, item)| item.text.as_str()).collect();
    let digits = tongue(ARABIC).digits;
    let mark = |number: usize| format!("{}.", digits.chars().nth(number).unwrap());
    for wanted in [mark(3) + "ثالثا", mark(7) + "سابعا", "•فرع".to_owned()] {
        assert!(said.contains(&wanted), "{wanted}: {said:?}");
    }
}

#[test]
fn every_letter_of_a_paper_is_in_our_fonts() {
    let mixed = "رَأَيْنَا ﷺ ٤٢ گچپ — naïveté œuvre Ștefan Привет 🙂🎈 “…” ✓ ★ → ≠";
    let runs = runs(&booklet(vec![leaf(1, mixed, mixed, ARABIC)]));
    let missing = runs.iter().filter(|(_, _, item)| item.glyphs.iter().any(|glyph| glyph.id == 0));
    let missing: Vec<_> = missing.map(|(_, _, item)| item.text.clone()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_picture_is_set_and_a_broken_one_is_left_out() {
    let mut drawn = Vec::new();
    let dots = image::RgbaImage::from_pixel(2000, 10, image::Rgba([200, 0, 0, 128]));
    dots.write_to(&mut std::io::Cursor::new(&mut drawn), image::ImageFormat::Png).unwrap();
    let file = |picture| Block::File { name: phrase("رسم.png", ARABIC), picture };
    let mut paper = leaf(1, "ورقة", "نص", ARABIC);
    let broken = Uuid::from_u128(2);
    paper.parts[0].blocks.extend([file(Some(PAPER)), file(Some(broken)), file(None)]);
    let pictures = Pictures::from([(PAPER, drawn), (broken, b"no picture".to_vec())]);
    let with = pdf(&booklet(vec![paper.clone()]), pictures).unwrap();
    let without = pdf(&booklet(vec![paper]), Pictures::new()).unwrap();
    let images = |pdf: &[u8]| pdf.windows(14).filter(|bytes| bytes == b"/Subtype/Image").count();
    assert_eq!((images(&with), images(&without)), (1, 0));
}

#[test]
fn an_empty_booklet_is_a_booklet_and_one_wish_makes_one_file() {
    let none = Booklet { themes: vec![], ..booklet(vec![]) };
    assert!(on_page(&runs(&none), 1).contains("لا أوراق"));
    let (one, other) = (pdf(&none, Pictures::new()).unwrap(), pdf(&none, Pictures::new()).unwrap());
    assert!(one == other, "no date, no chance");
}
