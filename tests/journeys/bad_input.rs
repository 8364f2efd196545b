//! Bad input: a clear refusal in the reader's language, nothing typed is lost, and never a 500.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_says_why_beside_it() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let long = "سؤال طويل ".repeat(60);
    let page = phone.submit("/questions", &[("id", &Uuid::new_v4().to_string()), ("text", &long)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains(long.trim()), "what was typed is kept");
    assert!(page.body.contains("280"), "the limit is said");
    assert!(page.body.contains("class=\"refusal\""), "beside its field");
    hall.close().await;
}

#[tokio::test]
async fn each_bad_text_has_a_sentence_of_its_own() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let ask = |text: String| json!({"id": Uuid::new_v4(), "text": text});
    for (text, name) in [
        (String::new(), "Empty"),
        ("   \u{200b}\u{202e} ".to_owned(), "Empty"),
        ("👍🏽👨\u{200d}👩\u{200d}👧🇶🇦".to_owned(), "NeedsWords"),
        ("؟!…".to_owned(), "NeedsWords"),
        ("س".repeat(281), "TooLong"),
    ] {
        let answer = phone.refused("/questions", ask(text), name).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.json()["field"], "text");
        assert!(answer.json()["message"].as_str().unwrap().chars().any(|c| ('\u{0600}'..'\u{0700}').contains(&c)));
    }
    // 280 letters with every vowel mark are 280 graphemes, not 560.
    phone.ask(&"سُ".repeat(280)).await;
    let answer = phone.refused("/questions", ask("وسؤال آخر؟".to_owned()), "TooSoon").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.header("retry-after").parse::<u32>().unwrap() <= 31);
    hall.close().await;
}

#[tokio::test]
async fn hostile_text_is_shown_as_text() {
    let hall = Hall::open().await;
    let (phone, steward, moderator) = (hall.phone().await, hall.steward().await, hall.moderator().await);
    let id = phone.ask("<script>alert(1)</script> \u{202e}txet\u{202c} & \"اقتباس\" <img src=x onerror=y>").await;
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    moderator.does(&format!("/questions/{id}/show"), json!({})).await;
    for page in ["", "/console", "/screen"] {
        let html = moderator.get(&format!("/s/{}{page}", hall.live.code)).await;
        assert!(!html.body.contains("<script>alert") && !html.body.contains("<img"), "{page}");
        assert!(!html.body.contains('\u{202e}'), "{page}: the override is gone");
        assert!(html.body.contains("&lt;script&gt;"), "{page}");
    }
    hall.close().await;
}

#[tokio::test]
async fn nothing_that_a_client_sends_is_a_500() {
    let hall = Hall::open().await;
    let clients = [hall.phone().await, hall.moderator().await, hall.steward().await, hall.by(&hall.organizer).await];
    let id = Uuid::new_v4();
    let paths = [
        "/open",
        "/next",
        "/undo",
        "/reopen",
        "/floor/give",
        "/floor/yield",
        "/timer/start",
        "/timer/pause",
        "/timer/resume",
        "/timer/extend",
        "/screen",
        "/questions",
        "/desk/here",
        "/polls/put-away",
        "/safety/resume",
        "/nowhere",
        "/questions/not-an-id/pass",
        "/questions/withdraw",
        "/questions/change",
    ];
    let with_id = ["pass", "hold", "safeguard", "take-back", "choose", "put-back", "show", "answered", "not-used"];
    let mut all: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    all.extend(with_id.iter().map(|verb| format!("/questions/{id}/{verb}")));
    all.extend(["open", "close", "show", "ballot"].iter().map(|verb| format!("/polls/{id}/{verb}")));
    let bodies: [(&str, &[u8]); 7] = [
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b"{\"step\":-99999999999999999999,\"text\":{},\"id\":7}"),
        ("application/json", b"\xff\xfe\x00"),
        ("application/x-www-form-urlencoded", b"step=%00%ff&seconds=1e9&choice=%F0%9F%98%80&text=%F0%28"),
        ("application/x-www-form-urlencoded", b"step=4294967296&seconds=-5&slot=x&reason=why&show=all"),
        ("text/plain", b"hello"),
    ];
    for client in &clients {
        for path in &all {
            for (kind, body) in bodies {
                let answer = client.raw(path, kind, body.to_vec()).await;
                assert!(answer.status.as_u16() < 500, "{path} {kind} {body:?}: {}", answer.status);
            }
        }
    }
    hall.close().await;
}

