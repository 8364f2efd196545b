//! Changing the run of show, and how much time things get: one press, one [`Command`].

use axum::response::Response;
use nadwa_domain::command::{PlanCommand, SessionCommand};
use nadwa_domain::ids::{PersonId, SlotId};
use nadwa_domain::session::change::PlanChange;
use nadwa_domain::session::pace::Pace;
use nadwa_domain::session::plan::{PlannedSlot, SlotKind};
use nadwa_domain::{Command, Refusal, Said, Span};

use crate::http::back::Back;
use crate::http::call::Call;
use crate::http::commands::send;
use crate::http::forms::{self, word};
use crate::http::polls::whole;
use crate::http::queue::is_on;

/// Longest part, in minutes.
const LONGEST: i64 = 8 * 60;

/// Adds a part.
pub async fn add(call: Call) -> Response {
    send(call, Back::Plan, |call| {
        let fields = &call.fields.running;
        let id = call.fields.id.as_deref().and_then(|id| id.parse().ok()).map(SlotId).ok_or(Refusal::Unknown)?;
        let kind: SlotKind = word(fields.kind.as_deref()).ok_or(Refusal::BadPlan)?;
        let planned = minutes(fields.minutes.as_deref())?.ok_or(Refusal::BadPlan)?;
        let limit = minutes(fields.limit.as_deref())?;
        let speaker = fields.person.as_deref().and_then(|id| id.parse::<PersonId>().ok());
        let slot = PlannedSlot {
            id,
            kind,
            title: line(call, fields.title.as_deref())?,
            cue: Said::default(),
            speakers: speaker.filter(|_| kind.has_floor()).into_iter().collect(),
            planned,
            limit: kind.has_floor().then_some(limit.unwrap_or(planned)),
            poll: None,
        };
        let before = fields.before.as_deref().and_then(|id| id.parse().ok());
        Ok(changed(PlanChange::Add { slot, before }))
    })
    .await
}

/// What is changed in one part.
pub async fn change(call: Call) -> Response {
    send(call, Back::Plan, |call| {
        let slot = call.id(SlotId)?;
        let fields = &call.fields.running;
        Ok(changed(match call.verb.as_deref() {
            Some("remove") => PlanChange::Remove { slot },
            Some("up") => PlanChange::Move { slot, up: true },
            Some("down") => PlanChange::Move { slot, up: false },
            Some("time") => {
                let planned = minutes(fields.minutes.as_deref())?.ok_or(Refusal::BadPlan)?;
                PlanChange::Time { slot, planned, limit: minutes(fields.limit.as_deref())? }
            }
            Some("care") => care(call, slot)?,
            _ => return Err(Refusal::Unknown),
        }))
    })
    .await
}

/// What was written in the reader's language is changed in that language alone.
fn care(call: &Call, id: SlotId) -> Result<PlanChange, Refusal> {
    let fields = &call.fields.running;
    let (was, cue) = call
        .room
        .look(|session, _| session.slot(id).map(|slot| (slot.care.clone(), slot.cue.clone())))
        .ok_or(Refusal::Unknown)?;
    let warning = |typed: &Option<String>| number(typed.as_deref(), 0, 60 * 60);
    let warn_at = [warning(&fields.warn_first)?, warning(&fields.warn_second)?];
    // Nothing before the end is no warning.
    let warn_at = warn_at.into_iter().flatten().filter(|n| *n > 0);
    let group = fields.group.and_then(|group| u8::try_from(group).ok());
    Ok(PlanChange::Care {
        slot: id,
        warn_at: warn_at.map(Span::seconds).collect(),
        owner: was.owner,
        group,
        cue: rewritten(call, &cue, fields.cue.as_deref())?,
        say: rewritten(call, &was.say, fields.say.as_deref())?,
    })
}

fn rewritten(call: &Call, was: &Said, typed: Option<&str>) -> Result<Said, Refusal> {
    let Some(typed) = typed else { return Ok(was.clone()) };
    let mut said = was.clone();
    match line(call, Some(typed))?.0.into_iter().next() {
        Some((lang, text)) => drop(said.0.insert(lang, text)),
        None => drop(said.0.remove(&call.visitor.reader.lang)),
    }
    Ok(said)
}

