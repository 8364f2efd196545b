//! Tables as text: encodings, separators, and where the heads are.

use std::collections::BTreeMap;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};
use nadwa_app::words::{Reader, import as words};
use nadwa_domain::text::clean;

use super::heads::{column, may_be_a_consent};
use super::{MOST_COLUMNS, Row, Table, problem, whole};
use crate::http::forms::composed;
use crate::http::manage::import::is_a_consent;

/// What may be chosen where the guess is wrong.
pub const ENCODINGS: [&str; 4] = ["UTF-8", "windows-1256", "windows-1252", "UTF-16LE"];
/// Among so many first rows are the heads.
const HEADS_WITHIN: usize = 12;

/// The text of a file, the name of its encoding, and whether all of it is in that encoding.
#[must_use]
pub fn decode(bytes: &[u8], chosen: &str) -> (String, &'static str, bool) {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let chosen = ENCODINGS.contains(&chosen).then(|| Encoding::for_label(chosen.as_bytes())).flatten();
    let encoding = marked.or(chosen).unwrap_or_else(|| guess(bytes));
    let (text, _, broken) = encoding.decode(bytes);
    (composed(&text).into_owned(), encoding.name(), !broken)
}

/// Without a byte order mark: UTF-8 if it is valid, UTF-16 if every second byte is zero; else one of the two in which
/// old Arabic and old French spreadsheets write.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    // Line ends and separators have a zero byte in UTF-16, whatever the script.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => of_one_byte(bytes),
        (even, odd) if odd >= even => UTF_16LE,
        _ => UTF_16BE,
    }
}

fn of_one_byte(bytes: &[u8]) -> &'static Encoding {
    // A letter of UTF-8 has two bytes and more: whatever is nearly all UTF-8 is UTF-8 with a break in it.
    let (valid, invalid) = String::from_utf8_lossy(bytes)
        .chars()
        .filter(|c| !c.is_ascii())
        .fold((0, 0), |(v, i), c| if c == char::REPLACEMENT_CHARACTER { (v, i + 1) } else { (v + 1, i) });
    if valid > invalid {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    match detector.guess(None, Utf8Detection::Deny) {
        encoding if encoding == WINDOWS_1252 => WINDOWS_1252,
        _ => WINDOWS_1256,
    }
}

/// The rows of a table, and what is wrong with its form.
pub(super) fn rows(r: Reader, text: &str, known: &'static [&'static str]) -> Table {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (separator, text) = separator(&text);
    let Some(records) = records(text, separator) else { return Table::refused(whole(words::unreadable(r))) };
    let known_in = |cells: &[String]| cells.iter().filter(|cell| column(cell, known).is_some()).count();
    let first = records.iter().take(HEADS_WITHIN).enumerate();
    let best = first.max_by_key(|(place, (_, cells))| (known_in(cells), std::cmp::Reverse(*place)));
    let Some((place, (line, heads))) = best else { return Table::refused(whole(words::empty(r))) };
    if heads.len() > MOST_COLUMNS {
        return Table::refused(whole(words::too_large(r)));
    }
    let mut table = Table::default();
    if known_in(heads) == 0 {
        let (found, would) = (heads.join("، "), known.join(", "));
        return Table::refused(problem(*line, "", words::no_column(r, &found, &would)));
    }
    if place > 0 {
        table.told.push(problem(*line, "", words::heads_here(r).to_owned()));
    }
    let columns = columns(r, *line, heads, &records[place + 1..], known, &mut table);
    for (line, cells) in &records[place + 1..] {
        match row(r, *line, heads, &columns, cells) {
            Ok(row) => table.rows.push(row),
            Err(problem) => table.problems.push(problem),
        }
    }
    table.bounded(r)
}

