//! No leak: whatever everybody presses, in whatever order, no byte of a page, a part or a frame holds a text for a reader
//! who may not have it (`requirements.md`, section 0). Errors are bytes too.

use std::collections::BTreeMap;

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use serde_json::{Value, json};
use uuid::Uuid;

/// Presses of one walk.
const PRESSES: u32 = 90;

/// Where a question is, as the walk knows it from the answers alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Desk,
    Held,
    Guarded,
    Children,
    Hall,
    Gone,
}

struct Walk {
    hall: Hall,
    phones: Vec<Client>,
    desks: Vec<Client>,
    children: Vec<Client>,
    lead: Client,
    organizer: Client,
    questions: BTreeMap<Uuid, (usize, String, At)>,
    seed: u64,
}

#[tokio::test]
async fn whatever_everybody_presses_no_byte_reaches_who_may_not_have_it() {
    for seed in [7, 20_220_523] {
        let mut walk = Walk::begin(seed).await;
        for press in 0..PRESSES {
            walk.press().await;
            if press % 6 == 5 {
                walk.check().await;
            }
        }
        walk.check().await;
        let reached = |at| walk.questions.values().any(|(_, _, now)| *now == at);
        assert!([At::Held, At::Guarded, At::Children].into_iter().all(reached), "the walk reaches what it is about");
        walk.hall.close().await;
    }
}

impl Walk {
    async fn begin(seed: u64) -> Self {
        let hall = Hall::open().await;
        let mut phones = Vec::new();
        for _ in 0..4 {
            phones.push(hall.phone().await);
        }
        let desks = vec![hall.steward().await];
        let children = vec![hall.moderator().await, hall.co_moderator().await];
        let lead = hall.by(&hall.safeguarding).await;
        let organizer = hall.by(&hall.organizer).await;
        Self { phones, desks, children, lead, organizer, questions: BTreeMap::new(), seed, hall }
    }

    /// The next of a row of numbers that is the same in every run.
    fn draw(&mut self, below: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).unwrap_or(0) % below.max(1)
    }

    async fn press(&mut self) {
        self.hall.clock.advance(8_000);
        self.desks[0].press("/desk/here", json!({})).await;
        let which = self.draw(self.questions.len());
        let about = self.questions.iter().nth(which).map(|(id, (phone, _, at))| (*id, *phone, *at));
        let (Some((id, asker, at)), false) = (about, self.draw(4) == 0) else { return self.ask().await };
        let (child, by, which) = (self.draw(2), self.draw(5), self.draw(48));
        let desk = ["pass", "pass", "hold", "safeguard", "take-back", "read"];
        let children = ["choose", "show", "show", "put-back", "answered", "not-used", "sooner", "owe"];
        let (client, verb, body) = match by {
            0 | 1 => (&self.desks[0], desk[which % desk.len()], json!({"reason": "language"})),
            2 | 3 => {
                let body = json!({"reason": "no_time", "to": "وزارة التعليم"});
                (&self.children[child], children[which % children.len()], body)
            }
            _ => (&self.phones[asker], "withdraw", json!({})),
        };
        let answer = client.press(&format!("/questions/{id}/{verb}"), body).await;
        assert!(!answer.status.is_server_error(), "{verb}: {}", answer.body);
        if answer.status.is_success() {
            let now = after(verb, at);
            if let Some(question) = self.questions.get_mut(&id) {
                question.2 = now;
            }
        } else {
            // An error says nothing of what was written.
            assert!(self.questions.values().all(|(_, marker, _)| !answer.body.contains(marker)), "{}", answer.body);
        }
    }

    async fn ask(&mut self) {
        let phone = self.draw(self.phones.len());
        let (id, marker) = (Uuid::new_v4(), format!("علامة{}نهاية", self.questions.len() + 10));
        let text = format!("سؤال {marker} من القاعة؟");
        let answer = self.phones[phone].press("/questions", json!({"id": id, "text": text})).await;
        if answer.status.is_success() {
            self.questions.insert(id, (phone, marker, At::Desk));
        }
    }

    async fn check(&mut self) {
        let code = self.hall.live.code.clone();
        let stranger = self.hall.phone().await;
        let here = format!("/s/{code}");
        let mut everybodys = String::new();
        for path in ["", "/screen", "/help", "/part/mine", "/part/poll"] {
            everybodys += &stranger.get(&format!("{here}{path}")).await.body;
        }
        for role in ["audience", "screen"] {
            everybodys += &stranger.follow(role).await.picture().await.to_string();
        }
        for path in ["/organizer", "/record", "/care", "/data", "/programme"] {
            everybodys += &self.organizer.get(path).await.body;
        }
        let mut childrens = self.children[0].get(&format!("{here}/console")).await.body;
        for role in ["console", "stage"] {
            childrens += &self.children[0].follow(role).await.picture().await.to_string();
        }
        let desk: Value = self.desks[0].follow("desk").await.picture().await;
        let (desk, record) = (desk.to_string(), self.lead.get("/record").await.body);
        for (asker, marker, at) in self.questions.values() {
            let hall_may = *at == At::Hall;
            let children_may = matches!(at, At::Children | At::Hall);
            assert!(hall_may || !everybodys.contains(marker), "{marker} is {at:?}, and the hall has it");
            assert!(children_may || !childrens.contains(marker), "{marker} is {at:?}, and the children have it");
            assert!(*at != At::Guarded || !desk.contains(marker), "{marker} is {at:?}, and the desk has it");
            assert!(!record.contains(marker), "{marker} is in the record");
            for (place, phone) in self.phones.iter().enumerate().filter(|(place, _)| place != asker) {
                let part = phone.get(&format!("{here}/part/mine")).await.body;
                assert!(hall_may || !part.contains(marker), "{marker} is another phone's, and phone {place} has it");
            }
        }
    }
}

/// Where an accepted press brings a question. Whatever the hall may have seen, it may see until it is taken away.
fn after(verb: &str, at: At) -> At {
    match verb {
        "safeguard" => At::Guarded,
        "hold" => At::Held,
        "take-back" if at != At::Guarded => At::Desk,
        "withdraw" if at != At::Guarded => At::Gone,
        "not-used" => At::Gone,
        "pass" if at == At::Desk => At::Children,
        "show" | "answered" | "owe" => At::Hall,
        "choose" if at == At::Hall => At::Hall,
        _ => at,
    }
}
