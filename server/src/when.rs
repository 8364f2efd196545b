//! Days and times as people and other programs write them: in any digits, with the names of months, as spreadsheets
//! count them (`C6`). What can be read in two ways is not guessed here: whoever has the whole file decides.

use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::{SignedDuration, Timestamp};
use nadwa_domain::fold;

/// A day as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// It can mean no other.
    Certain(Date),
    /// `05/12/2026`: the fifth of December, or the twelfth of May.
    Slashed {
        /// What stands first.
        first: i8,
        /// What stands second.
        second: i8,
        year: i16,
    },
}

/// What stands first in a day that is written in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// `05/12` is in December.
    #[default]
    DayFirst,
    /// `05/12` is in May.
    MonthFirst,
}

/// A moment as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// With its distance from UTC.
    Exact(Timestamp),
    /// By some clock: the day, and minutes since its beginning.
    Local(Day, u16),
}

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;
/// Years of two digits are of this century, from here on: `5/12/05` is nobody's plan.
const FIRST_SHORT_YEAR: i16 = 20;

/// Names of months, folded; the place in a row is the month's. Both families of Arabic names.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "janv", "يناير", "كانون الثاني", "جانفي"],
    &["february", "feb", "février", "févr", "fév", "فبراير", "شباط", "فيفري"],
    &["march", "mar", "mars", "مارس", "آذار"],
    &["april", "apr", "avril", "avr", "أبريل", "إبريل", "نيسان", "أفريل"],
    &["may", "mai", "مايو", "أيار", "ماي"],
    &["june", "jun", "juin", "يونيو", "يونيه", "حزيران", "جوان"],
    &["july", "jul", "juillet", "juil", "يوليو", "يوليه", "تموز", "جويلية"],
    &["august", "aug", "août", "أغسطس", "آب", "أوت"],
    &["september", "sep", "sept", "septembre", "سبتمبر", "أيلول"],
    &["october", "oct", "octobre", "أكتوبر", "تشرين الأول"],
    &["november", "nov", "novembre", "نوفمبر", "تشرين الثاني"],
    &["december", "dec", "décembre", "déc", "ديسمبر", "كانون الأول"],
];

/// What may stand beside a day without changing it: its name, and little words.
const BESIDE: &[&str] = &[
    "monday",
    "mon",
    "tuesday",
    "tue",
    "wednesday",
    "wed",
    "thursday",
    "thu",
    "friday",
    "fri",
    "saturday",
    "sat",
    "sunday",
    "sun",
    "lundi",
    "lun",
    "mardi",
    "mercredi",
    "mer",
    "jeudi",
    "jeu",
    "vendredi",
    "ven",
    "samedi",
    "sam",
    "dimanche",
    "dim",
    "السبت",
    "الأحد",
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "يوم",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "of",
    "the",
    "le",
    "من",
    "م",
];

/// Signs of the half of a day, folded: whether it is the later one.
const HALVES: &[(&str, bool)] = &[
    ("am", false),
    ("a", false),
    ("ص", false),
    ("صباحا", false),
    ("pm", true),
    ("p", true),
    ("م", true),
    ("مساء", true),
    ("ظهرا", true),
    ("بعد الظهر", true),
];

/// A day: `2026-12-05`, `5/12/26`, `05-Dec-26`, «السبت ٥ ديسمبر ٢٠٢٦», `46361` as spreadsheets count. A time of nought
/// behind it is none.
#[must_use]
pub fn day(typed: &str) -> Option<Day> {
    let typed = plain(typed);
    if let Some(day) = bare_day(&typed) {
        return Some(day);
    }
    match split(&typed)? {
        (day, 0) => Some(day),
        _ => None,
    }
}

/// A time of day in minutes: `9:30`, `09:30:00`, `9h30`, `9:30 AM`, «٩:٣٠ ص», `0.395833`; `24:00` is the day's end.
#[must_use]
pub fn time(typed: &str) -> Option<u16> {
    bare_time(&plain(typed))
}

/// A day and a time in one: `2026-12-05T09:30:00+03:00`, `5/12/2026 9:30 AM`, `46361.395833`.
#[must_use]
pub fn moment(typed: &str) -> Option<Moment> {
    let typed = plain(typed);
    if let Ok(exact) = typed.to_uppercase().parse::<Timestamp>() {
        return Some(Moment::Exact(exact));
    }
    split(&typed).map(|(day, minutes)| Moment::Local(day, minutes))
}

/// How long something is, in minutes: `30`, `90 min`, `1:30`, `01:30:00`, `1h30`.
#[must_use]
pub fn length(typed: &str) -> Option<u16> {
    let typed = plain(typed);
    let bare = typed.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c == ' ');
    let minutes = if bare.bytes().all(|b| b.is_ascii_digit()) && !typed.ends_with('h') {
        bare.parse().ok()
    } else {
        clock_minutes(&typed)
    };
    minutes.filter(|minutes| (1..=DAY).contains(minutes))
}

