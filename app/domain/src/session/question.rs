//! Questions, from asking to answering.
//!
//! A question is received, and read by a trained adult before any child sees it (`S1`). The adult passes it, holds it
//! back with a reason, or hands it to the safeguarding lead (`S2`). Of those passed, the children choose, show, answer,
//! or set aside with a kind reason. Its asker may withdraw it while it waits.

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Event, Happened, Words};
use crate::ids::{PhoneId, PollId, QuestionId};
use crate::refusal::{Decision, Refusal};
use crate::role::Who;
use crate::session::poll::State;
use crate::session::screen::Screen;
use crate::session::undo::UNDO_FOR;
use crate::session::{Phase, Session};
use crate::text::QuestionText;
use crate::time::{Instant, Span};

/// One question a phone in this span (`S23`).
const APART: Span = Span::seconds(30);
/// Most unread questions of one phone (`S23`).
const MOST_WAITING: usize = 5;

/// Why the desk holds a question back. Two reasons and no third: the desk is no censor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// Hurtful language: the sender may rephrase.
    Language,
    /// Somebody could be recognised by it.
    PersonalData,
}

/// Why the children do not use a question. Each is said kindly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotUsedReason {
    /// It was asked before.
    AlreadyAsked,
    /// There is no time left.
    NoTime,
    /// It is about something else.
    OtherTopic,
    /// It fits another session better.
    OtherSession,
}

/// Where a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Waits at the desk.
    Received,
    /// Held back by the desk.
    Held(HoldReason),
    /// With the safeguarding lead, and nowhere else.
    Safeguarding,
    /// The children have it.
    Passed,
    /// The children chose it; it may be on the screen.
    Chosen,
    /// Answered.
    Answered,
    /// Set aside by the children.
    NotUsed(NotUsedReason),
    /// Taken back by its asker.
    Withdrawn,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The phone that asked.
    pub asker: PhoneId,
    /// The poll, for a word in its cloud: it is no question, and not in the children's list.
    pub poll: Option<PollId>,
    /// When.
    pub asked_at: Instant,
    /// The words as they were written; `None` once they were blanked.
    pub text: Option<String>,
    /// Where it is.
    pub status: Status,
    /// When the desk last decided about it, and what it was before.
    pub desk_decision: Option<(Instant, Status)>,
    /// Whether its asker took it back. To the asker it is gone, even where the safeguarding lead keeps it (`S9`).
    pub withdrawn: bool,
    /// Whether the hall has seen it on the screen.
    pub shown: bool,
    /// Place of its entry, so that its words can be blanked.
    pub entry: u64,
}

impl Question {
    fn received(entry: &Entry, id: QuestionId, asker: PhoneId, poll: Option<PollId>) -> Self {
        Self {
            id,
            asker,
            poll,
            asked_at: entry.at,
            text: entry.words.0.get("text").cloned(),
            status: Status::Received,
            desk_decision: None,
            withdrawn: false,
            shown: false,
            entry: entry.seq,
        }
    }

    /// Whether child moderators may see it: passed by the desk, and not taken away since (`S1`, `S2`).
    #[must_use]
    pub const fn is_with_children(&self) -> bool {
        matches!(self.status, Status::Passed | Status::Chosen | Status::Answered | Status::NotUsed(_))
    }
}

/// A phone asks. The same id again is the same question.
pub(super) fn ask(session: &Session, by: Who, id: QuestionId, text: &QuestionText, now: Instant) -> Decision {
    let Who::Phone(asker) = by else { return Err(Refusal::NotYours) };
    if let Some(earlier) = session.question(id) {
        return if earlier.asker == asker { Ok(vec![]) } else { Err(Refusal::Unknown) };
    }
    match session.phase {
        Phase::Planned => return Err(Refusal::NotOpen),
        Phase::Over => return Err(Refusal::Over),
        Phase::Open => {}
    }
    if !session.desk.takes_in(now) {
        return Err(Refusal::IntakeClosed);
    }
    not_too_often(session, asker, now)?;
    Ok(vec![Happened { event: Event::QuestionAsked { id, asker }, words: Words::text(text.as_str()) }])
}

fn not_too_often(session: &Session, asker: PhoneId, now: Instant) -> Result<(), Refusal> {
    let mine = || session.questions.iter().filter(move |q| q.asker == asker && q.poll.is_none());
    if mine().filter(|q| q.status == Status::Received).count() >= MOST_WAITING {
        return Err(Refusal::TooManyWaiting);
    }
    match mine().map(|q| q.asked_at + APART).max() {
        Some(at) if now < at => Err(Refusal::TooSoon { at }),
        _ => Ok(()),
    }
}

