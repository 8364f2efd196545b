//! Hard words and what they mean, as organizers write them down: one a line, «word: meaning», in each language (`P10`).
//! They are explained wherever they occur: programme, a session's page, run of show, questions.

use crate::conference::Conference;
use crate::fold;
use crate::lang::Phrase;

/// Most words that are explained beside one text: more is a page to read, not a help to read one.
const MOST: usize = 8;

/// Beginnings that are written as one with an Arabic word: «و», «بال», «لل».
const JOINED: [&str; 12] = ["ال", "وال", "بال", "فال", "كال", "لل", "ولل", "و", "ب", "ل", "ف", "ك"];

/// A hard word and what it means, in the language of the text in which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub word: Phrase,
    pub meaning: Phrase,
}

/// Words and what they mean, in the order of writing. A line without a meaning explains nothing.
#[must_use]
pub fn terms(lines: &str) -> Vec<(String, String)> {
    let term = |line: &str| {
        let (word, meaning) = line.split_once([':', '：', '='])?;
        let (word, meaning) = (word.trim(), meaning.trim());
        (!word.is_empty() && !meaning.is_empty()).then(|| (word.to_owned(), meaning.to_owned()))
    };
    lines.lines().filter_map(term).collect()
}

impl Conference {
    /// The hard words of these texts, each once, in the order of the list.
    #[must_use]
    pub fn explains(&self, texts: &[&Phrase]) -> Vec<Term> {
        let mut found: Vec<Term> = Vec::new();
        for phrase in texts.iter().filter(|phrase| !phrase.is_empty()) {
            let Some(lines) = self.glossary.0.get(&phrase.lang) else { continue };
            let said = words(&phrase.text);
            let own = |text: String| Phrase { text, lang: phrase.lang, dir: phrase.lang.dir() };
            let terms = terms(lines).into_iter().filter(|(word, _)| occurs(&said, &words(word)));
            let terms = terms.map(|(word, meaning)| Term { word: own(word), meaning: own(meaning) });
            terms.for_each(|term| {
                if !found.contains(&term) {
                    found.push(term)
                }
            });
        }
        found.truncate(MOST);
        found
    }
}

/// The words of a text as two readers agree that they are the same: «خطط» is not «خط» (`P4`).
fn words(text: &str) -> Vec<String> {
    let exact = fold::without_hamza(&fold::exact(text));
    exact.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a word or several stand in a text one after the other. Its first may be joined to what stands before it.
fn occurs(said: &[String], term: &[String]) -> bool {
    let Some((first, rest)) = term.split_first() else { return false };
    let bare = first.strip_prefix("ال").filter(|bare| !bare.is_empty()).unwrap_or(first);
    let begins = |word: &str| {
        word == first || word == bare || JOINED.iter().any(|joined| word.strip_prefix(joined) == Some(bare))
    };
    said.windows(term.len()).any(|words| begins(&words[0]) && words[1..] == *rest)
}
