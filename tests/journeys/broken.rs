//! One stream that cannot be read is named, shown to the adults and gone round: everything else works, safeguarding
//! above all.

use std::path::Path;
use std::sync::Arc;

use nadwa::edge::Clock;
use nadwa::store::{self, Store};
use nadwa_domain::ids::ItemId;
use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{Hall, Node};
use reqwest::StatusCode;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use uuid::Uuid;

const WORRY: &str = "أحيانًا أخاف أرجع البيت، واحد اثنين";

/// What becomes of a line's fact.
const DAMAGED: &str = "{\"event\":\"ope";
const WRITTEN_LATER: &str = "{\"event\":\"hall_dreamt\",\"of\":3}";

/// A conference in which a worrying question was handed to the lead; stopped, and a line of one stream spoilt.
struct Spoilt {
    node: Node,
    clock: Clock,
    lead: Client,
    organizer: Client,
    steward: Client,
    phone: Client,
    question: Uuid,
    /// The session that was spoilt.
    session: Uuid,
    store: Arc<dyn Store>,
    _folder: Folder,
}

/// Which session's third line is spoilt: the live one, or another.
async fn spoil(live: bool, fact: &str) -> Spoilt {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let clock = hall.clock.clone();
    let (phone, steward) = (hall.phone().await, hall.steward().await);
    let question = phone.ask(WORRY).await;
    steward.does(&format!("/questions/{question}/safeguard"), json!({})).await;
    let (lead, organizer) = (hall.by(&hall.safeguarding).await, hall.by(&hall.organizer).await);
    let conference = hall.app().rooms.conference().state();
    let mut coded = conference.sessions.iter().filter_map(|listing| Some((listing.code.as_ref()?, listing.session.0)));
    let (_, session) = coded.find(|(code, _)| (code.as_str() == hall.live.code) == live).expect("there is one");
    hall.close().await;
    damage(folder.path(), session, fact).await;
    let store = store::open(&folder.path().display().to_string()).await.unwrap();
    let node = Node::start(Arc::clone(&store), clock.clone()).await;
    let [lead, organizer, steward, phone] = [lead, organizer, steward, phone].map(|who| who.at(&node.url));
    Spoilt { node, clock, lead, organizer, steward, phone, question, session, store, _folder: folder }
}

async fn damage(folder: &Path, stream: Uuid, fact: &str) {
    let mut db = SqliteConnectOptions::new().filename(folder.join("nadwa.sqlite")).connect().await.unwrap();
    let sql = "UPDATE lines SET fact = $1 WHERE stream = $2 AND seq = 3";
    let done = sqlx::query(sql).bind(fact).bind(stream.to_string()).execute(&mut db).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_line_that_cannot_be_read_in_another_session_closes_nothing() {
    let spoilt = spoil(false, DAMAGED).await;
    let Spoilt { node, clock, lead, organizer, steward, phone, question, session, store, _folder } = spoilt;
    // Safeguarding: what was handed over, what is handed over now, and a call.
    let inbox = lead.post_form("/safeguarding/open", &[("item", &question.to_string())]).await;
    assert!(inbox.body.contains(WORRY) && says(&inbox.body, "لا يُقرأ"), "{}", inbox.body);
    clock.advance(31_000);
    let second = phone.ask("هل أستطيع أن أتكلم مع أحد؟").await;
    steward.does(&format!("/questions/{second}/safeguard"), json!({})).await;
    assert_eq!(phone.post_form("/help/call", &[("place", "عند الباب")]).await.status, StatusCode::OK);
    let items = node.app.rooms.guarded().await.unwrap();
    assert!(items.contains_key(&ItemId(second)));
    assert_eq!(node.app.rooms.inbox().state().items.values().filter(|item| item.called.is_some()).count(), 1);
    let alerts = || node.app.rooms.inbox().state().items.values().map(|item| item.alerts.len()).sum::<usize>();
    let (mut changes, before) = (node.app.rooms.inbox().changes(), alerts());
    clock.advance(180_000);
    while alerts() == before {
        changes.changed().await.expect("the inbox is there");
    }
    // The board, with what is wrong first; and what it names is named to operators by its id.
    let board = organizer.get("/organizer").await;
    assert_eq!(board.status, StatusCode::OK);
    assert!(says(&board.body, "لا يُقرأ") && says(&board.body, "سجل الخادم"), "{}", board.body);
    let ready = phone.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(ready.body.contains(&session.to_string()) && ready.body.contains("damaged"), "{}", ready.body);
    // What is due is erased, and papers are followed.
    let handed = [("item", question.to_string()), ("to", "مكتب حماية الطفل".to_owned())];
    let handed = handed.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(lead.post_form("/safeguarding/hand-over", &handed).await.status, StatusCode::OK);
    clock.advance(400 * 24 * 3_600_000);
    let erased = node.app.rooms.erase_due(&node.app.files).await.expect("what can be erased is erased");
    assert!(erased > 0 && !worded(store.as_ref(), WORRY).await);
    node.app.rooms.follow_all_papers().await.expect("papers are followed");
    node.stop().await;
}

#[tokio::test]
async fn of_a_session_that_cannot_be_read_whole_the_inbox_shows_what_can() {
    let spoilt = spoil(true, WRITTEN_LATER).await;
    let Spoilt { node, lead, organizer, steward, phone, question, session, .. } = spoilt;
    let inbox = lead.post_form("/safeguarding/open", &[("item", &question.to_string())]).await;
    assert!(inbox.body.contains(WORRY) && says(&inbox.body, "إصدار أحدث"), "{}", inbox.body);
    assert!(says(&organizer.get("/organizer").await.body, "إصدار أحدث"));
    let ready = phone.get("/readyz").await;
    assert!(ready.body.contains(&session.to_string()) && ready.body.contains("later version"), "{}", ready.body);
    // Nothing is written on a stream that is not understood, and nobody is told that it was.
    let pressed = steward.press(&format!("/questions/{question}/pass"), json!({})).await;
    assert_eq!(pressed.status, StatusCode::SERVICE_UNAVAILABLE, "{}", pressed.body);
    node.stop().await;
}

/// Whether one of the page's alarms says so.
fn says(page: &str, words: &str) -> bool {
    page.split("role=\"alert\"")
        .skip(1)
        .any(|after| after.split("</p>").next().is_some_and(|alarm| alarm.contains(words)))
}

/// Whether somebody's words are still in a session's history.
async fn worded(store: &dyn Store, words: &str) -> bool {
    for stream in store.streams("session").await.unwrap() {
        let lines = store.read(stream, 0).await.unwrap();
        if lines.iter().any(|line| line.words.as_deref().is_some_and(|text| text.contains(words))) {
            return true;
        }
    }
    false
}

/// The folder is unmounted, so to speak, and comes back.
#[tokio::test]
async fn without_its_folder_a_server_acknowledges_nothing_and_says_that_it_is_not_ready() {
    let (folder, moved) = (Folder::new(), Folder::new());
    let hall = Hall::open_in(folder.path()).await;
    let phone = hall.phone().await;
    std::fs::rename(folder.path(), moved.path()).unwrap();
    let refused = phone.press("/questions", json!({"id": Uuid::new_v4(), "text": "هل يصل سؤالي؟"})).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.body);
    let ready = phone.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!ready.body.contains(&folder.path().display().to_string()), "{}", ready.body);
    std::fs::rename(moved.path(), folder.path()).unwrap();
    phone.ask("هل يصل سؤالي الآن؟").await;
    while phone.get("/readyz").await.status != StatusCode::OK {}
    hall.close().await;
}
