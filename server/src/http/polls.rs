//! Polls: making, opening, calling, closing, showing; ballots, words, seats and hands.

use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::words::{Reader, poll as words};
use nadwa_domain::command::PlannedPoll;
use nadwa_domain::command::PollCommand;
use nadwa_domain::ids::{PollId, QuestionId};
use nadwa_domain::session::poll::ballot::{Answer, Ballot, Voice};
use nadwa_domain::session::poll::picture::{Picture, Pictured};
use nadwa_domain::session::poll::{PollKind, Rule};
use nadwa_domain::text::WordText;
use nadwa_domain::{Command, Lang, Refusal, Said, fold};
use uuid::Uuid;

use crate::edge;
use crate::http::answers;
use crate::http::back::Back;
use crate::http::call::Call;
use crate::http::call::failed;
use crate::http::commands::send;
use crate::http::forms::{self, graphemes, word};
use crate::http::seats;

pub async fn open_poll(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Poll(PollCommand::OpenPoll { id: call.id(PollId)? }))).await
}

pub async fn close_poll(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Poll(PollCommand::ClosePoll { id: call.id(PollId)? }))).await
}

pub async fn show_poll(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Poll(PollCommand::ShowPoll { id: call.id(PollId)? }))).await
}

pub async fn put_poll_away(call: Call) -> Response {
    call.act(Command::Poll(PollCommand::PutPollAway), Back::Console).await
}

/// Makes a poll, ready or in one's own words, and opens it if the button says so.
pub async fn make(call: Call) -> Response {
    send(call, Back::Console, |call| {
        let open = call.field("open") != Some("later");
        Ok(Command::Poll(PollCommand::MakePoll { poll: Box::new(planned(call)?), open }))
    })
    .await
}

pub async fn last_call(call: Call) -> Response {
    send(call, Back::Console, |call| Ok(Command::Poll(PollCommand::LastCall { id: call.id(PollId)? }))).await
}

pub async fn second_round(call: Call) -> Response {
    send(call, Back::Console, |call| {
        let of = call.id(PollId)?;
        Ok(Command::Poll(PollCommand::SecondRound { of, new: following(of, "second round") }))
    })
    .await
}

pub async fn annul(call: Call) -> Response {
    send(call, Back::Console, |call| {
        let id = call.id(PollId)?;
        let reason = word(call.fields.reason.as_deref()).ok_or(Refusal::Unknown)?;
        Ok(Command::Poll(PollCommand::AnnulPoll { id, reason, again: following(id, "again") }))
    })
    .await
}

/// Hands in the room: the field `hand` once for each option.
pub async fn hands(call: Call) -> Response {
    send(call, Back::Console, |call| {
        let typed = call.pairs.iter().filter(|(name, _)| name == "hand");
        let hands: Option<Vec<u32>> = typed.map(|(_, text)| whole(text)?.try_into().ok()).collect();
        Ok(Command::Poll(PollCommand::CountHands { id: call.id(PollId)?, hands: hands.ok_or(Refusal::BadHands)? }))
    })
    .await
}

/// A phone votes. The same phone again is a change of mind, and never a second ballot.
pub async fn vote(call: Call) -> Response {
    match call.id(PollId).and_then(|poll| Ok((poll, ballot(&call, poll)?))) {
        Ok((poll, ballot)) => call.vote(poll, ballot).await,
        Err(refusal) => call.refuse(refusal, Back::Audience).await,
    }
}

/// A phone says a word; the desk reads it first.
pub async fn say_word(call: Call) -> Response {
    call.act_in_poll(|call| {
        let id = call.fields.id.as_deref().and_then(|id| id.parse::<QuestionId>().ok()).ok_or(Refusal::Unknown)?;
        let text = WordText::parse(&forms::composed(call.fields.text.as_deref().unwrap_or_default()), graphemes)?;
        Ok(Command::Poll(PollCommand::SayWord { poll: call.id(PollId)?, id, text, one_of_many: false, after: 0 }))
    })
    .await
}

/// A phone takes a seat by the code on its slip.
pub async fn take_seat(call: Call) -> Response {
    let permit = match call.visitor.permit(&call.app) {
        Ok(permit) => permit,
        Err(wait) => {
            let page = failed(&call.app, &call.visitor, call.listens(), ErrorKind::TooMany, "TooMany");
            return answers::retry_after(wait, page);
        }
    };
    call.act_in_poll(|call| {
        let typed = call.field("seat").unwrap_or_default();
        let seat = call.room.look(|session, _| seats::seat_of(&session.seats, typed, permit));
        Ok(Command::Poll(PollCommand::TakeSeat { seat: seat.ok_or(Refusal::NoSuchSeat)? }))
    })
    .await
}

/// The ballot that was sent.
///
/// # Errors
/// [`Refusal::NoSuchOption`]; [`Refusal::OutOfRange`] if what was typed is no number.
pub(super) fn ballot(call: &Call, poll: PollId) -> Result<Ballot, Refusal> {
    let voice = Voice::parse(call.field("from").unwrap_or_default());
    // A ballot that was put together on the ballot box is put into it by a button of its own.
    let choice = call.field("drop").or(call.fields.choice.as_deref()).unwrap_or_default();
    let answer = match choice {
        "number" => number(call, poll)?,
        key => Answer::from_key(key).ok_or(Refusal::NoSuchOption)?,
    };
    Ok(Ballot { voice, ..Ballot::from(answer) })
}

