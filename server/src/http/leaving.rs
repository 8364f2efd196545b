//! A device that changes hands (`P2`, `G5`): whoever was there ends it by one press, and nothing of them stays. And a
//! pass of an adult and one of a child are never on one device together: entering one asks, and takes the other off.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::Form;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::{left, link};
use nadwa_domain::conference::Act;
use nadwa_domain::conference::pass::Pass;
use nadwa_domain::ids::{DeviceId, PassId};
use nadwa_domain::{Instant, Role, Span, Who};

use crate::edge;
use crate::http::doors::Shown;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, forms, passes};
use crate::permits::{Permit, WaitingPass};
use crate::rooms::Failure;

/// `Clear-Site-Data`: what a browser shall drop.
const EVERYTHING: &str = "\"cache\", \"cookies\", \"storage\"";
/// The same while the offline outbox has requests: they are encrypted, nobody on this device reads them, and they are
/// still sent. The page's own script drops the rest of the storage.
const ALL_BUT_LETTERS: &str = "\"cache\", \"cookies\"";

/// How long somebody may think about it.
const ASKED_FOR: Span = Span::minutes(2);

/// Passes that wait until one of the other kind has left a device: each under a token that works once, on that device
/// alone. Kept on this server alone.
#[derive(Default)]
pub struct Instead(Mutex<HashMap<String, Waiting>>);

/// A pass that waits.
struct Waiting {
    pass: PassId,
    /// What the device that was asked is known by.
    devices: Vec<DeviceId>,
    until: Instant,
}

impl Instead {
    fn offer(&self, pass: PassId, devices: Vec<DeviceId>, now: Instant) -> String {
        let token = edge::fresh_secret();
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, waiting| now < waiting.until);
        open.insert(token.clone(), Waiting { pass, devices, until: now + ASKED_FOR });
        token
    }

    fn take(&self, token: &str, devices: &[DeviceId], now: Instant, _: Permit<WaitingPass>) -> Option<PassId> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(token).filter(|asked| now < asked.until && asked.devices == devices).map(|asked| asked.pass)
    }
}

/// `POST /leave`: every pass and the phone leave this device; no reason is asked.
pub async fn leave(State(app): State<App>, visitor: Visitor, body: Bytes) -> Response {
    // Where nothing can be written the device is emptied all the same: what it showed is gone with its cookies.
    if let Err(failure) = sign_out(&app, &visitor, |_| true).await {
        tracing::error!(?failure, "a device was handed on, and what it showed works on where somebody has copied it");
    }
    if let Some(phone) = visitor.own_phone()
        && let Err(error) = app.rooms.left().leave(&phone).await
    {
        tracing::error!(%error, "that a phone has left is known to this node alone");
    }
    // The page after it does not know any more in which language it was asked for.
    let next = answers::see(&format!("/left?lang={}", visitor.reader.lang.tag()));
    let cookies = Visitor::nothing(&app).into_iter().map(Some);
    let mut response = cookies.fold(next, answers::with_cookie);
    let waiting = forms::pairs(&body, false).iter().any(|(name, _)| name == "waiting");
    let drops = if waiting { ALL_BUT_LETTERS } else { EVERYTHING };
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static(drops));
    response
}

/// `GET /left`: nothing of whoever was here.
pub async fn page(State(app): State<App>, visitor: Visitor) -> Response {
    answers::html(&app, StatusCode::OK, left::left(&visitor.page(&app)))
}

/// `POST /lock`: nobody has touched an adult's device for a while. Its link or card opens it again, and a phrase does.
pub async fn lock(State(app): State<App>, visitor: Visitor) -> Response {
    let adults = visitor.passes(&app).iter().all(|pass| pass.issued.role.is_adult());
    let cookies = if adults { Visitor::locked(&app).map(Some) } else { [None, None] };
    cookies.into_iter().fold(answers::see("/locked"), answers::with_cookie)
}

/// `GET /locked`: what such a device shows. It goes on ringing.
pub async fn locked(State(app): State<App>, visitor: Visitor) -> Response {
    let rings = visitor.locked_with(&app, Role::safeguards).is_some();
    answers::html(&app, StatusCode::OK, left::locked(&visitor.page(&app), rings))
}

/// Asks whether the passes of the other kind may leave this device.
pub fn ask(app: &App, visitor: &Visitor, pass: &Pass) -> Response {
    let token = app.instead.offer(pass.issued.id, visitor.devices(app), app.rooms.clock().now());
    answers::html(app, StatusCode::OK, link::instead(&visitor.page(app), token))
}

/// `POST /instead`: they may.
pub async fn instead(State(app): State<App>, visitor: Visitor, Form(shown): Form<Shown>) -> Response {
    let now = app.rooms.clock().now();
    let asked = app.instead.take(&shown.secret, &visitor.devices(&app), now, Permit::long());
    let state = app.rooms.conference().state();
    let pass = asked.and_then(|id| state.passes.get(&id).cloned());
    let Some(pass) = pass.filter(|pass| pass.works(now)) else {
        return answers::error_page(&app, &visitor, ErrorKind::PassGone);
    };
    // Whoever may not have it leaves nothing for it.
    if state.may_come_in(&pass, &visitor.passes_and_asleep(&app)).is_err() {
        return answers::error_page(&app, &visitor, ErrorKind::OwnCard);
    }
    let apart = |other: &Pass| other.issued.role.is_kept_apart_from(pass.issued.role);
    if sign_out(&app, &visitor, apart).await.is_err() {
        return answers::error_page(&app, &visitor, ErrorKind::NotSaved);
    }
    passes::welcome(&app, &visitor.without_those_that_ended(&app), &pass).await
}

/// Signs this device out of some passes, those that it would find again by their link too.
async fn sign_out(app: &App, visitor: &Visitor, whose: impl Fn(&Pass) -> bool) -> Result<(), Failure> {
    let state = app.rooms.conference().state();
    for device in visitor.devices(app) {
        let pass = state.devices.get(&device).and_then(|device| state.passes.get(&device.new.pass));
        if pass.is_some_and(&whose) {
            app.rooms.conference().act(Who::Server, &Act::SignOut { device }).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_answered_once_and_in_time() {
        let (instead, pass) = (Instead::default(), PassId(uuid::Uuid::nil()));
        let own = [DeviceId(uuid::Uuid::max())];
        let offer = || instead.offer(pass, own.to_vec(), Instant(0));
        let (first, late, elsewhere) = (offer(), offer(), offer());
        let take = |token: &str, at| instead.take(token, &own, at, Permit::long());
        assert_eq!((take(&first, Instant(1)), take(&first, Instant(1))), (Some(pass), None));
        assert_eq!(take(&late, Instant(0) + ASKED_FOR), None);
        assert_eq!(instead.take(&elsewhere, &[], Instant(1), Permit::long()), None, "another device was asked");
    }
}
