//! What became of a question (`R1`): the receipt finds it, on any device, and tells nothing else.

use nadwa::store;
use nadwa_domain::Role;
use nadwa_tests::client::{Answer, Client};
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{Hall, Node};
use reqwest::StatusCode;
use serde_json::json;
use sqlx::Connection;
use uuid::Uuid;

use crate::routes::{closed_meeting, with_pass};

const SAUAL: &str = "لماذا لا يجيب الخط ليلًا؟";
const ANSWERED: &str = "أُجيب عن السؤال في الجلسة.";
const READ: &str = "شخص كبير مدرَّب يقرأ الأسئلة، وهذا منها.";
const LATE: &str = "لم يأتِ جواب بعد";

/// The number on a page, as a person reads it.
fn number(page: &str) -> String {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut texts = page.split('>').map(|part| digits(part.split('<').next().unwrap_or_default()));
    texts.find(|digits| digits.len() == 16).unwrap_or_else(|| panic!("no number in {page}"))
}

async fn receipt_of(phone: &Client, question: Uuid) -> String {
    let page = phone.submit("/receipt", &[("id", &question.to_string())]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    number(&page.body)
}

/// Whoever has nothing but the number.
async fn fate(base: &str, number: &str) -> Answer {
    let stranger = Client::new(base, "");
    assert_eq!(stranger.get("/r").await.status, StatusCode::OK);
    stranger.post_form("/r", &[("secret", number)]).await
}

/// Moves the clock on, with an adult at the desk.
async fn later(hall: &Hall, millis: i64) {
    hall.clock.advance(millis);
    hall.steward().await;
}

async fn over(hall: &Hall) {
    let moderator = hall.moderator().await;
    let mut console = moderator.follow("console").await;
    let mut view = console.picture().await;
    while view["phase"] != "over" {
        let step = view["step"].clone();
        moderator.does("/next", json!({"step": step})).await;
        view = console.until(|view| view["step"] != step).await.pop().unwrap();
    }
}

#[tokio::test]
async fn a_receipt_finds_the_fate_after_the_phone_was_left_the_words_were_erased_and_the_server_began_again() {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let (phone, neighbour) = (hall.phone().await, hall.phone().await);
    let id = phone.ask(SAUAL).await;
    let page = phone.get(&format!("/s/{}", hall.live.code)).await.body;
    assert!(page.contains(&format!("/s/{}/receipt", hall.live.code)) && page.contains("data-whole"), "one press away");
    let own = receipt_of(&phone, id).await;
    assert_eq!(receipt_of(&phone, id).await, own, "it is the same each time");
    let others = neighbour.submit("/receipt", &[("id", &id.to_string())]).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND, "nobody shows another’s");
    let found = fate(hall.url(), &own).await;
    assert!(found.body.contains(READ) && found.body.len() <= 15_000, "{} bytes", found.body.len());

    hall.steward().await.does(&format!("/questions/{id}/pass"), json!({})).await;
    hall.moderator().await.does(&format!("/questions/{id}/answered"), json!({})).await;
    drop(phone);
    let erased = hall.by(&hall.organizer).await.post_form("/care/erase", &[]).await;
    assert_eq!(erased.status, StatusCode::OK);
    let clock = hall.clock.clone();
    hall.close().await;
    let store = store::open(&folder.path().display().to_string()).await.unwrap();
    let node = Node::start(store, clock).await;
    let arabic: String = own.chars().filter_map(|c| char::from_u32(0x0660 + c.to_digit(10)?)).collect();
    let letters = own.replace('0', "O").replace('1', "l");
    for typed in [own.clone(), arabic, letters, format!("{} - {}", &own[..8], &own[8..])] {
        let found = fate(&node.url, &typed).await;
        assert_eq!(found.status, StatusCode::OK, "{typed}");
        assert!(found.body.contains(ANSWERED) && !found.body.contains("يجيب الخط"), "{}", found.body);
        assert_eq!(found.header("cache-control"), "no-store");
    }
    node.stop().await;
}

