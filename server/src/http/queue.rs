//! The turns of the hall, short clocks and the held screen: one press, one [`Command`].

use axum::response::Response;
use nadwa_domain::command::{FloorCommand, ScreenCommand};
use nadwa_domain::ids::TurnId;
use nadwa_domain::session::queue::QueueCommand;
use nadwa_domain::{Command, Refusal};

use crate::http::back::Back;
use crate::http::call::Call;
use crate::http::commands::send;
use crate::http::forms::{self, word};

/// Somebody asks for the floor: by name for another, else with the pass of this device.
pub async fn raise(call: Call) -> Response {
    let back = call.from();
    send(call, back, |call| {
        let fields = &call.fields;
        let id = fields.id.as_deref().and_then(|id| id.parse().ok()).map(TurnId).ok_or(Refusal::Unknown)?;
        let typed = fields.running.name.as_deref();
        let name = typed.map(forms::line).transpose()?;
        let person = call.visitor.pass_with(&call.app, |_| true, Some(call.listing.session));
        Ok(Command::Queue(QueueCommand::Raise {
            id,
            name,
            person: person.and_then(|pass| pass.issued.person),
            group: fields.running.group.and_then(|group| u8::try_from(group).ok()),
            first: is_on(fields.running.first.as_deref()),
            read_for_me: is_on(fields.running.read.as_deref()),
        }))
    })
    .await
}

/// What is done with one turn.
pub async fn act(call: Call) -> Response {
    let back = call.from();
    send(call, back, |call| {
        let id = call.id(TurnId)?;
        Ok(Command::Queue(match call.verb.as_deref() {
            Some("withdraw") => QueueCommand::Withdraw { id },
            Some("up") => QueueCommand::Move { id, up: true },
            Some("down") => QueueCommand::Move { id, up: false },
            Some("remove") => QueueCommand::Remove { id },
            Some("give") => QueueCommand::Give { id },
            Some("remark") => QueueCommand::Remark { id },
            _ => return Err(Refusal::Unknown),
        }))
    })
    .await
}

/// Closes the list, or opens it again.
pub async fn close(call: Call) -> Response {
    send(call, Back::Console, |call| {
        Ok(Command::Queue(QueueCommand::Close { on: is_on(call.fields.running.on.as_deref()) }))
    })
    .await
}

/// The clock waits for interpretation.
pub async fn await_interpretation(call: Call) -> Response {
    call.act(Command::Floor(FloorCommand::AwaitInterpretation), Back::Console).await
}

/// The short clock of a question or of an answer.
pub async fn start_short(call: Call) -> Response {
    send(call, Back::Console, |call| {
        Ok(Command::Floor(FloorCommand::StartShort(word(call.fields.running.of.as_deref()).ok_or(Refusal::Unknown)?)))
    })
    .await
}

/// Holds the screen, or lets it follow.
pub async fn pin(call: Call) -> Response {
    send(call, Back::Console, |call| {
        Ok(Command::Screen(ScreenCommand::Pin { on: is_on(call.fields.running.on.as_deref()) }))
    })
    .await
}

/// Whether a box was ticked, or a switch turned on.
pub(super) fn is_on(field: Option<&str>) -> bool {
    matches!(field, Some("true" | "on" | "1"))
}
