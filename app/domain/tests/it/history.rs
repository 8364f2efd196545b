//! Histories: recording never fails, whatever was recorded before (invariant 2), and facts stay free of words.

use nadwa_domain::entry::{Entry, Words};
use nadwa_domain::session::poll::ballot::Answer;
use nadwa_domain::{Instant, Lang, Session};
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, TestRunner};

use crate::golden::session_entries;
use crate::roles::{EVERYBODY, one_of_each};
use crate::support::cast::POLL;
use crate::support::{given, json, through_json};
use crate::walk::{walk, walks};

#[test]
fn any_entries_in_any_order_can_be_recorded_seen_and_decided_upon() {
    let mut runner = TestRunner::new(Config { cases: 128, failure_persistence: None, ..Config::default() });
    runner
        .run(&any_history(), |entries| {
            let story = given([]).replayed(entries);
            for lang in [Lang::AR, Lang::EN] {
                story.views(lang);
            }
            for command in one_of_each() {
                for who in EVERYBODY {
                    let _ = story.session.decide(who, &command, story.now);
                }
            }
            let _ = story.may_vote(POLL, Answer::One(0));
            Ok(())
        })
        .unwrap();
}

/// Golden entries, some twice, some never, at instants that may run backwards, some of them blanked.
fn any_history() -> impl Strategy<Value = Vec<Entry>> {
    let golden = session_entries();
    let one = (0..golden.len(), any::<i64>(), any::<bool>());
    proptest::collection::vec(one, 0..60).prop_map(move |picks| {
        let place = |(seq, (pick, at, blank)): (u64, (usize, i64, bool))| {
            let words = if blank { Words::none() } else { golden[pick].words.clone() };
            Entry { seq, at: Instant(at), words, ..golden[pick].clone() }
        };
        (1..).zip(picks).map(place).collect()
    })
}

#[test]
fn every_event_of_every_walk_is_the_same_after_json_and_holds_no_words() {
    let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
    runner
        .run(&walks(), |(start, moves)| {
            walk(start, moves, |_, new| {
                for entry in new {
                    assert_eq!(through_json(&entry.event), entry.event);
                    assert_eq!(through_json(&entry.words), entry.words);
                    assert_eq!(through_json(&entry.by), entry.by);
                    assert!(json(&entry.event).is_ascii(), "all words of these stories are Arabic first");
                }
            });
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_part_of_a_history_and_then_the_rest_is_the_whole() {
    let entries = session_entries();
    for cut in 0..entries.len() {
        let mut session = Session::replay(&entries[..cut]);
        entries[cut..].iter().for_each(|entry| session.apply(entry));
        assert_eq!(session, Session::replay(&entries));
    }
}

#[test]
fn the_step_and_the_place_only_grow() {
    let mut session = Session::default();
    for entry in &session_entries() {
        let (seq, step) = (session.seq, session.step);
        session.apply(entry);
        assert!(session.seq == seq + 1 && session.step >= step);
    }
}
