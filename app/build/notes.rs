//! What a file of sentences says beside its values: comments above keys, lines, and typing habits.

use super::check::Place;

/// Every key in the order of the file, with its line and the comment above it.
///
/// Comment lines that stand directly above `key = …` or `key.one = …` belong to it; a blank line parts them from it.
pub fn places(text: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut section = String::new();
    let mut note: Vec<&str> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            note.push(comment.trim());
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim().to_owned();
        } else if let Some(key) = key_of(line)
            && !places.iter().any(|place| place.section == section && place.key == key)
        {
            places.push(Place { section: section.clone(), key: key.to_owned(), line: at + 1, note: note.join(" ") });
        }
        note.clear();
    }
    places
}

/// The first part of the key of `key = …` or `key.form = …`.
fn key_of(line: &str) -> Option<&str> {
    let (path, _) = line.split_once('=')?;
    let key = path.split('.').next()?.trim();
    (!key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).then_some(key)
}

/// What people type made into what is printed: ’ for ' beside a letter, and French spaces that do not break.
pub fn typeset(text: &str, tag: &str) -> String {
    let text = text.replace('\'', "’");
    if tag != "fr" {
        return text;
    }
    let narrow = '\u{202F}';
    let mut text =
        text.replace(" :", "\u{A0}:").replace("« ", "«\u{A0}").replace(" »", "\u{A0}»").replace(" %", "\u{202F}%");
    for mark in ['?', '!', ';'] {
        text = text.replace(&format!(" {mark}"), &format!("{narrow}{mark}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_belongs_to_the_key_below_it() {
        let text = "# The whole file.\n\n[audience]\n# A button.\n# It is large.\nsend = \"إرسال\"\nplain = \"ب\"\n\n# Stray.\n\nvotes.zero = \"لا\"\nvotes.one = \"واحد\"\n";
        let found: Vec<_> = places(text).into_iter().map(|p| (p.key, p.line, p.note)).collect();
        let expected = [("send", 6, "A button. It is large."), ("plain", 7, ""), ("votes", 11, "")];
        assert_eq!(found, expected.map(|(key, line, note)| (key.to_owned(), line, note.to_owned())));
    }

    #[test]
    fn french_spaces_do_not_break() {
        assert_eq!(typeset("Passer la main à {name} ?", "fr"), "Passer la main à {name}\u{202F}?");
        assert_eq!(typeset("Langue : « {text} »", "fr"), "Langue\u{A0}: «\u{A0}{text}\u{A0}»");
        assert_eq!(typeset("I'd rather not say", "en"), "I’d rather not say");
    }
}
