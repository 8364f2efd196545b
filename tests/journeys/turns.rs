//! Running a session over HTTP: turns of the hall, the live plan, the team, another tablet, screens, a rehearsal.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// The step that a tablet sees.
async fn step(client: &Client) -> Value {
    client.follow("console").await.picture().await["step"].clone()
}

#[tokio::test]
async fn a_turn_of_the_hall_goes_from_the_tablet_to_the_wall_and_back_to_the_speech() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let (mut console, mut screen) = (moderator.follow("console").await, hall.phone().await.follow("screen").await);
    let before = console.picture().await;
    let id = Uuid::new_v4();
    moderator.does("/queue", json!({"id": id, "name": "لينا – المغرب", "first": "true"})).await;
    // The same form sent twice is the same turn.
    moderator.does("/queue", json!({"id": id, "name": "لينا – المغرب", "first": "true"})).await;
    hall.clock.advance(20_000);
    moderator.does(&format!("/queue/{id}/remark"), json!({})).await;
    let shown = screen.until(|view| view["shown"]["names"][0]["text"] == "لينا – المغرب").await.pop().unwrap();
    assert_eq!(shown["shown"]["clock"]["limit"], 45_000);
    hall.clock.advance(30_000);
    let seen = step(&moderator).await;
    moderator.does("/next", json!({"step": seen})).await;
    let back = screen.until(|view| view["shown"]["names"][0]["text"] == "مريم").await.pop().unwrap();
    let ends = |view: &Value| view["clock"]["state"]["running"]["ends_at"].as_i64().unwrap();
    assert_eq!(ends(&back["shown"]), ends(&before) + 30_000, "the speech lost no second by the remark");
    hall.close().await;
}

#[tokio::test]
async fn two_tablets_that_give_a_minute_at_once_give_one() {
    let hall = Hall::open().await;
    let (one, two) = (hall.moderator().await, hall.co_moderator().await);
    let minute = json!({"seconds": 60, "step": step(&one).await});
    let (first, second) = tokio::join!(one.press("/timer/extend", minute.clone()), two.press("/timer/extend", minute));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    let clock = one.follow("console").await.picture().await["clock"].clone();
    assert_eq!(clock["limit"], 360_000);
    hall.close().await;
}

#[tokio::test]
async fn a_part_that_is_on_is_not_removed_and_the_page_says_why_beside_the_plan() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let view = moderator.follow("console").await.picture().await;
    let here = usize::try_from(view["place"].as_u64().unwrap()).unwrap() - 1;
    let slot = |place: usize| view["slots"][place]["id"].as_str().unwrap().to_owned();
    moderator.refused(&format!("/plan/{}/remove", slot(here)), json!({}), "SlotLive").await;
    let page = moderator.submit(&format!("/plan/{}/remove", slot(here)), &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("هذه الفقرة جارية أو انتهت"), "the sentence stands on the page of the plan");
    moderator.does(&format!("/plan/{}/remove", slot(here + 1)), json!({})).await;
    let after = moderator.follow("console").await.picture().await;
    assert_eq!(after["slots"].as_array().unwrap().len(), view["slots"].as_array().unwrap().len() - 1);
    assert_eq!(after["clock"], view["clock"], "the speech goes on");
    hall.close().await;
}

#[tokio::test]
async fn a_silent_call_is_answered_and_a_word_tells_its_sender_that_it_was_read() {
    let hall = Hall::open().await;
    let (moderator, steward) = (hall.moderator().await, hall.steward().await);
    moderator.does("/team/help", json!({"help": "slow_down"})).await;
    let mut wings = steward.follow("backstage").await;
    let called = wings.until(|view| !view["calls"].as_array().unwrap().is_empty()).await.pop().unwrap();
    assert_eq!(called["calls"][0]["help"], "slow_down");
    steward.does("/team/answer", json!({"by": "moderator", "help": "slow_down"})).await;
    let id = Uuid::new_v4();
    steward.does("/team/send", json!({"id": id, "to": "console", "text": "أنا بجانب الباب"})).await;
    let console = moderator.follow("console").await.picture().await;
    assert_eq!(console["running"]["notes"][0]["text"]["text"], "أنا بجانب الباب");
    assert_eq!(console["running"]["calls"][0]["answered"], true);
    moderator.does(&format!("/team/read/{id}"), json!({})).await;
    let read = wings.until(|view| view["notes"][0]["read_by"] == "moderator").await;
    assert!(!read.is_empty());
    // Whoever may not see behind the scenes does not.
    assert_eq!(hall.phone().await.feed_status("backstage").await, StatusCode::FORBIDDEN);
    assert_eq!(moderator.feed_status("backstage").await, StatusCode::FORBIDDEN);
    hall.close().await;
}

