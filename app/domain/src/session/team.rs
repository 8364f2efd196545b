//! The team: silent calls for help, a rest when somebody needs one, and words from behind the scenes.
//!
//! A child calls an adult without a sound; the answer is a small mark (`F5`). Whoever needs a rest hands over in two
//! taps and says no reason (`P2`). A word to the console or to the stage waits until it is tapped, and its sender is
//! told that it was read.

pub mod call;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::entry::{Entry, Event, Happened, Words};
use crate::ids::NoteId;
use crate::refusal::{Decision, Refusal};
use crate::role::{Role, Who};
use crate::session::{Phase, Session};
use crate::text::Line;
use crate::time::Instant;

use call::Call;

/// Most words from behind the scenes that are kept in sight.
const MOST_NOTES: usize = 20;

/// What a child calls for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Help {
    /// Help me.
    HelpMe,
    /// It is too fast for me.
    SlowDown,
    /// I need an adult whom I can trust.
    SafeAdult,
}

/// Where a word appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Place {
    /// On the moderators' tablets.
    Console,
    /// Before the person speaking.
    Stage,
}

/// Words that are ready: in every language, kind, and quick to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Ready {
    /// A little slower, please.
    Slower,
    /// A little louder, please.
    Louder,
    /// Closer to the microphone, please.
    Microphone,
    /// Please come to an end.
    Finish,
    /// All is well.
    Well,
    /// Somebody is with you.
    WithYou,
    /// The interpreters need a slower pace.
    Interpreters,
}

/// A word from behind the scenes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub id: NoteId,
    pub by: Role,
    pub at: Instant,
    /// Where it appears.
    pub to: Place,
    /// A word that is ready; else what an adult of the team wrote.
    pub ready: Option<Ready>,
    /// What was written; nothing once it was blanked.
    pub text: Option<String>,
    /// Who tapped it, and when.
    pub read: Option<(Role, Instant)>,
}

/// What the team does for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamAct {
    /// Calls an adult, silently.
    CallHelp(Help),
    /// The caller does not need it any more.
    HelpOver(Help),
    /// An adult says: I am coming.
    AnswerHelp {
        /// Whose call.
        by: Role,
        help: Help,
    },
    /// An adult says: I have seen it.
    SeeHelp {
        /// Whose call.
        by: Role,
        help: Help,
    },
    /// Nobody has answered a call in time (sent by the server).
    Unheard {
        /// Whose call.
        by: Role,
        help: Help,
    },
    /// I need a rest: the other one leads.
    Rest,
    /// I am back.
    Back,
    /// Sends a word.
    Send {
        /// Its id, made when the form was rendered.
        id: NoteId,
        /// Where it appears.
        to: Place,
        /// A word that is ready.
        ready: Option<Ready>,
        /// Written words; only of an adult whose task is to read what children see.
        text: Option<Line>,
    },
    /// A word was read: its tap.
    Read { id: NoteId },
    /// The moderators have seen the audience's signs: they begin anew.
    SeenSigns,
}

impl TeamAct {
    /// Whether a role may do it.
    #[must_use]
    pub const fn permitted(&self, role: Role) -> bool {
        let on_stage = role.moderates() || matches!(role, Role::Timekeeper | Role::Presenter);
        match self {
            Self::CallHelp(_) | Self::HelpOver(_) => on_stage,
            Self::AnswerHelp { .. } | Self::SeeHelp { .. } => role.supports(),
            // The clock's alone.
            Self::Unheard { .. } => false,
            Self::Rest | Self::Back => role.moderates() || matches!(role, Role::Timekeeper),
            // Free text reaches children only from those who read for them, and it is in the record.
            Self::Send { text: Some(_), .. } => matches!(role, Role::Steward),
            Self::Send { to: Place::Stage, .. } => {
                role.moderates() || role.supports() || matches!(role, Role::Timekeeper | Role::Interpreter)
            }
            Self::Send { .. } => role.supports() || matches!(role, Role::Timekeeper | Role::Interpreter),
            Self::Read { .. } => on_stage,
            Self::SeenSigns => role.moderates(),
        }
    }
}

