//! Working papers: from the first word to the run of show, by pass alone, and never a letter by anybody else's hand.

use nadwa_domain::ids::SessionId;
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;

use crate::paper_desk::{PaperDesk, new_paper};

#[tokio::test]
async fn a_paper_goes_from_the_first_word_to_the_run_of_show_and_back() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let mentor = hall.by(&hall.mentor).await;
    let desk = new_paper(&hall, &organizer).await;
    let (one, two) = (desk.tablet(&hall).await, desk.tablet(&hall).await);
    let title = "من يسمعنا في الليل؟";

    // Two tablets, one draft: both began from the same version, and nothing is lost.
    desk.save(&one, 0, &[("title.ar", title), ("seen", "سألنا عشرين طفلًا. الخط مغلق ليلًا.")]).await;
    let first = desk.save(&one, 1, &[("seen", "سألنا عشرين طفلًا. بعضهم اتصل. الخط مغلق ليلًا.")]).await;
    let second = desk.save(&two, 1, &[("seen", "سألنا عشرين طفلًا. الخط مغلق ليلًا. هذا صعب.")]).await;
    assert_eq!((first["version"].as_u64(), second["version"].as_u64()), (Some(2), Some(3)));
    let joined = "سألنا عشرين طفلًا. بعضهم اتصل. الخط مغلق ليلًا. هذا صعب.";
    assert_eq!(text_of(&second, "seen"), joined);

    // A name, and in it goes; the mentor reads what was sent, beside which they ask.
    let answer = one.post_form(&desk.at("/authors"), &[("name", "ريم")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(mentor.get(&desk.at("/read")).await.body.contains("لم تُرسل بعد"), "a draft is its authors' alone");
    one.post_form(&desk.at("/submit"), &[]).await;
    assert!(mentor.get(&desk.at("/read")).await.body.contains("بعضهم اتصل"));
    mentor.post_form(&desk.at("/ask-change"), &[("text", "كم طفلًا اتصل؟")]).await;
    assert!(one.get(&desk.at("/write")).await.body.contains("كم طفلًا اتصل؟"));
    desk.save(&one, 3, &[("seen", "سألنا عشرين طفلًا. خمسة اتصلوا. الخط مغلق ليلًا.")]).await;
    one.post_form(&desk.at("/submit"), &[]).await;

    // Accepted into a session: its slot is there in the same moment.
    let session = &hall.sessions[1];
    let moderator = Client::new(hall.url(), &session.code);
    moderator.get(session.console.strip_prefix(hall.url()).expect("a link of ours")).await;
    let slots = |picture: &serde_json::Value| picture["slots"].to_string();
    let mut console = moderator.follow("console").await;
    assert!(!slots(&console.picture().await).contains(title));
    desk.accept(&hall, &organizer, 1, 4).await;
    let picture = console.until(|view| slots(view).contains(title)).await;
    assert!(slots(picture.last().expect("one")).contains("من يسمعنا"));
    assert_eq!(one.get(&desk.at("")).await.status, StatusCode::OK);

    // Its authors take it back: slot and page are gone.
    one.post_form(&desk.at("/withdraw"), &[]).await;
    console.until(|view| !slots(view).contains(title)).await;
    assert_eq!(one.get(&desk.at("")).await.status, StatusCode::NOT_FOUND);
    hall.close().await;
}

#[tokio::test]
async fn nobody_but_its_authors_changes_a_letter_of_it() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let (mentor, steward, phone) = (hall.by(&hall.mentor).await, hall.steward().await, hall.phone().await);
    let desk = new_paper(&hall, &organizer).await;
    let author = desk.ready(&hall).await;
    let other = new_paper(&hall, &organizer).await.tablet(&hall).await;
    author.post_form(&desk.at("/submit"), &[]).await;
    let before = desk.save(&author, 9, &[]).await;
    for who in [&organizer, &mentor, &steward, &phone, &other] {
        for (path, body) in [
            ("/draft", json!({"base": "9", "seen": "كلمات أخرى", "title.ar": "عنوان آخر"})),
            ("/submit", json!({})),
            ("/withdraw", json!({})),
            ("/publish", json!({"publish": "whole", "credit": "names"})),
            ("/authors", json!({"name": "غريب"})),
        ] {
            let answer = who.post_json(&desk.at(path), body).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.body);
        }
        let answer = who.bring(&desk.at("/files"), "a.png", crate::paper_desk::picture(2, 2)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(who.get(&desk.at("/write")).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(desk.save(&author, 9, &[]).await["texts"], before["texts"]);
    // And authors do not accept themselves.
    let answer = author.post_json(&desk.at("/accept"), json!({"version": "1", "session": "x", "minutes": "5"})).await;
    assert!(answer.status.is_client_error());
    hall.close().await;
}

#[tokio::test]
async fn a_name_leaves_every_picture_when_consent_is_withdrawn() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let desk = new_paper(&hall, &organizer).await;
    let author = desk.ready(&hall).await;
    author.post_form(&desk.at("/publish"), &[("publish", "whole"), ("credit", "names")]).await;
    author.post_form(&desk.at("/submit"), &[]).await;
    desk.accept(&hall, &organizer, 1, 1).await;
    let name = "وردة";
    let page = author.get(&desk.at("")).await;
    assert!(page.body.contains("سألنا") && !page.body.contains(name), "no consent, no name");
    let session = &hall.sessions[1];
    let moderator = Client::new(hall.url(), &session.code);
    moderator.get(session.console.strip_prefix(hall.url()).expect("a link of ours")).await;
    let mut console = moderator.follow("console").await;
    assert!(!console.picture().await.to_string().contains(name));
    desk.consent(&organizer, "given").await;
    console.until(|view| view.to_string().contains(name)).await;
    assert!(author.get(&desk.at("")).await.body.contains(name));
    desk.consent(&organizer, "withdrawn").await;
    console.until(|view| !view.to_string().contains(name)).await;
    assert!(!author.get(&desk.at("")).await.body.contains(name));
    assert!(!author.get("/papers/booklet").await.body.contains(name));
    hall.close().await;
}

#[tokio::test]
async fn a_closed_call_is_said_and_nothing_that_was_typed_is_lost() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let desk = new_paper(&hall, &organizer).await;
    let author = desk.ready(&hall).await;
    hall.clock.advance(15 * 24 * 60 * 60 * 1000);
    let page = author.post_form(&desk.at("/submit"), &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("انتهى وقت إرسال الأوراق") && page.body.contains("سألنا"));
    let json = author.post_json(&desk.at("/submit"), json!({})).await;
    assert_eq!(json.json()["refusal"], "CallClosed");
    // Writing goes on, and a card with more time may send.
    desk.save(&author, 1, &[("think", "ما زلنا نكتب.")]).await;
    hall.close().await;
}

