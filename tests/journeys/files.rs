//! Files that others write (`C6`): whatever program a programme or a list comes from, it is read at the first try or
//! refused with what to do; what is brought again changes what changed.

use nadwa_domain::Choice;
use nadwa_domain::conference::Listing;
use nadwa_tests::client::Answer;
use reqwest::StatusCode;

use crate::preparing::Empty;

impl Empty {
    /// Brings a file as a person does: looks at the preview, then writes what it holds. The preview comes back.
    async fn bring(&self, kind: &'static str, name: &str, bytes: impl Into<Vec<u8>>) -> String {
        let preview = self.look(kind, name, bytes).await;
        assert_eq!(preview.status, StatusCode::OK, "{name}: {}", preview.body);
        if let Some((_, rest)) = preview.body.split_once("name=\"text\"") {
            let text = rest.split_once('>').unwrap().1.split_once("</textarea>").unwrap().0;
            let text = text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            self.does("/organizer/import/write", &[("kind", kind), ("text", text.trim_start_matches('\n'))]).await;
        }
        preview.body
    }

    async fn look(&self, kind: &'static str, name: &str, bytes: impl Into<Vec<u8>>) -> Answer {
        let part = reqwest::multipart::Part::bytes(bytes.into()).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().text("kind", kind).part("file", part);
        self.organizer.post_parts("/organizer/import", form).await
    }

    /// The sessions of the draft: title, day and times by the venue's clock, room.
    async fn listed(&self) -> Vec<String> {
        let file = self.organizer.get("/organizer/programme.csv").await.body;
        let mut reader = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
        let heads = reader.headers().unwrap().clone();
        let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
        let columns = ["title.en", "title.ar", "day", "from", "until", "room"].map(at);
        let rows = reader.records().map(|record| {
            let record = record.unwrap();
            columns
                .map(|column| record[column].to_owned())
                .into_iter()
                .filter(|cell| !cell.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        });
        rows.collect()
    }

    fn sessions(&self) -> Vec<Listing> {
        self.conference().sessions.clone()
    }
}

/// A `schedule.json` with one talk of Paris's clock.
fn schedule(title: &str, start: &str, room: &str) -> String {
    format!(
        r#"{{"schedule":{{"conference":{{"time_zone_name":"Europe/Paris","days":[{{"date":"2022-05-23","rooms":{{"{room}":[
        {{"guid":"5e2f6a5e-0d1a-4d1c-9d38-1f1f0c7d2a11","date":"2022-05-23T{start}:00+02:00","start":"{start}",
        "duration":"01:00","title":"{title}","language":"en","type":"Workshop","persons":[]}}]}}}}]}}}}}}"#
    )
}

#[tokio::test]
async fn what_is_brought_again_changes_what_changed_and_keeps_its_code() {
    let empty = Empty::set_up().await;
    let preview = empty.bring("programme", "a.json", schedule("Voices", "10:00", "Main hall")).await;
    assert!(preview.contains("Europe/Paris"), "the clock of the file is told: {preview}");
    assert_eq!(empty.listed().await, ["Voices 2022-05-23 11:00 12:00 Main hall"]);
    let before = empty.sessions();
    let preview = empty.bring("programme", "b.json", schedule("Our voices", "12:00", "Small hall")).await;
    assert!(preview.contains("Voices") && preview.contains("11:00"), "as it was is told: {preview}");
    assert_eq!(empty.listed().await, ["Our voices 2022-05-23 13:00 14:00 Small hall"]);
    let after = empty.sessions();
    assert_eq!((after[0].session, &after[0].code), (before[0].session, &before[0].code));
    let preview = empty.bring("programme", "b.json", schedule("Our voices", "12:00", "Small hall")).await;
    assert!(!preview.contains("name=\"text\""), "there is nothing to write: {preview}");
    let other = schedule("Hands", "12:00", "Main hall").replace("5e2f6a5e", "6e2f6a5e");
    let preview = empty.bring("programme", "c.json", other).await;
    assert!(
        preview.contains("ليست في الملف وتبقى كما هي"),
        "what is gone from the file is named, and stays: {preview}"
    );
    assert_eq!(empty.sessions().len(), 2);
    empty.close().await;
}

#[tokio::test]
async fn our_own_programme_comes_back_whole_and_changes_by_its_ids() {
    let empty = Empty::set_up().await;
    empty.bring("programme", "a.json", schedule("Voices", "10:00", "Main hall")).await;
    empty.does("/organizer/programme/publish", &[("seen", "0")]).await;
    let before = empty.sessions();
    for path in ["/organizer/programme.csv", "/organizer/programme.xlsx", "/programme.json", "/programme.ics"] {
        let file = empty.organizer.bytes(path).await.2;
        let preview = empty.bring("programme", path, file).await;
        assert!(!preview.contains("name=\"text\""), "{path} changes nothing: {preview}");
        let other_clock = preview.contains("بتوقيت آخر");
        assert_eq!(other_clock, path.ends_with(".ics"), "{path}: of another clock is what is written in UTC alone");
        assert_eq!(empty.sessions(), before, "{path}");
    }
    let file = empty.organizer.get("/organizer/programme.csv").await.body;
    empty.bring("programme", "later.csv", file.replace("11:00", "15:00").replace("12:00", "16:00")).await;
    assert_eq!(empty.listed().await, ["Voices 2022-05-23 15:00 16:00 Main hall"]);
    assert_eq!(empty.sessions()[0].code, before[0].code);
    empty.close().await;
}