#[tokio::test]
async fn the_database_tells_of_no_receipt_whose_it_is_nor_its_number() {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let mut asked = Vec::new();
    for _ in 0..3 {
        let phone = hall.phone().await;
        let id = phone.ask(SAUAL).await;
        asked.push((id, receipt_of(&phone, id).await));
    }
    hall.close().await;
    let file = folder.path().join("nadwa.sqlite");
    let mut db = sqlx::SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT receipt, leads FROM receipts").fetch_all(&mut db).await.unwrap();
    assert_eq!(rows.len(), 3);
    let askers: Vec<String> =
        sqlx::query_scalar("SELECT fact ->> 'asker' FROM lines WHERE fact ->> 'event' = 'question_asked'")
            .fetch_all(&mut db)
            .await
            .unwrap();
    let lines: Vec<String> =
        sqlx::query_scalar("SELECT fact || coalesce(words, '') FROM lines").fetch_all(&mut db).await.unwrap();
    db.close().await.unwrap();
    for (receipt, leads) in &rows {
        for id in askers.iter().cloned().chain(asked.iter().map(|(id, _)| id.to_string())) {
            let bare = id.replace('-', "");
            assert!(!leads.contains(&bare) && *receipt != id, "no row says of which question or phone it is");
        }
        assert!(lines.iter().all(|line| !line.contains(receipt) && !line.contains(leads)), "and nothing leads to it");
    }
    let keys: Vec<_> = rows.iter().map(|(receipt, _)| receipt.clone()).collect();
    assert!(keys.is_sorted(), "rows lie in the order of their keys, not in that in which they came");
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let Ok(bytes) = std::fs::read(entry.unwrap().path()) else { continue };
        for (_, number) in &asked {
            assert!(!bytes.windows(number.len()).any(|part| part == number.as_bytes()), "no number is stored");
        }
    }
}

#[tokio::test]
async fn what_is_with_the_safeguarding_team_reads_at_each_moment_like_what_waits() {
    let hall = Hall::open().await;
    let mut numbers = Vec::new();
    let mut ids = Vec::new();
    for text in ["أحيانًا أخاف أرجع البيت", "من يقرأ رسائلنا ليلًا؟"] {
        let phone = hall.phone().await;
        let id = phone.ask(text).await;
        numbers.push(receipt_of(&phone, id).await);
        ids.push(id);
    }
    let alike = async |says: &str| {
        let (one, other) = (fate(hall.url(), &numbers[0]).await, fate(hall.url(), &numbers[1]).await);
        assert!(one.body == other.body && one.body.contains(says), "{}", one.body);
    };
    alike(READ).await;
    hall.steward().await.does(&format!("/questions/{}/safeguard", ids[0]), json!({})).await;
    alike(READ).await;
    over(&hall).await;
    alike(READ).await;
    hall.clock.advance(25 * 3_600_000);
    alike(LATE).await;
    let moderators = hall.moderator().await.get(&format!("/s/{}/fates", hall.live.code)).await.body;
    assert!(!moderators.contains("أخاف") && !moderators.contains("رسائلنا"), "{moderators}");
    hall.close().await;
}

