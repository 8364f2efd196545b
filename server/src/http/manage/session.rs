//! One session of the draft: what clashes is shown before it is saved, and nobody's work is lost to somebody else's.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::Response;
use nadwa_app::pages::plan::session::{self as view, SessionEditor};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::parts::phrase::own;
use nadwa_app::words::manage as words;
use nadwa_domain::conference::code::Code;
use nadwa_domain::conference::programme::{Change, changes_of};
use nadwa_domain::conference::{Act, Conference, Listing};
use nadwa_domain::ids::{PersonId, RoomId, SessionId};
use nadwa_domain::session::plan::Kind;
use nadwa_domain::{Choice, Phrase, Refusal, Said};

use crate::http::answers;
use crate::http::manage::programme::{self, change_views, clash_sentence, room_name};
use crate::http::manage::settings::{Left, saved};
use crate::http::manage::{LINE, Organizing, PARAGRAPH, Wrong, kept, put_said, sync};
use crate::{edge, when, zone};

/// `GET /organizer/sessions/new`: on the first day, in the first room, after what is there already.
pub async fn new(o: Organizing) -> Response {
    let conference = o.conference();
    let mut fields = BTreeMap::from([("seen".to_owned(), "0".to_owned()), ("kind".to_owned(), "panel".to_owned())]);
    if let Some(day) = zone::days(&conference).first() {
        fields.insert("day".to_owned(), day.to_string());
    }
    fields.insert("from".to_owned(), "09:00".to_owned());
    fields.insert("until".to_owned(), "10:00".to_owned());
    let id = SessionId(edge::fresh_id());
    editor(&o, id, kept(fields, None), Vec::new(), Vec::new())
}

/// `GET /organizer/sessions/{id}`.
pub async fn page(Path(id): Path<String>, left: Left, o: Organizing) -> Response {
    let conference = o.conference();
    let listing = id.parse::<SessionId>().ok().and_then(|id| conference.listing(id).cloned());
    let Some(listing) = listing else { return o.nothing() };
    let form = kept(fields_of(&conference, &listing), saved(o.r(), &left));
    editor(&o, listing.session, form, Vec::new(), Vec::new())
}

fn fields_of(conference: &Conference, listing: &Listing) -> BTreeMap<String, String> {
    let zone = zone::of(conference);
    let mut fields = BTreeMap::new();
    put_said(&mut fields, "title", &listing.title);
    put_said(&mut fields, "theme", &listing.theme);
    put_said(&mut fields, "about", &listing.about);
    let kind = listing.kind.key();
    let day = zone::date(&zone, listing.starts_at).to_string();
    let (from, until) = (zone::time(&zone, listing.starts_at), zone::time(&zone, listing.ends_at));
    let seen = conference.version_of(listing.session).to_string();
    let room = listing.room.to_string();
    for (name, value) in
        [("kind", kind), ("day", &day), ("from", &from), ("until", &until), ("seen", &seen), ("room", &room)]
    {
        fields.insert(name.to_owned(), value.to_owned());
    }
    for speaker in &listing.speakers {
        fields.insert(format!("speakers.{speaker}"), "on".to_owned());
    }
    fields
}

fn editor(o: &Organizing, id: SessionId, form: Filled, clashes: Vec<Phrase>, meanwhile: Vec<Change>) -> Response {
    let conference = o.conference();
    let (r, lang) = (o.r(), o.r().lang);
    let there = conference.listing(id);
    let refused = form.problem.is_some() || !clashes.is_empty() || !meanwhile.is_empty();
    let here = if there.is_some() { format!("/organizer/sessions/{id}") } else { "/organizer/sessions/new".to_owned() };
    let data = SessionEditor {
        id: id.to_string(),
        there: there.is_some(),
        langs: o.langs(),
        rooms: o.rooms(),
        people: o.people(),
        themes: themes(&conference),
        code: there.and_then(|listing| listing.code.as_ref()).map(|code| code.as_str().to_owned()),
        clashes,
        meanwhile: change_views(r, &conference, &meanwhile),
        that_day: that_day(o, id, form.value("day").as_str(), lang),
        form,
    };
    o.page(refused, view::session(&o.at(&here), data))
}

