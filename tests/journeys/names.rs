//! Names and consents (`S12`, `S21`): by whichever way a child's name comes in, nobody sees more of it than a family has
//! agreed to and an organizer has looked at.

use nadwa_domain::Role;
use nadwa_domain::conference::people::{Consent, Group, Person};
use nadwa_domain::session::plan::Kind;
use nadwa_tests::client::Client;
use reqwest::StatusCode;
use uuid::Uuid;

use crate::preparing::{Empty, pairs, session, with};

/// A family's name in several scripts, an age in words, a class, a school: no page of others has any of them.
const TELLING: [&str; 7] =
    ["سارة آل فلان", "Sara Haddad", "Ada Onze Ans", "王小明", "آمنة أحد عشر عامًا", "Сара Иванова", "Noor Grade Six"];

impl Empty {
    /// A session of the draft with everybody as a speaker, published.
    async fn everybody_speaks(&self) -> String {
        let (room, id) = (self.room().await, Uuid::new_v4().to_string());
        let path = format!("/organizer/sessions/{id}");
        let mut fields = session(&room, "أصواتنا", "10:30", "11:30");
        self.does(&path, &pairs(&fields)).await;
        fields = with(&fields, "seen", "1");
        for person in self.conference().people.keys() {
            fields = with(&fields, format!("speakers.{person}").leak(), "on");
        }
        self.does(&path, &pairs(&fields)).await;
        self.does("/organizer/programme/publish", &[("seen", "0")]).await;
        id
    }

    /// Everything that somebody else can read of the programme and its people.
    async fn public(&self) -> String {
        let stranger = Client::new(&self.node.url, "");
        let mut all = String::new();
        for path in ["/programme", "/programme.json", "/programme.ics"] {
            all += &stranger.get(path).await.body;
        }
        // Lines of a calendar are folded.
        all.replace("\r\n ", "") + &self.organizer.get("/organizer/people.csv").await.body
    }

    async fn import(&self, file: &str, answers: &[(&str, &str)]) -> (StatusCode, String) {
        let fields: Vec<_> = [("kind", "people"), ("text", file)].into_iter().chain(answers.iter().copied()).collect();
        let answer = self.organizer.post_form("/organizer/import/write", &fields).await;
        (answer.status, answer.body)
    }

    fn people(&self) -> Vec<Person> {
        self.conference().people.values().cloned().collect()
    }
}

#[tokio::test]
async fn what_a_file_tells_of_children_waits_until_an_organizer_has_looked() {
    let empty = Empty::set_up().await;
    let rows: Vec<String> = TELLING.iter().map(|name| format!("{name},child,first name,given\n")).collect();
    let file = format!(
        "name.ar,group,shows,guardian\n{}مريم,child,first name,given\nهدى علي,adult,first name,\n",
        rows.concat()
    );
    let preview = empty.organizer.bring("/organizer/import", "people.csv", file.as_bytes().to_vec()).await.body;
    assert_eq!(preview.matches("لا يراه أحد قبل أن ينظر فيه المنظمون").count(), TELLING.len(), "{preview}");
    assert_eq!(empty.import(&file, &[]).await.0, StatusCode::OK);
    empty.everybody_speaks().await;
    let public = empty.public().await;
    for name in TELLING {
        assert!(!public.contains(name), "{name} is public");
    }
    assert!(public.contains("مريم") && public.contains("هدى علي"), "a first name and an adult's are seen: {public}");
    // The organizer sees them in a list; each may stand, or be changed.
    let page = empty.organizer.get("/organizer/people").await.body;
    let held = page.split_once("id=\"held\"").map(|(_, rest)| rest.split("</section>").next().unwrap()).unwrap();
    assert_eq!(held.matches("/stand\"").count(), TELLING.len(), "{held}");
    let id_of = |name: &str| {
        let rooms = &empty.node.app.rooms;
        let people = empty.conference();
        people
            .people
            .keys()
            .copied()
            .find(|id| rooms.kept_name_of(*id).unwrap().0.values().any(|kept| kept == name))
            .unwrap()
    };
    let (stands, changed) = (id_of(TELLING[1]), id_of(TELLING[0]));
    // What cannot be taken back is asked once, above its press (`A7`).
    let page = empty.organizer.get(&format!("/organizer/people/{stands}")).await.body;
    let asked = page.split_once("<details class=\"asked\">").unwrap().1.split("</details>").next().unwrap();
    assert!(asked.contains("لا رجوع بعد هذا") && asked.contains("/remove\""), "{asked}");
    empty.does(&format!("/organizer/people/{stands}/stand"), &[]).await;
    let fields = [("name.ar", "سارة"), ("group", "child"), ("shows", "first_name"), ("lang", "ar")];
    empty.does(&format!("/organizer/people/{changed}"), &fields).await;
    let public = empty.public().await;
    assert!(public.contains(TELLING[1]) && public.contains("سارة") && !public.contains(TELLING[0]), "{public}");
    // Written anew, it waits anew: what was looked at was another name.
    let again = [("name.ar", "سارة بنت خالد"), ("group", "child"), ("shows", "first_name"), ("lang", "ar")];
    let refused = empty.refused(&format!("/organizer/people/{stands}"), &again).await;
    assert!(refused.contains("as_it_is") && refused.contains("سارة بنت خالد"), "asked, and nothing typed is lost");
    empty.close().await;
}

