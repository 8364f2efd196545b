//! Phones in the hall: they follow, ask and vote.

use std::time::{Duration, Instant};

use futures::future::join_all;
use nadwa_tests::client::{Client, Feed};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::Started;

pub struct Hall<'a> {
    server: &'a Started,
    moderator: Client,
    phones: Vec<Client>,
    feeds: Vec<Feed>,
}

impl<'a> Hall<'a> {
    pub async fn open(server: &'a Started, phones: usize) -> Self {
        let moderator = server.by("console").await;
        server.by("desk").await;
        let mut hall = Self { server, moderator, phones: Vec::new(), feeds: Vec::new() };
        for _ in 0..phones {
            let phone = hall.server.by("audience").await;
            let mut feed = phone.follow("audience").await;
            feed.picture().await;
            hall.phones.push(phone);
            hall.feeds.push(feed);
        }
        hall
    }

    /// From a press at the console until the last phone has the picture, in milliseconds.
    pub async fn fan_out(&mut self, presses: u32) -> Vec<f64> {
        let mut spans = Vec::new();
        for press in 0..presses {
            let limit = |view: &Value| view["clock"]["limit"].as_i64().unwrap_or(0);
            let begun = Instant::now();
            self.moderator.does("/timer/extend", json!({"seconds": 1})).await;
            let expected = 300_000 + i64::from(press + 1) * 1000;
            join_all(self.feeds.iter_mut().map(|feed| feed.until(move |view| limit(view) >= expected))).await;
            spans.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        spans
    }

    /// Every phone asks once, spread over ten seconds; how long each waited for its acknowledgement.
    pub async fn ask(&self) -> Vec<f64> {
        let desk = self.server.by("desk").await;
        let spread = Duration::from_secs(10) / u32::try_from(self.phones.len()).unwrap_or(1);
        let asked = self.phones.iter().zip(0u32..).map(|(phone, place)| async move {
            tokio::time::sleep(spread * place).await;
            let begun = Instant::now();
            let text =
                format!("سؤال من الهاتف {place}: {}", "كيف يصل صوتنا إلى من يقرر بعد هذا المؤتمر، ومتى؟ ".repeat(4));
            let answer = phone.press("/questions", json!({"id": Uuid::new_v4(), "text": text})).await;
            assert!(answer.status.is_success(), "{}", answer.body);
            begun.elapsed().as_secs_f64() * 1000.0
        });
        let spans = join_all(asked).await;
        let view = desk.follow("desk").await.picture().await;
        let kept = view["waiting"].as_array().map_or(0, Vec::len) as u64 + view["more"].as_u64().unwrap_or(0);
        assert!(kept >= self.phones.len() as u64, "every acknowledged question waits at the desk");
        spans
    }

    /// Every phone votes at once; how long each waited.
    pub async fn vote(&self) -> Vec<f64> {
        let view = self.moderator.follow("console").await.picture().await;
        let poll = view["polls"][0]["id"].as_str().expect("a poll").to_owned();
        self.moderator.does(&format!("/polls/{poll}/open"), json!({})).await;
        let ballot = format!("/polls/{poll}/ballot");
        let votes = self.phones.iter().map(|phone| async {
            let begun = Instant::now();
            let answer = phone.press(&ballot, json!({"choice": 1})).await;
            assert!(answer.status.is_success(), "{}", answer.body);
            begun.elapsed().as_secs_f64() * 1000.0
        });
        let spans = join_all(votes).await;
        self.moderator.does(&format!("/polls/{poll}/close"), json!({})).await;
        self.moderator.does(&format!("/polls/{poll}/show"), json!({})).await;
        let mut screen = self.moderator.follow("screen").await;
        let view = screen.until(|view| view["shown"]["state"]["shown"].is_object()).await.pop().expect("a picture");
        let counted = view["shown"]["state"]["shown"]["counts"]["options"][1].as_u64();
        assert_eq!(counted, Some(self.phones.len() as u64), "every acknowledged ballot is counted once");
        spans
    }

    /// The bytes of what a role is sent at once.
    pub async fn frame_bytes(&self, role: &str) -> usize {
        let device = if role == "audience" { self.phones[0].clone() } else { self.server.by(role).await };
        let mut feed = device.follow(role).await;
        loop {
            let event = feed.event().await.expect("an event");
            if event.name == "frame" {
                return event.raw.len();
            }
        }
    }
}
