//! What everybody may see without a code: landing, help, programme.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use nadwa_app::pages::error::ErrorKind;
use nadwa_app::pages::help::{Help, Listening};
use nadwa_app::pages::join::Joining;
use nadwa_app::pages::landing::Landing;
use nadwa_app::pages::programme::{By, Day, Programme};
use nadwa_app::pages::{self, ConferenceView, HelplineView, ListedSession, Refused};
use nadwa_app::parts::qr::Qr;
use nadwa_app::words::{self, Reader};
use nadwa_domain::conference::code::Code;
use nadwa_domain::conference::settings::Helpline;
use nadwa_domain::conference::{Conference, Listing};
use nadwa_domain::session::Phase;
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Instant, Lang, Phrase, Span};
use serde::Deserialize;

use crate::calendar::hijri;
use crate::http::call::find;
use crate::http::manage::programme::{change_views, speakers};
use crate::http::visitor::Visitor;
use crate::http::{App, answers, passes};
use crate::permits::JoinCode;
use crate::reach;
use crate::zone;

/// Which day of the programme, from 1.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    day: Option<usize>,
    by: Option<String>,
}

/// `GET /`.
pub async fn landing(State(app): State<App>, visitor: Visitor) -> Response {
    // Whoever has looked at this page is counted for itself when it types a code.
    let (_, cookie) = visitor.phone_at_page(&app);
    answers::with_cookie(landing_page(&app, &visitor, StatusCode::OK, None), cookie)
}

fn landing_page(app: &App, visitor: &Visitor, status: StatusCode, refused: Option<Refused>) -> Response {
    let conference = conference_view(&app.rooms.conference().state(), visitor.reader.lang);
    let message = has_message(app, visitor);
    let page = pages::landing::landing(
        &visitor.page(app),
        Landing { conference, session: back(app, visitor), message, refused },
    );
    answers::html(app, status, page)
}

/// Whether somebody of safeguarding wrote to this phone (`S5`).
pub fn has_message(app: &App, visitor: &Visitor) -> bool {
    let inbox = app.rooms.inbox().state();
    visitor.phone().is_some_and(|phone| inbox.threads_of(phone).next().is_some())
}

/// The way back to the session that this device has looked at last (`N5`).
fn back(app: &App, visitor: &Visitor) -> Option<(String, Phrase)> {
    let listing = visitor.session(app)?;
    Some((listing.code?.as_str().to_owned(), listing.title.for_reader(visitor.reader.lang)))
}

/// `POST /join`: the code from the big screen, in any digits.
pub async fn join(State(app): State<App>, visitor: Visitor, Form(fields): Form<BTreeMap<String, String>>) -> Response {
    let visitor = visitor.back_at("/".to_owned());
    let typed = fields.get("code").cloned().unwrap_or_default();
    let digits = words::numbers::parse_code(&typed);
    // A child's card may be typed here as well.
    if passes::may_be_a_card(&digits) {
        return match passes::by_number(&app, &visitor, digits).await {
            Ok(Some(pass)) if !pass.issued.role.is_adult() => passes::welcome(&app, &visitor, &pass).await,
            Ok(_) => not_joined(&app, &visitor, typed, words::refusal::no_such_pass(visitor.reader)),
            Err(wait) => answers::wait(&app, &visitor, wait),
        };
    }
    let r = visitor.reader;
    let Some(code) = Code::parse(&typed) else {
        return not_joined(&app, &visitor, typed, words::refusal::incomplete_code(r));
    };
    let permit = match visitor.permit::<JoinCode>(&app) {
        Ok(permit) => permit,
        Err(wait) => return answers::wait(&app, &visitor, wait),
    };
    let conference = app.rooms.conference().state();
    let known = conference.by_code(&code, &permit).is_some();
    match permit.judge(known.then_some(code)) {
        Some(code) => answers::see(&format!("/s/{}", code.as_str())),
        None => not_joined(&app, &visitor, typed, words::refusal::unknown_code(r)),
    }
}

fn not_joined(app: &App, visitor: &Visitor, typed: String, sentence: &str) -> Response {
    let typed = typed.chars().take(40).collect();
    let refused = Refused { sentence: sentence.to_owned(), field: "code".to_owned(), typed, ..Refused::default() };
    landing_page(app, visitor, StatusCode::UNPROCESSABLE_ENTITY, Some(refused))
}

/// What a link says besides.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Linked {
    lang: Option<String>,
}

/// `GET /j/{code}`: what the QR code says. A phone that has never been here is told first what every child should know
/// (`P1`); from then on it goes straight in.
pub async fn join_by_link(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wish): Query<Linked>,
) -> Response {
    match find(&app, &visitor, &code).await {
        Ok((listing, _)) => match &listing.code {
            Some(code) if visitor.phone().is_none() => joining(&app, &visitor, code, &listing),
            // The language of the link goes on with it.
            Some(code) => match wish.lang.as_deref().and_then(Lang::from_tag) {
                Some(lang) => answers::see(&format!("/s/{}?lang={}", code.as_str(), lang.tag())),
                None => answers::see(&format!("/s/{}", code.as_str())),
            },
            None => answers::error_page(&app, &visitor, ErrorKind::NotFound),
        },
        Err(kind) => answers::error_page(&app, &visitor, kind),
    }
}

