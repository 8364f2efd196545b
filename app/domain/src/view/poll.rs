//! A poll as phones and the screen show it. There is no count in it before the children show the results (`F7`).

use serde::{Deserialize, Serialize};

use crate::ids::{PhoneId, PollId, SlotId};
use crate::lang::{Lang, Phrase};
use crate::session::Session;
use crate::session::poll::count::{Apart, Middle};
use crate::session::poll::kind::PollKind;
use crate::session::poll::picture::Pictured;
use crate::session::poll::{AnnulReason, FEWEST_SHOWN, Follows, Poll, State, Totals, words};
use crate::view::Hall;
use crate::view::mine::{MyQuestion, my_question};

/// Most words of a cloud that are shown.
const MOST_SHOWN: usize = 60;

/// What a phone's frame says of the poll: what is asked, and where it is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollHead {
    /// What is asked.
    pub question: Phrase,
    /// Where it is in its life.
    pub stand: Stand,
}

/// Where a poll is in its life, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// Takes ballots.
    Open,
    /// The same, and closes soon.
    LastCall,
    /// Closed; the results are not shown yet.
    Closed,
    /// The results may be seen.
    Shown,
    /// It does not count.
    Annulled,
}

/// A poll as phones and the screen show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollView {
    pub id: PollId,
    /// What kind of answer it takes.
    pub kind: PollKind,
    /// What is asked.
    pub question: Phrase,
    /// What may be answered; empty where the kind says it.
    pub options: Vec<Phrase>,
    /// A picture for each option, in a poll of pictures.
    pub pictures: Vec<Pictured>,
    /// Whether voters may say if they are children or adults.
    pub apart: bool,
    /// Whether a seat code is needed.
    pub seats: bool,
    /// 1, or 2 for a second round.
    pub round: u8,
    /// Where it is in its life.
    pub state: PollState,
    /// Whether everybody was told that it closes soon.
    pub last_call: bool,
    /// How many have voted, where that can tell nobody's ballot; on the screen alone.
    pub turnout: Option<Turnout>,
    /// Hands counted in the room, once the results may be seen.
    pub hands: Option<Vec<u32>>,
    /// The results of the first round, once those of the second may be seen.
    pub before: Option<Counts>,
}

/// How many have voted: «42 of 50».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnout {
    /// Voters so far; five at least.
    pub voted: u32,
    /// Phones that are here, if that is known and not fewer.
    pub of: Option<u32>,
}

/// Where a poll is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PollState {
    /// Takes ballots.
    Open,
    /// Closed; the results are not shown yet.
    Closed,
    /// The results.
    Shown(Results),
    /// It does not count, and why.
    Annulled(AnnulReason),
}

/// A poll's results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Results {
    /// Fewer than five answered: not shown (`F7`).
    TooFew,
    /// Counts.
    Counts(Counts),
    /// Words, the most frequent first.
    Cloud {
        /// Every word with how many phones said it.
        words: Vec<CloudWord>,
        /// How many phones said one.
        voters: u32,
        /// Of those who would rather not say.
        rather_not: u32,
    },
}

/// Counts of a poll.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// For each option: votes, dots, or points of a ranking.
    pub options: Vec<u32>,
    /// Of those who would rather not say.
    pub rather_not: u32,
    /// How many voted: the base of every part of a hundred.
    pub voters: u32,
    /// Of estimates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub middle: Option<Middle>,
    /// Children's and adults' answers apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<Apart>,
}

/// A word in a cloud; the desk has passed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudWord {
    pub text: Phrase,
    /// How many phones said it.
    pub count: u32,
}

/// What a phone in a poll has of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MyPoll {
    /// Whether it has a seat.
    pub seat: bool,
    /// Its words in the cloud, with their honest state.
    pub words: Vec<MyQuestion>,
}

impl From<&Totals> for Counts {
    fn from(totals: &Totals) -> Self {
        Self {
            options: totals.options.clone(),
            rather_not: totals.rather_not,
            voters: totals.everybody(),
            middle: totals.more.middle,
            apart: totals.more.apart.clone(),
        }
    }
}

impl PollView {
    /// A poll of one choice as it is while it is open; the fields that differ are filled in by whoever shows another.
    #[must_use]
    pub const fn open(id: PollId, question: Phrase, options: Vec<Phrase>) -> Self {
        Self {
            id,
            kind: PollKind::Single,
            question,
            options,
            pictures: Vec::new(),
            apart: false,
            seats: false,
            round: 1,
            state: PollState::Open,
            last_call: false,
            turnout: None,
            hands: None,
            before: None,
        }
    }

