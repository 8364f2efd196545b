//! Style sheets: one for each kind of page, with everything that it imports.

use std::fmt::Display;
use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Features, Targets};
use lightningcss::values::url::Url;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit, VisitTypes, Visitor};

use crate::fonts;
use crate::site::Site;

/// The entry points; those that `style/` has are published.
const ENTRIES: [&str; 4] = ["phone.css", "team.css", "screen.css", "nadwa.css"];

/// What a phone loads when it first opens a page.
const FIRST_VISIT: &str = "phone.css";

/// Publishes the entry points of `style` as `pkg/NAME-HASH.css`.
pub(crate) fn publish(style: &Path, site: &mut Site) -> Result<()> {
    for entry in ENTRIES {
        let source = style.join(entry);
        if source.exists() {
            let css = bundle(&source, site)?;
            site.put_hashed(entry, &format!("pkg/{entry}"), '-', css.as_bytes())?;
            if entry == FIRST_VISIT {
                site.preload("arabic", fonts::with(fonts::ARABIC, &css)?);
                site.preload("latin", fonts::with(fonts::LATIN, &css)?);
            }
        }
    }
    Ok(())
}

/// One style sheet without imports, small, with the published addresses of fonts and pictures.
fn bundle(source: &Path, site: &Site) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(source).map_err(|error| anyhow!("{error}"))?;
    sheet.visit(&mut Addresses { site }).map_err(|error| anyhow!("{}: {error}", source.display()))?;
    sheet.minify(MinifyOptions { targets: targets(), ..Default::default() }).map_err(said)?;
    print(&sheet)
}

fn print(sheet: &StyleSheet) -> Result<String> {
    let options = PrinterOptions { minify: true, targets: targets(), ..Default::default() };
    Ok(sheet.to_css(options).map_err(said)?.code)
}

/// Old phones that children still carry.
///
/// Logical properties stay as written: every one of these browsers knows them,
/// and the substitute would guess the direction from the language.
fn targets() -> Targets {
    let browsers = Browsers {
        android: version(90, 0),
        chrome: version(90, 0),
        firefox: version(90, 0),
        ios_saf: version(14, 5),
        safari: version(14, 5),
        ..Default::default()
    };
    Targets { browsers: Some(browsers), exclude: Features::LogicalProperties, ..Default::default() }
}

fn version(major: u32, minor: u32) -> Option<u32> {
    Some(major << 16 | minor << 8)
}

fn said(error: impl Display) -> anyhow::Error {
    anyhow!("{error}")
}

/// Puts published addresses in the place of those that sources use.
struct Addresses<'a> {
    site: &'a Site,
}

impl<'i> Visitor<'i> for Addresses<'_> {
    type Error = String;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(URLS)
    }

    fn visit_url(&mut self, url: &mut Url<'i>) -> Result<(), String> {
        if url.url.starts_with('/') {
            let address = self.site.address_of(&url.url);
            url.url = address.ok_or_else(|| format!("public/ has no file for url({})", url.url))?.into();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::fs;

    use super::publish;
    use crate::site::Site;

    /// The style sheet that comes of this source, or why there is none.
    fn published(test: &str, source: &str) -> Result<String, String> {
        let folder = env::temp_dir().join(format!("nadwa-bundle-{test}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("phone.css"), source).unwrap();
        let mut site = Site::start(folder.join("site")).unwrap();
        site.put_hashed("fonts/a.woff2", "fonts/a.woff2", '.', b"letters").unwrap();
        publish(&folder, &mut site).map_err(|error| error.to_string())?;
        let path = site.address_of("/phone.css").unwrap();
        let css = site.read(path.trim_start_matches('/')).unwrap();
        fs::remove_dir_all(folder).unwrap();
        Ok(String::from_utf8(css).unwrap())
    }

    #[test]
    fn a_font_is_asked_for_by_its_published_name() {
        let css = published("font", "@font-face { font-family: A; src: url(/fonts/a.woff2) }").unwrap();
        assert!(css.contains("url(/fonts/a.") && !css.contains("/fonts/a.woff2"), "{css}");
    }

    #[test]
    fn a_file_that_public_does_not_have_is_refused() {
        let why = published("missing", ".a { background: url(/icons/none.svg) }").unwrap_err();
        assert!(why.contains("/icons/none.svg"), "{why}");
    }

    #[test]
    fn the_direction_of_a_page_is_never_guessed_from_its_language() {
        let css = published("direction", ".a { margin-inline-start: 1rem; border-start-start-radius: 1px }").unwrap();
        assert!(css.contains("margin-inline-start") && !css.contains("left"), "{css}");
    }
}
