//! A machine that does not know the time: behind, time goes on from what was written; far ahead, nothing is erased
//! before an adult has said that the date is right.

use nadwa::edge::Clock;
use nadwa::store;
use nadwa_domain::{Instant, Span};
use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{BEGIN, Hall, Node};
use reqwest::StatusCode;
use serde_json::json;

const HELD: &str = "هذا سؤال يعاد إلى صاحبه";
const DAY: i64 = 24 * 3_600_000;

/// The server, begun again on its folder with a clock that says something.
async fn again(folder: &Folder, at: Instant) -> (Node, Clock) {
    let clock = Clock::by_hand(at);
    let store = store::open(&folder.path().display().to_string()).await.unwrap();
    (Node::start(store, clock.clone()).await, clock)
}

#[tokio::test]
async fn behind_what_was_written_time_goes_on_from_there() {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let (moderator, _steward, phone) = (hall.moderator().await, hall.steward().await, hall.phone().await);
    hall.clock.advance(10_000);
    phone.ask("هل يبقى وقت؟").await;
    let before = moderator.follow("console").await.picture().await["clock"].clone();
    hall.close().await;

    let (node, clock) = again(&folder, BEGIN - Span::minutes(180)).await;
    assert!(node.app.rooms.clock().now() >= BEGIN + Span::seconds(10));
    let [moderator, phone] = [moderator, phone].map(|who| who.at(&node.url));
    assert_eq!(moderator.follow("console").await.picture().await["clock"], before, "no speech gets longer");
    // Nor does a phone wait for the old time to come.
    clock.advance(31_000);
    phone.ask("وهل يبقى وقت الآن؟").await;
    node.stop().await;
}

#[tokio::test]
async fn far_ahead_nothing_is_erased_before_an_adult_has_confirmed_the_date() {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let (steward, phone) = (hall.steward().await, hall.phone().await);
    let held = phone.ask(HELD).await;
    steward.does(&format!("/questions/{held}/hold"), json!({"reason": "language"})).await;
    let (lead, organizer) = (hall.by(&hall.safeguarding).await, hall.by(&hall.organizer).await);
    hall.close().await;

    // Nor at the start after that, though it has written something since.
    for days in [40, 41] {
        let (node, _) = again(&folder, BEGIN + Span(days * DAY)).await;
        assert_eq!(node.app.rooms.erase_due(&node.app.files).await.unwrap(), 0);
        assert!(is_kept(&folder));
        assert!(confirms(&lead.at(&node.url), "/safeguarding").await);
        assert!(confirms(&organizer.at(&node.url), "/organizer").await);
        phone.at(&node.url).post_form("/help/call", &[("place", "عند الباب")]).await;
        node.stop().await;
    }
    let (node, _) = again(&folder, BEGIN + Span(41 * DAY)).await;
    let (lead, organizer) = (lead.at(&node.url), organizer.at(&node.url));
    assert_eq!(lead.post_form("/care/clock", &[]).await.status, StatusCode::OK);
    assert!(!confirms(&lead, "/safeguarding").await && !confirms(&organizer, "/organizer").await);
    // The calendar may have been first.
    node.app.rooms.erase_due(&node.app.files).await.unwrap();
    node.stop().await;
    assert!(!is_kept(&folder));
}

/// Whether a page asks its reader for the date.
async fn confirms(who: &Client, page: &str) -> bool {
    let page = who.get(page).await;
    assert_eq!(page.status, StatusCode::OK);
    page.body.contains("action=\"/care/clock\"")
}

fn is_kept(folder: &Folder) -> bool {
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.is_file())
        .any(|path| std::fs::read(path).unwrap().windows(HELD.len()).any(|part| part == HELD.as_bytes()))
}