#[tokio::test]
async fn another_tablet_takes_over_by_a_code_that_works_once_while_the_clock_runs_on() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let clock = moderator.follow("console").await.picture().await["clock"].clone();
    let page = moderator.get(&format!("/s/{}/handover", hall.live.code)).await;
    assert!(page.body.contains("class=\"qr\""));
    let token = page.body.split("/t#").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    let other = Client::new(hall.url(), &hall.live.code);
    let console = other.get(&format!("/t#{token}")).await;
    assert!(console.status.is_success() && console.body.contains("class=\"console"), "the tablet runs the session");
    assert_eq!(other.follow("console").await.picture().await["clock"], clock);
    let late = Client::new(hall.url(), &hall.live.code);
    assert_eq!(late.get(&format!("/t#{token}")).await.status, StatusCode::GONE);
    let page = moderator.get(&format!("/s/{}/handover", hall.live.code)).await;
    let token = page.body.split("/t#").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    hall.clock.advance(120_000);
    assert_eq!(late.get(&format!("/t#{token}")).await.status, StatusCode::GONE, "two minutes and no longer");
    assert_eq!(hall.phone().await.get(&format!("/s/{}/handover", hall.live.code)).await.status, StatusCode::FORBIDDEN);
    hall.close().await;
}

#[tokio::test]
async fn a_browser_becomes_a_screen_is_named_is_looked_for_and_is_moved() {
    let hall = Hall::open().await;
    let (wall, organizer) = (Client::new(hall.url(), &hall.live.code), hall.by(&hall.organizer).await);
    assert!(wall.get("/wall").await.body.contains("name=\"code\""), "it waits for its place");
    let list = organizer.get("/organizer/screens").await.body;
    let id = list.split("/organizer/screens/").nth(1).and_then(|rest| rest.split('/').next()).expect("a screen");
    let to = |act: &str| format!("/organizer/screens/{id}/{act}");
    organizer.post_form(&to("name"), &[("name", "شاشة المدخل")]).await;
    organizer.post_form(&to("place"), &[("place", &hall.live.code)]).await;
    assert!(wall.get("/wall").await.body.contains("class=\"hall"), "it shows the session");
    let mut feed = wall.follow("screen").await;
    feed.picture().await;
    organizer.post_form(&to("identify"), &[]).await;
    let told = loop {
        let event = feed.event().await.expect("the feed goes on");
        if event.name == "identify" {
            break event.data;
        }
    };
    assert_eq!(told, "شاشة المدخل");
    organizer.post_form(&to("place"), &[("place", "")]).await;
    let moved = loop {
        let event = feed.event().await.expect("the feed goes on");
        if event.name == "place" {
            break event.data;
        }
    };
    assert_eq!(moved, "/wall");
    assert_eq!(wall.get("/organizer/screens").await.status, StatusCode::FORBIDDEN);
    hall.close().await;
}

#[tokio::test]
async fn a_code_typed_on_a_browser_makes_it_a_screen() {
    let hall = Hall::open().await;
    let wall = Client::new(hall.url(), &hall.live.code);
    let wrong = wall.post_form("/wall", &[("code", "<script>")]).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    assert!(wall.post_form("/wall", &[("code", &hall.live.code)]).await.body.contains("class=\"hall"));
    hall.close().await;
}

#[tokio::test]
async fn a_rehearsal_is_the_same_session_and_nothing_of_it_reaches_the_real_one() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let real = moderator.follow("console").await.picture().await;
    let menu = moderator.submit("/rehearsal/start", &[]).await;
    let code = menu.body.split("/s/try").nth(1).and_then(|rest| rest.split('/').next()).expect("its code");
    let code = format!("try{code}");
    let at = |path: &str| format!("/s/{code}{path}");
    let page = moderator.get(&at("/console")).await;
    assert!(page.body.contains("class=\"rehearsing\""), "every page says so");
    let wall = moderator.get(&at("/screen")).await.body;
    assert!(wall.contains("class=\"hall-rehearsing\""));
    assert!(!wall.contains("رمز الدخول"), "a rehearsal's wall invites no phones");
    let within = moderator.within(&code);
    let seen = within.follow("console").await.picture().await;
    assert_eq!(
        (seen["phase"].as_str(), seen["slots"].as_array().unwrap().len()),
        (Some("planned"), real["slots"].as_array().unwrap().len())
    );
    for _ in 0..3 {
        let seen = step(&within).await;
        within.does("/next", json!({"step": seen})).await;
    }
    // No adult reads there: a phone's text is not taken, and it is told where help is (`S1`).
    let child = hall.phone().await.within(&code);
    let refused = child.press("/questions", json!({"id": Uuid::new_v4(), "text": "أبي يضربني"})).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("المساعدة"),
        "{}",
        refused.body
    );
    within.submit("/rehearsal/many_questions", &[]).await;
    within.submit("/rehearsal/runs_over", &[]).await;
    let troubled = within.follow("console").await.picture().await;
    assert!(troubled["questions"].as_array().unwrap().len() >= 10, "too many questions");
    assert_eq!(troubled["clock"]["limit"], 5_000, "nearly over");
    within.submit("/rehearsal/wifi", &[]).await;
    assert_eq!(within.press("/timer/pause", json!({})).await.status, StatusCode::SERVICE_UNAVAILABLE);
    hall.clock.advance(15_000);
    within.does("/timer/pause", json!({})).await;
    let after = moderator.follow("console").await.picture().await;
    assert_eq!(
        (&after["step"], &after["questions"], &after["clock"]),
        (&real["step"], &real["questions"], &real["clock"])
    );
    within.submit("/rehearsal/leave", &[]).await;
    assert_eq!(moderator.get(&at("/console")).await.status, StatusCode::NOT_FOUND, "erased");
    assert_eq!(hall.phone().await.submit("/rehearsal/start", &[]).await.status, StatusCode::FORBIDDEN);
    hall.close().await;
}

