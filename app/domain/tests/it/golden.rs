//! Golden files: one line of history of every kind that was ever stored, and each still loads (invariant 9).
//!
//! A line of a released version is never changed; a new event, a new state or a new role adds a line. Written as the
//! store keeps an entry: who, the fact, the words.

use std::collections::BTreeSet;
use std::fmt::Debug;

use nadwa_domain::conference::ConferenceEvent;
use nadwa_domain::conference::aloud::AloudPart;
use nadwa_domain::conference::organisations::{OrganisationKind, Standing};
use nadwa_domain::conference::profile::Function;
use nadwa_domain::conference::reading::Months;
use nadwa_domain::conference::recommendations::Progress;
use nadwa_domain::conference::verdicts::Verdict;
use nadwa_domain::entry::{
    DeskEvent, Entry, FloorEvent, PlanEvent, PollEvent, QuestionEvent, QueueEvent, ScreenEvent, SessionEvent,
    TeamEvent, Words,
};
use nadwa_domain::inbox::{Alert, InboxEvent, Picture};
use nadwa_domain::paper::act::{Consent, Credit, DeclineReason, Publish};
use nadwa_domain::paper::event::PaperEvent;
use nadwa_domain::paper::field::Form;
use nadwa_domain::paper::file::FileKind;
use nadwa_domain::session::change::ChangeEvent;
use nadwa_domain::session::plan::{Kind, SlotKind};
use nadwa_domain::session::question::{HoldReason, NotUsedReason};
use nadwa_domain::session::screen::Screen;
use nadwa_domain::{Event, Instant, Role, Session, Who};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::support::json;

const SESSION: &str = include_str!("../golden/session.jsonl");
const CONFERENCE: &str = include_str!("../golden/conference.jsonl");
const INBOX: &str = include_str!("../golden/inbox.jsonl");
const PAPER: &str = include_str!("../golden/paper.jsonl");

/// An entry as the store keeps it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored<E> {
    by: Who,
    fact: E,
    #[serde(default, skip_serializing_if = "no_words")]
    words: Words,
}

fn no_words(words: &Words) -> bool {
    words.0.is_empty()
}

#[test]
fn every_stored_line_of_a_session_still_loads_and_is_stored_alike() {
    loads_and_is_stored_alike::<Event>(SESSION);
}

#[test]
fn every_stored_line_of_a_conference_still_loads_and_is_stored_alike() {
    loads_and_is_stored_alike::<ConferenceEvent>(CONFERENCE);
}

#[test]
fn every_stored_line_of_the_inbox_still_loads_and_is_stored_alike() {
    loads_and_is_stored_alike::<InboxEvent>(INBOX);
}

#[test]
fn every_stored_line_of_a_paper_still_loads_and_is_stored_alike() {
    loads_and_is_stored_alike::<PaperEvent>(PAPER);
}

fn loads_and_is_stored_alike<E: Serialize + DeserializeOwned + Debug>(file: &str) {
    for line in file.lines() {
        let written: Value = serde_json::from_str(line).expect("a golden line is JSON");
        let stored: Stored<E> = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let again: Value = serde_json::from_str(&json(&stored)).expect("what is stored is JSON");
        assert_eq!(again, written, "{line}");
        let fact = format!("\"fact\":{}", json(&stored.fact));
        assert!(line.contains(&fact), "byte for byte: {line}\n{fact}");
    }
}

/// All variants of an enum: matched without a wildcard, so that a new one does not compile until it is named here.
macro_rules! variants {
    ($names:ident, $name_of:ident, $of:ident: $($variant:ident)*) => {
        const $names: &[&str] = &[$(concat!(stringify!($of), "::", stringify!($variant))),*];
        fn $name_of(value: &$of) -> &'static str {
            match value { $($of::$variant { .. } => concat!(stringify!($of), "::", stringify!($variant)),)* }
        }
    };
}

variants!(SESSION_EVENTS, session_event_name, SessionEvent:
    Opened Closed Reopened Stepped StepUndone SlotEntered MinutesKept SafetyPaused SafetyResumed);
variants!(FLOOR_EVENTS, floor_event_name, FloorEvent:
    FloorGiven FloorYielded TimerStarted TimerPaused TimerResumed TimerExtended InterpretationAwaited ShortStarted
    Signalled);
variants!(QUESTION_EVENTS, question_event_name, QuestionEvent:
    QuestionAsked QuestionChanged QuestionWithdrawn QuestionClaimed QuestionPassed QuestionHeld QuestionSafeguarded
    QuestionTakenBack QuestionJoined QuestionParted QuestionsOrdered QuestionChosen QuestionPutBack QuestionAnswered
    QuestionOwed QuestionNotUsed QuestionErased WordSaid);
