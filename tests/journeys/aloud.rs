//! Read aloud: organizers bring a recording of what a page says, children hear it, and what is no recording is refused.

use nadwa_tests::client::{Answer, Client};
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};

const PAGE: &str = "/organizer/recordings";

/// A plain recording: one byte for each of eight thousand beats a second.
fn sound(seconds: usize) -> Vec<u8> {
    let bytes = u32::try_from(seconds * 8000).unwrap();
    let mut sound = b"RIFF".to_vec();
    sound.extend((bytes + 36).to_le_bytes());
    sound.extend(*b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    sound.extend(8000_u32.to_le_bytes());
    sound.extend(8000_u32.to_le_bytes());
    sound.extend(*b"\x01\0\x08\0data");
    sound.extend(bytes.to_le_bytes());
    sound.resize(sound.len() + seconds * 8000, 0x80);
    sound
}

async fn bring(client: &Client, passage: &str, name: &str, bytes: Vec<u8>) -> Answer {
    let form = Form::new().part("file", Part::bytes(bytes).file_name(name.to_owned()));
    client.post_parts(&format!("{PAGE}/{passage}"), form).await
}

/// Addresses of recordings on a page.
fn heard(page: &str) -> Vec<String> {
    let after = page.split("src=\"/recordings/").skip(1);
    after.filter_map(|rest| rest.split('"').next()).map(|file| format!("/recordings/{file}")).collect()
}

#[tokio::test]
async fn a_recording_is_brought_heard_replaced_and_taken_away() {
    let hall = Hall::open().await;
    let (organizer, phone) = (hall.by(&hall.organizer).await, hall.phone().await);
    let asks = format!("/s/{}", hall.live.code);
    assert!(heard(&phone.get("/").await.body).is_empty() && heard(&phone.get(&asks).await.body).is_empty());
    for passage in ["promises.ar", "notice.ar", "help.ar"] {
        let page = bring(&organizer, passage, "صوت.wav", sound(3)).await;
        assert_eq!(page.status, StatusCode::OK, "{passage}: {}", page.body);
    }
    let listed = organizer.get(PAGE).await.body;
    assert_eq!(heard(&listed).len(), 3, "organizers hear them: {listed}");
    assert!(listed.contains("3 ثوانٍ"), "and read how long they are");
    assert!(organizer.get("/organizer/settings").await.body.contains("المسجَّل: 3 من"));
    let address = heard(&phone.get("/").await.body).pop().expect("the promises are read aloud");
    assert_eq!(heard(&phone.get(&asks).await.body).len(), 2, "the promises, and what is said before a question");
    assert_eq!(heard(&phone.get("/help").await.body).len(), 1);
    assert!(heard(&phone.get("/?lang=en").await.body).is_empty(), "never in another language");
    is_served_safely(&phone, &address).await;
    // Another takes its place, at another address; of the first nothing is kept.
    assert_eq!(bring(&organizer, "promises.ar", "صوت.wav", sound(2)).await.status, StatusCode::OK);
    let newer = heard(&phone.get("/").await.body).pop().expect("it is read aloud");
    assert_ne!(newer, address);
    assert_eq!(phone.get(&address).await.status, StatusCode::NOT_FOUND);
    let page = organizer.post_form(&format!("{PAGE}/promises.ar/remove"), &[]).await;
    assert_eq!((page.status, heard(&page.body).len()), (StatusCode::OK, 2));
    assert!(heard(&phone.get("/").await.body).is_empty());
    assert_eq!(phone.get(&newer).await.status, StatusCode::NOT_FOUND);
    hall.close().await;
}

/// Nothing of it runs; a phone keeps it for a while, and takes it in parts.
async fn is_served_safely(phone: &Client, address: &str) {
    let (status, headers, bytes) = phone.bytes(address).await;
    assert_eq!((status, bytes), (StatusCode::OK, sound(3)));
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(header("content-type"), "audio/wav");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    assert!(header("cache-control").contains("max-age="));
    assert_eq!(header("accept-ranges"), "bytes");
}

#[tokio::test]
async fn what_is_no_recording_or_too_much_of_one_is_told_beside_its_field() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let page = b"%PDF-1.4\n1 0 obj << >> endobj\n%%EOF".to_vec();
    let program = b"MZ\x90\x00\x03\x00\x00\x00 a program of another kind".to_vec();
    let mut large = sound(1);
    large.resize(3 * 1024 * 1024, 0x80);
    for (name, bytes, why) in [
        ("صوت.mp3", page, "لم نستطع فتح الملف"),
        ("صوت.mp3", crate::paper_desk::picture(20, 20), "ليس تسجيلًا معروفًا"),
        ("صوت.mp3", program, "ليس تسجيلًا معروفًا"),
        ("صوت.wav", vec![], "ليس تسجيلًا معروفًا"),
        ("صوت.wav", large, "الحجم الأكبر: 2 ميغابايت"),
        ("صوت.wav", sound(61), "المدة الأطول: دقيقة واحدة"),
        ("", sound(1), "لا ملف بعد"),
    ] {
        let answer = bring(&organizer, "notice.ar", name, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}: {}", answer.body);
        let (_, beside) = answer.body.split_once("id=\"why-notice.ar\"").expect("it is told beside its field");
        assert!(beside.split("</div>").next().unwrap().contains(why), "{why}: {beside}");
    }
    assert!(heard(&organizer.get(PAGE).await.body).is_empty(), "nothing was kept");
    hall.close().await;
}

#[tokio::test]
async fn only_organizers_bring_recordings_and_take_them_away() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    bring(&organizer, "help.ar", "صوت.wav", sound(1)).await;
    for stranger in [hall.phone().await, hall.moderator().await, hall.steward().await] {
        assert_eq!(stranger.get(PAGE).await.status, StatusCode::FORBIDDEN);
        assert_eq!(bring(&stranger, "help.ar", "صوت.wav", sound(1)).await.status, StatusCode::FORBIDDEN);
        let removed = stranger.post_form(&format!("{PAGE}/help.ar/remove"), &[]).await;
        assert_eq!(removed.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(heard(&hall.phone().await.get("/help").await.body).len(), 1, "it is still there");
    for unknown in ["help.xx", "nothing.ar", "help.ar-older"] {
        assert_eq!(bring(&organizer, unknown, "صوت.wav", sound(1)).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    hall.close().await;
}

#[tokio::test]
async fn voices_are_erased_with_everything_else_and_those_brought_later_stay() {
    let hall = Hall::open().await;
    let (organizer, phone) = (hall.by(&hall.organizer).await, hall.phone().await);
    bring(&organizer, "promises.ar", "صوت.wav", sound(3)).await;
    let address = heard(&phone.get("/").await.body).pop().expect("it is read aloud");
    let (rooms, files) = (&hall.app().rooms, &hall.app().files);
    rooms.erase_due(files).await.expect("looked");
    assert_eq!(phone.bytes(&address).await.0, StatusCode::OK, "not before its time");
    let month = 30 * 24 * 3_600_000;
    hall.clock.advance(rooms.last_end().expect("a programme").0 - rooms.clock().now().0 + month);
    rooms.erase_due(files).await.expect("erased");
    assert_eq!(phone.bytes(&address).await.0, StatusCode::NOT_FOUND);
    assert!(heard(&phone.get("/").await.body).is_empty());
    bring(&organizer, "promises.ar", "صوت.wav", sound(2)).await;
    rooms.erase_due(files).await.expect("looked");
    assert_eq!(heard(&phone.get("/").await.body).len(), 1, "the next conference begins");
    hall.close().await;
}
