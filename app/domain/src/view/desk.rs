//! What the trained adults at the desk see: every question that waits, as it was written.
//!
//! What may be urgent comes first, then the oldest. The same text from several phones is one item with a count. What new
//! devices wrote, more of them than is usual, is one row below the others (`G3`): the first of it, and how many there are.
//! Hints sort and label, and decide nothing. A frame stays below sixty kilobytes, however much waits.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::hints::{Grade, Hints, in_order};
use crate::ids::{PollId, QuestionId, SlotId};
use crate::lang::{Lang, Phrase};
use crate::session::desk::ASKED_BEFORE;
use crate::session::question::{Asks, HoldReason, Question, Status};
use crate::session::undo::UNDO_FOR;
use crate::session::{Phase, Session};
use crate::time::Instant;
use crate::view::running::{CallView, calls};
use crate::view::{Hall, PhaseView, title};

/// Most waiting questions in one frame; the rest follows as they are read.
const MOST_WAITING: usize = 60;
/// How many of them are the urgent ones, where more waits than is shown; the others are the oldest of each cohort.
const FIRST_PLACES: usize = 40;
/// Most bytes of waiting texts in one frame.
const MOST_BYTES: usize = 24_000;
/// Most decided questions in one frame.
const MOST_DECIDED: usize = 12;
/// Most texts of the second look.
const MOST_AGAIN: usize = 20;
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
    /// Silent calls for help of those who run the session, the oldest first (`F5`, `N1`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallView>,
    /// The desk's last decisions, the newest first.
    pub decided: Vec<DecidedQuestion>,
    /// To be looked at once more before the end (`N10`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<DecidedQuestion>,
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
    /// From when it is asked whether somebody is still there; nothing while nothing waits (`G11`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Instant>,
}

/// A question that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskQuestion {
    pub id: QuestionId,
    /// The words as they were written.
    pub text: Phrase,
    /// The language that it seems to be in, as its label says it; nothing where that is not clear (`N10`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed: Option<Lang>,
    /// When it came in.
    pub asked_at: Instant,
    /// For a word in a poll's cloud: what is asked there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Phrase>,
    /// What it may hold.
    pub hints: Hints,
    /// From how many phones the same words came; at least one.
    pub times: u32,
    /// For how many waiting texts it stands, itself included: they differ in numbers alone, or new devices wrote them.
    #[serde(default)]
    pub alike: u32,
    /// Whether new devices wrote them, more than is usual (`G3`).
    #[serde(default)]
    pub one_of_many: bool,
    /// Who asks, if the sender said so.
    pub asks: Option<Asks>,
    /// About what, if the sender said so.
    pub about: Option<Phrase>,
    /// Whether its sender wants only adults to read it (`N10`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub adults_only: bool,
    /// Whether it was typed in from paper.
    pub slip: bool,
    /// Which desk reads it, and until when that counts.
    pub read_by: Option<DeskHere>,
}

/// A question that the desk decided about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedQuestion {
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
    let all = session.questions.iter().filter(|q| q.status == Status::Received && !q.erased).count();
    let mut items = items(session, hall);
    // The row of the new devices is never cut off.
    let many = items.pop_if(|item| item.one_of_many);
    let mut shown = within(items, MOST_WAITING, MOST_BYTES, |item| item.question);
    shown.extend(many);
    let told: usize = shown.iter().map(|item| item.times + item.alike - 1).sum();
    DeskView {
        phase: session.phase.into(),
        title: title(session, lang),
        intake_open: session.desk.open && session.phase != Phase::Over,
        slow: session.desk.slow,
        desks: count(session.desk.heard.len()),
        here: here(session),
        waiting: shown.into_iter().map(|item| desk_question(session, item, lang)).collect(),
        more: count(all.saturating_sub(told)),
        calls: calls(session),
        decided: decided(session, lang),
        again: second_look(session, hall, lang),
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

/// A text that waits, and what it stands for.
struct Item<'a> {
    question: &'a Question,
    hints: Hints,
    /// From how many phones these words came.
    times: usize,
    /// For how many texts it stands that are alike, its own included.
    alike: usize,
    /// Whether those come from new devices alone.
    one_of_many: bool,
}

/// What waits, each text once: the urgent first, then the oldest; last, as one row, what new devices wrote (`G3`).
fn items<'a>(session: &'a Session, hall: Hall) -> Vec<Item<'a>> {
    let (known, many): (Vec<_>, Vec<_>) = texts(session, hall).into_iter().partition(|item| !item.one_of_many);
    let mut items = if known.len() > MOST_WAITING { folded(known) } else { known };
    if items.len() >= MOST_WAITING {
        items = with_the_oldest(items);
    }
    let alike = many.len();
    items.extend(many.into_iter().next().map(|first| Item { alike, ..first }));
    items
}