variants!(POLL_EVENTS, poll_event_name, PollEvent:
    PollPlanned PollOpened PollLastCalled PollClosed PollShown PollPutAway PollTakenBack PollAnnulled HandsCounted SeatsIssued SeatTaken
    PicturesErased);
variants!(SCREEN_EVENTS, screen_event_name, ScreenEvent: ScreenSet ScreenPinned);
variants!(DESK_EVENTS, desk_event_name, DeskEvent: DeskSeen IntakeLapsed SlowModeSet);
variants!(PLAN_EVENTS, plan_event_name, PlanEvent:
    Planned Replanned SlotPlanned PlanChanged PaceSet GroupNamed RulesWritten PaperPlaced PaperTakenOut);
variants!(CONFERENCE_EVENTS, conference_event_name, ConferenceEvent:
    Prepared Configured RoomAdded RoomRenamed RoomRemoved SessionListed SessionSaved SessionRemoved ProgrammePublished
    SafePlaceSet HelplineAdded ReadingSet RecordingSet RecordingRemoved ExitSet GlossarySet HelplineRemoved HelplinesConfirmed
    PersonAdded PersonChanged PersonRemoved ProfileSet OrganisationWritten OrganisationRemoved OrganisationPutBack
    RecommendationWorded RecommendationConfirmed RecommendationAdopted RecommendationRemoved RecommendationPutBack PromiseMade AnswerJudged AboutSet NameLetStand ConsentNoted PassIssued PassAsked PassAgreed PassRecoded PassRevoked DeviceSignedIn DeviceSignedOut LoginSet
    CallSet);
variants!(INBOX_EVENTS, inbox_event_name, InboxEvent:
    Called Opened Taken Alerted Replied Answered ThreadDeleted HandedOver Erased WordsSet KeepingSet EraseAsked GuardSeen
    Heard);
variants!(PAPER_EVENTS, paper_event_name, PaperEvent:
    Saved AuthorAdded AuthorRemoved Submitted Withdrawn Commented Settled ChangeAsked FoundReady Accepted Declined
    Published ConsentNoted AuthorKnown Erased FileAdded FileRemoved);
variants!(FORMS, form_name, Form: Guided Free File);
variants!(FILE_KINDS, file_kind_name, FileKind: Pdf Docx Odt Pptx Jpeg Png Mp3 M4a Ogg Wav);
variants!(DECLINE_REASONS, decline_reason_name, DeclineReason: NoRoom OtherTheme SaidAlready);
variants!(PUBLISHES, publish_name, Publish: Title Summary Whole);
variants!(CREDITS, credit_name, Credit: Unnamed Group Names);
variants!(CONSENTS, consent_name, Consent: NotGiven Given Withdrawn);
variants!(PICTURES, picture_name, Picture: Sit Heard Sad Afraid Friend Rest Unsure);
variants!(ALERTS, alert_name, Alert: Deputy Lead);
variants!(SCREENS, screen_name, Screen: Welcome Join Plan Speaker Question Poll Break Thanks Paper Queue Rules);
variants!(KINDS, kind_name, Kind: Opening Panel Workshop Symposium ClosedMeeting Break Closing);
variants!(SLOT_KINDS, slot_kind_name, SlotKind: Opening Paper Speech Questions Poll Break Energiser Closing);
variants!(HOLD_REASONS, hold_reason_name, HoldReason: Language PersonalData ForAdults);
variants!(NOT_USED_REASONS, not_used_reason_name, NotUsedReason: AlreadyAsked NoTime OtherTopic OtherSession);
variants!(ROLES, role_name, Role:
    Moderator CoModerator Timekeeper Presenter Member Steward SafeguardingLead SafeguardingDeputy Organizer Author Mentor
    Interpreter Respondent);
variants!(QUEUE_EVENTS, queue_event_name, QueueEvent: Raised Withdrawn Moved Removed Given Closed);
variants!(CHANGE_EVENTS, change_event_name, ChangeEvent: Added Removed Moved Timed Cared);
variants!(TEAM_EVENTS, team_event_name, TeamEvent:
    HelpCalled HelpOver HelpAnswered HelpSeen HelpUnheard RestBegan RestEnded NoteSent NoteRead SignsSeen);
variants!(MONTHS, months_name, Months: Gulf Levant Maghreb Morocco Both);
variants!(ALOUD_PARTS, aloud_part_name, AloudPart: Join Promises Notice Help);
variants!(FUNCTIONS, function_name, Function:
    Chair Speaker Trainer Official Committee Translator Photographer Technician Volunteer);
