//! Turns `locales/*.toml` into functions, one a sentence, and fails the build on a gap (`L2`, `L14`).

use std::{env, fs, path::Path};

use nadwa_domain::lang::LANGS;

#[path = "build/check.rs"]
mod check;
#[path = "build/notes.rs"]
mod notes;
#[path = "build/read.rs"]
mod read;
#[path = "build/write.rs"]
mod write;

fn main() {
    let home = env::var("CARGO_MANIFEST_DIR").expect("cargo says where the package is");
    let locales = Path::new(&home).join("locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");

    let mut faults = Vec::new();
    let mut files = Vec::new();
    for lang in LANGS {
        match read::file(&locales, lang) {
            Ok(sentences) => files.push(sentences),
            Err(mut found) => faults.append(&mut found),
        }
    }
    if faults.is_empty() {
        faults = check::faults(&files);
    }
    for fault in &faults {
        println!("cargo::error={fault}");
    }
    if faults.is_empty() {
        let out = env::var("OUT_DIR").expect("cargo gives a build script a folder of its own");
        fs::write(Path::new(&out).join("words.rs"), write::words(&files)).expect("cargo's folder can be written to");
    }
}