fn themes(conference: &Conference) -> Vec<String> {
    let mut themes: Vec<String> =
        conference.sessions.iter().flat_map(|session| session.theme.0.values().cloned()).collect();
    themes.sort_unstable();
    themes.dedup();
    themes
}

/// «9:00 to 10:00 · Main hall · Opening» for every other session of that day.
fn that_day(o: &Organizing, id: SessionId, day: &str, lang: nadwa_domain::Lang) -> Vec<Phrase> {
    let conference = o.conference();
    let Some(day) = zone::parse_date(day) else { return Vec::new() };
    let zone = zone::of(&conference);
    let mut others: Vec<&Listing> = conference
        .sessions
        .iter()
        .filter(|other| other.session != id && zone::date(&zone, other.starts_at) == day)
        .collect();
    others.sort_by_key(|other| (other.starts_at, other.room));
    let line = |other: &&Listing| {
        let (_, times) = programme::when(o.r(), &conference, other.starts_at, other.ends_at);
        let room = room_name(&conference, other, lang).text;
        own(o.r(), &[times, room, other.title.for_reader(lang).text].join(" · "))
    };
    others.iter().map(line).collect()
}

/// `POST /organizer/sessions/{id}`: looks for clashes, or saves.
pub async fn save(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(id) = id.parse::<SessionId>() else { return o.nothing() };
    let conference = o.conference();
    let listing = match listing_of(&o, &conference, id) {
        Ok(listing) => listing,
        Err(problem) => return again(&o, id, Some(problem), Vec::new(), Vec::new()),
    };
    let clashes = conference.clashes_of(&listing);
    let sentences = || {
        let sentence = |clash| clash_sentence(&o.app, o.r(), &conference, clash, Some(&listing));
        clashes.iter().map(sentence).collect::<Vec<_>>()
    };
    if o.sent.is_on("look") {
        if !clashes.is_empty() {
            return again(&o, id, None, sentences(), Vec::new());
        }
        let form = Filled { done: Some(words::no_clash(o.r()).to_owned()), ..o.sent.filled() };
        return editor(&o, id, form, Vec::new(), Vec::new());
    }
    if !clashes.is_empty() && !o.sent.is_on("anyway") {
        return again(&o, id, None, sentences(), Vec::new());
    }
    let seen = o.sent.number("seen").unwrap_or(0);
    let act = Act::Save { seen, listing: Box::new(listing.clone()) };
    match o.act("title", std::slice::from_ref(&act)).await {
        Ok(()) => match sync::session(&o.app, id).await {
            Ok(()) => answers::see(&format!("/organizer/sessions/{id}?done=1")),
            Err(failure) => match o.wrong("title", failure) {
                Wrong::Page(page) => *page,
                Wrong::Form(problem) => again(&o, id, Some(problem), Vec::new(), Vec::new()),
            },
        },
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let meanwhile = meanwhile(&o.conference(), id, seen, &listing);
            let problem = Some(problem).filter(|_| meanwhile.is_empty());
            again(&o, id, problem, Vec::new(), meanwhile)
        }
    }
}

/// What somebody else changed since this session was seen.
fn meanwhile(conference: &Conference, id: SessionId, seen: u32, mine: &Listing) -> Vec<Change> {
    if conference.version_of(id) == seen {
        return Vec::new();
    }
    let Some(now) = conference.listing(id) else { return Vec::new() };
    // A session that both made new has no version that was seen: then it is compared with what was typed.
    let was = conference.version(id, seen).unwrap_or(mine);
    let what = changes_of(was, now);
    if what.is_empty() { Vec::new() } else { vec![Change { session: now.clone(), what }] }
}

/// The form again with what was typed; who has seen a refusal has seen the newest version.
fn again(
    o: &Organizing,
    id: SessionId,
    problem: Option<Problem>,
    clashes: Vec<Phrase>,
    meanwhile: Vec<Change>,
) -> Response {
    let mut form = Filled { problem, ..o.sent.filled() };
    if !meanwhile.is_empty() {
        form.fields.insert("seen".to_owned(), o.conference().version_of(id).to_string());
    }
    for press in ["look", "anyway"] {
        form.fields.remove(press);
    }
    editor(o, id, form, clashes, meanwhile)
}

