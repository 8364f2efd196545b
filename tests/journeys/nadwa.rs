//! The product itself, for tests that start it as a process of its own.

use std::process::ExitCode;

fn main() -> ExitCode {
    nadwa::cli::main()
}
