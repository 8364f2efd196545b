//! A device that changes hands (`P2`, `G5`): whoever was there ends it by one press, and nothing of them is the next one's.

use std::collections::BTreeSet;

use nadwa::edge::hex;
use nadwa_domain::Role;
use nadwa_domain::ids::SessionId;
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::{StatusCode, header};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde_json::json;
use uuid::Uuid;

use crate::passes::code_on;
use crate::routes::with_pass;
use crate::walk::{pattern, walkers};

/// Fewer kinds of pages were not found the last time that somebody looked: the walk has lost its way.
const LEAST_PAGES: usize = 60;

#[tokio::test]
async fn whoever_takes_the_tablet_next_has_nothing_of_whoever_was_there() {
    let hall = Hall::open().await;
    let (tablet, lead, here) =
        (hall.moderator().await, hall.by(&hall.safeguarding).await, format!("/s/{}", hall.live.code));
    tablet.get(&here).await;
    let item = tablet.ask("سؤال من جهاز مشترك").await;
    hall.steward().await.does(&format!("/questions/{item}/safeguard"), json!({})).await;
    lead.post_form("/safeguarding/reply", &[("item", &item.to_string()), ("text", "رد خاص")]).await;
    assert!(tablet.get("/messages").await.body.contains("رد خاص"));
    let left = tablet.post_form("/leave", &[]).await;
    assert!(left.status.is_success() && left.body.contains("الجهاز جاهز لشخص آخر"), "{}", left.body);
    assert!(!tablet.get(&here).await.body.contains("سؤال من جهاز"), "not the other child's question");
    assert!(!tablet.get("/messages").await.body.contains("رد خاص"), "nor what was answered");
    assert_eq!(tablet.get(&format!("{here}/console")).await.status, StatusCode::FORBIDDEN, "nor the card");
    // Its link stands in the history: whoever has the card in their hand reads the code that is on it.
    let (_, secret) = hall.live.console.split_once('#').unwrap();
    assert_eq!(tablet.get(&format!("/p#{secret}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(tablet.get(&format!("{here}/console")).await.status, StatusCode::FORBIDDEN);
    let card = [("role", "moderator"), ("session", hall.live.code.as_str())];
    let code = code_on(&hall.by(&hall.organizer).await.post_form("/organizer/cards", &card).await.body);
    assert_eq!(tablet.post_form("/card", &[("code", &code)]).await.status, StatusCode::OK);
    assert_eq!(tablet.get(&format!("{here}/console")).await.status, StatusCode::OK);
    hall.close().await;
}

/// Whoever copied the cookie, and a request that was on its way when the press came.
#[tokio::test]
async fn the_token_that_was_left_is_nobodys_and_the_browser_is_told_to_drop_everything() {
    let hall = Hall::open().await;
    let plain = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let address = |path: &str| format!("{}{path}", hall.url());
    let page = format!("/s/{}", hall.live.code);
    let first = plain.get(address(&page)).send().await.unwrap();
    let cookie = first.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let with = |request: reqwest::RequestBuilder| request.header(header::COOKIE, cookie.clone()).send();
    let asked = [("id", Uuid::new_v4().to_string()), ("text", "سؤال قبل المغادرة".to_owned())];
    with(plain.post(address(&format!("{page}/questions"))).form(&asked)).await.unwrap();
    assert!(with(plain.get(address(&page))).await.unwrap().text().await.unwrap().contains("سؤال قبل المغادرة"));
    let left = with(plain.post(address("/leave"))).await.unwrap();
    let says =
        |name: &str| left.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    assert_eq!(says("clear-site-data"), "\"cache\", \"cookies\", \"storage\"");
    assert!(says("location").starts_with("/left?lang="));
    let gone: Vec<_> = left.headers().get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
    for name in ["nadwa_phone=;", "nadwa_pass=;", "nadwa_again=;", "nadwa_lang=;"] {
        assert!(gone.iter().any(|cookie| cookie.starts_with(name) && cookie.contains("Max-Age=0")), "{name} {gone:?}");
    }
    let after = with(plain.get(address(&page))).await.unwrap();
    assert!(after.headers().contains_key(header::SET_COOKIE), "it is another phone now");
    assert!(!after.text().await.unwrap().contains("سؤال قبل المغادرة"));
    let waiting = with(plain.post(address("/leave")).form(&[("waiting", "yes")])).await.unwrap();
    let kept = waiting.headers()["clear-site-data"].to_str().unwrap().to_owned();
    assert_eq!(kept, "\"cache\", \"cookies\"", "sealed letters go on leaving");
    hall.close().await;
}

#[tokio::test]
async fn every_page_of_every_role_has_the_control() {
    let hall = Hall::open().await;
    let (mut without, mut seen) = (Vec::new(), BTreeSet::new());
    for walker in walkers(&hall).await {
        for (path, page) in walker.pages().await {
            let controls = page.matches("action=\"/leave\"").count();
            let of_many = page.contains("<details class=\"keeper");
            if (controls, page.contains("/leave.js"), of_many) != (1, true, path.ends_with("/box")) {
                without.push(format!("{} {path}", walker.name));
            }
            seen.insert(pattern(&path));
        }
    }
    assert_eq!(without, Vec::<String>::new());
    assert!(seen.len() >= LEAST_PAGES, "{} kinds of pages: {seen:#?}", seen.len());
    for screen in ["screen", "lower-third"] {
        let wall = hall.moderator().await.get(&format!("/s/{}/{screen}", hall.live.code)).await.body;
        assert!(wall.contains("hand-on of-wall") && !wall.contains("data-lock-after"), "{screen} stays on");
    }
    hall.close().await;
}

#[tokio::test]
async fn an_adults_link_opens_one_device_which_finds_it_again_after_it_has_locked_itself() {
    let hall = Hall::open().await;
    let lead = hall.by(&hall.safeguarding).await;
    let link = hall.safeguarding.clone();
    let path = link.strip_prefix(hall.url()).unwrap_or(&link);
    let other = hall.new_device_by(&link).await;
    assert_eq!(other.get("/safeguarding").await.status, StatusCode::FORBIDDEN);
    let refused = other.get(path).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("فتح هذا الرابط جهازًا من قبل"), "it says why, and who makes a new one");
    assert!(lead.get("/safeguarding").await.body.contains("data-lock-after"), "nobody touches it for a while");
    let locked = lead.post_form("/lock", &[]).await;
    assert!(locked.body.contains("هذا الجهاز مقفل") && locked.body.contains("data-rings"), "{}", locked.body);
    assert_eq!(lead.get("/safeguarding").await.status, StatusCode::FORBIDDEN, "it shows nothing");
    lead.follow_at("/safeguarding/feed").await;
    assert_eq!(lead.get(path).await.status, StatusCode::OK, "the card opens it again");
    assert_eq!(lead.get("/safeguarding").await.status, StatusCode::OK);
    lead.post_form("/leave", &[]).await;
    assert_eq!(lead.get(path).await.status, StatusCode::FORBIDDEN, "handed on, its history opens nothing");
    hall.close().await;
}

#[tokio::test]
async fn a_childs_pass_and_an_adults_are_never_on_one_device_and_entering_one_asks() {
    let hall = Hall::open().await;
    let session = SessionId(hall.sessions[0].id.parse().unwrap());
    let (tablet, _) = with_pass(&hall, Role::Timekeeper, session).await;
    let (console, desk) = (format!("/s/{}/console", hall.live.code), format!("/s/{}/desk", hall.live.code));
    let link = hall.live.desk.strip_prefix(hall.url()).unwrap_or(&hall.live.desk).to_owned();
    let asked = tablet.get(&link).await;
    assert!(asked.body.contains("على هذا الجهاز بطاقة أخرى"), "{}", asked.body);
    assert_eq!(tablet.get(&console).await.status, StatusCode::OK, "whoever does not press stays");
    assert_eq!(tablet.get(&desk).await.status, StatusCode::FORBIDDEN);
    let token = asked.body.split("name=\"secret\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let stranger = Client::new(hall.url(), &hall.live.code);
    assert_eq!(stranger.post_form("/instead", &[("secret", "guessed")]).await.status, StatusCode::FORBIDDEN);
    tablet.post_form("/instead", &[("secret", &token)]).await;
    assert_eq!(tablet.get(&desk).await.status, StatusCode::OK);
    assert_eq!(tablet.get(&console).await.status, StatusCode::FORBIDDEN, "the first one is off");
    assert_eq!(
        tablet.post_form("/instead", &[("secret", &token)]).await.status,
        StatusCode::FORBIDDEN,
        "it works once"
    );
    hall.close().await;
}

/// Two devices may keep the same letter: a tablet's browser was copied, or a worker tried twice.
#[tokio::test]
async fn the_same_letter_from_two_devices_is_one_question_of_whoever_wrote_it() {
    let hall = Hall::open().await;
    let (phone, steward, here) = (hall.phone().await, hall.steward().await, format!("/s/{}", hall.live.code));
    let page = phone.get(&here).await.body;
    let brought =
        page.split("<meta name=\"letter\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let (seal, key) = brought.split_once('.').unwrap();
    let id = Uuid::new_v4();
    let data = written(
        key,
        &format!("{here}/questions\nid={id}&text=%D8%B3%D8%A4%D8%A7%D9%84+%D9%85%D8%B1%D8%AA%D9%8A%D9%86"),
    );
    let letter = [("seal", seal), ("data", data.as_str())];
    let devices = [(); 2].map(|()| Client::new(hall.url(), &hall.live.code));
    let [one, two] = devices.each_ref().map(|device| device.post_form("/letters", &letter));
    let (one, two) = tokio::join!(one, two);
    assert_eq!((one.status, two.status), (StatusCode::OK, StatusCode::OK), "{} {}", one.body, two.body);
    // Whoever has the device reads nothing by it, and nothing that the phone asked before.
    assert_eq!((one.body.as_str(), two.body.as_str()), ("{}", "{}"));
    assert_eq!(one.header("set-cookie"), "");
    let waiting = steward.follow("desk").await.picture().await["waiting"].to_string();
    assert_eq!(waiting.matches(&id.to_string()).count(), 1, "{waiting}");
    let own = phone.get(&here).await.body;
    assert!(own.contains(&format!("data-sent-later=\"{id}\"")), "it is theirs who wrote it");
    assert!(!own.contains("سؤال مرتين"), "who may have given the device on: the words are in the tab that wrote them");
    for device in devices {
        assert!(!device.get(&here).await.body.contains(&id.to_string()), "and nobody else's");
    }
    // What could not be delivered comes back to the same phone, and its words to the tab that has their key.
    let form_of = async |key: &str| {
        let answer = phone.post_form("/letters/back", &[("seal", seal), ("data", &data), ("key", key)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()["form"].clone()
    };
    assert!(form_of(key).await.as_str().unwrap().contains("text="));
    for other in ["", "00", &"0".repeat(64)] {
        assert_eq!(form_of(other).await, serde_json::Value::Null);
    }
    hall.close().await;
}

/// As the worker writes a letter: in the page's own key, a nonce before it.
fn written(key: &str, text: &str) -> String {
    let bytes: Vec<u8> =
        (0..key.len()).step_by(2).map(|at| u8::from_str_radix(&key[at..at + 2], 16).unwrap()).collect();
    let (nonce, mut sealed) = ([7; NONCE_LEN], text.as_bytes().to_vec());
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).unwrap());
    let unique = Nonce::assume_unique_for_key(nonce);
    cipher.seal_in_place_append_tag(unique, Aad::empty(), &mut sealed).unwrap();
    hex(&nonce) + &hex(&sealed)
}

/// A feed that is open when the device is handed on ends: what is said to the phone later is nobody's there.
#[tokio::test]
async fn an_open_feed_of_a_phone_that_left_ends() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    phone.get(&format!("/s/{}", hall.live.code)).await;
    let mut feed = phone.follow("audience").await;
    feed.picture().await;
    phone.post_form("/leave", &[]).await;
    while feed.event().await.is_some() {}
    hall.close().await;
}

/// What the browser had sent before it left arrives after: it is taken in, and gives the next child nothing of it.
#[tokio::test]
async fn a_question_that_arrives_after_the_device_was_handed_on_gives_the_browser_no_token() {
    let hall = Hall::open().await;
    let (phone, here) = (Client::new(hall.url(), &hall.live.code), format!("/s/{}", hall.live.code));
    let token = phone.head("GET", &here, &[]).await.1[header::SET_COOKIE].to_str().unwrap().to_owned();
    let cookie = token.split(';').next().unwrap().to_owned();
    let late = |path: String, body: serde_json::Value| {
        let sent = reqwest::Client::builder().no_proxy().build().unwrap().post(format!("{}{path}", hall.url()));
        sent.header(header::COOKIE, cookie.clone()).header(header::ACCEPT, "application/json").json(&body).send()
    };
    let left = reqwest::Client::builder().no_proxy().build().unwrap().post(format!("{}/leave", hall.url()));
    left.header(header::COOKIE, cookie.clone()).send().await.unwrap();
    let answer = late(format!("{here}/questions"), json!({"id": Uuid::new_v4(), "text": "سؤال متأخر"})).await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    assert!(answer.headers().get(header::SET_COOKIE).is_none(), "{:?}", answer.headers());
    hall.close().await;
}

/// Whoever edits cookies puts a child's pass beside an adult's, the lead's beside an organizer's, or says that somebody
/// was at a locked device a moment ago: one kind is read, and what the server did not say is not believed.
#[tokio::test]
async fn cookies_that_somebody_put_together_hold_one_kind_and_nobody_invents_that_somebody_is_there() {
    let hall = Hall::open().await;
    let live = SessionId(hall.sessions[0].id.parse().unwrap());
    let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let cookies_by = async |link: &str| {
        let (door, secret) = link.strip_prefix(hall.url()).unwrap_or(link).split_once('#').unwrap();
        let sent = browser.post(format!("{}{door}", hall.url())).form(&[("secret", secret)]).send().await.unwrap();
        let set = sent.headers().get_all(header::SET_COOKIE).iter().map(|set| set.to_str().unwrap().to_owned());
        set.map(|set| set.split(';').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let value = |cookies: &[String], name: &str| {
        cookies.iter().find_map(|cookie| cookie.strip_prefix(name).map(str::to_owned)).unwrap()
    };
    let child = cookies_by(&crate::routes::card(&hall, Role::Moderator, Some(live)).await.0).await;
    let (lead, organizer) = (cookies_by(&hall.safeguarding).await, cookies_by(&hall.organizer).await);
    let (awake, pass) = (value(&lead, "nadwa_awake="), "nadwa_pass=");
    let status = async |path: &str, passes: &[&[String]], awake: &str| {
        let secrets: Vec<_> = passes.iter().map(|cookies| value(cookies, pass)).collect();
        let cookie = format!("nadwa_pass={}; nadwa_awake={awake}", secrets.join("."));
        let sent = browser.get(format!("{}{path}", hall.url())).header(header::COOKIE, cookie).send();
        sent.await.unwrap().status()
    };
    let console = format!("/s/{}/console", hall.live.code);
    assert_eq!(status("/safeguarding", &[&lead], &awake).await, StatusCode::OK);
    assert_eq!(status("/safeguarding", &[&lead], "anything").await, StatusCode::FORBIDDEN);
    for passes in [[&child[..], &lead], [&lead, &child]] {
        assert_eq!(status("/safeguarding", &passes, &awake).await, StatusCode::FORBIDDEN);
        assert_eq!(status(&console, &passes, &awake).await, StatusCode::OK);
    }
    for path in ["/safeguarding", "/organizer"] {
        assert_eq!(status(path, &[&organizer, &lead], &awake).await, StatusCode::FORBIDDEN, "{path}");
    }
    hall.close().await;
}

/// A question is on its way when the device is handed on: it may arrive, as whoever wrote it, and is nobody else's.
#[tokio::test]
async fn leaving_while_a_request_is_on_its_way_leaves_nothing_to_whoever_comes_next() {
    let hall = Hall::open().await;
    let here = format!("/s/{}", hall.live.code);
    for round in 0..6 {
        let (tablet, text) = (hall.phone().await, format!("سؤال في الطريق {round}"));
        let body = json!({"id": Uuid::new_v4(), "text": text});
        let (asked, left) = tokio::join!(tablet.press("/questions", body), tablet.post_form("/leave", &[]));
        assert!(!asked.status.is_server_error() && left.status.is_success(), "{} {}", asked.status, left.status);
        // Its answer came after the press, and may have set the cookie of a phone again: it is a new one.
        for path in [here.as_str(), "/messages"] {
            assert!(!tablet.get(path).await.body.contains(&text), "round {round}: {path}");
        }
        hall.clock.advance(31_000);
    }
    hall.close().await;
}
