//! Polls that children make on the spot, of every kind; words, seats, hands, the ballot box; and what is refused.

use futures::future::join_all;
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// Makes a poll and opens it; its id.
pub(crate) async fn make(moderator: &Client, mut poll: Value) -> String {
    let id = Uuid::new_v4().to_string();
    poll["id"] = json!(id);
    moderator.does("/polls", poll).await;
    id
}

pub(crate) async fn vote(phone: &Client, poll: &str, choice: &str) {
    phone.does(&format!("/polls/{poll}/ballot"), json!({"choice": choice})).await;
}

pub(crate) async fn show(moderator: &Client, poll: &str) -> Value {
    moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    moderator.does(&format!("/polls/{poll}/show"), json!({})).await;
    let mut screen = moderator.follow("screen").await;
    let seen = screen.until(|view| view["shown"]["id"] == poll && view["shown"]["state"]["shown"] != Value::Null).await;
    seen.last().unwrap()["shown"].clone()
}

/// Taken back within ten seconds, it is a draft again: who has voted has not, and it opens as if it had never been (`A7`).
#[tokio::test]
async fn a_poll_that_was_opened_by_mistake_is_taken_back_with_its_ballots() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let phones = join_all((0..6).map(|_| hall.phone())).await;
    let id = make(&moderator, json!({"kind": "yes_no"})).await;
    join_all(phones.iter().map(|phone| vote(phone, &id, "0"))).await;
    let mut console = moderator.follow("console").await;
    let opened = console.until(|view| view["undo_until"].is_number()).await.pop().unwrap();
    moderator.does("/undo", json!({"step": opened["step"]})).await;
    let state = |view: &Value| {
        view["polls"].as_array().unwrap().iter().find(|poll| poll["id"] == *id).unwrap()["state"].clone()
    };
    console.until(|view| state(view) == "draft").await;
    phones[0].refused(&format!("/polls/{id}/ballot"), json!({"choice": "0"}), "PollNotOpen").await;
    let part = phones[0].get(&format!("/s/{}/part/poll", hall.live.code)).await;
    assert!(!part.body.contains("ballot"), "it is on no phone: {}", part.body);
    moderator.does(&format!("/polls/{id}/open"), json!({})).await;
    join_all(phones[1..].iter().map(|phone| vote(phone, &id, "1"))).await;
    let shown = show(&moderator, &id).await;
    assert_eq!(shown["state"]["shown"]["counts"]["options"], json!([0, 5, 0]), "nothing of the first time counts");
    hall.close().await;
}

#[tokio::test]
async fn every_kind_is_made_answered_and_counted() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let phones = join_all((0..6).map(|_| hall.phone())).await;
    let lists = "هاتف\nرسالة\nلقاء";
    for (poll, ballots, expected) in [
        (json!({"kind": "yes_no"}), ["0", "0", "1", "2", "0", "rather_not"], json!([3, 1, 1])),
        (json!({"kind": "happy"}), ["4", "4", "3", "0", "4", "4"], json!([1, 0, 0, 1, 4])),
        (json!({"kind": "agree"}), ["0", "1", "1", "4", "2", "2"], json!([1, 2, 2, 0, 1])),
        (json!({"kind": "pictures"}), ["0", "1", "1", "3", "3", "3"], json!([1, 2, 0, 3])),
        (json!({"kind": "wave"}), ["0", "0", "0", "0", "0", "rather_not"], json!([5])),
        (
            json!({"kind": "single", "question": "كيف؟", "options": lists}),
            ["0", "1", "1", "2", "2", "2"],
            json!([1, 2, 3]),
        ),
        (
            json!({"kind": "several", "question": "كيف؟", "options": lists, "most": 2}),
            ["s.0.1", "s.1.0", "s.2", "s.2", "s.0.2", "s.1"],
            json!([3, 3, 3]),
        ),
        (
            json!({"kind": "dots", "question": "كيف؟", "options": lists}),
            ["d.3", "d.1.1.1", "d.0.2.1", "d.3", "d.3", "d.0.0.3"],
            json!([10, 3, 5]),
        ),
        (
            json!({"kind": "ranking", "question": "كيف؟", "options": lists}),
            ["r.2.0.1", "r.2", "r.2", "r.2", "r.0.1.2", "r.1"],
            json!([5, 6, 13]),
        ),
        (
            json!({"kind": "estimate", "question": "كم؟", "low": 1, "high": 4}),
            ["n.1", "n.1", "n.2", "n.4", "n.4", "n.4"],
            json!([2, 1, 0, 3]),
        ),
    ] {
        let id = make(&moderator, poll.clone()).await;
        join_all(phones.iter().zip(ballots).map(|(phone, ballot)| vote(phone, &id, ballot))).await;
        let shown = show(&moderator, &id).await;
        assert_eq!(shown["state"]["shown"]["counts"]["options"], expected, "{poll}");
        assert_eq!(shown["state"]["shown"]["counts"]["voters"], 6, "{poll}");
        // The phone has the same results, as markup with a table beside.
        let part = phones[0].get(&format!("/s/{}/part/poll", hall.live.code)).await;
        assert!(part.body.contains("<table"), "{poll}: {}", part.body);
        moderator.does("/polls/put-away", json!({})).await;
    }
    hall.close().await;
}