variants!(ORGANISATION_KINDS, organisation_kind_name, OrganisationKind:
    Ministry Court Prosecution Authority Association International University School Helpline Media Company Other);
variants!(STANDINGS, standing_name, Standing: Host Partner Guest);
variants!(PROGRESSES, progress_name, Progress: Received LookedAt Agreed Partly NotNow);
variants!(VERDICTS, verdict_name, Verdict: Yes Partly No);
variants!(AUTHORS, author_name, Who: Phone Pass Server);

fn event_name(event: &Event) -> &'static str {
    match event {
        Event::Session(event) => session_event_name(event),
        Event::Floor(event) => floor_event_name(event),
        Event::Question(event) => question_event_name(event),
        Event::Poll(event) => poll_event_name(event),
        Event::Screen(event) => screen_event_name(event),
        Event::Desk(event) => desk_event_name(event),
        Event::Queue(event) => queue_event_name(event),
        Event::Plan(event) => plan_event_name(event),
        Event::Team(event) => team_event_name(event),
    }
}

#[test]
fn every_event_has_its_line() {
    let events = [
        SESSION_EVENTS,
        FLOOR_EVENTS,
        QUESTION_EVENTS,
        POLL_EVENTS,
        SCREEN_EVENTS,
        DESK_EVENTS,
        QUEUE_EVENTS,
        PLAN_EVENTS,
        TEAM_EVENTS,
    ];
    has_all(&events.concat(), session_lines().iter().map(|line| event_name(&line.fact)));
    has_all(CONFERENCE_EVENTS, conference_lines().iter().map(|line| conference_event_name(&line.fact)));
}

#[test]
fn every_way_to_call_the_months_and_every_part_that_is_read_aloud_has_its_line() {
    let lines = conference_lines();
    let months = lines.iter().filter_map(|line| match &line.fact {
        ConferenceEvent::ReadingSet(reading) => Some(months_name(&reading.months)),
        _ => None,
    });
    has_all(MONTHS, months);
    let parts = lines.iter().filter_map(|line| match &line.fact {
        ConferenceEvent::RecordingSet(recording) => Some(aloud_part_name(&recording.passage.part)),
        _ => None,
    });
    has_all(ALOUD_PARTS, parts);
}

#[test]
fn every_function_and_every_kind_and_standing_of_an_organisation_has_its_line() {
    let lines = conference_lines();
    let functions = lines.iter().flat_map(|line| match &line.fact {
        ConferenceEvent::ProfileSet { functions, .. } => functions.iter().map(function_name).collect(),
        _ => vec![],
    });
    has_all(FUNCTIONS, functions);
    let written = |line: &Stored<ConferenceEvent>| match &line.fact {
        ConferenceEvent::OrganisationWritten { kind, standing, .. } => {
            Some((organisation_kind_name(kind), standing_name(standing)))
        }
        _ => None,
    };
    has_all(ORGANISATION_KINDS, lines.iter().filter_map(written).map(|(kind, _)| kind));
    has_all(STANDINGS, lines.iter().filter_map(written).map(|(_, standing)| standing));
}

#[test]
fn every_progress_of_a_promise_and_every_verdict_has_its_line() {
    let lines = conference_lines();
    let made = lines.iter().filter_map(|line| match &line.fact {
        ConferenceEvent::PromiseMade { progress, .. } => Some(progress_name(progress)),
        _ => None,
    });
    has_all(PROGRESSES, made);
    let said = lines.iter().filter_map(|line| match &line.fact {
        ConferenceEvent::AnswerJudged { verdict, .. } => Some(verdict_name(verdict)),
        _ => None,
    });
    has_all(VERDICTS, said);
}

#[test]
fn every_event_of_the_inbox_and_every_state_within_has_its_line() {
    let lines: Vec<Stored<InboxEvent>> =
        INBOX.lines().map(|line| serde_json::from_str(line).expect("a golden line loads")).collect();
    has_all(INBOX_EVENTS, lines.iter().map(|line| inbox_event_name(&line.fact)));
    let pictures = lines.iter().filter_map(|line| match &line.fact {
        InboxEvent::Called { picture, .. } => picture.as_ref().map(picture_name),
        _ => None,
    });
    has_all(PICTURES, pictures);
    let alerts = lines.iter().filter_map(|line| match &line.fact {
        InboxEvent::Alerted { step, .. } => Some(alert_name(step)),
        _ => None,
    });
    has_all(ALERTS, alerts);
}

