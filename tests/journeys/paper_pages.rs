//! Documents on the wall: page by page, seen by whoever may see them, and none of them brings anything down.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;

use crate::paper_files::{begun, file_address};

const SLIDE: &str = "0 0 400 100";
const RED: &str = "1 0 0 rg 0 0 400 100 re f";
const BLUE: &str = "0 0 1 rg 0 0 400 100 re f";

#[tokio::test]
async fn a_document_is_shown_page_by_page_and_a_stranger_sees_what_is_on_the_wall_alone() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    let (organizer, moderator, phone) = (hall.by(&hall.organizer).await, hall.moderator().await, hall.phone().await);
    let answer = author.bring(&desk.at("/files"), "شرائح.pdf", document("3 0 R 5 0 R", SLIDE, &[RED, BLUE])).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let file = file_address(&desk, &author).await;
    let page = |place: u16| format!("{}/{place}", file.replace("/files/", "/pages/"));

    // Its authors look at it. Two screens that ask at once get the same picture.
    let first = page(0);
    let ((status, headers, red), (_, _, same)) = tokio::join!(author.bytes(&first), author.bytes(&first));
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["content-type"], "image/jpeg");
    assert!(headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert!(red.starts_with(b"\xFF\xD8\xFF"), "a picture, and nothing of the document");
    assert_eq!(red, same);
    let (status, _, blue) = author.bytes(&page(1)).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(red, blue);
    assert_eq!(author.bytes(&page(2)).await.0, StatusCode::NOT_FOUND);

    // It is presented. The hall sees the page that the children show, and no other.
    author.post_form(&desk.at("/submit"), &[]).await;
    desk.accept(&hall, &organizer, 0, 1).await;
    until_on_stage(&moderator).await;
    for place in [0, 1] {
        assert_eq!(phone.bytes(&page(place)).await.0, StatusCode::NOT_FOUND);
    }
    let mut wall = phone.follow("screen").await;
    moderator.does("/screen/paper", json!({"page": "page-1"})).await;
    let shown = wall.until(|view| view["shown"]["page"]["place"] == 2).await.pop().unwrap();
    assert_eq!((&shown["shown"]["page"]["page"], &shown["shown"]["page"]["of"]), (&json!(1), &json!(2)));
    assert_eq!(phone.bytes(&page(1)).await.2, blue);
    assert_eq!(phone.bytes(&page(0)).await.0, StatusCode::NOT_FOUND);
    moderator.refused("/screen/paper", json!({"page": "page-2"}), "Unknown").await;

    // Its authors take it off: no page of it is left.
    author.post_form(&format!("{file}/remove"), &[]).await;
    for who in [&author, &phone] {
        assert_eq!(who.bytes(&page(1)).await.0, StatusCode::NOT_FOUND);
    }
    hall.close().await;
}

#[tokio::test]
async fn a_document_that_is_made_to_break_its_reader_is_a_download_and_no_worse() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    let whole = document("3 0 R 5 0 R", SLIDE, &[RED, BLUE]);
    let table = whole.windows(5).position(|window| window == b"xref\n").expect("its table");
    let (deep, digits) = ("[".repeat(20_000), "9".repeat(400));
    for (what, bytes) in [
        ("cut off before its table", whole[..table].to_vec()),
        ("cut off in a page", whole[..table - 40].to_vec()),
        ("a list of pages in itself", document("2 0 R 3 0 R 2 0 R", SLIDE, &[RED])),
        ("an enormous page", document("3 0 R", "0 0 1000000000 1000000000", &[RED])),
        ("a page without an end", document("3 0 R", &format!("0 0 {digits} {digits}"), &[RED])),
        ("a box in a box in a box", document("3 0 R", &deep, &[RED])),
        ("no pages at all", b"%PDF-1.4\n%%EOF".to_vec()),
    ] {
        let answer = author.bring(&desk.at("/files"), "ورقة.pdf", bytes).await;
        if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
            assert_eq!(answer.json()["refusal"], "FileBroken", "{what}");
            continue;
        }
        assert_eq!(answer.status, StatusCode::OK, "{what}: {}", answer.body);
        let file = file_address(&desk, &author).await;
        assert_eq!(author.bytes(&file).await.0, StatusCode::OK, "{what}: it is a download");
        for place in 0..3 {
            let status = author.bytes(&format!("{}/{place}", file.replace("/files/", "/pages/"))).await.0;
            assert!([StatusCode::OK, StatusCode::NOT_FOUND].contains(&status), "{what}, page {place}: {status}");
        }
        author.post_form(&format!("{file}/remove"), &[]).await;
    }
    // And the next one is drawn as if nothing had been.
    assert_eq!(author.bring(&desk.at("/files"), "شرائح.pdf", whole).await.status, StatusCode::OK);
    let file = file_address(&desk, &author).await;
    assert_eq!(author.bytes(&format!("{}/1", file.replace("/files/", "/pages/"))).await.0, StatusCode::OK);
    hall.close().await;
}

/// The big button, until the document's paper is on stage.
async fn until_on_stage(moderator: &Client) {
    for _ in 0..12 {
        let view = moderator.follow("console").await.picture().await;
        if view["paper"]["pages"] == 2 {
            return;
        }
        moderator.does("/next", json!({"step": view["step"]})).await;
    }
    panic!("it is not in the run of show");
}

/// A document by hand: its catalogue, its list of pages as given, and one page for each drawing.
fn document(kids: &str, media_box: &str, drawings: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", drawings.len()),
    ];
    for (place, drawing) in drawings.iter().enumerate() {
        let contents = 4 + 2 * place;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Resources << >> /Contents {contents} 0 R >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()));
    }
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (place, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", place + 1));
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", objects.len() + 1, out.len());
    [out, table, end].concat().into_bytes()
}
