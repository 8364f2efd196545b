//! Health checks, and the server's time for devices' clocks; and what is wrong with the server itself, as adults are
//! told on the organizers' board and in the safeguarding inbox.

use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use nadwa_app::pages::organizer::Alarm;
use nadwa_app::words::{Reader, numbers, trouble as words};
use nadwa_domain::ids::SessionId;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::http::App;
use crate::rooms::broken::{Unreadable, Whose};
use crate::rooms::clocks::ClockTrouble;
use crate::store::StoreError;
use crate::zone;

/// How long the last result of `/readyz` is cached.
const FRESH: Duration = Duration::from_millis(250);
/// The time-out of a check.
const PATIENCE: Duration = Duration::from_secs(8);

/// The server's instant in milliseconds: a device asks a few times and keeps the shortest round trip.
pub async fn clock(State(app): State<App>) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], app.rooms.clock().now().0.to_string()).into_response()
}

/// `GET /healthz`: the process answers (liveness).
pub async fn alive() -> &'static str {
    "alive\n"
}

/// How the last look went: whoever asks again and again does not write again and again.
#[derive(Debug, Default)]
pub struct Looked(Mutex<Option<(Instant, Result<(), String>)>>);

/// `GET /readyz`: reads and writes would be served, of every stream and of files (readiness).
pub async fn ready(State(app): State<App>) -> Response {
    let not = |why: String| (StatusCode::SERVICE_UNAVAILABLE, why + "\n").into_response();
    if app.stop.is_cancelled() {
        return not("stopping".to_owned());
    }
    let mut looked = app.looked.0.lock().await;
    let outcome = match looked.as_ref() {
        Some((at, outcome)) if at.elapsed() < FRESH => outcome.clone(),
        before => {
            let outcome = timeout(PATIENCE, look(&app)).await.unwrap_or_else(|_| Err("it takes too long".to_owned()));
            if before.is_some_and(|(_, known)| *known != outcome) {
                tracing::warn!(?outcome, "whether it is ready has changed");
            }
            *looked = Some((Instant::now(), outcome.clone()));
            outcome
        }
    };
    outcome.map_or_else(not, |()| "ready\n".into_response())
}

async fn look(app: &App) -> Result<(), String> {
    // The whole world may ask: where things are kept is told in the log alone.
    app.store.ready().await.map_err(|error| {
        tracing::warn!(%error, "the store could not be written");
        if error == StoreError::Full { error.to_string() } else { "the store cannot be written".to_owned() }
    })?;
    app.files.ready().await.map_err(|error| {
        tracing::warn!(%error, "files could not be kept");
        "files cannot be kept".to_owned()
    })?;
    if !app.rooms.tasks().all_work() {
        return Err("something fell and begins again".to_owned());
    }
    app.rooms.unreadable().first().map_or(Ok(()), |first| Err(format!("cannot be read: {first}")))
}

/// What is wrong with the server itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A stream cannot be read whole.
    Unreadable(Unreadable),
    /// The last lines of a stream are gone.
    Lost(Whose),
    /// The clock may be wrong.
    Clock(ClockTrouble),
}

/// Everything that is wrong with the server itself.
#[must_use]
pub fn troubles(app: &App) -> Vec<Trouble> {
    let unreadable = app.rooms.unreadable().into_iter().map(Trouble::Unreadable);
    let lost = app.rooms.lost().into_iter().map(Trouble::Lost);
    unreadable.chain(lost).chain(app.rooms.clock_troubles().into_iter().map(Trouble::Clock)).collect()
}

/// The same as sentences for adults.
#[must_use]
pub fn alarms(app: &App, r: Reader, troubles: &[Trouble]) -> Vec<Alarm> {
    troubles.iter().map(|trouble| alarm(app, r, *trouble)).collect()
}

fn alarm(app: &App, r: Reader, trouble: Trouble) -> Alarm {
    let (what, then) = match trouble {
        Trouble::Clock(ClockTrouble::Unconfirmed(seen)) => {
            let conference = app.rooms.conference().state();
            let date = |at| numbers::date_with_year(r, at, zone::offset(&conference, at));
            let sentence = words::unconfirmed(r, &date(app.rooms.clock().now()), &date(seen));
            return Alarm { sentence, confirms_date: true };
        }
        Trouble::Clock(ClockTrouble::Apart) => (words::clock_apart(r).to_owned(), words::told_in_the_log(r)),
        Trouble::Unreadable(Unreadable { what, later: true }) => (unreadable(app, r, what), words::written_later(r)),
        Trouble::Unreadable(Unreadable { what, later: false }) => (unreadable(app, r, what), words::told_in_the_log(r)),
        Trouble::Lost(what) => (lost(app, r, what), words::told_in_the_log(r)),
    };
    Alarm { sentence: format!("{what} {then}"), confirms_date: false }
}

fn unreadable(app: &App, r: Reader, what: Whose) -> String {
    match what {
        Whose::Conference => words::unreadable_conference(r).to_owned(),
        Whose::Inbox => words::unreadable_inbox(r).to_owned(),
        Whose::Paper(_) => words::unreadable_paper(r).to_owned(),
        Whose::Session(session) => words::unreadable_session(r, &title(app, r, session)),
    }
}

fn lost(app: &App, r: Reader, what: Whose) -> String {
    match what {
        Whose::Conference => words::lost_conference(r).to_owned(),
        Whose::Inbox => words::lost_inbox(r).to_owned(),
        Whose::Paper(_) => words::lost_paper(r).to_owned(),
        Whose::Session(session) => words::lost_session(r, &title(app, r, session)),
    }
}

fn title(app: &App, r: Reader, session: SessionId) -> String {
    let conference = app.rooms.conference().state();
    conference.listing(session).map(|listing| listing.title.for_reader(r.lang).text).unwrap_or_default()
}
