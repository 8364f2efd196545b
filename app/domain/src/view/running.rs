//! What keeps a session running: three clocks, the turns of the hall, the team, and who did what.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::choice::Choice;
use crate::ids::{NoteId, PersonId, SlotId, TurnId};
use crate::lang::{Lang, Phrase};
use crate::role::Role;
use crate::session::Session;
use crate::session::floor::{ClockOf, Run};
use crate::session::pace::{Pace, warnings_of};
use crate::session::plan::may_keep_minutes;
use crate::session::queue::Turn;
use crate::session::record::What;
use crate::session::signal::Signal;
use crate::session::team::call::{Call, Step};
use crate::session::team::{Help, Note, Place, Ready};
use crate::time::{Instant, Span};
use crate::view::called::{name_of, written_name_of};
use crate::view::{Hall, names};

/// Fewer signs than this are told to nobody: they would tell one phone.
const FEWEST_SIGNS: u32 = 2;

/// When a clock's words change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRules {
    /// At how much time left there is a gentle warning; the earlier one first.
    pub warn_at: Vec<Span>,
    /// To finish a sentence after the limit.
    pub grace: Span,
}

/// What keeps a session running, for the children who run it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningView {
    /// When the clock's words change.
    pub rules: ClockRules,
    /// What the clock counts.
    pub clock_of: ClockOf,
    /// Whether it waits for interpretation.
    pub interpreting: bool,
    /// Whose speech waits while a remark is made.
    pub aside: Option<Phrase>,
    /// The slot's and the session's time.
    pub course: Course,
    /// Whether the screen is held.
    pub pinned: bool,
    /// Those who wait for the floor.
    pub turns: Vec<TurnView>,
    /// Whether the list is closed.
    pub queue_closed: bool,
    /// How much time things get.
    pub pace: Pace,
    /// How speaking time is shared (`P9`); the last is everybody else.
    pub groups: Vec<GroupView>,
    /// The audience's gentle signs (`F10`).
    pub signs: Vec<(Signal, u32)>,
    /// Words to the console that were not tapped yet.
    pub notes: Vec<NoteView>,
    /// Words that were sent to the stage, and whether they were read.
    pub sent: Vec<NoteView>,
    /// Calls for help, silent (`F5`).
    pub calls: Vec<CallView>,
    /// Who leads now.
    pub lead: Option<Role>,
    /// Who rests.
    pub resting: Vec<Role>,
    /// The last presses, the newest first (`F4`).
    pub did: Vec<DidView>,
    /// How the names of whoever speaks now or next are said (`F2`); may be empty.
    pub say: Phrase,
    /// The ground rules; nothing for the usual ones (`F16`).
    pub ground_rules: Vec<Phrase>,
    /// Planned against actual, in the order of the run of show.
    pub slots: Vec<RanView>,
    /// Whoever is known in this session, to speak in a part that is added.
    pub people: Vec<(PersonId, Phrase)>,
    /// Whether a closed meeting's minutes stay when it ends (`S18`); nothing for any other session, or once it is over.
    #[serde(default)]
    pub minutes: Option<bool>,
}

/// The slot's and the session's time, as instants: a device computes the rest alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// When the slot should end; nothing before the first, and after the last.
    pub slot_ends: Option<Instant>,
    /// What is planned after this slot.
    pub rest: Span,
    /// When the session should end.
    pub planned_end: Instant,
    /// When it was opened.
    pub opened_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

impl Course {
    /// When the session ends if the slots that come take as long as planned.
    #[must_use]
    pub fn expected_end(&self, now: Instant) -> Instant {
        if let Some(closed) = self.closed_at {
            return closed;
        }
        self.slot_ends.map_or(self.planned_end, |ends| ends.max(now) + self.rest)
    }

    /// How far behind the plan it will end; negative when ahead.
    #[must_use]
    pub fn behind(&self, now: Instant) -> Span {
        self.expected_end(now) - self.planned_end
    }
}

/// Somebody who waits for the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnView {
    pub id: TurnId,
    /// How they are called; empty for somebody without a name.
    pub name: Phrase,
    pub group: Option<Phrase>,
    /// For the first time.
    pub first: bool,
    /// Somebody reads it for them.
    pub read_for_me: bool,
    /// To those who run the session: what everybody else reads, where the name that was written tells more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_all: Option<Phrase>,
}

/// How long a group has spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    /// What it is called; empty for everybody else.
    pub name: Phrase,
    /// In speeches that have ended, and in earlier runs of the one that goes on.
    pub spoken: Span,
    /// Since when it speaks now.
    pub since: Option<Instant>,
}

