//! Recommendations, and what became of them (`R3`, `P5` to `P7`).
//!
//! Children word a recommendation in their session, and confirm each language of it; nothing that they did not confirm is
//! ever public, and a language that is worded anew is unconfirmed again. What they adopt stands in the conference's closing
//! statement, under a number that stays its own. An organizer writes down which organisation owes an answer and until
//! when; an answer is in plain words, *not now* as well. What was promised and is not answered in time is late, and is
//! shown so to everybody.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::conference::act::ConferenceEvent;
use crate::conference::verdicts::Verdict;
use crate::conference::{Conference, Decided, one};
use crate::entry::{Entry, Happened, Words};
use crate::ids::{OrganisationId, PassId, QuestionId, RecommendationId, SessionId, VoiceId};
use crate::lang::{Lang, Said};
use crate::refusal::Refusal;
use crate::role::{Role, Who};
use crate::time::Instant;

/// The longest wording, in grapheme clusters: it is read aloud, and stands on a wall.
pub const LONGEST: u32 = 400;
/// The longest answer.
pub const LONGEST_ANSWER: u32 = 1_200;
/// Most of one session, those that were taken away included.
const MOST_OF_A_SESSION: usize = 60;

/// How far an organisation has come with what it owes.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Progress {
    /// It knows of it.
    #[default]
    Received,
    /// It is being looked at.
    LookedAt,
    /// It will be done.
    Agreed,
    /// A part of it will be done.
    Partly,
    /// It will not be done now, for a reason.
    NotNow,
}

impl Progress {
    /// Whether it is an answer, which needs words of its own (`P5`).
    #[must_use]
    pub const fn answers(self) -> bool {
        match self {
            Self::Received | Self::LookedAt => false,
            Self::Agreed | Self::Partly | Self::NotNow => true,
        }
    }
}

/// What is promised for a recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Who owes the answer.
    pub by: OrganisationId,
    /// Until when.
    pub due: Instant,
    pub progress: Progress,
    /// In plain words; may be empty while nothing is decided.
    pub answer: Said,
}

impl Promise {
    /// Whether its time has come without an answer (`P6`).
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        !self.progress.answers() && self.due <= now
    }
}

/// What an organisation says of what it owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub id: RecommendationId,
    pub progress: Progress,
    /// In plain words.
    pub answer: Said,
    /// Since when that was so which was seen.
    pub seen: Instant,
}

/// A recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// Whose it is.
    pub session: SessionId,
    /// Its own, from 1, in the order of writing over the whole conference.
    pub number: u32,
    /// The wording.
    pub text: Said,
    /// How often it was worded.
    pub version: u32,
    /// In which languages the children have confirmed it.
    pub confirmed: BTreeSet<Lang>,
    /// The question that it came from, if it came from one.
    pub question: Option<QuestionId>,
    /// Since when it is adopted.
    pub adopted_at: Option<Instant>,
    /// Whether it was taken away; it can be put back.
    pub removed: bool,
    /// What is promised, and since when that is so.
    pub promise: Option<(Promise, Instant)>,
    /// What phones said of the answer that stands there now.
    pub verdicts: BTreeMap<VoiceId, Verdict>,
}

impl Recommendation {
    /// What everybody may read of it: what is adopted, in the languages that the children confirmed; nothing otherwise.
    #[must_use]
    pub fn public(&self) -> Option<Said> {
        self.adopted_at.filter(|_| !self.removed)?;
        let confirmed = self.text.0.iter().filter(|(lang, _)| self.confirmed.contains(lang));
        let said = Said::new(confirmed.map(|(lang, text)| (*lang, text.clone())));
        Some(said).filter(|said| !said.0.is_empty())
    }

    /// What was said of an answer is about that answer alone.
    fn promised(&mut self, promise: Promise, at: Instant) {
        let same =
            |(known, _): &(Promise, Instant)| known.progress == promise.progress && known.answer == promise.answer;
        if !self.promise.as_ref().is_some_and(same) {
            self.verdicts.clear();
        }
        self.promise = Some((promise, at));
    }
}

