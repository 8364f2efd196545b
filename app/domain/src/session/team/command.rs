//! What the team does for itself, who may, and what comes of it.

use crate::entry::{Happened, Words};
use crate::ids::NoteId;
use crate::refusal::{Decision, Refusal};
use crate::role::{Role, Who};
use crate::session::team::call::Call;
use crate::session::team::{Help, Place, Ready, Team, TeamEvent};
use crate::session::{Phase, Session};
use crate::text::Line;
use crate::time::Instant;

/// What the team does for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeamCommand {
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

impl TeamCommand {
    /// Who may send it at all.
    #[must_use]
    pub fn permits(&self, who: Who) -> bool {
        let on_stage = |role: Role| role.moderates() || matches!(role, Role::Timekeeper | Role::Presenter);
        match self {
            Self::CallHelp(_) | Self::HelpOver(_) | Self::Read { .. } => who.plays(on_stage),
            Self::AnswerHelp { .. } | Self::SeeHelp { .. } => who.plays(Role::supports),
            // The clock's alone.
            Self::Unheard { .. } => who == Who::Server,
            Self::Rest | Self::Back => who.plays(|role| role.moderates() || role == Role::Timekeeper),
            // Free text reaches children only from those who read for them, and it is in the record.
            Self::Send { text: Some(_), .. } => who.plays(|role| role == Role::Steward),
            Self::Send { to, .. } => who.plays(|role| {
                let by_the_clock = matches!(role, Role::Timekeeper | Role::Interpreter);
                role.supports() || by_the_clock || (*to == Place::Stage && role.moderates())
            }),
            Self::SeenSigns => who.plays(Role::moderates),
        }
    }

    /// Whether it moves the session: what the team does for itself never does.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        false
    }

    /// Help is called, answered and taken away when the session is over too, and a word that waits has its tap.
    const fn outlives_the_session(&self) -> bool {
        match self {
            Self::CallHelp(_)
            | Self::HelpOver(_)
            | Self::AnswerHelp { .. }
            | Self::SeeHelp { .. }
            | Self::Read { .. } => true,
            Self::Unheard { .. } | Self::Rest | Self::Back | Self::Send { .. } | Self::SeenSigns => false,
        }
    }

    pub(in crate::session) fn decide(&self, session: &Session, who: Who, now: Instant) -> Decision {
        if let (Who::Server, Self::Unheard { by, help }) = (who, self) {
            return unheard(&session.team, *by, *help, now);
        }
        let role = who.role().ok_or(Refusal::NotYours)?;
        if session.phase == Phase::Over && !self.outlives_the_session() {
            return Err(Refusal::Over);
        }
        let team = &session.team;
        let once = |fits: bool, event: TeamEvent| if fits { vec![event.into()] } else { vec![] };
        Ok(match self {
            Self::CallHelp(help) => {
                let new = team.call(role, *help).is_none_or(|call| call.may_be_called_again(now));
                once(new, TeamEvent::HelpCalled { help: *help })
            }
            Self::HelpOver(help) => once(team.call(role, *help).is_some(), TeamEvent::HelpOver { help: *help }),
            Self::AnswerHelp { by, help } => {
                let call = team.call(*by, *help).ok_or(Refusal::Unknown)?;
                once(call.coming.is_none(), TeamEvent::HelpAnswered { by: *by, help: *help })
            }
            Self::SeeHelp { by, help } => {
                let call = team.call(*by, *help).ok_or(Refusal::Unknown)?;
                once(call.is_unseen(), TeamEvent::HelpSeen { by: *by, help: *help })
            }
            Self::Unheard { .. } => return Err(Refusal::NotYours),
            Self::Rest => rest(team, role)?,
            Self::Back => once(team.resting.contains(&role), TeamEvent::RestEnded),
            Self::Send { id, to, ready, text } => send(team, *id, *to, *ready, text.as_ref())?,
            Self::Read { id } => {
                let note = team.notes.iter().find(|note| note.id == *id).ok_or(Refusal::Unknown)?;
                let theirs = note.to == Place::Stage || role != Role::Presenter;
                if !theirs {
                    return Err(Refusal::NotYours);
                }
                once(note.read.is_none(), TeamEvent::NoteRead { id: *id })
            }
            Self::SeenSigns => once(!session.signals.is_empty(), TeamEvent::SignsSeen),
        })
    }
}

/// The server found that nobody had answered a call in time.
fn unheard(team: &Team, by: Role, help: Help, now: Instant) -> Decision {
    let due = team.call(by, help).and_then(Call::unheard_at).is_some_and(|at| at <= now);
    if due { Ok(vec![TeamEvent::HelpUnheard { by, help }.into()]) } else { Ok(vec![]) }
}

/// Whoever rests hands over to the other; if the other rests too, an adult comes, and nobody is told off. Of the
/// timekeeper's clock the moderators have the buttons anyway.
fn rest(team: &Team, role: Role) -> Decision {
    if team.resting.contains(&role) {
        return Ok(vec![]);
    }
    let mut events = vec![TeamEvent::RestBegan.into()];
    let rests = |of: &Role| *of == role || team.resting.contains(of);
    let nobody_left = role.moderates() && [Role::Moderator, Role::CoModerator].iter().all(rests);
    if nobody_left && team.call(role, Help::SafeAdult).is_none() {
        events.push(TeamEvent::HelpCalled { help: Help::SafeAdult }.into());
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
    Ok(vec![Happened { event: TeamEvent::NoteSent { id, to, ready }.into(), words }])
}
