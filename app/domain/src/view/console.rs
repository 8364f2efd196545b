//! What child moderators see: the screen, the next sentence, the one button, what comes, and the passed questions.
//!
//! Of what waits at the desk they see only "none, a few, many" (`S2`). A question in safeguarding counts as waiting for
//! them for a while, so that its leaving the desk cannot be told by subtraction.

mod cards;

pub use cards::{CARDS, ConsoleQuestion, JoinedQuestion, Part, in_hand};

use serde::{Deserialize, Serialize};

use crate::ids::{PaperId, PollId, SlotId, TurnId};
use crate::lang::{Lang, Phrase};
use crate::role::Role;
use crate::session::Session;
use crate::session::mix::Deck;
use crate::session::next::{Lead, Next, lead, next};
use crate::session::plan::SlotKind;
use crate::session::poll::picture::Pictured;
use crate::session::poll::{Poll, PollKind, State, ToldApart};
use crate::session::question::{Question, Status};
use crate::session::screen::Screen;
use crate::session::undo::UNDO_FOR;
use crate::time::Instant;
use crate::view::audience::moment;
use crate::view::poll::{round, turnout};
use crate::view::running::{self, RunningView};
use crate::view::screen::{ScreenView, screen};
use crate::view::{ClockView, Hall, Moment, PhaseView, SlotView, called, clock, slot, speaking, title};

/// More than so many waiting questions are "many".
const FEW: usize = 5;
/// After so many more decisions of the desk a question in safeguarding does not count as waiting any more.
const MELTS_AFTER: u32 = 3;

/// What a moderator's tablet shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleView {
    /// Where the session is in its life.
    pub phase: PhaseView,
    /// What it is called.
    pub title: Phrase,
    /// When it should end.
    pub ends_at: Instant,
    /// The step, to be sent back with a press.
    pub step: u32,
    /// What the big button does.
    pub next: NextView,
    /// Where the cue card leads.
    #[serde(default)]
    pub lead: Lead,
    /// Until when the last step can be taken back.
    pub undo_until: Option<Instant>,
    /// Whether it is over and can be opened again, however long that is ago.
    #[serde(default)]
    pub can_be_reopened: bool,
    /// Whose press was the last (`F4`).
    pub last_by: Option<Role>,
    /// The moment that the session is in.
    pub moment: Moment,
    /// What to say now; may be empty.
    pub cue: Phrase,
    /// The place of the current slot, from 1; nothing before the first.
    pub place: Option<u32>,
    /// Who has the floor.
    pub names: Vec<Phrase>,
    pub clock: Option<ClockView>,
    /// What the screen shows: the true preview.
    pub screen: ScreenView,
    /// The run of show.
    pub slots: Vec<SlotView>,
    /// Passed and chosen questions, in the children's own order: that of passing, until they change it. Those of the
    /// part that is looked at, and what was chosen.
    pub questions: Vec<ConsoleQuestion>,
    /// Which part is looked at.
    #[serde(default)]
    pub part: Part,
    /// How many there are in all parts.
    #[serde(default)]
    pub of: u32,
    /// Whether the suggested mix has another order.
    pub mix_differs: bool,
    /// How many wait at the desk.
    pub waiting: Waiting,
    /// How many the desk held back; a number and nothing else.
    pub held: u32,
    /// Whether questions are taken in.
    pub intake_open: bool,
    /// Polls, as planned.
    pub polls: Vec<ConsolePoll>,
    /// The poll on the phones.
    pub poll_on_phones: Option<PollId>,
    /// Whether an adult has paused the session for safety.
    pub paused: bool,
    /// What keeps it running: time, turns, team. A page gives it apart.
    #[serde(default)]
    pub running: RunningView,
    /// The current slot's working paper, and how many pages of it can be shown.
    #[serde(default)]
    pub paper: Option<PaperView>,
}

/// The current working paper, as moderators turn its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    pub id: PaperId,
    /// How many pages can be shown.
    pub pages: u16,
    /// The page on the screen, from 0; nothing if it shows no page.
    pub page: Option<u16>,
    /// Whether the screen shows its title and key messages.
    pub messages_shown: bool,
}

/// What the big button does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextView {
    pub act: NextAct,
    /// Who is thanked, or whose clock starts.
    pub who: Vec<Phrase>,
    /// Where it leads.
    pub to: Option<SlotView>,
    /// Who of the hall is next; or whose speech goes on.
    pub turn: Option<Phrase>,
}

