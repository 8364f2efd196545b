//! From a question in the hall to an answer months later (`R3`, `P5` to `P7`): the children word a recommendation, confirm
//! and adopt it; an organization promises, is late, and answers; a receipt of paper still finds it.

use nadwa_domain::conference::verdicts::Verdict;
use nadwa_domain::conference::{Act, Listing};
use nadwa_domain::ids::{OrganisationId, RecommendationId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Role, Who};
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use nadwa_tests::page::forms;
use reqwest::StatusCode;
use serde_json::json;

use crate::routes::card;

const WORDED: &str = "أن يكون في كل مدرسة من يسمع الأطفال.";
const WORDED_EN: &str = "That every school has somebody who listens.";

/// What a form of a page would send, with other values in some fields.
async fn send(client: &Client, page: &str, action: &str, with: &[(&str, &str)]) -> (StatusCode, String) {
    let html = client.get(page).await.body;
    let form = forms(&html)
        .into_iter()
        .find(|form| form.action.ends_with(action))
        .unwrap_or_else(|| panic!("{action}: {html}"));
    let mut fields = form.fields.clone();
    for (name, value) in with {
        fields.retain(|(there, _)| there != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = client.post_form(&form.action, &fields).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn what_children_recommend_is_public_once_they_confirmed_it_and_its_answer_is_found_by_a_receipt() {
    let hall = Hall::open().await;
    let s = format!("/s/{}", hall.live.code);
    let (phone, steward, moderator) = (hall.phone().await, hall.steward().await, hall.moderator().await);
    let organizer = hall.by(&hall.organizer).await;
    let asked = phone.ask("من يسمعنا في المدرسة؟").await;
    let shown = phone.press("/receipt", json!({"id": asked})).await.json();
    let receipt: String = shown["message"].as_str().expect("a number").chars().filter(char::is_ascii_digit).collect();
    steward.does(&format!("/questions/{asked}/pass"), json!({})).await;
    let owed = [("pick", asked.to_string()), ("as", "owed".into()), ("to", "وزارة المثال".into())];
    let owed: Vec<_> = owed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(moderator.post_form(&format!("{s}/fates"), &owed).await.status, StatusCode::OK);

    // The moderators find it by the link of what has no fate, and make a recommendation of it.
    let fates = moderator.get(&format!("{s}/fates")).await.body;
    assert!(fates.contains(&format!("{s}/recommendations")));
    let page = format!("{s}/recommendations");
    let begun = forms(&moderator.get(&page).await.body).into_iter().find(|form| !form.posts).expect("what is owed");
    let begun: Vec<String> = begun.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let begun = format!("{page}?{}", begun.join("&"));
    let (status, _) =
        send(&moderator, &begun, "/recommendations", &[("text.ar", WORDED), ("text.en", WORDED_EN)]).await;
    assert_eq!(status, StatusCode::OK);
    let everybody = Client::new(hall.url(), "");
    let public = async |lang: &str| everybody.get(&format!("/outcomes?lang={lang}")).await.body;
    assert!(!public("ar").await.contains(WORDED), "nothing is public before they confirm it");
    let own = moderator.get(&page).await.body;
    let own = own.split(WORDED).nth(1).expect("it is there");
    let own = forms(own).into_iter().find(|form| form.action.ends_with("/confirm")).expect("to be confirmed").action;
    let id = own.strip_suffix("/confirm").expect("an address").rsplit('/').next().expect("an id").to_owned();
    for verb in ["confirm", "adopt"] {
        let (status, _) = send(&moderator, &page, &format!("/{id}/{verb}"), &[]).await;
        assert_eq!(status, StatusCode::OK, "{verb}");
    }
    assert!(public("ar").await.contains(WORDED));
    let english = public("en").await;
    assert!(english.contains(WORDED) && !english.contains(WORDED_EN), "English is not confirmed: the other is shown");

    // An organization promises; "not now" needs words; a day that is over is no promise.
    let promise = format!("/organizer/outcomes/{id}");
    assert!(organizer.get("/organizer/outcomes").await.body.contains(&promise));
    for (fields, field) in [
        ([("due", "2022-05-22"), ("progress", "received")], "يوم قادم"),
        ([("due", "2022-05-25"), ("progress", "not_now")], "سبب"),
    ] {
        let (status, body) = send(&organizer, &promise, &promise, &fields).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains(field), "{field}");
    }
    let waits = [("due", "٢٥/٥/٢٠٢٢"), ("progress", "looked_at")];
    assert_eq!(send(&organizer, &promise, &promise, &waits).await.0, StatusCode::OK);
    let late = "تأخر الجواب";
    let of_it = |html: String| {
        html.split(WORDED).nth(1).unwrap_or_default().split("</li>").next().unwrap_or_default().to_owned()
    };
    assert!(!of_it(public("ar").await).contains(late));
    hall.clock.advance(4 * 24 * 3_600_000);
    assert!(
        of_it(public("ar").await).contains(late)
            && of_it(organizer.get("/organizer/outcomes").await.body).contains(late)
    );
    let markup = "<b>نعم</b>، في الخريف";
    let answered = [("progress", "agreed"), ("answer.ar", markup)];
    let again = hall.new_device_by(&organizer_link(&hall).await).await;
    assert_eq!(send(&again, &promise, &promise, &answered).await.0, StatusCode::OK);
    let told = of_it(public("ar").await);
    assert!(!told.contains(late) && told.contains("&lt;b&gt;نعم") && !told.contains("<b>نعم"), "{told}");
    let feed = everybody.get("/outcomes.atom").await;
    assert!(feed.header("content-type").starts_with("application/atom+xml") && feed.body.contains("&lt;b&gt;نعم"));

    // The receipt finds it, on any device, whatever became of the words.
    let found = everybody.post_form("/r", &[("secret", &receipt)]).await.body;
    assert!(found.contains("صار السؤال جزءًا من توصية") && found.contains("/outcomes#r-"), "{found}");

    // The session becomes a closed meeting: nobody outside hears of it again (`S18`).
    let conference = hall.app().rooms.conference();
    let id: SessionId = hall.sessions[0].id.parse().expect("an id");
    let listing = conference.state().listing(id).cloned().expect("its listing");
    let closed = Listing { kind: Kind::ClosedMeeting, code: None, ..listing };
    let save = Act::Save { seen: conference.state().version_of(id), listing: Box::new(closed) };
    conference.act(Who::Server, &save).await.expect("it is written anew");
    let feed = everybody.get("/outcomes.atom").await.body;
    assert!(!public("ar").await.contains(WORDED) && !feed.contains(WORDED));
    hall.close().await;
}

/// An organizer's session ends after a time: the next one comes by a link of their own.
async fn organizer_link(hall: &Hall) -> String {
    let (link, _) = card(hall, Role::Organizer, None::<SessionId>).await;
    link
}

/// The demo's promise that is late, or that is not: which, and whose.
fn promised(hall: &Hall, late: bool) -> (RecommendationId, OrganisationId) {
    let (state, now) = (hall.app().rooms.conference().state(), hall.clock.now());
    let mut promises = state.recommendations.iter().filter_map(|(id, known)| Some((*id, known.promise.as_ref()?)));
    let (id, (promise, _)) = promises.find(|(_, (promise, _))| promise.is_late(now) == late).expect("the demo has one");
    (id, promise.by)
}

#[tokio::test]
async fn an_organisation_answers_by_its_own_pass_sees_how_children_read_it_and_nothing_of_others() {
    let hall = Hall::open().await;
    let ((late, of), (other, of_other)) = (promised(&hall, true), promised(&hall, false));
    assert_ne!(of, of_other);
    let (organizer, phone) = (hall.by(&hall.organizer).await, hall.phone().await);
    let nobodys = organizer.post_form("/organizer/cards", &[("role", "respondent")]).await;
    assert!(nobodys.status == StatusCode::UNPROCESSABLE_ENTITY && nobodys.body.contains("من جهة في القائمة"));
    let official = hall.by(&hall.owner).await;
    assert_eq!(phone.get("/answers").await.status, StatusCode::FORBIDDEN);
    let list = official.get("/answers").await.body;
    assert!(list.contains(&late.to_string()) && !list.contains(&other.to_string()), "what they owe alone");
    let (own, others) = (format!("/answers/{late}"), format!("/answers/{other}"));
    assert_eq!(official.get(&others).await.status, StatusCode::NOT_FOUND);
    let theirs = [("progress", "agreed"), ("answer.ar", "نعم")];
    assert_eq!(official.post_form(&others, &theirs).await.status, StatusCode::NOT_FOUND);

    // Seen first, as children will read it: markup is text, and nobody else reads it yet.
    let said = [("progress", "not_now"), ("answer.ar", "<i>لا ميزانية</i> هذا العام"), ("preview", "on")];
    let (status, seen) = send(&official, &own, &own, &said).await;
    assert!(status == StatusCode::OK && seen.contains("هكذا يقرؤه الأطفال") && !seen.contains("<i>لا ميزانية"), "{seen}");
    let public = async || phone.get("/outcomes").await.body;
    assert!(!public().await.contains("لا ميزانية"));
    let (status, empty) = send(&official, &own, &own, &said[..1]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && empty.contains("سبب"), "not now needs a reason");
    assert_eq!(send(&official, &own, &own, &said[..2]).await.0, StatusCode::OK);
    assert!(public().await.contains("&lt;i&gt;لا ميزانية"));

    // A form that was open since before: nothing typed is lost, and what stands there stays.
    let old = [("seen", "1"), ("progress", "agreed"), ("answer.ar", "نعم، كلها")];
    let (status, told) = send(&official, &own, &own, &old).await;
    assert!(status.is_client_error() && told.contains("نعم، كلها") && public().await.contains("لا ميزانية"), "{status}");
    hall.close().await;
}

#[tokio::test]
async fn the_statement_is_kept_as_a_pdf_read_out_one_by_one_and_its_days_are_a_calendar() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let (late, _) = promised(&hall, true);
    let (status, headers, pdf) = phone.bytes("/outcomes.pdf").await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "application/pdf"));
    assert!(pdf.starts_with(b"%PDF-") && headers["content-disposition"].to_str().unwrap().contains("statement.pdf"));
    let first = phone.get("/outcomes/read").await.body;
    assert!(first.contains("خط مساندة الأطفال") && first.contains("/outcomes/read?n=2"));
    let second = phone.get("/outcomes/read?n=2").await.body;
    assert!(second.contains("في كل مدرسة") && second.contains("/outcomes/read?n=1"));
    for none in ["/outcomes/read?n=4", "/outcomes/read?n=0"] {
        assert_eq!(phone.get(none).await.status, StatusCode::NOT_FOUND, "{none}: not adopted, and nothing at all");
    }
    let calendar = phone.get("/outcomes.ics").await;
    assert!(calendar.header("content-type").starts_with("text/calendar"));
    assert_eq!(calendar.body.matches("BEGIN:VEVENT").count(), 1, "what is answered is no day to wait for");
    assert!(calendar.body.contains(&late.to_string()) && calendar.body.contains("DTSTART:"));
    hall.close().await;
}

