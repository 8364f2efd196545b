//! Short words for a cloud. Each is a text like a question: a trained adult reads it before anybody else (`S1`).
//!
//! A word that the desk has already passed, written in the very same letters, need not be read a second time.

use std::collections::{BTreeMap, BTreeSet};

use crate::entry::{Happened, Words};
use crate::fold;
use crate::ids::{PhoneId, PollId, QuestionId};
use crate::refusal::{Decision, Refusal};
use crate::role::Who;
use crate::session::poll::kind::PollKind;
use crate::session::question::{Question, QuestionEvent, Status};
use crate::session::{Phase, Session};
use crate::text::WordText;
use crate::time::Instant;

/// Most words of one phone in one cloud.
pub const WORDS_EACH: usize = 3;
/// Most words in one cloud, as long as they are not first ones: an adult reads each.
const MOST_WORDS: usize = 3_000;
/// A phone that has said nothing yet may say its first word until there are so many: no device can mint so many phones
/// that a child is not heard (`G3`).
const MOST_WITH_FIRST: usize = 4_000;
/// Most words of new devices beyond what is usual, but for first ones: those are folded, and not dropped (`G3`).
const MOST_OF_MANY: usize = 300;
/// A new device that has said nothing yet may say its first word until there are so many.
const MOST_OF_MANY_WITH_FIRST: usize = 2_000;

/// A phone says a word. The same id again is the same word.
pub(crate) fn say(
    session: &Session,
    by: Who,
    poll: PollId,
    id: QuestionId,
    (text, one_of_many, after): (&WordText, bool, u32),
    now: Instant,
) -> Decision {
    let Who::Phone(asker) = by else { return Err(Refusal::NotYours) };
    if let Some(earlier) = session.question(id) {
        return if earlier.asker == asker { Ok(vec![]) } else { Err(Refusal::Unknown) };
    }
    let asked = session.poll(poll).ok_or(Refusal::Unknown)?;
    if session.paused_since.is_some() {
        return Err(Refusal::Paused);
    }
    if session.phase != Phase::Open || !asked.is_open() {
        return Err(Refusal::PollNotOpen);
    }
    if asked.rule.kind != PollKind::Words {
        return Err(Refusal::NoSuchOption);
    }
    if !session.takes_in(now) {
        return Err(Refusal::IntakeClosed);
    }
    there_is_room(session, poll, asker, one_of_many)?;
    let said = QuestionEvent::WordSaid { id, asker, poll, one_of_many, after };
    let mut happened = vec![Happened { event: said.into(), words: Words::text(text.as_str()) }];
    if passed_before(session, poll, text.as_str()) {
        happened.push(QuestionEvent::QuestionPassed { id }.into());
    }
    Ok(happened)
}

fn there_is_room(session: &Session, poll: PollId, asker: PhoneId, one_of_many: bool) -> Result<(), Refusal> {
    let all = || session.questions.iter().filter(move |q| q.poll == Some(poll));
    let own = all().filter(|q| q.asker == asker && !q.withdrawn).count();
    if own >= WORDS_EACH {
        return Err(Refusal::WordsSaid { most: WORDS_EACH as u8 });
    }
    let most = match (one_of_many, all().any(|q| q.asker == asker)) {
        (true, true) => MOST_OF_MANY,
        (true, false) => MOST_OF_MANY_WITH_FIRST,
        (false, true) => MOST_WORDS,
        (false, false) => MOST_WITH_FIRST,
    };
    // Whatever new devices say, nobody else's place is filled by it.
    let there = all().filter(|q| q.said.one_of_many == one_of_many).count();
    if there >= most { Err(Refusal::CloudFull) } else { Ok(()) }
}

/// The desk has read just these letters and passed them, and has not changed its mind.
fn passed_before(session: &Session, poll: PollId, text: &str) -> bool {
    let alike = || session.questions.iter().filter(|q| q.poll == Some(poll) && q.text.as_deref() == Some(text));
    alike().any(|q| q.status == Status::Passed)
        && !alike().any(|q| matches!(q.status, Status::Held(_) | Status::Safeguarding))
}

/// The words of a cloud that the desk has passed, by how many phones said them: each counts as it was written (`P4`),
/// and is shown as most wrote it. A word without its hamza counts with the one spelling that has it, if there is one.
#[must_use]
pub fn cloud(session: &Session, poll: PollId) -> Vec<(String, u32)> {
    let passed = || session.questions.iter().filter(|q| q.poll == Some(poll) && q.status == Status::Passed);
    let mut spelt: Spelt = BTreeMap::new();
    for text in passed().filter_map(|word| word.text.as_deref()) {
        let exact = fold::exact(text);
        spelt.entry(fold::without_hamza(&exact)).or_default().insert(exact);
    }
    let mut found: BTreeMap<String, (BTreeSet<PhoneId>, BTreeMap<&str, u32>)> = BTreeMap::new();
    for word in passed() {
        let Some(text) = word.text.as_deref() else { continue };
        let (phones, spellings) = found.entry(identity(&spelt, text)).or_default();
        phones.insert(word.asker);
        *spellings.entry(text).or_default() += 1;
    }
    let mut cloud: Vec<(String, u32)> = found
        .into_values()
        .filter_map(|(phones, spellings)| {
            let (text, _) = spellings.into_iter().max_by_key(|(_, n)| *n)?;
            Some((text.to_owned(), u32::try_from(phones.len()).unwrap_or(u32::MAX)))
        })
        .collect();
    cloud.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    cloud
}

/// Exact words by what they are without a hamza.
type Spelt = BTreeMap<String, BTreeSet<String>>;

/// The word that a text is: with the hamza that was left out, where only one word has it.
fn identity(spelt: &Spelt, text: &str) -> String {
    let exact = fold::exact(text);
    let bare = fold::without_hamza(&exact);
    let mut with = spelt.get(&bare).into_iter().flatten().filter(|word| **word != bare);
    match (exact == bare, with.next(), with.next()) {
        (true, Some(only), None) => only.clone(),
        _ => exact,
    }
}

/// How many phones said a word that the desk has passed.
#[must_use]
pub fn voices(session: &Session, poll: PollId) -> u32 {
    let passed = session.questions.iter().filter(|q| q.poll == Some(poll) && q.status == Status::Passed);
    let phones: BTreeSet<PhoneId> = passed.map(|q| q.asker).collect();
    u32::try_from(phones.len()).unwrap_or(u32::MAX)
}

/// One phone's words in a poll, the first first, without those that it took back.
pub fn of_phone(session: &Session, poll: PollId, phone: PhoneId) -> impl Iterator<Item = &Question> {
    session.questions.iter().filter(move |q| q.poll == Some(poll) && q.asker == phone && !q.withdrawn)
}
