//! Phones: who they are is the server's to say (`G3`), what they vote is nobody's to find (`G8`), and who reads is a
//! person (`G11`).

use nadwa::edge::derived_id;
use nadwa::rooms::phone::{Phone, Voting};
use nadwa_domain::ids::PollId;
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::polls_made::{make, show, vote};

/// A device that keeps no cookie: every request is another one.
fn stranger(hall: &Hall) -> Client {
    Client::new(hall.url(), &hall.live.code)
}

/// The token that a page gives to a phone.
async fn token(phone: &Client, hall: &Hall) -> Option<String> {
    let page = phone.get(&format!("/s/{}", hall.live.code)).await;
    let set = page.header("set-cookie").strip_prefix("nadwa_phone=")?;
    set.split(';').next().map(str::to_owned)
}

#[tokio::test]
async fn a_page_mints_a_phone_once_and_a_token_of_elsewhere_is_nobodys() {
    let (hall, other) = (Hall::open().await, Hall::open().await);
    let phone = stranger(&hall);
    let own = token(&phone, &hall).await.expect("a page mints a phone");
    assert_eq!(token(&phone, &hall).await, None, "which stays the same");
    let foreign = token(&stranger(&other), &other).await.expect("another hall mints its own");
    let long = "a".repeat(6_000);
    for (cookie, is_ours) in [(own.as_str(), true), (foreign.as_str(), false), (&own[1..], false), (&long, false)] {
        let cookie = format!("nadwa_phone={cookie}");
        let asked = json!({"id": Uuid::new_v4(), "text": "سؤال من هاتف"});
        let answer = stranger(&hall).press_with("/questions", "cookie", &cookie, asked).await;
        assert!(answer.status == StatusCode::OK || answer.status == StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.header("set-cookie").is_empty(), is_ours, "{}", answer.body);
    }
    hall.close().await;
    other.close().await;
}

#[tokio::test]
async fn a_press_without_a_page_makes_a_new_phone_that_the_next_page_makes_known_as_the_same() {
    let hall = Hall::open().await;
    let phone = stranger(&hall);
    let asked = phone.submit("/questions", &[("id", &Uuid::new_v4().to_string()), ("text", "سؤال بلا صفحة")]).await;
    assert_eq!(asked.status, StatusCode::OK, "a plain form works without a page before it");
    assert!(asked.body.contains("سؤال بلا صفحة"), "and its own question is on the page that follows");
    let moderator = hall.moderator().await;
    let poll = make(&moderator, json!({"kind": "yes_no"})).await;
    for _ in 0..4 {
        vote(&hall.phone().await, &poll, "1").await;
    }
    vote(&phone, &poll, "1").await;
    assert_eq!(show(&moderator, &poll).await["state"]["shown"]["counts"]["voters"], 5);
    hall.close().await;
}

#[tokio::test]
async fn one_device_that_calls_and_asks_without_end_stands_below_the_child_who_was_here() {
    let hall = Hall::open().await;
    let (child, lead, steward) = (hall.phone().await, hall.by(&hall.safeguarding).await, hall.steward().await);
    let flood = async |numbers: std::ops::Range<u32>| {
        for n in numbers {
            let place = format!("قاعة {n}");
            let called = stranger(&hall).post_form("/help/call", &[("picture", "afraid"), ("place", &place)]).await;
            assert_eq!(called.status, StatusCode::OK, "no call is refused");
            stranger(&hall).ask(&format!("أخاف أرجع البيت {n}")).await;
        }
    };
    flood(0..20).await;
    assert_eq!(child.post_form("/help/call", &[("place", "المكتبة")]).await.status, StatusCode::OK);
    child.ask("كيف نحمي أصدقاءنا؟").await;
    flood(20..40).await;
    let inbox = lead.get("/safeguarding").await.body;
    let rows = inbox.matches("/open\"").count();
    assert!(rows <= 5, "three that came before it was a flood, the child's, and one row for the rest: {rows}");
    assert!(inbox.contains("من أجهزة جديدة"));
    let mut feed = steward.follow("desk").await;
    let waiting = feed.picture().await["waiting"].as_array().unwrap().clone();
    let child_at = waiting.iter().position(|row| row["text"]["text"] == "كيف نحمي أصدقاءنا؟");
    let many = waiting.last().unwrap();
    assert!(child_at.is_some_and(|place| place < waiting.len() - 1) && waiting.len() <= 8, "{waiting:?}");
    assert!(many["one_of_many"] == true && many["alike"].as_u64().is_some_and(|n| n >= 37), "{many}");
    hall.close().await;
}

