//! Help, rest, words from behind the scenes, and the audience's signs: one press, one [`Command`].

use axum::response::Response;
use nadwa_domain::command::FloorCommand;
use nadwa_domain::ids::NoteId;
use nadwa_domain::session::team::TeamCommand;
use nadwa_domain::{Command, Refusal};

use crate::http::back::Back;
use crate::http::call::Call;
use crate::http::commands::send;
use crate::http::forms::{self, word};

/// What the team does for itself.
pub async fn act(call: Call) -> Response {
    let back = call.from();
    send(call, back, |call| {
        let fields = &call.fields.running;
        let help = || word(fields.help.as_deref()).ok_or(Refusal::Unknown);
        Ok(Command::Team(match call.verb.as_deref() {
            Some("help") => TeamCommand::CallHelp(help()?),
            Some("help-over") => TeamCommand::HelpOver(help()?),
            Some("answer") => {
                TeamCommand::AnswerHelp { by: word(fields.by.as_deref()).ok_or(Refusal::Unknown)?, help: help()? }
            }
            Some("see") => {
                TeamCommand::SeeHelp { by: word(fields.by.as_deref()).ok_or(Refusal::Unknown)?, help: help()? }
            }
            Some("rest") => TeamCommand::Rest,
            Some("back") => TeamCommand::Back,
            Some("signs-seen") => TeamCommand::SeenSigns,
            Some("send") => word_of(call)?,
            _ => return Err(Refusal::Unknown),
        }))
    })
    .await
}

fn word_of(call: &Call) -> Result<TeamCommand, Refusal> {
    let fields = &call.fields;
    let typed = fields.text.as_deref().filter(|text| !text.trim().is_empty());
    Ok(TeamCommand::Send {
        id: fields.id.as_deref().and_then(|id| id.parse().ok()).map(NoteId).ok_or(Refusal::Unknown)?,
        to: word(fields.running.to.as_deref()).ok_or(Refusal::Unknown)?,
        ready: word(fields.running.ready.as_deref()).filter(|_| typed.is_none()),
        text: typed.map(forms::line).transpose()?,
    })
}

/// A word was tapped.
pub async fn read(call: Call) -> Response {
    let back = call.from();
    send(call, back, |call| Ok(Command::Team(TeamCommand::Read { id: call.id(NoteId)? }))).await
}

/// A phone's gentle sign.
pub async fn signal(call: Call) -> Response {
    let signal = word(call.fields.running.signal.as_deref());
    match signal {
        Some(signal) => call.act_as_phone(|_| Ok(Command::Floor(FloorCommand::Signal(signal)))).await,
        None => call.refuse(Refusal::Unknown, Back::Audience).await,
    }
}