/// The verb of the big button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextAct {
    /// Open the session.
    Open,
    /// Start the clock.
    StartClock,
    /// Thank whoever has the floor, and go on.
    Thank,
    /// Thank for a remark; the speech that waited goes on.
    EndRemark,
    /// Thank whoever of the hall has the floor; the slot goes on.
    ThankTurn,
    /// Give the floor to the next of the hall, after a thanks if somebody has it.
    GiveTurn,
    /// Go on.
    GoOn,
    /// Open the poll.
    OpenPoll,
    /// Close the poll.
    ClosePoll,
    /// Show the results.
    ShowPoll,
    /// Close the session.
    Close,
    /// Nothing: the session is over.
    #[default]
    Nothing,
}

/// How many questions wait at the desk, as children may know it (`S2`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// None.
    #[default]
    None,
    /// A few.
    Few,
    /// Many.
    Many,
}

/// A poll as moderators work it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsolePoll {
    pub id: PollId,
    /// What is asked.
    pub question: Phrase,
    /// What kind of answer it takes.
    pub kind: PollKind,
    /// What may be answered; empty where the kind says it.
    pub options: Vec<Phrase>,
    /// A picture for each option, in a poll of pictures.
    pub pictures: Vec<Pictured>,
    /// 1, or 2 for a second round.
    pub round: u8,
    /// The one language that it was written in, if it lacks another: readers of others see it in that.
    pub only_in: Option<Lang>,
    /// Whether everybody was told that it closes soon.
    pub last_call: bool,
    /// Whether hands were counted; how many is not in it.
    pub hands: bool,
    /// Where it is in its life.
    pub state: ConsolePollState,
    /// Once it is closed: ballots that are told apart (`G3`).
    pub apart: ToldApart,
}

/// Where a poll is in its life. No option's count is in it (`F7`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsolePollState {
    /// Not opened yet.
    Draft,
    /// Takes ballots.
    Open {
        /// From when it may be closed (`A10`).
        closable_at: Instant,
        /// How many phones have voted; nothing while it could tell a ballot.
        voted: Option<u32>,
        /// Phones that are here, if that is known and not fewer.
        of: Option<u32>,
    },
    /// Closed, not shown.
    Closed,
    /// Shown.
    Shown,
    /// It does not count.
    Annulled,
}

/// What child moderators see, with one part of the questions; `deck` is the session's.
#[must_use]
pub fn console(session: &Session, deck: &Deck, hall: Hall, lang: Lang, part: Part) -> ConsoleView {
    let last = session.last.as_ref();
    let (questions, part, of) = cards::questions(session, deck, lang, part);
    ConsoleView {
        phase: session.phase.into(),
        title: title(session, lang),
        ends_at: session.about.as_ref().map(|about| about.ends_at).unwrap_or_default(),
        step: session.step,
        next: next_view(session, hall, lang),
        lead: lead(session),
        undo_until: undo_until(session),
        can_be_reopened: session.can_be_reopened(),
        last_by: last.and_then(|last| last.by.role()),
        moment: moment(session),
        cue: session.current_slot().map(|slot| slot.cue.for_reader(lang)).unwrap_or_default(),
        place: place(session),
        names: speaking(session, hall, lang).map(|s| s.0).unwrap_or_default(),
        clock: clock(session),
        screen: screen(session, hall, lang),
        slots: session.slots.iter().map(|s| slot(s, hall, lang)).collect(),
        questions,
        part,
        of,
        mix_differs: deck.mix_differs(),
        waiting: waiting(session),
        held: count(session, |q| matches!(q.status, Status::Held(_)) && !q.said.adults_only),
        intake_open: session.desk.open,
        polls: session.polls.iter().map(|p| console_poll(p, hall, lang)).collect(),
        poll_on_phones: session.poll_on_phones,
        paused: session.paused_since.is_some(),
        running: running::running(session, hall, lang),
        paper: paper(session),
    }
}

fn undo_until(session: &Session) -> Option<Instant> {
    let step = session.last.as_ref().filter(|last| last.before.is_some()).map(|last| last.at + UNDO_FOR);
    session.end_can_be_undone_until().or(step)
}

fn paper(session: &Session) -> Option<PaperView> {
    let slot = session.current_slot()?;
    let paper = slot.paper.as_ref()?;
    let shown = if let Screen::Paper { slot: shown, page } = session.stage.screen { Some((shown, page)) } else { None };
    let shown = shown.filter(|(shown, _)| *shown == slot.id).map(|(_, page)| page);
    Some(PaperView {
        id: paper.id,
        pages: u16::try_from(paper.pages.len()).unwrap_or(u16::MAX),
        page: shown.flatten(),
        messages_shown: shown == Some(None),
    })
}

