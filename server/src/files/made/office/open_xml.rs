//! Word and slides (Office Open XML). Parts are found by their names, and point at one another by relationships: what
//! is left out is pointed at by nothing, and nothing points outside.

use nadwa_domain::paper::file::FileKind;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use zip::CompressionMethod;

use super::{Archive, Parts, picture_anew, picture_form, tells_a_place};
use crate::files::made::xml::{Fate, Names, Sieve, each, sifted, value};

const KINDS: &str = "[Content_Types].xml";
/// Folders of parts that are read, and how the names in them begin.
const WORD: [(&str, &[&str]); 5] = [
    (
        "word",
        &[
            "document.xml",
            "styles.xml",
            "settings.xml",
            "fontTable.xml",
            "numbering.xml",
            "footnotes",
            "endnotes",
            "header",
            "footer",
        ],
    ),
    ("word/theme", &["theme"]),
    ("word/media", &[""]),
    ("word/charts", &["chart", "style", "colors"]),
    ("word/diagrams", &["data", "layout", "quickStyle", "colors", "drawing"]),
];
const SLIDES: [(&str, &[&str]); 11] = [
    ("ppt", &["presentation.xml", "presProps.xml", "tableStyles.xml"]),
    ("ppt/slides", &["slide"]),
    ("ppt/slideLayouts", &["slideLayout"]),
    ("ppt/slideMasters", &["slideMaster"]),
    ("ppt/notesSlides", &["notesSlide"]),
    ("ppt/notesMasters", &["notesMaster"]),
    ("ppt/handoutMasters", &["handoutMaster"]),
    ("ppt/theme", &["theme"]),
    ("ppt/media", &[""]),
    ("ppt/charts", &["chart", "style", "colors"]),
    ("ppt/diagrams", &["data", "layout", "quickStyle", "colors", "drawing"]),
];
/// File extensions of audio and video among the media, and of alternative forms of pictures: they are left out, and
/// what shows them with them.
const LEFT_OUT: [&str; 14] =
    ["mp3", "m4a", "wav", "wma", "aac", "ogg", "mp4", "m4v", "mov", "avi", "wmv", "mpg", "svg", "wdp"];

/// Writes what is read; nothing if one of these parts cannot be made anew.
pub(super) fn write(parts: &mut Parts<'_>, kind: FileKind, out: &mut Archive) -> Option<()> {
    let folders: &[(&str, &[&str])] = if kind == FileKind::Docx { &WORD } else { &SLIDES };
    let kept: Vec<String> = parts.names.iter().filter(|name| is_read(name, folders)).cloned().collect();
    let names: Names = kept.iter().cloned().collect();
    if kept.len() != names.len() {
        return None;
    }
    let kinds = parts.read(KINDS)?;
    out.put(KINDS, &sifted(&kinds, &Listed(&names))?, CompressionMethod::Deflated)?;
    // The package's own relationship points at the document.
    related(parts, "", &names, out)?;
    for name in &kept {
        let gone = related(parts, name, &names, out)?;
        let part = parts.read(name)?;
        let made = match picture_form(name) {
            Some(_) => picture_anew(&part, name)?,
            None if name.ends_with(".xml") => sifted(&part, &Written { gone: &gone })?,
            None => return None,
        };
        out.put(name, &made, CompressionMethod::Deflated)?;
    }
    Some(())
}

fn is_read(name: &str, folders: &[(&str, &[&str])]) -> bool {
    let Some((folder, file)) = name.rsplit_once('/') else { return false };
    let left_out = file.rsplit_once('.').is_some_and(|(_, ending)| LEFT_OUT.contains(&ending.to_lowercase().as_str()));
    let known =
        |(known, begins): &(&str, &[&str])| *known == folder && begins.iter().any(|begin| file.starts_with(begin));
    !left_out && !file.is_empty() && folders.iter().any(known)
}

/// Writes a part's relationships, and says which ids led to what is left out.
fn related(parts: &mut Parts<'_>, part: &str, names: &Names, out: &mut Archive) -> Option<Names> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let at = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    if !parts.has(&at) {
        return Some(Names::new());
    }
    let relations = parts.read(&at)?;
    let points = Points { folder, names };
    let gone = each(&relations, "Relationship", |relation| (!points.inside(relation)).then(|| value(relation, "Id")))?;
    out.put(&at, &sifted(&relations, &points)?, CompressionMethod::Deflated)?;
    Some(gone.into_iter().flatten().collect())
}

/// Relationships of a part in a folder: those to parts that are read.
struct Points<'a> {
    folder: &'a str,
    names: &'a Names,
}

impl Points<'_> {
    fn inside(&self, relation: &BytesStart<'_>) -> bool {
        let (target, mode) = (value(relation, "Target"), value(relation, "TargetMode"));
        let mut path: Vec<&str> = if target.starts_with('/') { vec![] } else { self.folder.split('/').collect() };
        for step in target.split('/').filter(|step| !step.is_empty() && *step != ".") {
            if step == ".." {
                path.pop();
            } else {
                path.push(step);
            }
        }
        path.retain(|step| !step.is_empty());
        (mode.is_empty() || mode == "Internal") && self.names.contains(&path.join("/"))
    }
}

impl Sieve for Points<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        match name {
            "Relationships" => Fate::Stays,
            "Relationship" if self.inside(start) => Fate::Stays,
            _ => Fate::Goes,
        }
    }

    fn attribute<'a>(&self, _: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        let known = ["xmlns", "Id", "Type", "Target"].contains(&attribute.key.into_inner());
        known.then(|| attribute.clone())
    }

    fn text(&self, _: &str, _: &str) -> bool {
        false
    }
}

/// The content types of the parts.
struct Listed<'a>(&'a Names);

