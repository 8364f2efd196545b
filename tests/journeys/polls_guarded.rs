//! Ballots that go astray: on a tablet that is handed on, to another session, from an invented phone, in one language.

use nadwa::demo::links::SessionLinks;
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::polls_made::{make, show, vote};

const LISTS: &str = "هاتف\nرسالة\nلقاء";

fn listed(kind: &str) -> Value {
    json!({"kind": kind, "question": "كيف؟", "options": LISTS})
}

/// One vote on the tablet: presses, and then into the box.
async fn drop_in(tablet: &Client, poll: &str, presses: &[&str]) -> Uuid {
    let form = Uuid::new_v4();
    let (id, path) = (form.to_string(), format!("/polls/{poll}/box"));
    for press in presses {
        let page = tablet.submit(&path, &[("id", &id), ("choice", press)]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("name=\"drop\"") && page.body.contains(&format!("value=\"{press}\"")), "{press}");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let page = tablet.submit(&path, &[("id", &id), ("drop", presses[presses.len() - 1])]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    form
}

#[tokio::test]
async fn what_was_put_in_the_box_is_shown_to_nobody_and_stays_as_it_is() {
    let hall = Hall::open().await;
    let tablet = hall.moderator().await;
    for (kind, presses, other, expected) in [
        ("several", ["s.0", "s.0.1"], "s.2", json!([5, 5, 0])),
        ("dots", ["d.1", "d.1.2"], "d.0.0.3", json!([5, 10, 0])),
        ("ranking", ["r.1", "r.1.0"], "r.2", json!([10, 15, 0])),
    ] {
        let poll = make(&tablet, listed(kind)).await;
        let path = format!("/polls/{poll}/box");
        let mut forms = Vec::new();
        for _ in 0..5 {
            forms.push(drop_in(&tablet, &poll, &presses).await);
        }
        for form in &forms {
            let id = form.to_string();
            // The browser's way back: to the address, and to the presses themselves, sent once more.
            let mut pages = vec![tablet.get(&format!("/s/{}/box?f={id}", hall.live.code)).await];
            for field in [("choice", other), ("drop", other), ("choice", presses[0])] {
                pages.push(tablet.submit(&path, &[("id", &id), field]).await);
            }
            for page in pages {
                assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
                for told in ["is-mine", "is-some", "class=\"rank\"", "name=\"choice\"", "name=\"drop\"", "●"] {
                    assert!(!page.body.contains(told), "{kind}: the next voter sees {told}: {}", page.body);
                }
            }
        }
        // Too many dots are refused beside the options, and nothing of them is kept.
        if kind == "dots" {
            let id = Uuid::new_v4().to_string();
            let page = tablet.submit(&path, &[("id", &id), ("choice", "d.2.2")]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.body.contains("على الأكثر") && !page.body.contains("●"), "{}", page.body);
        }
        // A vote that was begun and never put in is no vote.
        let id = Uuid::new_v4().to_string();
        tablet.submit(&path, &[("id", &id), ("choice", presses[0])]).await;
        let counts = show(&tablet, &poll).await["state"]["shown"]["counts"].clone();
        assert_eq!((&counts["options"], &counts["voters"]), (&expected, &json!(5)), "{kind}");
        tablet.does("/polls/put-away", json!({})).await;
    }
    hall.close().await;
}

/// The moderator of another session, after it was opened.
pub(crate) async fn opened(hall: &Hall, session: &SessionLinks) -> Client {
    let steward = hall.by(&session.desk).await.within(&session.code);
    steward.does("/desk/here", json!({})).await;
    let moderator = hall.by(&session.console).await.within(&session.code);
    moderator.does("/open", json!({})).await;
    moderator
}

#[tokio::test]
async fn a_ballot_from_another_session_does_not_count_and_says_so() {
    let hall = Hall::open().await;
    let other =
        hall.sessions.iter().find(|session| session.code != hall.live.code && !session.code.is_empty()).unwrap();
    let moderator = hall.moderator().await;
    let elsewhere = opened(&hall, other).await;
    let here = make(&moderator, json!({"kind": "yes_no"})).await;
    let there = make(&elsewhere, json!({"kind": "yes_no"})).await;
    for _ in 0..5 {
        let phone = hall.phone().await;
        let in_other = phone.within(&other.code);
        for (phone, foreign) in [(&phone, &there), (&in_other, &here)] {
            for choice in ["0", "rather_not"] {
                let path = format!("/polls/{foreign}/ballot");
                let answer = phone.refused(&path, json!({"choice": choice}), "Unknown").await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND);
                assert!(!answer.json()["message"].as_str().unwrap().is_empty());
            }
        }
        vote(&phone, &here, "1").await;
        vote(&in_other, &there, "2").await;
    }
    for (moderator, poll, expected) in [(&moderator, &here, json!([0, 5, 0])), (&elsewhere, &there, json!([0, 0, 5]))] {
        assert_eq!(show(moderator, poll).await["state"]["shown"]["counts"]["options"], expected);
    }
    hall.close().await;
}

#[tokio::test]
async fn an_invented_phone_is_a_phone_of_its_own_and_has_no_seat() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    moderator.does("/seats", json!({"id": Uuid::new_v4(), "number": 5})).await;
    let poll = make(&moderator, json!({"kind": "yes_no"})).await;
    for _ in 0..5 {
        vote(&hall.phone().await, &poll, "1").await;
    }
    let stranger = Client::new(hall.url(), &hall.live.code);
    let path = format!("/polls/{poll}/ballot");
    for token in ["0", "../..", "%00", "' OR 1=1 --", &"9".repeat(3_000), &Uuid::nil().to_string()] {
        let cookie = format!("nadwa_phone={token}");
        let answer = stranger.press_with(&path, "cookie", &cookie, json!({"choice": "0"})).await;
        assert!(answer.status.is_success() || answer.status.is_client_error(), "{token}: {}", answer.status);
        let part = stranger.press_with(&path, "cookie", &cookie, json!({"choice": "9"})).await;
        assert_eq!(part.json()["refusal"], "NoSuchOption", "{token}");
    }
    let counts = show(&moderator, &poll).await["state"]["shown"]["counts"].clone();
    assert_eq!(counts["options"][1], 5, "nobody else's ballot was touched: {counts}");
    moderator.does("/polls/put-away", json!({})).await;
    // Seats stand first where a poll is made, and what a vote without them is worth beside them (`G3`).
    let console = moderator.get(&format!("/s/{}/console", hall.live.code)).await.body;
    let of = |sign: &str| console.find(sign).unwrap_or_else(|| panic!("{sign}"));
    assert!(of("name=\"seats\"") < of("ولا يمنع أحدًا من التصويت بعدة أجهزة"), "one sentence on an open vote");
    // Where each person shall have one vote, inventing phones is of no use.
    let poll = make(&moderator, json!({"kind": "agree", "seats": "true"})).await;
    let path = format!("/polls/{poll}/ballot");
    for token in ["0", "1", "2"] {
        let cookie = format!("nadwa_phone={token}");
        let answer = stranger.press_with(&path, "cookie", &cookie, json!({"choice": "0"})).await;
        assert_eq!(answer.json()["refusal"], "SeatNeeded");
        assert!(!answer.json()["message"].as_str().unwrap().is_empty());
    }
    hall.close().await;
}

