//! Passes: a card opens one role in one scope, and is taken back at once.

use nadwa_domain::conference::Act;
use nadwa_domain::ids::{DeviceId, SessionId};
use nadwa_domain::{Role, Who};
use nadwa_tests::client::{Client, Feed};
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
    let secret = |link: &str| link.rsplit('/').next().unwrap().to_owned();
    let stranger = Client::new(hall.url(), &hall.live.code);
    assert_eq!(stranger.get(&format!("/a/{}", secret(&hall.live.console))).await.status, StatusCode::FORBIDDEN);
    assert_eq!(stranger.get(&format!("/p/{}", secret(&hall.live.desk))).await.status, StatusCode::FORBIDDEN);
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
    let session = conference.by_code(&nadwa_domain::conference::code::Code::parse(&hall.live.code).unwrap()).unwrap();
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
    let conference = hall.app().rooms.conference().state();
    let card = conference.passes.values().find(|pass| pass.issued.role == Role::Timekeeper).unwrap();
    let code = card.code.clone().expect("a child's card has a code");
    let keeper = Client::new(hall.url(), &hall.live.code);
    let place = keeper.post_form("/card", &[("code", &code)]).await;
    assert_eq!(place.status, StatusCode::OK, "the card's code opens the console");
    keeper.does("/timer/pause", json!({})).await;
    keeper.refused("/next", json!({"step": 0}), "NotYours").await;
    hall.close().await;
}

#[tokio::test]
async fn an_organizer_does_not_lock_themselves_out_by_a_slip() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    // There are two organizers; the card that this device holds is its own.
    let secret = hall.organizer.rsplit('/').next().unwrap();
    let own = hall.app().rooms.conference().pass(secret, hall.clock.now()).unwrap();
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