#[tokio::test]
async fn statuses_say_what_is_wrong() {
    let hall = Hall::open().await;
    let (phone, moderator) = (hall.phone().await, hall.moderator().await);
    assert_eq!(phone.raw("/questions", "application/json", b"{".to_vec()).await.status, StatusCode::BAD_REQUEST);
    let large = vec![b'a'; 40_000];
    assert_eq!(phone.raw("/questions", "application/json", large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(phone.press("/next", json!({"step": 0})).await.status, StatusCode::FORBIDDEN);
    let nothing = moderator.press(&format!("/questions/{}/show", Uuid::new_v4()), json!({})).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    let elsewhere = Client::new(hall.url(), "000000");
    assert_eq!(elsewhere.get("/s/000000").await.status, StatusCode::NOT_FOUND);
    assert_eq!(elsewhere.get("/nowhere").await.status, StatusCode::NOT_FOUND);
    let foreign = phone.press_with("/questions", "origin", "https://evil.example", json!({"text": "سؤال"})).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let own =
        phone.press_with("/questions", "origin", hall.url(), json!({"id": Uuid::new_v4(), "text": "سؤال لنا"})).await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.body);
    hall.close().await;
}

#[tokio::test]
async fn a_wrong_code_is_kept_in_the_field_and_any_digits_are_right() {
    let hall = Hall::open().await;
    let visitor = Client::new(hall.url(), &hall.live.code);
    let wrong = visitor.post_form("/join", &[("code", "٠٠٠٠٠٠")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("٠٠٠٠٠٠") && wrong.body.contains("class=\"refusal\""));
    let short = visitor.post_form("/join", &[("code", "<b>12")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!short.body.contains("<b>12"));
    for typed in ["471926", "٤٧١ ٩٢٦", "۴۷۱-۹۲۶"] {
        let page = visitor.post_form("/join", &[("code", typed)]).await;
        assert_eq!(page.status, StatusCode::OK, "{typed}");
        assert!(page.body.contains("name=\"text\""), "{typed}: the audience's page");
    }
    hall.close().await;
}

#[tokio::test]
async fn whoever_tries_out_codes_is_slowed_down() {
    let hall = Hall::open().await;
    let visitor = Client::new(hall.url(), &hall.live.code);
    let mut statuses = Vec::new();
    for n in 0..80 {
        statuses.push(visitor.get(&format!("/s/{:06}", 100_000 + n)).await.status);
    }
    assert_eq!(statuses[0], StatusCode::NOT_FOUND);
    assert_eq!(statuses[79], StatusCode::TOO_MANY_REQUESTS);
    // Whoever has the right code still comes in.
    assert_eq!(visitor.get(&format!("/s/{}", hall.live.code)).await.status, StatusCode::OK);
    hall.close().await;
}

#[tokio::test]
async fn ordinary_answers_are_small_and_whole() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let answer = phone.press("/questions", json!({"id": Uuid::new_v4(), "text": "سؤال"})).await;
    assert_ne!(answer.json()["message"], Value::Null);
    assert!(answer.body.len() < 2_000);
    hall.close().await;
}

#[tokio::test]
async fn a_full_disk_acknowledges_nothing_and_recovers() {
    let folder = nadwa_tests::folder::Folder::new();
    // Room for the demo and for some questions, and then no more.
    let store = nadwa::store::Sqlite::open_within(folder.path(), 110).await.expect("it opens");
    let hall = Hall::open_on(std::sync::Arc::new(store), folder).await;
    let long = "سؤال يملأ القرص ".repeat(16);
    let mut acknowledged = Vec::new();
    let full = loop {
        let phone = hall.phone().await;
        let id = Uuid::new_v4();
        let answer = phone.press("/questions", json!({"id": id, "text": long})).await;
        if answer.status == StatusCode::OK {
            acknowledged.push(id.to_string());
        } else {
            break answer;
        }
        assert!(acknowledged.len() < 5_000, "the disk never filled up");
    };
    assert_eq!(full.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(full.json()["refusal"], "NotSaved");
    let asked = hall.live.id.parse().map(nadwa_domain::ids::SessionId).unwrap();
    let room = hall.app().rooms.session(asked).await.unwrap();
    let kept: Vec<String> = room.look(|session, _| session.questions.iter().map(|q| q.id.to_string()).collect());
    assert!(acknowledged.iter().all(|id| kept.contains(id)));
    assert_eq!(kept.iter().filter(|id| acknowledged.contains(id)).count(), acknowledged.len());
    // Pages are still served: nobody is sent away.
    assert_eq!(hall.phone().await.get(&format!("/s/{}", hall.live.code)).await.status, StatusCode::OK);
    hall.close().await;
}
