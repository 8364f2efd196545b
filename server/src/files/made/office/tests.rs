use super::*;

const NAME: &str = "Maryam";
const OUTSIDE: &str = "evil.example";

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Archive { out: ZipWriter::new(Cursor::new(Vec::new())) };
    for (name, part) in parts {
        out.put(name, part.as_bytes(), CompressionMethod::Deflated).unwrap();
    }
    out.finish().unwrap()
}

/// All parts, with their names, as one text.
fn whole(file: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut all = String::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        all.push_str(&format!("{}\n{}\n", part.name().unwrap(), String::from_utf8_lossy(&bytes)));
    }
    all
}

fn relations(of: &[(&str, &str, &str)]) -> String {
    let one = |(id, target, mode): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"http://schemas.example/rel\" Target=\"{target}\" {mode}/>")
    };
    format!("<Relationships xmlns=\"rel\">{}</Relationships>", of.iter().map(one).collect::<String>())
}

const EXTERNAL: &str = "TargetMode=\"External\"";

#[test]
fn of_a_word_document_stay_its_words_and_nobody_behind_them() {
    let document = concat!(
        r#"<?xml version="1.0"?><!-- Maryam --><w:document mc:Ignorable="w14 x" xmlns:x="http://evil.example/Maryam" "#,
        r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
        r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="urn:schemas-microsoft-com:w14"><w:body>"#,
        // What no standard knows, and text where no reader sees any.
        r#"<x:who x:name="Maryam"><w:p x:by="Maryam"/></x:who><w:fldData>Maryam</w:fldData>Maryam"#,
        r#"<w:p w:rsidR="00Maryam"><w:ins w:author="Maryam" w:date="2026"><w:r><w:t>بقي</w:t></w:r></w:ins>"#,
        r#"<w:del w:author="Maryam"><w:r><w:delText>Maryam</w:delText></w:r></w:del>"#,
        r#"<w:commentRangeStart w:id="0"/><w:hyperlink r:id="rId2"><w:r><w:t>رابط &amp; كلمة</w:t></w:r></w:hyperlink></w:p>"#,
        r#"<w:r><w:instrText>INCLUDEPICTURE "http://evil.example/Maryam.png"</w:instrText></w:r>"#,
        r#"<w:r><w:instrText>PAGE \* MERGEFORMAT</w:instrText></w:r>"#,
        r#"<w:r><w:instrText>STYLEREF "Maryam"</w:instrText></w:r><w:r><w:instrText> REF Maryam \h</w:instrText></w:r>"#,
        r#"<w:r><w:instrText>TOC \o "1-3" \h</w:instrText></w:r><w:pPr><w:pStyle w:val="Maryam"/></w:pPr>"#,
        r#"<w:fldSimple w:instr=" AUTHOR Maryam "><w:r><w:t>حقل</w:t></w:r></w:fldSimple>"#,
        r#"<w:object><o:OLEObject r:id="rId3"/></w:object>"#,
        r#"<wp:docPr id="1" name="Maryam.jpg" descr="C:\Users\Maryam\a.jpg"/><a:blip r:embed="rId5" r:link="rId4"/>"#,
        // Within the XML and in attributes.
        r#"<w:pict><w:binData>Maryam</w:binData><v:shape o:gfxdata="Maryam"><v:imagedata o:title="Maryam"/></v:shape></w:pict>"#,
        r#"<w:sdt><w:sdtPr><w:alias w:val="Maryam"/><w:tag w:val="Maryam"/></w:sdtPr></w:sdt>"#,
        r#"<w:tblDescription w:val="C:\Users\Maryam\t"/><w:bookmarkStart w:id="4" w:name="_Maryam1"/><w:bookmarkStart w:name="_Toc12"/>"#,
        r#"<w:r><w:rPr><w:vanish/></w:rPr><w:t>مخفي</w:t></w:r><a:theme name="Maryam"/>"#,
        r#"<w:hyperlink w:tooltip="Maryam"/><wp:docPr descr="/home/Maryam/a.heic"/><c:f>'C:\[Maryam.xlsx]A'!$A$1</c:f>"#,
        r#"</w:body></w:document>"#
    );
    let settings = concat!(
        r#"<w:settings xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:rsids><w:rsid w:val="00A"/></w:rsids>"#,
        r#"<w:attachedTemplate r:id="rId1"/><w:zoom w:percent="90"/></w:settings>"#
    );
    let styles = concat!(
        r#"<w:styles xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:style w:styleId="Maryam" w:customStyle="1">"#,
        r#"<w:name w:val="Maryam Heading"/><w:basedOn w:val="Titre1"/></w:style>"#,
        r#"<w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>"#
    );
    let kinds = concat!(
        r#"<Types xmlns="types"><Default Extension="xml" ContentType="application/xml"/>"#,
        r#"<Default Extension="bin" ContentType="Maryam"/><Override PartName="/word/document.xml" ContentType="main"/>"#,
        r#"<Override PartName="/docProps/core.xml" ContentType="core"/></Types>"#
    );
    let first = relations(&[("rId1", "word/document.xml", ""), ("rId2", "docProps/core.xml", "")]);
    let points = relations(&[
        ("rId1", "styles.xml", ""),
        ("rId2", "http://evil.example/Maryam", EXTERNAL),
        ("rId3", "embeddings/ole.bin", ""),
        ("rId4", "file:///C:/Users/Maryam/a.jpg", EXTERNAL),
        ("rId5", "/word/media/../media/a.jpg", ""),
        ("rId6", "comments.xml", ""),
        ("rId7", "headerMaryam.xml", ""),
    ]);
    let camera = String::from_utf8_lossy(b"\xFF").into_owned();
    let template = relations(&[("rId1", "http://evil.example/t.dotm", EXTERNAL)]);
    let mut parts = vec![
        ("[Content_Types].xml", kinds),
        ("_rels/.rels", &first),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", &points),
        ("word/settings.xml", settings),
        ("word/_rels/settings.xml.rels", &template),
        ("word/styles.xml", styles),
        ("word/headerMaryam.xml", "<w:hdr/>"),
        ("word/comments.xml", NAME),
        ("word/people.xml", NAME),
        ("word/embeddings/ole.bin", NAME),
        ("docProps/core.xml", NAME),
        ("docProps/custom.xml", NAME),
        ("docProps/thumbnail.jpeg", NAME),
        ("customXml/item1.xml", NAME),
        ("../../../etc/x", NAME),
    ];
    let made = anew(&zipped(&parts)).unwrap();
    assert_eq!(made.kind, FileKind::Docx);
    let whole = whole(&made.bytes);
    for word in
        [NAME, OUTSIDE, "vanish", "rsid", "docProps", "embeddings", "rId2", "rId3", "rId4", "INCLUDE", "AUTHOR", "../"]
    {
        assert!(!whole.contains(word), "{word} in {whole}");
    }
    for word in [
        "<w:t>بقي</w:t>",
        "mc:Ignorable=\"w14\"",
        "مخفي",
        "_Toc12",
        "/word/headerpart",
        "رابط &amp; كلمة",
        "PAGE",
        "TOC \\o \"1-3\" \\h",
        "<w:name w:val=\"heading 1\"/>",
        "حقل",
        "w:zoom",
        "<w:hyperlink>",
        "styles.xml",
    ] {
        assert!(whole.contains(word), "{word} in {whole}");
    }
    // A style is found by what points at it, under its new name.
    let id = |before: &str| whole.split_once(before).unwrap().1.split('"').next().unwrap().to_owned();
    assert_eq!(id("<w:pStyle w:val=\""), id("<w:style w:styleId=\""));
    assert_eq!(anew(&made.bytes).unwrap().bytes, made.bytes, "what was made anew once stays as it is");
    parts.push(("word/media/a.jpg", &camera));
    assert_eq!(anew(&zipped(&parts)).unwrap_err(), Unmade::AsBrought(FileKind::Docx), "a picture that is none");
    parts.push(("word/vbaProject.bin", ""));
    assert_eq!(anew(&zipped(&parts)).unwrap_err(), Unmade::WithProgram);
}

