//! Polls: one ballot a phone, nobody's is known, results when the children say so.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use serde_json::{Value, json};

async fn open_poll(hall: &Hall) -> (Client, String) {
    let moderator = hall.moderator().await;
    let poll = moderator.follow("console").await.picture().await["polls"][0]["id"].as_str().unwrap().to_owned();
    moderator.does(&format!("/polls/{poll}/open"), json!({})).await;
    (moderator, poll)
}

async fn shown_counts(phone: &Client) -> Value {
    let seen = phone.follow("screen").await.until(|view| view["shown"]["state"]["shown"] != Value::Null).await;
    seen.last().unwrap()["shown"]["state"]["shown"].clone()
}

#[tokio::test]
async fn a_change_of_mind_is_one_ballot_and_the_totals_are_true() {
    let hall = Hall::open().await;
    let (moderator, poll) = open_poll(&hall).await;
    for n in 0..6u8 {
        let phone = hall.phone().await;
        let ballot = format!("/polls/{poll}/ballot");
        phone.does(&ballot, json!({"choice": 0})).await;
        phone.does(&ballot, json!({"choice": 0})).await;
        if n >= 4 {
            phone.does(&ballot, json!({"choice": if n == 4 { "3" } else { "rather_not" }})).await;
        }
        let answer = phone
            .press(&ballot, json!({"choice": if n < 4 { "0" } else if n == 4 { "3" } else { "rather_not" }}))
            .await;
        let part = answer.json()["part"]["html"].as_str().unwrap().to_owned();
        assert_eq!(part.matches("is-mine").count(), 1, "the phone sees its own choice: {part}");
    }
    moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    moderator.does(&format!("/polls/{poll}/show"), json!({})).await;
    let counts = shown_counts(&hall.phone().await).await;
    assert_eq!(counts["counts"], json!({"options": [4, 0, 0, 1], "rather_not": 1, "voters": 6}));
    hall.close().await;
}

#[tokio::test]
async fn no_count_is_in_any_picture_before_the_results_are_shown() {
    let hall = Hall::open().await;
    let (moderator, poll) = open_poll(&hall).await;
    let steward = hall.steward().await;
    let mut feeds = vec![
        moderator.follow("console").await,
        moderator.follow("stage").await,
        steward.follow("desk").await,
        moderator.follow("screen").await,
        moderator.follow("audience").await,
    ];
    for _ in 0..7 {
        hall.phone().await.does(&format!("/polls/{poll}/ballot"), json!({"choice": 2})).await;
    }
    moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    // The next thing that every picture shows: what was before it has been seen by then.
    moderator.does("/screen", json!({"show": "plan"})).await;
    moderator.does("/timer/pause", json!({})).await;
    steward.does("/safety/pause", json!({})).await;
    for feed in &mut feeds {
        let seen = feed
            .until(|view| view["paused"] == true || view["paused_since"].is_i64() || view["shown"]["shows"] == "calm")
            .await;
        for view in seen {
            let text = view.to_string();
            assert!(!text.contains("counts") && !text.contains("totals") && !text.contains("rather_not"), "{text}");
        }
    }
    hall.close().await;
}

#[tokio::test]
async fn fewer_than_five_answers_are_not_shown() {
    let hall = Hall::open().await;
    let (moderator, poll) = open_poll(&hall).await;
    for _ in 0..4 {
        hall.phone().await.does(&format!("/polls/{poll}/ballot"), json!({"choice": 1})).await;
    }
    moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    moderator.does(&format!("/polls/{poll}/show"), json!({})).await;
    assert_eq!(shown_counts(&hall.phone().await).await, "too_few");
    hall.close().await;
}

#[tokio::test]
async fn a_ballot_for_nothing_is_refused_with_a_sentence() {
    let hall = Hall::open().await;
    let (moderator, poll) = open_poll(&hall).await;
    let phone = hall.phone().await;
    let ballot = format!("/polls/{poll}/ballot");
    for choice in [json!(9), json!("x"), json!(-1), Value::Null, json!(255)] {
        let answer = phone.refused(&ballot, json!({"choice": choice}), "NoSuchOption").await;
        assert!(!answer.json()["message"].as_str().unwrap().is_empty());
    }
    phone.refused(&format!("/polls/{}/ballot", uuid::Uuid::new_v4()), json!({"choice": 0}), "Unknown").await;
    moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    phone.refused(&ballot, json!({"choice": 0}), "PollNotOpen").await;
    hall.close().await;
}
