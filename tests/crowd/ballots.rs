//! Ten thousand ballots from two thousand connections: how soon each is acknowledged, what is counted, and how many
//! pictures each role is sent meanwhile.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures::future::join_all;
use nadwa_tests::client::{Client, Feed};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::server::Started;
use crate::wire::Wire;

/// Connections, and phones that vote by each.
pub const CONNECTIONS: usize = 2_000;
pub const EACH: usize = 5;
/// When the last ballot is sent, counted from the first. All are there within five seconds.
const SPREAD: Duration = Duration::from_millis(4_500);
const ROLES: [(&str, &str); 5] =
    [("audience", "audience"), ("screen", "audience"), ("stage", "console"), ("console", "console"), ("desk", "desk")];

/// Connections that look at a page at the same time, before anything is measured.
const DOORS: usize = 20;

/// Phones that have looked at the session's page, enough for every burst. They come from as many halls as there are
/// doors: more than a hall's phones behind one address would stand below the others.
pub async fn arrive(server: &Started) -> Vec<String> {
    let page = format!("/s/{}", server.code());
    let doors = (1..=DOORS).map(|place| {
        let (host, page) = (server.host().to_owned(), page.clone());
        tokio::spawn(async move {
            let place = u8::try_from(place).expect("few doors");
            let mut wire = Wire::open_from(&host, place).await.expect("a connection");
            let mut tokens = Vec::new();
            for _ in 0..CONNECTIONS * EACH / DOORS {
                tokens.push(wire.look(&page).await.expect("a phone is minted"));
            }
            tokens
        })
    });
    join_all(doors).await.into_iter().flat_map(|came| came.expect("they come in")).collect()
}

/// One phone, and what it votes.
pub struct Phone {
    pub token: String,
    pub choice: u8,
    /// Its place in time, from 0 to 1.
    due: f64,
}

impl Phone {
    pub fn new(token: &str, choice: u8) -> Self {
        let due = (Uuid::new_v4().as_u128() >> 96) as f64 / f64::from(u32::MAX);
        Self { token: token.to_owned(), choice, due }
    }

    pub fn body(&self) -> String {
        format!("{{\"choice\":\"{}\"}}", self.choice)
    }
}

/// What a burst came to.
pub struct Burst {
    /// Milliseconds from when a ballot was due to its acknowledgement.
    pub waits: Vec<f64>,
    /// Seconds from the first ballot to the last acknowledgement.
    pub took: f64,
    /// Pictures a second, for each role: in all, and in the fullest second.
    pub pictures: BTreeMap<&'static str, (f64, usize)>,
}

/// A new poll of one choice, open.
pub async fn open_poll(moderator: &Client) -> String {
    let id = Uuid::new_v4().to_string();
    moderator.does("/polls/put-away", json!({})).await;
    moderator.does("/polls", json!({"id": id, "kind": "happy"})).await;
    id
}

/// Closes and shows a poll; what was counted for each option.
pub async fn counted(moderator: &Client, poll: &str) -> Vec<u64> {
    moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
    moderator.does(&format!("/polls/{poll}/show"), json!({})).await;
    let mut screen = moderator.follow("screen").await;
    let shown = |view: &Value| view["shown"]["id"] == poll && view["shown"]["state"]["shown"].is_object();
    let view = screen.until(shown).await.pop().expect("a picture");
    let counts = view["shown"]["state"]["shown"]["counts"]["options"].as_array().expect("counts").clone();
    counts.iter().map(|n| n.as_u64().expect("a count")).collect()
}

/// Everybody votes once; `spread` over some seconds, or each connection as fast as it is answered.
pub async fn burst(server: &Started, tokens: &[String], spread: bool) -> Burst {
    let moderator = server.by("console").await;
    let poll = open_poll(&moderator).await;
    let path = format!("/s/{}/polls/{poll}/ballot", server.code());
    let mut wires = Vec::with_capacity(CONNECTIONS);
    for place in 0..CONNECTIONS {
        let own = tokens[place * EACH..].iter().take(EACH).zip(place..);
        let mut phones: Vec<Phone> =
            own.map(|(token, n)| Phone::new(token, u8::try_from(n % 5).unwrap_or(0))).collect();
        phones.sort_by(|a, b| a.due.total_cmp(&b.due));
        wires.push((Wire::open(server.host()).await.expect("a connection"), phones));
    }
    let mut expected = vec![0_u64; 5];
    wires.iter().flat_map(|(_, phones)| phones).for_each(|phone| expected[usize::from(phone.choice)] += 1);
    let watched = watch(server).await;
    let begun = Instant::now();
    let votes = wires.into_iter().map(|(mut wire, phones)| {
        let path = path.clone();
        tokio::spawn(async move {
            let mut waits = Vec::with_capacity(phones.len());
            for phone in phones {
                let due = if spread { begun + SPREAD.mul_f64(phone.due) } else { Instant::now() };
                tokio::time::sleep_until(due.into()).await;
                let status = wire.post(&path, &phone.token, &phone.body()).await.expect("an answer");
                assert_eq!(status, 200, "acknowledged");
                waits.push(due.elapsed().as_secs_f64() * 1000.0);
            }
            waits
        })
    });
    let waits: Vec<f64> = join_all(votes).await.into_iter().flat_map(|waits| waits.expect("it votes")).collect();
    let took = begun.elapsed().as_secs_f64();
    let pictures = watched.into_iter().map(|(role, watched)| (role, watched.stop(took))).collect();
    assert_eq!(counted(&moderator, &poll).await, expected, "every acknowledged ballot is counted exactly once");
    Burst { waits, took, pictures }
}

/// Somebody who counts pictures.
struct Watched {
    seen: Arc<Mutex<Vec<Instant>>>,
    following: JoinHandle<()>,
}

async fn watch(server: &Started) -> Vec<(&'static str, Watched)> {
    let mut watched = Vec::new();
    for (role, link) in ROLES {
        let mut feed = server.by(link).await.follow(role).await;
        feed.picture().await;
        watched.push((role, Watched::new(feed)));
    }
    watched
}

impl Watched {
    fn new(mut feed: Feed) -> Self {
        let seen: Arc<Mutex<Vec<Instant>>> = Arc::default();
        let note = Arc::clone(&seen);
        let following = tokio::spawn(async move {
            while let Some(event) = feed.event().await {
                if event.name == "frame" {
                    note.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
                }
            }
        });
        Self { seen, following }
    }

    fn stop(self, seconds: f64) -> (f64, usize) {
        self.following.abort();
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let second = |from: &Instant| {
            seen.iter().filter(|at| *at >= from && at.duration_since(*from).as_secs_f64() < 1.0).count()
        };
        (seen.len() as f64 / seconds, seen.iter().map(second).max().unwrap_or(0))
    }
}
