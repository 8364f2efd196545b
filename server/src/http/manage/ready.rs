//! What must be there before a public session opens (`S19`).

use std::collections::BTreeMap;

use axum::response::Response;
use nadwa_app::pages::plan::Filled;
use nadwa_app::pages::plan::ready::{self as view, Ready};
use nadwa_app::words::ready as words;
use nadwa_domain::Refusal;
use nadwa_domain::conference::Act;
use nadwa_domain::session::Phase;

use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{LINE, Organizing, PARAGRAPH, Wrong, kept, put_said};
use crate::http::{answers, public};

/// Longest telephone number, sign and spaces included.
const LONGEST_NUMBER: usize = 24;
/// Most sessions in the list of desks: the next ones.
const DESKS: usize = 12;

/// `GET /organizer/ready`.
pub async fn page(left: Left, o: Organizing) -> Response {
    let done = match left.get("done").map(String::as_str) {
        Some("confirmed") => Some(words::done_confirmed(o.r()).to_owned()),
        Some(_) => saved(o.r(), &left),
        None => None,
    };
    page_with(&o, kept(BTreeMap::new(), done), None).await
}

async fn page_with(o: &Organizing, helpline: Filled, place: Option<Filled>) -> Response {
    let (conference, now, lang) = (o.conference(), o.app.rooms.clock().now(), o.r().lang);
    let mut desks = Vec::new();
    let mut sessions: Vec<_> = conference.sessions.iter().filter(|session| session.code.is_some()).collect();
    sessions.sort_by_key(|session| session.starts_at);
    for session in sessions {
        let Ok(room) = o.app.rooms.session(session.session).await else { continue };
        let (phase, staffed) = room.look(|session, _| (session.phase, session.at_desks(now) > 0));
        if let (Phase::Planned, Some(code)) = (phase, &session.code) {
            desks.push((code.as_str().to_owned(), session.title.for_reader(lang), staffed));
        }
    }
    desks.truncate(DESKS);
    let place = place.unwrap_or_else(|| {
        let mut fields = BTreeMap::new();
        put_said(&mut fields, "place", &conference.safe_place);
        kept(fields, None)
    });
    let refused = helpline.problem.is_some() || place.problem.is_some();
    let lines = conference.helplines.iter().map(|line| public::helpline_view(&conference, line, lang));
    let data = Ready {
        missing: conference.to_be_done(now),
        absent: o.app.rooms.present().absent(),
        desks,
        helplines: lines.collect(),
        confirmed: conference.confirmed,
        langs: o.langs(),
        place,
        helpline,
    };
    o.page(refused, view::ready(&o.at("/organizer/ready"), data))
}

/// `POST /organizer/ready/helplines`.
pub async fn add_helpline(o: Organizing) -> Response {
    let outcome = match helpline(&o) {
        Ok(act) => o.act("number", std::slice::from_ref(&act)).await,
        Err(wrong) => Err(wrong),
    };
    match outcome {
        Ok(()) => answers::see("/organizer/ready?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => page_with(&o, Filled { problem: Some(problem), ..o.sent.filled() }, None).await,
    }
}

fn helpline(o: &Organizing) -> Result<Act, Wrong> {
    let country = o.sent.said("country", LINE).map_err(|refusal| o.problem("country", &refusal))?;
    if country.0.is_empty() {
        return Err(o.problem("country", &Refusal::Empty).into());
    }
    let typed = nadwa_app::words::numbers::parse_digits(&nadwa_domain::text::clean(o.sent.get("number")));
    let dialled = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '*' | '#');
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    // Noughts alone are an example, and reach nobody.
    let reaches = typed.chars().any(|c| ('1'..='9').contains(&c));
    if digits < 2 || !reaches || typed.len() > LONGEST_NUMBER || !typed.chars().all(dialled) {
        return Err(o.says("number", words::bad_number(o.r())).into());
    }
    Ok(Act::AddHelpline { country, number: typed, example: false, here: o.sent.get("here") == "true" })
}

/// `POST /organizer/ready/helplines/remove`.
pub async fn remove_helpline(o: Organizing) -> Response {
    let (place, of) = (o.sent.number("place").unwrap_or(u32::MAX), o.sent.number("of").unwrap_or(0));
    finish(&o, Act::RemoveHelpline { place, of }, "1").await
}

/// `POST /organizer/ready/helplines/confirm`: by whoever has dialled them.
pub async fn confirm(o: Organizing) -> Response {
    finish(&o, Act::ConfirmHelplines, "confirmed").await
}

async fn finish(o: &Organizing, act: Act, done: &str) -> Response {
    match o.act("", std::slice::from_ref(&act)).await {
        Ok(()) => answers::see(&format!("/organizer/ready?done={done}")),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => page_with(o, Filled { problem: Some(problem), ..Filled::default() }, None).await,
    }
}

/// `POST /organizer/ready/place`.
pub async fn place(o: Organizing) -> Response {
    let outcome = match o.sent.said("place", PARAGRAPH) {
        Ok(place) if place.0.is_empty() => Err(Wrong::Form(o.problem("place", &Refusal::Empty))),
        Ok(place) => o.act("place", &[Act::SetSafePlace { place }]).await,
        Err(refusal) => Err(Wrong::Form(o.problem("place", &refusal))),
    };
    match outcome {
        Ok(()) => answers::see("/organizer/ready?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let place = Filled { problem: Some(problem), ..o.sent.filled() };
            page_with(&o, Filled::default(), Some(place)).await
        }
    }
}
