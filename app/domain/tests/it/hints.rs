//! The hints, measured on labelled sentences, and the inputs of the requirements.
//!
//! `cargo test -p nadwa-domain hints -- --nocapture` prints the figures.

use std::collections::BTreeMap;

use nadwa_domain::hints::{Hints, WordList, hints};

const SENTENCES: &str = include_str!("../labelled/sentences.txt");

struct Sentence {
    label: &'static str,
    lang: &'static str,
    text: &'static str,
    found: Hints,
}

fn sentences() -> Vec<Sentence> {
    let lines = SENTENCES.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let mut parts = line.splitn(3, " | ");
        let mut part = || parts.next().unwrap_or_else(|| panic!("label | language | text: {line}"));
        let (label, lang, text) = (part(), part(), part());
        Sentence { label, lang, text, found: hints(text, &WordList::default()) }
    };
    lines.map(read).collect()
}

/// The share of some labels' sentences that a hint was given for, and those on the wrong side.
fn share(all: &[Sentence], labels: &[&str], hint: fn(&Hints) -> bool, wrong: bool) -> (f64, Vec<String>) {
    let those: Vec<_> = all.iter().filter(|sentence| labels.contains(&sentence.label)).collect();
    let hit = those.iter().filter(|sentence| hint(&sentence.found)).count();
    let missed = those.iter().filter(|sentence| hint(&sentence.found) == wrong);
    let listed = missed.map(|sentence| format!("{} {}: {}", sentence.label, sentence.lang, sentence.text)).collect();
    (hit as f64 / those.len() as f64, listed)
}

#[test]
fn hints_find_what_they_are_for_and_leave_good_questions_alone() {
    let all = sentences();
    assert!(all.len() >= 200, "{} sentences", all.len());
    let (private, no_private) = share(&all, &["private"], |hints| hints.private, false);
    let (rude, no_rude) = share(&all, &["rude"], |hints| hints.rude, false);
    let (worry, no_worry) = share(&all, &["worry"], |hints| hints.worry, false);
    let (topical, _) = share(&all, &["topical"], |hints| hints.topic, false);
    let (false_rude, wrongly_rude) = share(&all, &["harmless", "topical"], |hints| hints.rude, true);
    let (false_private, wrongly_private) = share(&all, &["harmless", "topical"], |hints| hints.private, true);
    let (false_worry, wrongly_worry) = share(&all, &["harmless", "topical"], |hints| hints.worry, true);
    let mut counts = BTreeMap::new();
    all.iter().for_each(|sentence| *counts.entry((sentence.label, sentence.lang)).or_insert(0) += 1);
    println!("{} sentences: {counts:?}", all.len());
    println!("recall: private {private:.3}, rude {rude:.3}, worry {worry:.3}, topic {topical:.3}");
    println!(
        "harmless or topical with a hint: rude {false_rude:.3}, private {false_private:.3}, worry {false_worry:.3}"
    );
    println!("not found: {:#?}", [no_private, no_rude, no_worry].concat());
    println!("found wrongly: {:#?}", [wrongly_rude, wrongly_private, wrongly_worry].concat());
    assert!(private >= 0.9, "recall of private data: {private:.3}");
    assert!(rude >= 0.8, "recall of rude words: {rude:.3}");
    assert!(worry >= 0.8, "recall of worries: {worry:.3}");
    assert!(false_rude <= 0.05, "good questions labelled rude: {false_rude:.3}");
    assert!(false_private <= 0.05, "good questions labelled private: {false_private:.3}");
    assert!(false_worry <= 0.05, "good questions labelled worrying: {false_worry:.3}");
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
    assert!(found("وضعوني في الغرفة السوداء").worry);
    assert!(!found("دلخ اسم قريتنا").rude && hints("دلخ", &WordList::default()).rude);
}

#[test]
fn a_hint_is_quick_enough_for_every_question() {
    let long = "كيف نوصل صوتنا للمسؤولين ".repeat(12);
    let before = std::time::Instant::now();
    let found = (0..100).filter(|_| hints(&long, &WordList::default()).is_empty()).count();
    let each = before.elapsed() / 100;
    assert_eq!(found, 100);
    println!("hints for one question of full length: {each:?} (unoptimised)");
    assert!(each.as_millis() < 40, "{each:?}");
}
