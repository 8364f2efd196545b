//! What organizers read and print: each thing is said once, and is so.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::preparing::{Empty, pairs, session};

impl Empty {
    /// Somebody whose name is not shown; their id.
    async fn unnamed(&self, name: &str, group: &str) -> String {
        let id = Uuid::new_v4().to_string();
        let fields = [("id", id.as_str()), ("name.ar", name), ("group", group), ("shows", "role")];
        self.does("/organizer/people", &fields).await;
        id
    }

    /// A session of the draft; its id.
    async fn planned(&self) -> String {
        let (room, id) = (self.room().await, Uuid::new_v4().to_string());
        let fields = session(&room, "أصواتنا", "10:30", "11:30");
        self.does(&format!("/organizer/sessions/{id}"), &pairs(&fields)).await;
        id
    }
}

#[tokio::test]
async fn a_card_says_its_own_role_from_the_first_print_and_where_its_code_is_typed() {
    let empty = Empty::set_up().await;
    // An adult's card is printed in the answer that issues it: before any picture has followed.
    let adult = empty.unnamed("هدى", "adult").await;
    let roles = [("safeguarding_lead", "الحماية 1"), ("safeguarding_deputy", "مساندة الحماية")];
    for (role, called) in roles {
        let issued = empty.does("/organizer/cards", &[("role", role), ("person", &adult)]).await.body;
        assert!(issued.contains(called) && !issued.contains("متحدث"), "{issued}");
        assert!(!issued.contains("card-site"), "an adult types no code");
    }
    // Who has two cards is called by one role: the other card does not say it.
    let (id, child) = (empty.planned().await, empty.unnamed("مريم", "child").await);
    for role in ["presenter", "moderator"] {
        empty.does("/organizer/cards", &[("role", role), ("session", &id), ("person", &child)]).await;
    }
    let site = empty.node.url.strip_prefix("http://").unwrap();
    for each in ["8", "1"] {
        let sheet = empty.does("/organizer/cards/print", &[("each", each), ("again", "on")]).await.body;
        assert_eq!(sheet.matches("إدارة الجلسة 1").count(), 1, "{sheet}");
        assert_eq!(sheet.matches("card-who").count(), 1, "{sheet}");
        assert_eq!((sheet.matches("card-site").count(), sheet.contains(site)), (2, true), "{sheet}");
    }
    empty.close().await;
}

#[tokio::test]
async fn a_session_that_nobody_opens_in_time_is_said_and_rings_until_its_time_is_over() {
    let empty = Empty::set_up().await;
    empty.planned().await;
    empty.does("/organizer/programme/publish", &[("seen", "0")]).await;
    for (minutes, says, ring) in [(0, false, false), (6, true, true), (60, true, false)] {
        empty.wait(minutes * 60_000);
        let board = empty.organizer.follow_at("/organizer/feed").await.picture().await;
        let page = empty.organizer.get("/organizer").await.body;
        assert_eq!(
            (page.contains("حان وقتها ولم تُفتح بعد"), &board["ring"]),
            (says, &ring.into()),
            "{minutes}: {page}"
        );
    }
    empty.close().await;
}

#[tokio::test]
async fn the_programme_says_once_where_it_stands_and_can_be_published_while_something_is_not() {
    const NEVER: &str = "لم يُنشر البرنامج بعد.";
    const PUBLISH: &str = "action=\"/organizer/programme/publish\"";
    let empty = Empty::set_up().await;
    let page = async || empty.organizer.get("/organizer/programme").await.body;
    let first = page().await;
    assert!(first.contains(NEVER) && !first.contains(PUBLISH), "there is nothing to publish: {first}");
    empty.planned().await;
    let draft = page().await;
    assert!(draft.contains(NEVER) && draft.contains(PUBLISH), "{draft}");
    empty.does("/organizer/programme/publish", &[("seen", "0")]).await;
    let public = page().await;
    assert!(public.contains("النسخة 1 منشورة.") && !public.contains(NEVER) && !public.contains(PUBLISH), "{public}");
    empty.close().await;
}

#[tokio::test]
async fn a_guardian_is_asked_of_children_alone() {
    let empty = Empty::set_up().await;
    for (name, group, asked) in [("مريم", "child", true), ("هدى", "adult", false)] {
        let id = empty.unnamed(name, group).await;
        let page = empty.organizer.get(&format!("/organizer/people/{id}")).await.body;
        assert_eq!(page.contains("value=\"guardian\""), asked, "{group}: {page}");
        assert!(page.contains("value=\"media\""), "everybody may be recorded, or not");
    }
    let all = empty.organizer.get("/organizer/people").await.body;
    assert_eq!(all.matches("لا تلزم").count(), 1, "{all}");
    assert!(all.contains("role=\"region\" tabindex=\"0\""), "a wide table can be moved by keys");
    empty.close().await;
}