fn next_view(session: &Session, hall: Hall, lang: Lang) -> NextView {
    let who = speaking(session, hall, lang).map(|s| s.0).unwrap_or_default();
    let to = |id: SlotId| session.slot(id).map(|s| slot(s, hall, lang));
    let plain = |act| NextView { act, ..NextView::default() };
    let turn = |id: TurnId| session.turn(id).map(|turn| called::name_of(session, turn, hall, lang));
    match next(session) {
        Next::Open => plain(NextAct::Open),
        Next::StartClock => NextView { who, ..plain(NextAct::StartClock) },
        Next::ThankAndEnter(id) => NextView { who, to: to(id), ..plain(NextAct::Thank) },
        Next::Enter(id) => NextView { to: to(id), ..plain(NextAct::GoOn) },
        Next::EndRemark => NextView { who, ..plain(NextAct::EndRemark) },
        Next::ThankTurn => NextView { who, ..plain(NextAct::ThankTurn) },
        Next::ThankAndGive(id) => NextView { who, turn: turn(id), ..plain(NextAct::GiveTurn) },
        Next::GiveTurn(id) => NextView { turn: turn(id), ..plain(NextAct::GiveTurn) },
        Next::OpenPoll(_) => plain(NextAct::OpenPoll),
        Next::ClosePoll(_) => plain(NextAct::ClosePoll),
        Next::ShowPoll(_) => plain(NextAct::ShowPoll),
        Next::Close => NextView { who, ..plain(NextAct::Close) },
        Next::Nothing => NextView::default(),
    }
}

fn place(session: &Session) -> Option<u32> {
    let here = session.slots.iter().position(|slot| Some(slot.id) == session.stage.slot)?;
    u32::try_from(here + 1).ok()
}

/// As children may know it (`S2`). What went to the safeguarding team counts on until the desk has made several other
/// decisions: so the number does not fall at the moment of its going, and does not stand still for ever either.
fn waiting(session: &Session) -> Waiting {
    let melts = |q: &Question| session.desk.decisions >= q.decided_as + MELTS_AFTER;
    let unread = |q: &&Question| match q.status {
        Status::Received => true,
        Status::Safeguarding => !melts(q),
        Status::Held(_)
        | Status::Passed
        | Status::Chosen
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => false,
    };
    match session.questions.iter().filter(unread).count() {
        0 => Waiting::None,
        n if n <= FEW => Waiting::Few,
        _ => Waiting::Many,
    }
}

fn len(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn count(session: &Session, fits: impl Fn(&Question) -> bool) -> u32 {
    len(session.questions.iter().filter(|q| fits(q)).count())
}

fn console_poll(poll: &Poll, hall: Hall, lang: Lang) -> ConsolePoll {
    let state = match poll.state {
        State::Draft => ConsolePollState::Draft,
        State::Open { since } => ConsolePollState::Open {
            closable_at: since + poll.min_open,
            voted: turnout(hall).map(|turnout| turnout.voted),
            of: turnout(hall).and_then(|turnout| turnout.of),
        },
        State::Closed(_) => ConsolePollState::Closed,
        State::Shown(_) => ConsolePollState::Shown,
        State::Annulled(_) => ConsolePollState::Annulled,
    };
    ConsolePoll {
        id: poll.id,
        question: poll.question.for_reader(lang),
        kind: poll.rule.kind,
        options: poll.options.iter().map(|option| option.for_reader(lang)).collect(),
        pictures: poll.rule.pictures.clone(),
        round: round(poll),
        only_in: only_in(poll),
        last_call: poll.last_call.is_some(),
        hands: poll.hands.is_some(),
        state,
        apart: poll.told_apart(),
    }
}

/// The one language of a poll that was written in one alone.
fn only_in(poll: &Poll) -> Option<Lang> {
    let mut langs = poll.question.0.keys();
    langs.next().copied().filter(|_| langs.next().is_none())
}

/// Whether a slot is one of speech, for the form that stands for it.
#[must_use]
pub const fn moment_of(kind: SlotKind) -> Moment {
    match kind {
        SlotKind::Paper | SlotKind::Speech => Moment::Speech,
        SlotKind::Questions => Moment::Question,
        SlotKind::Poll => Moment::Poll,
        SlotKind::Break | SlotKind::Energiser => Moment::Break,
        SlotKind::Opening => Moment::Plain,
        SlotKind::Closing => Moment::Thanks,
    }
}