    /// What a phone's frame says of it.
    #[must_use]
    pub fn head(self) -> PollHead {
        let stand = match self.state {
            PollState::Open if self.last_call => Stand::LastCall,
            PollState::Open => Stand::Open,
            PollState::Closed => Stand::Closed,
            PollState::Shown(_) => Stand::Shown,
            PollState::Annulled(_) => Stand::Annulled,
        };
        PollHead { question: self.question, stand }
    }
}

/// The poll on the phones. How many have voted is not in it: a hall of phones would ask for every ballot.
#[must_use]
pub fn on_phones(session: &Session, lang: Lang) -> Option<PollView> {
    session.poll_on_phones.and_then(|id| session.poll(id)).and_then(|p| poll(session, p, lang))
}

/// The polls that were asked during a slot, and whose results were shown.
#[must_use]
pub fn shown_in(session: &Session, slot: SlotId, lang: Lang) -> Vec<PollView> {
    let of_slot = session.polls.iter().filter(|poll| poll.slot == Some(slot) && matches!(poll.state, State::Shown(_)));
    of_slot.filter_map(|of| poll(session, of, lang)).collect()
}

/// Every poll whose results the children have shown, in the order of the plan.
#[must_use]
pub fn shown(session: &Session, lang: Lang) -> Vec<PollView> {
    let all = session.polls.iter().filter(|poll| matches!(poll.state, State::Shown(_)));
    all.filter_map(|of| poll(session, of, lang)).collect()
}

/// The poll on the screen.
pub(super) fn on_screen(session: &Session, id: PollId, hall: Hall, lang: Lang) -> Option<PollView> {
    let view = poll(session, session.poll(id)?, lang)?;
    let turnout = (view.state == PollState::Open).then(|| turnout(hall)).flatten();
    Some(PollView { turnout, ..view })
}

/// How many have voted, once that can tell nobody's ballot.
pub(super) fn turnout(hall: Hall) -> Option<Turnout> {
    let of = Some(hall.phones).filter(|phones| *phones >= hall.voted);
    (hall.voted >= FEWEST_SHOWN).then_some(Turnout { voted: hall.voted, of })
}

/// What one phone has of its own in the poll on the phones.
#[must_use]
pub fn my_poll(session: &Session, phone: PhoneId, lang: Lang) -> MyPoll {
    let Some(poll) = session.poll_on_phones else { return MyPoll::default() };
    let words = words::of_phone(session, poll, phone).map(|word| my_question(session, word, lang)).collect();
    MyPoll { seat: session.seats.of(phone).is_some(), words }
}

fn poll(session: &Session, poll: &Poll, lang: Lang) -> Option<PollView> {
    let state = match &poll.state {
        State::Draft => return None,
        State::Open { .. } => PollState::Open,
        State::Closed(_) => PollState::Closed,
        State::Shown(totals) => PollState::Shown(results(session, poll, totals, lang)),
        State::Annulled(reason) => PollState::Annulled(*reason),
    };
    let shown = matches!(state, PollState::Shown(_));
    Some(PollView {
        id: poll.id,
        kind: poll.rule.kind,
        question: poll.question.for_reader(lang),
        options: poll.options.iter().map(|option| option.for_reader(lang)).collect(),
        pictures: poll.rule.pictures.clone(),
        apart: poll.rule.apart,
        seats: poll.rule.seats,
        round: round(poll),
        last_call: poll.last_call.is_some(),
        turnout: None,
        hands: poll.hands.clone().filter(|_| shown),
        before: if shown { before(session, poll) } else { None },
        state,
    })
}

/// 2 for a second round.
pub(super) fn round(poll: &Poll) -> u8 {
    if matches!(poll.follows, Some(Follows::Round(_))) { 2 } else { 1 }
}

fn results(session: &Session, poll: &Poll, totals: &Totals, lang: Lang) -> Results {
    if poll.rule.kind == PollKind::Words {
        return cloud(session, poll, totals, lang);
    }
    if totals.too_few() { Results::TooFew } else { Results::Counts(totals.into()) }
}

fn cloud(session: &Session, poll: &Poll, totals: &Totals, lang: Lang) -> Results {
    let voters = words::voices(session, poll.id);
    if voters < FEWEST_SHOWN {
        return Results::TooFew;
    }
    let word = |(text, count): (String, u32)| CloudWord { text: Phrase::written(&text, lang), count };
    let words = words::cloud(session, poll.id).into_iter().take(MOST_SHOWN).map(word).collect();
    Results::Cloud { words, voters, rather_not: totals.rather_not }
}

/// The first round's results, if they could be shown themselves.
fn before(session: &Session, poll: &Poll) -> Option<Counts> {
    let Some(Follows::Round(first)) = poll.follows else { return None };
    match &session.poll(first)?.state {
        State::Closed(totals) | State::Shown(totals) if !totals.too_few() => Some(totals.into()),
        State::Draft | State::Open { .. } | State::Closed(_) | State::Shown(_) | State::Annulled(_) => None,
    }
}