#[tokio::test]
async fn the_quick_exit_leads_where_organizers_say_and_nothing_is_asked_of_it_before() {
    const PAGE: &str = "https://weather.example.org/doha";
    let empty = Empty::set_up().await;
    let stranger = Client::new(&empty.node.url, "");
    let path = "/organizer/settings/exit";
    let leads_to = async |page: &str| {
        for help in ["/help", "/s/000000/help", "/help/sent"] {
            let body = stranger.get(help).await.body;
            assert!(body.contains(&format!("href=\"{page}\"")), "{help} leads to {page}: {body}");
            let outside = body.matches("weather.example.org").count();
            let expected = if page == PAGE { 2 } else { 0 };
            assert_eq!(outside, expected, "{help} has the link and its name, and no more: {body}");
        }
    };
    leads_to("/programme").await;
    for wrong in ["الطقس", "http://weather.example.org", "https://10.0.0.7/", "https://me@weather.example.org"] {
        let page = empty.refused(path, &[("page", wrong)]).await;
        assert!(page.contains(wrong) && page.contains("class=\"refusal\""), "{wrong}: {page}");
    }
    assert_eq!(empty.conference().exit, None);
    assert_eq!(stranger.post_form(path, &[("page", PAGE)]).await.status, StatusCode::FORBIDDEN);
    let settings = empty.does(path, &[("page", PAGE)]).await.body;
    assert!(settings.contains(&format!("value=\"{PAGE}\"")), "{settings}");
    leads_to(PAGE).await;
    empty.does(path, &[("page", "")]).await;
    leads_to("/programme").await;
    empty.close().await;
}

#[tokio::test]
async fn the_demo_is_published_and_its_pages_say_one_thing_each() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    assert_eq!(hall.app().rooms.conference().state().edition, 1);
    let programme = hall.phone().await.get("/programme?day=2").await.body;
    assert!(programme.contains("الختام · ") || programme.contains("الختام<"), "the last session closes: {programme}");
    // The board: a closed meeting is planned or goes on, and not both; what needs somebody comes first.
    let board = organizer.get("/organizer").await.body;
    assert!(board.contains("اجتماع مغلق. لا يُعرض منه هنا شيء.") && board.contains("جارية الآن"), "{board}");
    let place = |id: &str| board.find(&format!("id=\"{id}\"")).unwrap();
    assert!(place("attention") < place("sessions"), "{board}");
    // An organizer who came by a link is no invitation that nobody has used; the demo has one of those as well.
    let access = organizer.get("/organizer/access").await.body;
    assert!(
        access.contains("بلا اسم دخول</span></b> · هذا الحساب") && access.matches("دعوة لم تُستعمل").count() == 1,
        "{access}"
    );
    // A session is put into a calendar before it begins; on its own page for whoever prepares it.
    let calendar = |code: &str| format!("href=\"/s/{code}/calendar.ics?lang=ar\"");
    let (live, later) = (&hall.sessions[0], &hall.sessions[1]);
    let page = async |session: &str| hall.phone().await.get(&format!("/s/{session}")).await.body;
    assert!(page(&later.code).await.contains(&calendar(&later.code)));
    assert!(!page(&live.code).await.contains("calendar.ics"));
    let editor = organizer.get(&format!("/organizer/sessions/{}", later.id)).await.body;
    assert!(editor.contains(&calendar(&later.code)), "{editor}");
    hall.close().await;
}

/// N7: what a hall needs when no tablet works is one link away from the session, and says nothing that nobody confirmed.
#[tokio::test]
async fn a_session_is_printed_from_one_page_in_each_language() {
    let empty = Empty::set_up().await;
    let path = format!("/organizer/sessions/{}", empty.planned().await);
    empty.does(&format!("{path}/show/template"), &[("template", "opening"), ("seen", "1")]).await;
    empty.does("/organizer/ready/helplines", &[("country.ar", "قطر"), ("number", "919919")]).await;
    let page = empty.organizer.get(&path).await.body;
    let link = page.split('"').find(|part| part.ends_with("/paper")).expect("a link to what is printed").to_owned();
    for (lang, say, role) in
        [("ar", "بطاقات الكلام", "دوري"), ("en", "Cue cards", "My role"), ("fr", "Cartes de parole", "Mon rôle")]
    {
        let paper = empty.organizer.get(&format!("{link}?pin={lang}")).await.body;
        assert!(paper.contains(say) && paper.contains(role), "{lang}: {paper}");
        assert_eq!(paper.matches("sheet-of-paper").count(), 6, "{lang}: no poll is planned, so no ballots");
        assert_eq!(paper.matches("class=\"slip\"").count(), 8);
        assert!(!paper.contains("919919"), "a number that nobody dialled is on no paper");
    }
    empty.does("/organizer/ready/helplines/confirm", &[]).await;
    assert!(empty.organizer.get(&link).await.body.contains("919919"));
    empty.close().await;
}

