//! What the journeys of papers share: a new paper by an organizer's hand, and its authors' tablets.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::{Map, Value};

/// A paper that somebody writes.
pub struct PaperDesk {
    path: String,
    link: String,
}

/// An organizer makes a paper; its link is on the page this once.
pub async fn new_paper(hall: &Hall, organizer: &Client) -> PaperDesk {
    let page = organizer.post_form("/papers/new", &[("role", "author"), ("late", "0")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let start = page.body.find(&format!("{}/p#", hall.url())).expect("the link is shown");
    let link = page.body[start..].split(['"', '<']).next().expect("it ends").to_owned();
    let author = hall.by(&link).await;
    let table = author.get(link.strip_prefix(hall.url()).expect("a link of ours")).await;
    let start = table.body.find("/papers/").expect("the page names its paper");
    let path: String = table.body[start..].chars().take("/papers/".len() + 36).collect();
    PaperDesk { path, link }
}

impl PaperDesk {
    /// The paper of an address.
    pub fn of(address: &str) -> Self {
        let path = address.rsplit_once('/').map_or(address, |(path, _)| path);
        Self { path: path.to_owned(), link: String::new() }
    }

    /// An address of the paper.
    pub fn at(&self, part: &str) -> String {
        format!("{}{part}", self.path)
    }

    /// A tablet with the authors' pass.
    pub async fn tablet(&self, hall: &Hall) -> Client {
        hall.by(&self.link).await
    }

    /// A tablet on which everything is written that a paper needs.
    pub async fn ready(&self, hall: &Hall) -> Client {
        let author = self.tablet(hall).await;
        self.save(&author, 0, &[("title.ar", "خط كما نتمناه"), ("seen", "سألنا أربعين طفلًا.")]).await;
        author.post_form(&self.at("/authors"), &[("name", "وردة")]).await;
        author
    }

    /// Saves as the live page does; answers what stands there now.
    pub async fn save(&self, author: &Client, base: u32, texts: &[(&str, &str)]) -> Value {
        let mut fields: Map<String, Value> =
            texts.iter().map(|(field, text)| ((*field).to_owned(), Value::from(*text))).collect();
        fields.insert("base".to_owned(), Value::from(base.to_string()));
        fields.insert("form".to_owned(), Value::from("guided"));
        fields.insert("lang".to_owned(), Value::from("ar"));
        let answer = author.post_json(&self.at("/draft"), Value::from(fields)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()
    }

    /// The organizer accepts a version into one of the demo's sessions.
    pub async fn accept(&self, hall: &Hall, organizer: &Client, session: usize, version: u32) {
        let page = organizer.get(&self.at("/read")).await;
        let code = &hall.sessions[session].code;
        let conference = hall.app().rooms.conference().state();
        let listing = conference.sessions.iter().find(|s| s.code.as_ref().is_some_and(|c| c.as_str() == code));
        let id = listing.expect("a session of the demo").session.to_string();
        assert!(page.body.contains(&id), "the session can be chosen");
        let fields = [("version", version.to_string()), ("session", id), ("minutes", "٥".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = organizer.post_form(&self.at("/accept"), &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }

    /// The organizer notes what the guardians of the one author said.
    pub async fn consent(&self, organizer: &Client, consent: &str) {
        let page = organizer.get(&self.at("/read")).await;
        let start = page.body.find(&self.at("/authors/")).expect("an author");
        let action = page.body[start..].split('"').next().expect("an address").to_owned();
        let answer = organizer.post_form(&action, &[("consent", consent)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
}

/// A small picture as PNG, made by hand: eight bits of grey.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let rows: Vec<u8> =
        (0..height).flat_map(|_| std::iter::once(0).chain((0..width).map(|x| (x % 256) as u8))).collect();
    png(width, height, &rows)
}

/// A PNG whose head says so many dots, whatever is in it.
pub fn png(width: u32, height: u32, rows: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 0, 0, 0, 0]);
    chunk(&mut out, *b"IHDR", &head);
    chunk(&mut out, *b"IDAT", &stored(rows));
    chunk(&mut out, *b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).expect("small").to_be_bytes());
    let from = out.len();
    out.extend(name);
    out.extend(data);
    let sum = crc(&out[from..]);
    out.extend(sum.to_be_bytes());
}

/// zlib without packing anything.
pub fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let pieces: Vec<&[u8]> = data.chunks(60_000).collect();
    for (place, piece) in pieces.iter().enumerate() {
        let length = u16::try_from(piece.len()).expect("small");
        out.push(u8::from(place + 1 == pieces.len()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(*piece);
    }
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}

/// The check sum of PNG and of archives.
pub fn crc(data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !data.iter().fold(!0, step)
}