#[tokio::test]
async fn ballots_of_new_devices_are_taken_and_told_apart_and_do_not_make_four_voters_five() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let poll = make(&moderator, json!({"kind": "yes_no"})).await;
    vote(&hall.phone().await, &poll, "0").await;
    for _ in 0..8 {
        vote(&stranger(&hall), &poll, "1").await;
    }
    assert_eq!(show(&moderator, &poll).await["state"]["shown"], "too_few");
    let told = moderator.follow("console").await.picture().await["polls"].clone();
    let told = told.as_array().unwrap().iter().find(|told| told["id"] == poll.as_str()).unwrap()["apart"].clone();
    assert_eq!(told, json!({"after": 0, "not_counted": 8}));
    moderator.does("/polls/put-away", json!({})).await;
    let poll = make(&moderator, json!({"kind": "yes_no"})).await;
    let early = hall.phone().await;
    hall.clock.advance(1_000);
    vote(&early, &poll, "0").await;
    for _ in 0..5 {
        vote(&hall.phone().await, &poll, "1").await;
    }
    let counts = show(&moderator, &poll).await["state"]["shown"]["counts"].clone();
    assert_eq!(
        (counts["voters"].as_u64(), counts["options"][1].as_u64()),
        (Some(6), Some(5)),
        "they have just come in"
    );
    let told = moderator.follow("console").await.picture().await["polls"].clone();
    let told = told.as_array().unwrap().iter().find(|told| told["id"] == poll.as_str()).unwrap()["apart"].clone();
    assert_eq!(told, json!({"after": 5, "not_counted": 0}), "and the moderators are told");
    hall.close().await;
}

/// Everything in the log, tried as whatever this source could make of it: no ballot answers. With the token, which is
/// in the phone's cookie alone, it does.
#[tokio::test]
async fn nobody_who_holds_the_log_and_the_source_finds_a_phones_ballot() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    moderator.does("/seats", json!({"id": Uuid::new_v4(), "number": 5})).await;
    let phone = stranger(&hall);
    let token = token(&phone, &hall).await.expect("a token");
    phone.ask("سؤال يعرفه السجل").await;
    phone.post_form("/help/call", &[("place", "المكتبة")]).await;
    let poll = make(&moderator, json!({"kind": "yes_no"})).await;
    vote(&phone, &poll, "1").await;
    let (store, poll) = (&hall.app().store, PollId(poll.parse().unwrap()));
    let voter = Voting::Phone(Phone::of_secret(&token[..64], None)).token(poll);
    assert!(
        store.ballot_of(poll.0, voter).await.unwrap().is_some(),
        "the token finds it: the test tries the right thing"
    );
    phone.post_form("/leave", &[]).await;
    let mut log = String::new();
    for kind in ["session", "inbox", "conference", "paper", "key", "left", "clock"] {
        for stream in store.streams(kind).await.unwrap() {
            for line in store.read(stream, 0).await.unwrap() {
                log.push_str(&format!("{} {} {:?} {stream} ", line.by, line.fact, line.words));
            }
        }
    }
    assert!(!log.contains(&token[..64]), "the token is in no line");
    assert_eq!(log.matches("\"left\"").count(), 1, "that its device was handed on is");
    let words: std::collections::BTreeSet<&str> = log.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').collect();
    let mut found = 0;
    for word in words.into_iter().filter(|word| word.len() >= 8) {
        for voter in guesses(word, poll) {
            found += usize::from(store.ballot_of(poll.0, voter).await.unwrap().is_some());
        }
    }
    assert_eq!(found, 0);
    hall.close().await;
}

/// What a word of the log could be the voter of, by every name that the source derives ids with.
fn guesses(word: &str, poll: PollId) -> Vec<Uuid> {
    let as_secret = Voting::Phone(Phone::of_secret(word, None)).token(poll);
    let mut all = vec![as_secret];
    for purpose in ["voter", "voter of a phone", "phone", "ballot box", "seat", "left"] {
        let text = derived_id(purpose, &[word.as_bytes()]);
        all.extend([text, derived_id("voter", &[poll.0.as_bytes(), text.as_bytes()])]);
        if let Ok(id) = Uuid::parse_str(word) {
            let once = derived_id(purpose, &[id.as_bytes()]);
            all.extend([id, once, derived_id(purpose, &[poll.0.as_bytes(), id.as_bytes()])]);
            all.extend([derived_id(purpose, &[id.as_bytes(), poll.0.as_bytes()])]);
            all.push(derived_id("voter", &[poll.0.as_bytes(), once.as_bytes()]));
        }
    }
    all
}

#[tokio::test]
async fn a_desks_page_alone_is_nobody_and_a_press_is_somebody() {
    let hall = Hall::open().await;
    let steward = hall.by(&hall.live.desk).await;
    hall.clock.advance(61_000);
    let desk = format!("/s/{}/desk", hall.live.code);
    for path in [desk.as_str(), "/desk", "/desk/part", &format!("{desk}?q={}", Uuid::new_v4())] {
        assert_eq!(steward.get(path).await.status, StatusCode::OK);
    }
    let asked = || json!({"id": Uuid::new_v4(), "text": "هل يقرأ أحد هذا السؤال؟"});
    hall.phone().await.refused("/questions", asked(), "IntakeClosed").await;
    let pressed = steward.submit("/desk/here", &[("by", "hand")]).await;
    assert_eq!(pressed.status, StatusCode::OK);
    hall.phone().await.does("/questions", asked()).await;
    for _ in 0..9 {
        hall.clock.advance(19_500);
        steward.does("/desk/here", json!({})).await;
    }
    hall.clock.advance(19_500);
    assert!(steward.get(&desk).await.body.contains("هل ما زال أحد هنا؟"), "it asks");
    hall.phone().await.refused("/questions", asked(), "IntakeClosed").await;
    steward.does("/desk/here", json!({"by": "hand"})).await;
    hall.phone().await.does("/questions", asked()).await;
    hall.close().await;
}
