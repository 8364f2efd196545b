//! One desk for several sessions: one queue, each question with its session, and intake open in all of them.

use nadwa::http::manage::cards::new_pass;
use nadwa_domain::conference::Act;
use nadwa_domain::ids::QuestionId;
use nadwa_domain::{Role, Who};
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use nadwa_tests::page::{Form, forms};
use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

/// A second open session beside the live one, and a steward for both.
async fn two_sessions() -> (Hall, Client, Client) {
    let hall = Hall::open().await;
    let other = hall.sessions[1].clone();
    let (pass, link) = new_pass(hall.url(), Role::Steward, None);
    hall.app().rooms.conference().act(Who::Server, &Act::Issue(pass)).await.expect("it is issued");
    let steward = hall.by(&link).await;
    // Another session opens once somebody is at its desk.
    hall.by(&other.desk).await.within(&other.code).does("/desk/here", json!({})).await;
    let moderator = hall.by(&other.console).await.within(&other.code);
    let opened = moderator.press("/open", json!({})).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
    let phone = Client::new(hall.url(), &other.code);
    phone.get(&format!("/s/{}", other.code)).await;
    (hall, steward, phone)
}

#[tokio::test]
async fn one_queue_holds_what_waits_in_every_session_and_decides_in_each() {
    let (hall, steward, phone) = two_sessions().await;
    let here = hall.phone().await.ask("سؤال في الجلسة الأولى").await;
    let there = phone.ask("أخاف أرجع البيت بعد الجلسة").await;
    let page = steward.get("/desk").await;
    assert_eq!(page.status, StatusCode::OK);
    let place = |text: &str| page.body.find(text).unwrap_or_else(|| panic!("no {text} in {}", page.body));
    assert!(place("أخاف أرجع البيت") < place("سؤال في الجلسة الأولى"), "what may be urgent is first, wherever it is");
    assert_eq!(read(&page.body), [(format!("/s/{}/questions/pass", hall.sessions[1].code), there)], "and is opened");
    // What is decided here is decided there, and the page is this desk's again.
    let body = [("from", "desks"), ("reason", "language")];
    let held = steward.within(&hall.sessions[1].code).submit(&format!("/questions/{there}/hold"), &body).await;
    assert!(held.status.is_success() && held.body.contains("class=\"desk covering\""), "{}", held.body);
    assert!(!held.body.contains("أخاف أرجع البيت"));
    let more = hall.phone().await.ask("سؤال آخر في الجلسة الأولى").await;
    for chosen in [more, here] {
        let page = steward.post_form("/desk", &[("q", &chosen.to_string())]).await.body;
        let pass = format!("/s/{}/questions/pass", hall.live.code);
        assert_eq!(read(&page), [(pass, chosen)], "what was chosen from the list is read");
    }
    let passed = steward.submit("/questions/pass", &[("item", &here.to_string()), ("from", "desks")]).await;
    assert!(!passed.body.contains("سؤال في الجلسة الأولى"), "{}", passed.body);
    let console = hall.moderator().await.follow("console").await.picture().await.to_string();
    assert!(console.contains("سؤال في الجلسة الأولى") && !console.contains("أخاف"));
    hall.close().await;
}