/// What spreadsheets and other programs make of a day and a time.
#[tokio::test]
async fn times_are_read_as_they_were_meant_or_asked_back() {
    for (file, listed) in [
        ("sep=;\r\nday;from;until;room;title\r\n23/05/2022;9:30 AM;10:30 AM;A;One\r\n", "09:30 10:30"),
        ("Date,Start,End,Room,Title\n05/23/2022,09:30,10:30,A,One\n", "09:30 10:30"),
        ("Date,Start,End,Room,Title\n23-May-22,0.395833,0.4375,A,One\n", "09:30 10:30"),
        ("Start,Duration,Room,Proposal title\n2022-05-23 09:30,60,A,One\n", "09:30 10:30"),
        ("Start,End,Location,Session name\n2022-05-23T06:30:00Z,2022-05-23T07:30:00Z,A,One\n", "09:30 10:30"),
        ("اليوم,البداية,النهاية,القاعة,title\n٢٣ مايو ٢٠٢٢,٠٩:٣٠ ص,١٠:٣٠ ص,A,One\n", "09:30 10:30"),
        ("day,from,until,room,title\n2022-05-23,22:00,01:00,A,One\n", "22:00 01:00"),
        ("day,from,until,room,title\n2022-05-23,22:00,24:00,A,One\n", "22:00 00:00"),
    ] {
        let empty = Empty::set_up().await;
        empty.bring("programme", "times.csv", file).await;
        assert_eq!(empty.listed().await, [format!("One 2022-05-23 {listed} A")], "{file}");
        empty.close().await;
    }
    let empty = Empty::set_up().await;
    for (file, line) in [
        (
            "day,from,until,room,title\r\n2022-05-23,9:30,10:30,A,\"One\r\ntwo\"\r\n\r\n2022-05-23,9,10:30,A,Two\r\n",
            "4",
        ),
        ("day,from,until,room,title\n2022-05-23,10:00,09:00,A,One\n", "2"),
        ("day,from,until,room,title\n23/05/05,10:00,11:00,A,One\n", "2"),
    ] {
        let refused = empty.look("programme", "times.csv", file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}: {}", refused.body);
        assert!(
            refused.body.contains(&format!("السطر {line}")) || refused.body.contains(&format!("السطر \u{2068}{line}")),
            "{file}: {}",
            refused.body
        );
    }
    assert!(empty.sessions().is_empty());
    empty.close().await;
}

/// Browsers send a text with other line ends than the file had: an answer is about the line that was shown (`N4`).
#[tokio::test]
async fn an_answer_is_about_the_line_that_it_was_asked_for_and_every_name_is_seen_whole() {
    let empty = Empty::set_up().await;
    let rows = [
        "name.ar,name.en,group,shows,guardian",
        "ضحى,Doha Al Khalidi eleven,child,first name,given",
        "ضحى,,child,first name,given",
        "ضحى,,child,first name,",
    ];
    let preview = empty.look("people", "same.csv", rows.join("\n")).await.body;
    assert!(preview.contains("who.3") && preview.contains("who.4"), "{preview}");
    assert!(preview.contains("Doha Al Khalidi eleven"), "no language of a name is hidden: {preview}");
    let text = rows.join("\r\n");
    let answers = [("kind", "people"), ("text", &*text), ("who.3", "line.2"), ("who.4", "new")];
    empty.does("/organizer/import/write", &answers).await;
    let mut consents: Vec<_> = empty.conference().people.values().map(|person| person.guardian.state.key()).collect();
    consents.sort_unstable();
    assert_eq!(consents, ["given", "unchecked"], "the third row is another child, of whom nobody was asked");
    let page = empty.organizer.get("/organizer/people").await.body;
    assert!(
        page.contains("Doha Al Khalidi eleven") && page.contains("ضحى ("),
        "two of one name are told apart: {page}"
    );
    let id = uuid::Uuid::new_v4().to_string();
    let again = [("id", &*id), ("name.ar", "ضحى"), ("group", "child"), ("shows", "role")];
    assert!(empty.refused("/organizer/people", &again).await.contains("name=\"another\""));
    empty.does("/organizer/people", &[again.as_slice(), &[("another", "on")]].concat()).await;
    assert_eq!(empty.conference().people.len(), 3);
    empty.close().await;
}

#[tokio::test]
async fn our_samples_and_other_programs_lists_of_people_are_taken_at_the_first_try() {
    let empty = Empty::set_up().await;
    for (sample, kind) in [("/organizer/import/people.csv", "people"), ("/organizer/import/programme.csv", "programme")]
    {
        assert!(empty.organizer.get("/organizer/import").await.body.contains(sample), "a link away");
        let file = empty.organizer.get(sample).await.body;
        empty.bring(kind, sample, file).await;
    }
    assert_eq!((empty.conference().people.len(), empty.sessions().len()), (2, 2));
    let theirs =
        "ID,First Name,Last Name,Affiliation,Email Address,Guardian consent\n7,Nour,Saleh,UNICEF,n@example.org,yes\n";
    let preview = empty.bring("people", "registrants.csv", theirs).await;
    assert!(preview.contains("Email Address"), "what is not read is told: {preview}");
    assert!(preview.contains("Nour Saleh"), "{preview}");
    assert_eq!(empty.conference().people.len(), 3);
    empty.bring("people", "registrants.csv", theirs.replace("yes", "withdrawn")).await;
    assert_eq!(empty.conference().people.len(), 3, "the same number with the same name is the same person");
    let other = theirs.replace("Nour,Saleh", "Sami,Aziz");
    empty.bring("people", "others.csv", other).await;
    assert_eq!(empty.conference().people.len(), 4, "another file's seven is somebody else");
    empty.close().await;
}
