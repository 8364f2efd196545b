//! Files as they come: any of the usual encodings and separators, or `schedule.json`; one kind of row comes out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};
use nadwa_app::pages::plan::import::RowProblem;
use nadwa_app::words::{Reader, import as words};
use nadwa_domain::fold;
use nadwa_domain::text::clean;
use serde_json::Value;

use crate::http::forms::composed;

/// A row: its line in the file, and its cells by the name of their column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// From 1; the head is line 1.
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

/// Most rows of a file.
const MOST_ROWS: usize = 3000;
/// Most columns: ours, and as many that somebody's table has besides.
const MOST_COLUMNS: usize = 200;

/// The columns of people.
pub const PEOPLE: &[&str] = &[
    "person",
    "name.ar",
    "name.en",
    "name.fr",
    "group",
    "shows",
    "lang",
    "organisation",
    "guardian",
    "media",
    "role",
    "session",
];
/// The columns of the programme.
pub const PROGRAMME: &[&str] = &[
    "day", "from", "until", "room", "kind", "title.ar", "title.en", "title.fr", "theme.ar", "theme.en", "theme.fr",
    "about.ar", "about.en", "about.fr", "speakers", "code",
];

/// Other names of columns, folded.
const ALSO: &[(&str, &str)] = &[
    ("name", "name.ar"),
    ("الاسم", "name.ar"),
    ("اسم", "name.ar"),
    ("nom", "name.fr"),
    ("prénom", "name.fr"),
    ("id", "person"),
    ("رقم الشخص", "person"),
    ("المعرف", "person"),
    ("personne", "person"),
    ("numéro", "person"),
    ("guardian consent", "guardian"),
    ("parental consent", "guardian"),
    ("موافقة الأهل", "guardian"),
    ("موافقة الوالدين", "guardian"),
    ("موافقة الأسرة", "guardian"),
    ("accord parental", "guardian"),
    ("accord du responsable", "guardian"),
    ("autorisation parentale", "guardian"),
    ("media consent", "media"),
    ("photo consent", "media"),
    ("consent to be recorded", "media"),
    ("موافقة التسجيل", "media"),
    ("accord photo", "media"),
    ("droit à l'image", "media"),
    ("accord d’enregistrement", "media"),
    ("الفئة", "group"),
    ("groupe", "group"),
    ("يظهر", "shows"),
    ("اللغة", "lang"),
    ("language", "lang"),
    ("langue", "lang"),
    ("الجهة", "organisation"),
    ("organization", "organisation"),
    ("موافقة ولي الأمر", "guardian"),
    ("موافقة التصوير", "media"),
    ("الدور", "role"),
    ("rôle", "role"),
    ("الجلسة", "session"),
    ("séance", "session"),
    ("date", "day"),
    ("اليوم", "day"),
    ("التاريخ", "day"),
    ("jour", "day"),
    ("start", "from"),
    ("من", "from"),
    ("البداية", "from"),
    ("début", "from"),
    ("end", "until"),
    ("إلى", "until"),
    ("النهاية", "until"),
    ("fin", "until"),
    ("القاعة", "room"),
    ("salle", "room"),
    ("النوع", "kind"),
    ("type", "kind"),
    ("title", "title.ar"),
    ("العنوان", "title.ar"),
    ("titre", "title.fr"),
    ("theme", "theme.ar"),
    ("track", "theme.ar"),
    ("المحور", "theme.ar"),
    ("thème", "theme.fr"),
    ("about", "about.ar"),
    ("abstract", "about.ar"),
    ("description", "about.ar"),
    ("الوصف", "about.ar"),
    ("المتحدثون", "speakers"),
    ("speaker", "speakers"),
    ("intervenants", "speakers"),
];

/// The text of a file, and the name of the encoding that it was in.
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, &'static str) {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    let (text, ..) = encoding.decode(bytes);
    (composed(&text).into_owned(), encoding.name())
}

/// Without a byte order mark: UTF-8 if it is valid, UTF-16 if every second byte is zero, else Windows-1256, as old
/// Arabic spreadsheets write.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    // Line ends and separators have a zero byte in UTF-16, whatever the script.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => WINDOWS_1256,
        (even, odd) if odd >= even => UTF_16LE,
        _ => UTF_16BE,
    }
}

