//! The covering desk: `GET /desk`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::desks::{Covered, desks};
use nadwa_app::pages::error::ErrorKind;
use nadwa_domain::session::Phase;
use nadwa_domain::view::desk::desk;
use nadwa_domain::{Command, Role};

use crate::http::visitor::Visitor;
use crate::http::{App, answers};

/// Every open session that this steward reads for; opening the page says that somebody is there for all of them.
pub async fn page(State(app): State<App>, visitor: Visitor) -> Response {
    let passes = visitor.passes(&app);
    let stewards: Vec<_> = passes.into_iter().filter(|pass| pass.issued.role == Role::Steward).collect();
    if stewards.is_empty() {
        return answers::error_page(&app, &visitor, ErrorKind::NotYours);
    }
    let (conference, lang) = (app.rooms.conference().state(), visitor.reader.lang);
    let mut sessions = Vec::new();
    for listing in &conference.sessions {
        let Some(code) = &listing.code else { continue };
        let Some(steward) = stewards.iter().find(|pass| pass.covers(listing.session)) else { continue };
        let Ok(room) = app.rooms.session(listing.session).await else { continue };
        if room.look(|session, _| session.phase) != Phase::Open {
            continue;
        }
        // A refusal is for the session's own page to say.
        let _ = room.act(steward.who(), Command::AtDesk).await;
        let view = room.look(|session, hall| desk(session, hall, lang));
        let waiting = view.waiting.iter().map(|question| u64::from(question.times)).sum::<u64>();
        sessions.push(Covered {
            code: code.as_str().to_owned(),
            title: listing.title.for_reader(lang),
            room: conference.rooms.get(&listing.room).map(|name| name.for_reader(lang)).unwrap_or_default(),
            waiting: waiting + u64::from(view.more),
            urgent: view.waiting.iter().any(|question| question.hints.worry),
        });
    }
    answers::html(&app, StatusCode::OK, desks(&visitor.page(&app), sessions))
}
