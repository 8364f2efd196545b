//! Erasing working papers (`S14`): what is not public goes by the calendar, from the database and from the folder.

use std::fs;
use std::path::Path;

use nadwa::store;
use nadwa_domain::Who;
use nadwa_domain::ids::PaperId;
use nadwa_domain::paper::act::PaperAct;
use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{Hall, Node};
use reqwest::StatusCode;
use uuid::Uuid;

use crate::paper_desk::{PaperDesk, new_paper};

/// Words that are not public: of drafts, of papers that were declined or taken back, of earlier versions and notes, of
/// files and their names, of authors whom nobody may name.
const GONE: [&str; 11] =
    ["الزعتر", "غيداء", "قنديل", "السدر", "نرجس", "الغاف", "خزامى", "ياسمين", "رغد", "أقحوان", "نعناع"];
/// Words that their authors made public.
const STAYS: [&str; 4] = ["ريحان", "شهد", "مرجان", "السمر"];
const DAY: i64 = 24 * 3_600_000;

/// Which of these words stand in any file of a folder.
pub fn found(folder: &Path, words: &[&'static str]) -> Vec<&'static str> {
    let mut bytes = Vec::new();
    read_all(folder, &mut bytes);
    let holds = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    words.iter().copied().filter(|word| holds(word)).collect()
}

/// The same once what was erased has left the write-ahead log too, which no answer waits for: what is still there after
/// longer than that takes.
async fn left(folder: &Path, stay: &[&'static str]) -> Vec<&'static str> {
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let left = found(folder, &GONE);
        if left == stay || std::time::Instant::now() > patience {
            return left;
        }
        tokio::task::yield_now().await;
    }
}

fn read_all(folder: &Path, bytes: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, bytes);
        } else {
            bytes.extend(path.display().to_string().into_bytes());
            // What is being made anew may be gone since its name was read.
            bytes.extend(fs::read(path).unwrap_or_default());
        }
    }
}

/// A recording with a word in it.
pub fn sound(word: &str) -> Vec<u8> {
    // Frames of 417 bytes; the word is what one of them sounds like.
    let frame = |said: &[u8]| [&[0xFF_u8, 0xFB, 0x90, 0x00][..], said, &vec![0; 413 - said.len()]].concat();
    [frame(b""), frame(word.as_bytes()), frame(b"")].concat()
}

/// A paper with a title, a text and one name.
async fn written(hall: &Hall, title: &str, seen: &str, name: &str) -> (PaperDesk, Client) {
    let desk = new_paper(hall, &hall.by(&hall.organizer).await).await;
    let author = desk.tablet(hall).await;
    desk.save(&author, 0, &[("title.ar", title), ("seen", seen)]).await;
    named(&desk, &author, name).await;
    (desk, author)
}

