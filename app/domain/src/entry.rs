//! Entries: what has happened, in two parts.
//!
//! The *fact* holds ids, instants and states and is kept for ever. The *words* are what a person wrote; they can be
//! blanked in place, and replaying a blanked entry works. Names are in neither (invariant 11).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{ConferenceId, PaperId, PassId, PersonId, PhoneId, PollId, QuestionId, RoomId, SlotId};
use crate::paper::file::PageOf;
use crate::role::Who;
use crate::session::change::PlanEvent;
use crate::session::desk::Sign;
use crate::session::plan::{Kind, SlotKind};
use crate::session::poll::{AnnulReason, Follows, More, Rule};
use crate::session::question::{AskedAs, HoldReason, NotUsedReason};
use crate::session::queue::QueueEvent;
use crate::session::screen::Screen;
use crate::session::signal::Signal;
use crate::session::team::TeamEvent;
use crate::session::{floor::Short, pace::Pace};
use crate::time::{Instant, Span};
pub use crate::words::{Happened, Words};

/// One line of a stream's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<E = Event> {
    /// Its place: 1 for the first.
    pub seq: u64,
    /// When it was decided.
    pub at: Instant,
    /// Who asked for it.
    pub by: Who,
    /// What happened.
    pub event: E,
    /// What was written; empty once blanked.
    pub words: Words,
}

