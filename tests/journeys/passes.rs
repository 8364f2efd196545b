//! Passes: a card opens one role in one scope, and is taken back at once.

use nadwa::permits::Permit;
use nadwa::store::NewLine;
use nadwa_domain::conference::Act;
use nadwa_domain::ids::{DeviceId, SessionId};
use nadwa_domain::{Role, Who};
use nadwa_tests::client::{Client, Feed};
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;

use crate::routes::with_pass;

#[tokio::test]
async fn without_a_pass_no_roles_page_and_no_roles_feed_opens() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    for page in ["console", "desk", "stage"] {
        assert_eq!(phone.get(&format!("/s/{}/{page}", hall.live.code)).await.status, StatusCode::FORBIDDEN, "{page}");
        assert_eq!(phone.feed_status(page).await, StatusCode::FORBIDDEN, "{page}");
    }
    for page in ["/organizer", "/safeguarding"] {
        assert_eq!(phone.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    hall.close().await;
}

#[tokio::test]
async fn a_childs_card_opens_no_adults_page_and_the_other_way_round() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    assert_eq!(moderator.get(&format!("/s/{}/desk", hall.live.code)).await.status, StatusCode::FORBIDDEN);
    moderator.refused("/safety/pause", json!({}), "NotYours").await;
    let steward = hall.steward().await;
    assert_eq!(steward.get(&format!("/s/{}/console", hall.live.code)).await.status, StatusCode::FORBIDDEN);
    steward.refused("/next", json!({"step": 0}), "NotYours").await;
    // A child's secret at the adults' door, and an adult's at the children's.
    let secret = |link: &str| link.rsplit(['/', '#']).next().unwrap().to_owned();
    let stranger = Client::new(hall.url(), &hall.live.code);
    assert_eq!(stranger.get(&format!("/a#{}", secret(&hall.live.console))).await.status, StatusCode::FORBIDDEN);
    assert_eq!(stranger.get(&format!("/p#{}", secret(&hall.live.desk))).await.status, StatusCode::FORBIDDEN);
    hall.close().await;
}