#[tokio::test]
async fn what_cannot_be_asked_or_answered_is_refused_with_a_sentence() {
    let hall = Hall::open().await;
    let (moderator, phone) = (hall.moderator().await, hall.phone().await);
    for poll in [
        json!({"kind": "single", "question": "كيف؟"}),
        json!({"kind": "single", "question": "كيف؟", "options": "واحد"}),
        json!({"kind": "single", "question": "كيف؟", "options": "أ\nأ"}),
        json!({"kind": "single", "options": "أ\nب"}),
        json!({"kind": "dance"}),
        json!({"kind": "estimate", "low": 5, "high": 1}),
        json!({"kind": "several", "question": "كيف؟", "options": "أ\nب", "most": 900}),
    ] {
        let answer = moderator.refused("/polls", poll, "BadPoll").await;
        assert!(answer.json()["message"].as_str().unwrap().contains("سؤال"));
    }
    let long = json!({"kind": "yes_no", "question": "س".repeat(200)});
    moderator.refused("/polls", long, "TooLong").await;
    phone.refused("/polls", json!({"kind": "yes_no"}), "NotYours").await;
    let dots = make(&moderator, json!({"kind": "dots", "question": "كيف؟", "options": "أ\nب"})).await;
    let ballot = format!("/polls/{dots}/ballot");
    let answer = phone.refused(&ballot, json!({"choice": "d.2.2"}), "TooManyChoices").await;
    let part = answer.json()["part"]["html"].as_str().unwrap().to_owned();
    assert!(part.contains("على الأكثر"), "it is said beside the options: {part}");
    for nonsense in ["d.1.1.1", "s.0", "r.0.0", "d.9999", "0", "", "<b>", "d.1@child"] {
        phone.refused(&ballot, json!({"choice": nonsense}), "NoSuchOption").await;
    }
    moderator.does(&format!("/polls/{dots}/annul"), json!({"reason": "unclear"})).await;
    phone.refused(&ballot, json!({"choice": "d.1"}), "PollNotOpen").await;
    let part = phone.get(&format!("/s/{}/part/poll", hall.live.code)).await;
    assert!(part.body.contains("لا يُحسب") && part.body.contains("بأكثر من معنى"), "{}", part.body);
    let number = make(&moderator, json!({"kind": "estimate", "question": "كم؟", "low": 0, "high": 9})).await;
    let ballot = format!("/polls/{number}/ballot");
    for typed in ["10", "-1", "x", "", "99999999999999999999"] {
        phone.refused(&ballot, json!({"choice": "number", "number": typed}), "OutOfRange").await;
    }
    phone.does(&ballot, json!({"choice": "number", "number": "٧"})).await;
    hall.close().await;
}

#[tokio::test]
async fn an_option_cannot_deceive_its_reader() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let options = "\u{202e}لا\u{202c}\n<script>نعم</script>";
    make(&moderator, json!({"kind": "single", "question": "ك\u{202e}يف؟", "options": options})).await;
    let page = hall.phone().await.get(&format!("/s/{}/part/poll", hall.live.code)).await.body;
    assert!(!page.contains('\u{202e}') && !page.contains("<script>نعم"), "{page}");
    assert!(page.contains("&lt;script"), "{page}");
    hall.close().await;
}

