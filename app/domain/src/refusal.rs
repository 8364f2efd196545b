//! Refusals: a rule said no, and says why, to a person. The sentences are in the interface's words.

use serde::{Deserialize, Serialize};

use crate::conference::gate::Missing;
use crate::role::Role;
use crate::time::Instant;

/// Why a command was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal")]
pub enum Refusal {
    /// Nothing was typed.
    Empty,
    /// Only emoji or punctuation was typed.
    NeedsWords,
    /// Longer than allowed, both in grapheme clusters.
    TooLong {
        /// As typed.
        length: u32,
        /// As allowed.
        limit: u32,
    },
    /// One question at a time: the next is welcome from this instant (`S23`).
    TooSoon { at: Instant },
    /// This phone has as many unread questions as it may (`S23`).
    TooManyWaiting,
    /// Nobody is at the desk, so nothing is taken in (`S7`).
    IntakeClosed,
    /// The session has not begun.
    NotOpen,
    /// The session is over.
    Over,
    /// The role may not do this (`P3`).
    NotYours,
    /// There is no such thing in this session (any more).
    Unknown,
    /// Somebody else pressed first; nothing was done twice (`F4`).
    AlreadyMoved {
        /// Whose press counted.
        by: Option<Role>,
    },
    /// Somebody else has the floor. It may be yielded first.
    FloorHeld,
    /// Nobody has the floor, so there is no clock to work.
    FloorFree,
    /// The clock is not in a state in which this makes sense.
    ClockNotSo,
    /// The question is past this: withdrawn, answered, held.
    QuestionPast,
    /// Somebody reads the question at this moment.
    BeingRead,
    /// The words changed since they were read: they are read again first.
    WordsChanged,
    /// Its sender wants only adults to read it: it goes to no child (`N10`).
    ForAdults,
    /// It is erased only after it was handed over to somebody who is written down (`S10`).
    NotHandedOver,
    /// Nobody can be answered: it came on paper.
    NoPhone,
    /// Another poll is open; one at a time.
    PollOpen,
    /// No adult reads what is written in a rehearsal (`P14`, `S1`).
    Rehearsed,
    /// The poll is not open (not yet, or no longer).
    PollNotOpen,
    /// Polls stay open a while, so that nobody is hurried (`A10`).
    PollTooYoung {
        /// From when it may be closed.
        at: Instant,
    },
    /// The results are not there yet: the poll is still open, or was never.
    PollNotClosed,
    /// There is no such option.
    NoSuchOption,
    /// More is chosen than may be: options, or dots.
    TooManyChoices {
        /// At most so many.
        most: u8,
    },
    /// The number is not between these two.
    OutOfRange {
        /// The least.
        low: i64,
        /// The most.
        high: i64,
    },
    /// The poll cannot be asked so: no question, no options, two alike, too many.
    BadPoll,
    /// The session has as many polls as it may.
    TooManyPolls,
    /// The hands that were typed do not fit the poll's options.
    BadHands,
    /// Only whoever has a seat code votes here.
    SeatNeeded,
    /// No seat has this code.
    NoSuchSeat,
    /// The seat is another phone's, or this phone has one already.
    SeatTaken,
    /// This phone has said its words.
    WordsSaid {
        /// At most so many.
        most: u8,
    },
    /// The cloud is full: adults read every word.
    CloudFull,
    /// So many questions wait that no more can be read (`G3`).
    DeskFull,
    /// Too late to undo, or somebody has built on it (`A7`).
    CannotUndo,
    /// An adult has paused the session for safety.
    Paused,
    /// What was planned does not fit (organizer's side).
    BadPlan,
    /// A number that is an example cannot be confirmed (`N3`).
    ExampleNumber,
    /// The session is open: its plan is in the children's hands now.
    AlreadyOpen,
    /// A public session opens only when these are there (`S19`).
    NotReady {
        /// What is missing, at least one.
        missing: Vec<Missing>,
    },
    /// It would end before it begins.
    EndsBeforeItBegins,
    /// It is on none of the conference's days.
    OutsideTheDays,
    /// Another session has this join code.
    CodeTaken,
    /// A session takes place in this room, or a card belongs to it: move that first.
    StillNeeded,
    /// A name that would be taken for a role's (`S25`).
    ReservedName,
    /// An adult's role is for nobody who is noted as a child.
    AdultsOnly,
    /// Of a child, a full name is shown nowhere (`S12`).
    ChildsFullName,
    /// There is no such organisation in the list (any more).
    UnknownOrganisation,
    /// An organisation of this name and country is in the list already.
    OrganisationThere,
    /// People belong to the organisation: they are moved first.
    HasDelegates,
    /// Something in the form is missing, or is no date or number where one belongs.
    BadForm,
    /// An accepted paper is presented in this step: the table of papers takes it out (`C9`).
    PaperStep,
    /// Whoever answers for an organisation belongs to one of the list.
    NoOrganisation,
    /// The organisation has promised answers that it has not given.
    OwesAnswers,
    /// The children have not confirmed or adopted it yet (`P7`).
    NotConfirmed,
    /// A promise is for a day to come.
    DatePast,
    /// An answer needs words; "not now" needs its reason (`P5`).
    AnswerNeeded,
    /// Shorter than a strong secret is (`S17`).
    WeakSecret {
        /// The least number of characters.
        least: u32,
    },
    /// Name and secret do not belong together.
    WrongSecret,
    /// The card was issued on this device, or this device organizes: its holder opens it on their own (`G9`).
    OwnCard,
    /// A card that is unknown, revoked, or past its time.
    NoSuchPass,
    /// No receipt has this number (`R1`).
    NoSuchReceipt,
    /// Nothing was picked of what could be.
    NothingPicked,
    /// The receipt on this slip is another question's already.
    ReceiptTaken,
    /// The part is on now, or is over: it stays in the record. Going on first helps.
    SlotLive,
    /// Whoever asks waits for the floor already.
    AlreadyWaiting,
    /// The list of those who wait is closed.
    QueueClosed,
    /// The list of those who wait is full for now.
    QueueFull,
    /// There is no call for papers yet.
    NoCall,
    /// Papers may be sent from this instant.
    CallNotOpen { at: Instant },
    /// The call for papers closed at this instant. What was written stays.
    CallClosed { at: Instant },
    /// A paper that is sent has a title in its own language.
    NeedsTitle,
    /// A paper that is sent has a text, or a file.
    NeedsText,
    /// A paper that is sent has at least one name to call its authors by.
    NeedsAuthor,
    /// More words than a paper may have.
    TooManyWords {
        /// As written.
        words: u32,
        /// As allowed.
        limit: u32,
    },
    /// There are as many of these as there may be.
    TooMany {
        /// As allowed.
        limit: u32,
    },
    /// The paper is past this, or not yet there.
    PaperPast,
    /// The words that a suggestion is about do not stand in the text (any more).
    NotInText,
    /// The file is larger than allowed, in bytes.
    FileTooLarge {
        /// As allowed.
        limit: u64,
    },
    /// By its content the file is of no kind that is taken, whatever its name says.
    FileOfOtherKind,
    /// The file holds a program: a script or macros.
    FileWithProgram,
    /// The file cannot be read: damaged, or made to blow up.
    FileBroken,
    /// Too many files are being made anew: this one was not kept, and can be sent again.
    FileWaits,
    /// The file did not arrive whole; nothing of it was kept.
    FileCutOff,
}

/// What `decide` answers: what happens, or why not.
pub type Decision = Result<Vec<crate::entry::Happened>, Refusal>;