/// Whoever wants something erased reads whom to ask (`S26`): the page of what is kept says who organizes, once they say so.
#[tokio::test]
async fn what_is_kept_says_who_is_asked_to_erase_it() {
    const ASKED: &str = "فريق الندوة، مكتب الاستقبال";
    let empty = Empty::set_up().await;
    let child = Client::new(&empty.node.url, "");
    let before = child.get("/data").await.body;
    assert!(before.contains("لمحو شيء قبل ذلك") && !before.contains("فريق التنظيم:"), "{before}");
    let form = empty.organizer.get("/organizer/settings").await.body;
    let seen = form.split_once("name=\"seen\"").unwrap().1.split_once("value=\"").unwrap().1.split('"').next().unwrap();
    let fields = [
        ("seen", seen),
        ("name.ar", "مؤتمر خطوط المساندة"),
        ("contact.ar", ASKED),
        ("languages.ar", "on"),
        ("zone", "Asia/Qatar"),
        ("first", "2022-05-23"),
        ("last", "2022-05-24"),
    ];
    empty.does("/organizer/settings", &fields).await;
    assert!(child.get("/data").await.body.contains(ASKED));
    assert!(empty.organizer.get("/organizer/settings").await.body.contains(ASKED), "it stays in the form");
    empty.close().await;
}

/// Words against speaking time, by a pace that organizers set for each language (`F14`).
#[tokio::test]
async fn a_calm_pace_is_set_for_each_language() {
    let hall = Hall::open().await;
    let organizer = hall.by(&hall.organizer).await;
    let pace = |page: &str| {
        page.split_once("name=\"pace.ar\"")
            .unwrap()
            .1
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    let form = organizer.get("/papers/table").await.body;
    assert_eq!(pace(&form), "90", "the usual one stands in it: {form}");
    let fields = |slow: &'static str| {
        let times =
            [("opens", "2022-01-01T10:00"), ("closes", "2032-01-01T10:00"), ("max_words", "900"), ("minutes", "5")];
        let rest = [("asks.ar", "ما رأيك؟"), ("language.ar", "yes"), ("pace.ar", slow), ("pace.en", "")];
        times.into_iter().chain(rest).collect::<Vec<_>>()
    };
    assert_eq!(pace(&organizer.post_form("/papers/call", &fields("٦٠")).await.body), "60");
    let call = hall.app().rooms.conference().state().call.clone().unwrap();
    assert_eq!(call.pace.into_iter().collect::<Vec<_>>(), [(nadwa_domain::Lang::AR, 60)]);
    for wrong in ["كثير", "5"] {
        assert_eq!(organizer.post_form("/papers/call", &fields(wrong)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // A date that is missing loses nothing of what was typed, and is named where it is missing.
    let mut missing = fields("60");
    missing.retain(|(name, _)| *name != "closes");
    missing.push(("themes.ar", "خط مجاني ليلًا"));
    let page = organizer.post_form("/papers/call", &missing).await;
    let there = ["ما رأيك؟", "خط مجاني ليلًا", "2022-01-01T10:00"].iter().all(|typed| page.body.contains(typed));
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && there, "{}", page.body);
    let closes = page.body.split("id=\"closes\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
    assert!(closes.contains("aria-invalid=\"true\""), "{closes}");
    hall.close().await;
}

/// Organizers write the hard words down once; whoever meets one taps it: in the programme, on a session's page, in the run
/// of show, in a question that the hall has heard (`P10`).
#[tokio::test]
async fn hard_words_are_explained_wherever_they_occur() {
    let hall = Hall::open().await;
    let (organizer, moderator, steward) =
        (hall.by(&hall.organizer).await, hall.moderator().await, hall.steward().await);
    let lines = "\u{202e} خط المساندة : رقم نتصل به <b>\n\nأصواتنا: ما نقوله نحن\nبلا معنى\n";
    let words = [("words.ar", lines), ("words.en", "helpline = somebody listens there")];
    assert_eq!(organizer.post_form("/organizer/settings/words", &words).await.status, StatusCode::OK);
    let kept = organizer.get("/organizer/settings").await.body;
    assert!(kept.contains("خط المساندة : رقم نتصل به &lt;b") && !kept.contains('\u{202e}'), "{kept}");
    // A question that was heard.
    let phone = hall.phone().await;
    let id = phone.ask("هل في مدرستنا خط المساندة؟").await;
    steward.does(&format!("/questions/{id}/pass"), json!({})).await;
    moderator.does(&format!("/questions/{id}/show"), json!({})).await;
    moderator.does(&format!("/questions/{id}/answered"), json!({})).await;
    let here = format!("/s/{}", hall.live.code);
    let page = phone.get(&here).await.body;
    assert_eq!(page.matches("رقم نتصل به &lt;b").count(), 2, "the session's own, and the question's: {page}");
    let show = moderator.get(&format!("{here}/console/plan")).await.body;
    let programme = phone.get("/programme").await.body;
    for (page, meaning) in [(&show, "رقم نتصل به &lt;b"), (&programme, "ما نقوله نحن")] {
        assert!(page.contains("class=\"term\"") && page.contains(meaning), "{page}");
    }
    phone.get("/lang/en").await;
    let english = phone.get(&here).await.body;
    assert!(english.contains("somebody listens there") && english.contains("Hard words"), "{english}");
    // Too long a list is refused, with what was typed; the old one stays.
    let long = "س".repeat(5000);
    let refused = organizer.post_form("/organizer/settings/words", &[("words.ar", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&long), "nothing typed is lost");
    assert!(phone.get("/lang/ar?to=/programme").await.body.contains("ما نقوله نحن"));
    hall.close().await;
}
