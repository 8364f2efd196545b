use nadwa_domain::Lang;

use super::*;
use crate::words::Digits;

/// One of each kind.
fn all() -> Vec<Refusal> {
    let at = Instant(3_000);
    vec![
        Refusal::Empty,
        Refusal::NeedsWords,
        Refusal::TooLong { length: 300, limit: 280 },
        Refusal::TooSoon { at },
        Refusal::TooManyWaiting,
        Refusal::IntakeClosed,
        Refusal::NotOpen,
        Refusal::Over,
        Refusal::NotYours,
        Refusal::Unknown,
        Refusal::AlreadyMoved { by: Some(Role::CoModerator) },
        Refusal::AlreadyMoved { by: None },
        Refusal::FloorHeld,
        Refusal::FloorFree,
        Refusal::ClockNotSo,
        Refusal::QuestionPast,
        Refusal::BeingRead,
        Refusal::WordsChanged,
        Refusal::ForAdults,
        Refusal::NotHandedOver,
        Refusal::NoPhone,
        Refusal::PollOpen,
        Refusal::Rehearsed,
        Refusal::PollNotOpen,
        Refusal::PollTooYoung { at },
        Refusal::PollNotClosed,
        Refusal::NoSuchOption,
        Refusal::TooManyChoices { most: 3 },
        Refusal::OutOfRange { low: 0, high: 99 },
        Refusal::BadPoll,
        Refusal::TooManyPolls,
        Refusal::BadHands,
        Refusal::SeatNeeded,
        Refusal::NoSuchSeat,
        Refusal::SeatTaken,
        Refusal::WordsSaid { most: 3 },
        Refusal::CloudFull,
        Refusal::DeskFull,
        Refusal::CannotUndo,
        Refusal::Paused,
        Refusal::BadPlan,
        Refusal::ExampleNumber,
        Refusal::AlreadyOpen,
        Refusal::NotReady { missing: Missing::ALL.to_vec() },
        Refusal::EndsBeforeItBegins,
        Refusal::OutsideTheDays,
        Refusal::CodeTaken,
        Refusal::StillNeeded,
        Refusal::ReservedName,
        Refusal::AdultsOnly,
        Refusal::ChildsFullName,
        Refusal::UnknownOrganisation,
        Refusal::OrganisationThere,
        Refusal::HasDelegates,
        Refusal::BadForm,
        Refusal::PaperStep,
        Refusal::NoOrganisation,
        Refusal::OwesAnswers,
        Refusal::NotConfirmed,
        Refusal::DatePast,
        Refusal::AnswerNeeded,
        Refusal::WeakSecret { least: 12 },
        Refusal::WrongSecret,
        Refusal::OwnCard,
        Refusal::NoSuchPass,
        Refusal::NoSuchReceipt,
        Refusal::ReceiptTaken,
        Refusal::NothingPicked,
        Refusal::SlotLive,
        Refusal::AlreadyWaiting,
        Refusal::QueueClosed,
        Refusal::QueueFull,
        Refusal::NoCall,
        Refusal::CallNotOpen { at },
        Refusal::CallClosed { at },
        Refusal::NeedsTitle,
        Refusal::NeedsText,
        Refusal::NeedsAuthor,
        Refusal::TooManyWords { words: 1200, limit: 900 },
        Refusal::TooMany { limit: 6 },
        Refusal::PaperPast,
        Refusal::NotInText,
        Refusal::FileTooLarge { limit: 20 * 1024 * 1024 },
        Refusal::FileOfOtherKind,
        Refusal::FileWithProgram,
        Refusal::FileBroken,
        Refusal::FileWaits,
        Refusal::FileCutOff,
    ]
}

#[test]
fn every_refusal_has_a_sentence_in_every_language() {
    for refusal in all() {
        for lang in Lang::all() {
            let sentence = sentence(Reader::new(lang, Digits::Latin), &refusal, Instant(0));
            assert!(!sentence.is_empty() && !sentence.contains('{'), "{refusal:?} in {}: {sentence}", lang.tag());
        }
    }
}

#[test]
fn a_refusal_is_named_as_it_is_serialised() {
    for refusal in all() {
        let json = serde_json::to_value(&refusal).unwrap();
        assert_eq!(json["refusal"], name(&refusal));
    }
}

#[test]
fn begun_seconds_count_whole() {
    let r = Reader::new(Lang::AR, Digits::Latin);
    let soon = |now| sentence(r, &Refusal::TooSoon { at: Instant(3_000) }, Instant(now));
    assert_eq!(soon(1_500), words::too_soon(r, 2));
    assert_eq!(soon(9_000), words::too_soon(r, 0));
}
