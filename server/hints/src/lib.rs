//! Hints for the desk (`S15`, `S16`, `N10`): which texts a trained adult should read first, and why.
//!
//! Three ways of looking, one answer. *Lists* of words and phrases say what is certain; a *grammar of concepts*
//! (somebody harms, of the family, at night, a picture, a threat …) and *n-grams* of letters feed a linear model that
//! was made from labelled sentences (`corpus/`), and gives a grade. The table of its weights is made by
//! `cargo run --release -p nadwa-hints --bin weigh`, to the same bytes wherever it runs.
//!
//! A grade buys earlier reading, not safety: every text is read by a person, whatever is said here.

mod concepts;
pub mod corpus;
mod features;
mod lists;
pub mod measure;
mod skeleton;
pub mod table;
pub mod train;

use nadwa_domain::hints::{Grade, Hints, WordList};

use features::Features;
use lists::pattern::Text;
use table::{Head, Table};

/// At most so many words are told as reasons.
const MOST_REASONS: usize = 3;

/// What is said in so many words is read as early as what the model thinks likely.
const SAID: u8 = 97;

/// What a text may hold, by the model, by the lists, and by what organizers changed.
#[must_use]
pub fn hints(raw: &str, own: &WordList) -> Hints {
    hints_by(Table::shipped(), raw, own)
}

/// The same by another table: for measuring one that has not seen all sentences.
#[must_use]
pub fn hints_by(table: &Table, raw: &str, own: &WordList) -> Hints {
    let text = Text::new(raw, &own.harmless);
    let features = Features::of(raw, &own.harmless);
    let adds = |words: &[String]| words.iter().any(|word| text.says(word));
    let said = lists::worry::worries(&text) || adds(&own.worry);
    let worry = table.grade(Head::Worry, &features).max(if said { Grade::Likely } else { Grade::None });
    let graver_than = table.graver_than(Head::Worry, &features).max(if said { SAID } else { 0 });
    Hints {
        worry,
        graver_than,
        private: lists::private::is_private(raw, &text) || table.says(Head::Private, &features),
        rude: lists::rude::is_rude(&text) || adds(&own.rude) || table.says(Head::Rude, &features),
        topic: lists::topic::is_grave(&text) || table.says(Head::Topic, &features),
        reasons: if worry > Grade::None { reasons(table, &features) } else { Vec::new() },
    }
}

/// The words that counted most for a worry, in the order of the text.
fn reasons(table: &Table, features: &Features) -> Vec<String> {
    let mut weighed: Vec<(usize, f64)> = (0..features.words.len())
        .map(|place| (place, table.sum(Head::Worry, features.of_word(place))))
        .filter(|(_, weight)| *weight > 0.0)
        .collect();
    weighed.sort_by(|one, other| other.1.total_cmp(&one.1));
    weighed.truncate(MOST_REASONS);
    weighed.sort_by_key(|(place, _)| *place);
    weighed.into_iter().map(|(place, _)| features.words[place].clone()).collect()
}
