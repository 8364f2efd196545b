//! `schedule.json` and `schedule.xml`, as frab, pretalx and we ourselves write them: each talk is a row.

use std::collections::BTreeMap;

use nadwa_app::words::{Reader, import as words};
use nadwa_domain::Lang;
use nadwa_domain::text::clean;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader as Xml, XmlVersion};
use serde_json::{Map, Value, json};

use super::{Row, Table, ZONE, problem, whole};
use crate::when;

/// Elements within elements, at most.
const DEEPEST: usize = 16;

/// The talks of a `schedule.json`: the line of each is its place among all.
pub(super) fn json(r: Reader, text: &str) -> Table {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => talks(r, &value),
        Err(error) => Table::refused(problem(error.line() as u64, "", words::unreadable(r).to_owned())),
    }
}

/// The talks of a `schedule.xml`: brought into the form of the other first.
pub(super) fn xml(r: Reader, text: &str) -> Table {
    match tree(text) {
        Some(value) => talks(r, &value),
        None => Table::refused(whole(words::unreadable(r))),
    }
}

fn talks(r: Reader, file: &Value) -> Table {
    let conference = file.pointer("/schedule/conference").unwrap_or(&Value::Null);
    let days = conference.get("days").or_else(|| file.pointer("/schedule/days")).and_then(Value::as_array);
    let Some(days) = days else {
        return Table::refused(problem(0, "schedule.conference.days", words::missing_column(r).to_owned()));
    };
    let zone = text_at(conference, "time_zone_name");
    let mut table = Table::default();
    for day in days {
        for (room, talk) in in_rooms(day) {
            let line = table.rows.len() as u64 + 1;
            let mut row = Row { line, cells: cells(day, &room, talk) };
            if !zone.is_empty() {
                row.cells.insert(ZONE, zone.clone());
            }
            let lang = text_at(talk, "language");
            if !lang.is_empty() && lang_of(&lang).is_none() {
                table.told.push(problem(line, "language", words::other_language(r, &lang)));
            }
            table.rows.push(row);
        }
    }
    table.bounded(r)
}

/// The talks of a day with the room that each is in: rooms are an object, or a list of those that have a name.
fn in_rooms(day: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    match day.get("rooms") {
        Some(Value::Object(rooms)) => {
            for (room, talks) in rooms {
                found.extend(talks.as_array().into_iter().flatten().map(|talk| (clean(room), talk)));
            }
        }
        Some(Value::Array(rooms)) => {
            for room in rooms {
                let talks = room.get("talks").or_else(|| room.get("events")).and_then(Value::as_array);
                found.extend(talks.into_iter().flatten().map(|talk| (text_at(room, "name"), talk)));
            }
        }
        _ => {}
    }
    found
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => clean(text),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

fn text_at(value: &Value, name: &str) -> String {
    value.get(name).map(text_of).unwrap_or_default()
}

/// A language of ours by its tag, whatever country or register stands behind it.
fn lang_of(tag: &str) -> Option<Lang> {
    Lang::from_tag(tag.to_lowercase().split(['-', '_']).next().unwrap_or_default())
}

fn cells(day: &Value, room: &str, talk: &Value) -> BTreeMap<&'static str, String> {
    let of = |name: &str| text_at(talk, name);
    let first = |names: &[&str]| names.iter().map(|name| of(name)).find(|text| !text.is_empty()).unwrap_or_default();
    let lang = lang_of(&of("language")).unwrap_or(Lang::EN);
    let mut cells: BTreeMap<&'static str, String> = BTreeMap::new();
    let (start, date) = (of("start"), of("date"));
    // What says its distance from UTC is meant whatever else is said.
    let exact = matches!(when::moment(&date), Some(when::Moment::Exact(_)));
    cells.insert("from", if exact || start.is_empty() { date } else { start.clone() });
    cells.insert("day", day_of(day, &start));
    cells.insert("duration", of("duration"));
    cells.insert("id", first(&["guid", "id", "code"]));
    cells.insert("room", if room.is_empty() { of("room") } else { room.to_owned() });
    cells.insert("kind", of("type"));
    for (own, each, columns) in [
        (of("title"), "titles", ["title.ar", "title.en", "title.fr"]),
        (of("track"), "tracks", ["theme.ar", "theme.en", "theme.fr"]),
        (first(&["abstract", "description"]), "abstracts", ["about.ar", "about.en", "about.fr"]),
    ] {
        for (tag, column) in ["ar", "en", "fr"].into_iter().zip(columns) {
            // Our own files have every language; others have the one that the talk is in.
            let given = talk.get(each).map(|texts| text_at(texts, tag));
            let own = || if lang.tag() == tag { own.clone() } else { String::new() };
            cells.insert(column, given.unwrap_or_else(own));
        }
    }
    let persons = talk.get("persons").and_then(Value::as_array).into_iter().flatten();
    let name = |person: &Value| {
        let names = ["public_name", "full_public_name", "name"].into_iter().map(|name| text_at(person, name));
        names.into_iter().find(|name| !name.is_empty())
    };
    cells.insert("speakers", persons.filter_map(name).collect::<Vec<_>>().join("; "));
    cells.retain(|_, cell| !cell.is_empty());
    cells
}

