//! What children type, and Markdown takes for something else or for nothing (`P4`): mended line by line before it is
//! read, so that no sign of theirs is lost.

use nadwa_domain::fold;

/// Stands beside stars where Markdown wants a letter, and is in no text: a word joiner, which `text::clean` removes.
const BESIDE: char = '\u{2060}';

/// The text in which Markdown sees what a child meant.
pub(super) fn text(text: &str) -> String {
    let lines: Vec<String> = text.replace(BESIDE, "").lines().map(line).collect();
    lines.join("\n")
}

/// A piece of text without what was put beside stars; the spaces that a child left inside them fall away with it.
pub(super) fn plain(piece: String) -> String {
    if piece.contains(BESIDE) { piece.replace(BESIDE, "") } else { piece }
}

fn line(line: &str) -> String {
    let words = line.trim_start();
    let indent = &line[..line.len() - words.len()];
    if is_ruled(words) {
        // Under a text it would make a heading of it.
        return format!("\n{line}");
    }
    strong(&[indent, &begun(words)].concat())
}

/// A line of dashes or equal signs alone.
fn is_ruled(words: &str) -> bool {
    let signs = words.trim_end();
    !signs.is_empty() && (signs.chars().all(|c| c == '-') || signs.chars().all(|c| c == '='))
}

/// The beginning of a line: a heading or a point without its space, a point of an editor, a number in any digits; and a
/// year, which begins a sentence.
fn begun(words: &str) -> String {
    let after = |sign: &str| words.strip_prefix(sign).filter(|rest| rest.starts_with(char::is_alphabetic));
    if let Some((sign, rest)) = ["###", "##", "-"].into_iter().find_map(|sign| Some((sign, after(sign)?))) {
        return [sign, " ", rest].concat();
    }
    if let Some(rest) = words.strip_prefix(['•', '◦', '▪', '‣', '●']) {
        return ["- ", rest.trim_start()].concat();
    }
    numbered(words).unwrap_or_else(|| words.to_owned())
}

/// «١. خط» is a point as «1. خط» is; «2019. كانت» is a sentence.
fn numbered(words: &str) -> Option<String> {
    let length =
        words.chars().take_while(|c| fold::ascii_digits(&c.to_string()).chars().all(|c| c.is_ascii_digit())).count();
    let end: usize = words.chars().take(length).map(char::len_utf8).sum();
    let (digits, rest) = words.split_at(end);
    let sign = rest.chars().next().filter(|sign| matches!(sign, '.' | ')'))?;
    let rest = &rest[sign.len_utf8()..];
    match length {
        1 | 2 if rest.starts_with(char::is_whitespace) => Some(format!("{}{sign}{rest}", fold::ascii_digits(digits))),
        3.. => Some(format!("{digits}\\{sign}{rest}")),
        _ => None,
    }
}

/// Pairs of two stars: Markdown reads them beside letters alone, and «و**«لا»**» has none on either side.
fn strong(line: &str) -> String {
    let parts: Vec<&str> = line.split("**").collect();
    // Three stars and more, and stars that are none, stay as they are.
    if parts.len() < 3 || line.contains("***") || line.contains("\\*") {
        return line.to_owned();
    }
    let pairs = (parts.len() - 1) / 2 * 2;
    let mut mended = String::with_capacity(line.len() + 8);
    for (place, part) in parts.iter().enumerate() {
        let inside = place % 2 == 1 && place < pairs;
        match (inside, part.trim()) {
            (true, words) if !words.is_empty() => {
                mended.extend([BESIDE.to_string().as_str(), words, &BESIDE.to_string()])
            }
            _ => mended.push_str(part),
        }
        if place + 1 < parts.len() {
            mended.push_str("**");
        }
    }
    mended
}
