//! What is read aloud: brought by organizers alone, one recording a passage, and only sound (`A15`).

use nadwa_domain::conference::aloud::{AloudPart, Passage, Recording};
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::FileId;
use nadwa_domain::paper::file::FileKind;
use nadwa_domain::{Entry, Instant, Lang, Refusal};
use uuid::Uuid;

use crate::support::cast::{LEAD, MODERATOR, ORGANIZER, PHONE, STEWARD, phone};
use crate::support::through_json;

const PROMISES: Passage = Passage { part: AloudPart::Promises, lang: Lang::AR, younger: false };

const fn recording(passage: Passage, file: u128) -> Recording {
    Recording { passage, file: FileId(Uuid::from_u128(file)), kind: FileKind::Mp3, seconds: Some(12) }
}

/// What an organizer does, as it is stored and read again.
fn does(conference: &mut Conference, act: &Act) -> usize {
    does_at(conference, 0, act)
}

fn does_at(conference: &mut Conference, at: i64, act: &Act) -> usize {
    let happened = conference.decide(ORGANIZER, act).expect("an organizer's act that is accepted");
    let count = happened.len();
    for happened in happened {
        let (seq, event) = (conference.seq + 1, through_json(&happened.event));
        conference.apply(&Entry { seq, at: Instant(at), by: ORGANIZER, event, words: happened.words });
    }
    count
}

#[test]
fn a_new_recording_takes_the_place_of_the_one_before_and_another_register_has_its_own() {
    let mut conference = Conference::default();
    assert!(conference.recordings.is_empty());
    let younger = Passage { younger: true, ..PROMISES };
    for new in [recording(PROMISES, 1), recording(younger, 2), recording(PROMISES, 3)] {
        assert_eq!(does(&mut conference, &Act::SetRecording(new)), 1);
    }
    let there: Vec<Recording> = conference.recordings.values().copied().collect();
    assert_eq!(there, [recording(PROMISES, 3), recording(younger, 2)]);
    assert_eq!(does(&mut conference, &Act::SetRecording(recording(younger, 2))), 0, "again changes nothing");
    assert_eq!(does(&mut conference, &Act::RemoveRecording(PROMISES)), 1);
    assert_eq!(does(&mut conference, &Act::RemoveRecording(PROMISES)), 0, "pressed twice, it is gone once");
    assert_eq!(conference.recordings.keys().copied().collect::<Vec<_>>(), [younger]);
}

#[test]
fn voices_go_with_everything_else_unless_organizers_brought_one_since() {
    let all_at = Instant(1_000);
    // Given a voice from before the day on which everything goes.
    let mut conference = Conference::default();
    does_at(&mut conference, 999, &Act::SetRecording(recording(PROMISES, 1)));
    // When the day is not there, or nobody has set one, then it stays; and on the day it goes.
    assert_eq!(conference.recordings_due(Some(all_at), Instant(999)), []);
    assert_eq!(conference.recordings_due(None, Instant(i64::MAX)), []);
    assert_eq!(conference.recordings_due(Some(all_at), all_at), [recording(PROMISES, 1)]);
    // Given another that organizers bring on that day, for the next conference: then all of them stay.
    let younger = Passage { younger: true, ..PROMISES };
    does_at(&mut conference, 1_000, &Act::SetRecording(recording(younger, 2)));
    assert_eq!(conference.recordings_due(Some(all_at), Instant(2_000)), []);
    // And on the next such day they go together.
    let all = [recording(PROMISES, 1), recording(younger, 2)];
    assert_eq!(conference.recordings_due(Some(Instant(3_000)), Instant(3_000)), all);
}

#[test]
fn only_organizers_bring_recordings_and_only_sound_is_one() {
    let new = recording(PROMISES, 1);
    for who in [MODERATOR, STEWARD, LEAD, phone(PHONE)] {
        for act in [Act::SetRecording(new), Act::RemoveRecording(PROMISES)] {
            assert_eq!(Conference::default().decide(who, &act), Err(Refusal::NotYours));
        }
    }
    let picture = Recording { kind: FileKind::Png, ..new };
    let refused = Conference::default().decide(ORGANIZER, &Act::SetRecording(picture));
    assert_eq!(refused, Err(Refusal::FileOfOtherKind));
}
