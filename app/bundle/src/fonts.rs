//! Which fonts a style sheet makes a reader load.

use anyhow::{Result, anyhow};
use lightningcss::rules::CssRule;
use lightningcss::rules::font_face::{FontFaceProperty, FontFaceRule, Source};
use lightningcss::stylesheet::{ParserOptions, StyleSheet};

/// Alef and the Arabic-Indic digit three: characters whose fonts a page in Arabic script needs at once.
pub(crate) const ARABIC: &[u32] = &[0x0627, 0x0663];
/// The same of a page in Latin script.
pub(crate) const LATIN: &[u32] = &[0x0061];
/// All that a page in Arabic script makes a browser load: the space is in the Latin font's `unicode-range`.
pub(crate) const ARABIC_READING: &[u32] = &[0x0627, 0x0663, 0x0020];

/// The addresses of the fonts whose `unicode-range` has one of these characters, in the order of the style sheet, each
/// once.
pub(crate) fn with(letters: &[u32], css: &str) -> Result<Vec<String>> {
    let sheet = StyleSheet::parse(css, ParserOptions::default()).map_err(|error| anyhow!("{error}"))?;
    let mut addresses = Vec::new();
    for address in faces_in(&sheet.rules.0).into_iter().filter(|face| serves(letters, face)).filter_map(file_of) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    Ok(addresses)
}

/// Every `@font-face`, those inside layers too.
fn faces_in<'a, 'i>(rules: &'a [CssRule<'i>]) -> Vec<&'a FontFaceRule<'i>> {
    let faces = |rule: &'a CssRule<'i>| match rule {
        CssRule::FontFace(face) => vec![face],
        CssRule::LayerBlock(layer) => faces_in(&layer.rules.0),
        _ => Vec::new(),
    };
    rules.iter().flat_map(faces).collect()
}

/// A face without a `unicode-range` is loaded for every character.
fn serves(letters: &[u32], face: &FontFaceRule) -> bool {
    let ranges = face.properties.iter().find_map(|property| match property {
        FontFaceProperty::UnicodeRange(ranges) => Some(ranges),
        _ => None,
    });
    let holds = |letter: &u32| {
        ranges.is_none_or(|ranges| ranges.iter().any(|range| (range.start..=range.end).contains(letter)))
    };
    letters.iter().any(holds)
}

/// The first file that a face names: the one that today's browsers take. None if it only borrows a local font.
fn file_of(face: &FontFaceRule) -> Option<String> {
    face.properties.iter().find_map(|property| match property {
        FontFaceProperty::Source(sources) => sources.iter().find_map(|source| match source {
            Source::Url(file) => Some(file.url.url.to_string()),
            Source::Local(_) => None,
        }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{ARABIC, ARABIC_READING, LATIN, with};

    #[test]
    fn a_page_asks_early_for_its_own_letters_and_an_arabic_one_loads_the_space_as_well() {
        let css = "@layer a { @font-face { font-family: A; src: url(/a.woff2); unicode-range: U+0600-06FF } }
                   @font-face { font-family: L; src: url(/l.woff2); unicode-range: U+0020-007E }
                   @font-face { font-family: C; src: url(/c.woff2); unicode-range: U+0400-04FF }
                   @font-face { font-family: W; src: local(Tahoma) }";
        assert_eq!(with(ARABIC, css).unwrap(), ["/a.woff2"]);
        assert_eq!(with(LATIN, css).unwrap(), ["/l.woff2"]);
        assert_eq!(with(ARABIC_READING, css).unwrap(), ["/a.woff2", "/l.woff2"]);
    }

    #[test]
    fn a_font_without_a_range_is_loaded_for_every_letter() {
        let css = "@font-face { font-family: A; src: url(/a.woff2) }";
        assert_eq!(with(LATIN, css).unwrap(), ["/a.woff2"]);
    }
}