/// A talk that begins earlier than its day does is after midnight, on the day that follows.
fn day_of(day: &Value, start: &str) -> String {
    let written = text_at(day, "date");
    let begins = ["day_start", "start"].into_iter().map(|name| text_at(day, name)).find(|text| !text.is_empty());
    let clock = begins.as_deref().and_then(|begins| begins.split_once('T')).and_then(|(_, time)| time.get(..5));
    let early = clock.and_then(when::time).zip(when::time(start)).is_some_and(|(begins, start)| start < begins);
    let next = match when::day(&written) {
        Some(when::Day::Certain(date)) => date.tomorrow().ok().filter(|_| early),
        Some(when::Day::Slashed { .. }) | None => None,
    };
    next.map_or(written, |next| next.to_string())
}

/// A `schedule.xml` in the form of a `schedule.json`; nothing if it is none.
fn tree(text: &str) -> Option<Value> {
    let mut reader = Xml::from_str(text);
    let (mut open, mut said) = (Vec::<(String, Value)>::new(), String::new());
    let (mut conference, mut days) = (Map::new(), Vec::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if open.len() < DEEPEST => {
                open.push(element(&tag)?);
                said.clear();
            }
            Event::Start(_) => return None,
            Event::Empty(tag) => {
                let (name, value) = element(&tag)?;
                close(&mut open, &mut conference, &mut days, &name, value, "");
            }
            Event::Text(text) => said.push_str(&text),
            Event::CData(text) => said.push_str(&text),
            Event::GeneralRef(name) => said.push_str(&reference(&name)?),
            Event::End(_) => {
                let (name, value) = open.pop()?;
                close(&mut open, &mut conference, &mut days, &name, value, said.trim());
                said.clear();
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
        }
    }
    conference.insert("days".to_owned(), Value::Array(days));
    open.is_empty().then(|| json!({"schedule": {"conference": conference}}))
}

/// A sign that is written by its name or number; names that a file has made for itself are none.
fn reference(name: &BytesRef) -> Option<String> {
    if let Some(sign) = name.resolve_char_ref().ok()? {
        return Some(sign.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned)
}

fn element(tag: &BytesStart) -> Option<(String, Value)> {
    let mut attributes = Map::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        attributes.insert(attribute.key.local_name().into_inner().to_owned(), Value::from(value.into_owned()));
    }
    Some((tag.local_name().into_inner().to_owned(), Value::Object(attributes)))
}