#[test]
fn of_slides_stay_what_is_shown_and_what_is_said_to_them() {
    let kinds = r#"<Types xmlns="t"><Override PartName="/ppt/presentation.xml" ContentType="main"/></Types>"#;
    let slide = concat!(
        r#"<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cNvPr id="2" name="Maryam.png" descr="خريطة"/><a:t>شريحة</a:t>"#,
        r#"<a:videoFile r:link="rId1"/><p:extLst><p:ext uri="Maryam"/></p:extLst></p:sld>"#
    );
    let points = relations(&[("rId1", "../media/film.mp4", ""), ("rId2", "../slideLayouts/slideLayout1.xml", "")]);
    let made = anew(&zipped(&[
        ("[Content_Types].xml", kinds),
        ("ppt/presentation.xml", "<p:presentation/>"),
        ("ppt/slides/slide1.xml", slide),
        ("ppt/slides/_rels/slide1.xml.rels", &points),
        ("ppt/slideLayouts/slideLayout1.xml", "<p:l/>"),
        ("ppt/media/film.mp4", NAME),
        ("ppt/commentAuthors.xml", NAME),
        ("ppt/comments/comment1.xml", NAME),
        ("ppt/tags/tag1.xml", NAME),
    ]))
    .unwrap();
    let whole = whole(&made.bytes);
    assert_eq!(made.kind, FileKind::Pptx);
    assert!(!whole.contains(NAME) && !whole.contains("rId1") && !whole.contains("videoFile"), "{whole}");
    assert!(whole.contains("شريحة") && whole.contains("خريطة") && whole.contains("rId2"), "{whole}");
}

