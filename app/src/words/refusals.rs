//! Refusals, said to a person.

use nadwa_domain::conference::gate::Missing;
use nadwa_domain::{Instant, Refusal, Role};

use super::{Reader, numbers, ready, refusal as words, role};

/// The sentence, in the reader's language.
#[must_use]
pub fn sentence(r: Reader, refusal: &Refusal, now: Instant) -> String {
    let said = match refusal {
        Refusal::TooLong { length, limit } => return words::too_long(r, u64::from(*length), u64::from(*limit)),
        Refusal::TooSoon { at } => return words::too_soon(r, seconds_until(*at, now)),
        Refusal::PollTooYoung { at } => return words::poll_too_young(r, seconds_until(*at, now)),
        Refusal::TooManyChoices { most } => return words::too_many_choices(r, u64::from(*most)),
        Refusal::OutOfRange { low, high } => {
            return words::out_of_range(r, &numbers::number(r, *low), &numbers::number(r, *high));
        }
        Refusal::BadPoll => words::bad_poll(r),
        Refusal::TooManyPolls => words::too_many_polls(r),
        Refusal::BadHands => words::bad_hands(r),
        Refusal::SeatNeeded => words::seat_needed(r),
        Refusal::NoSuchSeat => words::no_such_seat(r),
        Refusal::SeatTaken => words::seat_taken(r),
        Refusal::WordsSaid { .. } => words::words_said(r),
        Refusal::CloudFull => words::cloud_full(r),
        Refusal::DeskFull => words::desk_full(r),
        Refusal::AlreadyMoved { by: Some(by) } => return words::already_moved(r, role_name(r, *by)),
        Refusal::AlreadyMoved { by: None } => words::already_moved_someone(r),
        Refusal::Empty => words::empty(r),
        Refusal::NeedsWords => words::needs_words(r),
        Refusal::TooManyWaiting => words::too_many_waiting(r),
        Refusal::IntakeClosed => words::intake_closed(r),
        Refusal::NotOpen => words::not_open(r),
        Refusal::Over => words::over(r),
        Refusal::NotYours => words::not_yours(r),
        Refusal::Unknown => words::unknown(r),
        Refusal::FloorHeld => words::floor_held(r),
        Refusal::FloorFree => words::floor_free(r),
        Refusal::ClockNotSo => words::clock_not_so(r),
        Refusal::QuestionPast => words::question_past(r),
        Refusal::BeingRead => words::being_read(r),
        Refusal::WordsChanged => words::words_changed(r),
        Refusal::ForAdults => words::for_adults(r),
        Refusal::NotHandedOver => words::not_handed_over(r),
        Refusal::NoPhone => words::no_phone(r),
        Refusal::PollOpen => words::poll_open(r),
        Refusal::Rehearsed => words::rehearsed(r),
        Refusal::PollNotOpen => words::poll_not_open(r),
        Refusal::PollNotClosed => words::poll_not_closed(r),
        Refusal::NoSuchOption => words::no_choice(r),
        Refusal::CannotUndo => words::cannot_undo(r),
        Refusal::Paused => words::paused(r),
        Refusal::BadPlan => words::bad_plan(r),
        Refusal::ExampleNumber => words::example_number(r),
        Refusal::AlreadyOpen => words::already_open(r),
        Refusal::NotReady { missing } => return words::not_ready_yet(r, &missing_names(r, missing)),
        Refusal::EndsBeforeItBegins => words::ends_before(r),
        Refusal::OutsideTheDays => words::outside_days(r),
        Refusal::CodeTaken => words::code_taken(r),
        Refusal::StillNeeded => words::still_needed(r),
        Refusal::ReservedName => words::name_reserved(r),
        Refusal::AdultsOnly => words::adults_only(r),
        Refusal::ChildsFullName => words::childs_full_name(r),
        Refusal::UnknownOrganisation => words::unknown_organisation(r),
        Refusal::OrganisationThere => words::organisation_there(r),
        Refusal::HasDelegates => words::has_delegates(r),
        Refusal::BadForm => words::bad_form(r),
        Refusal::PaperStep => words::paper_step(r),
        Refusal::NoOrganisation => words::no_organisation(r),
        Refusal::OwesAnswers => words::owes_answers(r),
        Refusal::NotConfirmed => words::not_confirmed(r),
        Refusal::DatePast => words::date_past(r),
        Refusal::AnswerNeeded => words::answer_needed(r),
        Refusal::WeakSecret { least } => {
            return words::weak_secret(r, &numbers::number(r, i64::from(*least)));
        }
        Refusal::WrongSecret => words::wrong_secret(r),
        Refusal::OwnCard => words::own_card(r),
        Refusal::NoSuchPass => words::no_such_pass(r),
        Refusal::NoSuchReceipt => words::no_such_receipt(r),
        Refusal::ReceiptTaken => words::receipt_taken(r),
        Refusal::NothingPicked => words::nothing_picked(r),
        Refusal::SlotLive => words::slot_live(r),
        Refusal::AlreadyWaiting => words::already_waiting(r),
        Refusal::QueueClosed => words::queue_closed(r),
        Refusal::QueueFull => words::queue_full(r),
        Refusal::CallNotOpen { .. } => words::call_not_open(r),
        Refusal::CallClosed { .. } => words::call_closed(r),
        Refusal::TooManyWords { words: n, limit } => return words::too_many_words(r, u64::from(*n), u64::from(*limit)),
        Refusal::TooMany { limit } => return words::too_many_things(r, u64::from(*limit)),
        Refusal::FileTooLarge { limit } => return words::file_too_large(r, limit / (1024 * 1024)),
        Refusal::NoCall => words::no_call(r),
        Refusal::NeedsTitle => words::needs_title(r),
        Refusal::NeedsText => words::needs_text(r),
        Refusal::NeedsAuthor => words::needs_author(r),
        Refusal::PaperPast => words::paper_past(r),
        Refusal::NotInText => words::not_in_text(r),
        Refusal::FileOfOtherKind => words::file_of_other_kind(r),
        Refusal::FileWithProgram => words::file_with_program(r),
        Refusal::FileBroken => words::file_broken(r),
        Refusal::FileWaits => words::file_waits(r),
        Refusal::FileCutOff => words::file_cut_off(r),
    };
    said.to_owned()
}