#[tokio::test]
async fn phones_say_whether_an_answer_is_enough_adults_do_not_and_five_are_told() {
    let hall = Hall::open().await;
    let (answered, _) = promised(&hall, false);
    let enough = format!("/outcomes/{answered}/enough");
    let said = async |phone: &Client, verdict: &str| send(phone, "/outcomes", &enough, &[("verdict", verdict)]).await;
    let counted = "رأي الأطفال في الجواب";
    for place in 0..5 {
        let phone = hall.phone().await;
        assert!(!phone.get("/outcomes").await.body.contains(counted), "{place}");
        let (status, told) = said(&phone, "no").await;
        assert!(status == StatusCode::OK && told.contains("حُفظ الرأي"), "{told}");
        said(&phone, "partly").await;
    }
    let told = Client::new(hall.url(), "").get("/outcomes?lang=en").await.body;
    assert!(told.contains("What children say of the answer") && told.contains("A part of it is"), "{told}");
    let organizer = hall.by(&hall.organizer).await;
    assert!(!organizer.get("/outcomes").await.body.contains(&enough));
    assert_eq!(organizer.post_form(&enough, &[("verdict", "yes")]).await.status, StatusCode::FORBIDDEN);
    let history = hall.app().rooms.conference().state().recommendations[&answered].verdicts.clone();
    assert!(history.len() == 5 && history.values().all(|verdict| *verdict == Verdict::Partly));
    hall.close().await;
}
