//! No leak: whatever everybody presses, in whatever order, no byte of a page, a part, a frame, an export or an error
//! holds a text for a reader who may not have it (`requirements.md`, section 0).
//!
//! A story first brings one text into each state; then seeded walks press at random. A ledger that knows nothing of
//! the rules, only which presses were taken, says who may find which marker.

use std::collections::{BTreeMap, BTreeSet};

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use serde_json::json;
use uuid::Uuid;

/// Presses of one walk.
const PRESSES: u32 = 150;

/// Where a text is, as the presses alone tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Desk,
    Held,
    Guarded,
    Children,
    Hall,
    Gone,
    /// A word of a cloud that no adult has read.
    Word,
    /// Between the safeguarding lead and one phone.
    Private,
}

/// Every state that the story must have brought a text to.
const STATES: [At; 8] = [At::Desk, At::Held, At::Guarded, At::Children, At::Hall, At::Gone, At::Word, At::Private];

/// A text, by a marker that is in no other.
struct Said {
    /// The phone that wrote it, or to which it was written.
    phone: usize,
    marker: String,
    at: At,
}

struct Walk {
    hall: Hall,
    phones: Vec<Client>,
    desk: Client,
    children: Vec<Client>,
    lead: Client,
    organizer: Client,
    texts: BTreeMap<Uuid, Said>,
    seed: u64,
}

#[tokio::test]
async fn no_byte_of_any_state_reaches_who_may_not_have_it() {
    let mut walk = Walk::begin(0).await;
    walk.story().await;
    let reached: BTreeSet<At> = walk.texts.values().map(|said| said.at).collect();
    assert_eq!(reached, STATES.into_iter().collect(), "the story reaches what it is about");
    walk.hall.close().await;
}