fn number(call: &Call, poll: PollId) -> Result<Answer, Refusal> {
    let typed = call.field("number").unwrap_or_default();
    let kind = call.room.look(|session, _| session.poll(poll).map(|poll| poll.rule.kind));
    match (whole(typed).and_then(|n| Answer::from_key(&format!("n.{n}"))), kind) {
        (Some(answer), _) => Ok(answer),
        (None, Some(PollKind::Estimate { low, high })) => Err(Refusal::OutOfRange { low, high }),
        _ => Err(Refusal::NoSuchOption),
    }
}

/// A whole number in whatever digits it was typed.
pub(super) fn whole(typed: &str) -> Option<i64> {
    let plain = fold::ascii_digits(typed).trim().replace('\u{2212}', "-");
    plain.parse().ok()
}

/// The poll that a form describes. Its id follows from what it says and from the step at which it was made, unless the
/// client made one: the same press twice is the same poll.
fn planned(call: &Call) -> Result<PlannedPoll, Refusal> {
    let fields = &call.fields;
    let kind = kind(call)?;
    let question = match line(call.field("question"))? {
        Some(text) => said(call, text),
        None => ready_question(kind).ok_or(Refusal::BadPoll)?,
    };
    let pictures = pictures(call, kind);
    let options = match kind {
        PollKind::Pictures => vec![Said::default(); pictures.len()],
        kind if kind.lists_options() => options(call)?,
        PollKind::YesNo
        | PollKind::Single
        | PollKind::Several { .. }
        | PollKind::Agree
        | PollKind::Happy
        | PollKind::Dots
        | PollKind::Ranking
        | PollKind::Estimate { .. }
        | PollKind::Words
        | PollKind::Wave => vec![],
    };
    let ticked = |name: &str| call.field(name).is_some_and(|text| text != "false" && !text.is_empty());
    let rule = Rule { kind, pictures, apart: ticked("apart"), seats: ticked("seats") };
    let given = fields.id.as_deref().and_then(|id| id.parse().ok());
    let step = fields.step.unwrap_or_default().to_le_bytes();
    let says = format!("{kind:?} {question:?} {options:?}");
    let session = call.listing.session.0;
    let id = given.unwrap_or_else(|| PollId(edge::derived_id("poll", &[session.as_bytes(), &step, says.as_bytes()])));
    Ok(PlannedPoll { id, question, options, rule })
}

fn kind(call: &Call) -> Result<PollKind, Refusal> {
    let end = |name: &str, or: i64| match call.field(name).map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => whole(text).ok_or(Refusal::BadPoll),
        None => Ok(or),
    };
    match call.field("kind").unwrap_or_default() {
        "several" => Ok(PollKind::Several { most: u8::try_from(end("most", 2)?).map_err(|_| Refusal::BadPoll)? }),
        "estimate" => Ok(PollKind::Estimate { low: end("low", 0)?, high: end("high", 100)? }),
        name => PollKind::of_key(name).ok_or(Refusal::BadPoll),
    }
}

/// Cleaned as every text is: what could deceive a reader is not in it.
fn line(typed: Option<&str>) -> Result<Option<String>, Refusal> {
    let typed = typed.map(str::trim).filter(|text| !text.is_empty());
    typed.map(|text| forms::line(text).map(|line| line.as_str().to_owned())).transpose()
}

/// In the language of whoever made it, and in others where those were written too: `question.fr`.
fn said(call: &Call, text: String) -> Said {
    let own = call.visitor.reader.lang;
    let other = |lang: Lang| {
        let name = format!("question.{}", lang.tag());
        Some((lang, line(call.field(&name)).ok().flatten()?))
    };
    let others: Vec<_> = Lang::all().filter(|lang| *lang != own).filter_map(other).collect();
    Said::new(std::iter::once((own, text)).chain(others))
}

fn options(call: &Call) -> Result<Vec<Said>, Refusal> {
    let own = call.visitor.reader.lang;
    let typed = call.field("options").unwrap_or_default();
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|text| Ok(Said::new([(own, line(Some(text))?.unwrap_or_default())]))).collect()
}

/// Up to six pictures, each once; four ready ones if none was ticked.
fn pictures(call: &Call, kind: PollKind) -> Vec<Pictured> {
    if kind != PollKind::Pictures {
        return vec![];
    }
    let mut all: Vec<Picture> = Vec::new();
    for picture in call.pairs.iter().filter(|(name, _)| name == "picture").filter_map(|(_, key)| Picture::parse(key)) {
        if !all.contains(&picture) {
            all.push(picture);
        }
    }
    if all.is_empty() {
        all.extend([Picture::Phone, Picture::Chat, Picture::Letter, Picture::Together]);
    }
    all.into_iter().map(Pictured::Ours).collect()
}

/// The question of a ready poll, in every language.
fn ready_question(kind: PollKind) -> Option<Said> {
    let ask: fn(Reader) -> &'static str = match kind {
        PollKind::YesNo => words::ask_yes_no,
        PollKind::Agree => words::ask_agree,
        PollKind::Happy => words::ask_happy,
        PollKind::Pictures => words::ask_pictures,
        PollKind::Estimate { .. } => words::ask_estimate,
        PollKind::Words => words::ask_words,
        PollKind::Wave => words::ask_wave,
        PollKind::Single | PollKind::Several { .. } | PollKind::Dots | PollKind::Ranking => return None,
    };
    Some(Said::new(Lang::all().map(|lang| (lang, ask(Reader { lang, ..Reader::default() })))))
}

/// The id of a poll that follows on another: the same press twice makes one.
fn following(of: PollId, what: &str) -> PollId {
    PollId(edge::derived_id(what, &[of.0.as_bytes()]))
}

/// The form of the ballot box that a ballot belongs to.
pub(super) fn box_form(call: &Call) -> Option<Uuid> {
    call.fields.id.as_deref().and_then(|id| Uuid::parse_str(id).ok())
}