#[tokio::test]
async fn a_child_is_named_nowhere_before_the_family_was_asked() {
    let empty = Empty::set_up().await;
    let file =
        "name.ar,group,shows,guardian\nمريم,child,first name,\nليلى,child,nickname,unchecked\nهدى,adult,first name,\n";
    assert_eq!(empty.import(file, &[]).await.0, StatusCode::OK);
    empty.everybody_speaks().await;
    let public = empty.public().await;
    assert!(!public.contains("مريم") && !public.contains("ليلى") && public.contains("هدى"), "{public}");
    empty.close().await;
}

#[tokio::test]
async fn one_name_is_two_people_or_a_question() {
    let empty = Empty::set_up().await;
    let file = format!("name.ar,group,guardian\n{}", "ريم,child,given\n".repeat(40) + "رِيم,child,withdrawn\n");
    let preview = empty.organizer.bring("/organizer/import", "people.csv", file.as_bytes().to_vec()).await.body;
    assert!(preview.contains("name=\"who\"") && preview.contains("name=\"who.3\""), "{preview}");
    let (status, page) = empty.import(&file, &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("ريم,child,given") && empty.people().is_empty(),
        "nothing is written, and the file is still there"
    );
    // Said once for all: each is somebody of their own, with what the family said of them.
    assert_eq!(empty.import(&file, &[("who", "new")]).await.0, StatusCode::OK);
    let said = |state| empty.people().iter().filter(|person| person.guardian.state == state).count();
    assert_eq!((said(Consent::Given), said(Consent::Withdrawn)), (40, 1));
    // Somebody of the same name comes later: nobody is made one with anybody by that.
    let later = "name.ar,group,guardian\nريم,child,not given\n";
    assert_eq!(empty.import(later, &[]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(empty.import(later, &[("who", "same")]).await.0, StatusCode::UNPROCESSABLE_ENTITY, "there are many");
    assert_eq!(empty.import(later, &[("who.2", "new")]).await.0, StatusCode::OK);
    assert_eq!(empty.people().len(), 42);
    // The same letters, typed apart: a file of another system is another spelling of nobody.
    let apart = "name.ar,group,guardian\nا\u{654}مل,child,given\n";
    assert_eq!(empty.import(apart, &[]).await.0, StatusCode::OK);
    assert_eq!(empty.import("name.ar,group,guardian\nأمل,child,given\n", &[("who", "same")]).await.0, StatusCode::OK);
    assert_eq!(empty.people().len(), 43);
    // A file that numbers its people tells two of one name apart, and two rows of one person together.
    let numbered = "person,name.ar,group,guardian\n1,نور,child,given\n2,نور,child,not given\n1,نور,child,\n";
    assert_eq!(empty.import(numbered, &[]).await.0, StatusCode::OK);
    assert_eq!(empty.people().len(), 45);
    let differ = "person,name.ar,guardian\n9,سما,given\n9,سما,withdrawn\n";
    let (status, page) = empty.import(differ, &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("يخالف ما في السطر"), "{page}");
    empty.close().await;
}

#[tokio::test]
async fn what_a_file_says_of_consent_is_kept_or_refused() {
    let empty = Empty::set_up().await;
    let (first, second) = (
        "name.ar,group,shows,guardian,media\nريم,child,first name,given,given\n",
        "name.ar,group,shows,guardian,media\nريم,child,first name,withdrawn,not given\n",
    );
    assert_eq!(empty.import(first, &[]).await.0, StatusCode::OK);
    empty.everybody_speaks().await;
    assert!(empty.public().await.contains("ريم"));
    // The preview says what will be there, and so it is.
    let asked = empty.import(second, &[]).await.1;
    let id = empty.conference().people.keys().next().unwrap().to_string();
    assert!(asked.contains(&format!("value=\"{id}\"")), "{asked}");
    assert_eq!(empty.import(second, &[("who.2", &id)]).await.0, StatusCode::OK);
    let reem = empty.people().remove(0);
    assert_eq!((reem.guardian.state, reem.media.state), (Consent::Withdrawn, Consent::NotGiven));
    assert!(!empty.public().await.contains("ريم"), "withdrawn at once");
    // Columns and values of three languages; what is misspelt is refused by line, and says what would do.
    for (head, yes, state) in [
        ("موافقة ولي الأمر", "موجودة", Consent::Given),
        ("موافقه ولي الامر", "غير موجودة", Consent::NotGiven),
        ("Guardian consent", "Withdrawn", Consent::Withdrawn),
        ("Accord du responsable", "Donné", Consent::Given),
        ("accord parental", "retiré", Consent::Withdrawn),
    ] {
        let name = format!("طفل{}", Uuid::new_v4().simple().to_string().replace(|c: char| c.is_numeric(), ""));
        assert_eq!(
            empty.import(&format!("name.ar,group,{head}\n{name},child,{yes}\n"), &[]).await.0,
            StatusCode::OK,
            "{head}"
        );
        let rooms = &empty.node.app.rooms;
        let people = empty.people();
        let of = |person: &&Person| rooms.kept_name_of(person.about.id).unwrap().0.values().any(|kept| *kept == name);
        assert_eq!(people.iter().find(of).unwrap().guardian.state, state, "{head}: {yes}");
    }
    let before = empty.people().len();
    for (head, value) in [
        ("guardian", "gevin"),
        ("guardian", "نعمم لا"),
        ("accord parental", "oiu"),
        ("gaurdian", "given"),
        ("موافقة ولى الأمور", "نعم"),
    ] {
        let (status, page) = empty.import(&format!("name.ar,{head}\nسلمى,{value}\n"), &[]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{head}: {value}");
        assert!(page.contains(value) || page.contains(head), "it says which: {page}");
    }
    assert_eq!(empty.people().len(), before, "and nothing is written");
    empty.close().await;
}

#[tokio::test]
async fn our_own_file_of_people_is_taken_again_and_changes_nothing() {
    let empty = Empty::set_up().await;
    let file = "name.ar,group,shows,guardian,media\nريم,child,first name,given,given\nسارة محمد آل فلان,child,first name,given,\nهدى علي,adult,role,,\n";
    assert_eq!(empty.import(file, &[]).await.0, StatusCode::OK);
    let id = empty.everybody_speaks().await;
    let people: Vec<_> = empty
        .people()
        .iter()
        .filter(|person| person.about.group == Group::Child)
        .map(|of| of.about.id.to_string())
        .collect();
    for role in ["presenter", "timekeeper"] {
        empty.does("/organizer/cards", &[("role", role), ("session", &id), ("person", &people[0])]).await;
    }
    let before = (empty.people(), empty.conference().passes.len());
    let own = empty.organizer.get("/organizer/people.csv").await.body;
    let (status, page) = empty.import(&own, &[]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert_eq!((empty.people(), empty.conference().passes.len()), before);
    empty.close().await;
}

#[tokio::test]
async fn a_card_fits_child_and_adult_or_is_asked_about() {
    let empty = Empty::set_up().await;
    let file = "name.ar,group\nريم,child\nهدى,adult\n";
    assert_eq!(empty.import(file, &[]).await.0, StatusCode::OK);
    let (room, id) = (empty.room().await, Uuid::new_v4().to_string());
    empty.does(&format!("/organizer/sessions/{id}"), &pairs(&session(&room, "أصواتنا", "10:30", "11:30"))).await;
    let of = |group| empty.people().iter().find(|of| of.about.group == group).unwrap().about.id.to_string();
    let (child, adult) = (of(Group::Child), of(Group::Adult));
    for role in ["steward", "safeguarding_lead"] {
        let page = empty.refused("/organizer/cards", &[("role", role), ("person", &child)]).await;
        assert!(page.contains("هذا الدور لبالغ"), "{page}");
    }
    let wanted = [("role", "moderator"), ("session", id.as_str()), ("person", adult.as_str())];
    let asked = empty.refused("/organizer/cards", &wanted).await;
    assert!(asked.contains("name=\"adult\""), "{asked}");
    assert!(empty.conference().passes.values().all(|pass| pass.issued.role == Role::Organizer));
    let page = async || {
        let code = empty.conference().sessions[0].code.clone().unwrap();
        Client::new(&empty.node.url, "").get(&format!("/s/{}", code.as_str())).await.body
    };
    const CHILDREN: &str = "الأطفال يديرون هذه الجلسة";
    assert!(!page().await.contains(CHILDREN), "nobody runs it yet");
    empty.does("/organizer/cards", &[wanted.as_slice(), &[("adult", "on")]].concat()).await;
    assert!(!page().await.contains(CHILDREN), "an adult does");
    empty.does("/organizer/cards", &[("role", "co_moderator"), ("session", &id), ("person", &child)]).await;
    assert!(page().await.contains(CHILDREN));
    assert!(
        !Client::new(&empty.node.url, "").get("/").await.body.contains(CHILDREN),
        "the first page is of no session"
    );
    // In a file it is one question for all such lines.
    let rows = "name.ar,group,role,session\nسعاد,adult,timekeeper,أصواتنا\n";
    let (status, page) = empty.import(rows, &[]).await;
    assert_eq!((status, page.contains("name=\"adults\"")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{page}");
    assert_eq!(empty.import(rows, &[("adults", "on")]).await.0, StatusCode::OK);
    empty.close().await;
}

#[tokio::test]
async fn a_kind_that_is_unknown_is_told_before_it_is_written_as_another() {
    let empty = Empty::set_up().await;
    let file = "day,from,until,room,kind,title.ar\n2022-05-23,10:00,11:00,القاعة,fishbowl,أصوات\n2022-05-23,12:00,13:00,القاعة,workshop,ورشة\n";
    let form = reqwest::multipart::Form::new().text("kind", "programme");
    let part = reqwest::multipart::Part::bytes(file.as_bytes().to_vec()).file_name("programme.csv");
    let preview = empty.organizer.post_parts("/organizer/import", form.part("file", part)).await.body;
    let cells = preview.split_once("<tbody>").unwrap().1;
    assert!(preview.contains("fishbowl") && !cells.contains("fishbowl"), "the table shows what will be: {cells}");
    assert!(preview.contains("سيُكتب: جلسة نقاشية"), "{preview}");
    empty.does("/organizer/import/write", &[("kind", "programme"), ("text", file)]).await;
    let kinds: Vec<Kind> = empty.conference().sessions.iter().map(|listing| listing.kind).collect();
    assert_eq!(kinds, [Kind::Panel, Kind::Workshop]);
    empty.close().await;
}

/// A spreadsheet is taken by the same rule as a text; another kind of file is refused by its own name, with the step to do.
#[tokio::test]
async fn a_spreadsheet_comes_in_by_the_same_rule() {
    let other = Empty::set_up().await;
    let rows = [
        ["name.ar", "group", "shows", "guardian"],
        [TELLING[0], "child", "first name", "given"],
        ["مريم", "child", "first name", ""],
    ];
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (place, row) in (0_u32..).zip(rows) {
        sheet.write_row(place, 0, row).expect("it is written");
    }
    let sheet = book.save_to_buffer().expect("it is a file");
    let preview = other.organizer.bring("/organizer/import", "people.xlsx", sheet).await.body;
    assert_eq!(preview.matches("لا يراه أحد قبل أن ينظر فيه المنظمون").count(), 1, "{preview}");
    let text = preview.split_once("name=\"text\"").unwrap().1.split_once('>').unwrap().1;
    let text = text.split_once("</textarea>").unwrap().0.replace("&quot;", "\"");
    assert_eq!(other.import(text.trim_start(), &[]).await.0, StatusCode::OK);
    other.everybody_speaks().await;
    let (public, people) = (other.public().await, other.people());
    assert!(!public.contains(TELLING[0]) && !public.contains("مريم"), "held, and not asked yet: {public}");
    let consents: Vec<_> = people.iter().map(|person| person.guardian.state).collect();
    assert!(consents.contains(&Consent::Given) && consents.len() == 2, "{consents:?}");
    for (file, name) in [(&b"%PDF-1.7 \n"[..], "PDF"), (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "XLS")] {
        let refused = other.organizer.bring("/organizer/import", "people.xlsx", file.to_vec()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(&format!("ملف \u{2068}{name}\u{2069} لا يُقرأ هنا")), "{}", refused.body);
    }
    other.close().await;
}

/// A table of a hundred thousand columns took a thread for half a minute (`G2`).
#[tokio::test]
async fn a_table_of_too_many_columns_is_refused_at_once() {
    let empty = Empty::set_up().await;
    for kind in ["people", "programme"] {
        let part = reqwest::multipart::Part::bytes("a,".repeat(100_000).into_bytes()).file_name("wide.csv");
        let form = reqwest::multipart::Form::new().text("kind", kind).part("file", part);
        let refused = empty.organizer.post_parts("/organizer/import", form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        assert!(refused.body.len() < 100_000, "{}", refused.body.len());
    }
    empty.close().await;
}
