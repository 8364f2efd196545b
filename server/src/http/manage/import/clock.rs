//! The times of a file: in which order its days are written, by which clock, and what each row says by it (`C5`, `C6`).

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use nadwa_app::words::{Reader, import as words, numbers};
use nadwa_domain::conference::{Conference, Listing};
use nadwa_domain::{Instant, Span};

use crate::http::manage::import::Found;
use crate::http::manage::tables::{Row, ZONE, problem, whole};
use crate::when::{self, Day, Moment, Order};
use crate::zone;

/// What is understood whoever wrote it.
const A_DAY: &str = "2026-12-05";
const A_TIME: &str = "09:30";

/// By what a file's times are understood.
pub(super) struct Clock {
    zone: TimeZone,
    order: Order,
    /// The conference's days: nothing begins outside of them.
    pub(super) days: Option<(Instant, Instant)>,
}

/// What a cell says of when something begins or ends.
enum Said {
    Exact(Instant),
    Local(Option<Date>, u16),
}

impl Found {
    /// How the file as a whole writes its days; what is not certain is asked back, what was chosen is told.
    pub(super) fn clock(&mut self, r: Reader, conference: &Conference, rows: &[Row]) -> Clock {
        let own = zone::of(conference);
        let slashed: Vec<(&str, Day)> = rows.iter().flat_map(slashed).collect();
        let days: Vec<Day> = slashed.iter().map(|(_, day)| *day).collect();
        let within = |date: Date| {
            let Some(((from, until), at)) = conference.days.zip(zone::begin(&own, date)) else { return true };
            at >= from && at < until
        };
        let order = when::order(&days, within);
        if let Some((typed, day)) = slashed.first() {
            match order.and_then(|order| zone::begin(&own, day.date(order)?)) {
                Some(at) => {
                    let date = numbers::date(r, at, zone::offset(conference, at));
                    self.told.push(whole(&words::days_read(r, typed, &date)));
                }
                None if order.is_none() => self.problems.push(problem(0, "day", words::unclear_days(r, typed, A_DAY))),
                None => {}
            }
        }
        self.other_clocks(r, conference, rows);
        Clock { zone: own, order: order.unwrap_or_default(), days: conference.days }
    }

    /// Times by another clock than the conference's are right, and look wrong to whoever reads them beside the file.
    fn other_clocks(&mut self, r: Reader, conference: &Conference, rows: &[Row]) {
        let others: BTreeSet<&str> =
            rows.iter().map(|row| row.get(ZONE)).filter(|zone| !zone.is_empty() && *zone != conference.zone).collect();
        let own = zone::of(conference);
        let elsewhere =
            |row: &Row| when::clock_of(row.get("from")).is_some_and(|(at, read)| own.to_datetime(at) != read);
        let zone = others.into_iter().next().map(str::to_owned);
        let zone = zone.or_else(|| rows.iter().any(elsewhere).then(|| "UTC±".to_owned()));
        if let Some(zone) = zone {
            self.told.push(whole(&words::other_clock(r, &zone)));
        }
    }

    /// From when until when a row's session goes on. A row that says nothing of it leaves a session as it was.
    pub(super) fn span(
        &mut self,
        r: Reader,
        clock: &Clock,
        row: &Row,
        was: Option<&Listing>,
    ) -> Option<(Instant, Instant)> {
        let says = ["day", "from", "until", "duration"].iter().any(|column| !row.get(column).is_empty());
        if let (false, Some(was)) = (says, was) {
            return Some((was.starts_at, was.ends_at));
        }
        let zone = self.zone(r, clock, row)?;
        let Some((date, begun, starts_at)) = self.start(r, clock, &zone, row) else {
            // What else is wrong in the row is told at once.
            if !row.get("until").is_empty() {
                self.said_in(r, clock, row, "until");
            }
            return None;
        };
        let length = when::length(row.get("duration")).filter(|_| row.get("until").is_empty());
        let ends_at = match length {
            Some(minutes) => starts_at + Span::minutes(i64::from(minutes)),
            None => match self.said_in(r, clock, row, "until")? {
                Said::Exact(at) => at,
                Said::Local(Some(date), minutes) => zone::instant(&zone, date, minutes)?,
                Said::Local(None, minutes) => zone::span(&zone, date, begun, minutes)?.1,
            },
        };
        Some((starts_at, ends_at))
    }

    /// When it begins: the day, the minutes since then, and the instant.
    fn start(&mut self, r: Reader, clock: &Clock, zone: &TimeZone, row: &Row) -> Option<(Date, u16, Instant)> {
        match self.said_in(r, clock, row, "from")? {
            Said::Exact(at) => Some((zone::date(zone, at), when::time(&zone::time(zone, at))?, at)),
            Said::Local(date, minutes) => {
                let date = date.or_else(|| self.day(r, clock, row))?;
                Some((date, minutes, zone::instant(zone, date, minutes)?))
            }
        }
    }

    /// The clock of a row's file, if it has one of its own.
    fn zone(&mut self, r: Reader, clock: &Clock, row: &Row) -> Option<TimeZone> {
        match row.get(ZONE) {
            "" => Some(clock.zone.clone()),
            name => zone::by_name(name).or_else(|| {
                self.wrong(row, "time_zone", words::bad_value(r, name));
                None
            }),
        }
    }

    fn day(&mut self, r: Reader, clock: &Clock, row: &Row) -> Option<Date> {
        let typed = row.get("day");
        let date = when::day(typed).and_then(|day| day.date(clock.order));
        if date.is_none() {
            let sentence =
                if typed.is_empty() { words::needed(r).to_owned() } else { words::bad_date(r, typed, A_DAY) };
            self.wrong(row, "day", sentence);
        }
        date
    }

    fn said_in(&mut self, r: Reader, clock: &Clock, row: &Row, column: &'static str) -> Option<Said> {
        let typed = row.get(column);
        let said = match when::moment(typed) {
            Some(Moment::Exact(at)) => Some(Said::Exact(Instant(at.as_millisecond()))),
            Some(Moment::Local(day, minutes)) => day.date(clock.order).map(|date| Said::Local(Some(date), minutes)),
            None => when::time(typed).map(|minutes| Said::Local(None, minutes)),
        };
        if said.is_none() {
            let sentence =
                if typed.is_empty() { words::needed(r).to_owned() } else { words::bad_time(r, typed, A_TIME) };
            self.wrong(row, column, sentence);
        }
        said
    }
}

impl Clock {
    /// What a row says of its day.
    pub(super) fn typed_day<'a>(&self, row: &'a Row) -> &'a str {
        if row.get("day").is_empty() { row.get("from") } else { row.get("day") }
    }
}

/// Every day of a row that could mean two.
fn slashed(row: &Row) -> Vec<(&str, Day)> {
    let of = |column| {
        let typed = row.get(column);
        let day = match when::moment(typed) {
            Some(Moment::Local(day, _)) => Some(day),
            Some(Moment::Exact(_)) => None,
            None => when::day(typed),
        };
        day.filter(|day| matches!(day, Day::Slashed { .. })).map(|day| (typed, day))
    };
    ["day", "from", "until"].into_iter().filter_map(of).collect()
}
