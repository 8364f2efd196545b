//! Where a demo is kept: only ever in a folder that is empty or that an earlier demo made.

use std::path::{Path, PathBuf};

use crate::{edge, private};

/// Tells that everything in its folder is a demo's and may be erased.
const MARK: &str = "nadwa-demo.txt";

/// An empty folder for a demo.
///
/// # Errors
/// A sentence for the operator: above all, that something else is kept there.
pub fn fresh(wished: Option<&Path>) -> Result<PathBuf, String> {
    let folder = wished.map_or_else(
        || std::env::temp_dir().join(format!("nadwa-demo-{}", edge::fresh_id().simple())),
        Path::to_path_buf,
    );
    let failed = |error: std::io::Error| format!("cannot make the demo's folder {}: {error}", folder.display());
    if !folder.exists() {
        private::folder(&folder).map_err(failed)?;
    }
    let files: Vec<PathBuf> =
        std::fs::read_dir(&folder).map_err(failed)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    let ours = folder.join(MARK);
    if !files.is_empty() && !ours.exists() {
        return Err(format!("{} holds something else than a demo: nothing was erased", folder.display()));
    }
    let is_store = |file: &&PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("nadwa."));
    for file in files.iter().filter(is_store) {
        std::fs::remove_file(file).map_err(failed)?;
    }
    // Papers' files of an earlier demo.
    let papers = folder.join("files");
    if papers.exists() {
        std::fs::remove_dir_all(&papers).map_err(failed)?;
    }
    private::write(&ours, b"A demo of Nadwa keeps its examples here and erases them at each start.\n")
        .map_err(failed)?;
    private::folder(&folder).map_err(failed)?;
    Ok(folder)
}
