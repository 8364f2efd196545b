//! Another tablet takes over (`F4`, `P2`): it scans a code that works once, for two minutes. Nobody signs out, and the
//! clock runs on. The code is kept on this server alone, and never written down: where several share the work, both
//! tablets must reach the same one, or the pass card is scanned again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages;
use nadwa_domain::{Instant, Role, Span};

use crate::edge;
use crate::http::call::find;
use crate::http::doors::{self, Shown};
use crate::http::passes::welcome;
use crate::http::visitor::Visitor;
use crate::http::{App, answers, pages as session_pages, public};
use crate::permits::{Handover, Permit};

/// How long a code works.
const WORKS_FOR: Span = Span::minutes(2);

/// Codes that were shown and not taken yet.
#[derive(Default)]
pub struct Handovers(Mutex<HashMap<String, (String, Instant)>>);

impl Handovers {
    fn offer(&self, secret: String, now: Instant) -> String {
        let token = edge::fresh_secret();
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, (_, until)| now < *until);
        open.insert(token.clone(), (secret, now + WORKS_FOR));
        token
    }

    fn take(&self, token: &str, now: Instant, permit: Permit<Handover>) -> Option<String> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        permit.judge(open.remove(token).filter(|(_, until)| now < *until).map(|(secret, _)| secret))
    }
}

fn runs(role: Role) -> bool {
    role.moderates() || role == Role::Timekeeper
}

/// `GET /s/{code}/handover`: the code that the other tablet scans.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    let (listing, _) = match find(&app, &visitor, &code).await {
        Ok(found) => found,
        Err(kind) => return answers::error_page(&app, &visitor, kind),
    };
    let Some(secret) = visitor.secret_with(&app, runs, listing.session) else {
        return session_pages::not_yours(&app, &visitor);
    };
    let token = app.handovers.offer(secret, app.rooms.clock().now());
    let link = doors::link(&app.public_url, "/t", &token);
    let html = pages::handover::handover(&visitor.page(&app), &code, public::square(&app, visitor.reader, &link), link);
    answers::html(&app, StatusCode::OK, html)
}

/// `POST /t`: the other tablet has it now.
pub async fn take(State(app): State<App>, visitor: Visitor, Form(shown): Form<Shown>) -> Response {
    let now = app.rooms.clock().now();
    let secret = app.handovers.take(&shown.secret, now, Permit::long());
    let pass = secret.as_deref().and_then(|secret| app.rooms.conference().pass_of_device(secret, now, Permit::long()));
    match pass {
        Some(pass) => welcome(&app, &visitor, &pass).await,
        None => answers::html(&app, StatusCode::GONE, pages::handover::gone(&visitor.page(&app))),
    }
}
