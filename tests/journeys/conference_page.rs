//! Adults and what they are here, organisations, and the conference's own pages (`C1`, `C2`): written by organizers, in
//! forms and files, and seen by everybody.

use nadwa_domain::Lang;
use nadwa_domain::conference::organisations::Standing;
use nadwa_domain::conference::people::{Group, Person, Shows};
use nadwa_domain::conference::profile::Function;
use nadwa_domain::ids::{OrganisationId, PersonId};
use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use uuid::Uuid;

use crate::preparing::{Empty, pairs, session, with};

const JUDGE: [(&str, &str); 11] = [
    ("name.ar", "حنان المثال"),
    ("name.en", "Hanan Example"),
    ("group", "adult"),
    ("functions.speaker", "on"),
    ("functions.chair", "on"),
    ("title.ar", "القاضية"),
    ("office.ar", "رئيسة المحكمة"),
    ("country.ar", "قطر"),
    ("about.ar", "تعمل مع الأطفال."),
    ("order", "٢"),
    ("shows", ""),
];

impl Empty {
    async fn organisation(&self, name: &str, country: &str, standing: &str) -> String {
        let id = Uuid::new_v4().to_string();
        let fields = [
            ("id", id.as_str()),
            ("name.ar", name),
            ("country.ar", country),
            ("kind", "court"),
            ("standing", standing),
        ];
        self.does("/organizer/organisations", &fields).await;
        id
    }