#[test]
fn every_event_of_a_paper_and_every_state_within_has_its_line() {
    let lines: Vec<Stored<PaperEvent>> =
        PAPER.lines().map(|line| serde_json::from_str(line).expect("a golden line loads")).collect();
    has_all(PAPER_EVENTS, lines.iter().map(|line| paper_event_name(&line.fact)));
    let states = [FORMS, FILE_KINDS, DECLINE_REASONS, PUBLISHES, CREDITS, CONSENTS].concat();
    let within = |event: &PaperEvent| match event {
        PaperEvent::Saved { form, .. } => vec![form_name(form)],
        PaperEvent::FileAdded { kind, .. } => vec![file_kind_name(kind)],
        PaperEvent::Declined { reason } => vec![decline_reason_name(reason)],
        PaperEvent::Published { publish, credit } => vec![publish_name(publish), credit_name(credit)],
        PaperEvent::ConsentNoted { consent, .. } => vec![consent_name(consent)],
        _ => vec![],
    };
    has_all(&states, lines.iter().flat_map(|line| within(&line.fact)));
}

#[test]
fn every_state_within_an_event_has_its_line() {
    let states = [SCREENS, KINDS, SLOT_KINDS, HOLD_REASONS, NOT_USED_REASONS, CHANGE_EVENTS].concat();
    let lines = session_lines();
    has_all(&states, lines.iter().filter_map(|line| state_within(&line.fact)));
    let steps = lines.iter().filter(|line| matches!(line.fact, Event::Session(SessionEvent::Stepped { .. })));
    assert_eq!(steps.count(), 2, "a step that can be taken back, and one that cannot");
}

fn state_within(event: &Event) -> Option<&'static str> {
    match event {
        Event::Screen(ScreenEvent::ScreenSet { screen }) => Some(screen_name(screen)),
        Event::Plan(PlanEvent::Planned { kind, .. }) => Some(kind_name(kind)),
        Event::Plan(PlanEvent::SlotPlanned { kind, .. }) => Some(slot_kind_name(kind)),
        Event::Question(QuestionEvent::QuestionHeld { reason, .. }) => Some(hold_reason_name(reason)),
        Event::Plan(PlanEvent::PlanChanged(event)) => Some(change_event_name(event)),
        Event::Question(QuestionEvent::QuestionNotUsed { reason, .. }) => Some(not_used_reason_name(reason)),
        _ => None,
    }
}

#[test]
fn every_author_and_every_role_has_its_line() {
    let authors: Vec<_> = session_lines().into_iter().map(|line| line.by).collect();
    has_all(AUTHORS, authors.iter().map(author_name));
    let of_papers = ["Role::Author", "Role::Mentor", "Role::Respondent"];
    let of_sessions: Vec<_> = ROLES.iter().copied().filter(|role| !of_papers.contains(role)).collect();
    has_all(&of_sessions, authors.iter().filter_map(|by| by.role()).map(|role| role_name(&role)));
    let conference = conference_lines();
    let issued = conference.iter().filter_map(|line| match &line.fact {
        ConferenceEvent::PassIssued(new) => Some(role_name(&new.role)),
        _ => None,
    });
    has_all(ROLES, issued);
}

#[test]
fn the_golden_history_replays() {
    let session = Session::replay(&session_entries());
    assert_eq!(session.seq, SESSION.lines().count() as u64);
    // One of each kind; the paper that was placed was taken out again.
    assert_eq!(session.slots.len(), SLOT_KINDS.len());
}

/// The golden lines as one history.
pub fn session_entries() -> Vec<Entry> {
    let places = 1..;
    let lines = session_lines().into_iter();
    let entry = |(seq, line): (u64, Stored<Event>)| {
        let at = Instant(1_653_339_000_000 + i64::try_from(seq).unwrap_or_default() * 1000);
        Entry { seq, at, by: line.by, event: line.fact, words: line.words }
    };
    places.zip(lines).map(entry).collect()
}

fn session_lines() -> Vec<Stored<Event>> {
    SESSION.lines().map(|line| serde_json::from_str(line).expect("a golden line loads")).collect()
}

fn conference_lines() -> Vec<Stored<ConferenceEvent>> {
    CONFERENCE.lines().map(|line| serde_json::from_str(line).expect("a golden line loads")).collect()
}

fn has_all(names: &[&'static str], found: impl Iterator<Item = &'static str>) {
    let (names, found): (BTreeSet<_>, BTreeSet<_>) = (names.iter().copied().collect(), found.collect());
    assert_eq!(names, found);
}
