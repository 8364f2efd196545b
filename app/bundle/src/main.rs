//! Makes what browsers load.
//!
//! `bundle` turns the crate `nadwa-app`, `style/` and `public/` into `target/site/`:
//! two wasm bundles (a phone in the hall, a tablet of the team) with their glue, a style sheet a kind of page,
//! fonts and icons; names carry a hash of the content, and beside each file lie its `.br` and `.gz`.
//! `assets.json` there tells the server the hashed name of each.
//!
//! `bundle size` weighs a phone's first visit against the byte budget.

mod cache;
mod compress;
mod css;
mod files;
mod fonts;
mod hash;
mod site;
mod size;
mod wasm;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};

use crate::cache::Cache;
use crate::compress::Effort;
use crate::site::Site;
use crate::wasm::Cargo;

/// Makes what browsers load.
#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Verb {
    /// Weighs a phone's first visit against the byte budget.
    Size {
        /// A page as the server sends it, to be weighed with the rest.
        #[arg(long)]
        html: Option<PathBuf>,
        /// Where the site lies.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

#[derive(Args)]
struct Options {
    /// A toolchain for cargo, as in `cargo +NAME`.
    #[arg(long)]
    toolchain: Option<String>,
    /// Quick instead of small: no wasm-opt, light compression.
    #[arg(long)]
    dev: bool,
    /// Where the site is put; `target/site` if not given.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    run(Cli::parse()).unwrap_or_else(|error| {
        eprintln!("bundle: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(cli: Cli) -> Result<ExitCode> {
    match cli.verb {
        Some(Verb::Size { html, out }) => size::weigh(&site_place(out)?, html.as_deref()),
        None => make(cli.options).map(|()| ExitCode::SUCCESS),
    }
}

/// The whole bundle, as a story.
fn make(options: Options) -> Result<()> {
    let root = workspace()?;
    let effort = if options.dev { Effort::Quick } else { Effort::Small };
    let mut cache = Cache::open(root.join("target/bundle-cache").join(effort.name()))?;
    let mut site = Site::start(site_place(options.out)?)?;

    files::publish(&root.join("public"), &mut site)?;
    css::publish(&root.join("style"), &mut site)?;
    let cargo = Cargo::new(&root, options.toolchain);
    for bundle in ["phone", "team"] {
        wasm::publish(bundle, &cargo, effort, &mut cache, &mut site)?;
    }
    compress::publish(effort, &mut cache, &mut site)?;

    cache.forget_unused()?;
    if site.finish()? {
        println!("The bundle is new.");
    }
    Ok(())
}

fn site_place(out: Option<PathBuf>) -> Result<PathBuf> {
    out.map_or_else(|| Ok(workspace()?.join("target/site")), Ok)
}

/// The workspace's root: two folders above this crate.
fn workspace() -> Result<PathBuf> {
    let crate_folder =
        env::var_os("CARGO_MANIFEST_DIR").context("run me through cargo: `cargo run -p nadwa-bundle`")?;
    Path::new(&crate_folder).ancestors().nth(2).map(Path::to_owned).context("no workspace above this crate")
}