#[tokio::test]
async fn moderators_close_out_many_at_once_after_the_session_and_organizers_see_what_is_late() {
    let hall = Hall::open().await;
    let mut asked = Vec::new();
    for n in 0..5 {
        let phone = hall.phone().await;
        let id = phone.ask(&format!("سؤال مختلف جدًا رقم {n}")).await;
        hall.steward().await.does(&format!("/questions/{id}/pass"), json!({})).await;
        asked.push((id.to_string(), receipt_of(&phone, id).await));
    }
    over(&hall).await;
    let moderator = hall.moderator().await;
    let report = moderator.get(&format!("/s/{}/report", hall.live.code)).await.body;
    let link = format!("/s/{}/fates", hall.live.code);
    assert!(report.contains(&link), "by a link from the report");
    let list = moderator.get(&link).await.body;
    assert!(asked.iter().all(|(id, _)| list.contains(id)) && !list.contains("تأخّر هذا"), "{list}");
    hall.clock.advance(25 * 3_600_000);
    assert!(moderator.get(&link).await.body.contains("تأخّر هذا"));
    let organizer = hall.by(&hall.organizer).await;
    assert!(organizer.get("/organizer").await.body.contains("/organizer/fates"));
    assert!(organizer.get("/organizer/fates").await.body.contains("تأخّر هذا"));
    assert_eq!(
        organizer.post_form(&link, &[("pick", &asked[0].0), ("as", "answered")]).await.status,
        StatusCode::FORBIDDEN
    );

    let none = moderator.post_form(&link, &[("as", "answered")]).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("لم يُختر شيء بعد"), "{}", none.body);
    let (first, second) = (asked[0].0.as_str(), asked[1].0.as_str());
    moderator.post_form(&link, &[("pick", first), ("pick", second), ("as", "answered")]).await;
    let nobody = moderator.post_form(&link, &[("pick", &asked[2].0), ("as", "owed"), ("to", " ")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "an answer is owed by somebody");
    moderator.post_form(&link, &[("pick", &asked[2].0), ("as", "owed"), ("to", "وزارة التعليم <b>")]).await;
    // The rest of the list, whatever it is: one press for all of them.
    let listed: Vec<String> = moderator
        .get(&link)
        .await
        .body
        .split("name=\"listed\" value=\"")
        .skip(1)
        .map(|rest| rest[..36].to_owned())
        .collect();
    let mut rest: Vec<(&str, &str)> = listed.iter().map(|id| ("listed", id.as_str())).collect();
    rest.retain(|(_, id)| !asked[..3].iter().any(|(done, _)| done == id));
    rest.extend([("all", "true"), ("as", "no_time")]);
    let done = moderator.post_form(&link, &rest).await;
    assert!(done.body.contains("كل سؤال له جواب معروف"), "{}", done.body);
    for (place, says) in [(0, ANSWERED), (2, "وزارة التعليم &lt;b&gt;"), (4, "انتهى الوقت")] {
        let found = fate(hall.url(), &asked[place].1).await.body;
        assert!(found.contains(says) && !found.contains("سؤال مختلف"), "{found}");
    }
    hall.close().await;
}

#[tokio::test]
async fn a_slip_of_paper_has_a_receipt_that_whoever_asked_tears_off() {
    let hall = Hall::open().await;
    let path = format!("/organizer/sessions/{}/paper", hall.live.id);
    let printed = hall.by(&hall.organizer).await.get(&path).await.body;
    let slip = printed.split("class=\"slip\"").nth(1).expect("a slip");
    let own = number(slip);
    assert!(slip.matches("class=\"qr\"").count() == 1 && printed.matches("class=\"stub\"").count() == 8);
    let steward = hall.steward().await;
    let desk = steward.get(&format!("/s/{}/desk", hall.live.code)).await.body;
    assert!(desk.contains("name=\"receipt\""));
    let type_in = async |text: &str, receipt: &str| {
        let id = Uuid::new_v4().to_string();
        let answer = steward.submit("/desk/slip", &[("id", &id), ("text", text), ("receipt", receipt)]).await;
        (id, answer)
    };
    let mut wrong = own.clone();
    let last = if own.ends_with('7') { "8" } else { "7" };
    wrong.replace_range(15.., last);
    let (_, refused) = type_in(SAUAL, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("لا إيصال بهذا الرقم"), "{}", refused.body);
    let arabic: String = own.chars().filter_map(|c| char::from_u32(0x0660 + c.to_digit(10)?)).collect();
    let (id, typed) = type_in(SAUAL, &arabic).await;
    assert_eq!(typed.status, StatusCode::OK, "{}", typed.body);
    let (_, twice) = type_in("سؤال آخر من ورقة أخرى", &own).await;
    assert!(twice.body.contains("هذا الإيصال لسؤال آخر"), "{}", twice.body);
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    hall.moderator().await.does(&format!("/questions/{id}/answered"), json!({})).await;
    assert!(fate(hall.url(), &own).await.body.contains(ANSWERED));
    let phone = hall.phone().await;
    let stranger = phone.submit("/desk/slip", &[("id", &id), ("text", SAUAL), ("receipt", &own)]).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    hall.close().await;
}

