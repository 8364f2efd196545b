//! Numbers, clocks, times, dates and codes, in the reader's digits (`L3`, `L5`, `L6`).
//!
//! Server and browser share this one formatter, so that both always write the same. What it writes runs left to
//! right: a page puts it into an isolating element; a sentence isolates it by itself.

use nadwa_domain::conference::reading::Months;
use nadwa_domain::time::{Instant, Span};

use super::{Digits, Reader, clock as sentences, common, date, number as signs, say};

/// A whole number, with the language's mark between thousands: `1,234`, `1 234`, `١٬٢٣٤`.
#[must_use]
pub fn number(r: Reader, n: i64) -> String {
    let plain = n.unsigned_abs().to_string();
    let group = match r.digits {
        Digits::Latin => signs::group(r),
        Digits::ArabicIndic => signs::group_own(r),
    };
    let mut out = String::new();
    if n < 0 {
        out.push('-');
    }
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(digit);
    }
    digits(r, &out)
}

/// From the least to the most: `80 – 89`, `٨٠ – ٨٩`.
///
/// Between Arabic digits the dash would run from right to left even in an element that runs the other way; marks at
/// its sides hold it.
#[must_use]
pub fn range(r: Reader, from: i64, to: i64) -> String {
    [&number(r, from), "\u{200E} – \u{200E}", &number(r, to)].concat()
}

/// A share in percent: `52%`, `52 %`, `٥٢٪`.
#[must_use]
pub fn percent(r: Reader, n: u64) -> String {
    let n = say::counted(r, n);
    match r.digits {
        Digits::Latin => signs::percent(r, &n),
        Digits::ArabicIndic => signs::percent_own(r, &n),
    }
}

/// A speaking clock, from what remains: `3:42`, from an hour on `1:02:05`.
///
/// Begun seconds count whole: `0:01` is shown until nothing remains, `0:00` for the second after that. Over time
/// (negative) counts up after a plus: `+0:20`. So every figure stays for one second, and all devices that agree on
/// the time show the same.
#[must_use]
pub fn clock(r: Reader, remaining: Span) -> String {
    let (hours, minutes, seconds) = parts(remaining);
    let plus = if shown_seconds(remaining) < 0 { "+" } else { "" };
    let text = match hours {
        0 => format!("{plus}{minutes}:{seconds:02}"),
        _ => format!("{plus}{hours}:{minutes:02}:{seconds:02}"),
    };
    digits(r, &text)
}

/// A span in full words, for screen readers: «3 دقائق و42 ثانية», "3 minutes 42 seconds".
///
/// Rounded as [`clock`] is; over time is said without a sign, for a sentence such as `clock::over_by`.
#[must_use]
pub fn spoken_span(r: Reader, span: Span) -> String {
    let (hours, minutes, seconds) = parts(span);
    let mut said = [(hours, sentences::hours as fn(Reader, u64) -> String), (minutes, sentences::minutes)]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, say)| say(r, n))
        .collect::<Vec<_>>();
    if seconds > 0 || said.is_empty() {
        said.push(sentences::seconds(r, seconds));
    }
    said.into_iter().reduce(|before, next| sentences::and(r, &before, &next)).unwrap_or_default()
}

/// What remains, as a sentence: «بقيت دقيقتان», "20 seconds over time".
#[must_use]
pub fn spoken_clock(r: Reader, remaining: Span) -> String {
    let span = spoken_span(r, remaining);
    if shown_seconds(remaining) < 0 { sentences::over_by(r, &span) } else { sentences::remaining(r, &span) }
}

/// Whole seconds as a clock shows them: rounded up.
const fn shown_seconds(span: Span) -> i64 {
    span.0.div_euclid(1000) + if span.0.rem_euclid(1000) > 0 { 1 } else { 0 }
}