#[tokio::test]
async fn a_poll_in_one_language_says_so_and_keeps_its_language_where_others_read() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let asked = json!({"kind": "single", "question": "كيف نصل إليكم؟", "options": "هاتف\nرسالة"});
    make(&moderator, asked).await;
    let told = moderator.follow("console").await.until(|view| view["polls"].to_string().contains("كيف نصل")).await;
    let polls = told.last().unwrap()["polls"].clone();
    let new = polls.as_array().unwrap().iter().find(|poll| poll["question"].to_string().contains("كيف نصل")).unwrap();
    assert_eq!(new["only_in"], "ar", "the tablet says that it is written in one language: {new}");
    let reader = hall.phone().await;
    reader.get("/lang/en").await;
    let part = reader.get(&format!("/s/{}/part/poll", hall.live.code)).await.body;
    for text in ["كيف نصل إليكم؟", "هاتف"] {
        let marked =
            part.split(&format!(">{text}")).next().and_then(|before| before.rsplit('<').next()).unwrap_or_default();
        assert!(marked.contains("lang=\"ar\"") && marked.contains("dir=\"rtl\""), "{text} stands in <{marked}: {part}");
    }
    assert!(part.contains("rather not say"), "what is ours is in the reader’s language: {part}");
    hall.close().await;
}
