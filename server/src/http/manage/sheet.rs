//! A spreadsheet file (XLSX) as the text of a CSV: from there on it is one path for every file, and one rule (`N4`).
//!
//! It comes from anybody who was asked for a list: what would unpack to more than a list is, is never unpacked, and a
//! reader that fails on it fails alone.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use csv::{QuoteStyle, WriterBuilder};
use zip::ZipArchive;

/// What a file is called that has been a spreadsheet: it stands where a text has its encoding.
pub const NAME: &str = "XLSX";
/// Most bytes that it unpacks to.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// Most rows and columns: a cell far away would be many empty ones.
const MOST_ROWS: u32 = 5_000;
const MOST_COLUMNS: u32 = 100;

/// A file of another kind than a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Sheet {
    /// The first sheet as a CSV, and how many sheets are not read.
    Read { text: String, others: usize },
    /// It is a spreadsheet that cannot be read, or is too large.
    Broken,
    /// It is of a kind that is not read here.
    OtherKind(&'static str),
}

/// What a file is, if it is no text. The turn lasts as long as the work does (`G2`).
pub async fn read(bytes: &[u8], turn: impl Send + 'static) -> Option<Sheet> {
    let kind = match bytes {
        [b'P', b'K', 3, 4, ..] => None,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("XLS"),
        [b'%', b'P', b'D', b'F', ..] => Some("PDF"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("RTF"),
        _ => return None,
    };
    if let Some(kind) = kind {
        return Some(Sheet::OtherKind(kind));
    }
    let bytes = bytes.to_vec();
    // A reader that fails on a file fails alone.
    let work = move || {
        let sheet = open(&bytes);
        drop(turn);
        sheet
    };
    Some(tokio::task::spawn_blocking(work).await.unwrap_or(Sheet::Broken))
}

fn open(bytes: &[u8]) -> Sheet {
    match kind_of(bytes) {
        Some(NAME) => first_sheet(bytes).unwrap_or(Sheet::Broken),
        Some(other) => Sheet::OtherKind(other),
        None => Sheet::Broken,
    }
}

/// Which kind of archive it is; nothing if it cannot be read, or would unpack to more than a list is.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut unpacked = 0;
    for place in 0..archive.len() {
        // What an entry says of its size may be untrue: it is counted.
        let entry = archive.by_index(place).ok()?;
        unpacked += std::io::copy(&mut entry.take(MOST_UNPACKED + 1 - unpacked), &mut std::io::sink()).ok()?;
        if unpacked > MOST_UNPACKED {
            return None;
        }
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    Some(match () {
        () if has("xl/workbook.xml") => NAME,
        () if has("word/document.xml") => "DOCX",
        () if has("xl/workbook.bin") => "XLSB",
        () if has("mimetype") => "ODS",
        () => "ZIP",
    })
}

fn first_sheet(bytes: &[u8]) -> Option<Sheet> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let names = book.sheet_names();
    let mut cells = book.worksheet_cells_reader(names.first()?).ok()?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().ok()? {
        let ((row, column), text) = (cell.get_position(), text_of(cell.get_value())?);
        if text.is_empty() {
            continue;
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return None;
        }
        rows.entry(row).or_default().insert(column, text);
    }
    let width = rows.values().filter_map(|row| row.keys().last()).max().map_or(0, |last| last + 1);
    let mut out = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new());
    // Each row keeps its number: what is wrong is told by it.
    for row in 0..rows.keys().last().map_or(0, |last| last + 1) {
        let cell = |column: u32| rows.get(&row).and_then(|row| row.get(&column)).map_or("", String::as_str);
        out.write_record((0..width).map(cell)).ok()?;
    }
    Some(Sheet::Read { text: String::from_utf8(out.into_inner().ok()?).ok()?, others: names.len() - 1 })
}

/// A cell as somebody would have typed it, in one line; nothing of a cell whose formula has failed.
fn text_of(cell: &DataRef) -> Option<String> {
    let text = match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(when) => time_of(when),
        DataRef::Error(_) => return None,
        DataRef::Empty => String::new(),
    };
    Some(text.replace(['\n', '\r', '\t'], " ").trim().to_owned())
}

/// A day, a time of day, or both.
fn time_of(when: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = when.to_ymd_hms_milli();
    let (date, time) = (format!("{year:04}-{month:02}-{day:02}"), format!("{hour:02}:{minute:02}"));
    match when.as_f64() {
        days if days < 1.0 => time,
        days if days.fract() == 0.0 => date,
        _ => format!("{date} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime as Day, Format, Workbook};

    fn book(fill: impl Fn(&mut Workbook)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(&mut book);
        book.save_to_buffer().expect("it is written")
    }

    #[tokio::test]
    async fn a_sheet_is_read_as_it_was_typed_each_row_by_its_number() {
        let file = book(|book| {
            let sheet = book.add_worksheet();
            let mut put = |row: u32, cells: &[&str]| {
                for (column, cell) in cells.iter().enumerate() {
                    sheet.write(row, u16::try_from(column).unwrap(), *cell).unwrap();
                }
            };
            put(0, &["الاسم", "group", "guardian"]);
            put(2, &["مريم، أو «ماري»\nالثانية", "child"]);
            sheet.write(3, 0, 17).unwrap();
            let day = Day::from_ymd(2022, 5, 23).unwrap();
            sheet.write_with_format(3, 1, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
            let time = Day::from_hms(9, 5, 0).unwrap();
            sheet.write_with_format(3, 2, &time, &Format::new().set_num_format("hh:mm")).unwrap();
            book.add_worksheet();
        });
        let text = "\"الاسم\",\"group\",\"guardian\"\n\"\",\"\",\"\"\n\"مريم، أو «ماري» الثانية\",\"child\",\"\"\n\
                    \"17\",\"2022-05-23\",\"09:05\"\n";
        assert_eq!(read(&file, ()).await, Some(Sheet::Read { text: text.to_owned(), others: 1 }));
    }

    #[tokio::test]
    async fn what_is_none_or_would_blow_up_is_called_by_its_name_or_refused() {
        let zip = |name: &str, bytes: &[u8]| {
            let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
            out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut out, bytes).unwrap();
            out.finish().unwrap().into_inner()
        };
        assert_eq!(read("الاسم\nمريم\n".as_bytes(), ()).await, None);
        assert_eq!(read(b"%PDF-1.7", ()).await, Some(Sheet::OtherKind("PDF")));
        assert_eq!(read(b"\xD0\xCF\x11\xE0", ()).await, Some(Sheet::OtherKind("XLS")));
        assert_eq!(read(&zip("word/document.xml", b""), ()).await, Some(Sheet::OtherKind("DOCX")));
        assert_eq!(read(&zip("mimetype", b""), ()).await, Some(Sheet::OtherKind("ODS")));
        assert_eq!(read(&zip("xl/workbook.xml", b"<a"), ()).await, Some(Sheet::Broken));
        assert_eq!(read(&zip("xl/workbook.xml", &vec![b' '; 33 << 20]), ()).await, Some(Sheet::Broken));
        assert_eq!(read(b"PK\x03\x04", ()).await, Some(Sheet::Broken));
        let far = book(|book| {
            book.add_worksheet().write(1_000_000, 16_000, "x").unwrap();
        });
        assert_eq!(read(&far, ()).await, Some(Sheet::Broken));
    }
}
