//! The safeguarding inbox over the wire: it rings on silence, answers in private, hands over and forgets; nothing is
//! erased before its time, and everything after it.

use std::time::{Duration, Instant};

use nadwa_domain::Role;
use nadwa_tests::client::{Answer, Client};
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::paper_desk::picture;
use crate::polls_planned::{addresses, form, with_file};
use crate::routes::{closed_meeting, with_pass};

const WORRY: &str = "أحيانًا أخاف أرجع البيت، واحد اثنين";

/// A hall in which a worrying question was handed to the lead.
async fn handed() -> (Hall, Client, Client, Uuid) {
    let hall = Hall::open().await;
    let (phone, steward) = (hall.phone().await, hall.steward().await);
    let id = phone.ask(WORRY).await;
    steward.does(&format!("/questions/{id}/safeguard"), json!({})).await;
    let lead = hall.by(&hall.safeguarding).await;
    (hall, phone, lead, id)
}

/// Presses a button of an item: which one it is stands in the body (G6).
async fn about(who: &Client, verb: &str, id: Uuid, fields: &[(&str, &str)]) -> Answer {
    let item = id.to_string();
    let fields: Vec<(&str, &str)> = [("item", item.as_str())].into_iter().chain(fields.iter().copied()).collect();
    who.post_form(&format!("/safeguarding/{verb}"), &fields).await
}

#[tokio::test]
async fn nobody_but_lead_and_deputy_opens_the_inbox() {
    let (hall, phone, lead, id) = handed().await;
    for stranger in [phone, hall.moderator().await, hall.steward().await, hall.by(&hall.organizer).await] {
        for path in ["/safeguarding", "/safeguarding/feed"] {
            let page = stranger.get(path).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
            assert!(!page.body.contains("أخاف"));
        }
        for verb in ["part", "record", "open"] {
            let press = about(&stranger, verb, id, &[]).await;
            assert_eq!(press.status, StatusCode::FORBIDDEN, "{verb}");
            assert!(!press.body.contains("أخاف"));
        }
    }
    assert_eq!(lead.get("/safeguarding").await.status, StatusCode::OK);
    hall.close().await;
}

#[tokio::test]
async fn a_lead_who_never_answers_is_rung_at_and_whom_no_device_could_tell_is_written_down() {
    let (hall, _, lead, id) = handed().await;
    let mut changes = hall.app().rooms.inbox().changes();
    let alerts = || hall.app().rooms.inbox().state().items.values().map(|item| item.alerts.len()).sum::<usize>();
    for rang in 1..=2 {
        changes.borrow_and_update();
        hall.clock.advance(180_000);
        while alerts() < rang {
            changes.changed().await.expect("the inbox is there");
        }
    }
    let page = about(&lead, "open", id, &[]).await;
    assert!(page.body.contains(WORRY) && page.body.contains("لم يجد التنبيه جهازًا لمساندة الحماية"), "{}", page.body);
    let item = hall.app().rooms.inbox().state().items.values().next().cloned().expect("an item");
    let times: Vec<i64> = item.steps.iter().map(|step| step.at.0 - item.steps[0].at.0).collect();
    assert_eq!(times, [0, 180_000, 180_000], "deputy, lead, opened");
    hall.close().await;
}

#[tokio::test]
async fn a_private_reply_reaches_one_phone_neutrally_and_nobody_else() {
    let (hall, phone, lead, id) = handed().await;
    let other = hall.phone().await;
    let here = format!("/s/{}", hall.live.code);
    let mut own = phone.follow("audience").await;
    let before = own.named("mine").await["parts"].clone();
    let reply = "نحن هنا، في غرفة الهدوء";
    about(&lead, "reply", id, &[("text", reply)]).await;
    while own.named("mine").await["parts"] == before {}
    let page = phone.get(&here).await;
    assert!(page.body.contains("رسالة واحدة") && !page.body.contains(reply), "no word of it before it is opened");
    assert!(phone.get("/messages").await.body.contains(reply));
    assert!(!other.get(&here).await.body.contains("رسالة واحدة"));
    assert!(!other.get("/messages").await.body.contains(reply));
    // It writes back, and no other phone does.
    let item = id.to_string();
    let answer = |text| [("item", item.as_str()), ("text", text)];
    assert_eq!(other.post_form("/messages/answer", &answer("أنا")).await.status, StatusCode::NOT_FOUND);
    assert!(phone.post_form("/messages/answer", &answer("سآتي بعد قليل")).await.body.contains("سآتي بعد قليل"));
    assert!(about(&lead, "open", id, &[]).await.body.contains("سآتي بعد قليل"));
    // And takes it all off.
    assert!(!phone.post_form("/messages/delete", &answer("")).await.body.contains(reply));
    assert!(!phone.get(&here).await.body.contains("رسالة واحدة"));
    hall.close().await;
}

