//! Papers' texts: a small part of Markdown as a safe tree. Markup of any other kind is words like any other.

mod mended;

use nadwa_app::pages::papers::text::{Block, Item, Line, Piece};
use nadwa_domain::lang::Phrase;
use nadwa_domain::{Lang, fold};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// Deepest nesting that is followed; what lies deeper is said without it.
const DEEPEST: usize = 16;

/// A text as a tree. Every paragraph has the direction of the majority of its letters (`L4`); words of the glossary
/// carry what they mean, each at its first place.
#[must_use]
pub fn tree(text: &str, reader: Lang, glossary: &[(String, String)]) -> Vec<Block> {
    let mended = mended::text(text);
    let mut growing = Growing { reader, glossary: glossary.to_vec(), ..Growing::default() };
    for (event, range) in Parser::new(&mended).into_offset_iter() {
        // A list is numbered as it was written: «٣.» stays the third, and what comes after «3.» may be «5.».
        if matches!(event, Event::Start(Tag::Item)) {
            growing.number = number(mended.get(range.start..).unwrap_or_default());
        }
        growing.take(event);
    }
    growing.end_block();
    growing.blocks
}

#[derive(Default)]
struct Growing {
    reader: Lang,
    /// Words that were not met yet.
    glossary: Vec<(String, String)>,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    strong: usize,
    soft: usize,
    links: Vec<Option<String>>,
    heading: Option<u8>,
    quotes: usize,
    /// The lists that are open, and the items of the outermost, each with how deep it stands.
    lists: usize,
    items: Vec<(usize, Item)>,
    /// The number of the item that is read.
    number: Option<u32>,
    breaks: bool,
}

impl Growing {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::SoftBreak | Event::HardBreak => self.breaks = true,
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag) {
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.soft += 1,
            Tag::Link { dest_url, .. } => {
                let link = Some(dest_url.to_string()).filter(|link| leads_out(link));
                self.links.push(link.filter(|_| self.links.len() < DEEPEST));
            }
            Tag::Heading { level, .. } => {
                self.end_block();
                self.heading = Some(level_of(level));
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quotes += 1;
            }
            Tag::List(_) => {
                if self.lists == 0 {
                    self.end_block();
                } else {
                    self.end_item();
                }
                self.lists += 1;
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock if self.lists == 0 => self.end_block(),
            // A second paragraph of a point stands on a line of its own.
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => self.breaks = true,
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.soft = self.soft.saturating_sub(1),
            TagEnd::Link => drop(self.links.pop()),
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.end_item();
                self.lists = self.lists.saturating_sub(1);
                if self.lists == 0 && !self.items.is_empty() {
                    let items = std::mem::take(&mut self.items);
                    self.blocks.push(Block::List { items: nested(&mut items.into_iter().peekable(), 0) });
                }
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock if self.lists == 0 => {
                self.end_block();
            }
            _ => {}
        }
    }

    /// Says words, and sets those apart that the glossary explains.
    fn say(&mut self, text: &str) {
        let mut rest = text.trim_end_matches('\n');
        while let Some((before, term, after)) = self.first_term(rest) {
            self.push(before.to_owned(), None);
            let (word, meaning) = self.glossary.remove(term);
            self.push(word, Some(meaning));
            rest = after;
        }
        self.push(rest.to_owned(), None);
        // Lines of what is set apart come one by one.
        self.breaks |= text.ends_with('\n');
    }

    /// The first word of the glossary in a text: what stands before it, which it is, what stands after it.
    fn first_term<'t>(&self, text: &'t str) -> Option<(&'t str, usize, &'t str)> {
        let at = |(place, (word, _)): (usize, &(String, String))| Some((whole_word(text, word)?, place, word.len()));
        let (at, place, length) = self.glossary.iter().enumerate().filter_map(at).min()?;
        Some((&text[..at], place, &text[at + length..]))
    }

    fn push(&mut self, text: String, meaning: Option<String>) {
        let text = mended::plain(text);
        if text.is_empty() {
            return;
        }
        let breaks = std::mem::take(&mut self.breaks) && !self.pieces.is_empty();
        self.pieces.push(Piece {
            text,
            strong: self.strong > 0,
            soft: self.soft > 0,
            link: self.links.last().cloned().flatten(),
            meaning,
            breaks,
        });
    }

    fn end_item(&mut self) {
        let number = self.number;
        if let Some(line) = self.line() {
            self.items.push((self.lists, Item { number, line, inner: vec![] }));
            self.number = None;
        }
    }

    fn end_block(&mut self) {
        let heading = self.heading.take();
        let Some(line) = self.line() else { return };
        self.blocks.push(match heading {
            Some(level) => Block::Heading(level, line),
            None if self.quotes > 0 => Block::Quote(line),
            None => Block::Paragraph(line),
        });
    }

    fn line(&mut self) -> Option<Line> {
        self.breaks = false;
        let pieces = std::mem::take(&mut self.pieces);
        if pieces.is_empty() {
            return None;
        }
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let Phrase { lang, dir, .. } = Phrase::written(&text, self.reader);
        Some(Line { pieces, lang, dir })
    }
}

