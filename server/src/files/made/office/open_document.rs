//! OpenDocument texts: what is written, how it looks, and its pictures.

use nadwa_domain::paper::file::FileKind;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use zip::CompressionMethod;

use super::{Archive, Parts, picture_anew};
use crate::files::made::xml::{Fate, Names, Sieve, sifted, value};

const WRITTEN: [&str; 2] = ["content.xml", "styles.xml"];
const LIST: &str = "META-INF/manifest.xml";
const PICTURES: &str = "Pictures/";

/// Writes what is read; nothing if one of these parts cannot be made anew.
pub(super) fn write(parts: &mut Parts<'_>, out: &mut Archive) -> Option<()> {
    let is_read =
        |name: &&String| WRITTEN.contains(&name.as_str()) || (name.starts_with(PICTURES) && !name.ends_with('/'));
    let kept: Vec<String> = parts.names.iter().filter(is_read).cloned().collect();
    let names: Names = kept.iter().cloned().collect();
    if kept.len() != names.len() {
        return None;
    }
    // An OpenDocument file is known by its first entry, which is stored without compression.
    out.put("mimetype", FileKind::Odt.media_type().as_bytes(), CompressionMethod::Stored)?;
    for name in &kept {
        let part = parts.read(name)?;
        let made = if name.starts_with(PICTURES) {
            picture_anew(&part, name)?
        } else {
            sifted(&part, &Written { names: &names })?
        };
        out.put(name, &made, CompressionMethod::Deflated)?;
    }
    let list = parts.read(LIST)?;
    out.put(LIST, &sifted(&list, &Listed(&names))?, CompressionMethod::Deflated)
}

/// The manifest.
struct Listed<'a>(&'a Names);

impl Sieve for Listed<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        let path = || value(start, "full-path");
        match name {
            "manifest" => Fate::Stays,
            "file-entry" if path() == "/" || self.0.contains(&path()) => Fate::Stays,
            _ => Fate::Goes,
        }
    }

    fn attribute<'a>(&self, _: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        Some(attribute.clone())
    }

    fn text(&self, _: &str, _: &str) -> bool {
        false
    }
}

/// What the authors wrote, as a reader sees it.
struct Written<'a> {
    names: &'a Names,
}

/// Elements that go with all that is in them: annotations, tracked changes, scripts, fields that tell who, where or
/// from which database, forms and controls, embedded objects.
const GO: [&str; 54] = [
    "annotation",
    "annotation-end",
    "tracked-changes",
    "change",
    "change-start",
    "change-end",
    "scripts",
    "script",
    "event-listeners",
    "event-listener",
    "execute-macro",
    "creator",
    "initial-creator",
    "editing-cycles",
    "editing-duration",
    "printed-by",
    "author-name",
    "author-initials",
    "sender-firstname",
    "sender-lastname",
    "sender-initials",
    "sender-title",
    "sender-position",
    "sender-email",
    "sender-phone-private",
    "sender-fax",
    "sender-company",
    "sender-phone-work",
    "sender-street",
    "sender-city",
    "sender-postal-code",
    "sender-country",
    "sender-state-or-province",
    "user-defined",
    "keywords",
    "subject",
    "file-name",
    "template-name",
    "database-display",
    "database-name",
    "database-next",
    "database-row-select",
    "database-row-number",
    "dde-connection",
    "dde-connection-decls",
    "dde-source",
    "section-source",
    "forms",
    "control",
    "object",
    "object-ole",
    "applet",
    "plugin",
    "floating-frame",
];

impl Written<'_> {
    /// Within the document: a bookmark in it, or a picture that stays.
    fn inside(&self, target: &str) -> bool {
        target.is_empty() || target.starts_with('#') || self.names.contains(target.trim_start_matches("./"))
    }
}

impl Sieve for Written<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        match name {
            _ if GO.contains(&name) => Fate::Goes,
            "meta" => Fate::Opens,
            // A link's text stays where its target is left out.
            "a" => Fate::Stays,
            _ if self.inside(&value(start, "href")) => Fate::Stays,
            _ => Fate::Goes,
        }
    }

    fn attribute<'a>(&self, element: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        let name = attribute.key.local_name().into_inner();
        let goes = name.ends_with("rsid") || (name == "href" && !self.inside(&attribute.value));
        let unnamed = element == "frame" && name == "name";
        (!goes && !unnamed).then(|| attribute.clone())
    }

    fn text(&self, _: &str, _: &str) -> bool {
        true
    }
}