/// Hangs a finished element where the other form has it.
fn close(
    open: &mut [(String, Value)],
    conference: &mut Map<String, Value>,
    days: &mut Vec<Value>,
    name: &str,
    mut value: Value,
    said: &str,
) {
    let parent = open.last_mut();
    let Some((parent, holder)) = parent else { return };
    let push = |holder: &mut Value, list: &str, value: Value| {
        if let Some(list) = holder.as_object_mut().map(|map| map.entry(list).or_insert_with(|| json!([]))) {
            list.as_array_mut().into_iter().for_each(|list| list.push(value.clone()));
        }
    };
    match (parent.as_str(), name) {
        ("schedule", "day") => days.push(value),
        ("conference", _) => _ = conference.insert(name.to_owned(), Value::from(said)),
        ("day", "room") => push(holder, "rooms", value),
        ("room", "event") => push(holder, "talks", value),
        ("event", "persons") => holder["persons"] = value["persons"].take(),
        ("persons", "person") => {
            value["public_name"] = Value::from(said);
            push(holder, "persons", value);
        }
        ("event", _) if !said.is_empty() => holder[name] = Value::from(said),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PROGRAMME, read};
    use super::*;

    const R: Reader = Reader::new(Lang::AR, nadwa_app::words::Digits::Latin);

    #[test]
    fn a_talk_of_another_program_is_a_row_in_either_form() {
        let json = r#"{"schedule":{"conference":{"time_zone_name":"Europe/Paris","days":[{"date":"2026-05-23",
            "day_start":"2026-05-23T04:00:00+02:00","rooms":{"Main":[
            {"guid":"g-1","start":"09:30","duration":"01:15","title":"Voices & hands","language":"en-GB","type":"Workshop",
             "persons":[{"public_name":"Hana"},{"name":"Sami"}]},
            {"id":7,"start":"00:30","duration":"00:30","title":"Late"}]}}]}}}"#;
        let xml = r#"<?xml version="1.0"?><!DOCTYPE schedule><schedule><version>1</version>
            <conference><title>C</title><time_zone_name>Europe/Paris</time_zone_name></conference>
            <day index="1" date="2026-05-23" start="2026-05-23T04:00:00+02:00" end="x"><room name="Main">
            <event guid="g-1" id="3"><start>09:30</start><duration>01:15</duration><title>Voices &amp; hands</title>
            <language>en-GB</language><type>Workshop</type><abstract/>
            <persons><person id="1">Hana</person><person id="2"><![CDATA[Sami]]></person></persons></event>
            <event id="7"><start>00:30</start><duration>00:30</duration><title>Late</title></event></room></day></schedule>"#;
        for text in [json, xml] {
            let table = read(R, text, PROGRAMME);
            assert!(table.problems.is_empty(), "{table:?}");
            let of = |row: usize| {
                ["id", "day", "from", "duration", "room", "kind", "title.en", "speakers", ZONE]
                    .map(|column| table.rows[row].get(column).to_owned())
            };
            assert_eq!(
                of(0),
                [
                    "g-1",
                    "2026-05-23",
                    "09:30",
                    "01:15",
                    "Main",
                    "Workshop",
                    "Voices & hands",
                    "Hana; Sami",
                    "Europe/Paris"
                ]
            );
            assert_eq!(of(1)[..4], ["7", "2026-05-24", "00:30", "00:30"]);
        }
    }

    #[test]
    fn a_moment_with_its_distance_goes_before_the_clock_and_broken_files_are_refused() {
        let text = r#"{"schedule":{"conference":{"days":[{"date":"2026-12-05","rooms":[{"name":"A","talks":[
            {"date":"2026-12-05T10:00:00+01:00","start":"10:00","duration":30,"title":"T","language":"de"}]}]}]}}}"#;
        let table = read(R, text, PROGRAMME);
        assert_eq!((table.rows[0].get("from"), table.rows[0].get("duration")), ("2026-12-05T10:00:00+01:00", "30"));
        assert_eq!(table.told.len(), 1);
        for broken in ["{", "{}", "<schedule>", "<schedule><day></schedule>", "<schedule>&bomb;</schedule>"] {
            assert!(!read(R, broken, PROGRAMME).problems.is_empty(), "{broken}");
        }
    }
}