fn joining(app: &App, visitor: &Visitor, code: &Code, listing: &Listing) -> Response {
    let (conference, lang) = (app.rooms.conference().state(), visitor.reader.lang);
    let data = Joining {
        conference: conference_view(&conference, lang),
        code: code.as_str().to_owned(),
        title: listing.title.for_reader(lang),
        by_child: conference.is_run_by_a_child(listing.session),
    };
    let (_, cookie) = visitor.phone_at_page(app);
    let page = pages::join::join(&visitor.page(app), data);
    answers::with_cookie(answers::html(app, StatusCode::OK, page), cookie)
}

/// `GET /help`: somebody to talk to, now.
pub async fn help(State(app): State<App>, visitor: Visitor, Query(kept): Query<Kept>) -> Response {
    help_page(&app, &visitor, StatusCode::OK, None, None, kept).await
}

/// Whether a phone keeps the page for when there is no network: then it cannot say who is there (`N2`).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Kept {
    kept: Option<String>,
}

/// `GET /s/{code}/help`: the same, with a way back into the session.
pub async fn help_in_session(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(kept): Query<Kept>,
) -> Response {
    help_page(&app, &visitor, StatusCode::OK, Code::parse(&code), None, kept).await
}

/// The help page again, with why a call was not taken.
pub async fn help_refused(
    app: &App,
    visitor: &Visitor,
    code: Option<Code>,
    refusal: &nadwa_domain::Refusal,
) -> Response {
    let sentence = answers::refused(&visitor.page(app), refusal, String::new()).sentence;
    help_page(app, visitor, answers::refusal_status(refusal), code, Some(sentence), Kept::default()).await
}

async fn help_page(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    code: Option<Code>,
    refused: Option<String>,
    kept: Kept,
) -> Response {
    // Whoever has looked at this page calls as a known phone.
    let cookie = Some(visitor.phone_told(app));
    let mut data = help_data(app, visitor.reader.lang, code.as_ref());
    data.refused = refused;
    if kept.kept.is_none() {
        data.somebody = Some(somebody(app, visitor, code.as_ref()).await);
    }
    answers::with_cookie(answers::html(app, status, pages::help::help(&visitor.page(app), data)), cookie)
}

/// What every page of help shows: numbers that somebody has confirmed (`N3`), and the quiet place.
#[must_use]
pub fn help_data(app: &App, lang: Lang, code: Option<&Code>) -> Help {
    let conference = app.rooms.conference().state();
    let Listening { helplines, safe_place } = listening(&conference, lang);
    Help {
        code: code.map(|code| code.as_str().to_owned()),
        helplines,
        somebody: None,
        safe_place,
        refused: None,
        exit: conference.exit.clone(),
        message: false,
    }
}

/// Who listens, as pages show it: numbers that somebody has confirmed, and the quiet place.
#[must_use]
pub fn listening(conference: &Conference, lang: Lang) -> Listening {
    let lines = conference.confirmed_helplines();
    let helplines = lines.into_iter().map(|line| helpline_view(conference, line, lang)).collect();
    Listening { helplines, safe_place: conference.safe_place.for_reader(lang) }
}

/// A helpline as pages show it.
#[must_use]
pub fn helpline_view(conference: &Conference, line: &Helpline, lang: Lang) -> HelplineView {
    HelplineView {
        country: line.country.for_reader(lang),
        number: line.number.clone(),
        example: line.is_example(),
        here: conference.is_here(line),
        confirmed: line.confirmed,
    }
}

/// Whether an adult of the team is there now: of safeguarding, or at the desk of this session; without one, at any.
/// Whether an adult of the team is at their page: of safeguarding, or at a desk (`N2`).
pub async fn somebody(app: &App, visitor: &Visitor, code: Option<&Code>) -> bool {
    if app.rooms.present().guards() {
        return true;
    }
    let session = code.map(|code| {
        let (conference, permit) = (app.rooms.conference().state(), visitor.permit_for_address(app));
        let found = conference.by_code(code, &permit).map(|listing| listing.session);
        permit.judge(found)
    });
    app.rooms.at_a_desk(session).await
}