/// Hours, minutes and seconds of a clock, without sign.
const fn parts(span: Span) -> (u64, u64, u64) {
    let seconds = shown_seconds(span).unsigned_abs();
    (seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The time of day where the clocks are `offset` minutes ahead of UTC: `10:30`, `9:00`.
#[must_use]
pub fn time_of_day(r: Reader, at: Instant, offset: i32) -> String {
    let minutes = local_minutes(at, offset).rem_euclid(24 * 60);
    digits(r, &format!("{}:{:02}", minutes / 60, minutes % 60))
}

/// A day of the Gregorian calendar, its month as the conference calls it: «23 مايو», «23 أيار», "23 May", "1er mai".
#[must_use]
pub fn date(r: Reader, at: Instant, offset: i32) -> String {
    let (_, month, day) = civil(local_days(at, offset));
    date::day_month(r, &day_of_month(r, day), month_name(r, month))
}

/// A day with its year: «23 مايو 2022».
#[must_use]
pub fn date_with_year(r: Reader, at: Instant, offset: i32) -> String {
    let (year, month, day) = civil(local_days(at, offset));
    let year = digits(r, &year.to_string());
    date::day_month_year(r, &day_of_month(r, day), month_name(r, month), &year)
}

/// A day with its name: «الاثنين 23 مايو».
#[must_use]
pub fn weekday_date(r: Reader, at: Instant, offset: i32) -> String {
    // 1970-01-01 was a Thursday, the fifth name.
    let weekday = (local_days(at, offset) + 4).rem_euclid(7);
    let name = usize::try_from(weekday).ok().and_then(|i| date::weekdays(r).get(i)).copied().unwrap_or_default();
    date::weekday_date(r, name, &date(r, at, offset))
}

/// A day of the Hijri calendar, as the server computed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HijriDay {
    /// The year.
    pub year: i64,
    /// From 1, Muharram.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

/// A day of the Hijri calendar with its year: «22 شوال 1443 للهجرة» (`L16`).
#[must_use]
pub fn hijri(r: Reader, day: HijriDay) -> String {
    let month = usize::from(day.month).checked_sub(1).and_then(|i| date::hijri_months(r).get(i)).copied();
    date::hijri(r, &digits(r, &day.day.to_string()), month.unwrap_or_default(), &digits(r, &day.year.to_string()))
}

fn day_of_month(r: Reader, day: i64) -> String {
    let text = digits(r, &day.to_string());
    if day == 1 { date::first_day(r, &text) } else { text }
}

fn month_name(r: Reader, month: i64) -> &'static str {
    let names = month_names(r);
    usize::try_from(month - 1).ok().and_then(|i| names.get(i)).copied().unwrap_or_default()
}

/// The twelve months from January, as the conference calls them (`L16`).
#[must_use]
pub fn month_names(r: Reader) -> &'static [&'static str] {
    match r.months {
        Months::Gulf => date::months(r),
        Months::Levant => date::months_levant(r),
        Months::Maghreb => date::months_maghreb(r),
        Months::Morocco => date::months_morocco(r),
        Months::Both => date::months_both(r),
    }
}

const fn local_minutes(at: Instant, offset: i32) -> i64 {
    at.0.div_euclid(60_000) + offset as i64
}

const fn local_days(at: Instant, offset: i32) -> i64 {
    local_minutes(at, offset).div_euclid(24 * 60)
}

/// Year, month and day of a day counted from 1970-01-01. Years are counted from March, so that the leap day is last.
const fn civil(days: i64) -> (i64, i64, i64) {
    let since_march_0000 = days + 719_468;
    let era = since_march_0000.div_euclid(146_097);
    let day_of_era = since_march_0000.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = era * 400 + year_of_era + if month <= 2 { 1 } else { 0 };
    (year, month, day_of_year - (153 * march_month + 2) / 5 + 1)
}

/// A code in groups that are easy to read out: `471 926`.
///
/// The space does not break, and keeps the groups in order even where nothing isolates them.
#[must_use]
pub fn code(r: Reader, code: &str) -> String {
    let length = code.chars().count();
    let group = if length > 4 && !length.is_multiple_of(3) && length.is_multiple_of(4) { 4 } else { 3 };
    let mut out = String::new();
    for (at, c) in code.chars().enumerate() {
        if at > 0 && length > 4 && at.is_multiple_of(group) {
            out.push('\u{A0}');
        }
        out.push(c);
    }
    digits(r, &out)
}

/// A text with its ASCII digits in the reader's family.
#[must_use]
pub fn digits(r: Reader, text: &str) -> String {
    if r.digits == Digits::Latin {
        return text.to_owned();
    }
    let own = |c: char| signs::own_digits(r).chars().nth(c.to_digit(10)? as usize);
    text.chars().map(|c| own(c).unwrap_or(c)).collect()
}

/// What was typed, with the digits of every keyboard (٠-٩, ۰-۹) as ASCII (`L6`).
#[must_use]
pub fn parse_digits(typed: &str) -> String {
    let ascii = |c: char| match c {
        '\u{0660}'..='\u{0669}' => char::from_digit(c as u32 - 0x0660, 10),
        '\u{06F0}'..='\u{06F9}' => char::from_digit(c as u32 - 0x06F0, 10),
        _ => None,
    };
    typed.chars().map(|c| ascii(c).unwrap_or(c)).collect()
}

/// A code as it was typed, without the spaces and marks that people and keyboards put between its signs (`L6`).
#[must_use]
pub fn parse_code(typed: &str) -> String {
    parse_digits(typed).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Names in a row: «مريم ولينا وسالم», "Mariam, Lina and Salem".
#[must_use]
pub fn names(r: Reader, names: &[&str]) -> String {
    let Some((last, before)) = names.split_last() else { return String::new() };
    let before = before.iter().map(|name| (*name).to_owned()).reduce(|all, name| common::list_more(r, &all, &name));
    before.map_or_else(|| (*last).to_owned(), |before| common::list_last(r, &before, last))
}
