//! Two nodes share one PostgreSQL and serve one session.

use std::sync::Arc;

use nadwa::store;
use nadwa_domain::ids::PersonId;
use nadwa_domain::{Lang, Said};
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{Hall, Node};
use nadwa_tests::postgres::Database;
use reqwest::redirect::Policy;
use reqwest::{StatusCode, header};
use serde_json::json;
use uuid::Uuid;

async fn two_nodes() -> (Hall, Node, Database) {
    let database = Database::new();
    let first = store::open(&database.address()).await.expect("the database opens");
    let hall = Hall::open_on(first, Folder::new()).await;
    let second = store::open(&database.address()).await.expect("the database opens again");
    let node = Node::start(Arc::clone(&second), hall.clock.clone()).await;
    (hall, node, database)
}

#[tokio::test]
async fn two_moderators_on_two_nodes_press_next_at_once_and_it_is_one_step() {
    let (hall, node, _database) = two_nodes().await;
    let one = hall.moderator().await;
    let two = hall.co_moderator().await.at(&node.url);
    let mut here = one.follow("console").await;
    let mut there = two.follow("console").await;
    let start = here.picture().await;
    assert_eq!(there.picture().await["step"], start["step"]);
    let (first, second) = tokio::join!(
        one.press("/next", json!({"step": start["step"]})),
        two.press("/next", json!({"step": start["step"]}))
    );
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{} {}", first.body, second.body);
    let place = start["place"].as_u64().unwrap() + 1;
    for feed in [&mut here, &mut there] {
        feed.until(|view| view["place"] == place).await;
    }
    node.stop().await;
    hall.close().await;
}

#[tokio::test]
async fn what_one_node_does_is_seen_at_the_other_at_once() {
    let (hall, node, _database) = two_nodes().await;
    let phone = hall.phone().await.at(&node.url);
    let steward = hall.steward().await;
    let mut desk = steward.follow("desk").await;
    let id = phone.ask("هل نسمع بعضنا من مكانين؟").await;
    desk.until(|view| view.to_string().contains("من مكانين")).await;
    let mut screen = phone.follow("screen").await;
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    hall.moderator().await.does(&format!("/questions/{id}/show"), json!({})).await;
    screen.until(|view| view.to_string().contains("من مكانين")).await;
    node.stop().await;
    hall.close().await;
}

#[tokio::test]
async fn ballots_from_two_nodes_are_counted_once() {
    let (hall, node, _database) = two_nodes().await;
    let moderator = hall.moderator().await;
    let poll = moderator.follow("console").await.picture().await["polls"][0]["id"].as_str().unwrap().to_owned();
    moderator.does(&format!("/polls/{poll}/open"), json!({})).await;
    let ballot = format!("/polls/{poll}/ballot");
    for n in 0..6 {
        let phone = hall.phone().await;
        // The second node may not have heard of the opening yet: the phone tries again, as the page does.
        let there = phone.at(&node.url);
        while there.press(&ballot, json!({"choice": n % 2})).await.status != StatusCode::OK {}
        phone.does(&ballot, json!({"choice": n % 2})).await;
    }
    moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    moderator.does(&format!("/polls/{poll}/show"), json!({})).await;
    let mut screen = hall.phone().await.at(&node.url).follow("screen").await;
    let view = screen.until(|view| view["shown"]["state"]["shown"].is_object()).await.pop().unwrap();
    assert_eq!(view["shown"]["state"]["shown"]["counts"]["options"], json!([3, 3, 0, 0]));
    node.stop().await;
    hall.close().await;
}

#[tokio::test]
async fn a_node_dies_and_its_phones_go_on_at_the_other() {
    let (hall, node, _database) = two_nodes().await;
    let phone = hall.phone().await.at(&node.url);
    let id = phone.ask("ماذا لو انطفأ الجهاز؟").await;
    let mut feed = phone.follow("audience").await;
    feed.picture().await;
    node.stop().await;
    while feed.event().await.is_some() {}
    // The same phone, with the same cookies, at the other node.
    let moved = phone.at(hall.url());
    let mut own = moved.follow("audience").await;
    // The other node may hear of the question a moment later: then the phone hears of it once more.
    while own.named("mine").await["questions"][0]["id"] != json!(id) {}
    let again = moved.press("/questions", json!({"id": id, "text": "ماذا لو انطفأ الجهاز؟"})).await;
    assert_eq!(again.status, StatusCode::OK, "what was not answered is sent again and is the same");
    assert_eq!(again.json()["mine"]["questions"].as_array().unwrap().len(), 1);
    hall.close().await;
}

/// A name comes after the act that made its person, and goes without any.
#[tokio::test]
async fn a_name_that_is_remembered_or_forgotten_at_one_node_is_so_at_the_other() {
    let (hall, node, _database) = two_nodes().await;
    let person = PersonId(Uuid::new_v4());
    let mut changes = node.app.rooms.conference().changes();
    let name = Said::new(vec![(Lang::AR, "مريم".to_owned())]);
    hall.app().rooms.remember(person, name.clone()).await.unwrap();
    while node.app.rooms.kept_name_of(person) != Some(name.clone()) {
        changes.changed().await.unwrap();
    }
    hall.app().rooms.forget(person).await.unwrap();
    while node.app.rooms.kept_name_of(person).is_some() {
        changes.changed().await.unwrap();
    }
    node.stop().await;
    hall.close().await;
}

/// Whoever copied the cookie of a device that was handed on (`G5`).
#[tokio::test]
async fn a_device_that_was_handed_on_at_one_node_is_nobodys_at_the_other_and_after_a_restart() {
    let (hall, node, database) = two_nodes().await;
    let plain = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
    let page = format!("/s/{}", hall.live.code);
    let first = plain.get(format!("{}{page}", hall.url())).send().await.unwrap();
    let cookie = first.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let sees = async |url: &str| {
        let answer = plain.get(format!("{url}{page}")).header(header::COOKIE, &cookie).send().await.unwrap();
        answer.text().await.unwrap().contains("سؤال من جهاز سيُسلَّم")
    };
    let asked = [("id", Uuid::new_v4().to_string()), ("text", "سؤال من جهاز سيُسلَّم".to_owned())];
    let ask = plain.post(format!("{}{page}/questions", hall.url())).header(header::COOKIE, &cookie).form(&asked);
    ask.send().await.unwrap();
    let limit = std::time::Duration::from_secs(20);
    let becomes = async |url: &str, wanted: bool| {
        tokio::time::timeout(limit, async { while sees(url).await != wanted {} }).await.expect("the node hears of it")
    };
    assert!(sees(hall.url()).await);
    becomes(&node.url, true).await;
    plain.post(format!("{}/leave", hall.url())).header(header::COOKIE, &cookie).send().await.unwrap();
    assert!(!sees(hall.url()).await, "at once where it left");
    becomes(&node.url, false).await;
    node.stop().await;
    let anew = Node::start(store::open(&database.address()).await.unwrap(), hall.clock.clone()).await;
    assert!(!sees(&anew.url).await, "and after a restart");
    anew.stop().await;
    hall.close().await;
}