impl Sieve for Listed<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        let stays = match name {
            "Types" => true,
            "Default" => {
                let ending = value(start, "Extension").to_lowercase();
                ["xml", "rels"].contains(&ending.as_str()) || picture_form(&format!(".{ending}")).is_some()
            }
            "Override" => self.0.contains(value(start, "PartName").trim_start_matches('/')),
            _ => false,
        };
        if stays { Fate::Stays } else { Fate::Goes }
    }

    fn attribute<'a>(&self, _: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        let known = ["xmlns", "Extension", "PartName", "ContentType"].contains(&attribute.key.into_inner());
        known.then(|| attribute.clone())
    }

    fn text(&self, _: &str, _: &str) -> bool {
        false
    }
}

/// What the authors wrote, as a reader sees it: without tracked changes, authors' names, and extensions.
struct Written<'a> {
    gone: &'a Names,
}

/// Elements that go with all that is in them: tracked changes, comments, protection, ids of the document, OLE objects
/// and controls, what is embedded from elsewhere, and extension lists.
const GO: [&str; 79] = [
    "del",
    "moveFrom",
    "cellDel",
    "cellIns",
    "cellMerge",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tblGridChange",
    "trPrChange",
    "tcPrChange",
    "numberingChange",
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "customXmlInsRangeStart",
    "customXmlInsRangeEnd",
    "customXmlDelRangeStart",
    "customXmlDelRangeEnd",
    "delText",
    "delInstrText",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "annotationRef",
    "cmAuthorLst",
    "rsids",
    "rsid",
    "docId",
    "attachedTemplate",
    "mailMerge",
    "docVars",
    "writeProtection",
    "documentProtection",
    "modifyVerifier",
    "activeWritingStyle",
    "saveThroughXslt",
    "attachedSchema",
    "schemaLibrary",
    "smartTagPr",
    "customXmlPr",
    "dataBinding",
    "object",
    "OLEObject",
    "oleObj",
    "embed",
    "control",
    "controls",
    "externalData",
    "altChunk",
    "subDoc",
    "contentPart",
    "custDataLst",
    "extLst",
    "proofErr",
    "permStart",
    "permEnd",
    "printerSettings",
    "binData",
    "alias",
    "tag",
    "placeholder",
    "docPartObj",
    "docPartList",
    "helpText",
    "statusText",
    "entryMacro",
    "exitMacro",
    "ffData",
    "webVideoPr",
    "fileRecoveryPr",
    "readModeInkLockDown",
    "autoCaptions",
    "captions",
    "bibliography",
    "sources",
];
/// Elements that go and leave what is in them: tracked insertions, smart tags and custom XML.
const OPEN: [&str; 4] = ["ins", "moveTo", "smartTag", "customXml"];
/// Fields that a document computes from itself; all others (authors, files, pictures from elsewhere) show what they
/// showed last.
const FIELDS: [&str; 13] = [
    "PAGE",
    "NUMPAGES",
    "SECTIONPAGES",
    "SECTION",
    "TOC",
    "TC",
    "REF",
    "PAGEREF",
    "NOTEREF",
    "SEQ",
    "STYLEREF",
    "EQ",
    "LISTNUM",
];
/// Attributes that say who, when, or on which computer.
const TELLING: [&str; 14] = [
    "author",
    "initials",
    "date",
    "dateUtc",
    "userId",
    "providerId",
    "saveSubsetFonts",
    "docLocation",
    "gfxdata",
    "tooltip",
    "tgtFrame",
    "equationxml",
    "fullPath",
    "connectortype",
];

impl Written<'_> {
    fn points_nowhere(&self, attribute: &Attribute<'_>) -> bool {
        attribute.key.prefix().is_some() && self.gone.contains(attribute.value.as_ref())
    }
}

impl Sieve for Written<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        let lost = || start.attributes().flatten().any(|attribute| self.points_nowhere(&attribute));
        match name {
            _ if GO.contains(&name) => Fate::Goes,
            _ if OPEN.contains(&name) => Fate::Opens,
            // A link's text stays where its target is left out, and a picture's frame without its picture.
            "hyperlink" | "blip" => Fate::Stays,
            _ if lost() => Fate::Goes,
            _ => Fate::Stays,
        }
    }

    fn attribute<'a>(&self, element: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        let name = attribute.key.local_name().into_inner();
        if name.starts_with("rsid") || TELLING.contains(&name) || self.points_nowhere(attribute) {
            return None;
        }
        let empty = || Some(Attribute { key: attribute.key, value: "".into() });
        match (element, name) {
            // A picture is called as its file was; and so it is described, if nobody wrote anything better.
            ("cNvPr" | "docPr", "name") => empty(),
            ("cNvPr" | "docPr", "descr" | "title") if is_a_file(&attribute.value) => empty(),
            ("imagedata" | "shape" | "fill" | "rect", "title" | "href" | "src" | "alt" | "althref") => None,
            ("fldSimple", "instr") if !computes_itself(&attribute.value) => empty(),
            _ => Some(attribute.clone()),
        }
    }

    fn text(&self, element: &str, text: &str) -> bool {
        match element {
            "instrText" => computes_itself(text),
            // The cells of a chart, and in which workbook they stood.
            "f" | "fmlaMacro" => !tells_a_place(text) && !text.contains('['),
            _ => true,
        }
    }
}

/// Whether a field, or a piece of one, is computed from the document alone.
fn computes_itself(field: &str) -> bool {
    let first = field.split_whitespace().next();
    first.is_none_or(|first| first.starts_with('\\') || FIELDS.contains(&first.to_uppercase().as_str()))
}

fn is_a_file(text: &str) -> bool {
    tells_a_place(text) || picture_form(text).is_some()
}