#[test]
fn of_an_open_document_stay_its_words_and_nobody_behind_them() {
    let content = concat!(
        r#"<o:document-content xmlns:o="o" xmlns:svg="s" xmlns:text="t" xmlns:office="f" xmlns:xlink="x" xmlns:draw="d">"#,
        r#"<text:tracked-changes>Maryam</text:tracked-changes><text:p officeooo:rsid="00Maryam">بقي"#,
        r#"<office:annotation>Maryam</office:annotation><text:author-name>Maryam</text:author-name>"#,
        r##"<text:p text:style-name="Maryam"/><style:style style:name="Maryam" style:display-name="Maryam S" style:parent-style-name="P1"/>"##,
        r##"<text:a xlink:href="#Maryam">هنا</text:a>"##,
        r#"<text:a xlink:href="http://evil.example/">رابط</text:a><office:scripts>Maryam</office:scripts>"#,
        r#"<draw:frame draw:name="Maryam"><draw:image xlink:href="http://evil.example/a.png"/>"#,
        r#"<draw:object xlink:href="./Object 1"/></draw:frame>"#,
        // Within the XML, in attributes, in fields, in what no reader has heard of.
        r#"<draw:frame><draw:image><office:binary-data>Maryam</office:binary-data></draw:image>"#,
        r#"<svg:title>C:\Users\Maryam\a.jpg</svg:title><svg:desc>/home/Maryam/a</svg:desc></draw:frame>"#,
        r#"<text:user-field-decls><text:user-field-decl office:string-value="Maryam"/></text:user-field-decls>"#,
        r#"<text:hidden-text text:string-value="Maryam"/><text:variable-set office:string-value="Maryam">Maryam</text:variable-set>"#,
        r#"<text:description>Maryam</text:description><new:field new:of="Maryam">جديد</new:field></text:p></o:document-content>"#
    );
    let list = concat!(
        r#"<m:manifest xmlns:m="m"><m:file-entry m:full-path="/" m:media-type="text"/>"#,
        r#"<m:file-entry m:full-path="content.xml"/><m:file-entry m:full-path="meta.xml"/></m:manifest>"#
    );
    let mimetype = FileKind::Odt.media_type();
    let parts = [
        ("mimetype", mimetype),
        ("content.xml", content),
        ("meta.xml", NAME),
        ("settings.xml", NAME),
        ("Thumbnails/thumbnail.png", NAME),
        ("Object 1/content.xml", NAME),
        ("META-INF/manifest.xml", list),
    ];
    let made = anew(&zipped(&parts)).unwrap();
    let whole = whole(&made.bytes);
    assert_eq!(made.kind, FileKind::Odt);
    for word in [NAME, OUTSIDE, "meta.xml", "rsid", "Object"] {
        assert!(!whole.contains(word), "{word} in {whole}");
    }
    assert!(
        whole.contains("بقي")
            && whole.contains("رابط")
            && whole.contains("جديد")
            && whole.contains("style:parent-style-name=\"P1\"")
            && whole.starts_with("mimetype\napplication/vnd.oasis")
    );
}

#[test]
fn what_explains_signs_of_its_own_is_not_read_and_what_would_blow_up_is_not_unpacked() {
    let kinds = r#"<Types xmlns="t"/>"#;
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>"#;
    for document in [bomb, "<a>&b;</a>", "<a><b></a>", "<a>", ""] {
        let file = zipped(&[("[Content_Types].xml", kinds), ("word/document.xml", document)]);
        let made = anew(&file);
        assert!(made.is_err() || document.is_empty(), "{document}");
    }
    let large = "0".repeat(9 * 1024 * 1024);
    let file = zipped(&[("[Content_Types].xml", kinds), ("word/document.xml", &large)]);
    assert_eq!(anew(&file).unwrap_err(), Unmade::Broken);
    assert_eq!(anew(&zipped(&[("a.txt", "a")])).unwrap_err(), Unmade::OtherKind);
    assert_eq!(anew(b"PK\x03\x04").unwrap_err(), Unmade::Broken);
}
