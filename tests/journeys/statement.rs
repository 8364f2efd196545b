//! From a question in the hall to an answer months later (`R3`, `P5` to `P7`): the children word a recommendation, confirm
//! and adopt it; an organization promises, is late, and answers; a receipt of paper still finds it.

use nadwa_domain::Role;
use nadwa_domain::ids::SessionId;
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
    hall.close().await;
}

/// An organizer's session ends after a time: the next one comes by a link of their own.
async fn organizer_link(hall: &Hall) -> String {
    let (link, _) = card(hall, Role::Organizer, None::<SessionId>).await;
    link
}
