//! A fair mix: a suggested order of the children's cards, in which small voices are not buried (`F11`, `F13`).
//!
//! Turn by turn the card is next whose language was heard least so far; among those a child's before others; then the
//! one that more phones ask; then the one that has waited longest. It is one sentence, so that children can explain it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::ids::QuestionId;
use crate::lang::Lang;
use crate::session::Session;
use crate::session::question::{Asks, Question, Status};

/// The suggested order of the cards.
#[must_use]
pub fn fair_mix(session: &Session) -> Vec<QuestionId> {
    let mut heard = heard_so_far(session);
    let mut left: Vec<&Question> = session.cards().collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let next = (0..left.len()).min_by_key(|place| turn(session, left[*place], &heard)).unwrap_or_default();
        let card = left.remove(next);
        *heard.entry(card.noticed).or_insert(0) += 1;
        order.push(card.id);
    }
    order
}

type Heard = BTreeMap<Option<Lang>, u32>;

/// How many questions of each language the hall has heard or will hear first: shown, or chosen.
fn heard_so_far(session: &Session) -> Heard {
    let mut heard = Heard::new();
    for question in session.questions.iter().filter(|q| q.shown && q.status != Status::Safeguarding) {
        *heard.entry(question.noticed).or_insert(0) += 1;
    }
    heard
}

fn turn(session: &Session, card: &Question, heard: &Heard) -> impl Ord + use<> {
    let language = heard.get(&card.noticed).copied().unwrap_or_default();
    let group = || std::iter::once(card).chain(session.joined_to(card.id));
    let by_child = group().any(|question| question.said.asks == Some(Asks::Child));
    (language, !by_child, Reverse(session.supporters(card)), card.asked_at, card.id)
}