/// A word from behind the scenes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    pub id: NoteId,
    pub by: Role,
    /// Where it appears.
    pub to: Place,
    /// A word that is ready.
    pub ready: Option<Ready>,
    /// What was written.
    pub text: Option<Phrase>,
    /// Who has read it.
    pub read_by: Option<Role>,
}

/// A call for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallView {
    pub by: Role,
    /// For what.
    pub help: Help,
    pub at: Instant,
    /// Whether an adult comes.
    pub answered: bool,
    /// What is true of it (`N1`).
    #[serde(default)]
    pub step: Step,
}

/// A press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DidView {
    /// Whose; nothing for the server's.
    pub by: Option<Role>,
    pub at: Instant,
    pub what: What,
}

/// A slot's planned and actual time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RanView {
    pub slot: SlotId,
    /// In earlier runs, or altogether.
    pub took: Option<Span>,
    /// Since when it goes on.
    pub since: Option<Instant>,
    /// The speaking limit, for speech.
    pub limit: Option<Span>,
    /// Its gentle warnings: its own, or the usual ones.
    pub warn_at: Vec<Span>,
    /// Its group.
    pub group: Option<u8>,
    /// Who leads it.
    pub owner: Option<Phrase>,
    /// What is said when it begins.
    pub cue: Phrase,
    /// How the names are said.
    pub say: Phrase,
}

/// What keeps a session running.
#[must_use]
pub fn running(session: &Session, hall: Hall, lang: Lang) -> RunningView {
    let stage = &session.stage;
    RunningView {
        rules: clock_rules(session),
        clock_of: stage.clock_of,
        interpreting: stage.interpreting,
        aside: aside(session, hall, lang),
        course: course(session),
        pinned: stage.pinned,
        turns: written_turns(session, hall, lang),
        queue_closed: session.queue.closed,
        pace: session.pace,
        groups: groups(session, lang),
        signs: signs(session),
        notes: notes(session, Place::Console, lang),
        sent: session.team.notes.iter().rev().filter(|n| n.to == Place::Stage).take(3).map(|n| note(n, lang)).collect(),
        calls: calls(session),
        lead: Some(session.team.lead()),
        resting: session.team.resting.iter().copied().collect(),
        did: session.did.iter().rev().map(|did| DidView { by: did.by, at: did.at, what: did.what }).collect(),
        say: said_how(session, lang),
        ground_rules: session.rules.iter().map(|rule| rule.for_reader(lang)).collect(),
        slots: session.slots.iter().map(|slot| ran(session, slot.id, hall, lang)).collect(),
        people: people(session, hall, lang),
        minutes: may_keep_minutes(session).is_ok().then_some(session.minutes),
    }
}

fn people(session: &Session, hall: Hall, lang: Lang) -> Vec<(PersonId, Phrase)> {
    let team = session.about.iter().flat_map(|about| about.team.iter());
    let speakers = session.slots.iter().flat_map(|slot| slot.speakers.iter());
    let known: BTreeSet<PersonId> = team.chain(speakers).copied().collect();
    let named = known.into_iter().filter_map(|person| Some((person, hall.names.get(&person)?.for_reader(lang))));
    named.collect()
}

/// Moderators see how the names of whoever speaks are said; before a speech, of whoever comes next.
fn said_how(session: &Session, lang: Lang) -> Phrase {
    let here = session.current_slot().filter(|slot| !slot.care.say.0.is_empty());
    let slot = here.or_else(|| session.following_slot());
    slot.map(|slot| slot.care.say.for_reader(lang)).unwrap_or_default()
}

fn aside(session: &Session, hall: Hall, lang: Lang) -> Option<Phrase> {
    let aside = session.stage.aside?;
    if let Some(turn) = aside.turn.and_then(|id| session.turn(id)) {
        return Some(name_of(session, turn, hall, lang));
    }
    let slot = session.slot(aside.slot)?;
    Some(names(&slot.speakers, hall, lang).into_iter().next().unwrap_or_else(|| slot.title.for_reader(lang)))
}

/// When the clock's words change: two gentle warnings, a grace.
#[must_use]
pub fn clock_rules(session: &Session) -> ClockRules {
    let limit = session.stage.clock.map(|clock| clock.limit).unwrap_or_default();
    match session.stage.clock_of {
        ClockOf::Speech | ClockOf::Turn => ClockRules { warn_at: session.warnings(limit), grace: session.pace.grace },
        ClockOf::Question | ClockOf::Answer => ClockRules { warn_at: vec![], grace: session.pace.grace },
        ClockOf::Break => ClockRules::default(),
    }
}

