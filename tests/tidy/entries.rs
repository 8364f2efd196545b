//! Invariant 11: the part of an entry that cannot be forgotten holds no name and nothing that a person wrote.
//!
//! Words stand beside the fact and can be blanked in place; names are kept apart. So no fact may lead to a text, by
//! whatever way of types.

use crate::source::{expect_none, files};
use crate::types::Types;

/// The types of facts, and who is written beside them.
const FACTS: [&str; 5] = ["Event", "ConferenceEvent", "PaperEvent", "Who", "InboxEvent"];

/// What can hold a text that a person wrote or is called by.
const TEXTS: [&str; 8] = ["String", "str", "Said", "Phrase", "Words", "QuestionText", "Cow", "Value"];

/// Types with texts that nobody wrote and nobody is called by: how many, and why.
const ALLOWED: [(&str, usize, &str); 4] = [
    ("Code", 1, "six random digits, read from a wall"),
    ("NewDevice", 1, "its digest is SHA-256 of a random secret and leads back to nobody"),
    ("NewPass", 2, "its digests, of the number and of the square, are of random secrets and lead back to nobody"),
    ("Recoded", 2, "its digests, of the number and of the square, are of random secrets and lead back to nobody"),
];

#[test]
fn no_fact_holds_a_name_or_a_text() {
    let types = Types::of(&files(&["app/domain/src"], &[".rs"]));
    let allowed = ALLOWED.map(|(name, ..)| name);
    let ways: Vec<String> = FACTS.iter().flat_map(|fact| types.ways(fact, &TEXTS, &allowed)).collect();
    expect_none(
        &ways,
        "What a person wrote goes into `Words` beside the fact, where it can be blanked; a name goes into the store's \
         `people`, and the fact has the PersonId.",
    );
}

#[test]
fn what_is_allowed_holds_its_texts_and_no_more() {
    let types = Types::of(&files(&["app/domain/src"], &[".rs"]));
    for (name, texts, reason) in ALLOWED {
        let ways = types.ways(name, &TEXTS, &["Code"].map(|code| if code == name { "" } else { code }));
        assert_eq!(ways.len(), texts, "\n{}\n\n`{name}` is allowed for so many texts: {reason}\n", ways.join("\n"));
    }
}
