//! Out: the programme as a calendar, as `schedule.json`, as tables. Nothing of closed meetings leaves by the public
//! ways, and nobody is named who is not shown (`S12`, `S18`).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, EventLike};
use jiff::Timestamp;
use nadwa_app::parts::moment::kind_name;
use nadwa_app::words::Reader;
use nadwa_domain::conference::{Conference, Listing};
use nadwa_domain::{Choice, Instant, Lang};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use crate::http::call::find;
use crate::http::manage::programme::{room_name, speakers};
use crate::http::manage::{Organizing, people};
use crate::http::visitor::Visitor;
use crate::http::{App, answers};
use crate::zone;

/// `GET /programme.ics`: the whole public programme, to be subscribed.
pub async fn calendar(State(app): State<App>, visitor: Visitor) -> Response {
    let conference = app.rooms.conference().state();
    let sessions: Vec<&Listing> = conference.public_sessions().collect();
    ics(&app, visitor.reader, &conference, &sessions)
}

/// `GET /s/{code}/calendar.ics`: one session.
pub async fn session_calendar(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Response {
    match find(&app, &visitor, &code).await {
        Ok((listing, _)) => ics(&app, visitor.reader, &app.rooms.conference().state(), &[&listing]),
        Err(kind) => answers::error_page(&app, &visitor, kind),
    }
}

fn ics(app: &App, r: Reader, conference: &Conference, sessions: &[&Listing]) -> Response {
    let mut calendar = Calendar::new();
    calendar.name(&conference.name.for_reader(r.lang).text);
    calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT15M"));
    calendar.append_property(("X-PUBLISHED-TTL", "PT15M"));
    for listing in sessions {
        calendar.push(event(app, r, conference, listing));
    }
    let body = calendar.done().to_string();
    ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], body).into_response()
}

fn event(app: &App, r: Reader, conference: &Conference, listing: &Listing) -> icalendar::Event {
    let mut about: Vec<String> = vec![kind_name(r, listing.kind).to_owned()];
    let names = speakers(app, listing, r.lang);
    let texts = names.iter().map(|name| name.text.clone());
    about.extend([listing.theme.for_reader(r.lang).text, texts.collect::<Vec<_>>().join(", ")]);
    about.push(listing.about.for_reader(r.lang).text);
    about.retain(|line| !line.is_empty());
    let mut event = icalendar::Event::new();
    let written = conference.published_at.unwrap_or(listing.starts_at);
    event
        .uid(&format!("{}@nadwa", listing.session))
        .add_property("DTSTAMP", stamp(written))
        .add_property("DTSTART", stamp(listing.starts_at))
        .add_property("DTEND", stamp(listing.ends_at))
        .add_property("SEQUENCE", conference.edition.to_string())
        .summary(&listing.title.for_reader(r.lang).text)
        .description(&about.join("\n"))
        .location(&room_name(conference, listing, r.lang).text);
    if let Some(code) = &listing.code {
        event.url(&format!("{}/s/{}?lang={}", app.public_url, code.as_str(), r.lang.tag()));
    }
    event.done()
}

