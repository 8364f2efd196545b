//! Nobody can tell by the time of the answer what a question was taken for (`S3`).

use std::time::{Duration, Instant};

use nadwa_tests::hall::Hall;

/// Halls, and pairs of a harmless and another question in each: what waits in a hall grows with them.
const HALLS: usize = 4;
const PAIRS: usize = 25;

const HARMLESS: &str = "متى نسمع جواب المسؤولين عن أفكارنا";

#[tokio::test]
async fn the_time_of_the_answer_does_not_tell_a_worry_or_an_insult_from_a_harmless_question() {
    for other in ["أحيانًا أخاف أرجع البيت اليوم وحدي", "أنت غبي وممل وكلامك كله بلا فائدة"]
    {
        let mut slower = 0;
        for _ in 0..HALLS {
            slower += pairs(other).await;
        }
        // One after the other both meet the same noise: whoever guesses by the clock is right half of the time. Of a
        // hundred fair throws, fewer than 30 or more than 70 come once in fifty thousand tries.
        assert!((30..=70).contains(&slower), "{other} was slower in {slower} of {} pairs", HALLS * PAIRS);
    }
}

/// In how many pairs the other question was answered later.
async fn pairs(other: &str) -> usize {
    let hall = Hall::open().await;
    let mut slower = 0;
    for pair in 0..PAIRS {
        let texts = [format!("{HARMLESS} {pair}؟"), format!("{other} {pair}؟")];
        // Which comes first changes, so that neither has the warmer place.
        let first = pair % 2;
        let mut took = [Duration::ZERO; 2];
        for place in [first, 1 - first] {
            let phone = hall.phone().await;
            let began = Instant::now();
            phone.ask(&texts[place]).await;
            took[place] = began.elapsed();
        }
        slower += usize::from(took[1] > took[0]);
    }
    hall.close().await;
    slower
}