    async fn adult(&self, fields: &[(&str, &str)]) -> String {
        let id = Uuid::new_v4().to_string();
        let fields: Vec<_> = [("id", id.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.does("/organizer/people", &fields).await;
        id
    }

    fn person(&self, id: &str) -> Person {
        self.conference().people[&id.parse::<PersonId>().unwrap()].clone()
    }

    /// A published session in which these speak.
    async fn speak(&self, people: &[&str]) {
        let (room, id) = (self.room().await, Uuid::new_v4().to_string());
        let path = format!("/organizer/sessions/{id}");
        let mut fields = session(&room, "أصواتنا", "10:30", "11:30");
        self.does(&path, &pairs(&fields)).await;
        fields = with(&fields, "seen", "1");
        for person in people {
            fields = with(&fields, format!("speakers.{person}").leak(), "on");
        }
        self.does(&path, &pairs(&fields)).await;
        self.does("/organizer/programme/publish", &[("seen", "0")]).await;
    }

    async fn seen(&self, path: &str) -> String {
        let answer = Client::new(&self.node.url, "").get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.body
    }

    async fn file(&self, text: &str) -> (StatusCode, String) {
        let answer = self.organizer.post_form("/organizer/import/write", &[("kind", "people"), ("text", text)]).await;
        (answer.status, answer.body)
    }
}

#[tokio::test]
async fn an_adult_is_written_down_whole_and_seen_among_the_speakers() {
    let empty = Empty::set_up().await;
    let court = empty.organisation("محكمة الأسرة", "قطر", "partner").await;
    let of = [JUDGE.as_slice(), &[("of", court.as_str())]].concat();
    let judge = empty.adult(&of).await;
    let person = empty.person(&judge);
    assert_eq!(person.about.shows, Shows::FullName, "an adult's name is whole unless somebody says otherwise");
    assert_eq!(person.profile.functions, [Function::Chair, Function::Speaker]);
    assert_eq!((person.profile.order, person.profile.of), (Some(2), court.parse::<OrganisationId>().ok()));
    // The form has it all again.
    let page = empty.organizer.get(&format!("/organizer/people/{judge}")).await.body;
    for has in ["القاضية", "رئيسة المحكمة", "تعمل مع الأطفال.", "محكمة الأسرة", "value=\"2\""]
    {
        assert!(page.contains(has), "{has}: {page}");
    }
    assert!(empty.seen("/speakers").await.contains("لا متحدثين"), "nobody speaks yet");
    let first =
        empty.adult(&[("name.ar", "ليلى النخيل"), ("group", "adult"), ("order", "1"), ("shows", "full_name")]).await;
    let child = empty.adult(&[("name.ar", "مريم"), ("group", "child"), ("shows", "first_name")]).await;
    empty.does(&format!("/organizer/people/{child}/consent"), &[("asked", "guardian"), ("state", "given")]).await;
    let hidden = empty.adult(&[("name.ar", "سمير البحري"), ("group", "adult"), ("shows", "role")]).await;
    empty.speak(&[&judge, &first, &child, &hidden]).await;
    let page = empty.seen("/speakers").await;
    for has in ["القاضية", "حنان المثال", "رئيسة المحكمة", "محكمة الأسرة", "قطر", "تعمل مع الأطفال.", "أصواتنا"]
    {
        assert!(page.contains(has), "{has}: {page}");
    }
    assert!(page.find("ليلى النخيل") < page.find("حنان المثال"), "by the order of protocol: {page}");
    assert!(!page.contains("مريم"), "a child is named in the programme alone: {page}");
    assert!(!page.contains("سمير البحري"), "whoever shows no name is on no list of names");
    let english = empty.seen("/speakers?lang=en").await;
    assert!(english.contains("Hanan Example") && english.contains("lang=\"ar\""), "{english}");
    let organisations = empty.seen("/organisations").await;
    assert!(organisations.contains("محكمة الأسرة") && organisations.contains("حنان المثال"), "{organisations}");
    // What is withdrawn hides the name at once.
    let withdrawn = [("asked", "guardian"), ("state", "withdrawn")];
    empty.does(&format!("/organizer/people/{judge}/consent"), &withdrawn).await;
    for path in ["/speakers", "/organisations"] {
        assert!(!empty.seen(path).await.contains("حنان المثال"), "{path}");
    }
    empty.close().await;
}

#[tokio::test]
async fn what_does_not_fit_a_child_is_refused_and_nothing_typed_is_lost() {
    let empty = Empty::set_up().await;
    let child = [("name.ar", "مريم"), ("group", "child"), ("functions.chair", "on"), ("office.ar", "رئيسة الصف")];
    let refused = empty.refused("/organizer/people", &child).await;
    assert!(refused.contains("مريم") && refused.contains("رئيسة الصف") && refused.contains("functions.chair"));
    let full = [("name.ar", "مريم"), ("group", "child"), ("shows", "full_name")];
    assert!(empty.refused("/organizer/people", &full).await.contains("الاسم الكامل"));
    let order = [("name.ar", "سمير"), ("group", "adult"), ("order", "أول")];
    assert!(empty.refused("/organizer/people", &order).await.contains("أول"));
    for of in ["nothing", "0194c0de-0000-7000-8000-000000000140"] {
        let gone = [("name.ar", "سمير"), ("group", "adult"), ("of", of)];
        assert!(empty.refused("/organizer/people", &gone).await.contains("ليست في القائمة"));
    }
    assert!(empty.conference().people.is_empty());
    // A child's office is not kept, as the form says; an adult with a function becomes no child by a slip.
    let id = empty.adult(&[("name.ar", "مريم"), ("group", "child"), ("office.ar", "رئيسة الصف")]).await;
    assert_eq!(empty.person(&id).profile, Default::default());
    let judge = empty.adult(&JUDGE).await;
    let as_child = [("name.ar", "حنان"), ("group", "child"), ("shows", "role"), ("functions.chair", "on")];
    empty.refused(&format!("/organizer/people/{judge}"), &as_child).await;
    assert_eq!(empty.person(&judge).about.group, Group::Adult);
    // Without the function it is what the organizer says.
    let as_child = [("name.ar", "حنان"), ("group", "child"), ("shows", "role")];
    empty.does(&format!("/organizer/people/{judge}"), &as_child).await;
    let person = empty.person(&judge);
    assert_eq!((person.about.group, person.profile), (Group::Child, Default::default()));
    empty.close().await;
}

#[tokio::test]
async fn an_organisation_is_there_once_stays_while_people_belong_to_it_and_comes_back() {
    let empty = Empty::set_up().await;
    let court = empty.organisation("محكمة الأسرة", "قطر", "guest").await;
    let again = [("name.ar", "محكمه الاسره"), ("country.ar", "قطر"), ("kind", "court")];
    assert!(empty.refused("/organizer/organisations", &again).await.contains("محكمه الاسره"), "nothing typed is lost");
    empty.refused("/organizer/organisations", &[("name.en", "  ")]).await;
    let long = "م".repeat(400);
    assert!(empty.refused("/organizer/organisations", &[("name.ar", &long)]).await.contains(&long));
    // Markup is text, and a name of any script is a name.
    for name in ["<script>alert(1)</script>", "儿童保护协会", "הגנת הילד", &"س".repeat(158)] {
        empty.organisation(name, "", "host").await;
    }
    let public = empty.seen("/organisations").await;
    assert!(!public.contains("<script>alert") && public.contains("&lt;script&gt;alert"), "{public}");
    assert!(public.contains("儿童保护协会") && public.contains(&"س".repeat(158)));
    let judge = empty.adult(&[JUDGE.as_slice(), &[("of", court.as_str())]].concat()).await;
    let path = format!("/organizer/organisations/{court}");
    let refused = empty.refused(&format!("{path}/remove"), &[]).await;
    assert!(refused.contains("لهذه الجهة أشخاص") && refused.contains(&judge), "who they are is on the page: {refused}");
    empty.does(&format!("/organizer/people/{judge}"), &JUDGE).await;
    empty.does(&format!("{path}/remove"), &[]).await;
    assert!(!empty.seen("/organisations").await.contains("محكمة الأسرة"));
    let list = empty.organizer.get("/organizer/organisations").await.body;
    assert!(list.contains("id=\"removed\"") && list.contains(&format!("{path}/back")), "{list}");
    empty.does(&format!("{path}/back"), &[]).await;
    assert!(empty.seen("/organisations").await.contains("محكمة الأسرة"));
    assert_eq!(empty.organizer.get("/organizer/organisations/nothing").await.status, StatusCode::NOT_FOUND);
    // What was typed beside people is taken into the list with one press, and they belong to it.
    let typed = empty.adult(&[("name.ar", "سمير"), ("group", "adult"), ("organisation.ar", "جمعية المرفأ")]).await;
    assert!(empty.organizer.get("/organizer/organisations").await.body.contains("جمعية المرفأ"));
    empty.does("/organizer/organisations/typed", &[("typed", "جمعية المرفأ")]).await;
    let person = empty.person(&typed);
    assert_eq!(empty.conference().organisation_of(&person).0[&Lang::AR], "جمعية المرفأ");
    assert!(person.profile.of.is_some() && person.organisation.0.is_empty());
    // Whoever is removed leaves nothing behind that was told of them.
    let history = async || {
        let (app, stream) = (&empty.node.app, empty.node.app.rooms.conference().id().0);
        format!("{:?}", app.store.read(stream, 0).await.unwrap())
    };
    assert!(history().await.contains("تعمل مع الأطفال"));
    empty.does(&format!("/organizer/people/{judge}/remove"), &[]).await;
    assert!(!history().await.contains("تعمل مع الأطفال"));
    empty.close().await;
}

#[tokio::test]
async fn a_file_tells_of_adults_and_comes_back_whole() {
    let empty = Empty::set_up().await;
    let court = empty.organisation("محكمة الأسرة", "قطر", "guest").await;
    let file = "name.ar,group,organisation,المهمة,prefix.ar,office.ar,country.ar,bio.ar,order\n\
        حنان المثال,adult,محكمه الأسرة,رئاسة جلسة; speaker,القاضية,رئيسة المحكمة,قطر,تعمل مع الأطفال.,٢\n\
        سمير البحري,adult,جمعية لا نعرفها,volunteer,,,,,\n\
        مريم,child,,,,رئيسة الصف,,,\n";
    let preview = empty.organizer.bring("/organizer/import", "people.csv", file.as_bytes().to_vec()).await.body;
    for has in ["رئاسة جلسة · متحدث", "القاضية", "الجهة ليست في القائمة", "لا يُحفظ هذا عن طفل"]
    {
        assert!(preview.contains(has), "{has}: {preview}");
    }
    let (status, body) = empty.file(file).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let conference = empty.conference();
    let judge = conference.people.values().find(|person| person.profile.is(Function::Chair)).unwrap();
    assert_eq!(judge.profile.of, court.parse::<OrganisationId>().ok(), "by its name, however it is written");
    assert_eq!((judge.profile.order, judge.about.shows), (Some(2), Shows::FullName));
    let told = |person: &Person| (person.profile.clone(), person.organisation.clone(), person.about);
    let before: Vec<_> = conference.people.values().map(told).collect();
    // Our own table again, twice: nothing changes.
    for _ in 0..2 {
        let own = empty.organizer.get("/organizer/people.csv").await.body;
        let (status, body) = empty.file(&own).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let after: Vec<_> = empty.conference().people.values().map(told).collect();
        assert_eq!(after, before, "{own}");
    }
    // And into another conference, where the list is another: the organisation stays as it is called.
    let own = empty.organizer.get("/organizer/people.csv").await.body;
    let other = Empty::set_up().await;
    assert_eq!(other.file(&own).await.0, StatusCode::OK);
    let conference = other.conference();
    let judge = conference.people.values().find(|person| person.profile.is(Function::Chair)).unwrap();
    assert_eq!(conference.organisation_of(judge).0[&Lang::AR], "محكمة الأسرة");
    other.close().await;
    // A child's function is refused by line, and nothing is written.
    for file in [
        "name.ar,group,function\nلينا,child,chair\n",
        "name.ar,group,function\nلينا,,speaker\n",
        "name.ar,group,shows\nلينا,child,full name\n",
        "name.ar,group,function\nسمير,adult,wizard\n",
        "name.ar,group,order\nسمير,adult,0\n",
    ] {
        let (status, body) = empty.file(file).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
        assert!(body.contains("السطر 2"), "{file}: {body}");
    }
    assert_eq!(empty.conference().people.len(), 3);
    empty.close().await;
}

#[tokio::test]
async fn two_thousand_adults_of_one_file_are_written_in_time() {
    let empty = Empty::set_up().await;
    for n in 0..30 {
        empty.organisation(&format!("الجهة {n}"), "قطر", "guest").await;
    }
    let row = |n: usize| format!("ضيف {n},adult,الجهة {},speaker,د.,مدير,{}\n", n % 30, n + 1);
    let rows: String = (0..2000).map(row).collect();
    let (status, body) =
        empty.file(&format!("name.ar,group,organisation,function,prefix.ar,office.ar,order\n{rows}")).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let conference = empty.conference();
    assert_eq!(conference.people.len(), 2000);
    assert!(conference.people.values().all(|person| person.profile.of.is_some()));
    empty.close().await;
}

#[tokio::test]
async fn what_the_conference_says_of_itself_is_seen_by_everybody_with_what_is_missing() {
    let empty = Empty::set_up().await;
    assert!(empty.seen("/conference").await.contains("لم يُكتب شيء"));
    empty.organisation("مركز المثال", "قطر", "host").await;
    assert_eq!(empty.conference().listed_organisations().next().unwrap().1.standing, Standing::Host);
    let member =
        [("name.ar", "حنان المثال"), ("group", "adult"), ("functions.committee", "on"), ("shows", "full_name")];
    empty.adult(&member).await;
    let texts = [
        ("seen", "0"),
        ("aims.ar", "أن يُسمع الأطفال.\n<b>وأن يُجابوا</b>"),
        ("aims.en", "That children are heard."),
        ("press.ar", "مكتب الإعلام"),
    ];
    empty.does("/organizer/about", &texts).await;
    let page = empty.seen("/conference").await;
    for has in ["أن يُسمع الأطفال.", "&lt;b&gt;وأن", "مكتب الإعلام", "مركز المثال", "حنان المثال"]
    {
        assert!(page.contains(has), "{has}: {page}");
    }
    let english = empty.seen("/conference?lang=en").await;
    assert!(english.contains("That children are heard.") && english.contains("Not translated yet"), "{english}");
    let form = empty.organizer.get("/organizer/about").await.body;
    assert!(form.contains("للصحافة: ") && form.contains("English"), "what is missing in which language: {form}");
    // Somebody else was first: nothing is overwritten, and nothing typed is lost.
    let late = empty.refused("/organizer/about", &[("seen", "0"), ("aims.ar", "غير ذلك")]).await;
    assert!(late.contains("غير ذلك"));
    let long = "كلام ".repeat(1000);
    empty.refused("/organizer/about", &[("seen", "1"), ("aims.ar", &long)]).await;
    assert!(empty.seen("/conference").await.contains("أن يُسمع الأطفال."));
    for path in ["/", "/programme"] {
        assert!(empty.seen(path).await.contains("href=\"/conference\""), "{path} leads there");
    }
    empty.close().await;
}

#[tokio::test]
async fn the_demo_has_speakers_and_organisations_in_three_languages_and_one_is_not_translated() {
    let hall = Hall::open().await;
    let phone = hall.phone().await;
    for (lang, of_two) in [("ar", "بلد النخيل"), ("en", "Land of Palms"), ("fr", "Pays des Palmiers")] {
        let speakers = phone.get(&format!("/speakers?lang={lang}")).await.body;
        assert_eq!(speakers.matches("class=\"part\"").count(), 25, "{lang}");
        let organisations = phone.get(&format!("/organisations?lang={lang}")).await.body;
        assert_eq!(organisations.matches("<li><b>").count(), 30, "{lang}");
        assert!(organisations.contains(of_two), "{lang}");
    }
    let english = phone.get("/organisations?lang=en").await.body;
    assert_eq!(english.matches("إذاعة الأطفال").count(), 1, "one is not translated");
    hall.close().await;
}
