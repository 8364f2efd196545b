//! Duties apart (`G9`): whoever organizes does not read what children wrote, and does not run their session.

use nadwa_domain::Role;
use nadwa_domain::conference::pass::Pass;
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;

use crate::passes::code_on;
use crate::preparing::Empty;

fn asked(hall: &Hall) -> Option<Pass> {
    hall.app().rooms.conference().state().passes.values().find(|pass| pass.asked && !pass.revoked).cloned()
}

/// The link on a sheet, without the server's address.
fn link_on(sheet: &str) -> Option<String> {
    let at = sheet.find("/a#")?;
    Some(sheet[at..].chars().take_while(|sign| !matches!(sign, '<' | '"')).collect())
}

#[tokio::test]
async fn one_more_card_of_the_lead_rings_at_the_lead_and_is_shown_once_they_agree() {
    let hall = Hall::open().await;
    let (organizer, lead) = (hall.by(&hall.organizer).await, hall.by(&hall.safeguarding).await);
    let mut watch = lead.follow_at("/safeguarding/feed").await;
    assert_eq!(watch.named("frame").await["view"]["ring"], false);
    let issued = organizer.post_form("/organizer/cards", &[("role", "safeguarding_lead")]).await;
    assert_eq!((issued.status, link_on(&issued.body)), (StatusCode::OK, None), "an organizer alone gets no link");
    while watch.named("frame").await["view"]["ring"] == false {}
    let card = asked(&hall).expect("it is asked for").issued.id;
    let print = format!("/organizer/cards/{card}/print");
    assert_eq!(organizer.post_form(&print, &[]).await.status, StatusCode::NOT_FOUND, "nor before the lead agrees");
    let agree = format!("/safeguarding/cards/{card}/agree");
    assert!(lead.get("/safeguarding").await.body.contains(&agree), "it stands on the lead's page");
    assert_eq!(organizer.post_form(&agree, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(lead.post_form(&agree, &[]).await.status, StatusCode::OK);
    let link = link_on(&organizer.post_form(&print, &[]).await.body).expect("now it is shown");
    assert_eq!(organizer.post_form(&print, &[]).await.status, StatusCode::NOT_FOUND, "and once");
    // Whoever saw the link does not open it; whoever it is for does.
    assert_eq!(organizer.get(&link).await.status, StatusCode::FORBIDDEN);
    assert_eq!(organizer.get("/safeguarding").await.status, StatusCode::FORBIDDEN);
    assert_eq!(hall.by(&link).await.get("/safeguarding").await.status, StatusCode::OK);
    let record = lead.get("/record").await.body;
    for line in ["طلب بطاقة الحماية", "موافقة على بطاقة الحماية", "إظهار بطاقة الحماية", "دخول ببطاقة الحماية"]
    {
        assert!(record.contains(line), "{line}");
    }
    hall.close().await;
}

#[tokio::test]
async fn an_organizer_shuts_nobody_of_safeguarding_out() {
    let hall = Hall::open().await;
    let (organizer, lead) = (hall.by(&hall.organizer).await, hall.by(&hall.safeguarding).await);
    let state = hall.app().rooms.conference().state();
    let card = state.passes.values().find(|pass| pass.issued.role == Role::SafeguardingLead && pass.used).unwrap();
    let device = state.devices.values().find(|device| device.new.pass == card.issued.id).unwrap().new.id;
    for path in [
        format!("/organizer/cards/{}/revoke", card.issued.id),
        format!("/organizer/cards/{}/reissue", card.issued.id),
        format!("/organizer/access/devices/{device}/sign-out"),
    ] {
        assert_eq!(organizer.post_form(&path, &[]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(lead.get("/safeguarding").await.status, StatusCode::OK);
    hall.close().await;
}

#[tokio::test]
async fn an_organizers_device_runs_no_session_by_a_childs_card() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let fields = [("role", "moderator"), ("session", hall.live.code.as_str())];
    let code = code_on(&organizer.post_form("/organizer/cards", &fields).await.body);
    organizer.post_form("/card", &[("code", &code)]).await;
    organizer.refused("/timer/pause", json!({}), "NotYours").await;
    let child = Client::new(hall.url(), &hall.live.code);
    assert_eq!(child.post_form("/card", &[("code", &code)]).await.status, StatusCode::OK);
    child.does("/timer/pause", json!({})).await;
    hall.close().await;
}

/// A device that has locked itself is still whose it was: a lock is no way around what stands apart.
#[tokio::test]
async fn an_organizers_locked_device_is_neither_a_childs_nor_the_leads() {
    let hall = Hall::open().await;
    let (organizer, lead) = (hall.by(&hall.organizer).await, hall.by(&hall.safeguarding).await);
    let fields = [("role", "moderator"), ("session", hall.live.code.as_str())];
    let code = code_on(&organizer.post_form("/organizer/cards", &fields).await.body);
    organizer.post_form("/organizer/cards", &[("role", "safeguarding_lead")]).await;
    let card = asked(&hall).expect("it is asked for").issued.id;
    lead.post_form(&format!("/safeguarding/cards/{card}/agree"), &[]).await;
    let sheet = organizer.post_form(&format!("/organizer/cards/{card}/print"), &[]).await.body;
    let link = link_on(&sheet).expect("it is shown once");
    assert_eq!(organizer.post_form("/lock", &[]).await.status, StatusCode::OK);
    assert_eq!(organizer.get("/organizer").await.status, StatusCode::FORBIDDEN, "it is locked");
    assert_eq!(organizer.get(&link).await.status, StatusCode::FORBIDDEN);
    assert_eq!(organizer.get("/safeguarding").await.status, StatusCode::FORBIDDEN);
    organizer.post_form("/card", &[("code", &code)]).await;
    organizer.refused("/timer/pause", json!({}), "NotYours").await;
    hall.close().await;
}

/// The other way round somebody is asked, and the inbox leaves the device before the organizers' pages come.
#[tokio::test]
async fn whoever_reads_the_inbox_and_then_organizes_on_one_device_is_asked_and_reads_it_no_more() {
    let hall = Hall::open().await;
    let lead = hall.by(&hall.safeguarding).await;
    let asks = lead.get(hall.organizer.strip_prefix(hall.url()).unwrap_or(&hall.organizer)).await;
    assert!(asks.body.contains("action=\"/instead\""), "{} {}", asks.status, asks.body);
    assert_eq!(lead.get("/organizer").await.status, StatusCode::FORBIDDEN);
    assert_eq!(lead.get("/safeguarding").await.status, StatusCode::OK, "nothing happens before the answer");
    let token = asks.body.split("name=\"secret\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    lead.post_form("/instead", &[("secret", token)]).await;
    assert_eq!(lead.get("/organizer").await.status, StatusCode::OK);
    assert_eq!(lead.get("/safeguarding").await.status, StatusCode::FORBIDDEN);
    hall.close().await;
}

#[tokio::test]
async fn an_invitation_works_once_and_a_new_phrase_asks_for_the_old_one_and_signs_other_devices_out() {
    let empty = Empty::set_up().await;
    let invite = async || {
        let page = empty.does("/organizer/access/invite", &[]).await.body;
        link_on(&page).expect("it is shown once")
    };
    let device = || Client::new(&empty.node.url, "");
    let (link, late) = (invite().await, invite().await);
    let invited = device();
    assert_eq!(invited.get(&link).await.status, StatusCode::OK);
    assert_eq!(device().get(&link).await.status, StatusCode::FORBIDDEN, "it was opened before");
    empty.wait(24 * 60 * 60 * 1000);
    assert_eq!(device().get(&late).await.status, StatusCode::FORBIDDEN, "a day is over");
    assert_eq!(invited.get("/organizer").await.status, StatusCode::FORBIDDEN, "also for who chose no phrase");
    let invited = device();
    invited.get(&invite().await).await;
    let secret = |old: &'static str, secret: &'static str| [("login", "sara"), ("old", old), ("secret", secret)];
    let path = "/organizer/secret";
    assert_eq!(invited.post_form(path, &secret("", "a long phrase of hers")).await.status, StatusCode::OK);
    let other = device();
    other.post_form("/sign-in", &[("login", "sara"), ("secret", "a long phrase of hers")]).await;
    assert_eq!(other.get("/organizer").await.status, StatusCode::OK);
    let wrong = other.post_form(path, &secret("a phrase of others", "the phrase of another")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.wait(48 * 60 * 60 * 1000);
    assert_eq!(invited.get("/organizer").await.status, StatusCode::OK, "what ended was the link");
    assert_eq!(
        invited.post_form(path, &secret("a long phrase of hers", "another phrase of hers")).await.status,
        StatusCode::OK
    );
    assert_eq!(invited.get("/organizer").await.status, StatusCode::OK);
    assert_eq!(other.get("/organizer").await.status, StatusCode::FORBIDDEN, "every other device is out");
    empty.close().await;
}
