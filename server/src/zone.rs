//! The venue's clock: a time zone by name, or minutes east of UTC where no name is known.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use nadwa_domain::Instant;
use nadwa_domain::conference::Conference;

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

/// The instant of a day and a time on the venue's clock. A time that a change of the clocks leaves out is the later
/// one; one that comes twice is the first.
#[must_use]
pub fn instant(zone: &TimeZone, date: Date, time: Time) -> Option<Instant> {
    let zoned = zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok()?;
    Some(Instant(zoned.timestamp().as_millisecond()))
}

/// When a day begins.
#[must_use]
pub fn begin(zone: &TimeZone, date: Date) -> Option<Instant> {
    instant(zone, date, Time::midnight())
}

/// The days from the one to the other, both included; at most sixty.
#[must_use]
pub fn days(conference: &Conference) -> Vec<Date> {
    let Some((from, until)) = conference.days else { return Vec::new() };
    let zone = of(conference);
    let last = date(&zone, Instant(until.0 - 1));
    date(&zone, from).series(jiff::Span::new().days(1)).take(60).take_while(|day| *day <= last).collect()
}

/// Reads `2026-05-23`, or a day, month and year as they are typed here: `23/5/2026`. Digits of any family (`L6`).
#[must_use]
pub fn parse_date(typed: &str) -> Option<Date> {
    let typed = ascii(typed);
    let parts: Vec<i16> = typed.split(['-', '/', '.']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = parts[..] else { return None };
    let (year, month, day) = if a > 31 { (a, b, c) } else { (c, b, a) };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| year > 1900)
}

/// Reads `9:30` or `09:30`. Digits of any family (`L6`).
#[must_use]
pub fn parse_time(typed: &str) -> Option<Time> {
    let typed = ascii(typed);
    let (hours, minutes) = typed.split_once([':', '.', 'h'])?;
    // Seconds, where a program wrote them, are left out.
    let minutes = minutes.split(':').next()?;
    Time::new(hours.trim().parse().ok()?, minutes.trim().parse().ok()?, 0, 0).ok()
}

fn ascii(typed: &str) -> String {
    let plain = nadwa_domain::text::clean(typed);
    plain
        .chars()
        .map(|c| nadwa_domain::conference::code::ascii_digit(c).unwrap_or(c))
        .collect::<String>()
        .trim()
        .to_owned()
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
        for wrong in ["2026-13-01", "2026-02-30", "23/5", "x", "23/5/26"] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
        assert_eq!(parse_time("٩:٣٠").map(|time| (time.hour(), time.minute())), Some((9, 30)));
        assert_eq!(parse_time("25:00"), None);
    }

    #[test]
    fn a_day_in_paris_has_its_own_length_when_the_clocks_change() {
        let paris = by_name("Europe/Paris").unwrap();
        let day = jiff::civil::date(2026, 3, 29);
        let (begin, next) = (begin(&paris, day).unwrap(), begin(&paris, day.tomorrow().unwrap()).unwrap());
        assert_eq!((next - begin).0, 23 * 3_600_000);
        assert_eq!(time(&paris, instant(&paris, day, parse_time("9:30").unwrap()).unwrap()), "09:30");
    }
}
