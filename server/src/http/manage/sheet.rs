//! A spreadsheet file (XLSX, ODS) as the text of a CSV: from there on it is one path for every file, and one rule
//! (`N4`, `C6`).
//!
//! It comes from anybody who was asked for a list: what would unpack to more than a list is, is never unpacked, and a
//! reader that fails on it fails alone.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, ExcelDateTime, Ods, Reader, Xlsx};
use csv::{QuoteStyle, WriterBuilder};
use jiff::fmt::temporal::SpanParser;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// What a spreadsheet file is called, where a text has its encoding.
const XLSX: &str = "XLSX";
const ODS: &str = "ODS";
/// Most bytes that it unpacks to.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// Most rows and columns: a cell far away would be many empty ones.
const MOST_ROWS: u32 = 5_000;
const MOST_COLUMNS: u32 = 100;
/// Most cells with something in them, those included that a file says once and means many times.
const MOST_CELLS: u64 = 200_000;

/// Cells by row and column.
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

/// A file of another kind than a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Sheet {
    /// The first sheet as a CSV, what the file is called, and how many sheets are not read.
    Read { text: String, name: &'static str, others: usize },
    /// It is a spreadsheet that cannot be read, or is too large.
    Broken,
    /// It is of a kind that is not read here.
    OtherKind(String),
}

/// What a file is, if it is no text. The turn lasts as long as the work does (`G2`).
pub async fn read(bytes: &[u8], turn: impl Send + 'static) -> Option<Sheet> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return other_kind(bytes).map(|kind| Sheet::OtherKind(kind.to_uppercase()));
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

/// What a file is that is neither an archive nor a text.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0";
    let known = infer::get(bytes).filter(|kind| kind.matcher_type() != infer::MatcherType::Text);
    match known.map(|kind| kind.extension()) {
        None | Some("msi") if bytes.starts_with(OLD_OFFICE) => Some("xls"),
        None if bytes.starts_with(b"{\\rtf") => Some("rtf"),
        known => known,
    }
}

fn open(bytes: &[u8]) -> Sheet {
    match kind_of(bytes) {
        Some(XLSX) => xlsx(bytes).unwrap_or(Sheet::Broken),
        Some(ODS) => ods(bytes).unwrap_or(Sheet::Broken),
        Some(other) => Sheet::OtherKind(other.to_owned()),
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
        () if has("xl/workbook.xml") => XLSX,
        () if has("word/document.xml") => "DOCX",
        () if has("ppt/presentation.xml") => "PPTX",
        () if has("xl/workbook.bin") => "XLSB",
        () if has("Index/Document.iwa") => "Numbers, Pages",
        () if has("mimetype") => return open_document(archive),
        () => "ZIP",
    })
}

/// Which kind of OpenDocument it is, by what it says of itself.
fn open_document(mut archive: ZipArchive<Cursor<&[u8]>>) -> Option<&'static str> {
    let mut kind = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut kind).ok()?;
    Some(match kind.trim() {
        "application/vnd.oasis.opendocument.spreadsheet" => ODS,
        "application/vnd.oasis.opendocument.text" => "ODT",
        "application/epub+zip" => "EPUB",
        _ => "OpenDocument",
    })
}

fn xlsx(bytes: &[u8]) -> Option<Sheet> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let names = book.sheet_names();
    let mut cells = book.worksheet_cells_reader(names.first()?).ok()?;
    let mut rows = Cells::new();
    while let Some(cell) = cells.next_cell().ok()? {
        put(&mut rows, cell.get_position(), text_of(&Data::from(cell.get_value().clone()))?)?;
    }
    written(&rows, XLSX, names.len() - 1)
}

fn ods(bytes: &[u8]) -> Option<Sheet> {
    if repeated(bytes)? > MOST_CELLS {
        return None;
    }
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).ok()?;
    let names = book.sheet_names();
    let range = book.worksheet_range(names.first()?).ok()?;
    let (top, left) = range.start().unwrap_or_default();
    let mut rows = Cells::new();
    for (row, column, value) in range.used_cells() {
        let place = (top + u32::try_from(row).ok()?, left + u32::try_from(column).ok()?);
        put(&mut rows, place, text_of(value)?)?;
    }
    written(&rows, ODS, names.len() - 1)
}

/// How many cells an ODS means up to the last filled one of each row: one line of it may stand for a million rows.
fn repeated(bytes: &[u8]) -> Option<u64> {
    let mut content = String::new();
    ZipArchive::new(Cursor::new(bytes)).ok()?.by_name("content.xml").ok()?.read_to_string(&mut content).ok()?;
    let mut reader = quick_xml::Reader::from_str(&content);
    let (mut all, mut rows, mut filled, mut empty) = (0_u64, 1, 0_u64, 0_u64);
    loop {
        let event = reader.read_event().ok()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                "table-row" => (rows, filled, empty) = (times(tag, "number-rows-repeated")?, 0, 0),
                "table-cell" | "covered-table-cell" => {
                    empty = empty.saturating_add(times(tag, "number-columns-repeated")?);
                    let has = |name| tag.attributes().flatten().any(|a| a.key.local_name().into_inner() == name);
                    if has("value-type") || has("formula") {
                        (filled, empty) = (filled.saturating_add(empty), 0);
                    }
                }
                "p" => (filled, empty) = (filled.saturating_add(empty), 0),
                _ => {}
            },
            Event::End(tag) if tag.local_name().into_inner() == "table-row" => {
                all = all.saturating_add(rows.saturating_mul(filled));
            }
            Event::Eof => return Some(all),
            _ => {}
        }
    }
}