/// What happened in the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "team", rename_all = "snake_case")]
pub enum TeamEvent {
    /// Somebody called for help.
    HelpCalled {
        /// For what.
        help: Help,
    },
    /// It is not needed any more.
    HelpOver {
        /// What was called for.
        help: Help,
    },
    /// An adult comes.
    HelpAnswered {
        /// Whose call.
        by: Role,
        help: Help,
    },
    /// An adult has seen the call.
    HelpSeen {
        /// Whose call.
        by: Role,
        help: Help,
    },
    /// Nobody answered it in time: it shows larger, and to more people.
    HelpUnheard {
        /// Whose call.
        by: Role,
        help: Help,
    },
    /// Somebody rests.
    RestBegan,
    /// Somebody is back.
    RestEnded,
    /// A word was sent. Words: `text`, if it was written.
    NoteSent {
        id: NoteId,
        /// Where it appears.
        to: Place,
        /// A word that is ready.
        ready: Option<Ready>,
    },
    /// It was read.
    NoteRead { id: NoteId },
    /// The audience's signs were seen.
    SignsSeen,
}

impl TeamEvent {
    /// Whether silent calls look different with it: they stand on pages of several sessions.
    #[must_use]
    pub const fn is_a_call(&self) -> bool {
        match self {
            Self::HelpCalled { .. }
            | Self::HelpOver { .. }
            | Self::HelpAnswered { .. }
            | Self::HelpSeen { .. }
            | Self::HelpUnheard { .. } => true,
            Self::RestBegan | Self::RestEnded | Self::NoteSent { .. } | Self::NoteRead { .. } | Self::SignsSeen => {
                false
            }
        }
    }
}

/// The state of the team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    /// Calls, the oldest first.
    pub calls: Vec<Call>,
    /// Who rests.
    pub resting: BTreeSet<Role>,
    /// Words from behind the scenes, the oldest first.
    pub notes: Vec<Note>,
}

impl Team {
    /// Who leads now: the moderator, unless she rests.
    #[must_use]
    pub fn lead(&self) -> Role {
        let rests = |role| self.resting.contains(&role);
        if rests(Role::Moderator) && !rests(Role::CoModerator) { Role::CoModerator } else { Role::Moderator }
    }

    fn call(&self, by: Role, help: Help) -> Option<&Call> {
        self.calls.iter().find(|call| call.by == by && call.help == help)
    }

    fn call_mut(&mut self, by: Role, help: Help) -> Option<&mut Call> {
        self.calls.iter_mut().find(|call| call.by == by && call.help == help)
    }

    /// Which call goes to more people next, and when, if nobody answers it (`N1`).
    #[must_use]
    pub fn next_unheard(&self) -> Option<(Instant, Role, Help)> {
        let due = self.calls.iter().filter_map(|call| Some((call.unheard_at()?, call.by, call.help)));
        due.min_by_key(|(at, ..)| *at)
    }
}

/// Does what the team asks for itself.
pub(super) fn act(session: &Session, who: Who, act: &TeamAct, now: Instant) -> Decision {
    if let (Who::Server, TeamAct::Unheard { by, help }) = (who, act) {
        return unheard(&session.team, *by, *help, now);
    }
    let role = who.role().ok_or(Refusal::NotYours)?;
    if session.phase == Phase::Over && !outlives_the_session(act) {
        return Err(Refusal::Over);
    }
    let team = &session.team;
    let once = |fits: bool, event: TeamEvent| if fits { vec![Event::Team(event).into()] } else { vec![] };
    Ok(match act {
        TeamAct::CallHelp(help) => {
            let new = team.call(role, *help).is_none_or(|call| call.may_be_called_again(now));
            once(new, TeamEvent::HelpCalled { help: *help })
        }
        TeamAct::HelpOver(help) => once(team.call(role, *help).is_some(), TeamEvent::HelpOver { help: *help }),
        TeamAct::AnswerHelp { by, help } => {
            let call = team.call(*by, *help).ok_or(Refusal::Unknown)?;
            once(call.coming.is_none(), TeamEvent::HelpAnswered { by: *by, help: *help })
        }
        TeamAct::SeeHelp { by, help } => {
            let call = team.call(*by, *help).ok_or(Refusal::Unknown)?;
            once(call.is_unseen(), TeamEvent::HelpSeen { by: *by, help: *help })
        }
        TeamAct::Unheard { .. } => return Err(Refusal::NotYours),
        TeamAct::Rest => rest(team, role)?,
        TeamAct::Back => once(team.resting.contains(&role), TeamEvent::RestEnded),
        TeamAct::Send { id, to, ready, text } => send(team, *id, *to, *ready, text.as_ref())?,
        TeamAct::Read { id } => {
            let note = team.notes.iter().find(|note| note.id == *id).ok_or(Refusal::Unknown)?;
            let theirs = note.to == Place::Stage || role != Role::Presenter;
            if !theirs {
                return Err(Refusal::NotYours);
            }
            once(note.read.is_none(), TeamEvent::NoteRead { id: *id })
        }
        TeamAct::SeenSigns => once(!session.signals.is_empty(), TeamEvent::SignsSeen),
    })
}