async fn named(desk: &PaperDesk, author: &Client, name: &str) {
    let answer = author.post_form(&desk.at("/authors"), &[("name", name)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

async fn brings(desk: &PaperDesk, author: &Client, word: &str) {
    let answer = author.bring(&desk.at("/files"), &format!("{word}.mp3"), sound(word)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// A draft, one that was declined, one that was taken back after it had been in a session.
async fn unpublished(hall: &Hall, organizer: &Client) -> PaperDesk {
    let (draft, author) = written(hall, "عنوان الزعتر", "كتبنا عن الزعتر", "غيداء").await;
    brings(&draft, &author, "قنديل").await;
    let (declined, author) = written(hall, "عنوان السدر", "كتبنا عن السدر", "سما").await;
    author.post_form(&declined.at("/submit"), &[]).await;
    let kind = [("reason", "no_room"), ("text", "شكرًا لكم، نرجس للجميع")];
    assert_eq!(organizer.post_form(&declined.at("/decline"), &kind).await.status, StatusCode::OK);
    let (back, author) = written(hall, "عنوان الغاف", "كتبنا عن الغاف", "سما").await;
    author.post_form(&back.at("/submit"), &[]).await;
    back.accept(hall, organizer, 1, 1).await;
    author.post_form(&back.at("/withdraw"), &[]).await;
    draft
}

/// One that is public as a whole, with a note beside it and a version before it.
async fn public(hall: &Hall, organizer: &Client) -> PaperDesk {
    let (desk, author) = written(hall, "عنوان ريحان", "كان هنا خزامى", "شهد").await;
    desk.save(&author, 1, &[("seen", "صار هنا ريحان")]).await;
    named(&desk, &author, "رغد").await;
    brings(&desk, &author, "مرجان").await;
    author.post_form(&desk.at("/publish"), &[("publish", "whole"), ("credit", "names")]).await;
    author.post_form(&desk.at("/submit"), &[]).await;
    let note = [("id", Uuid::new_v4().to_string()), ("text", "ملاحظة عن ياسمين".to_owned())];
    let note: Vec<(&str, &str)> = note.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mentor = hall.by(&hall.mentor).await;
    assert_eq!(mentor.post_form(&desk.at("/comments"), &note).await.status, StatusCode::OK);
    desk.accept(hall, organizer, 1, 2).await;
    desk.consent(organizer, "given").await;
    desk
}

/// One of which the title alone is public, though its message was on the screen.
async fn by_title(hall: &Hall, organizer: &Client) -> PaperDesk {
    let (desk, author) = written(hall, "عنوان السمر", "كتبنا عن أقحوان", "سما").await;
    desk.save(&author, 1, &[("message.0", "رسالة نعناع")]).await;
    author.post_form(&desk.at("/submit"), &[]).await;
    desk.accept(hall, organizer, 2, 2).await;
    desk
}

/// Everything that is due goes; the log is empty after the next write, if a reader was in its way.
async fn erase(hall: &Hall) {
    hall.app().rooms.erase_due(&hall.app().files).await.unwrap();
    hall.app().store.ready().await.unwrap();
}

fn a_month_after(hall: &Hall) {
    let rooms = &hall.app().rooms;
    hall.clock.advance(rooms.last_end().unwrap().0 - rooms.clock().now().0 + 30 * DAY);
}

#[tokio::test]
async fn what_is_not_public_is_on_no_disk_any_more_and_what_is_public_stays() {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let organizer = hall.by(&hall.organizer).await;
    let draft = unpublished(&hall, &organizer).await;
    let (public, by_title) = (public(&hall, &organizer).await, by_title(&hall, &organizer).await);
    assert_eq!(found(folder.path(), &GONE), GONE);
    erase(&hall).await;
    assert_eq!(found(folder.path(), &GONE), GONE, "not before its time");
    assert_eq!(hall.phone().await.get("/papers/booklet.pdf").await.status, StatusCode::OK);
    assert_eq!(hall.app().files.booklets().0, 1);
    a_month_after(&hall);
    erase(&hall).await;
    assert_eq!(left(folder.path(), &[]).await, [] as [&str; 0]);
    assert_eq!(hall.app().files.booklets().0, 0, "nor in the memory of a booklet");
    assert_eq!(found(folder.path(), &STAYS), STAYS);

    // Everybody reads what they read before; who looks for the rest is told.
    let phone = hall.phone().await;
    let page = phone.get(&public.at("")).await.body;
    assert!(page.contains("صار هنا ريحان") && page.contains("شهد") && page.contains("مرجان"), "{page}");
    let address: String = page[page.find(&public.at("/files/")).unwrap()..].split('"').next().unwrap().to_owned();
    assert_eq!(phone.bytes(&address).await.2, sound("مرجان"));
    assert!(phone.get(&by_title.at("")).await.body.contains("عنوان السمر"));
    assert!(organizer.get("/papers/table").await.body.contains("ورقة مُحيت كلماتها"));
    assert!(draft.tablet(&hall).await.get(&draft.at("/write")).await.body.contains("مُحيت كلماتها في موعدها"));

    // And so it is after the next start.
    let clock = hall.clock.clone();
    hall.close().await;
    let node = Node::start(store::open(&folder.path().display().to_string()).await.unwrap(), clock).await;
    let stranger = Client::new(&node.url, "");
    assert!(stranger.get(&public.at("")).await.body.contains("صار هنا ريحان"));
    assert!(stranger.get("/papers/booklet").await.body.contains("عنوان السمر"));
    node.stop().await;
}

#[tokio::test]
async fn organizers_erase_now_and_a_conference_that_goes_on_fills_up_again() {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let organizer = hall.by(&hall.organizer).await;
    let draft = unpublished(&hall, &organizer).await;
    let care = organizer.get("/care").await.body;
    assert!(care.contains("الأوراق غير المنشورة") && care.contains("حتى المسودات"), "it is said beforehand");
    assert_eq!(organizer.post_form("/care/erase", &[]).await.status, StatusCode::OK);
    erase(&hall).await;
    assert_eq!(left(folder.path(), &[]).await, [] as [&str; 0]);
    hall.clock.advance(60_000);
    let author = draft.tablet(&hall).await;
    draft.save(&author, 1, &[("title.ar", "عنوان الزعتر")]).await;
    named(&draft, &author, "غيداء").await;
    erase(&hall).await;
    assert_eq!(left(folder.path(), &["الزعتر", "غيداء"]).await, ["الزعتر", "غيداء"], "«now» meant what was there");
    hall.close().await;
}

#[tokio::test]
async fn what_a_dying_server_left_of_an_erasure_is_erased_by_the_next() {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let (draft, author) = written(&hall, "عنوان الزعتر", "كتبنا عن الزعتر", "غيداء").await;
    brings(&draft, &author, "قنديل").await;
    // It died when it had been said and nothing had been blanked.
    let id: PaperId = draft.at("").strip_prefix("/papers/").unwrap().parse().unwrap();
    let room = hall.app().rooms.paper(id).await.unwrap().unwrap();
    hall.app().rooms.act_on_paper(&room, Who::Server, &PaperAct::Erase, None).await.unwrap();
    assert_eq!(found(folder.path(), &GONE), ["الزعتر", "غيداء", "قنديل"]);
    erase(&hall).await;
    assert_eq!(left(folder.path(), &[]).await, [] as [&str; 0]);
    hall.close().await;
}

#[tokio::test]
async fn a_name_that_its_authors_take_off_is_not_kept() {
    let folder = Folder::new();
    let hall = Hall::open_in(folder.path()).await;
    let (desk, author) = written(&hall, "عنوان السمر", "كتبنا عن السمر", "غيداء").await;
    assert_eq!(found(folder.path(), &["غيداء"]), ["غيداء"]);
    let page = author.get(&desk.at("/write")).await.body;
    let start = page.find(&desk.at("/authors/")).unwrap();
    let remove = page[start..].split('"').next().unwrap().to_owned();
    assert_eq!(author.post_form(&remove, &[]).await.status, StatusCode::OK);
    hall.app().store.ready().await.unwrap();
    assert!(!left(folder.path(), &[]).await.contains(&"غيداء"));
    hall.close().await;
}
