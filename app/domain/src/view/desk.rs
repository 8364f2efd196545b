//! What the trained adults at the desk see: every question that waits, as it was written.
//!
//! What may be urgent comes first, then the oldest. The same text from several phones is one item with a count.
//! Hints sort and label, and decide nothing. A frame stays below sixty kilobytes, however much waits.

use serde::{Deserialize, Serialize};

use crate::hints::Hints;
use crate::ids::{QuestionId, SlotId};
use crate::lang::{Lang, Phrase};
use crate::session::desk::SILENCE;
use crate::session::question::{Asks, HoldReason, Question, Status};
use crate::session::reading::copies;
use crate::session::undo::UNDO_FOR;
use crate::session::{Phase, Session};
use crate::time::Instant;
use crate::view::{Hall, PhaseView, title};

/// Most waiting questions in one frame; the rest follows as they are read.
const MOST_WAITING: usize = 60;
/// Most bytes of waiting texts in one frame.
const MOST_BYTES: usize = 24_000;
/// Most decided questions in one frame.
const MOST_DECIDED: usize = 12;
/// Most bytes of decided texts in one frame.
const MOST_DECIDED_BYTES: usize = 6_000;

/// What the desk shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// Where the session is in its life.
    pub phase: PhaseView,
    /// What it is called.
    pub title: Phrase,
    /// Whether questions are taken in.
    pub intake_open: bool,
    /// Whether the hall is asked to ask less often.
    pub slow: bool,
    /// Stewards who were heard since the intake opened.
    pub desks: u32,
    /// Who they are, by the numbers of their desks, and until when they count as here.
    pub here: Vec<DeskHere>,
    /// Questions that wait: the urgent ones first, then the oldest.
    pub waiting: Vec<DeskQuestion>,
    /// How many more wait beyond those.
    pub more: u32,
    /// The desk's last decisions, the newest first.
    pub decided: Vec<DecidedQuestion>,
    /// How many were passed.
    pub passed: u32,
    /// How many were held for language.
    pub held_language: u32,
    /// How many were held for personal data.
    pub held_personal: u32,
    /// Since when the session is paused for safety.
    pub paused_since: Option<Instant>,
    /// What can be asked about: the run of show's papers and speeches, for slips of paper.
    pub slots: Vec<AboutView>,
}

/// Something that can be asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutView {
    /// The slot.
    pub id: SlotId,
    /// What it is called.
    pub title: Phrase,
}

/// A desk that is at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskHere {
    /// Its number, from 1.
    pub desk: u32,
    /// Until when it counts as here, if nothing more is heard.
    pub until: Instant,
}

/// A question that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskQuestion {
    /// Its id.
    pub id: QuestionId,
    /// The words as they were written.
    pub text: Phrase,
    /// When it came in.
    pub asked_at: Instant,
    /// For a word in a poll's cloud: what is asked there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Phrase>,
    /// What it may hold.
    pub hints: Hints,
    /// From how many phones the same words came; at least one.
    pub times: u32,
    /// Who asks, if the sender said so.
    pub asks: Option<Asks>,
    /// About what, if the sender said so.
    pub about: Option<Phrase>,
    /// Whether it was typed in from paper.
    pub slip: bool,
    /// Which desk reads it, and until when that counts.
    pub read_by: Option<DeskHere>,
}

/// A question that the desk decided about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedQuestion {
    /// Its id.
    pub id: QuestionId,
    /// The words as they were written.
    pub text: Phrase,
    /// What was decided.
    pub outcome: Outcome,
    /// Until when it can be taken back; nothing if the children have built on it.
    pub undo_until: Option<Instant>,
}

/// What the desk decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Passed to the children.
    Passed,
    /// Held back.
    Held(HoldReason),
}

/// What the desk sees. A question handed to safeguarding leaves it.
#[must_use]
pub fn desk(session: &Session, hall: Hall, lang: Lang) -> DeskView {
    let items = items(session, hall);
    let all: usize = items.iter().map(|(_, _, times)| times).sum();
    let shown = within(items, MOST_WAITING, MOST_BYTES, |(question, ..)| question);
    let told: usize = shown.iter().map(|(_, _, times)| times).sum();
    DeskView {
        phase: session.phase.into(),
        title: title(session, lang),
        intake_open: session.desk.open && session.phase != Phase::Over,
        slow: session.desk.slow,
        desks: count(session.desk.heard.len()),
        here: here(session),
        waiting: shown.into_iter().map(|item| desk_question(session, item, lang)).collect(),
        more: count(all - told),
        decided: decided(session, lang),
        passed: count(session.questions.iter().filter(|q| q.is_with_children()).count()),
        held_language: held(session, HoldReason::Language),
        held_personal: held(session, HoldReason::PersonalData),
        paused_since: session.paused_since,
        slots: abouts(session, lang),
    }
}

/// What can be asked about: papers and speeches that have a title.
#[must_use]
pub fn abouts(session: &Session, lang: Lang) -> Vec<AboutView> {
    let spoken = session.slots.iter().filter(|slot| slot.kind.has_floor());
    let about = spoken.map(|slot| AboutView { id: slot.id, title: slot.title.for_reader(lang) });
    about.filter(|about| !about.title.is_empty()).collect()
}

