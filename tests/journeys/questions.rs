//! A question's way: a phone asks, a steward passes, a child chooses, the screen shows.

use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::{Value, json};

const SAUAL: &str = "لماذا لا يجيب الخط ليلًا؟";

fn holds(view: &Value) -> bool {
    view.to_string().contains(SAUAL)
}

#[tokio::test]
async fn a_question_reaches_children_and_the_screen_only_after_the_desk_has_passed_it() {
    let hall = Hall::open().await;
    let (phone, steward, moderator) = (hall.phone().await, hall.steward().await, hall.moderator().await);
    let mut desk = steward.follow("desk").await;
    let mut console = moderator.follow("console").await;
    let mut screen = phone.follow("screen").await;
    let mut audience = phone.follow("audience").await;
    for feed in [&mut desk, &mut console, &mut screen, &mut audience] {
        assert!(!holds(&feed.picture().await));
    }

    let id = phone.ask(SAUAL).await;
    desk.until(holds).await;
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    let before = console.until(holds).await;
    // Only the last picture holds the text, and the desk had passed it by then.
    assert!(before[..before.len() - 1].iter().all(|view| !holds(view)));

    moderator.does(&format!("/questions/{id}/choose"), json!({})).await;
    moderator.does(&format!("/questions/{id}/show"), json!({})).await;
    let shown = screen.until(holds).await;
    assert_eq!(shown.last().unwrap()["shown"]["shows"], "question");
    audience.until(holds).await;
    hall.close().await;
}

#[tokio::test]
async fn the_asker_alone_sees_how_the_question_fares() {
    let hall = Hall::open().await;
    let (phone, other, steward, moderator) =
        (hall.phone().await, hall.phone().await, hall.steward().await, hall.moderator().await);
    let id = phone.ask(SAUAL).await;
    let mut own = phone.follow("audience").await;
    assert_eq!(own.named("mine").await["questions"][0]["state"], "received");
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    assert_eq!(own.named("mine").await["questions"][0]["state"], "passed");
    moderator.does(&format!("/questions/{id}/show"), json!({})).await;
    loop {
        let mine = own.named("mine").await;
        if mine["questions"][0]["state"] == "on_screen" {
            break;
        }
    }
    let mut others = other.follow("audience").await;
    assert_eq!(others.named("mine").await["questions"], json!([]));
    hall.close().await;
}

#[tokio::test]
async fn a_repeated_submit_is_the_same_question() {
    let hall = Hall::open().await;
    let (phone, steward) = (hall.phone().await, hall.steward().await);
    let id = uuid::Uuid::new_v4();
    for _ in 0..3 {
        let answer = phone.press("/questions", json!({"id": id, "text": SAUAL})).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let waiting = steward.follow("desk").await.picture().await["waiting"].clone();
    let same = waiting.as_array().unwrap().iter().filter(|q| q["text"]["text"] == SAUAL).count();
    assert_eq!(same, 1);
    hall.close().await;
}

#[tokio::test]
async fn everything_works_by_plain_forms() {
    let hall = Hall::open().await;
    let (phone, steward, moderator) = (hall.phone().await, hall.steward().await, hall.moderator().await);
    let id = uuid::Uuid::new_v4().to_string();
    let page = phone.submit("/questions", &[("id", &id), ("text", SAUAL)]).await;
    assert_eq!(page.status, StatusCode::OK, "303 led back to the page");
    assert!(page.body.contains(SAUAL), "the phone's own question is on its page");
    assert!(page.body.contains("الصمت حقّ أيضًا"), "and the rules that the children wrote (F16)");
    let desk = steward.submit(&format!("/questions/{id}/pass"), &[]).await;
    assert_eq!(desk.status, StatusCode::OK);
    let console = moderator.submit(&format!("/questions/{id}/show"), &[]).await;
    assert!(console.status.is_success() && console.body.contains(SAUAL));
    let screen = phone.get(&format!("/s/{}/screen", hall.live.code)).await;
    assert!(screen.body.contains(SAUAL), "the screen without wasm shows it too");
    hall.close().await;
}

#[tokio::test]
async fn every_accepted_question_gets_the_same_answer() {
    let hall = Hall::open().await;
    let mut answers = Vec::new();
    for text in ["كيف نوصل صوتنا للمسؤولين؟", "أنت غبي وممل", "أحيانًا أخاف أرجع البيت. مع مين أقدر أتكلم؟"]
    {
        let phone = hall.phone().await;
        let id = uuid::Uuid::new_v4();
        let answer = phone.press("/questions", json!({"id": id, "text": text})).await;
        // What differs is the sender's own text, and ids.
        let fresh = answer.json()["mine"]["fresh"].as_str().unwrap_or_default().to_owned();
        let body = answer.body.replace(text, "…").replace(&id.to_string(), "id").replace(&fresh, "fresh");
        assert!(body.len() > 200 && !body.contains(text), "{body}");
        answers.push((answer.status, body));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    hall.close().await;
}

#[tokio::test]
async fn a_desk_that_falls_silent_closes_the_intake_and_a_desk_that_returns_opens_it() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let mut audience = phone.follow("audience").await;
    assert_eq!(audience.picture().await["intake_open"], true);
    hall.clock.advance(61_000);
    // The server's own timer looks at the silence; a press of anybody wakes it here.
    let refused = phone.press("/questions", json!({"id": uuid::Uuid::new_v4(), "text": SAUAL})).await;
    if refused.status == StatusCode::OK {
        panic!("a question was taken in although nobody could read it");
    }
    assert_eq!(refused.json()["refusal"], "IntakeClosed");
    audience.until(|view| view["intake_open"] == false).await;
    hall.steward().await;
    audience.until(|view| view["intake_open"] == true).await;
    phone.ask(SAUAL).await;
    hall.close().await;
}