/// The asker takes it back while it waits.
pub(super) fn withdraw(session: &Session, by: Who, id: QuestionId) -> Decision {
    let question = session.question(id).filter(|q| Who::Phone(q.asker) == by).ok_or(Refusal::Unknown)?;
    match question.status {
        _ if question.withdrawn => Ok(vec![]),
        // Safeguarding looks to its sender like any question that is being read (S3); the record stays (S9).
        Status::Received | Status::Held(_) | Status::Passed | Status::Chosen | Status::Safeguarding
            if !is_on_screen(session, id) =>
        {
            Ok(vec![Event::QuestionWithdrawn { id }.into()])
        }
        _ => Err(Refusal::QuestionPast),
    }
}

/// The desk passes a question to the children.
pub(super) fn pass(session: &Session, id: QuestionId) -> Decision {
    match find(session, id)?.status {
        Status::Received => Ok(vec![Event::QuestionPassed { id }.into()]),
        Status::Passed | Status::Chosen => Ok(vec![]),
        _ => Err(Refusal::QuestionPast),
    }
}

/// The desk holds a question back.
pub(super) fn hold(session: &Session, id: QuestionId, reason: HoldReason) -> Decision {
    match find(session, id)?.status {
        Status::Received => Ok(vec![Event::QuestionHeld { id, reason }.into()]),
        Status::Held(before) if before == reason => Ok(vec![]),
        _ => Err(Refusal::QuestionPast),
    }
}

/// The desk hands a question to the safeguarding lead; if it was passed or shown, it leaves every list at once (`S2`).
pub(super) fn safeguard(session: &Session, id: QuestionId) -> Decision {
    match find(session, id)?.status {
        Status::Safeguarding => Ok(vec![]),
        Status::Withdrawn => Err(Refusal::QuestionPast),
        _ => {
            let mut events = vec![Event::QuestionSafeguarded { id }.into()];
            events.extend(leave_screen(session, id));
            Ok(events)
        }
    }
}

/// The desk takes back its own decision, shortly after, if the children have not built on it (`A7`).
///
/// Handing over to safeguarding is confirmed beforehand and not taken back here.
pub(super) fn take_back(session: &Session, id: QuestionId, now: Instant) -> Decision {
    let question = find(session, id)?;
    let recent = question.desk_decision.is_some_and(|(at, _)| now < at + UNDO_FOR);
    match question.status {
        Status::Passed | Status::Held(_) if recent => Ok(vec![Event::QuestionTakenBack { id }.into()]),
        Status::Received => Ok(vec![]),
        _ => Err(Refusal::CannotUndo),
    }
}

/// The children choose a passed question.
pub(super) fn choose(session: &Session, id: QuestionId) -> Decision {
    match find_passed(session, id)?.status {
        Status::Passed => Ok(vec![Event::QuestionChosen { id }.into()]),
        Status::Chosen => Ok(vec![]),
        _ => Err(Refusal::QuestionPast),
    }
}

/// The children put a chosen question back for later.
pub(super) fn put_back(session: &Session, id: QuestionId) -> Decision {
    match find_passed(session, id)?.status {
        Status::Chosen => {
            let mut events = vec![Event::QuestionPutBack { id }.into()];
            events.extend(leave_screen(session, id));
            Ok(events)
        }
        Status::Passed => Ok(vec![]),
        _ => Err(Refusal::QuestionPast),
    }
}

/// The children show a question on the screen, choosing it if it was not chosen.
pub(super) fn show(session: &Session, id: QuestionId) -> Decision {
    let shown = Event::ScreenSet { screen: Screen::Question { id } };
    match find_passed(session, id)?.status {
        Status::Passed => Ok(vec![Event::QuestionChosen { id }.into(), shown.into()]),
        Status::Chosen if is_on_screen(session, id) => Ok(vec![]),
        Status::Chosen | Status::Answered => Ok(vec![shown.into()]),
        _ => Err(Refusal::QuestionPast),
    }
}

/// The question was answered.
pub(super) fn answered(session: &Session, id: QuestionId) -> Decision {
    match find_passed(session, id)?.status {
        Status::Passed | Status::Chosen => {
            let mut events = vec![Event::QuestionAnswered { id }.into()];
            events.extend(leave_screen(session, id));
            Ok(events)
        }
        Status::Answered => Ok(leave_screen(session, id).into_iter().collect()),
        _ => Err(Refusal::QuestionPast),
    }
}