/// An instant as iCalendar writes it: `20260523T073000Z`.
#[must_use]
pub fn stamp(at: Instant) -> String {
    let timestamp = Timestamp::from_millisecond(at.0).unwrap_or_default();
    timestamp.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// `GET /programme.json`: the public programme as other conference programs read it.
pub async fn schedule(State(app): State<App>, visitor: Visitor) -> Response {
    let conference = app.rooms.conference().state();
    let r = visitor.reader;
    let zone = zone::of(&conference);
    let mut dates: Vec<_> = conference.public_sessions().map(|listing| zone::date(&zone, listing.starts_at)).collect();
    dates.sort_unstable();
    dates.dedup();
    let day = |(index, date): (usize, &jiff::civil::Date)| {
        let mut rooms = serde_json::Map::new();
        for (id, name) in &conference.rooms {
            let in_room = |listing: &&Listing| listing.room == *id && zone::date(&zone, listing.starts_at) == *date;
            let events: Vec<Value> =
                conference.public_sessions().filter(in_room).map(|l| talk(&app, r, &conference, l)).collect();
            rooms.insert(name.for_reader(r.lang).text, Value::Array(events));
        }
        let begin = zone::begin(&zone, *date).map(|at| timestamp(at, &zone));
        let end = date.tomorrow().ok().and_then(|next| zone::begin(&zone, next)).map(|at| timestamp(at, &zone));
        json!({"index": index + 1, "date": date.to_string(), "day_start": begin, "day_end": end, "rooms": rooms})
    };
    let days: Vec<Value> = dates.iter().enumerate().map(day).collect();
    let rooms: Vec<Value> =
        conference.rooms.values().map(|name| json!({"name": name.for_reader(r.lang).text})).collect();
    Json(json!({"schedule": {
        "version": conference.edition.to_string(),
        "base_url": &*app.public_url,
        "conference": {
            "title": conference.name.for_reader(r.lang).text,
            "acronym": "nadwa",
            "start": dates.first().map(ToString::to_string),
            "end": dates.last().map(ToString::to_string),
            "daysCount": dates.len(),
            "timeslot_duration": "00:05",
            "time_zone_name": conference.zone,
            "rooms": rooms,
            "days": days,
        }
    }}))
    .into_response()
}

fn timestamp(at: Instant, zone: &jiff::tz::TimeZone) -> String {
    let zoned = Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone.clone());
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn talk(app: &App, r: Reader, conference: &Conference, listing: &Listing) -> Value {
    let zone = zone::of(conference);
    let minutes = (listing.ends_at - listing.starts_at).0 / 60_000;
    let title = listing.title.for_reader(r.lang);
    let persons: Vec<Value> =
        speakers(app, listing, r.lang).iter().map(|name| json!({"public_name": name.text})).collect();
    let each = |said: &nadwa_domain::Said| {
        let texts: serde_json::Map<String, Value> =
            said.0.iter().map(|(lang, text)| (lang.tag().to_owned(), Value::from(text.clone()))).collect();
        texts
    };
    json!({
        "guid": listing.session.to_string(),
        "date": timestamp(listing.starts_at, &zone),
        "start": zone::time(&zone, listing.starts_at),
        "duration": format!("{:02}:{:02}", minutes / 60, minutes % 60),
        "room": room_name(conference, listing, r.lang).text,
        "title": title.text,
        "language": title.lang.tag(),
        "track": listing.theme.for_reader(r.lang).text,
        "type": listing.kind.key(),
        "abstract": listing.about.for_reader(r.lang).text,
        "description": "",
        "persons": persons,
        "url": listing.code.as_ref().map(|code| format!("{}/s/{}", app.public_url, code.as_str())),
        "titles": each(&listing.title),
        "tracks": each(&listing.theme),
        "abstracts": each(&listing.about),
    })
}

/// A table: heads and rows of text.
pub struct Table {
    pub name: &'static str,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// `GET /organizer/programme.csv`.
pub async fn programme_csv(o: Organizing) -> Response {
    csv(&programme_table(&o))
}

/// `GET /organizer/programme.xlsx`.
pub async fn programme_xlsx(o: Organizing) -> Response {
    xlsx(&o.app, &o.visitor, &programme_table(&o))
}

/// `GET /organizer/people.csv`.
pub async fn people_csv(o: Organizing) -> Response {
    csv(&people_table(&o))
}

/// `GET /organizer/people.xlsx`.
pub async fn people_xlsx(o: Organizing) -> Response {
    xlsx(&o.app, &o.visitor, &people_table(&o))
}

/// The draft without closed meetings; the columns are those that an import reads.
fn programme_table(o: &Organizing) -> Table {
    let conference = o.conference();
    let zone = zone::of(&conference);
    let main = conference.spoken().next().unwrap_or_default();
    let mut heads: Vec<String> = ["id", "day", "from", "until", "room", "kind"].map(str::to_owned).to_vec();
    for field in ["title", "theme", "about"] {
        heads.extend(Lang::all().map(|lang| format!("{field}.{}", lang.tag())));
    }
    heads.extend(["speakers".to_owned(), "code".to_owned()]);
    let mut sessions: Vec<&Listing> = conference.sessions.iter().filter(|listing| listing.is_public()).collect();
    sessions.sort_by_key(|listing| (listing.starts_at, listing.room));
    let row = |listing: &&Listing| {
        let mut row = vec![
            listing.session.to_string(),
            zone::date(&zone, listing.starts_at).to_string(),
            zone::time(&zone, listing.starts_at),
            zone::time(&zone, listing.ends_at),
            room_name(&conference, listing, main).text,
            listing.kind.key().to_owned(),
        ];
        for said in [&listing.title, &listing.theme, &listing.about] {
            row.extend(Lang::all().map(|lang| said.0.get(&lang).cloned().unwrap_or_default()));
        }
        let names: Vec<String> = speakers(&o.app, listing, main).into_iter().map(|name| name.text).collect();
        row.extend([names.join("; "), listing.code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default()]);
        row
    };
    Table { name: "programme", heads, rows: sessions.iter().map(row).collect() }
}

/// People as others see them: a name that is not shown is in no file (`S12`).
fn people_table(o: &Organizing) -> Table {
    let conference = o.conference();
    let mut heads = vec!["person".to_owned()];
    heads.extend(Lang::all().map(|lang| format!("name.{}", lang.tag())));
    heads.extend(["group", "shows", "lang"].map(str::to_owned));
    for field in ["organisation", "prefix", "office", "country", "bio"] {
        heads.extend(Lang::all().map(|lang| format!("{field}.{}", lang.tag())));
    }
    heads.extend(["function", "order", "guardian", "media", "role", "session"].map(str::to_owned));
    let main = conference.spoken().next().unwrap_or_default();
    let row = |(id, person): (&nadwa_domain::ids::PersonId, &nadwa_domain::conference::people::Person)| {
        let name = o.app.rooms.name_of(*id).unwrap_or_default();
        let mut row = vec![id.to_string()];
        row.extend(Lang::all().map(|lang| name.0.get(&lang).cloned().unwrap_or_default()));
        row.extend([
            person.about.group.key().to_owned(),
            person.about.shows.key().to_owned(),
            person.about.lang.tag().to_owned(),
        ]);
        let (told, organisation) = (&person.profile, conference.organisation_of(person));
        for said in [organisation, &told.title, &told.office, &told.country, &told.about] {
            row.extend(Lang::all().map(|lang| said.0.get(&lang).cloned().unwrap_or_default()));
        }
        let functions: Vec<&str> = told.functions.iter().map(|function| function.key()).collect();
        row.extend([
            functions.join("; "),
            told.order.map(|order| order.to_string()).unwrap_or_default(),
            person.guardian.state.key().to_owned(),
            person.media.state.key().to_owned(),
        ]);
        // A row a card: what comes back says again who has which.
        let cards = people::cards(&conference, *id).into_iter().map(|(role, session)| {
            let listing = session.and_then(|id| conference.listing(id));
            let code = listing.and_then(|listing| Some(listing.code.as_ref()?.as_str().to_owned()));
            let session = code.or_else(|| Some(listing?.title.for_reader(main).text)).unwrap_or_default();
            [role.key().to_owned(), session]
        });
        let mut cards: Vec<[String; 2]> = cards.collect();
        if cards.is_empty() {
            cards.push([String::new(), String::new()]);
        }
        cards.into_iter().map(move |card| row.iter().cloned().chain(card).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    Table { name: "people", heads, rows: conference.people.iter().flat_map(row).collect() }
}

/// CSV in UTF-8 with a byte order mark, so that spreadsheets read Arabic; no cell is a formula (`L17`).
#[must_use]
pub fn csv(table: &Table) -> Response {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let mut lines = std::iter::once(&table.heads).chain(&table.rows);
    let written = lines.try_for_each(|line| writer.write_record(line.iter().map(|cell| harmless(cell))));
    let body = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    file(table, "csv", "text/csv; charset=utf-8", body)
}

/// A spreadsheet that is read in the reader's direction.
pub fn xlsx(app: &App, visitor: &Visitor, table: &Table) -> Response {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    sheet.set_right_to_left(visitor.reader.lang.dir() == nadwa_domain::Dir::Rtl);
    let mut written = Ok(());
    for (row, line) in (0..).zip(std::iter::once(&table.heads).chain(&table.rows)) {
        for (column, cell) in (0..).zip(line) {
            let cell = harmless(cell);
            let outcome = match row {
                0 => sheet.write_string_with_format(row, column, cell, &bold),
                _ => sheet.write_string(row, column, cell),
            };
            written = written.and(outcome.map(|_| ()));
        }
    }
    match written.and_then(|()| workbook.save_to_buffer()) {
        Ok(body) => file(table, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body),
        Err(error) => {
            tracing::error!(%error, "a table could not be written");
            answers::error_page(app, visitor, nadwa_app::pages::error::ErrorKind::Broken)
        }
    }
}

fn file(table: &Table, ending: &str, kind: &'static str, body: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{}.{ending}\"", table.name);
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], body).into_response()
}

/// Against formula injection: a cell that a spreadsheet would run gets an apostrophe before it, which makes it a text.
#[must_use]
pub fn harmless(cell: &str) -> String {
    let runs = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠');
    if cell.trim_start().starts_with(runs) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+974", "-2", "@sum", "\t=1", " =1"] {
            assert!(harmless(cell).starts_with('\''), "{cell:?}");
        }
        assert_eq!(harmless("ندوة - ١"), "ندوة - ١");
    }

    #[test]
    fn an_instant_is_written_as_calendars_do() {
        assert_eq!(stamp(Instant(1_653_291_000_000)), "20220523T073000Z");
    }
}