/// What the clock shows in a moment that says its distance from UTC, beside the moment itself.
#[must_use]
pub fn clock_of(typed: &str) -> Option<(Timestamp, DateTime)> {
    let typed = plain(typed).to_uppercase();
    let (at, pieces) = (typed.parse::<Timestamp>().ok()?, Pieces::parse(&typed).ok()?);
    Some((at, pieces.date().to_datetime(pieces.time()?)))
}

impl Day {
    /// The day, by the order that its file has.
    #[must_use]
    pub fn date(self, order: Order) -> Option<Date> {
        match (self, order) {
            (Self::Certain(date), _) => Some(date),
            (Self::Slashed { first, second, year }, Order::DayFirst) => Date::new(year, second, first).ok(),
            (Self::Slashed { first, second, year }, Order::MonthFirst) => Date::new(year, first, second).ok(),
        }
    }
}

/// The order in which all the days of a file are written; nothing if both would do, and would not mean the same.
/// `within` says whether a day may be meant at all.
#[must_use]
pub fn order(days: &[Day], within: impl Fn(Date) -> bool) -> Option<Order> {
    let fits = |order: &Order, strict: bool| {
        days.iter().all(|day| day.date(*order).is_some_and(|date| !strict || within(date)))
    };
    let both = [Order::DayFirst, Order::MonthFirst];
    let same = days.iter().all(|day| day.date(Order::DayFirst) == day.date(Order::MonthFirst));
    for strict in [true, false] {
        let would: Vec<Order> = both.into_iter().filter(|order| fits(order, strict)).collect();
        match would[..] {
            [one] => return Some(one),
            [_, _] => return same.then(Order::default),
            _ => {}
        }
    }
    // No order suits every line: each line that does not fit is told by itself.
    Some(Order::default())
}

/// Cleaned, with the digits 0 to 9, in small letters.
fn plain(typed: &str) -> String {
    let digit = |c: char| nadwa_domain::conference::code::ascii_digit(c).unwrap_or(c);
    let typed: String = nadwa_domain::text::clean(typed).chars().map(digit).collect();
    typed.replace(['\u{a0}', '\u{202f}'], " ").trim().to_lowercase()
}

/// At some space, comma or `t` a day ends and a time begins.
fn split(typed: &str) -> Option<(Day, u16)> {
    if let Some((days, minutes)) = counted(typed) {
        return Some((days, minutes));
    }
    // A day alone would be its midnight.
    if let Ok(both) = typed.to_uppercase().parse::<DateTime>()
        && typed.contains(':')
    {
        let minutes = u16::from(both.hour().unsigned_abs()) * 60 + u16::from(both.minute().unsigned_abs());
        let (month, day) = (i16::from(both.month()), i16::from(both.day()));
        return Some((certain(both.year(), month, day)?, minutes));
    }
    let places = typed.char_indices().filter(|(_, c)| matches!(c, ' ' | ',' | '،' | 't'));
    places.into_iter().find_map(|(at, sign)| {
        let (day, time) = (&typed[..at], &typed[at + sign.len_utf8()..]);
        Some((bare_day(day)?, bare_time(time.trim_start_matches([' ', ',', '،']))?))
    })
}

/// Days since 1899-12-30 as spreadsheets count them, with the part of a day behind the point; only of this time.
fn counted(typed: &str) -> Option<(Day, u16)> {
    let (days, part) = typed.split_once('.').unwrap_or((typed, ""));
    if days.len() != 5 || !days.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days: i64 = days.parse().ok().filter(|days| (40_000..60_000).contains(days))?;
    let date = jiff::civil::date(1899, 12, 30).checked_add(SignedDuration::from_hours(days * 24)).ok()?;
    Some((Day::Certain(date), part_of_a_day(&format!("0.{part}0"))?))
}

fn part_of_a_day(typed: &str) -> Option<u16> {
    let part: f64 = typed.parse().ok().filter(|part| (0.0..1.0).contains(part))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1440")]
    let minutes = (part * f64::from(DAY)).round() as u16;
    Some(minutes)
}

fn bare_day(typed: &str) -> Option<Day> {
    if let Some((day, 0)) = counted(typed) {
        return Some(day);
    }
    if typed.len() == 8 && typed.bytes().all(|b| b.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| typed.get(range)?.parse::<i16>().ok();
        return certain(part(0..4)?, part(4..6)?, part(6..8)?).filter(|_| typed.starts_with("20"));
    }
    let (words, numbers) = tokens(typed)?;
    let months: Vec<i16> = words.iter().filter_map(|word| month(word)).collect();
    match (months[..].first(), &numbers[..]) {
        (Some(month), [day, year]) if months.len() == 1 && *day <= 31 => certain(full(*year)?, *month, *day),
        (None, [year, month, day]) if *year > 31 => certain(*year, *month, *day),
        (None, [first, second, year]) => {
            let (first, second) = (i8::try_from(*first).ok()?, i8::try_from(*second).ok()?);
            let day = Day::Slashed { first, second, year: full(*year)? };
            let dates = (day.date(Order::DayFirst), day.date(Order::MonthFirst));
            dates.0.or(dates.1).map(|_| day)
        }
        _ => None,
    }
}