/// Whole seconds until then, rounded up.
fn seconds_until(at: Instant, now: Instant) -> u64 {
    u64::try_from((at - now).0).unwrap_or_default().div_ceil(1000)
}

/// What a session waits for, in one list.
fn missing_names(r: Reader, missing: &[Missing]) -> String {
    let names: Vec<&str> = missing.iter().map(|what| missing_name(r, *what)).collect();
    numbers::names(r, &names)
}

/// One thing that a session waits for (`S19`).
#[must_use]
pub fn missing_name(r: Reader, what: Missing) -> &'static str {
    match what {
        Missing::Helplines => ready::missing_helplines(r),
        Missing::Confirmation => ready::missing_confirmation(r),
        Missing::Lead => ready::missing_lead(r),
        Missing::Deputy => ready::missing_deputy(r),
        Missing::SafePlace => ready::missing_place(r),
        Missing::Desk => ready::missing_desk(r),
    }
}

/// What a role is called.
#[must_use]
pub fn role_name(r: Reader, of: Role) -> &'static str {
    match of {
        Role::Moderator => role::moderator(r),
        Role::CoModerator => role::co_moderator(r),
        Role::Timekeeper => role::timekeeper(r),
        Role::Presenter => role::presenter(r),
        Role::Member => role::member(r),
        Role::Interpreter => role::interpreter(r),
        Role::Steward => role::steward(r),
        Role::SafeguardingLead => role::safeguarding_lead(r),
        Role::SafeguardingDeputy => role::safeguarding_deputy(r),
        Role::Organizer => role::organizer(r),
        Role::Author => role::author(r),
        Role::Mentor => role::mentor(r),
        Role::Respondent => role::respondent(r),
    }
}

