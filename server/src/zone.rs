//! The venue's clock: a time zone by name, or minutes east of UTC where no name is known.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use nadwa_domain::Instant;
use nadwa_domain::conference::Conference;

use crate::when;

/// What begins in the evening and ends after midnight is no longer than this, in minutes: eight hours.
const LONGEST_EVENING: u16 = 8 * 60;

/// A zone by its name (`Asia/Qatar`).
#[must_use]
pub fn by_name(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// Every zone that has a name, in the order of the alphabet.
#[must_use]
pub fn names() -> Vec<String> {
    let is_place = |name: &String| name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("SystemV/");
    let mut names: Vec<String> =
        jiff::tz::db().available().map(|name| name.as_str().to_owned()).filter(is_place).collect();
    names.push("UTC".to_owned());
    names.sort_unstable();
    names
}

/// A conference's zone.
#[must_use]
pub fn of(conference: &Conference) -> TimeZone {
    by_name(&conference.zone).unwrap_or_else(|| fixed(conference.utc_offset))
}

fn fixed(minutes: i32) -> TimeZone {
    let offset = jiff::tz::Offset::from_seconds(minutes.saturating_mul(60)).unwrap_or(jiff::tz::Offset::UTC);
    TimeZone::fixed(offset)
}

/// Minutes east of UTC at an instant.
#[must_use]
pub fn offset(conference: &Conference, at: Instant) -> i32 {
    if conference.zone.is_empty() {
        return conference.utc_offset;
    }
    offset_of(&of(conference), at)
}

/// The same of a zone.
#[must_use]
pub fn offset_of(zone: &TimeZone, at: Instant) -> i32 {
    zone.to_offset(timestamp(at)).seconds() / 60
}

/// The day on which an instant falls.
#[must_use]
pub fn date(zone: &TimeZone, at: Instant) -> Date {
    zone.to_datetime(timestamp(at)).date()
}

/// The time of day, hours and minutes: `09:30`.
#[must_use]
pub fn time(zone: &TimeZone, at: Instant) -> String {
    let time = zone.to_datetime(timestamp(at)).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The instant of a day and so many minutes of it on the venue's clock; 24:00 is the day after at nought. A time that a
/// change of the clocks leaves out is the later one; one that comes twice is the first.
#[must_use]
pub fn instant(zone: &TimeZone, date: Date, minutes: u16) -> Option<Instant> {
    let (date, minutes) =
        if minutes < when::DAY { (date, minutes) } else { (date.tomorrow().ok()?, minutes - when::DAY) };
    let time = Time::new(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0).ok()?;
    let zoned = zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok()?;
    Some(Instant(zoned.timestamp().as_millisecond()))
}

/// From when until when something goes on that begins on a day: what ends earlier than it begins ends after midnight, if
/// that is no longer than a long evening (`C5`).
#[must_use]
pub fn span(zone: &TimeZone, date: Date, from: u16, until: u16) -> Option<(Instant, Instant)> {
    let starts_at = instant(zone, date, from)?;
    let over_midnight = until <= from && until + when::DAY - from <= LONGEST_EVENING;
    let last = if over_midnight { date.tomorrow().ok()? } else { date };
    Some((starts_at, instant(zone, last, until)?))
}

/// When a day begins.
#[must_use]
pub fn begin(zone: &TimeZone, date: Date) -> Option<Instant> {
    instant(zone, date, 0)
}

/// The days from the one to the other, both included; at most sixty.
#[must_use]
pub fn days(conference: &Conference) -> Vec<Date> {
    let Some((from, until)) = conference.days else { return Vec::new() };
    let zone = of(conference);
    let last = date(&zone, Instant(until.0 - 1));
    date(&zone, from).series(jiff::Span::new().days(1)).take(60).take_while(|day| *day <= last).collect()
}

/// Reads a day of a form, in any digits and in any of the forms that people write (`L6`, `C6`): in numbers the day stands
/// first, as people write it here.
#[must_use]
pub fn parse_date(typed: &str) -> Option<Date> {
    when::day(typed)?.date(when::Order::DayFirst)
}

/// An instant as machines read it (RFC 3339).
#[must_use]
pub fn stamp(at: Instant) -> String {
    timestamp(at).to_string()
}

fn timestamp(at: Instant) -> Timestamp {
    Timestamp::default().saturating_add(SignedDuration::from_millis(at.0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_in_any_digits_and_no_others_are() {
        assert_eq!(parse_date("٢٠٢٦-٠٥-٢٣"), Some(jiff::civil::date(2026, 5, 23)));
        assert_eq!(parse_date("\u{200f}23/5/2026"), Some(jiff::civil::date(2026, 5, 23)));
        for wrong in ["2026-13-01", "2026-02-30", "23/5", "x"] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_evening_ends_after_midnight_and_a_morning_does_not() {
        let doha = by_name("Asia/Qatar").unwrap();
        let day = jiff::civil::date(2026, 2, 20);
        let hours = |from: u16, until: u16| {
            span(&doha, day, from * 60, until * 60).map(|(from, until)| (until - from).0 / 3_600_000)
        };
        assert_eq!([hours(21, 24), hours(22, 1), hours(20, 0), hours(9, 10)], [Some(3), Some(3), Some(4), Some(1)]);
        assert_eq!([hours(10, 9), hours(9, 9)], [Some(-1), Some(0)], "and whoever asks refuses it");
    }

    #[test]
    fn a_day_in_paris_has_its_own_length_when_the_clocks_change() {
        let paris = by_name("Europe/Paris").unwrap();
        let day = jiff::civil::date(2026, 3, 29);
        let (begin, next) = (begin(&paris, day).unwrap(), begin(&paris, day.tomorrow().unwrap()).unwrap());
        assert_eq!((next - begin).0, 23 * 3_600_000);
        assert_eq!(time(&paris, instant(&paris, day, 570).unwrap()), "09:30");
    }
}