/// `GET /programme`: one day at a time. A closed meeting is not in it (`S18`).
pub async fn programme(State(app): State<App>, visitor: Visitor, Query(which): Query<Which>) -> Response {
    let conference = app.rooms.conference().state();
    let (lang, now) = (visitor.reader.lang, app.rooms.clock().now());
    let zone = zone::of(&conference);
    let mut days: BTreeMap<jiff::civil::Date, Vec<ListedSession>> = BTreeMap::new();
    for listing in conference.public_sessions() {
        let day = zone::date(&zone, listing.starts_at);
        days.entry(day).or_default().push(listed(&app, &conference, listing, lang).await);
    }
    let today = days.keys().position(|day| *day == zone::date(&zone, now)).unwrap_or(0);
    let days: Vec<Day> = days.into_values().filter_map(|sessions| whole_day(&conference, sessions, now)).collect();
    let day = which.day.map_or(today, |day| day.saturating_sub(1)).min(days.len().saturating_sub(1));
    let public_news: Vec<_> = conference.news.iter().filter(|change| change.session.is_public()).cloned().collect();
    let news = if conference.edition > 1 { change_views(visitor.reader, &conference, &public_news) } else { vec![] };
    let data = Programme {
        conference: conference_view(&conference, lang),
        days,
        day,
        by: which.by.as_deref().map(By::parse).unwrap_or_default(),
        edition: conference.edition,
        published_at: conference.published_at,
        news,
    };
    answers::html(&app, StatusCode::OK, pages::programme::programme(&visitor.page(&app), data))
}

/// By beginning; what begins next is marked, whatever else begins with it.
fn whole_day(conference: &Conference, mut sessions: Vec<ListedSession>, now: Instant) -> Option<Day> {
    sessions.sort_by_key(|session| session.starts_at);
    let date = sessions.first()?.starts_at;
    let next = sessions.iter().filter(|s| !s.live && !s.over && s.starts_at > now).map(|s| s.starts_at).min();
    for session in &mut sessions {
        session.next = !session.live && Some(session.starts_at) == next;
    }
    let offset = zone::offset(conference, date);
    let hijri = conference.reading.hijri.then(|| hijri(date, offset)).flatten();
    Some(Day { date, offset, hijri, sessions })
}

/// So long after its time a session is late.
const LATE: Span = Span::minutes(5);

/// A session as lists show it.
pub async fn listed(app: &App, conference: &Conference, listing: &Listing, lang: Lang) -> ListedSession {
    // A break has no stream: it goes by the clock.
    let now = app.rooms.clock().now();
    let phase = match listing.kind {
        Kind::Break => None,
        Kind::Opening | Kind::Panel | Kind::Workshop | Kind::Symposium | Kind::ClosedMeeting | Kind::Closing => {
            app.rooms.session(listing.session).await.ok().map(|room| room.look(|session, _| session.phase))
        }
    };
    let by_clock = phase.is_none();
    let (title, theme, about) =
        (listing.title.for_reader(lang), listing.theme.for_reader(lang), listing.about.for_reader(lang));
    ListedSession {
        id: listing.session,
        terms: conference.explains(&[&title, &theme, &about]),
        code: listing.code.as_ref().map(|code| code.as_str().to_owned()),
        kind: listing.kind,
        title,
        theme,
        room: conference.rooms.get(&listing.room).map(|name| name.for_reader(lang)).unwrap_or_default(),
        starts_at: listing.starts_at,
        ends_at: listing.ends_at,
        live: phase == Some(Phase::Open) || (by_clock && listing.starts_at <= now && now < listing.ends_at),
        over: phase == Some(Phase::Over) || (by_clock && listing.ends_at <= now),
        not_opened: phase == Some(Phase::Planned) && listing.starts_at + LATE < now,
        next: false,
        about,
        speakers: speakers(app, listing, lang),
    }
}

/// What every public page knows of the conference.
#[must_use]
pub fn conference_view(conference: &Conference, lang: Lang) -> ConferenceView {
    ConferenceView { name: conference.name.for_reader(lang), venue: conference.venue.for_reader(lang) }
}

/// The thanks for a question that arrived, with the first confirmed helpline: the same for every question (`S3`).
#[must_use]
pub fn thanks(app: &App, reader: Reader) -> String {
    let conference = app.rooms.conference().state();
    let confirmed = conference.confirmed_helplines();
    pages::audience::thanks(reader, confirmed.first().map(|line| line.number.as_str()))
}

/// A code that a phone shall open: none of an address that no phone can, whoever prints it (`V6`). The demo shows what a
/// hall looks like, on one machine.
#[must_use]
pub fn square(app: &App, r: Reader, address: &str) -> Qr {
    if app.demo.is_none() && reach::is_nobodys(&app.public_url) {
        return Qr { instead: Some(words::venue::no_square(r).to_owned()), ..Qr::default() };
    }
    qr(address)
}

/// An address as a QR code, an SVG path of which one dark module is one unit.
#[must_use]
pub fn qr(address: &str) -> Qr {
    let Ok(code) = qrcode::QrCode::with_error_correction_level(address, qrcode::EcLevel::M) else {
        return Qr::default();
    };
    let width = code.width();
    let mut path = String::new();
    for (place, module) in code.to_colors().into_iter().enumerate() {
        if module == qrcode::Color::Dark {
            use std::fmt::Write;
            // Writing into a String cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", place % width, place / width);
        }
    }
    Qr { size: u32::try_from(width).unwrap_or(0), path, instead: None }
}

/// Nothing is at this address.
pub async fn nothing_here(State(app): State<App>, visitor: Visitor) -> Response {
    answers::error_page(&app, &visitor, ErrorKind::NotFound)
}
