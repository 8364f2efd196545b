//! Addresses are what logs hold (`S13`, G6): no page leads to one with a secret in it, nor to one that says which phone or
//! which reader of the inbox it is about.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use nadwa_tests::page::forms;
use reqwest::StatusCode;
use serde_json::json;

/// Whatever a page asks a browser to ask for: links, forms, pictures. What stands behind `#` is sent to nobody.
fn addresses(html: &str) -> Vec<String> {
    let of = |attribute: &'static str| html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
    let all = [" href=\"", " action=\"", " src=\"", " formaction=\""].into_iter().flat_map(of);
    all.map(|address| address.split('#').next().unwrap_or_default().to_owned()).collect()
}

fn tells(html: &str, secrets: &[&str]) -> Vec<String> {
    addresses(html).into_iter().filter(|address| secrets.iter().any(|secret| address.contains(secret))).collect()
}

#[tokio::test]
async fn no_address_that_the_pages_lead_to_holds_a_secret_or_tells_of_whom_it_is() {
    let hall = Hall::open().await;
    let (phone, steward, lead) = (hall.phone().await, hall.steward().await, hall.by(&hall.safeguarding).await);
    let (own, here) = (phone.ask("سؤال ينتظر").await.to_string(), format!("/s/{}", hall.live.code));
    hall.clock.advance(31_000);
    let item = phone.ask("سؤال لفريق الحماية").await.to_string();
    steward.does(&format!("/questions/{item}/safeguard"), json!({})).await;
    let read = lead.post_form("/safeguarding/open", &[("item", &item)]).await.body;
    assert!(read.contains("سؤال لفريق الحماية"), "the lead reads it by an address that does not say so");
    let replied = lead.post_form("/safeguarding/reply", &[("item", &item), ("text", "نحن معك")]).await;
    let paper = lead.post_form("/safeguarding/record", &[("item", &item)]).await.body;
    assert!(paper.contains("سؤال لفريق الحماية") && paper.contains("نحن معك"));
    let messages = phone.get("/messages").await.body;
    assert!(messages.contains("نحن معك"));
    let of_phone = [phone.get(&here).await.body, messages];
    for page in of_phone.iter().chain([&read, &replied.body, &paper, &lead.get("/safeguarding").await.body]) {
        assert_eq!(tells(page, &[&own, &item]), Vec::<String>::new());
    }
    let (desk, code) = (format!("{here}/desk"), &hall.live.code);
    for page in [steward.get(&desk).await.body, steward.get("/desk").await.body] {
        assert!(page.contains("سؤال ينتظر"));
        assert_eq!(tells(&page, &[&own, &item]), Vec::<String>::new(), "nor which question a desk reads");
    }
    // What its own forms say in their bodies is done.
    let next = hall.phone().await.ask("سؤال يُقرأ بعد غيره").await.to_string();
    let read = steward.submit("/questions/read", &[("item", &next)]).await.body;
    let again = steward.get(&desk).await.body;
    for page in [&read, &again] {
        let decides = forms(page).into_iter().find(|form| form.action == format!("/s/{code}/questions/pass"));
        assert_eq!(decides.map(|form| form.fields), Some(vec![("item".to_owned(), next.clone())]), "it is read");
    }
    let unknown = steward.press("/questions/pass", json!({"item": "no id"})).await;
    assert_eq!((unknown.status, unknown.json()["refusal"].as_str()), (StatusCode::NOT_FOUND, Some("Unknown")));
    let back = phone.post_form(&format!("{here}/questions/withdraw"), &[("id", &own)]).await;
    assert!(back.status.is_success() && !back.body.contains("سؤال ينتظر"));
    assert_eq!(lead.get("/safeguarding/open").await.status, StatusCode::OK, "loaded anew, it is the list");
    assert_eq!(phone.unfollowed("/safeguarding/open").await.status, StatusCode::FORBIDDEN, "and nothing for others");
    // The history of a browser from before still leads to what was opened.
    let before = lead.get(&format!("/safeguarding?item={item}")).await.body;
    assert!(before.contains("سؤال لفريق الحماية") && before.contains("نحن معك"));
    hall.close().await;
}

#[tokio::test]
async fn a_link_is_exchanged_once_by_a_body_and_an_early_card_leads_to_its_door() {
    let hall = Hall::open().await;
    let (of_conference, of_papers) =
        ([&hall.safeguarding, &hall.organizer, &hall.owner], [&hall.authors, &hall.mentor]);
    let links = [&hall.live.console, &hall.live.desk].into_iter().chain(of_conference).chain(of_papers);
    for link in links {
        let (path, secret) = link.split_once('#').expect("the secret stands behind the sign that is not sent");
        assert!(path.ends_with("/p") || path.ends_with("/a"), "{path}");
        let stranger = Client::new(hall.url(), &hall.live.code);
        let door = stranger.get(&path[path.len() - 2..]).await;
        assert!(door.status.is_success() && door.body.contains("/enter.js") && door.body.contains("name=\"secret\""));
        assert!(!door.headers.contains_key("set-cookie"), "to look at the door lets nobody in");
        // A card of the time when secrets stood in the path: its holder is led to the door, which lets them in.
        let early = stranger.unfollowed(&format!("{}/{secret}", &path[path.len() - 2..])).await;
        assert_eq!((early.status, early.header("cache-control")), (StatusCode::SEE_OTHER, "no-store"));
        assert_eq!(early.header("location"), format!("{}#{secret}", &path[path.len() - 2..]));
        assert!(!early.headers.contains_key("set-cookie"));
        let typed = stranger.unfollowed(&format!("{}/123456789012345", &path[path.len() - 2..])).await;
        assert_eq!(typed.status, StatusCode::NOT_FOUND, "the number that is typed never stood in an address");
    }
    let console = hall.moderator().await;
    let page = console.get(&format!("/s/{}/console", hall.live.code)).await;
    let secret = hall.live.console.split_once('#').expect("a secret").1;
    assert!(!page.body.contains(secret), "no page repeats it");
    hall.close().await;
}