fn course(session: &Session) -> Course {
    let here = session.slots.iter().position(|slot| Some(slot.id) == session.stage.slot);
    let entered = session.stage.ran.last().filter(|ran| ran.until.is_none()).map(|ran| ran.from);
    let after = session.slots.iter().skip(here.map_or(0, |here| here + 1));
    Course {
        slot_ends: here.zip(entered).map(|(here, from)| from + session.slots[here].planned),
        rest: after.fold(Span::ZERO, |sum, slot| sum + slot.planned),
        planned_end: session.about.as_ref().map(|about| about.ends_at).unwrap_or_default(),
        opened_at: session.opened_at,
        closed_at: session.closed_at,
    }
}

/// Those who wait for the floor, in order.
#[must_use]
pub fn turns(session: &Session, hall: Hall, lang: Lang) -> Vec<TurnView> {
    let group = |turn: &Turn| turn.group.and_then(|group| session.groups.get(usize::from(group)));
    let seen = |turn: &Turn| TurnView {
        id: turn.id,
        name: name_of(session, turn, hall, lang),
        group: group(turn).map(|name| name.for_reader(lang)),
        first: turn.first,
        read_for_me: turn.read_for_me,
        before_all: None,
    };
    session.queue.waiting().map(seen).collect()
}

/// The same for those who run the session, who wrote the names.
fn written_turns(session: &Session, hall: Hall, lang: Lang) -> Vec<TurnView> {
    let written = |(turn, seen): (&Turn, TurnView)| {
        let name = written_name_of(session, turn, hall, lang);
        let before_all = (name != seen.name).then(|| seen.name.clone());
        TurnView { name, before_all, ..seen }
    };
    session.queue.waiting().zip(turns(session, hall, lang)).map(written).collect()
}

/// Total time of each group, for moderators only (`P9`).
fn groups(session: &Session, lang: Lang) -> Vec<GroupView> {
    if session.groups.is_empty() {
        return vec![];
    }
    let speaks = session.stage.floor.map(|_| session.group_speaking().map_or(session.groups.len(), usize::from));
    let names = session.groups.iter().map(|name| name.for_reader(lang)).chain([Phrase::default()]);
    let totals = session.spoken_by_group();
    let seen = names.zip(totals).enumerate().map(|(place, (name, spoken))| {
        let clock = session.stage.clock.filter(|_| speaks == Some(place));
        let since = clock.and_then(|clock| match clock.run {
            Run::Running { since } => Some(since),
            Run::Ready | Run::Paused => None,
        });
        GroupView { name, spoken: spoken + clock.map(|clock| clock.spent).unwrap_or_default(), since }
    });
    seen.collect()
}

/// The audience's gentle signs, where more than one phone gave them.
#[must_use]
pub fn signs(session: &Session) -> Vec<(Signal, u32)> {
    let given = Signal::ALL.iter().copied().map(|signal| (signal, session.signs(signal)));
    given.filter(|(_, count)| *count >= FEWEST_SIGNS).collect()
}

/// Words that wait for their tap, the oldest first.
#[must_use]
pub fn notes(session: &Session, to: Place, lang: Lang) -> Vec<NoteView> {
    session.team.notes.iter().filter(|note| note.to == to && note.read.is_none()).map(|of| note(of, lang)).collect()
}

/// A word, as everybody of the team sees it.
#[must_use]
pub fn note(note: &Note, lang: Lang) -> NoteView {
    NoteView {
        id: note.id,
        by: note.by,
        to: note.to,
        ready: note.ready,
        text: note.text.as_deref().map(|text| Phrase::written(text, lang)),
        read_by: note.read.map(|(role, _)| role),
    }
}

/// Calls for help, the oldest first.
#[must_use]
pub fn calls(session: &Session) -> Vec<CallView> {
    session.team.calls.iter().map(call).collect()
}

/// One call, and what is true of it.
#[must_use]
pub fn call(call: &Call) -> CallView {
    CallView { by: call.by, help: call.help, at: call.at, answered: call.coming.is_some(), step: call.step() }
}

fn ran(session: &Session, id: SlotId, hall: Hall, lang: Lang) -> RanView {
    let open = session.stage.ran.last().filter(|ran| ran.slot == id && ran.until.is_none()).map(|ran| ran.from);
    let slot = session.slot(id);
    let care = slot.map(|slot| slot.care.clone()).unwrap_or_default();
    RanView {
        slot: id,
        took: session.took(id, open.unwrap_or_default()),
        since: open,
        limit: slot.and_then(|slot| slot.limit),
        warn_at: warnings_of(slot),
        group: care.group,
        owner: care.owner.and_then(|owner| hall.names.get(&owner)).map(|name| name.for_reader(lang)),
        cue: slot.map(|slot| slot.cue.for_reader(lang)).unwrap_or_default(),
        say: care.say.for_reader(lang),
    }
}
