//! `nadwa`: conference sessions that children run themselves.

use std::process::ExitCode;

fn main() -> ExitCode {
    nadwa::cli::main()
}
