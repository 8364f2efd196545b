//! Commands: what people ask a session to do. One command is one press.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{PaperId, PollId, QuestionId, SlotId};
use crate::lang::Said;
use crate::session::change::PlanChange;
use crate::session::choosing::CardAct;
use crate::session::floor::Short;
use crate::session::pace::Pace;
use crate::session::paper::PaperSlot;
use crate::session::plan::Plan;
use crate::session::poll::{AnnulReason, Rule};
use crate::session::question::{AskedAs, HoldReason, NotUsedReason};
use crate::session::queue::QueueAct;
use crate::session::reading::DeskAct;
use crate::session::signal::Signal;
use crate::session::team::TeamAct;
use crate::text::{QuestionText, WordText};
use crate::time::Span;

/// One press, sent by [`crate::Who`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Writes down the session's title, team, run of show and polls. Once, before it opens.
    Plan(Box<Plan>),
    /// Writes title, times, team and run of show anew, before the session opens. Its polls stay.
    Replan {
        /// The version of the plan that was seen ([`crate::Session::plan_version`]).
        seen: u32,
        /// The plan as it shall be.
        plan: Box<Plan>,
    },
    /// Writes a poll into the plan, or anew, before the session opens.
    PlanPoll(Box<PlannedPoll>),
    /// The members of a closed meeting choose whether its minutes stay when it ends (`S18`).
    KeepMinutes {
        /// Whether they stay.
        keep: bool,
    },
    /// Opens the session: people may come in.
    Open,
    /// The one big button: does [`crate::session::next::Next`], if `step` is still the step that was seen.
    Next {
        /// The step that the presser saw.
        step: u32,
    },
    /// Gives the floor to a slot's speakers out of order.
    GiveFloor {
        /// Whose turn.
        slot: SlotId,
    },
    /// Ends the speech.
    YieldFloor,
    /// Starts the speaking timer.
    StartTimer,
    /// Stops it for a moment.
    PauseTimer,
    /// Lets it run on.
    ResumeTimer,
    /// Gives more time.
    Extend {
        /// How much; between one second and ten minutes.
        by: Span,
        /// The step that was seen: two tablets at once give once. Nothing gives in any case.
        #[serde(default)]
        step: Option<u32>,
    },
    /// The clock waits until interpretation has caught up.
    AwaitInterpretation,
    /// Starts the short clock of a question or of an answer.
    StartShort(Short),
    /// The turns of the hall.
    Queue(QueueAct),
    /// A change of the run of show.
    ChangePlan(Box<PlanChange>),
    /// How much time things get.
    SetPace(Pace),
    /// Names a group, so that moderators see how speaking time is shared (`P9`).
    NameGroup {
        /// Which, from 0.
        group: u8,
        /// What it is called.
        name: Said,
    },
    /// Writes down the ground rules that the children have agreed on (`F16`).
    WriteRules {
        /// Each is one sentence.
        rules: Vec<Said>,
    },
    /// Help, rest, and words from behind the scenes.
    Team(TeamAct),
    /// The audience's gentle sign (`F10`).
    Signal(Signal),
    /// Holds the screen as it is while the session moves on, or lets it follow again.
    Pin {
        /// Whether it is held.
        on: bool,
    },
    /// A simulated speaker uses up the clock but for a few seconds (rehearsals only).
    RunOver,
    /// A phone asks.
    Ask {
        /// Made when the form was rendered: a repeated submit is the same question.
        id: QuestionId,
        /// The words, cleaned.
        text: QuestionText,
        /// What the sender chose to say with it.
        said: AskedAs,
    },
    /// The asker says it anew while it waits, or after it was held.
    Change {
        id: QuestionId,
        /// The words, cleaned.
        text: QuestionText,
    },
    /// The asker takes it back while it waits.
    Withdraw { id: QuestionId },
    /// A steward is at the desk (sent while the page is open; `S7`).
    AtDesk,
    /// No desk was heard for a while (sent by the server).
    LapseIntake {
        /// Seen when the server decided to ask; refused if a desk spoke since.
        since: crate::time::Instant,
    },
    /// The desk passes a question to the children.
    Pass { id: QuestionId },
    /// The desk holds it back, with a reason.
    Hold { id: QuestionId, reason: HoldReason },
    /// The desk hands it to the safeguarding lead; it leaves every other list (`S2`).
    Safeguard { id: QuestionId },
    /// The desk takes back its own decision, within ten seconds (`A7`).
    TakeBack { id: QuestionId },
    /// What a steward does besides the outcomes.
    Desk(DeskAct),
    /// How moderators arrange their cards.
    Cards(CardAct),
    /// Erases a question's words for good (sent by the server when their time has come, or an organizer says so).
    EraseQuestion { id: QuestionId },
    /// Takes the polls' own pictures out of the session (sent by the server, which has removed them for good).
    ErasePictures,
    /// A moderator chooses a passed question for this session.
    Choose { id: QuestionId },
    /// A moderator puts a chosen question back: later.
    PutBack { id: QuestionId },
    /// Shows a question on the screen.
    ShowQuestion { id: QuestionId },
    /// It was answered.
    Answered { id: QuestionId },
    /// It will not be used, with a kind reason.
    NotUsed { id: QuestionId, reason: NotUsedReason },
    /// Opens a planned poll.
    OpenPoll { id: PollId },
    /// Closes the open poll; its ballots become totals.
    ClosePoll { id: PollId },
    /// Shows a closed poll's results.
    ShowPoll { id: PollId },
    /// Takes the poll off the phones.
    PutPollAway,
    /// Makes a poll on the spot. The same id again is the same poll.
    MakePoll {
        poll: Box<PlannedPoll>,
        /// Whether it opens at once.
        open: bool,
    },
    /// Tells everybody that the open poll closes soon.
    LastCall { id: PollId },
    /// Makes a second round of an answered poll.
    SecondRound {
        /// Which was answered.
        of: PollId,
        /// The id of the new one.
        new: PollId,
    },
    /// A poll was misunderstood: it does not count, and may be asked again.
    AnnulPoll {
        id: PollId,
        /// Why; said to everybody.
        reason: AnnulReason,
        /// The id of the one that takes its place.
        again: PollId,
    },
    /// Hands counted in the room, as a source of its own (`F8`).
    CountHands {
        id: PollId,
        /// For each option.
        hands: Vec<u32>,
    },
    /// Makes seat codes: one person, one vote.
    IssueSeats {
        /// What the codes are made of. The same seed again makes the same codes.
        seed: Uuid,
        /// How many.
        count: u16,
    },
    /// A phone takes a seat, whose code the server has read.
    TakeSeat {
        /// Which, from 0.
        seat: u16,
    },
    /// A phone says a word in a poll's cloud.
    SayWord {
        poll: PollId,
        /// Made when the form was rendered: a repeated submit is the same word.
        id: QuestionId,
        /// The word, cleaned.
        text: WordText,
        /// Said by the server: it is one of many from new devices (`G3`).
        one_of_many: bool,
    },
    /// Puts something else on the screen.
    Show(ScreenChoice),
    /// Undoes the last step, whichever moderator made it, within ten seconds (`A7`, `F4`).
    Undo {
        /// The step that was seen.
        step: u32,
    },
    /// Opens a session again that was ended by mistake.
    Reopen,
    /// An adult pauses the session for safety: calm screen, stopped clock, logged and visible (`P3`).
    SafetyPause,
    /// The pause ends.
    SafetyResume,
    /// A working paper was accepted into this session, or has changed: its slot follows (sent by the server).
    PlacePaper(Box<PaperSlot>),
    /// A working paper is not presented here any more (sent by the server).
    TakePaperOut { paper: PaperId },
    /// Shows the current paper: its title and key messages, or one of its pages.
    ShowPaper {
        /// Which page, from 0; nothing for title and messages.
        page: Option<u16>,
    },
}

/// What a moderator can put on the screen by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreenChoice {
    /// The session's name and its team.
    Welcome,
    /// The join card: QR and code.
    Join,
    /// What is planned.
    Plan,
    /// Whoever has the floor, and the clock.
    Speaker,
    /// A break with its clock.
    Break,
    /// Thanks at the end.
    Thanks,
    /// Who waits for the floor, and by which rule.
    Queue,
    /// The ground rules.
    Rules,
    /// What the session itself is in: the way back from a break that was called by hand.
    Session,
}

/// A poll as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPoll {
    pub id: PollId,
    /// What is asked.
    pub question: Said,
    /// Options, where the kind lists them: two to six. «I'd rather not say» is always there besides (`F6`).
    pub options: Vec<Said>,
    /// How it is answered.
    #[serde(default)]
    pub rule: Rule,
}
