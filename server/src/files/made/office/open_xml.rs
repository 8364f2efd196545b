//! Word and slides (Office Open XML). Parts are found by their names, and point at one another by relationships: what
//! is left out is pointed at by nothing, and nothing points outside.

mod lists;

use std::collections::HashMap;

use nadwa_domain::paper::file::FileKind;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::{PrefixDeclaration, QName};
use zip::CompressionMethod;

use lists::{GO, KNOWN, OPEN, STYLES, TELLING, TEXT};

use super::called::{Called, computes_itself};
use super::{Archive, Parts, picture_anew, picture_form, tells_a_place};
use crate::files::made::xml::{Fate, Names, Sieve, each, every, sifted, value};

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
    let names: Parted =
        kept.iter().enumerate().map(|(place, name)| (name.clone(), called(name, place, folders))).collect();
    if kept.len() != names.len() {
        return None;
    }
    let kinds = parts.read(KINDS)?;
    out.put(KINDS, &sifted(&kinds, &Listed(&names))?, CompressionMethod::Deflated)?;
    // The package's own relationship points at the document.
    related(parts, "", &names, out)?;
    let called = Called::default();
    for name in &kept {
        let gone = related(parts, name, &names, out)?;
        let part = parts.read(name)?;
        let made = match picture_form(name) {
            Some(_) => picture_anew(&part, name)?,
            None if name.ends_with(".xml") => {
                sifted(&part, &Written { gone: &gone, foreign: &foreign(&part)?, called: &called })?
            }
            None => return None,
        };
        out.put(&names[name], &made, CompressionMethod::Deflated)?;
    }
    Some(())
}

/// The parts that are read, each with what it is called from now on.
type Parted = HashMap<String, String>;

/// A part is called by what it is, and never as somebody's file was.
fn called(name: &str, place: usize, folders: &[(&str, &[&str])]) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let begins = folders.iter().filter(|(known, _)| *known == folder).flat_map(|(_, begins)| begins.iter());
    let begin = begins.filter(|begin| file.starts_with(**begin)).max_by_key(|begin| begin.len()).copied().unwrap_or("");
    let rest = file.strip_prefix(begin).unwrap_or(file);
    let (counted, ending) = rest.rsplit_once('.').unwrap_or((rest, ""));
    match rest.is_empty() || (!begin.is_empty() && counted.chars().all(|c| c.is_ascii_digit())) {
        true => name.to_owned(),
        false => format!("{folder}/{begin}part{place}.{}", ending.to_lowercase()),
    }
}

fn is_read(name: &str, folders: &[(&str, &[&str])]) -> bool {
    let Some((folder, file)) = name.rsplit_once('/') else { return false };
    let left_out = file.rsplit_once('.').is_some_and(|(_, ending)| LEFT_OUT.contains(&ending.to_lowercase().as_str()));
    let known =
        |(known, begins): &(&str, &[&str])| *known == folder && begins.iter().any(|begin| file.starts_with(begin));
    !left_out && !file.is_empty() && folders.iter().any(known)
}

/// Writes a part's relationships, and says which ids led to what is left out.
fn related(parts: &mut Parts<'_>, part: &str, names: &Parted, out: &mut Archive) -> Option<Names> {
    let at = relations_of(part);
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    if !parts.has(&at) {
        return Some(Names::new());
    }
    let relations = parts.read(&at)?;
    let points = Points { folder, names };
    let ids = each(&relations, "Relationship", |relation| (value(relation, "Id"), points.inside(relation).is_some()))?;
    // An id that is more than a number is not ours to keep, and others point at it.
    let counted =
        |id: &str| id.trim_start_matches(|c: char| c.is_ascii_alphabetic()).chars().all(|c| c.is_ascii_digit());
    if ids.iter().any(|(id, stays)| *stays && (id.len() > 12 || !counted(id))) {
        return None;
    }
    let at = names.get(part).map_or(at, |part| relations_of(part));
    out.put(&at, &sifted(&relations, &points)?, CompressionMethod::Deflated)?;
    Some(ids.into_iter().filter(|(_, stays)| !stays).map(|(id, _)| id).collect())
}

fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// Relationships of a part in a folder: those to parts that are read.
struct Points<'a> {
    folder: &'a str,
    names: &'a Parted,
}

impl Points<'_> {
    /// The part that a relationship points at, as it is called from now on.
    fn inside(&self, relation: &BytesStart<'_>) -> Option<&str> {
        let mode = value(relation, "TargetMode");
        self.part(&value(relation, "Target")).filter(|_| mode.is_empty() || mode == "Internal")
    }

    fn part(&self, target: &str) -> Option<&str> {
        let mut path: Vec<&str> = if target.starts_with('/') { vec![] } else { self.folder.split('/').collect() };
        for step in target.split('/').filter(|step| !step.is_empty() && *step != ".") {
            if step == ".." {
                path.pop();
            } else {
                path.push(step);
            }
        }
        path.retain(|step| !step.is_empty());
        self.names.get(&path.join("/")).map(String::as_str)
    }
}

impl Sieve for Points<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        match name {
            "Relationships" => Fate::Stays,
            "Relationship" if self.inside(start).is_some() => Fate::Stays,
            _ => Fate::Goes,
        }
    }

    fn attribute<'a>(&self, _: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        match attribute.key.into_inner() {
            "xmlns" | "Id" | "Type" => Some(attribute.clone()),
            "Target" => {
                let part = self.part(&attribute.value)?;
                Some(Attribute { key: attribute.key, value: format!("/{part}").into() })
            }
            _ => None,
        }
    }

    fn text(&self, _: &str, _: &str) -> bool {
        false
    }
}

/// The content types of the parts.
struct Listed<'a>(&'a Parted);

impl Sieve for Listed<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        let stays = match name {
            "Types" => true,
            "Default" => {
                let ending = value(start, "Extension").to_lowercase();
                ["xml", "rels"].contains(&ending.as_str()) || picture_form(&format!(".{ending}")).is_some()
            }
            "Override" => self.0.contains_key(value(start, "PartName").trim_start_matches('/')),
            _ => false,
        };
        if stays { Fate::Stays } else { Fate::Goes }
    }

    fn attribute<'a>(&self, _: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        match attribute.key.into_inner() {
            "xmlns" | "Extension" | "ContentType" => Some(attribute.clone()),
            "PartName" => {
                let part = self.0.get(attribute.value.trim_start_matches('/'))?;
                Some(Attribute { key: attribute.key, value: format!("/{part}").into() })
            }
            _ => None,
        }
    }

    fn text(&self, _: &str, _: &str) -> bool {
        false
    }
}

/// What the authors wrote, as a reader sees it: without tracked changes, authors' names, and extensions.
struct Written<'a> {
    gone: &'a Names,
    /// Prefixes of namespaces that are no part of the format.
    foreign: &'a Names,
    called: &'a Called,
}

/// The prefixes that a part binds to namespaces of others; nothing if it cannot be read.
fn foreign(part: &[u8]) -> Option<Names> {
    let bound = every(part, |start| {
        let declared = start.attributes().flatten().filter(|attribute| is_declaration(attribute.key));
        let others = declared.filter(|attribute| !KNOWN.iter().any(|known| attribute.value.starts_with(known)));
        others.map(|attribute| declares(attribute.key).to_owned()).collect::<Vec<_>>()
    })?;
    Some(bound.into_iter().flatten().collect())
}

fn is_declaration(key: QName<'_>) -> bool {
    key.as_namespace_binding().is_some()
}

/// The prefix that a declaration binds; empty for the default one.
fn declares(key: QName<'_>) -> &str {
    match key.as_namespace_binding() {
        Some(PrefixDeclaration::Named(prefix)) => prefix,
        Some(PrefixDeclaration::Default) | None => "",
    }
}

