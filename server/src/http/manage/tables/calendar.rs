//! A calendar (iCalendar) as rows: each event is a session.

use icalendar::parser::{Component, Property, read_calendar, unfold};
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::SpanParser;
use nadwa_app::words::{Reader, import as words};
use nadwa_domain::text::clean;

use super::{Row, Table, ZONE, problem, whole};

/// How the ids of our own calendars end.
const OURS: &str = "@nadwa";

/// The sessions of a calendar: the line of each is its place among all events.
pub(super) fn read(r: Reader, text: &str) -> Table {
    let unfolded = unfold(text);
    let Ok(calendar) = read_calendar(&unfolded) else { return Table::refused(whole(words::unreadable(r))) };
    let mut table = Table::default();
    let events = calendar.components.iter().filter(|component| component.name == "VEVENT");
    for (event, line) in events.zip(1..) {
        if text_of(event, "STATUS").eq_ignore_ascii_case("CANCELLED") {
            continue;
        }
        if event.find_prop("RRULE").is_some() || event.find_prop("RDATE").is_some() {
            table.told.push(problem(line, "RRULE", words::only_the_first(r).to_owned()));
        }
        if let Some(row) = row(event, line) {
            table.rows.push(row);
        } else {
            table.told.push(problem(line, &text_of(event, "SUMMARY"), words::no_time_of_day(r).to_owned()));
        }
    }
    table.bounded(r)
}

/// An event that has a time of day; one of whole days is no session.
fn row(event: &Component, line: u64) -> Option<Row> {
    let starts = event.find_prop("DTSTART")?;
    let from = local(starts.val.as_str());
    let mut row = Row { line, ..Row::default() };
    row.cells.insert("from", from.clone()?);
    if let Some(until) = event.find_prop("DTEND").and_then(|ends| local(ends.val.as_str())) {
        row.cells.insert("until", until);
    } else if let Some(minutes) = event.find_prop("DURATION").and_then(|length| minutes(length.val.as_str())) {
        row.cells.insert("duration", minutes.to_string());
    }
    if let Some(zone) = parameter(starts, "TZID") {
        row.cells.insert(ZONE, zone.trim_matches('"').to_owned());
    }
    let id = [text_of(event, "UID"), text_of(event, "RECURRENCE-ID")].join(" ");
    // Our own descriptions say in one text what has columns of its own.
    let ours = text_of(event, "UID").ends_with(OURS);
    let theirs = [("title", "SUMMARY"), ("room", "LOCATION"), ("about", "DESCRIPTION"), ("theme", "CATEGORIES")];
    row.cells.extend(theirs[..if ours { 2 } else { 4 }].iter().map(|(column, name)| (*column, text_of(event, name))));
    row.cells.insert("id", id.trim().to_owned());
    row.cells.retain(|_, cell| !cell.is_empty());
    Some(row)
}

/// A date with a time, in the form that other files have it in: `20261205T070000Z` is `2026-12-05T07:00:00Z`.
fn local(value: &str) -> Option<String> {
    let (clock, sign) = value.strip_suffix('Z').map_or((value, ""), |clock| (clock, "Z"));
    // A date alone would be read as its midnight.
    let time = DateTime::strptime("%Y%m%dT%H%M%S", clock).ok().filter(|_| Date::strptime("%Y%m%d", clock).is_err())?;
    Some(format!("{}{sign}", time.strftime("%Y-%m-%dT%H:%M:%S")))
}

fn minutes(duration: &str) -> Option<i64> {
    let length: SignedDuration = SpanParser::new().parse_duration(duration).ok()?;
    Some(length.as_mins()).filter(|minutes| *minutes > 0)
}

fn parameter(property: &Property, name: &str) -> Option<String> {
    let found = property.params.iter().find(|parameter| parameter.key.as_str().eq_ignore_ascii_case(name))?;
    Some(found.val.as_ref()?.as_str().to_owned())
}

fn text_of(event: &Component, name: &str) -> String {
    let text = event.find_prop(name).map(|property| property.val.clone().unescape_text());
    clean(text.as_ref().map_or("", |text| text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::{PROGRAMME, read};
    use super::*;

    #[test]
    fn events_are_sessions_and_whole_days_are_none() {
        let r = Reader::new(nadwa_domain::Lang::AR, nadwa_app::words::Digits::Latin);
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@b\r\nDTSTART:20261205T070000Z\r\nDTEND:20261205T080000Z\r\n\
            SUMMARY:Voices\\, hands\r\n  and more\r\nLOCATION:Main\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:c\r\nRRULE:FREQ=DAILY\r\n\
            DTSTART;TZID=Europe/Paris:20261205T100000\r\nDURATION:PT1H30M\r\nSUMMARY:Hands\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:d\r\nDTSTART;VALUE=DATE:20261205\r\nSUMMARY:All day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let table = read(r, text, PROGRAMME);
        assert!(table.problems.is_empty(), "{table:?}");
        let of = |row: usize| {
            ["id", "from", "until", "duration", "title", "room", ZONE].map(|c| table.rows[row].get(c).to_owned())
        };
        assert_eq!(
            of(0),
            ["a@b", "2026-12-05T07:00:00Z", "2026-12-05T08:00:00Z", "", "Voices, hands and more", "Main", ""]
        );
        assert_eq!(of(1), ["c", "2026-12-05T10:00:00", "", "90", "Hands", "", "Europe/Paris"]);
        assert_eq!((table.rows.len(), table.told.len()), (2, 2));
    }
}