/// What stands in another language than the page's says so in a word, on a phone and in the run of show (`L15`).
#[tokio::test]
async fn a_part_that_nobody_translated_says_in_which_language_it_is() {
    let hall = Hall::open().await;
    let (moderator, phone) = (hall.moderator().await, hall.phone().await);
    phone.get("/lang/en").await;
    let (session, says) = (format!("/s/{}", hall.live.code), "Shown in \u{2068}العربية");
    assert!(!phone.get(&session).await.body.contains(says), "what is translated says nothing");
    let view = moderator.follow("console").await.picture().await;
    let here = view["place"].as_u64().unwrap() as usize;
    let before = view["slots"][here]["id"].clone();
    let part =
        json!({"id": Uuid::new_v4(), "kind": "energiser", "minutes": 3, "title": "لعبة الأسماء", "before": before});
    moderator.does("/plan/add", part).await;
    moderator.get("/lang/en").await;
    assert!(moderator.get(&format!("{session}/console/plan")).await.body.contains(says));
    let mut step = view["step"].as_u64().unwrap();
    let shown = loop {
        step += 1;
        moderator.does("/next", json!({"step": step})).await;
        let page = phone.get(&session).await.body;
        if page.contains(">لعبة الأسماء<") {
            break page;
        }
        assert!(step < view["step"].as_u64().unwrap() + 6, "{page}");
    };
    assert!(shown.contains(says) && shown.contains("lang=\"ar\""), "{shown}");
    phone.get("/lang/ar").await;
    assert!(!phone.get(&session).await.body.contains("معروض بلغته"));
    hall.close().await;
}

#[tokio::test]
async fn whatever_a_form_holds_it_is_answered_and_never_a_failure() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let long = "س".repeat(5000);
    let bad = [
        ("/queue", json!({"id": "x", "name": "لينا"})),
        ("/queue", json!({"id": Uuid::new_v4(), "name": long})),
        ("/queue", json!({"id": Uuid::new_v4(), "name": "🙂"})),
        ("/plan/add", json!({"id": Uuid::new_v4(), "kind": "speech", "minutes": 5})),
        ("/plan/add", json!({"id": Uuid::new_v4(), "kind": "poll", "minutes": -5})),
        ("/plan/pace", json!({"stretch": 70_000, "grace": -1, "turn": i64::MAX})),
        ("/plan/groups", json!({"name": "  "})),
        ("/team/help", json!({"help": "everything"})),
        ("/team/send", json!({"id": Uuid::new_v4(), "to": "moon"})),
        ("/team/nothing", json!({})),
        ("/timer/short", json!({"of": "lunch"})),
    ];
    for (path, body) in bad {
        let answer = moderator.press(path, body).await;
        assert!(answer.status.is_client_error(), "{path}: {} {}", answer.status, answer.body);
    }
    let refused = moderator.refused("/plan/pace", json!({"grace": "ساعة"}), "OutOfRange").await;
    assert!(refused.body.contains("120"), "it says which numbers it takes: {}", refused.body);
    moderator.does("/plan/pace", json!({"turn": "٦٠", "rule_first": "true", "rule_groups": "true"})).await;
    assert_eq!(moderator.follow("console").await.picture().await["running"]["pace"]["turn"], 60_000, "in any digits");
    let page = moderator.get(&format!("/s/{}/console/plan", hall.live.code)).await;
    assert!(page.status.is_success() && page.body.contains("class=\"times\""));
    let report = moderator.get(&format!("/s/{}/report?pin=fr", hall.live.code)).await;
    assert!(report.body.contains("Prévu") && report.body.contains("class=\"report\""));
    hall.close().await;
}