#[tokio::test]
async fn numbers_that_nobody_has_find_nothing_and_are_not_tried_for_ever() {
    let hall = Hall::open().await;
    for typed in ["", "12", "<b>١٢٣</b>", "0000000000000001", &"9".repeat(5_000)] {
        let answer = fate(hall.url(), typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.body.contains("لا إيصال بهذا الرقم هنا"), "{}", answer.body);
    }
    let program = Client::new(hall.url(), "");
    let mut refused = false;
    for _ in 0..400 {
        let answer = program.post_form("/r", &[("secret", nadwa::receipts::Receipt::fresh().as_str())]).await;
        refused = answer.status == StatusCode::TOO_MANY_REQUESTS;
        if refused {
            break;
        }
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(refused, "as for every secret that is typed");
    hall.close().await;
}

#[tokio::test]
async fn a_closed_meeting_gives_no_receipts() {
    let hall = Hall::open().await;
    let closed = closed_meeting(&hall);
    let by = async |role| with_pass(&hall, role, closed).await.0.within(&closed.to_string());
    let (child, steward, member) = (by(Role::Moderator).await, by(Role::Steward).await, by(Role::Member).await);
    steward.does("/desk/here", json!({"by": "hand"})).await;
    child.does("/open", json!({})).await;
    let id = member.ask("كلمة قيلت في الاجتماع المغلق").await;
    assert!(!member.get(&format!("/s/{closed}")).await.body.contains("/receipt"));
    let none = member.submit("/receipt", &[("id", &id.to_string())]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    later(&hall, 1_000).await;
    assert!(!hall.by(&hall.organizer).await.get("/organizer/fates").await.body.contains("المغلق"));
    hall.close().await;
}

/// The report is read as a page and taken away as tables and data; nothing in it is a question's or anybody's name.
#[tokio::test]
async fn a_report_counts_what_became_of_questions_and_comes_as_tables_and_data() {
    let hall = Hall::open().await;
    for n in 0..2 {
        let phone = hall.phone().await;
        let id = phone.ask(&format!("سؤال للتقرير رقم {n}")).await;
        hall.steward().await.does(&format!("/questions/{id}/pass"), json!({})).await;
        hall.moderator().await.does(&format!("/questions/{id}/answered"), json!({})).await;
    }
    over(&hall).await;
    let moderator = hall.moderator().await;
    let path = format!("/s/{}/report", hall.live.code);
    let page = moderator.get(&path).await.body;
    assert!(page.contains("أُجيب عنها") && page.contains("لغات الأسئلة"), "{page}");
    let links: Vec<&str> = page.split('"').filter(|part| part.starts_with(&format!("{path}."))).collect();
    assert_eq!(links.len(), 3, "by links from the page");
    let data = moderator.get(&format!("{path}.json?lang=en")).await.json();
    assert!(data["questions"]["answered"].as_u64().unwrap() >= 2, "{data}");
    assert!(data["parts"].as_array().unwrap().iter().any(|part| part["state"] == "took"), "{data}");
    let table = moderator.get(&format!("{path}.csv?lang=en")).await;
    assert!(
        table.header("content-type").starts_with("text/csv") && table.body.contains("Questions,Answered,"),
        "{}",
        table.body
    );
    let (status, _, sheet) = moderator.bytes(&format!("{path}.xlsx?lang=ar")).await;
    assert!(status == StatusCode::OK && sheet.starts_with(b"PK"));
    for form in [&data.to_string(), &table.body] {
        assert!(!form.contains("سؤال للتقرير"), "no question stands in it: {form}");
    }
    let stranger = hall.phone().await;
    assert_eq!(stranger.get(&format!("{path}.json")).await.status, StatusCode::FORBIDDEN);
    let closed = closed_meeting(&hall);
    let child = with_pass(&hall, Role::Moderator, closed).await.0;
    assert_eq!(child.get(&format!("/s/{closed}/report.csv")).await.status, StatusCode::FORBIDDEN, "it leaves none");
    hall.close().await;
}