#[tokio::test]
async fn what_only_adults_shall_read_is_read_at_either_desk_and_reaches_no_child() {
    let (hall, steward, _) = two_sessions().await;
    let text = "أريد أن يقرأ هذا شخص كبير فقط";
    // Whoever opens a desk reads what is first there: this one was opened before.
    let (phone, own) = (hall.phone().await, hall.steward().await);
    let ticked = |page: &str| {
        let choice = page.split("<input").find(|input| input.contains("id=\"adult\"")).expect("the choice");
        choice.split('>').next().is_some_and(|input| input.contains("checked"))
    };
    assert!(!ticked(&phone.get(&format!("/s/{}", hall.live.code)).await.body));
    // Refused by a plain form, the choice is kept with what was typed.
    let id = Uuid::new_v4().to_string();
    let empty = phone.submit("/questions", &[("id", &id), ("text", "؟!"), ("adult", "true")]).await;
    assert!(ticked(&empty.body), "{}", empty.body);
    phone.does("/questions", json!({"id": id, "text": text, "adult": "true"})).await;
    // Both desks say so, and offer no way to the children.
    let waits = own.follow("desk").await.picture().await["waiting"].clone();
    let one = waits.as_array().and_then(|all| all.iter().find(|one| one["id"] == id)).expect("it waits").clone();
    assert_eq!((&one["text"]["text"], &one["adults_only"]), (&json!(text), &json!(true)));
    let covering = steward.get(&format!("/desk?q={id}")).await.body;
    assert!(covering.contains(text) && covering.contains("value=\"for_adults\""), "{covering}");
    assert!(read(&covering).is_empty(), "{covering}");
    let at = steward.within(&hall.live.code);
    at.refused(&format!("/questions/{id}/pass"), json!({}), "ForAdults").await;
    at.submit(&format!("/questions/{id}/hold"), &[("from", "desks"), ("reason", "for_adults")]).await;
    let queue = steward.get("/desk").await.body;
    assert!(!queue.split("id=\"again\"").next().is_some_and(|queue| queue.contains(text)), "{queue}");
    let told = phone.get(&format!("/s/{}", hall.live.code)).await.body;
    assert!(told.contains("قرأه شخص كبير"), "its sender is told: {told}");
    let console = hall.moderator().await.follow("console").await.picture().await;
    assert!(!console.to_string().contains(text));
    hall.close().await;
}

#[tokio::test]
async fn while_the_covering_desk_says_that_it_is_there_every_session_takes_questions_in() {
    let (hall, steward, phone) = two_sessions().await;
    for _ in 0..4 {
        hall.clock.advance(40_000);
        assert_eq!(steward.post_form("/desk/here", &[]).await.status, StatusCode::OK);
    }
    phone.ask("سؤال والمكتب الواحد يقرأ").await;
    hall.phone().await.ask("سؤال آخر والمكتب نفسه يقرأ").await;
    hall.clock.advance(61_000);
    phone.refused("/questions", json!({"id": Uuid::new_v4(), "text": "لا أحد هنا الآن"}), "IntakeClosed").await;
    hall.close().await;
}

/// Looked at by nobody, nothing is read (`G11`).
#[tokio::test]
async fn a_preview_of_a_desk_and_its_head_alone_open_no_question() {
    let (hall, covering, _) = two_sessions().await;
    let asked = hall.phone().await.ask("من يقرأ هذا السؤال الآن؟").await;
    let (page, all) = (format!("/s/{}/desk?q={asked}", hall.live.code), format!("/desk?q={asked}"));
    let session = hall.live.id.parse().expect("an id");
    let room = hall.app().rooms.session(session).await.expect("a room");
    let is_read = || room.look(|session, _| session.question(QuestionId(asked)).is_some_and(|q| q.claim.is_some()));
    for method in ["HEAD", "PREVIEW"] {
        for path in [&all, &page] {
            assert_eq!(covering.head(method, path, &[]).await.0, StatusCode::OK);
            assert!(!is_read(), "{method} of {path}");
        }
    }
    covering.get(&page).await;
    assert!(is_read(), "a page that somebody opened reads");
    hall.close().await;
}

/// As a session's own desk does, in every session in which something waits (`G11`).
#[tokio::test]
async fn the_covering_desk_asks_whether_somebody_is_there_and_lapses_everywhere() {
    let (hall, steward, _) = two_sessions().await;
    let sessions = [&hall.sessions[0].code, &hall.sessions[1].code];
    let phone = async |code: &str| {
        let phone = Client::new(hall.url(), code);
        phone.get(&format!("/s/{code}")).await;
        phone
    };
    let asked = || json!({"id": Uuid::new_v4(), "text": "هل يقرأ أحد هذا السؤال؟"});
    let asks = async || steward.get("/desk").await.body.contains("هل ما زال أحد هنا؟");
    steward.post_form("/desk/here", &[("by", "hand")]).await;
    for code in sessions {
        phone(code).await.does("/questions", asked()).await;
    }
    assert!(!asks().await);
    // A page that can be seen says so by itself, and that is nobody.
    for beat in 0..10 {
        hall.clock.advance(19_500);
        steward.post_form("/desk/here", &[]).await;
        assert_eq!(asks().await, beat >= 7, "half a minute before it lapses: {beat}");
    }
    for code in sessions {
        phone(code).await.refused("/questions", asked(), "IntakeClosed").await;
    }
    steward.post_form("/desk/here", &[("by", "hand")]).await;
    for code in sessions {
        phone(code).await.does("/questions", asked()).await;
    }
    assert!(!asks().await);
    hall.close().await;
}