/// Each waiting text once, letter by letter (`S1`), in the order of reading (`N10`).
fn texts<'a>(session: &'a Session, hall: Hall) -> Vec<Item<'a>> {
    let waiting = || session.questions.iter().filter(|q| q.status == Status::Received && !q.erased);
    let mut found: BTreeMap<(Option<PollId>, bool, &str), usize> = BTreeMap::new();
    let mut items: Vec<Item> = Vec::new();
    for question in waiting() {
        let same = (question.poll, question.said.adults_only, question.text.as_deref().unwrap_or_default());
        let place = found.entry(same).or_insert(items.len());
        match items.get_mut(*place) {
            Some(item) => {
                item.times += 1;
                item.one_of_many &= question.said.one_of_many;
            }
            None => {
                let (hints, one_of_many) = (hints_of(question, hall), question.said.one_of_many);
                items.push(Item { question, hints, times: 1, alike: 1, one_of_many });
            }
        }
    }
    let read = usize::try_from(session.desk.decisions).unwrap_or_default();
    in_order(items, read, |item| (item.hints.graver_than, item.question.asked_at))
}

/// Texts that differ in nothing but numbers are one row: the first of them, and how many there are.
fn folded(items: Vec<Item>) -> Vec<Item> {
    let mut found: BTreeMap<(Option<PollId>, bool, String), usize> = BTreeMap::new();
    let mut rows: Vec<Item> = Vec::new();
    for item in items {
        let letters = item.question.key.chars().filter(|c| !c.is_numeric() && *c != ' ').collect();
        let place = found.entry((item.question.poll, item.question.said.adults_only, letters)).or_insert(rows.len());
        match rows.get_mut(*place) {
            Some(row) => row.alike += 1,
            None => rows.push(item),
        }
    }
    rows
}

/// Where more waits than is shown, the oldest have places of their own: nobody is buried under what looks urgent. Of
/// those each cohort's first come before the second of any (`G3`): nobody is buried under what one device wrote either.
fn with_the_oldest(mut items: Vec<Item>) -> Vec<Item> {
    let mut rest = items.split_off(FIRST_PLACES.min(items.len()));
    rest.sort_by_key(|item| (item.question.said.after, item.question.asked_at));
    items.extend(rest);
    items.truncate(MOST_WAITING);
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
    let asked = |pass| session.idle_from(pass).map(|idle| idle - ASKED_BEFORE);
    let desk = |pass: &crate::ids::PassId| {
        Some(DeskHere {
            desk: session.desk.number(*pass)?,
            until: session.at_desk_until(*pass)?,
            asked_at: asked(*pass),
        })
    };
    let mut here: Vec<DeskHere> = session.desk.heard.keys().filter_map(desk).collect();
    here.sort_by_key(|here| here.desk);
    here
}

fn desk_question(session: &Session, item: Item, lang: Lang) -> DeskQuestion {
    let Item { question, hints, times, alike, one_of_many } = item;
    let about = question.said.about.and_then(|id| session.slot(id));
    let read_by = question.claim.and_then(|claim| {
        let until = session.at_desk_until(claim.by)?;
        Some(DeskHere { desk: session.desk.number(claim.by)?, until, asked_at: None })
    });
    DeskQuestion {
        id: question.id,
        text: written(question, lang),
        noticed: question.noticed,
        asked_at: question.asked_at,
        hints,
        times: count(times),
        alike: count(alike),
        one_of_many,
        asks: question.said.asks,
        about: about.map(|slot| slot.title.for_reader(lang)),
        adults_only: question.said.adults_only,
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
    let mut decided: Vec<&Question> = session.questions.iter().filter(|q| q.desk_decision.is_some()).collect();
    decided.retain(|q| !matches!(q.status, Status::Received | Status::Safeguarding | Status::Withdrawn));
    // Copies were decided with the text that stands for them.
    decided.retain(|q| q.joined.is_none() || q.decided_as == 0);
    decided.sort_by_key(|q| Reverse((q.desk_decision.map(|(at, _)| at), q.decided_as)));
    let shown = within(decided, MOST_DECIDED, MOST_DECIDED_BYTES, |question| *question);
    shown.into_iter().filter_map(|q| outcome(q, lang)).map(|(_, question)| question).collect()
}

/// Before the end, and after it: what was decided although something was noticed in it, the gravest first (`N10`). What
/// nobody has read stands in the queue.
fn second_look(session: &Session, hall: Hall, lang: Lang) -> Vec<DecidedQuestion> {
    let ends = session.phase == Phase::Over || session.stage.slot.is_some() && session.following_slot().is_none();
    if !ends {
        return vec![];
    }
    let decided = session.questions.iter().filter(|q| !q.erased && q.joined.is_none() && outcome(q, lang).is_some());
    let noticed = decided.map(|question| (hints_of(question, hall), question));
    let mut noticed: Vec<_> = noticed.filter(|(hints, _)| hints.worry >= Grade::Faint).collect();
    noticed.sort_by_key(|(hints, question)| (Reverse(hints.graver_than), question.asked_at));
    noticed.truncate(MOST_AGAIN);
    noticed.into_iter().filter_map(|(_, question)| outcome(question, lang)).map(|(_, question)| question).collect()
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
