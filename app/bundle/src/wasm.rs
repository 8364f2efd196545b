//! The browser's half of `nadwa-app`: from Rust to a small wasm file and its glue.
//!
//! cargo compiles, wasm-bindgen makes the glue, wasm-opt and esbuild make both small.
//! Both files carry one hash over both, and the names that Leptos asks for: `NAME-HASH.js`, `NAME-HASH_bg.wasm`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::cache::Cache;
use crate::compress::Effort;
use crate::hash;
use crate::site::{self, Site};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// Never `--all-features`: it emits instructions that browsers of today refuse to load.
const WASM_OPT: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How small or how quick, by bundle.
///
/// For phones no inlining: the file grows by 4 % and what is sent shrinks by 6 %, for brotli sees the same calls again
/// and again. The team's tablets compile thousands of functions at once when a console comes to life: fewer and larger
/// ones take a fifth less time there, for 75 kB more.
const fn effort_of(bundle: &str) -> &'static [&'static str] {
    match bundle.as_bytes() {
        b"phone" => &["--no-inline=*", "-Oz"],
        _ => &["-O3"],
    }
}

const ESBUILD: [&str; 4] = ["--bundle", "--minify", "--format=esm", "--target=chrome90,safari14.5,firefox90"];

/// How the project is compiled.
pub(crate) struct Cargo {
    root: PathBuf,
    toolchain: Option<String>,
}

impl Cargo {
    pub(crate) fn new(root: &Path, toolchain: Option<String>) -> Self {
        Self { root: root.to_owned(), toolchain }
    }

    /// Compiles one bundle and gives what the linker made.
    fn compile(&self, bundle: &str) -> Result<Vec<u8>> {
        let mut cargo = Command::new("cargo");
        cargo.args(self.toolchain.as_ref().map(|name| format!("+{name}")));
        cargo.args(["build", "--locked", "--package", "nadwa-app", "--lib", "--target", TARGET, "--profile", PROFILE]);
        cargo.args(["--no-default-features", "--features", bundle]);
        // Without it both bundles have one file, and cargo links each anew on every run.
        cargo.env("__CARGO_DEFAULT_LIB_METADATA", "nadwa");
        run(cargo.current_dir(&self.root))?;
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), PathBuf::from);
        site::read(&target.join(TARGET).join(PROFILE).join("nadwa_app.wasm"))
    }

    /// A program that npm installed.
    fn npm(&self, program: &str) -> Command {
        Command::new(self.root.join("node_modules/.bin").join(program))
    }
}

/// Compiles one bundle and publishes it; its logical name gives the hashed one.
pub(crate) fn publish(bundle: &str, cargo: &Cargo, effort: Effort, cache: &mut Cache, site: &mut Site) -> Result<()> {
    let compiled = cargo.compile(bundle)?;
    let tools = site::read(&cargo.root.join("package-lock.json"))?;
    let inputs: [&[u8]; 4] = [include_bytes!("wasm.rs"), &tools, bundle.as_bytes(), &compiled];
    let folder = cache.folder(&inputs, |draft| shrink(bundle, compiled.clone(), cargo, effort, draft))?;

    let (wasm, glue) = (site::read(&folder.join("small.wasm"))?, site::read(&folder.join("small.js"))?);
    let hashed = format!("{bundle}-{}", hash::short(&[&wasm, &glue]));
    site.put(&format!("pkg/{hashed}_bg.wasm"), &wasm)?;
    site.put(&format!("pkg/{hashed}.js"), &glue)?;
    site.name(bundle, hashed);
    Ok(())
}

/// Makes `small.wasm` and `small.js` in this folder.
fn shrink(bundle: &str, compiled: Vec<u8>, cargo: &Cargo, effort: Effort, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_bytes(bundle, compiled)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_producers_section(true)
        .generate(folder)?;
    let (bound, small) = (folder.join(format!("{bundle}_bg.wasm")), folder.join("small.wasm"));
    match effort {
        Effort::Quick => std::fs::rename(bound, small)?,
        Effort::Small => {
            run(cargo.npm("wasm-opt").args(effort_of(bundle)).args(WASM_OPT).arg(bound).arg("-o").arg(small))?
        }
    }
    let outfile = format!("--outfile={}", folder.join("small.js").display());
    run(cargo
        .npm("esbuild")
        .arg(folder.join(format!("{bundle}.js")))
        .args(ESBUILD)
        .arg(outfile)
        .arg("--log-level=warning"))
}

/// Runs a program to its end.
fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program} failed: {status}");
    Ok(())
}