#[tokio::test]
async fn a_text_of_a_hundred_thousand_words_is_refused_and_kept() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let desk = new_paper(&hall, &organizer).await;
    let author = desk.tablet(&hall).await;
    let long = "كلمة ".repeat(100_000);
    let fields = [("base", "0"), ("form", "free"), ("lang", "ar"), ("body", long.as_str())];
    let page = author.post_form(&desk.at("/draft"), &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains(long.trim()), "what was typed is on the page");
    let json =
        author.post_json(&desk.at("/draft"), json!({"base": "0", "body": "كلمة ".repeat(12_000) + "و كلمة"})).await;
    assert!(
        ["TooManyWords", "TooLong"].contains(&json.json()["refusal"].as_str().unwrap_or_default()),
        "{}",
        json.body
    );
    hall.close().await;
}

#[tokio::test]
async fn deceiving_signs_leave_a_title_and_a_full_name_is_asked_to_be_shorter() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let desk = new_paper(&hall, &organizer).await;
    let author = desk.tablet(&hall).await;
    let saved = desk
        .save(
            &author,
            0,
            &[("title.ar", "\u{202e}خط\u{202c} \u{200b}المساندة"), ("title.en", "<script>alert(1)</script>")],
        )
        .await;
    assert_eq!(text_of(&saved, "title.ar"), "خط المساندة");
    let page = author.get(&desk.at("/write")).await;
    assert!(!page.body.contains("<script>alert"));
    let name = "Sara Example, Grade 6B, Example School";
    let answer = author.post_form(&desk.at("/authors"), &[("name", name)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Sara Example"), "what was typed is kept");
    hall.close().await;
}

fn text_of(saved: &serde_json::Value, field: &str) -> String {
    let texts = saved["texts"].as_array().expect("texts");
    let text = texts.iter().find(|text| text["field"] == field).expect("the field");
    text["text"].as_str().expect("a text").to_owned()
}

#[test]
fn a_desk_is_where_its_paper_is() {
    assert_eq!(PaperDesk::of("/papers/x/write").at("/read"), "/papers/x/read");
}

/// `C9`: a ready run of show and an edit leave the step of an accepted paper as it is; only the table takes it out.
#[tokio::test]
async fn the_step_of_an_accepted_paper_outlives_templates_and_edits() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let desk = new_paper(&hall, &organizer).await;
    let author = desk.ready(&hall).await;
    author.post_form(&desk.at("/submit"), &[]).await;
    desk.accept(&hall, &organizer, 1, 1).await;
    let id: SessionId = hall.sessions[1].id.parse().expect("an id");
    let room = hall.app().rooms.session(id).await.expect("a session");
    let step = || {
        room.look(|session, _| {
            let step = session.slots.iter().find(|slot| slot.paper.is_some()).cloned().expect("the paper's step");
            (step, session.plan_version.to_string())
        })
    };
    let show = format!("/organizer/sessions/{id}/show");
    let (before, seen) = step();
    let by_template = [("template", "workshop"), ("seen", seen.as_str())];
    assert_eq!(organizer.post_form(&format!("{show}/template"), &by_template).await.status, StatusCode::OK);
    let (after, seen) = step();
    assert_eq!((after.paper, after.title), (before.paper, before.title), "its pages and messages too");
    let remove = organizer.post_form(&format!("{show}/{}/remove", before.id), &[("seen", &seen)]).await;
    assert_eq!(remove.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(remove.body.contains("تُزال من جدول الأوراق"), "{}", remove.body);
    step();
    hall.close().await;
}
