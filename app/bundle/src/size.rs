//! A phone's first visit, weighed after brotli.
//!
//! The budget is for a reader of Arabic: the page, its style sheet, the phone's bundle, and the fonts that Arabic
//! letters, digits and spaces make a browser load. A kB is 1000 bytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::compress;
use crate::fonts;
use crate::site::{self, ASSETS};

struct Weight {
    name: &'static str,
    bytes: u64,
    budget: u64,
}

/// Prints a line for each part; fails if one is over its budget.
pub(crate) fn weigh(place: &Path, html: Option<&Path>) -> Result<ExitCode> {
    let mut weights = first_visit(place)?;
    if let Some(page) = html {
        let bytes = compress::brotli_size_of_page(&site::read(page)?)?;
        weights.push(Weight { name: "page", bytes, budget: 15_000 });
    }
    for weight in &weights {
        let verdict = if weight.bytes > weight.budget { "OVER" } else { "within" };
        println!("{:<12}{:>8} bytes, {verdict} {}", weight.name, weight.bytes, weight.budget);
    }
    println!("{:<12}{:>8} bytes", "first visit", weights.iter().map(|weight| weight.bytes).sum::<u64>());
    let over = weights.iter().any(|weight| weight.bytes > weight.budget);
    Ok(if over { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn first_visit(place: &Path) -> Result<Vec<Weight>> {
    let assets: Map<String, Value> = serde_json::from_slice(&site::read(&place.join(ASSETS))?)?;
    let asset = |name: &str| assets.get(name).and_then(Value::as_str);
    let phone = place.join("pkg").join(asset("phone").context("the site has no bundle for phones")?);
    let sheet = asset("phone.css").or_else(|| asset("nadwa.css")).context("the site has no style sheet")?;
    let sheet = below(place, sheet);
    Ok(vec![
        Weight { name: "wasm", bytes: size_of(&extended(&phone, "_bg.wasm.br"))?, budget: 100_000 },
        Weight { name: "glue", bytes: size_of(&extended(&phone, ".js.br"))?, budget: 10_000 },
        Weight { name: "style", bytes: size_of(&extended(&sheet, ".br"))?, budget: 15_000 },
        Weight { name: "fonts", bytes: fonts(place, &sheet)?, budget: 100_000 },
    ])
}

/// The fonts that reading Arabic with this style sheet loads, all weights of them.
fn fonts(place: &Path, sheet: &Path) -> Result<u64> {
    let sheet = fs::read_to_string(sheet)?;
    fonts::with(fonts::ARABIC_READING, &sheet)?.iter().map(|address| size_of(&below(place, address))).sum()
}

fn below(place: &Path, address: &str) -> PathBuf {
    place.join(address.trim_start_matches('/'))
}

/// A hashed name has no dot that `with_extension` may cut at.
fn extended(path: &Path, tail: &str) -> PathBuf {
    let mut whole = path.as_os_str().to_owned();
    whole.push(tail);
    PathBuf::from(whole)
}

fn size_of(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file).with_context(|| format!("cannot find {}", file.display()))?.len())
}