/// Which sign is between the cells: as the file says (`sep=;`), else what its first lines have most of.
fn separator(text: &str) -> (u8, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(sign) = first.trim_matches(['"', ' ']).to_lowercase().strip_prefix("sep=") {
        return (sign.bytes().next().unwrap_or(b'\t'), rest);
    }
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    for line in text.lines().take(HEADS_WITHIN) {
        let mut quoted = false;
        for byte in line.bytes() {
            quoted ^= byte == b'"';
            if !quoted && b",;\t|".contains(&byte) {
                *counts.entry(byte).or_default() += 1;
            }
        }
    }
    let most = b"|\t;,".iter().max_by_key(|sign| counts.get(sign).copied().unwrap_or_default());
    (most.copied().unwrap_or(b','), text)
}

/// Every row that has something in it, by the number that a spreadsheet gives it: a cell of two lines is one row.
fn records(text: &str, separator: u8) -> Option<Vec<(u64, Vec<String>)>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
    // Where the last record began, how many lines were before it, and how many of those are lines within cells.
    let (mut records, mut at, mut lines, mut within_cells) = (Vec::new(), 0, 1_u64, 0_u64);
    for record in reader.records() {
        let record = record.ok()?;
        // The place is that of the empty lines before it, which are skipped.
        let from = usize::try_from(record.position()?.byte()).ok()?;
        let begins = text.len() - text.get(from..)?.trim_start_matches('\n').len();
        lines += text.get(at..begins)?.matches('\n').count() as u64;
        at = begins;
        let line = lines.saturating_sub(within_cells);
        within_cells += record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        let cells: Vec<String> = record.iter().map(plain).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            records.push((line, cells));
        }
    }
    Some(records)
}

/// What each head means. What is not read is told; what may be a consent is asked about (`N4`).
fn columns(
    r: Reader,
    line: u64,
    heads: &[String],
    records: &[(u64, Vec<String>)],
    known: &'static [&'static str],
    table: &mut Table,
) -> Vec<Option<&'static str>> {
    let mut taken: BTreeMap<&'static str, &str> = BTreeMap::new();
    let mut columns = Vec::new();
    // However its head is spelled: a column that answers yes or no may be one.
    let answers =
        |place: usize| records.iter().any(|(_, cells)| cells.get(place).is_some_and(|cell| is_a_consent(cell)));
    for (place, head) in heads.iter().enumerate() {
        let means = column(head, known);
        match means {
            None if head.is_empty() => {}
            None if known == super::PEOPLE && (may_be_a_consent(head) || answers(place)) => {
                table.problems.push(problem(line, head, words::perhaps_a_consent(r).to_owned()));
            }
            None => table.told.push(problem(line, head, words::unknown_column(r).to_owned())),
            Some(column) => {
                if let Some(other) = taken.insert(column, head) {
                    table.told.push(problem(line, head, words::second_column(r, other)));
                }
            }
        }
        columns.push(means);
    }
    columns
}

fn row(
    r: Reader,
    line: u64,
    heads: &[String],
    columns: &[Option<&'static str>],
    cells: &[String],
) -> Result<Row, nadwa_app::pages::plan::import::RowProblem> {
    let beyond = cells.iter().skip(heads.len()).any(|cell| !cell.is_empty());
    if cells.len() < heads.len() || beyond {
        return Err(problem(line, "", words::cells(r).to_owned()));
    }
    let mut row = Row { line, cells: BTreeMap::new() };
    for ((column, head), cell) in columns.iter().zip(heads).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        match column {
            Some(column) => _ = row.cells.entry(column).or_insert_with(|| cell.clone()),
            // What stands under no heading would be dropped without a word.
            None if head.is_empty() => return Err(problem(line, cell, words::unknown_column(r).to_owned())),
            None => {}
        }
    }
    Ok(row)
}

