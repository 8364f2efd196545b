//! A child is never alone: silent calls are heard wherever an adult works, and every sentence follows the facts
//! (`N1`, `N2`, `N3`).

use std::time::Instant;

use nadwa::http::manage::cards::new_pass;
use nadwa_domain::conference::Act;
use nadwa_domain::{Role, Who};
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use nadwa_tests::page::links;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::preparing::Empty;
use crate::routes::{closed_meeting, with_pass};

/// Somebody of safeguarding who holds the deputy's card.
async fn deputy(hall: &Hall) -> Client {
    let (pass, link) = new_pass(hall.url(), Role::SafeguardingDeputy, None);
    hall.app().rooms.conference().act(Who::Server, &Act::Issue(pass)).await.expect("it is issued");
    hall.by(&link).await
}

fn step(calls: &Value, step: &str) -> bool {
    calls[0]["step"] == step
}

#[tokio::test]
async fn a_presenters_call_is_seen_answered_and_told_at_each_step_by_whoever_is_near() {
    let hall = Hall::open().await;
    let (presenter, organizer) = (hall.by(&hall.live.stage).await, hall.by(&hall.organizer).await);
    let lead = hall.by(&hall.safeguarding).await;
    let mut stage = presenter.follow("stage").await;
    let mut board = organizer.follow_at("/organizer/feed").await;
    let mut inbox = lead.follow_at("/safeguarding/feed").await;
    assert_eq!(
        (board.picture().await["ring"].clone(), inbox.picture().await["ring"].clone()),
        (json!(false), json!(false))
    );
    presenter.does("/team/help", json!({"help": "safe_adult"})).await;
    presenter.does("/team/help", json!({"help": "safe_adult"})).await;
    // Both pages ring at once, and have the call with its two answers.
    board.until(|view| view["ring"] == true).await;
    inbox.until(|view| view["ring"] == true).await;
    for page in [organizer.get("/organizer").await.body, lead.get("/safeguarding").await.body] {
        for verb in ["see", "answer"] {
            assert_eq!(page.matches(&format!("/s/{}/team/{verb}\"", hall.live.code)).count(), 1, "{verb}: {page}");
        }
        assert!(links(&page).contains(&format!("/s/{}/backstage", hall.live.code)), "the way behind the scenes");
        assert!(!page.contains("كل شيء بخير"), "nothing is well while somebody calls");
    }
    let told = stage.until(|view| view["calls"][0]["help"] == "safe_adult").await.pop().unwrap();
    assert!(step(&told["calls"], "on_its_way") && told["calls"].as_array().unwrap().len() == 1);
    // The organizer has seen it, from the board; twice is once.
    for _ in 0..2 {
        let fields = [("from", "board"), ("by", "presenter"), ("help", "safe_adult")];
        let page = organizer.submit("/team/see", &fields).await;
        assert!(page.body.contains("class=\"board"), "{}", page.body);
    }
    stage.until(|view| step(&view["calls"], "seen")).await;
    board.until(|view| view["ring"] == false).await;
    // The lead comes, from the inbox; the child says that it is over; a late answer is no failure.
    let fields = [("from", "inbox"), ("by", "presenter"), ("help", "safe_adult")];
    assert!(lead.submit("/team/answer", &fields).await.body.contains("guarding"));
    stage.until(|view| step(&view["calls"], "coming")).await;
    let page = presenter.get(&format!("/s/{}/stage", hall.live.code)).await.body;
    assert!(page.contains("شخص بالغ في الطريق"), "without a script too: {page}");
    presenter.does("/team/help-over", json!({"help": "safe_adult"})).await;
    assert_eq!(lead.submit("/team/answer", &fields).await.status, StatusCode::OK);
    hall.close().await;
}