#[tokio::test]
async fn the_same_phone_from_five_tabs_has_one_ballot_and_a_forged_one_has_none_of_it() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let poll = make(&moderator, json!({"kind": "yes_no"})).await;
    let phone = hall.phone().await;
    let tabs: Vec<Client> = (0..5).map(|_| phone.clone()).collect();
    join_all(tabs.iter().map(|tab| vote(tab, &poll, "1"))).await;
    // A cookie that is no token makes a new phone, not somebody else's; its ballot is not counted (`G3`).
    let forged =
        phone.press_with(&format!("/polls/{poll}/ballot"), "cookie", "nadwa_phone=0", json!({"choice": "0"})).await;
    assert!(forged.status.is_success() || forged.status.is_redirection());
    for _ in 0..4 {
        vote(&hall.phone().await, &poll, "0").await;
    }
    let counts = show(&moderator, &poll).await["state"]["shown"]["counts"].clone();
    assert_eq!((counts["voters"].as_u64(), counts["options"][1].as_u64()), (Some(5), Some(1)), "{counts}");
    hall.close().await;
}

#[tokio::test]
async fn a_word_is_read_by_the_desk_before_anybody_else_sees_it() {
    let hall = Hall::open().await;
    let (moderator, steward) = (hall.moderator().await, hall.steward().await);
    steward.does("/desk/here", json!({})).await;
    let poll = make(&moderator, json!({"kind": "words"})).await;
    let phones = join_all((0..5).map(|_| hall.phone())).await;
    for (phone, word) in phones.iter().zip(["أمان", "امان", "أمان", "أمان", "أمان"]) {
        let (path, body) = (format!("/polls/{poll}/word"), json!({"id": Uuid::new_v4(), "text": word}));
        let answer = phone.press(&path, body.clone()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        phone.does(&path, body).await;
        assert!(answer.json()["part"]["html"].as_str().unwrap().contains(word), "one's own word is seen");
    }
    let pages = ["", "/screen", "/console", "/part/poll"];
    for path in pages {
        let page = moderator.get(&format!("/s/{}{path}", hall.live.code)).await.body;
        assert!(!page.contains("أمان") && !page.contains("امان"), "{path} has a word that no adult has read");
    }
    let waiting = steward.follow("desk").await.picture().await["waiting"].clone();
    for word in waiting.as_array().unwrap().iter().filter(|word| !word["poll"].is_null()) {
        steward.does(&format!("/questions/{}/pass", word["id"].as_str().unwrap()), json!({})).await;
    }
    let cloud = show(&moderator, &poll).await["state"]["shown"]["cloud"].clone();
    assert_eq!(
        (cloud["words"][0]["text"]["text"].as_str(), cloud["words"][0]["count"].as_u64()),
        (Some("أمان"), Some(5))
    );
    phones[0]
        .refused(&format!("/polls/{poll}/word"), json!({"id": Uuid::new_v4(), "text": "وقت"}), "PollNotOpen")
        .await;
    hall.close().await;
}

#[tokio::test]
async fn seats_hands_rounds_and_the_ballot_box() {
    let hall = Hall::open().await;
    let (moderator, phone) = (hall.moderator().await, hall.phone().await);
    moderator.does("/seats", json!({"id": Uuid::new_v4(), "number": 6})).await;
    let page = moderator.get(&format!("/s/{}/seats", hall.live.code)).await.body;
    let codes: Vec<String> = page.split("seat-code").skip(1).map(digits).collect();
    assert_eq!(codes.len(), 6, "{page}");
    let poll = make(&moderator, json!({"kind": "yes_no", "seats": "true"})).await;
    phone.refused(&format!("/polls/{poll}/ballot"), json!({"choice": "0"}), "SeatNeeded").await;
    phone.refused("/seat", json!({"seat": "00000000"}), "NoSuchSeat").await;
    for code in &codes {
        let phone = hall.phone().await;
        phone.does("/seat", json!({"seat": code})).await;
        vote(&phone, &poll, "0").await;
    }
    phone.refused("/seat", json!({"seat": codes[0]}), "SeatTaken").await;
    moderator.does(&format!("/polls/{poll}/hands"), json!({"hand": [12, 3, 0]})).await;
    moderator.refused(&format!("/polls/{poll}/hands"), json!({"hand": [12, 3]}), "BadHands").await;
    let shown = show(&moderator, &poll).await;
    assert_eq!(
        (&shown["hands"], &shown["state"]["shown"]["counts"]["options"]),
        (&json!([12, 3, 0]), &json!([6, 0, 0]))
    );
    moderator.does("/polls/put-away", json!({})).await;
    let first = make(&moderator, json!({"kind": "agree"})).await;
    moderator.refused(&format!("/polls/{first}/second-round"), json!({}), "PollNotClosed").await;
    for _ in 0..5 {
        let form = Uuid::new_v4().to_string();
        let (path, fields) = (format!("/polls/{first}/box"), [("id", form.as_str()), ("choice", "3")]);
        assert_eq!(moderator.submit(&path, &fields).await.status, StatusCode::OK);
        let page = moderator.submit(&path, &fields).await.body;
        assert!(!page.contains("is-mine"), "whoever gets the tablet next does not see it");
        assert_eq!(phone.submit(&path, &fields).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(show(&moderator, &first).await["state"]["shown"]["counts"]["options"], json!([0, 0, 0, 5, 0]));
    moderator.does(&format!("/polls/{first}/second-round"), json!({})).await;
    moderator.does(&format!("/polls/{first}/second-round"), json!({})).await;
    let polls = moderator.follow("console").await.picture().await["polls"].clone();
    let second: Vec<&Value> = polls.as_array().unwrap().iter().filter(|poll| poll["round"] == 2).collect();
    assert_eq!(second.len(), 1, "the same press twice makes one");
    let second = second[0]["id"].as_str().unwrap().to_owned();
    moderator.does(&format!("/polls/{second}/open"), json!({})).await;
    moderator.does(&format!("/polls/{second}/last-call"), json!({})).await;
    for _ in 0..5 {
        vote(&hall.phone().await, &second, "0").await;
    }
    assert_eq!(show(&moderator, &second).await["before"]["options"], json!([0, 0, 0, 5, 0]));
    hall.close().await;
}

/// The first eight digits of a text.
fn digits(text: &str) -> String {
    let shown = text.split("<bdi").nth(1).and_then(|rest| rest.split_once('>')).map_or(text, |(_, rest)| rest);
    shown.chars().filter(char::is_ascii_digit).take(8).collect()
}

/// Every byte that anybody can get while a poll is open and after it was closed, but for who follows what and when: not
/// one differs by what was voted.
#[tokio::test]
async fn no_byte_of_any_page_tells_what_was_voted_before_it_is_shown() {
    let hall = Hall::open().await;
    let (moderator, steward) = (hall.moderator().await, hall.steward().await);
    let watcher = hall.phone().await;
    let mut seen = Vec::new();
    for ballots in [["0"; 7], ["4"; 7]] {
        let poll = make(&moderator, json!({"kind": "happy", "apart": "true"})).await;
        for ballot in ballots {
            vote(&hall.phone().await, &poll, ballot).await;
        }
        // So many have voted is told in its own time: only then is every page the same.
        watcher.follow("screen").await.until(|view| view["shown"]["turnout"]["voted"] == 7).await;
        let mut bytes = all_bytes(&hall, &[&moderator, &steward, &watcher]).await;
        moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
        bytes.extend(all_bytes(&hall, &[&moderator, &steward, &watcher]).await);
        seen.push(bytes.join("\n"));
        moderator.does(&format!("/polls/{poll}/annul"), json!({"reason": "devices"})).await;
    }
    for page in &seen {
        for told in ["\"bars", "\"counts\"", "rather_not\":", "<table class=\"unseen\"", "class=\"share\""] {
            assert!(!page.contains(told), "{told}");
        }
    }
    // The same kinds of numbers stand in both, whatever was voted: ids, seconds and seqs aside.
    assert_eq!(plain(&seen[0]).len(), plain(&seen[1]).len());
    hall.close().await;
}

async fn all_bytes(hall: &Hall, devices: &[&Client]) -> Vec<String> {
    let mut bytes = Vec::new();
    for device in devices {
        for path in ["", "/part/poll", "/screen"] {
            bytes.push(device.get(&format!("/s/{}{path}", hall.live.code)).await.body);
        }
    }
    bytes.push(devices[0].get(&format!("/s/{}/stage", hall.live.code)).await.body);
    bytes.push(devices[0].follow("screen").await.picture().await.to_string());
    bytes.push(devices[2].follow("audience").await.picture().await.to_string());
    bytes
}

/// Letters alone, of the Arabic ones: what is said.
fn plain(page: &str) -> String {
    page.chars().filter(|c| ('\u{0621}'..='\u{064a}').contains(c)).collect()
}