fn listing_of(o: &Organizing, conference: &Conference, id: SessionId) -> Result<Listing, Problem> {
    let r = o.r();
    let said = |name: &str, limit| o.sent.said(name, limit).map_err(|refusal| o.problem(name, &refusal));
    let (title, theme, about) = (said("title", LINE)?, said("theme", LINE)?, said("about", PARAGRAPH)?);
    let kind = Kind::of_key(o.sent.get("kind"));
    let kind = kind.ok_or_else(|| o.problem("kind", &Refusal::Unknown))?;
    let room = o.sent.get("room").parse::<RoomId>().map_err(|_| o.problem("room", &Refusal::Unknown))?;
    let zone = zone::of(conference);
    let date = zone::parse_date(o.sent.get("day")).ok_or_else(|| o.says("day", words::bad_day(r)))?;
    let time = |field: &str| when::time(o.sent.get(field)).ok_or_else(|| o.says(field, words::bad_time(r)));
    let (from, until) = (time("from")?, time("until")?);
    let span = zone::span(&zone, date, from, until).ok_or_else(|| o.says("from", words::bad_time(r)))?;
    let (starts_at, ends_at) = span;
    let known = |id: &PersonId| conference.people.contains_key(id);
    let speakers: Vec<PersonId> = o.sent.ticked("speakers").filter_map(|id| id.parse().ok()).filter(known).collect();
    let code = code_for(conference, id, kind);
    Ok(Listing { session: id, room, kind, title, theme, about, starts_at, ends_at, code, speakers })
}

/// A session that the audience may join keeps its code, or gets one; others have none.
#[must_use]
pub fn code_for(conference: &Conference, id: SessionId, kind: Kind) -> Option<Code> {
    if matches!(kind, Kind::ClosedMeeting | Kind::Break) {
        return None;
    }
    let own = conference.listing(id).and_then(|listing| listing.code.clone());
    own.or_else(|| fresh_code(conference))
}

fn fresh_code(conference: &Conference) -> Option<Code> {
    let mut codes = (0..1000).filter_map(|_| Code::parse(&edge::fresh_join_code()));
    codes.find(|code| !conference.has_code(code))
}

/// `POST /organizer/sessions/{id}/remove`.
pub async fn remove(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(session) = id.parse::<SessionId>() else { return o.nothing() };
    let seen = o.sent.number("seen").unwrap_or(0);
    match o.act("title", &[Act::Remove { session, seen }]).await {
        Ok(()) => answers::see("/organizer/programme?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let conference = o.conference();
            let Some(listing) = conference.listing(session) else { return o.nothing() };
            let form = Filled { fields: fields_of(&conference, listing), problem: Some(problem), ..Filled::default() };
            editor(&o, session, form, Vec::new(), Vec::new())
        }
    }
}

/// `POST /organizer/sessions/{id}/copy`: the same again, run of show included, with a code of its own.
pub async fn copy(Path(id): Path<String>, o: Organizing) -> Response {
    let conference = o.conference();
    let original = id.parse::<SessionId>().ok().and_then(|id| conference.listing(id).cloned());
    let Some(original) = original else { return o.nothing() };
    let id = SessionId(edge::fresh_id());
    let named = |(lang, title): (&nadwa_domain::Lang, &String)| {
        let r = nadwa_app::words::Reader { lang: *lang, ..o.r() };
        (*lang, words::copy_of(r, title))
    };
    let title = Said::new(original.title.0.iter().map(named));
    let code = original.code.as_ref().and_then(|_| fresh_code(&conference));
    let listing = Listing { session: id, title, code, ..original.clone() };
    if let Err(wrong) = o.act("title", &[Act::Save { seen: 0, listing: Box::new(listing) }]).await {
        return match wrong {
            Wrong::Page(page) => *page,
            Wrong::Form(problem) => {
                let fields = fields_of(&conference, &original);
                editor(
                    &o,
                    original.session,
                    Filled { fields, problem: Some(problem), ..Filled::default() },
                    vec![],
                    vec![],
                )
            }
        };
    }
    match sync::copy(&o.app, original.session, id).await {
        Ok(()) => answers::see(&format!("/organizer/sessions/{id}?done=1")),
        Err(failure) => match o.wrong("title", failure) {
            Wrong::Page(page) => *page,
            Wrong::Form(_) => answers::see(&format!("/organizer/sessions/{id}")),
        },
    }
}