/// Help is called, answered and taken away when the session is over too, and a word that waits has its tap.
const fn outlives_the_session(act: &TeamAct) -> bool {
    matches!(
        act,
        TeamAct::CallHelp(_)
            | TeamAct::HelpOver(_)
            | TeamAct::AnswerHelp { .. }
            | TeamAct::SeeHelp { .. }
            | TeamAct::Read { .. }
    )
}

/// The server found that nobody had answered a call in time.
fn unheard(team: &Team, by: Role, help: Help, now: Instant) -> Decision {
    let due = team.call(by, help).and_then(Call::unheard_at).is_some_and(|at| at <= now);
    if due { Ok(vec![Event::Team(TeamEvent::HelpUnheard { by, help }).into()]) } else { Ok(vec![]) }
}

/// Whoever rests hands over to the other; if the other rests too, an adult comes, and nobody is told off. Of the
/// timekeeper's clock the moderators have the buttons anyway.
fn rest(team: &Team, role: Role) -> Decision {
    if team.resting.contains(&role) {
        return Ok(vec![]);
    }
    let mut events = vec![Event::Team(TeamEvent::RestBegan).into()];
    let rests = |of: &Role| *of == role || team.resting.contains(of);
    let nobody_left = role.moderates() && [Role::Moderator, Role::CoModerator].iter().all(rests);
    if nobody_left && team.call(role, Help::SafeAdult).is_none() {
        events.push(Event::Team(TeamEvent::HelpCalled { help: Help::SafeAdult }).into());
    }
    Ok(events)
}

fn send(team: &Team, id: NoteId, to: Place, ready: Option<Ready>, text: Option<&Line>) -> Decision {
    if team.notes.iter().any(|note| note.id == id) {
        return Ok(vec![]);
    }
    if ready.is_none() && text.is_none() {
        return Err(Refusal::Empty);
    }
    let words = text.map(|text| Words::text(text.as_str())).unwrap_or_default();
    Ok(vec![Happened { event: Event::Team(TeamEvent::NoteSent { id, to, ready }), words }])
}

impl Session {
    pub(super) fn apply_team(&mut self, event: &TeamEvent, entry: &Entry) {
        let team = &mut self.team;
        if let TeamEvent::HelpUnheard { by, help } = event {
            team.call_mut(*by, *help).into_iter().for_each(|call| call.unheard = true);
        }
        let Some(role) = entry.by.role() else { return };
        match event {
            TeamEvent::HelpCalled { help } => {
                team.calls.retain(|call| (call.by, call.help) != (role, *help));
                team.calls.push(Call::new(role, *help, entry.at));
            }
            TeamEvent::HelpOver { help } => team.calls.retain(|call| (call.by, call.help) != (role, *help)),
            TeamEvent::HelpAnswered { by, help } => {
                team.call_mut(*by, *help).into_iter().for_each(|call| call.is_answered(entry.at));
            }
            TeamEvent::HelpSeen { by, help } => {
                team.call_mut(*by, *help).into_iter().for_each(|call| call.is_seen(entry.at));
            }
            TeamEvent::HelpUnheard { .. } => {}
            TeamEvent::RestBegan => drop(team.resting.insert(role)),
            TeamEvent::RestEnded => drop(team.resting.remove(&role)),
            TeamEvent::NoteSent { id, to, ready } => {
                let text = entry.words.0.get("text").cloned();
                team.notes.push(Note { id: *id, by: role, at: entry.at, to: *to, ready: *ready, text, read: None });
                if team.notes.len() > MOST_NOTES {
                    team.notes.remove(0);
                }
            }
            TeamEvent::NoteRead { id } => {
                if let Some(note) = team.notes.iter_mut().find(|note| note.id == *id) {
                    note.read = Some((role, entry.at));
                }
            }
            TeamEvent::SignsSeen => self.signals.clear(),
        }
    }
}
