//! One session grows: what a press costs when a hall has asked a lot, against what it costs in the same hall before.

use std::time::Instant;

use futures::future::join_all;
use nadwa_tests::client::{Client, Feed};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::Started;

/// Phones that follow meanwhile.
const PHONES: usize = 100;
/// Presses of one measurement.
const PRESSES: u64 = 41;
/// So many at once, as phones of a hall ask.
const AT_ONCE: usize = 50;

/// A hall that follows on every kind of page.
pub struct Growing<'a> {
    server: &'a Started,
    moderator: Client,
    desk: Client,
    feeds: Vec<Feed>,
    pressed: u64,
}

impl<'a> Growing<'a> {
    pub async fn open(server: &'a Started) -> Self {
        let (moderator, desk) = (server.by("console").await, server.by("desk").await);
        let mut feeds = vec![moderator.follow("console").await];
        for _ in 0..PHONES {
            feeds.push(server.by("audience").await.follow("audience").await);
        }
        for feed in &mut feeds {
            feed.picture().await;
        }
        Self { server, moderator, desk, feeds, pressed: 0 }
    }

    /// Asks so many questions, and passes them if that is wanted.
    pub async fn ask(&self, many: usize, pass: bool) {
        for _ in 0..many / AT_ONCE {
            join_all((0..AT_ONCE).map(|_| async {
                let phone = Client::new(&self.server.url, self.server.code());
                let id = Uuid::new_v4();
                let text = format!("كيف يصل صوتنا إلى من يقرر بعد هذا المؤتمر؟ {}", id.simple());
                let answer = phone.press("/questions", json!({"id": id, "text": text})).await;
                assert!(answer.status.is_success(), "{}", answer.body);
                if pass {
                    self.desk.does(&format!("/questions/{id}/pass"), json!({})).await;
                }
            }))
            .await;
        }
    }

    /// The middle of some presses, to the last of all who follow, in milliseconds.
    pub async fn press(&mut self) -> f64 {
        let mut spans = Vec::new();
        for _ in 0..PRESSES {
            self.pressed += 1;
            let expected = 300_000 + i64::try_from(self.pressed).unwrap_or_default() * 1000;
            let there = move |view: &Value| view["clock"]["limit"].as_i64().unwrap_or(0) >= expected;
            let begun = Instant::now();
            self.moderator.does("/timer/extend", json!({"seconds": 1})).await;
            join_all(self.feeds.iter_mut().map(|feed| feed.until(there))).await;
            spans.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        spans.sort_by(f64::total_cmp);
        spans[spans.len() / 2]
    }

    /// Bytes of the children's page.
    pub async fn page(&self) -> usize {
        self.moderator.get(&format!("/s/{}/console", self.server.code())).await.body.len()
    }
}
