//! The booklet as a PDF: everything that is public, nothing that is not, and made once for a hall that asks at once.

use std::fs::{self, File};
use std::process::Command;
use std::time::Instant;

use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{Hall, product};
use reqwest::StatusCode;

use crate::paper_desk::{PaperDesk, new_paper, picture};

const PDF: &str = "/papers/booklet.pdf";
/// Ten seconds are promised of what people run (`make bench`); unoptimised, the typesetter is several times slower.
const MOST_SECONDS: u64 = if cfg!(debug_assertions) { 40 } else { 10 };

async fn public(hall: &Hall, organizer: &Client, title: &str, text: &str) -> (PaperDesk, Client) {
    let desk = new_paper(hall, organizer).await;
    let author = desk.ready(hall).await;
    desk.save(&author, 1, &[("title.ar", title), ("think", text), ("ask", text)]).await;
    author.post_form(&desk.at("/publish"), &[("publish", "whole"), ("credit", "unnamed")]).await;
    (desk, author)
}

async fn accepted(hall: &Hall, organizer: &Client, (desk, author): &(PaperDesk, Client), session: usize) {
    author.post_form(&desk.at("/submit"), &[]).await;
    desk.accept(hall, organizer, session, 2).await;
}

/// The booklet's bytes, as a phone gets them.
async fn booklet(phone: &Client, wish: &str) -> Vec<u8> {
    let (status, headers, bytes) = phone.bytes(&format!("{PDF}{wish}")).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "application/pdf"));
    assert_eq!(headers["x-content-type-options"], "nosniff");
    bytes
}

/// Whether a title is among the marks beside the pages, which a PDF holds in UTF-16.
fn marks(pdf: &[u8], title: &str) -> bool {
    let wanted: Vec<u8> = title.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex: String = wanted.iter().map(|byte| format!("{byte:02X}")).collect();
    let found = |wanted: &[u8]| pdf.windows(wanted.len()).any(|part| part == wanted);
    found(&wanted) || found(hex.as_bytes())
}

fn pages(pdf: &[u8]) -> u16 {
    let folder = Folder::new();
    fs::create_dir_all(folder.path()).unwrap();
    let file = folder.path().join("booklet.pdf");
    fs::write(&file, pdf).unwrap();
    let counted = Command::new(product()).arg("draw").stdin(File::open(file).unwrap()).output().unwrap();
    String::from_utf8(counted.stdout).unwrap().parse().unwrap()
}

#[tokio::test]
async fn the_pdf_holds_what_is_public_and_lets_go_of_what_is_taken_back() {
    let hall = Hall::open().await;
    let (organizer, phone) = (hall.by(&hall.organizer).await, hall.phone().await);
    let before = booklet(&phone, "").await;
    assert!(before.starts_with(b"%PDF-") && pages(&before) >= 2, "a cover and what is in it");
    let first = public(&hall, &organizer, "خط الريحان", "سألنا أربعين طفلًا.").await;
    assert_eq!(first.1.bring(&first.0.at("/files"), "رسم.png", picture(40, 30)).await.status, StatusCode::OK);
    let second = public(&hall, &organizer, "ورقة النعناع", "كتبنا معًا.").await;
    assert!(booklet(&phone, "").await == before, "what is not accepted is nobody's to read");
    accepted(&hall, &organizer, &first, 1).await;
    accepted(&hall, &organizer, &second, 2).await;
    let both = booklet(&phone, "").await;
    assert_eq!(pages(&both), pages(&before) + 2);
    assert!(marks(&both, "خط الريحان") && marks(&both, "ورقة النعناع"));
    assert!(both.windows(14).any(|part| part == b"/Subtype/Image"), "the picture that they brought");
    let english = booklet(&phone, "?lang=en").await;
    assert!(english != both && marks(&english, "خط الريحان"));
    assert!(booklet(&phone, "").await == both, "the same papers make the same file");

    second.1.post_form(&second.0.at("/withdraw"), &[]).await;
    let one = booklet(&phone, "").await;
    assert_eq!(pages(&one), pages(&before) + 1);
    assert!(marks(&one, "خط الريحان") && !marks(&one, "ورقة النعناع"));
    hall.close().await;
}

#[tokio::test]
async fn a_hall_that_asks_at_once_has_it_set_once() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let paper = public(&hall, &organizer, "خط الريحان", "سألنا أربعين طفلًا.").await;
    accepted(&hall, &organizer, &paper, 1).await;
    let phones: Vec<_> = futures::future::join_all((0..20).map(|_| hall.phone())).await;
    let one = booklet(&phones[0], "?lang=fr").await;
    let all = futures::future::join_all(phones.iter().map(|phone| booklet(phone, ""))).await;
    assert!(all.iter().all(|copy| *copy == all[0]) && all[0] != one);
    assert_eq!(hall.app().files.booklets(), (2, 2), "two are kept, and two were set for twenty-one");
    hall.close().await;
}

#[tokio::test]
async fn fifty_papers_are_a_booklet_within_ten_seconds() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let paragraph = "سألنا أربعين طفلًا وطفلة عن خط المساندة وعن الليل. ".repeat(12);
    for n in 0..50 {
        let paper = public(&hall, &organizer, &format!("ورقة رقم {n}"), &paragraph).await;
        accepted(&hall, &organizer, &paper, 1 + n % 3).await;
    }
    let phone = hall.phone().await;
    let began = Instant::now();
    let page = phone.get("/papers/booklet").await.body;
    let read = began.elapsed();
    assert!(page.contains("ورقة رقم 0") && page.contains("ورقة رقم 49"));
    assert!(page.matches("leaf-of-booklet").count() >= 50);
    let began = Instant::now();
    let pdf = booklet(&phone, "").await;
    let set = began.elapsed();
    println!("a booklet of 50 papers: its page in {read:?}, its PDF of {} kB in {set:?}", pdf.len() / 1024);
    assert!((0..50).all(|n| marks(&pdf, &format!("ورقة رقم {n}"))));
    assert!(read.as_secs() < 10 && set.as_secs() < MOST_SECONDS, "{read:?}, {set:?}");
    hall.close().await;
}
