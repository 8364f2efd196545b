//! OpenDocument texts: what is written, how it looks, and its pictures.

use nadwa_domain::paper::file::FileKind;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use zip::CompressionMethod;

use super::called::Called;
use super::{Archive, Parts, picture_anew, tells_a_place};
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
    let called = Called::default();
    for name in &kept {
        let part = parts.read(name)?;
        let made = if name.starts_with(PICTURES) {
            picture_anew(&part, name)?
        } else {
            sifted(&part, &Written { names: &names, called: &called })?
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
    called: &'a Called,
}

/// Elements that stay: text and its structure, tables, drawings, and how all of it looks. What is not among them is not
/// kept: its text stays, if it shows any, as plain text (`G10`).
const STAY: [&str; 160] = [
    // Parts of the document.
    "document-content",
    "document-styles",
    "font-face-decls",
    "font-face",
    "automatic-styles",
    "styles",
    "master-styles",
    "body",
    "text",
    "list",
    "list-item",
    "list-header",
    "number",
    "p",
    "h",
    "span",
    "s",
    "tab",
    "line-break",
    "soft-page-break",
    "a",
    "section",
    "numbered-paragraph",
    "note",
    "note-citation",
    "note-body",
    "ruby",
    "ruby-base",
    "ruby-text",
    "bookmark",
    "bookmark-start",
    "bookmark-end",
    "reference-mark",
    "reference-mark-start",
    "reference-mark-end",
    "bookmark-ref",
    "reference-ref",
    "note-ref",
    "sequence-decls",
    "sequence-decl",
    "sequence",
    "sequence-ref",
    "page-number",
    "page-count",
    "chapter",
    "table-of-content",
    "table-of-content-source",
    "table-of-content-entry-template",
    "index-title-template",
    "index-source-styles",
    "index-source-style",
    "index-entry-chapter",
    "index-entry-text",
    "index-entry-tab-stop",
    "index-entry-page-number",
    "index-entry-span",
    "index-entry-link-start",
    "index-entry-link-end",
    "index-body",
    "index-title",
    "toc-mark",
    "toc-mark-start",
    "toc-mark-end",
    // Tables.
    "table",
    "table-column",
    "table-columns",
    "table-row",
    "table-rows",
    "table-cell",
    "covered-table-cell",
    "table-header-rows",
    "table-header-columns",
    "table-row-group",
    "table-column-group",
    "table-template",
    // Drawings.
    "frame",
    "image",
    "text-box",
    "g",
    "rect",
    "line",
    "circle",
    "ellipse",
    "polygon",
    "polyline",
    "path",
    "custom-shape",
    "enhanced-geometry",
    "equation",
    "handle",
    "connector",
    "caption",
    "marker",
    "gradient",
    "hatch",
    "fill-image",
    "opacity",
    "stroke-dash",
    "title",
    "desc",
    // Looks.
    "style",
    "default-style",
    "map",
    "paragraph-properties",
    "text-properties",
    "table-properties",
    "table-column-properties",
    "table-row-properties",
    "table-cell-properties",
    "graphic-properties",
    "section-properties",
    "ruby-properties",
    "page-layout",
    "page-layout-properties",
    "header-style",
    "footer-style",
    "header-footer-properties",
    "footnote-sep",
    "master-page",
    "header",
    "footer",
    "header-left",
    "footer-left",
    "header-first",
    "footer-first",
    "tab-stops",
    "tab-stop",
    "drop-cap",
    "columns",
    "column",
    "column-sep",
    "background-image",
    "list-style",
    "list-level-style-number",
    "list-level-style-bullet",
    "list-level-style-image",
    "list-level-properties",
    "list-level-label-alignment",
    "outline-style",
    "outline-level-style",
    "notes-configuration",
    "linenumbering-configuration",
    "linenumbering-separator",
    // How numbers look.
    "number-style",
    "date-style",
    "time-style",
    "text-style",
    "boolean-style",
    "currency-style",
    "percentage-style",
    "text-content",
    "day",
    "month",
    "year",
    "hours",
    "minutes",
    "seconds",
    "am-pm",
    "day-of-week",
    "currency-symbol",
];

/// Elements that go with all that is in them: annotations, tracked changes, scripts, fields that tell who, where or
/// from which database, hidden texts, pictures within the XML, forms and controls, embedded objects.
const GO: [&str; 69] = [
    "binary-data",
    "description",
    "user-field-decls",
    "user-field-decl",
    "variable-decls",
    "variable-decl",
    "variable-set",
    "hidden-text",
    "hidden-paragraph",
    "conditional-text",
    "placeholder",
    "meta-field",
    "sheet-name",
    "measure",
    "image-map",
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
    /// A picture that stays. Links within the document go: they say what somebody called a place.
    fn inside(&self, target: &str) -> bool {
        target.is_empty() || self.names.contains(target.trim_start_matches("./"))
    }
}

impl Sieve for Written<'_> {
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate {
        match name {
            _ if GO.contains(&name) => Fate::Goes,
            // A link's text stays where its target is left out.
            "a" => Fate::Stays,
            _ if !self.inside(&value(start, "href")) => Fate::Goes,
            _ if STAY.contains(&name) => Fate::Stays,
            _ => Fate::Opens,
        }
    }

    fn attribute<'a>(&self, element: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>> {
        let name = attribute.key.local_name().into_inner();
        let goes = name.ends_with("rsid") || (name == "href" && !self.inside(&attribute.value));
        let unnamed = element == "frame" && name == "name";
        let is_namespace =
            name == "xmlns" || attribute.key.prefix().is_some_and(|prefix| prefix.into_inner() == "xmlns");
        let tells =
            matches!(name, "string-value" | "description") || (!is_namespace && tells_a_place(&attribute.value));
        if goes || unnamed || tells || name == "display-name" {
            return None;
        }
        let is_called = !is_namespace && (name == "name" || name.ends_with("-name"));
        Some(if is_called { self.called.any(attribute) } else { attribute.clone() })
    }

    /// A picture is titled as its file was, where nobody wrote anything better.
    fn text(&self, element: &str, text: &str) -> bool {
        !matches!(element, "title" | "desc") || !tells_a_place(text)
    }
}
