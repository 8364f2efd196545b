//! Reading: in one's own language, digits, words and letters; chosen on the device, proposed by the conference.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;

/// The first tag of a page.
fn first_tag(page: &str) -> &str {
    page.split_once("<html").and_then(|(_, rest)| rest.split_once('>')).map(|(tag, _)| tag).unwrap_or_default()
}

#[tokio::test]
async fn the_first_byte_knows_language_and_direction() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    assert!(first_tag(&phone.get("/").await.body).contains(r#"lang="ar" dir="rtl""#), "Arabic is the default");
    assert!(first_tag(&phone.get("/?lang=fr").await.body).contains(r#"lang="fr" dir="ltr""#), "then a link");
    phone.get("/lang/en?to=/").await;
    assert!(first_tag(&phone.get("/?lang=fr").await.body).contains(r#"lang="en" dir="ltr""#), "a choice is stronger");
    hall.close().await;
}

#[tokio::test]
async fn the_language_of_a_link_stays_with_it() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let joined = phone.get(&format!("/j/{}?lang=en", hall.live.code)).await;
    assert!(first_tag(&joined.body).contains(r#"lang="en""#), "{}", first_tag(&joined.body));
    assert!(first_tag(&phone.get("/help").await.body).contains(r#"lang="en""#), "and on the next page");
    assert!(first_tag(&phone.get("/?lang=fr").await.body).contains(r#"lang="fr""#), "another link is another language");
    phone.get("/lang/ar?to=/").await;
    assert!(first_tag(&phone.get("/programme?lang=en").await.body).contains(r#"lang="ar""#), "a choice is stronger");
    // A calendar program has no cookie: the address says it.
    let english = hall.phone().await.get("/programme?lang=en").await.body;
    let address = english.split("href=\"/programme.ics").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let calendar = Client::new(hall.url(), "").get(&format!("/programme.ics{address}")).await.body;
    assert!(calendar.contains("Opening of the conference") && !calendar.contains("افتتاح المؤتمر"), "{calendar}");
    hall.close().await;
}

#[tokio::test]
async fn a_device_that_has_chosen_nothing_is_answered_in_its_own_language() {
    let hall = Hall::open().await;
    let session = format!("/s/{}", hall.live.code);
    let page = async |path: &str, wishes: &str, more: &str| {
        let request = reqwest::Client::new().get(format!("{}{path}", hall.url())).header("accept-language", wishes);
        let body = request.header("cookie", more).send().await.unwrap().text().await.unwrap();
        first_tag(&body).to_owned()
    };
    assert!(page(&session, "fr-CH, fr;q=0.9, en;q=0.8", "").await.contains(r#"lang="fr""#));
    assert!(page(&session, "de, *;q=0.5", "").await.contains(r#"lang="ar""#), "a language that nobody here speaks");
    assert!(page(&session, "fr", "nadwa_lang=en").await.contains(r#"lang="en""#), "a choice is stronger");
    assert!(page(&format!("{session}?lang=en"), "fr", "").await.contains(r#"lang="en""#), "and so is a link");
    assert!(page(&format!("{session}/screen"), "fr", "").await.contains(r#"lang="ar""#), "a wall is the hall's");
    hall.close().await;
}

#[tokio::test]
async fn a_reader_chooses_letters_distances_colours_digits_and_words() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let path = format!("/s/{}", hall.live.code);
    let page = phone.get(&format!("/comfort?to={path}")).await;
    assert!(page.body.contains(&format!(r#"name="to" value="{path}""#)), "it knows the way back");
    let choice = [
        ("to", path.as_str()),
        ("size", "largest"),
        ("lines", "wide"),
        ("words", "wide"),
        ("theme", "calm"),
        ("digits", "arab"),
        ("register", "younger"),
        ("vowels", "all"),
    ];
    let page = phone.post_form("/comfort", &choice).await;
    assert_eq!(page.status, StatusCode::OK);
    let looks = r#"data-theme="calm" data-size="largest" data-lines="wide" data-words="wide""#;
    assert!(first_tag(&page.body).contains(looks), "{}", first_tag(&page.body));
    assert!(page.body.contains("شَخْصٌ كَبِيرٌ مُدَرَّبٌ"), "the easier words, with their vowels");
    assert!(page.body.contains("ar-arab-younger-vowels"), "the island is told, too");
    let wall = phone.get(&format!("{path}/screen")).await;
    assert!(!first_tag(&wall.body).contains("data-size"), "a wall is for everybody");
    let page = phone.post_form("/comfort", &[("size", "<b>"), ("theme", "auto"), ("to", "//evil.example")]).await;
    assert!(!first_tag(&page.body).contains("data-size") && !first_tag(&page.body).contains("data-theme"));
    assert!(first_tag(&page.body).contains(r#"data-lines="wide""#), "what is not said stays");
    hall.close().await;
}

#[tokio::test]
async fn the_conference_proposes_and_each_device_decides() {
    let hall = Hall::open().await;
    let (organizer, early) = (hall.by(&hall.organizer).await, hall.phone().await);
    early.get("/digits/latn?to=/").await;
    let all = [("lang", "fr"), ("digits", "arab"), ("register", "younger"), ("hijri", "yes")];
    let page = organizer.post_form("/organizer/reading", &all).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(first_tag(&hall.phone().await.get("/").await.body).contains(r#"lang="fr""#));
    let programme = hall.phone().await.get("/programme").await.body;
    assert!(programme.contains("22 chawwal 1443 H"), "French has no other digits: {programme}");
    let late = hall.phone().await;
    late.get("/lang/ar?to=/").await;
    let programme = late.get("/programme").await.body;
    assert!(programme.contains("شوال ١٤٤٣ للهجرة") && programme.contains("٨:٣٠"), "{programme}");
    early.get("/lang/ar?to=/").await;
    assert!(early.get("/programme").await.body.contains("8:30"), "a choice is stronger than what is proposed");
    let refused = hall.moderator().await.post_form("/organizer/reading", &all).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    hall.close().await;
}

#[tokio::test]
async fn the_months_are_called_as_the_conference_calls_them_on_pages_and_on_the_wall() {
    let hall = Hall::open().await;
    let (organizer, phone) = (hall.by(&hall.organizer).await, hall.phone().await);
    let wall = format!("/s/{}/screen", hall.sessions[1].code);
    for path in ["/programme", wall.as_str()] {
        assert!(phone.get(path).await.body.contains(" مايو"), "the Gulf's names, until somebody chose: {path}");
    }
    let page = organizer.post_form("/organizer/reading", &[("months", "levant")]).await;
    assert_eq!(page.status, StatusCode::OK);
    for path in ["/programme", wall.as_str()] {
        let seen = phone.get(path).await.body;
        assert!(seen.contains(" أيار") && !seen.contains("مايو"), "{path}: {seen}");
    }
    assert!(phone.get("/programme?lang=fr").await.body.contains("23 mai"), "other languages call them one way");
    organizer.post_form("/organizer/reading", &[("months", "strange"), ("digits", "arab")]).await;
    assert!(hall.phone().await.get("/programme").await.body.contains("٢٣ أيار"), "what is not understood stays");
    hall.close().await;
}

#[test]
fn only_recordings_are_taken_from_the_folder() {
    let folder = nadwa_tests::folder::Folder::new();
    std::fs::create_dir_all(folder.path()).unwrap();
    for name in ["promises.ar.mp3", "notes.txt"] {
        std::fs::write(folder.path().join(name), "sound").unwrap();
    }
    let shelf = nadwa::http::recordings::Shelf::open(Some(folder.path())).unwrap();
    assert!(shelf.recordings.has("promises.ar.mp3") && !shelf.recordings.has("notes.txt"));
    assert!(nadwa::http::recordings::Shelf::open(Some(&folder.path().join("missing"))).is_err());
}

#[tokio::test]
async fn a_page_is_read_aloud_where_organizers_have_recorded_it() {
    let folder = nadwa_tests::folder::Folder::new();
    std::fs::create_dir_all(folder.path()).unwrap();
    std::fs::write(folder.path().join("promises.ar.mp3"), "sound").unwrap();
    let hall = Hall::open_with_recordings(folder.path()).await;
    let phone = hall.phone().await;
    assert!(phone.get("/").await.body.contains(r#"src="/recordings/promises.ar.mp3""#));
    assert!(!phone.get("/?lang=fr").await.body.contains("<audio"), "never in another language");
    let sound = phone.get("/recordings/promises.ar.mp3").await;
    assert_eq!((sound.header("content-type"), sound.body.as_str()), ("audio/mpeg", "sound"));
    for other in ["promises.fr.mp3", "..%2Fpromises.ar.mp3", "notes.txt"] {
        assert_eq!(phone.get(&format!("/recordings/{other}")).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    hall.close().await;
}

#[tokio::test]
async fn the_worker_and_its_page_are_the_same_for_everybody() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let worker = phone.get("/sw.js").await;
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("cache-control"), "no-cache");
    assert_eq!(worker.header("content-security-policy"), "default-src 'none'; connect-src 'self'", "or no page comes");
    assert!(worker.body.starts_with("const BUILD = \"test\"\n"), "another build is another worker");
    let page = phone.get("/").await;
    assert!(page.header("content-security-policy").contains("worker-src 'self'"));
    assert!(page.body.contains(r#"src="/start.js""#));
    assert!(phone.get("/offline").await.body.contains("/help"));
    hall.close().await;
}
