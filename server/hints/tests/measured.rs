//! The hints, measured on sentences that the table of the test has not seen (`N10`).
//!
//! `cargo test -p nadwa-hints -- --nocapture` prints the figures.

use std::collections::BTreeMap;

use nadwa_domain::hints::{Grade, Hints, WordList};
use nadwa_hints::corpus::{self, Sentence};
use nadwa_hints::measure::{area, share};
use nadwa_hints::table::{Head, Table};
use nadwa_hints::train::{Example, table};
use nadwa_hints::{hints, hints_by};

/// Every fifth sentence of the corpus is kept back.
const KEPT_BACK: usize = 5;

fn examples() -> Vec<Example> {
    corpus::all().into_iter().map(Example::of).collect()
}

struct Unseen {
    sentence: Sentence,
    found: Hints,
    score: f64,
}

/// Each sentence looked at by a table that was made of the other four fifths.
fn unseen(parts: std::ops::Range<usize>) -> Vec<Unseen> {
    let examples = examples();
    let mut all = Vec::new();
    for part in parts {
        // In blocks of the corpus' own order, so that what was written in one go does not stand on both sides.
        let (kept, seen): (Vec<_>, Vec<_>) =
            examples.iter().enumerate().partition(|(at, _)| (at / 3) % KEPT_BACK == part);
        let seen: Vec<&Example> = seen.into_iter().map(|(_, example)| example).collect();
        let table = table(&seen);
        all.extend(kept.into_iter().map(|(_, example)| Unseen {
            found: hints_by(&table, &example.sentence.text, &WordList::default()),
            score: table.score(Head::Worry, &example.features),
            sentence: example.sentence.clone(),
        }));
    }
    all
}

fn recall(all: &[Unseen], is: impl Fn(&Sentence) -> bool, found: impl Fn(&Hints) -> bool) -> f64 {
    let those: Vec<&Unseen> = all.iter().filter(|one| is(&one.sentence)).collect();
    share(&those, |one| found(&one.found))
}

#[test]
fn worries_are_found_in_sentences_that_were_never_seen() {
    let parts = if std::env::var_os("NADWA_HINTS_ALL").is_some() { 0..KEPT_BACK } else { 0..1 };
    let all = unseen(parts);
    let worries = |found: &Hints| found.worry > Grade::None;
    let worry = recall(&all, |s| s.worry > 0, worries);
    let alarms = recall(&all, Sentence::is_clear_or_topic, worries);
    let scores = |is: &dyn Fn(&Sentence) -> bool| -> Vec<f64> {
        all.iter().filter(|one| is(&one.sentence)).map(|one| one.score).collect()
    };
    let area = area(&scores(&|s| s.worry > 0), &scores(&Sentence::is_clear_or_topic));
    let private = recall(&all, |s| s.private > 0, |found| found.private);
    let rude = recall(&all, |s| s.rude > 0, |found| found.rude);
    let topic = recall(&all, |s| s.topic > 0, |found| found.topic);
    let no_private = recall(&all, |s| s.private == 0, |found| found.private);
    let no_rude = recall(&all, |s| s.rude == 0, |found| found.rude);
    println!("{} unseen: worry {worry:.3} at {alarms:.3} false alarms, area {area:.3}", all.len());
    println!("private {private:.3} ({no_private:.3} false), rude {rude:.3} ({no_rude:.3} false), topic {topic:.3}");
    let mut varieties: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for one in all.iter().filter(|one| one.sentence.worry > 0) {
        varieties.entry(&one.sentence.lang).or_default().push(worries(&one.found));
    }
    for (variety, found) in &varieties {
        println!("  {variety}: {:.2} of {}", share(found, |found| *found), found.len());
    }
    for grade in [Grade::Faint, Grade::Likely, Grade::Clear] {
        let at_least = |found: &Hints| found.worry >= grade;
        println!(
            "  {grade:?}: {:.3} of worries, {:.3} of urgent ones, {:.3} of ordinary ones",
            recall(&all, |s| s.worry > 0, at_least),
            recall(&all, |s| s.worry == 3, at_least),
            recall(&all, Sentence::is_clear_or_topic, at_least)
        );
    }
    assert!(worry >= 0.70 && alarms <= 0.12, "worries: {worry:.3} at {alarms:.3}");
    assert!(area >= 0.88, "area under the curve: {area:.3}");
    assert!(private >= 0.90 && no_private <= 0.08, "private: {private:.3}, wrongly {no_private:.3}");
    assert!(rude >= 0.75 && no_rude <= 0.05, "rude: {rude:.3}, wrongly {no_rude:.3}");
}

#[test]
fn the_shipped_table_is_what_the_corpus_makes_and_is_small() {
    let examples = examples();
    let made = table(&examples.iter().collect::<Vec<_>>());
    assert!(made.to_bytes().len() <= 128_000, "{} bytes", made.to_bytes().len());
    assert_eq!(Table::from_bytes(&made.to_bytes()), made, "what is written is what is read");
    assert!(&made == Table::shipped(), "make it anew: cargo run --release -p nadwa-hints --bin weigh");
}

#[test]
fn a_worry_is_told_with_the_words_that_counted() {
    let found = hints("خالي بيضربني كل يوم بالليل", &WordList::default());
    assert!(found.worry >= Grade::Likely, "{found:?}");
    assert!(found.reasons.iter().any(|word| word == "بيضربني"), "{found:?}");
    assert!(hints("متى تبدأ الاستراحة؟", &WordList::default()).is_empty());
    assert_eq!(hints("", &WordList::default()), Hints::default());
}

#[test]
fn organizers_add_words_and_take_words_out() {
    let own = WordList {
        rude: WordList::parse("بطاطا، كوسا\nأبو الشباب"),
        worry: WordList::parse("الغرفة السوداء"),
        harmless: WordList::parse("دلخ"),
    };
    let found = |text| hints(text, &own);
    assert!(found("يا بطاطا").rude && found("تعال أبو الشباب").rude);
    assert!(found("وضعوني في الغرفة السوداء").worry >= Grade::Likely);
    assert!(!found("دلخ اسم قريتنا").rude && hints("دلخ", &WordList::default()).rude);
}

#[test]
fn a_hint_is_quick_enough_for_every_question() {
    let long = "كيف نوصل صوتنا للمسؤولين ".repeat(12);
    std::hint::black_box(hints(&long, &WordList::default()));
    let before = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(hints(&long, &WordList::default()));
    }
    let each = before.elapsed() / 100;
    println!("hints for one question of full length: {each:?}");
    assert!(each.as_millis() < 10, "{each:?}");
}
