//! Preparing: from an empty folder to a child at the console, by forms alone, as an organizer does it.

use std::sync::Arc;

use nadwa::edge::Clock;
use nadwa::store;
use nadwa_domain::conference::Conference;
use nadwa_domain::{Role, Span};
use nadwa_tests::client::{Answer, Client};
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{BEGIN, Node};
use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

const PHRASE: &str = "نخلة قارب سماء حجر";

/// A server with nothing in it, and a device of whoever prepares a conference on it.
pub struct Empty {
    clock: Clock,
    pub node: Node,
    pub organizer: Client,
    _folder: Folder,
}

impl Empty {
    async fn start() -> Self {
        let folder = Folder::new();
        let store = store::open(&folder.path().display().to_string()).await.unwrap();
        let clock = Clock::by_hand(BEGIN);
        let node = Node::start(store, clock.clone()).await;
        let organizer = Client::new(&node.url, "");
        Self { clock, node, organizer, _folder: folder }
    }

    /// The same, set up.
    pub async fn set_up() -> Self {
        let empty = Self::start().await;
        let answer = empty.organizer.post_form("/setup", &first(&empty.secret(), PHRASE)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        empty
    }

    /// What stands behind the `#` of the set-up's link, where no log sees it.
    fn secret(&self) -> String {
        self.node.app.setup.link("").strip_prefix("/setup#").expect("a link").to_owned()
    }

    /// Time passes, in milliseconds.
    pub fn wait(&self, millis: i64) {
        self.clock.advance(millis);
    }

    pub fn conference(&self) -> Arc<Conference> {
        self.node.app.rooms.conference().state()
    }

    /// Sends a form that counts.
    pub async fn does(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.organizer.post_form(path, fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer
    }

    /// Sends a form that is refused; the page that comes back.
    pub async fn refused(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.organizer.post_form(path, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.body);
        answer.body
    }

    pub async fn room(&self) -> String {
        self.does("/organizer/rooms", &[("name.ar", "قاعة السيلية")]).await;
        self.conference().rooms.keys().next().unwrap().to_string()
    }

    /// A child with a card for a session: their id and the card's code.
    async fn child(&self, name: &str, role: &str, session: &str) -> (String, String) {
        let id = Uuid::new_v4().to_string();
        self.does("/organizer/people", &[("id", &id), ("name.ar", name), ("group", "child"), ("shows", "first_name")])
            .await;
        let agreed = [("asked", "guardian"), ("state", "given")];
        self.does(&format!("/organizer/people/{id}/consent"), &agreed).await;
        let sheet = self.does("/organizer/cards", &[("role", role), ("session", session), ("person", &id)]).await.body;
        (id, crate::passes::code_on(&sheet))
    }

    pub async fn close(self) {
        self.node.stop().await;
    }
}

fn first<'a>(link: &'a str, secret: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("link", link),
        ("name.ar", "مؤتمر خطوط المساندة"),
        ("name.en", "Helplines"),
        ("venue.ar", "الدوحة"),
        ("languages.ar", "on"),
        ("languages.en", "on"),
        ("zone", "Asia/Qatar"),
        ("first", "2022-05-23"),
        ("last", "٢٤/٥/٢٠٢٢"),
        ("login", "huda"),
        ("secret", secret),
    ]
}

pub fn session(
    room: &str,
    title: &'static str,
    from: &'static str,
    until: &'static str,
) -> Vec<(&'static str, String)> {
    let fields = [("kind", "panel"), ("day", "2022-05-23"), ("from", from), ("until", until), ("title.ar", title)];
    let mut fields: Vec<(&str, String)> = fields.map(|(name, value)| (name, value.to_owned())).to_vec();
    fields.extend([("room", room.to_owned()), ("seen", "0".to_owned())]);
    fields
}

