//! Commands: one press, one route. Each handler parses its fields and sends one [`Command`].

use axum::response::Response;
use nadwa_domain::command::{FloorCommand, QuestionCommand, ScreenCommand, SessionCommand};
use nadwa_domain::ids::{QuestionId, SlotId};
use nadwa_domain::session::choosing::CardAct;
use nadwa_domain::session::desk::DeskCommand;
use nadwa_domain::session::desk::Sign;
use nadwa_domain::session::question::AskedAs;
use nadwa_domain::text::QuestionText;
use nadwa_domain::{Command, Refusal, Span};

use crate::http::back::Back;
use crate::http::call::Call;
use crate::http::forms::{self, graphemes, word};

/// Sends what was parsed, or refuses.
pub(super) async fn send(call: Call, back: Back, parse: impl FnOnce(&Call) -> Result<Command, Refusal>) -> Response {
    match parse(&call) {
        Ok(command) => call.act(command, back).await,
        Err(refusal) => call.refuse(refusal, back).await,
    }
}

fn step(call: &Call) -> Result<u32, Refusal> {
    // A press that saw no step saw none of ours: somebody else's counts.
    call.fields.step.and_then(|step| u32::try_from(step).ok()).ok_or(Refusal::AlreadyMoved { by: None })
}

pub async fn open(call: Call) -> Response {
    call.act(Command::Session(SessionCommand::Open), Back::Console).await
}

pub async fn next(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Session(SessionCommand::Next { step: step(call)? }))).await
}

pub async fn undo(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Session(SessionCommand::Undo { step: step(call)? }))).await
}

pub async fn reopen(call: Call) -> Response {
    call.act(Command::Session(SessionCommand::Reopen), Back::Console).await
}

pub async fn give_floor(call: Call) -> Response {
    send(call, Back::Console, |call| {
        let slot = call.fields.slot.as_deref().and_then(|slot| slot.parse::<SlotId>().ok());
        Ok(Command::Floor(FloorCommand::GiveFloor { slot: slot.ok_or(Refusal::Unknown)? }))
    })
    .await
}

pub async fn yield_floor(call: Call) -> Response {
    call.act(Command::Floor(FloorCommand::YieldFloor), Back::Console).await
}

pub async fn start_timer(call: Call) -> Response {
    call.act(Command::Floor(FloorCommand::StartTimer), Back::Console).await
}

pub async fn pause_timer(call: Call) -> Response {
    call.act(Command::Floor(FloorCommand::PauseTimer), Back::Console).await
}

pub async fn resume_timer(call: Call) -> Response {
    call.act(Command::Floor(FloorCommand::ResumeTimer), Back::Console).await
}

pub async fn extend_timer(call: Call) -> Response {
    send(call, Back::Console, |call| {
        let seconds = call.fields.seconds.filter(|seconds| (1..=600).contains(seconds)).ok_or(Refusal::ClockNotSo)?;
        let step = call.fields.step.and_then(|step| u32::try_from(step).ok());
        Ok(Command::Floor(FloorCommand::Extend { by: Span::seconds(seconds), step }))
    })
    .await
}

pub async fn show(call: Call) -> Response {
    send(call, Back::Console, |call| {
        Ok(Command::Screen(ScreenCommand::Show(word(call.fields.show.as_deref()).ok_or(Refusal::Unknown)?)))
    })
    .await
}

/// The current paper's title and messages, or `page=page-2`: the third of its pages.
pub async fn show_paper(call: Call) -> Response {
    send(call, Back::Console, |call| {
        let page = match call.fields.page.as_deref().unwrap_or_default() {
            "" => None,
            page => Some(page.trim_start_matches("page-").parse().map_err(|_| Refusal::Unknown)?),
        };
        Ok(Command::Screen(ScreenCommand::ShowPaper { page }))
    })
    .await
}

/// A phone asks. The answer is the same for every accepted question, whatever it says (`S3`).
pub async fn ask(call: Call) -> Response {
    call.act_as_phone(|call| {
        let id = call.fields.id.as_deref().and_then(|id| id.parse::<QuestionId>().ok()).ok_or(Refusal::Unknown)?;
        Ok(Command::Question(QuestionCommand::Ask { id, text: text(call)?, said: said_with(call) }))
    })
    .await
}

/// Its asker says it anew, while it waits or after it was held.
pub async fn change(call: Call) -> Response {
    call.about_its_own()
        .act_as_phone(|call| {
            Ok(Command::Question(QuestionCommand::Change { id: call.id(QuestionId)?, text: text(call)? }))
        })
        .await
}

fn text(call: &Call) -> Result<QuestionText, Refusal> {
    QuestionText::parse(call.fields.text.as_deref().unwrap_or_default(), graphemes)
}

/// What was said with a question by choice; what makes no sense was not said.
fn said_with(call: &Call) -> AskedAs {
    let about = call.fields.about.as_deref().and_then(|id| id.parse::<SlotId>().ok());
    let adults_only = call.fields.for_adults();
    AskedAs { asks: word(call.fields.asks.as_deref()), about, adults_only, ..AskedAs::default() }
}

/// The desk that a decision is made at: the session's own, or the one for several.
fn desk_of(call: &Call) -> Back {
    if call.from() == Back::Desks { Back::Desks } else { Back::Desk }
}

