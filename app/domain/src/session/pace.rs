//! Pace: how much time things get, by which rule the hall takes turns, and the children's ground rules.
//!
//! Speaking time may be stretched for interpretation, by one factor for the session. Whoever reaches the limit has a
//! short grace to finish a sentence; only then is it over time.

use serde::{Deserialize, Serialize};

use crate::entry::{Happened, Words};
use crate::lang::Said;
use crate::refusal::{Decision, Refusal};
use crate::session::Session;
use crate::session::plan::{PlanEvent, Slot};
use crate::time::Span;

/// Least and most stretch, in percent.
const STRETCH: std::ops::RangeInclusive<u16> = 100..=200;
/// The longest short clock, and the longest grace.
const LONGEST_SHORT: Span = Span::minutes(10);
const LONGEST_GRACE: Span = Span::minutes(2);
/// Most ground rules, and most groups.
const MOST_RULES: usize = 8;
const MOST_GROUPS: u8 = 24;
/// Gentle warnings where a slot has none of its own.
pub(super) const USUAL_WARNINGS: [Span; 2] = [Span::minutes(2), Span::minutes(1)];

/// How much time things get, and by which rule the hall takes turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pace {
    /// Speaking limits in percent of what was planned: 100 without interpretation, at most 200.
    pub stretch: u16,
    /// To finish a sentence after the limit.
    pub grace: Span,
    /// For a question that is asked aloud.
    pub question: Span,
    /// For an answer.
    pub answer: Span,
    /// For a turn from the hall.
    pub turn: Span,
    /// Whoever speaks for the first time comes first.
    pub first_timers_first: bool,
    /// One from each group in turn.
    pub groups_in_turn: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            stretch: 100,
            grace: Span::seconds(15),
            question: Span::seconds(45),
            answer: Span::seconds(90),
            turn: Span::seconds(90),
            first_timers_first: true,
            groups_in_turn: true,
        }
    }
}

impl Pace {
    /// A limit, stretched for interpretation, in whole seconds.
    #[must_use]
    pub fn stretched(&self, limit: Span) -> Span {
        let stretched = limit.0.saturating_mul(i64::from(self.stretch)) / 100;
        Span(stretched - stretched.rem_euclid(1000))
    }

    fn makes_sense(&self) -> bool {
        let short = |span: Span| span >= Span::seconds(5) && span <= LONGEST_SHORT;
        STRETCH.contains(&self.stretch)
            && self.grace >= Span::ZERO
            && self.grace <= LONGEST_GRACE
            && [self.question, self.answer, self.turn].into_iter().all(short)
    }
}

/// Sets how much time things get. A clock that runs keeps the limit that it was given.
pub(super) fn set(session: &Session, pace: &Pace) -> Decision {
    if !pace.makes_sense() {
        return Err(Refusal::BadPlan);
    }
    Ok(if session.pace == *pace { vec![] } else { vec![PlanEvent::PaceSet(*pace).into()] })
}

/// Names a group.
pub(super) fn name_group(session: &Session, group: u8, name: &Said) -> Decision {
    let next = u8::try_from(session.groups.len()).unwrap_or(u8::MAX);
    if name.0.is_empty() || group > next || group >= MOST_GROUPS {
        return Err(Refusal::BadPlan);
    }
    if session.groups.get(usize::from(group)) == Some(name) {
        return Ok(vec![]);
    }
    Ok(vec![Happened { event: PlanEvent::GroupNamed { group }.into(), words: Words::none().with("name", name) }])
}

/// Writes the ground rules down, as a whole.
pub(super) fn write_rules(session: &Session, rules: &[Said]) -> Decision {
    if rules.len() > MOST_RULES || rules.iter().any(|rule| rule.0.is_empty()) {
        return Err(Refusal::BadPlan);
    }
    if session.rules == rules {
        return Ok(vec![]);
    }
    let mut words = Words::none();
    for (place, rule) in rules.iter().enumerate() {
        words = words.with(&format!("rule.{place}"), rule);
    }
    let count = u8::try_from(rules.len()).unwrap_or(u8::MAX);
    Ok(vec![Happened { event: PlanEvent::RulesWritten { rules: count }.into(), words }])
}

impl Session {
    pub(super) fn group_named(&mut self, group: u8, words: &Words) {
        let place = usize::from(group);
        if self.groups.len() <= place {
            self.groups.resize(place + 1, Said::default());
        }
        self.groups[place] = words.said("name");
    }

    /// At how much time left the gentle warnings come, for a limit: a warning that would come at once is none.
    #[must_use]
    pub fn warnings(&self, limit: Span) -> Vec<Span> {
        let mut warnings = warnings_of(self.current_slot());
        warnings.retain(|left| *left < limit);
        warnings
    }
}

/// The gentle warnings of a slot, the earlier one first: its own, or the usual ones.
#[must_use]
pub fn warnings_of(slot: Option<&Slot>) -> Vec<Span> {
    let own = slot.map(|slot| slot.care.warn_at.clone()).filter(|own| !own.is_empty());
    own.unwrap_or_else(|| USUAL_WARNINGS.to_vec())
}
