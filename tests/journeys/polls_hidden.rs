//! Hidden until shown (`F7`): the same story with two outcomes is the same in every byte that anybody can get.

use std::io::Write;
use std::sync::{Arc, Mutex};

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use serde_json::{Value, json};
use tracing::Level;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

use crate::polls_made::make;

/// What one place said at one moment of the story.
type Said = (String, String);

/// Two halls at the same second: a kind's extremes, the same number of ballots. One that would rather not say is in
/// both, so that a total of those could not go by unseen either.
const OUTCOMES: [(&str, [&str; 6], [&str; 6]); 4] = [
    ("happy", ["0", "0", "0", "0", "0", "rather_not"], ["4", "4", "3", "3", "1", "2"]),
    ("yes_no", ["0@child", "0@child", "0", "0", "0", "1"], ["1", "1@adult", "rather_not", "2", "1", "1"]),
    ("estimate", ["n.1", "n.1", "n.1", "n.1", "n.1", "n.1"], ["n.4", "n.2", "n.3", "rather_not", "n.4", "n.4"]),
    ("dots", ["d.3", "d.3", "d.3", "d.3", "d.3", "d.3"], ["d.0.0.3", "d.1.1.1", "d.0.3", "rather_not", "d.1", "d.0.1"]),
];

#[tokio::test]
async fn two_outcomes_are_the_same_in_every_byte_until_the_results_are_shown() {
    for (kind, one, other) in OUTCOMES {
        let (one, other) = (story(kind, one).await, story(kind, other).await);
        assert_eq!(one.hidden.len(), other.hidden.len());
        for ((place, said), (_, elsewhere)) in one.hidden.iter().zip(&other.hidden) {
            assert!(said == elsewhere, "{kind}: {place} tells what was voted:\n{}", difference(said, elsewhere));
        }
        // The comparison sees what it looks for: once the results are shown, these places tell them.
        for place in ["shown: audience ", "shown: audience /part/poll", "shown: audience /screen", "shown: feed screen"]
        {
            let told = |told: &[Said]| told.iter().find(|(name, _)| name == place).unwrap().1.clone();
            assert_ne!(told(&one.shown), told(&other.shown), "{kind}: {place}");
        }
    }
}

struct Story {
    hidden: Vec<Said>,
    shown: Vec<Said>,
}

async fn story(kind: &str, ballots: [&str; 6]) -> Story {
    let log = Log::default();
    let _listening = log.listens();
    let hall = Hall::open().await;
    let people = People::of(&hall).await;
    let options = "هاتف\nرسالة\nلقاء";
    let asked = json!({"kind": kind, "question": "كيف؟", "options": options, "low": 1, "high": 4, "apart": "true"});
    let poll = make(&people.moderator, asked).await;
    let mut screen = people.moderator.follow("screen").await;
    let mut hidden = people.everything(&hall, "open").await;
    for ballot in ballots {
        let (choice, from) = ballot.split_once('@').unwrap_or((ballot, ""));
        let phone = hall.phone().await;
        phone.does(&format!("/polls/{poll}/ballot"), json!({"choice": choice, "from": from})).await;
    }
    // So many have voted is told, and the same in both.
    screen.until(|view| view["shown"]["turnout"]["voted"] == 6).await;
    hidden.extend(people.everything(&hall, "voted").await);
    people.moderator.does(&format!("/polls/{poll}/last-call"), json!({})).await;
    hidden.extend(people.everything(&hall, "called").await);
    people.moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    hidden.extend(people.everything(&hall, "closed").await);
    tracing::info!("the poll is closed");
    let written = String::from_utf8(log.0.lock().unwrap().clone()).expect("a log is text");
    assert!(written.contains("the poll is closed"), "what the server writes is heard");
    hidden.push(("closed: log".into(), masked(&hall, &written)));
    people.moderator.does(&format!("/polls/{poll}/show"), json!({})).await;
    let shown = people.everything(&hall, "shown").await;
    hall.close().await;
    Story { hidden, shown }
}

/// Whatever this thread's server writes into its log, at the chattiest level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn listens(&self) -> tracing::subscriber::DefaultGuard {
        let ours = Targets::new().with_targets([("nadwa", Level::TRACE), ("journeys", Level::TRACE)]);
        let log = self.clone();
        let written = tracing_subscriber::fmt::layer().without_time().with_ansi(false).with_writer(move || log.clone());
        tracing::subscriber::set_default(tracing_subscriber::registry().with(written.with_filter(ours)))
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everybody who could look, and none of whom votes.
struct People {
    audience: Client,
    moderator: Client,
    steward: Client,
    organizer: Client,
    safeguarding: Client,
}

/// What each of them can open, beside the session's own pages.
const OF_TEAM: &[&str] =
    &["/console", "/console/plan", "/stage", "/backstage", "/interpreters", "/box", "/lower-third"];
const OF_ALL: &[&str] =
    &["", "/part/poll", "/part/mine", "/screen", "/picture", "/report", "/calendar.ics", "/help", "/seats"];
const BESIDE: &[&str] =
    &["/", "/programme", "/programme.json", "/programme.ics", "/record", "/desk", "/data", "/papers"];
