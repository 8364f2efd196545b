//! Settings and rooms.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use nadwa_app::pages;
use nadwa_app::pages::plan::aloud::passages;
use nadwa_app::pages::plan::settings::{self, ExitForm, Recorded, RoomForm};
use nadwa_app::pages::plan::{Filled, Problem};
use nadwa_app::words::{Reader, access as words, common, manage, refusals};
use nadwa_domain::conference::exit::{BEGINS, Elsewhere};
use nadwa_domain::conference::reading::{Months, Reading};
use nadwa_domain::conference::settings::Settings;
use nadwa_domain::conference::{Act, Conference};
use nadwa_domain::ids::RoomId;
use nadwa_domain::lang::Said;
use nadwa_domain::{Instant, Lang, Refusal};

use crate::http::manage::{LINE, Organizing, Sent, Wrong, kept, put_said};
use crate::http::{App, answers};
use crate::{edge, zone};

/// Most characters of hard words and their meanings, in each language.
const GLOSSARY: u32 = 4000;

/// The page of the settings, and its forms.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/organizer/settings/words", post(set_glossary))
        .route("/organizer/settings/exit", post(set_exit))
        .route("/organizer/settings", get(page).post(save))
}

/// What a redirect left in the address.
pub type Left = Query<BTreeMap<String, String>>;

/// «Saved», after a redirect that says so.
#[must_use]
pub fn saved(r: Reader, left: &Left) -> Option<String> {
    left.contains_key("done").then(|| common::saved(r).to_owned())
}

/// Settings of what was typed.
///
/// # Errors
/// The problem, beside its field.
pub fn settings_of(r: Reader, sent: &Sent) -> Result<Settings, Problem> {
    let says = |field: &str, sentence: &str| Problem { field: field.to_owned(), sentence: sentence.to_owned() };
    let said = |field: &str| {
        let refused = |refusal: Refusal| says(field, &refusals::sentence(r, &refusal, Instant(0)));
        sent.said(field, LINE).map_err(refused)
    };
    let (name, venue, contact) = (said("name")?, said("venue")?, said("contact")?);
    let ticked: Vec<&str> = sent.ticked("languages").collect();
    let mut languages: Vec<Lang> = Lang::all().filter(|lang| ticked.contains(&lang.tag())).collect();
    // The main language is the first in which the conference has a name.
    languages.sort_by_key(|lang| !name.0.contains_key(lang));
    if languages.first().is_none_or(|lang| !name.0.contains_key(lang)) {
        return Err(says("name", words::one_language(r)));
    }
    let zone_name = sent.get("zone").trim();
    let zone = zone::by_name(zone_name).ok_or_else(|| says("zone", words::unknown_zone(r)))?;
    let day = |field: &str| zone::parse_date(sent.get(field)).ok_or_else(|| says(field, words::bad_days(r)));
    let (first, last) = (day("first")?, day("last")?);
    let next = last.tomorrow().map_err(|_| says("last", words::bad_days(r)))?;
    let begin = |date| zone::begin(&zone, date).ok_or_else(|| says("first", words::bad_days(r)));
    if last < first || (last - first).get_days() >= 60 {
        return Err(says("last", words::bad_days(r)));
    }
    let (from, until) = (begin(first)?, begin(next)?);
    let utc_offset = zone::offset_of(&zone, from);
    Ok(Settings { name, venue, contact, languages, zone: zone_name.to_owned(), utc_offset, from, until })
}

/// `GET /organizer/settings`.
pub async fn page(left: Left, o: Organizing) -> Response {
    show(&o, kept(fields_now(&o.conference()), saved(o.r(), &left)), glossary_now(&o), exit_now(&o))
}

