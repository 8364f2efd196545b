//! Children run the session: the big button, the clock, undo, two tablets at once.

use nadwa_tests::hall::{BEGIN, Hall};
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn two_moderators_press_next_at_once_and_it_is_one_step() {
    let hall = Hall::open().await;
    let (one, two) = (hall.moderator().await, hall.co_moderator().await);
    let before = one.follow("console").await.picture().await;
    let (step, place) = (before["step"].clone(), before["place"].as_u64().unwrap());
    let (first, second) =
        tokio::join!(one.press("/next", json!({"step": step})), two.press("/next", json!({"step": step})),);
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    let late = if first.status == StatusCode::OK { second } else { first };
    assert_eq!(late.json()["refusal"], "AlreadyMoved");
    let after = one.follow("console").await.picture().await;
    assert_eq!(after["place"].as_u64().unwrap(), place + 1, "exactly one slot further");
    hall.close().await;
}

#[tokio::test]
async fn a_double_click_on_next_is_one_step() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let step = moderator.follow("console").await.picture().await["step"].clone();
    moderator.does("/next", json!({"step": step})).await;
    moderator.refused("/next", json!({"step": step}), "AlreadyMoved").await;
    hall.close().await;
}

#[tokio::test]
async fn the_clock_is_one_instant_for_every_device() {
    let hall = Hall::open().await;
    let (phone, moderator) = (hall.phone().await, hall.moderator().await);
    let mut audience = phone.follow("audience").await;
    let ends_at = |view: &serde_json::Value| view["clock"]["state"]["running"]["ends_at"].as_i64();
    // Mariam speaks for five minutes from the demo's beginning.
    assert_eq!(ends_at(&audience.picture().await), Some(BEGIN.0 + 300_000));
    hall.clock.advance(10_000);
    moderator.does("/timer/pause", json!({})).await;
    let paused = audience.picture().await;
    assert_eq!(paused["clock"]["state"]["paused"]["remaining"], 290_000);
    hall.clock.advance(3_600_000);
    moderator.does("/timer/resume", json!({})).await;
    moderator.does("/timer/extend", json!({"seconds": 60})).await;
    let seen = audience.until(|view| view["clock"]["limit"] == 360_000).await;
    assert_eq!(ends_at(seen.last().unwrap()), Some(BEGIN.0 + 10_000 + 3_600_000 + 350_000));
    hall.close().await;
}

#[tokio::test]
async fn a_step_can_be_undone_for_ten_seconds() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let mut console = moderator.follow("console").await;
    let start = console.picture().await;
    moderator.does("/next", json!({"step": start["step"]})).await;
    let moved = console.until(|view| view["place"] != start["place"]).await.pop().unwrap();
    moderator.does("/undo", json!({"step": moved["step"]})).await;
    let back = console.until(|view| view["place"] == start["place"]).await.pop().unwrap();
    assert_eq!(back["clock"], start["clock"], "the speech goes on as if nothing had been pressed");
    moderator.does("/next", json!({"step": back["step"]})).await;
    let again = console.until(|view| view["place"] != start["place"]).await.pop().unwrap();
    hall.clock.advance(10_001);
    moderator.refused("/undo", json!({"step": again["step"]}), "CannotUndo").await;
    hall.close().await;
}

#[tokio::test]
async fn whoever_reconnects_gets_an_old_picture_only_if_it_is_new_to_them() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let mut feed = phone.follow("screen").await;
    let id = loop {
        let event = feed.event().await.expect("an event");
        if event.name == "frame" {
            break event.id;
        }
    };
    let mut again = phone.follow_after("screen", &id).await;
    let first = loop {
        let event = again.event().await.expect("an event");
        if !event.name.is_empty() {
            break event.name;
        }
    };
    assert_eq!(first, "beat", "nothing but the clock");
    hall.close().await;
}

#[tokio::test]
async fn every_connection_of_a_role_gets_the_same_bytes() {
    let hall = Hall::open().await;
    let (one, two) = (hall.phone().await, hall.phone().await);
    let mut frames = Vec::new();
    for phone in [&one, &two] {
        let mut feed = phone.follow("audience").await;
        frames.push(loop {
            let event = feed.event().await.expect("an event");
            if event.name == "frame" {
                break event.raw;
            }
        });
    }
    assert_eq!(frames[0], frames[1]);
    hall.close().await;
}

#[tokio::test]
async fn pages_are_complete_in_every_language_before_any_script() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    for (tag, dir, name) in [("ar", "rtl", "مريم"), ("en", "ltr", "Mariam"), ("fr", "ltr", "Mariam")] {
        let page = phone.get(&format!("/s/{}?pin={tag}", hall.live.code)).await;
        assert!(page.body.contains(&format!("<html lang=\"{tag}\" dir=\"{dir}\"")), "{tag}");
        assert!(page.body.contains(name), "{tag}: who speaks");
        assert!(page.body.contains("<form") && page.body.contains("name=\"text\""), "{tag}: the form");
    }
    hall.close().await;
}
