//! What simulated people say: the demo's hall and a rehearsal's vote and write alike, whatever kind the poll is of.

use nadwa_domain::command::PollCommand;
use nadwa_domain::ids::{PollId, QuestionId};
use nadwa_domain::session::poll::PollKind;
use nadwa_domain::session::poll::ballot::Answer;
use nadwa_domain::text::WordText;
use nadwa_domain::{Command, Session, Who};
use unicode_segmentation::UnicodeSegmentation;

use crate::demo::texts::WORDS;
use crate::edge;
use crate::rooms::phone::{Phone, Voting};
use crate::rooms::session::SessionRoom;

/// Options that a simulated voter looks at, where several may be chosen.
const LOOKED_AT: usize = 3;

/// Grapheme clusters of a text.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// An open poll: which, its kind, and how many totals it has.
pub type Open = (PollId, PollKind, u64);

/// The poll that a hall answers now.
pub fn open_poll(session: &Session) -> Option<Open> {
    let poll = session.polls.iter().find(|poll| poll.is_open())?;
    Some((poll.id, poll.rule.kind, poll.places() as u64))
}

/// A simulated phone answers. A refusal is part of life: too soon, closed, paused.
pub async fn answer(room: &SessionRoom, phone: Phone, (poll, kind, places): Open) {
    match opinion(kind, places) {
        Some(answer) => drop(room.vote(Voting::Phone(phone), poll, answer.into()).await),
        None => say_a_word(room, phone, poll).await,
    }
}

/// What a phone votes; nothing where words are asked for. Opinions differ, and not evenly.
fn opinion(kind: PollKind, places: u64) -> Option<Answer> {
    let places = places.max(1);
    let place = || {
        let place = (edge::below(places) * edge::below(places + 1) / places) % places;
        u8::try_from(place).unwrap_or(0)
    };
    let mut order: Vec<u8> = Vec::new();
    (0..LOOKED_AT).map(|_| place()).for_each(|place| {
        if !order.contains(&place) {
            order.push(place);
        }
    });
    Some(match kind {
        PollKind::Words => return None,
        PollKind::Several { most } => Answer::Some(order.into_iter().take(usize::from(most)).collect()),
        PollKind::Ranking => Answer::Order(order),
        PollKind::Dots => {
            let mut dots = vec![0; usize::try_from(places).unwrap_or(0)];
            (0..LOOKED_AT).for_each(|_| dots[usize::from(place())] += 1);
            Answer::Dots(dots)
        }
        PollKind::Estimate { low, high } => {
            let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0) / 2 + 1;
            let far = edge::below(width) + edge::below(width);
            Answer::Number(low.saturating_add(i64::try_from(far).unwrap_or(0)).min(high))
        }
        PollKind::YesNo
        | PollKind::Single
        | PollKind::Agree
        | PollKind::Happy
        | PollKind::Pictures
        | PollKind::Wave => Answer::One(place()),
    })
}

async fn say_a_word(room: &SessionRoom, phone: Phone, poll: PollId) {
    let place = usize::try_from(edge::below(WORDS.len() as u64)).unwrap_or(0);
    let Ok(text) = WordText::parse(WORDS[place], graphemes) else { return };
    let word = Command::Poll(PollCommand::SayWord {
        poll,
        id: QuestionId(edge::fresh_id()),
        text,
        one_of_many: false,
        after: 0,
    });
    let _ = room.act(Who::Phone(phone.id), word).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simulated_hall_answers_every_kind_of_poll() {
        for kind in PollKind::all() {
            let options = 4;
            for _ in 0..50 {
                let Some(answer) = opinion(kind, kind.places(options) as u64) else {
                    assert_eq!(kind, PollKind::Words);
                    continue;
                };
                assert_eq!(kind.accepts(options, &answer), Ok(()), "{kind:?}: {answer:?}");
            }
        }
    }
}
