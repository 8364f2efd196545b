//! Polls that organizers prepare: every kind, pictures of their own; and a poll about a paper stays with the paper.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use uuid::Uuid;

use crate::paper_desk::picture;
use crate::polls_guarded::opened;
use crate::polls_made::{make, show, vote};

const KINDS: [&str; 11] =
    ["single", "yes_no", "several", "agree", "happy", "pictures", "dots", "ranking", "estimate", "words", "wave"];

/// The form of a poll, with its names in each language.
pub fn form(id: Uuid, kind: &str, named: &[&str]) -> Form {
    let mut form = Form::new().text("id", id.to_string()).text("kind", kind.to_owned()).text("most", "2");
    for lang in ["ar", "en", "fr"] {
        form = form.text(format!("question.{lang}"), format!("سؤال {kind} {lang}"));
        for (place, name) in named.iter().enumerate() {
            form = form.text(format!("option.{place}.{lang}"), format!("{name} {lang}"));
        }
    }
    form
}

pub fn with_file(form: Form, place: usize, name: &str, bytes: Vec<u8>) -> Form {
    form.part(format!("file.{place}"), Part::bytes(bytes).file_name(name.to_owned()))
}

#[tokio::test]
async fn every_kind_is_prepared_by_a_form_and_opened_by_the_children() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let session = &hall.sessions[1];
    let page = format!("/organizer/sessions/{}/polls", session.id);
    for kind in KINDS {
        let listed = matches!(kind, "single" | "several" | "dots" | "ranking");
        let named: &[&str] = if listed { &["هاتف", "رسالة", "لقاء"] } else { &[] };
        let mut form = form(Uuid::new_v4(), kind, named);
        if kind == "pictures" {
            form = form.text("picture.0", "sun").text("picture.3", "moon");
        }
        let answer = organizer.post_parts(&page, form).await;
        assert_eq!(answer.status, StatusCode::OK, "{kind}: {}", answer.body);
        assert!(answer.body.contains(&format!("سؤال {kind} ar")), "{kind} is in the list");
    }
    // A poll that cannot be asked is refused beside what was typed, which stays.
    let answer = organizer.post_parts(&page, form(Uuid::new_v4(), "single", &["وحيد"])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("وحيد ar") && answer.body.contains("role=\"alert\""), "{}", answer.body);
    let console = Client::new(hall.url(), &session.code);
    console.get(session.console.strip_prefix(hall.url()).unwrap()).await;
    let polls = console.follow("console").await.picture().await["polls"].clone();
    for kind in KINDS {
        let named = format!("سؤال {kind} ar");
        let poll = polls.as_array().unwrap().iter().find(|poll| poll["question"]["text"] == named.as_str());
        assert!(poll.is_some_and(|poll| poll["only_in"].is_null()), "{kind} is with the children, in every language");
    }
    for stranger in [hall.phone().await, hall.moderator().await, hall.steward().await] {
        let answer = stranger.post_parts(&page, form(Uuid::new_v4(), "agree", &[])).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    hall.close().await;
}

