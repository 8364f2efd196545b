//! The record of who did what, how long texts are kept, words for the hints, and the plain page on data.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use nadwa_app::pages::care::{self, Line, Settings};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::safeguarding::step;
use nadwa_app::parts::team::role_name;
use nadwa_app::words::{Reader, audience, care as words, console, desk, safeguarding};
use nadwa_domain::conference::ConferenceEvent;
use nadwa_domain::entry::{DeskEvent, PollEvent, QuestionEvent, SessionEvent};
use nadwa_domain::fold::ascii_digits;
use nadwa_domain::inbox::{InboxAct, KeepFor};
use nadwa_domain::session::question::HoldReason;
use nadwa_domain::{Event, Role, Span, Who};

use crate::http::call::{failed, wants_json};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, inbox};
use crate::rooms::Failure;
use crate::rooms::record::Deed;

type Fields = BTreeMap<String, String>;

/// Most lines of the record on its page.
const MOST_LINES: usize = 500;
/// Longest list of words, in bytes.
const LONGEST_LIST: usize = 4000;

/// `GET /record`: for the safeguarding people whole, for organizers without anything that tells of safeguarding.
pub async fn record(State(app): State<App>, visitor: Visitor) -> Response {
    let Some(who) = settler(&app, &visitor) else {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    };
    let whole = who.role().is_some_and(Role::safeguards);
    let done = match app.rooms.record(whole, MOST_LINES).await {
        Ok(done) => done,
        Err(error) => {
            tracing::error!(%error, "the record could not be read");
            return answers::error_page(&app, &visitor, ErrorKind::Broken);
        }
    };
    let conference = app.rooms.conference().state();
    let r = visitor.reader;
    let lines = done.into_iter().map(|done| Line {
        at: done.at,
        by: done.by,
        session: done
            .session
            .and_then(|session| conference.listing(session))
            .map(|listing| listing.title.for_reader(r.lang))
            .unwrap_or_default(),
        what: match &done.deed {
            Deed::Card(role, event) => of_card(r, *role, event),
            Deed::Inbox(event) => step(r, event).to_owned(),
            Deed::Session(event) => of_session(r, event).to_owned(),
        },
    });
    answers::html(&app, StatusCode::OK, care::record(&visitor.page(&app), lines.collect(), !whole))
}

/// What was done with a card, and whose role it opens.
fn of_card(r: Reader, role: Role, event: &ConferenceEvent) -> String {
    let role = role_name(r, role);
    match event {
        ConferenceEvent::PassAsked(_) => words::card_asked(r, role),
        ConferenceEvent::PassAgreed { .. } => words::card_agreed(r, role),
        ConferenceEvent::PassRecoded(_) => words::card_printed(r, role),
        ConferenceEvent::PassRevoked { .. } => words::card_revoked(r, role),
        ConferenceEvent::DeviceSignedIn(_) => words::card_opened(r, role),
        // `Rooms::record` tells of no other event but this one: the card was issued.
        _ => words::card_issued(r, role),
    }
}

/// What was done in a session, as far as it is told (`rooms/record.rs`).
fn of_session(r: Reader, event: &Event) -> &'static str {
    match event {
        Event::Session(event) => of_course(r, event),
        Event::Question(event) => of_question(r, event),
        Event::Poll(event) => of_poll(r, event),
        Event::Desk(DeskEvent::IntakeLapsed) => desk::intake_closed(r),
        Event::Desk(DeskEvent::SlowModeSet { on: true }) => desk::slow_on(r),
        Event::Desk(DeskEvent::SlowModeSet { on: false }) => desk::slow_off(r),
        Event::Desk(DeskEvent::DeskSeen { .. })
        | Event::Floor(_)
        | Event::Screen(_)
        | Event::Queue(_)
        | Event::Plan(_)
        | Event::Team(_) => words::other(r),
    }
}