/// A day of which nothing has to be guessed. Years are those of a plan, not those of another calendar.
fn certain(year: i16, month: i16, day: i16) -> Option<Day> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1900..2200).contains(&year).then_some(Day::Certain(date))
}

fn full(year: i16) -> Option<i16> {
    match year {
        0..100 => (year >= FIRST_SHORT_YEAR).then_some(2000 + year),
        _ => (1900..2200).contains(&year).then_some(year),
    }
}

/// The words and the numbers of a day; nothing if a word is neither a month's nor one that may stand beside.
fn tokens(typed: &str) -> Option<(Vec<String>, Vec<i16>)> {
    let mut texts: Vec<String> = vec![];
    let mut last = None;
    for c in typed.chars() {
        let class = if c.is_ascii_digit() { Some(true) } else { c.is_alphabetic().then_some(false) };
        match class {
            Some(_) if class == last => texts.last_mut()?.push(c),
            Some(_) => texts.push(c.to_string()),
            None if matches!(c, ' ' | '-' | '/' | '.' | ',' | '،') => {}
            // A mark of an Arabic letter belongs to its word.
            None if last == Some(false) && !c.is_ascii() => {
                texts.last_mut()?.push(c);
                continue;
            }
            None => return None,
        }
        last = class;
    }
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    for text in texts {
        match text.parse::<i16>() {
            Ok(number) => numbers.push(number),
            Err(_) if text.starts_with(|c: char| c.is_ascii_digit()) => return None,
            // «كانون الأول» is one name of two words.
            Err(_) if words.last().is_some_and(|word: &String| is_half(word)) => {
                words.last_mut()?.push_str(&format!(" {text}"));
            }
            Err(_) => words.push(text),
        }
    }
    let beside = |word: &String| BESIDE.iter().any(|known| fold::key(known) == fold::key(word));
    words.iter().all(|word| month(word).is_some() || beside(word)).then_some((words, numbers))
}

fn is_half(word: &str) -> bool {
    ["كانون", "تشرين"].iter().any(|half| fold::key(half) == fold::key(word))
}

fn month(word: &str) -> Option<i16> {
    let key = fold::key(word);
    let place = MONTHS.iter().position(|names| names.iter().any(|name| fold::key(name) == key))?;
    i16::try_from(place + 1).ok()
}

fn bare_time(typed: &str) -> Option<u16> {
    if typed.starts_with("0.") && typed.len() > 4 {
        return part_of_a_day(typed);
    }
    let digits_end = typed.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (clock, rest) = typed.split_at(digits_end);
    let half = match rest.replace(['.', ' '], "") {
        rest if rest.is_empty() => None,
        // `9h` is nine o'clock; `9:30 h` is as it stands.
        rest if rest == "h" => return clock_minutes(if clock.contains([':', 'h']) { clock } else { typed }),
        rest => {
            let key = fold::key(&rest);
            let found = HALVES.iter().find(|(sign, _)| fold::key(&sign.replace(' ', "")) == key);
            Some(found.map(|(_, later)| *later)?)
        }
    };
    match half {
        None => clock_minutes(clock),
        Some(later) => in_half(clock_minutes(clock).or_else(|| whole_hour(clock))?, later),
    }
}

/// Twelve is the beginning of each half; thirteen is in none.
fn in_half(minutes: u16, later: bool) -> Option<u16> {
    let half = DAY / 2;
    (60..13 * 60).contains(&minutes).then(|| minutes % half + if later { half } else { 0 })
}

fn whole_hour(clock: &str) -> Option<u16> {
    clock.trim().parse::<u16>().ok().filter(|hour| *hour <= 12).map(|hour| hour * 60)
}

/// `9:30`, `09:30:00`, `9.30`, `9h30`, `9 h 30`, `9h`, `0930`.
fn clock_minutes(clock: &str) -> Option<u16> {
    let clock = clock.replace(' ', "");
    if clock.len() == 4 && clock.bytes().all(|b| b.is_ascii_digit()) {
        return of_parts(&clock[..2], &clock[2..]);
    }
    let (hours, rest) = clock.split_once([':', '.', 'h'])?;
    let minutes = rest.split([':', '.']).next().unwrap_or_default();
    match minutes {
        "" if clock.ends_with('h') => of_parts(hours, "00"),
        // `9.3` is what a spreadsheet leaves of 9.30, or three minutes past: nobody can tell.
        _ if minutes.len() == 2 => of_parts(hours, minutes),
        _ => None,
    }
}

fn of_parts(hours: &str, minutes: &str) -> Option<u16> {
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && all <= DAY).then_some(all)
}

#[cfg(test)]
#[path = "when/tests.rs"]
mod tests;
