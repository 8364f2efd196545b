//! What the children do with passed questions: choose, later, show, answered, not used; and their own order of them.
//!
//! Similar questions are joined to one card, in whatever languages they are; whoever asked them supports it, each phone
//! once. A fair mix is a suggestion, and the children's hand goes over it (`F11`, `F13`).

use crate::entry::{Happened, Words};
use crate::ids::QuestionId;
use crate::refusal::{Decision, Refusal};
use crate::session::Session;
use crate::session::question::{
    NotUsedReason, Question, QuestionEvent, Status, find_passed, is_on_screen, leave_screen,
};
use crate::session::screen::{Screen, ScreenEvent};
use crate::text::Line;

/// How moderators arrange their cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardAct {
    /// One place towards the beginning.
    Sooner { id: QuestionId },
    /// One place towards the end.
    Later { id: QuestionId },
    /// Takes the suggested order.
    TakeMix,
    /// Joins a question to a similar one.
    Join { id: QuestionId, to: QuestionId },
    /// Takes it out again.
    Part { id: QuestionId },
    /// It could not be answered here: an organisation owes the answer.
    FollowUp {
        id: QuestionId,
        /// Which organisation.
        by: Line,
    },
}

/// How moderators arrange their cards.
pub(super) fn act(session: &Session, act: &CardAct) -> Decision {
    match act {
        CardAct::Sooner { id } => reorder(session, *id, |place| place.checked_sub(1)),
        CardAct::Later { id } => reorder(session, *id, |place| Some(place + 1)),
        CardAct::TakeMix => {
            let deck = session.deck();
            let ordered = || QuestionEvent::QuestionsOrdered { order: deck.mix.clone() }.into();
            Ok(if deck.mix_differs() { vec![ordered()] } else { vec![] })
        }
        CardAct::Join { id, to } => join(session, *id, *to),
        CardAct::Part { id } => match find_passed(session, *id)?.joined {
            Some(_) => Ok(vec![QuestionEvent::QuestionParted { id: *id }.into()]),
            None => Ok(vec![]),
        },
        CardAct::FollowUp { id, by } => follow_up(session, *id, by),
    }
}

fn reorder(session: &Session, id: QuestionId, to: impl Fn(usize) -> Option<usize>) -> Decision {
    find_passed(session, id)?;
    let mut order: Vec<QuestionId> = session.cards().map(|card| card.id).collect();
    let Some(place) = order.iter().position(|card| *card == id) else { return Err(Refusal::QuestionPast) };
    match to(place).filter(|to| *to < order.len()) {
        Some(to) => {
            order.swap(place, to);
            Ok(vec![QuestionEvent::QuestionsOrdered { order }.into()])
        }
        None => Ok(vec![]),
    }
}

fn join(session: &Session, id: QuestionId, to: QuestionId) -> Decision {
    let (question, leader) = (find_passed(session, id)?, session.leader(find_passed(session, to)?));
    let open = |q: &Question| matches!(q.status, Status::Passed | Status::Chosen);
    match question.joined {
        _ if !open(question) || !open(leader) || is_on_screen(session, id) => Err(Refusal::QuestionPast),
        Some(before) if before == leader.id => Ok(vec![]),
        _ if leader.id == id => Ok(vec![]),
        _ => Ok(vec![QuestionEvent::QuestionJoined { id, to: leader.id }.into()]),
    }
}