fn of_course(r: Reader, event: &SessionEvent) -> &'static str {
    match event {
        SessionEvent::Opened => words::opened(r),
        SessionEvent::Reopened => words::reopened(r),
        SessionEvent::Closed => words::closed(r),
        SessionEvent::StepUndone => words::undone(r),
        SessionEvent::SafetyPaused => desk::safety_pause(r),
        SessionEvent::SafetyResumed => desk::safety_resume(r),
        SessionEvent::Stepped { .. } | SessionEvent::SlotEntered { .. } | SessionEvent::MinutesKept { .. } => {
            words::other(r)
        }
    }
}

fn of_question(r: Reader, event: &QuestionEvent) -> &'static str {
    use QuestionEvent as E;
    match event {
        E::QuestionPassed { .. } => desk::done_passed(r),
        E::QuestionHeld { reason: HoldReason::Language, .. } => desk::decided_held_language(r),
        E::QuestionHeld { reason: HoldReason::PersonalData, .. } => desk::decided_held_personal(r),
        E::QuestionHeld { reason: HoldReason::ForAdults, .. } => audience::state_read(r),
        E::QuestionSafeguarded { .. } => desk::done_safeguarded(r),
        E::QuestionTakenBack { .. } => desk::undo(r),
        E::QuestionChosen { .. } => console::choose(r),
        E::QuestionAnswered { .. } => console::answered(r),
        E::QuestionNotUsed { .. } => console::not_used(r),
        E::QuestionOwed { .. } => console::owe(r),
        E::QuestionsOrdered { .. } => words::ordered(r),
        E::QuestionErased { .. } => safeguarding::step_erased(r),
        E::QuestionAsked { .. }
        | E::QuestionChanged { .. }
        | E::QuestionWithdrawn { .. }
        | E::QuestionClaimed { .. }
        | E::QuestionJoined { .. }
        | E::QuestionParted { .. }
        | E::QuestionPutBack { .. }
        | E::WordSaid { .. } => words::other(r),
    }
}

fn of_poll(r: Reader, event: &PollEvent) -> &'static str {
    match event {
        PollEvent::PollOpened { .. } => words::poll_opened(r),
        PollEvent::PollClosed { .. } => words::poll_closed(r),
        PollEvent::PollShown { .. } => words::poll_shown(r),
        PollEvent::PollPlanned { .. }
        | PollEvent::PollLastCalled { .. }
        | PollEvent::PollPutAway
        | PollEvent::PollTakenBack { .. }
        | PollEvent::PollAnnulled { .. }
        | PollEvent::HandsCounted { .. }
        | PollEvent::SeatsIssued { .. }
        | PollEvent::SeatTaken { .. }
        | PollEvent::PicturesErased => words::other(r),
    }
}

/// `GET /care`: what is settled.
pub async fn settings(State(app): State<App>, visitor: Visitor) -> Response {
    settings_page(&app, &visitor, StatusCode::OK, None).await
}

async fn settings_page(app: &App, visitor: &Visitor, status: StatusCode, said: Option<String>) -> Response {
    let Some(who) = settler(app, visitor) else { return answers::error_page(app, visitor, ErrorKind::NotYours) };
    let state = app.rooms.inbox().state();
    let data = Settings {
        held_hours: state.care.keep.held_hours,
        days: state.care.keep.days,
        days_left: days_left(app),
        open_within: state.care.keep.open_within,
        unread: app.rooms.unread().await,
        typed: state.care.typed.clone(),
        organizer: who.role() == Some(Role::Organizer),
        said,
    };
    let visitor = visitor.back_at("/care".to_owned());
    answers::html(app, status, care::settings(&visitor.page(app), data))
}

/// Begun days until everything goes that may go; nothing once it is over.
fn days_left(app: &App) -> Option<u64> {
    let left = app.rooms.erases_next()? - app.rooms.clock().now();
    let day = Span::minutes(24 * 60).0;
    u64::try_from(left.0).ok().filter(|left| *left > 0).map(|left| left.div_ceil(day.unsigned_abs()))
}

