//! The folder that the server serves, put in place whole.
//!
//! Files are gathered in `site.new`; only a finished one takes the name `site`, so that nothing stale stays and
//! a server that is running never sees half of it. If nothing changed, the old folder stays untouched:
//! its files keep their times, and cargo does not build the server again for them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::cache::remove;
use crate::hash;

/// The file that tells the server the names of all others.
pub(crate) const ASSETS: &str = "assets.json";

pub(crate) struct Site {
    place: PathBuf,
    draft: PathBuf,
    /// Path of each file below the site, and the hash of its content.
    files: BTreeMap<String, String>,
    /// What the server and the style sheets look up: logical name to address.
    names: BTreeMap<String, String>,
    /// Addresses of the fonts that a page may preload, by its script.
    preload: BTreeMap<&'static str, Vec<String>>,
}

impl Site {
    pub(crate) fn start(place: PathBuf) -> Result<Self> {
        let draft = place.with_extension("new");
        remove(&draft)?;
        fs::create_dir_all(&draft).with_context(|| format!("cannot make {}", draft.display()))?;
        Ok(Self { place, draft, files: BTreeMap::new(), names: BTreeMap::new(), preload: BTreeMap::new() })
    }

    /// Puts a file at this path, which stays its name for ever.
    pub(crate) fn put(&mut self, path: &str, content: &[u8]) -> Result<()> {
        self.write(path, content)?;
        self.files.insert(path.to_owned(), hash::short(&[content]));
        Ok(())
    }

    /// Puts a file that may be kept for ever, as `STEM SEPARATOR HASH.EXTENSION`, and remembers its logical name.
    pub(crate) fn put_hashed(&mut self, name: &str, path: &str, separator: char, content: &[u8]) -> Result<()> {
        let (stem, extension) = path.rsplit_once('.').with_context(|| format!("{path} has no extension"))?;
        let hashed = format!("{stem}{separator}{}.{extension}", hash::short(&[content]));
        self.put(&hashed, content)?;
        self.name(name, format!("/{hashed}"));
        Ok(())
    }

    /// Lets the server look this address up by a name that does not change.
    pub(crate) fn name(&mut self, name: &str, address: String) {
        self.names.insert(name.to_owned(), address);
    }

    /// Lets pages of a script preload these fonts.
    pub(crate) fn preload(&mut self, letters: &'static str, fonts: Vec<String>) {
        self.preload.insert(letters, fonts);
    }

    /// The address of what sources call `/fonts/x.woff2` or `/icons/x.svg`.
    pub(crate) fn address_of(&self, source: &str) -> Option<String> {
        let name = source.strip_prefix('/')?;
        self.names.get(name).cloned().or_else(|| self.files.contains_key(name).then(|| source.to_owned()))
    }

    /// All files so far.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>> {
        read(&self.draft.join(path))
    }

    /// Puts a smaller twin beside a file; it adds nothing to what the site says.
    pub(crate) fn put_twin(&self, path: &str, extension: &str, content: &[u8]) -> Result<()> {
        self.write(&format!("{path}.{extension}"), content)
    }

    /// Writes `assets.json` and takes the place of the old site; false if that is the same and stays.
    pub(crate) fn finish(self) -> Result<bool> {
        let assets = self.assets()?;
        self.write(ASSETS, assets.as_bytes())?;
        if fs::read_to_string(self.place.join(ASSETS)).is_ok_and(|old| old == assets) {
            remove(&self.draft)?;
            return Ok(false);
        }
        let old = self.place.with_extension("old");
        remove(&old)?;
        if self.place.exists() {
            fs::rename(&self.place, &old)?;
        }
        fs::rename(&self.draft, &self.place)?;
        remove(&old)?;
        Ok(true)
    }

    /// The logical names, the fonts to ask for early, and `build`: a hash over all that browsers may load.
    fn assets(&self) -> Result<String> {
        let parts: Vec<&[u8]> = self.files.iter().flat_map(|(path, hash)| [path.as_bytes(), hash.as_bytes()]).collect();
        let mut assets: Map<String, Value> =
            self.names.iter().map(|(name, address)| (name.clone(), address.as_str().into())).collect();
        for (letters, fonts) in &self.preload {
            assets.insert(format!("preload-{letters}"), fonts.as_slice().into());
        }
        assets.insert("build".to_owned(), hash::short(&parts).into());
        Ok(serde_json::to_string_pretty(&assets)?)
    }

    fn write(&self, path: &str, content: &[u8]) -> Result<()> {
        let path = self.draft.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// Reads a file, or says which one could not be read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
