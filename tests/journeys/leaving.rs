//! A device that changes hands (`P2`, `G5`): whoever was there ends it by one press, and nothing of them is the next one's.

use nadwa_domain::Role;
use nadwa_domain::ids::SessionId;
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::{StatusCode, header};
use serde_json::json;

use crate::passes::code_on;
use crate::routes::with_pass;

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
    let asked = [("id", uuid::Uuid::new_v4().to_string()), ("text", "سؤال قبل المغادرة".to_owned())];
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
async fn every_role_has_the_control_on_its_pages() {
    let hall = Hall::open().await;
    let s = |rest: &str| format!("/s/{}{rest}", hall.live.code);
    let authors = hall.by(&hall.authors).await;
    let here = SessionId(hall.live.id.parse().unwrap());
    let timekeeper = with_pass(&hall, Role::Timekeeper, here).await.0;
    let pages: [(Client, Vec<String>); 9] = [
        (
            hall.phone().await,
            vec![s(""), "/".to_owned(), "/help".to_owned(), "/messages".to_owned(), "/card".to_owned()],
        ),
        (hall.moderator().await, vec![s("/console"), s("/console/plan"), s("/handover")]),
        (hall.by(&hall.live.stage).await, vec![s("/stage")]),
        (timekeeper, vec![s("/console")]),
        (hall.steward().await, vec![s("/desk"), s("/backstage"), "/desk".to_owned()]),
        (hall.by(&hall.safeguarding).await, vec!["/safeguarding".to_owned(), "/care".to_owned(), "/record".to_owned()]),
        (hall.by(&hall.organizer).await, vec!["/organizer".to_owned(), "/organizer/cards".to_owned()]),
        (hall.by(&hall.mentor).await, vec!["/papers/table".to_owned()]),
        (authors, vec!["/me".to_owned()]),
    ];
    for (client, paths) in pages {
        for path in paths {
            let page = client.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let controls = page.body.matches("action=\"/leave\"").count();
            assert_eq!((controls, page.body.contains("/leave.js")), (1, true), "{path}");
        }
    }
    for path in [s("/screen"), s("/box"), "/wall".to_owned()] {
        assert!(!hall.by(&hall.organizer).await.get(&path).await.body.contains("/leave.js"), "{path} is everybody's");
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