#[tokio::test]
async fn a_call_that_nobody_answers_for_half_a_minute_reaches_other_desks_and_the_child_is_told() {
    let hall = Hall::open().await;
    let (moderator, other) = (hall.moderator().await, hall.sessions[1].clone());
    let far = hall.by(&other.desk).await.within(&other.code);
    let mut desk = far.follow("desk").await;
    assert_eq!(desk.named("calls").await["view"], json!([]));
    // A session that is paused for safety calls all the same.
    hall.steward().await.does("/safety/pause", json!({})).await;
    moderator.does("/team/help", json!({"help": "help_me"})).await;
    let mut console = moderator.follow("console").await;
    console.until(|view| step(&view["running"]["calls"], "on_its_way")).await;
    hall.clock.advance(30_000);
    // The room looks at its clock again.
    hall.steward().await;
    console.until(|view| step(&view["running"]["calls"], "unheard")).await;
    let calls = loop {
        let calls = desk.named("calls").await["view"].clone();
        if calls != json!([]) {
            break calls;
        }
    };
    assert_eq!((&calls[0]["code"], &calls[0]["call"]["help"]), (&json!(hall.live.code), &json!("help_me")));
    let page = far.get(&format!("/s/{}/desk", other.code)).await.body;
    assert!(page.contains("طلب هادئ في جلسة أخرى"), "without a script too: {page}");
    moderator.does("/team/help-over", json!({"help": "help_me"})).await;
    assert_eq!(desk.named("calls").await["view"], json!([]));
    hall.close().await;
}

#[tokio::test]
async fn nothing_of_a_call_leaves_a_rehearsal() {
    let hall = Hall::open().await;
    let moderator = hall.moderator().await;
    let started = moderator.submit("/rehearsal/start", &[]).await;
    let code = started.body.split("/s/try").nth(1).and_then(|rest| rest.split('/').next()).expect("its code");
    let code = format!("try{code}");
    moderator.within(&code).does("/team/help", json!({"help": "help_me"})).await;
    let console = moderator.get(&format!("/s/{code}/console")).await.body;
    assert!(console.contains("هذا تدريب: لا يصل لأحد"), "the child is told so: {console}");
    let help = moderator.get(&format!("/s/{code}/help")).await.body;
    assert!(!help.contains("class=\"rehearsing\""), "help is real: {help}");
    for page in [
        hall.by(&hall.organizer).await.get("/organizer").await.body,
        hall.by(&hall.safeguarding).await.get("/safeguarding").await.body,
    ] {
        assert!(!page.contains("/team/answer"), "{page}");
    }
    hall.close().await;
}

/// A closed meeting's call is heard by the adults in it, and seen by nobody outside (`S18`).
#[tokio::test]
async fn a_call_in_a_closed_meeting_is_heard_inside_it() {
    let hall = Hall::open().await;
    let meeting = closed_meeting(&hall);
    let inside = meeting.to_string();
    let moderator = with_pass(&hall, Role::Moderator, meeting).await.0.within(&inside);
    let steward = with_pass(&hall, Role::Steward, meeting).await.0.within(&inside);
    moderator.does("/team/help", json!({"help": "safe_adult"})).await;
    let answer = format!("/s/{inside}/team/answer\"");
    assert!(steward.get(&format!("/s/{inside}/desk")).await.body.contains(&answer));
    steward.does("/team/answer", json!({"by": "moderator", "help": "safe_adult"})).await;
    let mut console = moderator.follow("console").await;
    console.until(|view| step(&view["running"]["calls"], "coming")).await;
    // Nobody sits in it: whoever safeguards has it in the inbox, and answers from there.
    moderator.does("/team/help", json!({"help": "help_me"})).await;
    let lead = hall.by(&hall.safeguarding).await;
    let inbox = lead.get("/safeguarding").await.body;
    assert!(inbox.contains(&format!("name=\"meeting\" value=\"{inside}\"")), "{inbox}");
    let form = format!("from=inbox&how=answer&by=moderator&help=help_me&meeting={inside}");
    let answered = lead.raw_to("/help/heard", "application/x-www-form-urlencoded", form.clone().into_bytes()).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.body);
    console.until(|view| step(&view["running"]["calls"], "coming")).await;
    let steward_outside = hall.steward().await;
    let refused = steward_outside.raw_to("/help/heard", "application/x-www-form-urlencoded", form.into_bytes()).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "to anybody else it is what never was");
    let outside =
        [hall.by(&hall.organizer).await.get("/organizer").await.body, hall.steward().await.get("/desk").await.body];
    assert!(outside.iter().all(|page| !page.contains(&answer)));
    hall.close().await;
}

