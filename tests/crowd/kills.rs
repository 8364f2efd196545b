//! The server is killed (`kill -9`) again and again while a hall votes. Whoever was acknowledged never sends again, and
//! whoever was not sends the same ballot until they are: then everybody is counted, and nobody twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Notify;

use crate::ballots::{CONNECTIONS, EACH, Phone, counted, open_poll};
use crate::server::Started;
use crate::wire::Wire;

/// How often it is killed.
const KILLS: usize = 20;
/// How long a phone waits before it tries again.
const RETRY: Duration = Duration::from_millis(20);

/// What came of it.
pub struct Outcome {
    pub kills: usize,
    pub acknowledged: usize,
    pub counted: u64,
    /// Ballots that had to be sent more than once.
    pub again: usize,
}

impl Outcome {
    pub fn lost(&self) -> u64 {
        (self.acknowledged as u64).saturating_sub(self.counted)
    }

    pub fn doubled(&self) -> u64 {
        self.counted.saturating_sub(self.acknowledged as u64)
    }
}

struct Tally {
    acknowledged: AtomicUsize,
    again: AtomicUsize,
    more: Notify,
}

pub async fn under_load(server: &mut Started, tokens: &[String]) -> Outcome {
    let moderator = server.by("console").await;
    let poll = open_poll(&moderator).await;
    let path: Arc<str> = format!("/s/{}/polls/{poll}/ballot", server.code()).into();
    let tally = Arc::new(Tally { acknowledged: AtomicUsize::new(0), again: AtomicUsize::new(0), more: Notify::new() });
    let mut expected = vec![0_u64; 5];
    let mut voting = Vec::with_capacity(CONNECTIONS);
    for place in 0..CONNECTIONS {
        let own = tokens[place * EACH..].iter().take(EACH).zip(0..);
        let phones: Vec<Phone> =
            own.map(|(token, n): (_, usize)| Phone::new(token, u8::try_from((place * n) % 5).unwrap_or(0))).collect();
        phones.iter().for_each(|phone| expected[usize::from(phone.choice)] += 1);
        let (host, path, tally) = (server.host().to_owned(), Arc::clone(&path), Arc::clone(&tally));
        voting.push(tokio::spawn(async move { vote(&host, &path, &phones, &tally).await }));
    }
    let all = CONNECTIONS * EACH;
    for kill in 0..KILLS {
        // Never at the same point of a batch, and the last while many still vote.
        let enough = (kill + 1) * all / (KILLS + 2) + kill * 7;
        while tally.acknowledged.load(Ordering::Acquire) < enough {
            tally.more.notified().await;
        }
        server.kill_and_start_again();
    }
    join_all(voting).await.into_iter().for_each(|voted| voted.expect("it votes"));
    let found = counted(&moderator, &poll).await;
    assert_eq!(found, expected, "each option has the ballots that were sent for it");
    Outcome {
        kills: KILLS,
        acknowledged: tally.acknowledged.load(Ordering::Acquire),
        counted: found.iter().sum(),
        again: tally.again.load(Ordering::Acquire),
    }
}

/// One connection's phones, one after another, each until it is acknowledged.
async fn vote(host: &str, path: &str, phones: &[Phone], tally: &Tally) {
    let mut wire = None;
    for phone in phones {
        while !sent(&mut wire, host, path, phone).await {
            tally.again.fetch_add(1, Ordering::AcqRel);
            wire = None;
            // The network's own pause: a phone does not ask a server that is away without end.
            tokio::time::sleep(RETRY).await;
        }
        tally.acknowledged.fetch_add(1, Ordering::AcqRel);
        tally.more.notify_one();
    }
}

async fn sent(wire: &mut Option<Wire>, host: &str, path: &str, phone: &Phone) -> bool {
    if wire.is_none() {
        *wire = Wire::open(host).await.ok();
    }
    let Some(wire) = wire else { return false };
    wire.post(path, &phone.token, &phone.body()).await.is_ok_and(|status| status == 200)
}