/// `POST /care/keeping`: how long texts are kept.
pub async fn keeping(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let number = |name: &str| ascii_digits(fields.get(name)?.trim()).parse::<u16>().ok();
    // A page that was open before does not say it: then it stays as it is.
    let stands = app.rooms.inbox().state().care.keep.open_within;
    let open_within = if fields.contains_key("open_within") { number("open_within") } else { Some(stands) };
    match (number("held_hours"), number("days"), open_within) {
        (Some(held_hours), Some(days), Some(open_within)) => {
            let keep = KeepFor { held_hours, days, open_within };
            settle(&app, &visitor, InboxAct::SetKeeping { keep }).await
        }
        _ => {
            let sentence =
                answers::refused(&visitor.page(&app), &nadwa_domain::Refusal::BadPlan, String::new()).sentence;
            settings_page(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, Some(sentence)).await
        }
    }
}

/// `POST /care/words`: words for the hints, as they were typed.
pub async fn set_words(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let typed = |name: &str| {
        let text = fields.get(name).cloned().unwrap_or_default();
        let end = (0..=LONGEST_LIST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text[..end].to_owned()
    };
    let act = InboxAct::SetWords { rude: typed("rude"), worry: typed("worry"), harmless: typed("harmless") };
    settle(&app, &visitor, act).await
}

/// `POST /care/erase`: everything that may go goes now.
pub async fn erase(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Response {
    let unread = fields.get("unread").is_some_and(|unread| unread == "true");
    let response = settle(&app, &visitor, InboxAct::EraseNow { unread }).await;
    if response.status().is_redirection()
        && let Err(error) = app.rooms.erase_due(&app.files).await
    {
        tracing::error!(%error, "what is due could not be erased");
        return answers::error_page(&app, &visitor, ErrorKind::NotSaved);
    }
    response
}

/// `POST /care/clock`: an adult says that the date is right, and what is due may be erased.
pub async fn confirm_clock(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    let json = wants_json(&headers);
    let Some(who) = settler(&app, &visitor) else {
        return failed(&app, &visitor, json, ErrorKind::NotYours, "NotYours");
    };
    let guards = who.role().is_some_and(Role::safeguards);
    match app.rooms.confirm_clock(who).await {
        Ok(()) if json && guards => match inbox::answer(&app, &visitor, None, None).await {
            Ok(answer) => Json(answer).into_response(),
            Err(error) => inbox::broken(&app, &visitor, &error),
        },
        Ok(()) => answers::see(if guards { "/safeguarding" } else { "/organizer" }),
        Err(_) => failed(&app, &visitor, json, ErrorKind::NotSaved, "NotSaved"),
    }
}

async fn settle(app: &App, visitor: &Visitor, act: InboxAct) -> Response {
    let Some(who) = settler(app, visitor) else { return answers::error_page(app, visitor, ErrorKind::NotYours) };
    match app.rooms.act_in_inbox(who, act).await {
        Ok(()) => answers::see("/care"),
        Err(Failure::Refused(nadwa_domain::Refusal::NotYours)) => {
            answers::error_page(app, visitor, ErrorKind::NotYours)
        }
        Err(Failure::Refused(refusal)) => {
            let sentence = answers::refused(&visitor.page(app), &refusal, String::new()).sentence;
            settings_page(app, visitor, answers::refusal_status(&refusal), Some(sentence)).await
        }
        Err(_) => answers::error_page(app, visitor, ErrorKind::NotSaved),
    }
}

/// Whoever may settle something here: the safeguarding people first, since they see more.
fn settler(app: &App, visitor: &Visitor) -> Option<Who> {
    let guards = visitor.pass_with(app, Role::safeguards, None);
    let pass = guards.or_else(|| visitor.pass_with(app, |role| role == Role::Organizer, None))?;
    Some(pass.who())
}

/// `GET /data`: what is known of anybody, and for how long.
pub async fn data(State(app): State<App>, visitor: Visitor) -> Response {
    let (conference, lang) = (app.rooms.conference().state(), visitor.reader.lang);
    let (name, contact) = (conference.name.for_reader(lang), conference.contact.for_reader(lang));
    let page = care::data_page(&visitor.page(&app), name, contact, days_left(&app));
    answers::html(&app, StatusCode::OK, page)
}

/// `GET /data/dpia`: an assessment to fill in.
pub async fn dpia(State(app): State<App>, visitor: Visitor) -> Response {
    answers::html(&app, StatusCode::OK, care::dpia(&visitor.page(&app)))
}