#[tokio::test]
async fn a_revoked_pass_is_out_at_once() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let mut console = moderator.follow("console").await;
    console.picture().await;
    let organizer = hall.by(&hall.organizer).await;
    let board = organizer.get("/organizer/cards").await;
    assert_eq!(board.status, StatusCode::OK);
    let conference = hall.app().rooms.conference().state();
    let session = conference.listing(SessionId(hall.live.id.parse().unwrap())).unwrap();
    let pass = conference
        .passes
        .values()
        .find(|p| p.issued.role == Role::Moderator && p.issued.session == Some(session.session))
        .unwrap();
    let foreign = hall.phone().await;
    let revoke = format!("{}/organizer/cards/{}/revoke", hall.url(), pass.issued.id);
    let path = revoke.strip_prefix(hall.url()).unwrap();
    assert_eq!(foreign.post_form(path, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(organizer.post_form(path, &[]).await.status, StatusCode::OK);
    // The open tablet hears that it is out, and its stream ends.
    loop {
        match console.event().await {
            Some(event) if event.name == "gone" => break,
            Some(_) => {}
            None => panic!("the stream ended without a word"),
        }
    }
    assert!(console.event().await.is_none());
    moderator.refused("/next", json!({"step": 0}), "NotYours").await;
    assert_eq!(moderator.feed_status("console").await, StatusCode::FORBIDDEN);
    hall.close().await;
}

#[tokio::test]
async fn an_organizer_issues_a_pass_that_works() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let page = organizer.post_form("/organizer/cards", &[("role", "timekeeper"), ("session", &hall.live.code)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let code = code_on(&page.body);
    let keeper = Client::new(hall.url(), &hall.live.code);
    let place = keeper.post_form("/card", &[("code", &code)]).await;
    assert_eq!(place.status, StatusCode::OK, "the card's code opens the console");
    keeper.does("/timer/pause", json!({})).await;
    keeper.refused("/next", json!({"step": 0}), "NotYours").await;
    hall.close().await;
}

/// The code of the one card on a sheet, as its square says it.
pub fn code_on(sheet: &str) -> String {
    let digits = sheet.split("card-code").nth(1).expect("a child's card has a code");
    let number = digits.split("<bdi").nth(1).and_then(|rest| rest.split('>').nth(1)).expect("in a number of its own");
    number.split('<').next().unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// `G8`: to print again is to issue anew.
#[tokio::test]
async fn a_code_is_kept_nowhere_once_it_is_printed_and_stops_when_another_is() {
    let folder = Folder::new();
    let store = nadwa::store::open(&folder.path().display().to_string()).await.unwrap();
    let hall = Hall::open_on(store, Folder::new()).await;
    let organizer = hall.by(&hall.organizer).await;
    let fields = [("role", "timekeeper"), ("session", hall.live.code.as_str())];
    let first = code_on(&organizer.post_form("/organizer/cards", &fields).await.body);
    let again = organizer.post_form("/organizer/cards/print", &[("again", "on"), ("each", "1")]).await.body;
    assert_ne!(code_on(&again), first);
    let lets_in = async |code: &str| {
        let keeper = Client::new(hall.url(), &hall.live.code);
        keeper.post_form("/card", &[("code", code)]).await.status == StatusCode::OK
    };
    assert!(!lets_in(&first).await, "what was printed before opens nothing");
    let codes: Vec<String> = again.split("print-card").skip(1).map(code_on).collect();
    let mut entered = 0;
    for code in &codes {
        entered += usize::from(lets_in(code).await);
    }
    assert_eq!(entered, codes.len());
    // Who prints what they never hold, and that somebody came in by it, every lead can see (`G9`).
    let told = hall.by(&hall.safeguarding).await.get("/record").await.body;
    assert!(["إظهار بطاقة ضبط الوقت", "دخول ببطاقة ضبط الوقت"].iter().all(|line| told.contains(line)), "{told}");
    let nothing = organizer.post_form("/organizer/cards/print", &[("each", "1")]).await.body;
    assert!(!nothing.contains("print-card"), "a page that is loaded again stops no card");
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let has = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        for code in codes.iter().chain([&first]) {
            assert!(!has(&format!("\"{code}\"")) && !has(&nadwa::edge::digest(code)));
        }
    }
    hall.close().await;
}

/// `G8`: what an early version kept in clear.
#[tokio::test]
async fn the_codes_of_an_early_version_go_on_working_and_leave_the_disk() {
    let folder = Folder::new();
    let place = folder.path().display().to_string();
    let (id, code) = (nadwa::edge::fresh_id(), "123456789");
    let stream = {
        let store = nadwa::store::open(&place).await.unwrap();
        let hall = Hall::open_on(store.clone(), Folder::new()).await;
        let stream = hall.app().rooms.conference().id().0;
        let seq = hall.app().rooms.conference().state().seq;
        let fact = json!({"event": "pass_issued", "id": id, "role": "timekeeper", "session": hall.live.id, "person": null,
            "digest": nadwa::edge::digest(code), "until": null, "one_device": true});
        let words = Some(json!({"text": code}).to_string());
        let line = NewLine { at: 1, by: json!("server").to_string(), fact: fact.to_string(), words };
        store.append(stream, seq, vec![line]).await.unwrap();
        hall.close().await;
        stream
    };
    for start in 0..2 {
        let store = nadwa::store::open(&place).await.unwrap();
        let clock = nadwa::edge::Clock::by_hand(nadwa_tests::hall::BEGIN);
        let node = nadwa_tests::hall::Node::start(store.clone(), clock).await;
        let keeper = Client::new(&node.url, "");
        assert_eq!(keeper.post_form("/card", &[("code", code)]).await.status, StatusCode::OK, "start {start}");
        assert_eq!(keeper.get(&format!("/p#{code}")).await.status, StatusCode::OK, "and by its square, {start}");
        let lines = store.read(stream, 0).await.unwrap();
        let recoded = lines.iter().filter(|line| line.fact.contains("pass_recoded")).count();
        assert_eq!(recoded, 1, "it is done once");
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let has = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(!has(&format!("\"{code}\"")) && !has(&nadwa::edge::digest(code)), "start {start}");
        }
        node.stop().await;
    }
}

#[tokio::test]
async fn an_organizer_does_not_lock_themselves_out_by_a_slip() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    // There are two organizers; the card that this device holds is its own.
    let secret = hall.organizer.rsplit(['/', '#']).next().unwrap();
    let own = hall.app().rooms.conference().pass(secret, hall.clock.now(), Permit::long()).unwrap();
    let path = format!("/organizer/cards/{}/revoke", own.issued.id);
    assert!(!organizer.get("/organizer/cards").await.body.contains(&path));
    assert_eq!(organizer.post_form(&path, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(organizer.get("/organizer").await.status, StatusCode::OK);
    hall.close().await;
}

#[tokio::test]
async fn a_device_that_was_signed_out_follows_no_longer() {
    let hall = Hall::open().await;
    let session = hall.live.id.parse().map(SessionId).expect("an id");
    for (role, feed) in [(Role::Moderator, "console"), (Role::Steward, "desk")] {
        let before = devices(&hall);
        let (client, _) = with_pass(&hall, role, session).await;
        let follows = client.follow(feed).await;
        sign_out_and_hear(&hall, &before, follows).await;
    }
    let before = devices(&hall);
    let lead = hall.by(&hall.safeguarding).await;
    sign_out_and_hear(&hall, &before, lead.follow_at("/safeguarding/feed").await).await;
    let before = devices(&hall);
    let author = Client::new(hall.url(), &hall.live.code);
    let page = author.get(hall.authors.strip_prefix(hall.url()).expect("a link of this hall")).await.body;
    let start = page.find("/papers/").expect("the page names its paper");
    let paper: String = page[start..].chars().take("/papers/".len() + 36).collect();
    sign_out_and_hear(&hall, &before, author.follow_at(&format!("{paper}/feed")).await).await;
    hall.close().await;
}

fn devices(hall: &Hall) -> Vec<DeviceId> {
    hall.app().rooms.conference().state().devices.keys().copied().collect()
}

/// Signs the device out that came in since, while it follows: it is told so, and nothing comes after.
async fn sign_out_and_hear(hall: &Hall, before: &[DeviceId], mut feed: Feed) {
    feed.event().await.expect("it follows");
    let device = devices(hall).into_iter().find(|device| !before.contains(device)).expect("it is signed in");
    let out = Act::SignOut { device };
    hall.app().rooms.conference().act(Who::Server, &out).await.expect("it is signed out");
    while feed.event().await.expect("it is told so").name != "gone" {}
    assert!(feed.event().await.is_none(), "nothing comes after");
}