/// The items that stand deeper than `above`, each with those that stand under it.
fn nested(items: &mut std::iter::Peekable<std::vec::IntoIter<(usize, Item)>>, above: usize) -> Vec<Item> {
    let mut found = Vec::new();
    while let Some((depth, mut item)) = items.next_if(|(depth, _)| *depth > above) {
        item.inner = if depth < DEEPEST { nested(items, depth) } else { vec![] };
        found.push(item);
    }
    found
}

/// The number that an item was written with, in whichever digits.
fn number(item: &str) -> Option<u32> {
    let begins: String = item.chars().take(10).collect();
    let digits: String = fold::ascii_digits(&begins).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Where a word stands alone in a text; Arabic words may carry one of the clitics before them.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Other pages by name of their protocol; nothing that runs, and nothing of this machine.
fn leads_out(link: &str) -> bool {
    link.len() <= 500 && ["https://", "http://"].iter().any(|start| link.to_ascii_lowercase().starts_with(start))
}

const fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use nadwa_domain::lang::Dir;

    use super::*;

    fn pieces(text: &str) -> Vec<Piece> {
        tree(text, Lang::AR, &[])
            .into_iter()
            .flat_map(|block| match block {
                Block::Paragraph(line) | Block::Heading(_, line) | Block::Quote(line) => line.pieces,
                Block::List { items } => items.into_iter().flat_map(|item| item.line.pieces).collect(),
            })
            .collect()
    }

    #[test]
    fn headings_lists_and_emphasis_become_a_tree() {
        let tree = tree("## ما رأيناه\n\nسألنا **أربعين** طفلًا.\n\n- أول\n- ثانٍ\n\n1. one", Lang::AR, &[]);
        assert!(matches!(&tree[0], Block::Heading(2, line) if line.pieces[0].text == "ما رأيناه"));
        assert!(matches!(&tree[1], Block::Paragraph(line) if line.pieces[1].strong && line.pieces[1].text == "أربعين"));
        assert!(matches!(&tree[2], Block::List { items } if items.len() == 2 && items[0].number.is_none()));
        assert!(
            matches!(&tree[3], Block::List { items } if items[0].line.dir == Dir::Ltr && items[0].number == Some(1))
        );
    }

    /// A text as it is read: marks of lists with their numbers, and what is strong between stars.
    fn read(text: &str) -> String {
        fn line(line: &Line) -> String {
            let piece = |piece: &Piece| {
                let breaks = if piece.breaks { "/" } else { "" };
                let star = if piece.strong { "*" } else { "" };
                [breaks, star, &piece.text, star].concat()
            };
            line.pieces.iter().map(piece).collect()
        }
        fn listed(items: &[Item]) -> String {
            let mark = |item: &Item| item.number.map_or("-".to_owned(), |number| number.to_string());
            let one = |item: &Item| format!("[{} {}{}]", mark(item), line(&item.line), listed(&item.inner));
            items.iter().map(one).collect()
        }
        let block = |block: &Block| match block {
            Block::Heading(level, words) => format!("h{level} {}", line(words)),
            Block::Paragraph(words) | Block::Quote(words) => line(words),
            Block::List { items } => listed(items),
        };
        tree(text, Lang::AR, &[]).iter().map(block).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_paper_keeps_what_a_child_wrote() {
        for (text, expected) in [
            // Numbers as they were written.
            ("3. ثالثًا\n4. رابعًا\n7. سابعًا", "[3 ثالثًا][4 رابعًا][7 سابعًا]"),
            ("١. خط مجاني\n٢. رد مكتوب", "[1 خط مجاني][2 رد مكتوب]"),
            ("نطلب:\n\n١) خط\n٢) رد", "نطلب: | [1 خط][2 رد]"),
            ("1- أولًا\n2- ثانيًا", "1- أولًا/2- ثانيًا"),
            // Points under points, and a second paragraph of one.
            ("1. أول\n   - فرع\n   - فرع آخر\n2. ثانٍ", "[1 أول[- فرع][- فرع آخر]][2 ثانٍ]"),
            ("- أول\n\n  بقية\n- ثانٍ", "[- أول/بقية][- ثانٍ]"),
            ("• نقطة\n• نقطة أخرى", "[- نقطة][- نقطة أخرى]"),
            // A year begins a sentence and no list.
            ("2019. كانت سنة صعبة", "2019. كانت سنة صعبة"),
            ("٢٠١٩. كانت سنة صعبة", "٢٠١٩. كانت سنة صعبة"),
            ("في عام\n2019. كانت سنة صعبة", "في عام/2019. كانت سنة صعبة"),
            // Strong words beside every sign.
            ("قلنا و**«لا»** بصوت", "قلنا و*«لا»* بصوت"),
            ("**الخلاصة:** نريد", "*الخلاصة:* نريد"),
            ("**الخلاصة**: نريد", "*الخلاصة*: نريد"),
            ("قال**(نعم)**ثم", "قال*(نعم)*ثم"),
            ("**«أمان»**،**«حق»**", "*«أمان»*،*«حق»*"),
            ("** بين نجوم ** كلمة", "*بين نجوم* كلمة"),
            // What the page teaches, as children type it.
            ("##ما رأيناه\nنص", "h2 ما رأيناه | نص"),
            ("-أول\n-ثانٍ", "[- أول][- ثانٍ]"),
            ("-5 درجات", "-5 درجات"),
            ("#أمان كلمتنا", "#أمان كلمتنا"),
            ("نص\n---\nنص آخر", "نص | نص آخر"),
            ("كلمة ** وحدها", "كلمة ** وحدها"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn every_paragraph_has_its_own_direction() {
        let tree = tree("UNICEF سألت الأطفال عن رأيهم\n\nIs «أمان» the same as safety?", Lang::AR, &[]);
        let dirs: Vec<Dir> = tree
            .iter()
            .map(|block| match block {
                Block::Paragraph(line) => line.dir,
                _ => panic!("two paragraphs"),
            })
            .collect();
        assert_eq!(dirs, [Dir::Rtl, Dir::Ltr]);
    }

    #[test]
    fn markup_is_words_and_a_link_leads_out_or_nowhere() {
        let hostile = pieces("<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](https://example.org/x)");
        let said: String = hostile.iter().map(|piece| piece.text.as_str()).collect();
        assert!(said.contains("<script>"));
        let links: Vec<_> = hostile.iter().filter_map(|piece| piece.link.as_deref()).collect();
        assert_eq!(links, ["https://example.org/x"]);
        let picture = pieces("![x](https://example.org/pixel.png)");
        assert!(picture.iter().all(|piece| piece.link.is_none()));
    }

    #[test]
    fn a_word_of_the_glossary_is_explained_once() {
        let glossary = [("CRC".to_owned(), "اتفاقية حقوق الطفل".to_owned())];
        let tree = tree("قرأنا CRC. ثم CRC مرة أخرى، وCRCs.", Lang::AR, &glossary);
        let Block::Paragraph(line) = &tree[0] else { panic!("a paragraph") };
        assert_eq!(line.pieces.iter().filter(|piece| piece.meaning.is_some()).count(), 1);
    }
}