#[tokio::test]
async fn interpreters_have_the_papers_of_the_session_whole_with_the_words_that_they_explain() {
    let hall = Hall::open().await;
    let session = hall.sessions.iter().find(|session| session.code == "618240").expect("where a paper is presented");
    let interpreter = hall.by(&session.interpreters).await;
    let page = interpreter.get("/s/618240/interpreters").await;
    for words in ["ردّ خلال دقيقة، ولو برسالة قصيرة", "اتفاقية حقوق الطفل", "class=\"texts\""]
    {
        assert!(page.body.contains(words), "{words}");
    }
    assert_eq!(hall.phone().await.get("/s/618240/interpreters").await.status, StatusCode::FORBIDDEN);
    // Where no paper is presented, the page says so.
    let other = hall.by(&hall.live.interpreters).await;
    let page = other.get(&format!("/s/{}/interpreters", hall.live.code)).await;
    assert!(page.body.contains("لا ورقة هنا للتحضير"));
    hall.close().await;
}

#[tokio::test]
async fn whatever_belongs_to_running_a_session_is_a_link_away() {
    let hall = Hall::open().await;
    let plan = hall.moderator().await.get(&format!("/s/{}/console/plan", hall.live.code)).await.body;
    for page in ["handover", "rehearsal", "report", "console"] {
        assert!(plan.contains(&format!("href=\"/s/{}/{page}\"", hall.live.code)), "{page}");
    }
    let waiting = hall.sessions.iter().find(|session| session.code == "259073").expect("a workshop");
    let console = hall.by(&waiting.console).await.get("/s/259073/console").await.body;
    assert!(console.contains("href=\"/s/259073/rehearsal\""), "before it opens, the console offers to rehearse");
    assert!(console.contains("نتحرك معًا"), "a workshop has a moment to move");
    let board = hall.by(&hall.organizer).await.get("/organizer").await.body;
    assert!(board.contains("href=\"/organizer/screens\""));
    hall.close().await;
}

/// Of every two equal presses the second finds what the first has done, and does nothing more.
#[tokio::test]
async fn a_moderator_who_presses_everything_twice_has_done_it_once() {
    let hall = Hall::open().await;
    let (moderator, steward) = (hall.moderator().await, hall.steward().await);
    let picture = async || {
        let mut seen = moderator.follow("console").await.picture().await;
        // The desk is nobody after a while.
        seen.as_object_mut().unwrap().remove("intake_open");
        seen
    };
    let twice = async |path: &str, mut body: Value| {
        body["step"] = step(&moderator).await;
        let mut seen = Vec::new();
        for _ in 0..2 {
            let answer = moderator.press(path, body.clone()).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
            seen.push(picture().await);
        }
        assert_eq!(seen[0], seen[1], "{path}");
        seen.pop().unwrap()
    };
    let question = hall.phone().await.ask("هل يُضغط مرتين؟").await;
    steward.does(&format!("/questions/{question}/pass"), json!({})).await;
    let of = |verb: &str| format!("/questions/{question}/{verb}");
    let [turn, note] = [Uuid::new_v4(), Uuid::new_v4()];
    for (path, body) in [
        ("/timer/extend".to_owned(), json!({"seconds": 60})),
        ("/timer/pause".to_owned(), json!({})),
        ("/timer/resume".to_owned(), json!({})),
        ("/undo".to_owned(), json!({})),
        ("/screen".to_owned(), json!({"show": "plan"})),
        ("/screen/pin".to_owned(), json!({"on": true})),
        ("/screen/pin".to_owned(), json!({"on": false})),
        (of("choose"), json!({})),
        (of("show"), json!({})),
        (of("answered"), json!({})),
        ("/queue".to_owned(), json!({"id": turn, "name": "لينا"})),
        (format!("/queue/{turn}/remove"), json!({})),
        ("/team/send".to_owned(), json!({"id": note, "to": "stage", "ready": "slower"})),
        ("/team/help".to_owned(), json!({"help": "safe_adult"})),
        ("/team/help-over".to_owned(), json!({"help": "safe_adult"})),
        ("/team/rest".to_owned(), json!({})),
        ("/team/back".to_owned(), json!({})),
    ] {
        twice(&path, body).await;
    }
    // The big button, to the end; and the way back into the session.
    let mut seen = picture().await;
    for _ in 0..40 {
        if seen["phase"] == "over" {
            break;
        }
        seen = twice("/next", json!({})).await;
        // A poll stays open a while.
        hall.clock.advance(30_000);
    }
    assert_eq!(seen["phase"], "over");
    hall.clock.advance(120_000);
    assert_eq!(twice("/reopen", json!({})).await["phase"], "open");
    hall.close().await;
}
