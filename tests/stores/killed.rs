//! A process that writes is killed in the middle of it (`kill -9`), again and again in the same place.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use nadwa::store::Line;
use serde_json::Value;
use uuid::Uuid;

use crate::place::{Place, id};

/// What a writer said was answered.
#[derive(Default)]
struct Answered {
    /// The fact of each line.
    lines: BTreeMap<(Uuid, u64), String>,
    /// The last choice of each voter; choices only grow.
    ballots: BTreeMap<Uuid, u64>,
}

pub async fn nothing_that_was_answered_is_lost_when_the_process_is_killed(place: Place) {
    let mut answered = Answered::default();
    for run in 0..10 {
        // Not always after as many, so that it is not always at the same point.
        write_until_killed(&place, run, 60 + 37 * run as usize, &mut answered);
        check(&place, &answered).await;
    }
}

fn write_until_killed(place: &Place, run: u64, after: usize, answered: &mut Answered) {
    let mut writer = Command::new(env!("CARGO_BIN_EXE_store-writer"))
        .args([place.name(), run.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(writer.stdout.take().unwrap()).lines().map(Result::unwrap);
    for line in said.by_ref().take(after) {
        answered.note(&line);
    }
    writer.kill().unwrap();
    // What it said before it died and nobody had read yet was answered as well.
    said.for_each(|line| answered.note(&line));
    assert!(!writer.wait().unwrap().success(), "it was killed, it did not end");
}

async fn check(place: &Place, answered: &Answered) {
    let store = place.open().await;
    for stream in (1..=4).map(id) {
        // Reading fails if a line is missing.
        let lines = store.read(stream, 0).await.unwrap();
        for ((_, seq), fact) in answered.lines.iter().filter(|((of, _), _)| *of == stream) {
            let line = &lines[usize::try_from(*seq).unwrap() - 1];
            assert_eq!((line.seq, &line.fact), (*seq, fact));
        }
        assert!(lines.iter().all(|line| line.words.as_deref() == Some("\"سؤال\"")));
        assert!(lines.last().is_none_or(ends_its_batch), "what was appended together is there together");
    }
    for (voter, choice) in &answered.ballots {
        let kept: u64 = store.ballot_of(id(100), *voter).await.unwrap().unwrap().parse().unwrap();
        // A later choice may have reached the disk without being answered.
        assert!(kept >= *choice, "voter {voter} chose {choice}, and {kept} is kept");
    }
    assert!(store.ballots_cast(id(100), "+new").await.unwrap() >= answered.ballots.len() as u64);
    store.close().await;
}

/// Batch `n` has the parts 0 to `n % 3`.
fn ends_its_batch(line: &Line) -> bool {
    let fact: Value = serde_json::from_str(&line.fact).unwrap();
    fact["part"].as_u64() == fact["n"].as_u64().map(|n| n % 3)
}

impl Answered {
    /// `line STREAM SEQ FACT` or `ballot VOTER CHOICE`.
    fn note(&mut self, said: &str) {
        let mut parts = said.splitn(4, ' ');
        let (what, of, number) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let (of, number) = (of.parse().unwrap(), number.parse().unwrap());
        match (what, parts.next()) {
            ("line", Some(fact)) => drop(self.lines.insert((of, number), fact.into())),
            ("ballot", None) => drop(self.ballots.insert(of, number)),
            _ => panic!("the writer said {said}"),
        }
    }
}
