//! The hints, measured on sentences that the table of the test has not seen (`N10`).
//!
//! `cargo test -p nadwa-hints -- --nocapture` prints the figures.

use std::collections::BTreeMap;

use nadwa_domain::hints::{Grade, Hints, WordList, in_order};
use nadwa_domain::time::Instant;
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
    assert!(private >= 0.92 && no_private <= 0.08, "private: {private:.3}, wrongly {no_private:.3}");
    assert!(rude >= 0.75 && no_rude <= 0.05, "rude: {rude:.3}, wrongly {no_rude:.3}");
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).unwrap_or(0)
    }
}

/// Three hundred texts come within five minutes, fifteen of them worries; one person reads, eight seconds each.
/// Returns the mean wait of a worry and the last one's, in seconds.
fn waits(worries: &[u8], ordinary: &[u8]) -> (f64, f64) {
    const HALLS: usize = 100;
    let mut chance = Chance(20_261_130);
    let (mut sum, mut last) = (0.0, 0.0);
    for _ in 0..HALLS {
        let at = |place: i64| Instant(place * 1_000);
        let mut waiting: Vec<(u8, Instant, bool)> =
            (0..300).map(|place| (ordinary[chance.below(ordinary.len())], at(place), false)).collect();
        for place in (0..300).step_by(20) {
            let one = &mut waiting[place + chance.below(20)];
            (one.0, one.2) = (worries[chance.below(worries.len())], true);
        }
        let read = in_order(waiting, 0, |one| (one.0, one.1));
        let waited = read.iter().enumerate().filter(|(_, one)| one.2).map(|(place, _)| (place + 1) as f64 * 8.0);
        let waited: Vec<f64> = waited.collect();
        sum += waited.iter().sum::<f64>() / waited.len() as f64;
        last += waited.iter().fold(0.0_f64, |last, one| last.max(*one));
    }
    (sum / HALLS as f64, last / HALLS as f64)
}

#[test]
fn a_worry_that_was_never_seen_is_read_sooner_than_in_the_order_of_coming() {
    let all = unseen(0..1);
    let looks = |is: &dyn Fn(&Sentence) -> bool| -> Vec<u8> {
        all.iter().filter(|one| is(&one.sentence)).map(|one| one.found.graver_than).collect()
    };
    let (worries, ordinary) = (looks(&|s| s.worry > 0), looks(&|s| s.worry == 0));
    let ((before, last_before), (now, last_now)) = (waits(&[0], &[0]), waits(&worries, &ordinary));
    println!(
        "a worry waits {before:.0} s in the order of coming and {now:.0} s by gravity; the last {last_before:.0} s, {last_now:.0} s"
    );
    assert!(now <= before / 3.0, "the mean: {now:.0} s of {before:.0} s");
    assert!(last_now <= last_before / 2.0, "the last: {last_now:.0} s of {last_before:.0} s");
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
