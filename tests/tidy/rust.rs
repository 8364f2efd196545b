//! Rust as this test reads it: code without comments, strings and tests. No parser, only what the invariants need.

/// The code alone: comments and the insides of strings become spaces, every line stays where it is.
pub fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let blank = match first {
            '/' => comment(rest),
            '"' | 'r' | 'b' | 'c' => string(rest),
            '\'' => character(rest),
            _ => None,
        };
        let length = blank.unwrap_or_else(|| name(rest).unwrap_or(first.len_utf8()));
        let (piece, after) = rest.split_at(length);
        if blank.is_some() {
            push_blank(&mut out, piece)
        } else {
            out.push_str(piece)
        }
        rest = after;
    }
    out
}

/// The code without `#[cfg(test)]` items: what is compiled for people.
pub fn product_code(text: &str) -> String {
    let mut code = code(text);
    while let Some(start) = code.find("#[cfg(test)]") {
        let end = start + item_end(&code[start..]);
        let mut blank = String::new();
        push_blank(&mut blank, &code[start..end]);
        code.replace_range(start..end, &blank);
    }
    code
}

/// Where the braces that open first in `code` close again; the length of what stands between, braces included.
pub fn block(code: &str) -> Option<&str> {
    let start = code.find('{')?;
    let mut depth = 0_usize;
    for (at, c) in code[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&code[start..=start + at]);
        }
    }
    None
}

/// Every function whose name begins so: the line, and the signature on one line.
pub fn signatures(code: &str, name: &str) -> Vec<(usize, String)> {
    let wanted = format!("fn {name}");
    code.match_indices(&wanted)
        .map(|(at, _)| {
            let end = code[at..].find(['{', ';']).map_or(code.len(), |end| at + end);
            let signature = code[at..end].split_whitespace().collect::<Vec<_>>().join(" ");
            (line_of(code, at), signature)
        })
        .collect()
}

/// The line of a place in a text, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn item_end(item: &str) -> usize {
    let semicolon = item.find(';');
    let brace = item.find('{');
    match (brace, semicolon) {
        (Some(brace), Some(semicolon)) if semicolon < brace => semicolon + 1,
        (Some(brace), _) => brace + block(item).map_or(item.len() - brace, str::len),
        (None, Some(semicolon)) => semicolon + 1,
        (None, None) => item.len(),
    }
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*").then(|| rest.find("*/").map_or(rest.len(), |end| end + 2))
}

fn string(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        let quoted = rest.strip_prefix(prefix).unwrap_or_default();
        let raw = prefix.ends_with('r');
        quoted.starts_with('"') || (raw && quoted.trim_start_matches('#').starts_with('"') && quoted.starts_with('#'))
    })?;
    let after = &rest[prefix.len()..];
    let fences = after.len() - after.trim_start_matches('#').len();
    let open = prefix.len() + fences + 1;
    let close = format!("\"{}", "#".repeat(fences));
    let mut at = open;
    while at < rest.len() && !rest[at..].starts_with(&close) {
        let c = rest[at..].chars().next().map_or(1, char::len_utf8);
        let escaped = !prefix.ends_with('r') && rest[at..].starts_with('\\');
        let next = if escaped { rest[at + 1..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        at += c + next;
    }
    Some((at + close.len()).min(rest.len()))
}

/// A character; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        // The first is escaped and may itself be the quote.
        let first = escape.chars().next()?.len_utf8();
        return escape[first..].find('\'').map(|end| 2 + first + end + 1);
    }
    let c = inside.chars().next()?;
    inside[c.len_utf8()..].starts_with('\'').then(|| 2 + c.len_utf8())
}

fn name(rest: &str) -> Option<usize> {
    let of_a_name = |c: char| c.is_alphanumeric() || c == '_';
    let length = rest.find(|c| !of_a_name(c)).unwrap_or(rest.len());
    (length > 0).then_some(length)
}

fn push_blank(out: &mut String, piece: &str) {
    out.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
}

#[test]
fn code_is_what_is_neither_comment_nor_string() {
    let text = "let a = \"x // \\\" y\"; // todo\nlet b = r#\"\"z\"\"#; /* q\n */ let c = ('\\'', 'd', f::<'_>());";
    let left: Vec<String> = code(text).lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(left, ["leta=;", "letb=;", "letc=(,,f::<'_>());"]);
}

#[test]
fn product_code_has_no_tests() {
    let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { }\n}\n#[cfg(test)]\nmod more;\nfn c() {}\n";
    let names: Vec<_> = signatures(&product_code(text), "").into_iter().collect();
    assert_eq!(names, [(1, "fn a()".to_owned()), (8, "fn c()".to_owned())]);
}