pub fn pairs<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The same form with another value in a field.
pub fn with(fields: &[(&'static str, String)], name: &'static str, value: &str) -> Vec<(&'static str, String)> {
    let others = fields.iter().filter(|(there, _)| *there != name).cloned();
    others.chain([(name, value.to_owned())]).collect()
}

#[tokio::test]
async fn the_set_up_link_works_once_and_a_weak_secret_loses_nothing_that_was_typed() {
    let empty = Empty::start().await;
    let stranger = Client::new(&empty.node.url, "");
    assert_eq!(stranger.post_form("/setup", &first("guessed", PHRASE)).await.status, StatusCode::NOT_FOUND);
    let typed = empty.refused("/setup", &first("", PHRASE)).await;
    assert!(typed.contains("id=\"link\""), "without a script the link's end is typed");
    assert_eq!(stranger.get("/organizer").await.status, StatusCode::FORBIDDEN);
    let page = empty.refused("/setup", &first(&empty.secret(), "قصيرة")).await;
    assert!(page.contains("مؤتمر خطوط المساندة") && page.contains("Asia/Qatar"), "what was typed is there");
    assert!(!page.contains("قصيرة"), "a secret is never sent back");
    let secret = empty.secret();
    empty.does("/setup", &first(&secret, PHRASE)).await;
    let days = empty.conference().days.unwrap();
    assert_eq!(days.1 - days.0, Span::minutes(2 * 24 * 60), "two days, in the digits that were typed");
    assert_eq!(
        stranger.post_form("/setup", &first(&secret, PHRASE)).await.status,
        StatusCode::NOT_FOUND,
        "the link is used up"
    );
    let wrong = stranger.post_form("/sign-in", &[("login", "huda"), ("secret", "نخلة قارب سماء")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("huda"));
    assert_eq!(stranger.get("/organizer").await.status, StatusCode::FORBIDDEN);
    stranger.post_form("/sign-in", &[("login", "Huda"), ("secret", PHRASE)]).await;
    assert_eq!(stranger.get("/organizer").await.status, StatusCode::OK, "another device of the same organizer");
    // «Sign out everywhere» is for the other devices, too.
    let own = empty.conference().logins.keys().next().unwrap().to_string();
    empty.organizer.post_form(&format!("/organizer/access/organizers/{own}/sign-out"), &[]).await;
    assert_eq!(stranger.get("/organizer").await.status, StatusCode::FORBIDDEN);
    empty.close().await;
}

#[tokio::test]
async fn a_clash_is_shown_before_it_is_saved_and_saved_only_on_purpose() {
    let empty = Empty::set_up().await;
    let room = empty.room().await;
    let (one, two) = (Uuid::new_v4(), Uuid::new_v4());
    let ours = session(&room, "أصواتنا", "10:00", "11:00");
    empty.does(&format!("/organizer/sessions/{one}"), &pairs(&ours)).await;
    let theirs = session(&room, "حقوقنا", "10:30", "11:30");
    let path = format!("/organizer/sessions/{two}");
    let page = empty.refused(&path, &pairs(&theirs)).await;
    assert!(page.contains("أصواتنا") && page.contains("حقوقنا"), "{page}");
    assert_eq!(empty.conference().sessions.len(), 1, "nothing is saved by looking");
    empty.does(&path, &pairs(&with(&theirs, "anyway", "on"))).await;
    let draft = empty.organizer.get("/organizer/programme").await.body;
    assert!(draft.contains("card attention"), "the programme says that they clash");
    empty.close().await;
}

#[tokio::test]
async fn two_organizers_on_one_session_lose_neithers_work() {
    let empty = Empty::set_up().await;
    let room = empty.room().await;
    let path = format!("/organizer/sessions/{}", Uuid::new_v4());
    let new = session(&room, "أصواتنا", "10:00", "11:00");
    empty.does(&path, &pairs(&new)).await;
    let seen = with(&new, "seen", "1");
    empty.does(&path, &pairs(&with(&seen, "from", "10:15"))).await;
    // The other has the page from before.
    let mine = with(&seen, "title.ar", "أصواتنا نحن");
    let page = empty.refused(&path, &pairs(&mine)).await;
    assert!(page.contains("أصواتنا نحن"), "what was typed is kept");
    assert!(page.contains("class=\"changes\"") && page.contains("كانت 23"), "and what the first one changed: {page}");
    empty.does(&path, &pairs(&with(&with(&mine, "seen", "2"), "from", "10:15"))).await;
    let conference = empty.conference();
    let saved = &conference.sessions[0];
    assert_eq!(saved.title.for_reader(nadwa_domain::Lang::AR).text, "أصواتنا نحن");
    assert_eq!(saved.starts_at, BEGIN + Span::minutes(-15), "10:15, while it is 10:30");
    empty.close().await;
}

#[tokio::test]
async fn from_an_empty_folder_to_a_child_at_the_console() {
    let empty = Empty::set_up().await;
    let room = empty.room().await;
    let id = Uuid::new_v4().to_string();
    let path = format!("/organizer/sessions/{id}");
    empty.does(&path, &pairs(&session(&room, "أصواتنا", "10:30", "11:30"))).await;
    empty.does(&format!("{path}/show/template"), &[("template", "opening"), ("seen", "1")]).await;
    let (_, code) = empty.child("مريم", "moderator", &id).await;
    let tablet = Client::new(&empty.node.url, empty.conference().sessions[0].code.as_ref().unwrap().as_str());
    // Spaces, dashes and digits of any family: as it is read aloud.
    let spoken: String = code.chars().map(|digit| char::from_u32(digit as u32 - 0x30 + 0x660).unwrap()).collect();
    let spoken = format!("{} {}-{}", &spoken[..6], &spoken[6..12], &spoken[12..]);
    assert_eq!(tablet.post_form("/card", &[("code", &spoken)]).await.status, StatusCode::OK);
    // The gate: every missing thing has its line; one by one they come.
    let missing = |answer: &Answer| answer.json()["message"].as_str().unwrap().to_owned();
    let next = async || tablet.refused("/next", json!({"step": 0}), "NotReady").await;
    let mut before = missing(&next().await).len();
    let shorter = async |before: &mut usize| {
        let now = missing(&next().await).len();
        assert!(now < *before, "one thing less is missing");
        *before = now;
    };
    empty.does("/organizer/ready/helplines", &[("country.ar", "قطر"), ("number", "١١٦١١١")]).await;
    shorter(&mut before).await;
    empty.does("/organizer/ready/helplines/confirm", &[]).await;
    shorter(&mut before).await;
    empty.does("/organizer/ready/place", &[("place.ar", "غرفة الهدوء"), ("place.en", "The quiet room")]).await;
    shorter(&mut before).await;
    let mut cards = Vec::new();
    for role in ["safeguarding_lead", "safeguarding_deputy"] {
        let card = empty.does("/organizer/cards", &[("role", role)]).await.body;
        cards.push(card.split("/a#").nth(1).and_then(|rest| rest.split(['"', '<']).next()).unwrap().to_owned());
    }
    assert_eq!(missing(&next().await).len(), before, "a card on paper is nobody (N2)");
    for link in cards {
        Client::new(&empty.node.url, "").get(&format!("/a#{link}")).await;
        shorter(&mut before).await;
    }
    let shown = empty.does("/organizer/cards", &[("role", "steward"), ("session", &id)]).await.body;
    let link = shown.split("/a#").nth(1).and_then(|rest| rest.split(['"', '<']).next()).unwrap();
    let desk = Client::new(&empty.node.url, "");
    assert_eq!(desk.get(&format!("/a#{link}")).await.status, StatusCode::OK, "the adult is at the desk");
    let here = format!("/s/{}/desk/here", empty.conference().sessions[0].code.as_ref().unwrap().as_str());
    assert_eq!(desk.post_form(&here, &[]).await.status, StatusCode::OK, "and says so");
    tablet.does("/next", json!({"step": 0})).await;
    // Confirmed numbers count for fourteen days.
    empty.clock.advance(Span::minutes(15 * 24 * 60).0);
    let ready = empty.organizer.get("/organizer/ready").await.body;
    assert!(ready.contains("name=\"hold\"") || ready.contains("shape hold"), "what is out of date is on the checklist");
    empty.close().await;
}

#[tokio::test]
async fn a_withdrawn_consent_takes_the_name_from_the_programme_at_once() {
    let empty = Empty::set_up().await;
    let room = empty.room().await;
    let id = Uuid::new_v4().to_string();
    let path = format!("/organizer/sessions/{id}");
    let new = session(&room, "أصواتنا", "10:30", "11:30");
    empty.does(&path, &pairs(&new)).await;
    let (salma, _) = empty.child("سلمى", "presenter", &id).await;
    let speaks: &'static str = format!("speakers.{salma}").leak();
    empty.does(&path, &pairs(&with(&with(&new, "seen", "1"), speaks, "on"))).await;
    empty.does("/organizer/programme/publish", &[("seen", "0")]).await;
    let programme = async || Client::new(&empty.node.url, "").get("/programme").await.body;
    assert!(programme().await.contains("سلمى"));
    let withdrawn = [("asked", "guardian"), ("state", "withdrawn")];
    empty.does(&format!("/organizer/people/{salma}/consent"), &withdrawn).await;
    assert!(!programme().await.contains("سلمى"), "without waiting: the next page does not have it");
    empty.close().await;
}

#[tokio::test]
async fn a_file_with_mistakes_names_each_by_line_and_column_and_writes_nothing() {
    let empty = Empty::set_up().await;
    let file = "name.ar,group,shows,role,session\nمريم,child,first_name,moderator,لا جلسة\n,child,,,\nيوسف,giant,,,\n";
    let page = empty.organizer.bring("/organizer/import", "people.csv", file.as_bytes().to_vec()).await;
    let found: Vec<&str> = ["session", "name", "group"].into_iter().filter(|name| page.body.contains(name)).collect();
    assert_eq!(found.len(), 3, "{}", page.body);
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let written = empty.organizer.post_form("/organizer/import/write", &[("kind", "people"), ("text", file)]).await;
    assert_eq!(written.status, StatusCode::UNPROCESSABLE_ENTITY, "not by sending it all the same");
    assert!(empty.conference().people.is_empty());
    empty.close().await;
}

#[tokio::test]
async fn a_large_conference_is_imported_and_shown_in_time() {
    let empty = Empty::set_up().await;
    for room in 0..6 {
        empty.does("/organizer/rooms", &[("name.ar", &format!("القاعة {room}"))]).await;
    }
    let programme: String = (0..60)
        .map(|n| {
            let (day, hour) = (23 + n / 30, 8 + (n / 6) % 5 * 2);
            format!("2022-05-{day},{hour}:00,{}:30,القاعة {},panel,الجلسة {n}\n", hour + 1, n % 6)
        })
        .collect();
    let programme = format!("day,from,until,room,kind,title.ar\n{programme}");
    empty.does("/organizer/import/write", &[("kind", "programme"), ("text", &programme)]).await;
    assert_eq!(empty.conference().sessions.len(), 60);
    let people: String = (0..300).map(|n| format!("طفل {n},child,nickname,moderator,الجلسة {}\n", n % 60)).collect();
    let people = format!("name.ar,group,shows,role,session\n{people}");
    let began = std::time::Instant::now();
    empty.does("/organizer/import/write", &[("kind", "people"), ("text", &people)]).await;
    let import = began.elapsed();
    assert_eq!(empty.conference().people.len(), 300);
    let cards = empty.conference().passes.values().filter(|pass| pass.issued.role == Role::Moderator).count();
    assert_eq!(cards, 300);
    // The promised times are those of a release build (`make bench`).
    let (built, promised) = if cfg!(debug_assertions) { (" (unoptimised)", u128::MAX) } else { ("", 50) };
    println!("300 people with cards imported in {} ms{built}", import.as_millis());
    for page in ["", "/programme", "/people", "/cards", "/ready", "/rooms", "/access", "/import", "/sessions/new"] {
        let began = std::time::Instant::now();
        let answer = empty.organizer.get(&format!("/organizer{page}")).await;
        let took = began.elapsed().as_millis();
        println!("/organizer{page}: {} bytes, {took} ms{built}", answer.body.len());
        assert!(took <= promised, "{page}: {took} ms");
        assert!(answer.body.len() <= 150_000, "{page}: {} bytes", answer.body.len());
    }
    empty.close().await;
}