/// The settings as they are kept.
fn fields_now(conference: &Conference) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    put_said(&mut fields, "name", &conference.name);
    put_said(&mut fields, "venue", &conference.venue);
    put_said(&mut fields, "contact", &conference.contact);
    for lang in conference.spoken() {
        fields.insert(format!("languages.{}", lang.tag()), "on".to_owned());
    }
    fields.insert("zone".to_owned(), conference.zone.clone());
    if let Some((from, until)) = conference.days {
        let zone = zone::of(conference);
        fields.insert("first".to_owned(), zone::date(&zone, from).to_string());
        fields.insert("last".to_owned(), zone::date(&zone, Instant(until.0 - 1)).to_string());
    }
    fields.insert("seen".to_owned(), conference.settings_version.to_string());
    fields
}

fn exit_now(o: &Organizing) -> Filled {
    let page = o.conference().exit.as_ref().map(|page| page.as_str().to_owned());
    kept(BTreeMap::from([("page".to_owned(), page.unwrap_or_default())]), None)
}

fn glossary_now(o: &Organizing) -> Filled {
    let mut fields = BTreeMap::new();
    put_said(&mut fields, "words", &o.conference().glossary);
    kept(fields, None)
}

fn show(o: &Organizing, form: Filled, glossary: Filled, exit: Filled) -> Response {
    let refused = [&form, &glossary, &exit].iter().any(|form| form.problem.is_some());
    let exit = ExitForm { form: exit, leads_to: o.conference().exit.clone() };
    let page = o.at("/organizer/settings");
    let all = passages();
    let there = all.iter().filter(|passage| page.recordings.address_of(**passage).is_some()).count();
    let recorded = Recorded { there: there as u64, all: all.len() as u64 };
    let page = settings::settings(&page, form, Lang::all().collect(), zone::names(), glossary, exit, recorded);
    o.page(refused, page)
}

/// `POST /organizer/settings`.
pub async fn save(o: Organizing) -> Response {
    let outcome = match settings_of(o.r(), &o.sent) {
        Err(problem) => Err(Wrong::Form(problem)),
        Ok(settings) => {
            let seen = o.sent.number("seen").unwrap_or(0);
            o.act("name", &[Act::Configure { seen, settings: Box::new(settings) }]).await
        }
    };
    match outcome {
        Ok(()) => answers::see("/organizer/settings?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let mut form = Filled { problem: Some(problem), ..o.sent.filled() };
            // Whoever has seen the refusal has seen the newest.
            form.fields.insert("seen".to_owned(), o.conference().settings_version.to_string());
            show(&o, form, glossary_now(&o), exit_now(&o))
        }
    }
}

/// `POST /organizer/settings/exit`: where the quick exit leads (`S27`). An empty field is a page of ours.
pub async fn set_exit(o: Organizing) -> Response {
    let typed = o.sent.get("page").trim();
    let page = Elsewhere::parse(typed);
    let outcome = if page.is_none() && !typed.is_empty() {
        Err(Wrong::Form(o.says("page", &manage::bad_exit(o.r(), BEGINS))))
    } else {
        o.act("page", &[Act::SetExit { page }]).await
    };
    match outcome {
        Ok(()) => answers::see("/organizer/settings?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let exit = Filled { problem: Some(problem), ..o.sent.filled() };
            show(&o, kept(fields_now(&o.conference()), None), glossary_now(&o), exit)
        }
    }
}

/// `POST /organizer/settings/words`: hard words and what they mean, one a line (`P10`).
pub async fn set_glossary(o: Organizing) -> Response {
    let outcome = match o.sent.lines("words", GLOSSARY) {
        Err(refusal) => Err(Wrong::Form(o.says("words", &refusals::sentence(o.r(), &refusal, Instant(0))))),
        Ok(words) => o.act("words", &[Act::SetGlossary { words }]).await,
    };
    match outcome {
        Ok(()) => answers::see("/organizer/settings?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let glossary = Filled { problem: Some(problem), ..o.sent.filled() };
            show(&o, kept(fields_now(&o.conference()), None), glossary, exit_now(&o))
        }
    }
}

/// `GET /organizer/rooms`.
pub async fn rooms(left: Left, o: Organizing) -> Response {
    rooms_with(&o, kept(BTreeMap::new(), saved(o.r(), &left)), None)
}