/// Words it, anew or for the first time.
pub(super) fn word(
    conference: &Conference,
    id: RecommendationId,
    (session, question): (SessionId, Option<QuestionId>),
    text: &Said,
    seen: u32,
) -> Decided {
    if text.0.is_empty() {
        return Err(Refusal::Empty);
    }
    if conference.listing(session).is_none_or(|listing| !listing.is_public()) {
        return Err(Refusal::Unknown);
    }
    let known = conference.recommendations.get(&id);
    match known {
        Some(known) if known.session != session || known.removed => return Err(Refusal::Unknown),
        // The same form once more: it is there.
        Some(known) if known.text == *text => return Ok(vec![]),
        // Somebody else has worded it meanwhile.
        Some(known) if known.version != seen => return Err(Refusal::AlreadyMoved { by: None }),
        Some(_) => {}
        None if conference.of_session(session).count() >= MOST_OF_A_SESSION => {
            return Err(Refusal::TooMany { limit: u32::try_from(MOST_OF_A_SESSION).unwrap_or(u32::MAX) });
        }
        None => {}
    }
    let event = ConferenceEvent::RecommendationWorded { id, session, question };
    Ok(vec![Happened { event, words: Words::none().with("text", text) }])
}

/// The children confirm one language of it, as they have seen it.
pub(super) fn confirm(conference: &Conference, id: RecommendationId, lang: Lang, seen: u32) -> Decided {
    let known = conference.there(id)?;
    if !known.text.0.contains_key(&lang) {
        return Err(Refusal::Empty);
    }
    if known.version != seen {
        return Err(Refusal::AlreadyMoved { by: None });
    }
    if known.confirmed.contains(&lang) {
        Ok(vec![])
    } else {
        one(ConferenceEvent::RecommendationConfirmed { id, lang })
    }
}

/// The children adopt it.
pub(super) fn adopt(conference: &Conference, id: RecommendationId) -> Decided {
    let known = conference.there(id)?;
    if known.adopted_at.is_some() {
        return Ok(vec![]);
    }
    if known.confirmed.is_empty() {
        Err(Refusal::NotConfirmed)
    } else {
        one(ConferenceEvent::RecommendationAdopted { id })
    }
}

/// Takes it away: it can be put back.
pub(super) fn remove(conference: &Conference, id: RecommendationId) -> Decided {
    let known = conference.recommendations.get(&id).ok_or(Refusal::Unknown)?;
    if known.removed { Ok(vec![]) } else { one(ConferenceEvent::RecommendationRemoved { id }) }
}

/// Puts it back as it was.
pub(super) fn put_back(conference: &Conference, id: RecommendationId) -> Decided {
    let known = conference.recommendations.get(&id).ok_or(Refusal::Unknown)?;
    if known.removed { one(ConferenceEvent::RecommendationPutBack { id }) } else { Ok(vec![]) }
}

/// Writes down what is promised. A date that has passed is no promise, unless it was made before it passed.
pub(super) fn promise(conference: &Conference, id: RecommendationId, promise: &Promise, now: Instant) -> Decided {
    let known = conference.there(id)?;
    if known.adopted_at.is_none() {
        return Err(Refusal::NotConfirmed);
    }
    if conference.organisation(promise.by).is_none() {
        return Err(Refusal::UnknownOrganisation);
    }
    let before = known.promise.as_ref().map(|(before, _)| before);
    if before == Some(promise) {
        return Ok(vec![]);
    }
    if promise.due <= now && before.is_none_or(|before| before.due != promise.due) {
        return Err(Refusal::DatePast);
    }
    if promise.progress.answers() && promise.answer.0.is_empty() {
        return Err(Refusal::AnswerNeeded);
    }
    Ok(vec![promised(id, promise)])
}

fn promised(id: RecommendationId, promise: &Promise) -> Happened<ConferenceEvent> {
    let Promise { by, due, progress, answer } = promise;
    let event = ConferenceEvent::PromiseMade { id, by: *by, due: *due, progress: *progress };
    Happened { event, words: Words::none().with("answer", answer) }
}

/// Whoever owes an answer says how far it is. Who owes it, and until when, stays as it was.
pub(super) fn answer(conference: &Conference, said: &Answer) -> Decided {
    let Answer { id, progress, answer, seen } = said;
    let (id, progress) = (*id, *progress);
    let (owed, since) = conference.there(id)?.promise.as_ref().ok_or(Refusal::Unknown)?;
    let said = Promise { progress, answer: answer.clone(), ..owed.clone() };
    if said == *owed {
        return Ok(vec![]);
    }
    // Somebody else of the organisation, or an organizer, has written meanwhile.
    if since != seen {
        return Err(Refusal::AlreadyMoved { by: None });
    }
    if progress.answers() && answer.0.is_empty() {
        return Err(Refusal::AnswerNeeded);
    }
    Ok(vec![promised(id, &said)])
}

impl Conference {
    /// Of a session, in the order of their numbers; those that were taken away as well.
    pub fn of_session(&self, session: SessionId) -> impl Iterator<Item = (RecommendationId, &Recommendation)> {
        self.recommendations.iter().filter(move |(_, known)| known.session == session).map(|(id, known)| (*id, known))
    }