#[tokio::test]
async fn a_silent_call_stands_where_adults_work_and_the_child_is_told_that_one_comes() {
    let (hall, steward, _) = two_sessions().await;
    let moderator = hall.moderator().await;
    let organizer = hall.by(&hall.organizer).await;
    let calm = organizer.get("/organizer").await.body;
    let mut desk = hall.steward().await.follow("desk").await;
    assert!(desk.picture().await.get("calls").is_none(), "nobody calls");
    moderator.does("/team/help", json!({"help": "safe_adult"})).await;
    let called = desk.until(|view| view.get("calls").is_some()).await.pop().expect("a picture");
    assert_eq!(called["calls"][0]["help"], "safe_adult");
    let covering = steward.get("/desk").await.body;
    assert!(covering.contains("value=\"safe_adult\""), "{covering}");
    let board = organizer.get("/organizer").await.body;
    let waits = |page: &str| page.matches("طلب مساعدة ينتظر").count();
    assert_eq!((waits(&calm), waits(&board)), (0, 1), "the board says that somebody waits");
    let answer = [("from", "desks"), ("by", "moderator"), ("help", "safe_adult")];
    let answered = steward.within(&hall.live.code).submit("/team/answer", &answer).await;
    assert!(answered.body.contains("class=\"desk covering\""), "{}", answered.body);
    let console = moderator.follow("console").await.picture().await;
    assert_eq!(console["running"]["calls"][0]["answered"], true, "the child sees that an adult comes");
    assert_eq!(waits(&organizer.get("/organizer").await.body), 0);
    hall.close().await;
}

#[tokio::test]
async fn what_nobody_read_stays_at_the_covering_desk_after_the_end_until_it_is_read() {
    let (hall, steward, _) = two_sessions().await;
    let unread = hall.phone().await.ask("نص لم يقرأه أحد").await;
    let moderator = hall.moderator().await;
    loop {
        let view = moderator.follow("console").await.picture().await;
        if view["phase"] == "over" {
            break;
        }
        moderator.does("/next", json!({"step": view["step"]})).await;
    }
    let organizer = hall.by(&hall.organizer).await;
    assert!(
        organizer.get("/organizer").await.body.contains("نصوص لم يقرأها أحد"),
        "the board counts it with the demo's"
    );
    assert!(steward.get("/desk").await.body.contains("نص لم يقرأه أحد"));
    let reason = [("from", "desks"), ("reason", "language")];
    steward.within(&hall.live.code).submit(&format!("/questions/{unread}/hold"), &reason).await;
    // What was read waits no more; where something was noticed in it, it stands in the second look.
    let page = steward.get("/desk").await.body;
    let (queue, again) = page.split_once("id=\"again\"").expect("a second look");
    assert!(!queue.contains("نص لم يقرأه أحد") && again.contains("نص لم يقرأه أحد"), "{page}");
    hall.close().await;
}

/// Where the text that is read is passed on, and which one that is.
fn read(html: &str) -> Vec<(String, Uuid)> {
    let passes = forms(html).into_iter().filter(|form| form.action.ends_with("/questions/pass"));
    let named = |form: &Form| form.fields.iter().find(|(name, _)| name == "item").and_then(|(_, id)| id.parse().ok());
    passes.filter_map(|form| Some((form.action.clone(), named(&form)?))).collect()
}
