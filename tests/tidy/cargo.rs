//! Asking cargo about the project; never about the network.

use std::process::Command;

use crate::source::root;

/// What a cargo command prints.
pub fn cargo(arguments: &[&str]) -> String {
    // The cargo that runs this test, so that toolchain and lock are the same.
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(arguments).arg("--offline").current_dir(root()).output();
    let output = output.expect("cargo is there: it runs this test");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {} failed; `cargo fetch` may help:\n{said}", arguments.join(" "));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