/// The refusal's name, for programs: as it is serialised.
#[must_use]
pub const fn name(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Empty => "Empty",
        Refusal::NeedsWords => "NeedsWords",
        Refusal::TooLong { .. } => "TooLong",
        Refusal::TooSoon { .. } => "TooSoon",
        Refusal::TooManyWaiting => "TooManyWaiting",
        Refusal::IntakeClosed => "IntakeClosed",
        Refusal::NotOpen => "NotOpen",
        Refusal::Over => "Over",
        Refusal::NotYours => "NotYours",
        Refusal::Unknown => "Unknown",
        Refusal::AlreadyMoved { .. } => "AlreadyMoved",
        Refusal::FloorHeld => "FloorHeld",
        Refusal::FloorFree => "FloorFree",
        Refusal::ClockNotSo => "ClockNotSo",
        Refusal::QuestionPast => "QuestionPast",
        Refusal::BeingRead => "BeingRead",
        Refusal::WordsChanged => "WordsChanged",
        Refusal::ForAdults => "ForAdults",
        Refusal::NotHandedOver => "NotHandedOver",
        Refusal::NoPhone => "NoPhone",
        Refusal::PollOpen => "PollOpen",
        Refusal::Rehearsed => "Rehearsed",
        Refusal::PollNotOpen => "PollNotOpen",
        Refusal::PollTooYoung { .. } => "PollTooYoung",
        Refusal::PollNotClosed => "PollNotClosed",
        Refusal::NoSuchOption => "NoSuchOption",
        Refusal::TooManyChoices { .. } => "TooManyChoices",
        Refusal::OutOfRange { .. } => "OutOfRange",
        Refusal::BadPoll => "BadPoll",
        Refusal::TooManyPolls => "TooManyPolls",
        Refusal::BadHands => "BadHands",
        Refusal::SeatNeeded => "SeatNeeded",
        Refusal::NoSuchSeat => "NoSuchSeat",
        Refusal::SeatTaken => "SeatTaken",
        Refusal::WordsSaid { .. } => "WordsSaid",
        Refusal::CloudFull => "CloudFull",
        Refusal::DeskFull => "DeskFull",
        Refusal::CannotUndo => "CannotUndo",
        Refusal::Paused => "Paused",
        Refusal::BadPlan => "BadPlan",
        Refusal::ExampleNumber => "ExampleNumber",
        Refusal::AlreadyOpen => "AlreadyOpen",
        Refusal::NotReady { .. } => "NotReady",
        Refusal::EndsBeforeItBegins => "EndsBeforeItBegins",
        Refusal::OutsideTheDays => "OutsideTheDays",
        Refusal::CodeTaken => "CodeTaken",
        Refusal::StillNeeded => "StillNeeded",
        Refusal::ReservedName => "ReservedName",
        Refusal::AdultsOnly => "AdultsOnly",
        Refusal::ChildsFullName => "ChildsFullName",
        Refusal::UnknownOrganisation => "UnknownOrganisation",
        Refusal::OrganisationThere => "OrganisationThere",
        Refusal::HasDelegates => "HasDelegates",
        Refusal::BadForm => "BadForm",
        Refusal::PaperStep => "PaperStep",
        Refusal::NoOrganisation => "NoOrganisation",
        Refusal::OwesAnswers => "OwesAnswers",
        Refusal::NotConfirmed => "NotConfirmed",
        Refusal::DatePast => "DatePast",
        Refusal::AnswerNeeded => "AnswerNeeded",
        Refusal::WeakSecret { .. } => "WeakSecret",
        Refusal::WrongSecret => "WrongSecret",
        Refusal::OwnCard => "OwnCard",
        Refusal::NoSuchPass => "NoSuchPass",
        Refusal::NoSuchReceipt => "NoSuchReceipt",
        Refusal::ReceiptTaken => "ReceiptTaken",
        Refusal::NothingPicked => "NothingPicked",
        Refusal::SlotLive => "SlotLive",
        Refusal::AlreadyWaiting => "AlreadyWaiting",
        Refusal::QueueClosed => "QueueClosed",
        Refusal::QueueFull => "QueueFull",
        Refusal::NoCall => "NoCall",
        Refusal::CallNotOpen { .. } => "CallNotOpen",
        Refusal::CallClosed { .. } => "CallClosed",
        Refusal::NeedsTitle => "NeedsTitle",
        Refusal::NeedsText => "NeedsText",
        Refusal::NeedsAuthor => "NeedsAuthor",
        Refusal::TooManyWords { .. } => "TooManyWords",
        Refusal::TooMany { .. } => "TooMany",
        Refusal::PaperPast => "PaperPast",
        Refusal::NotInText => "NotInText",
        Refusal::FileTooLarge { .. } => "FileTooLarge",
        Refusal::FileOfOtherKind => "FileOfOtherKind",
        Refusal::FileWithProgram => "FileWithProgram",
        Refusal::FileBroken => "FileBroken",
        Refusal::FileWaits => "FileWaits",
        Refusal::FileCutOff => "FileCutOff",
    }
}

/// The field of the form that the refusal is about; empty for the whole page.
#[must_use]
pub const fn field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Empty
        | Refusal::NeedsWords
        | Refusal::TooLong { .. }
        | Refusal::TooSoon { .. }
        | Refusal::TooManyWaiting
        | Refusal::Rehearsed
        | Refusal::IntakeClosed => "text",
        Refusal::NotHandedOver => "to",
        Refusal::NoSuchOption
        | Refusal::PollNotOpen
        | Refusal::TooManyChoices { .. }
        | Refusal::OutOfRange { .. }
        | Refusal::SeatNeeded
        | Refusal::NoSuchSeat
        | Refusal::SeatTaken
        | Refusal::WordsSaid { .. }
        | Refusal::CloudFull => "choice",
        Refusal::ReservedName | Refusal::OrganisationThere => "name",
        Refusal::ChildsFullName => "shows",
        Refusal::DatePast => "due",
        Refusal::AnswerNeeded => "answer",
        Refusal::UnknownOrganisation => "of",
        Refusal::AdultsOnly | Refusal::NoOrganisation => "person",
        Refusal::OutsideTheDays => "day",
        Refusal::EndsBeforeItBegins => "until",
        Refusal::WeakSecret { .. } | Refusal::WrongSecret => "secret",
        Refusal::NoSuchPass | Refusal::OwnCard => "code",
        Refusal::NoSuchReceipt | Refusal::ReceiptTaken => "receipt",
        Refusal::NeedsTitle => "title",
        Refusal::NeedsAuthor => "name",
        Refusal::NotInText => "quote",
        Refusal::FileTooLarge { .. }
        | Refusal::FileOfOtherKind
        | Refusal::FileWithProgram
        | Refusal::FileBroken
        | Refusal::FileWaits
        | Refusal::FileCutOff => "file",
        // Said above the whole form: it is about no field of it.
        _ => "",
    }
}

#[cfg(test)]
mod tests;
