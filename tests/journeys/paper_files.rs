//! Files that children bring: looked into by content, made harmless or refused with a sentence, never half a file.

use nadwa_tests::client::Client;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;

use crate::paper_desk::{PaperDesk, crc, new_paper, picture, png};

#[tokio::test]
async fn each_bad_file_is_refused_with_a_sentence_and_leaves_nothing() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let macros = archive(&[("[Content_Types].xml", 9, 9), ("word/document.xml", 9, 9), ("word/vbaProject.bin", 9, 9)]);
    let bomb = archive(&[("[Content_Types].xml", 9, 9), ("word/document.xml", 1000, 3_000_000_000)]);
    for (name, bytes, refusal) in [
        ("ورقة.pdf", b"MZ\x90\x00\x03\x00\x00\x00 a program of another kind".to_vec(), "FileOfOtherKind"),
        ("صورة.svg", script, "FileOfOtherKind"),
        ("بلا صفحات.pdf", b"%PDF-1.4\n1 0 obj << /S /JavaScript >> endobj\n%%EOF".to_vec(), "FileBroken"),
        ("ورقة.docx", macros, "FileWithProgram"),
        ("ورقة.docx", bomb, "FileBroken"),
        ("صفحة.zip", archive(&[("a.txt", 9, 9)]), "FileOfOtherKind"),
        ("صورة.png", png(60_000, 60_000, &[0; 100]), "FileBroken"),
        ("صورة.png", png(20, 20, &[0; 3]), "FileBroken"),
        ("فارغ.pdf", vec![], "FileOfOtherKind"),
    ] {
        let answer = author.bring(&desk.at("/files"), name, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.body);
        assert_eq!(answer.json()["refusal"], refusal, "{name}");
        assert_eq!(answer.json()["field"], "file");
        assert!(answer.json()["message"].as_str().unwrap().chars().any(|c| ('\u{0600}'..'\u{0700}').contains(&c)));
    }
    assert!(!author.get(&desk.at("/write")).await.body.contains(&desk.at("/files/")), "nothing was kept");
    hall.close().await;
}

#[tokio::test]
async fn a_file_that_is_too_large_is_told_so_after_it_was_read() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    let mut large = b"%PDF-1.4\n".to_vec();
    large.resize(200 * 1024 * 1024, b' ');
    let answer = author.bring(&desk.at("/files"), "كبير.pdf", large).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.json()["refusal"], "FileTooLarge");
    assert!(answer.json()["message"].as_str().unwrap().contains("20"));
    hall.close().await;
}

#[tokio::test]
async fn a_connection_that_ends_in_the_middle_leaves_no_half_file() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    let cut = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4\nhalf of i";
    let answer = author.raw_to(&desk.at("/files"), "multipart/form-data; boundary=b", cut.to_vec()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert_eq!(answer.json()["refusal"], "FileCutOff");
    assert!(!author.get(&desk.at("/write")).await.body.contains(&desk.at("/files/")));
    hall.close().await;
}

#[tokio::test]
async fn a_picture_is_made_anew_and_nothing_of_where_it_was_taken_is_left() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    let mut taken = picture(64, 48);
    let place = b"GPS 25.2854 N 51.5310 E, the phone of Reem";
    // Beside the dots, as cameras do: a chunk before the end.
    let end = taken.len() - 12;
    let mut chunk = u32::try_from(place.len() + 5).unwrap().to_be_bytes().to_vec();
    let body = [b"tEXt".as_slice(), b"Loc\0 ", place].concat();
    chunk.extend(&body);
    chunk.extend(crc(&body).to_be_bytes());
    taken.splice(end..end, chunk);
    let answer = author.bring(&desk.at("/files"), "../../بيتنا <b>.png", taken).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let address = file_address(&desk, &author).await;
    let (status, headers, bytes) = author.bytes(&address).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!bytes.windows(3).any(|window| window == b"GPS" || window == b"Ree"), "its place is gone");
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert!(text("content-disposition").starts_with("attachment;"), "{}", text("content-disposition"));
    assert!(!text("content-disposition").contains(['<', '/']));
    assert!(text("content-security-policy").contains("sandbox"));
    assert_eq!(text("x-content-type-options"), "nosniff");
    // Drafts and their files are their authors' alone.
    for who in [hall.phone().await, hall.by(&hall.mentor).await, hall.by(&hall.organizer).await] {
        assert_eq!(who.bytes(&address).await.0, StatusCode::NOT_FOUND);
    }
    author.post_form(&format!("{address}/remove"), &[]).await;
    assert_eq!(author.bytes(&address).await.0, StatusCode::NOT_FOUND);
    hall.close().await;
}

#[tokio::test]
async fn a_recording_is_sent_in_parts_and_has_no_tags() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    // 128 kilobits at 44,100 beats: 417 bytes a frame.
    let frame = [&[0xFF_u8, 0xFB, 0x90, 0x00][..], &[0; 413]].concat();
    let sound = [b"ID3\x04\x00\x00\x00\x00\x00\x0bhome of Sam", &frame.repeat(5)[..], b"TAGSam"].concat();
    assert_eq!(author.bring(&desk.at("/files"), "نقرأ.mp3", sound).await.status, StatusCode::OK);
    let address = file_address(&desk, &author).await;
    let (_, _, bytes) = author.bytes(&address).await;
    assert_eq!(bytes, frame.repeat(5));
    hall.close().await;
}

