//! Fonts, icons, manifest, service worker: files that are published as they are.
//!
//! Fonts get a hash in their names and may be kept for ever. The others are known to browsers by their names.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::site::{self, Site};

/// Publishes every file below `public`, hidden ones aside.
pub(crate) fn publish(public: &Path, site: &mut Site) -> Result<()> {
    for path in files_below(public)? {
        let content = site::read(&path)?;
        let name = path.strip_prefix(public)?.to_str().context("file names in public/ are UTF-8")?;
        if name.ends_with(".woff2") {
            site.put_hashed(name, name, '.', &content)?;
        } else {
            site.put(name, &content)?;
        }
    }
    Ok(())
}

/// All files below a folder, in the order of their names; none if there is no folder.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
