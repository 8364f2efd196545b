//! XML of documents, read and written anew, element by element. Comments, processing instructions and DOCTYPE with its
//! entities stay behind; what else does is said by a [`Sieve`].

use std::collections::HashSet;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Stays,
    /// It goes; what is in it stays.
    Opens,
    /// It goes with all that is in it.
    Goes,
}

/// What stays of a document's XML. Names are local names: each program chooses its prefixes.
pub trait Sieve {
    /// What becomes of an element.
    fn element(&self, name: &str, start: &BytesStart<'_>) -> Fate;

    /// The value that an attribute of an element gets, or that it goes.
    fn attribute<'a>(&self, element: &str, attribute: &Attribute<'a>) -> Option<Attribute<'a>>;

    /// Whether a text within an element stays.
    fn text(&self, element: &str, text: &str) -> bool;
}

/// The document as far as it stays; nothing if it cannot be read, or is not UTF-8.
#[must_use]
pub fn sifted(xml: &[u8], sieve: &dyn Sieve) -> Option<Vec<u8>> {
    let xml = str::from_utf8(xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml)).ok()?;
    let mut reader = Reader::from_str(xml);
    let mut writer = Writer::new(Vec::with_capacity(xml.len()));
    // The elements that are open now, with what became of each.
    let mut open: Vec<(String, Fate)> = Vec::new();
    // How many of them went with all that is in them.
    let mut gone = 0_usize;
    loop {
        let event = reader.read_event().ok()?;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.local_name().into_inner().to_owned();
                let fate = if gone > 0 { Fate::Goes } else { sieve.element(&name, start) };
                let is_open = matches!(event, Event::Start(_));
                if fate == Fate::Stays {
                    let kept = element(&name, start, sieve)?;
                    writer.write_event(if is_open { Event::Start(kept) } else { Event::Empty(kept) }).ok()?;
                }
                if is_open {
                    gone += usize::from(fate == Fate::Goes);
                    open.push((name, fate));
                }
            }
            Event::End(_) => {
                let (_, fate) = open.pop()?;
                gone -= usize::from(fate == Fate::Goes);
                if fate == Fate::Stays {
                    writer.write_event(event).ok()?;
                }
            }
            Event::Text(text) => {
                let within = open.last().map_or("", |(name, _)| name.as_str());
                if gone == 0 && sieve.text(within, text) {
                    writer.write_event(event).ok()?;
                }
            }
            Event::CData(text) => {
                let within = open.last().map_or("", |(name, _)| name.as_str());
                if gone == 0 && sieve.text(within, text) {
                    writer.write_event(Event::Text(BytesText::new(text))).ok()?;
                }
            }
            Event::GeneralRef(sign) => {
                // Character references and the five predefined entities: none that the document defines.
                let known = ["amp", "lt", "gt", "apos", "quot"].contains(&&**sign) || sign.starts_with('#');
                let within = open.last().map_or("", |(name, _)| name.as_str());
                if !known {
                    return None;
                }
                if gone == 0 && sieve.text(within, sign) {
                    writer.write_event(event).ok()?;
                }
            }
            Event::Decl(_) => writer.write_event(event).ok()?,
            Event::Comment(_) | Event::PI(_) => {}
            Event::DocType(_) => return None,
            Event::Eof => return open.is_empty().then(|| writer.into_inner()),
        }
    }
}

fn element<'a>(name: &str, start: &BytesStart<'a>, sieve: &dyn Sieve) -> Option<BytesStart<'a>> {
    let mut kept = start.to_owned();
    kept.clear_attributes();
    for attribute in start.attributes() {
        if let Some(attribute) = sieve.attribute(name, &attribute.ok()?) {
            kept.push_attribute(attribute);
        }
    }
    Some(kept)
}

/// The value of an attribute, by its name without a prefix; empty if there is none.
#[must_use]
pub fn value(start: &BytesStart<'_>, name: &str) -> String {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().into_inner() == name);
    found.and_then(|found| Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())).unwrap_or_default()
}

/// Reads the elements of one name; nothing if the document cannot be read.
#[must_use]
pub fn each<T>(xml: &[u8], name: &str, read: impl Fn(&BytesStart<'_>) -> T) -> Option<Vec<T>> {
    let found = every(xml, |start| (start.local_name().into_inner() == name).then(|| read(start)))?;
    Some(found.into_iter().flatten().collect())
}

/// Reads all elements; nothing if the document cannot be read.
#[must_use]
pub fn every<T>(xml: &[u8], read: impl Fn(&BytesStart<'_>) -> T) -> Option<Vec<T>> {
    let mut reader = Reader::from_str(str::from_utf8(xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml)).ok()?);
    let mut found = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => found.push(read(&start)),
            Event::Eof => return Some(found),
            Event::DocType(_) => return None,
            Event::End(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

/// Names and ids, to be looked up.
pub type Names = HashSet<String>;
