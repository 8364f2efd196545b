//! What stands around the inbox: silent calls, the ways behind the scenes, what was never read, and that somebody of
//! safeguarding is there (`N1`, `N2`, `N10`).

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use nadwa_app::live::desk::calls::{self, Calling};
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::safeguarding::cards::GuardCard;
use nadwa_app::pages::safeguarding::{InboxItem, OpenSession, Safeguarding};
use nadwa_app::wire::Answer;
use nadwa_app::words::Reader;
use nadwa_domain::ids::{ItemId, PassId};
use nadwa_domain::inbox::{Alert, InboxAct};
use nadwa_domain::session::Phase;
use nadwa_domain::session::desk::Sign;
use nadwa_domain::{Lang, Role};

use crate::http::call::{failed, wants_json};
use crate::http::health::{self, Trouble};
use crate::http::inbox::{guard, refuse};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, forms};
use crate::rooms::Failure;

/// What goes on in the conference, as far as the inbox tells it.
#[derive(Debug)]
pub(super) struct Around {
    open_sessions: Vec<OpenSession>,
    unread: u64,
    /// Who else of safeguarding is at their page (`S24`).
    others: u64,
    /// Whether this page counts as somebody who is there (`G11`).
    counted: bool,
}

pub(super) async fn around(app: &App, lang: Lang, me: Option<PassId>) -> Around {
    let conference = app.rooms.conference().state();
    let mut open_sessions = Vec::new();
    for room in app.rooms.open_rooms().await {
        let Some(listing) = conference.listing(room.id()).filter(|listing| listing.is_public()) else { continue };
        let (phase, paused) = room.look(|session, _| (session.phase, session.paused_since.is_some()));
        if let (Phase::Open, Some(code)) = (phase, &listing.code) {
            let (code, title) = (code.as_str().to_owned(), listing.title.for_reader(lang));
            open_sessions.push(OpenSession { code, title, paused });
        }
    }
    open_sessions.sort_by(|one, other| one.code.cmp(&other.code));
    let (others, counted) = app.rooms.guards_beside(me);
    Around { open_sessions, unread: app.rooms.unread().await, others, counted }
}

/// The inbox with what stands around it.
pub(super) async fn shown(
    app: &App,
    reader: Reader,
    items: Vec<InboxItem>,
    open: Option<ItemId>,
    cards: Vec<GuardCard>,
    (calls, around): (Vec<Calling>, Around),
) -> Safeguarding {
    let alarms = health::alarms(app, reader, &health::troubles(app));
    let Around { open_sessions, unread, others, counted } = around;
    Safeguarding {
        items,
        open,
        calls,
        open_sessions,
        unread,
        others,
        counted,
        cards,
        kept: kept(app).await,
        alarms,
        refused: None,
    }
}

/// `POST /safeguarding/here`: somebody is at this page (`N2`).
pub async fn here(State(app): State<App>, visitor: Visitor, headers: HeaderMap, body: Bytes) -> Response {
    let json = wants_json(&headers);
    let Some(pass) = guard(&app, &visitor) else {
        return failed(&app, &visitor, json, ErrorKind::NotYours, "NotYours");
    };
    let by_hand = forms::pairs(&body, false).iter().any(|(name, value)| name == "by" && value == "hand");
    let by = match (by_hand, json) {
        (true, true) => Sign::Hand,
        (true, false) => Sign::Form,
        (false, _) => Sign::Beat,
    };
    match app.rooms.act_in_inbox(pass.who(), InboxAct::Here { by }).await {
        Ok(()) if json => Json(Answer::default()).into_response(),
        Ok(()) => answers::see("/safeguarding"),
        Err(Failure::Refused(refusal)) => refuse(&app, &visitor, json, None, &refusal).await,
        Err(_) => failed(&app, &visitor, json, ErrorKind::NotSaved, "NotSaved"),
    }
}

/// Another key for everything that looks different.
pub(super) fn key_of(
    items: &[InboxItem],
    cards: &[GuardCard],
    (calls, around): (&[Calling], &Around),
    troubles: &[Trouble],
) -> String {
    let mut hash = DefaultHasher::new();
    format!("{items:?}{cards:?}{calls:?}{around:?}{troubles:?}").hash(&mut hash);
    format!("{:x}", hash.finish())
}

/// The lead is rung at as soon as something is there; the deputy once it was not opened in time (`S8`); and whoever
/// agrees to cards of their own kind, when one is asked for (`G9`).
pub(super) fn rings(items: &[InboxItem], cards: &[GuardCard], calls: &[Calling], role: Role) -> bool {
    if calls::ring(calls.iter().map(|calling| &calling.call)) || cards.iter().any(|card| card.asked && card.agrees) {
        return true;
    }
    let waits = items.iter().filter(|item| item.opened.is_none());
    if role == Role::SafeguardingLead {
        return waits.count() > 0;
    }
    waits.filter(|item| item.alerts.contains(&Alert::Deputy)).count() > 0
}

/// How many items stay though the day of erasing is over, since nobody has handed them over (`S10`).
async fn kept(app: &App) -> u64 {
    let due = app.rooms.erases_at().is_some_and(|at| at <= app.rooms.clock().now());
    if !due {
        return 0;
    }
    let Ok(guarded) = app.rooms.guarded().await else { return 0 };
    let inbox = app.rooms.inbox().state();
    let over = |id: &ItemId| inbox.items.get(id).is_some_and(|item| item.handed_over.is_some());
    let calls = inbox.items.iter().filter(|(_, item)| item.called.is_some() && item.erased.is_none());
    (guarded.keys().filter(|id| !over(id)).count() + calls.filter(|(id, _)| !over(id)).count()) as u64
}