/// The rows of a text, and what is wrong with its form. A text that begins like JSON is read as `schedule.json`.
#[must_use]
pub fn rows(r: Reader, text: &str, known: &'static [&'static str]) -> (Vec<Row>, Vec<RowProblem>) {
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim().is_empty() {
        return (vec![], vec![whole(words::empty(r))]);
    }
    if known == PROGRAMME && text.trim_start().starts_with('{') {
        return schedule(r, text);
    }
    let head = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|sign| head.bytes().filter(|b| b == sign).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(heads)) = records.next() else { return (vec![], vec![whole(words::unreadable(r))]) };
    if heads.len() > MOST_COLUMNS {
        return (vec![], vec![whole(words::too_large(r))]);
    }
    let columns: Vec<Option<&'static str>> = heads.iter().map(|head| column(head, known)).collect();
    let mut problems: Vec<RowProblem> = heads
        .iter()
        .zip(&columns)
        .filter(|(head, column)| column.is_none() && !clean(head).is_empty())
        .map(|(head, _)| problem(1, &clean(head), words::unknown_column(r).to_owned()))
        .collect();
    let mut rows = Vec::new();
    for record in records {
        let Ok(record) = record else {
            problems.push(whole(words::unreadable(r)));
            break;
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| clean(cell).is_empty()) {
            continue;
        }
        if record.len() != heads.len() {
            problems.push(problem(line, "", words::cells(r).to_owned()));
            continue;
        }
        // What stands under no heading would be dropped without a word.
        let stray = columns
            .iter()
            .zip(&heads)
            .zip(&record)
            .find(|((column, head), cell)| column.is_none() && clean(head).is_empty() && !clean(cell).is_empty());
        if let Some((_, cell)) = stray {
            problems.push(problem(line, &clean(cell), words::unknown_column(r).to_owned()));
            continue;
        }
        let cells = columns.iter().zip(record.iter()).filter_map(|(column, cell)| Some(((*column)?, plain(cell))));
        rows.push(Row { line, cells: cells.filter(|(_, cell)| !cell.is_empty()).collect() });
        if rows.len() > MOST_ROWS {
            return (vec![], vec![whole(words::too_large(r))]);
        }
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(whole(words::empty(r)));
    }
    (rows, problems)
}

/// A cell, cleaned; the sign that made it harmless on its way out is taken off again.
fn plain(cell: &str) -> String {
    let cell = clean(cell);
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell,
    }
}

