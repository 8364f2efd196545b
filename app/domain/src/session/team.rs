//! The team: silent calls for help, a rest when somebody needs one, and words from behind the scenes.
//!
//! A child calls an adult without a sound; the answer is a small mark (`F5`). Whoever needs a rest hands over in two
//! taps and says no reason (`P2`). A word to the console or to the stage waits until it is tapped, and its sender is
//! told that it was read.

pub mod call;
mod command;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::entry::Entry;
use crate::ids::NoteId;
use crate::role::Role;
use crate::session::Session;
use crate::time::Instant;

use call::Call;
pub use command::TeamCommand;

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