fn times(tag: &BytesStart, name: &str) -> Option<u64> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().into_inner() == name);
    found.map_or(Some(1), |attribute| attribute.value.parse::<u64>().ok())
}

/// Nothing of a cell that is too far away.
fn put(rows: &mut Cells, (row, column): (u32, u32), text: String) -> Option<()> {
    if !text.is_empty() {
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return None;
        }
        rows.entry(row).or_default().insert(column, text);
    }
    Some(())
}

/// Each row keeps its number: what is wrong is told by it.
fn written(rows: &Cells, name: &'static str, others: usize) -> Option<Sheet> {
    let width = rows.values().filter_map(|row| row.keys().last()).max().map_or(0, |last| last + 1);
    let mut out = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new());
    for row in 0..rows.keys().last().map_or(0, |last| last + 1) {
        let cell = |column: u32| rows.get(&row).and_then(|row| row.get(&column)).map_or("", String::as_str);
        out.write_record((0..width).map(cell)).ok()?;
    }
    Some(Sheet::Read { text: String::from_utf8(out.into_inner().ok()?).ok()?, name, others })
}

/// A cell as somebody would have typed it, in one line; nothing of a cell whose formula has failed.
fn text_of(cell: &Data) -> Option<String> {
    let text = match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) => text.clone(),
        Data::DurationIso(text) => clock_of(text).unwrap_or_else(|| text.clone()),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(when) => time_of(when),
        Data::Error(_) => return None,
        Data::Empty => String::new(),
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

/// `PT09H30M00S`, as OpenDocument has a time of day.
fn clock_of(text: &str) -> Option<String> {
    let length = SpanParser::new().parse_duration(text).ok()?;
    let minutes = length.as_mins();
    (0..=24 * 60).contains(&minutes).then(|| format!("{:02}:{:02}", minutes / 60, minutes % 60))
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
        assert_eq!(read(&file, ()).await, Some(Sheet::Read { text: text.to_owned(), name: XLSX, others: 1 }));
    }

    #[tokio::test]
    async fn an_open_document_is_read_alike_and_one_that_means_a_million_rows_is_not() {
        let file = |row: &str| {
            let head = "<table:table-cell office:value-type=\"string\"><text:p>title</text:p></table:table-cell>";
            let content = format!(
                "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
                 <table:table table:name=\"a\"><table:table-row>{head}{head}</table:table-row>{row}\
                 <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
                 </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
            );
            let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (name, text) in [
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("META-INF/manifest.xml", "<m/>"),
                ("content.xml", &content),
            ] {
                out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                std::io::Write::write_all(&mut out, text.as_bytes()).unwrap();
            }
            out.finish().unwrap().into_inner()
        };
        let cells = "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-12-05\"><text:p>5 Dec</text:p></table:table-cell>\
                     <table:table-cell office:value-type=\"time\" office:time-value=\"PT09H30M00S\"><text:p>9:30</text:p></table:table-cell>";
        let text = "\"title\",\"title\"\n\"2026-12-05\",\"09:30\"\n".to_owned();
        let once = file(&format!("<table:table-row>{cells}</table:table-row>"));
        assert_eq!(read(&once, ()).await, Some(Sheet::Read { text, name: ODS, others: 0 }));
        let many = file(&format!("<table:table-row table:number-rows-repeated=\"1000000\">{cells}</table:table-row>"));
        assert_eq!(read(&many, ()).await, Some(Sheet::Broken));
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
        assert_eq!(read(b"%PDF-1.7", ()).await, Some(Sheet::OtherKind("PDF".to_owned())));
        assert_eq!(read(b"\x89PNG\r\n\x1a\n", ()).await, Some(Sheet::OtherKind("PNG".to_owned())));
        assert_eq!(read(b"\xD0\xCF\x11\xE0", ()).await, Some(Sheet::OtherKind("XLS".to_owned())));
        assert_eq!(read(&zip("word/document.xml", b""), ()).await, Some(Sheet::OtherKind("DOCX".to_owned())));
        let text = b"application/vnd.oasis.opendocument.text";
        assert_eq!(read(&zip("mimetype", text), ()).await, Some(Sheet::OtherKind("ODT".to_owned())));
        assert_eq!(read(&zip("xl/workbook.xml", b"<a"), ()).await, Some(Sheet::Broken));
        assert_eq!(read(&zip("xl/workbook.xml", &vec![b' '; 33 << 20]), ()).await, Some(Sheet::Broken));
        assert_eq!(read(b"PK\x03\x04", ()).await, Some(Sheet::Broken));
        let far = book(|book| {
            book.add_worksheet().write(1_000_000, 16_000, "x").unwrap();
        });
        assert_eq!(read(&far, ()).await, Some(Sheet::Broken));
    }
}
