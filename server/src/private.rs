//! At rest everything is its user's alone (`G8`): folders that nobody else may look into, files that nobody else may
//! read, whoever made the folder.
//!
//! A mask for the whole process covers what libraries make (the database and its journals, uploads, drawn pages); what
//! we make ourselves says its mode besides, so that it holds without the mask too.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

/// How the names begin of what is found in folders of ours.
const OURS: [&str; 5] = ["nadwa", "files", "papers", "pictures", "recordings"];

/// From now on nothing that this process makes is anybody else's to read.
pub fn begin() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Makes a folder if it is missing, and sees to it that its user alone may look into it.
///
/// # Errors
/// If it cannot be made; and with a sentence for the operator if others may read it and it cannot be closed to them, or
/// if it keeps something else than a conference: then closing it could harm others.
pub fn folder(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    close(path)
}

#[cfg(unix)]
fn close(path: &Path) -> Result<()> {
    if !is_open(path)? {
        return close_files(path);
    }
    let names = || -> Result<Vec<String>> {
        let entries = std::fs::read_dir(path)?;
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    };
    let ours = |name: &String| OURS.iter().any(|begin| name.starts_with(begin));
    let names = names()?;
    let shut = (names.is_empty() || names.iter().any(ours)) && chmod(path, 0o700).is_ok() && !is_open(path)?;
    if !shut {
        let sentence = "others may read this folder: choose one of its own, or close it with chmod 700";
        return Err(Error::new(ErrorKind::PermissionDenied, sentence));
    }
    tracing::warn!(folder = %path.display(), "others could read this folder: it was closed to them");
    close_files(path)
}

/// What an earlier version left readable: the store's own files, of which somebody may hold a second name.
#[cfg(unix)]
fn close_files(path: &Path) -> Result<()> {
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let ours = entry.file_name().to_string_lossy().starts_with("nadwa") && entry.file_type()?.is_file();
        if ours && is_open(&entry.path())? {
            chmod(&entry.path(), 0o600)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_open(path: &Path) -> Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(path)?) & 0o077 != 0)
}

#[cfg(unix)]
fn chmod(path: &Path, mode: u32) -> Result<()> {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn close(_: &Path) -> Result<()> {
    Ok(())
}

/// What tells a file or a folder from every other on this machine, whatever it is called.
pub type Identity = (u64, u64);

/// That of what one finds there now; nothing if there is nothing.
#[must_use]
pub fn identity(path: &Path) -> Option<Identity> {
    let found = std::fs::metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((found.dev(), found.ino()))
    }
    // Where there are no such numbers, it is enough that something is there.
    #[cfg(not(unix))]
    Some((0, u64::from(found.is_dir())))
}

/// Makes a file, or empties it; its user's alone also if it was there before.
///
/// # Errors
/// If it cannot be made.
pub fn create(path: &Path) -> Result<File> {
    let file = options().create(true).truncate(true).open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// Makes a file where there is none.
///
/// # Errors
/// If it cannot be made, or is there.
pub fn create_new(path: &Path) -> Result<File> {
    options().create_new(true).open(path)
}

/// Writes a file, in place of what was there.
///
/// # Errors
/// If it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::io::Write::write_all(&mut create(path)?, bytes)
}

/// Copies a file's bytes, and not who may read it.
///
/// # Errors
/// If one cannot be read or the other cannot be written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    std::io::copy(&mut File::open(from)?, &mut create(to)?).map(|_| ())
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_ours_is_closed_to_others_and_somebody_elses_is_refused_with_a_sentence() {
        let all = std::env::temp_dir().join(format!("nadwa-private-{}", std::process::id()));
        let (ours, foreign) = (all.join("ours"), all.join("foreign"));
        for (place, file) in [(&ours, "nadwa.sqlite"), (&foreign, "letters.txt")] {
            std::fs::create_dir_all(place).unwrap();
            std::fs::write(place.join(file), "x").unwrap();
            chmod(place, 0o755).unwrap();
            chmod(&place.join(file), 0o644).unwrap();
        }
        folder(&ours).unwrap();
        assert!(!is_open(&ours).unwrap() && !is_open(&ours.join("nadwa.sqlite")).unwrap());
        let refused = folder(&foreign).unwrap_err();
        assert!(refused.to_string().contains("others may read this folder"));
        assert!(is_open(&foreign).unwrap(), "and left as it was");
        std::fs::remove_dir_all(all).unwrap();
    }
}
