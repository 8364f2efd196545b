//! The deck of the children's cards: which questions are joined to which, how many ask each, and a fair mix, which is a
//! suggested order in which small voices are not buried (`F11`, `F13`).
//!
//! Turn by turn the card is next whose language was heard least so far; among those a child's before others; then the
//! one that more phones ask; then the one that has waited longest. It is one sentence, so that children can explain it.
//!
//! A hall may pass a thousand questions, so it is worked out in `n log n` (`L2.6`).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use crate::ids::{PhoneId, QuestionId};
use crate::lang::Lang;
use crate::session::Session;
use crate::session::question::{Asks, Question, Status};
use crate::time::Instant;

/// The children's cards.
#[derive(Debug, Default)]
pub struct Deck {
    /// In their own order.
    pub cards: Vec<Card>,
    /// In the suggested order.
    pub mix: Vec<QuestionId>,
    /// The first of the suggested order that the hall has not seen.
    pub first: Option<QuestionId>,
}

impl Deck {
    /// Whether the suggested order is another than the children's own.
    #[must_use]
    pub fn mix_differs(&self) -> bool {
        !self.mix.iter().eq(self.cards.iter().map(|card| &card.id))
    }

    /// A card by its question.
    #[must_use]
    pub fn card(&self, id: QuestionId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }
}

/// One card.
#[derive(Debug)]
pub struct Card {
    /// The question that stands for it.
    pub id: QuestionId,
    /// Those that were joined to it and are still open, in the order of asking.
    pub joined: Vec<QuestionId>,
    /// How many phones ask it, each counted once.
    pub supporters: u32,
}

impl Session {
    /// The children's cards, joined and in their orders. Whoever renders several views caches it until
    /// [`Session::cards_changed`] changes.
    #[must_use]
    pub fn deck(&self) -> Deck {
        let groups = groups(self);
        let none = Vec::new();
        let group = |card: &Question| groups.get(&card.id).unwrap_or(&none);
        let hands: Vec<Hand> = self.cards().map(|card| Hand::of(card, group(card))).collect();
        let mix = mix(self, &hands);
        let unseen = |id: &&QuestionId| self.question(**id).is_some_and(|question| !question.shown);
        let first = mix.iter().find(unseen).copied();
        Deck { cards: hands.into_iter().map(|hand| hand.card).collect(), mix, first }
    }
}

/// What was joined to each question, in one pass.
fn groups(session: &Session) -> BTreeMap<QuestionId, Vec<&Question>> {
    let mut groups: BTreeMap<QuestionId, Vec<&Question>> = BTreeMap::new();
    for question in session.questions.iter().filter(|question| question.is_with_children()) {
        if let Some(leader) = question.joined {
            groups.entry(leader).or_default().push(question);
        }
    }
    groups
}

/// A card with what gives it its turn.
struct Hand {
    card: Card,
    language: Option<Lang>,
    turn: Turn,
}

/// Whether no child asks it, how many phones do, since when it waits.
type Turn = (bool, Reverse<u32>, Instant, QuestionId);

impl Hand {
    fn of(leader: &Question, joined: &[&Question]) -> Self {
        let group = || std::iter::once(leader).chain(joined.iter().copied());
        let phones: BTreeSet<PhoneId> = group().map(|question| question.asker).collect();
        let supporters = u32::try_from(phones.len()).unwrap_or(u32::MAX);
        let by_child = group().any(|question| question.said.asks == Some(Asks::Child));
        let open = |q: &&&Question| matches!(q.status, Status::Passed | Status::Chosen) && q.text.is_some();
        let card = Card { id: leader.id, joined: joined.iter().filter(open).map(|q| q.id).collect(), supporters };
        Self { card, language: leader.noticed, turn: (!by_child, Reverse(supporters), leader.asked_at, leader.id) }
    }
}

/// Each language has its own line; of those heard least, the one goes on whose first card comes first.
fn mix(session: &Session, hands: &[Hand]) -> Vec<QuestionId> {
    let heard = heard_so_far(session);
    let mut lines: BTreeMap<Option<Lang>, Vec<Turn>> = BTreeMap::new();
    for hand in hands {
        lines.entry(hand.language).or_default().push(hand.turn);
    }
    let lines = lines.into_iter().filter_map(|(language, mut line)| {
        line.sort_unstable();
        let mut line = VecDeque::from(line);
        let first = line.pop_front()?;
        Some(Reverse((heard.get(&language).copied().unwrap_or_default(), first, line)))
    });
    let mut lines: BinaryHeap<_> = lines.collect();
    let mut order = Vec::with_capacity(hands.len());
    while let Some(Reverse((heard, (.., id), mut line))) = lines.pop() {
        order.push(id);
        if let Some(next) = line.pop_front() {
            lines.push(Reverse((heard + 1, next, line)));
        }
    }
    order
}

/// How many questions of each language the hall has heard or will hear first: shown, or chosen.
fn heard_so_far(session: &Session) -> BTreeMap<Option<Lang>, u32> {
    let mut heard = BTreeMap::new();
    for question in session.questions.iter().filter(|q| q.shown && q.status != Status::Safeguarding) {
        *heard.entry(question.noticed).or_insert(0) += 1;
    }
    heard
}