type Item<'a> = (&'a Question, Hints, usize);

/// What waits, each text once, the urgent first.
fn items<'a>(session: &'a Session, hall: Hall) -> Vec<Item<'a>> {
    let waiting = || session.questions.iter().filter(|q| q.status == Status::Received && !q.erased);
    let mut keys = std::collections::BTreeMap::new();
    for question in waiting().filter(|q| !q.key.is_empty()) {
        keys.entry((question.poll, question.key.as_str())).or_insert(question.id);
    }
    let first = |q: &&Question| keys.get(&(q.poll, q.key.as_str())).is_none_or(|id| *id == q.id);
    let mut items: Vec<Item> =
        waiting().filter(first).map(|q| (q, hints_of(q, hall), 1 + copies(session, q).count())).collect();
    items.sort_by_key(|(question, hints, _)| (std::cmp::Reverse(hints.worry), question.asked_at));
    items
}

/// Looked for when a desk wants them: whoever asks does not wait for it, and cannot tell by the time of the answer what
/// was found (`S3`).
fn hints_of(question: &Question, hall: Hall) -> Hints {
    question.text.as_ref().map(|text| hall.words.hints_in(text)).unwrap_or_default()
}

/// As many as fit, by number and by the bytes of their texts; at least one.
fn within<T>(all: Vec<T>, most: usize, most_bytes: usize, question: impl Fn(&T) -> &Question) -> Vec<T> {
    let mut bytes = 0;
    let fits = |item: &T| {
        let first = bytes == 0;
        bytes += question(item).text.as_ref().map_or(0, String::len) + 1;
        first || bytes <= most_bytes
    };
    all.into_iter().take(most).take_while(fits).collect()
}

fn here(session: &Session) -> Vec<DeskHere> {
    let desk = |(pass, at): (&crate::ids::PassId, &Instant)| {
        Some(DeskHere { desk: session.desk.number(*pass)?, until: *at + SILENCE })
    };
    let mut here: Vec<DeskHere> = session.desk.heard.iter().filter_map(desk).collect();
    here.sort_by_key(|here| here.desk);
    here
}

fn desk_question(session: &Session, (question, hints, times): Item, lang: Lang) -> DeskQuestion {
    let about = question.said.about.and_then(|id| session.slot(id));
    let read_by = question.claim.and_then(|claim| {
        let at = session.desk.heard.get(&claim.by)?;
        Some(DeskHere { desk: session.desk.number(claim.by)?, until: *at + SILENCE })
    });
    DeskQuestion {
        id: question.id,
        text: written(question, lang),
        asked_at: question.asked_at,
        hints,
        times: count(times),
        asks: question.said.asks,
        about: about.map(|slot| slot.title.for_reader(lang)),
        slip: question.slip,
        read_by,
        poll: question.poll.and_then(|id| session.poll(id)).map(|poll| poll.question.for_reader(lang)),
    }
}

/// The words with the language that they seem to be in.
pub(crate) fn written(question: &Question, reader: Lang) -> Phrase {
    let phrase = Phrase::written(question.text.as_deref().unwrap_or_default(), reader);
    // Arabic in Latin letters runs as Latin does, and no voice reads it: it keeps the guess of its letters.
    match question.noticed.filter(|noticed| noticed.dir() == phrase.dir) {
        Some(lang) => Phrase { lang, ..phrase },
        None => phrase,
    }
}

fn decided(session: &Session, lang: Lang) -> Vec<DecidedQuestion> {
    let mut decided: Vec<&Question> = session.questions.iter().filter(|q| outcome(q, lang).is_some()).collect();
    // Copies were decided with the text that stands for them.
    decided.retain(|q| q.joined.is_none() || q.decided_as == 0);
    decided.sort_by_key(|q| std::cmp::Reverse((q.desk_decision.map(|(at, _)| at), q.decided_as)));
    let shown = within(decided, MOST_DECIDED, MOST_DECIDED_BYTES, |question| question);
    shown.into_iter().filter_map(|q| outcome(q, lang)).map(|(_, question)| question).collect()
}

fn outcome(question: &Question, lang: Lang) -> Option<(Instant, DecidedQuestion)> {
    let (at, _) = question.desk_decision?;
    let (outcome, undo_until) = match question.status {
        Status::Passed => (Outcome::Passed, Some(at + UNDO_FOR)),
        Status::Chosen | Status::Answered | Status::FollowUp | Status::NotUsed(_) => (Outcome::Passed, None),
        Status::Held(reason) => (Outcome::Held(reason), Some(at + UNDO_FOR)),
        Status::Received | Status::Safeguarding | Status::Withdrawn => return None,
    };
    let text = written(question, lang);
    Some((at, DecidedQuestion { id: question.id, text, outcome, undo_until }))
}

fn held(session: &Session, reason: HoldReason) -> u32 {
    count(session.questions.iter().filter(|q| q.status == Status::Held(reason)).count())
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
