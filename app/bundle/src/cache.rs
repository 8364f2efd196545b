//! What the last run made, by the content that it was made from.
//!
//! An entry is a folder whose name is a hash of its inputs: it is either whole or absent, and never out of date.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::hash;

pub(crate) struct Cache {
    place: PathBuf,
    /// Entries that this run asked for; the others are forgotten at its end.
    used: BTreeSet<String>,
}

impl Cache {
    pub(crate) fn open(place: PathBuf) -> Result<Self> {
        fs::create_dir_all(&place).with_context(|| format!("cannot make {}", place.display()))?;
        Ok(Self { place, used: BTreeSet::new() })
    }

    /// The folder made from these inputs; `make` fills it if it is not there yet.
    pub(crate) fn folder(&mut self, inputs: &[&[u8]], make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let name = hash::short(inputs);
        let folder = self.place.join(&name);
        if !folder.exists() {
            let draft = self.place.join("draft");
            remove(&draft)?;
            fs::create_dir_all(&draft)?;
            make(&draft)?;
            fs::rename(&draft, &folder)?;
        }
        self.used.insert(name);
        Ok(folder)
    }

    /// Removes what this run did not ask for, so that the cache stays as large as one site.
    pub(crate) fn forget_unused(self) -> Result<()> {
        for entry in fs::read_dir(&self.place)? {
            let entry = entry?;
            if !self.used.contains(&*entry.file_name().to_string_lossy()) {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }
}

/// Removes a folder; one that is not there is removed already.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