#[tokio::test]
async fn whatever_everybody_presses_no_byte_reaches_who_may_not_have_it() {
    for seed in [7, 20_220_523] {
        let mut walk = Walk::begin(seed).await;
        for press in 0..PRESSES {
            walk.press().await;
            if press % 15 == 14 {
                walk.check().await;
            }
        }
        let reached = |at| walk.texts.values().any(|said| said.at == at);
        assert!([At::Gone, At::Guarded].into_iter().all(reached), "the walk reaches what it is about");
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
        let (desk, children) = (hall.steward().await, vec![hall.moderator().await, hall.co_moderator().await]);
        let (lead, organizer) = (hall.by(&hall.safeguarding).await, hall.by(&hall.organizer).await);
        Self { phones, desk, children, lead, organizer, texts: BTreeMap::new(), seed, hall }
    }

    /// One text into each state, everything looked at after each press.
    async fn story(&mut self) {
        let nothing = || json!({});
        let waits = self.ask(0).await;
        let held = self.ask(1).await;
        self.desk_does(held, "hold", json!({"reason": "personal_data"}), At::Held).await;
        let guarded = self.ask(2).await;
        self.desk_does(guarded, "safeguard", nothing(), At::Guarded).await;
        let returned = self.ask(3).await;
        self.desk_does(returned, "pass", nothing(), At::Children).await;
        self.desk_does(returned, "take-back", nothing(), At::Desk).await;
        let shown = self.ask(0).await;
        self.desk_does(shown, "pass", nothing(), At::Children).await;
        self.children[0].does(&format!("/questions/{shown}/show"), nothing()).await;
        self.now(shown, At::Hall).await;
        let late = self.ask(1).await;
        self.desk_does(late, "pass", nothing(), At::Children).await;
        self.children[1].does(&format!("/questions/{late}/show"), nothing()).await;
        self.now(late, At::Hall).await;
        self.desk_does(late, "safeguard", nothing(), At::Guarded).await;
        let listed = self.ask(2).await;
        self.desk_does(listed, "pass", nothing(), At::Children).await;
        let gone = self.ask(3).await;
        self.phones[3].does("/questions/withdraw", json!({"id": gone})).await;
        self.now(gone, At::Gone).await;
        self.words().await;
        self.talk(guarded).await;
        assert_eq!(self.texts[&waits].at, At::Desk);
    }

    async fn desk_does(&mut self, id: Uuid, verb: &str, body: serde_json::Value, at: At) {
        self.desk.does("/desk/here", json!({})).await;
        self.desk.does(&format!("/questions/{id}/{verb}"), body).await;
        self.now(id, at).await;
    }

    async fn now(&mut self, id: Uuid, at: At) {
        self.texts.get_mut(&id).expect("it was asked").at = at;
        self.check().await;
    }

    /// A cloud whose words the desk has not read, annulled with them in it.
    async fn words(&mut self) {
        let poll = Uuid::new_v4();
        self.children[0].does("/polls", json!({"id": poll, "kind": "words"})).await;
        let (id, marker) = (Uuid::new_v4(), self.marker());
        let path = format!("/polls/{poll}/word");
        self.phones[0].does(&path, json!({"id": id, "text": marker})).await;
        self.texts.insert(id, Said { phone: 0, marker, at: At::Word });
        self.check().await;
        self.children[0].does(&format!("/polls/{poll}/annul"), json!({"reason": "unclear"})).await;
        self.check().await;
    }

    /// The lead writes to the phone of a guarded text, and it writes back.
    async fn talk(&mut self, guarded: Uuid) {
        let phone = self.texts[&guarded].phone;
        let (reply, answer) = (self.marker(), self.marker() + "ب");
        self.lead.post_form(&format!("/safeguarding/{guarded}/open"), &[]).await;
        let said = self.lead.post_form(&format!("/safeguarding/{guarded}/reply"), &[("text", &reply)]).await;
        assert!(said.status.is_success(), "{}", said.body);
        self.texts.insert(Uuid::new_v4(), Said { phone, marker: reply, at: At::Private });
        let back = self.phones[phone]
            .post_form("/messages/answer", &[("item", &guarded.to_string()), ("text", &answer)])
            .await;
        assert!(back.status.is_success(), "{}", back.body);
        self.texts.insert(Uuid::new_v4(), Said { phone, marker: answer, at: At::Private });
        self.check().await;
    }

    /// The next of a row of numbers that is the same in every run.
    fn draw(&mut self, below: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).unwrap_or(0) % below.max(1)
    }

    async fn press(&mut self) {
        self.hall.clock.advance(8_000);
        self.desk.press("/desk/here", json!({})).await;
        let which = self.draw(self.texts.len());
        let about = self.texts.iter().nth(which).map(|(id, said)| (*id, said.phone, said.at));
        let (Some((id, asker, at)), false) = (about, self.draw(4) == 0) else {
            let phone = self.draw(self.phones.len());
            self.try_ask(phone).await;
            return;
        };
        let (child, by, which) = (self.draw(2), self.draw(5), self.draw(48));
        let desk = ["pass", "pass", "hold", "safeguard", "take-back", "read"];
        let children = ["choose", "show", "show", "put-back", "answered", "not-used", "sooner", "owe"];
        let (client, verb, body) = match by {
            0 | 1 => (&self.desk, desk[which % desk.len()], json!({"reason": "language"})),
            2 | 3 => {
                let body = json!({"reason": "no_time", "to": "وزارة التعليم"});
                (&self.children[child], children[which % children.len()], body)
            }
            _ => (&self.phones[asker], "withdraw", json!({"id": id})),
        };
        let place =
            if verb == "withdraw" { "/questions/withdraw".to_owned() } else { format!("/questions/{id}/{verb}") };
        let answer = client.press(&place, body).await;
        assert!(!answer.status.is_server_error(), "{verb}: {}", answer.body);
        if answer.status.is_success() {
            self.texts.get_mut(&id).expect("it is known").at = after(verb, at);
        } else if by < 4 {
            // An error says nothing of what was written; the asker's own page has its own words.
            assert!(self.texts.values().all(|said| !answer.body.contains(&said.marker)), "{}", answer.body);
        }
    }

    fn marker(&self) -> String {
        format!("علامة{}نهاية", self.texts.len() + 10)
    }

    async fn ask(&mut self, phone: usize) -> Uuid {
        self.hall.clock.advance(31_000);
        self.desk.does("/desk/here", json!({})).await;
        self.try_ask(phone).await.expect("it is taken in")
    }

    async fn try_ask(&mut self, phone: usize) -> Option<Uuid> {
        let (id, marker) = (Uuid::new_v4(), self.marker());
        let text = format!("سؤال {marker} من القاعة؟");
        let answer = self.phones[phone].press("/questions", json!({"id": id, "text": text})).await;
        answer.status.is_success().then(|| {
            self.texts.insert(id, Said { phone, marker, at: At::Desk });
            id
        })
    }

    async fn check(&self) {
        let (hall, children, desk) = (self.halls().await, self.childrens().await, self.desks().await);
        let lead = self.lead.get("/record").await.body;
        let mut phones = Vec::new();
        for phone in &self.phones {
            phones.push(self.pages(phone, &["", "/part/mine", "/part/poll"], &["/messages"]).await);
        }
        for Said { phone: own, marker, at } in self.texts.values() {
            let may_hall = *at == At::Hall;
            let may_children = matches!(at, At::Children | At::Hall);
            let may_desk = !matches!(at, At::Guarded | At::Private);
            let holds = |place: &str, bytes: &str, may: bool| {
                assert!(may || !bytes.contains(marker.as_str()), "{marker} is {at:?}, and {place} has it");
            };
            holds("the hall", &hall, may_hall);
            holds("a child", &children, may_children);
            holds("the desk", &desk, may_desk);
            holds("the record", &lead, false);
            for (place, page) in phones.iter().enumerate().filter(|(place, _)| place != own) {
                holds(&format!("phone {place}"), page, may_hall);
            }
        }
    }

    /// Everything that somebody gets at addresses of the session and of the conference.
    async fn pages(&self, client: &Client, here: &[&str], elsewhere: &[&str]) -> String {
        let mut all = String::new();
        for path in here {
            all += &client.get(&format!("/s/{}{path}", self.hall.live.code)).await.body;
        }
        for path in elsewhere {
            all += &client.get(path).await.body;
        }
        all
    }

    /// What anybody gets, and the organizers: pages, parts, frames, exports, and the answers to who has no business there.
    async fn halls(&self) -> String {
        let stranger = self.hall.phone().await;
        let here = [
            "",
            "/screen",
            "/screen?with=en",
            "/lower-third",
            "/help",
            "/part/mine",
            "/part/poll",
            "/picture",
            "/console",
            "/desk",
            "/stage",
            "/report",
            "/backstage",
            "/calendar.ics",
            "/nothing",
        ];
        let open = [
            "/programme",
            "/programme.json",
            "/programme.ics",
            "/papers",
            "/data",
            "/messages",
            "/safeguarding",
            "/desk",
        ];
        let mut all = self.pages(&stranger, &here, &open).await;
        for role in ["audience", "screen"] {
            all += &stranger.follow(role).await.picture().await.to_string();
        }
        let own = [
            "/organizer",
            "/organizer/programme",
            "/organizer/programme.csv",
            "/organizer/people.csv",
            "/record",
            "/care",
        ];
        all + &self.pages(&self.organizer, &["/report", "/backstage"], &own).await
    }

    async fn childrens(&self) -> String {
        let child = &self.children[0];
        let here = ["/console", "/console/plan", "/stage", "/report", "/handover", "/desk"];
        let mut all = self.pages(child, &here, &["/safeguarding", "/record"]).await;
        for role in ["console", "stage"] {
            all += &child.follow(role).await.picture().await.to_string();
        }
        all
    }

    async fn desks(&self) -> String {
        let all = self.pages(&self.desk, &["/desk"], &["/desk", "/desk/part", "/safeguarding"]).await;
        all + &self.desk.follow("desk").await.picture().await.to_string()
    }
}

/// Where an accepted press brings a text. Whatever the hall may have seen, it may see until it is taken away.
fn after(verb: &str, at: At) -> At {
    match verb {
        "safeguard" => At::Guarded,
        "hold" => At::Held,
        "take-back" if at != At::Guarded => At::Desk,
        "withdraw" if at != At::Guarded => At::Gone,
        "not-used" => At::Gone,
        "pass" if at == At::Desk => At::Children,
        "show" | "answered" | "owe" => At::Hall,
        _ => at,
    }
}
