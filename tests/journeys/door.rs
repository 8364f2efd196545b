//! The door: secrets that are tried out (`G1`), and what a stranger's odd requests may cost (`G2`, `G12`).

use nadwa_domain::ids::SessionId;
use nadwa_tests::client::{Answer, Client};
use nadwa_tests::hall::Hall;
use reqwest::{StatusCode, header};
use serde_json::json;
use uuid::Uuid;

use crate::passes::code_on;
use crate::preparing::Empty;

const PHRASE: &str = "نخلة قارب سماء حجر";

/// A form that lets somebody in, and the same with a wrong secret.
struct Door {
    path: String,
    right: Vec<(&'static str, String)>,
    wrong: Vec<(&'static str, String)>,
}

impl Door {
    fn new(path: &str, field: &'static str, right: &str, wrong: &str) -> Self {
        let fields = |secret: &str| vec![("login", "muna".to_owned()), (field, secret.to_owned())];
        Self { path: path.to_owned(), right: fields(right), wrong: fields(wrong) }
    }

    async fn send(&self, client: &Client, fields: &[(&'static str, String)]) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        client.post_form(&self.path, &fields).await
    }

    /// Sends wrong ones until nothing is looked at any more.
    async fn is_closed_for(&self, guesser: &Client) {
        for sent in 0..200 {
            let status = self.send(guesser, &self.wrong).await.status;
            if status == StatusCode::TOO_MANY_REQUESTS {
                assert!(sent > 3, "{}: a few mistakes are nobody's guesses", self.path);
                return;
            }
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{}: a wrong one is told to be wrong", self.path);
        }
        panic!("{}: two hundred wrong ones were looked at", self.path);
    }
}

async fn card(hall: &Hall) -> String {
    let organizer = hall.by(&hall.organizer).await;
    code_on(&organizer.post_form("/organizer/cards", &[("role", "member"), ("session", &hall.live.id)]).await.body)
}

#[tokio::test]
async fn after_too_many_wrong_secrets_the_right_one_is_not_looked_at_either() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let choose = [("login", "muna"), ("secret", PHRASE)];
    // Hashing waits its turn for all halls of this process: beside another test's flood it is asked for again.
    while organizer.post_form("/organizer/secret", &choose).await.status != StatusCode::OK {}
    let moderator = hall.moderator().await;
    moderator.does("/seats", json!({"id": Uuid::new_v4(), "number": 6})).await;
    let slips = moderator.get(&format!("/s/{}/seats", hall.live.code)).await.body;
    let slip = slips.split("seat-code").nth(1).and_then(|slip| slip.split("<bdi").nth(1)).expect("a slip");
    let number = slip.split_once('>').map_or("", |(_, number)| number);
    let seat: String = number.chars().filter(char::is_ascii_digit).take(8).collect();
    let doors = [
        Door::new("/card", "code", &card(&hall).await, "111111111111111"),
        Door::new("/join", "code", &hall.live.code, "000001"),
        Door::new("/sign-in", "secret", PHRASE, "نخلة قارب سماء بحر"),
        Door::new(&format!("/s/{}/seat", hall.live.code), "seat", &seat, "00000001"),
    ];
    for door in &doors {
        let guesser = Client::new(hall.url(), &hall.live.code);
        door.is_closed_for(&guesser).await;
        let right = door.send(&guesser, &door.right).await;
        assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "{}", door.path);
        assert_ne!(right.header("retry-after"), "", "{}: it is said when to come again", door.path);
        // Long secrets are looked at all the same, and so is a session's address: it is on the wall.
        let beside = Client::new(hall.url(), &hall.live.code);
        assert_eq!(beside.get(hall.live.console.strip_prefix(hall.url()).unwrap()).await.status, StatusCode::OK);
        hall.clock.advance(20_000);
        assert_eq!(door.send(&guesser, &door.right).await.status, StatusCode::OK, "{}: soon it is", door.path);
    }
    hall.close().await;
}

#[tokio::test]
async fn whoever_guesses_behind_the_halls_address_keeps_nobody_there_from_typing() {
    let hall = Hall::open().await;
    let door = Door::new("/card", "code", &card(&hall).await, "111111111111111");
    door.is_closed_for(&Client::new(hall.url(), "")).await;
    let with_a_phone = Client::new(hall.url(), "");
    with_a_phone.get("/").await;
    door.is_closed_for(&with_a_phone).await;
    for page in ["/card", "/"] {
        let child = Client::new(hall.url(), "");
        child.get(page).await;
        assert_eq!(door.send(&child, &door.wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a slip is a slip");
        assert_eq!(door.send(&child, &door.right).await.status, StatusCode::OK, "{page}");
    }
    // Some try more than one number at once, and what is no number at all is told so.
    let child = Client::new(hall.url(), "");
    for odd in ["", "12", "٠٠٠", &"9".repeat(5_000), "1111 1111 1111 111x"] {
        assert_eq!(child.post_form("/card", &[("code", odd)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    hall.close().await;
}

#[tokio::test]
async fn a_card_that_is_entered_at_two_tablets_in_the_same_second_works_on_one() {
    let hall = Hall::open().await;
    let door = Door::new("/card", "code", &card(&hall).await, "");
    let tablets = [Client::new(hall.url(), &hall.live.code), Client::new(hall.url(), &hall.live.code)];
    let (one, two) = tokio::join!(door.send(&tablets[0], &door.right), door.send(&tablets[1], &door.right));
    assert!(one.status.is_success() && two.status.is_success(), "{} {}", one.status, two.status);
    let conference = hall.app().rooms.conference().state();
    let session = hall.live.id.parse().map(SessionId).unwrap();
    let shown = |pass| conference.devices.values().filter(|device| device.new.pass == pass).count();
    let cards = conference.passes.values().filter(|pass| pass.used && pass.issued.one_device && pass.covers(session));
    assert_eq!(cards.map(|pass| shown(pass.issued.id)).collect::<Vec<_>>(), [1]);
    hall.close().await;
}

#[tokio::test]
async fn a_flood_of_sign_ins_is_looked_at_a_few_at_a_time_and_help_answers_meanwhile() {
    let hall = Hall::open().await;
    let flood = futures::future::join_all((0..500).map(|_| async {
        let stranger = Client::new(hall.url(), "");
        stranger.post_form("/sign-in", &[("login", "x"), ("secret", "yyyyyyyyyyyyyyyy")]).await.status
    }));
    let meanwhile = async {
        let somebody = Client::new(hall.url(), "");
        for _ in 0..20 {
            assert_eq!(somebody.get("/help").await.status, StatusCode::OK);
        }
    };
    let (statuses, ()) = tokio::join!(flood, meanwhile);
    let looked_at = statuses.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count();
    let told = statuses.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count();
    assert!(looked_at <= 30 && looked_at + told == 500, "{looked_at} looked at, {told} told to wait");
    hall.close().await;
}

#[tokio::test]
async fn nothing_in_an_address_breaks_a_header() {
    let hall = Hall::open().await;
    let (steward, code) = (hall.steward().await, &hall.live.code);
    let (front, back) = code.split_at(3);
    let arabic: String = code.chars().map(|c| char::from_u32(c as u32 - 0x30 + 0x660).unwrap()).collect();
    for odd in ["%0A", "%0D%0A", "%20", "%E2%80%8B", "%E2%80%AE", "%E2%80%A8"].map(|odd| [front, odd, back].concat()) {
        let phone = Client::new(hall.url(), &odd);
        assert_eq!(phone.get(&format!("/s/{odd}")).await.status, StatusCode::OK, "{odd}");
        assert_eq!(phone.get(&format!("/j/{odd}")).await.status, StatusCode::OK, "{odd}");
        let asked = [("id", Uuid::new_v4().to_string()), ("text", "سؤال من عنوان غريب".to_owned())];
        let asked = asked.each_ref().map(|(name, text)| (*name, text.as_str()));
        let answer = phone.submit("/questions", &asked).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd}: what was done is answered as done: {}", answer.body);
        hall.clock.advance(60_000);
        assert_eq!(steward.within(&odd).submit("/desk/here", &[("by", "hand")]).await.status, StatusCode::OK, "{odd}");
    }
    assert_eq!(Client::new(hall.url(), "").get(&format!("/s/{arabic}")).await.status, StatusCode::OK);
    assert_eq!(Client::new(hall.url(), "").get(&format!("/s/{code}%00")).await.status, StatusCode::NOT_FOUND);
    let back = Client::new(hall.url(), "").get("/lang/en?to=%2Fhelp%0D%0Ax-evil%3A1").await;
    assert!(!back.status.is_server_error(), "{}", back.status);
    hall.close().await;
}

#[tokio::test]
async fn cookies_of_nobodys_are_passed_over_whatever_is_in_them() {
    let hall = Hall::open().await;
    let secret = "0123456789abcdef".repeat(4);
    let long = |unit: &str, bytes: usize| unit.repeat(bytes / unit.len());
    let odd = [
        "nadwa_pass=x".to_owned(),
        format!("nadwa_pass={secret}"),
        format!("nadwa_pass={}", long(&format!("{secret}."), 60_000)),
        format!("nadwa_pass={}", secret.replace('a', "ن")),
        format!("nadwa_phone={}; nadwa_lang=%00%ff; nadwa_comfort={secret}; nadwa_screen=....", "ن".repeat(90)),
        long("a=1;", 40_000),
        long("nadwa_pass=1; ", 60_000),
    ];
    for cookie in odd {
        let request = reqwest::Client::new().get(format!("{}/programme", hall.url()));
        let answer = request.header(header::COOKIE, cookie.as_bytes()).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{}", cookie.chars().take(60).collect::<String>());
        let request = reqwest::Client::new().get(format!("{}/organizer", hall.url()));
        let answer = request.header(header::COOKIE, cookie.as_bytes()).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    }
    hall.close().await;
}

#[tokio::test]
async fn an_adults_card_lets_in_before_there_is_a_session() {
    let empty = Empty::set_up().await;
    for role in ["steward", "interpreter"] {
        let sheet = empty.does("/organizer/cards", &[("role", role)]).await.body;
        let start = sheet.find("/a#").expect("an adult's link");
        let link: String = sheet[start..].chars().take_while(|c| !matches!(c, '<' | '"')).collect();
        let adult = Client::new(&empty.node.url, "");
        assert_eq!(adult.get(&link).await.status, StatusCode::OK, "{role}");
        assert_eq!(adult.get("/me").await.status, StatusCode::OK, "{role}");
    }
    empty.close().await;
}