fn rooms_with(o: &Organizing, mut new: Filled, wrong: Option<(String, Filled)>) -> Response {
    let conference = o.conference();
    let rooms = conference.rooms.iter().map(|(id, name)| {
        let sessions = conference.sessions.iter().filter(|session| session.room == *id).count();
        let form = match &wrong {
            Some((room, form)) if *room == id.to_string() => form.clone(),
            _ => {
                let mut fields = BTreeMap::new();
                put_said(&mut fields, "name", name);
                kept(fields, None)
            }
        };
        RoomForm { id: id.to_string(), form, sessions: u32::try_from(sessions).unwrap_or(u32::MAX) }
    });
    let refused = new.problem.is_some() || wrong.is_some();
    new.fields.entry("id".to_owned()).or_insert_with(|| edge::fresh_id().to_string());
    o.page(refused, settings::rooms(&o.at("/organizer/rooms"), o.langs(), rooms.collect(), new))
}

/// `POST /organizer/rooms`: a new one. Its id came with the form: sent twice, it is the same room.
pub async fn add_room(o: Organizing) -> Response {
    let id = o.sent.get("id").parse::<RoomId>().unwrap_or(RoomId(edge::fresh_id()));
    let again = o.conference().rooms.contains_key(&id);
    let make = |name| if again { Act::RenameRoom { id, name } } else { Act::AddRoom { id, name } };
    match named(&o, make).await {
        Ok(()) => answers::see("/organizer/rooms?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => rooms_with(&o, Filled { problem: Some(problem), ..o.sent.filled() }, None),
    }
}

/// `POST /organizer/rooms/{id}`.
pub async fn rename_room(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(room) = id.parse::<RoomId>() else { return o.nothing() };
    match named(&o, |name| Act::RenameRoom { id: room, name }).await {
        Ok(()) => answers::see("/organizer/rooms?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => {
            let form = Filled { problem: Some(problem.clone()), ..o.sent.filled() };
            rooms_with(&o, Filled { problem: Some(problem), ..Filled::default() }, Some((id, form)))
        }
    }
}

async fn named(o: &Organizing, act: impl FnOnce(Said) -> Act) -> Result<(), Wrong> {
    let name = o.sent.said("name", LINE).map_err(|refusal| o.problem("name", &refusal))?;
    if name.0.is_empty() {
        return Err(o.problem("name", &Refusal::Empty).into());
    }
    o.act("name", &[act(name)]).await
}

/// `POST /organizer/rooms/{id}/remove`.
pub async fn remove_room(Path(id): Path<String>, o: Organizing) -> Response {
    let Ok(id) = id.parse::<RoomId>() else { return o.nothing() };
    match o.act("", &[Act::RemoveRoom { id }]).await {
        Ok(()) => answers::see("/organizer/rooms?done=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(problem)) => rooms_with(&o, Filled { problem: Some(problem), ..Filled::default() }, None),
    }
}

/// `GET /organizer/reading`: how the conference speaks to whoever has chosen nothing.
pub async fn reading(left: Left, o: Organizing) -> Response {
    let kept = left.contains_key("kept");
    o.page(false, pages::reading::reading(&o.at("/organizer/reading"), o.conference().reading, kept))
}

/// `POST /organizer/reading`. What is not said stays as it was.
pub async fn set_reading(o: Organizing) -> Response {
    let said = |name: &str| Some(o.sent.get(name)).filter(|value| !value.is_empty());
    let old = o.conference().reading;
    let reading = Reading {
        lang: said("lang").and_then(Lang::from_tag).unwrap_or(old.lang),
        own_digits: said("digits").map_or(old.own_digits, |family| family == "arab"),
        younger: said("register").map_or(old.younger, |register| register == "younger"),
        hijri: said("hijri").map_or(old.hijri, |wish| wish == "yes"),
        months: said("months").and_then(Months::parse).unwrap_or(old.months),
    };
    match o.act("", &[Act::SetReading(reading)]).await {
        Ok(()) => answers::see("/organizer/reading?kept=1"),
        Err(Wrong::Page(page)) => *page,
        Err(Wrong::Form(_)) => o.nothing(),
    }
}
