//! Files as they come, whatever wrote them: tables in any of the usual encodings and separators, `schedule.json` and
//! `schedule.xml` of conference programs, calendars. One kind of row comes out (`C6`).

mod calendar;
mod heads;
mod schedule;
mod text;

use std::collections::BTreeMap;

use nadwa_app::pages::plan::import::RowProblem;
use nadwa_app::words::{Reader, import as words};

pub use heads::{PEOPLE, PROGRAMME};
pub use text::{ENCODINGS, decode};

/// A row: its line in the file, and its cells by the name of their column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// From 1, as a spreadsheet counts; in other files the place among all.
    pub line: u64,
    /// Cleaned, without what deceives; empty cells are left out.
    pub cells: BTreeMap<&'static str, String>,
}

impl Row {
    /// A cell; empty if there is none.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// What was understood of a file's form.
#[derive(Debug, Default)]
pub struct Table {
    pub rows: Vec<Row>,
    /// Why nothing can be written.
    pub problems: Vec<RowProblem>,
    /// What is not as somebody might think.
    pub told: Vec<RowProblem>,
}

/// Most rows of a file.
const MOST_ROWS: usize = 3000;
/// Most columns: ours, and as many that somebody's table has besides.
const MOST_COLUMNS: usize = 200;
/// The clock of a file's times, by the zone's name: a column that only files of programs have.
pub const ZONE: &str = "zone";

impl Table {
    fn refused(problem: RowProblem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }

    /// A file of nothing, or of too much, is none.
    fn bounded(self, r: Reader) -> Self {
        match self.rows.len() {
            0 if self.problems.is_empty() => Self { problems: vec![whole(words::empty(r))], ..self },
            rows if rows > MOST_ROWS => Self::refused(whole(words::too_large(r))),
            _ => self,
        }
    }
}

/// The rows of a text, by what it is.
#[must_use]
pub fn read(r: Reader, text: &str, known: &'static [&'static str]) -> Table {
    let text = text.trim_start_matches('\u{FEFF}');
    let begin = text.trim_start();
    let begins = |sign: &str| begin.get(..sign.len()).is_some_and(|head| head.eq_ignore_ascii_case(sign));
    let of_programme = known == PROGRAMME;
    match () {
        () if begin.is_empty() => Table::refused(whole(words::empty(r))),
        () if begins("{") && of_programme => schedule::json(r, text),
        () if begins("BEGIN:VCALENDAR") && of_programme => calendar::read(r, text),
        () if begins("<") && of_programme && begin.contains("<schedule") => schedule::xml(r, begin),
        () => match other_kind(begins) {
            Some(kind) => Table::refused(whole(&words::other_kind(r, kind))),
            None => text::rows(r, text, known),
        },
    }
}

/// A text that is no table, by its name.
fn other_kind(begins: impl Fn(&str) -> bool) -> Option<&'static str> {
    let kinds = [
        ("{", "JSON"),
        ("[{", "JSON"),
        ("BEGIN:VCALENDAR", "iCalendar"),
        ("BEGIN:VCARD", "vCard"),
        ("<!doctype html", "HTML"),
        ("<html", "HTML"),
        ("<", "XML"),
    ];
    kinds.into_iter().find(|(sign, _)| begins(sign)).map(|(_, kind)| kind)
}

/// A problem of one cell.
#[must_use]
pub fn problem(line: u64, column: &str, sentence: String) -> RowProblem {
    RowProblem { line, column: column.to_owned(), sentence }
}

/// A problem of the whole file.
#[must_use]
pub fn whole(sentence: &str) -> RowProblem {
    problem(0, "", sentence.to_owned())
}
