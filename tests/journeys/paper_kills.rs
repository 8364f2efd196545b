//! Papers outlive their server: what was acknowledged is there to the letter, and of half a file nothing is.

use std::path::Path;
use std::time::{Duration, Instant};

use nadwa_tests::client::Client;
use reqwest::StatusCode;
use serde_json::{Map, Value};

use crate::paper_desk::PaperDesk;
use crate::paper_erasing::{found, sound};
use crate::process::{Demo, demo};

/// Later than any version that the demo's paper has: what is sent takes the place of what stands there.
const NOW: u32 = 9_999;

/// A tablet with the card of the demo's authors, and their paper.
async fn authors(demo: &Demo) -> (Client, PaperDesk) {
    let author = Client::new(&demo.process.url, "");
    let link = demo.links["authors"].as_str().unwrap();
    let page = author.get(link.strip_prefix(&demo.process.url).unwrap()).await.body;
    let start = page.find("/papers/").expect("the page names its paper");
    let paper: String = page[start..].chars().take("/papers/".len() + 36).collect();
    (author, PaperDesk::of(&format!("{paper}/write")))
}

/// What somebody has typed after so many seconds, field by field.
fn typed(seconds: usize) -> Vec<(&'static str, String)> {
    let long = "سألنا أربعين طفلًا وطفلة: «متى يُغلق الخط؟» ولم يعرف أحد.\n\n- أوّلًا\n- ثانيًا\n".repeat(seconds);
    vec![
        ("title.ar", format!("من يسمعنا في الليل؟ ({seconds})")),
        ("title.en", format!("Who hears us at night? ({seconds})")),
        ("summary.ar", format!("نريد ردًّا أسرع، {seconds} مرة.")),
        ("seen", long.trim().to_owned()),
        ("think", format!("الانتظار ليلًا صعب. 😴 {seconds}")),
        ("ask", "خط مفتوح في كل يوم.".to_owned()),
        ("message.0", "خط مفتوح ليلًا".to_owned()),
        ("glossary", "CRC: اتفاقية حقوق الطفل".to_owned()),
    ]
}

async fn save(desk: &PaperDesk, author: &Client, texts: &[(&'static str, String)]) -> Map<String, Value> {
    let texts: Vec<(&str, &str)> = texts.iter().map(|(field, text)| (*field, text.as_str())).collect();
    let saved = desk.save(author, NOW, &texts).await;
    let texts = saved["texts"].as_array().expect("texts").iter();
    texts.map(|text| (text["field"].as_str().expect("a field").to_owned(), text["text"].clone())).collect()
}

#[tokio::test]
async fn a_draft_is_there_to_the_letter_after_its_server_was_killed() {
    let mut demo = demo();
    let (author, desk) = authors(&demo).await;
    let mut acknowledged = Map::new();
    for seconds in 1..20 {
        acknowledged = save(&desk, &author, &typed(seconds)).await;
    }
    for (field, text) in typed(19) {
        assert_eq!(acknowledged[field], text.as_str(), "{field}");
    }
    demo.die_and_live();
    // Nothing is sent but the question what stands there.
    assert_eq!(save(&desk, &author, &[]).await, acknowledged);
    let page = author.get(&desk.at("/write")).await;
    assert!(page.status == StatusCode::OK && page.body.contains("من يسمعنا في الليل؟ (19)"));
    // And they write on where they were.
    save(&desk, &author, &typed(20)).await;
    demo.die_and_live();
    assert_eq!(save(&desk, &author, &[]).await["seen"], typed(20)[3].1.as_str());
}

#[tokio::test]
async fn a_server_that_is_killed_in_the_middle_of_a_file_has_none_of_it() {
    let mut demo = demo();
    // Started again, it puts what comes in into a folder of this test.
    demo.die_and_live();
    let (author, desk) = authors(&demo).await;
    let at = desk.at("/files");
    let sending = tokio::spawn({
        let (author, at) = (author.clone(), at.clone());
        async move { author.bring_half(&at, "قنديل.mp3", sound("قنديل").repeat(2_000)).await }
    });
    comes_in(&demo.temporary()).await;
    demo.die_and_live();
    assert!(!sending.await.unwrap(), "nobody said that it had arrived");
    let page = author.get(&desk.at("/write")).await;
    assert!(page.status == StatusCode::OK && !page.body.contains(&format!("{at}/")), "it is in no list");
    assert_eq!(found(&demo.folder.path().join("data"), &["قنديل"]), [] as [&str; 0], "and nowhere on the disk");
    // The same file is sent again, and is there.
    let answer = author.bring(&at, "قنديل.mp3", sound("قنديل")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(author.get(&desk.at("/write")).await.body.contains(&format!("{at}/")));
}

/// Waits until some of a file has come in.
async fn comes_in(temporary: &Path) {
    let begun = Instant::now();
    let some = || {
        let files = std::fs::read_dir(temporary).unwrap().flatten();
        files.into_iter().any(|file| file.metadata().is_ok_and(|file| file.is_file() && file.len() > 0))
    };
    while !some() {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing comes in");
        tokio::task::yield_now().await;
    }
}