/// A steward opens a question to read it.
pub async fn read(call: Call) -> Response {
    let back = desk_of(&call);
    send(call, back, |call| Ok(Command::Desk(DeskCommand::Claim { id: call.id(QuestionId)? }))).await
}

/// A steward types in a slip of paper (`F9`).
pub async fn slip(call: Call) -> Response {
    send(call, Back::Desk, |call| {
        let id = call.fields.id.as_deref().and_then(|id| id.parse::<QuestionId>().ok()).ok_or(Refusal::Unknown)?;
        Ok(Command::Desk(DeskCommand::Slip { id, text: text(call)?, said: said_with(call) }))
    })
    .await
}

/// A steward asks the hall to ask less often, or as usual.
pub async fn slow(call: Call) -> Response {
    send(call, Back::Desk, |call| {
        Ok(Command::Desk(DeskCommand::Slow { on: call.fields.running.on.as_deref() == Some("true") }))
    })
    .await
}

async fn cards(call: Call, act: impl FnOnce(&Call, QuestionId) -> Result<CardAct, Refusal>) -> Response {
    send(call, Back::Console, |call| Ok(Command::Question(QuestionCommand::Cards(act(call, call.id(QuestionId)?)?))))
        .await
}

pub async fn sooner(call: Call) -> Response {
    cards(call, |_, id| Ok(CardAct::Sooner { id })).await
}

pub async fn later(call: Call) -> Response {
    cards(call, |_, id| Ok(CardAct::Later { id })).await
}

pub async fn take_mix(call: Call) -> Response {
    call.act(Command::Question(QuestionCommand::Cards(CardAct::TakeMix)), Back::Console).await
}

pub async fn join_questions(call: Call) -> Response {
    cards(call, |call, id| {
        let to =
            call.fields.running.to.as_deref().and_then(|to| to.parse::<QuestionId>().ok()).ok_or(Refusal::Unknown)?;
        Ok(CardAct::Join { id, to })
    })
    .await
}

pub async fn part_questions(call: Call) -> Response {
    cards(call, |_, id| Ok(CardAct::Part { id })).await
}

/// An organisation owes the answer.
pub async fn owe(call: Call) -> Response {
    cards(call, |call, id| {
        let by = forms::line(call.fields.running.to.as_deref().unwrap_or_default())?;
        Ok(CardAct::FollowUp { id, by })
    })
    .await
}

pub async fn withdraw(call: Call) -> Response {
    call.about_its_own()
        .act_as_phone(|call| Ok(Command::Question(QuestionCommand::Withdraw { id: call.id(QuestionId)? })))
        .await
}

pub async fn pass(call: Call) -> Response {
    let back = desk_of(&call);
    send(call, back, |call| Ok(Command::Desk(DeskCommand::Pass { id: call.id(QuestionId)? }))).await
}

pub async fn hold(call: Call) -> Response {
    let back = desk_of(&call);
    send(call, back, |call| {
        let reason = word(call.fields.reason.as_deref()).ok_or(Refusal::Unknown)?;
        Ok(Command::Desk(DeskCommand::Hold { id: call.id(QuestionId)?, reason }))
    })
    .await
}

pub async fn safeguard(call: Call) -> Response {
    let back = desk_of(&call);
    send(call, back, |call| Ok(Command::Desk(DeskCommand::Safeguard { id: call.id(QuestionId)? }))).await
}

pub async fn take_back(call: Call) -> Response {
    send(call, Back::Desk, |call| Ok(Command::Desk(DeskCommand::TakeBack { id: call.id(QuestionId)? }))).await
}

pub async fn choose(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Question(QuestionCommand::Choose { id: call.id(QuestionId)? }))).await
}

pub async fn put_back(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Question(QuestionCommand::PutBack { id: call.id(QuestionId)? }))).await
}

pub async fn show_question(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Question(QuestionCommand::ShowQuestion { id: call.id(QuestionId)? })))
        .await
}

pub async fn answered(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Question(QuestionCommand::Answered { id: call.id(QuestionId)? })))
        .await
}

pub async fn not_used(call: Call) -> Response {
    send(call, Back::Console, |call| {
        let reason = word(call.fields.reason.as_deref()).ok_or(Refusal::Unknown)?;
        Ok(Command::Question(QuestionCommand::NotUsed { id: call.id(QuestionId)?, reason }))
    })
    .await
}

/// A page that can be seen says that it is there; by a hand, that somebody is (`G11`).
pub async fn at_desk(call: Call) -> Response {
    let command = match call.field("by") {
        Some("hand") if call.listens() => Command::Desk(DeskCommand::Here { by: Sign::Hand }),
        Some("hand") => Command::Desk(DeskCommand::Here { by: Sign::Form }),
        _ => Command::Desk(DeskCommand::AtDesk),
    };
    call.act(command, Back::Desk).await
}

/// Where the safety pause was pressed: at the desk, or in the inbox (`P3`).
fn guards_of(call: &Call) -> Back {
    if call.from() == Back::Inbox { Back::Inbox } else { Back::Desk }
}

pub async fn safety_pause(call: Call) -> Response {
    let back = guards_of(&call);
    call.act(Command::Session(SessionCommand::SafetyPause), back).await
}

pub async fn safety_resume(call: Call) -> Response {
    let back = guards_of(&call);
    call.act(Command::Session(SessionCommand::SafetyResume), back).await
}