/// [`ALSO`] by the folded name: folding all of them again for each column of a table takes seconds.
static FOLDED: LazyLock<Vec<(String, &'static str)>> =
    LazyLock::new(|| ALSO.iter().map(|(name, of)| (fold::key(name), *of)).collect());

fn column(head: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let head = clean(head).to_lowercase().replace([' ', '_'], ".");
    let exact = known.iter().find(|name| **name == head).copied();
    exact.or_else(|| {
        let folded = fold::key(&head.replace('.', " "));
        let also = FOLDED.iter().find(|(name, of)| *name == folded && known.contains(of));
        also.and_then(|(_, of)| known.iter().find(|name| *name == of).copied())
    })
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

/// The talks of a `schedule.json` (pretalx, frab) as rows: the line of each is its place among all.
fn schedule(r: Reader, text: &str) -> (Vec<Row>, Vec<RowProblem>) {
    let Ok(json) = serde_json::from_str::<Value>(text) else { return (vec![], vec![whole(words::unreadable(r))]) };
    let Some(days) = json.pointer("/schedule/conference/days").and_then(Value::as_array) else {
        return (vec![], vec![problem(0, "schedule.conference.days", words::missing_column(r).to_owned())]);
    };
    let mut rows = Vec::new();
    for day in days {
        for (room, talks) in day.get("rooms").and_then(Value::as_object).into_iter().flatten() {
            for talk in talks.as_array().into_iter().flatten() {
                let line = rows.len() as u64 + 1;
                rows.push(Row { line, cells: talk_cells(day, room, talk) });
            }
        }
    }
    let problems = if rows.is_empty() { vec![whole(words::empty(r))] } else { vec![] };
    if rows.len() > MOST_ROWS { (vec![], vec![whole(words::too_large(r))]) } else { (rows, problems) }
}

fn talk_cells(day: &Value, room: &str, talk: &Value) -> BTreeMap<&'static str, String> {
    let text = |value: &Value| clean(value.as_str().unwrap_or_default());
    let of = |name: &str| talk.get(name).map(text).unwrap_or_default();
    let lang = nadwa_domain::Lang::from_tag(&of("language")).unwrap_or(nadwa_domain::Lang::EN);
    let mut cells: BTreeMap<&'static str, String> = BTreeMap::new();
    let (start, duration) = (of("start"), of("duration"));
    cells.insert("day", day.get("date").map(text).unwrap_or_default());
    cells.insert("room", clean(room));
    cells.insert("kind", of("type"));
    cells.insert("until", later(&start, &duration).unwrap_or_default());
    cells.insert("from", start);
    let about = Some(of("abstract")).filter(|text| !text.is_empty()).unwrap_or_else(|| of("description"));
    for (own, each, columns) in [
        (of("title"), "titles", ["title.ar", "title.en", "title.fr"]),
        (of("track"), "tracks", ["theme.ar", "theme.en", "theme.fr"]),
        (about, "abstracts", ["about.ar", "about.en", "about.fr"]),
    ] {
        for (tag, column) in ["ar", "en", "fr"].into_iter().zip(columns) {
            // Our own files have every language; others have the one that the talk is in.
            let given = talk.get(each).and_then(|texts| texts.get(tag)).map(text);
            let text = given.unwrap_or_else(|| {
                if lang.tag() == tag && talk.get(each).is_none() { own.clone() } else { String::new() }
            });
            cells.insert(column, text);
        }
    }
    let persons = talk.get("persons").and_then(Value::as_array).into_iter().flatten();
    let name = |person: &Value| person.get("public_name").or_else(|| person.get("name")).map(text);
    cells.insert("speakers", persons.filter_map(name).collect::<Vec<_>>().join("; "));
    cells.retain(|_, cell| !cell.is_empty());
    cells
}

/// `09:30` and `01:15` is `10:45`.
fn later(start: &str, duration: &str) -> Option<String> {
    let minutes = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.trim().parse::<u32>().ok()? * 60 + minutes.get(..2).unwrap_or(minutes).trim().parse::<u32>().ok()?)
    };
    let end = minutes(start)?.checked_add(minutes(duration)?)?;
    (end < 24 * 60).then(|| format!("{:02}:{:02}", end / 60, end % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    const R: Reader = Reader::new(nadwa_domain::Lang::AR, nadwa_app::words::Digits::Latin);

    #[test]
    fn arabic_is_read_in_every_usual_encoding() {
        let text = "الاسم,الفئة\nمريم,طفل\n";
        let utf16 = |big: bool| {
            let bytes = text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            bytes.collect::<Vec<u8>>()
        };
        let (windows, ..) = WINDOWS_1256.encode(text);
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let files = [
            (text.as_bytes().to_vec(), "UTF-8"),
            (marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()), "UTF-8"),
            (utf16(false), "UTF-16LE"),
            (marked(b"\xFE\xFF", utf16(true)), "UTF-16BE"),
            (windows.into_owned(), "windows-1256"),
        ];
        for (bytes, name) in files {
            let (read, encoding) = decode(&bytes);
            assert_eq!(encoding, name);
            let (rows, problems) = rows(R, &read, PEOPLE);
            assert!(problems.is_empty(), "{name}: {problems:?}");
            assert_eq!((rows[0].get("name.ar"), rows[0].get("group"), rows[0].line), ("مريم", "طفل", 2), "{name}");
        }
    }

    #[test]
    fn a_wrong_column_and_a_short_row_are_named_by_line() {
        let (rows, problems) = rows(R, "name.ar;shoe size\nمريم;٣٦\nسالم\n", PEOPLE);
        assert_eq!(rows.len(), 1);
        let places: Vec<_> = problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
        assert_eq!(places, [(1, "shoe size"), (3, "")]);
    }

    #[test]
    fn marks_of_direction_are_taken_out_of_cells() {
        let (rows, _) = rows(R, "\u{200f}name.ar\u{202c}\n\u{202e}مريم\u{202c}\n", PEOPLE);
        assert_eq!(rows[0].get("name.ar"), "مريم");
    }

    #[test]
    fn a_talk_of_another_program_is_a_row() {
        let text = r#"{"schedule":{"conference":{"days":[{"date":"2026-05-23","rooms":{"Main":[
            {"start":"09:30","duration":"01:15","title":"Voices","language":"en","type":"Workshop","persons":[{"public_name":"Hana"}]}]}}]}}}"#;
        let (rows, problems) = rows(R, text, PROGRAMME);
        assert!(problems.is_empty());
        assert_eq!(
            (rows[0].get("until"), rows[0].get("title.en"), rows[0].get("speakers")),
            ("10:45", "Voices", "Hana")
        );
    }
}
