//! What people choose from (`H2`): each variant of an enum is offered where it may be chosen, or excused here by name.

use std::collections::BTreeSet;

use nadwa_domain::conference::people::{Consent, Group, Shows};
use nadwa_domain::paper;
use nadwa_domain::session::plan::{Kind, SlotKind};
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::signal::Signal;
use nadwa_domain::session::team::{Help, Ready};
use nadwa_domain::{Choice, Role};
use nadwa_tests::hall::Hall;
use nadwa_tests::page::{Form, forms, links, offered};
use uuid::Uuid;

use crate::preparing::{Empty, pairs, session};

/// Every variant but those that are excused, each with its reason.
fn all_but<T: Choice>(excused: &[(T, &str)]) -> BTreeSet<String> {
    let not: Vec<&str> = excused.iter().map(|(value, _)| value.key()).collect();
    T::ALL.iter().map(|value| value.key().to_owned()).filter(|key| !not.contains(&key.as_str())).collect()
}

fn polls() -> BTreeSet<String> {
    PollKind::all().map(|kind| kind.key().to_owned()).collect()
}

#[tokio::test]
async fn an_organizer_is_offered_every_role_kind_and_consent() {
    let empty = Empty::set_up().await;
    let (room, id) = (empty.room().await, Uuid::new_v4().to_string());
    empty.does(&format!("/organizer/sessions/{id}"), &pairs(&session(&room, "أصواتنا", "10:30", "11:30"))).await;
    let person = Uuid::new_v4().to_string();
    let child = [("id", person.as_str()), ("name.ar", "مريم"), ("group", "child"), ("shows", "role")];
    empty.does("/organizer/people", &child).await;

    let others: [(Role, &str); 3] = [
        (Role::Organizer, "comes by an invitation"),
        (Role::Author, "is given beside the call for papers"),
        (Role::Mentor, "is given beside the papers"),
    ];
    let was = [(Consent::Unchecked, "is so until somebody has asked")];
    let places = [
        ("/organizer/cards".to_owned(), "role", all_but(&others)),
        (format!("/organizer/sessions/{id}"), "kind", all_but::<Kind>(&[])),
        (format!("/organizer/sessions/{id}/show"), "kind", all_but::<SlotKind>(&[])),
        (format!("/organizer/sessions/{id}/polls"), "kind", polls()),
        ("/organizer/people".to_owned(), "group", all_but::<Group>(&[])),
        ("/organizer/people".to_owned(), "shows", all_but::<Shows>(&[])),
        ("/papers/table".to_owned(), "state", all_but::<paper::State>(&[])),
    ];
    for (page, name, expected) in places {
        let body = empty.organizer.get(&page).await.body;
        assert_eq!(offered(&body, name), expected, "{page}: {name}");
    }
    let person = empty.organizer.get(&format!("/organizer/people/{person}")).await.body;
    for state in all_but(&was) {
        assert!(person.contains(&format!("value=\"{state}\"")), "{state}: {person}");
    }
    empty.close().await;
}

#[tokio::test]
async fn children_are_offered_every_kind_of_step_poll_call_word_and_sign() {
    let hall = Hall::open().await;
    let (child, phone) = (hall.moderator().await, hall.phone().await);
    let at = |page: &str| format!("/s/{}{page}", hall.live.code);
    let console = child.get(&at("/console")).await.body;
    assert_eq!(offered(&console, "help"), all_but::<Help>(&[]), "the console's calls");
    let kinds = offered(&console, "kind");
    assert!(kinds.is_superset(&polls()), "the console's polls: {kinds:?}");
    let backstage = hall.by(&hall.live.desk).await.get(&at("/backstage")).await.body;
    let of_others = [(Ready::Interpreters, "is said by the interpreters' own button")];
    assert!(offered(&backstage, "ready").is_superset(&all_but(&of_others)), "words from behind the scenes");
    let plan = child.get(&at("/console/plan")).await.body;
    let later = [(SlotKind::Poll, "needs its question beforehand")];
    assert_eq!(offered(&plan, "kind"), all_but(&later), "steps that are added on the day");
    let page = phone.get(&at("")).await.body;
    assert_eq!(offered(&page, "signal"), all_but::<Signal>(&[]), "the hall's gentle signs");
    hall.close().await;
}

#[tokio::test]
async fn a_step_without_a_speaker_stays_of_its_kind_in_the_organizers_form() {
    let empty = Empty::set_up().await;
    let (room, id) = (empty.room().await, Uuid::new_v4().to_string());
    empty.does(&format!("/organizer/sessions/{id}"), &pairs(&session(&room, "أصواتنا", "10:30", "11:30"))).await;
    let show = format!("/organizer/sessions/{id}/show");
    for kind in [SlotKind::Questions, SlotKind::Break, SlotKind::Energiser] {
        let form = step(&empty.organizer.get(&show).await.body);
        let fields = form.with("kind", kind.key());
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = empty.does(&form.action, &fields).await.body;
        let edits: Vec<String> = links(&page).into_iter().filter(|link| link.contains("?slot=")).collect();
        let mut kinds = Vec::new();
        for edit in edits {
            let chosen = step(&empty.organizer.get(&edit).await.body).fields;
            kinds.extend(chosen.into_iter().find(|(name, _)| name == "kind").map(|(_, value)| value));
        }
        assert!(kinds.iter().any(|chosen| chosen == kind.key()), "{kind:?} among {kinds:?}");
    }
    empty.close().await;
}

/// The form of a step.
fn step(page: &str) -> Form {
    let has_kind = |form: &Form| form.fields.iter().any(|(name, _)| name == "kind");
    forms(page).into_iter().find(has_kind).expect("the form of a step")
}