/// What has happened in a session. Stored for ever: never rename or remove, only add (invariant 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The session exists. Words: `title`.
    Planned {
        /// The conference that it belongs to.
        conference: ConferenceId,
        /// Where it takes place.
        room: RoomId,
        /// What kind it is.
        kind: Kind,
        /// When it should begin.
        starts_at: Instant,
        /// When it should end.
        ends_at: Instant,
        /// The children who run it.
        team: Vec<PersonId>,
    },
    /// The plan was written anew before the session opened; its slots follow, its polls stay. Words: `title`.
    Replanned {
        /// Where it takes place.
        room: RoomId,
        /// What kind it is.
        kind: Kind,
        /// When it should begin.
        starts_at: Instant,
        /// When it should end.
        ends_at: Instant,
        /// The children who run it.
        team: Vec<PersonId>,
    },
    /// The members of a closed meeting chose whether its minutes stay.
    MinutesKept {
        /// Whether they stay.
        keep: bool,
    },
    /// A slot at the end of the run of show. Words: `title`, `cue`.
    SlotPlanned {
        slot: SlotId,
        /// What kind it is.
        kind: SlotKind,
        speakers: Vec<PersonId>,
        /// Its length in the plan.
        planned: Span,
        /// The speaking limit, for speech.
        limit: Option<Span>,
        /// The poll, for a poll's slot.
        poll: Option<PollId>,
    },
    /// A poll was prepared. Words: `question`, `option.0` …
    PollPlanned {
        poll: PollId,
        /// How many options.
        options: u8,
        /// The shortest time that it stays open.
        min_open: Span,
        /// How it is answered.
        #[serde(default, skip_serializing_if = "Rule::is_default")]
        rule: Rule,
        /// What it follows on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        follows: Option<Follows>,
        /// The slot in which it was made on the spot.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slot: Option<SlotId>,
    },
    /// People may come in.
    Opened,
    /// The session is over.
    Closed,
    /// It was ended by mistake, and goes on where it was.
    Reopened,
    /// A moderator pressed: what follows in the same instant is one step.
    Stepped {
        /// Whether it can be taken back.
        undoable: bool,
    },
    /// The last step was taken back.
    StepUndone,
    /// The session moved to a slot.
    SlotEntered { slot: SlotId },
    /// Somebody has the floor; their clock is ready.
    FloorGiven {
        /// Which slot's speakers.
        slot: SlotId,
    },
    /// The speech ended.
    FloorYielded,
    /// The clock started.
    TimerStarted,
    /// The clock stopped for a moment.
    TimerPaused,
    /// The clock runs on.
    TimerResumed,
    /// More time was given.
    TimerExtended {
        /// How much.
        by: Span,
    },
    /// The clock waits for interpretation.
    InterpretationAwaited,
    /// The short clock of a question or of an answer began.
    ShortStarted { of: Short },
    /// Something about the turns of the hall.
    Queue(QueueEvent),
    /// The run of show changed. Words: `title`, `cue`, `say`, as each says.
    PlanChanged(PlanEvent),
    /// How much time things get.
    PaceSet(Pace),
    /// A group has a name. Words: `name`.
    GroupNamed { group: u8 },
    /// The ground rules. Words: `rule.0` …
    RulesWritten {
        /// How many.
        rules: u8,
    },
    /// Help, rest, and words from behind the scenes.
    Team(TeamEvent),
    /// A phone gave a gentle sign.
    Signalled {
        signal: Signal,
        /// From which phone, so that each counts once.
        phone: PhoneId,
    },
    /// The screen is held as it is, or follows again.
    ScreenPinned {
        /// Whether it is held.
        on: bool,
    },
    /// The screen shows something else.
    ScreenSet { screen: Screen },
    /// A question came in. Words: `text`.
    QuestionAsked {
        id: QuestionId,
        /// The phone that asked.
        asker: PhoneId,
        /// What the sender chose to say with it.
        #[serde(flatten)]
        said: AskedAs,
        /// Whether it was typed in from paper.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        slip: bool,
    },
    /// Its asker said it anew. Words: `text`.
    QuestionChanged { id: QuestionId },
    /// A desk opened it to read it.
    QuestionClaimed { id: QuestionId },
    /// It was joined to a similar one.
    QuestionJoined { id: QuestionId, to: QuestionId },
    /// It stands alone again.
    QuestionParted { id: QuestionId },
    /// The children's cards have this order.
    QuestionsOrdered {
        /// The first first.
        order: Vec<QuestionId>,
    },
    /// An organisation owes its answer. Words: `text`, the organisation.
    QuestionOwed { id: QuestionId },
    /// Its words were erased for good.
    QuestionErased { id: QuestionId },
    /// The hall is asked to ask less often, or as usual.
    SlowModeSet {
        /// Whether less often.
        on: bool,
    },
    /// A word for a poll's cloud came in; the desk treats it like a question. Words: `text`.
    WordSaid {
        id: QuestionId,
        /// The phone that said it.
        asker: PhoneId,
        poll: PollId,
        /// Whether it is one of many from new devices.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        one_of_many: bool,
    },
    /// The desk passed it.
    QuestionPassed { id: QuestionId },
    /// The desk held it back.
    QuestionHeld { id: QuestionId, reason: HoldReason },
    /// The desk handed it to the safeguarding lead.
    QuestionSafeguarded { id: QuestionId },
    /// The desk took its decision back.
    QuestionTakenBack { id: QuestionId },
    /// The asker took it back.
    QuestionWithdrawn { id: QuestionId },
    /// The children chose it.
    QuestionChosen { id: QuestionId },
    /// The children put it back for later.
    QuestionPutBack { id: QuestionId },
    /// It was answered.
    QuestionAnswered { id: QuestionId },
    /// It will not be used.
    QuestionNotUsed { id: QuestionId, reason: NotUsedReason },
    /// A poll takes ballots.
    PollOpened { poll: PollId },
    /// A poll's ballots became totals; the ballots are gone.
    PollClosed {
        poll: PollId,
        /// For each option.
        totals: Vec<u32>,
        /// Of those who would rather not say.
        rather_not: u32,
        /// What the first version did not count.
        #[serde(default, skip_serializing_if = "More::is_default")]
        more: More,
    },
    /// Everybody was told that a poll closes soon.
    PollLastCalled { poll: PollId },
    /// A poll does not count.
    PollAnnulled { poll: PollId, reason: AnnulReason },
    /// Pictures that organizers had brought for its polls were erased for good.
    PicturesErased,
    /// Hands were counted in the room.
    HandsCounted {
        poll: PollId,
        /// For each option.
        hands: Vec<u32>,
    },
    /// Seat codes were made; earlier ones do not work any more.
    SeatsIssued {
        /// What they are made of.
        seed: Uuid,
        /// How many.
        count: u16,
    },
    /// A phone took a seat.
    SeatTaken {
        /// Which, from 0.
        seat: u16,
        phone: PhoneId,
    },
    /// Its results may be seen.
    PollShown { poll: PollId },
    /// It left the phones.
    PollPutAway,
    /// A steward was at the desk.
    DeskSeen {
        pass: PassId,
        /// By what it is known.
        #[serde(default, skip_serializing_if = "Sign::is_beat")]
        by: Sign,
    },
    /// No desk was heard for a minute: nothing more is taken in.
    IntakeLapsed,
    /// An adult paused the session for safety.
    SafetyPaused,
    /// The pause ended.
    SafetyResumed,
    /// A working paper got its slot, or the slot followed it. Words: `title`, `message.0` …
    PaperPlaced {
        paper: PaperId,
        slot: SlotId,
        /// After which slot, if it is new.
        after: Option<SlotId>,
        /// Who is named.
        speakers: Vec<PersonId>,
        /// The speaking limit, and the length in the plan.
        limit: Span,
        /// The pages that the screen can show.
        pages: Vec<PageOf>,
        /// How many key messages there are.
        messages: u8,
    },
    /// A working paper left the run of show.
    PaperTakenOut { paper: PaperId },
}