/// How much time things get, and the rule of turns.
pub async fn pace(call: Call) -> Response {
    send(call, Back::Plan, |call| {
        let fields = &call.fields.running;
        let was = call.room.look(|session, _| session.pace);
        let stretch = number(fields.stretch.as_deref(), 100, 200)?.and_then(|n| u16::try_from(n).ok());
        let short = |typed: &Option<String>, was: Span| {
            Ok::<_, Refusal>(number(typed.as_deref(), 5, 10 * 60)?.map_or(was, Span::seconds))
        };
        Ok(Command::Plan(PlanCommand::SetPace(Pace {
            stretch: stretch.unwrap_or(was.stretch),
            grace: number(fields.grace.as_deref(), 0, 2 * 60)?.map_or(was.grace, Span::seconds),
            question: short(&fields.question, was.question)?,
            answer: short(&fields.answer, was.answer)?,
            turn: short(&fields.turn, was.turn)?,
            first_timers_first: is_on(fields.rule_first.as_deref()),
            groups_in_turn: is_on(fields.rule_groups.as_deref()),
        })))
    })
    .await
}

/// Names one more group.
pub async fn group(call: Call) -> Response {
    send(call, Back::Plan, |call| {
        let next = call.room.look(|session, _| session.groups.len());
        let group = call.fields.running.group.and_then(|group| u8::try_from(group).ok());
        let name = line(call, call.fields.running.name.as_deref())?;
        if name.0.is_empty() {
            return Err(Refusal::Empty);
        }
        Ok(Command::Plan(PlanCommand::NameGroup {
            group: group.unwrap_or(u8::try_from(next).unwrap_or(u8::MAX)),
            name,
        }))
    })
    .await
}

/// The ground rules, one a line.
pub async fn rules(call: Call) -> Response {
    send(call, Back::Plan, |call| {
        let typed = call.fields.running.rules.as_deref().unwrap_or_default();
        let lines = typed.lines().filter(|line| !line.trim().is_empty());
        let rules = lines.map(|rule| line(call, Some(rule))).collect::<Result<Vec<_>, _>>()?;
        Ok(Command::Plan(PlanCommand::WriteRules { rules }))
    })
    .await
}

/// Whether the minutes of a closed meeting stay when it ends.
pub async fn minutes_kept(call: Call) -> Response {
    send(call, Back::Plan, |call| {
        Ok(Command::Session(SessionCommand::KeepMinutes { keep: is_on(call.fields.running.keep.as_deref()) }))
    })
    .await
}

fn changed(change: PlanChange) -> Command {
    Command::Plan(PlanCommand::ChangePlan(Box::new(change)))
}

/// A line in the language of whoever typed it; nothing if nothing was typed.
fn line(call: &Call, typed: Option<&str>) -> Result<Said, Refusal> {
    let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else { return Ok(Said::default()) };
    let line = forms::line(typed)?;
    Ok(Said::new([(call.visitor.reader.lang, line.as_str())]))
}

/// A length of a part.
fn minutes(typed: Option<&str>) -> Result<Option<Span>, Refusal> {
    Ok(number(typed, 1, LONGEST)?.map(Span::minutes))
}

/// What was typed into a field for a number, in whatever digits (`L6`); nothing if nothing was.
///
/// # Errors
/// [`Refusal::OutOfRange`] for what is no number, and for one that is not between these two.
fn number(typed: Option<&str>, low: i64, high: i64) -> Result<Option<i64>, Refusal> {
    let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else { return Ok(None) };
    whole(typed).filter(|n| (low..=high).contains(n)).map(Some).ok_or(Refusal::OutOfRange { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_keyboards_digits_and_nonsense_is_refused() {
        for typed in ["90", " ٩٠ ", "۹۰"] {
            assert_eq!(number(Some(typed), 0, 3600), Ok(Some(90)), "{typed}");
        }
        assert_eq!([None, Some(" ")].map(|typed| number(typed, 0, 3600)), [Ok(None), Ok(None)]);
        for typed in ["ساعة", "1.5", "-1", "3601", "9223372036854775808"] {
            assert_eq!(number(Some(typed), 0, 3600), Err(Refusal::OutOfRange { low: 0, high: 3600 }), "{typed}");
        }
    }
}