impl Written<'_> {
    /// Whether a name is of a namespace of others; `of_element` as the default namespace is for elements alone.
    fn is_foreign(&self, name: QName<'_>, of_element: bool) -> bool {
        match name.prefix() {
            Some(prefix) => self.foreign.contains(prefix.into_inner()),
            None => of_element && self.foreign.contains(""),
        }
    }

    /// A list of prefixes, of those that are known.
    fn named<'a>(&self, list: &Attribute<'a>) -> Attribute<'a> {
        let known = list.value.split_whitespace().filter(|prefix| !self.foreign.contains(*prefix));
        Attribute { key: list.key, value: known.collect::<Vec<_>>().join(" ").into() }
    }

    fn points_nowhere(&self, attribute: &Attribute<'_>) -> bool {
        attribute.key.prefix().is_some() && self.gone.contains(attribute.value.as_ref())
    }
}

impl Sieve for Written<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        let lost = || start.attributes().flatten().any(|attribute| self.points_nowhere(&attribute));
        match name {
            _ if GO.contains(&name) => Fate::Goes,
            _ if self.is_foreign(start.name(), true) => Fate::Opens,
            _ if OPEN.contains(&name) => Fate::Opens,
            // A link's text stays where its target is left out, and a picture's frame without its picture.
            "hyperlink" | "blip" => Fate::Stays,
            _ if lost() => Fate::Goes,
            _ => Fate::Stays,
        }
    }

    fn attribute<'a>(&self, element: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        let name = attribute.key.local_name().into_inner();
        if is_declaration(attribute.key) {
            return (!self.foreign.contains(declares(attribute.key))).then(|| attribute.clone());
        }
        if self.is_foreign(attribute.key, false) {
            return None;
        }
        if name.starts_with("rsid") || TELLING.contains(&name) || self.points_nowhere(attribute) {
            return None;
        }
        let empty = || Some(Attribute { key: attribute.key, value: "".into() });
        match (element, name) {
            // A place on somebody's computer goes wherever it stands; a namespace is none.
            _ if tells_a_place(&attribute.value) && !KNOWN.iter().any(|known| attribute.value.starts_with(known)) => {
                empty()
            }
            // Themes are called as whoever made them liked; bookmarks too, and are pointed at by that.
            ("theme" | "clrScheme" | "fontScheme" | "fmtScheme" | "custClr", "name") => empty(),
            ("bookmarkStart", "name") | ("hyperlink", "anchor") => Some(self.called.bookmark(attribute)),
            // Styles and lists are called as whoever made them liked; only the names of the programs' own stay.
            ("name", "val") | ("lsdException", "name") | ("tblStyle", "styleName") => {
                Some(self.called.style(attribute))
            }
            ("style", "styleId") => Some(self.called.id(attribute)),
            (points, "val") if STYLES.contains(&points) => Some(self.called.id(attribute)),
            ("cSld" | "custShow", "name") => empty(),
            // A picture is called as its file was; and so it is described, if nobody wrote anything better.
            ("cNvPr" | "docPr", "name") => empty(),
            ("cNvPr" | "docPr", "descr" | "title") if is_a_file(&attribute.value) => empty(),
            ("imagedata" | "shape" | "fill" | "rect", "title" | "href" | "src" | "alt" | "althref") => None,
            // A prefix that is bound no more may not be named.
            (_, "Ignorable" | "Requires" | "MustUnderstand" | "ProcessContent") => Some(self.named(attribute)),
            ("fldSimple", "instr") if !computes_itself(&attribute.value) => empty(),
            _ => Some(attribute.clone()),
        }
    }

    fn text(&self, element: &str, text: &str) -> bool {
        match element {
            "instrText" => computes_itself(text),
            // The cells of a chart, and in which workbook they stood.
            "f" => !tells_a_place(text) && !text.contains('['),
            _ => TEXT.contains(&element),
        }
    }
}

fn is_a_file(text: &str) -> bool {
    tells_a_place(text) || picture_form(text).is_some()
}
