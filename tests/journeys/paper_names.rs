//! A name beside a paper follows what is noted of that person: wherever it stands, and at once (`S21`).

use std::time::{Duration, Instant};

use nadwa_domain::Who;
use nadwa_domain::conference::Act;
use nadwa_domain::ids::PersonId;
use nadwa_tests::client::{Client, Feed};
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use uuid::Uuid;

use crate::paper_desk::{PaperDesk, new_paper};

/// As an organizer wrote it down; the paper's own authors wrote «وردة».
const NAME: &str = "هند";
const TYPED: &str = "وردة";

/// A child of the conference, whose first name may be seen; their id.
async fn person(organizer: &Client) -> PersonId {
    let id = Uuid::new_v4();
    let text = id.to_string();
    let fields = [("id", text.as_str()), ("name.ar", NAME), ("group", "child"), ("shows", "first_name")];
    let answer = organizer.post_form("/organizer/people", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    PersonId(id)
}

/// What the family said is noted of the person, as it is for every speaker.
async fn family_says(organizer: &Client, person: PersonId, state: &str) {
    let fields = [("asked", "guardian"), ("state", state)];
    let answer = organizer.post_form(&format!("/organizer/people/{person}/consent"), &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// The organizer says who of the people the paper's one author is; an empty id says nobody.
async fn known(desk: &PaperDesk, organizer: &Client, person: &str) -> StatusCode {
    let page = organizer.get(&desk.at("/read")).await.body;
    let start = page.find(&desk.at("/authors/")).expect("an author") + desk.at("/authors/").len();
    let author: String = page[start..].chars().take(36).collect();
    let answer = organizer.post_form(&desk.at(&format!("/authors/{author}/known")), &[("person", person)]).await;
    answer.status
}

/// The person speaks in the live session, too, as the programme says.
async fn in_the_programme(hall: &Hall, person: PersonId) {
    let conference = hall.app().rooms.conference();
    let state = conference.state();
    let mut listing =
        state.sessions.iter().find(|listing| listing.session.to_string() == hall.live.id).unwrap().clone();
    listing.speakers.push(person);
    let seen = state.version_of(listing.session);
    conference.act(Who::Server, &Act::Save { seen, listing: Box::new(listing) }).await.unwrap();
    conference.act(Who::Server, &Act::Publish { seen: state.edition }).await.unwrap();
}

/// A public paper in the live session, credited by names.
async fn presented(hall: &Hall, organizer: &Client) -> PaperDesk {
    let desk = new_paper(hall, organizer).await;
    let author = desk.ready(hall).await;
    author.post_form(&desk.at("/publish"), &[("publish", "whole"), ("credit", "names")]).await;
    author.post_form(&desk.at("/submit"), &[]).await;
    desk.accept(hall, organizer, 0, 1).await;
    desk.consent(organizer, "given").await;
    desk
}

/// Pages of everybody on which a name of the paper may stand, as they are now.
async fn pages(hall: &Hall, desk: &PaperDesk) -> String {
    let stranger = Client::new(hall.url(), "");
    let mut all = String::new();
    for path in [desk.at(""), "/papers".to_owned(), "/papers/booklet".to_owned()] {
        all += &stranger.get(&path).await.body;
    }
    all
}

async fn until_named(feeds: &mut [Feed], name: &str, named: bool) {
    for feed in feeds {
        feed.until(|view| view.to_string().contains(name) == named).await;
    }
}

#[tokio::test]
async fn a_consent_that_is_withdrawn_takes_the_name_from_everything_within_a_second() {
    let hall = Hall::open().await;
    let (organizer, moderator) = (hall.by(&hall.organizer).await, hall.moderator().await);
    let desk = presented(&hall, &organizer).await;
    let person = person(&organizer).await;
    in_the_programme(&hall, person).await;
    moderator.does("/screen", serde_json::json!({"show": "plan"})).await;
    let mut feeds = [moderator.follow("screen").await, moderator.follow("console").await];
    until_named(&mut feeds, TYPED, true).await;
    assert!(pages(&hall, &desk).await.contains(TYPED));

    // Once it is noted who the author is, what was noted beside the paper does not count any more.
    assert_eq!(known(&desk, &organizer, &person.to_string()).await, StatusCode::OK);
    until_named(&mut feeds, TYPED, false).await;
    let now = pages(&hall, &desk).await;
    assert!(!now.contains(TYPED) && !now.contains(NAME), "nobody has asked the family yet");
    family_says(&organizer, person, "given").await;
    until_named(&mut feeds, NAME, true).await;
    assert!(pages(&hall, &desk).await.contains(NAME));
    let programme = async || Client::new(hall.url(), "").get("/programme").await.body;
    assert!(programme().await.contains(NAME));

    let began = Instant::now();
    family_says(&organizer, person, "withdrawn").await;
    assert!(!moderator.get(&desk.at("")).await.body.contains(NAME), "the next page does not have it");
    until_named(&mut feeds, NAME, false).await;
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    let now = pages(&hall, &desk).await + &programme().await;
    assert!(!now.contains(NAME) && !now.contains(TYPED), "nor the name that was typed");
    hall.close().await;
}

#[tokio::test]
async fn who_an_author_is_can_be_corrected_and_is_somebody_who_is_there() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let desk = presented(&hall, &organizer).await;
    let person = person(&organizer).await;
    assert_eq!(known(&desk, &organizer, &Uuid::new_v4().to_string()).await, StatusCode::NOT_FOUND);
    assert_eq!(known(&desk, &organizer, &person.to_string()).await, StatusCode::OK);
    let page = organizer.get(&desk.at("/read")).await.body;
    assert!(page.contains("كما سُجّل عند الأشخاص") && page.contains(&format!("/organizer/people/{person}")));
    assert!(!pages(&hall, &desk).await.contains(TYPED));
    assert_eq!(known(&desk, &organizer, "").await, StatusCode::OK);
    assert!(pages(&hall, &desk).await.contains(TYPED), "nobody of the people: then the paper's own consent counts");
    // Authors and mentors do not say who is who.
    for who in [desk.tablet(&hall).await, hall.by(&hall.mentor).await] {
        let answer = who.post_json(&desk.at(&format!("/authors/{person}/known")), serde_json::json!({})).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    hall.close().await;
}
