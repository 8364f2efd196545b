//! The organizers' live board.

use axum::response::Response;
use nadwa_app::pages::organizer::{Organizer, OrganizerSession, organizer};
use nadwa_app::parts::moment::slot_name;
use nadwa_app::parts::phrase::own;
use nadwa_app::words::{Reader, numbers, organizer as words};
use nadwa_domain::conference::gate::Missing;
use nadwa_domain::conference::{Conference, Listing};
use nadwa_domain::session::{Phase, Session};
use nadwa_domain::view::PhaseView;
use nadwa_domain::{Instant, Phrase, Span};

use crate::http::manage::Organizing;
use crate::http::{answers, health, public};
use crate::rooms::feeds::FeedRole;
use crate::zone;

/// So much behind needs somebody.
const LATE: Span = Span::minutes(5);
/// So soon a session's desk should be staffed.
const SOON: Span = Span::minutes(30);

/// `GET /organizer`.
pub async fn page(o: Organizing) -> Response {
    let (conference, now, r) = (o.conference(), o.app.rooms.clock().now(), o.r());
    let mut sessions = Vec::new();
    for listing in conference.sessions.iter().filter(|listing| listing.code.is_some() || !listing.is_public()) {
        match one(&o, &conference, listing, now).await {
            Ok(session) => sessions.push(session),
            Err(error) => {
                tracing::error!(%error, "the board could not be read");
                return answers::error_page(&o.app, &o.visitor, nadwa_app::pages::error::ErrorKind::Broken);
            }
        }
    }
    let rank = |phase| match phase {
        PhaseView::Open => 0,
        PhaseView::Planned => 1,
        PhaseView::Over => 2,
    };
    sessions.sort_by_key(|session| (rank(session.phase), session.listed.starts_at));
    let missing = conference.missing(1, now).into_iter().filter(|what| *what != Missing::Desk).collect();
    let data = Organizer {
        conference: public::conference_view(&conference, r.lang),
        alarms: health::alarms(&o.app, r, &health::troubles(&o.app)),
        attention: attention(r, &sessions, now),
        sessions,
        missing,
    };
    o.page(false, organizer(&o.at("/organizer"), data))
}

async fn one(
    o: &Organizing,
    conference: &Conference,
    listing: &Listing,
    now: Instant,
) -> Result<OrganizerSession, crate::store::StoreError> {
    let r = o.r();
    let read = |session: &Session| {
        let slot = session.current_slot().map(|slot| match slot.title.0.is_empty() {
            true => own(r, slot_name(r, slot.kind)),
            false => slot.title.for_reader(r.lang),
        });
        let calling = session.team.calls.iter().filter(|call| !call.answered).count();
        (session.phase, slot, behind(session, now), session.at_desks(now), calling, session.unread())
    };
    let (phase, slot, behind, desks, calling, unread) = o.app.rooms.look_at(listing.session, read).await?;
    // Nobody listens to a session that cannot be read.
    let room = o.app.rooms.session(listing.session).await.ok();
    let listening = |role| room.as_ref().map_or(0, |room| room.listeners(role));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let cards =
        conference.passes.values().filter(|pass| pass.issued.session == Some(listing.session) && pass.works(now));
    let (work, used) = cards.fold((0, 0), |(work, used), pass| (work + 1, used + u32::from(pass.used)));
    Ok(OrganizerSession {
        id: listing.session.to_string(),
        listed: public::listed(&o.app, conference, listing, r.lang).await,
        offset: zone::offset(conference, listing.starts_at),
        phase: phase.into(),
        slot,
        behind: behind.filter(|_| phase == Phase::Open),
        desks: count(desks),
        calling: count(calling),
        unread: count(unread),
        phones: count(listening(FeedRole::Audience)),
        screens: count(listening(FeedRole::Screen)),
        cards: (work, used),
    })
}

/// By how much a live session is behind its plan: nothing while it is within the time that its slot has in it.
fn behind(session: &Session, now: Instant) -> Option<Span> {
    let about = session.about.as_ref()?;
    let current = session.current_slot()?;
    let before = session.slots.iter().take_while(|slot| slot.id != current.id);
    let begins = before.fold(about.starts_at, |at, slot| at + slot.planned);
    let ends = begins + current.planned;
    Some(match () {
        () if now < begins => now - begins,
        () if now > ends => now - ends,
        () => Span::ZERO,
    })
}

fn attention(r: Reader, sessions: &[OrganizerSession], now: Instant) -> Vec<Phrase> {
    let mut attention = Vec::new();
    for session in sessions.iter().filter(|session| session.listed.code.is_some()) {
        let title = &session.listed.title.text;
        let live = session.phase == PhaseView::Open;
        if session.calling > 0 {
            attention.push(words::calls_for_help(r, session.calling.into(), title));
        }
        if session.phase == PhaseView::Over && session.unread > 0 {
            attention.push(words::never_read(r, session.unread.into(), title));
        }
        if session.phase == PhaseView::Planned && session.listed.starts_at + LATE < now {
            attention.push(words::not_opened(r, title));
        }
        if live && session.screens == 0 {
            attention.push(words::no_screen(r, title));
        }
        if live && session.desks == 0 {
            attention.push(words::no_desk(r, title));
        }
        if let Some(late) = session.behind.filter(|behind| *behind >= LATE) {
            let span = numbers::spoken_span(r, Span(late.0 / 60_000 * 60_000));
            attention.push(words::runs_late(r, title, &span));
        }
        let left = session.listed.starts_at - now;
        if session.phase == PhaseView::Planned && session.desks == 0 && left >= Span::ZERO && left <= SOON {
            attention.push(words::starts_soon(r, title));
        }
    }
    attention.iter().map(|sentence| own(r, sentence)).collect()
}
