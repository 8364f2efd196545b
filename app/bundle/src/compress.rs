//! Smaller twins of every file that is not compressed already.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cache::Cache;
use crate::site::{self, Site};

const COMPRESSIBLE: [&str; 9] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

/// What a run may cost: a contributor waits for it, or it is made once and sent ten thousand times.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    Quick,
    Small,
}

impl Effort {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Small => "small",
        }
    }

    fn brotli_quality(self) -> i32 {
        match self {
            Self::Quick => 5,
            Self::Small => 11,
        }
    }
}

/// Puts `.br` and `.gz` beside each compressible file of the site.
pub(crate) fn publish(effort: Effort, cache: &mut Cache, site: &mut Site) -> Result<()> {
    for path in site.paths() {
        if !is_compressible(&path) {
            continue;
        }
        let content = site.read(&path)?;
        let inputs: [&[u8]; 2] = [include_bytes!("compress.rs"), &content];
        let folder = cache.folder(&inputs, |draft| compress(&content, effort, draft))?;
        for extension in ["br", "gz"] {
            site.put_twin(&path, extension, &site::read(&folder.join(extension))?)?;
        }
    }
    Ok(())
}

/// The bytes of this content after brotli, at the quality that suits a page made anew for each visit.
pub(crate) fn brotli_size_of_page(page: &[u8]) -> Result<u64> {
    Ok(brotli(page, Effort::Quick)?.len() as u64)
}

fn is_compressible(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| COMPRESSIBLE.contains(&extension))
}

fn compress(content: &[u8], effort: Effort, folder: &Path) -> Result<()> {
    fs::write(folder.join("br"), brotli(content, effort)?)?;
    let mut gz = GzEncoder::new(File::create(folder.join("gz"))?, Compression::best());
    gz.write_all(content)?;
    gz.finish()?;
    Ok(())
}

fn brotli(mut content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let mut small = Vec::new();
    let params = BrotliEncoderParams { quality: effort.brotli_quality(), lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut content, &mut small, &params)?;
    Ok(small)
}
