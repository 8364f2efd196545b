//! What an archive or a copy holds: how many bytes of what, and their digests.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Result};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::edge;

/// Its name in an archive, where it is the last.
pub(super) const CONTENTS: &str = "contents.json";

/// What is in it, by name.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contents(BTreeMap<String, Counted>);

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counted {
    pub(super) bytes: u64,
    /// Lines of a table: one fewer stand between them.
    pub(super) rows: u64,
    pub(super) sha256: String,
}

impl Contents {
    pub(super) fn add(&mut self, name: &str, counted: Counted) {
        self.0.insert(name.to_owned(), counted);
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&String, &Counted)> {
        self.0.iter()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Counted> {
        self.0.get(name)
    }

    /// How much it is, for whoever asked for it: the conference itself, and what people brought.
    pub(super) fn said(&self) -> String {
        let bytes: u64 = self.0.values().map(|counted| counted.bytes).sum();
        let brought = |name: &&String| name.starts_with("files/");
        let files = self.0.keys().filter(brought).count();
        let mib = bytes.div_ceil(1 << 20);
        format!("the conference, and {files} files that people brought; {mib} MiB in all")
    }

    pub(super) fn json(&self) -> String {
        // Names and numbers always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    pub(super) fn read(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// What of it is not in another, or is different there; and then what the other has besides.
    pub(super) fn differs_from(&self, found: &Self) -> Option<String> {
        let differs = |(name, expected): (&String, &Counted)| match found.get(name) {
            None => Some(format!("{name} is missing")),
            Some(found) if found != expected => Some(format!("{name} is not as it was written")),
            Some(_) => None,
        };
        let besides = || found.0.keys().find(|name| !self.0.contains_key(*name));
        self.entries().find_map(differs).or_else(|| besides().map(|name| format!("{name} was put into it later")))
    }
}

/// Counts what is read through it.
pub(super) struct Digesting<R> {
    source: R,
    hash: Sha256,
    bytes: u64,
    ends: u64,
}

impl<R: Read> Digesting<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, hash: Sha256::new(), bytes: 0, ends: 0 }
    }

    /// What was read.
    pub(super) fn end(self) -> Counted {
        let rows = if self.bytes == 0 { 0 } else { self.ends + 1 };
        Counted { bytes: self.bytes, rows, sha256: edge::hex(&self.hash.finalize()) }
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.source.read(buffer)?;
        let part = &buffer[..read];
        self.hash.update(part);
        self.bytes += read as u64;
        self.ends += part.iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(read)
    }
}

/// What a file is.
pub(super) fn digest(path: &Path) -> Result<Counted> {
    let mut source = Digesting::new(File::open(path)?);
    std::io::copy(&mut source, &mut std::io::sink())?;
    Ok(source.end())
}
