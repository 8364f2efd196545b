//! `nadwa`: conference sessions that children run themselves.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    nadwa::cli::main().await
}