/// An author is in no session: every adult who supports children hears the call at once, on their own page, by its feed and
/// without a script; none of them reads what was pressed, but whoever safeguards (`N1`, `S2`).
#[tokio::test]
async fn an_author_is_heard_from_the_papers_page_wherever_an_adult_works() {
    let hall = Hall::open().await;
    let (author, lead) = (hall.by(&hall.authors).await, hall.by(&hall.safeguarding).await);
    let (steward, organizer) = (hall.steward().await, hall.by(&hall.organizer).await);
    let (mut desk, mut behind) = (steward.follow("desk").await, organizer.follow("backstage").await);
    let mut watched = [
        steward.follow_at("/desk/feed").await,
        lead.follow_at("/safeguarding/feed").await,
        organizer.follow_at("/organizer/feed").await,
    ];
    for feed in [&mut desk, &mut behind] {
        assert_eq!(feed.named("calls").await["view"], json!([]));
    }
    // given: an author who presses a picture on the page of their paper, twice; a phone cannot pretend to be one
    let own = author.get("/me").await.body;
    let start = own.find("/papers/").expect("the way to its paper");
    let own: String = own[start..].chars().take("/papers/".len() + 36).collect();
    let page = author.get(&format!("{own}/write")).await.body;
    assert!(page.contains("quiet-help") && page.contains("name=\"from\" value=\"paper\""), "{page}");
    hall.phone().await.post_form("/help/call", &[("picture", "sad"), ("from", "paper")]).await;
    for _ in 0..2 {
        let sent = author.post_form("/help/call", &[("picture", "afraid"), ("from", "paper")]).await.body;
        assert!(links(&sent).iter().any(|to| to.starts_with(&own)), "the way back to the paper: {sent}");
    }
    // then: one call, on each page, with its two answers and without the picture
    for feed in &mut watched {
        feed.until(|view| view["ring"] == true).await;
    }
    let item = loop {
        let calls = desk.named("calls").await["view"].clone();
        if let [call] = calls.as_array().expect("calls").as_slice() {
            assert_eq!((&call["call"]["by"], &call["call"]["step"]), (&json!("author"), &json!("on_its_way")));
            break call["item"].as_str().expect("its item").to_owned();
        }
    };
    let live = format!("/s/{}", hall.live.code);
    for (adult, path) in [
        (&steward, format!("{live}/desk")),
        (&steward, "/desk".to_owned()),
        (&organizer, format!("{live}/backstage")),
        (&organizer, "/organizer".to_owned()),
        (&lead, "/safeguarding".to_owned()),
    ] {
        let page = adult.get(&path).await.body;
        // Every page ends with the pictures that anybody may choose.
        let page = page.split("<details class=\"near").next().unwrap_or_default();
        assert_eq!(page.matches("action=\"/help/heard\"").count(), 2, "{path}: {page}");
        let safeguards = path == "/safeguarding";
        assert!(safeguards || !page.contains("أشعر بالخوف"), "what was pressed is safeguarding's: {path}");
    }
    // when: nobody answers for half a minute; then: it is said so to everybody, and to the child
    hall.clock.advance(30_000);
    for feed in [&mut desk, &mut behind] {
        while feed.named("calls").await["view"][0]["call"]["step"] != "unheard" {}
    }
    assert!(organizer.get("/organizer").await.body.contains("message unheard"));
    assert!(author.get("/help/sent").await.body.contains("لم يُجب أحد بعد"));
    // when: a steward comes, from the desk, without a script; then: all see it, and the child; nothing rings here any more
    let answer = |from: &'static str, how: &'static str| {
        [("from", from), ("code", hall.live.code.as_str()), ("how", how), ("item", item.as_str())]
    };
    assert!(steward.post_form("/help/heard", &answer("desk", "see")).await.body.contains("class=\"desk"));
    assert!(author.get("/help/sent").await.body.contains("شخص من الفريق رأى الطلب"));
    // As the page's own script sends it.
    let form = format!("from=board&by=author&how=answer&code=&item={item}");
    let sent = organizer.raw_to("/help/heard", "application/x-www-form-urlencoded", form.into_bytes()).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    while behind.named("calls").await["view"][0]["call"]["step"] != "coming" {}
    assert!(author.get("/help/sent").await.body.contains("شخص بالغ في الطريق"));
    // when: it is answered late, by nobody who may, in a way that is none; then: no failure, no answer, no harm
    assert_eq!(lead.post_form("/help/heard", &answer("inbox", "answer")).await.status, StatusCode::OK);
    assert_eq!(author.post_form("/help/heard", &answer("board", "answer")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(steward.post_form("/help/heard", &answer("desk", "unheard")).await.status, StatusCode::BAD_REQUEST);
    let elsewhere = [("from", "desk"), ("code", "//else.where"), ("how", "answer"), ("item", item.as_str())];
    assert_eq!(steward.post_form("/help/heard", &elsewhere).await.status, StatusCode::OK);
    hall.close().await;
}

/// From a child's press to the first adult's picture: forty calls, each taken away again.
#[tokio::test]
async fn a_call_is_before_an_adult_within_three_tenths_of_a_second() {
    const CALLS: usize = 40;
    let hall = Hall::open().await;
    let (moderator, steward) = (hall.moderator().await, hall.steward().await);
    let mut desk = steward.follow("desk").await;
    let mut took = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let pressed = Instant::now();
        moderator.does("/team/help", json!({"help": "safe_adult"})).await;
        desk.until(|view| view.get("calls").is_some()).await;
        took.push(pressed.elapsed());
        moderator.does("/team/help-over", json!({"help": "safe_adult"})).await;
        desk.until(|view| view.get("calls").is_none()).await;
    }
    took.sort();
    let p95 = took[CALLS * 95 / 100];
    println!("from a call to the first adult's picture: p95 {p95:?}");
    assert!(p95.as_millis() <= 300, "{p95:?}");
    hall.close().await;
}

#[tokio::test]
async fn somebody_is_here_is_said_while_somebody_is_and_else_what_helps_comes_first() {
    const HERE: &str = "موجود الآن";
    const NOBODY: &str = "لا أحد من الفريق أمام جهازه الآن";
    let hall = Hall::open().await;
    let (lead, phone) = (hall.by(&hall.safeguarding).await, hall.phone().await);
    let help = async || phone.get(&format!("/s/{}/help", hall.live.code)).await.body;
    // A day later nobody is there: cards and open pages are nobody.
    hall.clock.advance(24 * 60 * 60 * 1000);
    lead.get("/safeguarding").await;
    lead.post_json("/safeguarding/here", json!({})).await;
    let page = help().await;
    let place = |page: &str, what: &str| page.find(what).unwrap_or_else(|| panic!("no {what} in {page}"));
    assert!(page.contains(NOBODY) && !page.contains(HERE), "{page}");
    assert!(place(&page, "غرفة الهدوء") < place(&page, "/help/call"), "what helps without anybody comes first");
    let sent = phone.post_form("/help/call", &[("picture", "sit"), ("code", &hall.live.code)]).await.body;
    assert!(sent.contains("لا أحد من الفريق أمام صفحته الآن") && sent.contains("غرفة الهدوء"), "{sent}");
    // By a press somebody is.
    lead.post_form("/safeguarding/here", &[("by", "hand")]).await;
    let page = help().await;
    assert!(page.contains(HERE) && !page.contains(NOBODY), "{page}");
    // What a phone keeps cannot know, and says nothing of it.
    let kept = phone.get(&format!("/s/{}/help?kept=1", hall.live.code)).await.body;
    assert!(!kept.contains(HERE) && !kept.contains(NOBODY), "{kept}");
    // The page after a call follows what becomes of it.
    let follows = async || phone.get("/help/sent").await.body;
    assert!(follows().await.contains("في الفريق الآن من يرى هذه الصفحة"));
    let item = hall.app().rooms.inbox().state().items.keys().next().unwrap().to_string();
    lead.post_form("/safeguarding/open", &[("item", &item)]).await;
    assert!(follows().await.contains("شخص من الفريق رأى الطلب"));
    lead.post_form("/safeguarding/take", &[("item", &item)]).await;
    assert!(follows().await.contains("شخص من الفريق يهتم بهذا الطلب"));
    // Whoever reads there sees whether they read alone (`S24`).
    assert!(lead.get("/safeguarding").await.body.contains("وحدك في القراءة الآن"));
    deputy(&hall).await.post_form("/safeguarding/here", &[("by", "hand")]).await;
    assert!(lead.get("/safeguarding").await.body.contains("معك شخص آخر"));
    hall.close().await;
}

#[tokio::test]
async fn the_record_names_who_was_really_told() {
    let hall = Hall::open().await;
    let call = async || hall.phone().await.post_form("/help/call", &[("picture", "afraid")]).await;
    let rings = async |count: usize| {
        let mut changes = hall.app().rooms.inbox().changes();
        while hall.app().rooms.inbox().state().items.values().filter(|item| !item.alerts.is_empty()).count() < count {
            changes.changed().await.expect("the inbox is there");
        }
    };
    let lead = hall.by(&hall.safeguarding).await;
    call().await;
    hall.clock.advance(180_000);
    rings(1).await;
    let page = lead.get("/safeguarding").await.body;
    assert!(page.contains("لم يصلها التنبيه") && !page.contains("وصل التنبيه إلى مساندة"), "{page}");
    let board = hall.by(&hall.organizer).await.get("/organizer").await.body;
    assert!(
        board.contains("في صندوق الحماية ما لم يفتحه أحد بعد") && board.contains("نائب مسؤول الحماية ليس أمام صفحته")
    );
    // The deputy is there for the next one.
    deputy(&hall).await.post_form("/safeguarding/here", &[("by", "hand")]).await;
    call().await;
    hall.clock.advance(175_000);
    let second = deputy(&hall).await;
    second.post_form("/safeguarding/here", &[("by", "hand")]).await;
    hall.clock.advance(5_000);
    rings(2).await;
    assert!(second.get("/safeguarding").await.body.contains("وصل التنبيه إلى مساندة الحماية أيضًا"));
    hall.close().await;
}

#[tokio::test]
async fn no_child_sees_a_number_that_nobody_confirmed() {
    let empty = Empty::set_up().await;
    let phone = Client::new(&empty.node.url, "");
    let pages = async || {
        let mut pages = String::new();
        for path in ["/help", "/s/000000/help", "/help/sent", "/help?kept=1", "/offline", "/"] {
            pages += &phone.get(path).await.body;
        }
        pages
    };
    let add = async |country: &str, number: &str| {
        empty.does("/organizer/ready/helplines", &[("country.ar", country), ("number", number)]).await
    };
    add("الأردن", "110").await;
    empty.does("/organizer/ready/helplines", &[("country.ar", "قطر"), ("number", "919"), ("here", "true")]).await;
    let before = pages().await;
    assert!(!before.contains("919") && !before.contains("tel:"), "{before}");
    empty.does("/organizer/ready/helplines/confirm", &[]).await;
    let help = phone.get("/help").await.body;
    let place = |what: &str| help.find(what).unwrap_or_else(|| panic!("no {what} in {help}"));
    assert!(place("خط المساندة في قطر") < place("tel:919") && place("tel:919") < place("tel:110"), "{help}");
    assert!(place("tel:919") < place("خطوط المساندة في بلدان أخرى"), "its own name over its own line");
    // One that comes later waits alone.
    add("تونس", "1809").await;
    let after = pages().await;
    assert!(!after.contains("1809") && after.contains("tel:919"), "{after}");
    // Noughts reach nobody.
    empty.refused("/organizer/ready/helplines", &[("country.ar", "مثال"), ("number", "٠٠٠")]).await;
    empty.close().await;
    // The demo's numbers are examples: no child sees them, and nobody confirms them.
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    let thanks =
        phone.submit("/questions", &[("id", "0194c0de-0000-7000-8000-00000000abcd"), ("text", "كيف نوصل صوتنا؟")]);
    for page in [phone.get("/help").await.body, thanks.await.body] {
        assert!(!page.contains("٠٠٠") && !page.contains("tel:000"), "{page}");
    }
    let organizer = hall.by(&hall.organizer).await;
    let refused = organizer.post_form("/organizer/ready/helplines/confirm", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    hall.close().await;
}