    /// What a question became part of.
    #[must_use]
    pub fn recommended(&self, question: QuestionId) -> Option<&Recommendation> {
        self.recommendations.values().find(|known| known.question == Some(question) && !known.removed)
    }

    /// Whether an organisation has promised anything that it has not answered.
    #[must_use]
    pub fn owes(&self, organisation: OrganisationId) -> bool {
        let promised = self.recommendations.values().filter(|known| !known.removed);
        let mut promises = promised.filter_map(|known| known.promise.as_ref());
        promises.any(|(promise, _)| promise.by == organisation && !promise.progress.answers())
    }

    fn there(&self, id: RecommendationId) -> Result<&Recommendation, Refusal> {
        self.recommendations.get(&id).filter(|known| !known.removed).ok_or(Refusal::Unknown)
    }

    /// Whether somebody may do something with a recommendation: its session's moderators, who word it, and nobody else.
    pub(super) fn words_for(&self, who: Who, session: Option<SessionId>) -> bool {
        let pass = who.pass().and_then(|id| self.passes.get(&id));
        let covers = |session| pass.is_some_and(|pass| pass.covers(session));
        who.role().is_some_and(Role::moderates) && session.is_some_and(covers)
    }

    /// The organisation for which a pass answers: that of the person whose pass it is, if its role is to answer.
    #[must_use]
    pub fn answering(&self, pass: PassId) -> Option<OrganisationId> {
        let issued = &self.passes.get(&pass)?.issued;
        let person = issued.person.filter(|_| issued.role == Role::Respondent)?;
        self.people.get(&person)?.profile.of
    }

    /// Whether somebody answers for the organisation that owes the answer, and everybody may read what it is about.
    pub(super) fn answers_for(&self, who: Who, id: RecommendationId) -> bool {
        let own = who.pass().and_then(|pass| self.answering(pass));
        let known = self.recommendations.get(&id).filter(|known| known.public().is_some());
        let owes = known.and_then(|known| known.promise.as_ref()).map(|(promise, _)| promise.by);
        own.is_some() && own == owes
    }

    /// The session of a recommendation.
    pub(super) fn session_of(&self, id: RecommendationId) -> Option<SessionId> {
        self.recommendations.get(&id).map(|known| known.session)
    }

    pub(super) fn apply_recommendations(&mut self, entry: &Entry<ConferenceEvent>) {
        match &entry.event {
            ConferenceEvent::RecommendationWorded { id, session, question } => {
                self.worded(*id, (*session, *question), entry.words.said("text"));
            }
            ConferenceEvent::RecommendationConfirmed { id, lang } => self.of(*id, |known| {
                known.confirmed.insert(*lang);
            }),
            ConferenceEvent::RecommendationAdopted { id } => self.of(*id, |known| known.adopted_at = Some(entry.at)),
            ConferenceEvent::RecommendationRemoved { id } => self.of(*id, |known| known.removed = true),
            ConferenceEvent::RecommendationPutBack { id } => self.of(*id, |known| known.removed = false),
            ConferenceEvent::PromiseMade { id, by, due, progress } => {
                let answer = entry.words.said("answer");
                let promise = Promise { by: *by, due: *due, progress: *progress, answer };
                self.of(*id, |known| known.promised(promise, entry.at));
            }
            ConferenceEvent::AnswerJudged { id, voice, verdict } => self.of(*id, |known| {
                known.verdicts.insert(*voice, *verdict);
            }),
            // `Conference::apply` names every event, and hands on these alone.
            _ => {}
        }
    }

    fn of(&mut self, id: RecommendationId, change: impl FnOnce(&mut Recommendation)) {
        if let Some(known) = self.recommendations.get_mut(&id) {
            change(known);
        }
    }

    fn worded(&mut self, id: RecommendationId, (session, question): (SessionId, Option<QuestionId>), text: Said) {
        let number = u32::try_from(self.recommendations.len() + 1).unwrap_or(u32::MAX);
        let known = self.recommendations.entry(id).or_insert_with(|| Recommendation {
            session,
            number,
            text: Said::default(),
            version: 0,
            confirmed: BTreeSet::new(),
            question,
            adopted_at: None,
            removed: false,
            promise: None,
            verdicts: BTreeMap::new(),
        });
        known.confirmed.retain(|lang| text.0.get(lang) == known.text.0.get(lang));
        (known.text, known.version) = (text, known.version + 1);
    }
}