/// The children choose a passed question.
pub(super) fn choose(session: &Session, id: QuestionId) -> Decision {
    match find_passed(session, id)?.status {
        Status::Passed => Ok(vec![QuestionEvent::QuestionChosen { id }.into()]),
        Status::Chosen => Ok(vec![]),
        Status::Received
        | Status::Held(_)
        | Status::Safeguarding
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}

/// The children put a chosen question back for later.
pub(super) fn put_back(session: &Session, id: QuestionId) -> Decision {
    match find_passed(session, id)?.status {
        Status::Chosen => Ok(and_leave(session, id, vec![QuestionEvent::QuestionPutBack { id }.into()])),
        Status::Passed => Ok(vec![]),
        Status::Received
        | Status::Held(_)
        | Status::Safeguarding
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}

/// The children show a question on the screen, choosing it if it was not chosen.
pub(super) fn show(session: &Session, id: QuestionId) -> Decision {
    let shown = ScreenEvent::ScreenSet { screen: Screen::Question { id } };
    match find_passed(session, id)?.status {
        Status::Passed => Ok(vec![QuestionEvent::QuestionChosen { id }.into(), shown.into()]),
        Status::Chosen if is_on_screen(session, id) => Ok(vec![]),
        Status::Chosen | Status::Answered => Ok(vec![shown.into()]),
        Status::Received
        | Status::Held(_)
        | Status::Safeguarding
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}

/// The question was answered.
pub(super) fn answered(session: &Session, id: QuestionId) -> Decision {
    match find_passed(session, id)?.status {
        Status::Passed | Status::Chosen | Status::FollowUp => {
            Ok(and_leave(session, id, all_of(session, id, |id| QuestionEvent::QuestionAnswered { id }.into())))
        }
        Status::Answered => Ok(leave_screen(session, id).into_iter().collect()),
        Status::Received | Status::Held(_) | Status::Safeguarding | Status::NotUsed(_) | Status::Withdrawn => {
            Err(Refusal::QuestionPast)
        }
    }
}

fn follow_up(session: &Session, id: QuestionId, by: &Line) -> Decision {
    match find_passed(session, id)?.status {
        Status::Passed | Status::Chosen | Status::Answered | Status::FollowUp => {
            let owed =
                |id| Happened { event: QuestionEvent::QuestionOwed { id }.into(), words: Words::text(by.as_str()) };
            Ok(and_leave(session, id, all_of(session, id, owed)))
        }
        Status::Received | Status::Held(_) | Status::Safeguarding | Status::NotUsed(_) | Status::Withdrawn => {
            Err(Refusal::QuestionPast)
        }
    }
}

/// The children set a question aside, with a kind reason.
pub(super) fn not_used(session: &Session, id: QuestionId, reason: NotUsedReason) -> Decision {
    match find_passed(session, id)?.status {
        Status::Passed | Status::Chosen => {
            Ok(and_leave(session, id, all_of(session, id, |id| QuestionEvent::QuestionNotUsed { id, reason }.into())))
        }
        Status::NotUsed(before) if before == reason => Ok(vec![]),
        Status::Received
        | Status::Held(_)
        | Status::Safeguarding
        | Status::Answered
        | Status::FollowUp
        | Status::NotUsed(_)
        | Status::Withdrawn => Err(Refusal::QuestionPast),
    }
}

/// The same for a card and for all that were joined to it and are still open.
fn all_of(session: &Session, id: QuestionId, event: impl Fn(QuestionId) -> Happened) -> Vec<Happened> {
    let open = |q: &&Question| matches!(q.status, Status::Passed | Status::Chosen);
    let joined = session.joined_to(id).filter(open).map(|question| question.id);
    std::iter::once(id).chain(joined).map(event).collect()
}

/// The screen goes on, if it shows the card or one that is joined to it.
fn and_leave(session: &Session, id: QuestionId, mut happened: Vec<Happened>) -> Vec<Happened> {
    let joined = session.joined_to(id).map(|question| question.id);
    happened.extend(std::iter::once(id).chain(joined).find_map(|id| leave_screen(session, id)));
    happened
}

impl Session {
    /// The cards of the children's list in their own order: passed and chosen, those that lead a group.
    pub fn cards(&self) -> impl Iterator<Item = &Question> {
        let on_list = |q: &&Question| matches!(q.status, Status::Passed | Status::Chosen) && q.poll.is_none();
        let ordered = self.card_order.iter().filter_map(|id| self.question(*id));
        ordered.filter(on_list).filter(|q| self.leader(q).id == q.id)
    }

    /// The question that stands for a group; itself, if it was joined to none.
    #[must_use]
    pub fn leader<'a>(&'a self, question: &'a Question) -> &'a Question {
        let leader = question.joined.and_then(|id| self.question(id));
        leader.filter(|leader| leader.is_with_children() && leader.joined.is_none()).unwrap_or(question)
    }

    /// Those that were joined to a question, and are with the children.
    pub fn joined_to(&self, leader: QuestionId) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |q| q.joined == Some(leader) && q.is_with_children())
    }

    /// Joins a question, and all that were joined to it, to another.
    pub(super) fn join(&mut self, id: QuestionId, to: QuestionId) {
        for question in &mut self.questions {
            if question.id == id || (question.joined == Some(id) && question.id != to) {
                question.joined = Some(to);
            }
        }
        self.with(to, |question| question.joined = None);
    }

    /// A group outlives its leader's leaving, or the erasure of its words: the next of them stands for it, in the
    /// leader's place.
    pub(super) fn keep_groups(&mut self, left: QuestionId) {
        if self.question(left).is_none_or(|question| question.is_with_children() && !question.erased) {
            return;
        }
        self.with(left, |question| question.joined = None);
        let heir = self.joined_to(left).find(|question| !question.erased).map(|question| question.id);
        let Some(heir) = heir else { return };
        self.join(left, heir);
        self.with(left, |question| question.joined = None);
        self.card_order.retain(|id| *id != heir);
        for id in &mut self.card_order {
            if *id == left {
                *id = heir;
            }
        }
        if !self.card_order.contains(&heir) {
            self.card_order.push(heir);
        }
    }
}