/// A cell, cleaned; the sign that made it harmless on its way out is taken off again.
fn plain(cell: &str) -> String {
    let cell = clean(cell);
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PEOPLE, PROGRAMME, read};
    use super::*;

    const R: Reader = Reader::new(nadwa_domain::Lang::AR, nadwa_app::words::Digits::Latin);

    #[test]
    fn arabic_and_french_are_read_in_every_usual_encoding() {
        let arabic = "الاسم,الفئة\nمريم,طفل\nسالم,طفل\n";
        let utf16 = |big: bool| {
            let bytes =
                arabic.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            bytes.collect::<Vec<u8>>()
        };
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let french = "nom;groupe\nHélène Lefèvre;enfant\nFrançois Béchir;enfant\n";
        let files = [
            (arabic.as_bytes().to_vec(), "UTF-8", "مريم"),
            (marked(b"\xEF\xBB\xBF", arabic.as_bytes().to_vec()), "UTF-8", "مريم"),
            (utf16(false), "UTF-16LE", "مريم"),
            (marked(b"\xFE\xFF", utf16(true)), "UTF-16BE", "مريم"),
            (WINDOWS_1256.encode(arabic).0.into_owned(), "windows-1256", "مريم"),
            (WINDOWS_1252.encode(french).0.into_owned(), "windows-1252", "Hélène Lefèvre"),
        ];
        for (bytes, name, first) in files {
            let (text, encoding, whole) = decode(&bytes, "");
            assert_eq!((encoding, whole), (name, true));
            let table = read(R, &text, PEOPLE);
            assert!(table.problems.is_empty(), "{name}: {:?}", table.problems);
            assert_eq!((table.rows[0].get("name"), table.rows[0].line), (first, 2), "{name}");
        }
    }

    #[test]
    fn of_two_encodings_in_one_file_none_is_guessed() {
        let mixed = ["name\nمريم سالم ناصر\n".as_bytes(), &WINDOWS_1256.encode("هند\n").0].concat();
        assert!(!decode(&mixed, "").2);
        assert_eq!(decode("é".as_bytes(), "windows-1252"), ("Ã©".to_owned(), "windows-1252", true));
    }

    #[test]
    fn what_is_wrong_is_named_by_the_line_that_a_spreadsheet_shows() {
        let text = "name.ar;about\r\n\"مريم\r\nعلي\";x\r\n\r\nسالم\r\n";
        let table = read(R, &format!("sep=;\r\n{text}"), PEOPLE);
        assert_eq!(table.rows.len(), 1, "{table:?}");
        let told: Vec<_> = table.told.iter().map(|told| (told.line, told.column.as_str())).collect();
        assert_eq!(told, [(1, "about")]);
        assert_eq!(table.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn the_heads_are_found_below_a_title_and_a_second_column_of_one_kind_fills_gaps() {
        let text = "Conference 2026,,\n\nTitle,Abstract,Description\nVoices,,What we heard\nHands,Short,Long\n";
        let table = read(R, text, PROGRAMME);
        assert!(table.problems.is_empty(), "{table:?}");
        let about: Vec<_> = table.rows.iter().map(|row| (row.line, row.get("title"), row.get("about"))).collect();
        assert_eq!(about, [(4, "Voices", "What we heard"), (5, "Hands", "Short")]);
        assert_eq!(table.told.len(), 2);
    }

    #[test]
    fn a_file_of_another_kind_is_called_by_its_name_and_a_consent_is_never_passed_over() {
        for (text, kind) in [("<!DOCTYPE html><p>", "HTML"), ("BEGIN:VCARD\n", "vCard"), ("{\"a\":1}", "JSON")] {
            let table = read(R, text, PEOPLE);
            assert!(table.rows.is_empty() && table.problems[0].sentence.contains(kind), "{kind}: {table:?}");
        }
        let table = read(R, "name,parents agree\nHana,no\n", PEOPLE);
        assert_eq!(table.problems.len(), 1, "{table:?}");
        let table = read(R, "shoe size\n36\n", PEOPLE);
        assert!(table.rows.is_empty() && table.problems[0].sentence.contains("shoe size"), "{table:?}");
    }

    #[test]
    fn marks_of_direction_are_taken_out_of_cells() {
        let table = read(R, "\u{200f}name.ar\u{202c}\n\u{202e}مريم\u{202c}\n", PEOPLE);
        assert_eq!(table.rows[0].get("name.ar"), "مريم");
    }
}