#[tokio::test]
async fn pictures_of_ones_own_are_made_anew_and_named_in_every_language() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let page = format!("/organizer/sessions/{}/polls", hall.sessions[1].id);
    let mut taken = picture(64, 48);
    let end = taken.len() - 12;
    let place = [b"tEXt".as_slice(), b"Loc\0 GPS 25.2854 N, the phone of Reem"].concat();
    let mut chunk = u32::try_from(place.len() - 4).unwrap().to_be_bytes().to_vec();
    chunk.extend(&place);
    chunk.extend(crate::paper_desk::crc(&place).to_be_bytes());
    taken.splice(end..end, chunk);
    let id = Uuid::new_v4();
    let two = with_file(form(id, "pictures", &["بحر", "نهر"]), 0, "بحر.png", taken.clone());
    let answer = organizer.post_parts(&page, with_file(two, 1, "نهر.png", picture(32, 32))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let edit = organizer.get(&format!("{page}?poll={id}")).await.body;
    let addresses = addresses(&edit);
    assert_eq!(addresses.len(), 2, "{edit}");
    for address in &addresses {
        let (status, headers, bytes) = hall.phone().await.bytes(address).await;
        assert_eq!((status, &headers["content-type"]), (StatusCode::OK, &"image/jpeg".parse().unwrap()));
        assert!(!bytes.windows(3).any(|window| window == b"GPS" || window == b"Ree"), "its place is gone");
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }
    // Written anew without new files, the pictures stay.
    let kept: Vec<&str> = addresses.iter().filter_map(|address| address.rsplit('/').next()).collect();
    let again = form(id, "pictures", &["البحر", "النهر"]);
    let again = again.text("kept.0", kept[0].to_owned()).text("kept.1", kept[1].to_owned());
    assert_eq!(organizer.post_parts(&page, again).await.status, StatusCode::OK);
    assert_eq!(self::addresses(&organizer.get(&format!("{page}?poll={id}")).await.body), addresses);
    // Another picture in its place, and the one that stood there is no longer kept.
    let anew = form(id, "pictures", &["البحر", "النهر"]).text("kept.1", kept[1].to_owned());
    assert_eq!(
        organizer.post_parts(&page, with_file(anew, 0, "بحر.png", picture(48, 48))).await.status,
        StatusCode::OK
    );
    let kept = async |address: &str| hall.phone().await.get(address).await.status;
    assert_eq!(kept(&addresses[0]).await, StatusCode::NOT_FOUND);
    assert_eq!(kept(&addresses[1]).await, StatusCode::OK);
    refused_pictures(&organizer, &page, taken).await;
    hall.close().await;
}

async fn refused_pictures(organizer: &Client, page: &str, good: Vec<u8>) {
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let broken = good[..good.len() / 2].to_vec();
    let pdf = b"%PDF-1.4\n1 0 obj << >> endobj\n%%EOF".to_vec();
    for bytes in [script, broken, pdf, vec![]] {
        let two = with_file(form(Uuid::new_v4(), "pictures", &["أ", "ب"]), 0, "أ.png", bytes);
        let answer = organizer.post_parts(page, with_file(two, 1, "ب.png", good.clone())).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("ليس صورة"), "{}", answer.body);
    }
    let unnamed = Form::new().text("kind", "pictures").text("question.ar", "أين؟").text("option.0.ar", "هنا");
    let unnamed = with_file(unnamed.text("picture.1", "sun"), 0, "a.png", good);
    let answer = organizer.post_parts(page, unnamed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("اسمًا بكل لغة"), "{}", answer.body);
}

#[tokio::test]
async fn a_poll_about_a_paper_is_on_its_page_once_its_results_were_shown() {
    let hall = Hall::open().await;
    let papers = hall.phone().await.get("/papers").await.body;
    let paper = papers.split("href=\"/papers/").skip(1).find_map(|rest| rest.get(..36)?.parse::<Uuid>().ok());
    let paper = format!("/papers/{}", paper.expect("an accepted paper"));
    let page = hall.phone().await.get(&paper).await.body;
    let session = hall.sessions.iter().find(|session| page.contains(&format!("href=\"/s/{}\"", session.code))).unwrap();
    let moderator = opened(&hall, session).await;
    let slots = moderator.follow("console").await.picture().await["slots"].clone();
    // The demo writes the same paper into the plan by hand; the accepted one comes after it, with all its authors.
    let slot = slots.as_array().unwrap().iter().rfind(|slot| slot["kind"] == "paper").unwrap()["id"].clone();
    moderator.press("/floor/yield", json!({})).await;
    moderator.does("/floor/give", json!({"slot": slot})).await;
    let poll = make(&moderator, json!({"kind": "yes_no", "question": "هل نوافق على الورقة؟"})).await;
    for _ in 0..5 {
        vote(&hall.phone().await.within(&session.code), &poll, "0").await;
    }
    let reader = hall.phone().await;
    assert!(!reader.get(&paper).await.body.contains("هل نوافق"), "not before it is shown");
    moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    assert!(!reader.get(&paper).await.body.contains("هل نوافق"), "not before it is shown");
    show(&moderator, &poll).await;
    let page = reader.get(&paper).await.body;
    assert!(page.contains("هل نوافق على الورقة؟") && page.contains("id=\"polls\""), "{page}");
    assert!(page.contains("<table") && page.contains("class=\"bars\""));
    hall.close().await;
}

/// Addresses of pictures on a page.
pub fn addresses(page: &str) -> Vec<String> {
    page.split("src=\"/pictures/").skip(1).map(|rest| format!("/pictures/{}", &rest[..36])).collect()
}