#[tokio::test]
async fn a_document_is_made_anew_and_leaves_without_its_program_and_its_names() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    let told = document("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Metadata 5 0 R", "Maryam", DRAWN);
    let answer = author.bring(&desk.at("/files"), "ورقة.pdf", told).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let (_, _, bytes) = author.bytes(&file_address(&desk, &author).await).await;
    assert!(bytes.starts_with(b"%PDF-"));
    for word in [&b"Maryam"[..], b"JavaScript", b"Metadata", b"alert"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word), "{:?}", str::from_utf8(word));
    }
    let id = &file_address(&desk, &author).await[desk.at("/files/").len()..];
    assert_eq!(author.bytes(&desk.at(&format!("/pages/{id}/0"))).await.0, StatusCode::OK, "its page is still drawn");
    hall.close().await;
}

#[tokio::test]
async fn what_cannot_be_made_anew_reaches_adults_alone_and_says_so() {
    let hall = Hall::open().await;
    let (desk, author) = begun(&hall).await;
    // A picture of a kind that nobody here writes lies in it.
    let kinds = "<Types><Override PartName='/word/document.xml' ContentType='main'/></Types>";
    let file = packed(&[
        ("[Content_Types].xml", kinds),
        ("word/document.xml", "<w:document xmlns:w='w'/>"),
        ("word/media/image1.emf", "drawn by Maryam"),
    ]);
    assert_eq!(author.bring(&desk.at("/files"), "ورقة.docx", file.clone()).await.status, StatusCode::OK);
    let page = author.get(&desk.at("/write")).await.body;
    assert!(page.contains("لم نستطع صنع هذا الملف من جديد"), "the authors read why");
    assert!(!page.contains(&format!("href=\"{}", desk.at("/files/"))), "and have nothing to open");
    let address = file_address(&desk, &author).await;
    assert_eq!(author.bytes(&address).await.0, StatusCode::NOT_FOUND);
    author.post_form(&desk.at("/publish"), &[("publish", "whole"), ("credit", "unnamed")]).await;
    author.post_form(&desk.at("/submit"), &[]).await;
    let organizer = hall.by(&hall.organizer).await;
    for adult in [&hall.by(&hall.mentor).await, &organizer] {
        let (status, _, bytes) = adult.bytes(&address).await;
        assert_eq!((status, bytes), (StatusCode::OK, file.clone()));
        assert!(adult.get(&desk.at("/read")).await.body.contains("هذا الملف كما أُرسل"));
    }
    desk.accept(&hall, &organizer, 0, 1).await;
    assert_eq!(hall.phone().await.bytes(&address).await.0, StatusCode::NOT_FOUND, "it is not published with the paper");
    assert!(!hall.phone().await.get(&desk.at("")).await.body.contains(&address));
    hall.close().await;
}

const DRAWN: &str = "1 0 0 rg 0 0 200 100 re f";

/// A document of one page by hand; its catalogue as given, a name in a fifth object and in what it says of itself.
fn document(catalogue: &str, name: &str, drawn: &str) -> Vec<u8> {
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        format!("<< /Author ({name}) /Length 6 >>\nstream\n{name}\nendstream"),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (place, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", place + 1));
    }
    let size = objects.len() + 1;
    let end = format!("trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{}\n%%EOF\n", out.len());
    [out, table, end].concat().into_bytes()
}

/// A paper that could be sent, and its authors' tablet.
pub async fn begun(hall: &Hall) -> (PaperDesk, Client) {
    let organizer = hall.by(&hall.organizer).await;
    let desk = new_paper(hall, &organizer).await;
    let author = desk.ready(hall).await;
    (desk, author)
}

/// Where the paper's first file is.
pub async fn file_address(desk: &PaperDesk, author: &Client) -> String {
    let page = author.get(&desk.at("/write")).await.body;
    let start = page.find(&desk.at("/files/")).expect("the file is listed");
    page[start..].chars().take(desk.at("/files/").len() + 36).collect()
}

/// An archive with these names, packed and unpacked sizes; its entries hold nothing but their size in noughts.
fn archive(entries: &[(&'static str, u32, u32)]) -> Vec<u8> {
    let noughts = |(name, packed, unpacked): &(&'static str, u32, u32)| (*name, vec![0; *packed as usize], *unpacked);
    archived(entries.iter().map(noughts))
}

/// An archive of texts.
fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    archived(entries.iter().map(|(name, text)| (*name, text.as_bytes().to_vec(), u32::try_from(text.len()).unwrap())))
}

fn archived<'a>(entries: impl ExactSizeIterator<Item = (&'a str, Vec<u8>, u32)>) -> Vec<u8> {
    let count = u16::try_from(entries.len()).unwrap();
    let mut out = Vec::new();
    let mut table = Vec::new();
    for (name, data, unpacked) in entries {
        let at = u32::try_from(out.len()).unwrap();
        let packed = u32::try_from(data.len()).unwrap();
        let method: u16 = if packed == unpacked { 0 } else { 8 };
        let mut head = Vec::new();
        head.extend([20, 0, 0, 0]);
        head.extend(method.to_le_bytes());
        head.extend([0; 4]);
        head.extend(crc(&data).to_le_bytes());
        head.extend(packed.to_le_bytes());
        head.extend(unpacked.to_le_bytes());
        head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        head.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(&data);
        table.extend(b"PK\x01\x02\x14\x00");
        table.extend(&head);
        table.extend([0; 10]);
        table.extend(at.to_le_bytes());
        table.extend(name.as_bytes());
    }
    let (at, size) = (u32::try_from(out.len()).unwrap(), u32::try_from(table.len()).unwrap());
    out.extend(&table);
    out.extend(b"PK\x05\x06\x00\x00\x00\x00");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}
