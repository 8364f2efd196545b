use super::*;
use jiff::civil::date;

const FIFTH: Date = date(2026, 12, 5);

#[test]
fn a_day_that_can_mean_no_other_is_read_however_it_is_written() {
    for typed in [
        "2026-12-05",
        "٢٠٢٦-١٢-٠٥",
        "2026/12/5",
        "2026.12.05",
        "20261205",
        "05-Dec-26",
        "5 December 2026",
        "Saturday, 5 December 2026",
        "Dec 5, 2026",
        "5th of December 2026",
        "5 déc. 2026",
        "samedi 5 décembre 2026",
        "٥ ديسمبر ٢٠٢٦",
        "السبت، ٥ كانون الأول ٢٠٢٦",
        "5 كانون الاول 2026",
        "2026-12-05 00:00:00",
        "2026-12-05T00:00",
        "46361",
        "46361.0",
        "\u{200f}2026-12-05\u{200f}",
    ] {
        assert_eq!(day(typed), Some(Day::Certain(FIFTH)), "{typed}");
    }
}

#[test]
fn what_is_no_day_is_none() {
    for typed in [
        "",
        "x",
        "5/12",
        "2026-13-01",
        "2026-02-30",
        "05/12/05",
        "1448-06-25",
        "٢٥ جمادى الآخرة ١٤٤٨",
        "46361.4",
        "12345",
        "2026-12-05 09:30",
        "5 Smarch 2026",
        "5/12/2026/1",
        "-5/12/2026x",
        "99999999999999999999",
    ] {
        assert_eq!(day(typed), None, "{typed}");
    }
}

#[test]
fn a_day_in_numbers_is_read_in_the_order_that_suits_its_whole_file() {
    let slashed = |text: &str| day(text).unwrap();
    let in_december = |date: Date| date.month() == 12 && [5, 6].contains(&date.day());
    let of = |texts: &[&str]| order(&texts.iter().map(|text| slashed(text)).collect::<Vec<_>>(), in_december);
    assert_eq!(of(&["05/12/2026", "06/12/26"]), Some(Order::DayFirst));
    assert_eq!(of(&["12/05/2026", "12/06/2026"]), Some(Order::MonthFirst));
    assert_eq!(of(&["05/12/2026", "25/12/2026"]), Some(Order::DayFirst), "one line can be read in one way alone");
    assert_eq!(of(&["5/12/2026"]).and_then(|order| slashed("5/12/2026").date(order)), Some(FIFTH));
    let anywhere = |days: &[Day]| order(days, |_| true);
    assert_eq!(anywhere(&[slashed("5/12/2026")]), None, "nobody can tell");
    assert_eq!(anywhere(&[slashed("5/5/2026")]), Some(Order::DayFirst), "it is the same day");
    assert_eq!(anywhere(&[slashed("5/12/2026"), slashed("13/12/2026")]), Some(Order::DayFirst));
    assert_eq!(anywhere(&[]), Some(Order::DayFirst));
}

#[test]
fn a_time_is_read_by_both_clocks_and_as_spreadsheets_count() {
    for (typed, minutes) in [
        ("9:30", 570),
        ("09:30:00", 570),
        ("٠٩:٣٠", 570),
        ("9.30", 570),
        ("9h30", 570),
        ("9 h 30", 570),
        ("9h", 540),
        ("0930", 570),
        ("9:30 AM", 570),
        ("9:30am", 570),
        ("9:30 a.m.", 570),
        ("9 AM", 540),
        ("٩:٣٠ ص", 570),
        ("٩:٣٠ صباحاً", 570),
        ("١:١٥ م", 795),
        ("1:15 مساءً", 795),
        ("12:00 AM", 0),
        ("12:30 pm", 750),
        ("0.395833333", 570),
        ("00:00", 0),
        ("24:00", DAY),
    ] {
        assert_eq!(time(typed), Some(minutes), "{typed}");
    }
    for typed in
        ["", "9", "9.3", "24:01", "25:00", "9:60", "13:00 PM", "0:30 PM", "9:30 x", "99999999999:00", "::", "-1:00"]
    {
        assert_eq!(time(typed), None, "{typed}");
    }
}

#[test]
fn a_moment_knows_its_distance_or_has_none() {
    let exact = "2026-12-05T07:00:00Z".parse().unwrap();
    for typed in ["2026-12-05T10:00:00+03:00", "2026-12-05 07:00:00Z", "2026-12-05T08:00+01:00"] {
        assert_eq!(moment(typed), Some(Moment::Exact(exact)), "{typed}");
    }
    for typed in
        ["2026-12-05 10:00", "2026-12-05T10:00:00", "46361.41666667", "Dec 5, 2026 10:00 AM", "5 ديسمبر 2026، 10:00 ص"]
    {
        assert_eq!(moment(typed), Some(Moment::Local(Day::Certain(FIFTH), 600)), "{typed}");
    }
    let slashed = Day::Slashed { first: 5, second: 12, year: 2026 };
    assert_eq!(moment("05/12/2026 10:00"), Some(Moment::Local(slashed, 600)));
    for typed in ["10:00", "2026-12-05", "x 10:00", ""] {
        assert_eq!(moment(typed), None, "{typed}");
    }
}

#[test]
fn a_length_is_minutes_or_hours_and_minutes() {
    for (typed, minutes) in
        [("30", 30), ("90 min", 90), ("01:30", 90), ("1:30:00", 90), ("1h30", 90), ("2h", 120), ("٤٥ دقيقة", 45)]
    {
        assert_eq!(length(typed), Some(minutes), "{typed}");
    }
    for typed in ["", "0", "-5", "99999", "long"] {
        assert_eq!(length(typed), None, "{typed}");
    }
}