const OF_ORGANIZERS: &[&str] = &[
    "/organizer",
    "/organizer/programme",
    "/organizer/programme.csv",
    "/organizer/people",
    "/organizer/people.csv",
    "/organizer/ready",
    "/organizer/screens",
    "/organizer/settings",
];

impl People {
    async fn of(hall: &Hall) -> Self {
        Self {
            audience: hall.phone().await,
            moderator: hall.moderator().await,
            steward: hall.steward().await,
            organizer: hall.by(&hall.organizer).await,
            safeguarding: hall.by(&hall.safeguarding).await,
        }
    }

    async fn everything(&self, hall: &Hall, moment: &str) -> Vec<Said> {
        let who = [
            ("audience", &self.audience),
            ("moderator", &self.moderator),
            ("steward", &self.steward),
            ("organizer", &self.organizer),
            ("safeguarding", &self.safeguarding),
        ];
        let mut said = Vec::new();
        for (name, device) in who {
            let in_session = OF_ALL.iter().chain(OF_TEAM).map(|path| (format!("/s/{}{path}", hall.live.code), path));
            let desk = (format!("/s/{}/desk", hall.live.code), &"/s desk");
            let beside = BESIDE.iter().chain(OF_ORGANIZERS).map(|path| ((*path).to_owned(), path));
            let edit = (format!("/organizer/sessions/{}/show", hall.live.id), &"/organizer show");
            let inbox = ("/safeguarding".to_owned(), &"/safeguarding");
            for (path, short) in in_session.chain(beside).chain([desk, edit, inbox]) {
                let answer = device.get(&path).await;
                // The only clock that nobody moves by hand; and a length, which the body has itself.
                let said_by_us = answer.headers.iter().filter(|(key, _)| *key != "date" && *key != "content-length");
                let head: Vec<String> = said_by_us.map(|(key, value)| format!("{key}: {value:?}")).collect();
                let all = format!("{} {}\n{}", answer.status, head.join("\n"), answer.body);
                let all = masked(hall, &all);
                let by_chance = !path.starts_with("/s/") || path.contains("/console");
                let all = if by_chance { in_one_order(&all) } else { all };
                said.push((format!("{moment}: {name} {short}"), all));
            }
        }
        let feeds = [
            (&self.audience, "audience"),
            (&self.moderator, "screen"),
            (&self.moderator, "console"),
            (&self.moderator, "stage"),
            (&self.steward, "desk"),
        ];
        for (device, role) in feeds {
            let picture: Value = device.follow(role).await.picture().await;
            let all = masked(hall, &picture.to_string());
            let all = if role == "console" { in_one_order(&all) } else { all };
            said.push((format!("{moment}: feed {role}"), all));
        }
        said
    }
}

/// Without what is random: ids, secrets and keys are long words with a digit or a capital in them; a square code is drawn of one.
fn masked(hall: &Hall, text: &str) -> String {
    let known = [hall.live.code.as_str(), hall.url().trim_start_matches("http://")];
    let codes = hall.sessions.iter().map(|session| session.code.as_str());
    // A seal is long, and may hold a code by chance.
    let mut seals = text.split("name=\"letter\" content=\"");
    let first = seals.next().unwrap_or_default().to_owned();
    let text = seals.fold(first, |text, rest| text + rest.split_once('"').map_or(rest, |(_, rest)| rest));
    let text = codes.chain(known).fold(text, |text, word| text.replace(word, "~"));
    let text = without_squares(&text);
    let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut masked = String::new();
    let mut rest = text.as_str();
    while let Some(begin) = rest.find(in_word) {
        let end = rest[begin..].find(|c| !in_word(c)).map_or(rest.len(), |end| begin + end);
        let word = &rest[begin..end];
        masked.push_str(&rest[..begin]);
        masked.push_str(if by_chance(word) { "*" } else { word });
        rest = &rest[end..];
    }
    masked + rest
}

/// A long word with a digit or a capital; a key that begins with noughts is a little shorter, and never all digits.
fn by_chance(word: &str) -> bool {
    let has = |sign: fn(&char) -> bool| word.chars().any(|c| sign(&c));
    let mixed = has(char::is_ascii_digit) && has(char::is_ascii_lowercase);
    (word.len() >= 16 && (has(char::is_ascii_digit) || has(char::is_ascii_uppercase))) || (word.len() >= 12 && mixed)
}

/// Lists of rooms and people stand in the order of their ids, and which question the console suggests hangs on them; both
/// are chance. Here is every word, in an order of its own.
fn in_one_order(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// Without the square code of the hall's address, whose port is another each time: each of its squares is one stroke.
fn without_squares(text: &str) -> String {
    let strokes = text.split("h1v1h-1z");
    strokes.map(|stroke| stroke.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == 'M')).collect()
}

/// Where two texts part, with some of what stands around.
fn difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let bytes = &text.as_bytes()[at.saturating_sub(160).min(text.len())..text.len().min(at + 160)];
        String::from_utf8_lossy(bytes).into_owned()
    };
    format!("{}\n---\n{}", around(one), around(other))
}