#[tokio::test]
async fn nothing_is_erased_before_it_was_handed_over_and_then_no_byte_of_it_is_left() {
    let (hall, phone, lead, id) = handed().await;
    about(&lead, "reply", id, &[("text", "كلمة سرية من الفريق")]).await;
    let refused = about(&lead, "erase", id, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    about(&lead, "hand-over", id, &[("to", "مكتب حماية الطفل")]).await;
    let paper = about(&lead, "record", id, &[]).await;
    assert!(paper.body.contains(WORRY) && paper.body.contains("كلمة سرية"));
    assert_eq!(phone.get("/papers/booklet.pdf").await.status, StatusCode::OK);
    let done = about(&lead, "erase", id, &[]).await;
    assert_eq!(hall.app().files.booklets().0, 0, "a booklet may quote it");
    assert!(done.status.is_success() && !done.body.contains("أخاف"));
    assert!(!phone.get(&format!("/s/{}", hall.live.code)).await.body.contains("أخاف"));
    for word in ["أخاف", "كلمة سرية", "مكتب حماية الطفل"] {
        assert!(!everything(&hall).await.contains(word), "{word}");
    }
    hall.close().await;
}

#[tokio::test]
async fn texts_go_when_their_time_has_come_and_safeguarding_waits_for_its_hand_over() {
    let (hall, phone, lead, id) = handed().await;
    let (steward, day) = (hall.steward().await, 24 * 3_600_000);
    hall.clock.advance(31_000);
    hall.steward().await;
    let held = phone.ask("هذا سؤال يعاد إلى صاحبه").await;
    steward.does(&format!("/questions/{held}/hold"), json!({"reason": "language"})).await;
    hall.clock.advance(31_000);
    hall.steward().await;
    let passed = phone.ask("هذا سؤال عادي يُمرَّر").await;
    steward.does(&format!("/questions/{passed}/pass"), json!({})).await;
    let rooms = &hall.app().rooms;
    let ends = rooms
        .conference()
        .state()
        .sessions
        .iter()
        .find(|s| s.code.as_ref().is_some_and(|c| c.as_str() == hall.live.code))
        .map(|s| s.ends_at)
        .expect("it is listed");
    hall.clock.advance(ends.0 - rooms.clock().now().0 + day);
    assert_eq!(phone.get("/papers/booklet.pdf").await.status, StatusCode::OK);
    assert_eq!(rooms.erase_due(&hall.app().files).await.expect("erased"), 1, "the held text alone");
    assert_eq!(hall.app().files.booklets().0, 0, "a booklet may quote it");
    let left = everything(&hall).await;
    assert!(!left.contains("يعاد إلى صاحبه") && left.contains("عادي يُمرَّر") && left.contains("أخاف"));
    let last = rooms.last_end().expect("a programme");
    hall.clock.advance(last.0 - rooms.clock().now().0 + 30 * day);
    assert!(rooms.erase_due(&hall.app().files).await.expect("erased") >= 1);
    let left = everything(&hall).await;
    assert!(!left.contains("عادي يُمرَّر"), "raw questions are gone");
    assert!(left.contains("أخاف"), "what was not handed over stays");
    assert!(lead.get("/safeguarding").await.body.contains("لم تُسلَّم بعد"), "and the lead is told");
    about(&lead, "hand-over", id, &[("to", "مكتب حماية الطفل")]).await;
    rooms.erase_due(&hall.app().files).await.expect("erased");
    assert!(!everything(&hall).await.contains("أخاف"));
    assert_eq!(rooms.erase_due(&hall.app().files).await.expect("erased"), 0);
    hall.close().await;
}

#[tokio::test]
async fn a_closed_meeting_leaves_no_word_unless_its_members_keep_the_minutes() {
    for keep in [false, true] {
        let hall = Hall::open().await;
        let closed = closed_meeting(&hall);
        let by = async |role| with_pass(&hall, role, closed).await.0.within(&closed.to_string());
        let (child, steward, member) = (by(Role::Moderator).await, by(Role::Steward).await, by(Role::Member).await);
        let sea = bring_pictures(&hall, closed).await;
        steward.does("/desk/here", json!({})).await;
        child.does("/plan/minutes", json!({"keep": (!keep).to_string()})).await;
        child.does("/plan/minutes", json!({"keep": keep.to_string()})).await;
        child.does("/open", json!({})).await;
        let id = member.ask("كلمة قيلت في الاجتماع المغلق").await;
        steward.does(&format!("/questions/{id}/pass"), json!({})).await;
        hall.app().rooms.erase_due(&hall.app().files).await.expect("looked");
        assert!(everything(&hall).await.contains("المغلق"), "it stays while the meeting goes on");
        let mut console = child.follow("console").await;
        assert_eq!(console.picture().await["running"]["minutes"], keep, "the members see what they chose");
        loop {
            let view = child.follow("console").await.picture().await;
            if view["phase"] == "over" {
                break;
            }
            child.does("/next", json!({"step": view["step"]})).await;
        }
        hall.app().rooms.erase_due(&hall.app().files).await.expect("looked");
        assert!(everything(&hall).await.contains("المغلق"), "the end can still be taken back");
        let over = child.follow("console").await.picture().await;
        child.does("/undo", json!({"step": over["step"]})).await;
        let open = child.follow("console").await.picture().await;
        assert_eq!(open["phase"], "open");
        child.does("/next", json!({"step": open["step"]})).await;
        hall.clock.advance(60_000);
        hall.app().rooms.erase_due(&hall.app().files).await.expect("erased");
        assert_eq!(everything(&hall).await.contains("المغلق"), keep, "its minutes are kept: {keep}");
        assert_eq!(
            hall.phone().await.get(&sea).await.status == StatusCode::OK,
            keep,
            "its poll's pictures too: {keep}"
        );
        child.refused("/plan/minutes", json!({"keep": "true"}), "Over").await;
        if keep {
            child.does("/reopen", json!({})).await;
        } else {
            child.refused("/reopen", json!({}), "Over").await;
        }
        hall.close().await;
    }
}

/// A poll of pictures for the meeting; the address of the first.
async fn bring_pictures(hall: &Hall, session: impl std::fmt::Display) -> String {
    let (organizer, id) = (hall.by(&hall.organizer).await, Uuid::new_v4());
    let page = format!("/organizer/sessions/{session}/polls");
    let two = with_file(form(id, "pictures", &["بحر", "نهر"]), 0, "بحر.png", picture(64, 48));
    let answer = organizer.post_parts(&page, with_file(two, 1, "نهر.png", picture(32, 32))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let first = addresses(&organizer.get(&format!("{page}?poll={id}")).await.body).remove(0);
    assert_eq!(hall.phone().await.get(&first).await.status, StatusCode::OK);
    first
}

#[tokio::test]
async fn organizers_erase_every_text_now_but_what_waits_for_its_hand_over() {
    let (hall, phone, lead, _) = handed().await;
    hall.clock.advance(31_000);
    hall.steward().await;
    let passed = phone.ask("هذا سؤال عادي يُمرَّر").await;
    hall.steward().await.does(&format!("/questions/{passed}/pass"), json!({})).await;
    for stranger in [&lead, &phone, &hall.moderator().await, &hall.steward().await] {
        assert_eq!(stranger.post_form("/care/erase", &[]).await.status, StatusCode::FORBIDDEN);
    }
    assert!(everything(&hall).await.contains("عادي يُمرَّر"));
    let organizer = hall.by(&hall.organizer).await;
    assert!(organizer.get("/care").await.body.contains("/care/erase"));
    assert_eq!(organizer.post_form("/care/erase", &[]).await.status, StatusCode::OK);
    let left = everything(&hall).await;
    assert!(!left.contains("عادي يُمرَّر") && left.contains("أخاف"));
    let here = format!("/s/{}", hall.live.code);
    assert!(!phone.get(&here).await.body.contains("عادي يُمرَّر"), "its asker’s page has forgotten it too");
    assert!(!hall.moderator().await.get(&format!("{here}/console")).await.body.contains("عادي يُمرَّر"));
    hall.close().await;
}

#[tokio::test]
async fn a_call_by_a_picture_or_a_place_reaches_the_lead_and_is_answered_the_same() {
    let hall = Hall::open().await;
    let lead = hall.by(&hall.safeguarding).await;
    let mut pages = Vec::new();
    for fields in [vec![("picture", "afraid")], vec![("place", "غرفة الرسم، عند الباب")]] {
        pages.push(hall.phone().await.post_form("/help/call", &fields).await.body);
    }
    assert_eq!(pages[0], pages[1], "the same thanks for every call");
    let page = lead.get("/safeguarding").await;
    assert!(page.body.contains("صورة من صفحة المساعدة") && page.body.contains("طلب حضور"));
    assert!(page.body.contains("غرفة الرسم، عند الباب"), "where to go stands in the list (C2)");
    let nothing = hall.phone().await.post_form("/help/call", &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    hall.close().await;
}

#[tokio::test]
async fn a_mark_takes_a_question_from_every_picture_within_a_second() {
    let hall = Hall::open().await;
    let (phone, steward, moderator) = (hall.phone().await, hall.steward().await, hall.moderator().await);
    let id = phone.ask(WORRY).await;
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    moderator.does(&format!("/questions/{id}/show"), json!({})).await;
    let mut feeds = Vec::new();
    for role in ["screen", "audience", "stage", "console"] {
        let mut feed = moderator.follow(role).await;
        feed.until(|view| view.to_string().contains("أخاف")).await;
        feeds.push(feed);
    }
    let began = Instant::now();
    steward.does(&format!("/questions/{id}/safeguard"), json!({})).await;
    for feed in &mut feeds {
        feed.until(|view| !view.to_string().contains("أخاف")).await;
    }
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    hall.close().await;
}

/// Every word that is on the disk.
async fn everything(hall: &Hall) -> String {
    let store = &hall.app().store;
    let mut all = String::new();
    for kind in ["session", "inbox", "conference"] {
        for stream in store.streams(kind).await.expect("streams") {
            for line in store.read(stream, 0).await.expect("lines") {
                all.push_str(&format!("{} {}\n", line.fact, line.words.unwrap_or_default()));
            }
        }
    }
    all
}
