//! The children's cards in a view (paging): a bounded number, however many a hall has asked; the others are a press
//! away.

use serde::{Deserialize, Serialize};

use super::len;
use crate::ids::QuestionId;
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::mix::{Card, Deck};
use crate::session::question::{Asks, Status, is_on_screen};
use crate::view::desk::written;

/// The page size.
pub const CARDS: u32 = 20;
/// What was chosen is on every page, wherever it stands; so many at most.
const CHOSEN: usize = 12;
/// So many joined questions stand on a card; all of them in the view of that card alone.
const JOINED: usize = 5;

/// Which page of the children's questions: a hall may pass a thousand, and a view holds a few.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    /// All that were joined to this card; else the cards.
    #[serde(default)]
    pub card: Option<QuestionId>,
    /// From this place on.
    #[serde(default)]
    pub from: u32,
}

impl Part {
    /// The part that begins here, if there are so many; else the last.
    const fn within(self, of: u32) -> Self {
        let last = of.saturating_sub(1) / CARDS * CARDS;
        let from = self.from / CARDS * CARDS;
        Self { from: if from < last { from } else { last }, ..self }
    }

    /// The part before it.
    #[must_use]
    pub const fn before(self) -> Option<Self> {
        match self.from {
            0 => None,
            from => Some(Self { from: from.saturating_sub(CARDS), ..self }),
        }
    }

    /// The part after it, if there are so many.
    #[must_use]
    pub fn after(self, of: u32) -> Option<Self> {
        let from = self.from.saturating_add(CARDS);
        (from < of).then_some(Self { from, ..self })
    }

    fn skip(self) -> usize {
        self.from as usize
    }
}

/// A question that the children have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleQuestion {
    pub id: QuestionId,
    pub text: Phrase,
    /// Whether it was chosen.
    pub chosen: bool,
    /// Whether it is on the screen.
    pub on_screen: bool,
    /// Who asks, if the sender said so.
    pub asks: Option<Asks>,
    /// About what, if the sender said so.
    pub about: Option<Phrase>,
    /// How many phones ask it, each counted once.
    pub supporters: u32,
    /// Similar questions that were joined to it; the first of them, unless this card alone is looked at.
    pub joined: Vec<JoinedQuestion>,
    /// How many were joined to it.
    pub joined_of: u32,
    /// Whether the suggested mix would take it first.
    pub suggested: bool,
}

/// A question that was joined to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinedQuestion {
    pub id: QuestionId,
    pub text: Phrase,
}

/// Moderators see passed and chosen questions in their own order, similar ones joined: a part of the cards with what
/// was chosen, or one card with a part of what was joined to it. With it the part that it became, and how many there
/// are.
pub(super) fn questions(session: &Session, deck: &Deck, lang: Lang, part: Part) -> (Vec<ConsoleQuestion>, Part, u32) {
    let first = deck.first;
    if let Some(card) = part.card.and_then(|id| deck.card(id)) {
        let of = len(card.joined.len());
        let part = part.within(of);
        let joined = card.joined.iter().skip(part.skip()).take(CARDS as usize);
        return (question(session, card, joined, first, lang).into_iter().collect(), part, of);
    }
    let of = len(deck.cards.len());
    let part = Part { card: None, ..part }.within(of);
    let mut chosen = 0;
    let mut stands = |(place, card): &(usize, &Card)| {
        let is_chosen = session.question(card.id).is_some_and(|question| question.status == Status::Chosen);
        chosen += usize::from(is_chosen);
        let here = *place >= part.skip() && *place < part.skip() + CARDS as usize;
        here || (is_chosen && chosen <= CHOSEN) || is_on_screen(session, card.id)
    };
    let cards = deck.cards.iter().enumerate().filter(|card| stands(card));
    let questions = cards.filter_map(|(_, card)| question(session, card, card.joined.iter().take(JOINED), first, lang));
    (questions.collect(), part, of)
}

fn question<'a>(
    session: &Session,
    card: &Card,
    joined: impl Iterator<Item = &'a QuestionId>,
    first: Option<QuestionId>,
    lang: Lang,
) -> Option<ConsoleQuestion> {
    let q = session.question(card.id).filter(|question| question.text.is_some())?;
    let joined = joined.filter_map(|id| session.question(*id));
    Some(ConsoleQuestion {
        id: q.id,
        text: written(q, lang),
        chosen: q.status == Status::Chosen,
        on_screen: is_on_screen(session, q.id),
        asks: q.said.asks,
        about: q.said.about.and_then(|id| session.slot(id)).map(|slot| slot.title.for_reader(lang)),
        supporters: card.supporters,
        joined: joined.map(|q| JoinedQuestion { id: q.id, text: written(q, lang) }).collect(),
        joined_of: len(card.joined.len()),
        suggested: first == Some(q.id),
    })
}

/// A card that is taken in hand, so that a similar one is looked for: on this page or on another.
#[must_use]
pub fn in_hand(session: &Session, id: QuestionId, lang: Lang) -> Option<JoinedQuestion> {
    let mut cards = session.cards().filter(|card| card.text.is_some());
    cards.find(|card| card.id == id).map(|card| JoinedQuestion { id, text: written(card, lang) })
}