/// The children set a question aside, with a kind reason.
pub(super) fn not_used(session: &Session, id: QuestionId, reason: NotUsedReason) -> Decision {
    match find_passed(session, id)?.status {
        Status::Passed | Status::Chosen => {
            let mut events = vec![Event::QuestionNotUsed { id, reason }.into()];
            events.extend(leave_screen(session, id));
            Ok(events)
        }
        Status::NotUsed(before) if before == reason => Ok(vec![]),
        _ => Err(Refusal::QuestionPast),
    }
}

fn find(session: &Session, id: QuestionId) -> Result<&Question, Refusal> {
    session.question(id).ok_or(Refusal::Unknown)
}

/// A question that children may know of. To them, one that was never passed does not exist: not even a refusal says so,
/// nor whether one that left their list was withdrawn, taken back, or handed to safeguarding (`S2`).
fn find_passed(session: &Session, id: QuestionId) -> Result<&Question, Refusal> {
    find(session, id).and_then(|question| {
        if question.is_with_children() && question.poll.is_none() { Ok(question) } else { Err(Refusal::Unknown) }
    })
}

pub(crate) fn is_on_screen(session: &Session, id: QuestionId) -> bool {
    session.stage.screen == Screen::Question { id }
}

fn leave_screen(session: &Session, id: QuestionId) -> Option<Happened> {
    is_on_screen(session, id).then(|| Event::ScreenSet { screen: Screen::resting(session) }.into())
}

impl Session {
    pub(super) fn apply_question(&mut self, entry: &Entry) {
        let at = entry.at;
        self.note_word(entry);
        match &entry.event {
            Event::QuestionAsked { id, asker } => self.add_question(Question::received(entry, *id, *asker, None)),
            Event::WordSaid { id, asker, poll } => {
                self.add_question(Question::received(entry, *id, *asker, Some(*poll)));
            }
            Event::QuestionPassed { id } => self.desk_decides(*id, Status::Passed, at),
            Event::QuestionHeld { id, reason } => self.desk_decides(*id, Status::Held(*reason), at),
            Event::QuestionSafeguarded { id } => self.desk_decides(*id, Status::Safeguarding, at),
            Event::QuestionTakenBack { id } => self.set_status(*id, Status::Received),
            Event::QuestionWithdrawn { id } => self.withdrawn(*id),
            Event::QuestionChosen { id } => self.set_status(*id, Status::Chosen),
            Event::QuestionPutBack { id } => self.set_status(*id, Status::Passed),
            Event::QuestionAnswered { id } => self.set_status(*id, Status::Answered),
            Event::QuestionNotUsed { id, reason } => self.set_status(*id, Status::NotUsed(*reason)),
            _ => {}
        }
    }

    /// What becomes of a word changes the cloud, once phones see it.
    fn note_word(&mut self, entry: &Entry) {
        let own = match &entry.event {
            Event::QuestionPassed { id }
            | Event::QuestionTakenBack { id }
            | Event::QuestionWithdrawn { id }
            | Event::QuestionSafeguarded { id } => *id,
            _ => return,
        };
        let poll = self.question(own).and_then(|question| question.poll).and_then(|id| self.poll(id));
        if poll.is_some_and(|poll| matches!(poll.state, State::Shown(_))) {
            self.poll_changed = entry.seq;
        }
    }

    fn add_question(&mut self, question: Question) {
        self.places.insert(question.id, self.questions.len());
        self.questions.push(question);
    }

    fn desk_decides(&mut self, id: QuestionId, status: Status, at: Instant) {
        if let Some(place) = self.places.get(&id) {
            let question = &mut self.questions[*place];
            question.desk_decision = Some((at, question.status));
            question.status = status;
        }
    }

    pub(super) fn mark_shown(&mut self, id: QuestionId) {
        if let Some(place) = self.places.get(&id) {
            self.questions[*place].shown = true;
        }
    }

    fn set_status(&mut self, id: QuestionId, status: Status) {
        if let Some(place) = self.places.get(&id) {
            self.questions[*place].status = status;
        }
    }

    /// A worrying text stays with the safeguarding lead even if its writer takes it back (`S9`).
    fn withdrawn(&mut self, id: QuestionId) {
        if let Some(place) = self.places.get(&id) {
            let question = &mut self.questions[*place];
            question.withdrawn = true;
            if question.status != Status::Safeguarding {
                question.status = Status::Withdrawn;
            }
        }
    }
}
