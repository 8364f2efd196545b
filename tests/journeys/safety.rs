//! Safety: what children must never see, and the adults' one power over a live session.

use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;

const WORRY: &str = "أحيانًا أخاف أرجع البيت، من فضلكم لا تعرضوا هذا";

#[tokio::test]
async fn a_question_marked_after_it_was_shown_leaves_every_page_at_once() {
    let hall = Hall::open().await;
    let (phone, steward, moderator) = (hall.phone().await, hall.steward().await, hall.moderator().await);
    let id = phone.ask(WORRY).await;
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    moderator.does(&format!("/questions/{id}/show"), json!({})).await;
    let mut feeds = vec![
        moderator.follow("console").await,
        moderator.follow("screen").await,
        moderator.follow("stage").await,
        moderator.follow("audience").await,
    ];
    for feed in &mut feeds {
        feed.until(|view| view.to_string().contains("أخاف")).await;
    }
    steward.does(&format!("/questions/{id}/safeguard"), json!({})).await;
    for feed in &mut feeds {
        feed.until(|view| !view.to_string().contains("أخاف")).await;
    }
    // Its sender sees what every sender sees.
    let mine = phone.follow("audience").await.named("mine").await;
    assert_eq!(mine["questions"][0]["state"], "received");
    // The lead sees it, in the child's own words.
    let lead = hall.by(&hall.safeguarding).await;
    let inbox = lead.get("/safeguarding").await;
    assert_eq!(inbox.status, StatusCode::OK);
    assert!(!inbox.body.contains(WORRY), "words are shown once somebody has opened them");
    let opened = lead.post_form(&format!("/safeguarding/{id}/open"), &[]).await;
    assert!(opened.body.contains(WORRY));
    // To the children it does not exist.
    moderator.refused(&format!("/questions/{id}/show"), json!({}), "Unknown").await;
    hall.close().await;
}

#[tokio::test]
async fn a_safety_pause_calms_every_page_and_stops_the_clock() {
    let hall = Hall::open().await;
    let (steward, moderator, phone) = (hall.steward().await, hall.moderator().await, hall.phone().await);
    let mut screen = phone.follow("screen").await;
    screen.picture().await;
    hall.clock.advance(20_000);
    steward.does("/safety/pause", json!({})).await;
    screen.until(|view| view["shown"]["shows"] == "calm").await;
    moderator.refused("/timer/resume", json!({}), "Paused").await;
    hall.clock.advance(600_000);
    steward.does("/safety/resume", json!({})).await;
    let view = screen.until(|view| view["shown"]["shows"] == "speaker").await.pop().unwrap();
    assert_eq!(view["shown"]["clock"]["state"]["paused"]["remaining"], 280_000);
    hall.close().await;
}

#[tokio::test]
async fn the_safeguarding_lead_pauses_a_session_from_the_inbox() {
    let hall = Hall::open().await;
    let lead = hall.by(&hall.safeguarding).await;
    let mut screen = hall.phone().await.follow("screen").await;
    let mut inbox = lead.follow_at("/safeguarding/feed").await;
    let before = inbox.picture().await["key"].clone();
    for (verb, other, shows) in [("pause", "resume", "calm"), ("resume", "pause", "speaker")] {
        let way = |verb: &str| format!("/s/{}/safety/{verb}\"", hall.live.code);
        assert!(lead.get("/safeguarding").await.body.contains(&way(verb)), "{verb}");
        let page = lead.submit(&format!("/safety/{verb}"), &[("from", "inbox")]).await.body;
        assert!(page.contains("guarding") && page.contains(&way(other)) && !page.contains(&way(verb)), "{page}");
        screen.until(|view| view["shown"]["shows"] == shows).await;
        if verb == "pause" {
            inbox.until(|view| view["key"] != before).await;
        }
    }
    hall.close().await;
}

#[tokio::test]
async fn pages_send_no_browser_anywhere_else() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    for path in ["/", "/help", "/programme", &format!("/s/{}", hall.live.code), "/nowhere"] {
        let page = phone.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert!(!page.body.contains(" style=\"") && !page.body.contains("onclick"), "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
    }
    hall.close().await;
}

#[tokio::test]
async fn help_is_there_whatever_else_is_not() {
    let hall = Hall::open().await;
    let help = hall.phone().await.get(&format!("/s/{}/help", hall.live.code)).await;
    assert_eq!(help.status, StatusCode::OK);
    let scripts: Vec<&str> = help.body.matches("<script").collect();
    let own =
        ["/exit.js", "/leave.js", "/follow.js"].iter().all(|script| help.body.contains(&format!("src=\"{script}\"")));
    assert!(scripts.len() == 3 && own, "no script but the quick way out (S27), handing on (G5), and who is there (N2)");
    assert!(!help.body.contains("tel:"), "example numbers are not dialled");
    assert!(help.body.contains("غرفة الهدوء"));
    // Even under a code that no session has: whoever needs help is not sent away.
    assert_eq!(hall.phone().await.get("/s/000000/help").await.status, StatusCode::OK);
    hall.close().await;
}
